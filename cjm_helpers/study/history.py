"""Keeps what a worksheet held before it was replaced, so that every change can be taken back."""

import re
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from cjm_helpers.errors import ParameterError
from cjm_helpers.study.tables import write_whole

HISTORY = ".history"
KEPT = 20
TIME = "%Y%m%dT%H%M%SZ"
NAME = r"(\d+)-(\d{8}T\d{6}Z)"  # what else lies there, such as a copy made by a shared drive, is passed over


class Version(NamedTuple):
    """One earlier state of a file: its number, when it was replaced (UTC), and where it is kept."""

    number: int
    time: datetime
    path: Path


def keep_version(folder: str | Path, file: str) -> Path | None:
    """Keep what a file of a study holds now, beside the twenty versions before and the last one of each day before.

    Returns
    -------
    Path or None
        Where it is kept; None where the file does not exist yet, or the newest version holds the same.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> write_whole(folder / "study.toml", b"seed = 7")
    >>> keep_version(folder, "study.toml").read_bytes()
    b'seed = 7'
    """
    path = Path(folder) / file
    if not path.exists():
        return None
    content, versions = path.read_bytes(), list_versions(folder, file)
    if versions and versions[0].path.read_bytes() == content:
        return None
    number = versions[0].number + 1 if versions else 1
    kept = Path(folder) / HISTORY / file / f"{number:05d}-{datetime.now(UTC):{TIME}}{path.suffix}"
    write_whole(kept, content)
    for newer, old in pairwise(list_versions(folder, file)[KEPT - 1 :]):
        if old.time.date() == newer.time.date():
            old.path.unlink(missing_ok=True)
    return kept


def list_versions(folder: str | Path, file: str) -> list[Version]:
    """Return the kept versions of a file of a study, the newest first.

    Examples
    --------
    >>> list_versions("nowhere", "worksheets/personas.csv")
    []
    """
    paths = sorted((Path(folder) / HISTORY / file).glob("*"), reverse=True)
    named = [(re.fullmatch(NAME, path.stem), path) for path in paths]
    return [Version(int(name[1]), _read_time(name[2]), path) for name, path in named if name]


def restore_version(folder: str | Path, file: str, *, number: int) -> Path:
    """Put a kept version of a file back in its place, byte for byte, after keeping what stands there now.

    Raises
    ------
    ParameterError
        With the numbers that are kept.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> for content in (b"first", b"second"):
    ...     _ = keep_version(folder, "worksheets/goals.csv")
    ...     write_whole(folder / "worksheets" / "goals.csv", content)
    >>> restore_version(folder, "worksheets/goals.csv", number=1).read_bytes()
    b'first'
    """
    paths = {version.number: version.path for version in list_versions(folder, file)}
    if number not in paths:
        raise ParameterError("number", str(number), sorted(paths))
    content, path = paths[number].read_bytes(), Path(folder) / file
    keep_version(folder, file)
    write_whole(path, content)
    return path


def _read_time(text: str) -> datetime:
    return datetime.strptime(text, TIME).replace(tzinfo=UTC)
