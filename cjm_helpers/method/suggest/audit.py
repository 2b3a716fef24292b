"""The audit sample: one verbatim in ten that people read without seeing what the machine said of it."""

import pandas as pd

from cjm_helpers.method.codings import follow_successors, settle_codings
from cjm_helpers.stats.intervals import estimate_proportion
from cjm_helpers.worksheets import MACHINE

AUDIT_SHARE = 0.10
AUDIT = "audit: read blind"


def measure_audit(codings: pd.DataFrame, *, codebook, decisions) -> pd.DataFrame:
    """Return per code how many of the machine's first answers in the audit sample people have read, and how many held.

    Columns read: feedback_id, coder_id, code_id, note; those of `settle_codings`. Columns made: code_id, audit_n,
    audit_precision (Wilson), audit_precision_lo, audit_precision_hi.

    Examples
    --------
    >>> rows = [("f1", "machine", "slow", "audit: read blind"), ("f1", "anna", "slow", "")]
    >>> codings = pd.DataFrame(rows, columns=["feedback_id", "coder_id", "code_id", "note"])
    >>> codings = codings.assign(touchpoint_id="", emotion=float("nan"))
    >>> book = pd.DataFrame({"code_id": ["slow"], "replaced_by": ""})
    >>> nobody = pd.DataFrame(columns=["feedback_id", "code_id", "applies"], dtype="str")
    >>> measure_audit(codings, codebook=book, decisions=nobody).iloc[:, :3].values.tolist()
    [['slow', 1, 1.0]]
    """
    settled = settle_codings(codings, decisions, codebook=codebook)
    is_audited = (codings["coder_id"] == MACHINE) & codings["note"].str.contains(AUDIT, regex=False)
    first = follow_successors(codings[is_audited], codebook)
    first = first[first["feedback_id"].isin(settled["feedback_id"])].drop_duplicates(["feedback_id", "code_id"])
    told = pd.MultiIndex.from_frame(settled[["feedback_id", "code_id"]])
    holds = pd.MultiIndex.from_frame(first[["feedback_id", "code_id"]]).isin(told)
    rows = []
    for code_id, held in first.assign(held=holds).groupby("code_id")["held"]:
        share = estimate_proportion(held.sum(), len(held))
        rows.append([code_id, len(held), share.value, share.lo, share.hi])
    ends = ["", "_lo", "_hi"]
    return pd.DataFrame(rows, columns=["code_id", "audit_n", *(f"audit_precision{end}" for end in ends)])
