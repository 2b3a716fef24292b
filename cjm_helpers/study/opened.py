"""Keeps the study that a run has opened, so that its reports need not read and check the same files again."""

import os
import pickle
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from cjm_helpers.study.digests import RowDigests
from cjm_helpers.study.locks import take_lock
from cjm_helpers.study.settings import FILE
from cjm_helpers.study.tables import IMPORTED, WORKSHEETS, digest_file, find_sheets
from cjm_helpers.study.twins import join_tables
from cjm_helpers.study.watching import ReadTables

PLACE = "CJM_OPENED_STUDY"  # the environment variable that tells kernels where it is kept
PREFIX = "cjm_opened_"
OTHERS = 0o077  # what a file may allow to others than its owner: nothing here, for reading it runs what it says
MINUTE, DAY = 60, 24 * 60 * 60  # seconds


@contextmanager
def keep_opened(study) -> Iterator[Path]:
    """Keep an opened study in a private file inside a `with` block, for kernels that are started there.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> with keep_opened(open_study("clinic_visit")) as file:
    ...     len(open_study("clinic_visit").personas)
    3
    >>> file.exists()
    False
    """
    _sweep()
    file, before = Path(tempfile.mkdtemp(prefix=PREFIX), "study.pickle"), os.environ.get(PLACE)
    try:
        with _hold(file.parent, is_patient=True):
            with suppress(OSError):  # where there is no room for it, kernels read the files
                with open(file, "xb", opener=_open_private) as kept:
                    pickle.dump(_describe(study.folder, dict(study.digests)), kept)
                    held = replace(study, tables={}), study.tables.digests.tell_all()  # events stay unopened
                    pickle.dump(held, kept, protocol=pickle.HIGHEST_PROTOCOL)
                os.environ[PLACE] = str(file)
            yield file
    finally:
        os.environ.pop(PLACE, None)
        os.environ |= {PLACE: before} if before else {}
        shutil.rmtree(file.parent, ignore_errors=True)


def find_run_folder() -> Path | None:
    """Return the folder in which a run keeps what goes with it, and which a later run takes away; None outside of runs.

    Examples
    --------
    >>> find_run_folder()
    """
    folder = Path(os.environ.get(PLACE, "")).parent
    return folder if PLACE in os.environ and folder.is_dir() else None


def take_opened(folder: Path):
    """Return the study of a folder as a run keeps it, or None where there is none or a file has changed since.

    Examples
    --------
    >>> take_opened(Path("nowhere"))
    """
    file = Path(os.environ.get(PLACE, ""))
    if not file.is_file() or not all(map(_is_private, (file, file.parent))):
        return None
    with file.open("rb") as kept:
        if pickle.load(kept) != _describe(folder, _digest_files(folder)):
            return None
        study, known = pickle.load(kept)
    shared = join_tables(study.placed)  # which share their memory with the rows as read
    digests = RowDigests(shared, known=known)
    return replace(study, folder=folder, tables=ReadTables(shared, folder=folder.resolve(), digests=digests))


def _open_private(file: str, flags: int) -> int:
    return os.open(file, flags, mode=0o600)


def _is_private(place: Path) -> bool:
    """Tell whether only this user can have written here; Windows gives each user a folder for temporary files."""
    state = place.stat()
    return os.name == "nt" or (state.st_uid == os.getuid() and not state.st_mode & OTHERS)


def _describe(folder: Path, digests: dict[str, str]) -> tuple:
    """Return all that opening hangs on: the program, the place, the files it reads, and the names of all others."""
    beside = {path for place in (WORKSHEETS, IMPORTED) for path in (folder / place).rglob("*")}
    return sys.executable, folder.resolve(), digests, {path.relative_to(folder) for path in beside}


def _digest_files(folder: Path) -> dict[str, str]:
    files = [*find_sheets(folder)[0], folder / FILE]
    return {path.relative_to(folder).as_posix(): digest_file(path) for path in files}


def _sweep() -> None:
    """Take away what runs left behind that were killed; a run holds its folder to its end."""
    for place in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError), _hold(place) as is_mine:  # its own run was faster, or it is somebody else's
            longest = {True: MINUTE, None: DAY}.get(is_mine)
            if longest and place.stat().st_mtime < time.time() - longest:
                shutil.rmtree(place, ignore_errors=True)


@contextmanager
def _hold(folder: Path, *, is_patient: bool = False) -> Iterator[bool | None]:
    """Hold a folder inside a `with` block and tell whether that worked; None where folders know no locks."""
    if os.name == "nt":
        yield None
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        yield take_lock(handle, is_patient=is_patient)
    finally:
        os.close(handle)
