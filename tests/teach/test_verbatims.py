"""Verbatims read like people: they fit persona, touchpoint and feeling, and hardly repeat each other."""

from dataclasses import replace

import numpy as np
import pytest

from cjm_helpers.teach.verbatims import Composer, Occasion


@pytest.fixture
def composer(script):
    """Return a composer with fresh paper."""
    return Composer(script, np.random.default_rng(11))


def say(composer, **changed):
    about = Occasion("busy_parent", "payment", wave="2026-03", feeling=-1.5, source="survey")
    return composer.compose(replace(about, **changed))


def test_a_bad_feeling_names_a_pain(composer, script):
    """Whoever feels clearly bad names pain points only."""
    codes = {code for _ in range(50) for code in say(composer)[1]}
    assert {script.valence[code] for code in codes} == {-1}


def test_a_good_feeling_names_a_delight(composer, script):
    """Whoever feels clearly good names delights only."""
    codes = {code for _ in range(50) for code in say(composer, feeling=1.5)[1]}
    assert {script.valence[code] for code in codes} == {1}


def test_slots_are_filled(composer):
    """No bracket of a slot is left in what people say."""
    texts = [say(composer, source=source)[0] for source in ("survey", "review", "support", "social") for _ in range(40)]
    assert not [text for text in texts if "{" in text or "}" in text]


def test_what_came_later_is_not_said_before(composer, script):
    """Nobody praises the new form in the first wave."""
    later = set(script.sentences.query("touchpoint_id == 'delivery_form' and only == '2026-09'")["text"])
    texts = [say(composer, touchpoint_id="delivery_form", feeling=1.5)[0] for _ in range(60)]
    assert not [text for text in texts if any(sentence in text for sentence in later)]


def test_a_ticket_names_trouble(composer, script):
    """Nobody writes to the help desk without a pain point, however mild the feeling."""
    codes = {code for _ in range(40) for code in say(composer, feeling=-0.1, source="support")[1]}
    assert {script.valence[code] for code in codes} == {-1}


def test_the_committed_verbatims_hardly_repeat(study):
    """At most three in a hundred verbatims are the same words as another, and their lengths differ widely."""
    texts = study.feedback["text"]
    assert texts.str.lower().duplicated().mean() <= 0.03
    assert texts.str.len().quantile(0.1) < 60 < 140 < texts.str.len().quantile(0.9)


def test_the_committed_verbatims_hold_no_personal_data(study):
    """No e-mail address, phone number or card number stands in a verbatim."""
    assert not study.feedback["text"].str.contains(r"\w@\w+\.\w|\d{5,}|\+\d{2}").any()
