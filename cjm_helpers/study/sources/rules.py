"""How an import reads single values of an export: templates, recodes, kinds, scales and written rules."""

import operator
import re
from math import inf
from string import Formatter
from typing import NamedTuple

import pandas as pd
from pandas import DataFrame, Series

from cjm_helpers.errors import Fault, spell_allowed
from cjm_helpers.worksheets import Column

ROW = "row"
ALL_OTHERS = "*"
ROWS_SHOWN = 3
VALUES_NAMED = 8
DATE_FORMATS = ("%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d", "%Y%m%d", "%d %b %Y", "%d %B %Y")
COMPARE = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt}
OFFSET = r"\d:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:Z|[+-]\d\d(?::?\d\d)?)$"
COMPARISON = re.compile(r"(!=)\s*(.+)|(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)")


def is_template(source: str, columns) -> bool:
    """Say whether a source such as "sfo-{RESPNUM}" is a template and not the name of a column.

    Examples
    --------
    >>> is_template("sfo-{RESPNUM}", ["RESPNUM"]), is_template("RESPNUM", ["RESPNUM"])
    (True, False)
    """
    return source not in columns and "{" in source


def name_parts(template: str) -> list[str]:
    """Return the column names that stand in the braces of a template.

    Examples
    --------
    >>> name_parts("2017-05-{INTDATE}")
    ['INTDATE']
    """
    return [name for _, name, _, _ in Formatter().parse(template) if name is not None]


def fill_template(template: str, rows: DataFrame) -> Series:
    """Return the template filled for every row; empty where a column it names is empty. {row} is the row's number.

    Examples
    --------
    >>> fill_template("c{id}", DataFrame({"id": ["1", ""]})).tolist()
    ['c1', '']
    """
    filled, is_full = Series("", index=rows.index, dtype="str"), Series(True, index=rows.index)
    for words, name, _, _ in Formatter().parse(template):
        filled = filled + words
        if name is None:
            continue
        part = rows[name] if name in rows else rows.index.to_series().astype("str")
        filled, is_full = filled + part, is_full & part.ne("")
    return filled.where(is_full, "")


def recode_values(values: Series, recode: dict) -> tuple[Series, Series]:
    """Return the values in their new words, and which of them the recode does not know.

    The key "*" speaks for all values not named; "*" = "*" keeps them as they are.

    Examples
    --------
    >>> new, is_unknown = recode_values(Series(["1", "9"]), {"1": "work"})
    >>> new.tolist(), is_unknown.tolist()
    (['work', '9'], [False, True])
    """
    named = {str(old): str(new) for old, new in recode.items() if old != ALL_OTHERS}
    is_named = values.isin(list(named))
    others = recode.get(ALL_OTHERS)
    rest = values if others in (None, ALL_OTHERS) else Series(str(others), index=values.index)
    new = values.map(named).where(is_named, rest).astype("str")
    return new, ~is_named & (others is None)


def to_numbers(values: Series, *, decimal: str = ".") -> Series:
    """Return texts as numbers; NaN where a text is no number.

    Examples
    --------
    >>> to_numbers(Series(["4,5", "x"]), decimal=",").tolist()
    [4.5, nan]
    """
    return pd.to_numeric(point_numbers(values, decimal=decimal), errors="coerce").astype("float64")


def point_numbers(values: Series, *, decimal: str = ".") -> Series:
    """Return texts with the file's decimal sign written as a point.

    Examples
    --------
    >>> point_numbers(Series(["4,5"]), decimal=",").tolist()
    ['4.5']
    """
    return values if decimal == "." else values.str.replace(decimal, ".", regex=False)


def name_bad_values(
    values: Series, *, file: str, column: str, why: str, allowed: str = "", remedy: str = ""
) -> list[Fault]:
    """Return one fault for each different value, with its count and its first rows; many values make one fault.

    Examples
    --------
    >>> off = Series(["7", "7"], index=[2, 5])
    >>> print(name_bad_values(off, file="a.csv", column="Q1", why="is not on the scale")[0])
    a.csv, row 2, column Q1: The value '7' is not on the scale (2 rows: 2, 5).
    """
    groups = list(values.groupby(values, sort=False))
    if len(groups) > VALUES_NAMED:
        shown = ", ".join(f"'{value}'" for value, _ in groups[:ROWS_SHOWN])
        what = f"Each of {len(groups):,} different values {why}, such as {shown} ({_say_rows(values)})."
        return [Fault(what, file, int(values.index[0]), column, allowed, remedy)]
    faults = []
    for value, same in groups:
        what = f"The value '{value}' {why} ({_say_rows(same)})." if value else f"The cell {why} ({_say_rows(same)})."
        faults.append(Fault(what, file, int(same.index[0]), column, allowed, remedy))
    return faults


def _say_rows(values: Series) -> str:
    if len(values) == 1:
        return "1 row"
    more = ", ..." if len(values) > ROWS_SHOWN else ""
    return f"{len(values):,} rows: {', '.join(map(str, values.index[:ROWS_SHOWN]))}{more}"


class Stored(NamedTuple):
    """Texts as a table stores them, which of them are wrong, and the sentences that say so."""

    texts: Series
    is_bad: Series
    why: str = ""
    allowed: str = ""
    remedy: str = "Recode it, or name it under blank."


