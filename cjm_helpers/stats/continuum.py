"""Do groups of customers stand apart, or are they slices of one cloud: the picture, and whether a gap is in it."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from cjm_helpers.stats.correlations import repair_correlations
from cjm_helpers.stats.kmeans import fit_labels, measure_squares, sort_matrix, use_one_thread

AXES = ["first_axis", "second_axis"]
GAP_UNDER, CLEARLY = 0.4, 0.5
CLOUDS, RESTARTS = 19, 3
MOST_LEVELS, ROUNDS = 10, 4
SEARCHED = 2000
LINE = np.linspace(-0.25, 1.25, 61)  # from before one centre (0) to behind the other (1)
HALFWAY = len(LINE) // 2
SMOOTHING = 1.5 * 0.9  # times spread times n ** -1/5: half as much again as Silverman (1986), against chance dips


class Continuum(NamedTuple):
    """axes: a place for each customer; gaps: one row a pair of neighbouring groups; is_continuum: no gap is visible."""

    axes: pd.DataFrame
    gaps: pd.DataFrame
    is_continuum: bool


def find_continuum(matrix: pd.DataFrame, labels: pd.Series, *, clouds: int = CLOUDS, seed: int = 0) -> Continuum:
    """Say whether any gap is visible between neighbouring groups, and place customers on the first two principal axes.

    k-means cuts a cloud without gaps as readily as it finds groups. Neighbours are the pairs of the shortest tree that
    joins all centres. Two of them have a gap when, on the line between their centres, their customers are less than two
    fifths as dense between the centres as at the emptier one, and when this beats 19 clouds without gaps, cut in the
    same way: all groups together are tighter than in any of them, or the density is under half of the least there. Such
    clouds are normal, as large and as correlated as the data; a column with up to ten values keeps them, so that the
    steps of a scale are no gaps.

    Parameters
    ----------
    matrix, labels
        As fit_clusters takes and gives them.
    clouds, seed
        Clouds to compare with, and the seed; over 2,000 customers, 2,000 drawn with it are searched for gaps.

    Returns
    -------
    Continuum
        axes: first_axis and second_axis by customer, in the order of the matrix; gaps: cluster, neighbour, depth (the
        least density between the centres over that at the emptier centre, 0 to 1), is_gap; is_continuum.

    Source: ours; tighter than in one normal cloud, as a test of groups: Liu et al. (2008).

    Examples
    --------
    >>> points = pd.DataFrame({"x": [*np.linspace(0, 1, 50), *np.linspace(9, 10, 50)], "y": np.linspace(0, 1, 100)})
    >>> found = find_continuum(points, pd.Series([0] * 50 + [1] * 50))
    >>> found.is_continuum, found.gaps[["cluster", "neighbour"]].values.tolist()
    (False, [[0, 1]])
    """
    values = sort_matrix(matrix)
    axes = pd.DataFrame(_find_axes(values.to_numpy()), index=values.index, columns=AXES).loc[matrix.index]
    searched = values if len(values) <= SEARCHED else values.sample(SEARCHED, random_state=seed).sort_index()
    values, labels = searched.to_numpy(), labels.loc[searched.index].to_numpy()
    gaps = _measure_gaps(values, labels)
    depth, looseness = _cut_clouds(values, k=labels.max() + 1, clouds=clouds, seed=seed)
    beats_clouds = gaps["depth"].lt(CLEARLY * depth) | (_measure_looseness(values, labels) < looseness)
    is_gap = gaps["depth"].lt(GAP_UNDER) & beats_clouds
    return Continuum(axes, gaps.assign(is_gap=is_gap), not is_gap.any())


def _find_axes(values: np.ndarray) -> np.ndarray:
    """Return each row's place on the first two principal axes, turned so that the largest loading is positive."""
    centred = values - values.mean(axis=0)
    axes = np.linalg.svd(centred, full_matrices=False)[2][:2]
    largest = np.take_along_axis(axes, np.abs(axes).argmax(axis=1)[:, None], axis=1)
    places = centred @ (axes * np.sign(largest)).T
    return np.pad(places, ((0, 0), (0, len(AXES) - places.shape[1])))


