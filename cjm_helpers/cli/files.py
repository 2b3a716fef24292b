"""Where the files of a command go: folders that can be written to, and files that are whole or not there."""

import os
import re
from collections.abc import Callable
from pathlib import Path

from cjm_helpers.errors import CjmError, FolderRefused

UNFIT = re.compile(r"[^\w.-]+")  # what a file's name had better not hold


def make_folder(folder: Path) -> Path:
    """Make a folder and those above it, and return its full path.

    Raises
    ------
    FolderRefused
        When it cannot be made, or nothing may be written there.

    Examples
    --------
    >>> import tempfile
    >>> make_folder(Path(tempfile.mkdtemp()) / "maps" / "shop").name
    'shop'
    """
    folder = folder.resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderRefused(folder, error.strerror) from None
    if not os.access(folder, os.W_OK):
        raise FolderRefused(folder, "nothing may be written there")
    return folder


def join_name(*words: str) -> str:
    """Join words to the name of a file that every machine takes; a wave may be called "Q2/2026".

    Examples
    --------
    >>> join_name("lena", "Q2/2026", "")
    'lena_Q2-2026'
    """
    return "_".join(UNFIT.sub("-", word) for word in words if word)


def save_whole(save: Callable[[Path], object], path: Path) -> Path:
    """Save a file beside its place under another name, then put it there; what fails leaves nothing behind.

    Raises
    ------
    CjmError
        The file cannot be written: the disk is full, or another program such as PowerPoint holds the one that is there.

    Examples
    --------
    >>> import tempfile
    >>> save_whole(lambda path: path.write_text("<svg>"), Path(tempfile.mkdtemp()) / "map.svg").read_text()
    '<svg>'
    """
    beside = path.with_name(f".{os.getpid()}.{path.name}")  # with the same ending, which says what to save it as
    try:
        save(beside)
        beside.replace(path)
    except OSError as error:
        raise CjmError(
            f"'{path}' cannot be written ({error.strerror or error}). "
            "If another program has it open, close it there, then try again."
        ) from None
    finally:
        beside.unlink(missing_ok=True)
    return path
