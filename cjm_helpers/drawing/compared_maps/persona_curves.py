"""The emotion lane of several personas: their curves on one scale, side by side in each column, named at their ends."""

from typing import NamedTuple

from cjm_helpers.drawing.journey_map.cards import Page, Plan
from cjm_helpers.drawing.journey_map.emotion import EMPTY_HEIGHT, paint_axis, paint_empty
from cjm_helpers.drawing.journey_map.emotion_plan import Scale, tone_of
from cjm_helpers.drawing.journey_map.grid import Column
from cjm_helpers.drawing.sheet.curve import bend, split_runs
from cjm_helpers.drawing.sheet.look import LEADING, MARK_RISE, SEMIBOLD, SIDE, SMALL, SOLID_FROM
from cjm_helpers.drawing.sheet.typeface import measure, wrap_even

from .persona_marks import SAMPLE, draw_mark, draw_sample, draw_way
from .persona_story import Comparison, Persona
from .persona_values import has_values

NAME_ROOM, NAME_LINES = 34.0, 3
NAME_GAP, NAME_X, LEADER = 3.0, SAMPLE + 1.4, 2.2
NAME_APART = 1.4
RAIL_TOP, RAIL_BOTTOM, NUMBERS_UP, NUMBER_APART = 7.5, 8.4, 2.0, 0.6
APART_MOST, COLUMN_SIDE = 5.2, 1.75
INTERVAL_WEIGHT, CAP = 0.9, 0.8
WORD, WORD_BASELINE = "differ", 4.4
BRACKET_WEIGHT, BRACKET_IN, BRACKET_TIP, BRACKET_ROOM = 1.0, 1.0, 1.0, 2.4


class Spot(NamedTuple):
    """Where a persona's feeling at one step stands, from the lane's top."""

    persona: Persona
    step_id: str
    x: float
    y: float


class NameBox(NamedTuple):
    """A persona's name at the end of its line: its lines from top, and the y that it would best have."""

    persona: Persona
    lines: list[str]
    wish: float
    is_joined: bool

    @property
    def height(self) -> float:
        return LEADING[SMALL] * len(self.lines) + NAME_APART


def plan_curves(page: Page, found: Comparison, *, height: float) -> Plan:
    """Plan the lane of the curves at the height that the others leave."""
    if not any(found.felt(step.step_id) for step in page.story.steps):
        return Plan("emotion", "Emotion curves", EMPTY_HEIGHT, paint_empty(page), label="Emotion")
    scale = Scale(RAIL_TOP, (height - RAIL_TOP - RAIL_BOTTOM) / 4)
    spots = place_spots(page, found, scale=scale)

    def paint(pen, height: float) -> None:
        if has_values(page):
            labels = pen.within(SIDE, page.grid.x0, y1=height)
            labels.text((SIDE, height - NUMBERS_UP), "Mean, n", face=SEMIBOLD)
        paint_axis(pen, page.grid, scale=scale, height=height)
        for persona in found.personas:
            _paint_line(pen, page, persona, spots=spots)
        for spot in spots:
            _paint_spot(pen, spot, scale)
        inside = pen.within(page.grid.x0, page.grid.right, y1=height)
        for column in page.grid.columns:
            number = name_short(column)
            inside.text((column.middle, height - NUMBERS_UP), number, face=SEMIBOLD, anchor="middle")
            if found.differ(column.step_id):
                here = [spot for spot in spots if spot.step_id == column.step_id]
                _paint_difference(inside, found, column=column, spots=here)
        _paint_names(pen, page, found, spots=spots, scale=scale, height=height)

    return Plan("emotion", "Emotion curves", height, paint, label="Emotion")


def name_short(column: Column) -> str:
    """Return a step's number; where its column is too narrow, without that of the stage."""
    short = column.step_id.rpartition(".")[2]
    return next(
        (one for one in (column.step_id, short) if measure(one, face=SEMIBOLD) + NUMBER_APART <= column.width), ""
    )


def place_spots(page: Page, found: Comparison, *, scale: Scale) -> list[Spot]:
    """Lay the personas with answers side by side within each column, in their own order."""
    spots = []
    for column in page.grid.columns:
        felt = found.felt(column.step_id)
        beside = BRACKET_ROOM if found.differ(column.step_id) else 0.0
        room = max(column.width - beside - 2 * COLUMN_SIDE, 0.0)
        apart = min(APART_MOST, room / max(len(felt) - 1, 1))
        for place, (persona, thing) in enumerate(felt):
            x = column.middle - beside / 2 + (place - (len(felt) - 1) / 2) * apart
            spots.append(Spot(persona, column.step_id, x, scale.y(thing.value)))
    return spots


