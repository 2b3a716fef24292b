"""Tests of which stages the questions of the journey are asked of."""

import pytest

from cjm_helpers.method.touchpoints.questions import match_stages


@pytest.mark.parametrize("name", ["Purchase", "Decision", "Ordering", "Booking a date"])
def test_the_buying_stage_is_known_by_its_name(name):
    """Whatever the stage of buying or booking is called, what lies before and after it follows."""
    asked = match_stages(["Notice", "Compare", name, "Use", "Tell"])
    assert asked == {"aware": ["Notice"], "decide": ["Compare"], "buy": [name], "after": ["Use", "Tell"]}


def test_a_journey_that_begins_with_buying_is_asked_there():
    """Where no stage comes before, people become aware and decide where they buy."""
    asked = match_stages(["Purchase", "Delivery"])
    assert asked == {"aware": ["Purchase"], "decide": ["Purchase"], "buy": ["Purchase"], "after": ["Delivery"]}


def test_without_a_telling_name_the_middle_counts():
    """Stages of other names, few of them or none, still give every question its place or none."""
    assert match_stages(["One", "Two", "Three"])["buy"] == ["Two"]
    assert match_stages([]) == {"aware": [], "decide": [], "buy": [], "after": []}
