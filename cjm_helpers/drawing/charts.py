"""The charts of notebooks and reports: a table in, one closed figure out; missing is never drawn as zero.

draw_importance_performance(table)   which touchpoints matter, and how they feel
draw_kpis(table)                     where each KPI came from, stands and should be
draw_coverage(table)                 stage by channel: where customers meet us and where we have listened
draw_segments(table, finding=...)    the customers by segment, and whether there are gaps between them
draw_profiles(profile)               what sets each persona apart from the other customers
draw_channels(coverage)              which channels customers use at each stage
draw_categories(table)               every touchpoint by stage and type, and how much it matters
draw_themes(themes, steps=...)       what most people name, and at which touchpoint
draw_agreement(reliability)          how far coders agree on every code
draw_heard(heard, steps=...)         where people write with a bad feeling
draw_saturation(curve)               whether further interviews still bring new codes
draw_suggestions(checked)             how well the machine finds every code, beside a search and beside people
draw_signals(signals, kpis=...)      which readings are more than the usual ups and downs
draw_funnel(table)                   how many people reached each step, and how many went no further
draw_next(ways, steps=...)           where people go next
draw_ranks(ranking)                  which ideas come first, and how firmly
draw_changes(compared)               which steps feel different than a wave ago
"""

from cjm_helpers.drawing.categories import draw_categories
from cjm_helpers.drawing.channels import draw_channels
from cjm_helpers.drawing.coverage import draw_coverage
from cjm_helpers.drawing.decision_charts import draw_changes, draw_ranks
from cjm_helpers.drawing.feedback_charts import draw_agreement, draw_heard, draw_saturation, draw_themes
from cjm_helpers.drawing.importance import draw_importance_performance
from cjm_helpers.drawing.kpi_lines import draw_kpis
from cjm_helpers.drawing.paths_charts import draw_funnel, draw_next
from cjm_helpers.drawing.profiles import draw_profiles
from cjm_helpers.drawing.segments import draw_segments
from cjm_helpers.drawing.signals import draw_signals
from cjm_helpers.drawing.suggestion_views import draw_suggestions

__all__ = [
    "draw_agreement",
    "draw_categories",
    "draw_changes",
    "draw_channels",
    "draw_coverage",
    "draw_funnel",
    "draw_heard",
    "draw_importance_performance",
    "draw_kpis",
    "draw_next",
    "draw_profiles",
    "draw_ranks",
    "draw_saturation",
    "draw_segments",
    "draw_signals",
    "draw_suggestions",
    "draw_themes",
]
