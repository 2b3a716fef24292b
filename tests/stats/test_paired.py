"""Differences within the same people: golden numbers, and what must hold for any pairs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, ttest_rel

from cjm_helpers.stats.paired import compare_paired_means, compare_paired_proportions

answers = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=80)
ratings = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=3, max_size=60)
AIRWAYS = [(1, 1)] + [(1, 0)] + [(0, 1)] * 7 + [(0, 0)] * 12  # before and after a transplant, 21 children


def test_airway_responsiveness_before_and_after():
    """7 against 1 of 21: .286, Newcombe .026 to .507, McNemar exact p .070 (data: Bentur et al. 2009)."""
    before, now = zip(*AIRWAYS, strict=True)
    change = compare_paired_proportions(now, before)
    assert change[:4] == pytest.approx((0.286, 0.026, 0.507, 0.070), abs=5e-4)
    assert change.pairs == 21


@given(answers)
def test_only_those_who_changed_count(pairs):
    """p is the exact binomial test of those who changed their answer; the interval holds the difference."""
    now, before = np.array(pairs).T
    change = compare_paired_proportions(now, before)
    gained, lost = int((now & ~before).sum()), int((~now & before).sum())
    expected = binomtest(gained, gained + lost).pvalue if gained + lost else 1.0
    assert change.p == pytest.approx(expected)
    assert change.lo - 1e-9 <= change.value <= change.hi + 1e-9


@given(answers)
def test_pairs_can_be_swapped(pairs):
    """Before and now exchanged turn the sign of all."""
    now, before = np.array(pairs).T
    there, back = compare_paired_proportions(now, before), compare_paired_proportions(before, now)
    assert (there.value, there.lo, there.hi, there.p) == pytest.approx((-back.value, -back.hi, -back.lo, back.p))


@given(ratings)
def test_ratings_take_the_paired_t(pairs):
    """p and interval are scipy's where people moved unequally."""
    now, before = np.array(pairs, dtype=float).T
    change = compare_paired_means(now, before, widest=4)
    if np.ptp(now - before) > 0:
        found = ttest_rel(now, before)
        bounds = found.confidence_interval(0.95)
        expected = (max(bounds.low, -4), min(bounds.high, 4), found.pvalue)
        assert (change.lo, change.hi, change.p) == pytest.approx(expected)


def test_people_who_all_moved_alike_are_tested_by_the_sign():
    """Six who all rose by one: p = 2 x .5^6; six who all stayed: p = 1; on a scale both have an interval."""
    rose, stayed = (compare_paired_means([shift] * 6, [0] * 6, widest=4) for shift in (1, 0))
    assert (rose.p, stayed.p) == (2 * 0.5**6, 1.0)
    assert rose.lo < 1 < rose.hi and stayed.lo < 0 < stayed.hi


def test_equal_weights_change_nothing():
    """Weights that are all the same give the result without weights."""
    now, before = [5, 4, 5, 3, 4], [3, 4, 4, 3, 2]
    plain, weighted = (compare_paired_means(now, before, weights=weights) for weights in (None, [2.0] * 5))
    assert plain[:4] == pytest.approx(weighted[:4])


def test_rounding_is_no_movement():
    """From .2 to .3 and from .3 to .4 is the same step: two people prove nothing, whatever the last bit says."""
    change = compare_paired_means([0.3, 0.4], [0.2, 0.3], widest=4)
    assert change.p == 0.5 and change.lo < 0 < change.hi and change.method == "sign test, all moved alike"


def test_people_of_weight_0_are_no_pairs():
    """Pairs count only who has a weight; without any there is nothing to compare."""
    assert compare_paired_means([3, 4, 5], [2, 1, 1], weights=[1, 1, 0]).pairs == 2
    assert np.isnan(compare_paired_means([3, 4], [2, 1], weights=[0, 0])[:4]).all()
