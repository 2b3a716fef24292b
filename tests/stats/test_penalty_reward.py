"""Penalty and reward: the worked example comes out, and regression with HC3 gives the same."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_helpers.errors import TooFewAnswers
from cjm_helpers.stats.penalty_reward import estimate_penalty_reward

SCORES, OUTCOME = np.repeat([1, 3, 5], 3), np.array([2, 3, 2, 6, 7, 6, 7, 8, 7])


def make_answers(seed: int, *, n: int = 200) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return scores 1 to 5, an outcome that they move, and survey weights."""
    random = np.random.default_rng(seed)
    scores = random.integers(1, 6, size=n)
    return scores, np.sqrt(scores) + random.normal(size=n) * scores, random.uniform(0.2, 3, size=n)


def test_the_worked_example():
    """Scores 1,1,1,3,3,3,5,5,5 with 2,3,2,6,7,6,7,8,7: base 6.333, penalty -4, reward +1, so difference 3 (by hand)."""
    found = estimate_penalty_reward(OUTCOME, is_low=SCORES == 1, is_high=SCORES == 5)
    assert found.base == pytest.approx(6.333, abs=0.0005)
    assert [one.value for one in found[1:]] == pytest.approx([-4, 1, 3]) and found.difference.lo > 0


@pytest.mark.parametrize("is_weighted", [False, True])
def test_regression_with_hc3_gives_the_same(is_weighted):
    """statsmodels, OLS and WLS on two dummies with HC3 errors and t: the same coefficients and intervals."""
    from statsmodels.regression.linear_model import WLS

    scores, outcome, weights = make_answers(1)
    weights = weights if is_weighted else np.ones(len(outcome))
    design = np.column_stack([np.ones(len(outcome)), scores == 1, scores == 5]).astype(float)
    fit = WLS(outcome, design, weights=weights).fit(cov_type="HC3", use_t=True)
    found = estimate_penalty_reward(
        outcome, is_low=scores == 1, is_high=scores == 5, weights=weights if is_weighted else None
    )
    assert [found.base, found.penalty.value, found.reward.value] == pytest.approx(fit.params)
    for one, contrast in zip(found[1:], np.array([[0, 1, 0], [0, 0, 1], [0, -1, -1]]), strict=True):
        assert (one.lo, one.hi) == pytest.approx(tuple(fit.t_test(contrast).conf_int()[0]))


@given(st.integers(0, 10**6))
def test_intervals_hold_and_order_changes_nothing(seed):
    """Every estimate lies within its interval, and shuffled customers give the same to the last bit."""
    scores, outcome, weights = make_answers(seed, n=60)
    order = np.random.default_rng(seed).permutation(60)
    found = estimate_penalty_reward(outcome, is_low=scores < 3, is_high=scores == 5, weights=weights)
    scores, outcome, weights = scores[order], outcome[order], weights[order]
    assert found == estimate_penalty_reward(outcome, is_low=scores < 3, is_high=scores == 5, weights=weights)
    assert all(one.lo <= one.value <= one.hi for one in found[1:])


def test_a_box_without_spread_is_refused():
    """One customer in a box has no spread, so nothing is said."""
    with pytest.raises(TooFewAnswers, match="highest box"):
        estimate_penalty_reward(OUTCOME[:7], is_low=SCORES[:7] == 1, is_high=SCORES[:7] == 5)
    with pytest.raises(TooFewAnswers, match="middle"):
        estimate_penalty_reward(OUTCOME, is_low=SCORES < 5, is_high=SCORES == 5)


def test_people_of_weight_0_fill_no_box():
    """Three in the lowest box of whom two weigh 0 are one, which is refused."""
    weights = np.array([1, 0, 0, 1, 1, 1, 1, 1, 1])
    with pytest.raises(TooFewAnswers, match="lowest box. needs 2 and has 1"):
        estimate_penalty_reward(OUTCOME, is_low=SCORES == 1, is_high=SCORES == 5, weights=weights)
