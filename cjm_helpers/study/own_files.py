"""Hears which files a notebook opens by itself, such as a CSV beside it, and whether it reads what is no file."""

import os
import sys
import tempfile
from functools import cache
from importlib.util import source_from_cache
from pathlib import Path

from cjm_helpers.study.ledger import note_file, note_outside

LISTS = {"os.listdir", "os.scandir"}
STARTS = {"os.posix_spawn", "subprocess.Popen"}
OUTSIDE = dict.fromkeys(("http.client.connect", "socket.connect", "urllib.Request"), "the web")
OUTSIDE |= dict.fromkeys((*STARTS, "os.fork", "os.forkpty", "os.spawn", "os.system"), "what another program says")
HEARD = {"open", "sqlite3.connect", *LISTS, *OUTSIDE}
ABOUT_MACHINE = {"cc", "fc-list", "gcc", "ld", "ldconfig", "lscpu", "objdump", "sysctl", "system_profiler", "uname"}
MODULE_SEEKERS = ("<frozen importlib", f"{os.sep}importlib{os.sep}", f"{os.sep}pkgutil.py")
PACKAGE = Path(__file__).resolve().parents[1]
SYSTEM = ("/dev", "/etc", "/proc", "/run/systemd", "/run/user", "/sys", "/usr")
PROGRAMS = (sys.prefix, sys.base_prefix, str(PACKAGE), *SYSTEM)
FOR_A_WHILE = (tempfile.gettempdir(), os.path.realpath(tempfile.gettempdir()))  # by either name, as on macOS


@cache
def hear_files(*own: str) -> None:
    """Write into the ledger from now on what Python code opens, and that it asks the web or starts another program.

    What packages open beside Python goes unheard: DuckDB and pyarrow their files, multiprocessing its processes.
    Files of programs, those for a while and hidden ones are left out, unless a folder called own lies among them; so is
    what packages ask about the machine, such as its fonts.

    Examples
    --------
    >>> hear_files("my_study", "my_notebooks")
    """
    own, written = tuple(os.path.abspath(folder) for folder in own), set()
    heard, is_ending = HEARD, sys.is_finalizing  # held here, for a program that ends forgets what a module held

    def hear(event: str, told: tuple) -> None:
        if event in heard and not is_ending():
            _note(event, told, own=own, written=written)

    sys.addaudithook(hear)


def _note(event: str, told: tuple, *, own: tuple[str, ...], written: set[str]) -> None:
    if event in OUTSIDE and not (event in STARTS and _is_about_machine(os.fsdecode(told[0] or ""))):
        note_outside(OUTSIDE[event])
    if event in OUTSIDE or isinstance(told[0], int) or event in LISTS and _is_import():
        return
    path = os.path.abspath(os.fsdecode(told[0] or "."))
    if event == "open" and (told[2] or 0) & (os.O_WRONLY | os.O_RDWR):
        written.add(path)
    if path not in written and not _is_left_out(path, own):
        note_file(source_from_cache(path) if path.endswith(".pyc") else path)


def _is_about_machine(program: str) -> bool:
    """Tell whether packages start a program to learn about the machine, such as which fonts or compilers it has."""
    folder, name = os.path.split(program)
    return name in ABOUT_MACHINE and (not folder or any(_is_in(folder, place) for place in PROGRAMS))


def _is_import() -> bool:
    """Tell whether Python itself lists a folder, in search of a module or a package."""
    caller = sys._getframe(3).f_code.co_filename
    return any(name in caller for name in MODULE_SEEKERS)


def _is_left_out(path: str, own: tuple[str, ...]) -> bool:
    home = next((folder for folder in own if _is_in(path, folder)), "")
    if any(_is_in(path, folder) and not _is_in(home, folder) for folder in (*PROGRAMS, *FOR_A_WHILE)):
        return True
    return f"{os.sep}." in path.removeprefix(home)


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder + os.sep)
