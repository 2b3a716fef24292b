"""The map of several personas: up to four curves on one sheet, or a small panel for each of more."""

from dataclasses import replace
from functools import partial

from cjm_helpers.drawing.journey_map.story import Story, read_journey
from cjm_helpers.drawing.sheet.drawn import DrawnMap
from cjm_helpers.drawing.sheet.words import listing, make_key
from cjm_helpers.errors import CjmError

from .persona_layout import lay_personas
from .persona_panels import lay_panels
from .persona_story import Comparison, count_tests, join_steps, name_personas, read_differences
from .persona_twin import make_table
from .persona_words import (
    READING,
    READING_PANELS,
    describe,
    find_lowest,
    write_context,
    write_finding,
    write_foot,
    write_tests,
)

LINES_MOST = 4
KIND = "Personas compared"


def draw_persona_map(journeys, *, differences=None) -> DrawnMap:
    """Draw the emotion curves of several personas on the same steps and the same scale.

    Parameters
    ----------
    journeys
        Two or more `Journey` objects as `build_journey` makes them, of different personas of one study and wave. Up to
        four are lines of one picture; more get a small panel each.
    differences
        Rows of `compare_feelings`. Where it says that two of these personas differ the step is marked; what looks
        different and is not marked may be chance.

    Returns
    -------
    DrawnMap
        The picture and its table twin. More than 14 steps are drawn as an overview and sheets of whole stages.

    Raises
    ------
    CjmError
        For fewer than two journeys, a persona twice, or journeys of several studies or waves.
    OffScale
        A feeling lies outside -2 to 2.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> import pandas as pd
    >>> steps = pd.DataFrame({"step_id": ["1.1", "1.2"], "stage": "Buy", "touchpoint_id": ["ad", "pay"]})
    >>> steps["name"] = ["Ad", "Pay"]
    >>> def build(persona_id, values):
    ...     cells = pd.DataFrame({"step_id": ["1.1", "1.2"], "lane": "emotion", "value": values, "n": 40})
    ...     texts = {"finding": "", "context": "", "headline": [], "foot": "", "gaps": None}
    ...     return SimpleNamespace(persona_id=persona_id, wave="w1", lens={}, steps=steps, cells=cells, **texts)
    >>> draw_persona_map([build("lena", [1.0, -1.5]), build("omar", [1.0, -1.5])])
    Personas compared: lena and omar, w1. Lowest for both at 1.2 Pay: −1.5.
    """
    journeys = list(journeys)
    stories = [read_journey(journey) for journey in journeys]
    _check_stories(stories)
    personas = name_personas(stories)
    told = read_differences(differences, personas, journeys=journeys)
    found = Comparison(tuple(personas), told, count_tests(differences), _start_story(stories))
    found = replace(found, story=_word(found))
    names = listing(one.short for one in personas)
    title = f"{KIND}: {', '.join(filter(None, (names, found.story.lens.get('study'), found.story.lens['wave'])))}"
    return DrawnMap(
        key=found.story.key,
        title=title,
        description=describe(found),
        said=f"{title}. {found.story.finding}",
        lay=partial(lay_personas if len(personas) <= LINES_MOST else lay_panels, found),
        tell=partial(make_table, found),
    )


def _check_stories(stories: list[Story]) -> None:
    if len(stories) < 2:
        have = f"only '{stories[0].persona_id}'" if stories else "none"
        raise CjmError(
            f"Comparing personas takes two journeys or more, and there is {have}. "
            "Build the journey of another persona too, or draw this one alone with draw_journey_map."
        )
    ids = [story.persona_id for story in stories]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise CjmError(f"Persona '{twice[0]}' is there twice. Hand in one journey for each persona.")
    named = {"studies": [one.lens.get("study", "") for one in stories], "waves": [one.wave for one in stories]}
    for what, names in named.items():
        several = list(dict.fromkeys(names))
        if len(several) > 1:
            raise CjmError(
                f"These journeys are of several {what}: {listing(several)}. "
                "A map of personas compares those of one study in one wave; for two waves there is draw_difference_map."
            )
    _check_steps(stories)


def _check_steps(stories: list[Story]) -> None:
    known: dict = {}
    for story in stories:
        for step in story.steps:
            other = known.setdefault(step.step_id, step)
            if (other.name, other.stage) != (step.name, step.stage):
                raise CjmError(
                    f"Step {step.step_id} is “{other.name}” in one journey and “{step.name}” in another. "
                    "Build all journeys anew from the same study, so that a step has one number for all personas."
                )


def _start_story(stories: list[Story]) -> Story:
    """Return the story of the sheet: the steps of all, the texts they share, no things of its own."""
    first = stories[0]
    ids = [story.persona_id for story in stories]
    shared = {name: words for name, words in first.lens.items() if all(one.lens.get(name) == words for one in stories)}
    lens = {name: shared[name] for name in ("study", "wave", "scenario") if name in shared}
    lens.setdefault("wave", first.wave)
    key = make_key("personas", first.lens.get("study", ""), first.wave, *ids)
    return replace(
        first, key=key, persona_id="", kind=KIND, lens=lens, steps=join_steps(stories), things={}, used=frozenset(),
        finding="", context="", headline=(), foot="", gaps=(), lowest="", labelled=(), channels=(), earlier=None,
    )  # fmt: skip


def _word(found: Comparison) -> Story:
    """Return the story of the sheet with the texts of this map."""
    story = found.story
    reading = READING if len(found.personas) <= LINES_MOST else READING_PANELS
    return replace(
        story,
        lowest=find_lowest(found),
        finding=write_finding(found),
        context=write_context(found),
        lens={**story.lens, "tests": write_tests(found), "reading": reading},
        foot=write_foot(found),
    )
