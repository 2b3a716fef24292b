"""Differences between two independent estimates, with their intervals."""

from math import hypot

from cjm_helpers.stats.intervals import Estimate


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
