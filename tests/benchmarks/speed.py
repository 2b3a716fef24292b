"""Prints what the commands cost (`make bench`): median CPU and clock seconds of processes and their children."""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
CJM = [sys.executable, "-m", "cjm_helpers"]
OPEN = """
import time
from cjm_helpers.study.folder import open_study
start = time.process_time()
open_study("retail_checkout")
print(time.process_time() - start)
"""
# What is measured: its name, the command, how often, the aim in seconds.
MEASURES = [
    ("python, doing nothing", [sys.executable, "-c", "pass"], 9, None),
    ("cjm --help", [*CJM, "--help"], 9, 0.15),
    ("import cjm_helpers", [sys.executable, "-c", "import cjm_helpers"], 9, 0.10),
    ("open_study, in a Python that has pandas", [sys.executable, "-c", OPEN], 5, 0.50),
    ("one report, cold", [*CJM, "report", "--persona", "everyone", "--workers", "1", "--out", "{out}"], 3, 8.0),
]


def measure(command: list[str]) -> tuple[float, float]:
    """Return CPU and clock seconds of one process and its children; where it prints a number, that as CPU seconds."""
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "said"
        words = [word.replace("{out}", folder) for word in command]
        file = os.open(said, os.O_WRONLY | os.O_CREAT)
        start = time.perf_counter()
        child = os.posix_spawn(words[0], words, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, file, 1)])
        os.close(file)
        _, status, used = os.wait4(child, 0)
        clock = time.perf_counter() - start
        if status:
            sys.exit(f"This failed: {' '.join(words)}")
        text = said.read_text(encoding="utf-8").strip()
    return float(text) if text.replace(".", "", 1).isdigit() else used.ru_utime + used.ru_stime, clock


def main() -> None:
    """Measure everything and print one line each."""
    os.chdir(CHECKOUT)
    print(f"{'seconds (median)':<42}{'CPU':>8}{'aim':>8}{'clock':>8}")
    for name, command, times, aim in MEASURES:
        measure(command)  # the first run may write bytecode
        cpu, clock = map(statistics.median, zip(*(measure(command) for _ in range(times)), strict=True))
        print(f"{name:<42}{cpu:>8.3f}{f'{aim:.2f}' if aim else '':>8}{clock:>8.3f}", flush=True)


if __name__ == "__main__":
    main()
