"""Tests of corrected shares: near the truth, with people counted, and never for a code the machine may not suggest."""

import pandas as pd
import pytest
from method.coded import BOOK, code_all, speak
from method.speaking import code

from cjm_helpers.method.suggest import check_suggestions, correct_shares, suggest_codes


@pytest.fixture(scope="module")
def answered(make_table):
    """Tables, check and machine answers of a study in which six of ten unread verbatims carry a code that four did."""
    said, is_slow = speak(300)
    unread, truth = speak(400, seed=5, start=1000, share=0.6)
    feedback = make_table("feedback", [*said, *unread])
    codings = make_table("codings", code_all(said, is_slow))
    tables = {"codebook": make_table("codebook", BOOK), "decisions": make_table("coding_decisions", [])}
    checked = check_suggestions(feedback, codings, **tables, bootstraps=100)
    answers = suggest_codes(feedback, codings, **tables, checked=checked).assign(coder_id="machine")
    codings = pd.concat([codings, answers.reindex(columns=codings.columns, fill_value="")], ignore_index=True)
    return {"feedback": feedback, "codings": codings, "checked": checked, "codebook": tables["codebook"]}, truth


def correct(answered: dict, **changed) -> pd.DataFrame:
    """Correct the shares of a study, by code."""
    given = answered | changed
    return correct_shares(
        given["feedback"], given["codings"], checked=given["checked"], codebook=given["codebook"]
    ).set_index("code_id")


def test_the_interval_holds_the_true_share(answered):
    """Among the answered verbatims the code is as common as the corrected share says, and it is labelled corrected."""
    made, truth = answered
    row = correct(made).loc["slow"]
    assert row.n == 400 and row.lo < sum(truth) / 400 < row.hi and row.value == pytest.approx(0.6, abs=0.06)
    assert row.counted == "corrected machine count, not on the map" and row.counted in row.sentence


def test_a_code_that_may_not_be_suggested_is_refused(answered):
    """The other code has too few examples: no share, and the reason."""
    row = correct(answered[0]).loc["rude"]
    assert pd.isna(row.value) and row.sentence.endswith("the machine may not suggest it (too few examples).")


def test_a_code_never_suggested_is_not_called_absent(answered):
    """Answers from before a code was learnt say nothing of it: no share of 0 is made of that."""
    made, _ = answered
    codings = made["codings"].assign(code_id=made["codings"]["code_id"].replace("slow", "none"))
    row = correct(made, codings=codings.drop_duplicates(["feedback_id", "coder_id", "code_id"])).loc["slow"]
    assert pd.isna(row.value) and "has not suggested it yet" in row.sentence


def test_a_machine_that_tells_too_little_is_refused(answered):
    """Where recall and specificity are hardly better than chance, the sentence says so instead of a share."""
    made, _ = answered
    checked = made["checked"].assign(recall=0.3, specificity=0.8)
    row = correct(made, checked=checked).loc["slow"]
    assert pd.isna(row.value) and "tell too little" in row.sentence


def test_first_answers_count_also_where_people_read_since(answered):
    """People who read what the machine was unsure of do not change the share of its first answers."""
    made, _ = answered
    read = [code(f"f{i}", "none", "ben") for i in range(1000, 1100)]
    codings = pd.concat([made["codings"], pd.DataFrame(read)], ignore_index=True)
    pd.testing.assert_frame_equal(correct(made), correct(made, codings=codings))


def test_people_are_counted_not_verbatims(answered):
    """The same answers from ten customers instead of four hundred give a wider interval."""
    made, _ = answered
    few = made["feedback"].assign(customer_id=[f"c{i % 10}" for i in range(len(made["feedback"]))])
    wide, narrow = correct(made, feedback=few).loc["slow"], correct(made).loc["slow"]
    assert wide["hi"] - wide["lo"] > 2 * (narrow["hi"] - narrow["lo"])
