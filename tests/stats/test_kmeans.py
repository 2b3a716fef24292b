"""Groups of customers: each lies nearest to its own centre, whatever order rows and columns come in."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjm_helpers.errors import TooFewAnswers
from cjm_helpers.stats.kmeans import assign_clusters, find_nearest, fit_centres, fit_clusters


def make_matrix(n: int = 90, *, seed: int = 1) -> pd.DataFrame:
    """Return customers in three overlapping groups, in no order."""
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(n, 4)) + 2 * rng.normal(size=(3, 4))[rng.integers(3, size=n)]
    return pd.DataFrame(values, index=rng.permutation([f"c{place:03}" for place in range(n)]), columns=list("dbca"))


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 6), st.integers(0, 999))
def test_every_customer_lies_nearest_to_its_own_centre(k, seed):
    """Assigning the customers to the centroids gives their labels back, and each centroid is its group's mean."""
    matrix = make_matrix(seed=seed)
    clusters = fit_clusters(matrix, k=k, seed=seed)
    assert assign_clusters(matrix, clusters.centroids)["cluster"].tolist() == clusters.labels.tolist()
    np.testing.assert_allclose(matrix.groupby(clusters.labels).mean(), clusters.centroids)


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 6), st.integers(0, 999))
def test_groups_are_numbered_by_size(k, seed):
    """Label 0 is the biggest group, and every label to k - 1 is used."""
    sizes = fit_clusters(make_matrix(seed=seed), k=k).labels.value_counts().sort_index()
    assert sizes.index.tolist() == list(range(k)) and sizes.is_monotonic_decreasing


def test_of_equal_groups_the_one_with_the_first_customer_comes_first():
    """Two groups of two: label 0 is the one with c1."""
    points = pd.DataFrame({"x": [9.0, 1, 8, 2]}, index=["c4", "c3", "c1", "c2"])
    assert fit_clusters(points, k=2).labels.to_dict() == {"c4": 0, "c3": 1, "c1": 0, "c2": 1}


def test_order_and_input_are_left_alone():
    """Shuffled rows and columns give the same groups to the last bit, in the order of what came in."""
    matrix = make_matrix()
    before, clusters = matrix.copy(), fit_clusters(matrix, k=3)
    shuffled = fit_clusters(matrix.sort_index()[sorted(matrix)], k=3)
    pd.testing.assert_series_equal(shuffled.labels.loc[matrix.index], clusters.labels)
    pd.testing.assert_frame_equal(shuffled.centroids[matrix.columns], clusters.centroids, check_exact=True)
    pd.testing.assert_frame_equal(matrix, before)


def test_margin_is_the_way_to_the_second_nearest():
    """On a line with centres 0, 10, 30: 4 is 4 from the first and 2 nearer to it than to the second."""
    centroids = pd.DataFrame({"x": [0.0, 10, 30]})
    assigned = assign_clusters(pd.DataFrame({"x": [4.0, 25]}, index=["c1", "c2"]), centroids)
    assert assigned.values.tolist() == [[0, 4, 2], [2, 5, 10]]


def test_one_centre_leaves_the_margin_empty():
    """With one persona there is no second nearest."""
    assigned = assign_clusters(pd.DataFrame({"x": [4.0]}), pd.DataFrame({"x": [1.0]}))
    assert assigned["margin"].isna().all() and assigned["distance"].tolist() == [3.0]


def test_fewer_differing_customers_than_groups_are_refused():
    """Five customers with two different answers cannot be three groups."""
    with pytest.raises(TooFewAnswers, match="3 groups .customers who differ. needs 3 and has 2"):
        fit_clusters(pd.DataFrame({"x": [1.0, 1, 1, 2, 2]}), k=3)


def test_weights_are_repeated_rows():
    """A row that counts twice does what two such rows do, and one that counts 0 does nothing."""
    values, start = make_matrix().to_numpy(), make_matrix().to_numpy()[:3]
    times = np.arange(len(values)) % 3
    weighted = fit_centres(values, starts=[start], weights=times)
    repeated = np.repeat(values, times, axis=0)
    np.testing.assert_allclose(weighted, fit_centres(repeated, starts=[start], weights=np.ones(len(repeated))))


def test_the_tightest_of_several_starts_is_kept():
    """A start that puts two centres into one group loses against one centre a group."""
    values = np.array([[0.0], [1], [10], [11], [20], [21]])
    bad, good = np.array([[0.0], [1], [15]]), np.array([[0.0], [10], [20]])
    centres = fit_centres(values, starts=[bad, good], weights=np.ones(6))
    assert sorted(centres.ravel()) == [0.5, 10.5, 20.5] and len(set(find_nearest(values, centres))) == 3


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 999))
def test_given_starts_lead_where_scikit_learn_goes(seed):
    """Centres from given starts and weights are scikit-learn's, also where a start leaves a group without anybody."""
    from sklearn.cluster import KMeans

    rng = np.random.default_rng(seed)
    values, weights = rng.normal(size=(60, 3)), rng.integers(1, 4, size=60)
    start = values[rng.choice(60, size=4, replace=False)]
    start[3] += 100 * (seed % 2)
    expected = KMeans(4, init=start, n_init=1, tol=0, max_iter=1000).fit(values, sample_weight=weights).cluster_centers_
    np.testing.assert_allclose(fit_centres(values, starts=[start], weights=weights), expected)
