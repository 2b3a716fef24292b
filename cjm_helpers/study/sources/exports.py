"""Reads an export as it was received: every cell as text, every row under the number a spreadsheet gives it."""

import csv
import gzip
import re
import zipfile
import zlib
from datetime import date, datetime, time
from itertools import chain
from pathlib import Path

import numpy as np
from pandas import DataFrame

from cjm_helpers.errors import Fault, FaultsFound, spell_allowed
from cjm_helpers.study.sources.transcripts import is_transcript, read_transcripts
from cjm_helpers.study.tables import DELIMITERS, FIRST_ROW, list_encodings, split_lines

WORKBOOKS = (".xlsx", ".xlsm")
DIGITS = 15  # what a spreadsheet keeps of a number
IN_UTF8 = re.compile(rb"\xc3[\x80-\xbf]|\xe2\x80[\x90-\xbf]")  # an accented letter or a curly quote, and hardly else


def read_export(file: Path, *, separator: str = "", encoding: str = "", faults: list[Fault] | None = None) -> DataFrame:
    """Return the rows of a CSV file, packed as .gz or not, or of a workbook's first sheet, as text.

    UTF-8 with a mark or none, UTF-16 with a mark, cp1252, commas, semicolons and tabs are found out; anything else must
    be said. The index is the row as a spreadsheet counts. Interviews are read too, by `read_transcripts`.

    Parameters
    ----------
    faults
        Where whoever asks has more to say of the file: what is wrong with rows is added here, and those are left out.

    Raises
    ------
    FaultsFound
        When there is no such file, or not every cell of it stands under a heading of its own.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "survey.csv"
    >>> _ = file.write_text("ID;ANSWER\\n1; yes \\n")
    >>> read_export(file).to_dict("index")
    {2: {'ID': '1', 'ANSWER': 'yes'}}
    """
    if is_transcript(file):
        return read_transcripts(file)
    if file.suffix.lower() in WORKBOOKS and file.exists():
        lines = _read_workbook(file)
    else:
        text = _decode(file, encoding)
        separator = separator or max(DELIMITERS, key=text.partition("\n")[0].count)
        lines = split_lines(text, delimiter=separator, file=file.name)
    if not lines:
        _refuse("The file is empty.", file.name, remedy="Export it again.")
    heading = _strip(lines[0])
    odd = _check_lines(lines, heading, file=file.name)
    if odd and faults is None:
        raise FaultsFound(odd, file.name)
    width = len(heading)
    cells = [[cell.strip() for cell in line[:width]] + [""] * (width - len(line)) for line in lines[1:]]
    index = range(FIRST_ROW, FIRST_ROW + len(cells))
    rows = DataFrame(np.array(cells, dtype=object).reshape(-1, width), columns=heading, index=index, dtype="str")
    if odd:
        faults += odd
        rows = rows.drop(index=[fault.row for fault in odd])
    return rows.drop(columns="", errors="ignore")


def read_heading(file: Path, *, separator: str = "", encoding: str = "") -> DataFrame:
    """Return the columns of an export without its rows; of a long file only the beginning is read.

    Raises
    ------
    FaultsFound
        As `read_export`, where the beginning cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "survey.csv"
    >>> _ = file.write_text("ID;ANSWER\\n1; yes \\n")
    >>> list(read_heading(file))
    ['ID', 'ANSWER']
    """
    try:
        heading = [] if is_transcript(file) else _read_first(file, separator=separator, encoding=encoding)
    except (OSError, EOFError, zlib.error, LookupError, csv.Error):  # said in its own words where all is read
        heading = []
    whole = {"separator": separator, "encoding": encoding}
    return DataFrame(columns=[name for name in heading if name]) if heading else read_export(file, **whole).iloc[:0]


