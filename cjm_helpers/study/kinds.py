"""Turns the text of cells into numbers, dates and texts, and back; says which cells do not fit their kind."""

import math
from datetime import date, datetime

import numpy as np
import pandas as pd

from cjm_helpers.worksheets import Column

YES_NO = ("yes", "no")
LARGEST_WHOLE = 1e15  # above it a float no longer holds every whole number
OTHER_DAYS = ("%Y-%m-%d %H:%M:%S", "%d.%m.%Y")  # what Excel makes of a day; 3/4/2026 reads two ways, so it is refused
THOUSANDS = r"-?[1-9]\d{0,2}(\.\d{3})+"  # 2.000 beside decimal commas is two thousand or two: nobody can tell
FIRST_DAY, LAST_DAY = pd.Timestamp("1900-01-01"), pd.Timestamp("2200-01-01")


def read_cells(cells: pd.Series, *, column: Column, has_decimal_comma: bool = False) -> tuple[pd.Series, np.ndarray]:
    """Return the values of a column of text cells, and which cells do not fit the column's kind.

    Numbers become float64, dates datetime64[ns], everything else stays text with "" for empty.

    Examples
    --------
    >>> values, wrong = read_cells(pd.Series(["4", "four"]), column=Column("score", "number", ""))
    >>> values.tolist(), wrong.tolist()
    ([4.0, nan], [False, True])
    """
    if column.kind in ("number", "integer"):
        values = _read_numbers(cells, has_decimal_comma=has_decimal_comma)
        wrong = values.isna().to_numpy() & _is_filled(cells)
        if column.kind == "integer":
            wrong |= ((values % 1) > 0).to_numpy()
        return values, wrong
    if column.kind == "date":
        values = _read_days(cells)
        return values, values.isna().to_numpy() & _is_filled(cells)
    allowed = YES_NO if column.kind == "yes_no" else column.choices
    wrong = ~cells.isin(["", *allowed]).to_numpy() if allowed else np.zeros(len(cells), dtype=bool)
    return cells, wrong


def read_empty(column: Column) -> pd.Series:
    """Return a column without rows, of the type its kind has.

    Examples
    --------
    >>> read_empty(Column("due", "date", "")).dtype
    dtype('<M8[ns]')
    """
    return read_cells(pd.Series([], dtype="str"), column=column)[0]


def spell_cells(values: pd.Series) -> list[str]:
    """Return the cells of a column as text: 4 not 4.0, days as year-month-day, nothing for missing.

    Examples
    --------
    >>> spell_cells(pd.Series([4.0, 2.5, None]))
    ['4', '2.5', '']
    """
    return [_spell(value) for value in values.astype(object).tolist()]


def _is_filled(cells: pd.Series) -> np.ndarray:
    return (cells != "").to_numpy()


def _read_numbers(cells: pd.Series, *, has_decimal_comma: bool) -> pd.Series:
    if has_decimal_comma:
        cells = cells.mask(cells.str.fullmatch(THOUSANDS), "").str.replace(",", ".", regex=False)
    numbers = pd.to_numeric(cells, errors="coerce").astype("float64")
    return numbers.where(np.isfinite(numbers))


def _read_days(cells: pd.Series) -> pd.Series:
    days = pd.to_datetime(cells, format="%Y-%m-%d", errors="coerce")
    for other in OTHER_DAYS:
        if days.isna().to_numpy()[_is_filled(cells)].any():
            days = days.fillna(pd.to_datetime(cells, format=other, errors="coerce").dt.normalize())
    return days.where((days >= FIRST_DAY) & (days <= LAST_DAY)).astype("datetime64[ns]")


def _spell(value) -> str:
    if isinstance(value, str):  # most cells by far
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if value is None or value is pd.NaT or value is pd.NA:
        return ""
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < LARGEST_WHOLE else repr(float(value))
    if isinstance(value, (datetime, date)):
        return value.strftime("%Y-%m-%d")
    return str(value)
