"""Laying out a map: lanes are measured, trimmed until the curve has its height, then written as plain items."""

from dataclasses import replace

from cjm_helpers.drawing.sheet.look import (
    BOTTOM,
    CURVE_LEAST,
    CURVE_MOST,
    FIRST_BASELINE,
    LEADING,
    LINE_WEIGHT,
    RIGHT_EDGE,
    SEMIBOLD,
    SHEET_HEIGHT,
    SHEET_WIDTH,
    SIDE,
    SMALL,
    TOP,
)
from cjm_helpers.drawing.sheet.scene import Cell, Lane, Pen, Sheet
from cjm_helpers.drawing.sheet.typeface import wrap_even
from cjm_helpers.drawing.sheet.words import listing

from .cards import Page, Plan
from .emotion import EMPTY_HEIGHT, has_emotion, plan_emotion_lane
from .grid import Grid, lay_grid, split_sheets
from .insights import plan_insights, plan_opportunities
from .kpis import plan_kpis
from .lanes_above import plan_lens, plan_quotes, plan_stages, plan_steps
from .lanes_below import plan_channels, plan_touchpoints
from .legend import plan_foot, plan_legend
from .story import Story

ROOM = {"action": 5, "quote": 6, "theme": 4, "idea": 5, "themes": 2, "name": 3, "foot": 3}
TRIM = (
    "themes", "quote", "action", "theme", "idea", "quote", "name", "action", "foot", "theme", "idea", "foot",
    "quote", "action", "name", "idea", "theme", "quote", "action", "idea", "quote",
)  # fmt: skip
LABEL_APART, LABEL_BELOW = 4.0, 1.3
SPOT_LEFT = 1.2
SPOT_DEPTH = 0.1

ABOVE = ((plan_lens, ()), (plan_stages, ()), (plan_steps, ()), (plan_quotes, ("quote",)))
BELOW = (
    (plan_touchpoints, ("touchpoint",)),
    (plan_channels, ("channel",)),
    (plan_insights, ("pain", "delight")),
    (plan_kpis, ("kpi",)),
    (plan_opportunities, ("opportunity",)),
    (plan_legend, ()),
    (plan_foot, ()),
)
NAMES = {"quote": "verbatims", "touchpoint": "touchpoints", "channel": "channels", "pain": "pain points or delights",
         "kpi": "KPIs", "opportunity": "opportunities"}  # fmt: skip


def lay_out(story: Story) -> tuple[Sheet, ...]:
    """Lay the whole map out: one sheet, or several of whole stages."""
    story = _note_empty_lanes(story)
    groups = split_sheets(story.steps)
    count = len(groups)
    return tuple(_lay_sheet(story.with_steps(group, sheet=(k + 1, count))) for k, group in enumerate(groups))


def _note_empty_lanes(story: Story) -> Story:
    """Say in the foot which lanes are left out because the study holds nothing for them yet."""
    empty = [NAMES[lanes[0]] for _, lanes in ABOVE + BELOW if lanes and not story.used.intersection(lanes)]
    note = f"None yet: {listing(empty)}." if empty else ""
    return replace(story, foot=" ".join(filter(None, (story.foot, note))))


def _lay_sheet(story: Story) -> Sheet:
    grid = lay_grid(story.steps)
    if not story.steps:
        page = Page(story, grid, ROOM)
        return _write_sheet(page, [plan_lens(page), plan_foot(page)])
    page = _trim(Page(story, grid, ROOM))
    above, below = _measure(ABOVE, page), _measure(BELOW, page)
    curve = plan_emotion_lane(page, min(max(_rest(page), CURVE_LEAST), CURVE_MOST))
    return _write_sheet(page, [*above, curve, *below])


def _rest(page: Page) -> float:
    """Return the height that the other lanes leave for the curve."""
    return SHEET_HEIGHT - TOP - BOTTOM - sum(plan.height for plan in _measure(ABOVE + BELOW, page))


def _trim(page: Page) -> Page:
    """Take lines from the texts in turn until the curve has its least height; give back what did not help."""
    least = CURVE_LEAST if has_emotion(page.story) else EMPTY_HEIGHT
    taken: list[str] = []
    for name in TRIM:
        if _rest(page) >= least:
            break
        page = _with_lines(page, name, -1)
        taken.append(name)
    for name in reversed(taken):
        fuller = _with_lines(page, name, 1)
        page = fuller if _rest(fuller) >= min(least, _rest(page)) else page
    return page


def _with_lines(page: Page, name: str, change: int) -> Page:
    return page._replace(room={**page.room, name: page.room[name] + change})


def _measure(lanes, page: Page) -> list[Plan]:
    """Plan the lanes that hold something; each at least as high as its own label."""
    plans = [plan(page) for plan, needs in lanes if not needs or page.story.used.intersection(needs)]
    return [plan._replace(height=max(plan.height, _label_height(plan, page.grid))) for plan in plans]


def _note_lines(plan: Plan, grid: Grid) -> list[str]:
    return wrap_even(plan.note, grid.x0 - SIDE - LABEL_APART) if plan.note else []


def _label_height(plan: Plan, grid: Grid) -> float:
    if not plan.label:
        return 0.0
    return FIRST_BASELINE + LEADING[SMALL] * len(_note_lines(plan, grid)) + LABEL_BELOW


def _write_sheet(page: Page, plans: list[Plan]) -> Sheet:
    y, lanes = TOP, []
    for plan in plans:
        items: list = []
        pen = Pen(items, top=y, cell=Cell(0.0, y, SHEET_WIDTH, y + plan.height))
        _paint_base(pen, page, plan)
        plan.paint(pen, plan.height)
        lanes.append(Lane(plan.name, plan.title, tuple(sorted(items, key=lambda item: item.depth))))
        y += plan.height
    return Sheet(SHEET_WIDTH, y + BOTTOM, tuple(lanes))


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
        tone = "ink" if plan.rule == "strong" else "rule"
        pen.line((SIDE, 0), (RIGHT_EDGE, 0), tone=tone, weight=LINE_WEIGHT[plan.rule], depth=1)
    label = pen.within(SIDE, grid.x0, y1=plan.height)
    label.text((SIDE, FIRST_BASELINE), plan.label, face=SEMIBOLD)
    for k, line in enumerate(_note_lines(plan, grid)):
        label.text((SIDE, FIRST_BASELINE + (k + 1) * LEADING[SMALL]), line, tone="muted")
