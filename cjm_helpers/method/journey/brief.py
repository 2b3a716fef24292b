"""Brief: page one for the head of customer experience, in plain words: what was found, what to do, how sure it is."""

import pandas as pd

from cjm_helpers.method.evidence import DIFFER
from cjm_helpers.method.journey.brief_changes import tell_changes, tell_targets
from cjm_helpers.method.journey.brief_confidence import tell_confidence
from cjm_helpers.method.journey.brief_findings import tell_findings
from cjm_helpers.method.journey.brief_words import DOUBT, describe_feeling, say_kpi
from cjm_helpers.method.journey.steps import find_step, name_step
from cjm_helpers.method.words import is_known, join_words, write_day
from cjm_helpers.worksheets import split_list

BRIEF = ["part", "place", "step_id", "item_id", "sentence", "owner", "due", "moves"]
MOST_ACTIONS = 3
STATUS_WORDS = {"doing": "under way", "planned": "planned", "idea": "not decided yet", "": "not decided yet"}
NO_IDEA = "No open idea is written down yet, so there is nothing to decide here."


def write_brief(journey, *, changes: pd.DataFrame | None = None) -> pd.DataFrame:
    """Write page one: three findings, three actions, what changed since the last wave, and how sure all of it is.

    Every sentence is written from the map by rule, in words that need no statistics: people are counted in whole
    numbers, feelings named in words, waves by their months. Nothing is said of what was not asked, but that.

    Parameters
    ----------
    journey
        A Journey as `build_journey` returns it.
    changes
        What `cjm.waves.compare_waves` returned for a report that holds this persona.

    Returns
    -------
    DataFrame
        part (finding, action, change, confidence), place (from 1 within each part), step_id, item_id (of the code, KPI,
        statement or opportunity), sentence; for actions also owner, due (a day in words) and moves (what should move;
        of these three, what is not known is empty).

    Examples
    --------
    >>> import cjm_helpers as cjm
    >>> part = cjm.select_rows(cjm.open_study("retail_checkout"), persona_id="busy_parent")
    >>> brief = write_brief(cjm.journey.build_journey(part, bootstraps=2))
    >>> brief.loc[brief["part"] == "action", ["owner", "due", "moves"]].values.tolist()[0]
    ['Checkout', '31 January 2027', 'Satisfied with paying, from 13.5% towards 30%']
    """
    told = {
        "finding": tell_findings(journey),
        "action": tell_actions(journey),
        "change": [*tell_changes(journey, changes=changes), *tell_targets(journey.parts.kpis)],
        "confidence": tell_confidence(journey, most_actions=MOST_ACTIONS),
    }
    rows = [{"part": part, "place": place, **row} for part in told for place, row in enumerate(told[part], start=1)]
    table = pd.DataFrame(rows, columns=BRIEF)
    texts = [name for name in BRIEF if name != "place"]
    return table.assign(**table[texts].astype(object).fillna("").astype("str"))


def tell_actions(journey) -> list[dict]:
    """Tell the best-ranked open ideas: where, how far they are, whose they are, and what should move."""
    ideas = journey.parts.study.opportunities.set_index("opportunity_id")
    ranked = [(idea, ideas.loc[idea.opportunity_id]) for idea in journey.parts.ranking.itertuples()]
    return [_tell_action(journey, idea, facts) for idea, facts in ranked[:MOST_ACTIONS]] or [{"sentence": NO_IDEA}]


def _tell_action(journey, idea, facts: pd.Series) -> dict:
    step_id = find_step(journey.steps, touchpoint_id=idea.touchpoint_id) if idea.touchpoint_id else ""
    where = f"at {name_step(journey.steps, step_id)}, " if step_id else ""
    labels = journey.parts.study.codebook.set_index("code_id")["label"]
    pains = [f"“{labels[code_id]}”" for code_id in split_list(facts["code_ids"]) if labels.get(code_id)]
    own = journey.cells[journey.cells["lane"].eq("opportunity") & journey.cells["item_id"].eq(idea.opportunity_id)]
    doubt = f" ({DOUBT})" if own["caution"].eq(DIFFER).any() else ""
    against = f", against {join_words(pains)}{doubt}" if pains else ""
    return {
        "step_id": step_id,
        "item_id": idea.opportunity_id,
        "sentence": f"{idea.statement.rstrip('. ')}{against} ({where}{STATUS_WORDS[facts['status']]}).",
        "owner": idea.owner,
        "due": "" if pd.isna(facts["due"]) else write_day(facts["due"]),
        "moves": _say_moves(journey, kpi_id=facts["kpi_id"], step_id=step_id),
    }


def _say_moves(journey, *, kpi_id: str, step_id: str) -> str:
    """Say what should move: the KPI that the idea names, else the feeling at its step."""
    known = journey.parts.kpis[journey.parts.kpis["kpi_id"] == kpi_id]
    if len(known):
        return _say_way(known.iloc[0])
    felt = journey.cells[journey.cells["lane"].eq("emotion") & journey.cells["step_id"].eq(step_id)]
    if felt.empty:
        return ""
    value = felt["value"].iloc[0]
    now = f"now {describe_feeling(value)}" if is_known(value) else "which is not known yet"
    return f"How people feel at {name_step(journey.steps, step_id)}, {now}"


def _say_way(kpi: pd.Series) -> str:
    """Say where a KPI stands and where it shall go."""
    value, target = (say_kpi(kpi[name], kpi) if is_known(kpi[name]) else "" for name in ("value", "target"))
    is_lower = kpi["direction"] == "lower"
    if not value:
        return f"{kpi['name']}, towards {target} (no figure yet)" if target else f"{kpi['name']} (no figure yet)"
    if not target:
        return f"{kpi['name']}, {'down' if is_lower else 'up'} from {value}"
    is_there = kpi["value"] <= kpi["target"] if is_lower else kpi["value"] >= kpi["target"]
    way = f"at {value} already, where {target} is wanted" if is_there else f"from {value} towards {target}"
    return f"{kpi['name']}, {way}"
