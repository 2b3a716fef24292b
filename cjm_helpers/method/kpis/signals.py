"""Which readings of a KPI are more than its usual ups and downs (process behaviour charts)."""

import numpy as np
import pandas as pd

from cjm_helpers.errors import NumberRefused
from cjm_helpers.method.kpis.measuring import SHARES, flag_figures
from cjm_helpers.method.kpis.readings import NPS_BOUNDS, join_readings
from cjm_helpers.stats.control_charts import (
    LEAST_POINTS,
    NEAR_LIMIT,
    OUTSIDE,
    SAME_SIDE,
    TRUSTED_POINTS,
    estimate_limits,
    has_similar_n,
    mark_signals,
    place_limits,
)
from cjm_helpers.stats.suppression import suppress_margins

COLUMNS = (
    "kpi_id", "persona_id", "period", "value", "n", "flag", "centre", "lower", "upper", "signal", "way", "points",
    "trust", "method", "sentence",
)  # fmt: skip
SERIES = ["kpi_id", "persona_id"]
BASELINE_POINTS = 20
SHARE_BOUNDS = {"low": 0.0, "high": 1.0}
NO_CHANGES = pd.DataFrame({"kpi_id": [], "period": []}, dtype="str")
NO_BOUNDS = {"low": -np.inf, "high": np.inf}
TOO_SHORT = f"fewer than {LEAST_POINTS} readings under the same conditions: no limits"
NOT_SHOWN = "no figure: takes no part"
NO_SPREAD = "all readings are alike: no limits"
FROM_BEFORE = "limits from before the change"
SIGNAL_WORDS = {
    OUTSIDE: "lies outside the limits", SAME_SIDE: "is one of 8 or more in a row on one side of the centre",
    NEAR_LIMIT: "is one of 3 of 4 in a row near the same limit",
}  # fmt: skip


def find_signals(
    kpis: pd.DataFrame,
    kpi_readings: pd.DataFrame,
    *,
    baseline_points: int = BASELINE_POINTS,
    changes: pd.DataFrame | None = None,
    min_n: int = 5,
) -> pd.DataFrame:
    """Find the readings of each KPI that its usual ups and downs do not explain, for everyone and for each persona.

    Limits come from the first readings and stay as they are. Only a recorded change lets them start anew, and only
    once 10 readings have come in since: until then the old limits show whether the change did something.

    Parameters
    ----------
    kpis, kpi_readings
        Tables of a study with all its waves, narrowed by `select_rows` where readings have dimensions of their own.
        Reads kpi_id, kind, direction; kpi_id, period, persona_id, numerator, denominator, value, sd, n. Periods sort as
        text (2026-03). Readings without a persona stand for everyone; in a period without them the personas' are added.
    baseline_points
        The limits are made from so many readings, the first ones; from all of them while there are fewer.
    changes
        Recorded changes: kpi_id, period (the first one after the change).
    min_n
        A reading of fewer cases is suppressed: it is not shown, and no limit is made from it.

    Returns
    -------
    DataFrame
        One row a KPI, persona ("" = everyone) and period: kpi_id, persona_id, period, value, n, flag, centre, lower,
        upper, signal (outside, run of 8, 3 of 4 near limit, or ""), way (better, worse, or "" without a signal), points
        (readings behind the limits), trust (how far the limits can be trusted), method, sentence ("" without a signal).
        Where the cases of the readings are unlike, each reading has limits of its own, and method says so.

    Raises
    ------
    NumberRefused
        When fewer than 10 readings are to make the limits.

    Source: Wheeler (2000); unlike cases: Laney (2002). Baseline length, and waiting for 10 readings, are ours.

    Examples
    --------
    >>> kpis = pd.DataFrame([{"kpi_id": "k1", "kind": "duration", "direction": "lower"}])
    >>> rows = {"period": [f"2026-{month:02}" for month in range(1, 13)], "value": [9.0, 8] * 5 + [9, 3]}
    >>> readings = pd.DataFrame(rows).assign(kpi_id="k1", persona_id="", numerator=np.nan, denominator=np.nan)
    >>> found = find_signals(kpis, readings.assign(sd=np.nan, n=np.nan))
    >>> found.loc[found["signal"] != "", ["period", "signal", "way", "trust"]].values.tolist()
    [['2026-12', 'outside', 'better', 'limits are rough (12 readings)']]
    """
    if baseline_points < LEAST_POINTS:
        raise NumberRefused("baseline_points", baseline_points, f"{LEAST_POINTS} readings or more")
    table = _read_periods(kpis, kpi_readings, min_n=min_n)
    changes = NO_CHANGES if changes is None else changes
    by_id = {kpi["kpi_id"]: kpi for kpi in kpis.to_dict("records")}
    since = {kpi_id: sorted(rows["period"]) for kpi_id, rows in changes.groupby("kpi_id")}
    charts = [
        _chart(rows, by_id[kpi_id], baseline_points=baseline_points, changes=since.get(kpi_id, []))
        for (kpi_id, _), rows in table.groupby(SERIES)
    ]
    if not charts:
        return pd.DataFrame(columns=list(COLUMNS))
    chart = pd.concat(charts, ignore_index=True)
    return chart.assign(sentence=[_say_signal(row) for row in chart.to_dict("records")])[list(COLUMNS)]


