"""Samples: the people (or cases) behind one side of a comparison, and the test that fits two of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cjm_helpers.method.answers import weights_of
from cjm_helpers.stats.differences import (
    Difference,
    compare_means,
    compare_nps,
    compare_proportions,
    estimate_difference,
)  # fmt: skip
from cjm_helpers.stats.intervals import effective_n
from cjm_helpers.stats.paired import compare_paired_means, compare_paired_proportions
from cjm_helpers.stats.survival import compare_durations, estimate_duration

SAME_PEOPLE = 0.8  # share of the larger sample that must be in both, for people to be compared with themselves
ANONYMOUS = " "  # how average_customers begins the name of a person without a customer id
TESTS = {"share": compare_proportions, "nps": compare_nps, "mean": compare_means}


@dataclass(frozen=True)
class Sample:
    """One side of a comparison: its value, how many stand behind it, and what the test of its kind needs.

    kind is share (0-1), nps (points), mean or duration. people are the ids of those behind it, in order, with a score
    and, where some count more than others, a weight each; it is None for cases that a system counted.
    """

    kind: str
    value: float = np.nan
    n: int = 0
    facts: tuple = ()
    people: Sequence[str] | None = None
    scores: np.ndarray | None = None
    weights: np.ndarray | None = None


def sample_people(people: pd.DataFrame, *, kind: str) -> Sample:
    """Make a sample of people, one row each.

    Columns read: person, weight (NaN throughout = none) and score; of kind nps promoter and detractor (0-1) instead.

    Examples
    --------
    >>> sample_people(pd.DataFrame({"person": ["a", "b"], "score": [4.0, 5.0], "weight": np.nan}), kind="mean").value
    4.5
    """
    if people.empty:
        return Sample(kind)
    if kind == "nps":
        people = people.assign(score=100 * (people["promoter"] - people["detractor"]))
    people = people.sort_values("person")
    scores, weights = people["score"].to_numpy(dtype=float), weights_of(people)
    weights = None if weights is None else weights.to_numpy(dtype=float)
    mean = float(np.average(scores, weights=weights))
    size = len(people) if weights is None else effective_n(weights)
    if kind == "duration":
        mean, facts = estimate_duration(scores, weights=weights).value, ()
    elif kind == "nps":
        facts = (*(float(np.average(people[end], weights=weights)) for end in ("promoter", "detractor")), size)
    elif kind == "share":
        facts = (mean * size, size)
    else:
        variance = np.average(np.square(scores - mean), weights=weights)
        facts = (mean, float(np.sqrt(variance * size / (size - 1))) if size > 1 else 0.0, size)
    return Sample(kind, mean, len(people), facts, people["person"].tolist(), scores, weights)


def sample_naming(people: Sequence[str], naming: Collection[str]) -> Sample:
    """Make a sample of people, given in order, of whom some name a thing.

    Examples
    --------
    >>> sample_naming(["a", "b"], {"b"}).value
    0.5
    """
    if not people:
        return Sample("share")
    scores = np.array([person in naming for person in people], dtype=float)
    share, size = float(scores.mean()), len(people)
    return Sample("share", share, size, (share * size, size), people, scores)


def sample_cases(reading: dict, *, kind: str) -> Sample:
    """Make a sample of cases that a system counted; reads value, n and variance, as read_kpi returns them.

    Examples
    --------
    >>> sample_cases({"value": 0.31, "n": 1000, "variance": 0.2139}, kind="share").facts
    (310.0, 1000)
    """
    value, n = reading["value"], reading["n"]
    if kind == "share":
        return Sample(kind, value, n, (value * n, n))
    return Sample("mean", value, n, (value, float(np.sqrt(reading["variance"])), n))


def count_shared(now: Sample, before: Sample) -> int:
    """Count the customers who stand on both sides; people without a customer id are nobody's twin.

    Examples
    --------
    >>> people = pd.DataFrame({"person": ["a", " 000000001"], "score": 1.0, "weight": np.nan})
    >>> count_shared(sample_people(people, kind="mean"), sample_people(people, kind="mean"))
    1
    """
    return len(_list_shared(now, before))


def compare_samples(now: Sample, before: Sample, *, min_n: int, widest: float | None = None) -> Difference:
    """Compare two samples of one kind; people are compared with themselves where at least 80% are on both sides.

    Parameters
    ----------
    min_n
        As many people must be on both sides before they are compared with themselves.
    widest
        The largest difference the scale allows.

    Source: the tests stand with the functions of stats; log-rank for durations, their medians for the interval.

    Examples
    --------
    >>> sides = [Sample("share", k / n, n, (k, n)) for k, n in ((56, 70), (48, 80))]
    >>> round(compare_samples(*sides, min_n=5).lo, 4)
    0.0524
    """
    if now.kind == "duration":
        return _compare_durations(now, before)
    shared = _list_shared(now, before)
    if len(shared) >= max(min_n, SAME_PEOPLE * max(now.n, before.n)):
        return _compare_pairs(now, before, shared, widest=widest)
    return TESTS[now.kind](now.facts, before.facts)


def _list_shared(now: Sample, before: Sample) -> set[str]:
    both = {*(now.people or ())}.intersection(before.people or ())
    return {person for person in both if not person.startswith(ANONYMOUS)}


def _compare_pairs(now: Sample, before: Sample, shared: set[str], *, widest) -> Difference:
    (ours, weights), (theirs, _) = (_keep(side, shared) for side in (now, before))
    is_yes_no = np.isin([ours, theirs], (0, 1)).all()
    if now.kind == "share" and is_yes_no and weights is None:
        return compare_paired_proportions(ours, theirs)
    return compare_paired_means(ours, theirs, weights=weights, widest=widest)


def _keep(side: Sample, shared: set[str]) -> tuple[np.ndarray, np.ndarray | None]:
    is_shared = np.array([person in shared for person in side.people], dtype=bool)
    return side.scores[is_shared], None if side.weights is None else side.weights[is_shared]


def _compare_durations(now: Sample, before: Sample) -> Difference:
    sides = [(side.scores, side.weights) for side in (now, before)]
    change = estimate_difference(*(estimate_duration(values, weights=weights) for values, weights in sides))
    has_weights = any(weights is not None for _, weights in sides)
    name = "log-rank test, medians" + (", p without weights" if has_weights else "")
    p = compare_durations(*(side[0] for side in sides)).p
    has_width = change.lo < change.hi  # where everybody took as long, nothing is known of those who were not asked
    return Difference(change.value, *((change.lo, change.hi) if has_width else (np.nan, np.nan)), p, name)
