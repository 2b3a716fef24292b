"""Reads one CSV as it stands, with what Excel leaves behind, and writes one whole or not at all."""

import csv
import hashlib
import io
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from cjm_helpers.errors import CjmError, Fault, FaultsFound, spell_allowed
from cjm_helpers.study.conflict_marks import refuse_conflict
from cjm_helpers.study.kinds import spell_cells
from cjm_helpers.worksheets import SPECS, Table

WORKSHEETS, IMPORTED, EVENTS = "worksheets", "imported", "events"
DELIMITERS = ",;\t"
FIRST_ROW = 2  # as a spreadsheet counts: the heading is row 1
LONGEST_CELL = 10_000_000  # letters; the standard 131,072 cuts long interviews
SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".ods", ".numbers", ".tsv", ".csv")  # the last one in capitals: ".CSV"
BYTE_ORDER_MARK = "\ufeff"  # Excel needs it to read UTF-8


@dataclass(frozen=True)
class Sheet:
    """One file of one table: its cells as text and the spreadsheet row of each row; the heading is row 1."""

    table: str
    file: str
    cells: pd.DataFrame
    rows: np.ndarray
    faults: tuple[Fault, ...] = ()
    has_decimal_comma: bool = False
    digest: str = ""
    part: str = ""  # coder or rater, where each has a file


def find_sheets(folder: Path) -> tuple[list[Path], list[Fault]]:
    """Return every CSV of a study that is a table, worksheets first, and a fault for each file that is none.

    Examples
    --------
    >>> find_sheets(Path("nowhere"))
    ([], [])
    """
    found, faults = [], []
    for place in (WORKSHEETS, IMPORTED):
        for path in sorted((folder / place).glob("*.*")) + sorted((folder / place).glob("*/*.*")):
            file = path.relative_to(folder)
            if path.suffix.lower() not in SPREADSHEETS or any(part.startswith((".", "~")) for part in file.parts):
                continue  # drafts, locks and checkpoints of editors
            if file.parts[:2] == (IMPORTED, f"{EVENTS}.csv"):
                continue  # may be larger than memory; events.py opens it
            fault = _refuse_file(file)
            faults += [fault] if fault else []
            found += [] if fault else [path]
    return found, faults


def _refuse_file(file: Path) -> Fault | None:
    name = name_table(file)
    if file.suffix != ".csv":
        remedy = "Save it as CSV, with a name that ends in .csv, and move this file elsewhere."
        what = "Only CSV files are read here, so nobody sees what this one holds."
        return Fault(what, file=file.as_posix(), remedy=remedy)
    if name == EVENTS:
        remedy = f"Move the file to {IMPORTED}/{EVENTS}.csv."
        return Fault("Events stand in one imported file.", file=file.as_posix(), remedy=remedy)
    if name in SPECS and (len(file.parts) == 2 or SPECS[name].is_folder):
        return None
    what, remedy = f"'{name}' is no table of a study.", "Rename or remove the file."
    if name in SPECS:
        what, remedy = f"The table {name} is one file, not a folder.", f"Keep its rows in {file.parts[0]}/{name}.csv."
    return Fault(what, file=file.as_posix(), allowed="" if name in SPECS else spell_allowed(name, SPECS), remedy=remedy)


def name_table(file: Path) -> str:
    """Return the table that a file belongs to, by its place in the study.

    Examples
    --------
    >>> name_table(Path("worksheets/codings/anna.csv"))
    'codings'
    """
    return file.parts[1].removesuffix(".csv")


def read_sheet(path: Path, *, folder: Path) -> Sheet:
    """Read a CSV into text cells, forgiving whatever a spreadsheet leaves behind.

    That is a byte order mark, cp1252, semicolons, decimal commas, CRLF, and empty rows and columns at the end.
    A quoted line break stays in its row and a blank line counts as a row, as in a spreadsheet.

    Examples
    --------
    >>> folder = Path(tempfile.mkdtemp())
    >>> write_whole(folder / "worksheets" / "goals.csv", b"goal_id;statement\\n\\ng1;Sell more\\n")
    >>> sheet = read_sheet(folder / "worksheets" / "goals.csv", folder=folder)
    >>> sheet.table, sheet.rows.tolist(), sheet.cells["statement"].tolist()
    ('goals', [3], ['Sell more'])
    """
    file = path.relative_to(folder)
    content = path.read_bytes()
    text = _decode(content)
    delimiter = max(DELIMITERS, key=text.lstrip().partition("\n")[0].count)
    part = path.stem if len(file.parts) == 3 else ""
    sheet = Sheet(
        name_table(file), file.as_posix(), pd.DataFrame(), np.array([], dtype=int),
        has_decimal_comma=delimiter != ",", digest=make_digest(content), part=part,
    )  # fmt: skip
    try:
        refuse_conflict(text, file=sheet.file)
        return _arrange(split_lines(text, delimiter=delimiter, file=sheet.file), sheet)
    except FaultsFound as found:
        return replace(sheet, faults=found.faults)


def split_lines(text: str, *, delimiter: str, file: str) -> list[list[str]]:
    """Return the lines of a CSV as cells.

    Raises
    ------
    FaultsFound
        When quotation marks are not in pairs, or the text is no text.

    Examples
    --------
    >>> split_lines('f1;"Slow; slow"', delimiter=";", file="feedback.csv")
    [['f1', 'Slow; slow']]
    """
    csv.field_size_limit(LONGEST_CELL)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    what, remedy = "The file is no CSV, whatever its name says.", "Open it in a spreadsheet and save it as CSV."
    try:
        if "\0" not in text:
            return list(lines)
    except csv.Error:
        what = f"The quotation marks are not in pairs from line {lines.line_num} of the file or before."
        remedy = "Open it in a spreadsheet and save it as CSV again."
    raise FaultsFound([Fault(what, file=file, remedy=remedy)], file)


