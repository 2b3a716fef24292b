"""Categories: derived impact finds what was planted, and places touchpoints only where the data decide."""

from types import SimpleNamespace as Metric

import numpy as np
import pandas as pd
import pytest

from cjm_helpers.errors import TooFewAnswers
from cjm_helpers.method.categories import derive_impact, place_importance_performance

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


def test_too_few_customers_are_refused(survey):
    """Under 50 customers derived impact says nothing, and neither does a study without an outcome."""
    with pytest.raises(TooFewAnswers, match="needs 50 and has 40"):
        derive(survey(40))
    for outcome in ("", "regret"):
        with pytest.raises(TooFewAnswers, match="customers with an outcome"):
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


def place(values, *, half: float = 0.0) -> pd.DataFrame:
    """Return values with intervals of a half width, one touchpoint each."""
    table = pd.DataFrame({"touchpoint_id": list("abcd"), "value": values})
    return table.assign(lo=table["value"] - half, hi=table["value"] + half)


def test_four_quadrants():
    """Shares .40 .30 .20 .10, performance 6, 8.5, 5, 9: cuts .25 and 7.125, one in each quadrant (by hand)."""
    table = place_importance_performance(place([0.4, 0.3, 0.2, 0.1]), place([6, 8.5, 5, 9]))
    assert table.loc[0, ["cut_importance", "cut_performance"]].tolist() == pytest.approx([0.25, 7.125])
    assert table["quadrant"].tolist() == [
        "concentrate here", "keep up the good work", "low priority", "possible overkill",
    ]  # fmt: skip


def test_an_interval_across_a_crosshair_is_undecided():
    """Shares known to .07 cannot tell .30 from the cut at .25; without an interval nothing is told at all."""
    performance = place([6, 8.5, 5, 9], half=0.1)
    table = place_importance_performance(place([0.4, 0.3, 0.2, 0.1], half=0.07), performance)
    assert table["quadrant"].tolist() == ["concentrate here", "undecided", "undecided", "possible overkill"]
    table = place_importance_performance(place([0.4, 0.3, 0.2, 0.1], half=np.nan), performance)
    assert table["quadrant"].eq("undecided").all()


def test_only_touchpoints_with_both_are_placed():
    """A suppressed feeling or a share left out cannot be placed."""
    table = place_importance_performance(place([0.6, 0.4, np.nan, 0.1]), place([1, np.nan, 2, 3]))
    assert table["touchpoint_id"].tolist() == ["a", "d"]
