"""Columns of coders are told from other columns, and the sign between codes from one within a code."""

import pytest
from pandas import DataFrame, Series

from cjm_helpers.study.sources.guess_coders import find_coders, find_sign

CODES = ["Slow parcel", "Card refused", "Rude staff", "Slow parcel"] * 3


@pytest.mark.parametrize(
    ("headings", "known"),
    [
        (["Coder 1", "Coder 2"], 2),
        (["Dana code", "Emil code"], 2),
        (["Dana", "Emil", "Agreed code"], 2),
        (["Code 1", "Code 2"], 0),
        (["Dana"], 0),
        (["What was slow?", "What was refused?"], 0),
    ],
)
def test_coders_are_known_by_heading(headings, known):
    """Names and numbered coders count; numbered codes, what was agreed and questions do not."""
    found = find_coders(DataFrame({name: CODES for name in headings}), headings)
    assert list(found) == headings[:known]


def test_columns_without_common_codes_are_no_coders():
    """Two columns of other words say other things."""
    rows = DataFrame({"Dana": CODES, "Emil": [f"{code} x" for code in CODES]})
    assert find_coders(rows, ["Dana", "Emil"]) == {}


@pytest.mark.parametrize(
    ("cells", "sign"),
    [
        (["Refused, no reason", "Slow"], ""),
        (["Refused, Slow", "Slow", "Refused"], ","),
        (["Slow; Refused, no reason"], ";"),
        (["Slow|Refused"], "|"),
    ],
)
def test_a_comma_within_a_code_parts_nothing(cells, sign):
    """A comma parts where what it parts also stands alone; a semicolon always parts."""
    assert find_sign(Series(cells)) == sign
