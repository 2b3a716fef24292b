"""How a KPI stands: against its target and benchmark in three states, and against its baseline in words."""

import numpy as np
import pandas as pd

from cjm_helpers.stats.differences import estimate_difference
from cjm_helpers.stats.intervals import LEAST_MIN_N, Estimate

NO_INTERVAL = "no interval"
TARGET_WORDS = {
    "met": "target met", "missed": "target missed", "too close to call": "too close to the target to call",
    "no target": "", NO_INTERVAL: "no interval, so no verdict",
}  # fmt: skip


def add_verdicts(table: pd.DataFrame, *, min_n: int, before: pd.DataFrame | None) -> pd.DataFrame:
    """Add status, benchmark_status and word to measured KPIs; with before its values take the place of baselines.

    Reads value, n, lo, hi, method, flag, direction, baseline, target, benchmark; measure_kpis says what the verdicts
    mean.

    Examples
    --------
    >>> row = {"kpi_id": "k1", "value": 45.0, "n": 100, "lo": 29.3, "hi": 58.0, "method": "", "flag": "reportable"}
    >>> row |= {"direction": "higher", "baseline": 20.0, "target": 60.0, "benchmark": np.nan}
    >>> add_verdicts(pd.DataFrame([row]), min_n=5, before=None)[["status", "word"]].values.tolist()
    [['missed', 'better than baseline']]
    """
    rows = table.to_dict("records")
    table = table.assign(
        status=_texts([_judge(row, row["target"], none="no target") for row in rows], table),
        benchmark_status=_texts([_judge(row, row["benchmark"], none="no benchmark") for row in rows], table),
    )
    table, then = _take_baselines(table, before)
    words = [_word(row, then.get(row["kpi_id"]), min_n=min_n) for row in table.to_dict("records")]
    return table.assign(word=_texts(words, table))


def _texts(words: list[str], table: pd.DataFrame) -> pd.Series:
    return pd.Series(words, index=table.index, dtype="str")


def _judge(row: dict, goal: float, *, none: str) -> str:
    """Compare the interval with a goal: met when wholly at or beyond it, missed when wholly short of it."""
    if np.isnan(row["value"]):
        return "no data"
    if np.isnan(goal):
        return none
    if np.isnan(row["lo"]):
        return NO_INTERVAL
    worst, best = _orient(row)
    wanted = goal if row["direction"] != "lower" else -goal
    return "met" if worst >= wanted else "missed" if best < wanted else "too close to call"


def _take_baselines(table: pd.DataFrame, before: pd.DataFrame | None) -> tuple[pd.DataFrame, dict[str, Estimate]]:
    """Return the KPIs with the baseline each is compared with, and that baseline as an estimate where it is one."""
    if before is None:
        return table, {}
    then = {row.kpi_id: Estimate(row.value, row.n, row.lo, row.hi, row.method) for row in before.itertuples()}
    values = {kpi_id: estimate.value for kpi_id, estimate in then.items()}
    return table.assign(baseline=table["kpi_id"].map(values).astype(float)), then


def _word(row: dict, then: Estimate | None, *, min_n: int) -> str:
    """Say in words how the KPI moved from its baseline, or without one how it stands to its target."""
    if row["flag"] == "suppressed" and row["n"] > 0:
        return f"fewer than {max(min_n, LEAST_MIN_N)} answers"
    if np.isnan(row["value"]):
        return "no data"
    if np.isnan(row["lo"]):
        return TARGET_WORDS[NO_INTERVAL]
    if np.isnan(row["baseline"]):
        return TARGET_WORDS[row["status"]]
    fixed = Estimate(row["baseline"], row["n"], row["baseline"], row["baseline"], "as stated")
    now = Estimate(row["value"], row["n"], row["lo"], row["hi"], row["method"])
    change = estimate_difference(now, then or fixed)
    if np.isnan(change.lo):
        return TARGET_WORDS[NO_INTERVAL]
    worst, best = _orient({**row, "lo": change.lo, "hi": change.hi})
    moved = "better than" if worst > 0 else "worse than" if best < 0 else "no clear change from"
    return f"{moved} {'last wave' if then else 'baseline'}"


def _orient(row: dict) -> tuple[float, float]:
    """Return the worse and the better end of the interval, turned so that more is better."""
    return (-row["hi"], -row["lo"]) if row["direction"] == "lower" else (row["lo"], row["hi"])
