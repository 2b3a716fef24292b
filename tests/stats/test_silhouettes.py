"""Silhouettes: the example by hand, and scikit-learn's figures for any data."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjm_helpers.stats.silhouettes import measure_silhouettes


def test_silhouette_golden():
    """Silhouette of 1, 2 | 8, 9 = .8564 (by hand)."""
    values = np.array([[1.0], [2], [8], [9]])
    assert measure_silhouettes(values, [np.array([0, 0, 1, 1])]) == pytest.approx([0.8564], abs=5e-5)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 999))
def test_silhouettes_are_scikit_learns(seed):
    """Several splits of the same customers at once give what scikit-learn gives one by one."""
    from sklearn.metrics import silhouette_score

    rng = np.random.default_rng(seed)
    values = rng.normal(size=(40, 3)) + 100
    splits = [np.concatenate([np.arange(k), rng.integers(k, size=40 - k)]) for k in (2, 5)]
    expected = [silhouette_score(values, labels) for labels in splits]
    assert measure_silhouettes(values, splits) == pytest.approx(expected, abs=1e-4)


def test_groups_of_the_same_answers_are_as_clear_as_can_be():
    """Where all in a group answer alike, the silhouette is 1 to the last digit, so that chance can only equal it."""
    values = np.repeat(np.random.default_rng(1).normal(size=(4, 7)), 50, axis=0)
    assert measure_silhouettes(values, [np.repeat(range(4), 50)]) == [1.0]


def test_one_alone_and_all_alike_count_zero():
    """A customer alone in a group has no silhouette, and groups without distance are not apart."""
    assert measure_silhouettes(np.array([[1.0], [5]]), [np.array([0, 1])]) == [0.0]
    assert measure_silhouettes(np.ones((4, 1)), [np.array([0, 0, 1, 1])]) == [0.0]
