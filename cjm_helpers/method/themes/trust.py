"""Trust: themes beside how alike people read their codes; none where people agree hardly more than by chance."""

import pandas as pd

from cjm_helpers.errors import CjmError
from cjm_helpers.method.evidence import ALL_CODES, ENOUGH, look_up_agreement
from cjm_helpers.method.words import count_things, write_number

HARDLY = 1 / 3  # of all codes together: where even the upper bound of alpha is below, themes are not shown (ours)


def trust_themes(themes: pd.DataFrame, reliability: pd.DataFrame) -> pd.DataFrame:
    """Add to every theme how far people agree on its code, and refuse themes that hardly two people read alike.

    A theme whose code is to be revised (alpha below .667) keeps its row and gets the caution "coders differ"; where
    nobody read the same verbatims, every theme says "read by one person only".

    Parameters
    ----------
    themes
        From `summarise_themes` or `compare_themes`: code_id and flag are read.
    reliability
        From `feedback.measure_reliability`, or that of a journey's parts, which is empty where nobody read the same
        verbatims: code_id, value, lo, hi, n, verdict.

    Returns
    -------
    DataFrame
        The themes with alpha, alpha_lo, alpha_hi (of the code), coded_twice (verbatims read by two or more), verdict,
        caution ("coders differ", "too few read by two", "read by one person only"; "" = none).

    Raises
    ------
    CjmError
        When on all codes together even the upper bound of alpha is below a third, from 30 verbatims read by two on.

    Examples
    --------
    >>> themes = pd.DataFrame({"code_id": ["slow"], "label": ["Slow"], "flag": ["reportable"]})
    >>> known = pd.DataFrame({"code_id": ["slow"], "value": [0.5], "lo": [0.4], "hi": [0.6], "n": [120]})
    >>> trust_themes(themes, known.assign(verdict="revise the code"))[["label", "caution"]].values.tolist()
    [['Slow', 'coders differ']]
    """
    together = reliability[reliability["code_id"] == ALL_CODES]
    for row in together.itertuples():
        if row.hi < HARDLY and row.n >= ENOUGH:
            raise CjmError(_refuse(row))
    return look_up_agreement(themes, reliability)


def _refuse(row) -> str:
    value, lo, hi = (write_number(figure, decimals=2) for figure in (row.value, row.lo, row.hi))
    return (
        "The people who read these words agree hardly more than by chance "
        f"(alpha {value}, {lo} to {hi}, on {count_things(row.n, 'verbatim')} read by two or more). Revise the codes: "
        "give each a definition, what belongs under it and what does not, and an example; talk over the disagreements, "
        "then code anew. No theme is shown until then."
    )
