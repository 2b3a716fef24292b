"""Curve: how customers feel at each touchpoint, from -2 to 2, with n and interval."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from cjm_helpers.method.answers import FEELING_HIGH, FEELING_LOW, average_customers, choose_emotion, weights_of
from cjm_helpers.stats.intervals import Estimate, estimate_mean, estimate_share
from cjm_helpers.stats.suppression import suppress_small

COLUMNS = (
    "touchpoint_id", "metric", "value", "n", "lo", "hi", "method", "flag", "share_positive", "share_positive_lo",
    "share_positive_hi", "share_negative", "share_negative_lo", "share_negative_hi", "unweighted", "rating",
)  # fmt: skip


def summarise_emotion(
    responses: pd.DataFrame, touchpoints: pd.DataFrame, *, metrics: Mapping, emotion: Sequence[str], min_n: int = 5
) -> pd.DataFrame:
    """Summarise how customers feel at each touchpoint they were asked about, in the order of the touchpoints table.

    Parameters
    ----------
    responses, touchpoints
        Tables of a study. Reads touchpoint_id, customer_id, metric, score, count and weight.
    metrics, emotion
        The metrics of study.toml, and the ids of those that tell emotion; a touchpoint uses the first asked there.
    min_n
        Under so many customers a touchpoint keeps its n and loses its numbers.

    Returns
    -------
    DataFrame
        touchpoint_id, metric, value (mean feeling, -2 to 2), n (customers), lo, hi, method, flag, share_positive and
        share_negative (0-1) each with _lo and _hi, unweighted (the value without survey weights), rating (mean on the
        metric's scale).

    Raises
    ------
    ParameterError, ScoresOutsideScale
        When a metric is not declared, or scores do not lie on its scale.

    Source: e = 4 (x - min) / (max - min) - 2; customers are averaged first; t interval of means, Wilson of shares.

    Examples
    --------
    >>> from types import SimpleNamespace as Metric
    >>> csat = {"csat": Metric(min=1, max=5, better="higher")}
    >>> rows = {"touchpoint_id": "pay", "customer_id": list("abcdef"), "metric": "csat", "score": [1, 2, 3, 4, 4, 5]}
    >>> responses = pd.DataFrame({**rows, "count": 1, "weight": np.nan})
    >>> table = summarise_emotion(responses, pd.DataFrame({"touchpoint_id": ["pay"]}), metrics=csat, emotion=("csat",))
    >>> table[["value", "lo", "hi"]].round(3).values.tolist()
    [[0.167, -1.378, 1.711]]
    """
    answers = choose_emotion(responses, metrics=metrics, emotion=emotion)
    people = average_customers(answers, columns=("feeling", "score"))
    metric_of = answers.drop_duplicates("touchpoint_id").set_index("touchpoint_id")["metric"]
    groups = {touchpoint: rows for touchpoint, rows in people.groupby("touchpoint_id")}
    asked = [touchpoint for touchpoint in touchpoints["touchpoint_id"] if touchpoint in groups]
    rows = [{"touchpoint_id": one, "metric": metric_of[one], **_summarise_feelings(groups[one])} for one in asked]
    return suppress_small(pd.DataFrame(rows, columns=list(COLUMNS)), min_n=min_n)


def average_feelings(responses: pd.DataFrame, *, metrics: Mapping, emotion: Sequence[str]) -> Estimate:
    """Estimate the mean feeling over the journey, -2 to 2: each person counts once, with the mean of what they rated.

    Parameters are those of `summarise_emotion`; n counts people.

    Source: t interval of the mean.

    Examples
    --------
    >>> from types import SimpleNamespace as Metric
    >>> csat = {"csat": Metric(min=1, max=5, better="higher")}
    >>> rows = {"touchpoint_id": ["pay", "ad", "pay"], "customer_id": ["a", "a", "b"], "metric": "csat"}
    >>> responses = pd.DataFrame({**rows, "score": [1, 5, 5], "count": 1, "weight": np.nan})
    >>> average_feelings(responses, metrics=csat, emotion=("csat",))[:2]
    (1.0, 2)
    """
    people = average_customers(choose_emotion(responses, metrics=metrics, emotion=emotion), columns=("feeling",))
    each = people.groupby("person")[["feeling", "weight"]].mean()
    return estimate_mean(each["feeling"], weights=weights_of(each), low=FEELING_LOW, high=FEELING_HIGH)


def _summarise_feelings(people: pd.DataFrame) -> dict:
    feelings, weights = people["feeling"], weights_of(people)
    mean = estimate_mean(feelings, weights=weights, low=FEELING_LOW, high=FEELING_HIGH)
    shares = {"share_positive": feelings > 0, "share_negative": feelings < 0}
    estimates = {name: estimate_share(hits, weights=weights) for name, hits in shares.items()}
    return {
        **mean._asdict(),
        **{name: share.value for name, share in estimates.items()},
        **{f"{name}_lo": share.lo for name, share in estimates.items()},
        **{f"{name}_hi": share.hi for name, share in estimates.items()},
        "unweighted": float(np.mean(feelings)),
        "rating": float(np.average(people["score"], weights=weights)),
    }
