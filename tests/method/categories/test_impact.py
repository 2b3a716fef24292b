"""Derived impact finds what was planted, and says what the data cannot carry."""

from itertools import combinations
from math import factorial
from types import SimpleNamespace as Metric

import numpy as np
import pandas as pd
import pytest

from cjm_helpers.errors import ScoresOutsideScale, TooFewAnswers
from cjm_helpers.method.categories import derive_impact
from cjm_helpers.stats.drivers import lmg_shares

METRICS = {
    "csat": Metric(min=1, max=5, better="higher"),
    "nps": Metric(min=0, max=10, better="higher"),
    "regret": Metric(min=0, max=10, better="lower"),
}
PLANTED = {"pay": 3.0, "ship": 1.5, "web": 1.0, "ad": 0.3}


@pytest.fixture
def survey(make_table):
    """Return the answers of n customers to four touchpoints, and an outcome that they move as planted."""

    def make(n: int = 600, *, used: float = 0.8, noise: float = 3.0, outcome: str = "nps") -> pd.DataFrame:
        rng = np.random.default_rng(1)
        felt = rng.normal(size=(n, 1)) * 0.5 + rng.normal(size=(n, 4))
        whole = felt @ list(PLANTED.values()) + noise * rng.normal(size=n)
        scores = np.clip(np.round(3 + felt), 1, 5)
        overall = np.clip(np.round(5 + whole * (-0.6 if outcome == "regret" else 0.6)), 0, 10)
        rows = [(f"c{i:04}", "", outcome, overall[i]) for i in range(n)]
        rows += [
            (f"c{i:04}", place, "csat", scores[i, j])
            for i in range(n) for j, place in enumerate(PLANTED) if rng.random() < used
        ]  # fmt: skip
        return make_table("responses", pd.DataFrame(rows, columns=["customer_id", "touchpoint_id", "metric", "score"]))

    return make


def derive(responses, **options) -> pd.DataFrame:
    """Derive impact on the outcome that was asked."""
    outcome = options.pop("outcome", "nps")
    return derive_impact(responses, metrics=METRICS, emotion=("csat",), outcome=outcome, **options)


def test_planted_impact_is_found(survey):
    """Touchpoints come out in the order planted, payment high and the advert low; shares sum to 1 within intervals."""
    table = derive(survey())
    assert table["touchpoint_id"].tolist() == list(PLANTED) and table["flag"].eq("reportable").all()
    assert table["impact_class"].tolist() == ["high", "medium", "low", "low"]
    assert table["value"].sum() == pytest.approx(1) and table["value"].between(table["lo"], table["hi"]).all()


def test_signs_point_to_the_better_end(survey):
    """A good payment page lowers regret, and as regret is better when lower, its sign is plus."""
    table = derive(survey(outcome="regret"), outcome="regret")
    assert table.iloc[0]["touchpoint_id"] == "pay" and table.iloc[0]["sign"] == 1


def test_under_two_hundred_customers_only_ranks_have_intervals(survey):
    """150 customers make no league table: only the intervals of ranks stand, and method says why."""
    table = derive(survey(150))
    assert table[["value", "unweighted", "lo", "hi", "rank"]].isna().all(axis=None)
    assert table[["rank_lo", "rank_hi"]].notna().all(axis=None)
    assert table["impact_class"].eq("").all() and table["flag"].eq("indicative").all()
    assert table["touchpoint_id"].tolist() == sorted(PLANTED) and table["method"].str.contains("under 200").all()


def test_what_explains_too_little_is_not_ranked(survey):
    """When the drivers explain under a tenth of the outcome, nothing is ranked or classed, and method says why."""
    table = derive(survey(noise=40))
    assert table["r_squared"].iloc[0] < 0.1 and table["impact_class"].eq("").all()
    assert table["rank"].isna().all() and table["method"].str.contains("too little to rank").all()
    few = derive(survey(150, noise=40))
    assert few[["value", "rank", "rank_lo", "rank_hi"]].isna().all(axis=None)
    assert few["method"].str.endswith("; under 200 customers, so no shares; drivers explain too little to rank").all()


