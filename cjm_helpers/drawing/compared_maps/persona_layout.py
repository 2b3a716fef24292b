"""Laying out the map of two to four personas: one sheet, or for many steps an overview and sheets of whole stages."""

from dataclasses import replace
from functools import partial
from typing import NamedTuple

from cjm_helpers.drawing.journey_map.cards import Page, Plan
from cjm_helpers.drawing.journey_map.grid import lay_dense_grid, lay_grid, split_sheets
from cjm_helpers.drawing.journey_map.lanes_above import plan_stages
from cjm_helpers.drawing.journey_map.legend import plan_foot
from cjm_helpers.drawing.journey_map.lens import plan_lens, plan_short_lens
from cjm_helpers.drawing.journey_map.stack import measure_lanes, stack_lanes
from cjm_helpers.drawing.sheet.look import CURVE_LEAST, CURVE_LEAST_FULL, CURVE_LEAST_SMALL, CURVE_MOST
from cjm_helpers.drawing.sheet.paper import Paper
from cjm_helpers.drawing.sheet.scene import Sheet

from .persona_cards import plan_differences, plan_ideas, plan_pains, share_ideas, share_pains
from .persona_curves import NAME_ROOM, plan_curves
from .persona_legend import plan_legend
from .persona_rows import plan_personas, plan_step_list, plan_step_names
from .persona_story import Comparison
from .persona_values import has_values, plan_values

CURVE_GOOD = 74.0
FEELING, INSIGHT = "feeling", "insight"
NAMES = ("tagline", "finding", "name", "listed", "theme", "themes", "idea", "ideas")
ROOMS = (
    (2, 3, 3, 2, 3, 4, 4, 3), (1, 3, 3, 2, 2, 4, 3, 2), (1, 2, 2, 2, 2, 3, 3, 1), (0, 2, 2, 2, 2, 2, 2, 1),
    (0, 1, 2, 1, 1, 2, 2, 1), (0, 1, 1, 1, 1, 1, 1, 0), (0, 1, 1, 0, 1, 1, 1, 0),
)  # fmt: skip
WANTED_SMALL = ((CURVE_LEAST_SMALL, ROOMS),)
WANTED = ((CURVE_GOOD, ROOMS[:4]), (CURVE_LEAST, ROOMS), (CURVE_LEAST_FULL, ROOMS), *WANTED_SMALL)


class Draft(NamedTuple):
    """The lanes of a sheet at one room: what stands above the curves and below, and the height left for them."""

    page: Page
    above: list[Plan]
    below: list[Plan]
    rest: float


def lay_personas(found: Comparison, paper: Paper) -> tuple[Sheet, ...]:
    """Lay the map out; on small papers the feelings fill one sheet and the pains the next."""
    groups = split_sheets(found.steps, most=paper.most_steps)
    zones = [(FEELING,), (INSIGHT,)] if paper.is_split else [(FEELING, INSIGHT)]
    sheets = [(found.steps, some, len(groups) > 1) for some in zones]
    sheets += [(group, some, False) for group in groups for some in zones] if len(groups) > 1 else []
    return tuple(_lay_sheet(found, sheet, paper, number=(k, len(sheets))) for k, sheet in enumerate(sheets, start=1))


def _lay_sheet(found: Comparison, sheet: tuple, paper: Paper, *, number: tuple[int, int]) -> Sheet:
    steps, zones, is_dense = sheet
    name = "overview; the other sheets go by stages" if is_dense else ""
    story = replace(found.story.with_steps(steps), sheet=number, sheet_name=name)
    lay = lay_dense_grid if is_dense else lay_grid
    page = Page(story, lay(steps, paper=paper._replace(width=paper.width - NAME_ROOM)), {}, paper)
    if FEELING not in zones:
        draft = _choose(found, page, zones, is_dense=is_dense, wanted=((0.0, ROOMS),))
        return stack_lanes(draft.page, [*draft.above, *draft.below])
    draft = _choose(found, page, zones, is_dense=is_dense, wanted=WANTED_SMALL if paper.is_split else WANTED)
    curves = plan_curves(draft.page, found, height=min(max(draft.rest, CURVE_LEAST_SMALL), CURVE_MOST))
    return stack_lanes(draft.page, [*draft.above, curves, *draft.below])


def _choose(found: Comparison, page: Page, zones, *, is_dense: bool, wanted) -> Draft:
    """Take the most generous room that leaves the curves the first height wanted, else the second, and so on."""
    tried: dict = {}
    for least, rooms in wanted:
        for room in rooms:
            if room not in tried:
                named = {**dict(zip(NAMES, room, strict=True)), "is_dense": is_dense}
                tried[room] = _draft(found, page._replace(room=named), zones)
            if tried[room].rest >= least:
                return tried[room]
    return tried[ROOMS[-1]]


def _draft(found: Comparison, page: Page, zones) -> Draft:
    lanes = _list_above(found, page, zones), _list_below(found, page, zones)
    above, below = (measure_lanes([(lane, ()) for lane in some], page) for some in lanes)
    return Draft(page, above, below, page.paper.room - sum(plan.height for plan in (*above, *below)))


def _list_above(found: Comparison, page: Page, zones) -> list:
    is_first, room = page.story.sheet[0] == 1, page.room
    lanes = [plan_lens if is_first else plan_short_lens]
    lanes += [partial(plan_personas, found=found)] if FEELING in zones and is_first else []
    names = plan_step_list if room["is_dense"] else plan_step_names
    return [*lanes, plan_stages, *([partial(names, found=found)] if room["listed"] or not room["is_dense"] else [])]


def _list_below(found: Comparison, page: Page, zones) -> list:
    at, lanes = [step.step_id for step in page.story.steps], []
    if FEELING in zones and has_values(page):
        lanes.append(partial(plan_values, found=found))
    if INSIGHT in zones:
        lanes += [partial(plan_differences, found=found)] if any(found.differ(one) for one in at) else []
        lanes += [partial(plan_pains, found=found)] if any(share_pains(found, one) for one in at) else []
        has_ideas = page.room["ideas"] and any(share_ideas(found, one) for one in at)
        lanes += [partial(plan_ideas, found=found)] if has_ideas else []
    return [
        *lanes,
        partial(plan_legend, found=found, has_curves=FEELING in zones, has_insights=INSIGHT in zones),
        plan_foot,
    ]
