"""Tests of the kernels: what a forked one has in common with an ordinary one, how it ends, and when there is none."""

import json
import multiprocessing
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from nbclient.exceptions import DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook
from papermill import PapermillExecutionError

from cjm_helpers.batch import kernels, provisioner
from cjm_helpers.batch.forks import HAS_FORKS, WarmProcess, warm_context
from cjm_helpers.batch.kernels import TimeUp, run_notebook, why_cold

warm_only = pytest.mark.skipif(not HAS_FORKS, reason="this system has no warm kernels")
KNOWS_FORKS = "jemalloc_bg_thd"  # Arrow's allocator has a thread of its own and stops it around each fork
PARAMETERS = new_code_cell("name = ''", metadata={"tags": ["parameters"]})
SURROUNDINGS = """
import json, matplotlib, os, pandas, random, signal, sys, threading
import matplotlib.pyplot as plt
print(json.dumps({
    "arguments": [os.path.basename(sys.argv[0]), sys.argv[1]],
    "folders": [one for one in sys.path if not one.endswith("ipython")],
    "here": os.getcwd(),
    "drawing": {name: str(value) for name, value in matplotlib.rcParams.items()},
    "backend": os.environ["MPLBACKEND"],
    "threads asked for": os.environ["OMP_NUM_THREADS"],
    "ends on": str(signal.getsignal(signal.SIGTERM)),
    "interrupted by": str(signal.getsignal(signal.SIGINT)),
    "stdin": sys.stdin.isatty(),
    "main": sys.modules["__main__"].__name__ + str(hasattr(sys.modules["__main__"], "name")),
    "thread": threading.current_thread().name,
    "name": name,
    "display": pandas.get_option("display.max_rows"),
    "modules of the shell": sorted(get_ipython().extension_manager.loaded),
    "history": get_ipython().history_manager.enabled,
}))"""


def run(*sources, is_warm=True, folder=".", limit=None, **parameters):
    """Run cells in a kernel and return what each of them printed."""
    cells = [PARAMETERS, *map(new_code_cell, sources)]
    told = {"parameters": {"name": "x", **parameters}, "folder": folder, "limit": limit, "is_warm": is_warm}
    done = run_notebook(new_notebook(cells=cells), **told).cells[-len(sources) :]
    return ["".join(one.get("text", "") for one in cell.outputs).strip() for cell in done]


def tell_parent() -> int:
    """Run a kernel and return the process that it was forked from."""
    return int(run("import os; print(os.getppid())")[0])


def list_threads(process: int) -> list[str]:
    """Name the threads of a process."""
    return [one.joinpath("comm").read_text().strip() for one in Path(f"/proc/{process}/task").iterdir()]


def is_there(process: int) -> bool:
    """Tell whether a process lives."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except FileNotFoundError:
        return False


def waits(is_so, *, seconds=10) -> bool:
    """Wait until something is so; tell whether it came about."""
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:
        time.sleep(0.02)
    return is_so()


@pytest.fixture
def cold(monkeypatch):
    """Let kernels be ordinary ones."""
    monkeypatch.setenv("CJM_KERNELS", "cold")


@warm_only
def test_the_warm_process_has_one_thread():
    """A process that is forked while another thread holds a lock may hang; so the warm one has no other thread."""
    names = list_threads(tell_parent())
    assert len([name for name in names if name != KNOWS_FORKS]) == 1, names


@warm_only
def test_a_forked_kernel_is_like_one_that_is_started():
    """Arguments, folders, look of charts, signals and the shell's state are those of an ordinary kernel."""
    warm, started = (json.loads(run(SURROUNDINGS, is_warm=is_warm, folder="/")[0]) for is_warm in (True, False))
    assert warm == started
    assert warm["here"] == "/" and warm["name"] == "x" and warm["threads asked for"] == "1"


@warm_only
def test_a_forked_kernel_has_all_loaded():
    """What reports use is there before the first cell; a kernel that is started has yet to load it."""
    loaded = (
        "import sys; print({'pandas', 'matplotlib.pyplot', 'seaborn', 'cjm_helpers.method.journey'} <= {*sys.modules})"
    )
    assert [run(loaded, is_warm=is_warm) for is_warm in (True, False)] == [["True"], ["False"]]


@warm_only
def test_workers_and_their_kernels_share_one_warm_process():
    """A worker that is forked from the warm process forks its kernels from the same one, instead of warming another."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    worker = warm_context().Process(target=_tell_parents, args=(theirs,))
    worker.start()
    assert ours.recv() == [tell_parent()] * 2
    worker.join()


def _tell_parents(theirs):
    theirs.send([os.getppid(), tell_parent()])


def test_a_cell_that_fails_is_papermills_error():
    """Errors of a notebook arrive as papermill tells them."""
    with pytest.raises(PapermillExecutionError, match="division by zero"):
        run("1 / 0")


@pytest.mark.parametrize("is_warm", [True, False])
def test_a_dead_kernel_is_noticed(is_warm):
    """A kernel that is killed ends the run, which else would wait for it until its time is up."""
    with pytest.raises(DeadKernelError):
        run("1", "import os; os.kill(os.getpid(), 9)", is_warm=is_warm, limit=2 * kernels.START_SECONDS)


def test_the_limit_is_that_of_the_whole_notebook(tmp_path):
    """Cells that each take less than the limit, but more together, are stopped, and the kernel is gone."""
    told = tmp_path / "process"
    cells = [f"import os, time; open({str(told)!r}, 'w').write(str(os.getpid()))", *["time.sleep(0.8)"] * 9]
    with pytest.raises(TimeUp, match="longer than 2 seconds") as caught:
        run(*cells, limit=2)
    assert caught.value.source == "time.sleep(0.8)"
    assert waits(lambda: not is_there(int(told.read_text())))


def test_nothing_is_left_on_the_disk(tmp_path, monkeypatch):
    """Sockets and connection files are gone, and IPython stores no history."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    run("1 + 1")
    assert {file.name for file in tmp_path.rglob("*") if file.is_file()} <= {"README"}
    assert not list(tmp_path.glob("cjm-*"))


