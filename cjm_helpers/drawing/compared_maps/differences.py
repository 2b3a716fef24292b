"""The difference map: what surely changed between two waves along a journey, and what only seems to have."""

from dataclasses import replace
from functools import partial

from cjm_helpers.drawing.journey_map.caution import list_doubted
from cjm_helpers.drawing.journey_map.story import read_journey
from cjm_helpers.drawing.sheet.drawn import DrawnMap
from cjm_helpers.drawing.sheet.words import make_key

from .difference_layout import lay_differences
from .difference_story import Differences, read_differences
from .difference_twin import make_table, name_map
from .difference_words import TITLE, describe, write_context, write_finding, write_lens


def draw_difference_map(journey, changes, *, moves=None, done=None) -> DrawnMap:
    """Draw what changed since the wave before along a journey: only sure changes are coloured, all else is grey.

    Parameters
    ----------
    journey
        A `Journey` as `build_journey` makes it: its steps are the columns.
    changes
        Rows of `compare_waves`; those of other personas are left out. Read: persona_id, object, id, touchpoint_id,
        metric, name, unit, better, earlier, wave, before, after, delta, lo, hi, n1, n2, tests, verdict, sentence.
    moves
        Rows of `list_changes`: what came, went, was renamed or moved to another stage.
    done
        Rows of `judge_done`: ideas carried out, and what their KPI did.

    Returns
    -------
    DrawnMap
        The picture and its table twin. Without an earlier wave: one sentence that says so.

    Raises
    ------
    CjmError
        The comparison is a table of another kind.
    OffScale
        A feeling lies outside -2 to 2.

    Notes
    -----
    Nothing is tested here. A change is sure where `compare_waves` says improved, worse or changed. The window is the
    interval of the difference, laid from the earlier value; it may miss that value without the change being sure, for
    the verdict counts all tests.

    Examples
    --------
    >>> import cjm_helpers as cjm
    >>> part = cjm.select_rows(cjm.open_study("clinic_visit"))
    >>> draw_difference_map(cjm.journey.build_journey(part), cjm.waves.compare_waves([part]))
    What changed: Everyone, Clinic visit. No wave lies before 2026-05, so there is nothing to compare it with.
    """
    story = read_journey(journey)
    doubted = list_doubted(journey)
    found = read_differences(story, changes, steps=journey.steps, moves=moves, done=done, doubted=doubted)
    found = replace(found, story=_word(found))
    title = name_map(found)
    said = " ".join(f"{part.rstrip('.')}." for part in (title, write_finding(found)) if part)
    return DrawnMap(
        key=found.story.key,
        title=title,
        description=describe(found),
        said=said,
        lay=partial(lay_differences, found),
        tell=partial(make_table, found),
    )


def _word(found: Differences):
    """Return the story of the journey with the texts of this map."""
    return replace(
        found.story,
        key=make_key("changes", found.story.persona_id, found.story.wave),
        kind=TITLE,
        finding=write_finding(found),
        context=write_context(found),
        lens=write_lens(found),
    )
