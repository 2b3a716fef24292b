"""The lanes of insight: pain points and delights, and opportunities."""

from cjm_helpers.drawing.sheet.look import CARD_MOST, ITALIC, LEADING, MIDDLE, PAD, RIGHT_PAD, SEMIBOLD, SMALL
from cjm_helpers.drawing.sheet.marks import TRIANGLE_STEP, draw_delight, draw_level, draw_rank, draw_severity
from cjm_helpers.drawing.sheet.typeface import measure, shorten
from cjm_helpers.drawing.sheet.words import count

from .cards import APART, Card, Page, Plan, Row, closing_rows, plan_cards, quiet_row, say_more, text_row, text_rows
from .caution import find_mark, is_doubted, sign_rows, wrap_marked
from .grid import Slot, spread_cards
from .lanes_above import face_of
from .story import Thing

BESIDE_SEVERITY, BESIDE_DELIGHT, BESIDE_COUNTER = 3 * TRIANGLE_STEP + 1.1, 3.6, 3.4
RANK_X, LEVELS_X = 2.7, 6.7
LEVEL_GAP = 1.3
TEXT_LEAD = 4.25
UNHEARD = {"suppressed": "too few spoke", "not coded": "not coded yet", "not asked": "not asked"}
OPPOSITE = {"pain": "pleased", "delight": "not pleased"}


def plan_insights(page: Page) -> Plan:
    """Plan what hurts and what delights at each step, with the people who say so."""
    cards = []
    for column in page.grid.columns:
        things = rank_insights(page.story, column.step_id)
        if not things:
            cards.append(Card(column.x, column.right, [quiet_row(_say_none(page, column.step_id))]))
            continue
        shown = things[: page.room["themes"]]
        more = [0] * (len(shown) - 1) + [len(things) - len(shown)]
        width, most = column.text_width, page.room["theme"]
        look = {"width": width, "most": most, "sign": page.room.get("sign", 1)}
        rows = [row for pair in zip(shown, more, strict=True) for row in _insight_rows(*pair, **look)]
        cards.append(Card(column.x, column.right, rows, shown[0].grade, shown[0]))
    note = "and delights, by how many named"
    return plan_cards(cards, name="insights", title="Pain points and delights", label="Pain points", note=note)


def rank_insights(story, step_id: str) -> list[Thing]:
    """Return what most people name (where even, the pain), then the other kind's first, then the rest."""
    pains, delights = (
        [thing for thing in story.at(step_id, lane) if thing.flag not in UNHEARD] for lane in ("pain", "delight")
    )
    people = [things[0].k or 0 if things else -1 for things in (pains, delights)]
    first, second = (delights, pains) if people[1] > people[0] else (pains, delights)
    return [*first[:1], *second[:1], *first[1:], *second[1:]]


def _say_none(page: Page, step_id: str) -> str:
    flags = {thing.flag for thing in page.story.at(step_id, "pain")}
    return next((words for flag, words in UNHEARD.items() if flag in flags), "none named")


def say_people(thing: Thing) -> str:
    """Return how many people say so, or that nobody was asked."""
    if thing.k is None:
        return "assumed" if thing.grade == "D" else "named"
    return f"{count(thing.k)} of {count(thing.n)}" if thing.n else f"{count(thing.k)} people"


def _insight_rows(thing: Thing, more: int, *, width: float, most: int, sign: int) -> list[Row]:
    """Set the marks with the people beside them, or below them where their number is too long; then the words.

    Where there is no row for it, the mark that coders differ stands behind the people, or else behind the words.
    """
    is_pain, face, people, mark = thing.lane == "pain", face_of(thing), say_people(thing), find_mark(thing, room=sign)
    tone = "muted" if is_doubted(thing) else "orangetext" if is_pain else "bluetext"
    look = {"face": ITALIC if face == ITALIC else SEMIBOLD, "tone": tone}
    beside = BESIDE_SEVERITY if is_pain else BESIDE_DELIGHT
    fits, fits_marked = (beside + measure(words, face=look["face"]) <= width for words in (people, f"{people}{mark}"))
    first, mark = (f"{people}{mark}", "") if fits_marked else (people if fits else "", mark)

    def draw(pen, x, y) -> None:
        if is_pain:
            draw_severity(pen, (x, y), severity=thing.severity or 1)
        else:
            draw_delight(pen, (x, y))
        pen.text((x + beside, y), first, **look)

    below = [] if fits else text_rows(people, width, most=2, **look)
    words = [
        text_row(line, width=width, face=face) for line in wrap_marked(thing, width, most=most, mark=mark, face=face)
    ]
    told = [*words, *sign_rows(thing, width, room=sign)]
    return [Row(LEADING[SMALL], draw), *below, *told, *_last_rows(thing, more, width=width)]