SCRIPT = """
import sys
from nbformat.v4 import new_code_cell, new_notebook
from cjm_helpers.batch.kernels import run_notebook
print("started", flush=True)
cell = "import os, subprocess, time; child = subprocess.Popen(['sleep', '99']); print(1)"
tell = f"open({sys.argv[1]!r}, 'w').write(f'{{os.getpid()}} {{os.getppid()}} {{child.pid}} '); time.sleep(99)"
run_notebook(new_notebook(cells=[new_code_cell(cell), new_code_cell(tell)]), parameters={}, folder=".")
"""


@warm_only
def test_nothing_outlives_the_process_that_asked(tmp_path):
    """By kill -9 too: kernel, what the kernel started and the warm process end, and the script ran only once."""
    (tmp_path / "script.py").write_text(SCRIPT)
    told, places = tmp_path / "told", {"TMPDIR": str(tmp_path)}
    command = [sys.executable, "script.py", str(told)]
    with subprocess.Popen(command, cwd=tmp_path, env=os.environ | places, stdout=-1, stderr=-1, text=True) as asker:
        assert waits(lambda: told.exists() and told.read_text().endswith(" "), seconds=kernels.START_SECONDS)
        asker.kill()
        said = asker.communicate()
    assert said == ("started\n", "")
    assert waits(lambda: not any(is_there(int(one)) for one in told.read_text().split()))
    assert not list(tmp_path.glob("cjm-*"))


def test_ordinary_kernels_where_they_are_asked_for(cold):
    """CJM_KERNELS=cold forces them, and the sentence says so; they are no forks, and ask for one thread too."""
    assert why_cold().startswith("CJM_KERNELS=cold is set, so each report starts an ordinary kernel.")
    assert run("import os; print(os.getppid(), os.environ['OMP_NUM_THREADS'])") == [f"{os.getpid()} 1"]


@pytest.mark.parametrize("wrong, sentence", [("HAS_FORKS", kernels.NO_FORKS), ("_has_answer", kernels.NO_ANSWER)])
def test_ordinary_kernels_where_nothing_can_be_forked(wrong, sentence, monkeypatch):
    """A system without forks, and a warm process that does not answer, are each told in a sentence."""
    monkeypatch.setattr(kernels, wrong, False if wrong == "HAS_FORKS" else lambda: False)
    assert why_cold() == sentence


@pytest.mark.parametrize(
    "begin, is_warm", [("from multiprocessing.forkserver import main", True), ("import os", False)]
)
def test_the_warm_process_knows_itself(begin, is_warm):
    """Newer Pythons put the words of the run's own command into its sys.argv before it is warmed up."""
    asked = f"{begin}; import sys; sys.argv[:] = ['cjm', 'report']"
    code = f"{asked}; from cjm_helpers.batch import warm; print(warm.IS_WARM_PROCESS)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == f"{is_warm}\n"


FORK = """
import os, sys
from cjm_helpers.batch import forks
forks.WARM = "random"
sys.path.insert(0, os.getcwd())
forks.WarmProcess(target=exec, args=("import sys; print(sys.modules['random'].__file__, sys.orig_argv)",)).start()
"""


@warm_only
def test_no_module_beside_the_run_is_taken(tmp_path):
    """Reports may be made from a folder with a random.py, and kernels do not look for modules where the run does."""
    (tmp_path / "random.py").write_text("raise ImportError")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "script.py").write_text(FORK)
    done = subprocess.run([sys.executable, "bin/script.py"], cwd=tmp_path, capture_output=True, text=True)
    assert "random.py" in done.stdout and str(tmp_path) not in done.stdout and not done.stderr


@warm_only
def test_ordinary_kernels_where_a_fork_fails(monkeypatch, capfd):
    """A kernel that cannot be forked is started instead, without a word, and from then on all of them are."""
    assert not why_cold()
    monkeypatch.setattr(kernels, "_FALLEN_SILENT", kernels.threading.Event())
    monkeypatch.setattr(provisioner.WarmKernel, "start", _refuse)
    assert run("import os; print(os.getppid())") == [str(os.getpid())]
    assert why_cold() == kernels.NO_ANSWER
    assert capfd.readouterr().err == ""


def _refuse(self):
    raise ConnectionRefusedError


@warm_only
def test_a_warm_process_that_hangs_is_left_behind(monkeypatch):
    """Where the trial takes too long, reports begin with ordinary kernels."""
    monkeypatch.setattr(kernels, "START_SECONDS", 0.05)
    monkeypatch.setattr(kernels, "_try_kernel", lambda: time.sleep(0.3))
    kernels._has_answer.cache_clear()
    assert why_cold() == kernels.NO_ANSWER
    kernels._has_answer.cache_clear()


@warm_only
def test_daemons_get_ordinary_kernels():
    """Such as workers under Dask's nanny, which may start no processes of this kind."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    WarmProcess(target=_tell_why, args=(theirs,), daemon=True).start()
    assert ours.recv() == kernels.DAEMON


def _tell_why(theirs):
    theirs.send(why_cold())
