"""Every notebook runs unattended on every example, with other parameters, and where nothing is known yet."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

import pytest
from house import CHECKOUT
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from cjm_helpers.study.folder import open_study, save_worksheet
from cjm_helpers.study.kit import find_example, find_study, new_study

FILES = sorted((CHECKOUT / "notebooks").glob("*.ipynb"))
AT_A_TIME = min(os.cpu_count() or 1, 4)
RUNS = {
    "retail, one persona, market and wave": {
        "study": "retail_checkout", "persona_id": "careful_comparer", "wave": "2026-03", "dimension": "market=Germany",
    },
    "care, all waves": {"study": "care_after_purchase", "persona_id": "first", "wave": "all"},
    "clinic": {"study": "clinic_visit"},
    "blank": {"study": "blank"},
    "first shelf": {"study": "first_shelf", "persona_id": "first"},
}  # fmt: skip


@pytest.fixture(scope="session")
def studies(tmp_path_factory):
    """A blank study, and one that holds the first shelf alone."""
    folder = tmp_path_factory.mktemp("studies")
    blank, first = new_study(folder / "blank"), new_study(folder / "first_shelf")
    study, example = open_study(first), open_study(find_example("clinic_visit"))
    stages = '", "'.join(example.settings.stages)
    toml = (first / "study.toml").read_text(encoding="utf-8")
    line = next(line for line in toml.splitlines() if line.startswith("stages"))
    (first / "study.toml").write_text(toml.replace(line, f'stages = ["{stages}"]'), encoding="utf-8")
    study = open_study(first)
    for name in ("personas", "touchpoints", "statements"):
        rows = example.tables[name].assign(
            wave="", evidence_ids="", counter_evidence_ids="", first_wave="", last_wave=""
        )
        study = save_worksheet(study, name, frame=rows.reindex(columns=example.tables[name].columns))
    return {"blank": str(blank), "first_shelf": str(first)}


def read_files(folder) -> dict:
    """Return the bytes of every file in a folder."""
    return {path: path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}


@pytest.fixture(scope="session")
def before(studies):
    """What the studies hold before any notebook ran."""
    return {name: read_files(find_study(studies.get(run["study"], run["study"]))) for name, run in RUNS.items()}


@pytest.fixture(scope="session")
def kernels():
    """A few kernels for all runs: starting one and importing everything takes longer than most notebooks do."""
    KernelManager.transport_encryption.default_value = "auto"
    started, free = [KernelManager(kernel_name="python3") for _ in range(AT_A_TIME)], SimpleQueue()
    for kernel in started:
        kernel.start_kernel(cwd=str(FILES[0].parent))
        free.put(kernel)
    yield free
    for kernel in started:
        kernel.shutdown_kernel(now=True)


def run(file, given: dict, kernels: SimpleQueue):
    """Run a notebook with these parameters in a free kernel that knows no name yet; return it as it came out."""
    notebook = parameterize_notebook(load_notebook_node(str(file)), given)
    notebook.cells.insert(0, new_code_cell("%reset -f"))
    kernel = kernels.get()
    try:
        NotebookClient(notebook, km=kernel, timeout=None).execute()
    finally:
        kernels.put(kernel)
    return notebook


@pytest.fixture(scope="session")
def results(request, studies, before, kernels):
    """Run those that are asked for, a few at a time; each test waits for its own."""
    asked = [item.callspec.params for item in request.session.items if "results" in getattr(item, "fixturenames", ())]
    with ThreadPoolExecutor(AT_A_TIME) as pool:

        def start(file, name):
            given = RUNS[name] | {"study": studies.get(RUNS[name]["study"], RUNS[name]["study"])}
            return pool.submit(run, file, given, kernels)

        yield {(one["file"], one["name"]): start(one["file"], one["name"]) for one in asked}


@pytest.mark.parametrize("name", RUNS)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_runs_to_its_end_and_writes_nothing(results, studies, before, file, name):
    """No cell fails and none prints; Run All never writes, so the study holds what it held."""
    codes = [cell for cell in results[file, name].result().cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in codes)
    assert not [output for cell in codes for output in cell.outputs if output.output_type in ("error", "stream")]
    assert read_files(find_study(studies.get(RUNS[name]["study"], RUNS[name]["study"]))) == before[name]


@pytest.fixture
def at_odds(tmp_path):
    """A study whose two coders give two codes as if each threw a coin."""
    folder = new_study(tmp_path / "at_odds")
    coins = [(f"f{place}", ("slow", "rude")[place % 2], ("slow", "rude")[place // 2 % 2]) for place in range(80)]
    sheets = {
        "touchpoints": ["touchpoint_id,name,stage", "pay,Pay,Purchase"],
        "codebook": ["code_id,label", "slow,Slow", "rude,Rude"],
        "feedback": ["feedback_id,touchpoint_id,source,text", *(f"{own},pay,survey,Words {own}" for own, *_ in coins)],
        "codings/anna": ["feedback_id,coder_id,code_id", *(f"{own},anna,{code}" for own, code, _ in coins)],
        "codings/ben": ["feedback_id,coder_id,code_id", *(f"{own},ben,{code}" for own, _, code in coins)],
    }
    (folder / "worksheets" / "codings").mkdir(exist_ok=True)
    for name, lines in sheets.items():
        (folder / "worksheets" / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_coders_at_odds_get_a_sentence_instead_of_themes(at_odds, kernels):
    """Where people agree as by chance, notebook 04 says to revise the codes and shows no chart or table of themes."""
    file = next(file for file in FILES if file.stem == "04_feedback")
    cells = [cell for cell in run(file, {"study": str(at_odds)}, kernels).cells if cell.cell_type == "code"]
    shown = [cell.outputs[0].data for cell in cells if "themes" in cell.source and "cjm.attempt" in cell.source]
    assert len(shown) == 3 and not any("image/png" in data or "<table" in data["text/html"] for data in shown)
    assert "Revise the codes" in shown[0]["text/plain"]
