"""Tests of the builder of stored outputs."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from cjm_helpers.batch.notebooks import normalise_notebook, refresh_notebooks
from cjm_helpers.errors import NotebookStopped


@pytest.fixture
def folder(tmp_path):
    """Return a folder with one small notebook that was never run."""
    cells = [new_code_cell("import os; os.path.basename(os.getcwd())", metadata={"execution": {"started": "today"}})]
    language = {"name": "python", "version": "3.99"}
    nbformat.write(new_notebook(cells=cells, metadata={"language_info": language}), tmp_path / "01_small.ipynb")
    return tmp_path


def test_outputs_are_stored_once(folder):
    """The first refresh stores outputs, the second finds nothing to change."""
    assert [file.name for file in refresh_notebooks(folder)] == ["01_small.ipynb"]
    assert refresh_notebooks(folder) == ()


def test_a_notebook_runs_in_its_own_folder(folder):
    """The kernel works where the notebook lies, as it does in JupyterLab."""
    refresh_notebooks(folder)
    cell = nbformat.read(folder / "01_small.ipynb", as_version=4).cells[0]
    assert cell.execution_count == 1 and cell.outputs[0].data["text/plain"] == repr(folder.name)


def test_records_of_the_run_are_dropped(folder):
    """Times, versions and ids by chance do not reach git."""
    text = normalise_notebook(nbformat.read(folder / "01_small.ipynb", as_version=4))
    assert "today" not in text and "3.99" not in text and '"id": "c00"' in text


def test_a_notebook_that_fails_stays_as_it_was(tmp_path):
    """A failing cell stops the refresh; half a notebook is never stored."""
    nbformat.write(new_notebook(cells=[new_code_cell("1 / 0")]), tmp_path / "01_bad.ipynb")
    before = (tmp_path / "01_bad.ipynb").read_bytes()
    with pytest.raises(NotebookStopped, match="01_bad.ipynb stopped \\(ZeroDivisionError: division by zero\\)"):
        refresh_notebooks(tmp_path)
    assert (tmp_path / "01_bad.ipynb").read_bytes() == before
