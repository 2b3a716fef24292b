"""Opportunities: ideas ranked by reach x impact x confidence / effort, from what the other steps found."""

import math

import pandas as pd

from cjm_helpers.method.evidence import grade_evidence
from cjm_helpers.worksheets import split_list

RANKED = [
    "opportunity_id", "statement", "touchpoint_id", "score", "rank", "reach", "reach_basis", "impact", "confidence",
    "effort", "value_level", "effort_level", "grade", "owner", "evidence_ids",
]  # fmt: skip
CONFIDENCE = {"A": 1.0, "B": 0.8, "C": 0.5, "D": 0.2}
FEW_CUSTOMERS, CONFIDENCE_OF_FEW = 30, 0.5
CLASS_POINTS = {"high": 3, "medium": 2, "low": 1}
UNKNOWN_POINTS = 2
IMPACT_STEPS = ((9, 3.0), (6, 2.0), (3, 1.0), (2, 0.5), (0, 0.25))  # class points x severity, from which impact
EFFORT_STEPS = (1, 3)  # person-months: up to one is little, more than three is much
DAYS_IN_QUARTER = 91
CLOSED = ("done", "dropped")
NOTHING = float("nan")


def rank_opportunities(
    opportunities: pd.DataFrame, *, themes, impact=None, emotion=None, event_counts=None, window_days=None, min_n=5
) -> pd.DataFrame:
    """Rank ideas by RICE: reach x impact x confidence / effort; equal scores share a rank.

    What a row leaves blank is computed. Reach: customers in the log at the touchpoint (scaled to a quarter when
    window_days is known), else those who answered there, times the largest share of its pain points (an idea that names
    no pain point concerns all of them). Impact: impact
    class of the touchpoint (high 3, medium 2, low 1; unknown 2) x severity 1-3 (unknown: from the feeling there), in
    steps .25, .5, 1, 2, 3. Confidence: from the evidence grade (A 1, B .8, C .5, D .2), at most .5 when reach rests on
    fewer than 30 customers. Without effort or reach there is no score and no rank. Done and dropped ideas are left out.

    Columns read: those of the opportunities worksheet; `summarise_themes`; touchpoint_id, impact_class; touchpoint_id,
    value, n; `count_events`. Columns made: score; rank; reach (customers a quarter; from answers
    alone: customers of the sample); reach_basis (given, log, answers); impact; confidence; effort
    (person-months); value_level (1-3, thirds of reach x impact x confidence); effort_level (1 up to one person-month,
    2 up to three, 3 more); grade; evidence_ids. Source: RICE, Intercom 2016.

    Examples
    --------
    >>> blank = dict.fromkeys(["code_ids", "owner", "status", "evidence_ids"], "")
    >>> idea = pd.DataFrame([{"opportunity_id": "o1", "statement": "Say why", "touchpoint_id": "pay", "effort": 4.0,
    ...     "reach": 2000.0, "impact": 2.0, "confidence": 0.8, **blank}])
    >>> none = pd.DataFrame(columns=["touchpoint_id", "code_id", "k", "n", "value", "severity", "feedback_ids"])
    >>> rank_opportunities(idea, themes=none)[["score", "rank", "value_level", "effort_level"]].values.tolist()
    [[800.0, 1.0, 3.0, 3.0]]
    """
    found = {
        "themes": themes,
        "class_of": {} if impact is None else dict(zip(impact["touchpoint_id"], impact["impact_class"], strict=True)),
        "feeling_at": {} if emotion is None else emotion.set_index("touchpoint_id")[["value", "n"]].T.to_dict(),
        "met_at": _customers_met(event_counts),
        "quarter": DAYS_IN_QUARTER / window_days if window_days else 1.0,
        "min_n": min_n,
    }
    open_ideas = opportunities[~opportunities["status"].isin(CLOSED)]
    table = pd.DataFrame([_score_idea(idea, found) for idea in open_ideas.itertuples()], columns=RANKED)
    numbers = ["score", "rank", "reach", "impact", "confidence", "effort", "value_level", "effort_level"]
    table = table.astype(dict.fromkeys(numbers, float))
    table["rank"] = table["score"].rank(ascending=False, method="min")
    table["value_level"] = _thirds(table["reach"] * table["impact"] * table["confidence"])
    return table.sort_values(["rank", "opportunity_id"], kind="stable", ignore_index=True)


