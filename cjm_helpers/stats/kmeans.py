"""Groups of customers around centres (k-means), the same whatever order customers and variables come in."""

import warnings
from typing import NamedTuple

import numpy as np
import pandas as pd

from cjm_helpers.errors import TooFewAnswers

RESTARTS = 10
MOST_STEPS = 1000


class Clusters(NamedTuple):
    """Groups of customers: labels 0, 1, ... (biggest first) by customer, and the centroid of each group."""

    labels: pd.Series
    centroids: pd.DataFrame


def fit_clusters(matrix: pd.DataFrame, *, k: int, seed: int = 0) -> Clusters:
    """Split customers into k groups whose members lie close to the mean of their group.

    Parameters
    ----------
    matrix
        One row a customer (index), columns of numbers, as encode_mixed makes.
    k
        How many groups.
    seed
        Of the ten random starts, of which the tightest solution is kept.

    Returns
    -------
    Clusters
        labels in the order of the matrix, and centroids (index = label). Every customer lies nearest to the centroid of
        its own group, and each centroid is the mean of its group.

    Raises
    ------
    TooFewAnswers
        When fewer than k customers differ.

    Source: Lloyd (1982) with the starts of Arthur & Vassilvitskii (2007), as scikit-learn has it.

    Examples
    --------
    >>> points = pd.DataFrame({"x": [1.0, 2, 8, 9, 10]}, index=list("abcde"))
    >>> clusters = fit_clusters(points, k=2)
    >>> clusters.labels.tolist(), clusters.centroids["x"].tolist()
    ([1, 1, 0, 0, 0], [9.0, 1.5])
    """
    values = sort_matrix(matrix)
    differing = len(values.drop_duplicates())
    if differing < k:
        raise TooFewAnswers(f"Splitting into {k} groups (customers who differ)", differing, k)
    with use_one_thread():
        raw = fit_labels(values.to_numpy(), k=k, seed=seed, restarts=RESTARTS)
    labels = pd.Series(_order_by_size(raw), index=values.index, name="cluster")
    return Clusters(labels.loc[matrix.index], values.groupby(labels).mean()[list(matrix.columns)])


def assign_clusters(matrix: pd.DataFrame, centroids: pd.DataFrame) -> pd.DataFrame:
    """Give each customer to the nearest centroid.

    Returns
    -------
    DataFrame
        Indexed as matrix: cluster (a label of the centroids), distance to its centroid (Euclidean), and margin: how
        much farther the second nearest is (empty with one centroid).

    Examples
    --------
    >>> centroids = pd.DataFrame({"x": [1.5, 9.0]})
    >>> assign_clusters(pd.DataFrame({"x": [2.0]}, index=["c1"]), centroids).loc["c1"].tolist()
    [0.0, 0.5, 6.5]
    """
    offsets = matrix[centroids.columns].to_numpy()[:, None] - centroids.to_numpy()
    distances = np.sqrt(np.square(offsets).sum(axis=2))
    nearest = distances.argmin(axis=1)
    in_order = np.sort(distances, axis=1)
    margin = in_order[:, 1] - in_order[:, 0] if len(centroids) > 1 else np.nan
    return pd.DataFrame(
        {"cluster": centroids.index.to_numpy()[nearest], "distance": in_order[:, 0], "margin": margin},
        index=matrix.index,
    )


def sort_matrix(matrix: pd.DataFrame) -> pd.DataFrame:
    """Return customers and columns in the order of their names, so that the order given changes nothing.

    Examples
    --------
    >>> sort_matrix(pd.DataFrame({"b": [1, 2], "a": [3, 4]}, index=["y", "x"])).values.tolist()
    [[4, 2], [3, 1]]
    """
    return matrix.sort_index().sort_index(axis=1)


def use_one_thread():
    """Return a context in which sums are made by one thread: always in the same order, and faster at this size.

    Entering it takes some milliseconds, so it stands around many fits, not in each.

    Examples
    --------
    >>> with use_one_thread():
    ...     labels = fit_labels(np.array([[1.0], [9]]), k=2, seed=0, restarts=1)
    """
    import sklearn.cluster  # noqa: F401  (a library that is loaded later would not be limited)
    from threadpoolctl import threadpool_limits

    return threadpool_limits(limits=1)


def fit_labels(values: np.ndarray, *, k: int, seed: int, restarts: int) -> np.ndarray:
    """Return the label of each row after so many random starts; labels have no order yet.

    Examples
    --------
    >>> len(set(fit_labels(np.array([[1.0], [2], [8], [9]]), k=2, seed=0, restarts=1)))
    2
    """
    return _fit(values, k, n_init=restarts, random_state=seed).labels_


def fit_centres(values: np.ndarray, *, starts: list[np.ndarray], weights: np.ndarray) -> np.ndarray:
    """Return the centres of the tightest solution that the given starts lead to; each row counts so many times.

    Examples
    --------
    >>> fit_centres(np.array([[1.0], [2], [9]]), starts=[np.array([[0.0], [9]])], weights=np.array([1, 3, 1]))
    array([[1.75],
           [9.  ]])
    """
    drawn = weights > 0
    values, weights = values[drawn], weights[drawn]
    return min((_move_centres(values, start, weights) for start in starts), key=lambda found: found[0])[1]


def find_nearest(values: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """Return the place of the nearest centre for each row.

    Examples
    --------
    >>> find_nearest(np.array([[2.0], [8]]), np.array([[1.0], [9]])).tolist()
    [0, 1]
    """
    return measure_squares(values, centres).argmin(axis=1)


def measure_squares(values: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """Return the squared distance of each row to each centre.

    Examples
    --------
    >>> measure_squares(np.array([[2.0, 0]]), np.array([[1.0, 0], [2, 3]])).tolist()
    [[1.0, 9.0]]
    """
    squares = np.square(values).sum(axis=1)[:, None] + np.square(centres).sum(axis=1) - 2 * values @ centres.T
    return np.maximum(squares, 0.0)


def _move_centres(values: np.ndarray, centres: np.ndarray, weights: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the squared error and the centres that Lloyd's steps lead to: scikit-learn's, at a third of the time."""
    start, weighted, marks = centres, values * weights[:, None], np.eye(len(centres))
    labels = None
    for _ in range(MOST_STEPS):
        gaps = np.square(centres).sum(axis=1) - 2 * values @ centres.T
        before, labels = labels, gaps.argmin(axis=1)
        if np.array_equal(labels, before):
            break
        members = marks[labels]
        sizes = weights @ members
        if not sizes.all():  # which customer begins a group anew is scikit-learn's to choose
            model = _fit(values, len(start), init=start, n_init=1, weights=weights)
            return model.inertia_, model.cluster_centers_
        centres = members.T @ weighted / sizes[:, None]
    return float(weights @ (np.square(values).sum(axis=1) + gaps.min(axis=1))), centres


def _fit(values: np.ndarray, k: int, *, n_init: int, init="k-means++", random_state: int = 0, weights=None):
    from sklearn.cluster import KMeans
    from sklearn.exceptions import ConvergenceWarning

    model = KMeans(k, init=init, n_init=n_init, max_iter=MOST_STEPS, tol=0, random_state=random_state)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # a sample may hold fewer differing customers than groups
        return model.fit(values, sample_weight=weights)


def _order_by_size(labels: np.ndarray) -> np.ndarray:
    """Number groups by size, biggest first; of equals the one whose first customer comes first."""
    names, first, sizes = np.unique(labels, return_index=True, return_counts=True)
    place = np.empty(names.max() + 1, dtype=int)
    place[names[np.lexsort((first, -sizes))]] = np.arange(len(names))
    return place[labels]
