"""Guards for notebooks and the report template: their shape, their outputs, and what may never stand in a cell."""

import ast
import re
from itertools import groupby
from pathlib import Path
from tempfile import gettempdir

import nbformat
import pytest
from house import CHECKOUT
from papermill import inspect_notebook

ACTS = ["Settings", "Load", "Look", "Work", "Check", "Decide and save", "Next"]
PARAMETERS = ["study", "persona_id", "wave", "seed"]
NAMES = [
    "00_start_here", "01_personas", "02_touchpoints", "03_categories", "04_feedback", "05_kpis", "06_paths",
    "07_journey_map", "08_opportunities", "09_waves",
]  # fmt: skip
OPENING = "| you bring | you leave with | minutes | who is in the room |"
MARKED = ("**Questions for the team.**", "**What good looks like.**", "**Common mistakes.**")
MOST_LINES, LEAST_CELLS, MOST_CELLS, MOST_WORDS, MOST_PARAMETERS = 12, 20, 35, 80, 8
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
    """The first code cell, tagged parameters, holds study, persona_id, wave, seed, each with its comment.

    What compares personas takes several of them instead of one.
    """
    first = read(file)[1][0]
    names = [node.target.id for node in ast.parse(first.source).body]
    wanted = [name for name in PARAMETERS if name != "persona_id" or "persona_ids" not in names]
    assert "parameters" in first.metadata.tags and names[: len(wanted)] == wanted and len(names) <= MOST_PARAMETERS
    assert all("  # " in line for line in first.source.splitlines())


@every
def test_parameters_are_read_without_a_complaint(file, caplog):
    """Whoever lists the parameters of a notebook sees each with its kind and its comment."""
    cells, found = read(file)[1], inspect_notebook(str(file))
    names = [node.target.id for node in ast.parse(cells[0].source).body]
    assert list(found) == names and not caplog.records
    assert all(one["inferred_type_name"] in ("str", "int", "float", "list") and one["help"] for one in found.values())


@shipped
def test_the_way_on_is_a_click(file):
    """Under Next, each notebook that is named is a link to its file."""
    way = read(file)[0][-1].source.partition("## Next")[2]
    linked = re.findall(r"\[(\w+)\]\((\w+)\.ipynb\)", way)
    assert linked and all(name == target and name in NAMES for name, target in linked)
    assert len(linked) == len(re.findall(r"\b\d\d_\w+\b", way)) / 2


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


def list_questions(file):
    """Return the texts before and after each run of code cells under Look and Work; None where there is none."""
    cells, act, found = nbformat.read(file, as_version=4).cells, "", []
    for is_text, run in groupby(cells, lambda cell: cell.cell_type == "markdown"):
        texts = [cell.source for cell in run if is_text]
        if is_text:
            if found and found[-1][1] is None:
                found[-1][1] = texts[0]
            act = next((line[3:] for line in reversed("\n".join(texts).splitlines()) if line.startswith("## ")), act)
            before = texts[-1]
        elif act in ("Look", "Work"):
            found.append([before, None])
    return found


def test_ten_notebooks_are_shipped():
    """The road has ten stations, numbered in their order."""
    assert [file.stem for file in SHIPPED] == NAMES


@shipped
def test_each_result_answers_a_question(file):
    """Under Look and Work a text asks a question before code, and a text after it reads the answer."""
    for before, after in list_questions(file):
        asked = [line for line in (before or "").splitlines() if line.startswith("### ")]
        assert asked and asked[-1].endswith("?"), before
        assert after, f"nothing reads the answer to {asked[-1]}"


@shipped
def test_the_opening_says_what_it_takes(file):
    """Under the title stand the promise and a table: what you bring, what you leave with, how long, and who."""
    first = read(file)[0][0].source
    promise = first.splitlines()[2]
    assert OPENING in first and 1 <= promise.count(". ") + 1 <= 2


@shipped
def test_teams_are_helped_to_talk(file):
    """Each notebook asks the team, shows what good looks like and names common mistakes."""
    text = "\n".join(cell.source for cell in read(file)[0])
    assert not [mark for mark in MARKED if mark not in text]


@shipped
def test_code_is_folded_away(file):
    """Readers see text and results; only the settings stand open."""
    first, *others = read(file)[1]
    assert not first.metadata.get("jupyter") and "dimension: str" in first.source
    assert all(cell.metadata.get("jupyter", {}).get("source_hidden") for cell in others)


@shipped
def test_cells_are_few_and_texts_short(file):
    """A notebook is walked through in one sitting; no text cell is longer than 80 words a paragraph."""
    texts, codes = read(file)
    assert LEAST_CELLS <= len(texts) + len(codes) <= MOST_CELLS
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
