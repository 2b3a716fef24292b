"""Step 7: where each KPI stands, against its baseline and its target, and which touchpoints no KPI watches."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from cjm_helpers.errors import ScaleUnfit
from cjm_helpers.method.answers import average_customers, find_metric, weights_of
from cjm_helpers.method.readings import read_kpi
from cjm_helpers.stats.differences import estimate_difference
from cjm_helpers.stats.intervals import (
    LEAST_MIN_N,
    Estimate,
    classify_promoters,
    estimate_mean,
    estimate_promoters,
    estimate_share,
)  # fmt: skip
from cjm_helpers.stats.suppression import suppress_small
from cjm_helpers.worksheets import KPI_SCALES

TOP_BOXES = 2
GIVEN = (
    "kpi_id", "name", "kind", "unit", "direction", "baseline", "target", "benchmark", "stage", "touchpoint_id",
    "goal_id",
)  # fmt: skip
COLUMNS = (
    "kpi_id", "name", "kind", "period", "value", "unweighted", "n", "lo", "hi", "method", "flag", "unit", "direction",
    "baseline", "target", "benchmark", "stage", "touchpoint_id", "status", "benchmark_status", "word", "goal_id",
)  # fmt: skip
MEASURED = ("period", "value", "unweighted", "n", "lo", "hi", "method")
NO_INTERVAL = "no interval"
TARGET_WORDS = {
    "met": "target met", "missed": "target missed", "too close to call": "too close to the target to call",
    "no target": "", NO_INTERVAL: "no interval, so no verdict",
}  # fmt: skip


def measure_kpis(
    kpis: pd.DataFrame,
    responses: pd.DataFrame,
    *,
    kpi_readings: pd.DataFrame,
    metrics: Mapping,
    min_n: int = 5,
    before: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Measure every KPI in the newest period of what is given, and say how it stands to baseline, target and benchmark.

    A KPI with a metric is computed from the answers at its touchpoint (without one: about the journey as a whole), each
    customer once; where nobody was asked, and for a KPI without a metric, from its readings.

    Parameters
    ----------
    kpis, responses, kpi_readings
        Tables of a study, already narrowed to the persona and wave that is asked for.
    metrics, min_n
        The metrics of study.toml; under min_n people a KPI keeps its n and loses its numbers.
    before
        What this function returned for the same people one wave earlier. Its values then stand in for the baselines of
        the worksheet, which speak of all customers; where it has none, a KPI has no baseline.

    Returns
    -------
    DataFrame
        One row a KPI: kpi_id, name, kind, period, value, unweighted, n, lo, hi, method, flag, unit, direction,
        baseline, target, benchmark, stage, touchpoint_id, status (met, missed, too close to call, no target, no data),
        benchmark_status (the same, or no benchmark), word (what the map says), goal_id. Proportions are 0-1. status is
        "no interval" where a reading came without its cases: one number alone cannot be told from noise. A stated
        baseline counts as a fixed number, an earlier value with its own interval.

    Raises
    ------
    ScaleUnfit
        When a KPI's kind and its metric's scale do not go together.
    ParameterError
        When a KPI names a metric that is not declared.

    Source: NPS: adjusted Wald (Rocks 2016); csat: share of the two best answers, Wilson; ces, mean: t.

    Examples
    --------
    >>> from types import SimpleNamespace as Metric
    >>> kpi = {"kpi_id": "k1", "kind": "nps", "metric": "nps", "direction": "higher", "baseline": 20.0, "target": 60.0}
    >>> kpis = pd.DataFrame([dict.fromkeys(GIVEN, "") | {"benchmark": np.nan} | kpi])
    >>> rows = {"metric": "nps", "score": [10, 8, 3], "count": [60, 25, 15], "weight": np.nan, "date": pd.NaT}
    >>> answers = pd.DataFrame(rows).assign(customer_id="", touchpoint_id="", wave="")
    >>> table = measure_kpis(kpis, answers, kpi_readings=pd.DataFrame(), metrics={"nps": Metric(min=0, max=10)})
    >>> table[["value", "n", "status", "word"]].values.tolist()
    [[45.0, 100, 'missed', 'better than baseline']]
    """
    rows = [
        {**{name: kpi[name] for name in GIVEN}, **_measure(kpi, responses, kpi_readings, metrics)}
        for kpi in kpis.to_dict("records")
    ]
    table = _flag(pd.DataFrame(rows, columns=list(dict.fromkeys([*GIVEN, *MEASURED]))), min_n=min_n)
    judged = {
        "status": [_judge(row, row["target"], none="no target") for row in table.to_dict("records")],
        "benchmark_status": [_judge(row, row["benchmark"], none="no benchmark") for row in table.to_dict("records")],
    }
    table = table.assign(**{name: pd.Series(texts, index=table.index, dtype="str") for name, texts in judged.items()})
    table, then = _take_baselines(table, before)
    words = [_word(row, then.get(row["kpi_id"]), min_n=min_n) for row in table.to_dict("records")]
    return table.assign(word=pd.Series(words, index=table.index, dtype="str"))[list(COLUMNS)]


