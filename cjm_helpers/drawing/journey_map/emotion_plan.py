"""Where the emotion lane's marks and labels stand: the scale gives way to labels, down to its least height."""

from dataclasses import dataclass

from cjm_helpers.drawing.sheet.curve import reach
from cjm_helpers.drawing.sheet.look import LEADING, MIDDLE, NEAR_ZERO, REGULAR, SEMIBOLD, SMALL
from cjm_helpers.drawing.sheet.marks import DIAMOND, DOT, STAR
from cjm_helpers.drawing.sheet.scene import Cell
from cjm_helpers.drawing.sheet.typeface import measure, wrap_even
from cjm_helpers.drawing.sheet.words import sign

from .cards import Page
from .caution import MARK, SIGN, fit_sign, is_doubted, wrap_marked
from .changes import say_verdict
from .earlier import DOT_BEFORE, draw_runs, trace
from .grid import Column
from .story import Thing

UNIT_LEAST = 7.5
VALUES_ROW, VALUES_UP = 5.4, 3.4
RAIL_TOP, RAIL_BOTTOM = 8.0, 3.0
PEOPLE_X, PEOPLE_WIDTH, PEOPLE_NEXT, PEOPLE_APART = 3.2, 6.6, 5.4, 0.3
LABEL_SIDE, LABEL_LINES, LEAST_LINES = 1.2, 3, 2  # a theme cut to one line says less than none
VALUE_ASCENT, VALUE_TO_THEME = 3.8, 4.4
LABEL_GAP, LABEL_END = 1.4, 1.0
ROUNDS, NEAR_END = 30, 0.5


@dataclass(frozen=True)
class Scale:
    """The axis from +2 at y = top down to -2, one unit high each."""

    top: float
    unit: float

    def y(self, value: float) -> float:
        """Return where a feeling stands, from the lane's top."""
        return self.top + (2 - value) * self.unit

    def bands(self, bottom: float) -> tuple[tuple[str, float, float], ...]:
        """Return the fills of the curve with their upper and lower ends: two depths on each side of zero."""
        y = self.y
        return (
            ("bluefill2", 0.0, y(1)), ("bluefill", y(1), y(0)), ("orangefill", y(0), y(-1)),
            ("orangefill2", y(-1), bottom),
        )  # fmt: skip


@dataclass(frozen=True)
class Label:
    """A value in large type, its theme and how it changed, in a box beside the point; some have only the last."""

    step_id: str
    middle: float
    value: str
    tone: str
    lines: tuple[str, ...]
    box: Cell
    change: str = ""
    change_tone: str = ""

    @property
    def value_y(self) -> float:
        return self.box.y0 + VALUE_ASCENT

    @property
    def theme_y(self) -> float:
        return self.value_y + VALUE_TO_THEME

    @property
    def change_y(self) -> float:
        return self.box.y1 - LABEL_END


@dataclass(frozen=True)
class EmotionPlan:
    """Everything that the emotion lane draws, in millimetres from its top."""

    height: float
    scale: Scale
    runs: tuple
    labels: tuple[Label, ...]
    foot: float = 0.0

    @property
    def values_y(self) -> float:
        """The baseline of the values at the lane's foot; those of the wave before stand a line below."""
        return self.height - self.foot + VALUES_UP


def tone_of(value: float, *, text: bool = False) -> str:
    """Return the role of colour that a feeling's sign has."""
    if value > NEAR_ZERO:
        return "bluetext" if text else "blue"
    if value < -NEAR_ZERO:
        return "orangetext" if text else "orange"
    return "ink" if text else "bar"


def place_people(things, column: Column, *, scale: Scale) -> list[tuple[Thing, float, float]]:
    """Place the feelings of interviews: along the column's left edge, those too near to another along the right one."""
    rows: list[list[float]] = []
    placed = []
    for thing in (thing for thing in things if thing.value is not None):
        y = scale.y(thing.value)
        free = (k for k, row in enumerate(rows) if all(abs(y - other) >= 2 * DIAMOND + PEOPLE_APART for other in row))
        k = next(free, len(rows))
        rows = rows if k < len(rows) else [*rows, []]
        rows[k].append(y)
        inset = PEOPLE_X + k // 2 * PEOPLE_NEXT
        placed.append((thing, column.right - inset if k % 2 else column.x + inset, y))
    return placed


def _beside_people(page: Page, column: Column, scale: Scale) -> tuple[float, float]:
    """Return from where to where a label may stand beside the feelings of interviews."""
    placed = place_people(page.story.at(column.step_id, "interview"), column, scale=scale)
    left = max((x for _, x, _ in placed if x < column.middle), default=None)
    right = min((x for _, x, _ in placed if x > column.middle), default=None)
    beside = PEOPLE_WIDTH - PEOPLE_X
    return (column.x if left is None else left + beside, column.right if right is None else right - beside)


def curve_runs(page: Page, scale: Scale) -> list[list]:
    """Return the unbroken runs of means as points."""
    return draw_runs(page.grid.columns, lambda step_id: page.story.emotion(step_id).value, scale=scale)


def _earlier_runs(page: Page, scale: Scale) -> list[list]:
    """Return the unbroken runs of the wave before; none where no wave is compared."""
    earlier = page.story.earlier
    return draw_runs(page.grid.columns, earlier.value, scale=scale) if earlier else []


def values_height(page: Page) -> float:
    """Return the height of the rows at the lane's foot: the value, and where waves are compared the one before."""
    return VALUES_ROW + (LEADING[SMALL] if page.story.earlier else 0.0)


