"""Disagreements: the codes on which people differ, to be talked over and decided."""

import pandas as pd

from cjm_helpers.method.codings import collect_sets, follow_successors, keep_finished

DISAGREEMENTS = ["feedback_id", "text", "code_id", "label", "given_by", "not_given_by", "decided", "reason"]


def list_disagreements(feedback: pd.DataFrame, codings: pd.DataFrame, *, codebook, decisions) -> pd.DataFrame:
    """List every verbatim and code on which people differ: who gave it, who did not, and what was decided.

    Those still to be decided come first. Decisions serve `summarise_themes`; no coefficient of agreement sees them.
    A reading under a code that was retired without successor waits to be coded anew and is left out.

    Columns read: feedback_id, text; feedback_id, coder_id, code_id; code_id, label, status, replaced_by; feedback_id,
    code_id, applies, reason. Columns made: feedback_id, text, code_id, label, given_by and not_given_by (coders, ";"),
    decided (yes, no or ""), reason.

    Examples
    --------
    >>> said = pd.DataFrame({"feedback_id": ["f1"], "text": ["It took far too long."]})
    >>> read = {"feedback_id": ["f1", "f1"], "coder_id": ["anna", "ben"], "code_id": ["slow", "none"]}
    >>> book = pd.DataFrame({"code_id": ["slow"], "label": ["Slow pages"], "replaced_by": [""]})
    >>> none = pd.DataFrame(columns=["feedback_id", "code_id", "applies", "reason"], dtype="str")
    >>> listed = list_disagreements(said, pd.DataFrame(read), codebook=book, decisions=none)
    >>> listed[["label", "given_by", "not_given_by", "decided"]].values.tolist()
    [['Slow pages', 'anna', 'ben', '']]
    """
    sets = collect_sets(keep_finished(codings, codebook))
    readings = zip(sets.index, sets.to_numpy(), strict=True)
    rows = [row for feedback_id, read in readings for row in _compare(feedback_id, read, coders=sets.columns)]
    listed = pd.DataFrame(rows, columns=["feedback_id", "code_id", "given_by", "not_given_by"], dtype="str")
    decided = follow_successors(decisions, codebook)
    decided = decided.sort_values("applies", kind="stable")  # of two under merged codes, yes counts
    decided = decided.drop_duplicates(["feedback_id", "code_id"], keep="last")
    decided = decided[["feedback_id", "code_id", "applies", "reason"]].rename(columns={"applies": "decided"})
    listed = listed.merge(decided, how="left").merge(feedback[["feedback_id", "text"]], how="left")
    labels = codebook.drop_duplicates("code_id").set_index("code_id")["label"]
    listed["label"] = listed["code_id"].map(labels.mask(labels == "")).fillna(listed["code_id"])
    listed = listed.fillna("").assign(is_decided=lambda rows: rows["decided"] != "")
    return listed.sort_values(["is_decided", "feedback_id", "code_id"], ignore_index=True)[DISAGREEMENTS]


def _compare(feedback_id: str, read, *, coders) -> list[tuple]:
    """One row a code that some of the people who read a verbatim gave and some did not."""
    given = {coder_id: codes for coder_id, codes in zip(coders, read, strict=True) if isinstance(codes, frozenset)}
    disputed = frozenset.union(*given.values()) - frozenset.intersection(*given.values())
    return [
        (feedback_id, code_id, *(_name(given, code_id, gives=gives) for gives in (True, False)))
        for code_id in sorted(disputed)
    ]


def _name(given: dict, code_id: str, *, gives: bool) -> str:
    return ";".join(coder_id for coder_id, codes in given.items() if (code_id in codes) == gives)
