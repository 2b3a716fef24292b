"""Curve: each touchpoint's feeling has n and interval, and is empty where too few answered."""

from types import SimpleNamespace as Metric

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cjm_helpers.method.emotion import summarise_emotion
from cjm_helpers.method.emotion.curve import average_feelings

METRICS = {"csat": Metric(min=1, max=5, better="higher")}
NUMBERS = ["value", "lo", "hi", "share_positive", "share_negative", "share_negative_hi", "unweighted", "rating"]


@pytest.fixture
def summarise(make_table):
    """Summarise answers given as touchpoint: scores (customers c0, c1 ...), or as rows."""

    def make(answers, *, order=(), **options):
        if isinstance(answers, dict):
            answers = [
                {"touchpoint_id": place, "customer_id": f"c{i}", "metric": "csat", "score": score}
                for place, scores in answers.items() for i, score in enumerate(scores)
            ]  # fmt: skip
        responses = answers if isinstance(answers, pd.DataFrame) else make_table("responses", answers)
        places = list(order) or sorted(set(responses["touchpoint_id"]) - {""})
        touchpoints = make_table("touchpoints", [{"touchpoint_id": place} for place in places])
        table = summarise_emotion(responses, touchpoints, metrics=METRICS, emotion=("csat",), **options)
        return table.set_index("touchpoint_id")

    return make


def test_feelings_have_their_t_interval(summarise):
    """Feelings -2, -1, 0, 1, 1, 2: mean .1667, t interval -1.378 to 1.711, half are positive (by hand)."""
    row = summarise({"pay": [1, 2, 3, 4, 4, 5]}).loc["pay"]
    assert row[["value", "lo", "hi"]].tolist() == pytest.approx([0.1667, -1.378, 1.711], abs=0.0005)
    assert row["n"] == 6 and row["flag"] == "indicative" and row["rating"] == pytest.approx(19 / 6)
    assert (row["share_positive"], row["share_negative"]) == pytest.approx((3 / 6, 2 / 6))


def test_ratings_are_clipped_to_the_scale(summarise):
    """4, 5, 3, 4, 5 on 1 to 5: mean 4.2 is feeling 1.2, lower end 3.161 is .161, upper end clipped to 2 (by hand)."""
    row = summarise({"pay": [4, 5, 3, 4, 5]}).loc["pay"]
    assert row[["value", "lo", "hi"]].tolist() == pytest.approx([1.2, 0.161, 2], abs=0.0005)


def test_customers_are_averaged_first(summarise):
    """One angry customer who answered ten times counts as one of six."""
    rows = [{"customer_id": "c9", "score": 1}] * 10 + [{"customer_id": f"c{i}", "score": 4} for i in range(5)]
    row = summarise([row | {"touchpoint_id": "pay", "metric": "csat"} for row in rows]).loc["pay"]
    assert row["n"] == 6 and row["value"] == pytest.approx((5 * 1 - 2) / 6)


def test_counted_rows_give_the_same_as_single_ones(summarise, make_table):
    """Thirty answers counted in two rows give what thirty rows give."""
    many = summarise({"pay": [2] * 10 + [5] * 20})
    rows = [{"touchpoint_id": "pay", "metric": "csat", "score": score, "count": n} for score, n in ((2, 10), (5, 20))]
    pd.testing.assert_frame_equal(summarise(rows), many)
    mean = average_feelings(make_table("responses", rows), metrics=METRICS, emotion=("csat",))
    assert (mean.value, mean.n) == (pytest.approx(many.at["pay", "value"]), 30)


def test_too_few_keep_n_and_lose_their_numbers(summarise):
    """Four answers are suppressed wholly; five are shown, as indicative."""
    table = summarise({"pay": [1, 2, 3, 4], "ship": [1, 2, 3, 4, 5]})
    assert table.at["pay", "n"] == 4 and table.loc["pay", NUMBERS].isna().all()
    assert table.at["pay", "flag"] == "suppressed" and table.loc["ship", NUMBERS].notna().all()


@given(scores=st.lists(st.integers(1, 5), min_size=4, max_size=4), weight=st.sampled_from([1.0, 2.5]))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_suppressed_row_does_not_depend_on_what_was_said(summarise, scores, weight):
    """Whatever four people answered and weigh, their row is the same."""
    people = [("pay", f"c{i}", score, weight) for i, score in enumerate(scores)]
    quiet = [(*person[:2], 3, 1.0) for person in people]
    names = ("touchpoint_id", "customer_id", "score", "weight")
    loud, still = (summarise([dict(zip(names, one), metric="csat") for one in rows]) for rows in (people, quiet))
    pd.testing.assert_frame_equal(loud, still)


def test_weights_move_the_value_and_stand_beside_the_plain_one(summarise):
    """With weights the value is weighted, the interval uses n_eff, and the unweighted value stands beside it."""
    rows = [{"customer_id": f"c{i}", "score": 5 if i % 4 else 1, "weight": 1 if i % 4 else 3} for i in range(40)]
    row = summarise([row | {"touchpoint_id": "pay", "metric": "csat"} for row in rows]).loc["pay"]
    assert row["value"] == pytest.approx(0) and row["unweighted"] == pytest.approx(1)
    assert row["n"] == 40 and row["method"] == "t, weighted (n_eff 30.0)" and row["rating"] == pytest.approx(3)


def test_touchpoints_stand_in_their_order_and_only_where_asked(summarise):
    """Rows follow the touchpoints table; what nobody was asked about has no row, and unknown touchpoints neither."""
    table = summarise({"pay": [3] * 5, "ad": [3] * 5, "gone": [3] * 5, "": [3] * 5}, order=("ship", "pay", "ad"))
    assert table.index.tolist() == ["pay", "ad"]


def test_no_answers_give_an_empty_table(summarise):
    """A study without answers has a curve without points, with all its columns."""
    table = summarise([], order=("pay",))
    assert table.empty and set(NUMBERS) <= set(table.columns)


def test_order_of_rows_changes_nothing_and_input_stays(summarise, make_table):
    """Shuffled answers give the same table to the last bit, and are themselves untouched."""
    scores = np.random.default_rng(0).integers(1, 6, 90)
    rows = [{"touchpoint_id": "pa"[i % 2], "customer_id": f"c{i % 31}", "score": s} for i, s in enumerate(scores)]
    responses = make_table("responses", [row | {"metric": "csat"} for row in rows])
    shuffled = responses.sample(frac=1, random_state=5)
    before = shuffled.copy()
    pd.testing.assert_frame_equal(summarise(responses), summarise(shuffled), check_exact=True)
    pd.testing.assert_frame_equal(shuffled, before)
