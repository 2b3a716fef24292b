"""Gaps: what the map does not know, in sentences."""

import pytest

from cjm_helpers.method.journey import build_journey


@pytest.fixture
def gaps(shop):
    """Build the shop's journey and return its gaps as kind -> sentences."""

    def find(**changes):
        found = build_journey(shop(**changes)).gaps
        return found.groupby("kind")["sentence"].agg(list).to_dict()

    return find


def test_a_refused_impact_is_said(gaps):
    """Too few customers for derived impact: the refusal stands among the gaps in its own words."""
    sentence = gaps()["impact"][0]
    assert sentence.startswith("The impact of touchpoints is not derived: ") and " 40" in sentence


def test_unasked_steps_are_listed(gaps, shop):
    """One sentence a step, or one for all when nobody was asked at all."""
    some = [row for row in shop().responses.to_dict("records") if row["touchpoint_id"] != "ad"]
    assert gaps(responses=some)["not asked"] == ["1.1 Advert: nobody was asked to rate it."]
    assert gaps(responses=[])["not asked"] == ["Nobody was asked to rate any step."]


def test_too_few_answers_are_said_without_the_number(gaps, shop):
    """A suppressed step, theme and KPI each say that there were too few."""
    few = [row for row in shop().responses.to_dict("records") if row["customer_id"] < "c03"]
    said = [row for row in shop().feedback.to_dict("records") if row["customer_id"] < "c03"]
    reading = [{"kpi_id": "given_up", "period": "2026-03", "numerator": 1, "denominator": 3}]
    assert gaps(responses=few, feedback=said, kpi_readings=reading)["too few"] == [
        "1.1 Advert: fewer than five answers, so no feeling is shown.",
        "2.1 Payment page: fewer than five answers, so no feeling is shown.",
        "2.1 Payment page: fewer than five customers spoke, so no theme is shown.",
        "The KPI “Given up” rests on fewer than five people, so it is not shown.",
    ]


def test_loose_verbatims_are_counted(gaps, shop):
    """Verbatims without touchpoint and verbatims nobody coded are counted, one or many."""
    rows = shop().feedback.to_dict("records")
    rows[0]["touchpoint_id"] = rows[1]["touchpoint_id"] = ""
    found = gaps(feedback=rows, codings=shop().codings.to_dict("records")[1:])
    assert found["unplaced"] == ["2 of 10 verbatims name no touchpoint yet."]
    assert found["not coded"] == ["1 of 10 verbatims has not been coded yet."]


def test_a_map_without_its_core_is_incomplete(gaps):
    """Pain points and opportunities belong on a map; where there are none it says so."""
    found = gaps(codings=[], opportunities=[])["incomplete"]
    assert [sentence.split(" stands")[0] for sentence in found] == ["No pain point", "No opportunity"]


def test_ideas_say_what_they_lack(gaps):
    """An idea without effort has no rank, one without touchpoint is not drawn, one without evidence says so."""
    ideas = [{"opportunity_id": "o1", "statement": "Call back"}]
    found = gaps(opportunities=ideas)
    assert found["not ranked"] == ["The idea “Call back” has no effort yet, so it has no rank."]
    assert found["loose"] == ["The idea “Call back” belongs to no touchpoint of this map, so it is not drawn."]
    assert found["assumed"] == ["No evidence stands behind the idea “Call back” yet."]


def test_statements_without_place_are_counted(gaps):
    """A statement for the map that names neither touchpoint nor stage is left out, and that is said."""
    stated = [
        {"statement_id": field, "field": field, "text": "Pays", "basis": "assumed"} for field in ("thought", "need")
    ]
    assert gaps(statements=stated)["loose"] == [
        "1 statement names neither touchpoint nor stage, so the map leaves it out."
    ]


def test_missing_kpis_are_said(gaps):
    """A study without KPIs says it once; touchpoints that none watches are listed otherwise."""
    assert gaps(kpis=[])["unmeasured"] == ["The study has no KPI yet."]
    assert len(gaps()["unmeasured"]) == 2
    assert gaps(kpi_readings=[])["no data"] == ["The KPI “Given up” has no data yet."]


def test_many_unwatched_steps_are_one_sentence(gaps):
    """A list as long as the journey would hide the other gaps."""
    steps = [{"touchpoint_id": f"t{place}", "name": "T", "stage": "Buy", "position": place} for place in range(1, 5)]
    kpi = {"kpi_id": "k", "name": "Orders", "stage": "Buy"}
    said = gaps(touchpoints=steps, kpis=[kpi], responses=[])["unmeasured"]
    assert said == ["No KPI watches 4 of 4 steps: 2.1, 2.2, 2.3 and 2.4."]


def test_gaps_of_the_whole_come_first(shop):
    """What concerns the whole journey stands before what concerns a step."""
    is_step = build_journey(shop()).gaps["step_id"].ne("")
    assert is_step.is_monotonic_increasing and is_step.any()


def test_a_touchpoint_that_people_name_is_not_silent(gaps, shop):
    """Without a rating or an event, a verbatim at the touchpoint is enough to have heard of it."""
    asked = [row for row in shop().responses.to_dict("records") if row["touchpoint_id"] != "pay"]
    assert "silent" not in gaps(responses=asked)
    assert gaps(responses=asked, feedback=[], codings=[])["silent"] == [
        "Payment page was planned, but no event and no answer speaks of it."
    ]
