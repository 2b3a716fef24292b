"""What the map does not know becomes questions, the most pressing step first."""

import pytest

from cjm_helpers.method.journey import build_journey, list_research, write_interview_guide


@pytest.fixture
def research(shop):
    """Build the shop's journey and list what it does not know."""

    def ask(**changes):
        journey = build_journey(shop(**changes))
        return list_research(journey.cells, journey.steps)

    return ask


def _state(field, **more):
    return {"statement_id": f"s_{field}", "field": field, "text": f"a {field}", "touchpoint_id": "ad",
            "basis": "assumed", **more}  # fmt: skip


def test_a_map_without_gaps_asks_nothing(research):
    """Both steps were rated, the low one has its reason, nothing is assumed: no question is left."""
    assert research().empty


def test_an_unasked_step_asks_customers_and_the_survey(research, shop):
    """A step nobody rated gets an interview question and a place in the next survey."""
    some = [row for row in shop().responses.to_dict("records") if row["touchpoint_id"] != "ad"]
    found = research(responses=some)
    assert found["name"].unique().tolist() == ["Advert"]
    assert set(found["ask"]) == {"survey", "customers"}
    assert found["why"].str.contains("Nobody was asked to rate it.").sum() == 2


def test_a_low_step_without_a_reason_asks_why(research):
    """Where it feels bad and no pain point is known, the question is what got in the way."""
    found = research(codings=[], feedback=[])
    assert found[["step_id", "lane", "why"]].values.tolist() == [["2.1", "pain", "It feels bad, and nobody said why."]]


def test_assumptions_are_asked_without_leading(research):
    """An assumed statement becomes an open question that does not hold the assumption; colleagues get theirs."""
    found = research(statements=[_state("thought"), _state("backstage")])
    assert found["ask"].tolist() == ["customers", "colleagues"]
    assert not found["question"].str.contains("a thought|a backstage").any()
    assert found["why"].tolist() == ["The team assumes: “a thought.”", "The team assumes: “a backstage.”"]
    assert research(statements=[_state("thought", basis="reported")]).empty


def test_opposite_voices_are_followed_up(research, shop):
    """Where many praise what others complain of, one question asks when it goes well; where few do, none."""
    split = [row | {"code_id": "quick" if place >= 5 else "refused"} for place, row in
             enumerate(shop().codings.to_dict("records"))]  # fmt: skip
    assert research(codings=split)["why"].tolist() == ["“Card refused” is named by 5 of 10, its opposite by 5."]
    few = [row | {"code_id": "quick" if place >= 8 else "refused"} for place, row in enumerate(split)]
    assert research(codings=few).empty


def test_steps_of_high_impact_come_first(research):
    """Of two steps with open questions the one that the team rates as weightier comes first."""
    rated = [{"touchpoint_id": name, "rater_id": "anna", "satisfaction_impact": score, "decision_impact": score}
             for name, score in (("pay", 5), ("ad", 1))]  # fmt: skip
    stated = [_state("thought"), _state("thought", statement_id="s2", touchpoint_id="pay")]
    assert research(statements=stated, touchpoint_ratings=rated)["step_id"].tolist() == ["2.1", "1.1"]
    assert research(statements=stated)["step_id"].tolist() == ["1.1", "2.1"]


def test_the_guide_holds_every_question(shop):
    """The Markdown names the persona, every open step with its question, and colleagues and survey apart."""
    some = [row for row in shop().responses.to_dict("records") if row["touchpoint_id"] != "ad"]
    study = shop(persona_id="lena", responses=some, statements=[_state("support"), _state("need")])
    guide = write_interview_guide(build_journey(study))
    assert guide.startswith("# Interview guide: Lena\n")
    for heading in ("## 1.1 Advert", "## For colleagues", "## For the next survey", "## At the end"):
        assert heading in guide
    assert guide.index("What did you need") < guide.index("Which systems") < guide.index("Add this step")


def test_a_guide_without_questions_says_so(shop):
    """Where the map leaves nothing open, the guide says what is left to ask."""
    assert "leaves no question open" in write_interview_guide(build_journey(shop()))


def test_a_name_is_no_assumption_and_a_touch_below_zero_no_pain(research, shop):
    """A step that only has its name assumes nothing; where the interval holds 0, nobody is asked what went wrong."""
    rows = [row | {"score": 3} for row in shop().responses.to_dict("records") if row["touchpoint_id"] == "pay"]
    rows[0]["score"] = 2
    bare = [{"touchpoint_id": "pay", "name": "Payment page", "stage": "Buy"}]
    assert research(touchpoints=bare, responses=rows, feedback=[], codings=[]).empty


def test_a_step_rated_by_too_few_wants_more(research, shop):
    """A step that four rated is not new to the survey: it needs more answers."""
    few = [row for row in shop().responses.to_dict("records") if row["customer_id"] < "c04"]
    assert "Ask more customers to rate this step." in set(research(responses=few)["question"])
