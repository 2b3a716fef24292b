"""The charts of notebooks and reports: a table in, one closed figure out; missing is never drawn as zero.

draw_importance_performance(table)   which touchpoints matter, and how they feel
draw_kpis(table)                     where each KPI came from, stands and should be
draw_coverage(table)                 stage by channel: where customers meet us and where we have listened
draw_segments(table, finding=...)    the customers by segment, and whether there are gaps between them
"""

from cjm_helpers.drawing.coverage import draw_coverage
from cjm_helpers.drawing.importance import draw_importance_performance
from cjm_helpers.drawing.kpi_lines import draw_kpis
from cjm_helpers.drawing.segments import draw_segments

__all__ = ["draw_coverage", "draw_importance_performance", "draw_kpis", "draw_segments"]
