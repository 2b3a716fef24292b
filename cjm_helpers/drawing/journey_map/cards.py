"""Cards: stacks of rows that stand in the cells of a lane, with the line at their left edge that says the evidence."""

from collections.abc import Callable
from typing import NamedTuple

from cjm_helpers.drawing.sheet.look import FIRST_BASELINE, LEADING, PAD, REGULAR, RIGHT_PAD, SMALL
from cjm_helpers.drawing.sheet.marks import draw_backing
from cjm_helpers.drawing.sheet.paper import A3, Paper
from cjm_helpers.drawing.sheet.scene import Pen
from cjm_helpers.drawing.sheet.typeface import is_right_to_left, measure, wrap_even

from .grid import Grid
from .story import Story, Thing

BACKING_TOP, BACKING_BOTTOM = 2.2, 1.2
BELOW_LAST = 1.6
APART = "  "


class Page(NamedTuple):
    """What every lane of one sheet is drawn from: the story, the columns, the lines each text may have, the paper.

    lanes names the cells that the sheet shows, for its legend; empty means all.
    """

    story: Story
    grid: Grid
    room: dict
    paper: Paper = A3
    lanes: frozenset = frozenset()


class Plan(NamedTuple):
    """A measured lane: how high it is and how to paint it; label and note stand in the label column."""

    name: str
    title: str
    height: float
    paint: Callable[[Pen, float], None]
    label: str = ""
    note: str = ""
    rule: str = "rule"
    is_tinted: bool = False
    is_spotted: bool = True


class Row(NamedTuple):
    """One row of a card: the way down from the baseline before, and how to draw it at (x, baseline)."""

    lead: float
    draw: Callable[[Pen, float, float], None]


class Card(NamedTuple):
    """Rows in one cell from x0 to x1; grade None draws no line at the left edge; about is the first thing it shows."""

    x0: float
    x1: float
    rows: list[Row]
    grade: str | None = None
    about: Thing | None = None

    @property
    def width(self) -> float:
        return self.x1 - self.x0 - PAD - RIGHT_PAD


def text_row(words: str, *, width: float = 0.0, size: int = SMALL, face: str = REGULAR, tone: str = "ink") -> Row:
    """Return a row of one line; words written from right to left stand flush right in the width."""

    def draw(pen: Pen, x: float, y: float) -> None:
        if is_right_to_left(words):
            pen.text((x + width, y), words, size=size, face=face, tone=tone, anchor="end")
        else:
            pen.text((x, y), words, size=size, face=face, tone=tone)

    return Row(LEADING[size], draw)


def text_rows(words: str, width: float, *, most: int = 99, size: int = SMALL, face: str = REGULAR, tone: str = "ink"):
    """Return a row for each line of the wrapped words."""
    lines = wrap_even(words, width, most=most, size=size, face=face)
    return [text_row(line, size=size, width=width, face=face, tone=tone) for line in lines]


def quiet_row(words: str) -> Row:
    """Return a row that says what is missing."""
    return text_row(words, tone="muted")


def pair_row(first: str, second: str, *, gap: float = 1.6, size: int = SMALL, face: str = REGULAR, tone: str = "ink"):
    """Return a row with a first text and a small muted or coloured second one beside it."""

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.text((x, y), first, size=size, face=face)
        pen.text((x + measure(first, size, face=face) + gap, y), second, tone=tone)

    return Row(LEADING[size], draw)


def stack_height(rows: list[Row]) -> float:
    """Return how high a stack of rows is, from the lane's top to below the last row."""
    return FIRST_BASELINE - LEADING[SMALL] + sum(row.lead for row in rows) + BELOW_LAST


def say_more(count: int) -> str:
    """Count what the cell could not hold; nothing where it holds all."""
    return f"+{count} more" if count > 0 else ""


def closing_rows(lines: list[str], width: float, *, more: int) -> list[Row]:
    """Return the last, quiet rows of a card; what it could not hold is counted behind them, or below."""
    extra = say_more(more)
    if extra and lines and measure(f"{lines[-1]}{APART}{extra}") <= width and not is_right_to_left(lines[-1]):
        lines, extra = [*lines[:-1], f"{lines[-1]}{APART}{extra}"], ""
    return [text_row(line, width=width, tone="muted") for line in [*lines, extra] if line]


def plan_cards(cards: list[Card], *, name: str, title: str, label: str, note: str, rule: str = "rule") -> Plan:
    """Plan a lane of cards, as high as its fullest one."""
    height = max((stack_height(card.rows) for card in cards), default=0.0)

    def paint(pen: Pen, full: float) -> None:
        for card in cards:
            _paint_card(pen, card, full)

    return Plan(name, title, height, paint, label=label, note=note, rule=rule)


def _paint_card(pen: Pen, card: Card, height: float) -> None:
    inside = pen.within(card.x0, card.x1, y1=height)
    if card.grade is not None:
        draw_backing(inside, card.x0, y0=BACKING_TOP, y1=height - BACKING_BOTTOM, grade=card.grade)
    y = FIRST_BASELINE - LEADING[SMALL]
    for row in card.rows:
        y += row.lead
        row.draw(inside, card.x0 + PAD, y)
    if card.about:
        inside.lead((card.x0, 0), (card.x1 - card.x0, height), step_id=card.about.step_id, lane=card.about.lane)
