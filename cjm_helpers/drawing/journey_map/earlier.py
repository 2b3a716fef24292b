"""The wave before on the emotion lane: a thin grey line, and the gap to the newer one where the change is sure."""

from bisect import bisect_left
from typing import NamedTuple

from cjm_helpers.drawing.sheet.curve import bend, sample, split_runs
from cjm_helpers.drawing.sheet.words import listing, sign

from .changes import BETTER, TOO_FEW, WORSE, Change, read_changes, say_verdict

DOT_BEFORE, DOT_WEIGHT = 0.95, 0.9
LINE_WEIGHT, LINE_DEPTH, DOT_DEPTH = 0.9, 2.5, 2.7
ALONE_HALF = 3.0
SWATCH, SWATCH_STEP, LINE_MARK = (4.0, 3.2), 4.8, 5.0
FILLS = {BETTER: "bluefill2", WORSE: "orangefill2"}
FILL_DEPTH = 0.5
THE_WAVE_BEFORE = "the wave before"


class Earlier(NamedTuple):
    """The feelings of the wave before: its name, and the change at each step where one wave or both have answers."""

    wave: str
    changes: dict[str, Change]

    def value(self, step_id: str) -> float | None:
        """Return the earlier mean of a step; None where nobody was asked or too few answered."""
        return self.changes[step_id].before if step_id in self.changes else None

    def sure(self, step_id: str) -> Change | None:
        """Return the change of a step that is surely better or worse."""
        change = self.changes.get(step_id)
        return change if change and change.verdict in FILLS else None


def read_earlier(changes, *, persona_id: str, steps) -> Earlier | None:
    """Read the feelings of two waves; None where there is nothing to compare."""
    read = read_changes(changes, persona_id=persona_id, steps=steps)
    felt = {one.step_id: one for one in read if one.object == "feeling" and one.step_id}
    if not felt:
        return None
    return Earlier(next(iter(felt.values())).earlier or THE_WAVE_BEFORE, felt)


def say_changes(earlier: Earlier | None, steps) -> str:
    """Say in one sentence at which steps the feeling is surely better or worse than before."""
    if earlier is None:
        return ""
    at = {verdict: [step.step_id for step in steps if _verdict(earlier, step) == verdict] for verdict in FILLS}
    told = [
        f"{word} at {listing(at[verdict])}" for verdict, word in ((BETTER, "better"), (WORSE, "worse")) if at[verdict]
    ]
    return f"Since {earlier.wave}: {'; '.join(told) or 'no step feels surely better or worse'}."


def _verdict(earlier: Earlier, step) -> str:
    change = earlier.changes.get(step.step_id)
    return change.verdict if change else ""


def say_before(earlier: Earlier, step_id: str) -> str:
    """Say the earlier value in a few words, or why there is none."""
    change = earlier.changes.get(step_id)
    if change and change.before is not None:
        return f"before {sign(change.before)}"
    return "before: too few" if change and change.verdict == TOO_FEW and change.n1 else "not asked before"


def say_twin(earlier: Earlier, step_id: str) -> tuple[str, str]:
    """Say for the table what the feeling was before, and what became of it."""
    change = earlier.changes.get(step_id)
    if change is None:
        return "", ""
    words = say_verdict(change)
    before = say_before(earlier, step_id).replace("before ", f"{earlier.wave}: ", 1)
    return "; ".join(filter(None, (before, words))), change.sentence


def draw_runs(columns, values, *, scale) -> list[list]:
    """Return the unbroken runs of points of one wave; values answers for a step's id."""
    points = ((column.middle, values(column.step_id)) for column in columns)
    return split_runs(None if value is None else (x, scale.y(value)) for x, value in points)


def trace(runs) -> list[list]:
    """Return the points along each run as it is drawn."""
    return [sample(bend(list(run))) if len(run) > 1 else list(run) for run in runs]


