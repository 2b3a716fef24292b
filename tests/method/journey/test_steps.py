"""Steps: the numbered columns of the map, the same for every persona and wave, and the lens above it."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cjm_helpers.method.journey import build_journey, keep_first_shelf
from cjm_helpers.method.journey.steps import describe_lens, find_step, keep_steps, list_all_steps
from cjm_helpers.study.selection import select_personas, select_rows

STAGES = ("Notice", "Choose", "Buy")
WHO, WHEN = ("", "busy_parent", "careful_comparer"), ("", "2026-03", "2026-09")
LIMITS = (("", "busy_parent", "busy_parent;careful_comparer"), WHEN, WHEN)


@pytest.fixture
def touchpoints(make_table):
    return make_table("touchpoints", [
        {"touchpoint_id": "ad", "name": "Advert", "stage": "Notice", "last_wave": "w1"},
        {"touchpoint_id": "pay", "name": "Payment", "stage": "Buy", "position": 2},
        {"touchpoint_id": "cart", "name": "Basket", "stage": "Buy", "position": 1, "persona_ids": "omar; ada"},
    ])  # fmt: skip


@pytest.fixture
def state(make_table):
    """Make statements about whole stages, each with what else it says."""

    def make(*rows):
        return make_table("statements", [{"field": "action", **row} for row in rows])

    return make


def numbers(touchpoints, statements):
    """The numbers that touchpoints and statements get."""
    known = {"stages": STAGES, "personas": ["lena", "omar"], "waves": ["w1", "w2"]}
    return list_all_steps(touchpoints, statements=statements, **known)["step_id"].tolist()


def test_steps_carry_stage_and_place(touchpoints, state):
    """3.2 is the second touchpoint of the third stage by position, also where a stage between is empty."""
    assert numbers(touchpoints, state()) == ["1.1", "3.1", "3.2"]


def test_a_stage_told_only_in_words_has_a_step(touchpoints, state):
    """A stage without touchpoint gets the step 2.0 when a statement tells what happens there, not for a trait."""
    assert numbers(touchpoints, state({"stage": "Choose"})) == ["1.1", "2.0", "3.1", "3.2"]
    assert numbers(touchpoints, state({"stage": "Choose", "field": "demographics"})) == ["1.1", "3.1", "3.2"]


@pytest.mark.parametrize(
    ("said", "has_step"),
    [
        ({"stage": "Notice"}, True),  # the advert is over in w2
        ({"stage": "Notice", "wave": "w1"}, False),
        ({"stage": "Buy"}, False),  # everyone pays
    ],
)
def test_a_stage_bare_in_one_wave_has_a_step(touchpoints, state, said, has_step):
    """What is said of a stage has a place in every wave, and no place where a touchpoint always is."""
    assert (f"{STAGES.index(said['stage']) + 1}.0" in numbers(touchpoints, state(said))) is has_step


def test_a_stage_bare_for_one_persona_has_a_step(touchpoints, state):
    """Who meets no touchpoint of a stage keeps what is said of it; who meets one needs no step of its own."""
    bought = touchpoints[touchpoints["touchpoint_id"] != "pay"]
    assert numbers(bought, state({"stage": "Buy", "persona_id": "lena"})) == ["1.1", "3.0", "3.1"]
    assert numbers(bought, state({"stage": "Buy", "persona_id": "omar"})) == ["1.1", "3.1"]


def test_a_part_keeps_its_numbers(touchpoints, state):
    """A step that is left out leaves a gap; a stage without touchpoint of the part keeps the step of the stage."""
    said = state({"stage": "Notice"})
    steps = list_all_steps(touchpoints, statements=said, stages=STAGES, waves=["w1", "w2"])
    assert keep_steps(steps, touchpoints[1:2], statements=said)["step_id"].tolist() == ["1.0", "3.2"]
    assert keep_steps(steps, touchpoints, statements=said)["step_id"].tolist() == ["1.1", "3.1", "3.2"]


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])  # it holds a function
@given(
    met=st.lists(st.tuples(*(st.sampled_from(one) for one in LIMITS)), min_size=2, max_size=2),
    said=st.lists(st.tuples(*(st.sampled_from(one) for one in (WHO, WHEN))), max_size=2),
)
def test_every_part_finds_its_steps(example, make_table, met, said):
    """Whoever meets what when: the steps of the study hold each part's touchpoints, and a place for what is stated."""
    rows = [dict(zip(("persona_ids", "first_wave", "last_wave"), one, strict=True)) for one in met]
    met_at = make_table(
        "touchpoints", [{"touchpoint_id": f"t{k}", "stage": "Purchase"} | row for k, row in enumerate(rows)]
    )
    stated = [{"stage": "Purchase", "field": "need", "persona_id": who, "wave": when} for who, when in said]
    tables = {name: table[:0] for name, table in example.tables.items()} | {"personas": example.personas}
    tables |= {"touchpoints": met_at, "statements": make_table("statements", stated)}
    study = replace(example, tables=tables)
    known = {"stages": example.settings.stages, "personas": study.personas["persona_id"], "waves": WHEN[1:]}
    steps = list_all_steps(met_at, statements=study.statements, **known)
    for persona_id, wave in product(["everyone", "busy_parent", "gift_buyer"], ["all", *WHEN[1:]]):
        part = select_rows(study, persona_id=persona_id, wave=wave)
        kept = keep_steps(steps, part.touchpoints, statements=part.statements)
        bare = [""] if part.touchpoints.empty and len(part.statements) else []
        assert kept["touchpoint_id"].tolist() == bare + part.touchpoints["touchpoint_id"].tolist()


def test_a_number_means_one_touchpoint_in_a_study(example):
    """Every persona of the example finds its touchpoints among the numbers of all, and nothing but them."""
    for part in select_personas(example):
        steps = list_all_steps(part.whole.touchpoints, statements=example.statements, stages=example.settings.stages)
        kept = keep_steps(steps, part.touchpoints, statements=part.statements)
        assert len(steps) == len(example.touchpoints)
        assert set(kept["touchpoint_id"]) == set(part.touchpoints["touchpoint_id"])


def test_the_journey_holds_all_steps(shop):
    """A part that meets one touchpoint of two keeps its number, knows the other, and says why a number is left out."""
    whole = shop()
    part = shop(touchpoints=whole.touchpoints.query("touchpoint_id == 'pay'").to_dict("records"))
    part.whole = whole
    journey = build_journey(part, bootstraps=2)
    assert (journey.steps["step_id"].tolist(), journey.all_steps["step_id"].tolist()) == (["2.1"], ["1.1", "2.1"])
    assert "A step number left out is no step of this map." in journey.foot


def test_a_first_map_has_the_numbers_of_the_study(example):
    """What the team believes is numbered like what customers say, so that the two can be held side by side."""
    part = select_rows(example, persona_id="busy_parent")
    assert keep_first_shelf(part).whole is part.whole is example


def test_a_map_of_all_steps_speaks_of_no_number(shop):
    """Where no number is left out, the foot does not mention it."""
    assert "numbered" not in build_journey(shop()).foot


def test_what_names_only_a_stage_stands_at_its_first_step(touchpoints, state):
    """A touchpoint is found by its id; without one the stage's first step is meant."""
    steps = list_all_steps(touchpoints, statements=state(), stages=STAGES)
    assert [find_step(steps, touchpoint_id="pay", stage="Notice"), find_step(steps, stage="Buy")] == ["3.2", "3.1"]


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
