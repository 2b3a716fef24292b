"""Coverage of KPIs: what nobody watches is named, and so is what stands nowhere."""

import pandas as pd

from cjm_helpers.method.kpis import cover_kpis


def test_coverage_names_what_nobody_watches(make_table):
    """Touchpoints without a KPI come first, those of high impact before all; KPIs that stand nowhere come last."""
    places = ("ad", "pay", "ship")
    touchpoints = make_table("touchpoints", [{"touchpoint_id": one, "name": one.title()} for one in places])
    kpis = [{"kpi_id": "k1", "name": "Paid", "touchpoint_id": "pay"}, {"kpi_id": "k2", "name": "Sales"}]
    kpis += [{"kpi_id": "k3", "name": "Found", "stage": "Buy"}, {"kpi_id": "k4", "name": "NPS", "metric": "nps"}]
    kpis = make_table("kpis", kpis)
    impact = pd.DataFrame({"touchpoint_id": ["ship", "ad"], "impact_class": ["high", "low"]})
    before = touchpoints.copy(), kpis.copy()
    table = cover_kpis(touchpoints, kpis, impact=impact)
    pd.testing.assert_frame_equal(touchpoints, before[0])
    pd.testing.assert_frame_equal(kpis, before[1])
    assert table["touchpoint_id"].tolist() == ["ship", "ad", "pay", ""] and table["kpis"].tolist() == [0, 0, 1, 0]
    assert table["gap"].tolist() == [
        "No KPI watches “Ship”, although its impact is high.", "No KPI watches “Ad”.", "",
        "The KPI “Sales” belongs to no touchpoint and no stage.",
    ]  # fmt: skip


def test_kpis_without_data_are_listed(make_table):
    """Once measured, a KPI without data is named; one that is only suppressed is not, for it has data."""
    kpis = make_table("kpis", [{"kpi_id": one, "name": one.upper(), "stage": "Buy"} for one in ("k1", "k2")])
    measured = pd.DataFrame({"kpi_id": ["k1", "k2"], "n": [0, 3]})
    table = cover_kpis(make_table("touchpoints", []), kpis, measured=measured)
    assert table[["kpi_id", "gap"]].values.tolist() == [["k1", "The KPI “K1” has no data."]]
