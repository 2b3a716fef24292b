"""The checklist: what a complete map holds, and what a sound one avoids."""

import pytest

from cjm_helpers.method.journey import build_journey


@pytest.fixture
def checklist(shop):
    """Build the shop's journey and return its checklist by item."""

    def check(**changes):
        return build_journey(shop(**changes)).checklist.set_index("item")

    return check


def test_a_sound_map_passes_all(checklist):
    """The shop has a persona, all four core elements, an order, evidence, quotes and consent."""
    found = checklist()
    assert found["is_done"].eq("yes").all(), found
    assert found["count"].loc[["stages", "touchpoints", "pain points", "opportunities"]].tolist() == [2, 2, 1, 1]


@pytest.mark.parametrize(
    ("changes", "item", "words"),
    [
        ({"personas": []}, "persona", "no persona yet"),
        (
            {"touchpoints": [{"touchpoint_id": "pay", "name": "Pay", "stage": "Buy"}]},
            "stages",
            "Notice has no touchpoint",
        ),
        ({"codings": []}, "pain points", "No pain point stands"),
        ({"opportunities": []}, "opportunities", "No opportunity stands"),
        ({"responses": [], "feedback": [], "codings": [], "kpi_readings": []}, "customers", "hypothesis map"),
        ({"opportunities": [{"opportunity_id": "o3", "touchpoint_id": "ad"}]}, "evidence of ideas", "stands behind o3"),
    ],
)
def test_what_is_missing_is_said(checklist, changes, item, words):
    """Each missing element and each loose end has a sentence of its own."""
    found = checklist(**changes).loc[item]
    assert found["is_done"] == "no" and words in found["sentence"]


def test_touchpoints_of_a_stage_need_an_order(checklist):
    """Two touchpoints of one stage that share a position, or have none, are said."""
    both = [{"touchpoint_id": name, "name": name, "stage": "Buy", "position": 1} for name in ("pay", "ad")]
    assert checklist(touchpoints=both).loc["order", "is_done"] == "no"
    both[1]["position"] = 2
    assert checklist(touchpoints=both).loc["order", "is_done"] == "yes"


def test_quotes_without_consent_are_counted(checklist, shop):
    """A quote whose consent is unknown is counted, and a pain point that may not be quoted as well."""
    said = shop().feedback.to_dict("records")
    unknown = checklist(feedback=[row | {"consent": ""} for row in said]).loc["consent"]
    assert unknown["is_done"] == "no" and unknown["count"] > 0
    refused = checklist(feedback=[row | {"consent": "no"} for row in said]).loc["quotes"]
    assert refused["sentence"] == "1 of 1 pain point that people named has no quote that may be shown."


def test_personal_data_never_reaches_the_map(shop):
    """A verbatim with a telephone number is not quoted, a statement shows […], and both are counted."""
    said = [row | {"text": "Call me: 030 123 4567"} for row in shop().feedback.to_dict("records")]
    stated = [{"statement_id": "s1", "field": "thought", "touchpoint_id": "pay", "basis": "reported",
               "text": "Ask lena@example.org"}]  # fmt: skip
    journey = build_journey(shop(feedback=said, statements=stated))
    assert not journey.cells["text"].str.contains("4567|example.org").any()
    assert journey.checklist.set_index("item").loc["privacy", "count"] == 11
