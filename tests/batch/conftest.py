"""A tiny study and notebook, so that batch is tested without the method and the map; and the example's pages."""

from pathlib import Path

import pandas as pd
import pytest
from lab.editor_page import start_browser
from nbformat import write
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from cjm_helpers.batch.report import Report
from cjm_helpers.batch.run import report_study
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import kit_folder, new_study

LOOK = kit_folder() / "templates" / "reports" / "html"
PARAMETERS = """study: str = "x"  # folder
persona_id: str = "everyone"  # whom
wave: str = "newest"  # when
seed: int = 0"""
SHOW = """from IPython.display import display
if persona_id == "ben":
    raise KeyError(study)
svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 1"><title>' + persona_id + "</title></svg>"
summary = {"persona_id": persona_id, "n": 41, "finding": "Lowest at <1.1>", "small_map": svg,
           "headline": [{"label": "NPS", "text": "40.4", "n": 2746}]}
display({"image/svg+xml": svg, "application/vnd.cjm.summary+json": summary}, raw=True)"""


@pytest.fixture(scope="session")
def done(tmp_path_factory):
    """Return a run of the shipped notebooks for everyone and two personas of the example, and their comparison."""
    out = tmp_path_factory.mktemp("pages")
    return report_study("retail_checkout", personas=["everyone", "busy_parent", "gift_buyer"], out=out, workers=2)


@pytest.fixture(scope="module")
def browser():
    """Return a browser, or skip where none is found."""
    with start_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def shop(tmp_path_factory):
    """Return a study of two personas, Anna and Ben."""
    folder = new_study(tmp_path_factory.mktemp("batch") / "shop")
    pd.DataFrame({"persona_id": ["anna", "ben"], "name": ["Anna & Co", "Ben"], "basis": "proto", "tagline": ""}).to_csv(
        folder / "worksheets" / "personas.csv", index=False
    )
    return open_study(folder)


@pytest.fixture(scope="session")
def notebook(tmp_path_factory) -> Path:
    """Return a report notebook that needs no helpers and fails for Ben."""
    cells = [
        new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}),
        new_markdown_cell("## What does the journey look like?\n\nRead it from left to right."),
        new_code_cell(SHOW, metadata={"tags": ["map"]}),
        new_code_cell("import sys; print('a stray word'); print('a warning', file=sys.stderr)"),
    ]
    file = tmp_path_factory.mktemp("batch") / "tiny.ipynb"
    kernel = {"name": "python3", "display_name": "", "language": "python"}
    write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), file)
    return file


@pytest.fixture
def report(tmp_path, notebook) -> Report:
    """Return a planned report on Anna."""
    facts = {"study": "Shop", "scenario": "Buying", "wave": "all", "tagline": "Two <children>"}
    return Report("anna", "Anna & Co", notebook, tmp_path / "anna.html", LOOK, {"study": "/secret/shop"}, facts)
