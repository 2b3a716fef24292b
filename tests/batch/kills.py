"""Kills processes of a run while somebody reads its folder, and looks at what is there in the end."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from batch.folders import read_folder
from nbformat import write
from nbformat.v4 import new_code_cell, new_notebook

from cjm_helpers.study.kit import new_study

RUNNER, WARM, WORKER, KERNEL = VICTIMS = "runner", "warm process", "worker", "kernel"
MARK = "CJM_RUN_THAT_IS_KILLED"
REST_SECONDS = 20
PERSONAS = ("anna", "ben", "carla", "dan", "eve")
RUN = """import sys
from cjm_helpers.batch.run import report_study
study, out, notebook = sys.argv[1:]
sys.exit(len(report_study(study, out=out, notebook=notebook, workers=2).failures))
"""
PARAMETERS = 'study: str = "x"\npersona_id: str = "everyone"\nwave: str = "newest"\nseed: int = 0'
SHOW = """import os, time
from pathlib import Path
from IPython.display import display
Path({pids!r}, str(os.getpid())).touch()
time.sleep({seconds})
svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 1"><title>' + persona_id + "</title></svg>"
display({{"application/vnd.cjm.summary+json": {{"n": 41, "small_map": svg}}}}, raw=True)
time.sleep({seconds})"""


@dataclass(frozen=True)
class Scene:
    """A study and a notebook to run, what an undisturbed run makes of them, and how long that takes."""

    folder: Path
    calm: dict[str, object] = field(default_factory=dict)
    seconds: float = 0.0

    def start(self, out: Path) -> "Run":
        """Start a run into a folder."""
        mark = str(time.monotonic_ns())
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, self.folder / "shop", out, self.folder / "slow.ipynb"],
            env=os.environ | {MARK: mark}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        return Run(process, f"{MARK}={mark}", self.folder / "pids")


@dataclass(frozen=True)
class Run:
    """A run at work: its first process, the mark of all its processes, the folder where kernels tell who they are."""

    process: subprocess.Popen
    mark: str
    pids: Path

    def list_all(self) -> list[int]:
        """Return every process of this run that lives: all have inherited the mark."""
        return [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if self.mark in _read(pid, "environ")]

    def find(self, victim: str) -> int | None:
        """Return a process of the kind wanted, None where there is none at the moment."""
        kernels = {int(name) for name in os.listdir(self.pids)}
        forked = [pid for pid in self.list_all() if "forkserver" in _read(pid, "cmdline")]
        warm = [pid for pid in forked if _find_parent(pid) == self.process.pid]
        kinds = {
            RUNNER: [self.process.pid], WARM: warm, KERNEL: [pid for pid in forked if pid in kernels],
            WORKER: [pid for pid in forked if pid not in (*kernels, *warm)],
        }  # fmt: skip
        return next(iter(kinds[victim]), None)

    def kill(self, victim: str, *, after: float) -> bool:
        """Kill one process after some seconds, or as soon as there is such a one; tell whether there was one."""
        time.sleep(after)
        while self.process.poll() is None:
            if pid := self.find(victim):
                os.kill(pid, signal.SIGKILL)
                return True
            time.sleep(0.01)
        return False

    def wait_for_rest(self) -> list[int]:
        """Wait until every process of this run has ended; return those that do not."""
        end = time.monotonic() + REST_SECONDS
        while (left := self.list_all()) and time.monotonic() < end:
            time.sleep(0.05)
        return left


class Reader(threading.Thread):
    """Reads every page and record of a folder again and again, and keeps what was not whole."""

    def __init__(self, folder: Path):
        super().__init__(daemon=True)
        self.folder, self.partial, self.files = folder, [], 0
        self._is_over = threading.Event()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self._is_over.set()
        self.join()

    def run(self) -> None:
        """Read until the `with` block ends."""
        while not self._is_over.wait(0.002):
            for file in list(_list_files(self.folder)):
                try:
                    text = file.read_text(encoding="utf-8")
                except FileNotFoundError:
                    continue
                self.files += 1
                if not _is_whole(file, text):
                    self.partial.append(file.name)


def set_scene(folder: Path, *, seconds: float = 0.1) -> Scene:
    """Make a study of five personas and a slow notebook, and run it undisturbed."""
    study = new_study(folder / "shop")
    rows = {"persona_id": PERSONAS, "name": PERSONAS, "basis": "proto", "tagline": ""}
    pd.DataFrame(rows).to_csv(study / "worksheets" / "personas.csv", index=False)
    (folder / "pids").mkdir()
    cells = [
        new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}),
        new_code_cell(SHOW.format(pids=str(folder / "pids"), seconds=seconds)),
    ]
    kernel = {"name": "python3", "display_name": "", "language": "python"}
    write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), folder / "slow.ipynb")
    began, scene = time.monotonic(), Scene(folder)
    wrong = finish(scene.start(folder / "calm"))
    assert not wrong, wrong
    return Scene(folder, read_folder(folder / "calm"), time.monotonic() - began)


def finish(run: Run) -> list[str]:
    """Wait for a run's end and return what is wrong with it: failures, a traceback, processes left behind."""
    said = run.process.communicate()[1]
    wrong = [f"exit {run.process.returncode}: {said}"] if run.process.returncode > 0 or "Traceback" in said else []
    return wrong + [f"process {pid} is left" for pid in run.wait_for_rest()]


def disturb(scene: Scene, out: Path, *, kills: Iterable[tuple[str, float]]) -> list[str]:
    """Run into a folder and kill processes one after the other; return what is wrong with what is there at the end.

    kills holds whom to kill and after how many seconds. Where that is the runner, the run is started again.
    """
    wrong = []
    with Reader(out) as reader:
        run = scene.start(out)
        for victim, after in kills:
            if not run.kill(victim, after=after):
                wrong.append(f"no {victim} was there to be killed")
            if victim == RUNNER:
                wrong += finish(run)
                run = scene.start(out)
        wrong += finish(run)
    wrong += [] if reader.files else ["the reader saw nothing"]
    wrong += [f"a reader saw a part of {name}" for name in reader.partial]
    found = read_folder(out)
    return wrong + [f"{name} differs" for name in scene.calm.keys() | found if scene.calm.get(name) != found.get(name)]


def _list_files(folder: Path) -> Iterator[Path]:
    yield from folder.glob("*.html")
    yield from folder.glob("*.json")
    yield from folder.glob(".records/*.json")


def _is_whole(file: Path, text: str) -> bool:
    if file.suffix == ".html":
        return text.rstrip().endswith("</html>")
    try:
        return bool(json.loads(text))
    except ValueError:
        return False


def _read(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text(encoding="utf-8", errors="replace")
    except OSError:  # it has ended
        return ""


def _find_parent(pid: int) -> int:
    return int(_read(pid, "stat").rpartition(")")[2].split()[1] or 0)
