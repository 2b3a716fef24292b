"""Which touchpoints no KPI watches, and which KPIs stand nowhere on the journey."""

import pandas as pd


def cover_kpis(
    touchpoints: pd.DataFrame,
    kpis: pd.DataFrame,
    *,
    impact: pd.DataFrame | None = None,
    measured: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Say which touchpoints no KPI watches, which KPIs stand nowhere on the journey, and which have no data.

    Parameters
    ----------
    touchpoints, kpis
        Tables of a study.
    impact
        What derive_impact returned; touchpoints of high impact that no KPI watches then come first.
    measured
        What measure_kpis returned; KPIs without data are then listed too.

    Returns
    -------
    DataFrame
        touchpoint_id, kpis (how many watch it), kpi_id, gap (a sentence; empty where all is well). Touchpoints first,
        those with a gap before the others; then, with kpi_id, the KPIs that stand nowhere: no touchpoint, no stage, and
        no metric asked about the journey as a whole; then those without data. A KPI of a stage watches no single
        touchpoint.

    Examples
    --------
    >>> touchpoints = pd.DataFrame({"touchpoint_id": ["pay", "ad"], "name": ["Payment page", "Advert"]})
    >>> kpis = pd.DataFrame([{"kpi_id": "k1", "name": "Paid", "touchpoint_id": "pay", "stage": "", "metric": ""}])
    >>> cover_kpis(touchpoints, kpis)[["touchpoint_id", "kpis", "gap"]].values.tolist()
    [['ad', 0, 'No KPI watches “Advert”.'], ['pay', 1, '']]
    """
    high = set() if impact is None else set(impact.loc[impact["impact_class"].eq("high"), "touchpoint_id"])
    watched = kpis["touchpoint_id"].value_counts()
    rows = [
        (one, count := int(watched.get(one, 0)), "", "" if count else _say_unwatched(name, one in high))
        for one, name in zip(touchpoints["touchpoint_id"], touchpoints["name"])
    ]
    rows.sort(key=lambda row: (row[1] > 0, row[0] not in high))
    nowhere = kpis[kpis[["touchpoint_id", "stage", "metric"]].eq("").all(axis=1)]
    rows += [
        ("", 0, one, f"The KPI “{name}” belongs to no touchpoint and no stage.")
        for one, name in zip(nowhere["kpi_id"], nowhere["name"])
    ]
    silent = set() if measured is None else set(measured.loc[measured["n"].eq(0), "kpi_id"])
    rows += [
        ("", 0, one, f"The KPI “{name}” has no data.")
        for one, name in zip(kpis["kpi_id"], kpis["name"])
        if one in silent
    ]
    texts = dict.fromkeys(("touchpoint_id", "kpi_id", "gap"), "str")
    return pd.DataFrame(rows, columns=["touchpoint_id", "kpis", "kpi_id", "gap"]).astype(texts)


def _say_unwatched(name: str, is_high: bool) -> str:
    return f"No KPI watches “{name}”{', although its impact is high' if is_high else ''}."
