"""Stacks planned lanes into a sheet: the ground of each, the rule above it, its label at the left."""

from cjm_helpers.drawing.sheet.look import (
    BOTTOM,
    FIRST_BASELINE,
    LEADING,
    SEMIBOLD,
    SIDE,
    SMALL,
    TOP,
)
from cjm_helpers.drawing.sheet.marks import draw_rule
from cjm_helpers.drawing.sheet.scene import Cell, Lane, Pen, Sheet
from cjm_helpers.drawing.sheet.typeface import wrap_even

from .cards import Page, Plan
from .grid import Grid

LABEL_APART, LABEL_BELOW = 4.0, 1.6
SPOT_LEFT = 1.2
SPOT_DEPTH = 0.1


def measure_lanes(lanes, page: Page) -> list[Plan]:
    """Plan the lanes that hold something, given as (plan, names of cells); each at least as high as its own label."""
    plans = [plan(page) for plan, needs in lanes if not needs or page.story.used.intersection(needs)]
    return [plan._replace(height=max(plan.height, _label_height(plan, page.grid))) for plan in plans]


def stack_lanes(page: Page, plans: list[Plan]) -> Sheet:
    """Write planned lanes below each other on one sheet."""
    y, lanes = TOP, []
    for plan in plans:
        items: list = []
        pen = Pen(items, top=y, cell=Cell(0.0, y, page.paper.width, y + plan.height))
        _paint_base(pen, page, plan)
        plan.paint(pen, plan.height)
        lanes.append(Lane(plan.name, plan.title, tuple(sorted(items, key=lambda item: item.depth))))
        y += plan.height
    return Sheet(page.paper.width, y + BOTTOM, tuple(lanes))


def _note_lines(plan: Plan, grid: Grid) -> list[str]:
    return wrap_even(plan.note, grid.x0 - SIDE - LABEL_APART) if plan.note else []


def _label_height(plan: Plan, grid: Grid) -> float:
    if not plan.label:
        return 0.0
    return FIRST_BASELINE + LEADING[SMALL] * len(_note_lines(plan, grid)) + LABEL_BELOW


def _paint_base(pen: Pen, page: Page, plan: Plan) -> None:
    """Paint a lane's ground, the pale column of the lowest step, the rule above and the label at the left."""
    grid = page.grid
    if plan.is_tinted:
        for stage in grid.stages:
            pen.box((stage.x0, 0), (stage.x1 - stage.x0, plan.height), fill="tint", depth=0)
    for column in grid.columns:
        if plan.is_spotted and column.step_id == page.story.lowest:
            left = column.x - SPOT_LEFT
            pen.box((left, 0), (column.right - left, plan.height), fill="spot", depth=SPOT_DEPTH)
    if plan.rule:
        draw_rule(pen, (SIDE, 0), x1=page.paper.right, kind=plan.rule)
    label = pen.within(SIDE, grid.x0, y1=plan.height)
    label.text((SIDE, FIRST_BASELINE), plan.label, face=SEMIBOLD)
    for k, line in enumerate(_note_lines(plan, grid)):
        label.text((SIDE, FIRST_BASELINE + (k + 1) * LEADING[SMALL]), line, tone="muted")
