"""How much a group differs from the rest, in sizes that do not grow with n."""

import numpy as np

from cjm_helpers.stats.intervals import NO_SPREAD

PERCENT = 100


def hedges_g(inside, rest) -> float:
    """Return how far the mean of a group lies from that of the rest, in standard deviations, corrected for small n.

    NaN values are left out; with fewer than two values on a side, or no spread at all, there is no g (NaN).

    Source: Hedges (1981): (mean - mean) / pooled s * (1 - 3 / (4 n - 9)).

    Examples
    --------
    >>> round(hedges_g([1, 2, 3], [5, 6, 7]), 4)
    -3.2
    """
    inside, rest = (_drop_missing(values) for values in (inside, rest))
    if min(len(inside), len(rest)) < 2:
        return np.nan
    size = len(inside) + len(rest)
    spread = np.sqrt((_sum_squares(inside) + _sum_squares(rest)) / (size - 2))
    if not spread > NO_SPREAD:
        return np.nan
    return float((inside.mean() - rest.mean()) / spread * (1 - 3 / (4 * size - 9)))


def cohen_h(share: float, other: float) -> float:
    """Return how far two shares (0-1) lie apart on a scale where equal steps are equally easy to see.

    Source: Cohen (1988): the difference of 2 asin sqrt(p).

    Examples
    --------
    >>> round(cohen_h(30 / 40, 20 / 60), 4)
    0.8634
    """
    return float(2 * np.arcsin(np.sqrt(share)) - 2 * np.arcsin(np.sqrt(other)))


def index_share(share: float, overall: float) -> float:
    """Return a group's share in percent of the overall share: 100 is like all, 150 half as much again.

    Examples
    --------
    >>> index_share(30 / 40, 50 / 100)
    150.0
    """
    return PERCENT * share / overall if overall > 0 else np.nan


def adjusted_residuals(counts) -> np.ndarray:
    """Return for each cell of a table of counts how far it lies from independence, in standard errors.

    A row or column that holds everybody or nobody cannot lie off (NaN).

    Source: Haberman (1973).

    Examples
    --------
    >>> adjusted_residuals([[30, 10], [20, 40]]).round(2)
    array([[ 4.08, -4.08],
           [-4.08,  4.08]])
    """
    counts = np.asarray(counts, dtype=float)
    rows, columns, total = _margins(counts)
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = rows * columns / total
        return (counts - expected) / np.sqrt(expected * (1 - rows / total) * (1 - columns / total))


def cramer_v(counts) -> float:
    """Return how closely two nominal variables go together, 0 to 1, from their table of counts.

    Empty rows and columns are left out; with one row or column left there is no V (NaN).

    Source: Cramer (1946): sqrt(chi squared / (n (smaller side - 1))).

    Examples
    --------
    >>> round(cramer_v([[30, 10], [20, 40]]), 4)
    0.4082
    """
    counts = np.asarray(counts, dtype=float)
    counts = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    if min(counts.shape) < 2:
        return np.nan
    rows, columns, total = _margins(counts)
    expected = rows * columns / total
    chi_squared = (np.square(counts - expected) / expected).sum()
    return float(np.sqrt(chi_squared / (total * (min(counts.shape) - 1))))


def eta_squared(values, groups) -> float:
    """Return which part of a number's variance (0-1) lies between groups; NaN values are left out.

    Source: Pearson (1905): sum of squares between, of the total.

    Examples
    --------
    >>> round(eta_squared([1, 2, 3, 5, 6, 7], list("aaabbb")), 4)
    0.8571
    """
    values, groups = np.asarray(values, dtype=float), np.asarray(groups)
    is_there = ~np.isnan(values)
    values, groups = values[is_there], groups[is_there]
    if not len(values) or np.ptp(values) <= NO_SPREAD:
        return np.nan
    within = sum(_sum_squares(values[groups == group]) for group in np.unique(groups))
    return float(1 - within / _sum_squares(values))


def _drop_missing(values) -> np.ndarray:
    """Sort too, so that the order of rows cannot reach the last digit."""
    values = np.asarray(values, dtype=float)
    return np.sort(values[~np.isnan(values)])


def _sum_squares(values: np.ndarray) -> float:
    return float(np.square(np.sort(values) - np.sort(values).mean()).sum())


def _margins(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    return counts.sum(axis=1, keepdims=True), counts.sum(axis=0, keepdims=True), counts.sum()
