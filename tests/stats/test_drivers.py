"""Drivers: the published shares come out, sum to R squared, and say when they cannot be had."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_helpers.errors import TooFewAnswers
from cjm_helpers.stats.drivers import estimate_drivers, lmg_shares, name_shares, relative_weights

# R's data set swiss: correlations of Agriculture, Examination, Education, Catholic, Infant.Mortality; with Fertility
SWISS = np.array([
    [1, -0.6865422, -0.6395225, 0.4010951, -0.0608586],
    [-0.6865422, 1, 0.6984153, -0.5727418, -0.1140216],
    [-0.6395225, 0.6984153, 1, -0.1538589, -0.0993219],
    [0.4010951, -0.5727418, -0.1538589, 1, 0.1754959],
    [-0.0608586, -0.1140216, -0.0993219, 0.1754959, 1],
])  # fmt: skip
FERTILITY = np.array([0.3530792, -0.6458827, -0.6637889, 0.4636847, 0.4165560])
THREE, WITH_THREE = np.array([[1, 0.5, 0.2], [0.5, 1, 0.1], [0.2, 0.1, 1]]), np.array([0.6, 0.4, 0.3])


def simulate(n: int = 400, *, used: float = 1.0, seed: int = 1) -> tuple[pd.DataFrame, pd.Series]:
    """Return answers on four correlated drivers that matter 3, 2, 1 and 0, met by a share of people, and an outcome."""
    rng = np.random.default_rng(seed)
    answers = rng.normal(size=(n, 1)) + rng.normal(size=(n, 4))
    outcome = answers @ [3, 2, 1, 0] + 3 * rng.normal(size=n)
    index = [f"c{place:04}" for place in range(n)]
    answers = pd.DataFrame(answers, index=index, columns=["pay", "cart", "web", "ad"]).where(rng.random((n, 4)) < used)
    return answers, pd.Series(outcome, index=index)


def make_correlations(size: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return correlations among random drivers, and of each with an outcome."""
    matrix = np.corrcoef(np.random.default_rng(seed).normal(size=(size + 4, size + 1)), rowvar=False)
    return matrix[:-1, :-1], matrix[-1, :-1]


def test_two_drivers_share_by_hand():
    """r_y = .5, .4 and r12 = .3: LMG .204341, .114341; relative weights are identical for two (by hand)."""
    matrix, outcome = [[1, 0.3], [0.3, 1]], [0.5, 0.4]
    assert lmg_shares(matrix, outcome) == pytest.approx([0.204341, 0.114341], abs=5e-7)
    assert relative_weights(matrix, outcome) == pytest.approx([0.204341, 0.114341], abs=5e-7)


def test_three_drivers_share():
    """The three-driver golden: R squared .407083; LMG and Johnson's weights differ in the third place."""
    assert lmg_shares(THREE, WITH_THREE) == pytest.approx([0.265781, 0.083047, 0.058255], abs=5e-7)
    assert relative_weights(THREE, WITH_THREE) == pytest.approx([0.264024, 0.083444, 0.059615], abs=5e-7)
    assert lmg_shares(THREE, WITH_THREE).sum() == pytest.approx(0.407083, abs=5e-7)


def test_swiss_shares_are_those_of_relaimpo():
    """R's swiss, Fertility on five predictors: the LMG shares of relaimpo (Groemping 2006), R squared .7067."""
    shares = lmg_shares(SWISS, FERTILITY)
    assert shares == pytest.approx([0.0571, 0.1712, 0.2601, 0.1056, 0.1128], abs=0.00006)
    assert shares.sum() == pytest.approx(0.7067, abs=0.00005)


def test_swiss_relative_weights():
    """R's swiss: Johnson's weights of the same five predictors, which are not the LMG shares."""
    assert relative_weights(SWISS, FERTILITY) == pytest.approx([0.0484, 0.1547, 0.2720, 0.1147, 0.1170], abs=0.00006)


def share_by_definition(matrix, outcome) -> np.ndarray:
    """Return LMG as it is defined: the gain in R squared, averaged over all orders of entry."""

    def explain(chosen):
        return outcome[chosen] @ np.linalg.solve(matrix[np.ix_(chosen, chosen)], outcome[chosen]) if chosen else 0.0

    orders = list(permutations(range(len(outcome))))
    gains = np.zeros(len(outcome))
    for order in orders:
        for place, driver in enumerate(order):
            gains[driver] += explain(list(order[: place + 1])) - explain(list(order[:place]))
    return gains / len(orders)


