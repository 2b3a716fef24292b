"""How surely groups of customers come back when other customers of the same kind are asked."""

from typing import NamedTuple

import numpy as np

from cjm_helpers.stats.kmeans import find_nearest, fit_centres, fit_labels, measure_squares, use_one_thread

SOLUTIONS, TRIED = 20, 2
DIGITS = 6  # solutions whose errors agree so far are the same one, numbered otherwise


class Stability(NamedTuple):
    """jaccard: for each group its mean overlap with its best match; ari: mean adjusted Rand index."""

    jaccard: np.ndarray
    ari: float


def measure_stability(values: np.ndarray, labels: np.ndarray, *, refits: int = 100, seed: int = 0) -> Stability:
    """Split bootstrap samples of customers again, and compare each with the groups that all of them gave.

    Twenty random starts on all customers give the solutions that the data know; each sample is split from the two of
    them that fit it best, so that it can leave the first solution. That is as good as 30 random starts in each sample
    at a tenth of the time, except for many groups in pure noise, whose low overlaps it raises by up to .2. (Starting
    from the first solution alone would flatter it everywhere, three random starts would run it down.)

    Parameters
    ----------
    values
        Customers by columns.
    labels
        The group of each customer, 0, 1, ...
    refits, seed
        Bootstrap samples, and the seed of all that is random. Every customer is given to the nearest new centre.

    Source: Hennig (2007); the shared starts are ours.

    Examples
    --------
    >>> values = np.repeat([[0.0], [1], [8], [9]], 10, axis=0)
    >>> measure_stability(values, np.repeat([0, 0, 1, 1], 10), refits=5)
    Stability(jaccard=array([1., 1.]), ari=1.0)
    """
    rng, size = np.random.default_rng(seed), len(values)
    splits = []
    with use_one_thread():
        solutions = _solve(values, k=int(labels.max()) + 1, seed=seed)
        errors = np.column_stack([measure_squares(values, centres).min(axis=1) for centres in solutions])
        for _ in range(refits):
            times = np.bincount(rng.integers(size, size=size), minlength=size)
            _, differing = np.unique((times @ errors).round(DIGITS), return_index=True)
            starts = [solutions[place] for place in differing[:TRIED]]
            splits.append(find_nearest(values, fit_centres(values, starts=starts, weights=times)))
    overlap = np.mean([match_groups(labels, split) for split in splits], axis=0)
    return Stability(overlap, float(np.mean([adjusted_rand(labels, split) for split in splits])))


def adjusted_rand(labels, other) -> float:
    """Say how far two ways to split the same customers agree: 1 = the same groups, 0 = no more than by chance.

    Source: Hubert & Arabie (1985).

    Examples
    --------
    >>> round(adjusted_rand([0, 0, 1, 1], [0, 0, 1, 2]), 4)
    0.5714
    """
    table = _cross(labels, other)
    together, rows, columns = (_count_pairs(counts) for counts in (table, table.sum(axis=1), table.sum(axis=0)))
    expected = rows * columns / _count_pairs(table.sum())
    most = (rows + columns) / 2
    return float((together - expected) / (most - expected)) if most != expected else 1.0


def match_groups(labels, other) -> np.ndarray:
    """Return for each group of the first split the share it has in common with its best match in the other.

    Source: Jaccard's coefficient |A and B| / |A or B|, as Hennig (2007) uses it.

    Examples
    --------
    >>> match_groups([0, 0, 0, 0, 1, 1], [0, 0, 0, 1, 0, 1]).round(2).tolist()
    [0.6, 0.33]
    """
    table = _cross(labels, other)
    either = table.sum(axis=1, keepdims=True) + table.sum(axis=0) - table
    return (table / either).max(axis=1)


def _solve(values: np.ndarray, *, k: int, seed: int) -> list[np.ndarray]:
    """Return the centres that each of the random starts leads to."""
    splits = [fit_labels(values, k=k, seed=seed + place, restarts=1) for place in range(SOLUTIONS)]
    return [np.array([values[labels == label].mean(axis=0) for label in range(k)]) for labels in splits]


def _cross(labels, other) -> np.ndarray:
    """Count the customers in each pair of groups."""
    first, others = (np.unique(np.asarray(split), return_inverse=True) for split in (labels, other))
    shape = len(first[0]), len(others[0])
    return np.bincount(first[1] * shape[1] + others[1], minlength=shape[0] * shape[1]).reshape(shape)


def _count_pairs(counts) -> float:
    return float((counts * (counts - 1.0) / 2).sum())
