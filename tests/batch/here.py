"""Makes reports in the process of the tests, where a hundred of them take no longer than a few kernels."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from nbformat import write
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook
from study.conftest import FILES, write_files

from cjm_helpers.batch.run import report_study

STARTUP = {"HistoryManager": {"enabled": False}}
PARAMETERS = """study: str = "x"  # folder
persona_id: str = "everyone"  # whom
wave: str = "newest"  # when
seed: int = 0  # for chance"""
READ = """import cjm_helpers as cjm
whole = cjm.open_study(study)
part = cjm.select_rows(whole, persona_id=persona_id, wave=wave)"""
ROWS = """tables = [part.responses, part.feedback, part.statements, part.touchpoints, part.kpi_readings, part.codings]
if part.earlier:
    tables += [part.earlier.responses]
if persona_id == "everyone":
    tables += [part.customers, cjm.count_waves(whole), whole.codebook]
if persona_id == "lena":
    tables += [part.events.to_pandas()]
display(*tables)"""
SUMMARY = """names = " and ".join(whole.personas["name"])
summary = {"n": len(part.responses), "small_map": "<svg></svg>", "finding": names}
display({"application/vnd.cjm.summary+json": summary}, raw=True)"""


@pytest.fixture
def shop(tmp_path):
    """Return the folder of a small study of two personas, Lena and Omar."""
    return write_files(tmp_path / "shop", FILES)


@pytest.fixture
def rows_notebook(tmp_path):
    """Return a report notebook that shows the rows it reads, of other tables for one persona than for another."""
    cells = [
        new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}),
        new_markdown_cell("## Rows"),
        *(new_code_cell(source) for source in (READ, ROWS, SUMMARY)),
    ]
    kernel = {"name": "python3", "display_name": "", "language": "python"}
    write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), tmp_path / "rows.ipynb")
    return tmp_path / "rows.ipynb"


@pytest.fixture
def make(monkeypatch, shop, rows_notebook):
    """Return what makes the shop's reports in a folder as `report_study` does, but in this process."""
    monkeypatch.setattr("cjm_helpers.batch.report.run_notebook", run_here)
    monkeypatch.setattr("cjm_helpers.study.own_files.hear_files", lambda *own: None)
    monkeypatch.setattr("cjm_helpers.batch.run.tell_window", lambda *_, **__: {})  # it reads beside, here too

    def make_reports(out, **options):
        with ThreadPoolExecutor(1) as executor:
            return report_study(shop, out=out, notebook=rows_notebook, executor=executor, **options)

    return make_reports


def list_made(run) -> list[str]:
    """Return the personas whose reports a run made, or would make."""
    return [outcome.report.persona_id for outcome in run.outcomes if not outcome.is_kept]


def run_here(notebook, *, parameters, folder, **_):
    """Return the notebook with what its cells show, as `run_notebook` does; a cell that fails raises its own error."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    program, before = sys.modules["__main__"], os.getcwd()
    shell = InteractiveShell.instance(config=Config(STARTUP))
    sys.modules["__main__"] = program  # which the shell puts itself in place of
    notebook = parameterize_notebook(load_notebook_node(notebook), parameters)
    shell.user_ns.clear()
    shell.init_user_ns()
    os.chdir(folder)
    try:
        for cell in [cell for cell in notebook.cells if cell.cell_type == "code"]:
            cell.outputs = [new_output("display_data", data) for data in _run_cell(shell, cell.source)]
    finally:
        os.chdir(before)
    return notebook


def _run_cell(shell, source: str) -> list[dict]:
    from IPython.utils.capture import capture_output

    with capture_output() as captured:
        result = shell.run_cell(source)
    result.raise_error()
    return [shown.data for shown in captured.outputs]
