"""The legend of the difference map, which names every mark used and only those."""

from cjm_helpers.drawing.journey_map.cards import Page, Plan
from cjm_helpers.drawing.journey_map.caution import is_doubted
from cjm_helpers.drawing.journey_map.changes import BETTER, WORSE
from cjm_helpers.drawing.journey_map.earlier import DOT_BEFORE, DOT_WEIGHT, FILLS, SWATCH, draw_swatch
from cjm_helpers.drawing.journey_map.kpis import draw_baseline
from cjm_helpers.drawing.journey_map.legend import Entry, caution_entry, plan_entries
from cjm_helpers.drawing.sheet.marks import DOT, draw_arrow, draw_window, triangle_down, triangle_up

from .difference_story import Differences


def plan_legend(page: Page, found: Differences, *, has_feelings: bool, has_insights: bool) -> Plan:
    """Plan the legend of what this sheet shows."""
    return plan_entries(page, _list_entries(page, found, has_feelings=has_feelings, has_insights=has_insights))


def _list_entries(page: Page, found: Differences, *, has_feelings: bool, has_insights: bool) -> list[Entry]:
    at = [step.step_id for step in page.story.steps]
    feelings = _feeling_entries(found, at) if has_feelings else ()
    return [*feelings, *(_insight_entries(found, at) if has_insights else ()), *_caution_entries(found, at)]


def _caution_entries(found: Differences, at):
    """The sign that coders differ, for themes at the steps of the sheet or, in the strip below, at none."""
    if any(is_doubted(one) for step_id in ("", *at) for one in found.at(step_id, "theme")):
        yield caution_entry()


def _feeling_entries(found: Differences, at):
    felt = [one for step_id in at for one in found.at(step_id, "feeling")]
    if any(one.before is not None for one in felt):
        yield Entry(6.0, f"feeling in {found.earlier}", _draw_before)
    if any(one.after is not None for one in felt):
        yield Entry(2.6, f"feeling in {found.wave}", lambda pen, x, y: pen.disc((x + 1.3, y), DOT, fill="bar"))
    if any(one.is_tested for one in felt):
        words = "95 % interval of the difference, laid from the earlier value"
        yield Entry(3.4, words, lambda pen, x, y: draw_window(pen, x + 1.7, y0=y - 2, y1=y + 2))
    for verdict, words in ((BETTER, "surely better"), (WORSE, "surely worse")):
        if any(one.verdict == verdict for one in felt):
            yield Entry(SWATCH[0], words, draw_swatch(FILLS[verdict]))


def _draw_before(pen, x, y) -> None:
    pen.line((x + 1, y), (x + 6, y), tone="bar", weight=1.1)
    pen.disc((x + 1, y), DOT_BEFORE, fill="paper", edge="bar", weight=DOT_WEIGHT)


def _insight_entries(found: Differences, at):
    themes = [one for step_id in at for one in found.at(step_id, "theme")]
    for better, words, shape in (("lower", "pain point", triangle_down), ("higher", "delight", triangle_up)):
        if any(one.better == better for one in themes):
            yield Entry(2.2, words, lambda pen, x, y, shape=shape: pen.polygon(shape(x, y + 1), fill="bar"))
    if any(one.is_tested for step_id in at for one in found.at(step_id, "kpi")):
        yield Entry(12.0, "KPI: before, now", _draw_kpi)


def _draw_kpi(pen, x, y) -> None:
    pen.line((x, y), (x + 12, y), tone="bar", weight=0.8)
    draw_arrow(pen, x + 1, x1=x + 9, y=y, tone="bar")
    draw_baseline(pen, (x + 1, y))
