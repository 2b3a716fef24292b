"""Exports: each cell is read as text under its heading, and a file that does not add up is refused."""

import gzip
from datetime import date, datetime

import openpyxl
import pytest

from cjm_helpers.errors import FaultsFound
from cjm_helpers.study.sources.exports import read_export, read_heading


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


@pytest.mark.parametrize("name", ["survey.csv", "survey.csv.gz"])
def test_the_headings_of_a_long_file_are_read_without_its_rows(tmp_path, name):
    """What is wrong far below the headings is no matter to them; headings with line breaks are read too."""
    content = b'ID;"LONG\nNAME"; OK \n' + b"1;2;3\n" * 100_000 + b'"'
    file = save(tmp_path, gzip.compress(content) if name.endswith("gz") else content, name)
    assert list(read_heading(file)) == ["ID", "LONG\nNAME", "OK"]
    with pytest.raises(FaultsFound, match="quotation marks"):
        read_export(file)


@pytest.mark.parametrize(
    ("content", "options"),
    [
        ("\ufeffcafé,n,\n1,2,\n", {}), ("café;n\n".encode("cp1252"), {}), ("café\tn\n".encode("utf-16"), {}),
        ("café|n\r\n".encode("utf-16-le"), {"separator": "|", "encoding": "utf-16-le"}),
    ],
)  # fmt: skip
def test_headings_are_those_of_the_whole(tmp_path, content, options):
    """Whatever program wrote the file, its headings are called as they are where all is read."""
    file = save(tmp_path, content)
    assert list(read_heading(file, **options)) == list(read_export(file, **options)) == ["café", "n"]


def test_headings_of_workbooks_and_of_what_cannot_be_read(tmp_path):
    """A workbook is opened for its first row alone; a file without headings is refused as ever."""
    book = openpyxl.Workbook()
    book.active.append(["ID", "DAY"])
    book.active.append([1, 2, 3])
    book.save(tmp_path / "survey.xlsx")
    assert list(read_heading(tmp_path / "survey.xlsx")) == ["ID", "DAY"]
    with pytest.raises(FaultsFound, match="The file is empty"):
        read_heading(save(tmp_path, ""))
    with pytest.raises(FaultsFound, match="no such file"):
        read_heading(tmp_path / "gone.csv")


def test_two_encodings_in_one_file_are_refused(tmp_path):
    """The first line of each is named; to say the encoding is to take it as it is; old Windows alone does no harm."""
    file = save(tmp_path, "TEXT\nfür\n".encode() + b"f\xfcr\n")
    with pytest.raises(FaultsFound, match="two encodings: line 2 is written in UTF-8, line 3 is not"):
        read_export(file)
    assert read_export(file, encoding="cp1252")["TEXT"].tolist() == ["fÃ¼r", "für"]
    quoted = save(tmp_path, "TEXT\n“CAFÉ” «MARCHÉ» für 5 €…\n".encode("cp1252"))
    assert "CAFÉ" in read_export(quoted)["TEXT"][2]
