"""The lanes above the curves: who the personas are, the steps, and who passes them."""

from cjm_helpers.drawing.journey_map.cards import APART, Card, Page, Plan, Row, plan_cards, quiet_row, text_rows
from cjm_helpers.drawing.sheet.look import LEADING, PAD, RIGHT_PAD, SEMIBOLD, SMALL
from cjm_helpers.drawing.sheet.typeface import measure, shorten, wrap_even

from .persona_marks import MARK_HALF, MARK_UP, MARK_WIDTH, MARKS_GAP, SAMPLE, draw_mark, draw_sample
from .persona_story import Comparison, Persona
from .persona_words import say_customers

SAMPLE_GAP = 1.6
MATRIX_GAP, BELOW, LISTED_LEAST = 1.2, 1.6, 27.0


def marks_row(numbers, words: str = "", *, after=()) -> Row:
    """Return a row of personas' marks, words, and marks again."""

    def draw(pen, x: float, y: float) -> None:
        for number in numbers:
            draw_mark(pen, (x + MARK_HALF, y - MARK_UP), number=number, tone="ink")
            x += MARK_WIDTH
        gap = MARKS_GAP if numbers and words else 0.0
        pen.text((x + gap, y), words)
        x += gap + measure(words) + MARKS_GAP
        for number in after:
            draw_mark(pen, (x + MARK_HALF, y - MARK_UP), number=number, tone="ink")
            x += MARK_WIDTH

    return Row(LEADING[SMALL], draw)


def plan_personas(page: Page, found: Comparison) -> Plan:
    """Plan a card a persona: mark and dash, name, customers, tagline and its own finding."""
    x0, right = page.grid.x0, page.paper.right
    each = (right - x0) / len(found.personas)
    cards = []
    for persona in found.personas:
        card = Card(x0 + persona.number * each, x0 + (persona.number + 1) * each, [])
        cards.append(card._replace(rows=_persona_rows(persona, card.width - PAD, page.room)))
    plan = plan_cards(cards, name="personas", title="Personas", label="Personas", note="")
    return plan._replace(height=plan.height + BELOW, is_spotted=False)


def _persona_rows(persona: Persona, width: float, room: dict) -> list[Row]:
    """Set mark and dash with the name, the customers beside or below it, then tagline and finding."""
    beside, customers = SAMPLE + SAMPLE_GAP, say_customers(persona)
    name = shorten(persona.name, width - beside, face=SEMIBOLD)
    customers_x = beside + measure(name, face=SEMIBOLD) + SAMPLE_GAP
    fits = customers_x + measure(customers) <= width

    def draw(pen, x: float, y: float) -> None:
        draw_sample(pen, x, y=y - MARK_UP, number=persona.number)
        pen.text((x + beside, y), name, face=SEMIBOLD)
        pen.text((x + customers_x, y), customers if fits else "", tone="muted")

    below = [] if fits else [quiet_row(customers)]
    tagline = text_rows(persona.story.lens.get("tagline", ""), width, most=room["tagline"], tone="muted")
    finding = text_rows(persona.story.finding, width, most=room["finding"])
    return [Row(LEADING[SMALL], draw), *below, *tagline, *finding]


def plan_step_names(page: Page, found: Comparison) -> Plan:
    """Plan the steps with their names; where not all personas pass, the marks of those who do."""
    cards = []
    for step, column in zip(page.story.steps, page.grid.columns, strict=True):
        rows = text_rows(step.step_id, column.text_width, face=SEMIBOLD)
        rows += text_rows(step.name, column.text_width, most=page.room["name"])
        passing = [persona.number for persona in found.personas if persona.passes(step.step_id)]
        rows += [marks_row(passing)] if len(passing) < len(found.personas) else []
        cards.append(Card(column.x, column.right, rows))
    note = "with the marks of those who pass, where not all do"
    return plan_cards(cards, name="steps", title="Steps", label="Step", note=note, rule="")


def plan_step_list(page: Page, found: Comparison, *, has_marks: bool = True) -> Plan:
    """Plan the names of the steps as a list a stage, with a mark for every persona who passes, where there is room."""
    names = {step.step_id: step.name for step in page.story.steps}
    matrix = MARK_WIDTH * len(found.personas) + MATRIX_GAP
    narrowest = min(stage.x1 - stage.x0 for stage in page.grid.stages)
    who = found.personas if has_marks and narrowest >= matrix + LISTED_LEAST else ()
    wide = matrix if who else 0.0
    cards = []
    for stage in page.grid.stages:
        room = stage.x1 - stage.x0 - PAD - RIGHT_PAD - wide
        number = max(measure(f"{column.step_id}{APART}", face=SEMIBOLD) for column in stage.columns)
        rows = [
            _listed_row(
                column.step_id, names[column.step_id], who=who, at=(wide, number, room), most=page.room["listed"]
            )
            for column in stage.columns
        ]
        cards.append(Card(stage.x0, stage.x1, rows))
    note = "and who passes it" if who else ""
    plan = plan_cards(cards, name="steps", title="Steps", label="Step", note=note, rule="")
    return plan._replace(is_spotted=False)


def _listed_row(step_id: str, name: str, *, who, at: tuple[float, float, float], most: int) -> Row:
    """Set the marks of those who pass, then number and name; at holds how wide each of the three is."""
    wide, number, room = at
    shown = shorten(step_id, room, face=SEMIBOLD)
    lines = (wrap_even(name, room - number, most=most) if number < room else []) or [""]

    def draw(pen, x: float, y: float) -> None:
        top = y - (len(lines) - 1) * LEADING[SMALL]
        for persona in who:
            if persona.passes(step_id):
                centre = (x + persona.number * MARK_WIDTH + MARK_HALF, top - MARK_UP)
                draw_mark(pen, centre, number=persona.number, tone="ink")
        pen.text((x + wide, top), shown, face=SEMIBOLD)
        for k, line in enumerate(lines):
            pen.text((x + wide + number, top + k * LEADING[SMALL]), line)

    return Row(LEADING[SMALL] * len(lines), draw)
