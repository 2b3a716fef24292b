"""Tests of what the benchmark of the batch room rests on: its study, and the meter that misses no process."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.many_personas import make_study

from cjm_helpers.study.folder import open_study

PERSONAS, BENCHMARKS = 6, Path(__file__).parents[1] / "benchmarks"


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """Return a study of six personas."""
    return open_study(make_study(tmp_path_factory.mktemp("many") / "study", personas=PERSONAS))


def test_a_study_of_many_personas_has_no_faults(study):
    """It opens, with ids and names of their own, both waves and the market."""
    assert study.personas["persona_id"].nunique() == study.personas["name"].nunique() == PERSONAS
    assert set(study.responses["wave"]) == {"2026-03", "2026-09"} and "country" in study.customers


def test_every_persona_has_rows_of_its_own(study):
    """Customers are dealt out evenly among those alike; statements and monthly figures are there for each."""
    counts = study.persona_assignments["persona_id"].value_counts()
    assert len(counts) == PERSONAS and counts.min() > 200
    for table in (study.statements, study.kpi_readings):
        assert set(study.personas["persona_id"]) <= set(table["persona_id"])


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux hands orphans over")
def test_the_meter_misses_no_process(tmp_path):
    """The CPU of a process forked from a server, and of one whose parent is gone, is counted."""
    check = f"from pathlib import Path; from meter import check_meter; print(check_meter(Path({str(tmp_path)!r})))"
    done = subprocess.run([sys.executable, "-c", check], cwd=BENCHMARKS, capture_output=True, text=True, check=True)
    assert 0.95 < float(re.search(r"sees (\d+\.\d+)", done.stdout)[1]) < 1.5
