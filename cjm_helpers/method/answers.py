"""Answers made ready for estimates: one number a person, on one scale, before anything is averaged or counted."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from cjm_helpers.errors import ParameterError, ScoresOutsideScale

FEELING_LOW, FEELING_HIGH = -2.0, 2.0


def average_customers(answers: pd.DataFrame, *, columns: Sequence[str] = ("score",)) -> pd.DataFrame:
    """Return one row a person and touchpoint: several answers of a customer are averaged, a counted row is many people.

    Reads touchpoint_id, customer_id, count, weight and the columns to average. Returns touchpoint_id, person, those
    columns and weight (the mean of the customer's weights; NaN throughout when there are none). A row without a
    customer is a person of its own; one with a count above 1 stands for so many people. A row of weight 0 speaks for
    nobody and is left out, so that n never counts it.

    Examples
    --------
    >>> rows = {"touchpoint_id": "pay", "customer_id": ["c1", "c1", ""], "score": [5, 3, 1], "count": [1, 1, 2]}
    >>> average_customers(pd.DataFrame(rows).assign(weight=np.nan))["score"].tolist()
    [1.0, 1.0, 4.0]
    """
    answers = answers[answers["weight"].ne(0)]
    ordered = answers.sort_values(["touchpoint_id", "customer_id", *columns, "weight", "count"], ignore_index=True)
    weight = ordered["weight"].fillna(1.0) if ordered["weight"].notna().any() else ordered["weight"]
    numbers = ordered[[*columns]].assign(weight=weight).astype(float)
    customer, people = ordered["customer_id"], ordered["count"].fillna(1).astype(int)
    is_one = customer.ne("") & people.eq(1)
    if is_one.all() and not ordered.duplicated(["touchpoint_id", "customer_id"]).any():  # nothing to average
        return pd.concat([ordered["touchpoint_id"], customer.rename("person"), numbers], axis="columns")
    person = customer.where(is_one, " " + ordered.index.astype("str").str.zfill(9))
    each = numbers.assign(people=people).groupby([ordered["touchpoint_id"], person.rename("person")])
    averaged = each.mean().reset_index()  # of people too: of somebody with several rows each says one
    copies = averaged.index.repeat(averaged.pop("people"))
    averaged = averaged.loc[copies].reset_index(drop=True)
    is_copy = copies.duplicated()
    averaged.loc[is_copy, "person"] += "." + averaged.index[is_copy].astype("str")  # each of many people is somebody
    return averaged


def find_personas(rows: pd.DataFrame, assignments: pd.DataFrame) -> pd.Series:
    """Return the persona of the customer of each row: the one of the row's wave, else one without a wave, else "".

    Columns read: customer_id, wave, speaker (who stands in where an interview names no customer); customer_id,
    persona_id, wave (the last where there is one).

    Examples
    --------
    >>> rows = pd.DataFrame({"customer_id": ["c1", "c1", ""], "wave": ["w1", "w2", "w2"]})
    >>> assigned = pd.DataFrame({"customer_id": ["c1", "c1"], "wave": ["", "w2"], "persona_id": ["lena", "omar"]})
    >>> find_personas(rows, assigned).tolist()
    ['lena', 'omar', '']
    """
    keys = ["customer_id", "wave"]
    if "speaker" in rows:
        rows = rows.assign(customer_id=rows["customer_id"].where(rows["customer_id"].ne(""), rows["speaker"]))
    known = assignments if "wave" in assignments else assignments.assign(wave="")
    known = known[known["customer_id"].ne("") & known["persona_id"].ne("")].sort_values([*keys, "persona_id"])
    personas = known.drop_duplicates(keys).set_index(keys)["persona_id"]
    in_wave, always = (
        pd.Series(personas.reindex(pd.MultiIndex.from_frame(own[keys])).to_numpy(), index=rows.index, dtype="object")
        for own in (rows, rows.assign(wave=""))
    )
    return in_wave.fillna(always).fillna("").astype("str")


def weights_of(people: pd.DataFrame) -> pd.Series | None:
    """Return the weights of average_customers, or None when the study has none.

    Examples
    --------
    >>> weights_of(pd.DataFrame({"weight": [np.nan, np.nan]})) is None
    True
    """
    return people["weight"] if len(people) and people["weight"].notna().any() else None


def choose_emotion(responses: pd.DataFrame, *, metrics: Mapping, emotion: Sequence[str]) -> pd.DataFrame:
    """Return the answers that feed the emotion curve: at each touchpoint those of the first emotion metric asked there.

    Adds feeling: the score on -2 to 2, where 2 is best, whichever way the metric runs.

    Raises
    ------
    ParameterError
        When an emotion metric is not declared.
    ScoresOutsideScale
        When scores do not lie on their metric's scale (two scales under one metric, say).

    Examples
    --------
    >>> from types import SimpleNamespace as Metric
    >>> rows = pd.DataFrame({"touchpoint_id": ["pay"], "metric": "csat", "score": [4.0]})
    >>> metrics = {"csat": Metric(min=1, max=5, better="higher")}
    >>> choose_emotion(rows, metrics=metrics, emotion=("csat",))["feeling"].tolist()
    [1.0]
    """
    emotion = (emotion,) if isinstance(emotion, str) else emotion
    place = {find_metric(name, metrics) and name: order for order, name in enumerate(emotion)}
    asked = responses[(responses["touchpoint_id"] != "") & responses["metric"].isin(place) & responses["score"].notna()]
    order = asked["metric"].map(place)
    answers = asked[order == order.groupby(asked["touchpoint_id"]).transform("min")]
    parts = [
        rows.assign(feeling=rescale_feeling(rows["score"], find_metric(name, metrics), name=name))
        for name, rows in answers.groupby("metric")
    ]
    return pd.concat(parts) if parts else answers.assign(feeling=np.nan)


def find_metric(name: str, metrics: Mapping):
    """Return the metric of that name, or say which ones the study declares.

    Raises
    ------
    ParameterError
        When the name is not declared.

    Examples
    --------
    >>> find_metric("csat", {"csat": "the metric"})
    'the metric'
    """
    if name not in metrics:
        raise ParameterError("metric", name, metrics)
    return metrics[name]


def rescale_feeling(scores: pd.Series, metric, *, name: str) -> pd.Series:
    """Put scores on -2 (worst) to 2 (best), after checking that they lie on the metric's scale.

    Examples
    --------
    >>> from types import SimpleNamespace as Metric
    >>> rescale_feeling(pd.Series([1.0, 7.0]), Metric(min=1, max=7, better="lower"), name="effort").tolist()
    [2.0, -2.0]
    """
    outside = ~scores.between(metric.min, metric.max)
    if outside.any():
        scale = f"scores from {metric.min:g} to {metric.max:g}"
        raise ScoresOutsideScale(f"The metric '{name}'", int(outside.sum()), len(scores), scale)
    share = (scores - metric.min) / (metric.max - metric.min)
    share = 1 - share if metric.better == "lower" else share
    return FEELING_LOW + (FEELING_HIGH - FEELING_LOW) * share
