"""Bringing files in: everything or nothing, and taking them back again."""

import pandas as pd
import pytest

from cjm_helpers.errors import CjmError, FaultsFound, WorksheetChanged
from cjm_helpers.study.folder import check_study, open_study, save_worksheet
from cjm_helpers.study.kit import new_study
from cjm_helpers.study.sources.intake import Intake, list_blocks, name_raw, take_back, take_in, try_intake

PEOPLE = {"file": "people.csv", "table": "customers", "columns": {"customer_id": "ID", "age": "Age"}}
SAID = {
    "file": "said.csv", "table": "feedback", "columns": {"feedback_id": "said-{row}", "text": "Text"},
    "fixed": {"source": "survey"},
}  # fmt: skip
FILES = {"people.csv": b"ID,Age\nc1,31\nc2,44\n", "said.csv": b"Text\nSlow\nFine\n"}


@pytest.fixture
def study(tmp_path):
    """A blank study, opened."""
    return open_study(new_study(tmp_path / "study"))


def list_files(study) -> dict:
    """Return every file of a study with its bytes."""
    paths = [path for path in study.folder.rglob("*") if path.is_file() and ".history" not in path.parts]
    return {path.relative_to(study.folder).as_posix(): path.read_bytes() for path in paths}


def bring(study, block=PEOPLE, **changes):
    """Bring one file in and return the study as it stands then."""
    file = block["file"]
    blocks = [*study.settings.imports, block]
    take_in(study, Intake({file: FILES[file]}, {"import": blocks} | changes))
    return open_study(study.folder)


def test_a_trial_writes_nothing(study):
    """Trying says what would come of it, and every file stays."""
    before = list_files(study)
    tried = try_intake(study, Intake({"people.csv": FILES["people.csv"]}, {"import": [PEOPLE]}))
    assert tried.counts == {"imported/customers.csv": 2} and list_files(study) == before


def test_everything_comes_in_together(study):
    """Raw file, study.toml, new touchpoints and the imported rows stand there at once."""
    rows = {"touchpoints": pd.DataFrame({"touchpoint_id": ["parcel"], "name": ["Parcel"], "stage": ["Retention"]})}
    changes = {"import": [PEOPLE], "customers": {"age": "numeric"}}
    take_in(study, Intake({"people.csv": FILES["people.csv"]}, changes, rows))
    after = open_study(study.folder)
    assert after.customers["age"].tolist() == [31, 44] and after.touchpoints["name"].tolist() == ["Parcel"]
    assert (study.folder / "raw" / "people.csv").read_bytes() == FILES["people.csv"]


def test_decimal_commas_are_no_fault(study):
    """New touchpoints come below those of a worksheet that a spreadsheet saved with semicolons and commas."""
    file = study.folder / "worksheets" / "touchpoints.csv"
    file.write_text("touchpoint_id;name;stage;position\nweb;Web;Purchase;1,5\n", encoding="utf-8")
    rows = {"touchpoint_id": ["parcel"], "name": ["Parcel"], "stage": ["Purchase"], "position": ["11.5"]}
    take_in(open_study(study.folder), Intake(rows={"touchpoints": pd.DataFrame(rows)}))
    assert open_study(study.folder).touchpoints["position"].tolist() == [1.5, 11.5]


@pytest.mark.parametrize(
    ("content", "changes"),
    [
        (b"ID,Age\nc1,31\nc1,44\n", {}), (b"ID\nc1\n", {}), (FILES["people.csv"], {"min_n": 0}),
        (FILES["people.csv"], {"customers": {"height": "numeric"}}),
    ],
)  # fmt: skip
def test_a_fault_leaves_everything_as_it_was(study, content, changes):
    """Ids that come twice, a missing column and a study.toml that does not fit: no file is written."""
    before = list_files(study)
    with pytest.raises(FaultsFound):
        take_in(study, Intake({"people.csv": content}, {"import": [PEOPLE]} | changes))
    assert list_files(study) == before


def test_taking_back_keeps_what_else_was_imported(study):
    """One file's block and rows go, the other's stay, and the raw file is kept."""
    both = bring(bring(study), SAID)
    take_back(both, "people.csv")
    after = open_study(study.folder)
    assert after.customers.empty and len(after.feedback) == 2 and not check_study(study.folder).faults
    assert list_blocks(after)["file"].tolist() == ["said.csv"]
    assert (study.folder / "raw" / "people.csv").exists()


def test_what_people_lean_on_cannot_be_taken_back(study):
    """A verbatim that somebody linked stays until the link is gone; the sentence names it."""
    opened = bring(study, SAID)
    rows = {"touchpoint_id": ["web"], "name": ["Web"], "stage": ["Purchase"]}
    opened = save_worksheet(opened, "touchpoints", frame=pd.DataFrame(rows))
    link = pd.DataFrame({"feedback_id": ["said-2"], "touchpoint_id": ["web"], "decided_by": ["anna"]})
    opened = save_worksheet(opened, "alignments", frame=link)
    before = list_files(study)
    with pytest.raises(FaultsFound, match="feedback: The table is missing or has no row.*'said-2'"):
        take_back(opened, "said.csv")
    assert list_files(study) == before


def test_a_worksheet_changed_meanwhile_is_not_overwritten(study):
    """Touchpoints that somebody else wrote since the study was opened are never lost."""
    file = study.folder / "worksheets" / "touchpoints.csv"
    file.write_text("touchpoint_id,name,stage\nweb,Web,Purchase\n", encoding="utf-8")
    rows = {"touchpoints": pd.DataFrame({"touchpoint_id": ["parcel"], "name": ["Parcel"], "stage": ["Retention"]})}
    with pytest.raises(WorksheetChanged):
        take_in(study, Intake(FILES, {"import": [PEOPLE, SAID]}, rows))
    assert "web" in file.read_text() and not (study.folder / "imported").exists()


def test_no_file_takes_the_place_of_another(study):
    """A namesake with other content gets a number; the same content is the same file."""
    bring(study)
    assert name_raw(study.folder, "people.csv", content=b"ID\nc9\n") == "people-2.csv"
    assert name_raw(study.folder, "people.csv", content=FILES["people.csv"]) == "people.csv"


@pytest.mark.parametrize(
    ("name", "safe"),
    [("..\\secret/../a.csv", "a.csv"), ("C:\\fakepath\\a.csv", "a.csv"), ("..", "export.csv"), ("may: 1?", "may_ 1_")],
)
def test_a_file_never_leaves_raw(study, name, safe):
    """Folders in a name are cut off, and so is what some systems take in no name."""
    assert name_raw(study.folder, name, content=b"") == safe


def test_a_namesake_that_came_meanwhile_is_kept(study):
    """A file that somebody else put into raw/ after this one was looked at is never overwritten."""
    (study.folder / "raw" / "people.csv").write_bytes(b"ID\nc9\n")
    with pytest.raises(CjmError, match="came into raw/ meanwhile"):
        bring(study)
    assert (study.folder / "raw" / "people.csv").read_bytes() == b"ID\nc9\n"


def test_an_example_stays_as_it_is(example):
    """Nothing is brought into a study that ships with the workbook."""
    with pytest.raises(CjmError, match="stays as it is"):
        take_in(example, Intake(FILES, {"import": [PEOPLE]}))
