"""How common each code would be by the machine's answers, corrected for its faults; never what the map counts."""

import numpy as np
import pandas as pd

from cjm_helpers.errors import CjmError
from cjm_helpers.method.codings import follow_successors
from cjm_helpers.method.evidence import ALL_CODES
from cjm_helpers.method.suggest.checking import SUGGEST
from cjm_helpers.method.verbatims import name_people
from cjm_helpers.method.words import write_number
from cjm_helpers.stats.classification import correct_share
from cjm_helpers.worksheets import MACHINE

CORRECTED = "corrected machine count, not on the map"
SHARES = ["code_id", "label", "n", "k", "machine_share", "value", "lo", "hi", "method", "counted", "sentence"]


def correct_shares(
    feedback: pd.DataFrame, codings: pd.DataFrame, *, checked: pd.DataFrame, codebook: pd.DataFrame
) -> pd.DataFrame:
    """Correct the share of each code among the verbatims that the machine answered for what it misses and overdoes.

    All its first answers count, those that a person has read since too: what people read first is no random part.

    Parameters
    ----------
    checked
        What `check_suggestions` returns: recall and specificity, measured out of fold on what people coded. They must
        hold for the verbatims that the machine answered too, so people should have coded a part drawn at random.

    Returns
    -------
    DataFrame
        code_id, label, n (verbatims answered), k (those the machine gave the code), machine_share (k / n), value, lo,
        hi (corrected, 0-1), method, counted ("corrected machine count, not on the map"), sentence. value is empty, and
        the sentence says why, where the machine may not suggest the code, has not suggested it yet, or tells too
        little. The interval counts people, not verbatims.

    Columns read: feedback_id, customer_id, speaker; feedback_id, coder_id, code_id; code_id, replaced_by.

    Source: Rogan & Gladen (1978); interval: Lang & Reiczigel (2014); see `stats.classification.correct_share`.

    Examples
    --------
    >>> said = pd.DataFrame({"feedback_id": [f"f{i}" for i in range(10)], "customer_id": "", "speaker": ""})
    >>> answers = said[["feedback_id"]].assign(coder_id="machine", code_id=["slow"] * 3 + ["none"] * 7)
    >>> about = {"n": 400, "people": [100, 400], "positives": 100, "recall": 0.8, "specificity": 0.9}
    >>> checked = pd.DataFrame({"code_id": ["slow", "all codes"], "label": "Slow", "verdict": "suggest", **about})
    >>> book = pd.DataFrame({"code_id": ["slow"], "replaced_by": ""})
    >>> float(correct_shares(said, answers, checked=checked, codebook=book)["value"].round(4)[0])
    0.2857
    """
    answers = follow_successors(codings[codings["coder_id"] == MACHINE], codebook)
    answered = feedback[feedback["feedback_id"].isin(answers["feedback_id"])]
    given = answers[answers["feedback_id"].isin(answered["feedback_id"])].groupby("code_id")["feedback_id"].nunique()
    whole = checked[checked["code_id"] == ALL_CODES].iloc[0]
    people = {"people": name_people(answered).nunique(), "people_a_text": whole["people"] / max(whole["n"], 1)}
    rows = []
    for row in checked[checked["code_id"] != ALL_CODES].itertuples():
        n, k = len(answered), int(given.get(row.code_id, 0))
        counts = {"code_id": row.code_id, "label": row.label, "n": n, "k": k, "machine_share": k / n if n else np.nan}
        rows.append(counts | _correct(row, k, n, **people))
    return pd.DataFrame(rows, columns=SHARES)


def _correct(row, k: int, n: int, *, people: int, people_a_text: float) -> dict:
    kept = {"value": np.nan, "lo": np.nan, "hi": np.nan, "method": "", "counted": CORRECTED}
    if row.verdict != SUGGEST:
        return kept | {"sentence": f"{row.label}: not corrected, as the machine may not suggest it ({row.verdict})."}
    if not k:
        return kept | {"sentence": f"{row.label}: the machine has not suggested it yet. Let it propose codes anew."}
    sensitivity = (row.recall, row.people)
    specificity = (row.specificity, (row.n - row.positives) * people_a_text)
    try:
        found = correct_share(k / n, people, sensitivity=sensitivity, specificity=specificity)
    except CjmError as error:
        return kept | {"sentence": f"{row.label}: not corrected, as {error}"}
    value, lo, hi = (write_number(100 * part) for part in (found.value, found.lo, found.hi))
    sentence = f"{row.label}: in {value} of 100 verbatims ({lo} to {hi}): {CORRECTED}."
    figures = {name: getattr(found, name) for name in ("value", "lo", "hi", "method")}
    return kept | figures | {"sentence": sentence}
