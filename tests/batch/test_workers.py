"""Tests of those who make the reports: processes of this machine, or somebody else's executor."""

import errno
import os
import signal
import time
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import partial

import pytest

from cjm_helpers.batch import workers
from cjm_helpers.batch.kernels import ASKED
from cjm_helpers.batch.pages.failures import DIED
from cjm_helpers.batch.report import Outcome
from cjm_helpers.batch.workers import LocalPool, make_all
from cjm_helpers.errors import CjmError


class Broken(ThreadPoolExecutor):
    """An executor that somebody else brings, and whose processes die."""

    def submit(self, work, *told, **named):
        future = Future()
        future.set_exception(BrokenProcessPool())
        return future


class KilledWorker(Exception):
    """What Dask raises for work that has killed several workers."""


def fail(report, error):
    """Raise an error in place of making a report."""
    raise error


def tell_process(*_):
    """Return the process in which this is done."""
    return os.getpid()


def die_once(file):
    """End this process by kill -9 when the file is not there yet, else tell that it is done."""
    if not file.exists():
        file.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def die(*_):
    """End this process by kill -9."""
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
def two(report):
    """Return two planned reports, the longest last."""
    return report, replace(report, persona_id="")


def test_the_longest_report_starts_first(two):
    """The comparison, which takes longest, is handed to the workers before all others."""
    started = []

    class Pool(ThreadPoolExecutor):
        """Notes what is submitted."""

        def submit(self, work, one):
            started.append(one.persona_id)
            return super().submit(work, one)

    with Pool(1) as pool:
        assert len(list(make_all(Outcome, two, executor=pool))) == 2
    assert started == ["", "anna"]


def test_what_others_brought_stays_open(two):
    """An executor of the caller's is not shut down: it may have more to do."""
    with ThreadPoolExecutor(1) as pool:
        list(make_all(Outcome, two, executor=pool))
        assert pool.submit(round, 1.2).result() == 1


def test_a_broken_executor_is_a_failure_of_each_report(two):
    """Where the caller's own executor breaks, the reports that it had are failures, said in a sentence."""
    assert [outcome.failure for outcome in make_all(Outcome, two, executor=Broken(1))] == [DIED, DIED]


def test_an_executor_that_is_ended_ends_the_run(two):
    """Where a scheduler is lost, its futures are cancelled: the run stops in a sentence, and keeps what is finished."""

    class Ended(ThreadPoolExecutor):
        """Takes work and drops it."""

        def submit(self, work, *told, **named):
            future = Future()
            future.cancel()
            future.set_running_or_notify_cancel()
            return future

    with pytest.raises(CjmError, match="such as the Dask scheduler.*what is finished stays"):
        list(make_all(Outcome, two, executor=Ended(1)))


def test_a_lost_worker_of_a_cluster_is_told_like_a_lost_process(two):
    """What Dask calls KilledWorker is said in our words."""
    with ThreadPoolExecutor(1) as pool:
        outcomes = make_all(partial(fail, error=KilledWorker("task")), two, executor=pool)
        assert {outcome.failure for outcome in outcomes} == {DIED}


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
def test_a_full_disk_stops_all(two, number):
    """No other report could be written either, so nothing more is tried."""
    with ThreadPoolExecutor(1) as pool, pytest.raises(OSError, match="full"):
        list(make_all(partial(fail, error=OSError(number, "full")), two, executor=pool))


def test_any_other_error_is_one_report_s_failure(two):
    """What nobody thought of is told with the report that it happened to."""
    with ThreadPoolExecutor(1) as pool:
        outcomes = list(make_all(partial(fail, error=PermissionError(13, "denied")), two, executor=pool))
    assert "PermissionError" in outcomes[0].failure and len(outcomes) == 2


def test_slow_kernels_are_said_once(two, monkeypatch, capsys):
    """Where kernels cannot be forked, the run says so in one line, however many reports it makes."""
    monkeypatch.setenv("CJM_KERNELS", "cold")
    list(make_all(Outcome, two, workers=1))
    assert capsys.readouterr().err == f"{ASKED}\n"


def test_nothing_to_make_starts_nobody(monkeypatch):
    """Where nothing has changed, no process is started and no scheduler is asked for."""
    monkeypatch.setattr(workers, "LocalPool", None)
    assert list(make_all(Outcome, [], executor="tcp://127.0.0.1:9")) == []


def test_each_thread_leads_one_process_and_keeps_it():
    """Two at a time are two processes; what comes later finds the same two."""
    with LocalPool(2) as pool:
        found = {pool.submit(tell_process).result() for _ in range(5)}
    assert 1 <= len(found) <= 2 and os.getpid() not in found


def test_a_killed_process_is_replaced_once(tmp_path):
    """Its work is done by a new process; where that dies too, only this work is lost."""
    with LocalPool(2) as pool:
        again, lost, other = pool.submit(die_once, tmp_path / "died"), pool.submit(die), pool.submit(round, 2.6)
        assert (again.result(), other.result()) == ("done", 3)
        assert type(lost.exception()).__name__ == "BrokenExecutor"
        assert pool.submit(round, 3.6).result() == 4


def test_an_error_in_a_process_comes_back():
    """What is raised in a process is raised by its future; the process goes on."""
    with LocalPool(1) as pool:
        assert isinstance(pool.submit(fail, None, error=ValueError("no")).exception(), ValueError)
        assert pool.submit(round, 2.6).result() == 3


def test_leaving_by_an_error_kills_what_runs():
    """Control-C waits for nobody: processes at work are killed, and what waits is never begun."""
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), LocalPool(1) as pool:
        process = pool.submit(tell_process).result()
        working, waiting = pool.submit(time.sleep, 60), pool.submit(round, 1)
        time.sleep(0.2)
        raise KeyboardInterrupt
    assert time.monotonic() - began < 30 and working.exception() and waiting.cancelled()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
