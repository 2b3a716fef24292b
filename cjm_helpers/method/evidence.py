"""Evidence grades: how well a cell of the map is backed."""

import pandas as pd

from cjm_helpers.worksheets import split_list

ENOUGH = 30  # people from which one kind of evidence alone is grade B


def grade_evidence(observed: float, reported: float, *, min_n: int = 5) -> str:
    """Grade what stands behind a cell: A observed and reported, B one of them by 30 or more, C fewer, D nobody yet.

    observed counts customers in the event log, reported counts customers who said so; A needs min_n of both.

    Examples
    --------
    >>> [grade_evidence(400, 31), grade_evidence(0, 31), grade_evidence(0, 4), grade_evidence(0, 0)]
    ['A', 'B', 'C', 'D']
    """
    counts = [0 if pd.isna(count) else count for count in (observed, reported)]
    if min(counts) >= min_n:
        return "A"
    return "B" if max(counts) >= ENOUGH else "C" if max(counts) > 0 else "D"


def grade_statement(basis: str, evidence_ids: str) -> str:
    """Grade what somebody stated: D if assumed, else by the rows that support it.

    Examples
    --------
    >>> grade_statement("assumed", "f1"), grade_statement("reported", "f1;f2")
    ('D', 'C')
    """
    if basis == "assumed":
        return "D"
    return "B" if len(set(split_list(evidence_ids))) >= ENOUGH else "C"
