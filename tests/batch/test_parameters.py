"""Tests of parameters: what a notebook declares, as papermill reads it, and how a cell of a table becomes a value."""

import subprocess
import sys
from types import SimpleNamespace as Report

import pytest
from nbformat import write
from nbformat.v4 import new_code_cell, new_notebook

from cjm_helpers.batch.parameters import Parameter, check_reports, list_parameters, read_value
from cjm_helpers.errors import CjmError, NotebookTakesNot
from cjm_helpers.study.kit import kit_folder

SHIPPED = sorted((kit_folder() / "templates" / "reports").glob("*.ipynb"))
ODD = """# a comment
region: str = "EU"  # e.g. "a # b"
codes: list = [
    "a",
    "b",
]  # which
share = 0.5
nothing = None
years: "list[int]" = [2025]
kind: dict = {}
market: str = ""  # such as market=Germany"""


@pytest.fixture
def odd(tmp_path):
    """Return a notebook whose parameters are declared in many ways."""
    file = tmp_path / "odd.ipynb"
    cells, kernel = (
        [new_code_cell(ODD, metadata={"tags": ["parameters"]})],
        {"name": "python3", "language": "python", "display_name": ""},
    )
    write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), file)
    return file


@pytest.mark.parametrize("notebook", [*SHIPPED, "odd"])
def test_parameters_are_those_that_papermill_reads(notebook, odd):
    """A part of papermill gives the answer of the whole."""
    from papermill import inspect_notebook

    file = odd if notebook == "odd" else notebook
    known = {name: one["default"] for name, one in inspect_notebook(file).items()}
    assert {name: one.default for name, one in list_parameters(file).items()} == known


def test_reading_parameters_loads_no_papermill():
    """A plan that makes nothing does not wait for papermill."""
    code = (
        "import sys; from cjm_helpers.batch.parameters import list_parameters as l; l(sys.argv[1]); print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", code, SHIPPED[0]], capture_output=True, text=True, check=True).stdout
    assert not {"papermill", "nbformat", "nbclient"} & set(loaded.split())


def test_types_are_those_declared_or_of_the_default(odd):
    """An annotation comes first, then the default; where neither tells, any value goes."""
    kinds = {name: one.kind for name, one in list_parameters(odd).items()}
    assert kinds == {"region": str, "codes": list, "share": float, "nothing": None, "years": list, "kind": dict}


def test_a_parameter_that_papermill_cannot_read_is_told(odd):
    """A second sign of equality in a line hides the parameter from papermill; to call it unknown would puzzle."""
    with pytest.raises(CjmError, match="odd.ipynb sets market on a line with a second ="):
        check_reports([Report(notebook=odd, parameters={"market": "Germany"})])


def test_unknown_parameter_is_refused(notebook):
    """A parameter that the notebook does not take is an error; papermill alone would only warn."""
    with pytest.raises(NotebookTakesNot, match="tiny.ipynb takes no parameter 'persona'. Did you mean 'persona_id'"):
        check_reports([Report(notebook=notebook, parameters={"persona": "anna"})])


@pytest.mark.parametrize(("name", "value"), [("seed", "abc"), ("seed", True), ("wave", 7)])
def test_ill_typed_parameter_is_refused(notebook, name, value):
    """A value of another type than the notebook's default is an error that says what is taken."""
    with pytest.raises(NotebookTakesNot, match=f"The parameter {name} = .* takes (int|str) there"):
        check_reports([Report(notebook=notebook, parameters={name: value})])


def test_a_notebook_that_is_none_is_refused(tmp_path):
    """A wrong path and a file that is no notebook are said in a sentence."""
    with pytest.raises(CjmError, match="There is no notebook"):
        list_parameters(tmp_path / "nowhere.ipynb")
    (tmp_path / "text.ipynb").write_text("{}")
    with pytest.raises(CjmError, match="text.ipynb' is no notebook"):
        list_parameters(tmp_path / "text.ipynb")


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [(str, "7", "7"), (int, "7", 7), (float, "0,5", 0.5), (float, "2", 2.0), (bool, "TRUE", True), (bool, "0", False),
     (list, "a; b;", ["a", "b"]), (None, "a;b", "a;b")],
)  # fmt: skip
def test_a_cell_becomes_a_value(kind, text, value):
    """The type is that of the notebook, whatever a spreadsheet makes of the cell."""
    assert read_value(text, Parameter(kind, "")) == value


def test_items_are_of_the_type_of_the_first():
    """A list of numbers stays one."""
    assert read_value("2025;2026", Parameter(list, "[2024]")) == [2025, 2026]


@pytest.mark.parametrize(
    ("kind", "text", "taken"),
    [(int, "1.5", "a whole number"), (float, "nan", "a number"), (bool, "maybe", "yes or no"), (dict, "{}", "no cell")],
)  # fmt: skip
def test_an_ill_typed_cell_is_refused(kind, text, taken):
    """What the notebook takes is said in words."""
    with pytest.raises(ValueError, match=f"The notebook takes .*{taken}"):
        read_value(text, Parameter(kind, ""))
