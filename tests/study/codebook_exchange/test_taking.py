"""A codebook that is brought in: laid beside the study's first, then merged; nothing is overwritten unasked."""

import pandas as pd
import pytest

from cjm_helpers.study.codebook_exchange import compare_codebooks, read_codebook, spell_codebook, take_over
from cjm_helpers.study.codebook_exchange.writing import make_guid
from cjm_helpers.study.drafts import open_sheet, save_draft
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import new_study

BOOK = (
    "code_id,label,definition,parent,status\npay,Paying,All of it,,active\nslow,Slow,It froze,pay,active\n"
    "late,Late,Not there,pay,active\n"
)


@pytest.fixture
def draft(tmp_path):
    """Return the codebook of a small study, opened for editing."""
    folder = new_study(tmp_path / "shop")
    (folder / "worksheets" / "codebook.csv").write_text(BOOK, encoding="utf-8")
    return open_sheet(open_study(folder), "codebook")


def lay_beside(draft, codes: str):
    """Return what another program's codes, as XML, would bring."""
    return compare_codebooks(draft.frame, read_codebook(f"<CodeBook><Codes>{codes}</Codes></CodeBook>".encode()))


def test_new_different_and_missing_codes_are_told_apart(draft):
    """A code is known by its label, whatever its capitals; cells that the other program left empty do not differ."""
    arrival = lay_beside(draft, '<Code name="SLOW"/><Code name="Rude"><Code name="late"/></Code>')
    assert arrival.changes.values.tolist() == [
        ["slow", "Slow", "differs", "label", "Slow", "SLOW"], ["rude", "Rude", "new", "", "", ""],
        ["late", "Late", "differs", "label", "Late", "late"], ["late", "Late", "differs", "parent", "pay", "rude"],
        ["pay", "Paying", "missing", "", "", ""],
    ]  # fmt: skip
    assert str(arrival).startswith("Codes: new 1, different 2, only here 1 (those stay).")


def test_a_code_that_came_from_here_is_known_by_its_guid(draft):
    """Renamed elsewhere and without our lines, it is still the same code; a new one never takes an id in use."""
    arrival = lay_beside(draft, f'<Code name="Far too slow" guid="{make_guid("slow")}"/><Code name="p.a.y."/>')
    assert arrival.frame["code_id"].tolist() == ["slow", "p_a_y"]
    assert lay_beside(draft, '<Code name="Pay"/>').frame["code_id"].tolist() == ["pay_2"]


def test_only_new_codes_are_taken_over(draft):
    """Unless asked, the study's own words stand, and codes that the file lacks stay as well."""
    frame = take_over(draft.frame, lay_beside(draft, '<Code name="SLOW"/><Code name="Rude"/>'))
    assert frame["label"].tolist() == ["Paying", "Slow", "Late", "Rude"]
    assert save_draft(draft, frame=frame).draft.study.codebook["status"].tolist() == ["active"] * 4


def test_words_of_the_file_are_taken_over_when_asked(draft):
    """A file of ours tells every cell, so that one emptied there is emptied here."""
    theirs = draft.frame.assign(definition=["All of it", "", "Not there"])
    arrival = compare_codebooks(draft.frame, read_codebook(spell_codebook(theirs)))
    assert arrival.changes[["code_id", "column", "here", "there"]].values.tolist() == [
        ["slow", "definition", "It froze", ""]
    ]
    assert take_over(draft.frame, arrival, replaces=True)["definition"].tolist() == ["All of it", "", "Not there"]


def test_what_somebody_else_saved_meanwhile_stays(draft):
    """The file is merged with the codebook as it stands when it is written."""
    save_draft(draft, frame=draft.frame.assign(include=["", "Pages", ""]))
    saved = save_draft(draft, frame=take_over(draft.frame, lay_beside(draft, '<Code name="Rude"/>')))
    assert saved.draft.frame["include"].tolist() == ["", "Pages", "", ""] and saved.conflicts == ()


def test_a_successor_that_nobody_knows_is_said(draft):
    """A code replaced by one that is neither in the file nor here loses the link, with a sentence."""
    theirs = pd.DataFrame({"code_id": ["old"], "label": ["Old"], "status": ["retired"], "replaced_by": ["gone"]})
    content = spell_codebook(theirs)
    arrival = compare_codebooks(draft.frame, read_codebook(content))
    assert arrival.frame["replaced_by"].tolist() == [""] and "'Old' was replaced by a code" in str(arrival)
