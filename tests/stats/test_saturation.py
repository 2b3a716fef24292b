"""Saturation: the curve over interviews, in their order and over all orders."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_helpers.stats.saturation import compare_runs, count_found, expect_found

INTERVIEWS = ["ab", "bc", "d", "ae", "f", "a", "b", "c"]
FOUND = np.array([[code in interview for code in "abcdef"] for interview in INTERVIEWS])
TABLES = st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=1, max_size=8).map(np.array)


def test_runs_are_the_golden_ones():
    """Base 5; runs 1/5, 0, 0 (Guest, Namey & Chen 2020, by hand)."""
    assert compare_runs(FOUND)[5:].tolist() == [0.2, 0, 0]


def test_all_orders_are_the_mean_of_many():
    """The exact curve is what 2,000 shuffled orders give on average."""
    random = np.random.default_rng(0)
    shuffled = np.mean([count_found(FOUND[random.permutation(len(FOUND))]) for _ in range(2000)], axis=0)
    assert expect_found(FOUND) == pytest.approx(shuffled, abs=0.06)


@given(found=TABLES)
def test_the_mean_curve_rises_to_all_codes(found):
    """It never falls, bends down only, and ends with every code that was named; the order of interviews is nothing."""
    curve = expect_found(found)
    steps = np.diff(curve, prepend=0)
    assert (steps >= -1e-12).all() and (np.diff(steps) <= 1e-9).all()
    assert curve[-1] == pytest.approx(count_found(found)[-1])
    assert curve == pytest.approx(expect_found(found[::-1]))


def test_too_few_interviews_have_no_ratio():
    """Before base and run are full nothing is said."""
    assert np.isnan(compare_runs(FOUND[:5])).all()
