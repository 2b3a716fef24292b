"""Penalty and reward: planted classes are found, and small groups say nothing."""

from types import SimpleNamespace as Metric

import numpy as np
import pandas as pd
import pytest

from cjm_helpers.errors import NumberRefused, TooFewAnswers
from cjm_helpers.method.categories import contrast_penalty_reward

METRICS = {"csat": Metric(min=1, max=5, better="higher"), "nps": Metric(min=0, max=10, better="higher")}
REGRET = METRICS | {"nps": Metric(min=0, max=10, better="lower")}
PLANTED = {"pay": (-3, 0), "gift": (0, 3), "ship": (-2, 2), "ad": (0, 0)}  # what 1 costs and what 5 gives
CLASSES = {"ad": "no evidence", "gift": "excitement", "pay": "basic", "ship": "performance"}


@pytest.fixture
def survey(make_table):
    """Return the answers of n customers to four touchpoints, and an outcome that they move as planted."""

    def make(n: int = 1200) -> pd.DataFrame:
        random = np.random.default_rng(2)
        scores = {place: random.integers(1, 6, size=n) for place in PLANTED}
        whole = 5 + random.normal(size=n) * 0.3
        for place, (cost, gain) in PLANTED.items():
            whole += np.select([scores[place] == 1, scores[place] == 5], [cost, gain], 0) / 2
        told = {**scores, "": np.clip(whole, 0, 10)}
        rows = [
            {"customer_id": f"c{i:04}", "touchpoint_id": place, "metric": "csat" if place else "nps", "score": score}
            for place, said in told.items()
            for i, score in enumerate(said)
        ]
        return make_table("responses", rows)

    return make


def contrast(responses, *, metrics=METRICS, **options) -> pd.DataFrame:
    """Contrast on the likelihood to recommend."""
    table = contrast_penalty_reward(responses, metrics=metrics, emotion=["csat"], outcome="nps", **options)
    return table.set_index("touchpoint_id")


def test_planted_classes_are_found(survey):
    """What only costs is basic, what only gives is excitement, what does both is performance, in points of 0-10."""
    table = contrast(survey())
    assert table["contrast_class"].to_dict() == CLASSES
    assert table.loc["pay", ["penalty", "reward", "difference"]].tolist() == pytest.approx([-1.5, 0, 1.5], abs=0.25)
    for name in ("penalty", "reward", "difference"):
        assert table[name].between(table[f"{name}_lo"], table[f"{name}_hi"]).all()


def test_what_never_costs_is_not_basic(survey):
    """Where the best answer goes with a worse journey and the worst one with no change, nothing is basic."""
    answers = survey()
    told = answers.set_index("customer_id")["score"].where(answers["touchpoint_id"].eq("").to_numpy()).dropna()
    shone = answers.loc[answers["touchpoint_id"].eq("ad") & answers["score"].eq(5), "customer_id"]
    told.loc[shone] -= 2
    answers.loc[answers["touchpoint_id"] == "", "score"] = told.clip(0, 10).to_numpy()
    row = contrast(answers).loc["ad"]
    assert row["difference_lo"] > 0 and row["penalty_hi"] > 0 and row["contrast_class"] == "no evidence"


def test_better_is_plus_whichever_way_the_outcome_runs(survey):
    """Where 10 is the worst, what lifts the outcome is a penalty, and costs turn into gains."""
    table = contrast(survey(), metrics=REGRET)
    assert table.at["gift", "penalty"] == pytest.approx(0, abs=0.25) and table.at["gift", "reward"] < -1
    assert table.at["pay", "penalty"] > 1


def test_fewer_than_thirty_at_an_end_say_nothing(survey):
    """With 29 worst answers a touchpoint keeps its counts and loses every number; method says what is missing."""
    answers = survey()
    worst = answers[answers["touchpoint_id"].eq("pay") & answers["score"].eq(1)]
    row = contrast(answers.drop(worst.index[29:])).loc["pay"]
    assert row["contrast_class"] == "too few" and row["method"] == "too few answers: 29 low (30 needed)"
    assert row["n_low"] == 29 and row.filter(regex="penalty|reward|difference").isna().all()
    assert contrast(answers.drop(worst.index[30:])).at["pay", "contrast_class"] == "basic"


def test_ends_can_be_wider(survey):
    """With a quarter of the scale at each end, 1 and 2 stand against 4 and 5."""
    answers = survey()
    paid = answers[answers["touchpoint_id"] == "pay"]["score"]
    row = contrast(answers, tail=0.25).loc["pay"]
    assert (row["n_low"], row["n_high"]) == (paid.le(2).sum(), paid.ge(4).sum())


def test_weights_are_heard(survey):
    """A customer of weight 0 counts for nothing, and unlike weights move the figures."""
    answers = survey()
    heavy = answers.assign(weight=1.0 + (answers["customer_id"] < "c0600"))
    assert contrast(heavy).at["pay", "penalty"] != contrast(answers).at["pay", "penalty"]
    without = contrast(answers.assign(weight=1.0 * (answers["customer_id"] < "c0600")))
    pd.testing.assert_frame_equal(without, contrast(answers[answers["customer_id"] < "c0600"].assign(weight=1.0)))


def test_what_cannot_be_contrasted_is_refused(survey):
    """Ends that meet leave no middle, and without an outcome there is nothing to contrast."""
    with pytest.raises(NumberRefused, match="tail = 0.5"):
        contrast(survey(10), tail=0.5)
    with pytest.raises(TooFewAnswers, match="customers with an outcome"):
        contrast(survey(10).query("touchpoint_id != ''"))


def test_order_changes_nothing_and_input_stays(survey):
    """Shuffled answers give the same table to the last bit, and stay as they were."""
    answers = survey(300)
    shuffled = answers.sample(frac=1, random_state=4)
    before = shuffled.copy()
    pd.testing.assert_frame_equal(contrast(shuffled), contrast(answers), check_exact=True)
    pd.testing.assert_frame_equal(shuffled, before)
