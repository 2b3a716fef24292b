"""Guesses about codings made elsewhere: each kind of file is known, and surveys are not taken for one."""

import pandas as pd
import pytest
from study.station import HEAD, read

from cjm_helpers.study.kit import new_study
from cjm_helpers.study.sources import import_sources
from cjm_helpers.study.sources.advice import suggest_text
from cjm_helpers.study.sources.guess_codings import suggest_codings

WORDS = ["It was far too dear for me.", "Nobody ever called me back.", "All in all it went quite well."]
NUMBERED = {"ResponseId": ["r1", "r2", "r3"], "Why did you leave?": WORDS, "Code 1": ["cost", "calls::late", ""]}
JUDGED = {
    "item_id": ["i1", "i1", "i2", "i2"], "user__id": ["u1", "u2", "u1", "u2"], "words": [WORDS[0]] * 2 + [WORDS[1]] * 2,
    "true_category": ["cost", "cost", "calls", "calls"], "category": ["cost", "calls", "calls", "calls"],
}  # fmt: skip
TICKED = {"id": ["1", "2", "3"], "said": WORDS, "Cost": ["1", "0", "0"], "Calls": ["0", "1", "0"], "Other": ["0"] * 3}
SAID = [f"{words} Number {place}." for place in range(4) for words in WORDS]
DAYS = [f"{place + 1:02}.03.2026" for place in range(12)]
VERBATIMS = {"Comment ID": [f"c{place}" for place in range(12)], "Respondent": ["r1", "r2"] * 6, "Date": DAYS}
VERBATIMS |= {"Shop": ["north", "south"] * 6, "Comment": SAID}
BY_CODER = VERBATIMS | {"Dana": ["cost; calls", "late", "calls"] * 4, "Emil": ["cost", "late, calls", "calls"] * 4}
GIVEN = pd.DataFrame(VERBATIMS).merge(
    pd.DataFrame({"Coder": ["Dana", "Dana", "Emil"], "Code": ["cost", "calls", "cost"]}), how="cross"
)
FILES = {
    "leavers_anna.csv": NUMBERED | {"Code 2": ["cost::fees", "", ""]}, "crowd.csv": JUDGED, "ben.csv": TICKED,
    "columns.csv": BY_CODER, "rows.csv": GIVEN,
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_what_is_suggested_comes_in(tmp_path, name):
    """The lines for a file of codings, pasted into study.toml as they are, bring it in whole."""
    folder = new_study(tmp_path / "study")
    pd.DataFrame(FILES[name]).to_csv(folder / "raw" / name, index=False)
    (folder / "study.toml").write_text(HEAD + suggest_text(folder / "raw" / name), encoding="utf-8")
    assert "0 kept" not in str(import_sources(folder))
    assert set(read(folder, "feedback")["text"]) <= {*WORDS, *SAID}
    assert "cost" in set(read(folder, "codebook")["code_id"])


def test_numbered_columns_of_codes_are_known():
    """The question, the sign of subcodes, the coder and the id come from headings, values and the file's name."""
    notes, (block,) = suggest_codings(pd.DataFrame(FILES["leavers_anna.csv"]), file="leavers_anna.csv")
    assert block["codes"] == ["Code 1", "Code 2"] and block["codebook"] == "::"
    assert block["fixed"] == {"coder_id": "anna", "source": "survey", "asked": "Why did you leave?"}
    assert block["columns"]["feedback_id"] == "leavers-{ResponseId}"
    assert "Write who coded" in " ".join(notes)


def test_an_id_that_comes_twice_takes_its_row():
    """Two answers of one person are told apart by their rows."""
    rows = pd.DataFrame(FILES["leavers_anna.csv"]).loc[[0, 1, 2] * 8].reset_index(drop=True)
    rows["ResponseId"] = [f"r{at // 2 if at < 2 else at}" for at in range(len(rows))]
    assert suggest_codings(rows, file="a_b.csv")[1][0]["columns"]["feedback_id"] == "a-{ResponseId}-{row}"


def test_the_answer_of_each_judge_is_the_code():
    """What differs between those who judge the same words is taken, each with the id of the judge."""
    _, (block,) = suggest_codings(pd.DataFrame(JUDGED).drop(columns="true_category"), file="crowd.csv")
    assert block["codes"] == ["category"]
    assert block["columns"] == {"feedback_id": "item_id", "coder_id": "user__id", "text": "words"}


def test_a_coder_may_give_several_codes_to_one_comment():
    """Day and person of the comment come along, and a column nobody needs is named."""
    notes, (block,) = suggest_codings(GIVEN, file="rows.csv")
    assert block["codes"] == ["Code"] and block["date_format"] == "%d.%m.%Y"
    assert block["columns"] == {
        "feedback_id": "Comment ID", "coder_id": "Coder", "text": "Comment", "date": "Date",
        "customer_id": "Respondent",
    }  # fmt: skip
    assert "Not used: Shop." in " ".join(notes)


def test_a_day_of_coding_is_not_the_day_it_was_said():
    """What differs within one comment belongs to the coding, and is named as not used."""
    rows = GIVEN.assign(Date=[f"{1 + place % 28:02}.03.2026" for place in range(len(GIVEN))])
    notes, (block,) = suggest_codings(rows, file="rows.csv")
    assert "date" not in block["columns"] and "Not used: Date, Shop." in " ".join(notes)


def test_each_column_of_a_coder_has_a_block():
    """The coder is called as the column is, and the sign between codes is that of the column."""
    notes, blocks = suggest_codings(pd.DataFrame(BY_CODER), file="columns.csv")
    assert [(block["fixed"]["coder_id"], block["several"]) for block in blocks] == [("Dana", ";"), ("Emil", ",")]
    assert all(block["columns"] == blocks[0]["columns"] for block in blocks)
    assert blocks[0]["columns"]["date"] == "Date" and "Not used: Shop." in " ".join(notes)


def test_codes_come_in_with_the_day_they_were_said(tmp_path):
    """Each comment stands once with its day, and every code of a cell with its coder."""
    folder = new_study(tmp_path / "study")
    pd.DataFrame(BY_CODER).to_csv(folder / "raw" / "columns.csv", index=False)
    (folder / "study.toml").write_text(HEAD + suggest_text(folder / "raw" / "columns.csv"), encoding="utf-8")
    import_sources(folder)
    assert read(folder, "feedback")["date"].tolist() == [f"2026-03-{place:02}" for place in range(1, 13)]
    given = read(folder, "codings/Dana")
    assert given["code_id"].tolist() == ["cost", "calls", "late", "calls"] * 4 and set(given["date"]) == {""}


@pytest.mark.parametrize(
    "columns",
    [
        {"How was it?": ["1", "0", "1"], "Uses the app": ["1", "0", "1"], "Comment": WORDS, "Age": ["31", "42", "53"]},
        {"Code": ["a", "b", "c"], "Comment": WORDS},
        {"CODE1": ["1", "2", "3"], "CODE2": ["4", "", ""], "Comment": WORDS},
        {"Age": ["31", "42", "53"]},
        {"Coder 1": ["cost", "calls", "late"], "Coder 2": ["slow", "calls", "fees"], "Comment": WORDS},
        VERBATIMS | {"Fees": ["good", "poor", "fair"] * 4, "Calls": ["poor", "good", "fair"] * 4},
        VERBATIMS | {"Best shop": ["a", "b", "c"] * 4, "Next shop": ["b", "c", "a"] * 4},
        VERBATIMS | {"Bought": ["web", "desk"] * 6, "Returned": ["desk", "web"] * 6},
    ],
)  # fmt: skip
def test_a_survey_is_no_file_of_codings(columns):
    """Ticks beside other columns, one column of codes, codes in figures, scales and places are not codings."""
    assert suggest_codings(pd.DataFrame(columns), file="survey.csv") == ([], [])
