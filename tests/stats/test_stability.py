"""Stability: the published indices come out, true groups come back, and cut noise does not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_helpers.stats.kmeans import find_nearest, fit_labels, use_one_thread
from cjm_helpers.stats.stability import adjusted_rand, match_groups, measure_stability

LABELS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=60)


@pytest.mark.parametrize(
    ("labels", "other", "index"),
    [
        ([0, 0, 1, 1], [0, 0, 1, 2], 0.5714),  # published: scikit-learn's guide
        ([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2], 0.2424),
        ([0, 0, 1, 1], [1, 1, 0, 0], 1.0),
        ([0, 0, 0], [5, 5, 5], 1.0),
    ],
)
def test_adjusted_rand_golden(labels, other, index):
    """The adjusted Rand index of the golden examples; names of groups do not matter."""
    assert adjusted_rand(labels, other) == pytest.approx(index, abs=5e-5)


@given(LABELS)
def test_adjusted_rand_is_scikit_learns(pairs):
    """Any two splits agree as scikit-learn computes it."""
    from sklearn.metrics import adjusted_rand_score

    labels, other = np.array(pairs).T
    assert adjusted_rand(labels, other) == pytest.approx(adjusted_rand_score(labels, other))


def test_overlap_golden():
    """Jaccard of {1, 2, 3, 4} and {1, 2, 3, 5} is .6 (by hand)."""
    assert match_groups([0, 0, 0, 0, 1], [0, 0, 0, 1, 0])[0] == pytest.approx(0.6)


@given(LABELS)
def test_overlap_is_one_only_for_the_same_groups(pairs):
    """Each group overlaps with itself wholly, and with a best match of another split by more than 0, at most 1."""
    labels, other = np.array(pairs).T
    assert match_groups(labels, labels).tolist() == [1.0] * len(set(labels))
    assert ((match_groups(labels, other) > 0) & (match_groups(labels, other) <= 1)).all()


def make_groups(*, apart: float, seed: int = 2) -> tuple[np.ndarray, np.ndarray]:
    """Return 150 customers in three groups so far apart, and how k-means splits them."""
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(150, 3)) + apart * np.eye(3)[np.arange(150) % 3]
    with use_one_thread():
        return values, fit_labels(values, k=3, seed=0, restarts=10)


def test_true_groups_come_back_and_noise_does_not():
    """Groups 6 deviations apart are highly stable (.85); slices of one round cloud are not to be trusted (.60)."""
    assert measure_stability(*make_groups(apart=6), refits=20).jaccard.min() > 0.95
    noise = measure_stability(*make_groups(apart=0), refits=20)
    assert noise.jaccard.min() < 0.60 and noise.ari < 0.60


def test_the_same_seed_gives_the_same():
    """Refits are drawn by the seed."""
    values, labels = make_groups(apart=1)
    runs = [measure_stability(values, labels, refits=5, seed=seed) for seed in (1, 1, 2)]
    assert runs[0].ari == runs[1].ari != runs[2].ari


@pytest.mark.parametrize("apart", [0, 2, 3])
def test_shared_starts_find_what_many_random_starts_find(apart):
    """Thirty random starts in each sample give the same stability within .05, at many times the cost."""
    values, labels = make_groups(apart=apart)
    rng, overlaps = np.random.default_rng(0), []
    with use_one_thread():
        for _ in range(20):
            drawn = values[rng.integers(len(values), size=len(values))]
            again = fit_labels(drawn, k=3, seed=0, restarts=30)
            centres = np.array([drawn[again == label].mean(axis=0) for label in range(3)])
            overlaps.append(match_groups(labels, find_nearest(values, centres)))
    shared = measure_stability(values, labels, refits=20).jaccard
    assert shared == pytest.approx(np.mean(overlaps, axis=0), abs=0.05)
