"""Keeps a ledger of what a report reads: which rows of which table, and which other files, as they were when read."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import file_digest, sha256
from pathlib import Path

EVERYTHING, SELECTION, FILE, OUTSIDE = "everything", "selection", "file:", "outside:"
UNKNOWN, MISSING = "unknown", "missing"  # unknown: what nobody can know to be the same the next time


class _Ledger:
    """What is written down: digests by name, and files with their state as they were opened; no folder, no ledger."""

    def __init__(self):
        self.folder, self.is_quiet, self.reads, self.files = None, False, {}, {}

    def is_kept_for(self, folder: Path) -> bool:
        return bool(self.folder and not self.is_quiet and folder.resolve() == self.folder)


_ledger = _Ledger()


def start_ledger(folder: str | Path) -> None:
    """Begin to write down what is read of the study in a folder, and which files besides.

    Examples
    --------
    >>> start_ledger("nowhere")
    >>> list_reads()
    {}
    """
    _ledger.__init__()
    _ledger.folder = Path(folder).resolve()


def list_reads() -> dict[str, str]:
    """Return the digest of each thing that was read since the ledger was begun, by name, such as "responses".

    Rows of a part are named like "responses?persona_id=anna&wave=2026-09", files by their place as seen from the study.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> study = open_study("clinic_visit")
    >>> start_ledger(study.folder)
    >>> len(study.personas)
    3
    >>> list(list_reads())
    ['personas']
    """
    with read_quietly():
        files = {name_file(path): _digest_same(path, then) for path, then in _ledger.files.items()}
    return dict(sorted((files | _ledger.reads).items()))


@contextmanager
def read_quietly() -> Iterator[None]:
    """Write nothing into the ledger inside a `with` block: what is looked at there is noted in another way.

    Examples
    --------
    >>> start_ledger("here")
    >>> with read_quietly():
    ...     note_read(Path("here"), "responses", make_digest=lambda: "abc")
    >>> list_reads()
    {}
    """
    before, _ledger.is_quiet = _ledger.is_quiet, True
    try:
        yield
    finally:
        _ledger.is_quiet = before


def note_read(folder: Path, name: str, *, make_digest: Callable[[], str]) -> None:
    """Write down that something of a study was read; its digest is made the first time only.

    Examples
    --------
    >>> start_ledger("here")
    >>> note_read(Path("here"), "responses", make_digest=lambda: "abc")
    >>> note_read(Path("elsewhere"), "feedback", make_digest=lambda: "def")
    >>> list_reads()
    {'responses': 'abc'}
    """
    if name not in _ledger.reads and _ledger.is_kept_for(folder):
        _ledger.reads[name] = make_digest()


def note_outside(name: str) -> None:
    """Write down that something was read of which nobody can know whether it changes, such as a warehouse.

    Examples
    --------
    >>> start_ledger("here")
    >>> note_outside("a warehouse")
    >>> list_reads()
    {'outside:a warehouse': 'unknown'}
    """
    if _ledger.folder and not _ledger.is_quiet:
        _ledger.reads[OUTSIDE + name] = UNKNOWN


def note_file(path: str | Path) -> None:
    """Write down that a file or folder was opened, or looked for; what it holds is read at the end.

    Examples
    --------
    >>> start_ledger("here")
    >>> note_file("here/imported/events.csv")
    >>> list_reads()
    {'file:imported/events.csv': 'missing'}
    """
    path = Path(os.path.abspath(path))
    if _ledger.folder and not _ledger.is_quiet and path not in _ledger.files:
        _ledger.files[path] = _stat(path)


def note_opened(study) -> None:
    """Write down the files of a study that was opened; of the ledger's own study, tables are noted one by one instead.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> start_ledger("here")
    >>> study = open_study("clinic_visit")
    >>> any(name.endswith("worksheets/personas.csv") for name in list_reads())
    True
    """
    if not _ledger.folder or _ledger.is_quiet or _ledger.is_kept_for(study.folder):
        return
    for file, digest in study.digests.items():
        _ledger.reads[name_file(study.folder / file)] = digest
        note_file((study.folder / file).parent)  # where another may come to stand


def name_file(path: Path) -> str:
    """Return the name of a file in the ledger: its place as seen from the study.

    Examples
    --------
    >>> start_ledger("here")
    >>> name_file(Path("targets.csv").resolve())
    'file:../targets.csv'
    """
    try:
        return FILE + Path(os.path.relpath(path, _ledger.folder)).as_posix()
    except ValueError:  # on another drive of Windows
        return FILE + path.as_posix()


def digest_path(path: Path) -> str:
    """Return the digest of a file's bytes, or of the names in a folder; "unknown" where they may not be read.

    Examples
    --------
    >>> digest_path(Path("nowhere"))
    'missing'
    """
    try:
        if path.is_dir():
            names = sorted(name for name in os.listdir(path) if not name.startswith((".", "__")))
            return sha256(repr(names).encode()).hexdigest()
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return MISSING
    except OSError:
        return UNKNOWN


def _digest_same(path: Path, then: tuple | None) -> str:
    """Return a file's digest, unless the file is no longer as it was when it was opened."""
    digest = digest_path(path)
    return digest if _stat(path) == then else UNKNOWN


def _stat(path: Path) -> tuple | None:
    try:
        held = path.stat()
    except OSError:
        return None
    return held.st_mtime_ns, held.st_size, held.st_ino
