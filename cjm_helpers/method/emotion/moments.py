"""Moments that matter: touchpoints that carry the outcome, and whether they hurt or please."""

import pandas as pd

MOMENTS = ["touchpoint_id", "moment", "impact", "value", "n", "lo", "hi", "flag", "sentence"]
SENTENCES = {
    "pain point": "Much depends on it, and people feel bad there.",
    "delight": "Much depends on it, and people feel good there.",
    "mixed": "Much depends on it; whether people feel good or bad there is too close to call.",
    "too few": "Much depends on it, but too few people rated it to say how they feel there.",
}


def find_moments(emotion: pd.DataFrame, impact: pd.DataFrame) -> pd.DataFrame:
    """Find the moments that matter, the strongest first: touchpoints of high impact that hurt, please, or do both.

    Parameters
    ----------
    emotion
        What `summarise_emotion` returned; reads touchpoint_id, value, n, lo, hi, flag.
    impact
        What `derive_impact` returned; reads touchpoint_id, value, impact_class. Nothing is high where the data do not
        carry a class.

    Returns
    -------
    DataFrame
        touchpoint_id, moment (pain point: the interval of feeling lies wholly below 0; delight: wholly above 0; mixed:
        it holds 0; too few: nobody may say), impact (share of what is explained, 0-1), value (mean feeling, -2 to 2),
        n, lo, hi, flag, sentence.

    Examples
    --------
    >>> felt = pd.DataFrame({"touchpoint_id": ["pay", "ad"], "value": [-1.1, 0.4], "n": [80, 60], "lo": [-1.4, 0.1],
    ...                      "hi": [-0.8, 0.7], "flag": "reportable"})
    >>> high = pd.DataFrame({"touchpoint_id": ["pay", "ad"], "value": [0.6, 0.1], "impact_class": ["high", "low"]})
    >>> find_moments(felt, high)[["touchpoint_id", "moment", "impact"]].values.tolist()
    [['pay', 'pain point', 0.6]]
    """
    high = impact.loc[impact["impact_class"] == "high", ["touchpoint_id", "value"]]
    table = high.rename(columns={"value": "impact"}).merge(emotion, on="touchpoint_id")
    table = table.sort_values(["impact", "touchpoint_id"], ascending=[False, True], ignore_index=True)
    table["moment"] = [_name_moment(row) for row in table.itertuples()]
    return table.assign(sentence=table["moment"].map(SENTENCES))[MOMENTS]


def _name_moment(row) -> str:
    if pd.isna(row.lo):
        return "too few"
    return "pain point" if row.hi < 0 else "delight" if row.lo > 0 else "mixed"
