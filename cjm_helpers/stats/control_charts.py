"""Process behaviour charts: which readings of a series say more than its usual ups and downs."""

from typing import NamedTuple

import numpy as np

MEAN_RANGE_PER_SIGMA = 1.128  # mean distance of two neighbours in a normal series, in standard deviations
SIGMAS = 3
UPPER_RANGE = 3.267
LEAST_POINTS, TRUSTED_POINTS = 10, 15
SIMILAR_N = 0.25
RUN, WINDOW, NEAR_IN_WINDOW = 8, 4, 3
OUTSIDE, SAME_SIDE, NEAR_LIMIT = "outside", "run of 8", "3 of 4 near limit"


class Limits(NamedTuple):
    """What is usual in a series: its centre, how far one reading strays (one case, where by_case), upper_range."""

    centre: float
    sigma: float
    upper_range: float
    points: int
    by_case: bool


def estimate_limits(values, *, n=None) -> Limits:
    """Estimate what is usual in a series from how far neighbours lie apart (XmR chart).

    Parameters
    ----------
    values
        Readings in order of time, none missing.
    n
        The cases behind each, where they differ too much for one pair of limits; sigma then is that of one case, and
        limits widen for a reading of few cases.

    Returns
    -------
    Limits
        upper_range is the largest usual distance of two neighbours; NaN where n is given.

    Source: Wheeler (2000); with n Laney (2002), which is the p-chart where readings differ by chance alone, and which
    unlike it stays right where they differ by more.

    Examples
    --------
    >>> flow = estimate_limits([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1])
    >>> [bound.round(3).item() for bound in place_limits(flow)]
    [45.816, 55.804]
    """
    values = np.asarray(values, dtype=float)
    cases = np.ones(len(values)) if n is None else np.asarray(n, dtype=float)
    if not np.ptp(values) > 0:  # an average could miss the one value by a hair, and every reading lie outside
        return Limits(float(values[0]), 0.0, 0.0 if n is None else np.nan, len(values), n is not None)
    centre = float(np.average(values, weights=cases))
    ranges = np.abs(np.diff(np.sqrt(cases) * (values - centre)))
    mean_range = float(ranges.mean())
    upper_range = UPPER_RANGE * mean_range if n is None else np.nan
    return Limits(centre, mean_range / MEAN_RANGE_PER_SIGMA, upper_range, len(values), n is not None)


def place_limits(limits: Limits, *, n=1) -> tuple[np.ndarray, np.ndarray]:
    """Return the lower and the upper limit: one pair, or where the limits are by case one for each n.

    Examples
    --------
    >>> lower, upper = place_limits(Limits(0.5, 0.5, float("nan"), 20, True), n=[25, 100])
    >>> lower.round(2).tolist(), upper.round(2).tolist()
    ([0.2, 0.35], [0.8, 0.65])
    """
    reach = SIGMAS * limits.sigma / np.sqrt(np.asarray(n if limits.by_case else 1, dtype=float))
    return limits.centre - reach, limits.centre + reach


def has_similar_n(n) -> bool:
    """Say whether all readings stand on about as many cases: each within a quarter of their mean.

    Source: the usual rule for charts with one pair of limits (Montgomery 2013).

    Examples
    --------
    >>> has_similar_n([90, 100, 110]), has_similar_n([40, 100, 160])
    (True, False)
    """
    n = np.asarray(n, dtype=float)
    return bool((np.abs(n - n.mean()) <= SIMILAR_N * n.mean()).all())


def mark_signals(values, *, centre: float, lower, upper) -> list[str]:
    """Mark each reading that is more than the usual ups and downs, and say by which rule; "" for the others.

    "outside" the limits; "run of 8" readings on one side of the centre; "3 of 4 near limit": nearer the same limit than
    the centre. Every reading of such a group is marked; of two rules the first named counts.

    Source: Wheeler (2000).

    Examples
    --------
    >>> mark_signals([0, 1, 4, 2.1, 2.2, 1, 0], centre=0, lower=-3, upper=3)
    ['', '', 'outside', '3 of 4 near limit', '3 of 4 near limit', '', '']
    """
    values = np.asarray(values, dtype=float)
    marks = np.full(len(values), "", dtype=object)
    for side, limit in ((1, upper), (-1, lower)):
        beyond = side * (values - centre)
        half = side * (np.asarray(limit, dtype=float) - centre) / 2
        marks[_find_groups(beyond > half, window=WINDOW, least=NEAR_IN_WINDOW)] = NEAR_LIMIT
        marks[_find_groups(beyond > 0, window=RUN, least=RUN)] = SAME_SIDE
    marks[(values > upper) | (values < lower)] = OUTSIDE
    return marks.tolist()


def _find_groups(flags: np.ndarray, *, window: int, least: int) -> np.ndarray:
    """Find the flags that lie in a window of neighbours with at least so many of them."""
    if not len(flags):
        return flags
    width = np.ones(window)
    is_full = np.convolve(flags, width)[: len(flags)] >= least
    is_within = np.convolve(is_full[::-1], width)[: len(flags)][::-1] > 0
    return flags & is_within
