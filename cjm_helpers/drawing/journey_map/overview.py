"""The overview of a long journey: every step on one curve, and what matters most in each stage."""

from dataclasses import replace

from cjm_helpers.drawing.sheet.curve import hatch, split_runs
from cjm_helpers.drawing.sheet.look import CURVE_MOST, REGULAR, SEMIBOLD, SOLID_FROM
from cjm_helpers.drawing.sheet.marks import draw_curve, draw_mean, draw_window
from cjm_helpers.drawing.sheet.paper import Paper
from cjm_helpers.drawing.sheet.scene import Sheet
from cjm_helpers.drawing.sheet.typeface import measure, shorten
from cjm_helpers.drawing.sheet.words import sign

from .cards import Page, Plan
from .earlier import paint_earlier
from .emotion import HATCH_STEP, paint_axis
from .emotion_plan import Scale, tone_of
from .grid import Column, Grid, Stage, lay_dense_grid
from .insights import plan_insights, plan_opportunities
from .kpis import plan_kpis
from .lanes_above import plan_stages
from .legend import plan_foot, plan_legend
from .lens import plan_lens, plan_short_lens
from .stack import measure_lanes, stack_lanes
from .story import Story, Thing

THEMES = ("pain", "delight")
GATHERED = (*THEMES, "kpi", "opportunity")
LANES = frozenset((*GATHERED, "emotion"))
CARD_LEAST, CURVE_LEAST_OVERVIEW = 36.0, 42.0
ROOMS = [
    {"theme": 2, "themes": themes, "idea": ideas, "name": 2, "foot": foot}
    for themes, ideas, foot in ((4, 5, 3), (3, 4, 3), (2, 4, 3), (2, 3, 2), (1, 2, 1), (1, 1, 1))
]
WAYS = [*((plan_lens, room) for room in ROOMS), (plan_short_lens, ROOMS[-2]), (plan_short_lens, ROOMS[-1])]
NUMBERS_HEIGHT, NUMBER_BASELINE, NUMBERS_APART = 5.6, 3.9, 0.8
RAIL_TOP, RAIL_BOTTOM, VALUES_ROW, VALUES_UP = 8.0, 4.0, 6.0, 2.0
LINE_WEIGHT = 1.8


def lay_overview(story: Story, paper: Paper) -> Sheet:
    """Lay out one sheet with every step's feeling, and below it the pains, KPIs and ideas of each stage."""
    dense = lay_dense_grid(story.steps, paper=paper)
    merged = _merge_columns(dense)
    named = replace(story, sheet_name=f"overview; sheets 2 to {story.sheet[1]} go stage by stage", is_overview=True)
    whole = Page(named, dense, {"lens": 2 if paper.is_split else 3}, paper, LANES)
    stages = Page(_gather_stages(story, merged), merged, {}, paper)
    for head, room in WAYS:
        above = measure_lanes(((head, ()), (plan_stages, ()), (plan_numbers, ())), whole)
        below = _plan_below(stages._replace(room=room), whole)
        rest = paper.room - sum(plan.height for plan in (*above, *below))
        if rest >= CURVE_LEAST_OVERVIEW:
            break
    curve = _plan_curve(whole, min(max(rest, CURVE_LEAST_OVERVIEW), CURVE_MOST))
    return stack_lanes(whole, [*above, curve, *below])


def _plan_below(stages: Page, whole: Page) -> list[Plan]:
    lanes = ((plan_insights, ("pain", "delight")), (plan_kpis, ("kpi",)), (plan_opportunities, ("opportunity",)))
    cards = [plan._replace(is_spotted=False) for plan in measure_lanes(lanes, stages)]
    named = stages._replace(story=replace(stages.story, is_overview=True), lanes=whole.lanes)
    return [*cards, *measure_lanes(((plan_legend, ()),), named), *measure_lanes(((plan_foot, ()),), whole)]


def _merge_columns(grid: Grid) -> Grid:
    """Return a grid in which each stage is as many columns as it has room for cards."""
    return Grid(grid.x0, tuple(_merge_stage(stage, k) for k, stage in enumerate(grid.stages)))


def _merge_stage(stage: Stage, number: int) -> Stage:
    count = max(1, int((stage.x1 - stage.x0) / CARD_LEAST))
    each = (stage.x1 - stage.x0) / count
    columns = tuple(Column(f"stage {number}.{k}", stage.x0 + k * each, each) for k in range(count))
    return Stage(stage.name, stage.x0, stage.x1, columns)


