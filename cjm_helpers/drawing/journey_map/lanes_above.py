"""The lanes above the curve: the stages, the steps and the verbatims."""

from cjm_helpers.drawing.sheet.look import (
    ITALIC,
    MIDDLE,
    PAD,
    QUOTE_LETTERS,
    REGULAR,
    SEMIBOLD,
    SMALL,
)
from cjm_helpers.drawing.sheet.typeface import cut, is_right_to_left, measure, shorten, wrap

from .cards import Card, Page, Plan, Row, pair_row, plan_cards, quiet_row, say_more, text_row, text_rows
from .caution import find_mark, sign_rows
from .grid import STAGE_TIP
from .story import Step, Thing

STAGE_HEIGHT, STAGE_BAR, STAGE_BASELINE = 8.4, 7.6, 5.45
QUOTE_GAP = 1.2
QUOTE_ENDING = " …”"
NUMBER_GAP = 1.6
DETOUR, DETOUR_FROM = "detour", 3  # told where an action may have that many lines, else counted
WORDED_BY_TEAM = ("thought", "question")


def face_of(thing: Thing) -> str:
    """Return italic for what is assumed; joined scripts have no italic."""
    return ITALIC if thing.grade == "D" and not is_right_to_left(thing.text) else REGULAR


def plan_stages(page: Page) -> Plan:
    """Plan the bars of the stages, their points showing the way of time."""

    def paint(pen, height: float) -> None:
        for stage in page.grid.stages:
            a, b = stage.x0, stage.x1
            tip, middle = b - STAGE_TIP, STAGE_BAR / 2
            pen.polygon([(a, 0), (tip, 0), (b, middle), (tip, STAGE_BAR), (a, STAGE_BAR)], fill="tint2", depth=1)
            name, size = _fit_name(stage.name, tip - a - PAD)
            pen.within(a, b, y1=height).text((a + PAD, STAGE_BASELINE), name, size=size, face=SEMIBOLD)

    return Plan("stages", "Stages", STAGE_HEIGHT, paint, rule="", is_spotted=False)


def _fit_name(name: str, width: float) -> tuple[str, int]:
    """Set a stage's name in the small size where the middle one is too wide, and cut it only then."""
    size = MIDDLE if measure(name, MIDDLE, face=SEMIBOLD) <= width else SMALL
    return shorten(name, width, size=size, face=SEMIBOLD), size


def plan_steps(page: Page) -> Plan:
    """Plan what the persona does at each step, and where many go back; a step nobody described shows its name."""
    cards = []
    for step, column in zip(page.story.steps, page.grid.columns, strict=True):
        things = page.story.at(step.step_id, "step")
        rows = _step_rows(things, step, width=column.text_width, most=page.room["action"])
        first = things[0] if things else None
        cards.append(Card(column.x, column.right, rows, first.grade if first else "", first))
    return plan_cards(cards, name="steps", title="Steps", label="Step", note="what the persona does", rule="")


def _step_rows(things, step: Step, *, width: float, most: int) -> list[Row]:
    """Set the step's number and beside it what is left out, then what is done, then where many go back."""
    told = [thing for thing in things if thing.kind != DETOUR] or [Thing(text=step.name)]
    detours = [thing for thing in things if thing.kind == DETOUR]
    shown = detours if most >= DETOUR_FROM else []
    more = say_more(len(told) - 1 + len(detours) - len(shown))
    number = shorten(step.step_id, width - (measure(more) + NUMBER_GAP if more else 0.0), face=SEMIBOLD)
    words = text_rows(told[0].text or step.name, width, most=most, face=face_of(told[0]))
    ways = [row for thing in shown for row in text_rows(thing.text, width, most=2, tone="muted")]
    return [pair_row(number, more, gap=NUMBER_GAP, face=SEMIBOLD, tone="muted"), *words, *ways]


def plan_step_names(page: Page) -> Plan:
    """Plan the number and name of each step, for a sheet that goes on where another has told what happens there."""
    cards = []
    for step, column in zip(page.story.steps, page.grid.columns, strict=True):
        number = text_rows(step.step_id, column.text_width, face=SEMIBOLD)
        cards.append(Card(column.x, column.right, number + text_rows(step.name, column.text_width, most=2)))
    return plan_cards(cards, name="steps", title="Steps", label="Step", note="", rule="")


def plan_quotes(page: Page) -> Plan:
    """Plan one verbatim a step, with its id."""
    cards = []
    for column in page.grid.columns:
        things = page.story.at(column.step_id, "quote")
        if not things:
            cards.append(Card(column.x, column.right, [quiet_row("no verbatim")]))
            continue
        sign = page.room["sign"]
        rows = _quote_rows(things[0], column.text_width, page.room["quote"], sign=sign)
        rows += sign_rows(things[0], column.text_width, room=sign)
        cards.append(Card(column.x, column.right, rows, things[0].grade, things[0]))
    return plan_cards(cards, name="quotes", title="Verbatims", label="In their words", note="one verbatim, with its id")


def say_words(thing: Thing, words: str) -> str:
    """Return what somebody said in quotation marks; what the team put into words says so instead."""
    return f"{thing.kind.capitalize()}: {words}" if thing.kind in WORDED_BY_TEAM else f"“{words}”"


def shorten_quote(words: str) -> str:
    """Return the words up to 90 letters, ended at a word."""
    if len(words) <= QUOTE_LETTERS:
        return words
    head = words[:QUOTE_LETTERS]
    return (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(" ,;:") + " …"


def _quote_rows(thing: Thing, width: float, most: int, *, sign: int) -> list[Row]:
    """Set the words greedily and the id behind them, or below them where it does not fit; no more lines than most."""
    mark = find_mark(thing, room=sign)
    name = f"{shorten(thing.item_id, width - measure(mark))}{mark}"
    lines, is_apart = _break_quote(thing, width, most=most, beside=measure(name) + QUOTE_GAP if name else 0.0)
    rows, last = [text_row(line, width=width) for line in lines[:-1]], lines[-1]
    if not name or is_apart:
        return [*rows, text_row(last, width=width), *([quiet_row(name)] if name else [])]
    return [*rows, pair_row(last, name, gap=QUOTE_GAP, tone="muted")]


def _break_quote(thing: Thing, width: float, *, most: int, beside: float) -> tuple[list[str], bool]:
    """Return the lines of a verbatim, and whether its id needs a row of its own."""
    whole = wrap(say_words(thing, shorten_quote(thing.text)), width)
    is_apart = bool(beside) and is_right_to_left(thing.text)
    most = max(most - is_apart, 1)
    lines = cut(whole, width, most=most, ending=QUOTE_ENDING)
    if is_apart or measure(lines[-1]) + beside <= width:
        return lines, is_apart
    if len(lines) < most:
        return lines, True
    *above, last = lines
    last = last.removesuffix(QUOTE_ENDING)
    (ended,) = cut([last, ""], width - beside, most=1, ending=QUOTE_ENDING)
    is_torn = last[len(ended) - len(QUOTE_ENDING) :][:1].isalnum()
    if is_torn and above:
        return cut(whole, width, most=most - 1, ending=QUOTE_ENDING), True
    return [*above, ended], False
