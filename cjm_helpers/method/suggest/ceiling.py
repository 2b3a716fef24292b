"""How well one person finds what another found: more than that no machine can be asked for."""

import numpy as np
import pandas as pd

from cjm_helpers.method.codings import collect_sets, keep_finished
from cjm_helpers.method.verbatims import name_people
from cjm_helpers.stats.classification import divide, draw_totals


def compare_people(codings: pd.DataFrame, *, feedback, codebook, code_ids, seed: int = 0, bootstraps: int = 1000):
    """Return the F1 of one coder against another, over all pairs who read the same verbatim: rows as in `draw_totals`.

    One column a code, NaN where nobody who read a verbatim with somebody else gave it.

    Columns read: feedback_id, coder_id, code_id; feedback_id, customer_id, speaker; code_id, status, replaced_by.

    Examples
    --------
    >>> rows = {"feedback_id": ["f1", "f1", "f2", "f2"], "coder_id": ["anna", "ben"] * 2, "code_id": list("AAAB")}
    >>> said = pd.DataFrame({"feedback_id": ["f1", "f2"], "customer_id": ["c1", "c2"], "speaker": ""})
    >>> book = pd.DataFrame({"code_id": ["A", "B"], "replaced_by": ""})
    >>> compare_people(pd.DataFrame(rows), feedback=said, codebook=book, code_ids=["A", "B"])[0].round(2).tolist()
    [0.67, 0.0]
    """
    sets = collect_sets(keep_finished(codings, codebook))
    double = sets[(sets.notna().sum(axis=1) >= 2) & sets.index.isin(feedback["feedback_id"])]
    if double.empty:
        return np.full((1, len(code_ids)), np.nan)
    readers = double.notna().sum(axis=1).to_numpy()[:, None]
    gave = np.array([[sum(code_id in codes for codes in row if isinstance(codes, frozenset)) for code_id in code_ids]
                     for row in double.to_numpy()], dtype=float).reshape(len(double), -1)  # fmt: skip
    person = name_people(feedback).set_axis(feedback["feedback_id"]).loc[double.index]
    pairs = np.hstack([gave * (gave - 1), gave * (readers - 1)])  # both gave it; one of the two did, counted for each
    totals = draw_totals(pairs, pd.factorize(person)[0], bootstraps=bootstraps, seed=seed)
    return divide(totals[:, : len(code_ids)], totals[:, len(code_ids) :])
