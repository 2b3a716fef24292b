"""Stated impact: what the raters of a team say of each touchpoint, and where they differ among themselves."""

from collections import Counter

import numpy as np
import pandas as pd

from cjm_helpers.method.words import join_words
from cjm_helpers.stats.raters import estimate_rating
from cjm_helpers.stats.suppression import REPORTABLE_N

RATING_LOW, RATING_HIGH = 1, 5
MEDIUM_FROM, HIGH_FROM = 7 / 3, 11 / 3  # thirds of the scale
OUTCOMES = {"satisfaction": "satisfaction_impact", "decision": "decision_impact"}
CATEGORIES = ("type", "stage")
COLUMNS = (
    "touchpoint_id", "basis", "outcome", "value", "n", "lo", "hi", "method", "flag", "impact_class", "lowest",
    "lowest_by", "highest", "highest_by", "type", "type_votes", "stage", "stage_votes", "sentence",
)  # fmt: skip


def summarise_ratings(ratings: pd.DataFrame, touchpoints: pd.DataFrame) -> pd.DataFrame:
    """Summarise what raters say of each touchpoint: its impact on satisfaction and on the decision, type and stage.

    Parameters
    ----------
    ratings, touchpoints
        Tables of a study. Reads touchpoint_id, rater_id, type, stage, satisfaction_impact, decision_impact (1-5); and
        touchpoint_id, type, stage. Ratings of other touchpoints than those listed follow at the end.

    Returns
    -------
    DataFrame
        Two rows a touchpoint, in the order of touchpoints: touchpoint_id, basis ("stated"), outcome (satisfaction,
        decision), value (1-5: mean, or median where ratings are skewed), n (raters), lo, hi, method, flag, impact_class
        (high, medium, low: thirds of the scale), lowest, lowest_by, highest, highest_by (who, with ";"), type and stage
        (as more than half of the raters say, else empty), type_votes and stage_votes ("2 of 3"), sentence (where
        raters do not agree, or differ from the touchpoints table). A touchpoint that nobody rated has n 0.

    Source: t interval of the mean; the rule for the median and the thirds are ours.

    Examples
    --------
    >>> says = {"type": "digital", "stage": "Buy", "decision_impact": np.nan}
    >>> ratings = pd.DataFrame({"touchpoint_id": "pay", "rater_id": ["a", "b"], "satisfaction_impact": [3, 5], **says})
    >>> sheet = pd.DataFrame({"touchpoint_id": ["pay"], "type": ["human"], "stage": ["Buy"]})
    >>> table = summarise_ratings(ratings, sheet)
    >>> table[["outcome", "value", "n", "lowest_by", "highest_by"]].values.tolist()[0]
    ['satisfaction', 4.0, 2, 'a', 'b']
    >>> table.loc[0, "sentence"]
    "The sheet gives the type 'human'; 2 of 2 raters say 'digital'."
    """
    ratings = ratings.sort_values(["touchpoint_id", "rater_id"])
    groups = dict(iter(ratings.groupby("touchpoint_id")))
    sheet = touchpoints.set_index("touchpoint_id")[list(CATEGORIES)].to_dict("index")
    rows = []
    for touchpoint_id in dict.fromkeys([*sheet, *groups]):
        given = groups.get(touchpoint_id, ratings[:0])
        sorted_in = _sort_in(given, sheet.get(touchpoint_id, {}))
        for outcome, column in OUTCOMES.items():
            known = {"touchpoint_id": touchpoint_id, "basis": "stated", "outcome": outcome}
            rows.append(known | _rate(given["rater_id"], given[column]) | sorted_in)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def classify_stated(value: float) -> str:
    """Class a stated impact (1-5) by thirds of the scale: high, medium or low; "" where it is not known.

    Examples
    --------
    >>> classify_stated(4.0)
    'high'
    """
    if np.isnan(value):
        return ""
    return "high" if value >= HIGH_FROM else "medium" if value >= MEDIUM_FROM else "low"


def _rate(raters: pd.Series, ratings: pd.Series) -> dict:
    """Estimate one impact from ratings by rater, with who stands at the ends."""
    given = {who: float(rating) for who, rating in zip(raters, ratings, strict=True) if pd.notna(rating)}
    estimate = estimate_rating(list(given.values()), low=RATING_LOW, high=RATING_HIGH)
    ends = {"lowest": min(given.values(), default=np.nan), "highest": max(given.values(), default=np.nan)}
    who = {f"{name}_by": ";".join(one for one in given if given[one] == end) for name, end in ends.items()}
    flag = "reportable" if estimate.n >= REPORTABLE_N else "indicative" if estimate.n else "suppressed"
    return {**estimate._asdict(), "flag": flag, "impact_class": classify_stated(estimate.value), **ends, **who}


def _sort_in(ratings: pd.DataFrame, sheet: dict) -> dict:
    """Return what most raters call the touchpoint, how many do, and what there is to talk over."""
    found, sentences = {}, []
    for category in CATEGORIES:
        said = {who: view for who, view in zip(ratings["rater_id"], ratings[category], strict=True) if _is_text(view)}
        view, top = max(sorted(Counter(said.values()).items()), key=lambda one: one[1], default=("", 0))
        found[category] = view if 2 * top > len(said) else ""
        found[f"{category}_votes"] = f"{top} of {len(said)}" if said else ""
        sentences.append(_compare(category, said, found, sheet=sheet.get(category, "")))
    return found | {"sentence": " ".join(filter(None, sentences))}


def _compare(category: str, said: dict[str, str], found: dict, *, sheet: str) -> str:
    if said and not found[category]:
        views = [
            f"'{view}' ({join_words(who for who in said if said[who] == view)})" for view in sorted({*said.values()})
        ]
        return f"Raters do not agree on the {category}: {join_words(views)}."
    if found[category] and sheet and found[category] != sheet:
        votes = found[f"{category}_votes"]
        return f"The sheet gives the {category} '{sheet}'; {votes} raters say '{found[category]}'."
    return ""


def _is_text(view) -> bool:
    return isinstance(view, str) and view != ""
