"""Every notebook runs unattended on every example, with other parameters, and where nothing is known yet."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import papermill
import pytest
from house import CHECKOUT
from jupyter_client.manager import KernelManager

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
def results(request, studies, before, tmp_path_factory):
    """Run those that are asked for, a few at a time; each test waits for its own."""
    KernelManager.transport_encryption.default_value = "auto"
    folder = tmp_path_factory.mktemp("runs")
    asked = [item.callspec.params for item in request.session.items if "results" in getattr(item, "fixturenames", ())]
    with ThreadPoolExecutor(AT_A_TIME) as pool:

        def start(file, name):
            given = RUNS[name] | {"study": studies.get(RUNS[name]["study"], RUNS[name]["study"])}
            made = folder / f"{file.stem} {name}.ipynb"
            how = {"progress_bar": False, "cwd": str(file.parent), "kernel_name": "python3"}
            return pool.submit(papermill.execute_notebook, file, made, given, **how)

        yield {(one["file"], one["name"]): start(one["file"], one["name"]) for one in asked}


@pytest.mark.parametrize("name", RUNS)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_runs_to_its_end_and_writes_nothing(results, studies, before, file, name):
    """No cell fails and none prints; Run All never writes, so the study holds what it held."""
    codes = [cell for cell in results[file, name].result().cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in codes)
    assert not [output for cell in codes for output in cell.outputs if output.output_type in ("error", "stream")]
    assert read_files(find_study(studies.get(RUNS[name]["study"], RUNS[name]["study"]))) == before[name]
