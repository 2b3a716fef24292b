"""Findings: the sentences at the top, written from the data by rule."""

import pytest

from cjm_helpers.method.journey import build_journey
from cjm_helpers.method.journey.findings import write_kpi

STATED = [
    {
        "statement_id": "s1",
        "touchpoint_id": "pay",
        "field": "feeling",
        "text": "Annoyed",
        "score": -2,
        "basis": "assumed",
    },
    {
        "statement_id": "s2",
        "touchpoint_id": "ad",
        "field": "feeling",
        "text": "Pleased",
        "score": 1,
        "basis": "assumed",
    },
    {
        "statement_id": "s3",
        "touchpoint_id": "pay",
        "field": "pain_point",
        "text": "Waits",
        "score": 3,
        "basis": "assumed",
    },
]
SILENT = {"responses": [], "feedback": [], "codings": [], "kpi_readings": []}


def _answer(touchpoint_id, n, score):
    return [
        {
            "response_id": f"{touchpoint_id}{i}",
            "customer_id": f"c{i}",
            "touchpoint_id": touchpoint_id,
            "metric": "csat",
            "score": score,
        }
        for i in range(n)
    ]


def test_the_lowest_step_is_the_finding(shop):
    """The lowest step, its mean with a true minus, n, and the pain most people name there."""
    journey = build_journey(shop())
    assert journey.finding == "Lowest at 2.1 Payment page: \u22121.5 (n = 40); 7 of 10 who spoke name “Card refused”."
    assert journey.context == "Highest at 1.1 Advert: +1.5 (n = 40)."


def test_one_person_names_in_the_singular(shop):
    """One person names, many people name."""
    codings = [{"feedback_id": f"f0{i}", "coder_id": "anna", "code_id": "none" if i else "refused"} for i in range(6)]
    assert build_journey(shop(codings=codings)).finding.endswith("; 1 of 6 who spoke names “Card refused”.")


def test_large_counts_are_separated(shop):
    """Thousands stand apart."""
    many = _answer("pay", 1204, 2)
    assert "(n = 1,204)" in build_journey(shop(responses=many)).finding


def test_the_context_says_what_was_not_asked(shop, make_table):
    """Steps nobody rated and steps with too few answers are named."""
    places = [{"touchpoint_id": name, "name": name, "stage": "Buy"} for name in ("a", "b", "c", "d")]
    answers = _answer("a", 5, 4) + _answer("b", 4, 1) + _answer("c", 6, 2)
    journey = build_journey(shop(touchpoints=places, responses=answers))
    assert journey.finding.startswith("Lowest at 2.3 c: \u22121.0 (n = 6, indicative)")
    assert (
        journey.context == "Highest at 2.1 a: +1.0 (n = 5, indicative). Not asked: 2.4. Fewer than five answers: 2.2."
    )


def test_without_ratings_the_most_named_leads(shop):
    """Where nothing was rated, the finding is what most people name."""
    journey = build_journey(shop(responses=[]))
    assert journey.finding == "Most named: “Card refused” at 2.1 Payment page (7 of 10 people)."


def test_interviews_are_never_told_in_percent(shop):
    """From interviews alone the finding counts people, and no sentence of the map says percent of them."""
    talks = [
        {"feedback_id": f"i{i}", "speaker": f"P{i}", "source": "interview", "touchpoint_id": "pay"} for i in range(4)
    ]
    codings = [{"feedback_id": f"i{i}", "coder_id": "anna", "code_id": "refused" if i else "none"} for i in range(4)]
    journey = build_journey(shop(responses=[], feedback=talks, codings=codings, kpi_readings=[]))
    assert journey.finding == "Most named: “Card refused” at 2.1 Payment page (3 of 4 interviewed)."
    assert "%" not in journey.finding + journey.context + journey.lens["evidence"]
    assert not any("%" in figure["text"] for figure in journey.headline)


def test_statements_alone_are_a_hypothesis(shop):
    """Without any customer the map is full in words and says that it is a hypothesis."""
    journey = build_journey(shop(statements=STATED, **SILENT))
    assert journey.finding == (
        "A hypothesis map: no customer was asked yet; the team expects the low point at 2.1 Payment page (\u22122)."
    )
    assert journey.lens["evidence"] == "No customer has been asked yet; 3 statements of the team, all of them assumed."
    assert set(journey.cells.loc[journey.cells["lane"] != "emotion", "grade"]) <= {"D", ""}
    assert {"step", "interview", "pain"} <= set(journey.cells["lane"])


def test_what_the_team_reports_is_no_customer_heard(shop):
    """Statements that name evidence which is not there leave the map a hypothesis; one person's comment does not."""
    stated = [row | {"basis": "reported", "evidence_ids": "f00"} for row in STATED]
    assert build_journey(shop(statements=stated, **SILENT)).finding.startswith("A hypothesis map: no customer")
    said = [{"feedback_id": "f00", "customer_id": "c1", "source": "survey", "touchpoint_id": "pay", "text": "Slow."}]
    heard = build_journey(shop(statements=stated, **(SILENT | {"feedback": said})))
    assert heard.finding.startswith("Too few customers were heard for a figure")


def test_touchpoints_alone_give_a_map(shop):
    """With nothing but touchpoints there is a map, and it claims nothing."""
    journey = build_journey(shop(kpis=[], opportunities=[], **SILENT))
    assert journey.finding == "A hypothesis map: no customer was asked yet."
    assert journey.context == "No step was rated yet."


def test_no_touchpoint_no_journey(shop):
    """Even an empty study gets a sentence, not a crash."""
    assert build_journey(shop(touchpoints=[], **SILENT)).finding.startswith("No touchpoint is listed yet")


def test_the_headline_leads_with_the_outcome(shop):
    """Outcome, mean feeling, lowest, highest, customers: each with label, text and n."""
    headline = build_journey(shop()).headline
    assert [figure["label"] for figure in headline] == [
        "NPS", "Mean feeling, \u22122 to +2", "Lowest step", "Highest step", "Customers heard",
    ]  # fmt: skip
    assert [figure["text"] for figure in headline] == [
        "0",
        "0.0",
        "2.1 Payment page: \u22121.5",
        "1.1 Advert: +1.5",
        "40",
    ]
    assert [figure["n"] for figure in headline] == [40] * 5


def test_a_weighted_headline_shows_both(shop):
    """Under survey weights the unweighted figure stands beside the weighted one."""
    answers = shop().responses.to_dict("records")
    for row in answers:
        row["weight"] = 3.0 if row["score"] == 9 else 1.0
    figure = build_journey(shop(responses=answers)).headline[0]
    assert (figure["label"], figure["text"]) == ("NPS, weighted (unweighted 0)", "50")


@pytest.mark.parametrize(
    ("value", "unit", "kind", "text"),
    [
        (0.31, "%", "", "31%"),
        (0.875, "", "csat", "87.5%"),
        (-9.99, "", "nps", "\u221210.0"),
        (1204.4, "EUR", "amount", "1,204 EUR"),
    ],
)
def test_figures_are_written_with_their_unit(value, unit, kind, text):
    """Shares become percent, NPS has one digit behind the point, amounts their thousands."""
    assert write_kpi(value, unit, kind=kind) == text
