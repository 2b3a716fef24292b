"""The legend, which names every mark used and only those, and the foot with the sources."""

from typing import NamedTuple

from cjm_helpers.drawing.sheet.curve import hatch
from cjm_helpers.drawing.sheet.look import FIRST_BASELINE, ITALIC, LEADING, SIDE, SMALL, SOLID_FROM
from cjm_helpers.drawing.sheet.marks import (
    draw_arrow,
    draw_backing,
    draw_delight,
    draw_level,
    draw_mean,
    draw_people,
    draw_rule,
    draw_severity,
    draw_touchpoint,
    draw_window,
    star,
)
from cjm_helpers.drawing.sheet.typeface import measure, wrap

from .cards import Page, Plan
from .caution import LEGEND, LOOK, MARK, is_doubted
from .earlier import list_marks
from .emotion import count_people
from .insights import list_opportunities, rank_insights
from .kpis import draw_baseline, draw_benchmark, list_kpis
from .lanes_above import face_of
from .lanes_below import SHOWN
from .stated import list_stated
from .story import STATED, Thing

APART, BESIDE = 5.2, 1.4
ROW, ROW_UP = 5.0, 3.5
MARK_UP = 1.2
HATCH = 5.0
BELOW = 2.0
FOOT_FIRST, FOOT_BELOW = 4.6, 2.0
GRADES = (("A", "evidence A: seen and said"), ("B", "B or C"), ("D", "D, assumed, in italic"))
GRADED = ("step", "quote", "need", "first insight", "opportunity", "backstage", "support")
TYPES = ("digital", "human", "physical")
LINES = (
    ("backstage", "visibility", "line of visibility"),
    ("support", "interaction", "line of internal interaction"),
)


class Entry(NamedTuple):
    """One mark of the legend: its width, its words, and how to draw it at (x, y)."""

    width: float
    words: str
    draw: object


def list_entries(page: Page) -> list[Entry]:
    """Return the entries for the marks that the sheet uses."""
    story = page.story.with_lanes(page.lanes) if page.lanes else page.story
    shown = list_shown(page._replace(story=story))
    emotion = (*_emotion_entries(shown, is_overview=story.is_overview), *_earlier_entries(page))
    cards = (
        *_insight_entries(shown),
        *_caution_entries(shown),
        *_grade_entries(shown),
        *_kpi_entries(shown),
        *_line_entries(shown),
    )
    return [*_touchpoint_entries(shown["touchpoint"]), *emotion, *cards]


def list_shown(page: Page) -> dict[str, list[Thing]]:
    """List the things of each lane that the sheet really shows; those that it only counts use no mark."""
    steps = [column.step_id for column in page.grid.columns]
    first = {"step": 1, "quote": 1, "touchpoint": SHOWN}
    cells = {
        lane: [thing for step in steps for thing in page.story.at(step, lane)[:most]] for lane, most in first.items()
    }
    insights = [rank_insights(page.story, step)[: page.room["themes"]] for step in steps]
    slots = {"kpi": list_kpis(page), "opportunity": list_opportunities(page)}
    slots |= {lane: list_stated(page, lane) for lane in STATED}
    return {
        **{lane: page.story.every(lane) for lane in ("emotion", "interview")},
        **cells,
        "insight": [thing for things in insights for thing in things],
        "labelled": [page.story.emotion(step) for step in steps if step in page.story.labelled],
        "first insight": [thing for things in insights for thing in things[:1]],
        **{lane: [slot.thing for slot in found] for lane, found in slots.items()},
    }


def _draw_hatch(pen, x, y) -> None:
    for start, end in hatch(x, width=HATCH, y0=y - 2, y1=y + 2, step=1.2):
        pen.line(start, end, tone="rule", weight=0.6)


NO_VALUE = Entry(HATCH, "not asked, or too few answers", _draw_hatch)


def _touchpoint_entries(things):
    for kind in TYPES:
        if any(thing.kind == kind for thing in things):
            yield Entry(4.0, kind, lambda pen, x, y, kind=kind: draw_touchpoint(pen, (x + 2, y), kind=kind, impact=1))
    if any(thing.size for thing in things):
        yield Entry(16.6, "impact 1, 2, 3", _draw_impacts)


def _draw_impacts(pen, x, y) -> None:
    for impact, at in ((1, 2.0), (2, 7.2), (3, 13.6)):
        draw_touchpoint(pen, (x + at, y), kind="digital", impact=impact)


def _emotion_entries(shown: dict, *, is_overview: bool):
    felt = [thing for thing in shown["emotion"] if thing.value is not None]
    if any(thing.moment_of_truth for thing in felt):
        yield Entry(3.6, "moment of truth", lambda pen, x, y: pen.polygon(star((x + 1.8, y + 0.2), 2.1), fill="ink"))
    if any((thing.n or 0) >= SOLID_FROM for thing in felt):
        yield Entry(3.4, "mean with 95 % interval, n from 30", lambda pen, x, y: _draw_mean(pen, x, y, True))
    if any((thing.n or 0) < SOLID_FROM for thing in felt):
        is_second = any((thing.n or 0) >= SOLID_FROM for thing in felt)
        words = "n below 30" if is_second else "mean with 95 % interval, n below 30"
        yield Entry(3.4, words, lambda pen, x, y: _draw_mean(pen, x, y, False))
    if is_overview and len(felt) < len(shown["emotion"]):
        yield NO_VALUE
    people = {count_people(thing) is not None for thing in shown["interview"] if thing.value is not None}
    if True in people:
        yield Entry(5.0, "people interviewed", lambda pen, x, y: draw_people(pen, (x + 2.5, y), people=3))
    if False in people:
        yield Entry(5.0, "assumed feeling", lambda pen, x, y: draw_people(pen, (x + 2.5, y), people=None))


