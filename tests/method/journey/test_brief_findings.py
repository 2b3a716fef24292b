"""Findings of page one: from customers where there are any, from interviews, else plainly called belief."""

from dataclasses import replace

import pandas as pd
import pytest

from cjm_helpers.method.journey import build_journey
from cjm_helpers.method.journey.brief_findings import tell_findings

DOOR = {"touchpoint_id": "door", "name": "Doorstep", "stage": "Buy", "position": 2}
TALKS = [
    {"feedback_id": f"i{i}", "source": "interview", "speaker": f"P{i}", "touchpoint_id": "pay", "text": "x"}
    for i in range(4)
]  # fmt: skip
SILENT = {"responses": [], "feedback": [], "codings": [], "kpi_readings": []}


@pytest.fixture
def found(shop):
    """The findings of the shop, changed as told; cells are changed by a function of the table."""

    def find(change=None, **more):
        journey = build_journey(shop(**more), bootstraps=2)
        journey = replace(journey, cells=change(journey.cells.copy())) if change else journey
        return [row["sentence"] for row in tell_findings(journey)]

    return find


def test_few_ratings_are_called_few(shop, found):
    """Under thirty people a step is low by "only" so many."""
    few = [row for row in shop().responses.to_dict("records") if row["customer_id"] < "c08"]
    assert found(responses=few)[0].startswith(
        "The low point is 2.1 Payment page, which only 8 people rated and found bad"
    )


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"codings": []}, "; what people said of it has not been sorted yet."),
        ({"feedback": [], "codings": []}, "; nobody has said why yet."),
    ],
)
def test_a_low_point_without_reason_says_so(found, told, words):
    """Where nothing is named at the low point, the page says why that is."""
    assert words in found(**told)[0]


def test_a_low_point_that_too_few_spoke_of(shop, found):
    """Fewer people than may be shown said why: the page says so, and not what they said."""
    few = shop().feedback.to_dict("records")[:4]
    sentence = found(feedback=few, codings=shop().codings.to_dict("records")[:4])[0]
    assert "; too few people said why." in sentence and "Card refused" not in sentence


def test_even_a_good_low_point_is_the_lowest(shop, found):
    """Where people feel good everywhere, the lowest step is not called bad."""
    happy = [row | {"score": 5 if row["touchpoint_id"] == "ad" else 4} for row in shop().responses.to_dict("records")]
    assert found(responses=happy)[0].startswith(
        "Even the low point is 2.1 Payment page, which 40 people found rather good"
    )


def test_a_moment_that_fails_comes_second(shop, found):
    """What much depends on and goes badly is told before the pain that most people name elsewhere."""
    answers = [{**row, "touchpoint_id": "door", "response_id": f"d{i}"} for i, row in
               enumerate(shop().responses.query("touchpoint_id == 'pay'").to_dict("records"))]  # fmt: skip
    more = {"touchpoints": [*shop().touchpoints.to_dict("records"), DOOR]}
    more |= {"responses": [*shop().responses.to_dict("records"), *answers]}

    def fail(cells):
        is_door = cells["lane"].eq("emotion") & cells["step_id"].eq("2.2")
        return cells.assign(value=cells["value"].mask(is_door, -0.5), moment_of_truth=is_door)

    assert found(fail, **more)[1] == (
        "Much depends on 2.2 Doorstep, which 40 people found rather bad on the whole; nobody has said why yet."
    )


def test_the_second_pain_is_another(shop, found):
    """Elsewhere means at another step and about another thing, by two people or more."""

    def add(cells):
        pain = cells[cells["lane"].eq("pain") & cells["k"].gt(0)].iloc[[0]]
        rows = [(90, "refused", "Card refused"), (3, "late", "Comes late"), (1, "torn", "Torn")]
        more = [pain.assign(step_id="1.1", k=k, n=100.0, item_id=one, text=text, counter=2.0) for k, one, text in rows]
        return pd.concat([cells, *more], ignore_index=True)

    assert found(add)[1] == (
        "At 1.1 Advert, 3 of the 100 people who spoke of it name “Comes late” (2 said the opposite)."
    )


def test_interviews_alone_are_findings(shop, found):
    """Without a survey those who told of it are counted in whole people."""
    codings = [{"feedback_id": f"i{i}", "coder_id": "anna", "code_id": "refused", "emotion": -2} for i in range(4)]
    given = {**SILENT, "feedback": TALKS, "codings": codings}
    assert found(**given) == [
        "Four people who told of it found 2.1 Payment page bad: all 4 people interviewed name “Card refused”."
    ]


def test_words_without_feelings_are_findings(shop, found):
    """Comments that were sorted and rated by nobody tell what most people complain of and praise."""
    codings = [row | {"emotion": None} for row in shop().codings.to_dict("records")]
    talks = [row | {"source": "review"} for row in shop().feedback.to_dict("records")]
    assert found(**{**SILENT, "feedback": talks, "codings": codings}) == [
        "What most people complain of is at 2.1 Payment page: 7 of the 10 people who spoke of it name “Card refused”.",
        "What most people praise is at 2.1 Payment page: 3 of the 10 people who spoke of it name “Paid in a second” "
        "(7 said the opposite).",
    ]


def test_beliefs_are_called_beliefs(found):
    """What is assumed is never told like a finding; what somebody reported is the team's word."""
    stated = [
        {"statement_id": "s1", "field": "pain_point", "text": "Cards fail.", "score": 3, "touchpoint_id": "pay",
         "basis": "assumed"},
        {"statement_id": "s2", "field": "pain_point", "text": "Too long", "stage": "Buy", "basis": "observed"},
        {"statement_id": "s3", "field": "feeling", "text": "Uneasy", "score": -1, "touchpoint_id": "pay",
         "basis": "assumed"},
    ]  # fmt: skip
    assert found(**SILENT, statements=stated) == [
        "The team believes, though nobody has been asked, that the low point is 2.1 Payment page: “Uneasy”.",
        "The team believes, though nobody has been asked, that people struggle at 2.1 Payment page: “Cards fail”.",
        "The team has seen or been told that people struggle at the stage Buy: “Too long”.",
    ]


def test_where_nothing_is_known_nothing_is_said(shop, found):
    """Without touchpoints, without words, and with too few answers, the page says which of them it is."""
    assert found(**SILENT, touchpoints=[]) == ["No touchpoint is listed yet, so there is no journey to show."]
    assert found(**SILENT)[0].startswith("Nothing can be said of this journey yet: nobody has been asked")
    few = shop().responses.to_dict("records")[:4]
    assert found(**SILENT | {"responses": few}) == ["Too few people were heard to say anything of this journey yet."]
