"""Correlations pair by pair, for tables in which most people answered only some of the questions."""

from typing import NamedTuple

import numpy as np
import pandas as pd

LEAST_PAIR_N = 50
EIGENVALUE_FLOOR = 0.01
NO_SPREAD = 1e-12
ROWS_AT_ONCE = 1000


class Pairs(NamedTuple):
    """A table made ready for pairwise sums: left holds is there, value and square, right is there and value."""

    left: np.ndarray
    right: np.ndarray


def prepare_pairs(values: np.ndarray) -> Pairs:
    """Make a table (rows x columns, NaN = missing) ready for correlate_pairs, standardised for accuracy.

    Examples
    --------
    >>> prepare_pairs(np.array([[1.0, np.nan], [3.0, 2.0]])).left.shape
    (2, 6)
    """
    is_there = ~np.isnan(values)
    spread = np.nanstd(values, axis=0)
    filled = np.where(is_there, (values - np.nanmean(values, axis=0)) / np.where(spread > 0, spread, 1.0), 0.0)
    return Pairs(np.hstack([is_there, filled, filled**2]), np.hstack([is_there, filled]))


def correlate_pairs(pairs: Pairs, *, weights=None) -> tuple[np.ndarray, np.ndarray]:
    """Correlate every two columns over the rows that hold both.

    Parameters
    ----------
    pairs
        From prepare_pairs.
    weights
        One weight a row, or a table of them (draw x row), which gives a matrix for every draw.

    Returns
    -------
    tuple
        Correlations (0 where a pair has no spread; 1 on the diagonal), and the sum of weights of each pair's rows:
        without weights, how many people stand behind it.

    Examples
    --------
    >>> correlate_pairs(prepare_pairs(np.array([[1.0, 2], [2, 4], [3, np.nan]])))[1]
    array([[3., 2.],
           [2., 2.]])
    """
    size = pairs.right.shape[1] // 2
    sums = _sum_pairs(pairs, np.ones(len(pairs.left)) if weights is None else np.asarray(weights, dtype=float))
    total = sums[..., :size, :size]
    counted = np.where(total > 0, total, 1.0)
    means = sums[..., size : 2 * size, :size] / counted
    variance = np.maximum(sums[..., 2 * size :, :size] / counted - means**2, 0.0)
    covariance = sums[..., size : 2 * size, size:] / counted - means * means.swapaxes(-1, -2)
    scale = np.sqrt(variance * variance.swapaxes(-1, -2))
    matrix = np.where(scale > NO_SPREAD, covariance / np.where(scale > NO_SPREAD, scale, 1.0), 0.0)
    matrix[..., range(size), range(size)] = 1.0
    return np.clip((matrix + matrix.swapaxes(-1, -2)) / 2, -1.0, 1.0), total


def repair_correlations(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Raise eigenvalues under 0.01 to 0.01 and rescale to a unit diagonal; return that and the sum of what was raised.

    Correlations from different people need not fit together. Clipping at 0 would leave a matrix in which the drivers
    explain the outcome wholly, hence the floor (ours).

    Examples
    --------
    >>> matrix, raised = repair_correlations(np.array([[1, 0.9, 0], [0.9, 1, 0.9], [0, 0.9, 1]]))
    >>> round(float(raised), 3), bool(np.linalg.eigvalsh(matrix).min() > 0)
    (0.283, True)
    """
    values, vectors = np.linalg.eigh(matrix)
    raised = np.maximum(EIGENVALUE_FLOOR - values, 0.0).sum(axis=-1)
    if not np.any(raised):
        return matrix, raised
    repaired = (vectors * np.maximum(values, EIGENVALUE_FLOOR)[..., None, :]) @ np.swapaxes(vectors, -1, -2)
    scale = np.sqrt(np.diagonal(repaired, axis1=-2, axis2=-1))
    return repaired / (scale[..., :, None] * scale[..., None, :]), raised


def find_comparable(answers: pd.DataFrame, outcome: pd.Series) -> tuple[list[str], dict[str, str]]:
    """Return the columns of which every pair shares at least 50 people who gave the outcome, and why others fall out.

    The column with the most short pairs goes first; of equals the one with fewer answers, then the later name. What
    then fits again comes back.

    Examples
    --------
    >>> find_comparable(pd.DataFrame({"web": [1.0] * 60}), pd.Series(range(60)))
    ([], {'web': 'no variance: all 60 answers are the same'})
    """
    reasons = {}
    for name in answers.columns:
        if answers[name].count() < LEAST_PAIR_N:
            reasons[name] = f"{answers[name].count()} customers rated it and gave the outcome ({LEAST_PAIR_N} needed)"
        elif answers[name].nunique() < 2:
            reasons[name] = f"no variance: all {answers[name].count()} answers are the same"
    is_there = answers[[name for name in answers.columns if name not in reasons]].notna().astype(float)
    counts = is_there.T @ is_there
    kept = _keep_comparable(counts)
    for name in counts.index.difference(kept):
        other = counts.loc[name, kept].idxmin()
        shared = int(counts.at[name, other])
        reasons[name] = f"the pair '{name}' x '{other}' has {shared} customers ({LEAST_PAIR_N} needed)"
    return kept, reasons


def _keep_comparable(counts: pd.DataFrame) -> list[str]:
    """Drop the worst column until no pair is short, then take back, largest first, whatever fits what is left."""
    by_size = sorted(counts.index, key=lambda name: (-counts.at[name, name], name))
    kept = list(by_size)
    while (short := (counts.loc[kept, kept] < LEAST_PAIR_N).sum()).any():
        kept.remove(max(reversed(kept), key=short.get))
    for name in by_size:
        if name not in kept and (counts.loc[name, kept] >= LEAST_PAIR_N).all():
            kept.append(name)
    return sorted(kept)


def _sum_pairs(pairs: Pairs, weights: np.ndarray) -> np.ndarray:
    """Add up left times right over the rows, for every draw in one product of matrices; in parts, to spare memory."""
    shape = (*weights.shape[:-1], pairs.left.shape[1], pairs.right.shape[1])
    sums = np.zeros(shape)
    for start in range(0, len(pairs.left), ROWS_AT_ONCE):
        part = slice(start, start + ROWS_AT_ONCE)
        products = pairs.left[part, :, None] * pairs.right[part, None, :]
        sums += (weights[..., part] @ products.reshape(len(products), -1)).reshape(shape)
    return sums
