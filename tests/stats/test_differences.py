"""Differences: golden numbers, and what must hold for any two estimates."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_helpers.stats.differences import estimate_difference
from cjm_helpers.stats.intervals import Estimate, estimate_proportion

cases = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("now", "before", "golden"),
    [((56, 70), (48, 80), (0.20, 0.0524, 0.3339)), ((0, 10), (0, 10), (0.0, -0.2775, 0.2775))],
)
def test_newcombe_of_two_proportions(now, before, golden):
    """The hybrid score interval of Newcombe (1998), as methods.md section 10 gives it."""
    change = estimate_difference(estimate_proportion(*now), estimate_proportion(*before))
    assert (change.value, change.lo, change.hi) == pytest.approx(golden, abs=5e-5)


@given(cases, cases)
def test_the_interval_holds_the_difference(now, before):
    """The interval lies around its value, and swapping the two turns the sign."""
    there = estimate_difference(estimate_proportion(*now), estimate_proportion(*before))
    back = estimate_difference(estimate_proportion(*before), estimate_proportion(*now))
    assert there.lo <= there.value <= there.hi
    assert (there.lo, there.hi) == pytest.approx((-back.hi, -back.lo))


def test_no_interval_gives_none():
    """A figure that came without cases has no interval, and so has any difference from it."""
    bare = Estimate(0.4, 0, math.nan, math.nan, "")
    assert math.isnan(estimate_difference(estimate_proportion(3, 10), bare).lo)