def paint_earlier(pen, story, *, columns, scale) -> None:
    """Draw the wave before, thin and grey with hollow dots; fill the gap to the newer one where a change is sure."""
    earlier = story.earlier
    before = draw_runs(columns, earlier.value, scale=scale)
    now = trace(draw_runs(columns, lambda step_id: story.emotion(step_id).value, scale=scale))
    _paint_gaps(pen, story, columns=columns, now=now, before=trace(before), scale=scale)
    for run in before:
        if len(run) > 1:
            pen.path(bend(run), edge="bar", weight=LINE_WEIGHT, depth=LINE_DEPTH)
        for point in run:
            pen.disc(point, DOT_BEFORE, fill="paper", edge="bar", weight=DOT_WEIGHT, depth=DOT_DEPTH)


def _paint_gaps(pen, story, *, columns, now, before, scale) -> None:
    for column in columns:
        change, value = story.earlier.sure(column.step_id), story.emotion(column.step_id).value
        if change is None or change.before is None or value is None:
            continue
        lone = _bar(column.middle, scale.y(value), scale.y(change.before))
        pen.polygon(_between(now, before, column) or lone, fill=FILLS[change.verdict], depth=FILL_DEPTH)


def _between(now, before, column) -> list:
    """Return the area between two traced lines inside a column; nothing where one of them is a lone point."""
    pair = [next((line for line in lines if line[0][0] <= column.middle <= line[-1][0]), []) for lines in (now, before)]
    if min(len(line) for line in pair) < 2:
        return []
    x0 = max(column.x, *(line[0][0] for line in pair))
    x1 = min(column.right, *(line[-1][0] for line in pair))
    upper, lower = ([(x0, _at(line, x0)), *_inside(line, x0, x1), (x1, _at(line, x1))] for line in pair)
    return [*upper, *reversed(lower)]


def _inside(line, x0: float, x1: float) -> list:
    return [point for point in line if x0 < point[0] < x1]


def _at(line, x: float) -> float:
    """Return the height of a traced line at x."""
    k = min(max(bisect_left([point[0] for point in line], x), 1), len(line) - 1)
    (xa, ya), (xb, yb) = line[k - 1], line[k]
    return ya + (yb - ya) * (x - xa) / (xb - xa)


def list_marks(earlier: Earlier, steps) -> list[tuple]:
    """Return the entries of the legend: width, words and how to draw each at (x, y); both fills share one."""
    used = {_verdict(earlier, step) for step in steps}
    words = {verdict: word for verdict, word in ((BETTER, "better"), (WORSE, "worse")) if verdict in used}
    marks = [(LINE_MARK, f"before: {earlier.wave}", _draw_line)]
    if words:
        width = len(words) * SWATCH_STEP - (SWATCH_STEP - SWATCH[0])
        marks.append((width, f"surely {', '.join(words.values())}", _draw_swatches([FILLS[one] for one in words])))
    return marks


def _draw_line(pen, x: float, y: float) -> None:
    pen.line((x, y), (x + LINE_MARK, y), tone="bar", weight=LINE_WEIGHT)
    pen.disc((x + LINE_MARK / 2, y), DOT_BEFORE, fill="paper", edge="bar", weight=DOT_WEIGHT)


def _draw_swatches(fills: list[str]):
    def draw(pen, x: float, y: float) -> None:
        for k, fill in enumerate(fills):
            draw_swatch(fill)(pen, x + k * SWATCH_STEP, y)

    return draw


def draw_swatch(fill: str):
    """Return how to draw a patch of a fill in a legend."""
    return lambda pen, x, y: pen.box((x, y - SWATCH[1] / 2), SWATCH, fill=fill)


def _bar(x: float, y0: float, y1: float) -> list:
    return [(x - ALONE_HALF, y0), (x + ALONE_HALF, y0), (x + ALONE_HALF, y1), (x - ALONE_HALF, y1)]