def _customers_met(event_counts) -> dict[str, float]:
    if event_counts is None or event_counts.empty:
        return {}
    return event_counts.groupby("touchpoint_id")["touchpoint_customers"].max().to_dict()


def _score_idea(idea, found: dict) -> dict:
    touchpoint_id, pains = _place_idea(idea, found["themes"])
    observed = found["met_at"].get(touchpoint_id, 0)
    reported = float(pains["n"].max()) if len(pains) else 0.0
    stated_ids = split_list(idea.evidence_ids)
    grade = grade_evidence(observed if reported else 0, max(reported, len(stated_ids)), min_n=found["min_n"])
    reach, base, basis = _find_reach(idea, touchpoint_id, pains, found)
    impact = _given(idea.impact, _find_impact(touchpoint_id, pains, found))
    limit = CONFIDENCE_OF_FEW if base < FEW_CUSTOMERS else 1.0
    confidence = _given(idea.confidence, min(CONFIDENCE[grade], limit))
    effort = idea.effort if idea.effort > 0 else NOTHING
    heard = [feedback_id for ids in pains["feedback_ids"] for feedback_id in split_list(ids)]
    return {
        "opportunity_id": idea.opportunity_id, "statement": idea.statement, "touchpoint_id": touchpoint_id,
        "score": reach * impact * confidence / effort, "reach": reach, "reach_basis": basis,
        "impact": impact, "confidence": confidence,
        "effort": effort, "effort_level": 1 + sum(effort > step for step in EFFORT_STEPS) if effort > 0 else NOTHING,
        "grade": grade, "owner": idea.owner, "evidence_ids": ";".join(dict.fromkeys(stated_ids + sorted(heard))),
    }  # fmt: skip


def _place_idea(idea, themes):
    """The touchpoint of an idea (else where most people name its codes) and the pain points it answers there."""
    pains = themes[
        themes["code_id"].isin(split_list(idea.code_ids)) & themes["k"].notna() & (themes["touchpoint_id"] != "")
    ]
    touchpoint_id = idea.touchpoint_id
    if not touchpoint_id and len(pains):
        touchpoint_id = pains.sort_values("k", ascending=False, kind="stable")["touchpoint_id"].iloc[0]
    return touchpoint_id, pains[pains["touchpoint_id"] == touchpoint_id]


def _find_reach(idea, touchpoint_id, pains, found) -> tuple[float, float, str]:
    """Customers whom an idea reaches, on how many customers that figure rests, and where it comes from."""
    if not math.isnan(idea.reach):
        return idea.reach, FEW_CUSTOMERS, "given"
    met = found["met_at"].get(touchpoint_id, 0)
    base = met or found["feeling_at"].get(touchpoint_id, {}).get("n", 0)
    basis = "log" if met else "answers"
    people = base * (found["quarter"] if met else 1.0)
    shares = pains.dropna(subset=["value"]).sort_values("value", ascending=False, kind="stable")
    if not base or (split_list(idea.code_ids) and shares.empty):
        return NOTHING, 0, ""  # a pain point whose share is not known may concern anybody from nobody to all
    if shares.empty:
        return people, base, basis
    return people * shares["value"].iloc[0], min(base, shares["n"].iloc[0]), basis


def _find_impact(touchpoint_id, pains, found) -> float:
    points = CLASS_POINTS.get(found["class_of"].get(touchpoint_id), UNKNOWN_POINTS)
    severity = pains["severity"].max() if len(pains) else NOTHING
    if math.isnan(severity):
        feeling = found["feeling_at"].get(touchpoint_id, {}).get("value", NOTHING)
        severity = UNKNOWN_POINTS if math.isnan(feeling) else 1 + (feeling < 0) + (feeling <= -1)
    return next(impact for least, impact in IMPACT_STEPS if points * severity >= least)


def _given(stated: float, computed: float) -> float:
    return computed if math.isnan(stated) else stated


def _thirds(values: pd.Series) -> pd.Series:
    place = values.rank(method="max")
    return (3 * place / values.notna().sum()).apply(
        lambda third: NOTHING if math.isnan(third) else float(math.ceil(third))
    )
