"""Hands reports to workers: processes of this machine, or any executor that somebody else gives."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import partial

from cjm_helpers.batch.cluster import open_cluster
from cjm_helpers.batch.kernels import end_with_parent, warm_context, why_cold
from cjm_helpers.batch.pages.failures import DIED, tell_trouble
from cjm_helpers.batch.place import LOCK
from cjm_helpers.batch.report import NO_ROOM, Outcome, Report
from cjm_helpers.errors import CjmError

LOST = (
    "Who makes the reports was ended before all were made, such as the Dask scheduler. Start it again, then run the "
    "same command again: what is finished stays."
)
LOST_ON_CLUSTER = ("KilledWorker", "CommClosedError")


def make_all(
    work: Callable[[Report], Outcome],
    reports: Sequence[Report],
    *,
    executor: Executor | str | None = None,
    workers: int | None = None,
) -> Iterator[Outcome]:
    """Yield the outcome of each report as soon as it is there; one whose worker is lost becomes a failure.

    Parameters
    ----------
    work
        What makes a report; it says failures itself.
    reports
        Reports of a plan; that of the comparison, which takes longest, is started first.
    executor
        Any executor of `concurrent.futures`, or the address of a Dask scheduler; default processes of this machine.
    workers
        How many of these; default one for each core, never more than there are reports.

    Raises
    ------
    OSError
        When the disk is full or may not be written on: no other report could be written either.
    CjmError
        When the executor ends before all reports are made.

    Examples
    --------
    >>> from pathlib import Path
    >>> report = Report("a", "A", Path("a.ipynb"), Path("a.html"), Path("html"), {}, {})
    >>> [outcome.failure for outcome in make_all(Outcome, [report])]
    ['']
    """
    if not reports:
        return
    workers = min(workers or _count_cores(), len(reports))
    if executor is None and why_cold():
        print(why_cold(), file=sys.stderr)
    if executor is None and workers == 1:
        yield from map(work, reports)
        return
    longest_first = sorted(reports, key=lambda report: report.persona_id != "")
    with _open(executor or LocalPool(workers), report=longest_first[0]) as pool:
        waiting = {pool.submit(work, report): report for report in longest_first}
        try:
            for future in as_completed(waiting):
                yield _read_outcome(future, waiting[future])
        finally:
            for future in waiting:
                future.cancel()


class LocalPool(ThreadPoolExecutor):
    """An executor whose threads lead a process each, so that one that is killed takes nobody else's work with it.

    Work that a killed process had is given to a new one, once. Leaving the `with` block by an error, such as Control-C,
    kills all processes.

    Examples
    --------
    >>> with LocalPool(1) as pool:
    ...     pool.submit(round, 2.6).result()
    3
    """

    def __init__(self, workers: int):
        super().__init__(workers)
        self._mine, self._all, self._is_stopped = threading.local(), [], False

    def submit(self, work, /, *told, **named) -> Future:
        """Hand work to the next free process; see concurrent.futures.Executor."""
        return super().submit(self._lead, partial(work, *told, **named))

    def __exit__(self, kind, *error):
        self._is_stopped = kind is not None
        if self._is_stopped:
            self.shutdown(wait=False, cancel_futures=True)
            self._end_all()
        self.shutdown()
        self._end_all()
        return False

    def _lead(self, work: Callable[[], object]) -> object:
        try:
            return self._find_mine().do(work)
        except BrokenExecutor:
            if self._is_stopped:
                raise
            return self._find_mine().do(work)

    def _find_mine(self) -> "_Worker":
        worker = getattr(self._mine, "worker", None)
        if worker is None or not worker.process.is_alive():
            worker = self._mine.worker = _Worker()
            self._all.append(worker)
            if self._is_stopped:
                worker.end()
        return worker

    def _end_all(self) -> None:
        for worker in self._all:
            worker.end()


class _Worker:
    """A process, and the line over which it is told what to do and answers."""

    def __init__(self):
        context = multiprocessing.get_context("spawn") if why_cold() else warm_context()
        self.line, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs,))
        self.process.start()
        theirs.close()

    def do(self, work: Callable[[], object]) -> object:
        try:
            self.line.send(work)
            is_done, answer = self.line.recv()
        except (EOFError, OSError):
            self.end()
            raise BrokenExecutor from None
        if is_done:
            return answer
        raise answer

    def end(self) -> None:
        self.process.kill()
        self.process.join()


def _serve(line) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Control-C is told to all; the run answers it for its workers
    end_with_parent()
    with suppress(EOFError, BrokenPipeError):  # the run has been killed
        while True:
            line.send(_answer(line.recv()))


def _answer(work: Callable[[], object]) -> tuple[bool, object]:
    try:
        return True, work()
    except Exception as error:
        return False, error


def _open(executor: Executor | str, *, report: Report) -> AbstractContextManager[Executor]:
    """Return the executor for a `with` block, which ends what was begun for it: not what the caller brought."""
    if isinstance(executor, str):
        return open_cluster(executor, sees=(report.page.parent / LOCK, report.notebook))
    return executor if isinstance(executor, LocalPool) else nullcontext(executor)


def _read_outcome(future: Future, report: Report) -> Outcome:
    try:
        return future.result()
    except BrokenExecutor:
        return Outcome(report, failure=DIED)
    except CancelledError:
        raise CjmError(LOST) from None
    except Exception as error:
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            raise
        is_lost = type(error).__name__ in LOST_ON_CLUSTER
        return Outcome(report, failure=DIED if is_lost else tell_trouble(error, report).sentence)


def _count_cores() -> int:
    """Return how many cores this process may use, which in a container or on a cluster are not all."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
