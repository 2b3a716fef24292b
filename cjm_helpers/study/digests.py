"""Digests the rows of tables, each row once, so that the digest of any part is that of its rows put together."""

import marshal
from collections.abc import Mapping
from hashlib import blake2b, sha256

import numpy as np

WIDTH = 16  # bytes of a row's digest
NUMBERS = "iufb"
TIMES = "mM"


class RowDigests:
    """The digests of a study's tables and of any part of them; the rows of a table are digested when first asked for.

    Examples
    --------
    >>> import pandas as pd
    >>> goals = pd.DataFrame({"goal_id": ["g1", "g2"]})
    >>> digests = RowDigests({"goals": goals, "some": goals[1:]})
    >>> digests.digest("goals", places=[1]) == digests.digest("some") != digests.digest("goals")
    True
    """

    def __init__(self, frames: Mapping, *, known: Mapping | None = None):
        self._frames, self._known = frames, dict(known or {})

    def digest(self, name: str, *, places=None) -> str:
        """Return the digest of a table, or of its rows at some places: of columns, their kinds and every cell."""
        heading, rows = self._look(name)
        rows = rows if places is None else rows[places]
        return sha256(heading + rows.tobytes()).hexdigest()

    def tell_all(self) -> dict[str, tuple[bytes, np.ndarray]]:
        """Return what is known once every table was digested, to be given to another of its kind."""
        return {name: self._look(name) for name in self._frames}

    def _look(self, name: str) -> tuple[bytes, np.ndarray]:
        if name not in self._known:
            frame = self._frames[name]
            heading = repr([*frame.dtypes.astype(str).items()]).encode() + b"\n"
            self._known[name] = heading, _digest_each(frame)
        return self._known[name]


def _digest_each(frame) -> np.ndarray:
    rows = zip(*(_list_cells(column) for _, column in frame.items()), strict=True)
    digests = b"".join([blake2b(_spell(row), digest_size=WIDTH).digest() for row in rows])
    return np.frombuffer(digests, dtype=f"V{WIDTH}")


def _list_cells(column) -> list:
    """Return cells as Python has them, times as numbers; a time zone or unit stands in the column's kind."""
    if column.dtype.kind in TIMES:
        return column.astype("int64").tolist()
    return column.tolist()


def _spell(row: tuple) -> bytes:
    try:
        return marshal.dumps(row, 0)  # in this old format equal cells always give equal bytes
    except ValueError:  # something else than text and numbers
        return repr(row).encode()