def _measure_gaps(values: np.ndarray, labels: np.ndarray) -> pd.DataFrame:
    """Measure the depth between each two neighbouring groups."""
    groups = {label: values[labels == label] for label in np.unique(labels)}
    names = list(groups)
    pairs = _find_neighbours(np.array([rows.mean(axis=0) for rows in groups.values()]))
    rows = [
        (names[one], names[other], _measure_depth(groups[names[one]], groups[names[other]])) for one, other in pairs
    ]
    return pd.DataFrame(rows, columns=["cluster", "neighbour", "depth"])


def _find_neighbours(centres: np.ndarray) -> list[tuple[int, int]]:
    """Return the pairs of the shortest tree that joins all centres (Prim 1957)."""
    squares, joined, pairs = measure_squares(centres, centres), [0], []
    while len(joined) < len(centres):
        free = [place for place in range(len(centres)) if place not in joined]
        one, other = min(((a, b) for a in joined for b in free), key=lambda pair: squares[pair])
        joined.append(other)
        pairs.append((min(one, other), max(one, other)))
    return sorted(pairs)


def _measure_depth(one: np.ndarray, other: np.ndarray) -> float:
    """Return the least density between two centres over that at the emptier one, on the line through both."""
    start, step = one.mean(axis=0), other.mean(axis=0) - one.mean(axis=0)
    places = [(rows - start) @ step / (step @ step) for rows in (one, other)]
    joint = np.concatenate(places)
    within = np.sqrt(sum(np.square(part - part.mean()).sum() for part in places) / len(joint))
    width = max(SMOOTHING * within * len(joint) ** -0.2, LINE[1] - LINE[0])
    density = np.exp(-0.5 * np.square((LINE[:, None] - joint) / width)).sum(axis=1)
    left, right = density[: HALFWAY + 1].argmax(), HALFWAY + density[HALFWAY:].argmax()
    return float(density[left : right + 1].min() / min(density[left], density[right]))


def _cut_clouds(values: np.ndarray, *, k: int, clouds: int, seed: int) -> tuple[float, float]:
    """Return the least depth and the least looseness of what k-means makes of clouds without gaps."""
    drawn = list(_draw_clouds(values, clouds=clouds, seed=seed))
    with use_one_thread():
        cuts = [(cloud, fit_labels(cloud, k=k, seed=seed, restarts=RESTARTS)) for cloud in drawn]
    depth = min(_measure_gaps(*cut)["depth"].min() for cut in cuts)
    return depth, min(_measure_looseness(*cut) for cut in cuts)


def _measure_looseness(values: np.ndarray, labels: np.ndarray) -> float:
    """Return the sum of squares within groups over that of all."""
    within = sum(_add_squares(values[labels == label]) for label in np.unique(labels))
    return float(within / _add_squares(values))


def _add_squares(rows: np.ndarray) -> float:
    return np.square(rows - rows.mean(axis=0)).sum()


def _draw_clouds(values: np.ndarray, *, clouds: int, seed: int):
    """Yield clouds as correlated as the rows; steps weaken correlations, so stronger ones are drawn until these fit."""
    rng, spread = np.random.default_rng(seed), values.std(axis=0)
    scaled = (values - values.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    wanted = scaled.T @ scaled / len(scaled)
    drawn = wanted
    for _ in range(ROUNDS):
        cloud = _draw_cloud(scaled, repair_correlations(drawn)[0], rng)
        drawn = drawn + wanted - cloud.T @ cloud / len(cloud)
    for _ in range(clouds):
        yield spread * _draw_cloud(scaled, repair_correlations(drawn)[0], rng)


def _draw_cloud(scaled: np.ndarray, correlations: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return as many normal rows, so correlated; columns with few values take those, in their order."""
    cloud = rng.normal(size=scaled.shape) @ np.linalg.cholesky(correlations).T
    for place, column in enumerate(scaled.T):
        if len(np.unique(column)) <= MOST_LEVELS:
            cloud[cloud[:, place].argsort(), place] = np.sort(column)
    return cloud
