"""Exports: each cell is read as text under its heading, and a file that does not add up is refused."""

import gzip
from datetime import date, datetime

import openpyxl
import pytest

from cjm_helpers.errors import FaultsFound
from cjm_helpers.study.sources.exports import read_export


def save(folder, content: str | bytes, name: str = "survey.csv"):
    """Write an export and return its place."""
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder / name


def test_rows_are_counted_as_a_spreadsheet_does(tmp_path):
    """The heading is row 1, and a line break inside quotes or a blank line does not shift the rows below."""
    rows = read_export(save(tmp_path, 'ID,TEXT\n1,"two\nlines"\n\n2,x\n'))
    assert rows.loc[rows["ID"].eq("2")].index.tolist() == [4]


@pytest.mark.parametrize(
    ("content", "options"),
    [
        ("\ufeffID,TEXT\n1,café\n", {}), ("ID;TEXT\r\n1; café \r\n", {}), ("ID\tTEXT\n1\tcafé\n", {}),
        ("ID,TEXT\n1,café\n".encode("cp1252"), {}), ("ID|TEXT\n1|café\n", {"separator": "|"}),
        ("ID,TEXT\n1,café\n".encode("utf-16-le"), {"encoding": "utf-16-le"}),
        ("ID,TEXT\n1,café\n".encode("utf-16"), {}), ("ID,TEXT,\n1,café,\n", {}),
    ],
)  # fmt: skip
def test_what_programs_leave_behind_is_read(tmp_path, content, options):
    """Marks, separators, encodings and commas at the end of lines do no harm."""
    assert read_export(save(tmp_path, content), **options).values.tolist() == [["1", "café"]]


def test_a_packed_file_is_read(tmp_path):
    """A file that ends in .gz, in whatever letters, is unpacked on the way; one that is not whole is refused."""
    packed = gzip.compress(b"ID\n1\n")
    assert read_export(save(tmp_path, packed, "log.csv.GZ"))["ID"].tolist() == ["1"]
    with pytest.raises(FaultsFound, match="not whole"):
        read_export(save(tmp_path, packed[:-4], "half.csv.gz"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("ID,TEXT\n1,a\n2,b,c\n", "survey.csv, row 3: The row has more cells than the heading."),
        ("ID,\n1,a\n", "survey.csv, row 2: A cell has no heading above it."),
        ("ID,ID\n1,2\n", "survey.csv, row 1: The heading 'ID' stands twice."),
        ('ID\n"1\n', "The quotation marks are not in pairs"), ("", "The file is empty."),
        (b"ID\n\x81\n", "another encoding"),
    ],
)  # fmt: skip
def test_a_file_that_does_not_add_up_is_refused(tmp_path, content, said):
    """Nothing is dropped in silence: the sentence names the row and what is wrong."""
    with pytest.raises(FaultsFound) as found:
        read_export(save(tmp_path, content))
    assert said in str(found.value)


def test_a_workbook_is_read_as_it_looks(tmp_path):
    """The first sheet counts: days as year-month-day, whole numbers without a point, nothing where a cell is empty."""
    book = openpyxl.Workbook()
    book.active.append(["ID", "DAY", "SCORE", "TEXT", "OK"])
    book.active.append([7, date(2026, 3, 14), 4.0, " café ", True])
    book.active.append(["c8", datetime(2026, 3, 14, 9, 30), 0.1 + 0.2, None, False])
    book.create_sheet("notes").append(["nobody reads this"])
    book.save(tmp_path / "survey.xlsx")
    assert read_export(tmp_path / "survey.xlsx").values.tolist() == [
        ["7", "2026-03-14", "4", "café", "TRUE"], ["c8", "2026-03-14 09:30:00", "0.3", "", "FALSE"],
    ]  # fmt: skip


def test_a_broken_workbook_is_refused(tmp_path):
    """A text that is only called .xlsx is said in a sentence."""
    with pytest.raises(FaultsFound, match="no workbook, whatever its name says"):
        read_export(save(tmp_path, "ID", name="survey.xlsx"))


def test_a_missing_file_is_said_with_those_that_are_there(tmp_path):
    """The nearest file and the way to say where exports lie are named."""
    save(tmp_path, "ID\n")
    with pytest.raises(FaultsFound, match="Did you mean 'survey.csv'.*--raw FOLDER"):
        read_export(tmp_path / "survy.csv")
