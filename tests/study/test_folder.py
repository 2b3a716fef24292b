"""Opening, making and saving studies."""

import subprocess
import sys

import pandas as pd
import pytest

from cjm_helpers.errors import (
    CjmError,
    FaultsFound,
    NarrowedStudy,
    NotAWorksheet,
    ParameterError,
    StudyNotFound,
    WorksheetChanged,
)
from cjm_helpers.study.folder import check_study, open_study, save_worksheet
from cjm_helpers.study.kit import new_study
from cjm_helpers.study.selection import select_rows
from cjm_helpers.worksheets import SPECS


def test_every_table_is_an_attribute(folder):
    """Each table of the specs but events stands with all its columns, in order, whether anybody filled it or not."""
    study = open_study(folder)
    for name, spec in SPECS.items():
        if name != "events":
            assert tuple(getattr(study, name).columns[: len(spec.columns)]) == spec.column_names
    assert len(study.renames) == 0 and len(study.touchpoints) == 4


def test_types_follow_the_kind_of_column(folder):
    """Numbers are floats, days are timestamps and everything else is text without a missing value."""
    study = open_study(folder)
    for name, table in study.tables.items():
        for column in SPECS[name].columns:
            kind = {"number": "float64", "integer": "float64", "date": "datetime64[ns]"}.get(column.kind, "str")
            assert table[column.name].dtype == kind
            assert kind != "str" or table[column.name].notna().all()


def test_further_columns_are_kept_with_their_declared_kind(folder):
    """A numeric attribute is a number, an undeclared one is text, a declared dimension stays."""
    study = open_study(folder)
    assert study.customers["age"].tolist() == [31.0, 44.0]
    assert study.customers["city"].tolist() == ["Ulm", "Bonn"]
    assert study.kpi_readings["market"].unique().tolist() == ["DE"]


def test_unknown_attribute_names_the_tables(folder):
    """A misspelt table is an AttributeError, so that hasattr and copy keep working."""
    with pytest.raises(AttributeError, match="touchpoints"):
        _ = open_study(folder).touchpoint


def test_folder_tables_are_one_table(folder):
    """The files of all coders are loaded together."""
    codings = open_study(folder).codings
    assert codings["coder_id"].tolist() == ["anna", "anna", "ben"]


def test_worksheet_rows_come_before_imported_rows(change):
    """A table may stand in both places; what people wrote comes first."""
    folder = change("imported/touchpoints.csv", new="touchpoint_id,name,stage\nadded,Added,Buy\n")
    assert open_study(folder).touchpoints["touchpoint_id"].tolist()[-1] == "added"


def test_unknown_study_lists_the_examples(tmp_path):
    """A place without study.toml that is no example is refused with what to do."""
    with pytest.raises(StudyNotFound, match="cjm new"):
        open_study(tmp_path / "nothing")


def test_faults_are_gathered_before_they_are_raised(change):
    """Faults of two files come out together."""
    change("worksheets/kpis.csv", old="lower", new="down")
    folder = change("worksheets/touchpoints.csv", old="Look", new="Loook")
    with pytest.raises(FaultsFound) as raised:
        open_study(folder)
    assert len(raised.value.faults) == 2


def test_missing_import_is_said_alone(change):
    """A study that declares an import says to run it, and not what leans on it."""
    folder = change("study.toml", old="[map]", new='[[import]]\nfile = "a.csv"\ntable = "feedback"\n\n[map]')
    (folder / "worksheets" / "feedback.csv").unlink()
    with pytest.raises(FaultsFound, match="cjm import") as raised:
        open_study(folder)
    assert len(raised.value.faults) == 1


def test_data_hash_changes_with_any_file(change):
    """The fingerprint on the map changes as soon as one file does."""
    before = open_study(change("study.toml", old="Small", new="Big")).data_hash
    after = open_study(change("worksheets/personas.csv", old="Omar", new="Oma")).data_hash
    assert before != after and len(after) == 12


def test_opening_leaves_ibis_alone(folder):
    """Opening a study must not pay for the event engine."""
    code = "import sys, cjm_helpers as cjm; cjm.open_study(sys.argv[1]); sys.exit('ibis' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code, folder], check=False).returncode == 0


def test_check_study_returns_what_it_finds(change):
    """Checking returns the faults instead of raising them, also those of study.toml."""
    assert check_study(change("worksheets/kpis.csv", old="lower", new="down")).faults[0].column == "direction"
    assert "unknown key" in str(check_study(change("study.toml", old="format", new="fromat")).faults[0])


def test_saving_returns_the_study_with_the_change(folder):
    """The study handed back holds the change and can be saved from again."""
    study = open_study(folder)
    for name in ("Anna", "Berta"):
        frame = study.personas.replace({"name": {study.personas["name"][0]: name}})
        study = save_worksheet(study, "personas", frame=frame)
    assert study.personas["name"][0] == "Berta" == open_study(folder).personas["name"][0]
    assert study.data_hash == open_study(folder).data_hash


def test_saving_leaves_the_frame_alone(folder):
    """The frame that is saved is not changed."""
    study = open_study(folder)
    frame = study.touchpoints.copy()
    save_worksheet(study, "touchpoints", frame=frame)
    pd.testing.assert_frame_equal(frame, study.touchpoints)


