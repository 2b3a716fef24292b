"""Joins the sheets of a table into one table with types, and keeps for each row the place it came from."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from cjm_helpers.errors import Fault, spell_allowed
from cjm_helpers.study.kinds import read_cells, read_empty, spell_cells
from cjm_helpers.study.settings import Settings
from cjm_helpers.study.tables import Sheet
from cjm_helpers.worksheets import SPECS, Column, Table

SHOWN_ROWS = 3
SHOWN_VALUES = 3


@dataclass(frozen=True)
class Placed:
    """One table with types; files and rows say for each of its rows where it stands."""

    frame: pd.DataFrame
    files: np.ndarray
    rows: np.ndarray


def join_sheets(sheets: list[Sheet], *, settings: Settings) -> tuple[dict[str, Placed], list[Fault]]:
    """Return every table but events, joined from its sheets in their order, and the faults of their cells.

    Examples
    --------
    >>> from cjm_helpers.study.tables import make_sheet
    >>> frame = pd.DataFrame({"goal_id": ["g1"], "due": ["soon"]})
    >>> sheet = make_sheet(frame, table="goals", file="worksheets/goals.csv")
    >>> for fault in join_sheets([sheet], settings=Settings("Checkout"))[1]:
    ...     print(fault.what)
    The column 'statement' is missing.
    'soon' is not readable as a day.
    """
    faults = [fault for sheet in sheets for fault in sheet.faults]
    joined = {}
    for name, spec in SPECS.items():
        if name != "events":
            own = [sheet for sheet in sheets if sheet.table == name]
            frames = [_read_sheet(sheet, spec, settings, faults) for sheet in own]
            joined[name] = _join(own, frames, spec)
    return joined, faults


def gather_faults(
    placed: Placed, column: str, *, wrong: np.ndarray, phrase: str, allowed=(), remedy: str = ""
) -> list[Fault]:
    """Return a fault for each wrong value of a column, said once with its rows, or one for all when they are many.

    phrase follows "is" and "are": "not readable as a number".

    Examples
    --------
    >>> placed = Placed(pd.DataFrame({"stage": ["Buy", "Bye"]}), np.array(["touchpoints.csv"] * 2), np.array([2, 3]))
    >>> print(*gather_faults(placed, "stage", wrong=np.array([False, True]), phrase="no stage", allowed=["Buy"]))
    touchpoints.csv, row 3, column stage: 'Bye' is no stage. Did you mean 'Buy'? Allowed: Buy.
    """
    if not wrong.any():
        return []
    texts = np.array(spell_cells(placed.frame[column][wrong]), dtype=object)
    files, rows = placed.files[wrong], placed.rows[wrong]
    faults = []
    for file in dict.fromkeys(files):
        here = files == file
        place = Fault("", file=file, column=column, remedy=remedy)
        wording = _Wording(phrase, int((placed.files == file).sum()), allowed)
        faults += _say_values(texts[here], rows[here], place, wording)
    return faults


class _Wording(NamedTuple):
    """How a wrong value is said: after "is" or "are", among how many rows, and what would be right."""

    phrase: str
    total: int
    allowed: Collection[str]


def _say_values(texts: np.ndarray, rows: np.ndarray, place: Fault, wording: _Wording) -> list[Fault]:
    values = list(dict.fromkeys(texts))
    if len(values) <= SHOWN_VALUES:
        return [_say_value(value, rows[texts == value], place, wording) for value in values]
    such = ", ".join(f"'{value}'" for value in values[:SHOWN_VALUES])
    what = f"{len(rows):,} of {wording.total:,} values are {wording.phrase} ({_spell_rows(rows)}), such as {such}."
    allowed = spell_allowed(values[0], wording.allowed)
    return [replace(place, what=what, allowed=allowed, rows=tuple(rows.tolist()))]


def _say_value(value: str, rows: np.ndarray, place: Fault, wording: _Wording) -> Fault:
    shown = f"'{value}' is {wording.phrase}" if value else f"The cell is {wording.phrase}"
    row = int(rows[0]) if len(rows) == 1 else None
    counted = "" if row else f" in {len(rows):,} of {wording.total:,} rows ({_spell_rows(rows)})"
    allowed = spell_allowed(value, wording.allowed)
    return replace(place, what=f"{shown}{counted}.", row=row, allowed=allowed, rows=tuple(rows.tolist()))


def _spell_rows(rows: np.ndarray) -> str:
    more = ", ..." if len(rows) > SHOWN_ROWS else ""
    return f"rows {', '.join(str(row) for row in rows[:SHOWN_ROWS])}{more}"


def _read_sheet(sheet: Sheet, spec: Table, settings: Settings, faults: list[Fault]) -> pd.DataFrame:
    """Return the cells of a sheet with types and all columns of the spec; wrong cells are said and come out empty."""
    columns = _list_columns(sheet, spec, settings, faults)
    typed = {}
    files = np.full(len(sheet.cells), sheet.file, dtype=object)
    as_text = Placed(sheet.cells, files, sheet.rows)
    blank = pd.Series("", index=range(len(sheet.cells)), dtype="str")
    for column in columns:
        cells = sheet.cells.get(column.name, default=blank)
        typed[column.name], wrong = read_cells(cells, column=column, has_decimal_comma=sheet.has_decimal_comma)
        faults += gather_faults(as_text, column.name, wrong=wrong, **_word_kind(column))
        if column.is_required and column.name in sheet.cells:
            wrong, phrase = (cells == "").to_numpy(), "empty, though every row needs one"
            faults += gather_faults(as_text, column.name, wrong=wrong, phrase=phrase, remedy="Fill it in.")
    return pd.DataFrame(typed)


def _list_columns(sheet: Sheet, spec: Table, settings: Settings, faults: list[Fault]) -> list[Column]:
    """Return the columns the sheet should have and the further ones it may have; say the others and what is missing."""
    present = list(sheet.cells.columns)
    if present and not set(present) & set(spec.column_names):
        what = f"The first row names no column of {spec.name}. It holds: {', '.join(present)}."
        remedy = "Put a first row above the others that names the columns."
        faults.append(Fault(what, file=sheet.file, row=1, allowed=spell_allowed("", spec.column_names), remedy=remedy))
        return list(spec.columns)
    further = [name for name in present if name not in spec.column_names]
    taken = [name for name in further if _may_hold(spec, name, settings)]
    for name in further:
        if name not in taken:
            faults.append(_say_unknown(name, sheet, spec, settings))
    for column in spec.columns:
        if present and column.is_required and column.name not in present:
            what, found = f"The column '{column.name}' is missing.", f"The file has: {', '.join(present)}."
            remedy = "Add the column, or rename the one that holds it."
            faults.append(Fault(what, file=sheet.file, row=1, allowed=found, remedy=remedy))
    return [*spec.columns, *(_describe_attribute(name, settings) for name in taken)]


def _say_unknown(name: str, sheet: Sheet, spec: Table, settings: Settings) -> Fault:
    what, remedy = f"The heading '{name}' is no column of {spec.name}.", "Rename or remove the column."
    known = list(spec.column_names)
    if spec.takes_more_columns:
        known += settings.dimensions
        remedy = "Rename the column, or declare it under [dimensions] in study.toml."
    return Fault(what, file=sheet.file, row=1, allowed=spell_allowed(name, known), remedy=remedy)


def _may_hold(spec: Table, name: str, settings: Settings) -> bool:
    return spec.takes_more_columns and (spec.name == "customers" or name in settings.dimensions)


def _describe_attribute(name: str, settings: Settings) -> Column:
    kind = "number" if settings.customers.get(name) == "numeric" else "text"
    return Column(name, kind, "")


def _word_kind(column: Column) -> dict:
    """Return the words in which a cell of the wrong kind is said."""
    words = {
        "number": ("not readable as a number", "Write digits and a decimal sign only, such as 2000 or 0.5"),
        "integer": ("not readable as a whole number", "Write digits only, such as 3"),
        "date": ("not readable as a day", "Write year-month-day, such as 2026-03-14"),
        "yes_no": ("neither yes nor no", "Write yes or no"),
    }
    phrase, remedy = words.get(column.kind, ("not among the words allowed", "Use one of them"))
    remedy += "." if column.is_required else ", or leave it empty."
    return {"phrase": phrase, "allowed": column.choices, "remedy": remedy}


@cache  # a study has a dozen empty tables, and making them costs more than reading a small one
def _make_empty(spec: Table) -> pd.DataFrame:
    return pd.DataFrame({column.name: read_empty(column) for column in spec.columns})


def _join(sheets: list[Sheet], frames: list[pd.DataFrame], spec: Table) -> Placed:
    if not frames:
        return Placed(_make_empty(spec).copy(), np.array([], dtype=object), np.array([], dtype=int))
    frame = pd.concat(frames, ignore_index=True)
    further = [name for name in frame.columns if name not in spec.column_names]
    for name in further:
        if frame[name].dtype == "str":
            frame[name] = frame[name].fillna("")
    files = np.concatenate([np.full(len(sheet.cells), sheet.file, dtype=object) for sheet in sheets])
    rows = np.concatenate([sheet.rows for sheet in sheets])
    return Placed(frame[[*spec.column_names, *further]], files, rows)