def test_too_few_customers_are_refused(survey):
    """Under 50 customers derived impact says nothing, and neither does a study without an outcome."""
    with pytest.raises(TooFewAnswers, match="needs 50 and has 40"):
        derive(survey(40))
    for outcome, remedy in (("", "in notebook 00, under 'Whose journey is it'"), ("regret", "Collect more answers")):
        with pytest.raises(TooFewAnswers, match=f"customers with an outcome.*{remedy}"):
            derive(survey(), outcome=outcome)


def test_a_touchpoint_with_few_answers_is_left_out_and_said(survey):
    """A touchpoint that 20 customers rated keeps its row without numbers; method says what is missing."""
    answers = survey()
    rare = answers[answers["touchpoint_id"].eq("ad")].head(20).assign(touchpoint_id="fax")
    row = derive(pd.concat([answers, rare]), bootstraps=5).set_index("touchpoint_id").loc["fax"]
    assert np.isnan(row["value"]) and row["flag"] == "suppressed" and row["impact_class"] == ""
    assert row["method"] == "left out: 20 customers rated it and gave the outcome (50 needed)" and row["n"] == 20


def test_anonymous_answers_are_not_joined(survey):
    """Rows without a customer cannot be joined to an outcome, so they change nothing."""
    answers = survey()
    anonymous = answers.assign(customer_id="", score=1.0)
    pd.testing.assert_frame_equal(derive(pd.concat([answers, anonymous]), bootstraps=5), derive(answers, bootstraps=5))


def test_weights_are_heard(survey):
    """Survey weights change the shares, and the unweighted ones stand beside them."""
    answers = survey().assign(weight=lambda rows: 1.0 + 4 * (rows["customer_id"] > "c0300"))
    table = derive(answers, bootstraps=5)
    plain = derive(answers.assign(weight=np.nan), bootstraps=5)
    assert table.set_index("touchpoint_id")["unweighted"].to_dict() == pytest.approx(
        plain.set_index("touchpoint_id")["value"].to_dict()
    )
    assert not np.allclose(table["value"], table["unweighted"])


def test_order_of_rows_changes_nothing_and_input_stays(survey):
    """Shuffled answers give the same table to the last bit, and are themselves untouched."""
    answers = survey()
    shuffled = answers.sample(frac=1, random_state=4)
    before = shuffled.copy()
    pd.testing.assert_frame_equal(derive(answers, bootstraps=20), derive(shuffled, bootstraps=20), check_exact=True)
    pd.testing.assert_frame_equal(shuffled, before)


def test_impact_on_the_base_counts_reach(survey):
    """Reach is the share of the customers who rated a touchpoint, and impact on the base is share times reach."""
    answers = survey()
    is_kept = answers["touchpoint_id"].ne("pay") | answers["customer_id"].lt("c0150")
    table = derive(answers[is_kept], bootstraps=5).set_index("touchpoint_id")
    rated = answers[is_kept & answers["touchpoint_id"].ne("")]
    assert table.at["pay", "reach"] == (rated["touchpoint_id"].eq("pay").sum()) / rated["customer_id"].nunique()
    assert table["base_impact"].to_numpy() == pytest.approx((table["value"] * table["reach"]).to_numpy())
    assert table["base_impact"].idxmax() == "ship" and table["value"].idxmax() == "pay"


def test_reach_hears_weights(survey):
    """Half of the customers never pay; where each of them counts for three, reach falls from a half to a quarter."""
    answers = survey(used=1.0).query("touchpoint_id != 'pay' or customer_id < 'c0300'")
    heavy = answers.assign(weight=1.0 + 2 * (answers["customer_id"] >= "c0300"))
    reach = [derive(rows, bootstraps=5).set_index("touchpoint_id").at["pay", "reach"] for rows in (answers, heavy)]
    assert reach == pytest.approx([0.5, 0.25])


def test_no_reach_betrays_a_share_that_was_held_back(survey):
    """Where shares are held back or a touchpoint is left out, impact on the base is held back too."""
    assert derive(survey(150), bootstraps=5)["base_impact"].isna().all()


