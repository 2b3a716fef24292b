"""Counts rows by which two people answered one question: alike they are one, unlike none counts until one is chosen."""

from collections.abc import Mapping

import pandas as pd

from cjm_helpers.worksheets import SPECS, split_list

ANSWERS = {"coding_decisions": "applies", "alignments": "touchpoint_id"}  # where git keeps both (.gitattributes)


def join_twins(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the rows of a table as they count: twins with one answer as one row, twins with two answers left out.

    Examples
    --------
    >>> rows = {"feedback_id": ["f1", "f1", "f2", "f2"], "touchpoint_id": ["pay", "pay", "pay", "cart"],
    ...     "decided_by": ["anna", "ben", "anna", "ben"]}
    >>> join_twins(pd.DataFrame(rows), "alignments").values.tolist()
    [['f1', 'pay', 'anna;ben']]
    """
    key = list(SPECS[name].key)
    if name not in ANSWERS or not frame.duplicated(key).any():
        return frame
    kept = frame.drop(index=find_disputed(frame, name).index)
    twins, joined = kept[kept.duplicated(key, keep=False)], kept.drop_duplicates(key).copy()
    firsts = twins.drop_duplicates(key).index
    for column, join in (("decided_by", _join_people), ("reason", _join_reasons)):
        if column in joined:
            joined.loc[firsts, column] = twins.groupby(key, sort=False)[column].agg(join).to_numpy()
    return joined.reset_index(drop=True)


def join_tables(placed: Mapping) -> dict[str, pd.DataFrame]:
    """Return each table as it counts, to be written into without a change of the rows as read.

    Examples
    --------
    >>> from types import SimpleNamespace as Placed
    >>> rows = pd.DataFrame({"goal_id": ["g1"]})
    >>> join_tables({"goals": Placed(frame=rows)})["goals"] is rows
    False
    """
    return {name: join_twins(table.frame, name).copy(deep=False) for name, table in placed.items()}


def find_disputed(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the rows of a table to which another row gives another answer.

    Examples
    --------
    >>> rows = {"feedback_id": ["f1", "f1", "f2"], "touchpoint_id": ["pay", "cart", "pay"], "decided_by": "anna"}
    >>> find_disputed(pd.DataFrame(rows), "alignments")["touchpoint_id"].tolist()
    ['pay', 'cart']
    """
    key = list(SPECS[name].key)
    twins = frame[frame.duplicated(key, keep=False)]
    return twins[twins.groupby(key)[ANSWERS[name]].transform("nunique") > 1] if len(twins) else twins


def split_rows(rows: list[dict[str, str]], name: str) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Return the rows of one verbatim as they count, and those that are in dispute.

    Examples
    --------
    >>> rows = [{"feedback_id": "f1", "touchpoint_id": own, "decided_by": "anna"} for own in ("pay", "cart")]
    >>> [len(part) for part in split_rows(rows, "alignments")]
    [0, 2]
    """
    if len({tuple(row[column] for column in SPECS[name].key) for row in rows}) == len(rows):
        return rows, []
    frame = pd.DataFrame(rows)
    return tuple(part.to_dict("records") for part in (join_twins(frame, name), find_disputed(frame, name)))


def _join_people(cells: pd.Series) -> str:
    return ";".join(dict.fromkeys(one for cell in cells for one in split_list(cell)))


def _join_reasons(cells: pd.Series) -> str:
    return " / ".join(dict.fromkeys(cell for cell in cells if cell))
