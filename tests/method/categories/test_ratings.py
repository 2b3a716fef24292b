"""Stated impact: what raters say is summed up with who says it, and set against the sheet."""

import numpy as np
import pandas as pd
import pytest

from cjm_helpers.method.categories import summarise_ratings


def rate(touchpoint_id: str, rater_id: str, **said) -> dict:
    """Return one row of touchpoint_ratings."""
    return {"touchpoint_id": touchpoint_id, "rater_id": rater_id, **said}


@pytest.fixture
def sheet(make_table):
    """A sheet with three touchpoints."""
    places = [("ad", "digital", "Notice"), ("pay", "digital", "Buy"), ("desk", "human", "Buy")]
    return make_table(
        "touchpoints", [dict(zip(("touchpoint_id", "type", "stage"), place, strict=True)) for place in places]
    )


@pytest.fixture
def ratings(make_table):
    """Three raters of two touchpoints; nobody rated the third."""
    pay, ad = {"type": "digital", "stage": "Buy"}, {"stage": "Notice", "satisfaction_impact": 2}
    return make_table(
        "touchpoint_ratings",
        [
            rate("pay", "ben", **pay, satisfaction_impact=5, decision_impact=5),
            rate("pay", "anna", **pay, satisfaction_impact=4, decision_impact=1),
            rate("pay", "chiara", type="human", stage="Use", satisfaction_impact=4, decision_impact=5),
            rate("ad", "anna", **ad, type="digital"),
            rate("ad", "ben", **ad, type="physical"),
        ],
    )


def find(table: pd.DataFrame, touchpoint_id: str, outcome: str) -> pd.Series:
    """Return the row of a touchpoint and outcome."""
    return table.set_index(["touchpoint_id", "outcome"]).loc[(touchpoint_id, outcome)]


def test_the_mean_of_raters_has_its_interval_and_its_ends(ratings, sheet):
    """4, 5, 4: mean 4.333 with t 2.899 to 5.768, clipped to 5 (by hand); the ends name who stands there."""
    row = find(summarise_ratings(ratings, sheet), "pay", "satisfaction")
    assert (row["value"], row["lo"], row["hi"]) == pytest.approx((4.333, 2.899, 5), abs=0.0005)
    assert (row["n"], row["flag"], row["impact_class"], row["basis"]) == (3, "indicative", "high", "stated")
    assert (row["lowest"], row["lowest_by"], row["highest"], row["highest_by"]) == (4, "anna;chiara", 5, "ben")


def test_skewed_ratings_give_the_median(ratings, sheet):
    """1, 5, 5 is 5 in the middle, without an interval from three raters; the spread tells of the one who differs."""
    row = find(summarise_ratings(ratings, sheet), "pay", "decision")
    assert row["value"] == 5 and np.isnan(row["lo"]) and row["method"].startswith("median")
    assert (row["lowest"], row["lowest_by"]) == (1, "anna")


def test_type_and_stage_go_by_majority(ratings, sheet):
    """Two of three raters decide; where they are split evenly nobody does, and the sentence names who says what."""
    table = summarise_ratings(ratings, sheet)
    pay, ad = find(table, "pay", "decision"), find(table, "ad", "decision")
    assert pay[["type", "type_votes", "stage", "stage_votes"]].tolist() == ["digital", "2 of 3", "Buy", "2 of 3"]
    assert ad[["type", "type_votes", "stage", "stage_votes"]].tolist() == ["", "1 of 2", "Notice", "2 of 2"]
    assert pay["sentence"] == "" and ad["sentence"] == (
        "Raters do not agree on the type: 'digital' (anna) and 'physical' (ben)."
    )


def test_what_differs_from_the_sheet_is_said(ratings, sheet):
    """Where most raters see it otherwise than the sheet, a sentence says both."""
    other = sheet.assign(type="human", stage=sheet["stage"].replace("Buy", "Use"))
    assert find(summarise_ratings(ratings, other), "pay", "satisfaction")["sentence"] == (
        "The sheet gives the type 'human'; 2 of 3 raters say 'digital'. "
        "The sheet gives the stage 'Use'; 2 of 3 raters say 'Buy'."
    )


def test_nothing_is_dropped(ratings, sheet):
    """A touchpoint that nobody rated keeps its rows, and one that the sheet lacks stands at the end."""
    table = summarise_ratings(ratings.replace("ad", "poster"), sheet)
    assert table["touchpoint_id"].drop_duplicates().tolist() == ["ad", "pay", "desk", "poster"]
    row = find(table, "desk", "satisfaction")
    assert (row["n"], row["flag"], row["method"], row["impact_class"]) == (0, "suppressed", "no answers", "")
    assert (row["lowest_by"], row["type"], row["type_votes"], row["sentence"]) == ("", "", "", "")


def test_without_raters_there_is_a_table(make_table, sheet):
    """A study without ratings gives every touchpoint with n 0."""
    table = summarise_ratings(make_table("touchpoint_ratings", []), sheet)
    assert len(table) == 6 and table["n"].eq(0).all() and table["value"].isna().all()


def test_order_changes_nothing_and_input_stays(ratings, sheet):
    """Shuffled ratings give the same table, and both tables are untouched."""
    shuffled = ratings.sample(frac=1, random_state=2)
    before = shuffled.copy(), sheet.copy()
    pd.testing.assert_frame_equal(summarise_ratings(shuffled, sheet), summarise_ratings(ratings, sheet))
    pd.testing.assert_frame_equal(shuffled, before[0])
    pd.testing.assert_frame_equal(sheet, before[1])
