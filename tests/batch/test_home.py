"""Tests of runs under accounts that have no home folder, or none that they may write to."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cjm_helpers.batch.home import KEPT_AT_HOME, lend_home

RUN = "import sys; from cjm_helpers import cli; sys.exit(cli.run(cli.read_arguments(sys.argv[1:])))"


@pytest.fixture
def homeless(monkeypatch, tmp_path):
    """Take the home folder away: a file stands where it should be."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("HOME", str(tmp_path / "file" / "home"))
    for name in KEPT_AT_HOME:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.skipif(os.name == "nt", reason="Windows finds the home folder elsewhere")
def test_a_folder_is_lent_to_whoever_has_none(homeless, monkeypatch):
    """It is lent for the time of a run; what somebody has chosen already stays."""
    monkeypatch.setenv("MPLCONFIGDIR", "chosen")
    with lend_home(Path("lent")):
        assert [os.environ[name] for name in KEPT_AT_HOME] == ["chosen", str(Path("lent/IPYTHONDIR"))]
    assert os.environ["MPLCONFIGDIR"] == "chosen" and "IPYTHONDIR" not in os.environ


def test_who_has_a_home_keeps_it(monkeypatch, tmp_path):
    """Fonts and settings that lie there already are used, and nothing is left there."""
    monkeypatch.setenv("HOME", str(tmp_path))
    before = dict(os.environ)
    with lend_home(Path("lent")):
        assert dict(os.environ) == before and not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="Windows finds the home folder elsewhere")
@pytest.mark.parametrize("kernels", [{}, {"CJM_KERNELS": "cold"}])
def test_a_run_without_a_home_is_quiet(homeless, shop, notebook, tmp_path, kernels):
    """Nothing that matplotlib or IPython would say of it is told, and the report is made."""
    words = ["report", shop.folder, "--persona", "anna", "--notebook", notebook, "--out", tmp_path / "out"]
    command = [sys.executable, "-c", RUN, *words]
    done = subprocess.run(command, env=os.environ | kernels, capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout.splitlines()[-1].startswith("1 report made.")
    assert len(done.stderr.splitlines()) == len(kernels)  # that kernels are cold is said
    assert (tmp_path / "out" / "anna.html").exists()
