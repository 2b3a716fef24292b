"""Lends the packages that make reports a folder for what they keep at home, where nobody has one to write to."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

KEPT_AT_HOME = ("MPLCONFIGDIR", "IPYTHONDIR")  # the first holds the list of fonts, which takes seconds to make


@contextmanager
def lend_home(folder: Path) -> Iterator[None]:
    """Let matplotlib and IPython keep their files in a folder inside a `with` block, if the home folder takes none.

    That is so for many an account that a clock starts programs with. What somebody has chosen already stays.

    Examples
    --------
    >>> with lend_home(Path("lent")):
    ...     "lent" in os.environ.get("IPYTHONDIR", "")
    False
    """
    names = [] if has_home() else [name for name in KEPT_AT_HOME if name not in os.environ]
    os.environ |= {name: str(folder / name) for name in names}
    try:
        yield
    finally:
        for name in names:
            del os.environ[name]


def has_home() -> bool:
    """Tell whether the home folder takes files.

    Examples
    --------
    >>> isinstance(has_home(), bool)
    True
    """
    with suppress(OSError), tempfile.TemporaryFile(dir=os.path.expanduser("~")):
        return True
    return False
