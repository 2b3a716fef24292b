"""Reads the sheets of a study, and when something is saved again only those of tables that changed on disk."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from cjm_helpers.errors import Fault
from cjm_helpers.study.settings import Settings
from cjm_helpers.study.tables import IMPORTED, Sheet, find_sheets, make_digest, name_table, read_sheet
from cjm_helpers.worksheets import SPECS

NUMBERS = ("number", "integer", "numeric")  # kinds of columns and of what is known about customers


class Reading(NamedTuple):
    """The sheets read, in order, the tables that need not be read, each file's fingerprint, and faults of files."""

    sheets: list[Sheet]
    kept: set[str]
    digests: dict[str, str]
    faults: list[Fault]


def read_sheets(folder: Path, *, instead: Sheet | None = None, known: Mapping[str, str] | None = None) -> Reading:
    """Read the sheets of a study, without those of tables whose files all have the fingerprints known already.

    Parameters
    ----------
    instead
        A sheet that stands for the file of its name.
    known
        The fingerprint of each file as it was read before; none = every table is read.

    Examples
    --------
    >>> read_sheets(Path("nowhere")).sheets
    []
    """
    found, faults = find_sheets(folder)
    given = [instead] if instead else []
    paths = {path.relative_to(folder): path for path in found}
    paths = {file: path for file, path in paths.items() if file.as_posix() not in {sheet.file for sheet in given}}
    tables = {name_table(file) for file in paths}
    if known:
        now = {file.as_posix(): make_digest(path.read_bytes()) for file, path in paths.items()}
        tables = _find_changed(now | {sheet.file: sheet.digest for sheet in given}, known)
    sheets = [read_sheet(path, folder=folder) for file, path in paths.items() if name_table(file) in tables] + given
    sheets.sort(key=lambda sheet: (sheet.file.startswith(IMPORTED), sheet.file))
    digests = {file: digest for file, digest in (known or {}).items() if name_table(Path(file)) not in tables}
    kept = {name_table(Path(file)) for file in digests}
    return Reading(sheets, kept, digests | {sheet.file: sheet.digest for sheet in sheets}, faults)


def point_cells(sheet: Sheet, settings: Settings) -> pd.DataFrame:
    """Return a sheet's cells with decimal points, as worksheets are written; some spreadsheets leave commas.

    Examples
    --------
    >>> cells = pd.DataFrame({"position": ["1,5"], "name": ["a, b"]}, dtype="str")
    >>> sheet = Sheet("touchpoints", "worksheets/touchpoints.csv", cells, cells.index, has_decimal_comma=True)
    >>> point_cells(sheet, Settings("Shop")).values.tolist()
    [['1.5', 'a, b']]
    """
    if not sheet.has_decimal_comma:
        return sheet.cells
    kinds = {**settings.customers, **{column.name: column.kind for column in SPECS[sheet.table].columns}}
    numbers = [name for name in sheet.cells if kinds.get(name) in NUMBERS]
    return sheet.cells.assign(**{name: sheet.cells[name].str.replace(",", ".", regex=False) for name in numbers})


def _find_changed(now: Mapping[str, str], known: Mapping[str, str]) -> set[str]:
    """Return the tables of which a file came, went or changed."""
    files = now.keys() | known.keys()
    return {name_table(Path(file)) for file in files if now.get(file) != known.get(file)}
