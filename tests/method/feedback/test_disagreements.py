"""Disagreements: every code on which people differ, with what was decided."""

import pandas as pd
import pytest
from method.speaking import code, code_sets, say

from cjm_helpers.method.feedback import list_disagreements, measure_reliability


@pytest.fixture
def disagree(tables):
    """List the disagreements of a few codings."""

    def run(codings, decisions=(), feedback=()):
        given = tables(feedback, codings, decisions)
        return list_disagreements(
            given["feedback"], given["codings"], codebook=given["codebook"], decisions=given["decisions"]
        )

    return run


def test_who_gave_it_and_who_did_not(disagree):
    """Of three people one gave the code: she and the other two are named, with the words and the label."""
    codings = [
        code("f01", "slow", "eva"),
        code("f01", "none", "ben"),
        code("f01", "quick"),
        code("f01", "quick", "eva"),
    ]
    listed = disagree(codings, feedback=[say(1, text="It took so long.")])
    assert listed.drop(columns=["decided", "reason"]).values.tolist() == [
        ["f01", "It took so long.", "quick", "Quick", "anna;eva", "ben"],
        ["f01", "It took so long.", "slow", "Slow", "eva", "anna;ben"],
    ]


def test_agreement_is_not_listed(disagree):
    """Codes that all or none of the readers gave, verbatims with one reader and machine answers are no disagreement."""
    codings = code_sets(anna="a b - a", ben="a b - .", machine="b a a b")
    assert disagree(codings).empty


def test_what_is_undecided_comes_first(disagree):
    """Decided ones follow with yes or no and the reason."""
    codings = [code(f"f0{i}", given, coder) for i in (1, 2) for coder, given in (("anna", "slow"), ("ben", "none"))]
    decided = [{"feedback_id": "f01", "code_id": "slow", "applies": "no", "reason": "Said of another shop"}]
    listed = disagree(codings, decided)
    assert listed[["feedback_id", "decided", "reason"]].values.tolist() == [
        ["f02", "", ""], ["f01", "no", "Said of another shop"],
    ]  # fmt: skip


def test_an_old_name_is_no_disagreement(disagree):
    """A replaced code and its successor are the same, in codings and in decisions."""
    assert disagree([code("f01", "lazy"), code("f01", "slow", "ben")]).empty
    decided = [{"feedback_id": "f01", "code_id": "lazy", "applies": "yes"}]
    listed = disagree([code("f01", "lazy"), code("f01", "none", "ben")], decided)
    assert listed[["code_id", "decided"]].values.tolist() == [["slow", "yes"]]


def test_of_two_decisions_on_merged_codes_yes_is_told(disagree):
    """Where both codes of a merger were decided on, the list tells what counts: it applies if it did under either."""
    decided = [{"feedback_id": "f01", "code_id": "lazy", "applies": "yes", "reason": "Said so"}]
    decided += [{"feedback_id": "f01", "code_id": "slow", "applies": "no"}]
    listed = disagree([code("f01", "lazy"), code("f01", "none", "ben")], decided)
    assert listed[["decided", "reason"]].values.tolist() == [["yes", "Said so"]]


def test_the_coefficient_never_sees_decisions(tables):
    """The verbatims and codes listed are those on which the judgements behind agreement differ."""
    given = tables(codings=code_sets(anna="a b a -", ben="a - b -"))
    options = {"codebook": given["codebook"]}
    listed = list_disagreements(given["feedback"], given["codings"], decisions=given["decisions"], **options)
    measured = measure_reliability(given["codings"], **options).set_index("code_id")
    differ = (measured["n"] * (1 - measured["agreement"])).round().astype(int)
    assert listed["code_id"].value_counts().to_dict() == {"b": differ["b"], "a": differ["a"]} == {"b": 2, "a": 1}


def test_order_and_tables_are_left_alone(disagree, tables):
    """Codings in any order give the same list, and no table is changed."""
    codings = code_sets(anna="a b a -", ben="a - b -")
    pd.testing.assert_frame_equal(disagree(codings), disagree(codings[::-1]))
    given = tables([say(1)], codings)
    before = {name: table.copy() for name, table in given.items()}
    list_disagreements(given["feedback"], given["codings"], codebook=given["codebook"], decisions=given["decisions"])
    for name, table in given.items():
        pd.testing.assert_frame_equal(table, before[name])


def test_readings_under_a_retired_code_are_no_disagreement(tables):
    """What waits to be coded anew is not held against somebody who coded after the code was retired."""
    book = [{"code_id": "bad", "label": "Bad", "status": "retired"}, {"code_id": "slow", "label": "Slow"}]
    given = tables([say(1)], [code("f01", "bad"), code("f01", "slow", "ben")], codebook=book)
    listed = list_disagreements(
        given["feedback"], given["codings"], codebook=given["codebook"], decisions=given["decisions"]
    )
    assert listed.empty
