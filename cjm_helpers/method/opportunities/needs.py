"""Underserved needs: what customers call important and are not satisfied with."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from cjm_helpers.errors import CjmError, Fault, FaultsFound, ScoresOutsideScale, spell_allowed
from cjm_helpers.method.answers import average_customers, find_metric
from cjm_helpers.stats.intervals import UPPER, estimate_proportion
from cjm_helpers.stats.ranking import score_need
from cjm_helpers.stats.suppression import suppress_small

TOP_BOXES, LEAST_POINTS = 2, 3
LEVELS = ((15, "extreme"), (12, "high"), (10, "solid"))  # underserved from above so many of 20 points
COLUMNS = [
    "touchpoint_id", "value", "n", "lo", "hi", "method", "flag", "importance", "satisfaction", "n_importance",
    "n_satisfaction", "level", "level_lo", "rank",
]  # fmt: skip
NUMBERS = ("importance", "satisfaction")
NOT_ASKED = {
    "importance": "Nobody was asked yet how important the steps are.",
    "satisfaction": "Nobody was asked yet how satisfied people are with the steps.",
}


def score_needs(
    responses: pd.DataFrame,
    *,
    metrics: Mapping,
    importance: str,
    satisfaction: str,
    min_n: int = 5,
    bootstraps: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Score how underserved customers are at each touchpoint: importance + what satisfaction lacks of it, 0 to 20.

    Importance and satisfaction are ten times the share of the two best answers (0-10). A touchpoint needs both.

    Parameters
    ----------
    responses
        Reads touchpoint_id, customer_id, metric, score, count, weight.
    metrics, importance, satisfaction
        The metrics of study.toml, and the ids of the two asked ("How important is ...?", "How satisfied ...?").
    min_n
        Under so many customers with either answer a touchpoint keeps its n and loses its numbers.
    bootstraps, seed
        For the interval: customers are drawn again, with both of their answers.

    Returns
    -------
    DataFrame
        One row a touchpoint with either answer, most underserved first: touchpoint_id, value, n (the smaller of the
        two), lo, hi, method, flag, importance, satisfaction, n_importance, n_satisfaction, level ("extreme" above 15,
        "high" above 12, "solid" above 10, else "served"), level_lo (the level that the lower bound still reaches),
        rank.

    Raises
    ------
    CjmError
        When a metric is not declared: then nobody was asked.
    FaultsFound
        When a metric has fewer than three points, so that the two best answers are all of them.
    ScoresOutsideScale
        When scores do not lie on their metric's scale.

    Source: Ulwick (2002).

    Examples
    --------
    >>> from types import SimpleNamespace as Metric
    >>> scale = Metric(min=1, max=5, better="higher")
    >>> who = [f"c{i}" for i in range(10)]
    >>> rows = {"touchpoint_id": "pay", "customer_id": who * 2, "metric": ["need"] * 10 + ["csat"] * 10, "count": 1}
    >>> answers = pd.DataFrame({**rows, "score": [5] * 9 + [1] + [5] * 3 + [2] * 7, "weight": np.nan})
    >>> table = score_needs(answers, metrics={"need": scale, "csat": scale}, importance="need", satisfaction="csat")
    >>> table[["value", "importance", "satisfaction", "level", "level_lo"]].values.tolist()
    [[15.0, 9.0, 3.0, 'high', 'solid']]
    """
    _check_asked({"importance": importance, "satisfaction": satisfaction}, metrics)
    parts = [
        _top_boxes(responses, metric, metrics=metrics).assign(question=name)
        for name, metric in zip(NUMBERS, (importance, satisfaction), strict=True)
    ]
    people = pd.concat(parts, ignore_index=True)
    rows = [
        _score(rows, bootstraps=bootstraps, seed=seed) | {"touchpoint_id": one}
        for one, rows in people.groupby("touchpoint_id")
    ]
    table = suppress_small(pd.DataFrame(rows, columns=COLUMNS), min_n=min_n, also=NUMBERS)
    levels = {
        name: [_name_level(value) for value in table[of]] for name, of in (("level", "value"), ("level_lo", "lo"))
    }
    table = table.assign(**{name: pd.Series(texts, index=table.index, dtype="str") for name, texts in levels.items()})
    table["rank"] = table["value"].rank(ascending=False, method="min")
    return table.sort_values(["rank", "touchpoint_id"], kind="stable", ignore_index=True)


