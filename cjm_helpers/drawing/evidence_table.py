"""Shows what each cell of a map rests on: step by step, in full, with the ids that the map's links lead to."""

from collections.abc import Mapping
from dataclasses import replace
from html import escape

import pandas as pd

from cjm_helpers.drawing.journey_map.caution import DIFFER, is_doubted, say_agreement
from cjm_helpers.drawing.journey_map.story import Story, Thing, read_journey
from cjm_helpers.drawing.journey_map.twin import SAY, WHOLE
from cjm_helpers.drawing.sheet.words import count, name_anchor, sign
from cjm_helpers.drawing.shown import Shown
from cjm_helpers.worksheets import split_list

LANES = {
    "emotion": "Feeling", "interview": "Feeling, as told", "pain": "Pain points", "delight": "Delights",
    "quote": "In their words", "step": "What people do", "need": "Needs", "touchpoint": "Touchpoint",
    "channel": "Channels", "kpi": "KPIs", "opportunity": "Ideas", "backstage": "Behind the scenes",
    "support": "What it leans on",
}  # fmt: skip
GRADES = {
    "A": "observed and told", "B": "observed or told", "C": "few people, or interviews only",
    "D": "assumed by the team",
}  # fmt: skip
ASSUMED = "D"
THEMES = ("pain", "delight")
MOST_IDS, MOST_ANSWERS = 12, 3
ANSWERED = ("emotion", "kpi")  # rest on hundreds of answers, whose ids nobody reads one by one
MAP = "#map"  # where a report's map stands


def show_evidence(journey, *, quotes: pd.DataFrame | None = None) -> Shown:
    """Show what stands behind every cell of a map: k of n, n, interval, how it is known, quotes, and the rows' ids.

    Parameters
    ----------
    journey
        As for `draw_journey_map`, whose links lead here.
    quotes
        A quote for each theme: touchpoint_id, code_id, quote_id, text; only what may be quoted.

    Returns
    -------
    Shown
        A heading a step, its cells lane by lane; the cells fold away and open when a link leads to one of them.

    Raises
    ------
    OffScale
        A feeling lies outside -2 to 2.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> steps = pd.DataFrame({"step_id": ["1.1"], "stage": ["Buy"], "touchpoint_id": ["pay"], "name": ["Payment"]})
    >>> cells = pd.DataFrame({"step_id": ["1.1"], "lane": ["emotion"], "value": [-1.5], "n": [31], "grade": ["B"]})
    >>> journey = SimpleNamespace(
    ...     persona_id="lena", wave="w1", lens={"persona": "Lena"}, steps=steps, cells=cells, finding="", context="",
    ...     headline=[], foot="", gaps=pd.DataFrame(),
    ... )
    >>> show_evidence(journey)
    1.1 Payment
      Feeling: −1.5 (n = 31; evidence B: observed or told)
    """
    story = read_journey(journey)
    said = _read_quotes(quotes, journey.steps)
    places = _list_places(story)
    if not places:
        return Shown("<p>No step is on the map yet.</p>", "No step is on the map yet.")
    html = "\n".join(_write_step(story, place, said) for place in places)
    return Shown(f'<div class="evidence">\n{html}\n</div>', "\n".join(_write_text(story, place) for place in places))


def _read_quotes(quotes, steps: pd.DataFrame) -> dict[tuple[str, str], tuple[str, str]]:
    """The quote of each theme with its id, by step and code."""
    if quotes is None:
        return {}
    found = quotes[quotes["text"].fillna("").ne("")].merge(steps[["step_id", "touchpoint_id"]], on="touchpoint_id")
    return {(row.step_id, row.code_id): (row.text, row.quote_id) for row in found.itertuples()}


def _list_places(story: Story) -> list[tuple[str, str, str]]:
    """Each step's number, name and stage, the stage where it begins; then what stands at no step of the map."""
    places, before = [], ""
    for step in story.steps:
        places.append((step.step_id, step.name, step.stage if step.stage != before else ""))
        before = step.stage
    known = {step_id for step_id, *_ in places}
    others = dict.fromkeys(step_id for step_id, _ in story.things if step_id not in known)
    return places + [(step_id, WHOLE, "") for step_id in others]