def _read_periods(kpis: pd.DataFrame, kpi_readings: pd.DataFrame, *, min_n: int) -> pd.DataFrame:
    """Return one row a KPI, persona and period, suppressed where few cases stand behind it."""
    readings = kpi_readings[kpi_readings["kpi_id"].isin(kpis["kpi_id"])]
    is_whole = readings["persona_id"].eq("")
    has_whole = is_whole.groupby([readings["kpi_id"], readings["period"]]).transform("any").astype(bool)
    everyone = readings[is_whole | ~has_whole].assign(persona_id="")
    readings = pd.concat([everyone, readings[~is_whole]])
    by_id = {kpi["kpi_id"]: kpi for kpi in kpis.to_dict("records")}
    rows = [
        dict(zip([*SERIES, "period"], key, strict=True)) | join_readings(by_id[key[0]], rows)
        for key, rows in readings.groupby([*SERIES, "period"])
    ]
    columns = [*SERIES, "period", "value", "n", "lo", "hi", "method", "variance"]
    flagged = flag_figures(pd.DataFrame(rows, columns=columns), min_n=min_n)
    is_part = flagged["persona_id"].ne("")
    parts = suppress_margins(flagged[is_part], within=["kpi_id", "period"])
    return pd.concat([flagged[~is_part], parts]).sort_values([*SERIES, "period"], ignore_index=True)


def _chart(rows: pd.DataFrame, kpi: dict, *, baseline_points: int, changes: list[str]) -> pd.DataFrame:
    """Add limits and signals to one series; readings that are not shown take no part."""
    shown = rows[rows["value"].notna()]
    periods = shown["period"].to_numpy(dtype=str)
    segment = pd.Series(np.searchsorted(np.array(changes, dtype=str), periods, side="right"), index=shown.index)
    is_long = segment.map(segment.value_counts()) >= LEAST_POINTS
    since = segment.where(is_long).ffill()  # a segment too short for limits is judged by those of the one before
    judged = []
    for _, block in shown.groupby(since):
        is_own = segment.eq(since)[block.index]
        table = _compare(block, block[is_own].head(baseline_points), kpi)
        judged.append(table.assign(trust=table["trust"].where(is_own, FROM_BEFORE)))
    blank = rows.assign(centre=np.nan, lower=np.nan, upper=np.nan, signal="", way="", points=0, trust=TOO_SHORT)
    blank["trust"] = blank["trust"].where(rows["value"].notna(), NOT_SHOWN)
    return pd.concat([*judged, blank[~blank.index.isin(since.dropna().index)]]).sort_index()


def _compare(block: pd.DataFrame, baseline: pd.DataFrame, kpi: dict) -> pd.DataFrame:
    """Compare neighbouring readings with the limits that the baseline gives."""
    is_unlike = block["n"].notna().all() and not has_similar_n(block["n"])
    limits = estimate_limits(baseline["value"], n=baseline["n"] if is_unlike else None)
    method = "XmR, limits by cases" if is_unlike else "XmR"
    lower, upper = place_limits(limits, n=block["n"])
    if not limits.sigma:
        return block.assign(centre=np.nan, lower=np.nan, upper=np.nan, signal="", way="", points=0, trust=NO_SPREAD)
    signals = mark_signals(block["value"], centre=limits.centre, lower=lower, upper=upper)
    bounds = SHARE_BOUNDS if kpi["kind"] in SHARES else NPS_BOUNDS if kpi["kind"] == "nps" else NO_BOUNDS
    return block.assign(
        centre=limits.centre, lower=np.maximum(lower, bounds["low"]), upper=np.minimum(upper, bounds["high"]),
        signal=signals, way=_orient(block["value"] - limits.centre, signals, kpi), points=limits.points, method=method,
        trust=_say_trust(limits.points),
    )  # fmt: skip


def _orient(distance: pd.Series, signals: list[str], kpi: dict) -> list[str]:
    sign = {"higher": 1, "lower": -1}.get(kpi["direction"], 0)
    ways = {1: "better", -1: "worse"}
    return [ways.get(np.sign(sign * step), "") if signal else "" for step, signal in zip(distance, signals)]


def _say_trust(points: int) -> str:
    return "limits can be trusted" if points >= TRUSTED_POINTS else f"limits are rough ({points} readings)"


def _say_signal(row: dict) -> str:
    way = f", for the {row['way']}" if row["way"] else ""
    return f"{row['period']} {SIGNAL_WORDS[row['signal']]}{way}." if row["signal"] else ""