def cover_kpis(touchpoints: pd.DataFrame, kpis: pd.DataFrame, *, impact: pd.DataFrame | None = None) -> pd.DataFrame:
    """Say which touchpoints no KPI watches and which KPIs stand nowhere on the journey.

    Parameters
    ----------
    touchpoints, kpis
        Tables of a study.
    impact
        What derive_impact returned; touchpoints of high impact that no KPI watches then come first.

    Returns
    -------
    DataFrame
        touchpoint_id, kpis (how many watch it), kpi_id, gap (a sentence; empty where all is well). Touchpoints first,
        those with a gap before the others; then, with kpi_id, the KPIs that stand nowhere: no touchpoint, no stage, and
        no metric asked about the journey as a whole. A KPI of a stage watches no single touchpoint.

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
    texts = dict.fromkeys(("touchpoint_id", "kpi_id", "gap"), "str")
    return pd.DataFrame(rows, columns=["touchpoint_id", "kpis", "kpi_id", "gap"]).astype(texts)


def _measure(kpi: dict, responses: pd.DataFrame, kpi_readings: pd.DataFrame, metrics: Mapping) -> dict:
    is_here = responses["metric"].eq(kpi["metric"]) & responses["touchpoint_id"].eq(kpi["touchpoint_id"])
    asked = responses[is_here & responses["score"].notna()]
    if not kpi["metric"] or asked.empty:
        return read_kpi(kpi, kpi_readings)
    period = _find_newest(asked)
    people = _score_people(kpi, asked[asked["wave"].eq(period)] if period else asked, metrics)
    estimate = _estimate(kpi, people, metrics, weights=weights_of(people))
    return {"period": period, **estimate._asdict(), "unweighted": _estimate(kpi, people, metrics, weights=None).value}


def _find_newest(asked: pd.DataFrame) -> str:
    """Return the wave with the newest answer; without dates the last by name; "" when the study has no waves."""
    newest = asked[asked["wave"].ne("")].sort_values(["date", "wave"], na_position="first")["wave"]
    return newest.iloc[-1] if len(newest) else ""


def _score_people(kpi: dict, asked: pd.DataFrame, metrics: Mapping) -> pd.DataFrame:
    """Return one row a person with what the kind of KPI needs, after checking that the scale can give it."""
    metric, kind = find_metric(kpi["metric"], metrics), kpi["kind"]
    low, high = metric.min, metric.max
    _check_scale(kpi, low, high)
    if kind == "nps":
        promoters, detractors = classify_promoters(asked["score"])
        asked = asked.assign(promoter=promoters, detractor=detractors)
        return average_customers(asked, columns=("promoter", "detractor"))
    if kind == "csat":
        scores = asked["score"]
        is_top = scores.lt(low + TOP_BOXES) if metric.better == "lower" else scores.gt(high - TOP_BOXES)
        return average_customers(asked.assign(score=is_top.astype(float)))
    return average_customers(asked)


def _check_scale(kpi: dict, low: float, high: float) -> None:
    has = f"{low:g} to {high:g}"
    needed = KPI_SCALES.get(kpi["kind"], (low, high))
    if (low, high) != needed:
        raise ScaleUnfit(kpi["kpi_id"], kpi["kind"], "{} to {}".format(*needed), kpi["metric"], has)
    if kpi["kind"] == "csat" and high - low < TOP_BOXES:
        raise ScaleUnfit(kpi["kpi_id"], "csat", "three points or more", kpi["metric"], has)


def _estimate(kpi: dict, people: pd.DataFrame, metrics: Mapping, *, weights) -> Estimate:
    if kpi["kind"] == "nps":
        return estimate_promoters(people["promoter"], people["detractor"], weights=weights)
    if kpi["kind"] in ("csat", "proportion"):
        return estimate_share(people["score"], weights=weights)
    metric = metrics[kpi["metric"]]
    return estimate_mean(people["score"], weights=weights, low=metric.min, high=metric.max)


def _flag(table: pd.DataFrame, *, min_n: int) -> pd.DataFrame:
    """Suppress what stands on too few; a reading whose cases are not known stays, as indicative."""
    is_unknown = table["n"].isna() & table["value"].notna()
    flagged = suppress_small(table, min_n=min_n)
    flagged.loc[is_unknown, ["value", "unweighted"]] = table.loc[is_unknown, ["value", "unweighted"]]
    flagged.loc[is_unknown, "flag"] = "indicative"
    return flagged


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
    worst, best = _orient({**row, "lo": change.lo, "hi": change.hi})
    moved = "better than" if worst > 0 else "worse than" if best < 0 else "no clear change from"
    return f"{moved} {'last wave' if then else 'baseline'}"


def _orient(row: dict) -> tuple[float, float]:
    """Return the worse and the better end of the interval, turned so that more is better."""
    return (-row["hi"], -row["lo"]) if row["direction"] == "lower" else (row["lo"], row["hi"])


def _say_unwatched(name: str, is_high: bool) -> str:
    return f"No KPI watches “{name}”{', although its impact is high' if is_high else ''}."
