"""Step 7: where each KPI stands, which touchpoints no KPI watches, and which readings are more than ups and downs."""

from cjm_helpers.method.kpis.companions import measure_companions
from cjm_helpers.method.kpis.coverage import cover_kpis
from cjm_helpers.method.kpis.measuring import measure_kpis
from cjm_helpers.method.kpis.signals import find_signals

__all__ = ["measure_kpis", "measure_companions", "cover_kpis", "find_signals"]
