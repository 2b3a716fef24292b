"""A workshop's votes: means over people, and how far the order hangs on voices and weights."""

import pandas as pd
import pytest

from cjm_helpers.errors import FaultsFound
from cjm_helpers.method.opportunities import rank_ice

NAN = float("nan")


def vote(*rows):
    """Make votes from (idea, person, impact, confidence, ease)."""
    return pd.DataFrame(rows, columns=["opportunity_id", "rater_id", "impact", "confidence", "ease"])


def test_ice_is_the_mean_of_three_questions():
    """Each person's mean of impact, confidence and ease, then the mean over people, by hand."""
    row = rank_ice(vote(("o1", "anna", 9, 6, 3), ("o1", "ben", 6, 6, 6))).iloc[0]
    assert row[["score", "impact", "confidence", "ease", "raters"]].tolist() == [6, 7.5, 6, 4.5, 2]
    assert (row["lowest"], row["highest"]) == (6, 6)


def test_an_order_that_hangs_on_weights_is_one_tier():
    """Ideas that win on other questions trade places; one that wins on all of them stands alone."""
    votes = vote(("o1", "anna", 9, 5, 2), ("o2", "anna", 2, 5, 8), ("o3", "anna", 10, 9, 9))
    table = rank_ice(votes).set_index("opportunity_id")
    assert table["tier"].to_dict() == {"o3": 1, "o1": 2, "o2": 2}
    assert table.loc["o3", ["rank_lo", "rank_hi"]].tolist() == [1, 1]
    assert table.loc["o2", ["rank_lo", "rank_hi"]].tolist() == [2, 3]


def test_an_order_that_hangs_on_one_voice_is_one_tier():
    """Two people who say the opposite leave the order open, whatever the means."""
    votes = vote(*[(idea, who, mark, mark, mark) for idea, who, mark in [
        ("o1", "anna", 10), ("o1", "ben", 2), ("o2", "anna", 3), ("o2", "ben", 8),
    ]])  # fmt: skip
    table = rank_ice(votes).set_index("opportunity_id")
    assert table["tier"].tolist() == [1, 1]
    assert table.loc["o1", "sentence"] == "anna gives 10.0 and ben 2.0: hear both before you rank it."


def test_what_is_not_counted_is_said():
    """A vote with an empty cell is left out and counted; an idea without a whole vote has no score."""
    votes = vote(("o1", "anna", 9, 9, 9), ("o1", "ben", 9, NAN, 9), ("o2", "ben", NAN, 1, 1))
    table = rank_ice(votes).set_index("opportunity_id")
    assert table["left_out"].to_dict() == {"o1": 1, "o2": 1} and table["raters"].to_dict() == {"o1": 1, "o2": 0}
    assert table["sentence"].to_dict() == {"o1": "One voice only: anna.", "o2": "Nobody voted on it completely."}
    assert table.loc["o2", ["score", "rank", "tier"]].isna().all()


def test_a_voice_that_did_not_vote_has_no_weight():
    """An idea on which only one of two people voted keeps that person's score in every draw."""
    votes = vote(("o1", "anna", 8, 8, 8), ("o2", "anna", 7, 7, 7), ("o2", "ben", 7, 7, 7))
    table = rank_ice(votes)
    assert table["opportunity_id"].tolist() == ["o1", "o2"] and table["mean_rank"].tolist() == [1, 2]


@pytest.mark.parametrize("mark", [0, 11, "much"])
def test_votes_run_from_one_to_ten(mark):
    """Anything else is refused with the idea it stands at."""
    with pytest.raises(FaultsFound, match=rf"column ease: It must be 1 to 10 \(o1 = {mark}\)"):
        rank_ice(vote(("o1", "anna", 5, 5, mark)))


def test_numbers_read_as_text_are_numbers():
    """A sheet that came as text gives the same table."""
    votes = vote(("o1", "anna", 5, 6, 7), ("o2", "anna", 9, 9, 9))
    pd.testing.assert_frame_equal(rank_ice(votes.astype("str")), rank_ice(votes))


def test_a_person_votes_once():
    """Two votes of a person on an idea are refused, for nobody can say which one counts."""
    with pytest.raises(FaultsFound, match="anna votes twice on o1"):
        rank_ice(vote(("o1", "anna", 5, 5, 5), ("o1", "anna", 6, 6, 6)))


def test_votes_in_any_order_give_the_same_table():
    """Neither rows nor the input are touched by the order."""
    votes = vote(("o1", "anna", 9, 5, 2), ("o2", "ben", 2, 5, 8), ("o1", "ben", 4, 4, 4))
    before = votes.copy()
    pd.testing.assert_frame_equal(rank_ice(votes), rank_ice(votes[::-1]))
    pd.testing.assert_frame_equal(votes, before)


def test_no_votes_give_an_empty_table():
    """A workshop that has not met yet has no order."""
    assert rank_ice(vote()).empty
