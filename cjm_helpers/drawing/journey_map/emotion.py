"""The emotion lane: the curve over its fills, means in their intervals, what was not asked, people interviewed."""

from cjm_helpers.drawing.sheet.curve import hatch
from cjm_helpers.drawing.sheet.look import (
    AXIS_GAP,
    FIRST_BASELINE,
    LEADING,
    MARK_RISE,
    MIDDLE,
    SEMIBOLD,
    SIDE,
    SMALL,
    SOLID_FROM,
)
from cjm_helpers.drawing.sheet.marks import STAR_SMALL, draw_curve, draw_mean, draw_people, draw_window, star
from cjm_helpers.drawing.sheet.typeface import measure, shorten
from cjm_helpers.drawing.sheet.words import count, count_short, sign

from .cards import Page, Plan
from .caution import LOOK, SIGN
from .earlier import paint_earlier, say_before
from .emotion_plan import EmotionPlan, Scale, place_people, plan_emotion, tone_of
from .grid import Column, Grid
from .story import Thing

AXIS = ((2, "+2 delighted"), (1, "+1 pleased"), (0, "0 neutral"), (-1, "−1 annoyed"), (-2, "−2 furious"))
HATCH_STEP = 2.4
WORDS_PAD, WORDS_HALF = 1.5, 3.0
WORDS_AT, WORDS_APART = (0, 0.5, -0.5, 1, -1, 1.5, -1.5, 2, -2), 5.6
VALUE_GAP = 1.6
STAR_AT, STAR_X, STAR_BASELINE, STAR_WIDTH, POLE_FROM = 3.5, 1.55, 4.6, 3.8, 6.0
STAR_WORDS = "moment of truth"
EMPTY_HEIGHT = 12.0
NOTE_FROM = 13.0


def plan_emotion_lane(page: Page, height: float) -> Plan:
    """Plan the lane at the height that the others leave; a small lane says so where nobody was asked."""
    title = "Emotion curve"
    if not has_emotion(page.story):
        return Plan("emotion", title, EMPTY_HEIGHT, paint_empty(page), label="Emotion")
    plan = plan_emotion(page, height)

    def paint(pen, height: float) -> None:
        paint_axis(pen, page.grid, scale=plan.scale, height=plan.height)
        _paint_curve(pen, page, plan)
        for column in page.grid.columns:
            thing = page.story.emotion(column.step_id)
            inside = pen.within(column.x, column.right, y1=height)
            people = place_people(page.story.at(column.step_id, "interview"), column, scale=plan.scale)
            for person, x, y in people:
                draw_people(inside, (x, y), people=count_people(person))
            if page.story.earlier:
                _paint_before(inside, page, column=column, y=plan.values_y + LEADING[SMALL])
            if thing.value is None:
                _paint_missing(inside, thing, column=column, plan=plan, taken=[y for *_, y in people])
            else:
                _paint_mean(inside, thing, column=column, plan=plan)
            inside.lead((column.x, 0), (column.width, height), step_id=column.step_id, lane="emotion")
        _paint_labels(pen, page, plan)

    note = "mean of answers" if plan.scale.top > NOTE_FROM else ""
    return Plan("emotion", title, height, paint, label="Emotion", note=note)


def has_emotion(story) -> bool:
    """Tell whether any answer or interview gives a feeling, on any sheet."""
    asked = any(lane == "emotion" and things[0].flag != "not asked" for (_, lane), things in story.things.items())
    return asked or "interview" in story.used


def paint_empty(page: Page):
    """Return how to say that no step has answers yet."""

    def paint(pen, height: float) -> None:
        x0, x1 = page.grid.x0, page.grid.right
        inside = pen.within(x0, x1, y1=height)
        inside.text((x0, FIRST_BASELINE), shorten("not asked: no step has answers yet", x1 - x0), tone="muted")

    return paint


def paint_axis(pen, grid: Grid, *, scale: Scale, height: float) -> None:
    """Draw the scale: a quiet line for each of its five marks, their words at the left, and the zero line."""
    labels = pen.within(SIDE, grid.x0, y1=height)
    for value, words in AXIS:
        y = scale.y(value)
        for stage in grid.stages:
            pen.line((stage.x0, y), (stage.x1, y), tone="hair", weight=0.7, depth=0.3)
        labels.text((grid.x0 - AXIS_GAP, y + MARK_RISE), words, tone="muted", anchor="end")
    pen.line((grid.x0, scale.y(0)), (grid.right, scale.y(0)), tone="ink", weight=0.9, depth=2)


