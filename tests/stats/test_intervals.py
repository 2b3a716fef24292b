"""Intervals: the published numbers come out, and what must always hold holds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from cjm_helpers.errors import ScoresOutsideScale
from cjm_helpers.stats.intervals import (
    Z,
    effective_n,
    estimate_mean,
    estimate_middle,
    estimate_nps,
    estimate_promoters,
    estimate_proportion,
    estimate_share,
    estimate_summary,
    nps_variance,
)  # fmt: skip

RATINGS = st.lists(st.integers(1, 5), min_size=1, max_size=60)
WEIGHTS = st.floats(0.1, 5)


def score_people(promoters: int, passives: int, detractors: int) -> list[int]:
    """Return scores of so many people of each kind."""
    return [9] * promoters + [7] * passives + [0] * detractors


@pytest.mark.parametrize(
    ("successes", "n", "lo", "hi"),
    [
        (4, 6, 0.3000, 0.9032), (0, 20, 0, 0.1611), (15, 148, 0.0624, 0.1605), (81, 263, 0.2553, 0.3662),
        (1, 29, 0.0061, 0.1718),
    ],
)  # fmt: skip
def test_wilson_gives_the_published_bounds(successes, n, lo, hi):
    """Wilson's interval is that of Newcombe (1998), table I (the last four; the first by hand)."""
    estimate = estimate_proportion(successes, n)
    assert (estimate.lo, estimate.hi) == pytest.approx((lo, hi), abs=0.00005)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_is_that_of_statsmodels(case):
    """Our Wilson bounds, written out to spare the import, are those of statsmodels."""
    estimate = estimate_proportion(*case)
    assert (estimate.lo, estimate.hi) == pytest.approx(proportion_confint(*case, method="wilson"), abs=1e-9)


def test_weights_cost_people():
    """Weights 1, 1, 2 are worth (1 + 1 + 2)^2 / 6 = 2.667 people (by hand)."""
    assert effective_n([1, 1, 2]) == pytest.approx(2.667, abs=0.0005)


def test_mean_of_feelings_has_its_t_interval():
    """-2, -1, 0, 1, 1, 2: mean .1667, t interval -1.378 to 1.711 (by hand)."""
    estimate = estimate_mean([-2, -1, 0, 1, 1, 2], low=-2, high=2)
    assert estimate[:4] == pytest.approx((0.1667, 6, -1.378, 1.711), abs=0.0005)


def test_mean_is_clipped_to_its_scale():
    """4, 5, 3, 4, 5: mean 4.2, t interval 3.161 to 5.239, clipped to 5 (by hand)."""
    assert estimate_mean([4, 5, 3, 4, 5])[2:4] == pytest.approx((3.161, 5.239), abs=0.0005)
    assert estimate_mean([4, 5, 3, 4, 5], low=1, high=5).hi == 5


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=40).filter(lambda values: np.std(values) > 1e-3))
def test_t_is_that_of_statsmodels(values):
    """Our t interval, written out to spare the import, is that of statsmodels."""
    estimate = estimate_mean(values)
    assert (estimate.lo, estimate.hi) == pytest.approx(DescrStatsW(values).tconfint_mean(), rel=1e-6, abs=1e-6)


def test_people_who_agree_are_not_certain():
    """Five people who all say 5 of 5 leave room below (ours: Wilson's bound for 0 of 5, .434, at the far end)."""
    assert estimate_mean([5] * 5, low=1, high=5)[:4] == pytest.approx((5, 5, 5 - 4 * 0.434, 5), abs=0.003)
    assert np.isnan(estimate_mean([5.0] * 5).lo), "without a scale nothing is known"


def test_a_summary_gives_the_same_as_its_values():
    """Mean, standard deviation and n alone give the interval of the values themselves."""
    values = np.array([4, 5, 3, 4, 5.0])
    summary = estimate_summary(values.mean(), sd=values.std(ddof=1), n=5)
    assert summary[:4] == pytest.approx(estimate_mean(values)[:4])


def test_nps_has_the_adjusted_wald_interval():
    """60 / 25 / 15: NPS 45, v .5475, margin of error 14.50, adjusted 29.34 to 58.04 (Rocks 2016; Lewis & Sauro)."""
    assert estimate_nps(score_people(60, 25, 15))[:4] == pytest.approx((45, 100, 29.34, 58.04), abs=0.005)
    assert nps_variance(0.60, 0.15) == pytest.approx(0.5475)
    assert 100 * Z * np.sqrt(nps_variance(0.60, 0.15) / 100) == pytest.approx(14.50, abs=0.005)


def test_nps_of_ten_promoters_is_not_certain():
    """10 / 0 / 0: NPS 100, adjusted 47.5 to 100 (clipped from 106.3), where plain Wald says 100 to 100."""
    assert estimate_nps(score_people(10, 0, 0))[:4] == pytest.approx((100, 10, 47.5, 100), abs=0.05)


