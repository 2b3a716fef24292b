"""Differences between two independent samples, each with its interval and the p of its test."""

from math import hypot
from typing import NamedTuple

import numpy as np
from scipy.special import gammaln, ndtr, stdtr, stdtrit

from cjm_helpers.stats.intervals import (
    ADDED_AT_EACH_END,
    ADDED_PEOPLE,
    NO_SPREAD,
    UPPER,
    Estimate,
    Z,
    estimate_proportion,
    nps_variance,
)  # fmt: skip

LEAST_EXPECTED = 5  # cases expected in a cell of the two-by-two table, under which the exact test stands in
SAME = 1 + 1e-9  # tables whose chances differ by no more than rounding are equally likely
WIDEST_NPS = 200.0
SMALL_SAMPLE = 30  # people under which a sample's own spread is not taken at its word


class Difference(NamedTuple):
    """Now minus before: lo and hi bound the 95% interval, p belongs to the test that method names.

    pairs counts the people who were compared with themselves; 0 = two independent samples.
    """

    value: float
    lo: float
    hi: float
    p: float
    method: str
    pairs: int = 0


def estimate_difference(now: Estimate, before: Estimate) -> Estimate:
    """Estimate now minus before from the two intervals; n is the smaller of the two.

    For two Wilson intervals this is Newcombe's hybrid score interval (1998, method 10); Zou and Donner (2008) show
    that the same combination serves any two independent intervals. An estimate without an interval gives none.

    Examples
    --------
    >>> from cjm_helpers.stats.intervals import estimate_proportion
    >>> change = estimate_difference(estimate_proportion(56, 70), estimate_proportion(48, 80))
    >>> [round(figure, 4) for figure in (change.value, change.lo, change.hi)]
    [0.2, 0.0524, 0.3339]
    """
    value = now.value - before.value
    lo = value - hypot(now.value - now.lo, before.hi - before.value)
    hi = value + hypot(now.hi - now.value, before.value - before.lo)
    return Estimate(value, min(now.n, before.n), lo, hi, "difference of two intervals")


def compare_proportions(now: tuple[float, float], before: tuple[float, float]) -> Difference:
    """Compare two proportions, each given as (cases that count, cases in all), with Newcombe's interval.

    p is that of the score test; where fewer than five cases are expected in a cell, of Fisher's exact test, which
    rounds cases to whole ones. Under survey weights both numbers are those of the effective n.

    Source: Newcombe (1998), method 10; Fisher (1935): two-sided, all tables no likelier than the one found.

    Examples
    --------
    >>> change = compare_proportions((56, 70), (48, 80))
    >>> round(change.lo, 4), round(change.hi, 4), round(change.p, 4), change.method
    (0.0524, 0.3339, 0.008, 'score test')
    """
    estimates = [estimate_proportion(cases, n, n_eff=n) for cases, n in (now, before)]
    value, _, lo, hi, _ = estimate_difference(*estimates)
    sizes = np.array([now[1], before[1]], dtype=float)
    if not sizes.min() > 0:
        return Difference(np.nan, np.nan, np.nan, np.nan, "no test, nobody answered")
    pooled = (now[0] + before[0]) / sizes.sum()
    if sizes.min() * min(pooled, 1 - pooled) < LEAST_EXPECTED:
        return Difference(value, lo, hi, _test_exactly(now, before), "Fisher's exact test")
    z = value / np.sqrt(pooled * (1 - pooled) * (1 / sizes).sum())
    return Difference(value, lo, hi, _double(ndtr(-abs(z))), "score test")


def compare_nps(now: tuple[float, float, float], before: tuple[float, float, float]) -> Difference:
    """Compare two Net Promoter Scores, each given as (share of promoters, share of detractors, n); in points.

    The value is the plain difference; interval and p come from both samples with 3/4 promoter, 3/4 detractor and 3/2
    passives added.

    Source: Rocks (2016); Lewis & Sauro (2021).

    Examples
    --------
    >>> change = compare_nps((80 / 150, 30 / 150, 150), (0.60, 0.15, 100))
    >>> [round(figure, 2) for figure in change[:3]]
    [-11.67, -30.04, 8.02]
    """
    value = 100 * ((now[0] - now[1]) - (before[0] - before[1]))
    (centre, variance), (centre_before, variance_before) = _add_people(*now), _add_people(*before)
    error = 100 * np.sqrt(variance + variance_before)
    shift = 100 * (centre - centre_before)
    lo, hi = max(shift - Z * error, -WIDEST_NPS), min(shift + Z * error, WIDEST_NPS)
    p = _double(ndtr(-abs(shift) / error))
    return Difference(float(value), float(min(lo, value)), float(max(hi, value)), p, "adjusted z test")


