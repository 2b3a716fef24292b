"""The spec of the tables keeps its own promises."""

import pytest

from cjm_helpers.worksheets import SHELVES, SPECS, TABLES

KINDS = {"text", "id", "list", "ids", "choice", "yes_no", "integer", "number", "date", "time"}
DECLARED_IN_SETTINGS = {"stages", "waves", "metrics"}
each_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


@each_table
def test_shelf_and_key(table):
    """Every table stands on a known shelf and its key is made of its own columns."""
    assert table.shelf in SHELVES
    assert set(table.key) <= set(table.column_names)
    assert len(set(table.column_names)) == len(table.columns)


@each_table
def test_columns_are_explained(table):
    """Every column has a known kind and a help sentence."""
    assert {column.kind for column in table.columns} <= KINDS
    assert [column.name for column in table.columns if not column.help.endswith((".", "?"))] == []


@each_table
def test_references_lead_somewhere(table):
    """A column that refers to other rows names a table of the study or a list of study.toml."""
    assert {column.refers for column in table.columns} - {""} <= SPECS.keys() | DECLARED_IN_SETTINGS


@each_table
def test_examples_obey_the_rules(table):
    """The example of a column is among its choices and within its limits."""
    for column in table.columns:
        assert not column.choices or column.example in column.choices
        if column.kind in ("number", "integer") and column.example:
            assert column.low is None or column.low <= float(column.example), column.name
            assert column.high is None or float(column.example) <= column.high, column.name


def test_identifiers_are_named_as_such():
    """A column of kind id ends in _id, unless it names a stage, wave, metric or another code."""
    columns = [column for table in TABLES for column in table.columns]
    others = {column.name for column in columns if column.kind == "id" and not column.name.endswith("_id")}
    assert others == {"stage", "wave", "metric", "parent", "replaced_by", "first_wave", "last_wave"}
