"""One small panel: a persona's curve on the scale and the steps that all panels share, its lowest step named."""

from typing import NamedTuple

from cjm_helpers.drawing.journey_map.emotion_plan import Scale, tone_of
from cjm_helpers.drawing.sheet.curve import hatch, split_runs
from cjm_helpers.drawing.sheet.look import LEADING, MARK_RISE, SEMIBOLD, SMALL, SOLID_FROM
from cjm_helpers.drawing.sheet.marks import draw_curve
from cjm_helpers.drawing.sheet.typeface import measure, shorten, wrap_even
from cjm_helpers.drawing.sheet.words import sign

from .persona_marks import DISC, draw_mark
from .persona_story import Comparison, Persona
from .persona_words import say_customers

AXIS = 8.0
AXIS_WORDS = ((2, "+2"), (0, "0"), (-2, "−2"))
STAGE_GAP, SIDE_PAD = 1.2, 1.0
NAME_BASELINE, NAME_GAP = 4.0, 1.6
LABEL_ROW, LABEL_BASELINE, NUMBERS_ROW, STAGE_ROW = 4.6, 3.5, 4.6, 5.0
NUMBER_BASELINE, STAGE_BASELINE, STAGE_PAD, STAGE_LETTERS = 3.4, 3.6, 1.0, 9
HATCH_STEP = 1.8
CURVE_WEIGHT, INTERVAL_WEIGHT, POLE_WEIGHT, HALO = 1.6, 0.8, 0.6, 1.75
LABEL_APART, CLEAR, NUMBER_APART = 1.6, 1.4, 0.6


class Panel(NamedTuple):
    """Where a panel stands on its lane: its corner and size, and how many lines its finding may have."""

    x: float
    y: float
    width: float
    height: float
    lines: int

    @property
    def chart(self) -> float:
        """Where the label row above the chart begins."""
        return self.y + NAME_BASELINE + LEADING[SMALL] * self.lines + 1.4

    @property
    def foot(self) -> float:
        """Where the numbers below the chart begin."""
        return self.y + self.height - NUMBERS_ROW - STAGE_ROW

    def body(self, pen):
        """Return a pen for what stands in the chart: its labels and the numbers of the steps."""
        return pen.within(self.x + AXIS, self.x + self.width, y0=self.chart, y1=self.foot + NUMBERS_ROW)

    @property
    def scale(self) -> Scale:
        top = self.chart + LABEL_ROW + CLEAR
        return Scale(top, (self.foot - LABEL_ROW - CLEAR - top) / 4)


class Place(NamedTuple):
    """One step's place in a panel."""

    step_id: str
    stage: str
    number: str
    x: float
    width: float

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


def place_steps(found: Comparison, panel: Panel) -> list[Place]:
    """Share a panel's width out among all steps, with a gap between stages."""
    stages = list(dict.fromkeys(step.stage for step in found.steps))
    each = (panel.width - AXIS - 2 * SIDE_PAD - STAGE_GAP * (len(stages) - 1)) / max(len(found.steps), 1)
    start = panel.x + AXIS + SIDE_PAD
    return [
        Place(step.step_id, step.stage, step.number, start + k * each + stages.index(step.stage) * STAGE_GAP, each)
        for k, step in enumerate(found.steps)
    ]


def paint_panel(pen, found: Comparison, *, persona: Persona, panel: Panel) -> None:
    """Paint a persona's name, finding, curve, and its lowest and highest step in words."""
    places = place_steps(found, panel)
    _paint_head(pen, persona, panel)
    _paint_axis(pen, persona, panel, places=places)
    _paint_feet(pen, panel, places)
    felt = [(persona.feeling(place.step_id), place) for place in places if persona.passes(place.step_id)]
    for thing, place in felt:
        if thing.value is None:
            top, low = panel.scale.y(2), panel.scale.y(-2)
            for start, end in hatch(place.x, width=place.width, y0=top, y1=low, step=HATCH_STEP):
                pen.line(start, end, tone="rule", weight=0.5, depth=0.6)
    if not any(thing.value is not None for thing, _ in felt):
        _paint_silence(pen, panel)
        return
    _paint_curve(pen, panel, felt)
    _paint_label(pen, found, panel, felt=felt, is_low=True)
    _paint_label(pen, found, panel, felt=felt, is_low=False)


def _paint_head(pen, persona: Persona, panel: Panel) -> None:
    inside = pen.within(panel.x, panel.x + panel.width, y0=panel.y, y1=panel.chart)
    customers = say_customers(persona)
    name = shorten(persona.name, panel.width - measure(customers) - NAME_GAP, face=SEMIBOLD)
    y = panel.y + NAME_BASELINE
    inside.text((panel.x, y), name, face=SEMIBOLD)
    inside.text((panel.x + panel.width, y), customers, tone="muted", anchor="end")
    for k, line in enumerate(wrap_even(persona.story.finding, panel.width, most=panel.lines)):
        inside.text((panel.x, y + (k + 1) * LEADING[SMALL]), line)


