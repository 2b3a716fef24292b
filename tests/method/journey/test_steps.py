"""Steps: the numbered columns of the map, and the lens above it."""

import pytest

from cjm_helpers.method.journey.steps import describe_lens, find_step, list_steps


@pytest.fixture
def touchpoints(make_table):
    return make_table("touchpoints", [
        {"touchpoint_id": "ad", "name": "Advert", "stage": "Notice"},
        {"touchpoint_id": "cart", "name": "Basket", "stage": "Buy"},
        {"touchpoint_id": "pay", "name": "Payment", "stage": "Buy"},
    ])  # fmt: skip


def test_steps_carry_stage_and_place(touchpoints):
    """3.2 is the second touchpoint of the third stage, also where a stage between is empty."""
    steps = list_steps(touchpoints, stages=("Notice", "Choose", "Buy"))
    assert steps["step_id"].tolist() == ["1.1", "3.1", "3.2"]


def test_a_stage_told_only_in_words_has_a_step(touchpoints, make_table):
    """A stage without touchpoint gets a step when a statement tells what happens there, not for a trait."""
    stated = make_table("statements", [
        {"stage": "Choose", "field": "action"}, {"stage": "Praise", "field": "demographics"},
    ])  # fmt: skip
    steps = list_steps(touchpoints, stages=("Notice", "Choose", "Buy", "Praise"), statements=stated)
    assert steps.loc[steps["touchpoint_id"] == "", ["step_id", "name"]].values.tolist() == [
        ["2.1", "No touchpoint yet"]
    ]


def test_what_names_only_a_stage_stands_at_its_first_step(touchpoints):
    """A touchpoint is found by its id; without one the stage's first step is meant."""
    steps = list_steps(touchpoints, stages=("Notice", "Buy"))
    assert [find_step(steps, touchpoint_id="pay", stage="Notice"), find_step(steps, stage="Buy")] == ["2.2", "2.1"]


def test_the_lens_names_the_persona(shop):
    """Persona, tagline, scenario, own goals and the dates of the wave stand in the lens."""
    goals = [{"persona_id": "lena", "field": "goal_short", "text": "Shoes by Friday", "basis": "reported"}]
    lens = describe_lens(shop(persona_id="lena", wave="w1", statements=goals))
    assert lens == {
        "persona": "Lena",
        "tagline": "Shops at night.",
        "study": "Shop",
        "scenario": "Buying shoes: from “sees an advert” to “has paid”.",
        "goal": "Shoes by Friday.",
        "wave": "w1 (1 to 31 March 2026)",
    }


def test_the_lens_for_everyone_names_all(shop):
    """For everyone the tagline names the personas and the goal is the organisation's."""
    lens = describe_lens(shop(goals=[{"goal_id": "g1", "statement": "More orders"}]))
    assert (lens["persona"], lens["tagline"], lens["goal"]) == (
        "Everyone",
        "All personas together: Lena.",
        "More orders.",
    )


def test_a_persona_without_goals_is_drawn_for_those_of_the_study(shop):
    """Where nobody knows what the persona wants, the lens says what the map is for."""
    lens = describe_lens(shop(persona_id="lena", goals=[{"goal_id": "g1", "statement": "More orders"}]))
    assert (lens["persona"], lens["goal"]) == ("Lena", "More orders.")
