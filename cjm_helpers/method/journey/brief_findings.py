"""Findings for page one: the low point, what else troubles people, what works; without customers, what is believed."""

import pandas as pd

from cjm_helpers.method.journey.brief_words import FEW, describe_feeling, say_kpi, say_named
from cjm_helpers.method.journey.lanes import WHOLE_STAGE
from cjm_helpers.method.journey.steps import name_step
from cjm_helpers.method.words import count_things, spell_count

MOST_FINDINGS = 3
LEAST_NAMED = 2  # people; what one alone names is an anecdote
GOOD = 0.25  # from which a feeling is called good
DECIDES = " It weighs heavily in how people judge the whole journey."
WHY_UNKNOWN = {
    "suppressed": "; too few people said why",
    "not coded": "; what people said of it has not been sorted yet",
    "not asked": "; nobody has said why yet",
}  # fmt: skip
NOTHING_LISTED = "No touchpoint is listed yet, so there is no journey to show."
NOTHING_FOUND = "Nothing can be said of this journey yet: nobody has been asked, and the team has stated nothing."
TOO_FEW_HEARD = "Too few people were heard to say anything of this journey yet."
BELIEVED = "The team believes, though nobody has been asked, that"
REPORTED = "The team has seen or been told that"


def tell_findings(journey) -> list[dict]:
    """Tell up to three findings, each with its step and item: what customers say, else what the team believes."""
    worst = _tell_lowest(journey) or _tell_spoken(journey) or _tell_most_named(journey)
    told = [*worst, *_tell_trouble(journey, worst), *_tell_best(journey), *_tell_target(journey.parts.kpis)]
    told = told or _tell_beliefs(journey)
    if told:
        return told[:MOST_FINDINGS]
    is_heard = len(journey.parts.study.responses) or len(journey.parts.verbatims)
    nothing = TOO_FEW_HEARD if is_heard else NOTHING_FOUND
    return [{"sentence": nothing if len(journey.steps) else NOTHING_LISTED}]


def list_felt(journey) -> pd.DataFrame:
    """List the steps whose feeling may be shown."""
    return journey.cells[journey.cells["lane"].eq("emotion") & journey.cells["value"].notna()]


def _tell_lowest(journey) -> list[dict]:
    felt = list_felt(journey)
    if felt.empty:
        return []
    low = felt.loc[felt["value"].idxmin()]
    head = "Even the low point is" if low["value"] > GOOD else "The low point is"
    why, item_id = _say_why(journey, low["step_id"], lane="pain")
    decides = DECIDES if low["moment_of_truth"] else ""
    return [_row(low, item_id, f"{head} {_say_felt(journey, low)}{why}.{decides}")]


def _tell_spoken(journey) -> list[dict]:
    """Tell where people felt worst who spoke of it in interviews and workshops."""
    cells = journey.cells
    told = cells[cells["lane"].eq("interview") & cells["kind"].ne("feeling") & cells["value"].lt(0)]
    if told.empty:
        return []
    low = told.sort_values(["value", "k"], ascending=[True, False], kind="stable").iloc[0]
    people = "One person" if low["k"] == 1 else f"{spell_count(int(low['k'])).capitalize()} people"
    why, item_id = _say_why(journey, low["step_id"], lane="pain")
    found = f"found {name_step(journey.steps, low['step_id'])} {describe_feeling(low['value'])}"
    return [_row(low, item_id, f"{people} who told of it {found}{why}.")]


def _tell_most_named(journey) -> list[dict]:
    pains = _list_named(journey, "pain")
    if pains.empty:
        return []
    most = pains.loc[pains["k"].idxmax()]
    where = name_step(journey.steps, most["step_id"])
    return [_row(most, most["item_id"], f"What most people complain of is at {where}: {say_named(most)}.")]


def _tell_trouble(journey, worst: list[dict]) -> list[dict]:
    """Tell what else goes wrong: a moment of truth that fails, else the pain that most people name elsewhere."""
    known = pd.DataFrame(worst, columns=["step_id", "item_id"])
    felt = list_felt(journey)
    failing = felt[felt["moment_of_truth"] & felt["value"].lt(0) & ~felt["step_id"].isin(known["step_id"])]
    if len(failing):
        low = failing.loc[failing["value"].idxmin()]
        why, item_id = _say_why(journey, low["step_id"], lane="pain")
        return [_row(low, item_id, f"Much depends on {_say_felt(journey, low)}{why}.")]
    pains = _list_named(journey, "pain")
    others = pains[~pains["step_id"].isin(known["step_id"]) & ~pains["item_id"].isin(known["item_id"])]
    if others.empty:
        return []
    most = others.loc[others["k"].idxmax()]
    return [_row(most, most["item_id"], f"At {name_step(journey.steps, most['step_id'])}, {say_named(most)}.")]


