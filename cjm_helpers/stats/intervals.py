"""Estimates that never travel alone: a value with its n, its interval, how it was made, and whether it may be shown."""

from typing import NamedTuple

import numpy as np
from scipy.special import ndtri, stdtrit  # 0.2 s to import; scipy.stats and statsmodels cost 0.7 s for the same numbers

from cjm_helpers.errors import ScoresOutsideScale

LEVEL = 0.95
UPPER = 1 - (1 - LEVEL) / 2
Z = float(ndtri(UPPER))
LEAST_MIN_N = 2
NPS_LOW, NPS_HIGH = 0, 10
PROMOTER_FROM, DETRACTOR_TO = 9, 6
ADDED_PEOPLE, ADDED_AT_EACH_END = 3, 0.75
NO_ANSWERS = "no answers"
MEDIAN_ERROR = 1.25 / 1.35
NO_SPREAD = 1e-9  # numbers that differ by no more than rounding are the same answer


class Estimate(NamedTuple):
    """One number with its evidence: n counts people, lo and hi bound the 95% interval, method names the formula."""

    value: float
    n: int
    lo: float
    hi: float
    method: str


def effective_n(weights) -> float:
    """Return how many equally weighted people the weighted ones are worth.

    Source: Kish (1965), (sum w)^2 / sum w^2.

    Examples
    --------
    >>> round(effective_n([1, 1, 2]), 3)
    2.667
    """
    weights = np.asarray(weights, dtype=float)
    total, squares = weights.sum(), np.square(weights).sum()
    return float(total**2 / squares) if squares > 0 else 0.0


def estimate_proportion(successes: float, n: float, *, n_eff: float | None = None) -> Estimate:
    """Estimate a proportion (0-1) with Wilson's interval.

    Parameters
    ----------
    successes, n
        Cases that count, and cases in all.
    n_eff
        What the cases are worth under survey weights; the interval uses it, n stays the plain count.

    Source: Wilson (1927); the choice: Newcombe (1998).

    Examples
    --------
    >>> estimate = estimate_proportion(4, 6)
    >>> round(estimate.lo, 3), round(estimate.hi, 3)
    (0.3, 0.903)
    """
    if n <= 0:
        return Estimate(np.nan, 0, np.nan, np.nan, NO_ANSWERS)
    share = float(successes) / float(n)
    lo, hi = _bound_proportion(share, n if n_eff is None else n_eff)
    return Estimate(share, int(n), lo, hi, _name_method("Wilson", n_eff))


def estimate_share(hits, *, weights=None) -> Estimate:
    """Estimate the share of people who count, each given as 0 to 1 (one who answered twice may count by half).

    Source: as estimate_proportion; weights enter through effective_n.

    Examples
    --------
    >>> estimate_share([True, False, True, True]).value
    0.75
    """
    hits, weights = _clean(hits, weights)
    if weights is None or not len(hits):
        return estimate_proportion(hits.sum(), len(hits))
    share = np.average(hits, weights=weights)
    return estimate_proportion(share * len(hits), len(hits), n_eff=effective_n(weights))


def estimate_mean(values, *, weights=None, low: float | None = None, high: float | None = None) -> Estimate:
    """Estimate a mean with a t interval, clipped to the scale where low and high are given.

    One value a person; NaN and people of weight 0 are left out. Where everybody says the same, t would give a point: on
    a scale, the share of people who may have gone unseen (Wilson, 0 of n) is then put at the far ends; without a scale
    there is no interval.

    Source: Student's t; the choice of t over the bootstrap for small n and the rule for no spread are ours.

    Examples
    --------
    >>> estimate = estimate_mean([4, 5, 3, 4, 5], low=1, high=5)
    >>> round(estimate.value, 1), round(estimate.lo, 3), estimate.hi
    (4.2, 3.161, 5.0)
    """
    values, weights = _clean(values, weights)
    if not len(values):
        return Estimate(np.nan, 0, np.nan, np.nan, NO_ANSWERS)
    n_eff = None if weights is None else effective_n(weights)
    size = len(values) if n_eff is None else n_eff
    mean = float(np.average(values, weights=weights))
    if np.ptp(values) <= NO_SPREAD:
        return _estimate_without_spread(values, n_eff, low=low, high=high)
    spread = np.average(np.square(values - mean), weights=weights) * size / (size - 1)
    summary = estimate_summary(mean, sd=float(np.sqrt(spread)), n=size, low=low, high=high)
    return summary._replace(n=len(values), method=_name_method("t", n_eff))


