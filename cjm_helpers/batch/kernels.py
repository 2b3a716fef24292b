"""Runs notebooks by papermill, each in a kernel of its own: one forked from a warm process, or an ordinary one."""

import logging
import math
import multiprocessing
import os
import tempfile
import threading
import time
from collections.abc import Mapping
from functools import cache
from multiprocessing import connection
from pathlib import Path
from queue import Empty, SimpleQueue

from cjm_helpers.batch.forks import HAS_FORKS, WarmProcess, end_with_parent, warm_context, warm_up
from cjm_helpers.batch.quiet import ignore_warnings
from cjm_helpers.errors import CjmError

__all__ = ["KERNEL_WAYS", "TimeUp", "end_with_parent", "run_notebook", "warm_context", "warm_up", "why_cold"]
START_SECONDS, OUTPUT_SECONDS = 120, 60
KERNEL_WAYS = {
    "shutdown_kernel": "immediate",  # one that is asked to end takes a second for it
    "extra_arguments": [
        "--IPKernelApp.log_level=50",  # else one that is left alone says so on stderr as it ends
        "--HistoryManager.enabled=False",
    ],
}
COLD = "so each report starts an ordinary kernel. This takes longer; the reports are the same."
ASKED = f"CJM_KERNELS=cold is set, {COLD}"
NO_FORKS = f"This system cannot copy a running process, {COLD}"
DAEMON = f"The cluster's workers may start no processes of that kind (give them --no-nanny), {COLD}"
NO_ANSWER = f"The process that kernels are copied from did not answer, {COLD}"
_FALLEN_SILENT = threading.Event()  # set once a kernel could not be forked, though the first could


class TimeUp(CjmError):
    """A report took longer than it may; `source` is the cell that ran at that moment."""

    def __init__(self, limit: float, source: str):
        seconds = "1 second" if limit == 1 else f"{limit:g} seconds"
        super().__init__(
            f"The report took longer than {seconds} and was stopped. Give it more time with --limit, "
            "or make fewer reports at a time with --workers."
        )
        self.source = source


def run_notebook(
    notebook, *, parameters: Mapping[str, object], folder: Path, limit: float | None = None, is_warm: bool = True
):
    """Run a notebook by papermill and return it with its outputs; nothing is written.

    Parameters
    ----------
    notebook
        A notebook file, or a notebook.
    parameters
        What goes below the cell tagged `parameters`.
    folder
        The folder in which it runs.
    limit
        How many seconds all its cells together may take; none = as long as it takes.
    is_warm
        Fork the kernel from the warm process where that can be had (`why_cold`); False = an ordinary kernel.

    Returns
    -------
    NotebookNode

    Raises
    ------
    PapermillExecutionError
        When a cell fails.
    DeadKernelError
        When the kernel ends before the notebook does.
    TimeUp
        When the limit is reached.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> run_notebook(new_notebook(cells=[new_code_cell("1 + 1")]), parameters={}, folder=".").cells[0].outputs[0].data
    {'text/plain': '2'}
    """
    from cjm_helpers.batch import provisioner

    told = (notebook if hasattr(notebook, "cells") else str(notebook), dict(parameters), str(folder), _Clock(limit))
    if is_warm and not why_cold():
        try:
            return _execute(*told, provisioner.WarmKernelManager)
        except provisioner.NoAnswer:
            _FALLEN_SILENT.set()
    return _execute(*told, provisioner.ColdKernelManager)


def _execute(notebook, parameters: dict, folder: str, clock: "_Clock", manager: type):
    logging.getLogger("papermill").setLevel(logging.CRITICAL)  # what goes wrong is told in our own words
    with ignore_warnings():
        import papermill

        try:
            return papermill.execute_notebook(
                notebook, None, parameters=parameters, kernel_name="python3", language="python",
                resources={"metadata": {"path": folder}},  # cwd would lead this process there, and its other threads
                progress_bar=False, log_output=False, start_timeout=START_SECONDS, iopub_timeout=OUTPUT_SECONDS,
                shell_timeout_interval=1, timeout_func=clock.tell_rest, kernel_manager_class=manager, **KERNEL_WAYS,
            )  # fmt: skip
        except TimeoutError as error:
            if clock.is_up():
                raise TimeUp(clock.limit, clock.source) from error
            raise


class _Clock:
    """Tells each cell how many seconds are left of what all may take together."""

    def __init__(self, limit: float | None):
        self.limit, self.source = limit, ""
        self.end = time.monotonic() + (limit or math.inf)

    def tell_rest(self, cell) -> float | None:
        """Return the seconds that are left; None where there is no limit."""
        self.source = cell.source
        return max(self.end - time.monotonic(), 0.001) if self.limit else None  # nbclient takes 0 for no limit

    def is_up(self) -> bool:
        """Tell whether the time is over."""
        return time.monotonic() >= self.end


def why_cold() -> str:
    """Say why kernels here are ordinary ones; "" where they are warm.

    Examples
    --------
    >>> os.environ["CJM_KERNELS"] = "cold"
    >>> why_cold()
    'CJM_KERNELS=cold is set, so each report starts an ordinary kernel. This takes longer; the reports are the same.'
    >>> del os.environ["CJM_KERNELS"]
    """
    if os.environ.get("CJM_KERNELS") == "cold":
        return ASKED
    if not HAS_FORKS:
        return NO_FORKS
    if multiprocessing.current_process().daemon:
        return DAEMON
    if isinstance(multiprocessing.current_process(), WarmProcess):
        return ""
    return NO_ANSWER if _FALLEN_SILENT.is_set() or not _has_answer() else ""


@cache
def _has_answer() -> bool:
    """Tell whether a kernel that is forked for trial starts; a thread asks, so that whatever hangs is left behind."""
    answers: SimpleQueue = SimpleQueue()
    threading.Thread(target=lambda: answers.put(_try_kernel()), daemon=True).start()
    try:
        return answers.get(timeout=START_SECONDS)
    except Empty:
        return False


def _try_kernel() -> bool:
    ours, theirs = multiprocessing.Pipe(duplex=False)
    with tempfile.TemporaryDirectory() as folder:
        trial = WarmProcess(target=_answer, args=(theirs, folder))
        try:
            trial.start()
            theirs.close()
            answer = ours.recv()
            trial.kill()
            trial.join()
            return answer
        except (OSError, EOFError):
            return False


def _answer(theirs: connection.Connection, folder: str) -> None:
    from cjm_helpers.batch.provisioner import prepare_kernel

    arguments = ["-f", f"{folder}/kernel.json", "--transport=ipc", *KERNEL_WAYS["extra_arguments"]]
    prepare_kernel(arguments, environment=dict(os.environ), folder=folder)
    theirs.send(True)
