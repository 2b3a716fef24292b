"""Reading what spreadsheets leave behind, and writing what every program reads."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cjm_helpers.errors import FaultsFound
from cjm_helpers.study.folder import check_study, open_study, save_worksheet
from cjm_helpers.study.kit import new_study
from cjm_helpers.study.tables import find_sheets, read_sheet
from cjm_helpers.worksheets import SPECS

CSV = 'feedback_id,score,text\nf1,2.5,"Größe, schön"\n'
SEMICOLONS = "feedback_id;score;text\nf1;2.5;Größe, schön\n"


def read(folder, content):
    path = folder / "worksheets" / "feedback.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return read_sheet(path, folder=folder)


@pytest.mark.parametrize(
    "content",
    [
        CSV.encode("utf-8"),
        CSV.encode("utf-8-sig"),
        CSV.encode("cp1252"),
        CSV.encode("utf-16"),
        CSV.replace("\n", "\r\n").encode("utf-8"),
        CSV.replace("\n", "\r").encode("utf-8"),
        SEMICOLONS.encode("cp1252"),
        SEMICOLONS.replace(";", "\t").encode(),
        ("\n\n" + SEMICOLONS).encode(),
        CSV.replace(",score,", " , score,").encode(),
        (CSV + ",,\n , ,\n\n").encode(),
        CSV.replace("\n", ",,\n").encode(),
        CSV.removesuffix("\n").encode(),
    ],
)
def test_what_spreadsheets_leave_behind_reads_the_same(tmp_path, content):
    """Marks, encodings, separators, line ends, spaces and empty rows and columns make no difference."""
    sheet = read(tmp_path, content)
    assert sheet.faults == ()
    assert sheet.cells.to_dict("list") == {"feedback_id": ["f1"], "score": ["2.5"], "text": ["Größe, schön"]}


def test_decimal_commas_are_read_in_semicolon_files(change):
    """A spreadsheet that separates by semicolons writes 0,3 for 0.3."""
    text = "kpi_id;name;kind;direction;baseline\ngiven_up;Given up;proportion;lower;0,3\n"
    assert open_study(change("worksheets/kpis.csv", new=text)).kpis["baseline"].tolist() == [0.3]


def test_rows_are_counted_as_a_spreadsheet_counts(tmp_path):
    """Blank lines count as rows; a line break in quotes does not."""
    sheet = read(tmp_path, b'feedback_id,text\n\nf1,"one\ntwo"\n\n\nf2,three\n')
    assert sheet.rows.tolist() == [3, 6]
    assert sheet.cells["text"].tolist() == ["one\ntwo", "three"]


def test_blank_lines_above_the_heading_are_forgiven(tmp_path):
    """The first row that holds something is the heading, and rows keep their numbers."""
    sheet = read(tmp_path, b"\nfeedback_id,text\nf1,one\n")
    assert sheet.rows.tolist() == [3] and sheet.cells["feedback_id"].tolist() == ["f1"]


def test_frames_with_a_heading_twice_are_said(folder):
    """Saving a table whose heading stands twice is a fault, not a crash."""
    study = open_study(folder)
    with pytest.raises(FaultsFound, match="'name' stands twice"):
        save_worksheet(study, "personas", frame=pd.concat([study.personas, study.personas[["name"]]], axis=1))


def test_short_rows_are_filled_up(tmp_path):
    """A row that ends early has empty cells."""
    assert read(tmp_path, b"feedback_id,text\nf1\n").cells["text"].tolist() == [""]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_an_empty_table(tmp_path, content):
    """A file without a heading holds nothing, and that is no fault."""
    sheet = read(tmp_path, content)
    assert len(sheet.cells) == 0 and sheet.faults == ()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"feedback_id,feedback_id\nf1,f2\n", "stands twice"),
        (b"feedback_id\nf1\nf2,stray\n", "row 3: Column 2 holds text but has no heading"),
        (b'feedback_id,text\nf1,"never closed\nf2,x\n', "not in pairs"),
    ],
)
def test_a_broken_file_is_a_fault(tmp_path, content, sentence):
    """A heading twice, a cell beyond the heading and open quotation marks are said with their place."""
    assert sentence in str(read(tmp_path, content).faults[0])


def test_unreadable_file_is_said_alone(change):
    """What leans on a file that cannot be read is not said as well."""
    folder = change("worksheets/touchpoints.csv", new='touchpoint_id,name,stage\nbasket,"Basket,Buy\n')
    assert [fault.file for fault in check_study(folder).faults] == ["worksheets/touchpoints.csv"]


def test_files_that_are_no_table_are_faults(change):
    """A misspelt file name would be silently left out, so it is said with the nearest table."""
    change("worksheets/events.csv", new="customer_id\n")
    change("worksheets/.touchpoints.csv", new="half a file of an editor")
    change("worksheets/.ipynb_checkpoints/touchpoints-checkpoint.csv", new="what JupyterLab keeps")
    change("worksheets/feedback/anna.csv", new="feedback_id\n")
    _, faults = find_sheets(change("worksheets/touchpoint.csv", new="touchpoint_id\n"))
    said = "\n".join(map(str, faults))
    assert len(faults) == 3 and "Did you mean 'touchpoints'?" in said and "Move the file to imported/" in said


CELL = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.just("\n"), max_size=30).map(str.strip)
NUMBER = st.none() | st.floats(-2, 3) | st.integers(-2, 3).map(float)
ROWS = st.lists(st.tuples(CELL.filter(bool), NUMBER), min_size=1, max_size=6)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=ROWS)
def test_saved_then_opened_is_the_same_table(blank_study, rows):
    """Whatever text and numbers a team writes come back as they were."""
    frame = blank_study.statements.reindex(range(len(rows)))
    text = frame.select_dtypes("str").columns
    frame[text] = frame[text].fillna("")
    frame["statement_id"] = [f"s{place}" for place in range(len(rows))]
    frame["field"], frame["basis"] = "action", "assumed"
    frame["text"] = pd.Series([row[0] for row in rows], dtype="str")
    frame["score"] = pd.Series([row[1] for row in rows], dtype="float64")
    (blank_study.folder / "worksheets" / "statements.csv").unlink(missing_ok=True)
    save_worksheet(replace(blank_study, digests={}), "statements", frame=frame)
    pd.testing.assert_frame_equal(open_study(blank_study.folder).statements, frame)


@pytest.fixture(scope="module")
def blank_study(tmp_path_factory):
    """A study without rows, which one test fills again and again."""
    return open_study(new_study(tmp_path_factory.mktemp("blank")))


def test_saved_again_is_the_same_file(folder):
    """Saving what was opened from a saved file changes no byte."""
    study = open_study(folder)
    for name in ("touchpoints", "statements", "kpis", "codebook"):
        study = save_worksheet(study, name, frame=study.tables[name])
        before = (folder / f"worksheets/{name}.csv").read_bytes()
        study = save_worksheet(study, name, frame=open_study(folder).tables[name])
        assert (folder / f"worksheets/{name}.csv").read_bytes() == before
        assert before.decode("utf-8-sig").splitlines()[0].split(",") == list(SPECS[name].column_names)


@pytest.mark.parametrize("name", ["touchpoints.xlsx", "touchpoints.CSV", "codings/anna.ods"])
def test_a_spreadsheet_beside_the_worksheets_is_said(folder, name):
    """What nobody would read is never passed over in silence."""
    (folder / "worksheets" / name).write_bytes(b"PK")
    assert f"worksheets/{name}: Only CSV files are read here" in str(check_study(folder))


def test_a_spreadsheet_named_csv_is_said(change):
    """Its bytes are not shown as headings."""
    found = check_study(change("worksheets/touchpoints.csv", new=b"PK\x03\x04\x00\x00"))
    assert [fault.what for fault in found.faults] == ["The file is no CSV, whatever its name says."]


def test_a_file_without_headings_is_said_once(change):
    """Rows without a first row that names them are one fault, not one a column."""
    found = check_study(change("worksheets/personas.csv", new="lena,Lena,data\nomar,Omar,data\n"))
    assert "The first row names no column of personas. It holds: lena, Lena, data." in str(found)
    assert sum(fault.file == "worksheets/personas.csv" for fault in found.faults) == 1


def test_thousands_beside_decimal_commas_are_refused(change):
    """Nobody can tell whether 2.000 means two thousand or two."""
    text = "kpi_id;name;kind;direction;target\nk;K;amount;lower;2.000\n"
    found = check_study(change("worksheets/kpis.csv", new=text))
    assert "column target: '2.000' is not readable as a number." in str(found)