def estimate_summary(
    mean: float, *, sd: float, n: float, low: float | None = None, high: float | None = None
) -> Estimate:
    """Estimate a mean of which only mean, standard deviation and n are known (a reading from a system).

    Source: Student's t.

    Examples
    --------
    >>> estimate = estimate_summary(41.5, sd=12.1, n=380)
    >>> round(estimate.lo, 2), round(estimate.hi, 2)
    (40.28, 42.72)
    """
    if not (n > 1 and sd > 0):
        return Estimate(float(mean), int(n) if n > 0 else 0, np.nan, np.nan, "no interval")
    half = float(stdtrit(n - 1, UPPER)) * sd / np.sqrt(n)
    return Estimate(float(mean), int(n), *_clip(mean - half, mean + half, low=low, high=high), "t")


def estimate_middle(median: float, *, quarters: tuple[float, float], n: float) -> Estimate:
    """Estimate a median of which only the two quartiles around it and n are known (an aggregate of an engine).

    Source: McGill, Tukey & Larsen (1978): its standard error is 1.25 / 1.35 times the distance of the quartiles over
    the root of n. Meant for quantities that are never negative.

    Examples
    --------
    >>> estimate = estimate_middle(10, quarters=(8, 14), n=36)
    >>> round(estimate.lo, 2), round(estimate.hi, 2)
    (8.19, 11.81)
    """
    spread = quarters[1] - quarters[0]
    if not (n > 1 and spread > 0):
        return Estimate(float(median), int(n) if n > 0 else 0, np.nan, np.nan, "no interval")
    half = Z * MEDIAN_ERROR * spread / np.sqrt(n)
    return Estimate(float(median), int(n), *_clip(median - half, median + half, low=0, high=None), "median, quartiles")


def estimate_nps(scores, *, weights=None) -> Estimate:
    """Estimate the Net Promoter Score (-100 to 100) of whole scores 0 to 10, with the adjusted Wald interval.

    Raises
    ------
    ScoresOutsideScale
        When a score is not a whole number from 0 to 10.

    Source: Rocks (2016); Lewis & Sauro (2021).

    Examples
    --------
    >>> estimate = estimate_nps([10] * 60 + [8] * 25 + [3] * 15)
    >>> round(estimate.value), round(estimate.lo, 2), round(estimate.hi, 2)
    (45, 29.34, 58.04)
    """
    scores, weights = _clean(scores, weights)
    return estimate_promoters(*classify_promoters(scores), weights=weights)


def classify_promoters(scores) -> tuple[np.ndarray, np.ndarray]:
    """Return who is a promoter (9, 10) and who a detractor (0 to 6), as two arrays of yes and no.

    Raises
    ------
    ScoresOutsideScale
        When a score is not a whole number from 0 to 10.

    Source: Reichheld (2003).

    Examples
    --------
    >>> [group.tolist() for group in classify_promoters([10, 7, 6])]
    [[True, False, False], [False, False, True]]
    """
    scores = np.asarray(scores, dtype=float)
    is_outside = (scores < NPS_LOW) | (scores > NPS_HIGH) | (scores != np.round(scores))
    if is_outside.any():
        scale = f"whole numbers from {NPS_LOW} to {NPS_HIGH}"
        raise ScoresOutsideScale("NPS", int(is_outside.sum()), len(scores), scale)
    return scores >= PROMOTER_FROM, scores <= DETRACTOR_TO


