"""Writes a study's tables as an Excel workbook: a sheet a table, with drop-downs, notes and frozen heads."""

import json
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from pandas import DataFrame

from cjm_helpers.errors import CjmError
from cjm_helpers.study.excel.rows import Rows, join_cells, read_rows
from cjm_helpers.study.folder import Study
from cjm_helpers.worksheets import Column, Table

READ_ME, LISTS, MEMORY = "read me", "_lists", "_study"
NUMBERS = ("number", "integer")
LISTED_ROWS = 20_000  # more imported rows than that nobody reads in a spreadsheet
ROWS_TO_FILL = 500  # empty rows that have drop-downs too
LONGEST_WIDTH, NARROWEST = 60, 11  # letters
LONGEST_CELL = 32_767  # letters; what is longer Excel would cut without a word
HEAD = PatternFill("solid", fgColor="DCE6F0")
IMPORTED_ROW = PatternFill("solid", fgColor="EEEEEE")
INTRODUCTION = (
    "Fill in the sheets as you like: add, change or delete rows, then bring the file back with the button Excel in, "
    "or with: cjm excel STUDY FILE --import. You see what would change before anything is written.",
    "Leave the id of a new row empty; it is made for you. Hold the pointer over a heading to read what belongs there.",
    "Grey rows come from an import. Correct the export instead; changes of grey rows are refused.",
)


def write_excel(study: Study, file: str | Path) -> Path:
    """Write every table of a study but its events into an Excel workbook, in the order of the shelves.

    Returns
    -------
    Path
        The file, written anew.

    Raises
    ------
    CjmError
        The name does not end in .xlsx.

    Examples
    --------
    >>> import tempfile
    >>> from cjm_helpers.study.folder import open_study
    >>> write_excel(open_study("clinic_visit"), Path(tempfile.mkdtemp()) / "study.xlsx").name
    'study.xlsx'
    """
    file = Path(file)
    if file.suffix.lower() != ".xlsx":
        raise CjmError(f"'{file.name}' is no name of an Excel workbook. Give it one that ends in .xlsx.")
    book = Workbook()
    tables = read_rows(study.folder)
    _write_read_me(book.active, study, tables)
    lists = _write_lists(book, study)
    for rows in tables.values():
        _write_table(book.create_sheet(rows.spec.name), rows, lists)
    _write_memory(book.create_sheet(MEMORY), tables)
    for hidden in (LISTS, MEMORY):
        book.move_sheet(hidden, offset=len(book.sheetnames))
        book[hidden].sheet_state = "hidden"
    file.parent.mkdir(parents=True, exist_ok=True)
    book.save(file)
    return file


def _write_read_me(sheet, study: Study, tables: dict[str, Rows]) -> None:
    sheet.title = READ_ME
    for line in (study.name, *INTRODUCTION):
        _write_text(sheet, sheet.max_row + 1, 1, line)
    sheet.delete_rows(1)
    sheet["A1"].font = Font(bold=True, size=14)
    start = sheet.max_row + 2
    for place, heading in enumerate(
        ("sheet", "shelf", "one row is one", "rows you may change", "rows from imports"), 1
    ):
        _write_text(sheet, start, place, heading).font = Font(bold=True)
    for at, (name, rows) in enumerate(tables.items(), start + 1):
        count = sum(map(len, rows.written.values()))
        for place, text in enumerate((name, rows.spec.shelf, rows.spec.row), 1):
            _write_text(sheet, at, place, text)
        left_out = ", not listed" if len(rows.imported) > LISTED_ROWS else ""
        sheet.cell(at, 4, count)
        _write_text(sheet, at, 5, f"{len(rows.imported):,}{left_out}")
    for letter, width in zip("ABCDE", (24, 14, 26, 20, 20), strict=True):
        sheet.column_dimensions[letter].width = width


def _write_lists(book: Workbook, study: Study) -> dict[str, str]:
    """Write the values that drop-downs offer, and return the range of each list."""
    settings = study.settings
    known = {"stages": settings.stages, "waves": settings.wave_ids, "metrics": tuple(settings.metrics)}
    named = ("personas", "touchpoints", "codebook", "goals", "kpis")
    known |= {name: tuple(study.tables[name].iloc[:, 0]) for name in named}
    sheet, ranges = book.create_sheet(LISTS), {}
    for place, (name, values) in enumerate(known.items(), 1):
        for at, value in enumerate((name, *values), 1):
            _write_text(sheet, at, place, value)
        if values:
            letter = get_column_letter(place)
            ranges[name] = f"'{LISTS}'!${letter}$2:${letter}${len(values) + 1}"
    return ranges


