"""Tests of the words for why a report is made anew."""

import pytest

from cjm_helpers.batch.records.reasons import UNFINISHED, find_reason, tell_changed

SAME = {
    "template": "a", "look": "b", "study.toml": "c", "versions": {"pandas": "3.0", "cjm-helpers code": "x"},
    "asked": {"persona_id": "anna", "name": "Anna", "parameters": {"wave": "w1"}, "facts": {"tagline": "In a hurry"}},
}  # fmt: skip
CHANGES = {
    "the template changed": {"template": "z"},
    "study.toml changed": {"study.toml": "z"},
    "pandas 3.0 is now 3.1": {"versions": {"pandas": "3.1", "cjm-helpers code": "x"}},
    "the workbook's own code changed": {"versions": {"pandas": "3.0", "cjm-helpers code": "y"}},
    "the name changed": {"asked": SAME["asked"] | {"name": "Ann"}},
    "seed changed; wave changed": {"asked": SAME["asked"] | {"parameters": {"wave": "w2", "seed": 0}}},
    "tagline changed": {"asked": SAME["asked"] | {"facts": {"tagline": ""}}},
}


@pytest.mark.parametrize(("said", "change"), CHANGES.items(), ids=CHANGES)
def test_what_else_goes_in_is_named(said, change):
    """Each thing that goes into a report besides rows is named where it is another one than before."""
    assert find_reason(SAME, SAME) == ""
    assert find_reason(SAME, SAME | change) == said


def test_whatever_differs_is_a_reason():
    """A record that lacks something, such as one that an older version wrote, is never taken for the same."""
    assert find_reason({}, SAME) and find_reason(SAME | {"more": 1}, SAME) == UNFINISHED


def test_tables_are_named_once_and_counted():
    """A table that was read of several parts is named once; of many, the first few."""
    names = [f"{name}?wave={wave}" for wave in ("w1", "w2") for name in ("codings", "customers", "feedback", "goals")]
    assert tell_changed(names) == "4 tables changed: codings, customers, feedback, goals"
    assert tell_changed(["a", "b", "c", "d", "e", "f"]) == "6 tables changed: a, b, c, d and 2 more"
    assert tell_changed(["selection?persona_id=anna"]) == "other rows are chosen for anna"
    assert tell_changed(["everything"]) == "1 table changed: all rows of the study"
