"""Tests of the file that a coding desk writes: one action is one verbatim, the file is whole, nobody's work is lost."""

import pandas as pd
import pytest

from cjm_helpers.errors import CjmError, FaultsFound
from cjm_helpers.study import coding_file
from cjm_helpers.study.coding_file import open_coding_file
from cjm_helpers.study.folder import open_study, save_worksheet
from cjm_helpers.study.history import list_versions
from cjm_helpers.study.kit import new_study

FEEDBACK = "feedback_id,source,text\nf1,survey,Too slow\nf2,survey,Very rude\nf3,survey,Fine\n"
CODEBOOK = "code_id,label,status\nslow,Slow,active\nrude,Rude,active\nold,Old,retired\n"
CODINGS = "feedback_id,coder_id,code_id,emotion\nf1,anna,slow,-1\nf2,anna,old,\nf1,anna,rude,-1\n"
ANNA = "worksheets/codings/anna.csv"


@pytest.fixture(autouse=True)
def forget_files(monkeypatch):
    """Each test begins in a kernel that has opened no file."""
    monkeypatch.setattr(coding_file, "FILES", {})


@pytest.fixture
def folder(tmp_path):
    """A study of three verbatims and three codes, one of them retired, which Anna has begun to code."""
    folder = new_study(tmp_path / "shop")
    (folder / "worksheets" / "codings").mkdir(exist_ok=True)
    for name, text in (("feedback", FEEDBACK), ("codebook", CODEBOOK), ("codings/anna", CODINGS)):
        (folder / "worksheets" / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def file(folder):
    """Anna's file."""
    return open_coding_file(open_study(folder), part="anna")


def give(feedback_id, code_id, **cells):
    """Return a row of Anna's."""
    return {"feedback_id": feedback_id, "coder_id": "anna", "code_id": code_id, **cells}


def read(folder, name="codings/anna"):
    """Return a worksheet as lines of text."""
    return (folder / "worksheets" / f"{name}.csv").read_text(encoding="utf-8-sig").splitlines()


def test_one_verbatim_is_replaced(file, folder):
    """The rows of the verbatim change, every other row stays where it was, and a new verbatim comes last."""
    replaced = file.replace("f1", [give("f1", "rude", note="see below, please")])
    assert [row["code_id"] for row in replaced.before] == ["slow", "rude"]
    file.replace("f3", [give("f3", "none", emotion="0")])
    assert read(folder)[1:] == ['f1,anna,rude,,,"see below, please",', "f2,anna,old,,,,", "f3,anna,none,,0,,"]


def test_the_bytes_are_those_of_a_saved_worksheet(file, folder):
    """What an action writes is byte for byte what saving the whole table would write."""
    file.replace("f3", [give("f3", "slow", note="two\r\nlines", touchpoint_id=""), give("f3", "rude", emotion="-2")])
    written = (folder / ANNA).read_bytes()
    frame = pd.read_csv(folder / ANNA, dtype=str, keep_default_na=False)
    save_worksheet(open_study(folder), "codings", frame=frame, part="anna")
    assert (folder / ANNA).read_bytes() == written
    assert written.startswith(b"\xef\xbb\xbffeedback_id,coder_id,code_id,touchpoint_id,emotion,note,date\n")


def test_what_is_taken_back_leaves_the_same_bytes(file, folder):
    """Giving a code and putting the rows of before back writes the file as it was."""
    file.replace("f3", [give("f3", "slow")])
    before = (folder / ANNA).read_bytes()
    replaced = file.replace("f2", [])
    assert "f2" not in file and len(read(folder)) == 4
    file.replace("f2", replaced.before, keeps_retired=True)
    assert (folder / ANNA).read_bytes() == before


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (give("f3", "slwo"), "Did you mean 'slow'"), (give("f3", "old"), "is retired"),
        (give("f9", "slow"), "Allowed: f3"), (give("f3", "slow", touchpoint_id="nowhere"), "table touchpoints"),
        (give("f3", "slow", emotion="3"), "-2 to 2"), (give("f3", "slow", emotion="bad"), "-2 to 2"),
        (give("f3", "slow") | {"coder_id": "ben"}, "Allowed: anna"), (give("f3", ""), "no code_id yet"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(file, folder, row, sentence):
    """A row that the study would not pass is refused in a sentence, and nothing is written."""
    with pytest.raises(CjmError, match=sentence):
        file.replace("f3", [row])
    assert read(folder) == CODINGS.splitlines() and "f3" not in file


def test_a_retired_code_stays_where_it_stood(file):
    """Who gave a code before it was retired may change the rest of the row."""
    file.replace("f2", [give("f2", "old", emotion="-1")])
    assert file.rows_of("f2")[0]["emotion"] == "-1"


def test_rows_from_elsewhere_are_taken_over(file, folder):
    """Rows that git brought meanwhile stay, beside mine."""
    theirs = CODINGS + "f3,anna,rude,-2\n"
    (folder / ANNA).write_text(theirs, encoding="utf-8")
    assert file.replace("f2", [give("f2", "slow")]).said == ""
    assert [line.split(",")[:3] for line in read(folder)[2:]] == [
        ["f2", "anna", "slow"], ["f1", "anna", "rude"], ["f3", "anna", "rude"],
    ]  # fmt: skip


def test_a_clash_is_said_and_both_are_kept(file, folder):
    """Where the same verbatim was changed elsewhere, the newer action stands, the other is kept and this is said."""
    (folder / ANNA).write_text(CODINGS.replace("f2,anna,old", "f2,anna,rude"), encoding="utf-8")
    said = file.replace("f2", [give("f2", "slow")]).said
    assert said.startswith("Someone else changed f2 in worksheets/codings/anna.csv meanwhile")
    assert "f2,anna,slow,,,," in read(folder)
    assert "f2,anna,rude" in list_versions(folder, ANNA)[0].path.read_text(encoding="utf-8")


def test_a_file_that_cannot_be_read_stays(file, folder):
    """A file with the marks of a merge that git left open is not written over."""
    (folder / ANNA).write_text("<<<<<<< HEAD\n" + CODINGS, encoding="utf-8")
    with pytest.raises(FaultsFound):
        file.replace("f3", [give("f3", "slow")])
    assert read(folder)[0] == "<<<<<<< HEAD"


def test_a_full_disk_changes_nothing(file, folder, monkeypatch):
    """Where the file cannot be written, the old one stands and the desk holds what it holds."""

    def refuse(*_, **__):
        raise CjmError("The disk is full.")

    monkeypatch.setattr(coding_file, "write_whole", refuse)
    with pytest.raises(CjmError, match="full"):
        file.replace("f1", [])
    assert [row["code_id"] for row in file.rows_of("f1")] == ["slow", "rude"]


def test_versions_are_kept_now_and_then(file, folder):
    """The first action keeps what stood before, the next ones do not fill the history."""
    for code_id in ("slow", "rude", "none"):
        file.replace("f3", [give("f3", code_id)])
    (version,) = list_versions(folder, ANNA)
    assert version.path.read_text(encoding="utf-8") == CODINGS


def test_desks_of_a_kernel_share_a_file(file, folder):
    """Two desks of one coder hold the same rows; opened again after a change elsewhere, both see it."""
    (folder / ANNA).write_text(CODINGS + "f3,anna,rude,\n", encoding="utf-8")
    assert open_coding_file(open_study(folder), part="anna") is file and "f3" in file


def test_an_example_is_only_read():
    """Files of a shipped example refuse every action with the way out."""
    file = open_coding_file(open_study("retail_checkout"), part="anna")
    with pytest.raises(CjmError, match="Make it your own study"):
        file.replace("r0002", [])


def test_decisions_and_links_are_written_likewise(folder):
    """The tables in which people settle differences and link verbatims are files of the same kind."""
    file = open_coding_file(open_study(folder), "coding_decisions")
    file.replace("f1", [{"feedback_id": "f1", "code_id": "slow", "applies": "yes", "decided_by": "anna;ben"}])
    assert read(folder, "coding_decisions")[1:] == ["f1,slow,yes,anna;ben,"]
    with pytest.raises(CjmError, match="yes"):
        file.replace("f2", [{"feedback_id": "f2", "code_id": "slow", "applies": "perhaps"}])
