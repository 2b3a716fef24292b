"""Reads an Excel workbook back: what would change, what is wrong with it, and then all of it or nothing."""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from zipfile import BadZipFile

import pandas as pd
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from cjm_helpers.errors import CjmError, Fault, FaultsFound, spell_allowed
from cjm_helpers.study.excel.book import LISTS, MEMORY, READ_ME
from cjm_helpers.study.excel.compare import is_same, keep_spelling, list_changes, match_row
from cjm_helpers.study.excel.rows import SHOWN_TABLES, Rows, join_cells, read_rows
from cjm_helpers.study.ids import name_new_id
from cjm_helpers.study.kit import find_study, is_shipped
from cjm_helpers.study.merging import merge_rows
from cjm_helpers.study.settings import FILE, read_settings
from cjm_helpers.study.tables import WORKSHEETS, make_digest, make_sheet, spell_sheet
from cjm_helpers.study.together import find_new_faults, refuse_changed, write_together
from cjm_helpers.worksheets import SPECS, Table

CHANGES = ["table", "row", "change", "column", "before", "after"]


@dataclass(frozen=True, eq=False)
class ExcelChanges:
    """What a workbook would change in a study: print it, look at its table, then save it.

    table has one row a change: table, row (its id), change (added, changed, removed), column, before, after. faults
    say what is wrong; while there is one, nothing can be saved.
    """

    folder: Path
    file: str
    table: pd.DataFrame
    faults: tuple[Fault, ...] = ()
    sheets: tuple = field(default=(), repr=False)
    digests: dict[str, str] = field(default_factory=dict, repr=False)

    def __str__(self) -> str:
        counts = Counter((row.table, row.change) for row in self.table.drop_duplicates(CHANGES[:3]).itertuples())
        lines = [
            f"{name}: {count:,} {'row' if count == 1 else 'rows'} {change}" for (name, change), count in counts.items()
        ]
        lines = lines or [f"{self.file} says the same as the study: there is nothing to change."]
        return "\n".join([*lines, *(f"- {fault}" for fault in self.faults)])

    def save(self) -> None:
        """Write what would change, all of it or nothing; what the worksheets held before is kept in .history/.

        Raises
        ------
        FaultsFound
            While something is wrong.
        WorksheetChanged
            A worksheet was changed after the workbook was read.
        """
        if self.faults:
            raise FaultsFound(list(self.faults), f"{self.file}, so that nothing was written")
        refuse_changed(self.folder, self.digests)
        write_together(
            self.folder, {sheet.file: spell_sheet(sheet.cells, spec=SPECS[sheet.table]) for sheet in self.sheets}
        )


def read_excel(folder: str | Path, file: str | Path) -> ExcelChanges:
    """Return what a workbook made by `write_excel` would change in the study; nothing is written yet.

    Raises
    ------
    StudyNotFound
        No study stands in the folder.
    CjmError
        The file is no Excel workbook, or the study is an example that ships with the workbook.

    Examples
    --------
    >>> import tempfile
    >>> from cjm_helpers.study.excel import write_excel
    >>> from cjm_helpers.study.folder import open_study
    >>> from cjm_helpers.study.kit import new_study
    >>> folder = new_study(Path(tempfile.mkdtemp()) / "shop")
    >>> print(read_excel(folder, write_excel(open_study(folder), folder / "shop.xlsx")))
    shop.xlsx says the same as the study: there is nothing to change.
    """
    folder, file = find_study(folder), Path(file)
    if is_shipped(folder):
        raise CjmError("An example that ships with the workbook stays as it is. Make it your own study first.")
    book = _open_book(file)
    reading = _Reading(folder, file.name, read_rows(folder), _read_memory(book))
    for sheet in book.worksheets:
        reading.read(sheet)
    return reading.finish()


def _open_book(file: Path):
    try:
        return load_workbook(file)
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        why = "there is no such file" if isinstance(error, FileNotFoundError) else "it is no Excel workbook (.xlsx)"
        raise CjmError(f"'{file.name}' cannot be read: {why}. Save it as .xlsx and choose it again.") from None


def _read_memory(book) -> dict[str, list[dict]]:
    """Return the rows of each file as they were when the workbook was written."""
    rows: dict[str, list[dict]] = {}
    for file, row in (
        book[MEMORY].iter_rows(min_row=2, max_col=2, values_only=True) if MEMORY in book.sheetnames else ()
    ):
        rows.setdefault(file, []).append(json.loads(row))
    return rows


