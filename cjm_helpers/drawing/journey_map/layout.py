"""Laying out a map: which sheets it takes, and how much each lane may say so that the curve keeps its height."""

from dataclasses import replace
from typing import NamedTuple

from cjm_helpers.drawing.sheet.look import (
    COLUMN_MOST,
    CURVE_LEAST,
    CURVE_LEAST_FULL,
    CURVE_LEAST_SMALL,
    CURVE_MOST,
    MOST_STAGES,
    MOST_STEPS,
    STAGE_COLUMN_MOST,
)
from cjm_helpers.drawing.sheet.paper import A3, Paper
from cjm_helpers.drawing.sheet.scene import Sheet
from cjm_helpers.drawing.sheet.words import listing

from .cards import Page
from .emotion import EMPTY_HEIGHT, has_emotion, plan_emotion_lane
from .grid import lay_grid, split_sheets, split_stages
from .insights import plan_insights, plan_opportunities
from .kpis import plan_kpis
from .lanes_above import plan_quotes, plan_stages, plan_step_names, plan_steps
from .lanes_below import plan_channels, plan_touchpoints
from .legend import plan_foot, plan_legend
from .lens import plan_lens, plan_short_lens
from .overview import lay_overview
from .stack import measure_lanes, stack_lanes
from .stated import plan_backstage, plan_needs, plan_support
from .story import STATED, Story

ROOM = {"lens": 3, "action": 5, "quote": 6, "theme": 4, "idea": 5, "themes": 2, "stated": 3, "name": 3, "foot": 3,
        "sign": 1}  # fmt: skip
MORE_ROOM = {"lens": 3, "action": 8, "quote": 8, "theme": 5, "idea": 7, "themes": 4, "stated": 6, "name": 3, "foot": 3,
             "sign": 1}  # fmt: skip
TRIM_MORE = ("sign", "themes", "stated", "idea", "action", "quote", "theme", "themes", "stated", "action", "idea",
             "quote", "action", "stated")  # fmt: skip
TRIM = (
    "sign", "themes", "quote", "action", "stated", "theme", "idea", "quote", "name", "action", "foot", "lens", "theme",
    "idea", "foot", "quote", "action", "idea", "theme", "quote", "stated", "idea", "quote", "action", "name",
)  # fmt: skip
HEAD = ((plan_lens, ()),)
SHORT_HEAD = ((plan_short_lens, ()),)
FEET = ((plan_legend, ()), (plan_foot, ()))
DONE_AND_SAID = ((plan_stages, ()), (plan_steps, ()), (plan_quotes, ("quote",)))
WHERE = ((plan_touchpoints, ("touchpoint",)), (plan_channels, ("channel",)))
WHY = (
    (plan_needs, ("need",)),
    (plan_insights, ("pain", "delight")),
    (plan_kpis, ("kpi",)),
    (plan_opportunities, ("opportunity",)),
    (plan_backstage, ("backstage",)),
    (plan_support, ("support",)),
)
FELT = ("emotion", "interview")
READS = {
    plan_lens: ("lens",), plan_steps: ("action",), plan_quotes: ("quote", "sign"), plan_needs: ("stated",),
    plan_insights: ("themes", "theme", "sign"), plan_kpis: ("name", "foot"), plan_opportunities: ("idea",),
    plan_backstage: ("stated",), plan_support: ("stated",),
}  # fmt: skip
NAMES = {"quote": "verbatims", "touchpoint": "touchpoints", "channel": "channels", "pain": "pain points or delights",
         "kpi": "KPIs", "opportunity": "opportunities"}  # fmt: skip


class Kind(NamedTuple):
    """What a sheet shows: the lanes above and below the curve, and whether it has one."""

    above: tuple
    below: tuple
    has_curve: bool = True


WHOLE = Kind(DONE_AND_SAID, (*WHERE, *WHY))
EXPERIENCE = Kind(DONE_AND_SAID, WHERE)
INSIGHT = Kind(((plan_stages, ()), (plan_step_names, ())), WHY, has_curve=False)


def lay_out(story: Story, paper: Paper = A3) -> tuple[Sheet, ...]:
    """Lay the whole map out: one sheet; several of whole stages; or, if it is long, an overview and one a stage."""
    story = _note_empty_lanes(story)
    stages = dict.fromkeys(step.stage for step in story.steps)
    is_long = len(story.steps) > MOST_STEPS or len(stages) > MOST_STAGES
    split = split_stages if is_long else split_sheets
    groups = split(story.steps, most=paper.most_steps)
    drafts = [(story, None)] if is_long else []
    drafts += [(story.with_steps(group), kind) for group in groups for kind in _list_kinds(story, paper)]
    numbered = ((replace(part, sheet=(k, len(drafts))), kind) for k, (part, kind) in enumerate(drafts, start=1))
    return tuple(_lay_sheet(part, kind, paper=paper, is_stage=is_long) for part, kind in numbered)


