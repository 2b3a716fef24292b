"""The lanes above the curve: the lens with the finding, the stages, the steps and the verbatims."""

from functools import cache

from cjm_helpers.drawing.sheet.look import (
    BIG,
    ITALIC,
    LEADING,
    MIDDLE,
    PAD,
    QUOTE_LETTERS,
    REGULAR,
    RIGHT_EDGE,
    SEMIBOLD,
    SIDE,
    SMALL,
)
from cjm_helpers.drawing.sheet.typeface import cut, is_right_to_left, measure, shorten, wrap, wrap_even

from .cards import Card, Page, Plan, Row, closing_rows, pair_row, plan_cards, quiet_row, text_row, text_rows
from .grid import STAGE_TIP
from .story import Thing

LENS = (("Persona", "persona"), ("Scenario", "scenario"), ("Goal", "goal"), ("Evidence", "evidence"))
HEADLINES_AT, FINDING_AT, CONTEXT_LEAD, LENS_LEAD = 3.0, 11.4, 6.0, 6.6
LENS_LINES, LENS_APART, LENS_BELOW = 3, 6.0, 2.8
LENS_ROUNDS = 12
WHOLE_WIDTH = RIGHT_EDGE - SIDE
STAGE_HEIGHT, STAGE_BAR, STAGE_BASELINE = 8.4, 7.6, 5.45
QUOTE_GAP = 1.2
QUOTE_ENDING = " …”"
JOURNEY_DOT = "  ·  "
WORDED_BY_TEAM = ("thought", "question")


def face_of(thing: Thing) -> str:
    """Return italic for what is assumed; joined scripts have no italic."""
    return ITALIC if thing.grade == "D" and not is_right_to_left(thing.text) else REGULAR


def plan_lens(page: Page) -> Plan:
    """Plan the finding in large type, its context, and who, when, why and on what evidence."""
    story = page.story
    finding = wrap_even(story.finding, WHOLE_WIDTH, most=2, size=BIG, face=SEMIBOLD)
    context = wrap_even(story.context, WHOLE_WIDTH, most=2, size=MIDDLE)
    blocks = _lens_blocks(page)
    y = FINDING_AT + LEADING[BIG] * max(len(finding) - 1, 0)
    below = y + (CONTEXT_LEAD + LEADING[MIDDLE] * (len(context) - 1) if context else 0) + LENS_LEAD
    deepest = max((len(lines) for *_, lines in blocks), default=0)
    height = below + LEADING[SMALL] * deepest + LENS_BELOW

    def paint(pen, height: float) -> None:
        whole = pen.within(SIDE, RIGHT_EDGE, y1=below - LEADING[SMALL])
        whole.text((SIDE, HEADLINES_AT), _name_sheet(story), face=SEMIBOLD, tone="muted")
        _paint_lines(whole, finding, at=(SIDE, FINDING_AT), size=BIG, face=SEMIBOLD)
        _paint_lines(whole, context, at=(SIDE, y + CONTEXT_LEAD), size=MIDDLE, tone="muted")
        for x0, x1, label, lines in blocks:
            block = pen.within(x0, x1, y0=below - LEADING[SMALL], y1=height)
            block.text((x0, below), label, face=SEMIBOLD)
            _paint_lines(block, lines, at=(x0, below + LEADING[SMALL]))

    return Plan("lens", "Finding, persona, scenario, goal, evidence", height, paint, rule="", is_spotted=False)


def _paint_lines(pen, lines, *, at, size=SMALL, face=REGULAR, tone="ink") -> None:
    for k, line in enumerate(lines):
        pen.text((at[0], at[1] + k * LEADING[size]), line, size=size, face=face, tone=tone)


