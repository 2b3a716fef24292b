"""The small map: the emotion curve alone, on one scale for all, so that personas can be laid side by side."""

from itertools import pairwise

from cjm_helpers.drawing.sheet.curve import split_runs
from cjm_helpers.drawing.sheet.look import SEMIBOLD, SOLID_FROM
from cjm_helpers.drawing.sheet.marks import draw_curve, draw_mean
from cjm_helpers.drawing.sheet.scene import Cell, Lane, Pen, Sheet
from cjm_helpers.drawing.sheet.typeface import measure
from cjm_helpers.drawing.sheet.words import sign

from .emotion_plan import tone_of
from .story import Story

PIXEL = 25.4 / 96
WIDTH_PIXELS, HEIGHT_PIXELS = 300, 80
WIDTH, HEIGHT = WIDTH_PIXELS * PIXEL, HEIGHT_PIXELS * PIXEL
LEFT, RIGHT = 1.5, 1.5
MIDDLE_Y, UNIT = HEIGHT / 2, 3.0
LABEL_AT = 2.2
LINE_WEIGHT, HALO = 1.5, 1.7


def lay_small_map(story: Story) -> Sheet:
    """Lay the small curve out; missing steps break the line, the lowest and the highest step are labelled."""
    items: list = []
    pen = Pen(items, top=0.0, cell=Cell(0.0, 0.0, WIDTH, HEIGHT))
    places = _places(story)
    _paint_axis(pen, story, places)
    _paint_curve(pen, story, places)
    _paint_labels(pen, story, places)
    lane = Lane("curve", "Emotion curve", tuple(sorted(items, key=lambda item: item.depth)))
    return Sheet(WIDTH, HEIGHT, (lane,))


def _y(value: float) -> float:
    return MIDDLE_Y - value * UNIT


def _places(story: Story) -> dict[str, float]:
    """Give every step of the study its place, so that a step stands at the same place in the map of every persona."""
    each = (WIDTH - LEFT - RIGHT) / max(len(story.all_steps), 1)
    return {step.step_id: LEFT + (k + 0.5) * each for k, step in enumerate(story.all_steps)}


def _paint_axis(pen, story: Story, places: dict) -> None:
    for value in (2, -2):
        pen.line((LEFT, _y(value)), (WIDTH - RIGHT, _y(value)), tone="hair", weight=0.5, depth=0.3)
    pen.line((LEFT, _y(0)), (WIDTH - RIGHT, _y(0)), tone="bar", weight=0.6, depth=1)
    for before, after in pairwise(story.all_steps):
        if before.stage != after.stage:
            x = (places[before.step_id] + places[after.step_id]) / 2
            pen.line((x, _y(2)), (x, _y(-2)), tone="rule", weight=0.5, depth=0.4)


def _paint_curve(pen, story: Story, places: dict) -> None:
    felt = [(story.emotion(step.step_id), places[step.step_id]) for step in story.steps]
    bands = (("bluefill2", 0.0, _y(0)), ("orangefill2", _y(0), HEIGHT))
    runs = split_runs(None if thing.value is None else (x, _y(thing.value)) for thing, x in felt)
    for run in (run for run in runs if len(run) > 1):
        draw_curve(pen, run, zero=_y(0), bands=bands, weight=LINE_WEIGHT)
    for thing, x in felt:
        if thing.value is not None:
            is_solid = (thing.n or 0) >= SOLID_FROM
            pen.disc((x, _y(thing.value)), HALO, fill="paper", depth=4)  # a mark has too little contrast on a fill
            draw_mean(pen, (x, _y(thing.value)), tone=tone_of(thing.value), is_solid=is_solid)


def _paint_labels(pen, story: Story, places: dict) -> None:
    ends = dict.fromkeys([*story.labelled[:1], *story.labelled[-1:]])
    named = [story.emotion(step_id) for step_id in ends]
    if not named:
        pen.text((WIDTH / 2, _y(0) - LABEL_AT), "not asked", tone="muted", anchor="middle")
    for thing in named:
        words = f"{thing.step_id}  {sign(thing.value)}"
        half = measure(words, face=SEMIBOLD) / 2
        x = min(max(places[thing.step_id], half), WIDTH - half)
        is_low = thing.step_id == story.lowest and len(named) > 1 or thing.value < 0
        y = HEIGHT - 0.8 if is_low else 2.6
        pen.text((x, y), words, face=SEMIBOLD, tone=tone_of(thing.value, text=True), anchor="middle")
