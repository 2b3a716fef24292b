"""The order of ideas by reach x impact x confidence / effort, with what it rests on and how firmly it holds."""

import math

import pandas as pd

from cjm_helpers.method.evidence import grade_evidence
from cjm_helpers.method.opportunities.inputs import (
    CLOSED,
    CONFIDENCE,
    CONFIDENCE_OF_FEW,
    FEW_CUSTOMERS,
    NOTHING,
    Found,
    Reach,
    estimate_reach,
    gather_found,
    judge_confidence,
    judge_impact,
    place_idea,
)  # fmt: skip
from cjm_helpers.method.opportunities.ranges import refuse_outside
from cjm_helpers.method.opportunities.turns import say_turns
from cjm_helpers.method.words import count_things
from cjm_helpers.stats.ranking import ACCEPTABILITY, DRAWS, draw_rice, rank_acceptability
from cjm_helpers.worksheets import split_list

RANKED = [
    "opportunity_id", "statement", "touchpoint_id", "score", "score_lo", "score_hi", "rank", "rank_lo", "rank_hi",
    "mean_rank", "p_top3", "tier", "reach", "reach_lo", "reach_hi", "n", "reach_basis", "impact", "confidence",
    "effort", "value_level", "effort_level", "grade", "owner", "evidence_ids", "changes_first", "sentence",
]  # fmt: skip
TEXTS = [
    "opportunity_id", "statement", "touchpoint_id", "reach_basis", "grade", "owner", "evidence_ids", "changes_first",
    "sentence",
]  # fmt: skip
NUMBERS = [name for name in RANKED if name not in TEXTS]
EFFORT_STEPS = (1, 3)  # person-months: up to one is little, more than three is much
RULES = {
    "effort": ("above 0", "Write person-months, or leave it empty."),
    "reach": ("0 or more", "Write customers a quarter, or leave it empty to have it computed."),
    "impact": ("0 to 3", "Write 0.25, 0.5, 1, 2 or 3, or leave it empty to have it computed."),
    "confidence": ("0 to 1", "Write 0.8 for 80%, or leave it empty to have it computed."),
}


def rank_opportunities(
    opportunities: pd.DataFrame,
    *,
    themes: pd.DataFrame,
    impact: pd.DataFrame | None = None,
    emotion: pd.DataFrame | None = None,
    event_counts: pd.DataFrame | None = None,
    window_days: float | None = None,
    min_n: int = 5,
    seed: int = 0,
    draws: int = DRAWS,
) -> pd.DataFrame:
    """Rank ideas by RICE (reach x impact x confidence / effort) and say how firmly each holds its place.

    What a row leaves blank is computed. Reach: see `estimate_reach`; an idea that names evidence but no pain point
    concerns all customers at its touchpoint, one that names neither has no known reach. Impact: class of the touchpoint
    (high 3, medium 2, low 1; unknown 2) x severity 1-3 (unknown: from the feeling there), in steps .25, .5, 1, 2, 3.
    Confidence: from the evidence grade (A 1, B .8, C .5, D .2), at most .5 when reach rests on fewer than 30 customers.
    Without effort or reach there is no score and no rank. Done and dropped ideas are left out.

    Parameters
    ----------
    opportunities
        The worksheet.
    themes, impact, emotion, event_counts
        What `summarise_themes`, `derive_impact`, `summarise_emotion` and `count_events` found.
    window_days
        Days the log covers, so that reach can be scaled to a quarter.
    min_n
        Of customers seen and of customers heard, from which together they are grade A.
    seed, draws
        Every figure is drawn again so often within what it may be (see `draw_rice`).

    Returns
    -------
    DataFrame
        One row an idea, best first: score, score_lo, score_hi; rank, rank_lo, rank_hi, mean_rank, p_top3 (0-1), tier
        (ideas of a tier are no order: see `find_tiers`); reach, reach_lo, reach_hi (customers a quarter; from answers
        alone: customers of the sample), n (customers behind it), reach_basis (given, log, answers); impact; confidence;
        effort (person-months); value_level (1-3, thirds of reach x impact x confidence); effort_level (1 up to one
        person-month, 2 up to three, 3 more); grade; evidence_ids; changes_first (what would change the first place);
        sentence (what the score lacks).

    Raises
    ------
    FaultsFound
        When an effort is not above 0, or a stated reach, impact or confidence lies outside its range.

    Source: RICE, Intercom 2016; rank acceptability, Lahdelma et al. (1998).

    Examples
    --------
    >>> blank = dict.fromkeys(["code_ids", "owner", "status", "evidence_ids", "counter_evidence_ids"], "")
    >>> idea = pd.DataFrame([{"opportunity_id": "o1", "statement": "Say why", "touchpoint_id": "pay", "effort": 4.0,
    ...     "reach": 2000.0, "impact": 2.0, "confidence": 0.8, **blank}])
    >>> none = pd.DataFrame(columns=["touchpoint_id", "code_id", "k", "n", "value", "severity", "feedback_ids"])
    >>> rank_opportunities(idea, themes=none)[["score", "rank", "tier", "value_level"]].values.tolist()
    [[800.0, 1.0, 1.0, 3.0]]
    """
    refuse_outside(opportunities, rules=RULES, file="opportunities.csv", id_column="opportunity_id")
    found = gather_found(impact=impact, emotion=emotion, event_counts=event_counts, window_days=window_days)
    open_ideas = opportunities[~opportunities["status"].isin(CLOSED)]
    rows = [_score_idea(idea, found, themes=themes, min_n=min_n) for idea in open_ideas.itertuples()]
    table = pd.DataFrame(rows, columns=RANKED).astype(dict.fromkeys(NUMBERS, float) | dict.fromkeys(TEXTS, "str"))
    table["value_level"] = _cut_thirds(table["reach"] * table["impact"] * table["confidence"])
    table = _add_places(table, seed=seed, draws=draws)
    table = table.sort_values(["rank", "opportunity_id"], kind="stable", ignore_index=True)
    return table.assign(changes_first=pd.Series(say_turns(table), index=table.index, dtype="str"))[RANKED]