def _list_runs(page: Page, persona: Persona, spots: list[Spot]) -> list[list]:
    """Return the unbroken runs of a persona's line: it stops where nobody was asked, not where it does not pass."""
    at = {spot.step_id: (spot.x, spot.y) for spot in spots if spot.persona is persona}
    return split_runs(at.get(step.step_id) for step in page.story.steps if persona.passes(step.step_id))


def _paint_line(pen, page: Page, persona: Persona, *, spots: list[Spot]) -> None:
    for run in _list_runs(page, persona, spots):
        if len(run) > 1:
            draw_way(pen, bend(run), number=persona.number)


def _paint_spot(pen, spot: Spot, scale: Scale) -> None:
    thing = spot.persona.feeling(spot.step_id)
    if thing.lo is not None and thing.hi is not None:
        ends = scale.y(thing.hi), scale.y(thing.lo)
        pen.line((spot.x, ends[0]), (spot.x, ends[1]), tone="bar", weight=INTERVAL_WEIGHT, depth=3.5)
        for y in ends:
            pen.line((spot.x - CAP, y), (spot.x + CAP, y), tone="bar", weight=INTERVAL_WEIGHT, depth=3.5)
    is_solid = (thing.n or 0) >= SOLID_FROM
    draw_mark(pen, (spot.x, spot.y), number=spot.persona.number, tone=tone_of(thing.value), is_solid=is_solid)


def _paint_difference(pen, found: Comparison, *, column: Column, spots: list[Spot]) -> None:
    """Bracket the personas who surely differ at a step, with the word above."""
    numbers = {number for pair in found.differ(column.step_id) for number in (pair.lower, pair.higher)}
    ys = [spot.y for spot in spots if spot.persona.number in numbers]
    if ys:
        x = column.right - BRACKET_IN
        pen.line((x, min(ys)), (x, max(ys)), tone="ink", weight=BRACKET_WEIGHT, depth=4)
        for y in (min(ys), max(ys)):
            pen.line((x - BRACKET_TIP, y), (x, y), tone="ink", weight=BRACKET_WEIGHT, depth=4)
    if measure(WORD, face=SEMIBOLD) <= column.width:
        pen.text((column.middle, WORD_BASELINE), WORD, face=SEMIBOLD, anchor="middle")


def _paint_names(pen, page: Page, found: Comparison, *, spots, scale: Scale, height: float) -> None:
    x = page.grid.right + NAME_GAP
    for most in range(NAME_LINES, 0, -1):
        boxes = [_name_box(page, persona, spots=spots, scale=scale, most=most) for persona in found.personas]
        if sum(box.height for box in boxes) <= height:
            break
    for top, box in spread_names(boxes, height=height):
        y = top + LEADING[SMALL] / 2 + NAME_APART / 2
        last = [spot for spot in spots if spot.persona is box.persona][-1:]
        if last and box.is_joined:
            pen.line((last[0].x + LEADER, last[0].y), (x - 0.6, y), tone="rule", weight=0.6, depth=2.5)
        draw_sample(pen, x, y=y, number=box.persona.number)
        inside = pen.within(x, page.paper.right, y0=top, y1=top + box.height)
        for k, line in enumerate(box.lines):
            tone = "muted" if k and line.startswith("no answers") else "ink"
            inside.text((x + NAME_X, y + MARK_RISE + k * LEADING[SMALL]), line, face=SEMIBOLD, tone=tone)


def _name_box(page: Page, persona: Persona, *, spots: list[Spot], scale: Scale, most: int) -> NameBox:
    width = page.paper.right - page.grid.right - NAME_GAP - NAME_X
    lines = wrap_even(persona.short, width, most=most, face=SEMIBOLD)
    last = [spot for spot in spots if spot.persona is persona][-1:]
    if not last:
        return NameBox(persona, [*lines, "no answers"], scale.y(-2), False)
    is_joined = last[0].step_id == page.grid.columns[-1].step_id
    return NameBox(persona, lines, last[0].y, is_joined)


def spread_names(boxes: list[NameBox], *, height: float) -> list[tuple[float, NameBox]]:
    """Return the top of each name: near its line's end, none upon another, all within the lane."""
    ordered = sorted(boxes, key=lambda box: (box.wish, box.persona.number))
    tops: list[float] = []
    for box in ordered:
        wish = max(box.wish - LEADING[SMALL] / 2 - NAME_APART / 2, 0.0)
        tops.append(max(wish, tops[-1] + ordered[len(tops) - 1].height) if tops else wish)
    limit = height
    for k in range(len(ordered) - 1, -1, -1):
        tops[k] = max(min(tops[k], limit - ordered[k].height), 0.0)
        limit = tops[k]
    return list(zip(tops, ordered, strict=True))
