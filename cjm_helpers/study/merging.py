"""Merges two people's changes of one worksheet; what both changed is said, and neither version is lost."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd


class Conflict(NamedTuple):
    """One cell where the two sides clash: theirs stands in the merged rows, mine is kept here.

    key holds the cells that name the row. Where I deleted a row that they changed, column is empty; where they deleted
    one that I changed, there is a conflict for each filled cell of mine, so that the row can be put back.
    """

    key: tuple[str, ...]
    column: str
    base: str
    mine: str
    theirs: str
    sentence: str


class Merged(NamedTuple):
    """The rows of both sides, and what of mine could not stand beside theirs."""

    frame: pd.DataFrame
    conflicts: tuple[Conflict, ...]


def merge_rows(base: pd.DataFrame, *, mine: pd.DataFrame, theirs: pd.DataFrame, key: Sequence[str]) -> Merged:
    """Return the rows of a worksheet with the changes of both sides; where they clash, theirs stand.

    Rows stand in their order, each row that I added after the one it followed. Where only I moved rows, mine counts.

    Parameters
    ----------
    base
        The text cells that both sides started from.
    key
        The columns that name a row. None = whole rows are compared, so that a changed one is an old one less and a new
        one more.

    Examples
    --------
    >>> base = pd.DataFrame({"goal_id": ["g1"], "statement": ["Sell more"], "owner": [""]})
    >>> mine, theirs = base.assign(owner="Ana"), base.assign(statement="Sell better")
    >>> merge_rows(base, mine=mine, theirs=theirs, key=["goal_id"]).frame.values.tolist()
    [['g1', 'Sell better', 'Ana']]
    """
    columns = list(dict.fromkeys([*theirs.columns, *mine.columns]))
    old, own, other = (_index_rows(frame, columns, key) for frame in (base, mine, theirs))
    rows, conflicts = {}, []
    for place in dict.fromkeys([*other, *own]):
        rows[place], clashes = _merge_row(place[0], columns, old.get(place), own.get(place), other.get(place))
        conflicts += clashes
    leading, following = (own, other) if _is_moved(old, own) and not _is_moved(old, other) else (other, own)
    kept = [rows[place] for place in _order(list(leading), list(following)) if rows[place]]
    return Merged(_make_frame(kept, columns), tuple(conflicts))


def settle_conflicts(frame: pd.DataFrame, conflicts: Sequence[Conflict], *, key: Sequence[str]) -> pd.DataFrame:
    """Return merged rows with my version of the conflicts given in place of theirs.

    Examples
    --------
    >>> theirs = pd.DataFrame({"goal_id": ["g1"], "owner": ["Ben"]})
    >>> settle_conflicts(theirs, [Conflict(("g1",), "owner", "", "Ana", "Ben", "")], key=["goal_id"])["owner"].tolist()
    ['Ana']
    """
    columns = list(frame.columns)
    rows = _index_rows(frame, columns, key)
    for one in conflicts:
        place = (one.key, 0)
        if one.column:
            named = dict(zip(key, one.key))
            rows.setdefault(place, [named.get(name, "") for name in columns])[columns.index(one.column)] = one.mine
        else:
            rows.pop(place, None)
    return _make_frame(list(rows.values()), columns)


def _index_rows(frame: pd.DataFrame, columns: list[str], key: Sequence[str]) -> dict[tuple, list[str]]:
    """Return each row under the cells that name it and a count, as two rows may have one name."""
    cells = frame.reindex(columns=columns).fillna("").astype(str)
    names = cells[list(key)] if key else cells
    seen, rows = Counter(), {}
    for name, row in zip(names.itertuples(index=False, name=None), cells.values.tolist()):
        rows[name, seen[name]] = row
        seen[name] += 1
    return rows


def _make_frame(rows: list[list[str]], columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns, dtype="str")


def _merge_row(name: tuple, columns: list[str], old, own, other) -> tuple[list[str] | None, list[Conflict]]:
    """Return the merged row, None where it is gone, and its conflicts."""
    if own in (other, old):
        return other, []
    if other == old:
        return own, []
    spelt, blank = " / ".join(name), [""] * len(columns)
    if own is None:
        said = f"{spelt}: you deleted this row and someone else changed it, so it stays."
        return other, [Conflict(name, "", "", "", "", said)]
    cells = zip(columns, old or blank, own)
    if other is None:
        said = f"{spelt}: you changed this row and someone else deleted it, so it is gone."
        return None, [Conflict(name, column, was, my, "", said) for column, was, my in cells if my]
    clashes = [
        Conflict(name, column, was, my, their, _say_clash(spelt, column, my, their))
        for (column, was, my), their in zip(cells, other)
        if was != my != their != was
    ]
    return [my if their == was else their for was, my, their in zip(old or blank, own, other)], clashes


def _say_clash(name: str, column: str, my: str, their: str) -> str:
    my, their = (f"wrote '{text}'" if text else "emptied the cell" for text in (my, their))
    return f"{name}, {column}: you {my}, someone else {their}, which stands now."


def _is_moved(old: dict, new: dict) -> bool:
    """Tell whether the rows that both hold stand in another order."""
    return [place for place in old if place in new] != [place for place in new if place in old]


def _order(leading: list, following: list) -> list:
    """Return the rows of one side in their order, each that only the other has after the row it followed there."""
    stands, followers, last = set(leading), {None: []}, None
    for place in following:
        if place in stands:
            last = place
        else:
            followers.setdefault(last, []).append(place)
    return followers[None] + [each for place in leading for each in (place, *followers.get(place, ()))]