def _score_idea(idea, found: Found, *, themes, min_n: int) -> dict:
    touchpoint_id, pains = place_idea(idea, themes)
    observed = found.met_at.get(touchpoint_id, 0)
    reported = float(pains["n"].max()) if len(pains) else 0.0
    stated_ids = split_list(idea.evidence_ids)
    grade = grade_evidence(observed if reported else 0, max(reported, len(stated_ids)), min_n=min_n)
    reach = _given_reach(idea) or _find_reach(idea, touchpoint_id, found, pains=pains)
    impact = _given(idea.impact, judge_impact(touchpoint_id, found, pains=pains))
    computed = judge_confidence(grade, n=reach.n)
    confidence = _given(idea.confidence, computed)
    heard = [feedback_id for ids in pains["feedback_ids"] for feedback_id in split_list(ids)]
    return {
        "opportunity_id": idea.opportunity_id, "statement": idea.statement, "touchpoint_id": touchpoint_id,
        "score": reach.reach * impact * confidence / idea.effort, **vars(reach), "impact": impact,
        "confidence": confidence, "effort": idea.effort, "effort_level": _grade_effort(idea.effort), "grade": grade,
        "owner": idea.owner, "evidence_ids": ";".join(dict.fromkeys(stated_ids + sorted(heard))),
        "sentence": _say_lacks(idea, grade=grade, reach=reach, computed=computed),
    }  # fmt: skip


def _given_reach(idea) -> Reach | None:
    return None if math.isnan(idea.reach) else Reach(idea.reach, reach_basis="given")


def _find_reach(idea, touchpoint_id: str, found: Found, *, pains) -> Reach:
    if not (idea.code_ids or idea.evidence_ids):
        return Reach()  # else the idea that rests on nothing would reach most people
    return estimate_reach(touchpoint_id, found, pains=pains if idea.code_ids else None)


def _given(stated: float, computed: float) -> float:
    return computed if math.isnan(stated) else stated


def _grade_effort(effort: float) -> float:
    return NOTHING if math.isnan(effort) else 1.0 + sum(effort > step for step in EFFORT_STEPS)


def _say_lacks(idea, *, grade: str, reach: Reach, computed: float) -> str:
    """Say what the score of an idea lacks, a sentence each."""
    against = len(split_list(idea.counter_evidence_ids))
    is_few, is_stated = reach.n < FEW_CUSTOMERS, not math.isnan(idea.confidence)
    lacks = {
        f"{idea.opportunity_id} has no evidence id: grade D.": grade == "D",
        "It has no effort yet, so it has no rank.": math.isnan(idea.effort),
        "Its reach is not known, so it has no rank.": math.isnan(reach.reach),
        f"Its reach rests on fewer than {FEW_CUSTOMERS} customers, so confidence is at most {CONFIDENCE_OF_FEW:g}.": (
            is_few and not is_stated and CONFIDENCE[grade] > CONFIDENCE_OF_FEW
        ),
        f"Its confidence of {idea.confidence:g} is stated; the evidence would give {computed:g}.": (
            is_stated and idea.confidence > computed
        ),
        f"{count_things(against, 'row')} of evidence {'speaks' if against == 1 else 'speak'} against it.": against > 0,
    }
    return " ".join(sentence for sentence, is_so in lacks.items() if is_so)


def _add_places(table: pd.DataFrame, *, seed: int, draws: int) -> pd.DataFrame:
    """Add the ranks of the ideas that have a score; those without one keep none."""
    scored = table[table["score"].notna()].set_index("opportunity_id")
    drawn = draw_rice(scored, draws=draws, seed=seed)
    places = rank_acceptability(drawn, scores=scored["score"], seed=seed)
    return table.drop(columns=ACCEPTABILITY).join(places, on="opportunity_id")


def _cut_thirds(values: pd.Series) -> pd.Series:
    place = values.rank(method="max")
    return (3 * place / values.notna().sum()).map(math.ceil, na_action="ignore").astype(float)
