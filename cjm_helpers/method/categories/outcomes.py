"""What customers said of the journey and of each touchpoint, one row a person: the ground of every derived impact."""

from collections.abc import Mapping, Sequence

import pandas as pd

from cjm_helpers.errors import ScoresOutsideScale, TooFewAnswers
from cjm_helpers.method.answers import average_customers, choose_emotion, find_metric, rescale_feeling
from cjm_helpers.stats.drivers import LEAST_N, REMEDY

UNNAMED = (
    "Say which question asked about the journey as a whole: in notebook 00, under 'Whose journey is it', "
    "or in study.toml, under [map] outcome."
)


def read_outcome(responses: pd.DataFrame, *, metrics: Mapping, outcome: str, decisions=None) -> pd.DataFrame:
    """Return one row a customer (index): how they found the journey as a whole, as feeling, best highest, and weight.

    Parameters
    ----------
    responses
        Reads touchpoint_id, customer_id, metric, score and weight. The outcome is what customers said of the journey as
        a whole (an empty touchpoint_id); rows without a customer_id cannot be joined and are left out.
    metrics, outcome
        The metrics of study.toml, and the id of the outcome.
    decisions
        Instead of an answer: customer_id -> 1 for those who bought or stayed, else 0; feeling then holds that.

    Raises
    ------
    TooFewAnswers
        When nobody answered.
    ScoresOutsideScale
        When an answer does not lie on its scale, or a decision is neither 0 nor 1.
    ParameterError
        When the outcome is not declared.

    Examples
    --------
    >>> from types import SimpleNamespace as Metric
    >>> row = {"customer_id": ["c1"], "touchpoint_id": "", "metric": "nps", "score": 10, "weight": float("nan")}
    >>> scale = {"nps": Metric(min=0, max=10, better="higher")}
    >>> read_outcome(pd.DataFrame(row), metrics=scale, outcome="nps")["feeling"].to_dict()
    {'c1': 2.0}
    """
    known = responses[responses["customer_id"] != ""]
    if decisions is None:
        rows = _read_answers(known, metrics=metrics, outcome=outcome)
    else:
        rows = _read_decisions(known, pd.to_numeric(decisions.dropna(), errors="coerce").astype(float))
    if rows.empty:
        is_named = outcome in metrics or decisions is not None
        raise TooFewAnswers("Derived impact (customers with an outcome)", 0, LEAST_N, REMEDY if is_named else UNNAMED)
    return average_customers(rows.assign(count=1), columns=("feeling",)).set_index("person")


def spread_feelings(responses: pd.DataFrame, *, metrics: Mapping, emotion: Sequence[str]) -> pd.DataFrame:
    """Return one row a customer and one column a touchpoint: their feeling (-2 to 2), missing where they gave none.

    Examples
    --------
    >>> from types import SimpleNamespace as Metric
    >>> rows = {"customer_id": ["c1", "c2"], "touchpoint_id": ["web", "app"], "metric": "csat", "score": [5, 1]}
    >>> csat = {"csat": Metric(min=1, max=5, better="higher")}
    >>> spread_feelings(pd.DataFrame({**rows, "weight": None}), metrics=csat, emotion=("csat",)).loc["c1"].tolist()
    [nan, 2.0]
    """
    answers = choose_emotion(responses[responses["customer_id"] != ""], metrics=metrics, emotion=emotion)
    people = average_customers(answers.assign(count=1), columns=("feeling",))
    return people.pivot(index="person", columns="touchpoint_id", values="feeling")


def _read_answers(responses: pd.DataFrame, *, metrics: Mapping, outcome: str) -> pd.DataFrame:
    asked = responses["metric"].eq(outcome) & responses["touchpoint_id"].eq("") & responses["score"].notna()
    rows = responses[asked & (outcome != "")]
    if outcome:
        find_metric(outcome, metrics)
    if rows.empty:
        return rows
    return rows.assign(feeling=rescale_feeling(rows["score"], find_metric(outcome, metrics), name=outcome))


def _read_decisions(responses: pd.DataFrame, decisions: pd.Series) -> pd.DataFrame:
    """Return decisions as if they were answers, each with the customer's weight."""
    outside = ~decisions.isin([0, 1])
    if outside.any():
        raise ScoresOutsideScale("A decision", int(outside.sum()), len(decisions), "0 (no) or 1 (yes)")
    rows = decisions.rename("feeling").rename_axis("customer_id").reset_index().assign(touchpoint_id="")
    return rows.assign(weight=rows["customer_id"].map(responses.groupby("customer_id")["weight"].mean()))
