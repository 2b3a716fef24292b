"""The columns of a sheet: equal steps, no stage narrower than its name; and the sheets of a long journey."""

from dataclasses import dataclass
from typing import NamedTuple

from cjm_helpers.drawing.sheet.look import (
    COLUMN_LEAST,
    COLUMN_MOST,
    DENSE_ABOVE,
    GUTTER,
    GUTTER_DENSE,
    LABEL,
    LABEL_DENSE,
    MIDDLE,
    MOST_STEPS,
    PAD,
    RIGHT_PAD,
    SEMIBOLD,
    SIDE,
)
from cjm_helpers.drawing.sheet.paper import A3, Paper
from cjm_helpers.drawing.sheet.typeface import measure

STAGE_TIP = 2.4
STAGE_PAD = 3.2
STAGE_LEAST, DENSE_LEAST = 46.0, 4.7
ROUNDS = 40


class Column(NamedTuple):
    """One step's column: its left edge and width."""

    step_id: str
    x: float
    width: float

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def text_width(self) -> float:
        return self.width - PAD - RIGHT_PAD


class Stage(NamedTuple):
    """One stage's panel with its columns."""

    name: str
    x0: float
    x1: float
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Grid:
    """Where everything stands from left to right."""

    x0: float
    stages: tuple[Stage, ...]

    @property
    def columns(self) -> list[Column]:
        return [column for stage in self.stages for column in stage.columns]

    @property
    def right(self) -> float:
        return self.stages[-1].x1


def name_stage(step) -> str:
    """Return a stage's number and name."""
    return f"{step.number}  {step.stage}"


def _group(steps) -> list[list]:
    groups: dict = {}
    for step in steps:
        groups.setdefault(step.stage, []).append(step)
    return list(groups.values())


def _measures(steps) -> tuple[float, float]:
    is_dense = len(steps) > DENSE_ABOVE
    return SIDE + (LABEL_DENSE if is_dense else LABEL), GUTTER_DENSE if is_dense else GUTTER


def _column_width(groups, needs: list[float], *, room: float, most: float = COLUMN_MOST) -> float:
    """Find by bisection the step width at which steps and stage names fill the room."""
    low, high = 0.0, most
    for _ in range(ROUNDS):
        middle = (low + high) / 2
        full = sum(max(len(group) * middle, need) for group, need in zip(groups, needs, strict=True))
        low, high = (middle, high) if full <= room else (low, middle)
    return low


def _cap_needs(groups, needs: list[float], *, room: float, least: float = COLUMN_LEAST) -> list[float]:
    """Cap the widest needs of stages, no more than it takes to give the steps their least width."""
    low, high = 0.0, max(needs)
    for _ in range(ROUNDS):
        middle = (low + high) / 2
        capped = [min(need, middle) for need in needs]
        wide = _column_width(groups, capped, room=room) >= least
        low, high = (middle, high) if wide else (low, middle)
    return [min(need, low) for need in needs]


def lay_grid(steps, *, paper: Paper = A3, most: float = COLUMN_MOST) -> Grid:
    """Give every step its column; a name too long for its stage is cut when it would squeeze the steps."""
    groups, (x, gutter) = _group(steps), _measures(steps)
    room = paper.right - x - gutter * (len(groups) - 1)
    needs = [measure(name_stage(group[0]), MIDDLE, face=SEMIBOLD) + PAD + STAGE_PAD for group in groups]
    width = _column_width(groups, needs, room=room, most=most)
    if width < COLUMN_LEAST:
        needs = _cap_needs(groups, needs, room=room)
        width = _column_width(groups, needs, room=room, most=most)
    return _place_columns(groups, needs, x=x, gutter=gutter, width=width)


def lay_dense_grid(steps, *, paper: Paper = A3) -> Grid:
    """Give every step of a long journey a narrow column; each stage gets room for a card, as far as marks allow."""
    groups, (x, gutter) = _group(steps), _measures(steps)
    room = paper.right - x - gutter * (len(groups) - 1)
    needs = _cap_needs(groups, [STAGE_LEAST] * len(groups), room=room, least=DENSE_LEAST)
    width = _column_width(groups, needs, room=room)
    return _place_columns(groups, needs, x=x, gutter=gutter, width=width)


def _place_columns(groups, needs: list[float], *, x: float, gutter: float, width: float) -> Grid:
    x0, stages = x, []
    for group, need in zip(groups, needs, strict=True):
        full = max(len(group) * width, need)
        each = full / len(group)
        columns = tuple(Column(step.step_id, x + k * each, each) for k, step in enumerate(group))
        stages.append(Stage(name_stage(group[0]), x, x + full, columns))
        x += full + gutter
    return Grid(x0, tuple(stages))


def split_stages(steps, *, most: int) -> list[list]:
    """Share the steps out over one sheet a stage; a stage that no sheet can hold over several."""
    return [piece for group in _group(steps) for piece in _pieces(group, most)]


def split_sheets(steps, *, most: int = MOST_STEPS) -> list[list]:
    """Share the steps out over sheets of whole stages: the fewest that hold them, then the evenest."""
    pieces = split_stages(steps, most=most)
    best: list[tuple] = [(0, 0, [])]  # for the first k pieces: sheets, unevenness, the sheets themselves
    for end in range(1, len(pieces) + 1):
        ways = []
        for start in range(end):
            sheet = [step for piece in pieces[start:end] for step in piece]
            count, uneven, before = best[start]
            if len(sheet) <= most:
                ways.append((count + 1, uneven + len(sheet) ** 2, [*before, sheet]))
        best.append(min(ways, key=lambda way: way[:2]))
    return best[-1][2] or [[]]


def _pieces(group, most: int) -> list[list]:
    """Cut a stage that no sheet can hold into equal pieces."""
    count = -(-len(group) // most)
    size = -(-len(group) // count)
    return [group[k : k + size] for k in range(0, len(group), size)]


class Slot(NamedTuple):
    """Room for one card: things that stand there, from x0 to x1; more counts those left out."""

    thing: object
    x0: float
    x1: float
    more: int


def spread_cards(stage: Stage, things_at, *, stays: str = "") -> list[Slot]:
    """Let cards start at their step and grow over empty steps of their stage, first to the right, then to the left.

    The step that stays, the lowest one, keeps its card under its own column, where the eye comes down to it.
    """
    homes = [k for k, column in enumerate(stage.columns) if things_at(column.step_id)]
    slots = []
    for place, home in enumerate(homes):
        step_id = stage.columns[home].step_id
        things = things_at(step_id)
        end = homes[place + 1] if place + 1 < len(homes) else len(stage.columns)
        is_tight = end - home < len(things) or (end - home == 1 and step_id != stays)
        start = 0 if place == 0 and is_tight else home
        slots += _share(stage.columns[start:end], things)
    return slots


def _share(columns, things) -> list[Slot]:
    """Share the columns evenly among as many things as there are columns."""
    shown = min(len(columns), len(things))
    x0, each = columns[0].x, (columns[-1].right - columns[0].x) / shown
    edges = [x0 + k * each for k in range(shown + 1)]
    more = [0] * (shown - 1) + [len(things) - shown]
    return [Slot(*slot) for slot in zip(things, edges, edges[1:], more, strict=False)]
