"""The order of ideas: RICE from what the steps found, with its limits and how firmly it holds."""

import pandas as pd
import pytest

from cjm_helpers.errors import FaultsFound
from cjm_helpers.method.opportunities import rank_opportunities

NAN = float("nan")
THEME = {
    "touchpoint_id": "pay", "code_id": "refused", "k": 40.0, "n": 100.0, "value": 0.4, "lo": 0.31, "hi": 0.5,
    "severity": 3.0, "feedback_ids": "f1;f2",
}  # fmt: skip
GIVEN = {"effort": 4.0, "reach": 2000.0, "impact": 2.0, "confidence": 0.8, "touchpoint_id": "pay"}
COUNTS = {"touchpoint_id": ["pay"], "channel": ["App"], "touchpoint_customers": [300]}


@pytest.fixture
def rank(make_table):
    """Rank ideas given as dicts; what the steps found may be given too."""

    def run(*ideas, themes=(THEME,), **found):
        rows = [{"opportunity_id": f"o{i}", "statement": "Say why", **idea} for i, idea in enumerate(ideas, start=1)]
        return rank_opportunities(
            make_table("opportunities", rows), themes=pd.DataFrame(themes, columns=list(THEME)), **found
        )

    return run


def test_rice_is_the_product_over_effort(rank):
    """2000 x 2 x .8 / 4 = 800 (methods.md section 9, by hand)."""
    assert rank(GIVEN)["score"].tolist() == [800.0]


def test_equal_scores_share_a_rank(rank):
    """Two equal ideas are both second, the next is fourth."""
    ranking = rank(GIVEN, {**GIVEN, "reach": 9000}, GIVEN, {**GIVEN, "reach": 1})
    assert ranking.set_index("opportunity_id")["rank"].to_dict() == {"o2": 1, "o1": 2, "o3": 2, "o4": 4}


def test_blank_columns_are_computed(rank):
    """Reach is customers at the touchpoint times the share of the pain, impact follows class x severity."""
    impact = pd.DataFrame({"touchpoint_id": ["pay"], "impact_class": ["high"]})
    idea = {"effort": 2, "code_ids": "refused", "touchpoint_id": "pay"}
    row = rank(idea, impact=impact, event_counts=pd.DataFrame(COUNTS), window_days=91).iloc[0]
    assert (row["reach"], row["impact"], row["confidence"], row["grade"]) == (pytest.approx(120), 3, 1.0, "A")
    assert row["evidence_ids"] == "f1;f2"


def test_reach_is_scaled_to_a_quarter(rank):
    """A log of half a quarter counts double."""
    idea = {"effort": 2, "touchpoint_id": "pay", "evidence_ids": "f1"}
    assert rank(idea, event_counts=pd.DataFrame(COUNTS), window_days=45.5)["reach"].tolist() == [600]


def test_an_idea_that_rests_on_nothing_reaches_nobody_known(rank):
    """Without a pain point and without evidence an idea has no reach, else it would beat those that have some."""
    idea = rank({"effort": 2, "touchpoint_id": "pay"}, event_counts=pd.DataFrame(COUNTS)).iloc[0]
    assert pd.isna(idea["rank"]) and "Its reach is not known" in idea["sentence"]


def test_few_customers_halve_confidence(rank):
    """A share from fewer than 30 customers gives a confidence of at most .5."""
    few = {**THEME, "n": 20.0}
    idea = {"effort": 2, "code_ids": "refused", "touchpoint_id": "pay"}
    assert rank(idea, themes=[few], event_counts=pd.DataFrame(COUNTS))["confidence"].tolist() == [0.5]


@pytest.mark.parametrize("change", [{"effort": NAN}, {"reach": NAN}])
def test_what_is_unknown_has_no_rank(rank, change):
    """Without effort or reach there is neither score nor rank, and known ideas are ranked all the same."""
    ranking = rank({**GIVEN, **change}, GIVEN).set_index("opportunity_id")
    assert ranking.loc["o1", ["score", "score_lo", "rank", "rank_hi", "p_top3", "tier"]].isna().all()
    assert "so it has no rank." in ranking.loc["o1", "sentence"]
    assert ranking.loc["o2", "rank"] == 1


def test_a_hidden_share_leaves_reach_unknown(rank):
    """An idea against a pain whose share is suppressed does not reach everybody."""
    hidden = {**THEME, "k": NAN, "value": NAN, "severity": NAN, "feedback_ids": ""}
    idea = {"effort": 1, "code_ids": "refused", "touchpoint_id": "pay"}
    row = rank(idea, themes=[hidden], event_counts=pd.DataFrame(COUNTS)).iloc[0]
    assert row[["reach", "reach_lo", "reach_hi", "n", "score", "rank", "mean_rank", "value_level"]].isna().all()
    assert row["changes_first"] == ""


def test_an_idea_without_touchpoint_goes_where_its_pain_is(rank):
    """It stands where most people name one of its codes."""
    elsewhere = {**THEME, "touchpoint_id": "ad", "k": 3.0}
    assert rank({"effort": 1, "code_ids": "refused"}, themes=[elsewhere, THEME])["touchpoint_id"].tolist() == ["pay"]


def test_finished_ideas_are_left_out(rank):
    """Done and dropped ideas are no opportunity any more."""
    assert rank({**GIVEN, "status": "done"}, {**GIVEN, "status": "dropped"}).empty


