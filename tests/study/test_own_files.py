"""Tests of what is heard when a notebook opens files by itself; Python never forgets who listens, so elsewhere."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cjm_helpers.study import ledger, own_files
from cjm_helpers.study.ledger import list_reads, start_ledger

SCRIPT = """
import json, os, pathlib, sqlite3, sys, tempfile
import pandas as pd
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.ledger import list_reads, start_ledger
from cjm_helpers.study.own_files import hear_files
start_ledger(sys.argv[1])
hear_files(sys.argv[1], ".")
sys.path.insert(0, "")
import helper
import importlib.metadata, pkgutil
list(importlib.metadata.distributions()), list(pkgutil.iter_modules())
pd.read_csv("targets.csv")
open_study(sys.argv[1])
pathlib.Path("made.txt").write_text("by the notebook")
pathlib.Path("made.txt").read_text()
pathlib.Path("../.cache/x.txt").read_text()
os.listdir("exports")
try:
    open("not_yet.csv")
except FileNotFoundError:
    pass
pathlib.Path(sys.argv[1], "worksheets", "personas.csv").read_text()
sqlite3.connect("base.db")
with tempfile.TemporaryDirectory():
    pass
print(json.dumps(list_reads()))
"""


@pytest.fixture(scope="module")
def heard(tmp_path_factory):
    """Return what the ledger holds after a notebook read in its own ways; the second time its module is compiled."""
    base = tmp_path_factory.mktemp("own")
    notebooks, study = base / "notebooks", base / "shop"
    for folder in (notebooks / "exports", study / "worksheets", base / ".cache"):
        folder.mkdir(parents=True)
    (study / "study.toml").write_text('format = 1\nname = "Shop"\nstages = ["Buy"]\n')
    (study / "worksheets" / "personas.csv").write_text("persona_id,name\nlena,Lena\n")
    for place in ("notebooks/helper.py", "notebooks/targets.csv", "notebooks/exports/may.csv", ".cache/x.txt"):
        (base / place).write_text("x = 1\n")
    (base / "temporary").mkdir()
    (base / "short").symlink_to(base / "temporary")  # as macOS names its own
    place = {"PYTHONPATH": str(Path(__file__).parents[2]), "TMPDIR": str(base / "short")}
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(study)], cwd=notebooks, env=os.environ | place, capture_output=True
        )
        assert done.returncode == 0 and not done.stderr, done.stderr.decode()
    return json.loads(done.stdout)


@pytest.mark.parametrize("file", ["targets.csv", "helper.py", "exports", "base.db"])
def test_what_a_notebook_opens_beside_the_study_is_heard(heard, file):
    """A table, a module of one's own (not what Python compiled it to), a folder that is listed, and a database."""
    assert len(heard[f"file:../notebooks/{file}"]) == 64


def test_what_is_looked_for_may_come(heard):
    """A file that was not there is noted as such."""
    assert heard["file:../notebooks/not_yet.csv"] == "missing"


def test_a_worksheet_that_is_read_past_the_study_is_heard(heard):
    """The study's own files count by themselves only where a notebook opens them itself."""
    assert [name for name in heard if not name.startswith("file:../notebooks")] == ["file:worksheets/personas.csv"]


def test_what_the_notebook_wrote_is_no_source(heard):
    """Nor is what lies in hidden folders or is kept for a while only."""
    assert len(heard) == 6


ASKS = {
    "subprocess.run(['true'])": "what another program says",
    "subprocess.run('true', shell=True)": "what another program says",
    "os.system('true')": "what another program says",
    "os.waitpid(os.fork() or os._exit(0), 0)": "what another program says",
    "urllib.request.urlopen('http://127.0.0.1:9')": "the web",
    "socket.create_connection(('127.0.0.1', 9))": "the web",
}
ASK = """
import contextlib, os, socket, subprocess, sys, urllib.request
from cjm_helpers.study.ledger import list_reads, start_ledger
from cjm_helpers.study.own_files import hear_files
start_ledger(".")
hear_files(".")
with contextlib.suppress(OSError):
    exec(sys.argv[1])
print([name for name in list_reads() if name.startswith("outside:")])
"""


ABOUT_MACHINE = "subprocess.run(['uname', '-p'])"
OWN_COMPILER = "os.symlink('/bin/true', 'cc'); subprocess.run(['./cc', 'targets.csv'])"


@pytest.mark.skipif(sys.platform == "win32", reason="programs have other names there")
@pytest.mark.parametrize(
    ("code", "what"), [*ASKS.items(), (ABOUT_MACHINE, ""), (OWN_COMPILER, "what another program says")]
)
def test_what_is_no_file_is_heard(tmp_path, code, what):
    """What another program or computer says may change unseen, but for what programs say about this machine."""
    asked = subprocess.run([sys.executable, "-c", ASK, code], cwd=tmp_path, capture_output=True, text=True)
    assert asked.stdout.splitlines()[-1] == str([f"outside:{what}"] if what else []), asked.stderr


def test_own_folders_may_lie_among_programs(tmp_path, monkeypatch):
    """A study on a stick below /run, and an environment of programs inside one's own folder."""
    own = tmp_path / "run" / "stick" / "shop"
    monkeypatch.setattr(own_files, "PROGRAMS", (str(tmp_path / "run"), str(own / "venv")))
    monkeypatch.setattr(ledger, "_ledger", ledger._Ledger())
    start_ledger(own)
    for file in (own / "targets.csv", own / "venv" / "pandas.py", tmp_path / "run" / "other.csv", own / ".hidden.csv"):
        own_files._note("open", (file, "r", os.O_RDONLY), own=(str(own),), written=set())
    assert list(list_reads()) == ["file:targets.csv"]