def _list_kinds(story: Story, paper: Paper) -> list[Kind]:
    if not paper.is_split:
        return [WHOLE]
    has_insight = any(story.used.intersection(needs) for _, needs in WHY)
    return [EXPERIENCE, INSIGHT] if has_insight else [EXPERIENCE]


def _note_empty_lanes(story: Story) -> Story:
    """Say in the foot which lanes are left out because the study holds nothing for them yet."""
    lanes = (needs for _, needs in (*WHOLE.above, *WHOLE.below) if needs and needs[0] in NAMES)
    empty = [NAMES[needs[0]] for needs in lanes if not story.used.intersection(needs)]
    note = f"None yet: {listing(empty)}." if empty else ""
    return replace(story, foot=" ".join(filter(None, (story.foot, note))))


def _lay_sheet(story: Story, kind: Kind | None, *, paper: Paper, is_stage: bool) -> Sheet:
    if kind is None:
        return lay_overview(story, paper)
    grid = lay_grid(story.steps, paper=paper, most=STAGE_COLUMN_MOST if is_stage or paper.is_split else COLUMN_MOST)
    page = Page(story, grid, MORE_ROOM if is_stage or not kind.has_curve else ROOM, paper, _list_lanes(kind))
    if not story.steps:
        return stack_lanes(page, measure_lanes((*HEAD, FEET[1]), page))
    page, kind = _fit_head(page, kind)
    above, below = measure_lanes(kind.above, page), measure_lanes(kind.below, page)
    if not kind.has_curve:
        return stack_lanes(page, [*above, *below])
    rest = page.paper.room - sum(plan.height for plan in (*above, *below))
    curve = plan_emotion_lane(page, min(max(rest, _least(page, kind)), CURVE_MOST))
    return stack_lanes(page, [*above, curve, *below])


def _list_lanes(kind: Kind) -> frozenset:
    """Return the names of the cells that a sheet shows."""
    shown = {name for _, needs in (*kind.above, *kind.below) for name in needs}
    return frozenset({*shown, *(("step", *FELT) if kind.has_curve else ())})


def _fit_head(page: Page, kind: Kind) -> tuple[Page, Kind]:
    """Put head and feet to a sheet and trim its texts; a small paper that is still too full gets the short head."""
    is_first = page.story.sheet[0] == 1
    heads = [HEAD, SHORT_HEAD] if is_first and page.paper.is_split else [HEAD if is_first else SHORT_HEAD]
    for head in heads:
        whole = kind._replace(above=(*head, *kind.above), below=(*kind.below, *FEET))
        trimmed = _trim(page, whole)
        if _rest(trimmed, whole, {}) >= _least(trimmed, whole):
            break
    return trimmed, whole


def _rest(page: Page, kind: Kind, known: dict) -> float:
    """Return the height that the other lanes leave for the curve; known keeps what was measured already."""
    taken = 0.0
    for lane in (*kind.above, *kind.below):
        key = (lane[0], *(page.room[name] for name in READS.get(lane[0], ())))
        if key not in known:
            known[key] = sum(plan.height for plan in measure_lanes((lane,), page))
        taken += known[key]
    return page.paper.room - taken


def _least(page: Page, kind: Kind) -> float:
    """Return the least height of the curve on this sheet."""
    if not kind.has_curve:
        return 0.0
    if not has_emotion(page.story):
        return EMPTY_HEIGHT
    if page.paper.is_split:
        return CURVE_LEAST_SMALL
    return CURVE_LEAST_FULL if page.story.used.intersection(STATED) else CURVE_LEAST


def _trim(page: Page, kind: Kind) -> Page:
    """Take lines from the texts in turn until the curve has its least height; give back what did not help."""
    least, known = _least(page, kind), {}
    taken: list[str] = []
    for name in (*(TRIM_MORE if page.room == MORE_ROOM else ()), *TRIM):
        if _rest(page, kind, known) >= least:
            break
        page = _with_lines(page, name, -1)
        taken.append(name)
    for name in reversed(taken):
        fuller = _with_lines(page, name, 1)
        page = fuller if _rest(fuller, kind, known) >= min(least, _rest(page, kind, known)) else page
    return page


def _with_lines(page: Page, name: str, change: int) -> Page:
    return page._replace(room={**page.room, name: page.room[name] + change})