def _paint_axis(pen, persona: Persona, panel: Panel, *, places: list[Place]) -> None:
    scale, right = panel.scale, panel.x + panel.width
    labels = pen.within(panel.x, panel.x + AXIS, y0=panel.chart, y1=panel.foot)
    for value, words in AXIS_WORDS:
        labels.text((panel.x + AXIS - 1.4, scale.y(value) + MARK_RISE), words, tone="muted", anchor="end")
    for value in (2, 1, -1, -2):
        pen.line((panel.x + AXIS, scale.y(value)), (right, scale.y(value)), tone="hair", weight=0.6, depth=0.3)
    pen.line((panel.x + AXIS, scale.y(0)), (right, scale.y(0)), tone="ink", weight=0.8, depth=2)
    for place in places:
        if place.step_id == persona.story.lowest:
            pen.box((place.x, panel.chart), (place.width, panel.foot - panel.chart), fill="spot", depth=0.1)


def _paint_feet(pen, panel: Panel, places: list[Place]) -> None:
    """Paint the steps' numbers, without their stage's where they are narrow, and the stages' names below."""
    ids = [place.step_id for place in places]
    ways = (ids, [one.rpartition(".")[2] for one in ids], [""] * len(ids))
    for place, words in zip(places, next(way for way in ways if _fit(way, places)), strict=True):
        at = (place.middle, panel.foot + NUMBER_BASELINE)
        panel.body(pen).text(at, words, tone="muted", anchor="middle")
    y = panel.foot + NUMBERS_ROW
    for stage in dict.fromkeys(place.stage for place in places):
        here = [place for place in places if place.stage == stage]
        x0, x1 = here[0].x, here[-1].x + here[-1].width
        pen.box((x0, y), (x1 - x0, STAGE_ROW), fill="tint2", depth=1)
        inside = pen.within(x0, x1, y0=y, y1=y + STAGE_ROW)
        inside.text((x0 + STAGE_PAD, y + STAGE_BASELINE), _name_stage(here[0], x1 - x0 - 2 * STAGE_PAD))


def _fit(names: list[str], places: list[Place]) -> bool:
    pairs = zip(names, places, strict=True)
    return all(not name or measure(name) + NUMBER_APART <= place.width for name, place in pairs)


def _name_stage(first: Place, room: float) -> str:
    """Return a stage's number and name, cut where it is long; its number alone where too little would be left."""
    cut = shorten(f"{first.number}  {first.stage}", room)
    ways = (cut if len(cut) >= STAGE_LETTERS or not cut.endswith("…") else "", first.number)
    return next((words for words in ways if words and measure(words) <= room), "")


def _paint_silence(pen, panel: Panel) -> None:
    scale, x0 = panel.scale, panel.x + AXIS
    words = shorten("not asked: no step has answers yet", panel.width - AXIS)
    middle = (x0 + panel.x + panel.width) / 2
    half = measure(words) / 2 + 1.2
    pen.box((middle - half, scale.y(0) - 2.6), (2 * half, 5.2), fill="paper", depth=4)
    panel.body(pen).text((middle, scale.y(0) + MARK_RISE), words, tone="muted", anchor="middle")


def _paint_curve(pen, panel: Panel, felt) -> None:
    scale = panel.scale
    points = (None if thing.value is None else (place.middle, scale.y(thing.value)) for thing, place in felt)
    for run in (run for run in split_runs(points) if len(run) > 1):
        draw_curve(pen, run, zero=scale.y(0), bands=scale.bands(panel.foot), weight=CURVE_WEIGHT)
    for thing, place in felt:
        if thing.value is None:
            continue
        if thing.lo is not None and thing.hi is not None:
            ends = (place.middle, scale.y(thing.hi)), (place.middle, scale.y(thing.lo))
            pen.line(*ends, tone="bar", weight=INTERVAL_WEIGHT, depth=4.5)
        middle, is_solid = (place.middle, scale.y(thing.value)), (thing.n or 0) >= SOLID_FROM
        pen.disc(middle, HALO, fill="paper", depth=4)  # a mark has too little contrast on a fill
        draw_mark(pen, middle, number=DISC, tone=tone_of(thing.value), is_solid=is_solid)


def _paint_label(pen, found: Comparison, panel: Panel, *, felt, is_low: bool) -> None:
    """Name the lowest step below the chart, or the highest above it, with a pole to its mark."""
    rated = [(thing, place) for thing, place in felt if thing.value is not None]
    ordered = sorted(rated, key=lambda pair: pair[0].value)
    thing, place = ordered[0] if is_low else max(rated, key=lambda pair: pair[0].value)
    if not is_low and (len(rated) < 2 or thing.value == ordered[0][0].value):
        return
    name = next(step.name for step in found.steps if step.step_id == place.step_id)
    value, x0, x1 = sign(thing.value), panel.x + AXIS, panel.x + panel.width
    name = shorten(f"{place.step_id} {name}", x1 - x0 - measure(value, face=SEMIBOLD) - LABEL_APART)
    half = (measure(name) + LABEL_APART + measure(value, face=SEMIBOLD)) / 2
    x = min(max(place.middle, x0 + half), x1 - half)
    top = panel.foot - LABEL_ROW if is_low else panel.chart
    inside = panel.body(pen)
    inside.text((x - half, top + LABEL_BASELINE), name)
    inside.text(
        (x + half, top + LABEL_BASELINE), value, face=SEMIBOLD, tone=tone_of(thing.value, text=True), anchor="end"
    )
    end = thing.lo if is_low else thing.hi
    start = panel.scale.y(thing.value if end is None else end)
    pen.line(
        (place.middle, start),
        (place.middle, panel.scale.y(-2 if is_low else 2)),
        tone="bar",
        weight=POLE_WEIGHT,
        depth=1.5,
    )