def _read_first(file: Path, *, separator: str, encoding: str) -> list[str]:
    """Return the cells of the first row, none where no encoding fits."""
    if file.suffix.lower() in WORKBOOKS and file.exists():
        return _strip(next(iter(_read_workbook(file, last=1)), []))
    open_text = gzip.open if file.suffix.lower() == ".gz" else open
    with open_text(file, "rb") as content:
        guesses = [encoding] if encoding else list_encodings(content.read(2))
    for guess in guesses:
        try:
            with open_text(file, "rt", encoding=guess, newline="") as text:
                first = text.readline()
                delimiter = separator or max(DELIMITERS, key=first.count)
                return _strip(next(csv.reader(chain([first], text), delimiter=delimiter, strict=True), []))
        except UnicodeError:
            continue
    return []


def _strip(line: list[str]) -> list[str]:
    return [name.strip() for name in line]


def _decode(file: Path, encoding: str) -> str:
    try:
        content = file.read_bytes()
    except OSError:
        there = sorted(path.name for path in file.parent.glob("*") if path.is_file())
        remedy = f"Put the export there, or say where it is with --raw FOLDER. Looked in {file.parent}."
        _refuse("There is no such file.", file.name, allowed=spell_allowed(file.name, there), remedy=remedy)
    if file.suffix.lower() == ".gz":
        try:
            content = gzip.decompress(content)
        except (OSError, EOFError, zlib.error):
            _refuse("The file is not packed as its name says, or not whole.", file.name, remedy="Export it again.")
    for guess in [encoding] if encoding else list_encodings(content):
        try:
            text = content.decode(guess)
            if not encoding and guess == "cp1252":
                _refuse_mixed(content, file.name)
            return text
        except (UnicodeError, LookupError):
            continue
    _refuse("The file has another encoding.", file.name, remedy='Say which, such as encoding = "utf-16".')


def _refuse_mixed(content: bytes, file: str) -> None:
    """Refuse a file of which only a part is UTF-8: read as a whole, one part or the other would come out garbled."""
    found = IN_UTF8.search(content)
    if not found:
        return
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as odd:
        lines = [content.count(b"\n", 0, place) + 1 for place in (found.start(), odd.start)]
        what = f"The file holds two encodings: line {lines[0]} is written in UTF-8, line {lines[1]} is not."
        _refuse(what, file, remedy='Export it again in UTF-8, or say encoding = "cp1252" if it is all of one kind.')


def _read_workbook(file: Path, *, last: int | None = None) -> list[list[str]]:
    """Return the first sheet's cells as text: days as year-month-day, whole numbers without a point."""
    import openpyxl  # a third of a second, and most exports are CSV

    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        _refuse(
            "The file is no workbook, whatever its name says.", file.name, remedy="Export it again, or save it as CSV."
        )
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # some tools write a wrong size
    lines = [[_spell_cell(cell) for cell in row] for row in sheet.iter_rows(max_row=last, values_only=True)]
    book.close()
    while lines and not any(lines[-1]):
        lines.pop()
    return lines


def _spell_cell(value) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.{DIGITS}g}"
    return "" if value is None else str(value)


def _check_lines(lines: list, heading: list[str], *, file: str) -> list[Fault]:
    """Refuse a heading that stands twice, and return the rows with cells that stand under none."""
    for name in heading:
        if name and heading.count(name) > 1:
            _refuse(f"The heading '{name}' stands twice.", file, row=1, remedy="Rename one of them.")
    named, odd = [bool(name) for name in heading], []
    for row, line in enumerate(lines[1:], start=FIRST_ROW):
        if len(line) > len(heading) and any(cell.strip() for cell in line[len(heading) :]):
            remedy = "Look at the separator and the quotes."
            odd.append(Fault("The row has more cells than the heading.", file, row, remedy=remedy))
        elif not all(named) and any(cell.strip() and not is_named for cell, is_named in zip(line, named)):
            odd.append(Fault("A cell has no heading above it.", file, row, remedy="Name the column."))
    return odd


def _refuse(what: str, file: str, *, row: int | None = None, allowed: str = "", remedy: str = "") -> None:
    raise FaultsFound([Fault(what, file, row, allowed=allowed, remedy=remedy)], file)
