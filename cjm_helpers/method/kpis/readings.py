"""KPI readings that a system delivers (cases, or a value with its spread), joined and given an interval if they can."""

import numpy as np
import pandas as pd

from cjm_helpers.errors import ScoresOutsideScale
from cjm_helpers.stats.intervals import Estimate, estimate_proportion, estimate_summary

NPS_BOUNDS = {"low": -100.0, "high": 100.0}
SHARES = ("proportion", "csat")
NUMBERS = ("numerator", "denominator", "value", "sd", "n")
NO_NUMBERS = "readings without numbers"


def read_kpi(kpi: dict, kpi_readings: pd.DataFrame) -> dict:
    """Read a KPI in its newest period, as one number.

    Reads kpi_id, period, numerator, denominator, value, sd, n. Returns period, unweighted and what join_readings does.

    Raises
    ------
    ScoresOutsideScale
        When a share counts more cases than there are.

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
        return {"period": "", "unweighted": np.nan} | _say_nothing("no readings")
    numerator, denominator, value, _, _ = rows[list(NUMBERS)].to_numpy(dtype=float).T
    has_number = ~np.isnan(value) | (~np.isnan(numerator) & (denominator > 0))
    if not has_number.any():
        return {"period": "", "unweighted": np.nan} | _say_nothing(NO_NUMBERS)
    periods = rows["period"].to_numpy(dtype=object)
    period = max(periods[has_number])
    joined = join_readings(kpi, rows[has_number & (periods == period)])
    return {"period": period, "unweighted": joined["value"]} | joined


def join_readings(kpi: dict, rows: pd.DataFrame) -> dict:
    """Join readings of one KPI to one number: cases are added up, values weighted by the cases behind them.

    Reads numerator, denominator, value, sd, n. Returns value, n, lo, hi, method and variance (of one case). A reading
    without any number takes no part; a value whose cases are not known has neither n nor interval, and several such
    values are never averaged.

    Raises
    ------
    ScoresOutsideScale
        When a share counts more cases than there are.

    Source: Wilson for shares, t for means with a standard deviation.

    Examples
    --------
    >>> rows = pd.DataFrame({"numerator": [1, 9], "denominator": [10, 90], "value": np.nan, "sd": np.nan, "n": np.nan})
    >>> join_readings({"kpi_id": "k1", "kind": "proportion"}, rows)["value"]
    0.1
    """
    numerator, denominator, value, sd, n = rows[list(NUMBERS)].to_numpy(dtype=float).T
    has_cases = ~np.isnan(numerator) & (denominator > 0)
    value = np.where(has_cases, numerator / np.where(has_cases, denominator, 1.0), value)
    n = np.where(has_cases, denominator, n)
    value, sd, n = (column[~np.isnan(value)] for column in (value, sd, n))
    if not len(value):
        return _say_nothing(NO_NUMBERS)
    is_share = kpi["kind"] in SHARES
    if is_share:
        _check_shares(kpi, value)
    if np.isnan(n).any():
        as_read = _spell(Estimate(float(value[0]), np.nan, np.nan, np.nan, "as read"))
        return as_read if len(value) == 1 else _say_nothing("several readings without cases cannot be joined")
    if not n.sum() > 0:
        return _say_nothing("readings without cases")
    mean = float(np.average(value, weights=n))
    if is_share:
        return _spell(estimate_proportion(float((value * n).sum()), float(n.sum())), variance=mean * (1 - mean))
    spread = _join_spread(value - mean, sd=sd, n=n)
    bounds = NPS_BOUNDS if kpi["kind"] == "nps" else {}
    return _spell(estimate_summary(mean, sd=spread, n=float(n.sum()), **bounds), variance=spread**2)


def _join_spread(shift: np.ndarray, *, sd: np.ndarray, n: np.ndarray) -> float:
    """Return the standard deviation over all cases, from that within each reading and that between them."""
    squares = (n - 1) * sd**2 + n * shift**2
    return float(np.sqrt(squares.sum() / (n.sum() - 1))) if n.sum() > 1 else np.nan


def _check_shares(kpi: dict, value: np.ndarray) -> None:
    is_outside = ~((value >= 0) & (value <= 1))
    if is_outside.any():
        scale = "readings from 0 to 1 (no more cases that count than cases in all)"
        raise ScoresOutsideScale(f"The KPI '{kpi['kpi_id']}'", int(is_outside.sum()), len(value), scale)


def _say_nothing(why: str) -> dict:
    return _spell(Estimate(np.nan, 0, np.nan, np.nan, why))


def _spell(estimate: Estimate, *, variance: float = np.nan) -> dict:
    return {**estimate._asdict(), "variance": float(variance)}
