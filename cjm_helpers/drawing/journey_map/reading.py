"""Reading a table into plain records, so that nothing further in looks into a table."""

from dataclasses import fields
from math import isnan

from cjm_helpers.drawing.sheet.words import tidy

SAYS_YES = ("true", "yes", "1", "1.0")


def read_value(value, kind: str):
    """Return a table's value as text, yes or no, whole number or number; None and "" where there is none.

    Examples
    --------
    >>> read_value(float("nan"), "text"), read_value("3.0", "whole"), read_value("yes", "yes_no")
    ('', 3, True)
    """
    is_missing = value is None or value != value or (isinstance(value, float) and isnan(value))
    if kind == "text":
        return "" if is_missing else tidy(value)
    if kind == "yes_no":
        return not is_missing and f"{value}".lower() in SAYS_YES
    if is_missing or value == "":
        return None
    return round(float(value)) if kind == "whole" else float(value)


def find_kinds(record: type, *, whole: tuple[str, ...]) -> dict[str, str]:
    """Return what kind of value each field of a record holds; those named whole are whole numbers."""
    kinds = {str: "text", bool: "yes_no"}
    return {one.name: "whole" if one.name in whole else kinds.get(one.type, "number") for one in fields(record)}


def read_rows(table, record: type, *, kinds: dict[str, str]) -> list:
    """Return every row of a table as a record; columns that the record does not know are left out."""
    columns = [name for name in kinds if name in table.columns]
    rows = zip(*(table[name].tolist() for name in columns), strict=True)
    return [
        record(**{name: read_value(value, kinds[name]) for name, value in zip(columns, row, strict=True)})
        for row in rows
    ]
