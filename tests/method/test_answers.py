"""Answers: one number a person, on one scale, before anything is averaged."""

from types import SimpleNamespace as Metric

import numpy as np
import pandas as pd
import pytest

from cjm_helpers.errors import ParameterError, ScoresOutsideScale
from cjm_helpers.method.answers import average_customers, choose_emotion, find_personas, rescale_feeling, weights_of

CSAT, EFFORT = Metric(min=1, max=5, better="higher"), Metric(min=1, max=7, better="lower")
METRICS = {"csat": CSAT, "effort": EFFORT}


def answer(customer_id: str, score: float, **more) -> dict:
    """Return one answer about the payment page."""
    return {"customer_id": customer_id, "touchpoint_id": "pay", "metric": "csat", "score": score} | more


def test_a_customer_counts_once(make_table):
    """Three answers of one customer become one, their mean; weights are averaged likewise."""
    rows = [answer("c1", 1, weight=1), answer("c1", 2, weight=2), answer("c1", 3, weight=3), answer("c2", 5, weight=1)]
    people = average_customers(make_table("responses", rows))
    assert people["score"].tolist() == [2, 5] and weights_of(people).tolist() == [2, 1]


def test_one_answer_each_needs_no_average(make_table):
    """Whether or not somebody else answered twice, who answered once keeps the same row."""
    once = [answer(f"c{i}", score, weight=weight) for i, (score, weight) in enumerate([(3, 1), (1, 0.3), (5, 2)])]
    alone, beside = (
        average_customers(make_table("responses", rows)) for rows in (once, [*once, *[answer("d", 1)] * 2])
    )
    pd.testing.assert_frame_equal(alone, beside[beside["person"] != "d"], check_exact=True)


def test_counted_rows_are_many_people(make_table):
    """A row that says how many gave the answer stands for so many people; anonymous rows are never one customer."""
    people = average_customers(make_table("responses", [answer("", 4, count=3), answer("", 4), answer("", 2)]))
    assert people["score"].tolist() == [2, 4, 4, 4, 4] and weights_of(people) is None
    assert people["person"].is_unique


def test_a_missing_weight_is_one_where_others_have_one(make_table):
    """Where some rows have a weight, a row without counts as 1."""
    people = average_customers(make_table("responses", [answer("c1", 4, weight=3), answer("c2", 4)]))
    assert weights_of(people).tolist() == [3, 1]


def test_the_persona_of_the_wave_counts_first(make_table):
    """Who has no persona in an answer's wave has the one without a wave; nobody and the unknown have none."""
    rows = make_table("responses", [answer("c1", 4, wave="w2"), answer("c1", 4, wave="w1"), answer("", 4)])
    assigned = make_table("persona_assignments", [
        {"customer_id": "c1", "persona_id": "lena"}, {"customer_id": "c1", "persona_id": "omar", "wave": "w2"},
        {"customer_id": "", "persona_id": "omar"}, {"customer_id": "c1", "persona_id": "", "wave": "w1"},
    ])  # fmt: skip
    assert find_personas(rows, assigned).tolist() == ["omar", "lena", ""]
    assert find_personas(rows, assigned[:1].drop(columns="wave")).tolist() == ["lena", "lena", ""]
    assert find_personas(rows[:0], assigned[:0]).empty


def test_each_touchpoint_uses_the_first_metric_asked_there(make_table):
    """Payment was asked by csat, so its effort is left aside; search was asked by effort alone."""
    rows = [answer("c1", 4), answer("c1", 1, metric="effort"), answer("c1", 1, metric="effort", touchpoint_id="search")]
    answers = choose_emotion(make_table("responses", rows), metrics=METRICS, emotion=("csat", "effort"))
    assert answers.set_index("touchpoint_id")["feeling"].to_dict() == {"pay": 1, "search": 2}


def test_feeling_is_two_at_the_good_end():
    """4 on 1 to 5 is +1 (by hand); on a metric that is better when lower the lowest score is +2."""
    assert rescale_feeling(pd.Series([1.0, 4.0]), CSAT, name="csat").tolist() == [-2, 1]
    assert rescale_feeling(pd.Series([1.0, 7.0]), EFFORT, name="effort").tolist() == [2, -2]


def test_two_scales_under_one_metric_are_refused(make_table):
    """A score of 9 on a scale of 1 to 5 stops the step and says how many do not fit."""
    rows = make_table("responses", [answer("c1", 4), answer("c2", 9)])
    with pytest.raises(ScoresOutsideScale, match="'csat' needs scores from 1 to 5: 1 of 2 answers"):
        choose_emotion(rows, metrics=METRICS, emotion=("csat",))


def test_an_undeclared_metric_is_refused(make_table):
    """A metric that study.toml does not know is named, with the nearest one."""
    rows = make_table("responses", [answer("c1", 4, metric="csta")])
    with pytest.raises(ParameterError, match="Did you mean 'csat'"):
        choose_emotion(rows, metrics=METRICS, emotion=("csta",))


def test_order_of_rows_changes_nothing(make_table):
    """The same answers in another order give the same people, to the last bit."""
    scores = np.random.default_rng(0).integers(1, 6, 60)
    rows = make_table("responses", [answer(f"c{i % 17:02}", score, count=1 + i % 3) for i, score in enumerate(scores)])
    shuffled = average_customers(rows.sample(frac=1, random_state=2))
    pd.testing.assert_frame_equal(average_customers(rows), shuffled, check_exact=True)


def test_a_weight_of_zero_is_nobody(make_table):
    """Four answers that do not count cannot lift a fifth above the least number of people."""
    rows = [answer(f"c{i}", 1, weight=0) for i in range(4)] + [answer("c4", 5, weight=1)]
    assert average_customers(make_table("responses", rows))["score"].tolist() == [5]


def test_a_speaker_stands_in_for_a_customer():
    """An interview without a customer number belongs to the persona that its speaker was given, as on the map."""
    said = pd.DataFrame({"customer_id": ["", "c1", ""], "speaker": ["P9", "P9", ""], "wave": "w1"})
    assigned = pd.DataFrame({"customer_id": ["P9", "c1"], "persona_id": ["lena", "omar"], "wave": ""})
    assert find_personas(said, assigned).tolist() == ["lena", "omar", ""]
