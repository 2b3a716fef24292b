"""Says with which programs a page is made: a page made with others may look or read differently."""

import hashlib
import platform
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
NOT_CODE = {"__pycache__", "kit"}  # of the kit, a report's own notebook and look are counted by themselves
OURS, CODE, PYTHON = "cjm-helpers", "cjm-helpers code", "python"
OTHERS = (
    "duckdb", "fontpkg-ibm-plex-sans-condensed", "fonttools", "ibis-framework", "ipykernel", "ipython", "jinja2",
    "matplotlib", "mistune", "nbclient", "nbconvert", "numpy", "pandas", "papermill", "pillow", "pyarrow",
    "scikit-learn", "scipy", "seaborn", "statsmodels", "vadersentiment",
)  # fmt: skip


@cache
def list_versions() -> dict[str, str]:
    """Return the version of Python and of each package that a page depends on, and a digest of this package's code.

    Examples
    --------
    >>> sorted(list_versions())[:3]
    ['cjm-helpers', 'cjm-helpers code', 'duckdb']
    """
    ours = {PYTHON: platform.python_version(), OURS: _find_version(OURS), CODE: digest_files(_list_code(), PACKAGE)}
    return ours | {name: _find_version(name) for name in OTHERS}


def digest_files(files: Iterable[Path], folder: Path) -> str:
    """Return one digest of several files of a folder: of their names and of what they hold.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "report.css"
    >>> _ = file.write_text("body {}")
    >>> digest_files([file], file.parent)[:8]
    'd9718e40'
    """
    digest = hashlib.sha256()
    for file in sorted(files):
        held = hashlib.sha256(file.read_bytes()).hexdigest()
        digest.update(f"{file.relative_to(folder).as_posix()} {held}\n".encode())
    return digest.hexdigest()


def _find_version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _list_code() -> list[Path]:
    return [file for file in PACKAGE.rglob("*") if file.is_file() and not NOT_CODE & {*file.relative_to(PACKAGE).parts}]
