"""The lanes of cards on the difference map: steps, themes, ideas carried out, and what has no step."""

from cjm_helpers.drawing.journey_map.cards import Card, Page, Plan, Row, closing_rows, plan_cards, quiet_row, text_rows
from cjm_helpers.drawing.journey_map.caution import sign_rows
from cjm_helpers.drawing.journey_map.changes import Change, say_outcome, say_pair, say_verdict
from cjm_helpers.drawing.journey_map.grid import Slot, spread_cards
from cjm_helpers.drawing.journey_map.kpis import plan_kpis
from cjm_helpers.drawing.journey_map.story import Thing
from cjm_helpers.drawing.sheet.look import LEADING, REGULAR, SEMIBOLD, SMALL
from cjm_helpers.drawing.sheet.marks import triangle_down, triangle_up
from cjm_helpers.drawing.sheet.typeface import is_right_to_left, measure, wrap
from cjm_helpers.drawing.sheet.words import count

from .difference_story import Differences, Idea

BESIDE_MARK = 3.6
MARK_WEIGHT = 0.8
MISSING = "–"
TOO_FEW_SPOKE = "too few spoke to compare"
UNMOVED = {
    "no KPI": "names no KPI that should move",
    "not measured": "its KPI was measured in neither wave",
    "not between the waves": "not done between the two waves",
}
SHORT_CHANGES = {"added": "new", "renamed": "renamed", "moved stage": "moved here"}


def plan_step_names(page: Page, found: Differences) -> Plan:
    """Plan the steps with their names, and what came, was renamed or moved."""
    moved = {one.step_id: SHORT_CHANGES.get(one.change, one.change) for one in found.moves if one.step_id}
    cards = []
    for step, column in zip(page.story.steps, page.grid.columns, strict=True):
        rows = text_rows(step.step_id, column.text_width, face=SEMIBOLD)
        rows += text_rows(step.name, column.text_width, most=page.room["name"])
        news = f"{moved[step.step_id]} since {found.earlier}" if step.step_id in moved else ""
        rows += text_rows(news, column.text_width, most=2, face=SEMIBOLD) if news else []
        cards.append(Card(column.x, column.right, rows))
    return plan_cards(cards, name="steps", title="Steps", label="Step", note="", rule="")


def plan_themes(page: Page, found: Differences) -> Plan:
    """Plan the pain points and delights of each step: sure changes first, the rest counted."""
    cards = []
    for column in page.grid.columns:
        changes = found.at(column.step_id, "theme")
        sure = sum(one.is_sure for one in changes)
        shown = changes[: min(max(sure, page.room["calm"]), page.room["themes"])]
        more = [0] * (len(shown) - 1) + [len(changes) - len(shown)]
        width, lines = column.text_width, page.room["theme"]
        rows = [row for one, extra in zip(shown, more, strict=False) for row in _theme_rows(one, extra, width, lines)]
        cards.append(Card(column.x, column.right, rows or [quiet_row("none named")], about=Thing(column.step_id)))
    note = "and delights, by how many named them before and now"
    return plan_cards(cards, name="themes", title="Pain points and delights", label="Pain points", note=note)


def _theme_rows(change: Change, more: int, width: float, lines: int) -> list[Row]:
    """Set the mark with both shares, the theme, what became of it, and how many people said so."""
    if not change.id:  # it stands for all that too few said at a step
        return [*text_rows(TOO_FEW_SPOKE, width, tone="muted"), *closing_rows([], width, more=more)]
    shares = say_pair(change) or MISSING
    beside = BESIDE_MARK if change.better else 0.0
    face = SEMIBOLD if change.is_sure else REGULAR
    look = {"face": face, "tone": change.text_tone if change.is_sure else "ink"}

    def draw(pen, x, y) -> None:
        _draw_theme(pen, (x, y), change)
        pen.text((x + beside, y), shares, **look)

    return [
        Row(LEADING[SMALL], draw),
        *(text_rows(change.name, width, most=lines) if change.name else []),
        *sign_rows(change, width),
        *text_rows(say_outcome(change), width, most=3, face=face, tone=change.text_tone),
        *closing_rows(say_counts(change, width), width, more=more),
    ]


def _draw_theme(pen, point, change: Change) -> None:
    """Draw the triangle of a pain point or a delight, coloured only where its change is sure."""
    if change.better:
        shape = triangle_down if change.better == "lower" else triangle_up
        tone = change.tone
        pen.polygon(shape(*point), fill=tone, edge=tone, weight=MARK_WEIGHT)


def say_counts(change: Change, width: float) -> list[str]:
    """Return how many people of how many, before and now, in as many rows as it takes."""
    sides = ((change.before, change.n1), (change.after, change.n2))
    told = [f"{count(share * n)} of {count(n)}" for share, n in sides if share is not None and n]
    whole = " to ".join(told)
    if measure(whole) <= width:
        return [whole] if whole else []
    return [f"{told[0]} to", *told[1:]] if len(told) > 1 else wrap(whole, width)


def plan_figures(page: Page, found: Differences) -> Plan:
    """Plan the KPIs with the map's own cards: before, now, and what became of each."""
    return plan_kpis(page)._replace(note="before, now, and whether the change is sure")


def plan_ideas(page: Page, found: Differences) -> Plan:
    """Plan the ideas carried out, at the step of their KPI, with what became of it."""
    at = _ideas_at(found)
    slots = [slot for stage in page.grid.stages for slot in spread_cards(stage, at)]
    cards = [Card(slot.x0, slot.x1, _idea_rows(slot, page.room["idea"])) for slot in slots]
    note = "and what their KPI did since, which is no proof"
    return plan_cards(cards, name="ideas", title="Ideas carried out", label="Carried out", note=note)


def _ideas_at(found: Differences):
    return lambda step_id: [one for one in found.ideas if one.step_id == step_id]


def _idea_rows(slot: Slot, most: int) -> list[Row]:
    idea: Idea = slot.thing
    width = Card(slot.x0, slot.x1, []).width
    return [*idea_rows(idea, width, most=most), *closing_rows([], width, more=slot.more)]


def idea_rows(idea: Idea, width: float, *, most: int) -> list[Row]:
    """Return an idea with what became of its KPI."""
    told = text_rows(idea.statement, width, most=most)
    if not idea.moved:
        return [*told, *text_rows(UNMOVED.get(idea.verdict, idea.verdict), width, most=2, tone="muted")]
    kpi, became, tone = idea.moved.name, say_verdict(idea.moved), idea.moved.text_tone
    whole = f"{kpi}: {became}"
    lines = [kpi, became] if is_right_to_left(kpi) or measure(whole) > width else [whole]
    return [*told, *(row for line in lines for row in text_rows(line, width, most=1, tone=tone))]
