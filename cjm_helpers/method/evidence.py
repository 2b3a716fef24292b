"""Evidence: how well a cell of the map is backed, and how alike people read what it rests on."""

import pandas as pd

from cjm_helpers.worksheets import split_list

ENOUGH = 30  # people from which one kind of evidence alone is grade B
ALL_CODES = "all codes"  # the row of a reliability table that compares sets of codes
REVISE = "revise the code"
DIFFER, TOO_FEW, ONE_ALONE = "coders differ", "too few read by two", "read by one person only"
CAUTIONS = {"reliable": "", "tentative": "", REVISE: DIFFER}
FIGURES = {"value": "alpha", "lo": "alpha_lo", "hi": "alpha_hi", "n": "coded_twice"}


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


def look_up_agreement(themes: pd.DataFrame, reliability: pd.DataFrame) -> pd.DataFrame:
    """Add to every theme how far the people who read agree on its code; a suppressed theme shows nothing of it.

    Columns read: code_id, flag; code_id, value, lo, hi, n, verdict as `feedback.measure_reliability` makes them, or an
    empty table where nobody read the same verbatims. Columns added: alpha, alpha_lo, alpha_hi, coded_twice (verbatims
    that two or more read, for whatever code), verdict, caution (words; "" = none).

    Examples
    --------
    >>> themes = pd.DataFrame({"code_id": ["slow", "rude"], "flag": "reportable"})
    >>> known = pd.DataFrame({"code_id": ["slow"], "value": [0.4], "lo": [0.2], "hi": [0.6], "n": [80]})
    >>> look_up_agreement(themes, known.assign(verdict="revise the code"))["caution"].tolist()
    ['coders differ', 'too few read by two']
    """
    shown = themes["code_id"].where(themes["flag"] != "suppressed", "")
    known = reliability.drop_duplicates("code_id").set_index("code_id")
    figures = known[list(FIGURES)].rename(columns=FIGURES).astype(float).reindex(shown).set_axis(themes.index)
    verdicts = shown.map(known["verdict"]).astype("object").fillna("")
    unread = TOO_FEW if len(reliability) else ONE_ALONE
    cautions = verdicts.map(CAUTIONS).fillna(unread).where(shown != "", "")
    return themes.assign(**figures, verdict=verdicts.astype("str"), caution=cautions.astype("str"))
