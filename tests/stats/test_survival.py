"""Durations: those who still wait count for as long as they were seen."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf, logrank

from cjm_helpers.errors import NumberRefused
from cjm_helpers.stats.survival import (
    compare_durations,
    estimate_duration,
    estimate_share_within,
    estimate_survival,
)  # fmt: skip

# Weeks of remission in leukaemia (Freireich et al. 1963): 6-MP, with those still in remission, and placebo.
WEEKS = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
STILL_WELL = [False] * 9 + [True] * 12
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
DURATIONS = st.lists(st.integers(0, 30), min_size=2, max_size=40)


def test_the_curve_is_that_of_freireich():
    """6-MP: .857, .807, .753, .690, .627, .538, .448 at 6, 7, 10, 13, 16, 22, 23 weeks (Freireich 1963)."""
    curve = estimate_survival(WEEKS, is_censored=STILL_WELL)
    assert curve["duration"].tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve["value"].tolist() == pytest.approx([0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], abs=0.0005)
    assert curve["at_risk"].tolist()[:2] == [21, 17]


def test_the_median_counts_those_who_still_wait():
    """6-MP: median 23 weeks of all, 10 of the completed ones alone (Freireich 1963); the upper end stays open."""
    median = estimate_duration(WEEKS, is_censored=STILL_WELL)
    assert (median.value, median.n) == (23, 21) and np.isnan(median.hi)
    assert estimate_duration(WEEKS[:9]).value == 10


def test_log_rank_is_that_of_freireich():
    """6-MP against placebo: chi2 = 16.79 (Freireich 1963), whichever group is named first."""
    test = compare_durations(WEEKS, PLACEBO, is_censored=STILL_WELL)
    assert test.chi2 == pytest.approx(16.79, abs=0.005) and test.p == pytest.approx(4.17e-5, abs=1e-7)
    assert compare_durations(PLACEBO, WEEKS, other_is_censored=STILL_WELL) == pytest.approx(test)


def test_a_log_with_open_journeys():
    """First event to buy 4, 8 days, open 2 and 3 days before the end: 67% by day 8, not 2 of 4 (by hand).

    Customers of the January log: c1 bought after 4 days, c3 after 8; c2 was followed 29 days, c4 3.
    """
    days, is_open = [4, 29, 8, 3], [False, True, False, True]
    curve = estimate_survival(days, is_censored=is_open)
    assert curve["value"].tolist() == pytest.approx([2 / 3, 1 / 3])
    assert estimate_share_within(days, within=8, is_censored=is_open).value == pytest.approx(2 / 3)


@pytest.mark.filterwarnings("ignore:The confidence interval is undefined")
@given(DURATIONS, st.integers(0, 2**20))
def test_scipy_gives_the_same_curve(durations, seed):
    """The curve and its interval are those of scipy.stats.ecdf on right-censored data (log-log)."""
    is_censored = np.random.default_rng(seed).random(len(durations)) < 0.4
    ours = estimate_survival(durations, is_censored=is_censored)
    if ours.empty:
        return
    theirs = ecdf(CensoredData.right_censored(durations, is_censored)).sf
    assert ours["value"].to_numpy() == pytest.approx(theirs.evaluate(ours["duration"]))
    with np.errstate(all="ignore"):
        bounds = theirs.confidence_interval(method="log-log")
    lo = np.nan_to_num(bounds.low.evaluate(ours["duration"]))
    assert ours["lo"].to_numpy() == pytest.approx(lo, abs=1e-9)


@given(DURATIONS, DURATIONS, st.integers(0, 2**20))
def test_scipy_gives_the_same_log_rank(first, second, seed):
    """chi2 is the square of the statistic of scipy.stats.logrank, and p the same."""
    chance = np.random.default_rng(seed)
    censored = [chance.random(len(group)) < 0.3 for group in (first, second)]
    ours = compare_durations(first, second, is_censored=censored[0], other_is_censored=censored[1])
    if np.isnan(ours.chi2):
        return
    theirs = logrank(*(CensoredData.right_censored(*pair) for pair in zip((first, second), censored, strict=True)))
    assert ours == pytest.approx((theirs.statistic**2, theirs.pvalue), abs=1e-9)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=40))
def test_without_waiting_the_median_is_the_usual_one(durations):
    """Where it happened to all, the median is the middle one, and its interval holds it."""
    median = estimate_duration(durations)
    assert median.value == pytest.approx(np.median(durations))
    assert median.lo <= median.value <= median.hi


def test_order_and_names_change_nothing():
    """Rows in another order, whole weights that are all alike, and people without a duration change no digit."""
    order = np.random.default_rng(1).permutation(len(WEEKS))
    weeks, still_well = np.array(WEEKS, dtype=float), np.array(STILL_WELL)
    median = estimate_duration(WEEKS, is_censored=STILL_WELL)
    assert estimate_duration(weeks[order], is_censored=still_well[order])[:3] == median[:3]
    more = {"is_censored": [*STILL_WELL, False], "weights": [2.0] * 22}
    assert estimate_duration([*WEEKS, np.nan], **more)[:3] == median[:3]


def test_a_share_of_none_or_all_has_an_interval():
    """Before the first event and after the last Wilson's interval stands in: nought of 5 is not exactly nought."""
    none, all_ = (estimate_share_within([3, 4, 5, 6, 7], within=days) for days in (2, 7))
    assert (none.value, none.lo, all_.value, all_.hi) == (0, 0, 1, 1)
    assert none.hi == pytest.approx(0.434, abs=0.001) and all_.lo == pytest.approx(0.566, abs=0.001)


def test_nothing_is_said_of_a_time_nobody_was_followed_to():
    """Beyond the last day of observation the share is unknown while some still wait; so is an empty group."""
    share = estimate_share_within(WEEKS, within=52, is_censored=STILL_WELL)
    assert np.isnan(share.value) and share.method == "nobody was followed so long"
    assert estimate_share_within([], within=7).n == estimate_duration([]).n == 0
    assert np.isnan(compare_durations([1, 2], []).p)


def test_a_negative_duration_is_refused():
    """A sentence names the duration."""
    with pytest.raises(NumberRefused, match="A duration = -1 cannot be used: give durations of 0 or more"):
        estimate_survival([3, -1])
