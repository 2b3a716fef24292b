"""What was written by hand for the examples fits together."""

from string import Formatter

import pytest

from cjm_helpers.teach.script import NOTHING_FITS, read_script

SPEAKERS_OF_A_PERSONA = {"retail_checkout": 3, "care_after_purchase": 2}
FEWEST_SENTENCES = 250


@pytest.fixture(scope="module", params=SPEAKERS_OF_A_PERSONA)
def name(request) -> str:
    """Return the name of each example with a script."""
    return request.param


@pytest.fixture(scope="module")
def script(name):
    """Return what was written by hand for it."""
    return read_script(name)


@pytest.fixture(scope="module")
def truth(script) -> dict:
    """Return what was planted in it."""
    return script.truth


def test_there_are_sentences_enough(script):
    """At least 250 sentences were written by hand, none of them twice."""
    assert len(script.sentences) >= FEWEST_SENTENCES
    assert not script.sentences.duplicated(["touchpoint_id", "text"]).any()


def test_sentences_name_known_touchpoints_and_codes(script):
    """Every heading of the sentences and interviews names a touchpoint and a code that exist."""
    touchpoints = set(script.worksheets["touchpoints"]["touchpoint_id"])
    for table in (script.sentences, script.interviews):
        assert set(table["touchpoint_id"]) <= touchpoints
        assert set(table["code_id"]) <= set(script.valence)


def test_sentences_are_for_personas_or_waves_that_exist(script, truth):
    """What stands in brackets behind a heading is a persona or a wave."""
    assert set(script.sentences["only"]) <= {"", *truth["personas"], *truth["waves"]}


def test_every_slot_has_words(script):
    """Each slot of a sentence or closing word is filled from words.toml."""
    texts = [*script.sentences["text"], *(text for same in script.tails.values() for text in same)]
    slots = {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}
    assert slots <= set(script.words)


def test_words_know_every_persona(script, truth):
    """Words that depend on the persona are there for each of them."""
    for words in script.words.values():
        if isinstance(words, dict):
            assert set(words) == set(truth["personas"])


def test_everything_that_is_felt_can_be_said(script, truth):
    """Each touchpoint that is rated has a sentence in which nothing fits a code, or more than one code."""
    for touchpoint_id in truth["touchpoints"]:
        drawer = script.drawers[touchpoint_id]
        assert NOTHING_FITS in drawer
        assert len(drawer) > 1


def test_truth_and_worksheets_name_the_same(script, truth):
    """Personas, touchpoints and their meeting are the same in truth.toml and in the worksheets."""
    sheet = script.worksheets["touchpoints"].set_index("touchpoint_id")["persona_ids"]
    assert set(truth["personas"]) == set(script.worksheets["personas"]["persona_id"])
    for persona_id, persona in truth["personas"].items():
        met = {touchpoint_id for touchpoint_id, ids in sheet.items() if not ids or persona_id in ids.split(";")}
        assert set(persona["reach"]) == met
        assert set(persona["shift"]) <= met


def test_every_persona_was_interviewed(name, script, truth):
    """As many speakers of each persona as planned talk of both waves, and each says more than one thing."""
    speakers = script.interviews.drop_duplicates("speaker")
    planned = dict.fromkeys(truth["personas"], SPEAKERS_OF_A_PERSONA[name])
    assert speakers["persona_id"].value_counts().to_dict() == planned
    assert set(speakers["wave"]) == set(truth["waves"])
    assert script.interviews.groupby("speaker").size().min() >= 4


def test_people_and_truth_name_the_same(script, truth):
    """The personas, weighed touchpoints and figures of setting.toml are those of truth.toml."""
    setting, touchpoints = script.setting, set(script.worksheets["touchpoints"]["touchpoint_id"])
    assert set(setting["traits"]) == set(setting["voices"]) == set(truth["personas"])
    assert {setting["outcome_ease"]["touchpoint_id"], *setting["stopped"]["at"]} <= touchpoints
    assert set(setting["figure_by_persona"]) <= set(truth["figures"])
    assert setting["stopped"]["tails"] in script.tails


def test_findings_name_what_is_planted(script, truth):
    """Every finding speaks of a touchpoint, KPI or code that exists."""
    sheets = script.worksheets
    known = {*sheets["touchpoints"]["touchpoint_id"], *sheets["kpis"]["kpi_id"], *sheets["codebook"]["code_id"]}
    assert {finding["of"] for finding in truth["findings"]} <= known
