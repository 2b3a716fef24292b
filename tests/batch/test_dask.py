"""Tests of a run on a Dask cluster: scheduler and workers are processes of their own on this machine."""

import re
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager

import pytest
from batch.folders import read_folder

from cjm_helpers.batch import cluster
from cjm_helpers.batch.cluster import open_cluster
from cjm_helpers.batch.kernels import DAEMON
from cjm_helpers.batch.run import report_study
from cjm_helpers.errors import CjmError

pytest.importorskip("distributed")
LOOPBACK = ("--host", "127.0.0.1", "--no-dashboard")
SECONDS = 60
KILLED = """import subprocess, sys
from cjm_helpers.batch.cluster import open_cluster
with open_cluster(sys.argv[1]) as workers:
    asked = [workers.submit(subprocess.run, ["sh", "-c", f"touch {sys.argv[2]}/{n}; sleep 1"]) for n in range(12)]
    asked[-1].result()"""


@contextmanager
def start_dask(*words, says, folder):
    """Start a program of Dask, wait until it says that it is ready, and end it after the `with` block."""
    log = folder / f"{words[0]}.{time.monotonic_ns()}.log"
    with log.open("w") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *words, *LOOPBACK], stdout=said, stderr=said, cwd=folder
        )
    try:
        end = time.monotonic() + SECONDS
        while not (found := re.search(says, log.read_text())):
            assert time.monotonic() < end and process.poll() is None, log.read_text()
            time.sleep(0.05)
        yield found[1]
    finally:
        process.terminate()
        process.wait(SECONDS)


@contextmanager
def start_cluster(folder, *, workers=2, nanny="--no-nanny"):
    """Start a scheduler and workers; give the scheduler's address."""
    with ExitStack() as running:
        address = running.enter_context(
            start_dask("scheduler", "--port", "0", says=r"Scheduler at: +(\S+)", folder=folder)
        )
        for _ in range(workers):
            words = ("worker", address, nanny, "--nthreads", "1", "--memory-limit", "0")
            running.enter_context(start_dask(*words, says=r"(Registered to)", folder=folder))
        yield address


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Return the address of a scheduler with two workers that may start processes."""
    with start_cluster(tmp_path_factory.mktemp("dask")) as address:
        yield address


def test_a_cluster_makes_the_same_pages(address, shop, notebook, tmp_path, capfd):
    """Two Dask workers make what two processes of this machine make, byte for byte, and Dask says nothing."""
    runs = {"local": None, "dask": address}
    for name, executor in runs.items():
        report_study(shop.folder, out=tmp_path / name, notebook=notebook, executor=executor, workers=2)
    assert read_folder(tmp_path / "dask") == read_folder(tmp_path / "local")
    assert capfd.readouterr().err == ""


def test_workers_under_a_nanny_make_them_too(shop, notebook, tmp_path, capfd):
    """Workers that may start no process of their own kind take ordinary kernels, which is said once, by the run."""
    with start_cluster(tmp_path, nanny="--nanny") as address:
        report_study(shop.folder, out=tmp_path / "dask", notebook=notebook, executor=address)
    assert capfd.readouterr().err == f"{DAEMON}\n"
    report_study(shop.folder, out=tmp_path / "local", notebook=notebook)
    assert read_folder(tmp_path / "dask") == read_folder(tmp_path / "local")


def test_a_killed_run_leaves_the_cluster_free(address, tmp_path):
    """What its workers have begun is finished; what waits is never begun."""
    run = subprocess.Popen([sys.executable, "-c", KILLED, address, tmp_path])
    end = time.monotonic() + SECONDS
    while not list(tmp_path.iterdir()) and time.monotonic() < end:
        time.sleep(0.05)
    run.kill()
    run.wait()
    time.sleep(2.5)
    assert 1 <= len(list(tmp_path.iterdir())) <= 4


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("10.0.0.5", "'10.0.0.5' is no address of a Dask scheduler. Write it as in tcp://10.0.0.5:8786."),
        ("tcp://127.0.0.1:9", "No Dask scheduler answers: Timed out .* tcp://127.0.0.1:9 .* See that it runs"),
    ],
)
def test_a_scheduler_out_of_reach_is_said(monkeypatch, address, words):
    """A wrong address, and one where nobody answers, is a sentence that says what to do."""
    monkeypatch.setattr(cluster, "REACH_SECONDS", 0.5)
    with pytest.raises(CjmError, match=words), open_cluster(address):
        pass


def test_without_dask_the_way_to_it_is_said(monkeypatch):
    """Dask comes with an extra; where it is missing, the sentence says which."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CjmError, match="pip install distributed"), open_cluster("tcp://127.0.0.1:9"):
        pass


def test_a_scheduler_without_workers_is_said(tmp_path, monkeypatch):
    """Nobody waits for ever: how a worker is started stands in the sentence."""
    monkeypatch.setattr(cluster, "WORKER_SECONDS", 0.5)
    with start_cluster(tmp_path, workers=0) as address:
        with pytest.raises(CjmError, match=f"has no worker.*dask worker {address} --no-nanny"), open_cluster(address):
            pass


def test_workers_that_would_make_other_pages_are_refused(address, monkeypatch, tmp_path):
    """A worker with another version of anything, or without the folders, is named before it makes a page."""
    with pytest.raises(CjmError, match="does not see .*gone.*put both on a disk"):
        open_cluster(address, sees=[tmp_path / "gone"]).__enter__()
    monkeypatch.setattr(cluster, "list_versions", lambda: {"pandas": "9.9.9"})
    with pytest.raises(CjmError, match="has pandas .*, this machine pandas 9.9.9. Install there"):
        open_cluster(address).__enter__()
