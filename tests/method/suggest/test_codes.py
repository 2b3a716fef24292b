"""Tests of suggested codes: what nobody read, in the order to read it, with the words that spoke for each code."""

import pandas as pd
import pytest
from method.coded import BOOK, code_all, speak

from cjm_helpers.method.suggest import check_suggestions, suggest_codes


@pytest.fixture
def made(tables):
    """A study with three hundred verbatims coded and a hundred unread ones, some without words."""
    said, is_slow = speak(300)
    unread, _ = speak(100, seed=5, start=1000)
    blank = [row | {"feedback_id": f"b{i}", "text": ""} for i, row in enumerate(unread[:3])]
    return tables([*said, *unread, *blank], code_all(said, is_slow), codebook=BOOK)


def suggest(made: dict, **options) -> pd.DataFrame:
    """Suggest codes for what nobody read."""
    return suggest_codes(
        made["feedback"], made["codings"], codebook=made["codebook"], decisions=made["decisions"], **options
    )


def test_every_unread_verbatim_with_words_is_answered(made):
    """A hundred unread verbatims have a row, those without a code "none"; read ones and blank ones have none."""
    suggested = suggest(made)
    assert sorted(suggested["feedback_id"]) == sorted(f"f{i}" for i in range(1000, 1100))
    assert set(suggested["code_id"]) == {"slow", "none"}
    given = suggested[suggested["code_id"] == "slow"]
    assert (given["probability"] >= given["threshold"]).all() and given["label"].eq("Slow pages").all()


def test_suggestions_are_right_and_give_their_words(made):
    """The code stands where its words are, and those are the words that are named."""
    suggested = suggest(made)
    _, is_slow = speak(100, seed=5)
    truth = dict(zip((f"f{i}" for i in range(1000, 1100)), is_slow))
    given = suggested[suggested["code_id"] == "slow"]
    assert given["feedback_id"].map(truth).mean() > 0.85
    assert given["words"].str.contains("slow").mean() > 0.95 and suggested["words"].str.count(";").max() <= 2


def test_words_of_those_who_may_not_be_quoted_are_not_named(made):
    """Whoever said no to being quoted is read by a person, and no word of theirs stands in the table."""
    refused = made["feedback"].assign(consent="no")
    assert suggest(made | {"feedback": refused})["words"].eq("").all()


def test_the_least_certain_is_read_first(made):
    """Apart from the audit sample, the gap to the threshold grows with the place in the queue."""
    suggested = suggest(made)
    queue = suggested[~suggested["is_audit"]]
    assert queue["distance"].is_monotonic_increasing and suggested["place"].tolist() == list(range(1, 101))


def test_one_in_ten_is_audited_evenly(made):
    """About a tenth is audited, spread over the whole queue, and the note says so."""
    suggested = suggest(made)
    audited = suggested[suggested["is_audit"]]
    assert 4 <= len(audited) <= 18 and audited["place"].min() <= 20 and audited["place"].max() >= 80
    assert audited["note"].str.endswith("; audit: read blind").all()
    assert not suggested.loc[~suggested["is_audit"], "note"].str.contains("audit").any()


def test_new_feedback_leaves_the_audit_sample(made, tables):
    """Verbatims that come in later, and another order of rows, change nobody's place in the audit."""
    first = suggest(made).set_index("feedback_id")["is_audit"]
    later, _ = speak(50, seed=7, start=5000)
    more = pd.concat([tables(later)["feedback"], made["feedback"].iloc[::-1]], ignore_index=True)
    again = suggest(made | {"feedback": more}).set_index("feedback_id")["is_audit"]
    assert len(again) == 150 and again[first.index].equals(first)


def test_the_note_says_probability_and_threshold(made):
    """The note is what machine.csv keeps; where both figures look alike it shows one more digit."""
    suggested = suggest(made)
    given = suggested[(suggested["code_id"] == "slow") & ~suggested["is_audit"]]
    assert given["note"].str.fullmatch(r"probability [01]\.\d{2,3}, suggested from 0\.\d{2,3}").all()
    near = given[given["distance"] < 0.005]
    assert near["note"].str.fullmatch(r"probability 0\.\d{3}, suggested from 0\.\d{3}").all()
    none = suggested[(suggested["code_id"] == "none") & ~suggested["is_audit"]]
    assert none["note"].str.fullmatch(r"nothing suggested, nearest code 0\.\d{3} below its threshold").all()


def test_only_codes_that_earned_it_are_suggested(made):
    """With another verdict a code is never suggested: nothing is left, and the table keeps its columns."""
    tables = {"codebook": made["codebook"], "decisions": made["decisions"]}
    checked = check_suggestions(made["feedback"], made["codings"], **tables, bootstraps=100)
    assert len(suggest(made, checked=checked)) == 100
    refused = suggest(made, checked=checked.assign(verdict="keyword rule is as good"))
    assert refused.empty and refused.columns.tolist()[:2] == ["feedback_id", "code_id"]


def test_where_all_is_read_nothing_is_suggested(made):
    """A study without unread verbatims gets an empty table."""
    read = made["feedback"][made["feedback"]["feedback_id"].isin(made["codings"]["feedback_id"])]
    assert suggest(made | {"feedback": read}).empty


def test_two_runs_give_the_same_bytes(made):
    """Suggesting again gives the same rows, notes and order."""
    assert suggest(made).to_csv() == suggest(made).to_csv()