def estimate_promoters(promoters, detractors, *, weights=None) -> Estimate:
    """Estimate the Net Promoter Score of people, each given by how far they are a promoter and a detractor (0 to 1).

    Source: as estimate_nps: 3/4 promoter, 3/4 detractor and 3/2 passives are added for the interval, not for the value.

    Examples
    --------
    >>> round(estimate_promoters([1, 1, 0.5], [0, 0, 0.5]).value, 1)
    66.7
    """
    promoters, detractors = np.asarray(promoters, dtype=float), np.asarray(detractors, dtype=float)
    if weights is not None:
        weights = np.asarray(weights, dtype=float)
        promoters, detractors, weights = (part[weights > 0] for part in (promoters, detractors, weights))
    if not len(promoters):
        return Estimate(np.nan, 0, np.nan, np.nan, NO_ANSWERS)
    p, d = np.average(promoters, weights=weights), np.average(detractors, weights=weights)
    n_eff = None if weights is None else effective_n(weights)
    size = len(promoters) if n_eff is None else n_eff
    adjusted = size + ADDED_PEOPLE
    p_adjusted, d_adjusted = ((size * share + ADDED_AT_EACH_END) / adjusted for share in (p, d))
    half = Z * np.sqrt(nps_variance(p_adjusted, d_adjusted) / adjusted)
    centre, value = 100 * (p_adjusted - d_adjusted), float(100 * p - 100 * d)
    lo, hi = max(centre - 100 * half, -100.0), min(centre + 100 * half, 100.0)
    method = _name_method("adjusted Wald", n_eff)
    return Estimate(value, len(promoters), float(min(lo, value)), float(max(hi, value)), method)


def nps_variance(promoters: float, detractors: float) -> float:
    """Return the variance of one person's score (-1, 0, 1) from the shares of promoters and detractors.

    Examples
    --------
    >>> round(nps_variance(0.60, 0.15), 4)
    0.5475
    """
    return promoters + detractors - (promoters - detractors) ** 2


def _clean(values, weights) -> tuple[np.ndarray, np.ndarray | None]:
    """Drop missing values and people without weight, and sort: the order of rows cannot reach the last digit."""
    values = np.asarray(values, dtype=float)
    is_there = ~np.isnan(values)
    if weights is None:
        return np.sort(values[is_there]), None
    weights = np.asarray(weights, dtype=float)
    is_there &= weights > 0  # who speaks for nobody is not counted: five people, four of weight 0, would be one
    values, weights = values[is_there], weights[is_there]
    order = np.lexsort((weights, values))
    return values[order], weights[order]


def _bound_proportion(share: float, size: float) -> tuple[float, float]:
    centre = (share + Z**2 / (2 * size)) / (1 + Z**2 / size)
    half = Z / (1 + Z**2 / size) * np.sqrt(share * (1 - share) / size + Z**2 / (4 * size**2))
    return float(min(max(centre - half, 0.0), share)), float(max(min(centre + half, 1.0), share))


def _estimate_without_spread(values: np.ndarray, n_eff: float | None, *, low, high) -> Estimate:
    value, n = float(values[0]), len(values)
    if n < LEAST_MIN_N or low is None or high is None:
        return Estimate(value, n, np.nan, np.nan, "no interval")
    _, unseen = _bound_proportion(0.0, n if n_eff is None else n_eff)
    lo, hi = value - unseen * (value - low), value + unseen * (high - value)
    return Estimate(value, n, lo, hi, _name_method("Wilson, all answers alike", n_eff))


def _clip(lo: float, hi: float, *, low, high) -> tuple[float, float]:
    return float(lo if low is None else max(lo, low)), float(hi if high is None else min(hi, high))


def _name_method(name: str, n_eff: float | None) -> str:
    return name if n_eff is None else f"{name}, weighted (n_eff {n_eff:.1f})"
