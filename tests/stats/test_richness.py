"""Richness: how many things there are when each person names only some."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_helpers.stats.richness import estimate_richness

MANY = 10**9  # people: (m - 1) / m is 1, as in EstimateS' formulas for abundance


def test_chao2_of_fourteen_things():
    """S = 14, m = 8, Q1 = 4, Q2 = 3 give 15.3125 (by hand)."""
    estimate = estimate_richness([1] * 4 + [2] * 3 + [3] * 7, people=8)
    assert estimate.value == 15.3125 and estimate.n == 8 and estimate.method == "Chao2"


@pytest.mark.parametrize(
    ("counts", "value", "lo", "hi"),
    [
        ([1, 1, 4, 2, 5, 2, 4, 1, 2], 9.75, 9.07, 17.45),
        ([1, 1, 4, 5], 5, 4.08, 17.27),
        ([2, 2, 4, 5], 4, 4, 4.95),
    ],
)
def test_intervals_are_those_of_estimates(counts, value, lo, hi):
    """Value and 95% interval equal the output of EstimateS, as the tests of scikit-bio quote it to two decimals."""
    estimate = estimate_richness(counts, people=MANY)
    assert (estimate.value, estimate.lo, estimate.hi) == pytest.approx((value, lo, hi), abs=0.006)


@pytest.mark.parametrize(
    ("counts", "people", "why"), [([], 3, "nothing"), ([0, 0], 3, "nothing"), ([1, 1], 1, "fewer")]
)
def test_one_person_tells_nothing_of_what_was_missed(counts, people, why):
    """With fewer than two people, or nothing named, there is no estimate, and the method says why."""
    estimate = estimate_richness(counts, people=people)
    assert estimate.value != estimate.value and estimate.method.startswith(why)


@given(
    st.integers(2, 12).flatmap(lambda m: st.tuples(st.just(m), st.lists(st.integers(1, m), min_size=1, max_size=40)))
)
def test_what_was_named_is_never_undone(case):
    """The interval holds the estimate, and neither lies under the things named; the order of things is nothing."""
    people, counts = case
    estimate = estimate_richness(counts, people=people)
    assert len(counts) <= estimate.lo <= estimate.value <= estimate.hi
    assert estimate == estimate_richness(counts[::-1], people=people)
