"""What would change the first place: how far one figure alone would have to move."""

import math

import pandas as pd

from cjm_helpers.method.opportunities.inputs import IMPACT_STEPS
from cjm_helpers.method.words import join_words

STEPS = sorted(step for _, step in IMPACT_STEPS)
MOST_FACTOR = 4  # a figure that must change by more than that makes it another idea


def say_turns(ranking: pd.DataFrame) -> list[str]:
    """Say for every idea, best first, which single change would take the first place from it or give it to it.

    Columns read: opportunity_id, score, rank, reach, impact, confidence, effort. A change out of range (a confidence
    above 1, an impact above 3, any figure by more than four times) is not named; an idea without score says nothing.

    Examples
    --------
    >>> ideas = {"opportunity_id": ["o1", "o2"], "score": [800.0, 400.0], "rank": [1.0, 2.0], "reach": [2000.0, 1000.0]}
    >>> print(*say_turns(pd.DataFrame({**ideas, "impact": 2.0, "confidence": 0.8, "effort": 4.0})), sep="\\n")
    o2 would be first if o1 had a reach under 1,000 (now 2,000), an impact of 0.5 (now 2), a confidence under 0.4 \
(now 0.8) or an effort over 8 (now 4).
    o2 would be first with a reach over 2,000 (now 1,000) or an effort under 2 (now 4).
    """
    scored = list(ranking[ranking["score"] > 0].itertuples())
    if len(scored) < 2:
        return [""] * len(ranking)
    said = {idea.opportunity_id: _say_turn(idea, first=scored[0], second=scored[1]) for idea in scored}
    return [said.get(one, "") for one in ranking["opportunity_id"]]


def _say_turn(idea, *, first, second) -> str:
    is_first = idea.opportunity_id == first.opportunity_id
    if idea.rank == second.rank == 1:
        return "Shares the first place."
    factor = (second if is_first else first).score / idea.score
    if not 1 / MOST_FACTOR <= factor <= MOST_FACTOR:
        return f"No single figure within {MOST_FACTOR} times changes the first place."
    changes = _find_changes(idea, factor)
    who = f"{second.opportunity_id} would be first if {idea.opportunity_id} had"
    return f"{who if is_first else f'{idea.opportunity_id} would be first with'} {join_words(changes, last='or')}."


def _find_changes(idea, factor: float) -> list[str]:
    """Name the figures that would each multiply the score by more than factor (under 1: by less)."""
    is_up = factor > 1
    beyond = [step for step in STEPS if (step > idea.impact * factor if is_up else step < idea.impact * factor)]
    changes = [_bound("a reach", idea.reach, idea.reach * factor, is_over=is_up, decimals=0)]
    if beyond:
        step = min(beyond) if is_up else max(beyond)
        changes.append(f"an impact of {step:g} (now {idea.impact:g})")
    if idea.confidence * factor < 1:
        changes.append(_bound("a confidence", idea.confidence, idea.confidence * factor, is_over=is_up))
    return [*changes, _bound("an effort", idea.effort, idea.effort / factor, is_over=not is_up)]


def _bound(name: str, now: float, bound: float, *, is_over: bool, decimals: int = 2) -> str:
    """Name a bound, rounded to the side on which what is said stays true."""
    digits = 10**decimals
    cut = (math.ceil if is_over else math.floor)(round(bound * digits, 6)) / digits
    shown, known = (
        f"{value:,.{decimals}f}" if decimals == 0 else f"{value:g}" for value in (cut, round(now, decimals))
    )
    return f"{name} {'over' if is_over else 'under'} {shown} (now {known})"
