"""Rows of two people about one verbatim: how they count."""

import pandas as pd

from cjm_helpers.study.folder import check_study
from cjm_helpers.study.twins import find_disputed, join_twins, split_rows

FEEDBACK, LINK = "feedback_id,source,text\n", "feedback_id,touchpoint_id,decided_by\n"
LINKS = "worksheets/alignments.csv"
COLUMNS = ["feedback_id", "code_id", "applies", "decided_by", "reason"]


def table(*rows):
    return pd.DataFrame([row.split(",") for row in rows], columns=COLUMNS, dtype="str")


def test_names_and_reasons_are_each_said_once():
    """The joined row stands where the first one stood; empty names and reasons add nothing."""
    rows = table("f1,slow,yes,anna;ben,So.", "f2,rude,no,,", "f1,slow,yes,ben;eve,", "f1,slow,yes,,So.")
    joined = join_twins(rows, "coding_decisions")
    assert joined.values.tolist() == [["f1", "slow", "yes", "anna;ben;eve", "So."], ["f2", "rude", "no", "", ""]]


def test_decisions_on_two_codes_are_no_twins():
    """The key of a decision is verbatim and code, so that different answers on two codes are no dispute."""
    rows = table("f1,slow,yes,anna,", "f1,rude,no,anna,")
    assert join_twins(rows, "coding_decisions") is rows and find_disputed(rows, "coding_decisions").empty


def test_a_dispute_of_three_rows_stays_whole():
    """Where two agree and a third does not, all three are in dispute; rows of other codes count."""
    rows = table("f1,slow,yes,anna,", "f1,slow,yes,ben,", "f1,slow,no,eve,", "f1,rude,no,eve,")
    counted, disputed = split_rows(rows.to_dict("records"), "coding_decisions")
    assert [row["code_id"] for row in counted] == ["rude"] and len(disputed) == 3


def test_other_tables_keep_their_fault():
    """Where git does not put rows together, two rows with one id are a mistake, which the checks say."""
    rows = pd.DataFrame({"goal_id": ["g1", "g1"]})
    assert join_twins(rows, "goals") is rows


def test_many_disputes_are_one_caution(change):
    """Of the first five both answers are said, of the others the verbatims."""
    said = FEEDBACK + "".join(f"f{n},survey,Words\n" for n in range(1, 8))
    change("worksheets/feedback.csv", new=said)
    rows = "".join(f"f{n},{own},\n" for n in range(1, 8) for own in ("advert", "basket"))
    (caution,) = [one for one in check_study(change(LINKS, new=LINK + rows)).cautions if one.file == "alignments"]
    assert "f1 'advert' (nobody named) and 'basket' (nobody named); f2" in caution.what
    assert caution.what.endswith("; also for f6, f7.") and caution.what.count("'advert'") == 5


def test_an_import_beside_a_worksheet_is_a_fault(change):
    """An answer that stands in two files cannot be settled at a desk, so that the check names both places."""
    change("imported/alignments.csv", new=LINK + "f2,advert,\n")
    (fault,) = check_study(change(LINKS, new=LINK + "f2,advert,anna\n")).faults
    assert "used twice" in fault.what