def read_kind(
    values: Series, column: Column, *, date_format: str = "", timezone: str = "UTC", decimal: str = "."
) -> Stored:
    """Return texts as the column stores them; empty is never wrong.

    Examples
    --------
    >>> read_kind(Series(["3/9/2024"]), Column("date", "date", ""), date_format="%m/%d/%Y").texts.tolist()
    ['2024-03-09']
    """
    is_given = values.ne("")
    if column.kind in ("choice", "yes_no"):
        choices = column.choices or ("yes", "no")
        is_bad = is_given & ~values.isin(choices)
        return Stored(values, is_bad, "is not one of the choices", spell_allowed("", choices))
    if column.kind in ("number", "integer"):
        return _read_numbers(values, column, decimal=decimal)
    if column.kind in ("date", "time"):
        return _read_times(values, column, date_format=date_format, timezone=timezone)
    return Stored(values, is_given & False)


def _read_numbers(values: Series, column: Column, *, decimal: str) -> Stored:
    numbers = to_numbers(values, decimal=decimal)
    low = -inf if column.low is None else column.low
    high = inf if column.high is None else column.high
    is_bad = values.ne("") & ~numbers.between(low, high)
    if column.kind == "integer":
        is_bad |= numbers % 1 > 0
    why = "is not a whole number" if column.kind == "integer" else "is not a number"
    why += "" if low == -inf else f" of at least {low:g}"
    why += "" if high == inf else f" and at most {high:g}"
    remedy = 'Recode it, name it under blank, or say decimal = "," where the file writes 4,5.'
    return Stored(point_numbers(values, decimal=decimal), is_bad, why, "", remedy)


def _read_times(values: Series, column: Column, *, date_format: str, timezone: str) -> Stored:
    has_offset = values.str.contains(OFFSET)  # a file may hold both, and two offsets where the clocks change
    how = {"format": date_format or "ISO8601", "errors": "coerce"}
    local = pd.to_datetime(values.where(values.ne("") & ~has_offset), **how)
    aware = pd.to_datetime(values.where(has_offset), utc=True, **how)
    if column.kind == "time":
        local = local.dt.tz_localize(timezone, ambiguous="NaT", nonexistent="NaT").dt.tz_convert("UTC")
        times, written = local.fillna(aware), "%Y-%m-%dT%H:%M:%SZ"
    else:
        times, written = local.fillna(aware.dt.tz_convert(timezone).dt.tz_localize(None)), "%Y-%m-%d"
    why = f"is not a {column.kind} written as {date_format or 'year-month-day'}"
    texts = times.dt.strftime(written).fillna("").astype("str")
    is_bad = values.ne("") & times.isna()
    form = _guess_format(values[values.ne("")], least=int(times.notna().sum())) if is_bad.any() else ""
    say_how = f'Say how the file writes it, such as date_format = "{form}".'
    return Stored(texts, is_bad, why, "", say_how if form else "Correct it in the file, or name it under blank.")


def _guess_format(values: Series, *, least: int) -> str:
    """The usual way of writing a day that fits most of the values, "" where it fits no more than least."""
    fits = {form: pd.to_datetime(values, format=form, errors="coerce").notna().sum() for form in DATE_FORMATS}
    form = max(fits, key=fits.get)
    return form if fits[form] > least else ""


def meets_rule(rows: DataFrame, when: dict, *, blank=(), decimal: str = ".") -> Series:
    """Say for every row whether it meets all conditions of a rule; a blank value meets none.

    A condition is a list (one of these), a comparison such as ">= 4" or "!= 2", or one value.

    Examples
    --------
    >>> rows = DataFrame({"purpose": ["1", "2"], "flights": ["4", "6"]})
    >>> meets_rule(rows, {"purpose": ["1", "5"], "flights": ">= 3"}).tolist()
    [True, False]
    """
    met = Series(True, index=rows.index)
    for column, condition in when.items():
        met &= ~rows[column].isin(list(blank)) & _meets(rows[column], condition, decimal=decimal)
    return met


def _meets(values: Series, condition, *, decimal: str) -> Series:
    if isinstance(condition, list):
        return values.isin([str(item) for item in condition])
    comparison = COMPARISON.fullmatch(str(condition))
    if not comparison:
        return values.eq(str(condition))
    unequal, other, sign, limit = comparison.groups()
    if unequal:
        return values.ne(other)
    return COMPARE[sign](to_numbers(values, decimal=decimal), float(limit))


def find_unseen_values(rows: DataFrame, when: dict) -> list[tuple[str, str]]:
    """Return column and value wherever a rule asks for a value that no row has.

    Examples
    --------
    >>> find_unseen_values(DataFrame({"type": ["FamilyLeisure"]}), {"type": ["Family", "FamilyLeisure"]})
    [('type', 'Family')]
    """
    asked = [
        (column, item) for column, items in when.items() for item in (items if isinstance(items, list) else [items])
    ]
    wanted = [(column, str(item)) for column, item in asked if not COMPARISON.fullmatch(str(item))]
    return [(column, item) for column, item in wanted if not rows[column].eq(item).any()]


def find_wordy_comparisons(rows: DataFrame, when: dict, *, blank=(), decimal: str = ".") -> dict[str, Series]:
    """Return, by column, the values that a rule compares as numbers although they are neither numbers nor blank.

    Examples
    --------
    >>> find_wordy_comparisons(DataFrame({"flights": ["4", "many"]}), {"flights": ">= 3"})["flights"].tolist()
    ['many']
    """
    found = {}
    for column, condition in when.items():
        comparison = COMPARISON.fullmatch(condition) if isinstance(condition, str) else None
        if comparison and comparison.group(3):
            values = rows[column]
            found[column] = values[~values.isin([*blank, ""]) & to_numbers(values, decimal=decimal).isna()]
    return found
