"""Confidence of page one: people, kind of evidence, what is too close to say and what is missing."""

from dataclasses import replace

import pandas as pd
import pytest

from cjm_helpers.method.journey import build_journey
from cjm_helpers.method.journey.brief_confidence import tell_confidence

SILENT = {"responses": [], "feedback": [], "codings": [], "kpi_readings": []}


@pytest.fixture
def told(shop):
    """What the shop's page says of its confidence, with a study or cells changed as told."""

    def tell(change=None, **more):
        journey = build_journey(shop(**more), bootstraps=2)
        journey = replace(journey, cells=change(journey.cells.copy())) if change else journey
        return [row["sentence"] for row in tell_confidence(journey, most_actions=3)]

    return tell


def test_people_and_evidence_are_told(told):
    """How many people by what means, and how much rests on what, the largest share first."""
    sentences = told()
    assert sentences[0] == "This rests on 40 customers: 120 survey answers and 10 survey comments."
    assert sentences[1].startswith("Where the map comes from: ") and "seen or told, but not both; " in sentences[1]


def test_few_people_are_a_first_hint(shop, told):
    """Under thirty customers the page says how to take it."""
    few = [row for row in shop().responses.to_dict("records") if row["customer_id"] < "c12"]
    assert told(responses=few)[0].endswith("That is few: take it as a first hint.")


def test_belief_is_called_so(told):
    """Before anybody was asked, the page says that it is the team's word and how much of it is assumed."""
    stated = [{"field": "pain_point", "text": "x", "touchpoint_id": "pay", "basis": "assumed"}] * 2
    stated += [{"field": "action", "text": "y", "touchpoint_id": "pay", "basis": "observed"}]
    sentences = told(**SILENT, statements=stated)
    assert sentences[0].endswith("The team itself calls 2 of its 3 statements assumed.")
    assert sentences[-1] == "Missing: nobody was asked to rate any step; there is no figure for “Given up”."
    assert not any(sentence.startswith("Where the map comes from") for sentence in sentences)


def test_a_close_rival_of_the_low_point_is_named(told):
    """A step within what the lowest may be is told; one clearly above it is not."""
    assert not any("too close" in sentence for sentence in told())

    def lift(cells):
        is_low = cells["lane"].eq("emotion") & cells["step_id"].eq("2.1")
        return cells.assign(hi=cells["hi"].mask(is_low, 1.6))

    assert "Whether 2.1 Payment page is truly the lowest is too close to say: 1.1 Advert may be as low." in told(lift)


def test_ideas_that_cannot_be_ordered_are_told(shop, told):
    """Ideas of equal worth, and those whose worth nobody knows, are not passed off as an order."""
    idea = shop().opportunities.iloc[0].to_dict()
    ideas = [idea, idea | {"opportunity_id": "o2"}, idea | {"opportunity_id": "o3", "effort": None}]
    assert (
        "Which of the first two actions is worth most is too close to say. "
        "What the last action would be worth is not known yet."
    ) in told(opportunities=ideas)


@pytest.mark.parametrize(("same", "words"), [(6, "disagreed often"), (9, "disagreed at times"), (10, "")])
def test_disagreement_over_comments_is_told(shop, told, same, words):
    """Where two people sorted the same comments differently, the counts are called rough."""
    first = shop().codings.to_dict("records")
    other = {"refused": "quick", "quick": "refused"}
    second = [row | {"coder_id": "ben"} for row in first]
    second[same:] = [row | {"code_id": other[row["code_id"]]} for row in second[same:]]
    found = [one for one in told(codings=[*first, *second]) if one.startswith("Those who sorted")]
    assert words in "".join(found) and bool(found) == bool(words)


def test_what_is_missing_is_named(shop, told):
    """Steps without or with too few ratings, KPIs without a figure and comments not sorted yet; long lists are cut."""
    doors = [{"touchpoint_id": f"d{i}", "name": f"Door {i}", "stage": "Buy", "position": 9} for i in range(6)]
    places = pd.concat([shop().touchpoints, pd.DataFrame(doors)]).to_dict("records")
    few = {"touchpoint_id": "d0", "metric": "csat", "score": 3, "customer_id": "c1", "response_id": "x", "wave": "w1"}
    answers = [*shop().responses.to_dict("records"), few]
    found = told(touchpoints=places, responses=answers, codings=[], kpi_readings=[])[-1]
    assert found == (
        "Missing: nobody was asked to rate 2.3 Door 1, 2.4 Door 2, 2.5 Door 3 and two more; too few people rated 2.2 "
        "Door 0; there is no figure for “Given up”; 10 comments not sorted yet."
    )
