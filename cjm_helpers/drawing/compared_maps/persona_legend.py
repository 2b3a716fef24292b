"""The legend of the map of several personas, which names every mark used and only those."""

from cjm_helpers.drawing.journey_map.cards import Page, Plan
from cjm_helpers.drawing.journey_map.caution import is_doubted
from cjm_helpers.drawing.journey_map.legend import NO_VALUE, Entry, caution_entry, plan_entries
from cjm_helpers.drawing.sheet.look import REGULAR, SEMIBOLD, SOLID_FROM
from cjm_helpers.drawing.sheet.typeface import measure, shorten
from cjm_helpers.drawing.sheet.words import sign

from .persona_cards import share_ideas, share_pains
from .persona_marks import MARK_UP, SAMPLE, draw_mark, draw_sample
from .persona_story import Comparison, Persona
from .persona_values import LOW_LOOK, NO_PASS, has_values

NAME_MOST = 56.0


def plan_legend(page: Page, found: Comparison, *, has_curves: bool, has_insights: bool) -> Plan:
    """Plan the legend of what this sheet shows."""
    entries = [*_persona_entries(found), *(_curve_entries(page, found) if has_curves else ())]
    told = (share_pains, *((share_ideas,) if page.room["ideas"] else ())) if has_insights else ()
    cells = [one.thing for share in told for step in page.story.steps for one in share(found, step.step_id)]
    entries += [caution_entry()] if any(map(is_doubted, cells)) else []
    return plan_entries(page, entries)


def plan_panel_legend(page: Page, *, group: tuple[Persona, ...]) -> Plan:
    """Plan the legend of small panels."""
    felt = [one.feeling(step.step_id) for one in group for step in page.story.steps if one.passes(step.step_id)]
    entries = list(_mean_entries([thing for thing in felt if thing.value is not None]))
    if any(thing.value is None for thing in felt):
        entries.append(NO_VALUE)
    return plan_entries(page, entries)


def _persona_entries(found: Comparison):
    for one in found.personas:
        name = shorten(one.short, NAME_MOST)
        yield Entry(SAMPLE, name, lambda pen, x, y, k=one.number: draw_sample(pen, x, y=y, number=k))


def _curve_entries(page: Page, found: Comparison):
    yield from _mean_entries([thing for step in page.story.steps for _, thing in found.felt(step.step_id)])
    if any(found.differ(step.step_id) for step in page.story.steps):
        yield Entry(2.0, "surely feel differently", _draw_bracket)
    yield from _value_entries(page, found) if has_values(page) else ()


def _value_entries(page: Page, found: Comparison):
    at = [step.step_id for step in page.story.steps]
    if any(not one.passes(step_id) for one in found.personas for step_id in at):
        yield Entry(measure(NO_PASS), "does not pass", _draw_words(NO_PASS, tone="muted"))
    lowest = [sign(one.feeling(one.story.lowest).value) for one in found.personas if one.story.lowest in at]
    if lowest:
        yield Entry(measure(lowest[0], face=SEMIBOLD), "lowest of the persona", _draw_words(lowest[0], **LOW_LOOK))


def _draw_words(words: str, *, tone: str, face: str = REGULAR):
    return lambda pen, x, y: pen.text((x, y + MARK_UP), words, tone=tone, face=face)


def _mean_entries(felt):
    if any((thing.n or 0) >= SOLID_FROM for thing in felt):
        yield Entry(3.4, "mean, n from 30", lambda pen, x, y: draw_mark(pen, (x + 1.7, y), number=0, tone="ink"))
    if any((thing.n or 0) < SOLID_FROM for thing in felt):
        words = "n below 30" if any((thing.n or 0) >= SOLID_FROM for thing in felt) else "mean, n below 30"
        yield Entry(3.4, words, lambda pen, x, y: draw_mark(pen, (x + 1.7, y), number=0, tone="ink", is_solid=False))
    if any(thing.lo is not None for thing in felt):
        yield Entry(2.0, "95 % interval", _draw_interval)


def _draw_interval(pen, x, y) -> None:
    pen.line((x + 1, y - 2), (x + 1, y + 2), tone="bar", weight=0.9)
    for end in (y - 2, y + 2):
        pen.line((x + 0.2, end), (x + 1.8, end), tone="bar", weight=0.9)


def _draw_bracket(pen, x, y) -> None:
    pen.line((x + 1.5, y - 2), (x + 1.5, y + 2), tone="ink", weight=1.0)
    for end in (y - 2, y + 2):
        pen.line((x + 0.5, end), (x + 1.5, end), tone="ink", weight=1.0)
