"""What an idea's score is made of: whom it reaches, how much it moves them, and how sure the evidence is."""

import math
from dataclasses import dataclass

import pandas as pd

from cjm_helpers.worksheets import split_list

CONFIDENCE = {"A": 1.0, "B": 0.8, "C": 0.5, "D": 0.2}
FEW_CUSTOMERS, CONFIDENCE_OF_FEW = 30, 0.5
CLASS_POINTS = {"high": 3, "medium": 2, "low": 1}
UNKNOWN_POINTS = 2
IMPACT_STEPS = ((9, 3.0), (6, 2.0), (3, 1.0), (2, 0.5), (0, 0.25))  # class points x severity, from which impact
DAYS_IN_QUARTER = 91
CLOSED = ("done", "dropped")
NOTHING = float("nan")


@dataclass(frozen=True)
class Reach:
    """Customers a quarter with their interval, how many customers that rests on (n), and where it comes from."""

    reach: float = NOTHING
    reach_lo: float = NOTHING
    reach_hi: float = NOTHING
    n: float = NOTHING
    reach_basis: str = ""


@dataclass(frozen=True)
class Found:
    """What other steps found of each touchpoint; quarter is what a figure of the log is worth in three months."""

    class_of: dict
    feeling_at: dict
    met_at: dict
    quarter: float


def gather_found(*, impact=None, emotion=None, event_counts=None, window_days=None) -> Found:
    """Gather what other steps found, each of it optional; parameters are those of `rank_opportunities`.

    Examples
    --------
    >>> gather_found(window_days=45.5).quarter
    2.0
    """
    met = None if event_counts is None else event_counts.groupby("touchpoint_id")["touchpoint_customers"].max()
    return Found(
        class_of={} if impact is None else dict(zip(impact["touchpoint_id"], impact["impact_class"], strict=True)),
        feeling_at={} if emotion is None else emotion.set_index("touchpoint_id")[["value", "n"]].T.to_dict(),
        met_at={} if met is None else met.to_dict(),
        quarter=DAYS_IN_QUARTER / window_days if window_days else 1.0,
    )


def place_idea(idea, themes: pd.DataFrame) -> tuple[str, pd.DataFrame]:
    """Return the touchpoint of an idea (else where most people name its codes) and the pain points it answers there.

    Examples
    --------
    >>> from types import SimpleNamespace as Idea
    >>> themes = pd.DataFrame({"touchpoint_id": ["ad", "pay"], "code_id": "slow", "k": [3.0, 40.0]})
    >>> place_idea(Idea(touchpoint_id="", code_ids="slow"), themes)[0]
    'pay'
    """
    is_named = themes["code_id"].isin(split_list(idea.code_ids)) & themes["k"].notna()
    pains = themes[is_named & themes["touchpoint_id"].ne("")]
    touchpoint_id = idea.touchpoint_id
    if not touchpoint_id and len(pains):
        touchpoint_id = pains.sort_values(["k", "touchpoint_id"], ascending=[False, True])["touchpoint_id"].iloc[0]
    return touchpoint_id, pains[pains["touchpoint_id"].eq(touchpoint_id)]


def estimate_reach(touchpoint_id: str, found: Found, *, pains=None) -> Reach:
    """Estimate how many customers a quarter meet a touchpoint and a pain there.

    Customers in the log at the touchpoint (a quarter's worth), else those who answered there, times the largest share
    of its pains; the interval is that of the share. pains: rows of `summarise_themes`; None where nobody needs to name
    one. A pain whose share is not known may concern anybody from nobody to all: then nothing is known.

    Examples
    --------
    >>> found = Found(class_of={}, feeling_at={}, met_at={"pay": 300}, quarter=2.0)
    >>> pains = pd.DataFrame({"value": [0.4], "lo": [0.3], "hi": [0.5], "n": [100.0]})
    >>> estimate_reach("pay", found, pains=pains)
    Reach(reach=240.0, reach_lo=180.0, reach_hi=300.0, n=100.0, reach_basis='log')
    """
    met = found.met_at.get(touchpoint_id, 0)
    base = float(met or found.feeling_at.get(touchpoint_id, {}).get("n", 0))
    people, basis = (base * found.quarter, "log") if met else (base, "answers")
    if not base:
        return Reach()
    if pains is None:
        return Reach(people, n=base, reach_basis=basis)
    shares = pains.dropna(subset=["value"]).sort_values(["value", "n"], ascending=[False, True])
    if shares.empty:
        return Reach()
    share = shares.iloc[0]
    return Reach(*(float(people * share[name]) for name in ("value", "lo", "hi")), float(min(base, share["n"])), basis)


def judge_impact(touchpoint_id: str, found: Found, *, pains: pd.DataFrame) -> float:
    """Judge impact (.25, .5, 1, 2, 3) from the touchpoint's class x the severity of its pains, else the feeling there.

    Examples
    --------
    >>> found = Found(class_of={"pay": "high"}, feeling_at={}, met_at={}, quarter=1.0)
    >>> judge_impact("pay", found, pains=pd.DataFrame({"severity": [3.0]}))
    3.0
    """
    points = CLASS_POINTS.get(found.class_of.get(touchpoint_id), UNKNOWN_POINTS)
    severity = pains["severity"].max() if len(pains) else NOTHING
    if math.isnan(severity):
        feeling = found.feeling_at.get(touchpoint_id, {}).get("value", NOTHING)
        severity = UNKNOWN_POINTS if math.isnan(feeling) else 1 + (feeling < 0) + (feeling <= -1)
    return next(impact for least, impact in IMPACT_STEPS if points * severity >= least)


def judge_confidence(grade: str, *, n: float) -> float:
    """Judge confidence (0-1) from the evidence grade, at most .5 when reach rests on fewer than 30 customers.

    Examples
    --------
    >>> judge_confidence("A", n=400), judge_confidence("A", n=20)
    (1.0, 0.5)
    """
    return min(CONFIDENCE[grade], CONFIDENCE_OF_FEW if n < FEW_CUSTOMERS else 1.0)
