"""Silences the warnings of the packages that make a report, about which nobody who runs reports can do anything."""

import threading
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

_ALONE, _caught, _inside = threading.Lock(), ExitStack(), set()


@contextmanager
def ignore_warnings() -> Iterator[None]:
    """Ignore all warnings while any thread is inside such a `with` block.

    Python's own is for one thread: of several, one that leaves brings back what another had found.

    Examples
    --------
    >>> with ignore_warnings():
    ...     warnings.warn("Nobody sees this.")
    """
    me = object()
    with _ALONE:
        if not _inside:
            _caught.enter_context(warnings.catch_warnings(action="ignore"))
        _inside.add(me)
    try:
        yield
    finally:
        with _ALONE:
            _inside.remove(me)
            if not _inside:
                _caught.close()
