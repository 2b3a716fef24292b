"""The legend, which names every mark used and only those, and the foot with the sources."""

from typing import NamedTuple

from cjm_helpers.drawing.sheet.look import FIRST_BASELINE, LEADING, RIGHT_EDGE, SIDE, SMALL, SOLID_FROM
from cjm_helpers.drawing.sheet.marks import (
    draw_arrow,
    draw_backing,
    draw_delight,
    draw_level,
    draw_mean,
    draw_people,
    draw_severity,
    draw_touchpoint,
    draw_window,
    star,
)
from cjm_helpers.drawing.sheet.typeface import measure, wrap

from .cards import Page, Plan
from .emotion import count_people
from .kpis import draw_baseline, draw_benchmark

APART, BESIDE = 5.2, 1.4
ROW, ROW_UP = 5.0, 3.5
MARK_UP = 1.2
BELOW = 2.0
FOOT_FIRST, FOOT_BELOW = 4.6, 2.0
GRADES = (("A", "evidence A: seen and said"), ("B", "B or C"), ("D", "D, assumed, in italic"))
TYPES = ("digital", "human", "physical")


class Entry(NamedTuple):
    """One mark of the legend: its width, its words, and how to draw it at (x, y)."""

    width: float
    words: str
    draw: object


def list_entries(page: Page) -> list[Entry]:
    """Return the entries for the marks that the sheet uses."""
    story = page.story
    entries = [*_touchpoint_entries(story), *_emotion_entries(story), *_insight_entries(story)]
    return [*entries, *_grade_entries(story), *_kpi_entries(story)]


def _touchpoint_entries(story):
    things = story.every("touchpoint")
    for kind in TYPES:
        if any(thing.kind == kind for thing in things):
            yield Entry(4.0, kind, lambda pen, x, y, kind=kind: draw_touchpoint(pen, (x + 2, y), kind=kind, impact=1))
    if any(thing.size for thing in things):
        yield Entry(16.6, "impact 1, 2, 3", _draw_impacts)


def _draw_impacts(pen, x, y) -> None:
    for impact, at in ((1, 2.0), (2, 7.2), (3, 13.6)):
        draw_touchpoint(pen, (x + at, y), kind="digital", impact=impact)


def _emotion_entries(story):
    felt = [thing for thing in story.every("emotion") if thing.value is not None]
    if any(thing.moment_of_truth for thing in felt):
        yield Entry(3.6, "moment of truth", lambda pen, x, y: pen.polygon(star((x + 1.8, y + 0.2), 2.1), fill="ink"))
    if any((thing.n or 0) >= SOLID_FROM for thing in felt):
        yield Entry(3.4, "mean with 95 % interval, n from 30", lambda pen, x, y: _draw_mean(pen, x, y, True))
    if any((thing.n or 0) < SOLID_FROM for thing in felt):
        is_second = any((thing.n or 0) >= SOLID_FROM for thing in felt)
        words = "n 5 to 29" if is_second else "mean with 95 % interval, n 5 to 29"
        yield Entry(3.4, words, lambda pen, x, y: _draw_mean(pen, x, y, False))
    people = {count_people(thing) is not None for thing in story.every("interview") if thing.value is not None}
    if True in people:
        yield Entry(5.0, "people interviewed", lambda pen, x, y: draw_people(pen, (x + 2.5, y), people=3))
    if False in people:
        yield Entry(5.0, "assumed feeling", lambda pen, x, y: draw_people(pen, (x + 2.5, y), people=None))


def _draw_mean(pen, x, y, is_solid: bool) -> None:
    draw_window(pen, x + 1.7, y0=y - 2, y1=y + 2)
    draw_mean(pen, (x + 1.7, y), tone="ink", is_solid=is_solid)


def _insight_entries(story):
    pains = story.every("pain")
    if pains:
        yield Entry(7.6, "pain, severity 2 of 3", lambda pen, x, y: draw_severity(pen, (x, y + 1), severity=2))
    if story.every("delight"):
        yield Entry(2.2, "delight", lambda pen, x, y: draw_delight(pen, (x, y + 1)))
    if any(thing.counter for thing in [*pains, *story.every("delight")]):
        yield Entry(
            2.2, "people who felt the opposite", lambda pen, x, y: draw_delight(pen, (x, y + 1), is_counter=True)
        )


def _grade_entries(story):
    graded = ("step", "quote", "pain", "delight", "opportunity")
    used = {thing.grade for lane in graded for thing in story.every(lane)}
    for grade, words in GRADES:
        if grade in used or (grade == "B" and "C" in used):
            yield Entry(1.0, words, lambda pen, x, y, g=grade: draw_backing(pen, x + 0.2, y0=y - 2, y1=y + 2, grade=g))


def _kpi_entries(story):
    kpis = [thing for thing in story.every("kpi") if thing.value is not None]
    if any(thing.baseline is not None or thing.target is not None for thing in kpis):
        yield Entry(12.0, "KPI: before, now, target", _draw_kpi)
    if any(thing.benchmark is not None for thing in kpis):
        yield Entry(2.2, "benchmark", lambda pen, x, y: draw_benchmark(pen, (x + 1.1, y + 1)))
    if story.every("opportunity"):
        yield Entry(6.4, "low, middle, high", lambda pen, x, y: draw_level(pen, (x, y + 1), level=2))


def _draw_kpi(pen, x, y) -> None:
    pen.line((x, y), (x + 12, y), tone="bar", weight=0.8)
    draw_arrow(pen, x + 1, x1=x + 7, y=y, tone="blue")
    draw_baseline(pen, (x + 1, y))
    pen.line((x + 10, y - 1.5), (x + 10, y + 1.5), tone="ink", weight=2, depth=3)


def plan_legend(page: Page) -> Plan:
    """Plan the legend in as many rows as it needs."""
    places, x, y = [], page.grid.x0, FIRST_BASELINE
    for entry in list_entries(page):
        wide = entry.width + BESIDE + measure(entry.words)
        if x + wide > RIGHT_EDGE and x > page.grid.x0:
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
    lines = wrap(page.story.foot, RIGHT_EDGE - SIDE)

    def paint(pen, height: float) -> None:
        inside = pen.within(SIDE, RIGHT_EDGE, y1=height)
        for k, line in enumerate(lines):
            inside.text((SIDE, FOOT_FIRST + k * LEADING[SMALL]), line, tone="muted")

    height = FOOT_BELOW + LEADING[SMALL] * len(lines)
    return Plan("foot", "Sources", height, paint, is_spotted=False)
