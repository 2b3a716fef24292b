"""The lanes below the values: what surely differs, the leading pain points, and the opportunities that are shared."""

from math import inf
from typing import NamedTuple

from cjm_helpers.drawing.journey_map.cards import (
    APART,
    Card,
    Page,
    Plan,
    Row,
    closing_rows,
    plan_cards,
    quiet_row,
    text_rows,
)
from cjm_helpers.drawing.journey_map.caution import find_mark, sign_rows
from cjm_helpers.drawing.journey_map.insights import UNHEARD, say_people
from cjm_helpers.drawing.journey_map.lanes_above import face_of
from cjm_helpers.drawing.journey_map.story import Thing
from cjm_helpers.drawing.sheet.look import LEADING, SEMIBOLD, SMALL
from cjm_helpers.drawing.sheet.typeface import measure, shorten
from cjm_helpers.drawing.sheet.words import count_short

from .persona_marks import MARK_HALF, MARK_UP, MARK_WIDTH, MARKS_GAP, draw_mark
from .persona_rows import marks_row
from .persona_story import Comparison, Persona

PAIRS_APART, LONE = 2.0, 1


class Shared(NamedTuple):
    """One thing at a step and the personas who share it."""

    step_id: str
    thing: Thing
    told: tuple[tuple[Persona, Thing], ...]


def share_pains(found: Comparison, step_id: str) -> list[Shared]:
    """Return the leading pain of each persona at a step; personas with the same one share it."""
    return _share([(persona, persona.pain(step_id)) for persona in found.personas], step_id)


def share_ideas(found: Comparison, step_id: str) -> list[Shared]:
    """Return the opportunities at a step by their best rank, with the personas that they are for."""
    told = [(persona, thing) for persona in found.personas for thing in persona.story.at(step_id, "opportunity")]
    shared = _share(told, step_id)
    return sorted(shared, key=lambda one: min(thing.rank or inf for _, thing in one.told))


def _share(told, step_id: str) -> list[Shared]:
    groups: dict = {}
    for persona, thing in told:
        if thing is not None:
            groups.setdefault(thing.item_id or thing.text, []).append((persona, thing))
    return [Shared(step_id, pairs[0][1], tuple(pairs)) for pairs in groups.values()]


def _is_heard(shared: Shared) -> bool:
    """Tell whether more than one person, or the team, names a pain."""
    return sum(thing.k or LONE + 1 for _, thing in shared.told) > LONE


def _weigh(shared: Shared) -> tuple:
    """Order pains by how many personas share them, then by how many people name them."""
    return (-len(shared.told), -sum(thing.k or 0 for _, thing in shared.told))


def plan_differences(page: Page, found: Comparison) -> Plan:
    """Plan which personas surely feel worse than which, a card a step, or a stage where columns are narrow."""
    cards = []
    for x0, x1, steps in _cells(page):
        rows = [row for step_id in steps for row in _difference_rows(page, found, step_id)]
        cards.append(Card(x0, x1, rows))
    note = "sure differences only"
    plan = plan_cards(cards, name="differences", title="Sure differences", label="Feel differently", note=note)
    return plan._replace(is_spotted=not page.room["is_dense"])


def _cells(page: Page) -> list[tuple[float, float, list[str]]]:
    """Return the cells of a lane: the columns, or whole stages where the columns are narrow."""
    if not page.room["is_dense"]:
        return [(column.x, column.right, [column.step_id]) for column in page.grid.columns]
    return [(stage.x0, stage.x1, [column.step_id for column in stage.columns]) for stage in page.grid.stages]


def _difference_rows(page: Page, found: Comparison, step_id: str) -> list[Row]:
    """Say who is lower than whom in marks; personas lower than the same others share a row."""
    above: dict[int, list[int]] = {}
    for one in found.differ(step_id):
        above.setdefault(one.lower, []).append(one.higher)
    groups: dict[tuple, list[int]] = {}
    for lower, higher in sorted(above.items()):
        groups.setdefault(tuple(sorted(higher)), []).append(lower)
    rows = []
    for higher, lower in groups.items():
        row = marks_row(lower, "below", after=higher)
        rows.append(_numbered(step_id, row) if page.room["is_dense"] else row)
    return rows


def _numbered(step_id: str, row: Row) -> Row:
    beside = measure(f"{step_id}{APART}", face=SEMIBOLD)

    def draw(pen, x: float, y: float) -> None:
        pen.text((x, y), step_id, face=SEMIBOLD)
        row.draw(pen, x + beside, y)

    return Row(row.lead, draw)


