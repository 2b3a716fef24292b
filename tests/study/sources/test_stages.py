"""Stages of new touchpoints: from the words of a heading, else from the heading before it."""

import pytest

from cjm_helpers.study.sources.stages import find_stage, guess_stages

HOTEL = ("Booking", "Arrival", "Stay", "Departure")


@pytest.mark.parametrize(
    ("heading", "stage"),
    [("Online booking", "Booking"), ("Check-in", "Arrival"), ("Check-out", "Departure"), ("Shuttle bus", "")],
)
def test_a_heading_speaks_of_its_stage(heading, stage):
    """A stage is known by its own name or by what happens in it."""
    assert find_stage(heading, HOTEL) == stage


def test_other_headings_follow_the_one_before():
    """Where a heading says nothing, it stays with the question before it, and never all with the first stage."""
    assert guess_stages(["Reception", "Lift", "Bill", "Taxi"], HOTEL) == ["Arrival"] * 2 + ["Departure"] * 2
    assert guess_stages(["Alpha", "Beta", "Gamma", "Delta"], HOTEL) == list(HOTEL)