def _earlier_entries(page: Page) -> list[Entry]:
    story = page.story
    has_curve = not page.lanes or "emotion" in page.lanes
    return [Entry(*mark) for mark in list_marks(story.earlier, story.steps)] if story.earlier and has_curve else []


def _draw_mean(pen, x, y, is_solid: bool) -> None:
    draw_window(pen, x + 1.7, y0=y - 2, y1=y + 2)
    draw_mean(pen, (x + 1.7, y), tone="ink", is_solid=is_solid)


def _insight_entries(shown: dict):
    if any(thing.lane == "pain" for thing in shown["insight"]):
        yield Entry(7.6, "pain, severity 2 of 3", lambda pen, x, y: draw_severity(pen, (x, y + 1), severity=2))
    if any(thing.lane == "delight" for thing in shown["insight"]):
        yield Entry(2.2, "delight", lambda pen, x, y: draw_delight(pen, (x, y + 1)))
    if any(thing.counter for thing in shown["insight"]):
        yield Entry(
            2.2, "people who felt the opposite", lambda pen, x, y: draw_delight(pen, (x, y + 1), is_counter=True)
        )


def _caution_entries(shown: dict):
    cells = [*shown["insight"], *shown["quote"], *shown["labelled"], *shown["opportunity"]]
    if any(is_doubted(thing) for thing in cells):
        yield caution_entry()


def caution_entry() -> Entry:
    """Return the entry of the sign that coders differ."""
    wide = measure(MARK, face=LOOK["face"])
    return Entry(wide, LEGEND, lambda pen, x, y: pen.text((x, y + MARK_UP), MARK, **LOOK))


def _grade_entries(shown: dict):
    used = {thing.grade for lane in GRADED for thing in shown[lane]}
    used |= {thing.grade for thing in shown["insight"] if face_of(thing) == ITALIC}  # also below the first of a cell
    for grade, words in GRADES:
        if grade in used or (grade == "B" and "C" in used):
            yield Entry(1.0, words, lambda pen, x, y, g=grade: draw_backing(pen, x + 0.2, y0=y - 2, y1=y + 2, grade=g))


def _kpi_entries(shown: dict):
    kpis = [thing for thing in shown["kpi"] if thing.value is not None]
    if any(thing.baseline is not None or thing.target is not None for thing in kpis):
        yield Entry(12.0, "KPI: before, now, target", _draw_kpi)
    if any(thing.benchmark is not None for thing in kpis):
        yield Entry(2.2, "benchmark", lambda pen, x, y: draw_benchmark(pen, (x + 1.1, y + 1)))
    if any(level is not None for thing in shown["opportunity"] for level in (thing.size, thing.effort)):
        yield Entry(6.4, "low, middle, high", lambda pen, x, y: draw_level(pen, (x, y + 1), level=2))


def _draw_kpi(pen, x, y) -> None:
    pen.line((x, y), (x + 12, y), tone="bar", weight=0.8)
    draw_arrow(pen, x + 1, x1=x + 7, y=y, tone="blue")
    draw_baseline(pen, (x + 1, y))
    pen.line((x + 10, y - 1.5), (x + 10, y + 1.5), tone="ink", weight=2, depth=3)


def _line_entries(shown: dict):
    for lane, kind, words in LINES:
        if shown[lane]:
            yield Entry(7.0, words, lambda pen, x, y, kind=kind: draw_rule(pen, (x, y), x1=x + 7.0, kind=kind))


def plan_legend(page: Page) -> Plan:
    """Plan the legend of the marks that the sheet uses."""
    return plan_entries(page, list_entries(page))


def plan_entries(page: Page, entries) -> Plan:
    """Plan a legend of any entries in as many rows as it needs."""
    places, x, y = [], page.grid.x0, FIRST_BASELINE
    for entry in entries:
        wide = entry.width + BESIDE + measure(entry.words)
        if x + wide > page.paper.right and x > page.grid.x0:
            x, y = page.grid.x0, y + ROW
        places.append((x, y, entry))
        x += wide + APART

    def paint(pen, height: float) -> None:
        for x, y, entry in places:
            words_x = x + entry.width + BESIDE
            inside = pen.within(x, words_x + measure(entry.words) + BESIDE, y0=y - ROW_UP, y1=y + ROW - ROW_UP)
            entry.draw(inside, x, y - MARK_UP)
            inside.text((words_x, y), entry.words)

    return Plan("legend", "Legend", y + BELOW, paint, label="Legend", rule="strong", is_spotted=False)


def plan_foot(page: Page) -> Plan:
    """Plan the sources below all."""
    lines = wrap(page.story.foot, page.paper.right - SIDE)

    def paint(pen, height: float) -> None:
        inside = pen.within(SIDE, page.paper.right, y1=height)
        for k, line in enumerate(lines):
            inside.text((SIDE, FOOT_FIRST + k * LEADING[SMALL]), line, tone="muted")

    height = FOOT_BELOW + LEADING[SMALL] * len(lines)
    return Plan("foot", "Sources", height, paint, is_spotted=False)