@given(st.integers(2, 5), st.integers(0, 999))
def test_shares_are_their_definition(size, seed):
    """The rank-one updates give what averaging over all orders gives."""
    matrix, outcome = make_correlations(size, seed)
    assert lmg_shares(matrix, outcome) == pytest.approx(share_by_definition(matrix, outcome), abs=1e-7)


@given(st.integers(2, 8), st.integers(0, 999))
def test_shares_sum_to_r_squared(size, seed):
    """Shares are never negative and sum to R squared, and relative weights do too."""
    matrix, outcome = make_correlations(size, seed)
    r_squared = outcome @ np.linalg.solve(matrix, outcome)
    for shares in (lmg_shares(matrix, outcome), relative_weights(matrix, outcome)):
        assert shares.min() >= 0 and shares.sum() == pytest.approx(r_squared, abs=1e-6)


@given(st.permutations(range(6)), st.integers(0, 99))
def test_order_of_drivers_changes_nothing(order, seed):
    """A driver keeps its share wherever it stands."""
    matrix, outcome = make_correlations(6, seed)
    turned = lmg_shares(matrix[np.ix_(order, order)], outcome[order])
    assert turned == pytest.approx(lmg_shares(matrix, outcome)[order], abs=1e-9)


def test_many_matrices_at_once_are_each_on_its_own():
    """A first axis of bootstraps gives what one call for each gives."""
    parts = [make_correlations(5, seed) for seed in range(3)]
    together = lmg_shares(np.stack([matrix for matrix, _ in parts]), np.stack([outcome for _, outcome in parts]))
    assert together == pytest.approx(np.stack([lmg_shares(*part) for part in parts]))


def test_twins_share_evenly():
    """Two drivers that are one and the same carry half each, instead of breaking the method."""
    assert lmg_shares(np.ones((2, 2)), [0.6, 0.6]) == pytest.approx([0.18, 0.18])


def test_more_than_fifteen_drivers_fall_to_relative_weights():
    """Sixteen drivers are split by Johnson's weights, and the name says so."""
    matrix, outcome = make_correlations(16, 0)
    np.testing.assert_array_equal(lmg_shares(matrix, outcome), relative_weights(matrix, outcome))
    assert (name_shares(15), name_shares(16)) == ("LMG", "relative weights")


def test_drivers_are_found_in_their_order():
    """Drivers that matter 3, 2, 1 and 0 come out in that order, each inside its intervals; shares sum to 1."""
    table = estimate_drivers(*simulate())
    assert table["driver"].tolist() == ["pay", "cart", "web", "ad"] and table["rank"].tolist() == [1, 2, 3, 4]
    assert table["value"].sum() == pytest.approx(1)
    assert table["value"].between(table["lo"], table["hi"]).all()
    assert table["rank"].between(table["rank_lo"], table["rank_hi"]).all()


def test_missing_answers_do_not_bend_shares():
    """When each customer met only half of the touchpoints, shares stay near those of the whole table."""
    whole = estimate_drivers(*simulate(4000), bootstraps=10).set_index("driver")["value"]
    half = estimate_drivers(*simulate(4000, used=0.5), bootstraps=10).set_index("driver")["value"]
    assert (whole - half).abs().max() < 0.04


def test_whole_table_gives_the_r_squared_of_regression():
    """Without missing answers R squared, its adjusted form, signs and VIF are those of least squares."""
    answers, outcome = simulate(200)
    row = estimate_drivers(answers, outcome, bootstraps=5).set_index("driver").loc["pay"]
    design = np.column_stack([np.ones(200), answers])
    left = outcome - design @ np.linalg.lstsq(design, outcome, rcond=None)[0]
    r_squared = 1 - left.var() / outcome.var()
    assert row["r_squared"] == pytest.approx(r_squared) and row["sign"] == 1
    assert row["r_squared_adjusted"] == pytest.approx(1 - (1 - r_squared) * 199 / 195)
    assert row["vif"] == pytest.approx(np.linalg.inv(answers.corr())[0, 0])


