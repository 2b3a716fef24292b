"""Customers are made as planted: who meets what, what is felt, what is left unanswered."""

import numpy as np
import pytest

from cjm_helpers.teach.people import make_ease, make_feelings, make_people, make_recommendations, mean_feeling


@pytest.fixture(scope="module")
def people(script):
    """Return all customers."""
    return make_people(script, generator=np.random.default_rng(5))


@pytest.fixture(scope="module")
def feelings(people, truth):
    """Return what they felt."""
    return make_feelings(people, truth=truth, generator=np.random.default_rng(6))


def test_each_wave_has_its_own_customers(people, truth):
    """A thousand customers a wave, each once."""
    assert people["customer_id"].is_unique
    assert people["wave"].value_counts().to_dict() == dict.fromkeys(truth["waves"], 1_000)


def test_the_persona_shows_in_what_people_say_of_themselves(people):
    """Only gift buyers buy for someone else, and all comparers compare."""
    assert set(people.loc[people["buys_for"].eq("someone else"), "persona_id"]) == {"gift_buyer"}
    assert people.loc[people["persona_id"].eq("careful_comparer"), "compares"].min() >= 4


def test_as_many_meet_a_touchpoint_as_planted(feelings, truth):
    """The number who meet a touchpoint is the planted share of the persona, to the customer."""
    persona = truth["personas"]["busy_parent"]
    counts = feelings.query("persona_id == 'busy_parent' and wave == '2026-03'")["touchpoint_id"].value_counts()
    assert counts["payment"] == round(persona["reach"]["payment"] * persona["customers_a_wave"])
    assert "order_email" not in counts


def test_a_new_touchpoint_is_not_met_before_it_exists(feelings, truth):
    """The friend's code is met in the second wave only."""
    assert set(feelings.loc[feelings["touchpoint_id"].isin(truth["new"]), "wave"]) == {truth["waves"][1]}


def test_feelings_lie_around_the_planted_mean(feelings, truth):
    """At the payment page the mean of 240 feelings lies within three standard errors of the planted one."""
    same = feelings.query("persona_id == 'busy_parent' and wave == '2026-03' and touchpoint_id == 'payment'")["feeling"]
    planted = mean_feeling(truth, persona_id="busy_parent", touchpoint_id="payment", wave="2026-03")
    assert abs(same.mean() - planted) < 3 * same.std() / np.sqrt(len(same))


def test_some_give_no_answer(feelings, truth):
    """About the planted share of those asked gives no answer; the others answer in whole numbers from 1 to 5."""
    assert abs(feelings["score"].isna().mean() - truth["spread"]["no_answer"]) < 0.01
    assert set(feelings["score"].dropna()) == {1, 2, 3, 4, 5}


def test_better_feelings_make_people_recommend(people, feelings, truth):
    """Raising every feeling by one raises the likelihood to recommend, and nothing leaves the scale."""
    low = make_recommendations(people, feelings=feelings, truth=truth, generator=np.random.default_rng(7))
    lifted = feelings.assign(feeling=feelings["feeling"] + 1)
    high = make_recommendations(people, feelings=lifted, truth=truth, generator=np.random.default_rng(7))
    assert high.mean() > low.mean() + 1
    assert high.max() <= 10 and low.min() >= 0


def test_only_callers_say_how_easy_help_was(feelings, script):
    """Everybody who rated the help line says how easy it was, and nobody else."""
    called = feelings.query("touchpoint_id == 'help_line' and score.notna()")
    ease = make_ease(feelings, ease=script.setting["outcome_ease"], generator=np.random.default_rng(8))
    assert set(ease.index) == set(called["customer_id"])
    assert ease.between(1, 7).all()
