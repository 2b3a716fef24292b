"""How much closer customers are to their own group than to the next one."""

import numpy as np

ROUNDING = 1e-5


def measure_silhouettes(values: np.ndarray, splits: list[np.ndarray]) -> list[float]:
    """Return the mean silhouette of each split (labels 0, 1, ...) of the same rows; distances are computed once.

    Source: Rousseeuw (1987); a customer alone in a group counts 0.

    Examples
    --------
    >>> [round(one, 4) for one in measure_silhouettes(np.array([[1.0], [2], [8], [9]]), [np.array([0, 0, 1, 1])])]
    [0.8564]
    """
    distances = _measure_distances(values)
    marks = [np.eye(labels.max() + 1, dtype=distances.dtype)[labels] for labels in splits]
    sums = np.split(distances @ np.hstack(marks), np.cumsum([mark.shape[1] for mark in marks])[:-1], axis=1)
    return [_average(*pair, labels) for *pair, labels in zip(sums, marks, splits, strict=True)]


def _measure_distances(values: np.ndarray) -> np.ndarray:
    """Return all Euclidean distances, in single precision: half the memory and time, and good for four digits."""
    values = np.asarray(values - values.mean(axis=0), dtype=np.float32)
    squares = np.square(values).sum(axis=1)
    distances = values @ (-2 * values.T)
    distances += squares
    distances += squares[:, None]
    distances[distances < ROUNDING * squares.max()] = 0  # the same answers are no distance apart
    return np.sqrt(distances, out=distances)


def _average(sums: np.ndarray, marks: np.ndarray, labels: np.ndarray) -> float:
    sizes = marks.sum(axis=0)
    rows = np.arange(len(labels))
    own = sums[rows, labels] / np.maximum(sizes[labels] - 1, 1)
    means = np.where(sizes > 0, sums / np.maximum(sizes, 1), np.inf)
    means[rows, labels] = np.inf
    other = means.min(axis=1)
    widths = np.where(sizes[labels] > 1, (other - own) / np.maximum(np.maximum(own, other), np.finfo("f").tiny), 0.0)
    return float(widths.mean(dtype=float))