def test_rows_and_columns_in_another_order_give_the_same():
    """Shuffled customers and drivers give the same table to the last bit; another seed gives other intervals."""
    answers, outcome = simulate(used=0.8)
    table = estimate_drivers(answers, outcome)
    shuffled = answers.sample(frac=1, random_state=3)[["ad", "web", "pay", "cart"]]
    pd.testing.assert_frame_equal(table, estimate_drivers(shuffled, outcome), check_exact=True)
    assert not table["lo"].equals(estimate_drivers(answers, outcome, seed=1)["lo"])


def test_weights_count():
    """Weights change the shares; the unweighted ones stand beside them; equal weights change nothing."""
    answers, outcome = simulate()
    weights = pd.Series(np.where(answers["ad"] > 0, 9.0, 1.0), index=answers.index)
    plain, weighted = estimate_drivers(answers, outcome), estimate_drivers(answers, outcome, weights=weights)
    values = plain.set_index("driver")["value"].to_dict()
    assert weighted.set_index("driver")["unweighted"].to_dict() == pytest.approx(values)
    assert not np.allclose(weighted["value"], weighted["unweighted"])
    even = estimate_drivers(answers, outcome, weights=weights * 0 + 2)
    assert even["lo"].to_numpy() == pytest.approx(plain["lo"].to_numpy())


def test_a_driver_that_cannot_be_compared_says_why():
    """A driver with few answers, without variance, or with a pair under 50 keeps a row without numbers and says why."""
    answers, outcome = simulate()
    answers["fax"], answers["shop"] = answers["ad"].where(np.arange(400) < 40), 3.0
    answers["web"] = answers["web"].where(np.arange(400) < 80)
    answers["ad"] = answers["ad"].where(np.arange(400) >= 40)
    method = estimate_drivers(answers, outcome, bootstraps=5).set_index("driver")["method"]
    assert method["fax"] == "left out: 40 customers rated it and gave the outcome (50 needed)"
    assert method["shop"] == "left out: no variance: all 400 answers are the same"
    assert method["web"] == "left out: the pair 'web' x 'ad' has 40 customers (50 needed)"


def test_nearly_the_same_drivers_are_named():
    """Two drivers that correlate .99 stay, and each names the other."""
    answers, outcome = simulate()
    table = estimate_drivers(answers.assign(site=answers["web"] * 2), outcome, bootstraps=5).set_index("driver")
    assert table.at["web", "method"].endswith("; 'web' and 'site' correlate 1.00: merge them")
    assert table.at["web", "value"] == pytest.approx(table.at["site", "value"])


@pytest.mark.parametrize(("n", "drivers", "need"), [(49, 4, "50"), (60, 7, "70")])
def test_too_few_customers_are_refused(n, drivers, need):
    """Under max(50, 10 a driver) customers nothing is said."""
    answers = pd.DataFrame(np.random.default_rng(0).normal(size=(n, drivers)))
    with pytest.raises(TooFewAnswers, match=f"needs {need} and has {n}"):
        estimate_drivers(answers, answers.sum(axis=1))


def test_an_outcome_that_does_not_vary_is_refused():
    """When everybody gave the same outcome there is nothing to explain."""
    answers, outcome = simulate()
    with pytest.raises(TooFewAnswers, match="different values of the outcome"):
        estimate_drivers(answers, outcome * 0)


def test_drivers_leave_their_input_alone():
    """Answers and outcome are the same after the estimate."""
    answers, outcome = simulate(used=0.8)
    before = answers.copy(), outcome.copy()
    estimate_drivers(answers, outcome, bootstraps=5)
    pd.testing.assert_frame_equal(answers, before[0])
    pd.testing.assert_series_equal(outcome, before[1])


def test_nobody_and_people_of_weight_0_are_refused():
    """Empty tables, and customers who all weigh 0, give a sentence; neither is counted as an answer."""
    answers, outcome = simulate()
    with pytest.raises(TooFewAnswers, match="customers with the outcome. needs 50 and has 0"):
        estimate_drivers(answers.head(0), outcome.head(0))
    weights = pd.Series(0.0, index=answers.index).mask(np.arange(400) < 20, 1.0)
    with pytest.raises(TooFewAnswers, match="needs 50 and has 20"):
        estimate_drivers(answers, outcome, weights=weights)
