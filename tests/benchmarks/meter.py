"""Measures a command with every process that it starts, those that outlive their parents too (Linux only)."""

import ctypes
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36  # whoever loses his parent becomes our child, so that his CPU reaches us
PAUSE, PATIENCE = 0.25, 10.0  # seconds between two looks at the memory, and until what is left behind is ended
BURN = 0.5  # CPU seconds of each process of the check
BURNERS = f"""
import multiprocessing, os, time
def burn():
    while time.process_time() < {BURN}:
        pass
if __name__ == "__main__":
    one = multiprocessing.get_context("forkserver").Process(target=burn)
    one.start()
    one.join()
    if not os.fork():
        os.setsid()
        if not os.fork():
            burn()
        os._exit(0)
"""


@dataclass(frozen=True)
class Cost:
    """What a command cost: seconds by the clock, CPU seconds and MB (the most at a time) of all its processes."""

    clock: float = 0.0
    cpu: float = 0.0
    memory: float = 0.0
    said: str = ""

    def stretch(self, base: "Cost", *, times: float) -> "Cost":
        """Return the base and so many times what this costs more than the base."""
        clock, cpu = base.clock + times * (self.clock - base.clock), base.cpu + times * (self.cpu - base.cpu)
        return Cost(clock, cpu, self.memory)


def measure(command: list[str], *, folder: Path) -> Cost:
    """Run a command and return what it and all its processes cost; whoever calls this has no other children."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    said = folder / "said.txt"
    file = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    start = time.perf_counter()
    heard = [(os.POSIX_SPAWN_DUP2, file, end) for end in (1, 2)]
    main = os.posix_spawn(command[0], command, os.environ, file_actions=heard)
    os.close(file)
    cpu = memory = clock = status = 0
    while True:
        try:
            child, its_status, used = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            break
        if not child:
            memory = max(memory, _read_memory())
            if clock and time.perf_counter() - start - clock > PATIENCE:
                sys.exit(f"Processes were left behind by: {' '.join(command)}")
            time.sleep(PAUSE)
            continue
        cpu += used.ru_utime + used.ru_stime
        if child == main:
            clock, status = time.perf_counter() - start, its_status
    if status:
        sys.exit(f"This failed: {' '.join(command)}\n{said.read_text()[-2000:]}")
    return Cost(clock, cpu, memory, said.read_text(encoding="utf-8"))


def check_meter(folder: Path) -> str:
    """Return how much is seen of two processes that burn a known CPU time: one forked from a server, one orphaned."""
    script = folder / "burners.py"
    script.write_text(BURNERS)
    empty = measure([sys.executable, "-c", "import multiprocessing"], folder=folder)
    cost = measure([sys.executable, str(script)], folder=folder)
    return f"The meter: of {2 * BURN:.1f} CPU seconds in two grandchildren it sees {cost.cpu - empty.cpu:.2f}."


def _read_memory() -> float:
    """Return the memory of all our descendants in MB, what they share counted once (PSS)."""
    parents = dict(filter(None, map(_read_parent, filter(str.isdigit, os.listdir("/proc")))))
    ours, found = {os.getpid()}, set()
    while more := {pid for pid, parent in parents.items() if parent in ours} - found:
        found, ours = found | more, more
    return sum(map(_read_pss, found)) / 1024


def _read_parent(pid: str) -> tuple[int, int] | None:
    try:
        stat = Path("/proc", pid, "stat").read_text()
    except OSError:
        return None
    return int(pid), int(stat.rpartition(")")[2].split()[1])


def _read_pss(pid: int) -> int:
    try:
        rollup = Path("/proc", str(pid), "smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)
