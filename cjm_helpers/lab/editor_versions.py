"""Lists what a worksheet held before, and says which steps bring that back into the page; only Save writes it."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import count

import pandas as pd

from cjm_helpers.errors import CjmError
from cjm_helpers.lab.editor_draft import EARLIER, Rows
from cjm_helpers.study.drafts import read_versions

GONE = "This version is not kept any more. Open the list once more."
KEYS = count(1)


def list_earlier(rows: Rows) -> list[dict]:
    """Return until when each earlier version stood, how many rows it has, and how many are not as in the file now.

    Examples
    --------
    >>> from cjm_helpers.study.drafts import open_sheet
    >>> from cjm_helpers.study.folder import open_study
    >>> list_earlier(Rows(open_sheet(open_study("retail_checkout"), "goals")))
    []
    """
    key = list(rows.draft.spec.key) or list(rows.draft.frame.columns)
    now = _index(rows.draft.frame, key)
    versions = []
    for version, frame in read_versions(rows.draft).items():
        then = _index(frame.reindex(columns=rows.columns, fill_value=""), key)
        different = sum(now.get(name) != then.get(name) for name in now.keys() | then.keys())
        about = {"number": version.number, "until": version.time.isoformat(), "rows": len(frame)}
        versions.append(about | {"different": different})
    return versions


def step_back(rows: Rows, number: int) -> list[dict]:
    """Return the steps that turn the rows of the page into those of an earlier version; nothing is changed yet.

    Raises
    ------
    CjmError
        The version is gone.

    Examples
    --------
    >>> from cjm_helpers.study.drafts import open_sheet
    >>> from cjm_helpers.study.folder import open_study
    >>> try:
    ...     step_back(Rows(open_sheet(open_study("retail_checkout"), "goals")), 1)
    ... except CjmError as error:
    ...     print(error)
    This version is not kept any more. Open the list once more.
    """
    found = [frame for version, frame in read_versions(rows.draft).items() if version.number == number]
    if not found:
        raise CjmError(GONE)
    cells = found[0].reindex(columns=rows.columns, fill_value="").values.tolist()
    keys = _match_rows(rows, cells)
    moved = _find_moved([key for key in keys if key in rows.cells], rows.order)
    wanted = dict(zip(keys, cells, strict=True))
    dropped = [key for key in rows.order if key not in wanted or key in moved]
    kept = [key for key in keys if key in rows.cells and key not in moved]
    changed = [
        [key, column, new]
        for key in kept
        for column, old, new in zip(rows.columns, rows.cells[key], wanted[key], strict=True)
        if old != new
    ]
    added = [[place, key, *wanted[key]] for place, key in enumerate(keys) if key not in kept]
    steps = [{"do": "drop", "keys": dropped}, {"do": "set", "cells": changed}, {"do": "add", "rows": added}]
    return [step for step in steps if list(step.values())[1]]


def _index(frame: pd.DataFrame, key: list[str]) -> dict[tuple, tuple]:
    names = frame[key].itertuples(index=False, name=None)
    return dict(zip(names, frame.itertuples(index=False, name=None), strict=True))


def _match_rows(rows: Rows, wanted: list[list[str]]) -> list[str]:
    """Return for each wanted row the key of the one in the page that has its name, else a new key."""
    places = [rows.columns.index(name) for name in rows.draft.spec.key or rows.columns]
    here = defaultdict(list)
    for key in reversed(rows.order):
        here[tuple(rows.cells[key][place] for place in places)].append(key)
    names = [tuple(row[place] for place in places) for row in wanted]
    return [here[name].pop() if here[name] else f"{EARLIER}{next(KEYS)}" for name in names]


def _find_moved(kept: Sequence[str], order: Sequence[str]) -> set[str]:
    """Return the rows that stand before one that they followed."""
    places, last, moved = {key: place for place, key in enumerate(order)}, -1, set()
    for key in kept:
        if places[key] < last:
            moved.add(key)
        last = max(last, places[key])
    return moved
