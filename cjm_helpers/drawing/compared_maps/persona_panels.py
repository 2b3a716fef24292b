"""Small multiples: a panel for each persona, all on the same scale and the same steps, as many a sheet as read well."""

from dataclasses import replace
from functools import partial

from cjm_helpers.drawing.journey_map.cards import Page, Plan
from cjm_helpers.drawing.journey_map.grid import lay_dense_grid
from cjm_helpers.drawing.journey_map.lanes_above import plan_stages
from cjm_helpers.drawing.journey_map.legend import plan_foot
from cjm_helpers.drawing.journey_map.lens import plan_lens, plan_short_lens
from cjm_helpers.drawing.journey_map.stack import measure_lanes, stack_lanes
from cjm_helpers.drawing.sheet.look import SIDE
from cjm_helpers.drawing.sheet.paper import Paper
from cjm_helpers.drawing.sheet.scene import Sheet

from .persona_legend import plan_panel_legend
from .persona_panel import Panel, paint_panel
from .persona_rows import plan_step_list
from .persona_story import Comparison, Persona

MOST, MOST_SMALL = 12, 6
TWO_COLUMNS_UP_TO, TWO_COLUMNS_SMALL_UP_TO = 6, 4
APART_X, APART_Y = 9.0, 3.0
LEAST, LEAST_NAMED, HIGHEST = 36.0, 48.0, 74.0
LINES, LINES_SMALL = 2, 1


def lay_panels(found: Comparison, paper: Paper) -> tuple[Sheet, ...]:
    """Lay a panel out for each persona, evenly over as many sheets as it takes."""
    most = MOST_SMALL if paper.is_split else MOST
    count = -(-len(found.personas) // most)
    size = -(-len(found.personas) // count)
    groups = [found.personas[k : k + size] for k in range(0, len(found.personas), size)]
    return tuple(_lay_sheet(found, group, paper, sheet=(k, count)) for k, group in enumerate(groups, start=1))


def _lay_sheet(found: Comparison, group: tuple[Persona, ...], paper: Paper, *, sheet: tuple[int, int]) -> Sheet:
    """Show the names of the steps above the panels, where the paper has room for them."""
    page = Page(replace(found.story, sheet=sheet), lay_dense_grid(found.steps, paper=paper), {"listed": 1}, paper)
    head = plan_lens if sheet[0] == 1 else plan_short_lens
    above = measure_lanes([(head, ())], page)
    names = measure_lanes([(plan_stages, ()), (partial(plan_step_list, found=found, has_marks=False), ())], page)
    below = measure_lanes([(partial(plan_panel_legend, group=group), ()), (plan_foot, ())], page)
    rest = paper.room - sum(plan.height for plan in (*above, *below))
    listed = sum(plan.height for plan in names)
    if not paper.is_split and rest - listed >= LEAST_NAMED * _count_rows(group, paper):
        above, rest = [*above, *names], rest - listed
    return stack_lanes(page, [*above, _plan_panels(found, group, paper, height=rest), *below])


def _count_columns(group: tuple[Persona, ...], paper: Paper) -> int:
    most = TWO_COLUMNS_SMALL_UP_TO if paper.is_split else TWO_COLUMNS_UP_TO
    return 2 if len(group) <= most else 3


def _count_rows(group: tuple[Persona, ...], paper: Paper) -> int:
    return -(-len(group) // _count_columns(group, paper))


def _plan_panels(found: Comparison, group: tuple[Persona, ...], paper: Paper, *, height: float) -> Plan:
    columns, rows = _count_columns(group, paper), _count_rows(group, paper)
    width = (paper.right - SIDE - APART_X * (columns - 1)) / columns
    tall = min(max((height - APART_Y) / rows - APART_Y, LEAST), HIGHEST)

    def paint(pen, height: float) -> None:
        for k, persona in enumerate(group):
            across, down = k % columns, k // columns
            x, y = SIDE + across * (width + APART_X), APART_Y + down * (tall + APART_Y)
            lines = LINES_SMALL if paper.is_split else LINES
            paint_panel(pen, found, persona=persona, panel=Panel(x, y, width, tall, lines))

    return Plan("emotion", "Emotion curves", APART_Y + rows * (tall + APART_Y), paint, is_spotted=False)