def _name_sheet(story) -> str:
    number, count = story.sheet
    lens = story.lens
    sheet = f"sheet {number} of {count}" if count > 1 else ""
    named = ("Journey map", lens.get("persona", ""), lens.get("study", ""), lens.get("wave", ""), sheet)
    return shorten(JOURNEY_DOT.join(filter(None, named)), WHOLE_WIDTH, face=SEMIBOLD)


def read_lens(story) -> list[tuple[str, str]]:
    """Return who, when, why and on what evidence, each with its label."""
    lens = story.lens
    persona = ". ".join(filter(None, (lens.get("persona", ""), lens.get("tagline", ""))))
    texts = [(label, persona if name == "persona" else lens.get(name, "")) for label, name in LENS]
    return [(label, words) for label, words in texts if words]


def _lens_blocks(page: Page) -> list[tuple]:
    """Set the texts side by side in the fewest lines that all can share, at a column's edge where one is near."""
    texts = read_lens(page.story)
    if not texts:
        return []
    edges = tuple(column.x for column in page.grid.columns)
    starts = _lens_starts(tuple(words for _, words in texts), edges=edges)
    ends = [start - LENS_APART for start in starts[1:]] + [RIGHT_EDGE]
    return [
        (x0, x1, label, wrap_even(words, x1 - x0, most=LENS_LINES))
        for x0, x1, (label, words) in zip(starts, ends, texts, strict=True)
    ]


@cache
def _lens_starts(texts: tuple[str, ...], *, edges: tuple[float, ...]) -> list[float]:
    """Share the width out: to each text what it needs, and evenly what is left."""
    room = WHOLE_WIDTH - LENS_APART * (len(texts) - 1)
    shared = ([_least_width(words, most=most, room=room) for words in texts] for most in range(1, LENS_LINES + 1))
    needs = next((widths for widths in shared if sum(widths) <= room), [room / len(texts)] * len(texts))
    spare = (room - sum(needs)) / len(texts)
    starts = [SIDE]
    for k, need in enumerate(needs[:-1]):
        low = starts[-1] + need + LENS_APART
        high = RIGHT_EDGE - sum(needs[k + 1 :]) - LENS_APART * (len(needs) - k - 2)
        mark = min(low + spare, high)
        starts.append(min((edge for edge in edges if low <= edge <= high), key=lambda x: abs(x - mark), default=mark))
    return starts


def _least_width(words: str, *, most: int, room: float) -> float:
    """Find by bisection the least width at which the words need no more lines."""
    low, high = 0.0, room
    for _ in range(LENS_ROUNDS):
        middle = (low + high) / 2
        low, high = (low, middle) if len(wrap(words, middle)) <= most else (middle, high)
    return high


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
    """Plan what the persona does at each step; a step nobody described shows its name."""
    cards = []
    for step, column in zip(page.story.steps, page.grid.columns, strict=True):
        things = page.story.at(step.step_id, "step")
        first = things[0] if things else Thing(text=step.name)
        words = text_rows(first.text or step.name, column.text_width, most=page.room["action"], face=face_of(first))
        number = text_rows(step.step_id, column.text_width, face=SEMIBOLD)
        rows = number + words + closing_rows([], column.text_width, more=len(things) - 1)
        cards.append(Card(column.x, column.right, rows, first.grade))
    return plan_cards(cards, name="steps", title="Steps", label="Step", note="what the persona does", rule="")


def plan_quotes(page: Page) -> Plan:
    """Plan one verbatim a step, with its id."""
    cards = []
    for column in page.grid.columns:
        things = page.story.at(column.step_id, "quote")
        if not things:
            cards.append(Card(column.x, column.right, [quiet_row("no verbatim")]))
            continue
        rows = _quote_rows(things[0], column.text_width, page.room["quote"])
        cards.append(Card(column.x, column.right, rows, things[0].grade))
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


def _quote_rows(thing: Thing, width: float, most: int) -> list[Row]:
    """Set the words greedily and the id behind them, or below them where it does not fit; no more lines than most."""
    name = shorten(thing.item_id, width)
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
