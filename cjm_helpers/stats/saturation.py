"""Saturation: how soon further interviews bring nothing new."""

from math import comb

import numpy as np

BASE, RUN, ENOUGH = 4, 2, 0.05


def compare_runs(found: np.ndarray, *, base: int = BASE, run: int = RUN) -> np.ndarray:
    """Return, for each interview, the new codes of the run that ends with it over those of the base; NaN before.

    found has one row an interview, in order, and one column a code: was it named? At 0.05 and less, saturation is
    reached.

    Source: Guest, Namey & Chen (2020); that runs slide interview by interview is ours.

    Examples
    --------
    >>> interviews = ["ab", "bc", "d", "ae", "f", "a", "b", "c"]
    >>> named = np.array([[code in interview for code in "abcdef"] for interview in interviews])
    >>> compare_runs(named).round(2).tolist()
    [nan, nan, nan, nan, nan, 0.2, 0.0, 0.0]
    """
    so_far = count_found(found)
    ratio = np.full(len(found), np.nan)
    if len(found) >= base + run and so_far[base - 1] > 0:
        ends = np.arange(base + run - 1, len(found))
        ratio[ends] = (so_far[ends] - so_far[ends - run]) / so_far[base - 1]
    return ratio


def count_found(found: np.ndarray) -> np.ndarray:
    """Return how many codes were named up to each interview, in their order.

    Examples
    --------
    >>> count_found(np.array([[True, False], [True, False], [False, True]])).tolist()
    [1, 1, 2]
    """
    return np.maximum.accumulate(np.asarray(found, dtype=bool), axis=0).sum(axis=1)


def expect_found(found: np.ndarray) -> np.ndarray:
    """Return how many codes the first 1, 2, 3 ... interviews would have named, on average over all their orders.

    No shuffling is needed: of n interviews, m leave out a code that f name with the chance C(n - f, m) / C(n, m).

    Source: sample-based rarefaction, Colwell, Mao & Chang (2004).

    Examples
    --------
    >>> expect_found(np.array([[True, False], [True, False], [False, True]])).round(3).tolist()
    [1.0, 1.667, 2.0]
    """
    n, naming = len(found), np.asarray(found, dtype=bool).sum(axis=0).tolist()
    missed = [[comb(n - count, size) / comb(n, size) for count in naming] for size in range(1, n + 1)]
    return np.array([len(naming) - sum(row) for row in missed])