def decide(share: float, *, n: int = 600, seed: int = 3) -> pd.Series:
    """Return who bought, about a share of n customers, at random."""
    is_bought = np.random.default_rng(seed).random(n) < share
    return pd.Series(is_bought.astype(float), index=[f"c{i:04}" for i in range(n)])


def test_a_decision_can_be_the_outcome(survey):
    """Who bought, given by customer, is read on a straight line; those who liked paying bought more often."""
    answers = survey()
    whole = answers[answers["touchpoint_id"] == ""].set_index("customer_id")["score"]
    table = derive(answers, decisions=(whole > 5).astype(int), outcome="bought")
    assert table.iloc[0]["touchpoint_id"] == "pay" and table["outcome"].eq("bought").all()
    assert table["method"].str.endswith(f"; a decision, {(whole > 5).mean():.0%} yes").all()
    assert table["flag"].eq("reportable").all()


def test_an_answer_of_yes_or_no_is_a_decision_too(survey):
    """An outcome that only took two values is read as a decision, whatever its scale."""
    answers = survey()
    is_whole = answers["touchpoint_id"] == ""
    answers["score"] = answers["score"].mask(is_whole, 10.0 * (answers["score"] > 5))
    assert derive(answers, bootstraps=5)["method"].str.contains("a decision, 4").all()


def test_a_rare_decision_is_said_to_be_one(survey):
    """Where 4% buy, a straight line only comes near: rows are indicative, and method says so."""
    table = derive(survey(), decisions=decide(0.04), bootstraps=5)
    assert table["method"].str.contains("a decision, 4% yes: outside 10% to 90%").all()
    assert table["flag"].eq("indicative").all()


def test_decisions_are_zero_or_one(survey):
    """A decision of 2 is refused, and so are decisions of nobody."""
    with pytest.raises(ScoresOutsideScale, match="A decision needs 0 .no. or 1 .yes.: 1 of 600"):
        derive(survey(), decisions=decide(0.5).mask(decide(0.5).index == "c0007", 2.0))
    with pytest.raises(ScoresOutsideScale, match="600 of 600"):
        derive(survey(), decisions=decide(0.5).map({0: "no", 1: "yes"}))
    with pytest.raises(TooFewAnswers, match="customers with an outcome"):
        derive(survey(), decisions=decide(0.5)[:0])


def share_by_mcfadden(drivers: np.ndarray, bought: np.ndarray) -> np.ndarray:
    """Return dominance by McFadden's R squared: the gain of each driver in logit models, averaged over all orders."""
    from statsmodels.discrete.discrete_model import Logit

    count = drivers.shape[1]
    subsets = [one for size in range(count + 1) for one in combinations(range(count), size)]
    ones = np.ones((len(bought), 1))
    fits = {one: Logit(bought, np.hstack([ones, drivers[:, one]])).fit(disp=0).llf for one in subsets}
    gains = np.zeros(count)
    for one in subsets:
        for place in set(range(count)) - set(one):
            weight = factorial(len(one)) * factorial(count - len(one) - 1) / factorial(count)
            gains[place] += weight * (fits[tuple(sorted((*one, place)))] - fits[one])
    return gains / gains.sum()


def test_a_straight_line_comes_near_mcfadden():
    """Where 6% buy, shares of the straight line lie within .04 of McFadden dominance, in the same order."""
    random = np.random.default_rng(5)
    drivers = random.normal(size=(1500, 4)) + 0.7 * random.normal(size=(1500, 1))
    bought = random.random(1500) < 1 / (1 + np.exp(4.3 - drivers @ [1, 0.6, 0.3, 0]))
    whole = np.corrcoef(np.column_stack([drivers, bought]), rowvar=False)
    straight, curved = lmg_shares(whole[:-1, :-1], whole[-1, :-1]), share_by_mcfadden(drivers, bought.astype(float))
    assert 0.04 < bought.mean() < 0.08 and (np.argsort(straight) == np.argsort(curved)).all()
    assert straight / straight.sum() == pytest.approx(curved, abs=0.04)
