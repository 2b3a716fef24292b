"""Blocks of study.toml: what an [[import]] block may say, and how it is told what it may not."""

import pytest
from study.station import CODES, CUSTOMERS, RESPONSES, RULES, lay, refuse


def test_misspelt_keys_and_columns_are_said_with_the_nearest(tmp_path):
    """Keys, our columns, the file's columns, tables and metrics are all checked, and the nearest spelling is named."""
    assert "Did you mean 'blank'?" in refuse(lay(tmp_path, RESPONSES.replace("\nblank", "\nblanc", 1)))
    assert "Did you mean 'customers'?" in refuse(lay(tmp_path, CUSTOMERS.replace('"customers"', '"custmers"')))
    assert "Did you mean 'weight'?" in refuse(lay(tmp_path, RESPONSES.replace("weight =", "wieght =")))
    assert "Did you mean 'WEIGHT'?" in refuse(lay(tmp_path, RESPONSES.replace('"WEIGHT"', '"WIEGHT"')))
    assert "Did you mean 'rating'?" in refuse(lay(tmp_path, RESPONSES.replace('"rating"', '"ratign"')))


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (CUSTOMERS.replace('file = "survey.csv"', ""), "[[import]] 1 lacks the key 'file'. Add it."),
        (RESPONSES.replace('blank = ["0"]', 'blank = "0"'), "[[import]] 1: blank is a list in [ ]."),
        (RULES.replace('"responses"', "").replace("persona_assignments", "customers"), "rule fills the table persona_"),
        (RESPONSES.replace("metric = ", "metrik = "), "[[import]] 1, scores 1 has the unknown key 'metrik'."),
        (CODES.replace("codes =", "codez ="), "Did you mean 'codes'?"),
        (CODES.replace('coder_id = "office", ', ""), "the table codings needs coder_id."),
        (CUSTOMERS + 'fixed = { purpose = "work" }\n', "purpose stands under columns and under fixed."),
    ],
)
def test_a_block_that_does_not_fit_is_said(tmp_path, block, said):
    """Missing keys, wrong kinds of value, shapes of another table and columns given twice each have a sentence."""
    assert said in refuse(lay(tmp_path, block))


def test_a_condition_that_cannot_be_read_is_said(tmp_path):
    """A comparison needs a number."""
    said = refuse(lay(tmp_path, RULES.replace(">= 3", ">= three")))
    assert "rule for regular: TRIPS has a condition that cannot be read: >= three." in said


def test_codes_at_touchpoints_are_codes_that_come(tmp_path):
    """A touchpoint names only codes that the recode gives, and each code has one touchpoint."""
    said = refuse(lay(tmp_path, CODES.replace('["dear"]', '["deer"]')))
    assert "touchpoints names the code 'deer', which recode.code_id never gives. Did you mean 'dear'?" in said
    twice = CODES.replace("touchpoints = {", 'touchpoints = { kiosk = ["dear"],')
    assert "gives the code 'dear' to kiosk and to shop" in refuse(lay(tmp_path, twice))


def test_faults_of_all_blocks_are_said_at_once(tmp_path):
    """Two wrong blocks are told in one go, and a file that several blocks miss is said once."""
    said = refuse(lay(tmp_path, CUSTOMERS.replace("PURPOSE", "PURPUSE"), RULES.replace("TRIPS", "TRIP")))
    assert "survey.csv, row 1: There is no column 'PURPUSE'" in said and "no column 'TRIP'" in said
    assert refuse(lay(tmp_path, *[CUSTOMERS.replace("survey", "surway")] * 3)).startswith("1 fault")