def _write_memory(sheet, tables: dict[str, Rows]) -> None:
    """Write the rows once more as they are now, so that what others change meanwhile is known on the way back."""
    sheet.append(["file", "row"])
    for rows in tables.values():
        for file, cells in rows.written.items():
            for row in cells.to_dict("records"):
                text = json.dumps(row)
                pieces = [text[at : at + LONGEST_CELL] for at in range(0, len(text), LONGEST_CELL)]
                sheet.append([file, *pieces])


def _write_table(sheet, rows: Rows, lists: dict[str, str]) -> None:
    spec = rows.spec
    written = join_cells(list(rows.written.values()), spec)
    imported = rows.imported if len(rows.imported) <= LISTED_ROWS else rows.imported.iloc[:0]
    cells = join_cells([written, imported], spec)
    for place, name in enumerate(cells.columns, 1):
        _write_head(sheet, place, name, spec)
    for at, row in enumerate(cells.itertuples(index=False), 2):
        for place, (name, text) in enumerate(zip(cells.columns, row, strict=True), 1):
            cell = _write_cell(sheet, at, place, text, kind=_find_kind(spec, name))
            if at > len(written) + 1:
                cell.fill = IMPORTED_ROW
    _set_widths(sheet, cells)
    for place, column in enumerate(spec.columns, 1):
        _add_choices(sheet, place, column, lists, last=len(cells) + ROWS_TO_FILL)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions


def _write_head(sheet, place: int, name: str, spec: Table) -> None:
    cell = _write_text(sheet, 1, place, name)
    cell.fill, cell.font, cell.alignment = HEAD, Font(bold=True), Alignment(vertical="top")
    if name in spec.column_names:
        cell.comment = Comment(describe_column(spec.column(name)), "CJM Workbook", width=320, height=140)


def describe_column(column: Column) -> str:
    """Return what belongs into a column, as the note of its heading says it.

    Examples
    --------
    >>> from cjm_helpers.worksheets import SPECS
    >>> print(describe_column(SPECS["personas"].column("name")))
    Name of the persona.
    Must be filled in.
    For example: Lena, the time-poor parent
    """
    lines = [column.help, "Must be filled in." if column.is_required else ""]
    lines += [f"One of: {', '.join(column.choices)}." if column.choices else ""]
    lines += ["Several are separated by ;" if column.kind in ("list", "ids") else ""]
    return "\n".join([*filter(None, lines), f"For example: {column.example}" if column.example else ""]).rstrip()


def _find_kind(spec: Table, name: str) -> str:
    return spec.column(name).kind if name in spec.column_names else "text"


def _write_cell(sheet, row: int, place: int, text: str, *, kind: str):
    if kind in NUMBERS and text:
        try:
            return sheet.cell(row, place, float(text) if "." in text or "e" in text.lower() else int(text))
        except ValueError:
            pass  # stays the text that somebody wrote; checks say what is wrong with it
    return _write_text(sheet, row, place, text)


def _write_text(sheet, row: int, place: int, text: str):
    """Write a cell as text whatever it begins with: a quote that starts with = must never become a formula."""
    if len(text) > LONGEST_CELL:
        what = f"A text in the sheet {sheet.title} has {len(text):,} letters, and Excel takes {LONGEST_CELL:,}."
        raise CjmError(f"{what} It begins with '{text[:40]}'. Split it into paragraphs first.")
    cell = sheet.cell(row, place)
    if text:
        cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", text)
        cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = True
    return cell


def _set_widths(sheet, cells: DataFrame) -> None:
    for place, name in enumerate(cells.columns, 1):
        longest = max([len(name) + 4, *cells[name].str.len().head(200)])
        sheet.column_dimensions[get_column_letter(place)].width = min(max(longest, NARROWEST), LONGEST_WIDTH)


def _add_choices(sheet, place: int, column: Column, lists: dict[str, str], *, last: int) -> None:
    choices = column.choices or (("yes", "no") if column.kind == "yes_no" else ())
    source = f'"{",".join(choices)}"' if choices else lists.get(column.refers, "")
    if not source or column.kind in ("ids", "list"):
        return
    rule = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = "Not in the list", "Choose one of the list, or leave the cell empty."
    letter = get_column_letter(place)
    rule.add(f"{letter}2:{letter}{last + 1}")
    sheet.add_data_validation(rule)