def test_saving_refuses_a_changed_file(folder, change):
    """What somebody wrote meanwhile is never overwritten."""
    study = open_study(folder)
    change("worksheets/personas.csv", old="Omar", new="Omari")
    with pytest.raises(WorksheetChanged, match="personas.csv"):
        save_worksheet(study, "personas", frame=study.personas)
    assert "Omari" in (folder / "worksheets/personas.csv").read_text()


def test_saving_looks_again_at_the_last_moment(folder, change, monkeypatch):
    """What somebody writes while the rows are checked and written is not overwritten either, and no draft stays."""
    study = open_study(folder)
    monkeypatch.setattr("os.fsync", lambda _: change("worksheets/personas.csv", old="Omar", new="Omari"))
    with pytest.raises(WorksheetChanged, match="personas.csv"):
        save_worksheet(study, "personas", frame=study.personas.assign(tagline="new"))
    assert "Omari" in (folder / "worksheets/personas.csv").read_text()
    assert {path.name for path in (folder / "worksheets").glob(".*")} == set()


def test_saving_refuses_rows_that_would_not_open(folder):
    """A row that would fail the checks is refused before anything is written."""
    study = open_study(folder)
    before = (folder / "worksheets/touchpoints.csv").read_bytes()
    with pytest.raises(FaultsFound, match="row 2, column stage") as raised:
        save_worksheet(study, "touchpoints", frame=study.touchpoints.replace({"stage": {"Look": "Lok"}}))
    assert "Did you mean 'Look'?" in str(raised.value)
    assert (folder / "worksheets/touchpoints.csv").read_bytes() == before


def test_saving_refuses_to_break_another_table(folder):
    """Removing a touchpoint that statements name is refused with the place of the statement."""
    study = open_study(folder)
    with pytest.raises(FaultsFound, match="worksheets/statements.csv"):
        save_worksheet(study, "touchpoints", frame=study.touchpoints[study.touchpoints["touchpoint_id"] != "advert"])


@pytest.mark.parametrize("name", ["responses", "events"])
def test_saving_refuses_imported_tables(folder, name):
    """A table that imports fill is not edited by hand."""
    with pytest.raises(NotAWorksheet, match="cjm import"):
        save_worksheet(open_study(folder), name, frame=pd.DataFrame())


def test_saving_a_folder_table_needs_its_part(folder):
    """Codings are saved a file for each coder, and only under a plain name."""
    study = open_study(folder)
    frame = pd.DataFrame({"feedback_id": ["f3"], "coder_id": ["cem"], "code_id": ["kind"]})
    assert "cem" in set(save_worksheet(study, "codings", frame=frame, part="cem").codings["coder_id"])
    for part in ("", "../cem", ".cem"):
        with pytest.raises(ParameterError, match="coder_id"):
            save_worksheet(study, "codings", frame=frame, part=part)


def test_saving_leaves_no_draft_behind(folder, monkeypatch):
    """When the disk refuses, that is said in a sentence, the old file stands, and no half file lies beside it."""

    def refuse(*_):
        raise OSError("disk full")

    study = open_study(folder)
    before = {path.name: path.read_bytes() for path in (folder / "worksheets").glob("*.*")}
    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(CjmError, match="disk full.*close it there"):
        save_worksheet(study, "personas", frame=study.personas)
    assert {path.name: path.read_bytes() for path in (folder / "worksheets").glob("*.*")} == before


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-", "@home", "a;b", 'say "no"', "two\nlines"])
def test_text_stays_text(folder, text):
    """What a spreadsheet might read as a formula is written and read as it is."""
    study = open_study(folder)
    frame = study.personas.assign(tagline=text)
    save_worksheet(study, "personas", frame=frame)
    assert open_study(folder).personas["tagline"].tolist() == [text, text]


@pytest.mark.parametrize("narrowed", [{"persona_id": "lena", "wave": "all"}, {"wave": "spring"}])
def test_saving_refuses_a_narrowed_study(folder, narrowed):
    """A study of one persona or wave lacks the rows of the others, which saving would drop."""
    study = select_rows(open_study(folder), **narrowed)
    with pytest.raises(NarrowedStudy, match="as open_study returns it"):
        save_worksheet(study, "statements", frame=study.statements)


def test_saving_refuses_an_example(example):
    """What comes with the workbook stays as it is; the way on is said."""
    with pytest.raises(CjmError, match="Make it your own study"):
        save_worksheet(example, "personas", frame=example.personas)


def test_saving_writes_the_agreed_bytes(tmp_path):
    """UTF-8 with mark, LF, commas, columns in spec order, rows in the order given, 4 and not 4.0."""
    frame = pd.DataFrame({"name": ["Zoë", "Adam"], "persona_id": ["zoe", "adam"], "basis": ["data", None]})
    folder = new_study(tmp_path / "mine")
    save_worksheet(open_study(folder), "personas", frame=frame)
    written = (folder / "worksheets/personas.csv").read_bytes()
    assert written == b"\xef\xbb\xbf" + "persona_id,name,basis,tagline\nzoe,Zoë,data,\nadam,Adam,,\n".encode()
