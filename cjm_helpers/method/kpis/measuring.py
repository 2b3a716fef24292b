"""The value of each KPI with its interval, from the answers of customers or the readings of a system."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from cjm_helpers.errors import DirectionMissing
from cjm_helpers.method.answers import weights_of
from cjm_helpers.method.kpis.judging import add_verdicts
from cjm_helpers.method.kpis.people import find_answers, score_people
from cjm_helpers.method.kpis.readings import read_kpi
from cjm_helpers.stats.intervals import (
    Estimate,
    Z,
    effective_n,
    estimate_mean,
    estimate_promoters,
    estimate_share,
)  # fmt: skip
from cjm_helpers.stats.suppression import suppress_small
from cjm_helpers.stats.survival import estimate_duration

SHARES = ("csat", "proportion")
GIVEN = (
    "kpi_id", "name", "kind", "unit", "direction", "baseline", "target", "benchmark", "stage", "touchpoint_id",
    "goal_id",
)  # fmt: skip
COLUMNS = (
    "kpi_id", "name", "kind", "period", "value", "unweighted", "n", "lo", "hi", "method", "flag", "unit", "direction",
    "baseline", "target", "benchmark", "stage", "touchpoint_id", "status", "benchmark_status", "word", "goal_id",
    "variance",
)  # fmt: skip
MEASURED = ("period", "value", "unweighted", "n", "lo", "hi", "method", "variance")


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
        benchmark_status (the same, or no benchmark), word (what the map says), goal_id, variance. Proportions are 0-1.
        status is "no interval" where a reading came without its cases: one number alone cannot be told from noise; of a
        status whose flag is "indicative" (under 30) say so, and draw it in grey. A stated baseline counts as a fixed
        number, an earlier value with its own interval. variance is that of one person's answer in the unit squared
        (weights included, so that variance / n is the squared standard error): what stats/power.py asks for.

    Raises
    ------
    ScaleUnfit
        When a KPI's kind and its metric's scale do not go together.
    DirectionMissing
        When a KPI of kind ces does not say which way is better: its two versions run opposite ways.
    ParameterError
        When a KPI names a metric that is not declared.

    Source: NPS: adjusted Wald (Rocks 2016); csat: share of the two best answers, Wilson; ces, mean: t; duration:
    median, Kaplan & Meier (1958), from answers, mean from readings.

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
    table = flag_figures(pd.DataFrame(rows, columns=list(dict.fromkeys([*GIVEN, *MEASURED]))), min_n=min_n)
    return add_verdicts(table, min_n=min_n, before=before)[list(COLUMNS)]


def flag_figures(table: pd.DataFrame, *, min_n: int) -> pd.DataFrame:
    """Suppress what stands on too few; a reading whose cases are not known stays, as indicative.

    Reads value, n; suppress_small says what else is emptied, and variance is too.

    Examples
    --------
    >>> flag_figures(pd.DataFrame({"value": [9.5, 1.0], "n": [np.nan, 3]}), min_n=5)[["value", "flag"]].values.tolist()
    [[9.5, 'indicative'], [nan, 'suppressed']]
    """
    is_unknown = table["n"].isna() & table["value"].notna()
    flagged = suppress_small(table, min_n=min_n, also=("variance",))
    read = table.columns.intersection(["value", "unweighted"])
    flagged.loc[is_unknown, read] = table.loc[is_unknown, read]
    flagged.loc[is_unknown, "flag"] = "indicative"
    return flagged


def _measure(kpi: dict, responses: pd.DataFrame, kpi_readings: pd.DataFrame, metrics: Mapping) -> dict:
    if kpi["kind"] == "ces" and not kpi["direction"]:
        raise DirectionMissing(kpi["kpi_id"], "ces")
    period, answers = find_answers(kpi, responses)
    if answers.empty:
        return read_kpi(kpi, kpi_readings)
    people = score_people(kpi, answers, metrics=metrics)
    weights = weights_of(people)
    estimate = _estimate(kpi, people, metrics, weights=weights)
    plain = _estimate(kpi, people, metrics, weights=None).value
    variance = _vary(kpi, people, estimate, weights=weights)
    return {"period": period, **estimate._asdict(), "unweighted": plain, "variance": variance}


def _estimate(kpi: dict, people: pd.DataFrame, metrics: Mapping, *, weights) -> Estimate:
    kind = kpi["kind"]
    if kind == "nps":
        return estimate_promoters(people["promoter"], people["detractor"], weights=weights)
    if kind in SHARES:
        return estimate_share(people["score"], weights=weights)
    if kind == "duration":
        return estimate_duration(people["score"], weights=weights)
    metric = metrics[kpi["metric"]]
    return estimate_mean(people["score"], weights=weights, low=metric.min, high=metric.max)


def _vary(kpi: dict, people: pd.DataFrame, estimate: Estimate, *, weights) -> float:
    """Return the variance of one answer; of a median that which its interval speaks of (ours)."""
    if estimate.n == 0:
        return np.nan
    if kpi["kind"] == "duration":
        return estimate.n * ((estimate.hi - estimate.lo) / (2 * Z)) ** 2
    values = 100 * (people["promoter"] - people["detractor"]) if kpi["kind"] == "nps" else people["score"]
    size = len(values) if weights is None else effective_n(weights)
    squares = np.average((values - np.average(values, weights=weights)) ** 2, weights=weights)
    lost = 0 if kpi["kind"] in ("nps", *SHARES) else 1  # a mean is estimated from the same answers
    return float(squares * len(values) / (size - lost)) if size > lost else np.nan