def _paint_curve(pen, page: Page, plan: EmotionPlan) -> None:
    """Draw the line with its fills to zero; beside an earlier wave only what surely changed is filled."""
    scale, earlier = plan.scale, page.story.earlier
    if earlier:
        paint_earlier(pen, page.story, columns=page.grid.columns, scale=scale)
    bands = () if earlier else scale.bands(plan.height)
    for run in (run for run in plan.runs if len(run) > 1):
        draw_curve(pen, run, zero=scale.y(0), bands=bands, weight=2.2)


def count_people(thing: Thing) -> int | None:
    """Return how many people told a feeling; None where the team assumes it."""
    return thing.k or thing.n or (None if thing.grade == "D" else 1)


def _paint_missing(pen, thing: Thing, *, column: Column, plan: EmotionPlan, taken: list[float]) -> None:
    """Hatch the column and say why, at a height where no diamond stands."""
    y = plan.scale.y
    level = next((y(value) for value in WORDS_AT if all(abs(y(value) - other) >= WORDS_APART for other in taken)), y(0))
    for start, end in hatch(column.x, width=column.width, y0=y(2), y1=y(-2), step=HATCH_STEP):
        pen.line(start, end, tone="rule", weight=0.6, depth=1)
    words = say_missing(thing)
    middle, half = column.middle, measure(words) / 2 + WORDS_PAD
    pen.box((middle - half, level - WORDS_HALF), (2 * half, 2 * WORDS_HALF), fill="paper", depth=4)
    pen.text((middle, level + MARK_RISE), words, anchor="middle")
    pen.text((column.middle, plan.values_y), words, tone="muted", anchor="middle")


def say_missing(thing: Thing) -> str:
    """Return why a step has no emotion."""
    return thing.word or "too few" if thing.flag == "suppressed" else "not asked"


def _paint_mean(pen, thing: Thing, *, column: Column, plan: EmotionPlan) -> None:
    y, x = plan.scale.y, column.middle
    is_star = thing.moment_of_truth
    if thing.lo is not None and thing.hi is not None:
        draw_window(pen, x, y0=y(thing.hi), y1=y(thing.lo), is_star=is_star)
    is_solid = (thing.n or 0) >= SOLID_FROM
    draw_mean(pen, (x, y(thing.value)), tone=tone_of(thing.value), is_solid=is_solid, is_star=is_star)
    _paint_value(pen, thing, column=column, y=plan.values_y)
    if is_star:
        _paint_star_words(pen, x, width=column.width)
        if thing.value < 0:
            top = y(thing.value if thing.hi is None else thing.hi)
            pen.line((x, POLE_FROM), (x, top), tone="bar", weight=0.7, depth=2.9)


def _paint_value(pen, thing: Thing, *, column: Column, y: float) -> None:
    x, value = column.middle, sign(thing.value)
    beside = measure(value, face=SEMIBOLD) + VALUE_GAP
    answers = f"n = {count(thing.n)}" if thing.n is not None else ""
    if beside + measure(answers) > column.width:
        answers = f"n = {count_short(thing.n)}"
    half = (beside + measure(answers)) / 2
    pen.text((x - half, y), value, face=SEMIBOLD)
    pen.text((x + half, y), answers, tone="muted", anchor="end")


def _paint_before(pen, page: Page, *, column: Column, y: float) -> None:
    words = shorten(say_before(page.story.earlier, column.step_id), column.width)
    pen.text((column.middle, y), words, tone="muted", anchor="middle")


def _paint_star_words(pen, x: float, *, width: float) -> None:
    words = shorten(STAR_WORDS, width - STAR_WIDTH)
    half = (STAR_WIDTH + measure(words)) / 2
    pen.polygon(star((x - half + STAR_X, STAR_AT), STAR_SMALL), fill="ink")
    pen.text((x + half, STAR_BASELINE), words, anchor="end")


def _paint_labels(pen, page: Page, plan: EmotionPlan) -> None:
    columns = {column.step_id: column for column in page.grid.columns}
    for label in plan.labels:
        column, box = columns[label.step_id], label.box
        inside = pen.within(column.x, column.right, y1=plan.height)
        value_at, change_at = (label.middle, label.value_y), (label.middle, label.change_y)
        inside.text(value_at, label.value, size=MIDDLE, face=SEMIBOLD, tone=label.tone, anchor="middle")
        inside.text(change_at, label.change, face=SEMIBOLD, tone=label.change_tone, anchor="middle")
        for k, line in enumerate(label.lines):
            look = LOOK if line == SIGN else {}
            inside.text((label.middle, label.theme_y + k * LEADING[SMALL]), line, anchor="middle", **look)
        ground = "spot" if label.step_id == page.story.lowest else "paper"
        pen.box((box.x0, box.y0), (box.x1 - box.x0, box.y1 - box.y0), fill=ground, depth=0.4)