def _gather_stages(story: Story, grid: Grid) -> Story:
    """Return a story told by stages: what hurts and pleases most, what is measured, what could be done."""
    things: dict = {}
    for stage, name in zip(grid.stages, dict.fromkeys(step.stage for step in story.steps), strict=True):
        here = [step.step_id for step in story.steps if step.stage == name]
        for lane in GATHERED:
            found = [_place(thing, step_id) for step_id in here for thing in story.at(step_id, lane)]
            found = tuple(sorted((thing for thing in found if thing.k != 1), key=_weigh))
            things[(stage.columns[0].step_id, lane)] = found
            if lane in THEMES:  # ideas and KPIs spread over a stage by themselves
                count = len(stage.columns)
                things |= {(column.step_id, lane): found[k::count] for k, column in enumerate(stage.columns)}
    return replace(story, things={**story.things, **things}, lowest="")


def _place(thing: Thing, step_id: str) -> Thing:
    """Let a theme say at which step it was named; KPIs and ideas say so by themselves."""
    return replace(thing, text=f"{step_id}  {thing.text}") if thing.lane in THEMES and thing.text else thing


def _weigh(thing: Thing) -> tuple:
    """Order themes by how many people name them, ideas by rank; the rest stays as it is."""
    return (-(thing.k or 0), thing.rank is None, thing.rank or 0)


def plan_numbers(page: Page) -> Plan:
    """Plan the numbers of the steps; in a stage of narrow columns without that of the stage."""

    def paint(pen, height: float) -> None:
        for column, whole in ((column, _has_room(stage)) for stage in page.grid.stages for column in stage.columns):
            words = column.step_id if whole else shorten(column.step_id.rpartition(".")[2], column.width)
            pen.within(column.x, column.right, y1=height).text((column.middle, NUMBER_BASELINE), words, anchor="middle")

    return Plan("steps", "Steps", NUMBERS_HEIGHT, paint, label="", rule="")


def _has_room(stage: Stage) -> bool:
    """Tell whether each column of a stage is wide enough for the whole number of its step."""
    return all(measure(column.step_id) + NUMBERS_APART <= column.width for column in stage.columns)


def _plan_curve(page: Page, height: float) -> Plan:
    """Plan the curve through all steps; their values stand below it where the columns are wide enough."""
    scale = Scale(RAIL_TOP, (height - VALUES_ROW - RAIL_TOP - RAIL_BOTTOM) / 4)

    def paint(pen, height: float) -> None:
        paint_axis(pen, page.grid, scale=scale, height=height)
        points = [(page.story.emotion(column.step_id), column) for column in page.grid.columns]
        _paint_line(pen, points, scale, height=height, is_filled=page.story.earlier is None)
        if page.story.earlier:
            paint_earlier(pen, page.story, columns=page.grid.columns, scale=scale)
        for thing, column in points:
            inside = pen.within(column.x, column.right, y1=height)
            _paint_step(inside, thing, column, scale=scale)
            _paint_value(inside, thing, column, y=height - VALUES_UP, is_labelled=column.step_id in page.story.labelled)
            inside.lead((column.x, 0), (column.width, height), step_id=column.step_id, lane="emotion")

    return Plan("emotion", "Emotion curve", height, paint, label="Emotion")


def _paint_line(pen, points, scale: Scale, *, height: float, is_filled: bool) -> None:
    """Paint the curve, broken where nothing is known, over its fills; beside an earlier wave it has none."""
    places = (None if thing.value is None else (column.middle, scale.y(thing.value)) for thing, column in points)
    bands = scale.bands(height) if is_filled else ()
    for run in (run for run in split_runs(places) if len(run) > 1):
        draw_curve(pen, run, zero=scale.y(0), bands=bands, weight=LINE_WEIGHT)


def _paint_step(pen, thing: Thing, column: Column, *, scale: Scale) -> None:
    if thing.value is None:
        for start, end in hatch(column.x, width=column.width, y0=scale.y(2), y1=scale.y(-2), step=HATCH_STEP):
            pen.line(start, end, tone="rule", weight=0.6, depth=1)
        return
    x, is_star = column.middle, thing.moment_of_truth
    if thing.lo is not None and thing.hi is not None:
        draw_window(pen, x, y0=scale.y(thing.hi), y1=scale.y(thing.lo), is_star=is_star, room=column.width)
    is_solid = (thing.n or 0) >= SOLID_FROM
    mark = {"tone": tone_of(thing.value), "is_solid": is_solid, "is_star": is_star}
    draw_mean(pen, (x, scale.y(thing.value)), **mark, room=column.width)


def _paint_value(pen, thing: Thing, column: Column, *, y: float, is_labelled: bool) -> None:
    """Write the value where the column has room for it; the lowest and the highest in their colour."""
    words = "" if thing.value is None else sign(thing.value)
    face = SEMIBOLD if is_labelled else REGULAR
    tone = tone_of(thing.value, text=True) if is_labelled and words else "muted"
    if measure(words, face=face) <= column.width:
        pen.text((column.middle, y), words, face=face, tone=tone, anchor="middle")
