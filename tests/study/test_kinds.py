"""Cells become values by the kind of their column."""

import pandas as pd
import pytest

from cjm_helpers.study.kinds import read_cells, spell_cells
from cjm_helpers.worksheets import Column


def read(cells, kind, *, choices=(), has_decimal_comma=False):
    column = Column("anything", kind, "", choices=choices)
    return read_cells(pd.Series(cells, dtype="str"), column=column, has_decimal_comma=has_decimal_comma)


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        ("number", ["four", "1,5", "#N/A", "inf", "nan", "5 %", "1.000.000"]),
        ("integer", ["1.5", "two"]),
        ("date", ["3/4/2026", "soon", "2026-02-30", "2026-13-01", "0026-03-01", "9999-01-01", "2026"]),
        ("yes_no", ["Yes", "y", "TRUE", "1"]),
        ("choice", ["Digital", "phone"]),
    ],
)
def test_cells_of_the_wrong_kind_are_marked(kind, cells):
    """Whatever cannot be read as its kind is marked and left empty where the kind is a number or a day."""
    values, wrong = read(cells, kind, choices=("digital",) if kind == "choice" else ())
    assert wrong.all()
    assert kind not in ("number", "date") or values.isna().all()


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        ("number", ["", "4", "-0.5", "1e3", " 2".strip()]),
        ("integer", ["", "3", "3.0", "-1"]),
        ("date", ["", "2026-03-14", "14.03.2026", "2026-03-14 00:00:00"]),
        ("yes_no", ["", "yes", "no"]),
        ("choice", ["", "digital"]),
        ("text", ["", "=1+1"]),
    ],
)
def test_cells_of_the_right_kind_pass(kind, cells):
    """Empty cells and every agreed way to write a value pass."""
    assert not read(cells, kind, choices=("digital",) if kind == "choice" else ())[1].any()


def test_days_are_read_in_three_spellings():
    """Year-month-day, the German day and a day with a time of midnight are one day."""
    values, _ = read(["2026-03-14", "14.03.2026", "2026-03-14 00:00:00"], "date")
    assert values.unique().tolist() == [pd.Timestamp("2026-03-14")]


def test_decimal_commas_only_where_the_file_has_them():
    """A comma is a decimal sign in files that separate otherwise, and a fault in the others."""
    assert read(["1,5"], "number", has_decimal_comma=True)[0].tolist() == [1.5]
    assert read(["1,5"], "number")[1].tolist() == [True]


@pytest.mark.parametrize(
    ("value", "text"),
    [(4.0, "4"), (0.1, "0.1"), (-2, "-2"), (1e300, "1e+300"), (float("nan"), ""), (None, ""), (pd.NaT, ""), (pd.NA, ""),
     (pd.Timestamp("2026-03-14 10:00"), "2026-03-14"), (" a\r\nb ", "a\nb"), (True, "True")],
)  # fmt: skip
def test_values_are_spelt_short(value, text):
    """Numbers lose the needless .0, days their time, and what is missing is empty."""
    assert spell_cells(pd.Series([value], dtype=object)) == [text]