def _last_rows(thing: Thing, more: int, *, width: float) -> list[Row]:
    """Say in one row who felt the opposite and what is left out; where it is narrow the mark alone says it."""
    people, felt = thing.counter, OPPOSITE[thing.lane]
    if not people:
        return closing_rows([], width, more=more)
    room = width - BESIDE_COUNTER
    ways = [APART.join(filter(None, (words, say_more(more)))) for words in (f"{people} {felt}", f"{people}")]
    words = next((words for words in ways if measure(words) <= room), ways[-1])

    def draw(pen, x, y) -> None:
        draw_delight(pen, (x, y - 0.1), is_counter=True)
        pen.text((x + BESIDE_COUNTER, y), words, tone="muted")

    return [Row(LEADING[SMALL], draw)]


def plan_opportunities(page: Page) -> Plan:
    """Plan the opportunities by rank, each with value, effort, step and owner."""
    slots, most = list_opportunities(page), page.room["idea"]
    cards = [Card(slot.x0, slot.x1, _opportunity_rows(slot, most), slot.thing.grade, slot.thing) for slot in slots]
    note = "by rank, with step and owner"
    return plan_cards(cards, name="opportunities", title="Opportunities", label="Opportunity", note=note)


def list_opportunities(page: Page) -> list[Slot]:
    """List the opportunities that find room, the first by rank at each step."""
    at, low = _opportunities_at(page), page.story.lowest
    return [slot for stage in page.grid.stages for slot in spread_cards(stage, at, stays=low)]


def _opportunities_at(page: Page):
    def at(step_id: str):
        ranked = page.story.at(step_id, "opportunity")
        return sorted(ranked, key=lambda thing: (thing.rank is None, thing.rank or 0))

    return at


def _opportunity_rows(slot: Slot, most: int) -> list[Row]:
    thing = slot.thing
    width = min(slot.x1 - slot.x0 - PAD - RIGHT_PAD, CARD_MOST)

    def draw_value(pen, x, y) -> None:
        size = MIDDLE if (thing.rank or 0) < 10 else SMALL
        draw_rank(pen, (x + RANK_X, y + 0.5), rank=thing.rank, size=size)
        _draw_level(pen, (x + LEVELS_X, y), "value", thing.size)

    def draw_effort(pen, x, y) -> None:
        _draw_level(pen, (x + LEVELS_X, y), "effort", thing.effort)

    face = face_of(thing)
    lines = wrap_marked(thing, width, most=most, mark=find_mark(thing, room=0), face=face)
    words = [text_row(line, width=width, face=face) for line in lines]
    words = [words[0]._replace(lead=TEXT_LEAD), *words[1:]] if words else []
    extra = f"{APART}{say_more(slot.more)}" if slot.more else ""
    place = shorten(APART.join(filter(None, (thing.step_id, thing.owner))), width - measure(extra))
    marks = [Row(LEADING[SMALL], draw_value), Row(LEADING[SMALL], draw_effort)]
    return [*marks, *words, *closing_rows([place], width, more=slot.more)]


def _draw_level(pen, point, name: str, level: int | None) -> None:
    pen.text(point, name, tone="muted")
    x = point[0] + max(measure("value"), measure("effort")) + LEVEL_GAP
    if level is None:
        pen.text((x, point[1]), "open", tone="muted")
    else:
        draw_level(pen, (x, point[1]), level=level)
