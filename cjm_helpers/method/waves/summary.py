"""What a comparison says at a glance, and how many alarms chance alone would have raised."""

import pandas as pd

from cjm_helpers.method.waves.verdicts import (
    CHANGED,
    IMPROVED,
    NO_EVIDENCE,
    NOT_COMPARED,
    TOO_FEW,
    UNCHANGED,
    WORSE,
)  # fmt: skip
from cjm_helpers.method.words import count_things

COLUMN_OF = {
    IMPROVED: "improved", WORSE: "worse", CHANGED: "changed", UNCHANGED: "unchanged", NO_EVIDENCE: "no_evidence",
    TOO_FEW: "too_few", NOT_COMPARED: "not_compared",
}  # fmt: skip
RAW_LEVEL = 0.05


def summarise_waves(compared: pd.DataFrame) -> pd.DataFrame:
    """Count the verdicts of each persona and object, and say how many tests stand behind the whole.

    Parameters
    ----------
    compared
        What compare_waves returned; reads persona_id, object, verdict, p.

    Returns
    -------
    DataFrame
        persona_id, object, tests, improved, worse, changed, unchanged, no_evidence, too_few, not_compared, sentence
        (the same in every row: how many tests were made in all, and how many false alarms the uncorrected level of 5%
        would have raised without any change).

    Source: expected alarms = tests x .05; the correction: Benjamini & Hochberg (1995).

    Examples
    --------
    >>> rows = {"persona_id": "anna", "object": "kpi", "verdict": ["improved", "too few"], "p": [0.01, None]}
    >>> summarise_waves(pd.DataFrame(rows))[["tests", "improved", "too_few"]].values.tolist()
    [[1, 1, 1]]
    """
    each = compared.groupby(["persona_id", "object"], sort=False)
    counts = each["verdict"].value_counts().unstack().reindex(columns=list(COLUMN_OF)).fillna(0).astype(int)
    table = each["p"].count().rename("tests").to_frame().join(counts.rename(columns=COLUMN_OF)).reset_index()
    return table.assign(sentence=_tell(int(compared["p"].count())))


def _tell(tests: int) -> str:
    if not tests:
        return "Nothing could be tested."
    made = f"{count_things(tests, 'test')} {'was' if tests == 1 else 'were'} made."
    alarms = f"about {tests * RAW_LEVEL:.1f} of them would have raised an alarm at the usual 5%."
    return f"{made} If nothing had changed, {alarms} The verdicts are corrected for all of them together."