class _Reading:
    """One workbook being read: gathers what would change, and what is wrong."""

    def __init__(self, folder: Path, file: str, tables: dict[str, Rows], memory: dict[str, list[dict]]):
        self.folder, self.file, self.tables, self.memory = folder, file, tables, memory
        self.changes, self.faults, self.sheets = [], [], []

    def read(self, sheet) -> None:
        name = sheet.title
        if name in (READ_ME, LISTS, MEMORY):
            return
        if name not in SHOWN_TABLES:
            allowed = spell_allowed(name, SHOWN_TABLES)
            self.say(f"The sheet '{name}' is no table of a study.", allowed=allowed, remedy="Rename or delete it.")
            return
        rows = self.tables[name]
        cells = self._drop_imported(self._read_cells(sheet, rows.spec), rows)
        cells = _add_ids(cells, rows)
        for file, before, after in self._match_files(cells, rows):
            self._compare(file, rows.spec, before, after)

    def say(self, what: str, *, row: int | None = None, column: str = "", allowed: str = "", remedy: str = "") -> None:
        self.faults.append(Fault(what, self.file, row, column, allowed, remedy))

    def finish(self) -> ExcelChanges:
        settings = read_settings(self.folder / FILE)
        if not self.faults:
            self.faults = find_new_faults(self.folder, before=settings, after=settings, sheets=self.sheets)
        digests = {sheet.file: self._digest(sheet.file) for sheet in self.sheets}
        table = pd.DataFrame(self.changes, columns=CHANGES)
        return ExcelChanges(self.folder, self.file, table, tuple(self.faults), tuple(self.sheets), digests)

    def _digest(self, file: str) -> str:
        path = self.folder / file
        return make_digest(path.read_bytes()) if path.exists() else ""

    def _read_cells(self, sheet, spec: Table) -> pd.DataFrame:
        """Return the cells of a sheet as text; the index is the row of the sheet."""
        lines = sheet.iter_rows()
        heading = [str(cell.value or "").strip() for cell in next(lines, [])]
        unknown = [name for name in heading if name and name not in spec.column_names]
        for name in [] if spec.takes_more_columns else unknown:
            allowed = spell_allowed(name, spec.column_names)
            self.say(
                f"The sheet {spec.name} has no column '{name}'.", row=1, allowed=allowed, remedy="Correct the heading."
            )
        kept, numbers = [], []
        for line in lines:
            texts = [self._read_cell(cell, spec.name) for cell in line]
            if any(texts):
                kept.append(dict(zip(heading, texts, strict=False)))
                numbers.append(line[0].row)
        frame = pd.DataFrame(kept, index=numbers, dtype="str").drop(columns="", errors="ignore").fillna("")
        return frame.reindex(columns=join_cells([frame], spec).columns, fill_value="")

    def _read_cell(self, cell, table: str) -> str:
        if cell.data_type == "f":
            remedy = "Copy the cell and paste its value instead."
            self.say(f"The sheet {table} has a formula.", row=cell.row, column=cell.column_letter, remedy=remedy)
        return _spell_value(cell.value)

    def _drop_imported(self, cells: pd.DataFrame, rows: Rows) -> pd.DataFrame:
        """Leave out the rows that come from imports, after refusing those that were changed."""
        spec, columns = rows.spec, cells.columns
        if rows.imported.empty:
            return cells
        there = rows.imported.reindex(columns=columns, fill_value="").to_dict("records")
        imported = {match_row(row, spec=spec): row for row in there}
        is_own = []
        for at, row in zip(cells.index, cells.to_dict("records"), strict=True):
            known = imported.get(match_row(row, spec=spec))
            is_own.append(known is None)
            if known and any(
                not is_same((known.get(name, ""), text), spec=spec, name=name) for name, text in row.items()
            ):
                remedy = "Put it back as it was, or correct the export and import it again."
                self.say(f"This row of {spec.name} comes from an import and was changed.", row=at, remedy=remedy)
        return cells[is_own]

    def _match_files(self, cells: pd.DataFrame, rows: Rows):
        """Yield file, rows before and rows after, for each worksheet of a table."""
        spec = rows.spec
        if not spec.is_folder:
            file = f"{WORKSHEETS}/{spec.name}.csv"
            yield file, join_cells(list(rows.written.values()), spec), cells
            return
        person = spec.key[1]
        for at in cells.index[cells[person] == ""]:
            self.say(f"This row of {spec.name} does not say whose it is.", row=at, column=person, remedy="Write who.")
        files = {f"{WORKSHEETS}/{spec.name}/{one}.csv": same for one, same in cells.groupby(person) if one}
        for file in sorted({*files, *rows.written}):
            empty = join_cells([], spec)
            yield file, rows.written.get(file, empty), files.get(file, empty)

    def _compare(self, file: str, spec: Table, before: pd.DataFrame, after: pd.DataFrame) -> None:
        """Note what the workbook changed in a file, beside whatever others changed there meanwhile."""
        base = join_cells([pd.DataFrame(self.memory.get(file, []), dtype="str")], spec)
        before, after = join_cells([before], spec), join_cells([after], spec)
        after = keep_spelling(base, after, spec=spec)
        if _is_equal(base, after):
            return
        merged = merge_rows(base, mine=after, theirs=before, key=spec.key)
        for clash in merged.conflicts:
            remedy = "Write the study's text into the workbook, or change it in the study."
            self.say(f"{spec.name}: {clash.sentence}", remedy=remedy)
        after = merged.frame
        found = list_changes(before, after, spec=spec)
        if not found and _is_equal(before, after):
            return
        self.changes += found or [(spec.name, "", "moved", "", "", "the rows stand in another order")]
        part = Path(file).stem if spec.is_folder else ""
        self.sheets.append(make_sheet(after, table=spec.name, file=file, part=part))


def _is_equal(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Tell whether two tables hold the same rows in the same order; a column without any cell counts for nothing."""
    columns = [*dict.fromkeys([*one.columns, *other.columns])]
    first, second = (frame.reindex(columns=columns, fill_value="").reset_index(drop=True) for frame in (one, other))
    return first.equals(second)


def _spell_value(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == value.min.time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() else repr(value)
    return str(value).strip()


def _add_ids(cells: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    """Return the rows with an id made for each that has none."""
    spec = rows.spec
    if not spec.key or spec.is_folder:
        return cells
    own, cells = spec.key[0], cells.copy()
    taken = {*cells[own], *rows.imported[own]} - {""}
    for at in cells.index[cells[own] == ""]:
        cells.loc[at, own] = name_new_id(spec.name, cells.loc[at].to_dict(), taken=taken)
        taken.add(cells.loc[at, own])
    return cells
