"""Importance and performance: where each touchpoint stands, and what that asks for."""

import numpy as np
import pandas as pd

from cjm_helpers.errors import ParameterError
from cjm_helpers.method.answers import FEELING_HIGH, FEELING_LOW
from cjm_helpers.method.categories.ratings import RATING_HIGH, RATING_LOW

CROSSHAIRS = ("means", "scale")
QUADRANTS = {
    (True, False): "concentrate here", (True, True): "keep up the good work",
    (False, False): "low priority", (False, True): "possible overkill",
}  # fmt: skip
UNDECIDED = "undecided"


def place_importance_performance(
    impact: pd.DataFrame | None, emotion: pd.DataFrame, *, outcome: str = "", crosshairs: str = "means"
) -> pd.DataFrame:
    """Place each touchpoint by how well it does and how much it matters, against crosshairs.

    Parameters
    ----------
    impact
        From derive_impact, or from summarise_ratings for the same plot of what the team says; None places nothing.
    emotion
        From summarise_emotion.
    outcome
        Which outcome of impact; needed where it holds several, as summarise_ratings gives.
    crosshairs
        "means" of what is placed; or "scale": performance 0, and for importance an equal share (derived) or the middle
        of the raters' scale (stated).

    Returns
    -------
    DataFrame
        touchpoint_id, performance, performance_lo, performance_hi, importance, importance_lo, importance_hi,
        cut_performance, cut_importance, left_out (touchpoints without one of the two, or hidden), basis (derived or
        stated), crosshairs, quadrant: concentrate here, keep up the
        good work, low priority, possible overkill, or undecided where an interval crosses a crosshair or is not known.

    Raises
    ------
    ParameterError
        When the outcome or the kind of crosshairs is not known.

    Source: Martilla & James (1977); "undecided" is ours.

    Examples
    --------
    >>> impact = pd.DataFrame({"touchpoint_id": ["a", "b"], "value": [0.7, 0.3], "lo": [0.6, 0.2], "hi": [0.8, 0.4]})
    >>> feeling = pd.DataFrame({"touchpoint_id": ["a", "b"], "value": [-1, 1], "lo": [-1.2, 0.8], "hi": [-0.8, 1.2]})
    >>> place_importance_performance(impact, feeling)["quadrant"].tolist()
    ['concentrate here', 'possible overkill']
    """
    if crosshairs not in CROSSHAIRS:
        raise ParameterError("crosshairs", crosshairs, CROSSHAIRS)
    numbers = ["touchpoint_id", "value", "lo", "hi"]
    impact = emotion[:0] if impact is None else _choose_outcome(impact, outcome)  # None: refused for want of answers
    names = {"value": "", "lo": "_lo", "hi": "_hi"}
    how = emotion[numbers].rename(columns={old: f"performance{new}" for old, new in names.items()})
    what = impact[numbers].rename(columns={old: f"importance{new}" for old, new in names.items()})
    both = how.merge(what, on="touchpoint_id", how="left")
    table = both.dropna(subset=["performance", "importance"]).reset_index(drop=True)
    table = table.assign(cut_performance=table["performance"].mean(), cut_importance=table["importance"].mean())
    table = table.assign(left_out=len({*how["touchpoint_id"], *what["touchpoint_id"]}) - len(table))
    if crosshairs == "scale":
        table = table.assign(cut_performance=(FEELING_LOW + FEELING_HIGH) / 2, cut_importance=_find_middle(impact))
    quadrant = pd.Series(_name_quadrants(table), index=table.index, dtype="str")
    basis = "stated" if _is_stated(impact) else "derived"
    return table.assign(basis=basis, crosshairs=crosshairs, quadrant=quadrant)


def _choose_outcome(impact: pd.DataFrame, outcome: str) -> pd.DataFrame:
    if impact.empty or "outcome" not in impact or (not outcome and impact["outcome"].nunique() < 2):
        return impact
    if outcome not in set(impact["outcome"]):
        raise ParameterError("outcome", outcome, sorted(impact["outcome"].unique()))
    return impact[impact["outcome"] == outcome]


def _find_middle(impact: pd.DataFrame) -> float:
    """Return what is neither much nor little: the middle of the raters' scale, or an equal share."""
    return (RATING_LOW + RATING_HIGH) / 2 if _is_stated(impact) else 1 / max(impact["value"].count(), 1)


def _is_stated(impact: pd.DataFrame) -> bool:
    return "basis" in impact and impact["basis"].eq("stated").any()


def _name_quadrants(table: pd.DataFrame) -> list[str]:
    is_clear = np.ones(len(table), dtype=bool)
    for name in ("performance", "importance"):
        cut = table[f"cut_{name}"]
        is_clear &= ((table[f"{name}_lo"] > cut) | (table[f"{name}_hi"] < cut)).to_numpy()
    matters, does_well = table["importance"] > table["cut_importance"], table["performance"] > table["cut_performance"]
    return [QUADRANTS[key] if clear else UNDECIDED for key, clear in zip(zip(matters, does_well), is_clear)]
