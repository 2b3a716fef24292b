"""The table under the curves: what each persona feels at each step, with n, and in words why a value is missing."""

from cjm_helpers.drawing.journey_map.cards import Page, Plan
from cjm_helpers.drawing.journey_map.emotion import say_missing
from cjm_helpers.drawing.journey_map.grid import Column
from cjm_helpers.drawing.sheet.look import LEADING, REGULAR, SEMIBOLD, SIDE, SMALL
from cjm_helpers.drawing.sheet.typeface import measure, wrap_even
from cjm_helpers.drawing.sheet.words import count, count_short, sign

from .persona_marks import MARK_HALF, MARK_UP, MARK_WIDTH, MARKS_GAP, draw_mark
from .persona_story import Comparison, Persona

VALUE_GAP = 1.4
VALUES_LEAST = 6.6  # narrower columns hold no value; the sheets of the stages do
FIRST_ROW, ABOVE_BASELINE, BELOW = 0.6, 0.9, 1.6
ROW_APART = {1: 0.2, 2: 0.6}
NO_PASS = "–"
LOW_LOOK = {"face": SEMIBOLD, "tone": "orangetext"}
LABEL_APART = 1.0


def has_values(page: Page) -> bool:
    """Tell whether the columns of a sheet are wide enough for values."""
    return min(column.width for column in page.grid.columns) >= VALUES_LEAST


def plan_values(page: Page, found: Comparison) -> Plan:
    """Plan a row a persona with value and n at every step; in narrow columns n stands below its value."""
    cells = [(persona, column) for persona in found.personas for column in page.grid.columns]
    lines = 1 if all(_fits(*cell) for cell in cells) else 2
    has_room = all(measure(say_value(one, at.step_id)[1]) + VALUE_GAP <= at.width for one, at in cells)
    row = LEADING[SMALL] * lines + ROW_APART[lines]
    height = FIRST_ROW + row * len(found.personas) + BELOW

    def paint(pen, height: float) -> None:
        label = pen.within(SIDE, page.grid.x0, y1=height)
        for persona in found.personas:
            top = FIRST_ROW + persona.number * row
            _paint_name(label, page, persona, y=top + LEADING[SMALL] - ABOVE_BASELINE, lines=lines)
            if persona.number:
                pen.line((SIDE, top), (page.grid.right, top), tone="hair", weight=0.5, depth=1)
        for column in page.grid.columns:
            inside = pen.within(column.x, column.right, y1=height)
            for persona in found.personas:
                y = FIRST_ROW + persona.number * row + LEADING[SMALL] - ABOVE_BASELINE
                if lines == 1:
                    _paint_beside(inside, persona, column=column, y=y)
                else:
                    _paint_below(inside, persona, column=column, y=y, has_room=has_room)

    return Plan("values", "Values", height, paint)


def _paint_name(label, page: Page, persona: Persona, *, y: float, lines: int) -> None:
    draw_mark(label, (SIDE + MARK_HALF, y - MARK_UP), number=persona.number, tone="ink")
    x = SIDE + MARK_WIDTH + MARKS_GAP
    for k, line in enumerate(wrap_even(persona.short, page.grid.x0 - x - LABEL_APART, most=lines)):
        label.text((x, y + k * LEADING[SMALL]), line)


def say_value(persona: Persona, step_id: str) -> tuple[str, str]:
    """Return the value and its n, or in words why there is none; a dash where the persona does not pass."""
    if not persona.passes(step_id):
        return NO_PASS, ""
    thing = persona.feeling(step_id)
    if thing.value is None:
        return say_missing(thing), ""
    return sign(thing.value), f"n = {count(thing.n or 0)}"


def _fits(persona: Persona, column: Column) -> bool:
    value, answers = say_value(persona, column.step_id)
    return measure(value, face=SEMIBOLD) + VALUE_GAP + measure(answers) <= column.width


def _look_of(persona: Persona, step_id: str) -> dict:
    return LOW_LOOK if persona.story.lowest == step_id else {"face": REGULAR, "tone": "ink"}


def _paint_beside(pen, persona: Persona, *, column: Column, y: float) -> None:
    """Write the value with its n beside it."""
    (value, answers), look = say_value(persona, column.step_id), _look_of(persona, column.step_id)
    if not answers:
        _paint_missing(pen, value, column=column, y=y)
        return
    half = (measure(value, face=look["face"]) + VALUE_GAP + measure(answers)) / 2
    pen.text((column.middle - half, y), value, **look)
    pen.text((column.middle + half, y), answers, tone="muted", anchor="end")


def _paint_below(pen, persona: Persona, *, column: Column, y: float, has_room: bool) -> None:
    """Write the value with its n below it, the bare number where the sheet's columns have no room for more."""
    value, answers = say_value(persona, column.step_id)
    if not answers:
        _paint_missing(pen, value, column=column, y=y)
        return
    n = persona.feeling(column.step_id).n or 0
    ways = (answers if has_room else count(n), count_short(n), "")
    below = next(words for words in ways if measure(words) <= column.width)
    shown = value if measure(value, face=SEMIBOLD) <= column.width else ""
    pen.text((column.middle, y), shown, anchor="middle", **_look_of(persona, column.step_id))
    pen.text((column.middle, y + LEADING[SMALL]), below, tone="muted", anchor="middle")


def _paint_missing(pen, words: str, *, column: Column, y: float) -> None:
    """Write why there is no value, in two lines where one is too long; in the narrowest columns nothing fits."""
    first, _, rest = words.partition(" ")
    lines = [words] if measure(words) + VALUE_GAP <= column.width else [first, rest]
    for k, line in enumerate(lines):
        shown = line if measure(line) <= column.width else ""
        pen.text((column.middle, y + k * LEADING[SMALL]), shown, tone="muted", anchor="middle")
