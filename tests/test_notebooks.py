"""Guards for notebooks and the report template: their shape, their outputs, and what may never stand in a cell."""

import ast
from pathlib import Path
from tempfile import gettempdir

import nbformat
import pytest
from house import CHECKOUT

ACTS = ["Settings", "Load", "Look", "Work", "Check", "Decide and save", "Next"]
PARAMETERS = ["study", "persona_id", "wave", "seed"]
MOST_LINES, MOST_CELLS, MOST_WORDS, MOST_PARAMETERS = 12, 35, 80, 8
SHIPPED = sorted((CHECKOUT / "notebooks").glob("*.ipynb"))
TEMPLATES = sorted((CHECKOUT / "templates" / "reports").glob("*.ipynb"))
FORBIDDEN = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Lambda, ast.Try)
shipped = pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.name)
every = pytest.mark.parametrize("file", SHIPPED + TEMPLATES, ids=lambda file: file.name)


def read(file):
    """Return a notebook's cells: texts and codes."""
    cells = nbformat.read(file, as_version=4).cells
    return tuple([cell for cell in cells if cell.cell_type == kind] for kind in ("markdown", "code"))


@every
def test_code_cells_are_short_and_call_helpers(file):
    """A cell has at most 12 lines and no def, class, loop, print or plotting of its own."""
    for cell in read(file)[1]:
        nodes = list(ast.walk(ast.parse(cell.source)))
        assert len(cell.source.splitlines()) <= MOST_LINES and not cell.source.rstrip().endswith(";")
        assert not [node for node in nodes if isinstance(node, FORBIDDEN) or getattr(node, "id", "") == "print"]


@every
def test_parameters_are_named_alike_everywhere(file):
    """The first code cell, tagged parameters, holds study, persona_id, wave, seed, each with its comment."""
    first = read(file)[1][0]
    names = [node.target.id for node in ast.parse(first.source).body if isinstance(node.value, ast.Constant)]
    assert "parameters" in first.metadata.tags and names[:4] == PARAMETERS and len(names) <= MOST_PARAMETERS
    assert all("  # " in line for line in first.source.splitlines())


@every
def test_cell_ids_are_given_not_drawn(file):
    """Cell ids are unique and in order, so that a page has the same bytes on each run."""
    cells = nbformat.read(file, as_version=4).cells
    assert [cell.id for cell in cells] == [f"c{number:02d}" for number in range(len(cells))]


@shipped
def test_every_code_cell_was_run(file):
    """A cleared notebook would pass nbval: each cell ran, in order, none failed, and what it shows is stored."""
    codes = read(file)[1]
    assert [cell.execution_count for cell in codes] == list(range(1, len(codes) + 1))
    assert not [output for cell in codes for output in cell.outputs if output.output_type in ("error", "stream")]
    showing = [cell for cell in codes if isinstance(ast.parse(cell.source).body[-1], ast.Expr)]
    assert showing and all(cell.outputs for cell in showing)


@shipped
def test_acts_stand_in_their_order(file):
    """One H1, then the acts of every notebook, in the same order."""
    lines = [line for cell in read(file)[0] for line in cell.source.splitlines()]
    assert len([line for line in lines if line.startswith("# ")]) == 1
    assert [line.removeprefix("## ") for line in lines if line.startswith("## ")] == ACTS


@shipped
def test_cells_are_few_and_texts_short(file):
    """A notebook is walked through in one sitting; no text cell is longer than 80 words a paragraph."""
    texts, codes = read(file)
    assert len(texts) + len(codes) <= MOST_CELLS
    assert all(len(part.split()) <= MOST_WORDS for cell in texts for part in cell.source.split("\n\n"))


@shipped
def test_stored_outputs_name_no_machine(file):
    """Neither a folder of some machine nor the address of an object is stored."""
    text = file.read_text(encoding="utf-8")
    assert not [
        word for word in ("/home/", f"{Path.home()}/", f"{gettempdir()}/", " at 0x", "Users\\\\") if word in text
    ]


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_templates_are_stored_cleared(file):
    """A report template holds no outputs: they would be somebody else's figures."""
    assert not [cell for cell in read(file)[1] if cell.outputs or cell.execution_count]