def plan_emotion(page: Page, height: float) -> EmotionPlan:
    """Find the smallest rails above +2 and below -2 that hold every label; labels give way to a flat scale."""
    earlier = page.story.earlier
    sure = [step.step_id for step in page.story.steps if earlier and earlier.sure(step.step_id)]
    most = dict.fromkeys(sure, 0) | dict.fromkeys(page.story.labelled, LABEL_LINES + 1)
    while True:
        plan = _fit(page, height, most)
        pressing = [label for label in plan.labels if label.lines and _presses(label, page, plan)]
        if plan.scale.unit >= UNIT_LEAST or not pressing:
            return plan
        first = max(pressing, key=lambda label: (label.step_id != page.story.lowest, len(label.lines)))
        fewer = len(first.lines) - 1
        most[first.step_id] = fewer if fewer >= LEAST_LINES or first.lines[-1] == SIGN else 0


def _presses(label: Label, page: Page, plan: EmotionPlan) -> bool:
    """Tell whether a label reaches the end of the lane, so that a line less would leave the scale more room."""
    return label.box.y0 < RAIL_TOP + NEAR_END or label.box.y1 > plan.height - values_height(page) - NEAR_END


def _fit(page: Page, height: float, most: dict[str, int]) -> EmotionPlan:
    top, bottom, values = RAIL_TOP, RAIL_BOTTOM, values_height(page)
    for _ in range(ROUNDS):
        scale = Scale(top, (height - values - top - bottom) / 4)
        runs, earlier = (tuple(map(tuple, each(page, scale))) for each in (curve_runs, _earlier_runs))
        labels = tuple(_labels(page, scale, runs=(*runs, *earlier), most=most))
        over = max((RAIL_TOP - label.box.y0 for label in labels), default=0.0)
        under = max((label.box.y1 - (height - values) for label in labels), default=0.0)
        if over <= 0 and under <= 0:
            break
        top, bottom = top + max(over, 0.0), bottom + max(under, 0.0)
    return EmotionPlan(height, scale, runs, labels, values)


def _labels(page: Page, scale: Scale, *, runs, most: dict[str, int]):
    drawn = trace(runs)
    for column in page.grid.columns:
        thing = page.story.emotion(column.step_id)
        if thing.step_id in most and thing.value is not None:
            yield _label(page, scale, column=column, thing=thing, drawn=drawn, most=most[thing.step_id])


def _label(page: Page, scale: Scale, *, column: Column, thing: Thing, drawn, most: int) -> Label:
    left, right = _beside_people(page, column, scale)
    width = right - left - LABEL_SIDE
    is_large = thing.step_id in page.story.labelled
    lines = _theme_lines(thing, width, most=most)
    change, change_tone = _say_change(page, thing.step_id, width=width)
    value = sign(thing.value) if is_large else ""
    words = [*(measure(line, face=face_of_line(line)) for line in lines), measure(change, face=SEMIBOLD)]
    wide = max([measure(value, MIDDLE, face=SEMIBOLD), *words]) + LABEL_SIDE
    middle = max(min(column.middle, right - wide / 2), left + wide / 2)
    x0, x1 = middle - wide / 2, middle + wide / 2
    tall = _label_height(is_large, lines, change)
    ends = _window_ends(page, thing, scale)
    for points in drawn:
        span = reach(points, x0, x1=x1)
        ends = [min(ends[0], span[0]), max(ends[1], span[1])] if span else ends
    y0 = ends[1] + LABEL_GAP if thing.value < 0 else ends[0] - LABEL_GAP - tall
    tone = tone_of(thing.value, text=True)
    return Label(column.step_id, middle, value, tone, lines, Cell(x0, y0, x1, y0 + tall), change, change_tone)


def _theme_lines(thing: Thing, width: float, *, most: int) -> tuple[str, ...]:
    """Break a theme; that coders differ on it stands in a line below, or as a mark behind it where that is too much."""
    if not thing.text or not most:
        return ()
    if not is_doubted(thing):
        return tuple(wrap_even(thing.text, width, most=min(most, LABEL_LINES)))
    if most > LABEL_LINES and fit_sign(thing, width) == SIGN:
        return (*wrap_even(thing.text, width, most=LABEL_LINES), SIGN)
    return tuple(wrap_marked(thing, width, most=min(most, LABEL_LINES), mark=f" {MARK}"))


def face_of_line(line: str) -> str:
    """Return the face of a line of a label."""
    return SEMIBOLD if line == SIGN else REGULAR


def _say_change(page: Page, step_id: str, *, width: float) -> tuple[str, str]:
    """Say how a feeling surely changed, with the role of its colour; the difference alone where it is narrow."""
    change = page.story.earlier.sure(step_id) if page.story.earlier else None
    if change is None or change.delta is None:
        return "", ""
    words = say_verdict(change)
    return words if measure(words, face=SEMIBOLD) <= width else sign(change.delta), change.text_tone


def _label_height(is_large: bool, lines, change: str) -> float:
    large = VALUE_ASCENT + (VALUE_TO_THEME + LEADING[SMALL] * (len(lines) - 1) if lines else 0.0)
    rows = LEADING[SMALL] if change else 0.0
    return (large if is_large else 0.0) + rows + LABEL_END


def _window_ends(page: Page, thing: Thing, scale: Scale) -> list[float]:
    """Return from where to where the marks of a step reach, those of the wave before too."""
    low = thing.value if thing.lo is None else thing.lo
    high = thing.value if thing.hi is None else thing.hi
    radius = STAR if thing.moment_of_truth else DOT
    middle = scale.y(thing.value)
    ends = [min(scale.y(high), middle - radius), max(scale.y(low), middle + radius)]
    before = page.story.earlier.value(thing.step_id) if page.story.earlier else None
    if before is None:
        return ends
    return [min(ends[0], scale.y(before) - DOT_BEFORE), max(ends[1], scale.y(before) + DOT_BEFORE)]
