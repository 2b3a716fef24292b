"""The lens at the top of a sheet: the finding, its context, and who, when, why and on what evidence."""

from functools import cache

from cjm_helpers.drawing.sheet.look import BIG, LEADING, MIDDLE, REGULAR, SEMIBOLD, SIDE, SMALL
from cjm_helpers.drawing.sheet.typeface import shorten, wrap, wrap_even

from .cards import Page, Plan

LENS = (
    ("Persona", "persona"), ("Scenario", "scenario"), ("Goal", "goal"), ("Evidence", "evidence"),
    ("Waves", "waves"), ("Tests", "tests"), ("How to read", "reading"),
)  # fmt: skip
HEADLINES_AT, FINDING_AT, CONTEXT_LEAD, LENS_LEAD = 3.0, 11.4, 6.0, 6.6
LENS_LINES, LENS_APART, LENS_BELOW = 3, 6.0, 2.8
LENS_ROUNDS = 12
JOURNEY_DOT = "  ·  "
TITLE = "Finding, persona, scenario, goal, evidence"
SHORT_AT, SHORT_BELOW = 9.6, 4.2


def plan_lens(page: Page) -> Plan:
    """Plan the finding in large type, its context, and who, when, why and on what evidence."""
    story = page.story
    right, wide = page.paper.right, page.paper.right - SIDE
    finding = wrap_even(story.finding, wide, most=2, size=BIG, face=SEMIBOLD)
    context = wrap_even(story.context, wide, most=2, size=MIDDLE)
    blocks = _lens_blocks(page)
    y = FINDING_AT + LEADING[BIG] * max(len(finding) - 1, 0)
    below = y + (CONTEXT_LEAD + LEADING[MIDDLE] * (len(context) - 1) if context else 0) + LENS_LEAD
    deepest = max((len(lines) for *_, lines in blocks), default=0)
    height = below + LEADING[SMALL] * deepest + LENS_BELOW

    def paint(pen, height: float) -> None:
        whole = pen.within(SIDE, right, y1=below - LEADING[SMALL])
        whole.text((SIDE, HEADLINES_AT), _name_sheet(page), face=SEMIBOLD, tone="muted")
        _paint_lines(whole, finding, at=(SIDE, FINDING_AT), size=BIG, face=SEMIBOLD)
        _paint_lines(whole, context, at=(SIDE, y + CONTEXT_LEAD), size=MIDDLE, tone="muted")
        for x0, x1, label, lines in blocks:
            block = pen.within(x0, x1, y0=below - LEADING[SMALL], y1=height)
            block.text((x0, below), label, face=SEMIBOLD)
            _paint_lines(block, lines, at=(x0, below + LEADING[SMALL]))

    return Plan("lens", TITLE, height, paint, rule="", is_spotted=False)


def plan_short_lens(page: Page) -> Plan:
    """Plan the head of a further sheet: whose journey it is, and the finding once more in a smaller type."""
    right = page.paper.right
    finding = wrap_even(page.story.finding, right - SIDE, most=2, size=MIDDLE, face=SEMIBOLD)
    height = SHORT_AT + LEADING[MIDDLE] * max(len(finding) - 1, 0) + SHORT_BELOW

    def paint(pen, height: float) -> None:
        whole = pen.within(SIDE, right, y1=height)
        whole.text((SIDE, HEADLINES_AT), _name_sheet(page), face=SEMIBOLD, tone="muted")
        _paint_lines(whole, finding, at=(SIDE, SHORT_AT), size=MIDDLE, face=SEMIBOLD)

    return Plan("lens", TITLE, height, paint, rule="", is_spotted=False)


def _paint_lines(pen, lines, *, at, size=SMALL, face=REGULAR, tone="ink") -> None:
    for k, line in enumerate(lines):
        pen.text((at[0], at[1] + k * LEADING[size]), line, size=size, face=face, tone=tone)


def _name_sheet(page: Page) -> str:
    lens, (number, count) = page.story.lens, page.story.sheet
    sheet = f"sheet {number} of {count}" if count > 1 else ""
    named = (page.story.kind, lens.get("persona", ""), lens.get("study", ""), lens.get("wave", ""), sheet)
    named = (*named, page.story.sheet_name)
    return shorten(JOURNEY_DOT.join(filter(None, named)), page.paper.right - SIDE, face=SEMIBOLD)


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
    right, most = page.paper.right, page.room.get("lens", LENS_LINES)
    starts = _lens_starts(tuple(words for _, words in texts), edges=edges, right=right, lines=most)
    ends = [start - LENS_APART for start in starts[1:]] + [right]
    return [
        (x0, x1, label, wrap_even(words, x1 - x0, most=most))
        for x0, x1, (label, words) in zip(starts, ends, texts, strict=True)
    ]


@cache
def _lens_starts(texts: tuple[str, ...], *, edges: tuple[float, ...], right: float, lines: int) -> list[float]:
    """Share the width out: to each text what it needs, and evenly what is left."""
    room = right - SIDE - LENS_APART * (len(texts) - 1)
    shared = ([_least_width(words, most=most, room=room) for words in texts] for most in range(1, lines + 1))
    needs = next((widths for widths in shared if sum(widths) <= room), [room / len(texts)] * len(texts))
    spare = (room - sum(needs)) / len(texts)
    starts = [SIDE]
    for k, need in enumerate(needs[:-1]):
        low = starts[-1] + need + LENS_APART
        high = right - sum(needs[k + 1 :]) - LENS_APART * (len(needs) - k - 2)
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
