"""How far two judgements lie apart: labels, ranks, numbers and sets of codes."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from cjm_helpers.errors import ParameterError, ScoresOutsideScale

SUBSET, OVERLAP = 2 / 3, 1 / 3
ROWS_AT_ONCE = 256  # of thousands of sets: what the processor holds near it
SET_DISTANCES = ("masi", "jaccard")
NUMBER_DISTANCES = ("ordinal", "interval", "ratio")


def measure_distances(labels: Sequence, counts: Sequence[float], *, distance: str) -> np.ndarray:
    """Return how far each two labels lie apart, as a table with one row and one column a label.

    Parameters
    ----------
    labels
        What people gave, each once: any labels for "nominal", numbers in rising order for "ordinal", "interval" and
        "ratio", frozensets of codes for "masi" and "jaccard".
    counts
        How often each label was given; "ordinal" counts the judgements between two labels.

    Raises
    ------
    ParameterError
        When the distance is unknown.
    ScoresOutsideScale
        When "ratio" meets numbers below 0.

    Source: Krippendorff (2011); sets of codes: Passonneau (2006).

    Examples
    --------
    >>> measure_distances([1, 2, 4], [5, 3, 2], distance="interval").tolist()
    [[0.0, 1.0, 9.0], [1.0, 0.0, 4.0], [9.0, 4.0, 0.0]]
    """
    if distance not in _FORMULAS:
        raise ParameterError("distance", distance, _FORMULAS)
    return _FORMULAS[distance](labels, np.asarray(counts, dtype=float))


def masi_distance(first: frozenset, second: frozenset) -> float:
    """Return how far two sets of codes lie apart, 0 (the same) to 1 (nothing shared); two empty sets are the same.

    Source: Passonneau (2006): 1 - Jaccard x (1 equal, 2/3 subset, 1/3 overlap).

    Examples
    --------
    >>> round(masi_distance(frozenset("ab"), frozenset("a")), 4)
    0.6667
    """
    return float(_compare_sets([first, second], has_kinship=True)[0, 1])


def _compare_labels(labels, counts) -> np.ndarray:
    return 1.0 - np.eye(len(labels))


def _compare_ranks(labels, counts) -> np.ndarray:
    """The judgements between two labels, half of each label's own: the difference of their middle ranks, squared."""
    return _square_differences(np.cumsum(counts) - counts / 2)


def _compare_numbers(labels, counts) -> np.ndarray:
    return _square_differences(np.asarray(labels, dtype=float))


def _compare_ratios(labels, counts) -> np.ndarray:
    numbers = np.asarray(labels, dtype=float)
    below = numbers < 0
    if below.any():
        raise ScoresOutsideScale("The ratio distance", int(counts[below].sum()), int(counts.sum()), "0 or more")
    sums = numbers[:, None] + numbers
    return _square_differences(numbers) / np.where(sums > 0, sums, 1.0) ** 2


def _compare_sets(labels, counts=None, *, has_kinship: bool) -> np.ndarray:
    codes = sorted(set().union(*labels))
    members = np.array([[code in label for code in codes] for label in labels], dtype=float).reshape(len(labels), -1)
    apart = np.empty((len(labels), len(labels)))
    for start in range(0, len(labels), ROWS_AT_ONCE):
        here = slice(start, start + ROWS_AT_ONCE)
        apart[here] = 1.0 - _find_near(members[here], members, has_kinship=has_kinship)
    return apart


def _find_near(some: np.ndarray, members: np.ndarray, *, has_kinship: bool) -> np.ndarray:
    """Return what each of some sets shares with every set, 0 to 1; sets are rows of ones and zeros."""
    shared, sizes, others = some @ members.T, some.sum(axis=1)[:, None], members.sum(axis=1)
    either = sizes + others - shared
    near = np.divide(shared, either, out=np.ones_like(shared), where=either > 0)
    if has_kinship:
        near *= np.where(shared == np.minimum(sizes, others), np.where(shared == either, 1.0, SUBSET), OVERLAP)
    return near


def _square_differences(numbers: np.ndarray) -> np.ndarray:
    return np.square(numbers[:, None] - numbers)


_FORMULAS: dict[str, Callable] = {
    "nominal": _compare_labels,
    "ordinal": _compare_ranks,
    "interval": _compare_numbers,
    "ratio": _compare_ratios,
    "masi": partial(_compare_sets, has_kinship=True),
    "jaccard": partial(_compare_sets, has_kinship=False),
}
