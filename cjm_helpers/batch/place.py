"""Keeps the folder of a run's pages: one run at a time, of one study, and nothing half written from before."""

import errno
import os
import re
import shutil
import socket
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from cjm_helpers.batch.names import fit_name, name_pages
from cjm_helpers.batch.pages.page import write_whole
from cjm_helpers.errors import CjmError, FolderRefused
from cjm_helpers.study.locks import take_lock
from cjm_helpers.study.settings import ALL_WAVES, FILE, NEWEST, read_settings

LOCK, RECORDS, STUDY = ".running", ".records", "study.txt"
HALF_WRITTEN = re.compile(r"\..+\.(html|json|txt)\.\d+|.+\.\d+\.part\.pdf")
LONGEST = 300  # bytes of what a lock says
LITTLE = 2**20  # bytes; less is no room for a page
NO_TEMPORARY = (
    "The disk is full on which programs keep temporary files ('{folder}'): free some of it, or name another folder in "
    "the environment variable TMPDIR, then run the same command again: what is finished stays."
)
FULL = "free some of it, then run the same command again: what is finished stays"
WHY = {
    errno.ENOSPC: f"the disk is full: {FULL}",
    errno.EDQUOT: f"the disk space that you may use is full: {FULL}",
    errno.EROFS: "the disk may only be read",
}


def usual_folder(
    study: Path, *, wave: str = NEWEST, each: Sequence[str] = ("persona",), rows=None, notebook=None
) -> Path:
    """Return where a study's pages go by default: reports/, its folder's name, and what is asked for besides.

    That is a wave, a notebook, each combination of more than personas, or a table of reports: their pages replace no
    others.

    Examples
    --------
    >>> from cjm_helpers.study.kit import find_study
    >>> usual_folder(find_study("retail_checkout"), wave="2026-09").as_posix()
    'reports/retail_checkout/2026-09'
    >>> usual_folder(find_study("retail_checkout"), each=("persona", "market")).as_posix()
    'reports/retail_checkout/each_persona_market'
    """
    many = ["by", Path(notebook).stem] if notebook else []
    many += ["rows", Path(rows).stem] if rows else ["each", *each] if tuple(each) != ("persona",) else []
    folder = Path("reports", study.resolve().name, fit_name("_".join(many)))
    if wave == NEWEST:
        return folder
    names = name_pages([ALL_WAVES, *read_settings(study / FILE).wave_ids])
    name = names.get(wave, wave).removesuffix(".html")
    return folder / (name if name.strip(".") else f"wave {name}")


@contextmanager
def hold_folder(out: Path, *, study: Path, force: bool = False) -> Iterator[Path]:
    """Make a folder ready for pages and keep every other run out of it while the `with` block lasts.

    Parameters
    ----------
    out
        The folder of the pages.
    study
        The folder of the study that they are about.
    force
        Take the folder even when it holds the pages of another study.

    Raises
    ------
    FolderRefused
        When the folder cannot be written to, another run is at work there, it holds another study's pages, or the disk
        fills up inside the block.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> with hold_folder(Path(mkdtemp()), study=Path("my_study")) as out:
    ...     (out / ".running").exists()
    True
    """
    with _say_refusal(out):
        out.mkdir(parents=True, exist_ok=True)
        lock = _take_lock(out)
    try:
        with _say_refusal(out, only=WHY):
            _sign(lock)
            _claim(out, study, force=force)
            _sweep(out)
            yield out
    finally:
        with suppress(OSError):
            if _is_there(lock, out):
                (out / LOCK).unlink()
        os.close(lock)


@contextmanager
def _say_refusal(out: Path, *, only=None) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if only and error.errno not in only:
            raise
        if error.errno == errno.ENOSPC and _is_full(tempfile.gettempdir()) and not _is_full(out):
            raise CjmError(NO_TEMPORARY.format(folder=tempfile.gettempdir())) from None
        raise FolderRefused(out, WHY.get(error.errno, error.strerror)) from None


def _is_full(folder: str | Path) -> bool:
    return shutil.disk_usage(folder).free < LITTLE


def _take_lock(out: Path) -> int:
    """Return the open lock file; the system lets it go when its process ends, however that comes."""
    file = out / LOCK
    while True:
        lock = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
        if take_lock(lock) is False:  # a disk that knows no locks takes all runs: pages are whole all the same
            who = os.read(lock, LONGEST).decode(errors="replace") or "another run"
            os.close(lock)
            raise FolderRefused(out, f"{who} is making reports there: wait until it has ended, or end it")
        with suppress(FileNotFoundError):
            if _is_there(lock, out):
                return lock
        os.close(lock)  # a run that ended just now has taken its file away


def _is_there(lock: int, out: Path) -> bool:
    """Tell whether the folder's lock file is the open one; where somebody deleted the folder it is another run's."""
    return os.path.samestat(os.fstat(lock), (out / LOCK).stat())


def _sign(lock: int) -> None:
    os.ftruncate(lock, 0)
    os.write(lock, f"process {os.getpid()} on {socket.gethostname()}".encode())


def _claim(out: Path, study: Path, *, force: bool) -> None:
    """Note whose pages these are, in a way that lasts when study and pages are moved together."""
    file, here = out / RECORDS / STUDY, study.resolve()
    told = file.read_text(encoding="utf-8").strip() if file.exists() else ""
    before = (out / told).resolve()
    if told and before != here and (before / FILE).exists() and not force:
        raise FolderRefused(out, f"it holds the reports of another study, '{told}'; --force would replace them")
    try:
        way = os.path.relpath(here, out)
    except ValueError:  # another drive
        way = str(here)
    if way != told:
        write_whole(file, way)


def _sweep(out: Path) -> None:
    """Remove what killed runs had not finished writing; the lock is ours, so nobody is writing it now."""
    for folder in (out, out / RECORDS):
        for file in folder.iterdir():
            if HALF_WRITTEN.fullmatch(file.name):
                file.unlink(missing_ok=True)
