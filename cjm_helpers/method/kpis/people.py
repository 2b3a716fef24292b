"""The answers behind a KPI, made ready to be estimated: those of its newest wave, one row a person."""

from collections.abc import Mapping

import pandas as pd

from cjm_helpers.errors import ScaleUnfit
from cjm_helpers.method.answers import average_customers, find_metric
from cjm_helpers.stats.intervals import classify_promoters
from cjm_helpers.worksheets import KPI_SCALES

TOP_BOXES = 2
NPS, NPS_SCALE = "nps", (0, 10)


def find_answers(kpi: dict, responses: pd.DataFrame) -> tuple[str, pd.DataFrame]:
    """Return the newest wave in which a KPI's question was asked at its place, and the answers then.

    Reads metric, touchpoint_id, wave, date, score. The newest wave has the newest answer; without dates it is the last
    by name; "" when the study has no waves.

    Examples
    --------
    >>> rows = {"metric": "csat", "touchpoint_id": "", "wave": ["w1", "w2"], "date": pd.NaT, "score": [1.0, 5.0]}
    >>> wave, answers = find_answers({"metric": "csat", "touchpoint_id": ""}, pd.DataFrame(rows))
    >>> wave, answers["score"].tolist()
    ('w2', [5.0])
    """
    if not kpi["metric"]:
        return "", responses[:0]
    is_here = responses["metric"].eq(kpi["metric"]) & responses["touchpoint_id"].eq(kpi["touchpoint_id"])
    asked = responses[is_here & responses["score"].notna()]
    newest = asked[asked["wave"].ne("")]
    newest = newest if newest["date"].isna().all() else newest[newest["date"].eq(newest["date"].max())]
    wave = max(newest["wave"], default="")
    return wave, asked[asked["wave"].eq(wave)] if wave else asked


def score_people(kpi: dict, answers: pd.DataFrame, *, metrics: Mapping) -> pd.DataFrame:
    """Return one row a person with what the kind of KPI needs, after checking that the scale can give it.

    Adds promoter and detractor for nps; score is whether the answer is one of the two best for csat, else as given.

    Raises
    ------
    ScaleUnfit
        When the KPI's kind and its metric's scale do not go together.

    Examples
    --------
    >>> from types import SimpleNamespace as Metric
    >>> rows = {"touchpoint_id": "", "customer_id": ["c1", "c2"], "score": [4.0, 2.0], "count": 1.0}
    >>> rows = pd.DataFrame(rows).assign(weight=float("nan"))
    >>> kpi = {"kpi_id": "k1", "kind": "csat", "metric": "csat"}
    >>> score_people(kpi, rows, metrics={"csat": Metric(min=1, max=5, better="higher")})["score"].tolist()
    [1.0, 0.0]
    """
    metric = find_metric(kpi["metric"], metrics)
    _check_scale(kpi, metric)
    if kpi["kind"] == "nps":
        promoters, detractors = classify_promoters(answers["score"])
        answers = answers.assign(promoter=promoters, detractor=detractors)
        return average_customers(answers, columns=("promoter", "detractor"))
    if kpi["kind"] == "csat":
        return average_customers(answers.assign(score=is_best(answers["score"], metric, boxes=TOP_BOXES)))
    return average_customers(answers)


def describe_outcome(outcome: str, *, metrics: Mapping) -> dict:
    """Return the KPI that the outcome of study.toml would be: an NPS where its name and its scale say so, else a mean.

    Examples
    --------
    >>> from types import SimpleNamespace as Metric
    >>> nps = Metric(min=0, max=10, better="higher", question="Would you recommend us?")
    >>> describe_outcome("nps", metrics={"nps": nps})["kind"]
    'nps'
    """
    metric = find_metric(outcome, metrics)
    is_nps = NPS in outcome.lower() and (metric.min, metric.max) == NPS_SCALE
    return {
        "kpi_id": outcome, "name": "NPS" if is_nps else getattr(metric, "question", "") or outcome,
        "kind": NPS if is_nps else "mean", "metric": outcome, "direction": metric.better, "touchpoint_id": "",
    }  # fmt: skip


def is_best(scores: pd.Series, metric, *, boxes: int) -> pd.Series:
    """Say of each score, as 1 or 0, whether it is one of the best answers of a whole-numbered scale.

    Examples
    --------
    >>> from types import SimpleNamespace as Metric
    >>> is_best(pd.Series([1, 2, 5]), Metric(min=1, max=5, better="lower"), boxes=2).tolist()
    [1.0, 1.0, 0.0]
    """
    is_top = scores.lt(metric.min + boxes) if metric.better == "lower" else scores.gt(metric.max - boxes)
    return is_top.astype(float)


def _check_scale(kpi: dict, metric) -> None:
    has, kind = f"{metric.min:g} to {metric.max:g}", kpi["kind"]
    needed = KPI_SCALES.get(kind, (metric.min, metric.max))
    if (metric.min, metric.max) != needed:
        raise ScaleUnfit(kpi["kpi_id"], kind, "{} to {}".format(*needed), kpi["metric"], has)
    if kind == "csat" and metric.max - metric.min < TOP_BOXES:
        raise ScaleUnfit(kpi["kpi_id"], "csat", "three points or more", kpi["metric"], has)
