"""The feeling lane of the difference map: before and after at each step, with the interval of the difference."""

from cjm_helpers.drawing.journey_map.cards import Page, Plan
from cjm_helpers.drawing.journey_map.changes import TOO_FEW, Change, say_outcome, say_pair
from cjm_helpers.drawing.journey_map.earlier import DOT_BEFORE, DOT_WEIGHT, FILLS
from cjm_helpers.drawing.journey_map.emotion import AXIS, HATCH_STEP
from cjm_helpers.drawing.journey_map.emotion_plan import Scale
from cjm_helpers.drawing.journey_map.grid import Column
from cjm_helpers.drawing.sheet.curve import hatch
from cjm_helpers.drawing.sheet.look import AXIS_GAP, LEADING, MARK_RISE, REGULAR, SEMIBOLD, SIDE, SMALL
from cjm_helpers.drawing.sheet.marks import DOT, draw_window
from cjm_helpers.drawing.sheet.typeface import measure, wrap_even
from cjm_helpers.drawing.sheet.words import count, count_short, sign

from .difference_story import Differences

TOP, FIRST_WORDS, BELOW_WORDS = 8.0, 2.6, 1.6
TICK_HALF, BAR_SHARE = 6.2, 0.68
WORDS_HALF, WORDS_PAD = 3.0, 1.5
LOW, HIGH = -2.0, 2.0
ASIDE = 0.6


def plan_feelings(page: Page, found: Differences, *, scale_height: float, is_dense: bool = False) -> Plan:
    """Plan the lane: the scale from furious to delighted at a height, and the words below; dense columns have few."""
    say = _say_little if is_dense else _say_all
    said = {column.step_id: say(found, column) for column in page.grid.columns}
    words = FIRST_WORDS + LEADING[SMALL] * max([len(lines) for lines in said.values()]) + BELOW_WORDS
    scale = Scale(TOP, scale_height / 4)

    def paint(pen, height: float) -> None:
        _paint_axis(pen, page, scale=scale, height=height)
        for column in page.grid.columns:
            inside = pen.within(column.x, column.right, y1=height)
            felt = found.at(column.step_id, "feeling")
            _paint_step(inside, felt[0] if felt else None, column=column, scale=scale)
            for k, (line, face, tone) in enumerate(said[column.step_id], start=1):
                y = height - words + FIRST_WORDS + k * LEADING[SMALL]
                inside.text((column.middle, y), line, face=face, tone=tone, anchor="middle")
            inside.lead((column.x, 0), (column.width, height), step_id=column.step_id, lane="")

    return Plan("feelings", "Feeling before and now", TOP + scale_height + words, paint, label="Feeling")


def _paint_axis(pen, page: Page, *, scale: Scale, height: float) -> None:
    labels = pen.within(SIDE, page.grid.x0, y1=height)
    for value, words in AXIS:
        y = scale.y(value)
        for stage in page.grid.stages:
            tone, weight = ("ink", 0.9) if value == 0 else ("hair", 0.7)
            pen.line((stage.x0, y), (stage.x1, y), tone=tone, weight=weight, depth=0.3)
        labels.text((page.grid.x0 - AXIS_GAP, y + MARK_RISE), words, tone="muted", anchor="end")


def _paint_step(pen, change: Change | None, *, column: Column, scale: Scale) -> None:
    if change is None or (change.before is None and change.after is None):
        _paint_missing(pen, change, column=column, scale=scale)
        return
    x, half = column.middle, min(TICK_HALF, column.width / 2 - DOT_BEFORE)
    if change.verdict in FILLS and change.before is not None and change.after is not None:
        y0, y1 = sorted((scale.y(change.before), scale.y(change.after)))
        pen.box((x - half * BAR_SHARE, y0), (2 * half * BAR_SHARE, y1 - y0), fill=FILLS[change.verdict], depth=1)
    if change.before is not None:
        y = scale.y(change.before)
        pen.line((x - half, y), (x + half, y), tone="bar", weight=1.1, depth=2)
        pen.disc((x - half, y), DOT_BEFORE, fill="paper", edge="bar", weight=DOT_WEIGHT, depth=5)
    if change.after is not None:
        if change.before is not None and change.lo is not None and change.hi is not None:
            ends = (min(max(change.before + end, LOW), HIGH) for end in (change.hi, change.lo))
            y0, y1 = (scale.y(end) for end in ends)
            draw_window(pen, x, y0=y0, y1=y1)
        pen.disc((x, scale.y(change.after)), DOT, fill=change.tone, depth=5)


def _paint_missing(pen, change: Change | None, *, column: Column, scale: Scale) -> None:
    for start, end in hatch(column.x, width=column.width, y0=scale.y(HIGH), y1=scale.y(LOW), step=HATCH_STEP):
        pen.line(start, end, tone="rule", weight=0.6, depth=1)
    words = "too few" if change and change.verdict == TOO_FEW else "not asked"
    half, middle = measure(words) / 2 + WORDS_PAD, scale.y(0)
    if 2 * half > column.width:
        return
    pen.box((column.middle - half, middle - WORDS_HALF), (2 * half, 2 * WORDS_HALF), fill="paper", depth=4)
    pen.text((column.middle, middle + MARK_RISE), words, anchor="middle")


def _say_little(found: Differences, column: Column) -> list[tuple[str, str, str]]:
    """Return the size of a sure change, where the column is wide enough."""
    sure = [one for one in found.at(column.step_id, "feeling") if one.verdict in FILLS]
    words = [(sign(one.delta), SEMIBOLD, one.text_tone) for one in sure[:1] if one.delta is not None]
    return [one for one in words if measure(one[0], face=SEMIBOLD) <= column.width]


def _say_all(found: Differences, column: Column) -> list[tuple[str, str, str]]:
    """Return the lines below a step: both values, the verdict, how much could have hidden, both n."""
    felt = found.at(column.step_id, "feeling")
    if not felt:
        return []
    change, width = felt[0], column.width - 2 * ASIDE
    face = SEMIBOLD if change.is_sure else REGULAR
    lines = [(say_pair(change), face, "ink")]
    lines += [(line, face, change.text_tone) for line in wrap_even(say_outcome(change), width, face=face)]
    return [*lines, *((line, REGULAR, "muted") for line in _say_people(change, width))]


def _say_people(change: Change, width: float) -> list[str]:
    if not change.is_tested or change.n1 is None or change.n2 is None:
        return []
    ways = [f"n = {write(change.n1)}, {write(change.n2)}" for write in (count, count_short)]
    return [next((words for words in ways if measure(words) <= width), ways[-1])]
