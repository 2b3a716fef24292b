"""Laying out the difference map: which sheets it takes, and how much each lane may say."""

from dataclasses import replace
from functools import partial

from cjm_helpers.drawing.journey_map.cards import Page, Plan
from cjm_helpers.drawing.journey_map.grid import lay_dense_grid, lay_grid, split_sheets
from cjm_helpers.drawing.journey_map.lanes_above import plan_stages
from cjm_helpers.drawing.journey_map.legend import plan_foot
from cjm_helpers.drawing.journey_map.lens import plan_lens, plan_short_lens
from cjm_helpers.drawing.journey_map.overview import plan_numbers
from cjm_helpers.drawing.journey_map.stack import measure_lanes, stack_lanes
from cjm_helpers.drawing.sheet.paper import Paper
from cjm_helpers.drawing.sheet.scene import Sheet

from .difference_cards import plan_figures, plan_ideas, plan_step_names, plan_themes
from .difference_feelings import plan_feelings
from .difference_legend import plan_legend
from .difference_story import Differences
from .difference_strip import list_blocks, plan_strip, plan_sure

ROOMS = (
    {"themes": 3, "calm": 2, "theme": 3, "name": 3, "foot": 3, "idea": 4, "strip": 6, "sure": 9},
    {"themes": 2, "calm": 2, "theme": 3, "name": 3, "foot": 3, "idea": 4, "strip": 5, "sure": 7},
    {"themes": 2, "calm": 1, "theme": 2, "name": 3, "foot": 2, "idea": 3, "strip": 4, "sure": 5},
    {"themes": 1, "calm": 1, "theme": 3, "name": 3, "foot": 2, "idea": 3, "strip": 4, "sure": 4},
    {"themes": 1, "calm": 1, "theme": 2, "name": 2, "foot": 2, "idea": 3, "strip": 3, "sure": 3},
    {"themes": 1, "calm": 1, "theme": 2, "name": 2, "foot": 1, "idea": 2, "strip": 2, "sure": 2},
    {"themes": 1, "calm": 1, "theme": 1, "name": 1, "foot": 1, "idea": 2, "strip": 1, "sure": 1},
)  # fmt: skip
SCALE_LEAST, SCALE_MOST = 42.0, 76.0
SLACK = 0.01  # Python adds floats up a little otherwise since 3.12: that must not turn what just fits
SUMMARY, FEELING, INSIGHT, STRIP = "summary", "feeling", "insight", "strip"
OVERVIEW_NAME = "overview; the sheets behind it go step by step"


def lay_differences(found: Differences, paper: Paper) -> tuple[Sheet, ...]:
    """Lay the map out: one sheet where it fits, else an overview and the steps behind it; or why there is none."""
    if found.refusal or not found.story.steps:
        page = Page(found.story, lay_grid(found.story.steps, paper=paper), ROOMS[0], paper)
        return (stack_lanes(page, measure_lanes(((plan_lens, ()), (plan_foot, ())), page)),)
    drafts = _list_drafts(found, paper)
    return tuple(_lay_sheet(found, draft, paper, sheet=(k, len(drafts))) for k, draft in enumerate(drafts, start=1))


def _list_drafts(found: Differences, paper: Paper) -> list[tuple]:
    """Return the sheets as (steps, zones); what has no step stands on the first sheet that has room for it."""
    groups = split_sheets(found.story.steps, most=paper.most_steps)
    zones = [(FEELING,), (INSIGHT,)] if paper.is_split else [(FEELING, INSIGHT)]
    drafts = [(group, zone) for group in groups for zone in zones]
    if len(drafts) > 1:
        drafts = [(found.story.steps, (SUMMARY,)), *drafts]
    if not list_blocks(found):
        return drafts
    group, zone = drafts[0]
    if (
        _height(found, _make_page(found, drafts[0], paper, sheet=(1, 1)), (*zone, STRIP), room=ROOMS[-2])
        <= paper.room + SLACK
    ):
        return [(group, (*zone, STRIP)), *drafts[1:]]
    return [drafts[0], (found.story.steps, (STRIP,)), *drafts[1:]]


def _make_page(found: Differences, draft: tuple, paper: Paper, *, sheet: tuple[int, int]) -> Page:
    group, zones = draft
    is_summary = SUMMARY in zones
    story = replace(found.story.with_steps(group), sheet=sheet, sheet_name=OVERVIEW_NAME if is_summary else "")
    grid = lay_dense_grid(group, paper=paper) if is_summary else lay_grid(group, paper=paper)
    return Page(story, grid, {**ROOMS[0], "lens": 2 if paper.is_split else 3}, paper)


def _lay_sheet(found: Differences, draft: tuple, paper: Paper, *, sheet: tuple[int, int]) -> Sheet:
    """Take the most generous room that fits; the scale of the feelings gets what is left."""
    page, zones = _make_page(found, draft, paper, sheet=sheet), draft[1]
    room = next((room for room in ROOMS if _height(found, page, zones, room=room) <= paper.room + SLACK), ROOMS[-1])
    spare = max(paper.room - _height(found, page, zones, room=room), 0.0)
    scale = min(SCALE_LEAST + spare, SCALE_MOST)
    return stack_lanes(page, _plan_lanes(found, page, zones, room=room, scale=scale))


def _height(found: Differences, page: Page, zones, *, room: dict) -> float:
    return sum(plan.height for plan in _plan_lanes(found, page, zones, room=room, scale=SCALE_LEAST))


def _plan_lanes(found: Differences, page: Page, zones, *, room: dict, scale: float) -> list[Plan]:
    """Plan the lanes of a sheet from top to bottom."""
    page = page._replace(room={**page.room, **room})
    lanes = [plan_lens if page.story.sheet[0] == 1 else plan_short_lens]
    if SUMMARY in zones:
        lanes += [plan_stages, plan_numbers, partial(plan_feelings, found=found, scale_height=scale, is_dense=True)]
        lanes += [partial(plan_sure, found=found)]
    if FEELING in zones or INSIGHT in zones:
        lanes += [plan_stages, partial(plan_step_names, found=found)]
    lanes += [partial(plan_feelings, found=found, scale_height=scale)] if FEELING in zones else []
    lanes += _list_insights(found, page) if INSIGHT in zones else []
    lanes += [partial(plan_strip, found=found)] if STRIP in zones else []
    has_feelings, has_insights = bool({FEELING, SUMMARY} & set(zones)), INSIGHT in zones
    if has_feelings or has_insights:
        lanes.append(partial(plan_legend, found=found, has_feelings=has_feelings, has_insights=has_insights))
    return measure_lanes([(lane, ()) for lane in (*lanes, plan_foot)], page)


def _list_insights(found: Differences, page: Page) -> list:
    """Return the lanes of themes, KPIs and ideas, as far as the steps of the sheet have them."""
    at = [step.step_id for step in page.story.steps]
    lanes = [partial(plan_themes, found=found)]
    lanes += [partial(plan_figures, found=found)] if any(found.at(one, "kpi") for one in at) else []
    return lanes + ([partial(plan_ideas, found=found)] if any(one.step_id in at for one in found.ideas) else [])
