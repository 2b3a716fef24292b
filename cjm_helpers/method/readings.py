"""KPI readings that a system delivers (cases, or a value with its spread), joined and given an interval if they can."""

import numpy as np
import pandas as pd

from cjm_helpers.errors import ScoresOutsideScale
from cjm_helpers.stats.intervals import Estimate, estimate_proportion, estimate_summary

NPS_BOUNDS = {"low": -100.0, "high": 100.0}
SHARES = ("proportion", "csat")


def read_kpi(kpi: dict, kpi_readings: pd.DataFrame) -> dict:
    """Read a KPI in its newest period, as one number: cases are added up, values weighted by the cases behind them.

    Reads kpi_id, period, numerator, denominator, value, sd, n. Returns period, value, unweighted, n, lo, hi, method; a
    value whose cases are not known has neither n nor interval, and several such values are never averaged.

    Raises
    ------
    ScoresOutsideScale
        When a share counts more cases than there are.

    Source: Wilson for shares, t for means with a standard deviation.

    Examples
    --------
    >>> rows = {"kpi_id": "k1", "period": ["2026-02", "2026-03"], "numerator": [30, 20], "denominator": [100, 100]}
    >>> readings = pd.DataFrame(rows).assign(value=np.nan, sd=np.nan, n=np.nan)
    >>> reading = read_kpi({"kpi_id": "k1", "kind": "proportion"}, readings)
    >>> reading["period"], reading["value"], round(reading["hi"], 3)
    ('2026-03', 0.2, 0.289)
    """
    rows = kpi_readings[kpi_readings["kpi_id"].eq(kpi["kpi_id"])]
    if rows.empty:
        return _spell("", _say_nothing("no readings"))
    rows = rows[rows["value"].notna() | (rows["numerator"].notna() & rows["denominator"].gt(0))]
    if rows.empty:
        return _spell("", _say_nothing("readings without numbers"))
    period = rows["period"].max()
    return _spell(period, _join(kpi, rows[rows["period"].eq(period)]))


def _join(kpi: dict, rows: pd.DataFrame) -> Estimate:
    has_cases = rows["numerator"].notna() & rows["denominator"].gt(0)
    n = rows["denominator"].where(has_cases, rows["n"])
    value = (rows["numerator"] / rows["denominator"]).where(has_cases, rows["value"])
    if kpi["kind"] in SHARES:
        _check_shares(kpi, value)
    if n.isna().any():
        alone = Estimate(float(value.iloc[0]), np.nan, np.nan, np.nan, "as read")
        return alone if len(rows) == 1 else _say_nothing("several readings without cases cannot be joined")
    if not n.sum() > 0:
        return _say_nothing("readings without cases")
    if kpi["kind"] in SHARES:
        return estimate_proportion(float((value * n).sum()), float(n.sum()))
    mean = float(np.average(value, weights=n))
    bounds = NPS_BOUNDS if kpi["kind"] == "nps" else {}
    return estimate_summary(mean, sd=_join_spread(value - mean, sd=rows["sd"], n=n), n=float(n.sum()), **bounds)


def _join_spread(shift: pd.Series, *, sd: pd.Series, n: pd.Series) -> float:
    """Return the standard deviation over all cases, from that within each reading and that between them."""
    squares = (n - 1) * sd**2 + n * shift**2
    return float(np.sqrt(squares.sum(skipna=False) / (n.sum() - 1))) if n.sum() > 1 else np.nan


def _check_shares(kpi: dict, value: pd.Series) -> None:
    is_outside = ~value.between(0, 1)
    if is_outside.any():
        scale = "readings from 0 to 1 (no more cases that count than cases in all)"
        raise ScoresOutsideScale(f"The KPI '{kpi['kpi_id']}'", int(is_outside.sum()), len(value), scale)


def _say_nothing(why: str) -> Estimate:
    return Estimate(np.nan, 0, np.nan, np.nan, why)


def _spell(period: str, estimate: Estimate) -> dict:
    return {"period": period, **estimate._asdict(), "unweighted": estimate.value}