def test_nps_of_ten_mixed_people():
    """5 / 3 / 2: adjusted -19.05 to 65.20."""
    assert estimate_nps(score_people(5, 3, 2))[2:4] == pytest.approx((-19.05, 65.20), abs=0.005)


@pytest.mark.parametrize("score", [11, -1, 7.5])
def test_nps_refuses_what_is_no_score(score):
    """NPS takes whole numbers from 0 to 10 and says how many are not."""
    with pytest.raises(ScoresOutsideScale, match="whole numbers from 0 to 10: 1 of 3 answers"):
        estimate_nps([9, 10, score])


@given(RATINGS, st.data())
def test_every_interval_holds_its_estimate(ratings, data):
    """Whatever people say and weigh, the value lies between lo and hi and n is the plain count of people."""
    weights = data.draw(st.none() | st.lists(WEIGHTS, min_size=len(ratings), max_size=len(ratings)))
    estimates = [
        estimate_mean(ratings, weights=weights, low=1, high=5),
        estimate_share([rating > 3 for rating in ratings], weights=weights),
        estimate_nps([2 * rating for rating in ratings], weights=weights),
    ]
    for value, n, lo, hi, _ in estimates:
        assert n == len(ratings)
        assert np.isnan(lo) or lo <= value + 1e-9 and value <= hi + 1e-9


@given(RATINGS, st.randoms(use_true_random=False))
def test_order_of_people_changes_nothing(ratings, chance):
    """The same people in another order give the same estimate to the last bit."""
    weights = [1 + place % 3 / 7 for place in range(len(ratings))]
    pairs = list(zip(ratings, weights, strict=True))
    chance.shuffle(pairs)
    again, again_weights = zip(*pairs, strict=True)
    one, other = estimate_mean(ratings, weights=weights), estimate_mean(again, weights=again_weights)
    np.testing.assert_array_equal(one[:4], other[:4])


def test_equal_weights_are_no_weights():
    """Weights that are all the same change no number, only the name of the method."""
    ratings = [1, 2, 4, 5, 5]
    assert estimate_mean(ratings, weights=[3] * 5)[:4] == pytest.approx(estimate_mean(ratings)[:4])
    assert estimate_promoters([1, 0], [0, 1], weights=[2, 2])[:4] == estimate_promoters([1, 0], [0, 1])[:4]


def test_weighted_intervals_say_so_and_are_wider():
    """Unequal weights shrink the effective n, so the interval widens, and method prints n_eff beside the plain n."""
    plain, weighted = estimate_share([1, 0] * 20), estimate_share([1, 0] * 20, weights=[1, 1, 9, 9] * 10)
    assert weighted.n == 40 and weighted.method == "Wilson, weighted (n_eff 24.4)"
    assert weighted.hi - weighted.lo > plain.hi - plain.lo


def test_nobody_is_no_estimate():
    """Without answers there is neither value nor interval."""
    for estimate in (estimate_mean([]), estimate_share([]), estimate_nps([np.nan]), estimate_proportion(0, 0)):
        assert estimate.n == 0 and np.isnan([estimate.value, estimate.lo, estimate.hi]).all()


def test_people_of_weight_0_speak_for_nobody():
    """Five people of whom four weigh 0 are one, so that the one cannot be shown as five."""
    weights = [1, 0, 0, 0, 0]
    estimates = [
        estimate_mean([3, 5, 4, 4, 2], weights=weights, low=1, high=5),
        estimate_share([1, 0, 1, 1, 0], weights=weights),
        estimate_nps([10, 2, 3, 4, 5], weights=weights),
    ]
    assert [estimate.n for estimate in estimates] == [1, 1, 1]
    assert estimate_mean([3, 4], weights=[0, 0]).n == estimate_promoters([1], [0], weights=[0]).n == 0


def test_rounding_is_no_spread():
    """Answers that differ in the last bit only are alike: t would give them an interval of no width."""
    estimate = estimate_mean([0.3, 0.1 + 0.2] * 5, low=0, high=1)
    assert estimate.method == "Wilson, all answers alike" and estimate.hi - estimate.lo > 0.2


def test_the_interval_of_a_median_comes_near_that_of_many_samples():
    """From quartiles alone: about 95 of 100 normal samples of 60 hold the true median (McGill, Tukey & Larsen 1978)."""
    generator = np.random.default_rng(0)
    held = 0
    for sample in generator.normal(10, 2, size=(400, 60)):
        low, median, high = np.quantile(sample, [0.25, 0.5, 0.75])
        estimate = estimate_middle(median, quarters=(low, high), n=60)
        held += estimate.lo <= 10 <= estimate.hi
    assert 0.92 <= held / 400 <= 0.98


def test_a_median_without_spread_has_no_interval():
    """One person, or people who are all alike, tell nothing about chance; a time is never below zero."""
    assert np.isnan(estimate_middle(3, quarters=(3, 3), n=50).lo)
    assert np.isnan(estimate_middle(3, quarters=(2, 4), n=1).hi)
    assert estimate_middle(1, quarters=(0, 9), n=4).lo == 0
