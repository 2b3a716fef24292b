"""What stands beside the headline figure of a KPI, so that no single number has to say everything."""

from collections.abc import Mapping

import pandas as pd

from cjm_helpers.method.answers import average_customers, weights_of
from cjm_helpers.method.kpis.people import find_answers, is_best, score_people
from cjm_helpers.stats.intervals import Estimate, estimate_mean, estimate_share
from cjm_helpers.stats.suppression import suppress_small
from cjm_helpers.stats.survival import estimate_duration

BEST_OF_EASE = 3
QUARTERS = {"first quarter": 0.25, "third quarter": 0.75}
COLUMNS = ("kpi_id", "companion", "period", "value", "n", "lo", "hi", "method", "flag")


def measure_companions(
    kpis: pd.DataFrame, responses: pd.DataFrame, *, metrics: Mapping, min_n: int = 5
) -> pd.DataFrame:
    """Measure what stands beside each KPI: who makes up its NPS, the mean behind a share, the spread of a duration.

    Parameters
    ----------
    kpis, responses, metrics, min_n
        As measure_kpis takes them; KPIs without answers have no companions.

    Returns
    -------
    DataFrame
        One row a KPI and companion: kpi_id, companion, period, value, n, lo, hi, method, flag. nps: promoters and
        detractors (share 0-1); csat: mean (on the scale of its metric); ces: three best answers (share 0-1); duration:
        first quarter and third quarter (the times by which 25% and 75% were done).

    Source: NPS: Reichheld (2003); intervals: Wilson for shares, t for the mean, Kaplan & Meier (1958) for durations.

    Examples
    --------
    >>> from types import SimpleNamespace as Metric
    >>> kpis = pd.DataFrame([{"kpi_id": "k1", "kind": "nps", "metric": "nps", "touchpoint_id": ""}])
    >>> rows = {"metric": "nps", "score": [10, 8, 3], "count": [60, 25, 15], "weight": float("nan"), "date": pd.NaT}
    >>> answers = pd.DataFrame(rows).assign(customer_id="", touchpoint_id="", wave="")
    >>> table = measure_companions(kpis, answers, metrics={"nps": Metric(min=0, max=10)})
    >>> table[["companion", "value"]].values.tolist()
    [['promoters', 0.6], ['detractors', 0.15]]
    """
    rows = []
    for kpi in kpis.to_dict("records"):
        period, answers = find_answers(kpi, responses)
        if kpi["metric"] and len(answers):
            found = _list_companions(kpi, answers, metrics)
            rows += [{"kpi_id": kpi["kpi_id"], "companion": name, "period": period, **estimate._asdict()}
                     for name, estimate in found.items()]  # fmt: skip
    return suppress_small(pd.DataFrame(rows, columns=list(COLUMNS[:-1])), min_n=min_n)


def _list_companions(kpi: dict, answers: pd.DataFrame, metrics: Mapping) -> dict[str, Estimate]:
    people, metric = score_people(kpi, answers, metrics=metrics), metrics[kpi["metric"]]
    if kpi["kind"] == "nps":
        ends = {"promoters": people["promoter"], "detractors": people["detractor"]}
        return {name: estimate_share(hits, weights=weights_of(people)) for name, hits in ends.items()}
    if kpi["kind"] == "csat":
        people = average_customers(answers)
        return {"mean": estimate_mean(people["score"], weights=weights_of(people), low=metric.min, high=metric.max)}
    if kpi["kind"] == "ces":
        people = average_customers(answers.assign(score=is_best(answers["score"], metric, boxes=BEST_OF_EASE)))
        return {"three best answers": estimate_share(people["score"], weights=weights_of(people))}
    if kpi["kind"] == "duration":
        times, weights = people["score"], weights_of(people)
        return {name: estimate_duration(times, share=share, weights=weights) for name, share in QUARTERS.items()}
    return {}
