"""Differences within the same people, asked twice."""

import numpy as np
from scipy.special import bdtr, stdtr

from cjm_helpers.stats.differences import Difference
from cjm_helpers.stats.intervals import NO_SPREAD, effective_n, estimate_mean, estimate_proportion

EVEN = 0.5


def compare_paired_proportions(now, before) -> Difference:
    """Compare the yes and no of the same people, by those who changed their answer.

    now and before hold True or False (1 or 0), one a person, in the same order.

    Source: McNemar (1947), exact; interval: Newcombe (1998, paired data), method 10.

    Examples
    --------
    >>> change = compare_paired_proportions([1] * 8 + [0] * 13, [1] + [0] * 7 + [1] + [0] * 12)
    >>> [round(figure, 3) for figure in change[:4]]
    [0.286, 0.026, 0.507, 0.07]
    """
    now, before = np.asarray(now, dtype=bool), np.asarray(before, dtype=bool)
    n, gained, lost = len(now), int((now & ~before).sum()), int((~now & before).sum())
    p = min(2 * float(bdtr(min(gained, lost), gained + lost, EVEN)), 1.0) if gained + lost else 1.0
    after, then = estimate_proportion(now.sum(), n), estimate_proportion(before.sum(), n)
    linked = _correlate(now, before)
    lo = _join(after.value - after.lo, then.hi - then.value, linked)
    hi = _join(after.hi - after.value, then.value - then.lo, linked)
    value = (gained - lost) / n
    return Difference(value, value - lo, value + hi, p, "McNemar's exact test", n)


def compare_paired_means(now, before, *, weights=None, widest: float | None = None) -> Difference:
    """Compare the numbers of the same people by the t test of their differences.

    Parameters
    ----------
    now, before
        One number a person, in the same order, none missing.
    weights
        One survey weight a person; they enter through the effective n. People of weight 0 are left out.
    widest
        The largest difference the scale allows. With it, people who all moved alike get an interval too (that of
        estimate_mean); their p is that of the sign test.

    Source: Student (1908).

    Examples
    --------
    >>> change = compare_paired_means([5, 4, 5, 4], [3, 3, 4, 4])
    >>> [round(figure, 3) for figure in change[:4]]
    [1.0, -0.299, 2.299, 0.092]
    """
    changes = np.asarray(now, dtype=float) - np.asarray(before, dtype=float)
    if weights is not None:
        weights = np.asarray(weights, dtype=float)
        changes, weights = changes[weights > 0], weights[weights > 0]
    estimate = estimate_mean(changes, weights=weights, low=None if widest is None else -widest, high=widest)
    p, name = _test_changes(changes, weights)
    return Difference(estimate.value, estimate.lo, estimate.hi, p, name, len(changes))


def _correlate(now: np.ndarray, before: np.ndarray) -> float:
    """Return phi of the two answers; a positive product is brought half a case nearer to nil, as Newcombe does."""
    n, yes, yes_before = len(now), int(now.sum()), int(before.sum())
    scale = float(yes) * (n - yes) * yes_before * (n - yes_before)
    if scale == 0:
        return 0.0
    alike = int((now & before).sum()) * int((~now & ~before).sum())
    product = alike - int((now & ~before).sum()) * int((~now & before).sum())
    return (max(product - n / 2, 0.0) if product > 0 else product) / scale**0.5


def _join(one: float, other: float, linked: float) -> float:
    return float(np.sqrt(max(one**2 - 2 * linked * one * other + other**2, 0.0)))


def _test_changes(changes: np.ndarray, weights) -> tuple[float, str]:
    if not len(changes):
        return np.nan, "no test, nobody answered twice"
    if np.ptp(changes) <= NO_SPREAD:
        return 2 * EVEN ** len(changes) if abs(changes[0]) > NO_SPREAD else 1.0, "sign test, all moved alike"
    size = len(changes) if weights is None else effective_n(weights)
    mean = np.average(changes, weights=weights)
    error = np.sqrt(np.average(np.square(changes - mean), weights=weights) / (size - 1))
    return float(2 * stdtr(size - 1, -abs(mean) / error)), "paired t"