def plan_pains(page: Page, found: Comparison) -> Plan:
    """Plan the leading pain point of each persona with the people who name it; a shared one stands once."""
    cards = []
    for x0, x1, steps in _cells(page):
        shared = [one for step_id in steps for one in share_pains(found, step_id)]
        card = Card(x0, x1, [])
        strongest = sorted((one for one in shared if _is_heard(one) or not page.room["is_dense"]), key=_weigh)
        shown = [one for one in shared if one in strongest[: page.room["themes"]]]
        rows = [row for one in shown for row in _pain_rows(one, card.width, page.room)]
        rows += closing_rows([], card.width, more=len(shared) - len(shown))
        cards.append(card._replace(rows=rows or [quiet_row(_say_none(found, steps))]))
    note = "the leading one of each persona, by how many named it"
    plan = plan_cards(cards, name="pains", title="Leading pain points", label="Pain points", note=note)
    return plan._replace(is_spotted=not page.room["is_dense"])


def _say_none(found: Comparison, steps: list[str]) -> str:
    flags = {thing.flag for one in found.personas for at in steps for thing in one.story.at(at, "pain")}
    return next((words for flag, words in UNHEARD.items() if flag in flags), "none named")


def _pain_rows(shared: Shared, width: float, room: dict) -> list[Row]:
    """Set the marks with k of n of each persona, as many in a row as fit, then the theme."""
    start = measure(f"{shared.step_id}{APART}", face=SEMIBOLD) if room["is_dense"] else 0.0
    beside = width - start - MARK_WIDTH - MARKS_GAP
    units = [(persona.number, _say_people_short(thing, beside)) for persona, thing in shared.told]
    rows, line, used = [], [], start
    for number, words in units:
        wide = MARK_WIDTH + MARKS_GAP + measure(words, face=SEMIBOLD) + PAIRS_APART
        if line and used + wide - PAIRS_APART > width:
            rows.append(line)
            line, used = [], start
        line.append((used, number, words))
        used += wide
    rows.append(line)
    drawn = [_people_row(line, shared.step_id if room["is_dense"] and k == 0 else "") for k, line in enumerate(rows)]
    words = text_rows(shared.thing.text, width, most=room["theme"], face=face_of(shared.thing))
    return [*drawn, *words, *sign_rows(shared.thing, width)]


def _say_people_short(thing: Thing, width: float) -> str:
    """Say how many people name a pain; large numbers in thousands where they are too long."""
    words = say_people(thing)
    if measure(words, face=SEMIBOLD) > width and thing.k and thing.n:
        words = f"{count_short(thing.k)} of {count_short(thing.n)}"
    return shorten(words, width, face=SEMIBOLD)


def _people_row(line: list, step_id: str) -> Row:
    def draw(pen, x: float, y: float) -> None:
        pen.text((x, y), step_id, face=SEMIBOLD)
        for at, number, words in line:
            draw_mark(pen, (x + at + MARK_HALF, y - MARK_UP), number=number, tone="ink")
            pen.text((x + at + MARK_WIDTH + MARKS_GAP, y), words, face=SEMIBOLD, tone="orangetext")

    return Row(LEADING[SMALL], draw)


def plan_ideas(page: Page, found: Comparison) -> Plan:
    """Plan the first opportunity of each step with the marks of the personas that it is for."""
    cards = []
    for x0, x1, steps in _cells(page):
        ideas = [one for step_id in steps for one in share_ideas(found, step_id)]
        card = Card(x0, x1, [])
        shown = ideas[: page.room["ideas"]]
        rows = [row for one in shown for row in _idea_rows(one, card.width, page.room)]
        rows += closing_rows([], card.width, more=len(ideas) - len(shown))
        cards.append(card._replace(rows=rows))
    note = "and for whom"
    plan = plan_cards(cards, name="opportunities", title="Opportunities", label="Opportunity", note=note)
    return plan._replace(is_spotted=not page.room["is_dense"])


def _idea_rows(shared: Shared, width: float, room: dict) -> list[Row]:
    row = marks_row([persona.number for persona, _ in shared.told])
    row = _numbered(shared.step_id, row) if room["is_dense"] else row
    owner = f" ({shared.thing.owner})" if shared.thing.owner else ""
    words = f"{shared.thing.text}{find_mark(shared.thing, room=0)}{owner}"
    return [row, *text_rows(words, width, most=room["idea"], face=face_of(shared.thing))]
