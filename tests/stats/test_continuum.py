"""Continuum: slices of one cloud have no gap, groups apart have one, and each customer has a place in the picture."""

import numpy as np
import pandas as pd
import pytest

from cjm_helpers.stats.continuum import AXES, find_continuum
from cjm_helpers.stats.kmeans import fit_clusters

SIZE = 240


def draw_normal(rng):
    """Return one round cloud."""
    return rng.normal(size=(SIZE, 4))


def draw_long(rng):
    """Return one long cloud, the spectrum that k-means likes to slice."""
    return rng.normal(size=(SIZE, 4)) + 2 * rng.normal(size=(SIZE, 1))


def draw_even(rng):
    """Return an evenly filled stretch, blurred."""
    return 6 * rng.random((SIZE, 1)) + 0.5 * rng.normal(size=(SIZE, 4))


def draw_scales(rng):
    """Return correlated answers on scales from 1 to 5: there is nothing between 3 and 4, but that is no gap."""
    return np.clip(np.round(rng.normal(size=(SIZE, 4)) + rng.normal(size=(SIZE, 1)) + 3), 1, 5)


def draw_yes_no(rng):
    """Return eight questions, yes or no, that all hang on one mood: they fall into steps, but not into groups."""
    return (rng.normal(size=(SIZE, 8)) + rng.normal(size=(SIZE, 1)) > 0.3).astype(float)


def draw_groups(rng):
    """Return three groups 6 deviations apart."""
    return rng.normal(size=(SIZE, 4)) + 4.3 * np.eye(4)[rng.integers(3, size=SIZE)]


def find(values: np.ndarray, *, k: int = 3):
    """Return what is found about the groups that k-means makes."""
    matrix = pd.DataFrame(values / values.std(axis=0), index=[f"c{place:03}" for place in range(len(values))])
    return find_continuum(matrix, fit_clusters(matrix, k=k).labels)


@pytest.mark.parametrize("draw", [draw_normal, draw_long, draw_even, draw_scales, draw_yes_no])
@pytest.mark.parametrize("seed", [1, 3])
def test_slices_of_one_cloud_are_a_continuum(draw, seed):
    """However the one cloud is shaped, no gap is seen between its slices (the rule errs in 2 of 20 such, at most)."""
    assert find(draw(np.random.default_rng(seed))).is_continuum


@pytest.mark.parametrize("seed", [1, 2])
def test_groups_apart_are_no_continuum(seed):
    """Both pairs of neighbours have a gap."""
    found = find(draw_groups(np.random.default_rng(seed)))
    assert not found.is_continuum and found.gaps["is_gap"].all()


def test_two_kinds_of_yes_no_are_no_continuum():
    """Two groups that answer eight questions in opposite ways are seen to be apart, although answers come in steps."""
    rng = np.random.default_rng(1)
    is_first = (np.arange(8) < 4) == (rng.random((SIZE, 1)) < 0.5)
    assert not find((rng.random((SIZE, 8)) < np.where(is_first, 0.9, 0.1)).astype(float), k=2).is_continuum


def test_neighbours_join_all_groups():
    """Groups in a row are neighbours of the next only; k groups have k - 1 pairs."""
    values = np.repeat([[0.0], [10], [20], [30]], 30, axis=0) + np.linspace(0, 1, 120)[:, None]
    found = find_continuum(pd.DataFrame(values), pd.Series(np.repeat([2, 0, 3, 1], 30)))
    assert found.gaps[["cluster", "neighbour"]].values.tolist() == [[0, 2], [0, 3], [1, 3]]


def test_axes_are_principal():
    """The first axis holds the most variance, the two are uncorrelated, and distances in a plane stay."""
    values = np.random.default_rng(1).normal(size=(50, 2)) @ [[3, 1], [0, 1]]
    axes = find_continuum(pd.DataFrame(values), pd.Series([0, 1] * 25), clouds=1).axes
    assert axes.columns.tolist() == AXES and axes.corr().iloc[0, 1] == pytest.approx(0, abs=1e-12)
    assert axes.var()["first_axis"] > axes.var()["second_axis"]
    assert np.hypot(*(axes.loc[0] - axes.loc[1])) == pytest.approx(np.hypot(*(values[0] - values[1])))


def test_one_column_has_an_empty_second_axis():
    """With one variable everybody lies on the first axis."""
    axes = find_continuum(pd.DataFrame({"x": [1.0, 2, 8, 9]}), pd.Series([0, 0, 1, 1]), clouds=1).axes
    assert axes["second_axis"].eq(0).all() and axes["first_axis"].tolist() == [-4, -3, 3, 4]


def test_order_and_input_are_left_alone():
    """Shuffled customers and columns give the same finding, and the matrix stays as it was."""
    matrix = pd.DataFrame(draw_groups(np.random.default_rng(1)), columns=list("dbca"))
    before, labels = matrix.copy(), fit_clusters(matrix, k=3).labels
    found = find_continuum(matrix, labels)
    shuffled = find_continuum(matrix.sample(frac=1, random_state=1)[list("abcd")], labels[::-1])
    pd.testing.assert_frame_equal(shuffled.gaps, found.gaps, check_exact=True)
    pd.testing.assert_frame_equal(shuffled.axes.sort_index(), found.axes, check_exact=True)
    pd.testing.assert_frame_equal(matrix, before)