def compare_means(now: tuple[float, float, float], before: tuple[float, float, float]) -> Difference:
    """Compare two means, each given as (mean, standard deviation, n), by Welch's t.

    A small sample may by luck have little spread, which Welch takes at its word. Under 30 people Student's t, which
    pools the spread of both, therefore stands in where its p is larger; where all of one sample answered alike, always.
    Where all of both did, there is no interval, and p is that of Fisher's exact test for two groups that share no
    answer, or 1 for the same answer. One person (or weights worth no more) gives neither.

    Source: Welch (1947). The rule for small samples is ours: of 2,000 studies in which nothing changed 5.5% raised a
    false alarm with it, 6.3% without (tests/benchmarks/wave_alarms.py).

    Examples
    --------
    >>> change = compare_means((4.2, 0.8367, 5), (3.0, 0.7071, 5))
    >>> [round(figure, 3) for figure in change[:4]]
    [1.2, 0.065, 2.335, 0.041]
    """
    value = float(now[0] - before[0])
    if min(now[2], before[2]) <= 1:
        return Difference(value, np.nan, np.nan, np.nan, "no test, one person or less")
    if max(now[1], before[1]) <= NO_SPREAD:
        p = _test_exactly((now[2], now[2]), (0, before[2])) if abs(value) > NO_SPREAD else 1.0
        return Difference(value, np.nan, np.nan, p, "Fisher's exact test, all answers alike")
    tests = [_test_welch] if min(now[1], before[1]) > NO_SPREAD else []
    tests += [_test_student] if not tests or min(now[2], before[2]) < SMALL_SAMPLE else []
    return max((test(value, now[1:], before[1:]) for test in tests), key=lambda change: change.p)


def _add_people(promoters: float, detractors: float, n: float) -> tuple[float, float]:
    """Return score and variance of its mean after adding three people."""
    size = n + ADDED_PEOPLE
    p, d = ((n * share + ADDED_AT_EACH_END) / size for share in (promoters, detractors))
    return p - d, nps_variance(p, d) / size


def _test_welch(value: float, now: tuple[float, float], before: tuple[float, float]) -> Difference:
    parts = [sd**2 / n for sd, n in (now, before)]
    freedom = sum(parts) ** 2 / sum(part**2 / (n - 1) for part, (_, n) in zip(parts, (now, before), strict=True))
    return _test_t(value, np.sqrt(sum(parts)), freedom, name="Welch's t")


def _test_student(value: float, now: tuple[float, float], before: tuple[float, float]) -> Difference:
    freedom = now[1] + before[1] - 2
    variance = sum((n - 1) * sd**2 for sd, n in (now, before)) / freedom
    return _test_t(value, np.sqrt(variance * (1 / now[1] + 1 / before[1])), freedom, name="Student's t")


def _test_t(value: float, error: float, freedom: float, *, name: str) -> Difference:
    half = float(stdtrit(freedom, UPPER) * error)
    return Difference(value, value - half, value + half, _double(stdtr(freedom, -abs(value) / error)), name)


def _test_exactly(now: tuple[float, float], before: tuple[float, float]) -> float:
    """Return Fisher's two-sided p: the chance of all tables with these margins that are no likelier than this one."""
    cases, n, cases_before, n_before = (round(count) for count in (*now, *before))
    total, margin = n + n_before, cases + cases_before
    possible = np.arange(max(0, margin - n_before), min(n, margin) + 1)
    logs = _choose(n, possible) + _choose(n_before, margin - possible) - _choose(total, margin)
    chances = np.exp(logs)
    return float(min(chances[chances <= chances[cases - possible[0]] * SAME].sum(), 1.0))


def _choose(n, k):
    return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)


def _double(tail: float) -> float:
    return float(min(2 * tail, 1.0))
