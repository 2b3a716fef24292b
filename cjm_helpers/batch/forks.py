"""Forks workers and kernels from one warm process, in which all that they need is imported already."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import contextmanager
from multiprocessing import connection, context, forkserver, spawn, util
from types import ModuleType

WARM = "cjm_helpers.batch.warm"
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
BEGIN = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); "  # who pressed Control-C ended the run
    "sys.path[:] = filter(None, sys.path); exec(sys.argv[-1])"  # "": the folder in which it is started
)
_ALONE = threading.Lock()  # held while something that all threads see is changed for a moment
HAS_FORKS = (
    "forkserver" in multiprocessing.get_all_start_methods()
    and sys.platform != "darwin"
    and hasattr(util, "_args_from_interpreter_flags")  # a name that a later Python may no longer know
)


class WarmProcess(getattr(context, "ForkServerProcess", multiprocessing.Process)):
    """A process that is forked from the warm one, and ends as soon as the process that started it ends."""

    def start(self) -> None:
        """Fork the process, with the environment of the one that starts it."""
        warm_up()
        self.inherited = dict(os.environ), getattr(forkserver._forkserver, "_forkserver_authkey", None)
        with _hide_script():
            super().start()

    def run(self) -> None:
        """Do in the forked process what the operating system does for one that is started, then its task."""
        environment, key = self.inherited
        os.environ.clear()
        os.environ.update(environment)
        _share_warm_process(key)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # who pressed Control-C ended the process that started this one
        if "numpy" in sys.modules:
            sys.modules["numpy"].random.seed()  # else all draw the same numbers; Python's own generator sees to itself
        end_with_parent(self.end)
        super().run()

    def end(self) -> None:
        """Do what is to be done last when the process that started this one has ended."""


def warm_up() -> None:
    """Start the warm process, without waiting until it is warm; what is forked from it waits.

    Examples
    --------
    >>> warm_up()
    """
    if isinstance(multiprocessing.current_process(), WarmProcess):
        return
    with _leave_folders_out():
        forkserver.set_forkserver_preload([WARM])
        forkserver.ensure_running()


def warm_context() -> context.BaseContext:
    """Return the multiprocessing context whose processes are forked from the warm process.

    What they run must stand in a module: the script that was started is not run in them.

    Examples
    --------
    >>> warm_context().Process.__name__
    'WarmProcess'
    """
    warm = context.ForkServerContext()
    warm.Process = WarmProcess
    return warm


def end_with_parent(last: Callable[[], None] | None = None) -> None:
    """End this process as soon as the one that asked for it ends, even by kill -9; call `last` before.

    Examples
    --------
    >>> end_with_parent()
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel, last), daemon=True).start()


def _end_after(sentinel: int, last: Callable[[], None] | None) -> None:
    connection.wait([sentinel])
    try:
        if last:
            last()
    finally:
        os._exit(1)


@contextmanager
def _hide_script():
    """Keep multiprocessing from running the script that was started in the child as well."""
    with _ALONE:
        script = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = script


@contextmanager
def _leave_folders_out():
    """Let the warm process look for modules where a kernel does: not in the run's folder, nor where the run looks."""
    with _ALONE:
        tell, list_flags = spawn.get_preparation_data, util._args_from_interpreter_flags
        spawn.get_preparation_data = lambda name: dict.fromkeys(("sys_argv", "sys_path"))  # Python 3.12.8 hands it on
        util._args_from_interpreter_flags = lambda: [*list_flags(), "-c", BEGIN]
        try:
            yield
        finally:
            spawn.get_preparation_data, util._args_from_interpreter_flags = tell, list_flags


def _share_warm_process(key: bytes | None) -> None:
    """Let a forked process fork from the same warm process; Python would warm up another (cpython issue 86354)."""
    server = forkserver._forkserver
    server.ensure_running = lambda: None
    server._forkserver_authkey = key  # from Python 3.14 on