def _write_step(story: Story, place: tuple[str, str, str], said: Mapping) -> str:
    step_id, name, stage = place
    title = escape(f"{step_id} {name}".strip())
    above = f'<p class="stage">{escape(stage)}</p>\n' if stage else ""
    lanes = [(lane, story.at(step_id, lane)) for lane in LANES]
    entries = "\n".join(_write_lane(step_id, lane, things, said) for lane, things in lanes if things)
    total = sum(len(things) for _, things in lanes)
    of_step = f'<span class="unseen"> of {title}</span>'
    fold = (
        f"<details>\n<summary>{_name_entries(total)}{of_step}</summary>\n<dl>\n{entries}\n</dl>\n"
        f'<p class="back"><a href="{MAP}">Back to the map</a></p>\n</details>\n'
    )
    return (
        f'{above}<article id="{name_anchor(step_id)}">\n<h3>{title}</h3>\n'
        f'<p class="digest">{_write_digest(story, step_id)}</p>\n{fold if total else ""}</article>'
    )


def _name_entries(total: int) -> str:
    return "The one entry" if total == 1 else f"All {total} entries"


def _write_digest(story: Story, step_id: str) -> str:
    """The step in a line: how it felt, and the first pain point or delight."""
    felt = story.emotion(step_id)
    feeling = f"Felt {sign(felt.value)}" if felt.value is not None else SAY["emotion"](felt)[0].capitalize()
    answers = f" (n = {count(felt.n)})" if felt.value is not None and felt.n is not None else ""
    named = [thing for lane in ("pain", "delight") for thing in story.at(step_id, lane) if thing.k and thing.n]
    most = max(named, key=lambda thing: thing.k, default=None)
    doubt = f" ({DIFFER})" if most and is_doubted(most) else ""
    theme = f" {count(most.k)} of {count(most.n)} who spoke name “{escape(most.text)}”{doubt}." if most else ""
    return f"{escape(feeling)}{answers}.{theme}"


def _write_lane(step_id: str, lane: str, things: tuple[Thing, ...], said: Mapping) -> str:
    entries = "".join(_write_thing(thing, said.get((step_id, thing.item_id))) for thing in things)
    return f'<div id="{name_anchor(step_id, lane)}"><dt>{LANES[lane]}</dt>{entries}</div>'


def _write_thing(thing: Thing, quote: tuple[str, str] | None) -> str:
    words, facts, rows = _say(thing)
    small = f" <small>{escape(facts)}</small>" if facts else ""
    behind = f' <small class="rows">{escape(rows)}</small>' if rows else ""
    text, quote_id = quote or ("", "")
    told = f"<blockquote>“{escape(text)}” <small>{escape(quote_id)}</small></blockquote>" if text else ""
    mark = ' class="assumed"' if thing.grade == ASSUMED else ""
    return f"<dd{mark}>{escape(words)}{small}{behind}{told}</dd>"


def _say(thing: Thing) -> tuple[str, str, str]:
    """A cell in the words of the map's table, its grade in words, and more of its ids than fit there."""
    bare = replace(thing, grade="", evidence_ids="", flag="" if thing.flag == "reportable" else thing.flag)
    words, facts = SAY[thing.lane](bare)
    read = say_agreement(thing) if thing.lane in THEMES and not is_doubted(thing) else ""
    grade = f"evidence {thing.grade}: {GRADES[thing.grade]}" if thing.grade in GRADES else ""
    return words, "; ".join(filter(None, (facts, read, grade))), _name_rows(thing)


def _name_rows(thing: Thing) -> str:
    ids = [one for one in split_list(thing.evidence_ids) if one != thing.item_id]
    most = MOST_ANSWERS if thing.lane in ANSWERED else MOST_IDS
    more = f" and {count(len(ids) - most)} more" if len(ids) > most else ""
    return f"from {', '.join(ids[:most])}{more}" if ids else ""


def _write_text(story: Story, place: tuple[str, str, str]) -> str:
    step_id, name, _ = place
    lines = [f"{step_id} {name}".strip()]
    for lane, head in LANES.items():
        told = [_say(thing) for thing in story.at(step_id, lane)]
        lines += [
            f"  {head}: {words}" + (f" ({'; '.join(filter(None, more))})" if any(more) else "") for words, *more in told
        ]
    return "\n".join(lines)