def _check_asked(asked: Mapping[str, str], metrics: Mapping) -> None:
    for question, name in asked.items():
        if name not in metrics:
            known = f" If one of your questions was about it, name it in place of '{name}'. " if metrics else ""
            raise CjmError(f"{NOT_ASKED[question]}{known}{spell_allowed(name, metrics)}")


def _top_boxes(responses: pd.DataFrame, name: str, *, metrics: Mapping) -> pd.DataFrame:
    """Return one row a person and touchpoint with the share of their answers among the two best, and their weight."""
    metric = find_metric(name, metrics)
    if metric.max - metric.min + 1 < LEAST_POINTS:
        what = f"The metric '{name}' runs from {metric.min:g} to {metric.max:g}, so its two best answers are all of it."
        raise FaultsFound([Fault(what, remedy="Choose a metric with three points or more.")], "the scoring of needs")
    asked = responses[responses["metric"].eq(name) & responses["touchpoint_id"].ne("") & responses["score"].notna()]
    outside = ~asked["score"].between(metric.min, metric.max)
    if outside.any():
        scale = f"scores from {metric.min:g} to {metric.max:g}"
        raise ScoresOutsideScale(f"The metric '{name}'", int(outside.sum()), len(asked), scale)
    scores = asked["score"]
    is_best = scores < metric.min + TOP_BOXES if metric.better == "lower" else scores > metric.max - TOP_BOXES
    people = average_customers(asked.assign(score=is_best.astype(float)))
    is_known = ~people["person"].str.startswith(" ")
    return people.assign(person=people["person"].where(is_known, name + people["person"]))


def _score(people: pd.DataFrame, *, bootstraps: int, seed: int) -> dict:
    """Score one touchpoint, with the interval of customers drawn again."""
    hits = people.pivot(index="person", columns="question", values="score").reindex(columns=list(NUMBERS))
    weights = people.fillna({"weight": 1.0}).groupby("person")["weight"].max().to_numpy()
    n = hits.notna().sum()
    best = 10 * _share(hits.to_numpy(), weights[None])[0]
    row = dict(zip(NUMBERS, best, strict=True)) | {f"n_{name}": int(n[name]) for name in NUMBERS} | {"n": int(n.min())}
    if not n.min():
        return row | {"method": "needs answers to both questions"}
    value = float(score_need(*best))
    times = np.random.default_rng(seed).multinomial(len(hits), np.full(len(hits), 1 / len(hits)), size=bootstraps)
    draws = score_need(*10 * _share(hits.to_numpy(), times * weights).T)
    lo, hi = np.nanquantile(draws, [1 - UPPER, UPPER])
    if lo == hi:  # all answered alike, so that drawing again shows nothing of those who were not asked
        unseen = [estimate_proportion(share / 10 * n[name], n[name]) for name, share in zip(NUMBERS, best, strict=True)]
        lo = 10 * float(score_need(unseen[0].lo, unseen[1].hi))
        hi = 10 * float(score_need(unseen[0].hi, unseen[1].lo))
        return row | {"value": value, "lo": lo, "hi": hi, "method": "Wilson, all answers alike"}
    return row | {"value": value, "lo": min(lo, value), "hi": max(hi, value), "method": "bootstrap over customers"}


def _share(hits: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the weighted share of hits of each question (columns) under each row of weights; missing answers aside."""
    is_there = ~np.isnan(hits)
    with np.errstate(invalid="ignore"):
        return (weights @ np.nan_to_num(hits)) / (weights @ is_there)


def _name_level(value: float) -> str:
    return "" if np.isnan(value) else next((name for above, name in LEVELS if round(value, 9) > above), "served")
