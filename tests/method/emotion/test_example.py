"""How personas feel differently in the example, as planted, and which moments matter."""

import pytest

from cjm_helpers.method.categories import derive_impact
from cjm_helpers.method.emotion import (
    compare_feelings,
    find_moments,
    measure_peak_end,
    summarise_emotion,
    summarise_heard,
)
from cjm_helpers.study.selection import select_rows


@pytest.fixture(scope="module")
def part(example):
    return select_rows(example)


@pytest.fixture(scope="module")
def scale(part):
    return {"metrics": part.settings.metrics, "emotion": part.settings.emotion}


def test_the_planted_differences_are_found(part, scale):
    """The gift buyer was planted half a step above the others at the payment page, and three quarters below at sign-in;
    nothing else differs by more than a third."""
    table = compare_feelings(part.responses, part.persona_assignments, **scale)
    found = table[table["verdict"] == "differ"]
    assert found["touchpoint_id"].value_counts().to_dict() == {"payment": 3, "sign_in": 1}
    pairs = found.set_index(["touchpoint_id", "persona_id", "other_id"])
    assert pairs.loc[("sign_in", "busy_parent", "gift_buyer"), "lo"] > 0
    assert pairs.loc[("payment", "busy_parent", "gift_buyer"), "hi"] < 0


def test_the_payment_page_is_the_pain_point_that_matters(part, scale):
    """Of all touchpoints it alone carries much and hurts."""
    impact = derive_impact(part.responses, **scale, outcome=part.settings.outcome, bootstraps=20)
    moments = find_moments(summarise_emotion(part.responses, part.touchpoints, **scale), impact)
    assert moments[["touchpoint_id", "moment"]].values.tolist() == [["payment", "pain point"]]


def test_words_and_ratings_agree_on_the_payment_page(part):
    """Most of those who wrote about the payment page wrote badly, and few about the courier."""
    table = summarise_heard(part.feedback, part.codings, alignments=part.alignments).set_index("touchpoint_id")
    assert table.at["payment", "lo"] > 0.5 and table.at["courier", "hi"] < 0.5


def test_the_journey_ends_well(part, scale):
    """Lowest at the payment page; the last touchpoint asked about is the code for a friend, and people feel good."""
    table = measure_peak_end(part.responses, part.touchpoints, **scale, stages=part.settings.stages, bootstraps=200)
    curve = table[table["basis"] == "curve"].set_index("figure")
    assert curve.at["lowest", "touchpoint_id"] == "payment" and curve.at["lowest", "share_picked"] > 0.7
    assert curve.at["end", "touchpoint_id"] == "friend_code" and curve.at["end", "lo"] > 0
    assert table.loc[table["basis"] == "customer", "n"].min() > 900