def test_nothing_behind_an_idea_is_grade_d(rank):
    """An idea without pain point and evidence is an assumption; one with an id is not."""
    ranking = rank({"effort": 1, "touchpoint_id": "pay"}, {"effort": 1, "touchpoint_id": "pay", "evidence_ids": "f1"})
    assert ranking.set_index("opportunity_id")["grade"].to_dict() == {"o1": "D", "o2": "C"}


def test_levels_are_thirds_and_months(rank):
    """Value stands in thirds of the ideas, effort is little to one person-month and much beyond three."""
    ranking = rank(*({**GIVEN, "reach": reach, "effort": effort} for reach, effort in ((10, 1), (100, 3), (1000, 4))))
    levels = ranking.set_index("opportunity_id")[["value_level", "effort_level"]]
    assert levels.sort_index().values.tolist() == [[1, 1], [2, 2], [3, 3]]


def test_reach_takes_the_interval_of_the_share(rank):
    """Reach is as sure as the share it rests on, and the score as unsure as all its figures."""
    idea = {"effort": 2, "code_ids": "refused", "touchpoint_id": "pay"}
    row = rank(idea, event_counts=pd.DataFrame(COUNTS)).iloc[0]
    assert row[["reach", "reach_lo", "reach_hi", "n"]].tolist() == pytest.approx([120, 93, 150, 100])
    assert row["score_lo"] < row["score"] * 93 / 120 and row["score_hi"] > row["score"] * 150 / 120


def test_places_say_how_firm_they_are(rank):
    """Ten times the reach is a tier of its own; equals trade places."""
    ranking = rank({**GIVEN, "reach": 20_000}, GIVEN, GIVEN).set_index("opportunity_id")
    assert ranking["tier"].to_dict() == {"o1": 1, "o2": 2, "o3": 2}
    assert ranking.loc["o2", ["rank", "rank_lo", "rank_hi"]].tolist() == [2, 2, 3]
    assert ranking["p_top3"].tolist() == [1, 1, 1]
    assert ranking["mean_rank"].tolist() == pytest.approx([1, 2.5, 2.5], abs=0.05)


def test_wrong_numbers_are_refused_together(rank):
    """Each number outside its range is named with its idea and what to do (methods.md section 9)."""
    with pytest.raises(FaultsFound) as refused:
        rank({**GIVEN, "confidence": 80}, {**GIVEN, "effort": 0}, {**GIVEN, "reach": -5, "impact": 4})
    said = str(refused.value)
    assert "column effort: It must be above 0 (o2 = 0). Write person-months" in said
    assert "column confidence: It must be 0 to 1 (o1 = 80). Write 0.8 for 80%" in said
    assert "(o3 = -5)" in said and "(o3 = 4)" in said


@pytest.mark.parametrize(
    ("idea", "sentence"),
    [
        ({}, "o1 has no evidence id: grade D. Its confidence of 0.8 is stated; the evidence would give 0.2."),
        ({"evidence_ids": "f1", "confidence": 0.5}, ""),
        ({"evidence_ids": "f1", "confidence": NAN}, ""),
        ({"evidence_ids": "f1", "confidence": 0.4, "counter_evidence_ids": "f2;f3"}, "2 rows of evidence speak"),
        (
            {"evidence_ids": "f1", "confidence": 0.4, "counter_evidence_ids": "f2"},
            "1 row of evidence speaks against it.",
        ),
    ],
)
def test_a_sentence_says_what_a_score_lacks(rank, idea, sentence):
    """Missing evidence, confidence beyond the evidence and rows that speak against it are said."""
    said = rank({**GIVEN, **idea})["sentence"].iloc[0]
    assert said.startswith(sentence) and bool(said) == bool(sentence)


def test_few_customers_are_said(rank):
    """Where a small sample halves confidence the row says so."""
    few = {**THEME, "n": 20.0}
    idea = {"effort": 2, "code_ids": "refused", "touchpoint_id": "pay"}
    said = rank(idea, themes=[few], event_counts=pd.DataFrame(COUNTS))["sentence"].tolist()
    assert said == ["Its reach rests on fewer than 30 customers, so confidence is at most 0.5."]


def test_order_of_rows_changes_nothing(rank, make_table):
    """Ideas and themes in another order give the same table, and stay as they were."""
    rows = [{"opportunity_id": f"o{i}", "effort": i, "code_ids": "refused;slow"} for i in (1, 2, 3)]
    themes = pd.DataFrame([THEME, {**THEME, "touchpoint_id": "ad"}, {**THEME, "code_id": "slow", "n": 50.0}])
    ideas, counts = make_table("opportunities", rows), pd.DataFrame(COUNTS)
    before = ideas.copy(), themes.copy()
    ranking = rank_opportunities(ideas, themes=themes, event_counts=counts)
    turned = rank_opportunities(ideas[::-1], themes=themes[::-1], event_counts=counts)
    pd.testing.assert_frame_equal(ranking, turned)
    pd.testing.assert_frame_equal(ideas, before[0])
    pd.testing.assert_frame_equal(themes, before[1])


def test_the_example_repairs_its_payment_first(found):
    """The planted trouble of the checkout comes first, in a tier with what is cheap, and p_top3 adds up."""
    ranking = found.ranking
    assert ranking.loc[0, "touchpoint_id"] == "payment" and ranking.loc[0, "tier"] == 1
    assert ranking["p_top3"].sum() == pytest.approx(3)
    assert ranking["rank"].between(ranking["rank_lo"], ranking["rank_hi"]).all()
    assert ranking["changes_first"].str.len().gt(0).all()
