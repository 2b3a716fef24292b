"""Differences: golden numbers, and what must hold for any two samples."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import fisher_exact, ttest_ind_from_stats

from cjm_helpers.stats.differences import (
    Difference,
    compare_means,
    compare_nps,
    compare_proportions,
    estimate_difference,
)  # fmt: skip
from cjm_helpers.stats.intervals import Estimate, estimate_proportion
from cjm_helpers.stats.power import minimum_detectable_difference

cases = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
camps = st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60)).filter(lambda counts: sum(counts) > 4)
means = st.tuples(st.floats(1, 5), st.floats(0.1, 2), st.integers(2, 300))


def share(counts) -> tuple[float, float, int]:
    """Return the shares of promoters and detractors, and n, from counts of promoters, passives and detractors."""
    return counts[0] / sum(counts), counts[2] / sum(counts), sum(counts)


def turn(change: Difference) -> tuple:
    """Return what the same comparison gives the other way round."""
    return -change.value, -change.hi, -change.lo, change.p


@pytest.mark.parametrize(
    ("now", "before", "golden"),
    [((56, 70), (48, 80), (0.20, 0.0524, 0.3339)), ((0, 10), (0, 10), (0.0, -0.2775, 0.2775))],
)
def test_newcombe_of_two_proportions(now, before, golden):
    """The hybrid score interval of Newcombe (1998), as methods.md section 10 gives it."""
    change = estimate_difference(estimate_proportion(*now), estimate_proportion(*before))
    assert (change.value, change.lo, change.hi) == pytest.approx(golden, abs=5e-5)
    assert compare_proportions(now, before)[:3] == pytest.approx(golden, abs=5e-5)


@given(cases, cases)
def test_the_interval_holds_the_difference(now, before):
    """The interval lies around its value, and swapping the two turns the sign."""
    there, back = compare_proportions(now, before), compare_proportions(before, now)
    assert there.lo <= there.value <= there.hi and 0 <= there.p <= 1
    assert turn(back) == pytest.approx(there[:4])


def test_no_interval_gives_none():
    """A figure that came without cases has no interval, and so has any difference from it."""
    bare = Estimate(0.4, 0, math.nan, math.nan, "")
    assert math.isnan(estimate_difference(estimate_proportion(3, 10), bare).lo)


def test_many_cases_take_the_score_test():
    """56 of 70 against 48 of 80: z = .2 / sqrt(.6933 x .3067 x (1/70 + 1/80)) = 2.650, p = .0080 (by hand)."""
    change = compare_proportions((56, 70), (48, 80))
    assert change.method == "score test" and change.p == pytest.approx(0.0080, abs=5e-5)


@given(cases, cases)
def test_few_cases_take_fishers_test(now, before):
    """Where a cell expects fewer than five cases, p is that of scipy's exact test, written out to spare the import."""
    change = compare_proportions(now, before)
    pooled = (now[0] + before[0]) / (now[1] + before[1])
    is_few = min(now[1], before[1]) * min(pooled, 1 - pooled) < 5
    assert (change.method == "Fisher's exact test") == is_few
    if is_few:
        table = [[now[0], now[1] - now[0]], [before[0], before[1] - before[0]]]
        assert change.p == pytest.approx(fisher_exact(table).pvalue, abs=1e-9)


def test_nps_keeps_its_raw_value_in_an_adjusted_interval():
    """60/25/15 to 80/40/30: -11.67, interval -30.04 to 8.02 (methods.md section 7, by hand)."""
    change = compare_nps(share((80, 40, 30)), share((60, 25, 15)))
    assert change[:3] == pytest.approx((-11.67, -30.04, 8.02), abs=0.005)


@given(camps, camps)
def test_nps_intervals_hold_their_value(now, before):
    """The interval holds the raw difference within -200 to 200, and turns with the samples."""
    there, back = compare_nps(share(now), share(before)), compare_nps(share(before), share(now))
    assert -200 <= there.lo <= there.value <= there.hi <= 200
    assert turn(back) == pytest.approx(there[:4], abs=1e-9)


def test_half_an_nps_interval_is_what_could_be_seen():
    """Two waves of 1,000: half the interval is the minimum detectable difference of section 1, within 1%."""
    change = compare_nps((0.5, 0.25, 1000), (0.5, 0.25, 1000))
    formula = minimum_detectable_difference((0.75 - 0.25**2) * 100**2, n=1000)
    assert (change.hi - change.lo) / 2 == pytest.approx(formula, rel=0.01)


def test_welch_of_two_means():
    """4,5,3,4,5 against 3,2,4,3,3: 1.2, interval .065 to 2.335, p = .0408 (methods.md section 10)."""
    now, before = ((np.mean(scores), np.std(scores, ddof=1), 5) for scores in ([4, 5, 3, 4, 5], [3, 2, 4, 3, 3]))
    change = compare_means(now, before)
    assert change[:4] == pytest.approx((1.2, 0.065, 2.335, 0.0408), abs=5e-4)
    assert change.method == "Welch's t"


@given(means, means)
def test_small_samples_take_the_more_careful_test(now, before):
    """p is scipy's: Welch's, and under 30 people the larger of Welch's and Student's."""
    welch, student = (ttest_ind_from_stats(*now, *before, equal_var=equal).pvalue for equal in (False, True))
    is_small = min(now[2], before[2]) < 30
    assert compare_means(now, before).p == pytest.approx(max(welch, student) if is_small else welch, abs=1e-9)


@given(means, means)
def test_intervals_of_means_and_p_agree(now, before):
    """The interval leaves out zero exactly where p is under .05, and turns with the samples."""
    there, back = compare_means(now, before), compare_means(before, now)
    assume(abs(there.p - 0.05) > 1e-6)
    assert (there.lo > 0 or there.hi < 0) == (there.p < 0.05)
    assert turn(back) == pytest.approx(there[:4])


def test_a_sample_without_spread_borrows_the_others():
    """Five who all say 5 against many who vary are no proof: the pooled spread counts, not nil."""
    change = compare_means((5.0, 0.0, 5), (4.6, 0.8, 200))
    assert change.method == "Student's t" and change.p > 0.2


def test_one_person_proves_nothing():
    """A sample of one, or weights worth one person, gives the difference alone."""
    change = compare_means((5.0, 0.0, 1), (3.0, 1.0, 50))
    assert change.value == 2 and np.isnan(change[1:4]).all()


def test_two_samples_without_spread_have_no_interval():
    """All alike in both: the same answer gives p 1; two different answers differ as two separate groups do."""
    same, other = compare_means((4, 0, 6), (4, 0, 9)), compare_means((5, 0, 6), (4, 0, 9))
    assert same.p == 1 and np.isnan(same.lo)
    assert other.p == pytest.approx(fisher_exact([[6, 0], [0, 9]]).pvalue)


def test_rounding_is_no_spread():
    """A spread that comes from rounding is none: five who say .8 against five who say .6 take the exact test."""
    change = compare_means((0.8, 1e-16, 5), (0.6, 1e-17, 5))
    assert change.p == pytest.approx(fisher_exact([[5, 0], [0, 5]]).pvalue) and np.isnan(change.lo)
    assert compare_means((0.1 + 0.2, 1e-17, 5), (0.3, 0, 5)).p == 1


def test_nobody_is_not_compared():
    """An empty sample gives no difference and no p."""
    assert np.isnan(compare_proportions((0, 0), (3, 5))[:4]).all()