def list_encodings(content: bytes) -> tuple[str, ...]:
    """Return the encodings that a text may have, the likelier first: by its mark, else UTF-8 and that of old Windows.

    Examples
    --------
    >>> list_encodings("ID".encode("utf-16")), list_encodings(b"ID")
    (('utf-16',), ('utf-8-sig', 'cp1252'))
    """
    return ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")


def make_sheet(frame: pd.DataFrame, *, table: str, file: str, part: str = "") -> Sheet:
    """Return a table as the sheet that saving would make of it: cells as short text, wholly empty rows left out.

    Examples
    --------
    >>> frame = pd.DataFrame({"kpi_id": ["given_up"], "target": [4.0]})
    >>> make_sheet(frame, table="kpis", file="worksheets/kpis.csv").cells["target"].tolist()
    ['4']
    """
    lines = [[str(name) for name in frame.columns], *zip(*(spell_cells(column) for _, column in frame.items()))]
    return _arrange(lines, Sheet(table, file, pd.DataFrame(), np.array([], dtype=int), part=part))


def make_digest(content: bytes) -> str:
    """Return the fingerprint by which a changed file is known.

    Examples
    --------
    >>> make_digest(b"one") == make_digest(b"two")
    False
    """
    return hashlib.sha256(content).hexdigest()


def digest_file(path: Path) -> str:
    """Return the fingerprint of a file as it stands now, "" where it is not there.

    Examples
    --------
    >>> digest_file(Path("nowhere"))
    ''
    """
    return make_digest(path.read_bytes()) if path.exists() else ""


def spell_sheet(cells: pd.DataFrame, *, spec: Table) -> bytes:
    """Return the bytes of a worksheet: UTF-8 with mark, commas, LF, columns in the spec's order, then any others.

    Examples
    --------
    >>> cells = pd.DataFrame({"name": ["Lena"], "persona_id": ["lena"]})
    >>> spell_sheet(cells, spec=SPECS["personas"]).decode("utf-8-sig")
    'persona_id,name,basis,tagline\\nlena,Lena,,\\n'
    """
    others = [name for name in cells.columns if name not in spec.column_names]
    ordered = cells.reindex(columns=[*spec.column_names, *others], fill_value="")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(ordered.columns)
    writer.writerows(ordered.itertuples(index=False, name=None))
    return (BYTE_ORDER_MARK + text.getvalue()).encode("utf-8")


def write_whole(path: Path, content: bytes, *, check: Callable[[], None] | None = None) -> None:
    """Write a file so that readers find either the old one or the new one, never a half.

    Parameters
    ----------
    check
        Called at the last moment; where it raises, the old file stands.

    Raises
    ------
    CjmError
        The file cannot be written: the disk is full, or another program holds it.

    Examples
    --------
    >>> file = Path(tempfile.mkdtemp()) / "new" / "personas.csv"
    >>> write_whole(file, b"persona_id")
    >>> file.read_bytes()
    b'persona_id'
    """
    try:
        _replace_file(path, content, check=check)
    except OSError as error:
        raise CjmError(
            f"'{path}' cannot be written ({error.strerror or error}), so it stands as it was. "
            "If another program such as Excel has it open, close it there, then try again."
        ) from None


def _replace_file(path: Path, content: bytes, *, check: Callable[[], None] | None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(draft, path.stat().st_mode & 0o777 if path.exists() else 0o644)  # mkstemp lets only its owner read
        if check:
            check()
        os.replace(draft, path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _decode(content: bytes) -> str:
    encodings = list_encodings(content)
    try:
        text = content.decode(encodings[0])
    except UnicodeDecodeError:
        text = content.decode(encodings[-1], errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _arrange(lines: list, sheet: Sheet) -> Sheet:
    filled = [(row, line) for row, line in enumerate(lines, start=1) if "".join(line).strip()]
    if not filled:
        return sheet
    heading = [name.strip() for name in filled[0][1]]
    kept = filled[1:]
    width = max((len(line) for _, line in kept), default=0)
    heading += [""] * (width - len(heading))
    rows = np.array([row for row, _ in kept], dtype=int)
    columns = list(zip(*(_widen(line, len(heading)) for _, line in kept))) or [()] * len(heading)
    columns = [list(map(str.strip, column)) for column in columns]
    named = {}
    for name, column in zip(heading, columns):
        if name:
            named.setdefault(name, pd.Series(column, dtype="str"))
    faults = _check_heading(heading, columns, rows, file=sheet.file)
    return replace(sheet, cells=pd.DataFrame(named), rows=rows, faults=tuple(faults))


def _widen(line, width: int):
    return line if len(line) == width else [*line, *[""] * (width - len(line))]


def _check_heading(heading: list[str], columns: list[list[str]], rows: np.ndarray, *, file: str) -> list[Fault]:
    faults = []
    for place, (name, column) in enumerate(zip(heading, columns)):
        if not name and any(column):
            row = next(int(row) for row, cell in zip(rows, column) if cell)
            what = f"Column {place + 1} holds text but has no heading."
            faults.append(Fault(what, file=file, row=row, remedy="Name or empty it."))
        if name and name in heading[:place]:
            faults.append(
                Fault(f"The heading '{name}' stands twice.", file=file, row=1, remedy="Remove or rename one.")
            )
    return faults