def _tell_best(journey) -> list[dict]:
    """Tell the highest step if people feel good there; without ratings, what most people praise."""
    felt, delights = list_felt(journey), _list_named(journey, "delight")
    if felt.empty and len(delights):
        most = delights.loc[delights["k"].idxmax()]
        where = name_step(journey.steps, most["step_id"])
        return [_row(most, most["item_id"], f"What most people praise is at {where}: {say_named(most)}.")]
    if len(felt) < 2 or felt["value"].max() <= GOOD:
        return []
    best = felt.loc[felt["value"].idxmax()]
    why, item_id = _say_why(journey, best["step_id"], lane="delight")
    return [_row(best, item_id, f"What works best is {_say_felt(journey, best)}{why}.")]


def _tell_target(kpis: pd.DataFrame) -> list[dict]:
    """Tell the KPI that is furthest from its target, measured in the larger of value and target."""
    missed = kpis[kpis["status"] == "missed"]
    if missed.empty:
        return []
    way = missed["value"].sub(missed["target"]).abs() / missed[["value", "target"]].abs().max(axis="columns")
    kpi = missed.loc[way.idxmax()]
    value, target = (say_kpi(kpi[name], kpi) for name in ("value", "target"))
    sentence = f"Furthest from its target is “{kpi['name']}”: {value}, where {target} is wanted."
    return [{"item_id": kpi["kpi_id"], "sentence": sentence}]


def _tell_beliefs(journey) -> list[dict]:
    """Tell what the team states: the low point, what hurts most, what pleases; then whatever else hurts."""
    cells = journey.cells[journey.cells["text"].ne("")]
    felt = cells[cells["kind"].eq("feeling") & cells["value"].lt(0)].sort_values("value", kind="stable")
    pains = cells[cells["kind"].eq("pain_point")].sort_values("severity", ascending=False, kind="stable")
    delights = cells[cells["kind"].eq("delight")]
    order = [
        (felt.head(1), "the low point is"), (pains.head(1), "people struggle at"),
        (delights.head(1), "people are pleased at"), (pains[1:], "people struggle at"),
    ]  # fmt: skip
    return [_believe(journey, cell, what) for rows, what in order for cell in rows.to_dict("records")]


def _believe(journey, cell: dict, what: str) -> dict:
    text = cell["text"].removeprefix(f"{WHOLE_STAGE}: ")
    is_wide = text != cell["text"] or not cell["touchpoint_id"]
    where = f"the stage {cell['stage']}" if is_wide else name_step(journey.steps, cell["step_id"])
    head = BELIEVED if cell["grade"] == "D" else REPORTED
    return _row(cell, cell["item_id"], f"{head} {what} {where}: “{text.rstrip('. ')}”.")


def _row(cell, item_id: str, sentence: str) -> dict:
    return {"step_id": cell["step_id"], "item_id": item_id, "sentence": sentence}


def _list_named(journey, lane: str) -> pd.DataFrame:
    return journey.cells[journey.cells["lane"].eq(lane) & journey.cells["k"].ge(LEAST_NAMED)]


def _say_felt(journey, cell) -> str:
    people = count_things(cell["n"], "person", things="people")
    found = f"only {people} rated and found" if cell["n"] < FEW else f"{people} found"
    step = name_step(journey.steps, cell["step_id"])
    return f"{step}, which {found} {describe_feeling(cell['value'])} on the whole"


def _say_why(journey, step_id: str, *, lane: str) -> tuple[str, str]:
    """Say what most people name at a step, or of a low point why that is not known."""
    named = _list_named(journey, lane)
    here = named[named["step_id"] == step_id]
    if len(here):
        most = here.loc[here["k"].idxmax()]
        return f": {say_named(most)}", most["item_id"]
    flags = journey.cells.loc[journey.cells["step_id"].eq(step_id) & journey.cells["lane"].eq("pain"), "flag"]
    silent = [WHY_UNKNOWN[flag] for flag in flags if flag in WHY_UNKNOWN and lane == "pain"]
    return (silent[0] if silent else ""), ""
