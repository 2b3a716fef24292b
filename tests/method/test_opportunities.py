"""Opportunities: RICE from what the steps found, with its limits."""

import pandas as pd
import pytest

from cjm_helpers.method.opportunities import rank_opportunities

NAN = float("nan")
THEME = {
    "touchpoint_id": "pay", "code_id": "refused", "k": 40.0, "n": 100.0, "value": 0.4, "severity": 3.0,
    "feedback_ids": "f1;f2",
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
    idea = {"effort": 2, "touchpoint_id": "pay"}
    assert rank(idea, event_counts=pd.DataFrame(COUNTS), window_days=45.5)["reach"].tolist() == [600]


def test_few_customers_halve_confidence(rank):
    """A share from fewer than 30 customers gives a confidence of at most .5."""
    few = {**THEME, "n": 20.0}
    idea = {"effort": 2, "code_ids": "refused", "touchpoint_id": "pay"}
    assert rank(idea, themes=[few], event_counts=pd.DataFrame(COUNTS))["confidence"].tolist() == [0.5]


@pytest.mark.parametrize("change", [{"effort": NAN}, {"effort": 0}, {"reach": NAN}])
def test_what_is_unknown_has_no_rank(rank, change):
    """Without effort or reach there is neither score nor rank, and known ideas are ranked all the same."""
    ranking = rank({**GIVEN, **change}, GIVEN).set_index("opportunity_id")
    assert ranking.loc["o1", ["score", "rank"]].isna().all()
    assert ranking.loc["o2", "rank"] == 1


def test_a_hidden_share_leaves_reach_unknown(rank):
    """An idea against a pain whose share is suppressed does not reach everybody."""
    hidden = {**THEME, "k": NAN, "value": NAN, "severity": NAN, "feedback_ids": ""}
    idea = {"effort": 1, "code_ids": "refused", "touchpoint_id": "pay"}
    row = rank(idea, themes=[hidden], event_counts=pd.DataFrame(COUNTS)).iloc[0]
    assert pd.isna(row["reach"]) and pd.isna(row["rank"])


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
