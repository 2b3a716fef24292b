"""Lanes: what stands at each step, lane by lane."""

import math

import pandas as pd
import pytest

from cjm_helpers.method.journey import build_journey
from cjm_helpers.method.journey.cells import LANES

RATED = [
    {"response_id": f"r{place}{i}", "customer_id": f"c{i:03}", "touchpoint_id": place, "metric": metric,
     "score": score(i)}
    for place, metric, score in (
        ("pay", "csat", lambda i: 1 + i % 3), ("ad", "csat", lambda i: 4 - i // 3 % 2),
        ("", "nps", lambda i: 4 * (i % 3)),
    )
    for i in range(240)
]  # fmt: skip


@pytest.fixture
def lane(shop):
    """Build the shop's journey and return one lane of it."""

    def pick(name, **changes):
        cells = build_journey(shop(**changes)).cells
        return cells[cells["lane"] == name].set_index("step_id")

    return pick


def _state(field, **more):
    return {
        "statement_id": f"s_{field}",
        "touchpoint_id": "pay",
        "field": field,
        "text": f"a {field}",
        "basis": "assumed",
        **more,
    }


def _talk(i, emotion, **more):
    said = {"feedback_id": f"i{i}", "speaker": f"P{i}", "source": "interview", "touchpoint_id": "pay", **more}
    return said, {"feedback_id": f"i{i}", "coder_id": "anna", "code_id": "none", "emotion": emotion}


def test_every_lane_has_a_function():
    """The lanes of the map come in their order."""
    names = "step quote emotion interview touchpoint channel need pain delight kpi opportunity backstage support"
    assert list(LANES) == names.split()


def test_steps_tell_action_else_description_else_name(lane):
    """A stated action comes first, then the touchpoint's description, then its name."""
    told = lane("step")[["text", "kind"]]
    assert told.loc["1.1"].tolist() == ["Sees the advert", "description"]
    assert told.loc["2.1"].tolist() == ["Payment page", "name"]
    assert lane("step", statements=[_state("action")]).loc["2.1", ["text", "grade"]].tolist() == ["a action", "D"]


def test_quotes_name_what_most_people_name(lane):
    """The quote of a step carries the code that most people name there; thoughts follow it."""
    quotes = lane("quote", statements=[_state("thought")])
    assert quotes["kind"].tolist() == ["verbatim", "thought"]
    assert quotes["item_id"].tolist() == ["f00", "s_thought"]
    assert quotes["place"].tolist() == [1, 2]


def test_no_quote_against_consent(lane, shop):
    """Where nobody consents, no verbatim is quoted."""
    refused = [{**row, "consent": "no"} for row in shop().feedback.to_dict("records")]
    assert lane("quote", feedback=refused).empty


def test_emotion_carries_interval_and_theme(lane):
    """The mean on -2..2 comes with n, interval, flag, grade and the leading theme of its sign."""
    low = lane("emotion").loc["2.1"]
    assert (low["value"], low["n"], low["flag"], low["grade"], low["text"]) == (
        -1.5,
        40,
        "reportable",
        "B",
        "Card refused",
    )
    assert low["lo"] < -1.5 < low["hi"]


def test_a_step_nobody_rated_is_not_asked(lane, shop):
    """Without answers a step says so and holds no number."""
    answers = [row for row in shop().responses.to_dict("records") if row["touchpoint_id"] != "ad"]
    cell = lane("emotion", responses=answers).loc["1.1"]
    assert (cell["flag"], cell["n"]) == ("not asked", 0)
    assert math.isnan(cell["value"])


def test_a_moment_of_truth_is_weighty_and_clear(lane):
    """High impact and an interval on one side of zero make the star; the touchpoint's size follows its impact."""
    assert lane("emotion", responses=RATED)["moment_of_truth"].to_dict() == {"1.1": False, "2.1": True}
    touchpoints = lane("touchpoint", responses=RATED)
    assert touchpoints["size"].to_dict() == {"1.1": 1, "2.1": 3}
    assert touchpoints["method"].tolist() == ["derived", "derived"]


def test_people_interviewed_are_counted_by_feeling(lane):
    """Two people felt -2 and one +1; one person's two answers are one; no share, no interval."""
    talks = [_talk(1, -2), _talk(2, -1.6), _talk(3, 1), _talk(4, 0, speaker="P3"), _talk(5, 2, source="staff")]
    cells = lane("interview", feedback=[said for said, _ in talks], codings=[coded for _, coded in talks])
    assert cells[["value", "k", "grade"]].values.tolist() == [[-2, 2, "C"], [1, 1, "C"]]
    assert cells[["n", "lo", "hi"]].isna().all(axis=None)


def test_colleagues_alone_are_weak_evidence(shop):
    """However many remarks of staff there are, they stand for no customer: grade C, and nobody was heard."""
    said = [_talk(i, -2, source="staff", customer_id="")[0] for i in range(40)]
    read = [_talk(i, -2)[1] for i in range(40)]
    parts = build_journey(shop(feedback=said, codings=read, responses=[])).parts
    assert parts.grades["pay"] == "C" and parts.themes.empty
    assert "pay" not in parts.spoken_of | parts.too_few_spoke


def test_an_assumed_feeling_is_nobodys(lane):
    """A feeling the team assumes is placed, graded D and counts no people; a reported one counts its evidence."""
    stated = [
        _state("feeling", score=-2),
        _state("feeling", statement_id="s2", score=-1, basis="reported", evidence_ids="f1;f2"),
    ]
    cells = lane("interview", statements=stated)
    assert cells["value"].tolist() == [-2, -1] and cells["grade"].tolist() == ["D", "C"]
    assert math.isnan(cells["k"].iloc[0]) and cells["k"].iloc[1] == 2


def test_stated_impact_stands_in_for_derived(lane):
    """Where impact cannot be derived the team's ratings give the size, where nobody rated it is missing."""
    ratings = [{"touchpoint_id": "pay", "rater_id": "anna", "satisfaction_impact": 5, "decision_impact": 4}]
    touchpoints = lane("touchpoint", touchpoint_ratings=ratings)
    assert touchpoints.loc["2.1", ["size", "method", "kind", "owner"]].tolist() == [3, "stated", "digital", "Checkout"]
    assert math.isnan(touchpoints.loc["1.1", "size"])


def test_channels_stand_in_their_order(lane):
    """Each channel of the touchpoint is a row of its own."""
    assert lane("channel").loc["2.1", "text"].tolist() == ["Website", "App"]


def test_pains_and_delights_count_people(lane):
    """Themes come with people, share and interval, stated ones with their severity after them."""
    pains = lane("pain", statements=[_state("pain_point", score=2)]).loc["2.1":]
    assert pains[["item_id", "k", "n", "value", "kind"]].values.tolist()[0] == ["refused", 7, 10, 0.7, "theme"]
    assert pains[["item_id", "severity", "grade"]].values.tolist()[1] == ["s_pain_point", 2, "D"]
    assert lane("delight", statements=[_state("delight")])["item_id"].tolist() == ["quick", "s_delight"]


def test_a_kpi_of_a_stage_stands_at_its_first_step(lane, shop):
    """Value, baseline, target and word come along; a KPI of the whole journey has no step."""
    kpis = [
        *shop().kpis.to_dict("records"),
        {"kpi_id": "nps", "name": "NPS", "kind": "nps", "metric": "nps", "direction": "higher"},
    ]
    cells = lane("kpi", kpis=kpis)
    assert cells[["item_id", "value", "baseline", "target", "unit"]].values.tolist() == [
        ["given_up", 0.31, 0.2, 0.1, "%"]
    ]
    assert cells.loc["2.1", "word"]


def test_a_kpi_from_too_few_has_no_word(lane, shop):
    """A suppressed KPI keeps its goal and loses value and verdict."""
    readings = [{"kpi_id": "given_up", "period": "2026-03", "numerator": 2, "denominator": 4}]
    cell = lane("kpi", kpi_readings=readings).loc["2.1"]
    assert (cell["flag"], cell["word"], cell["target"]) == ("suppressed", "fewer than 5", 0.1)
    assert pd.isna(cell[["value", "lo", "hi"]]).all()


def test_a_kpi_without_readings_says_so(lane):
    """Nothing was read, which is not the same as too few to show."""
    cell = lane("kpi", kpi_readings=[]).loc["2.1"]
    assert (cell["flag"], cell["word"], cell["n"]) == ("", "no data", 0)


def test_opportunities_stand_by_rank(lane):
    """An idea carries rank, value, effort, owner and the evidence of its pain point."""
    idea = lane("opportunity").loc["2.1"]
    assert idea[["item_id", "rank", "size", "effort", "owner", "grade"]].tolist() == ["o1", 1, 3, 2, "Payments", "C"]
    assert idea["evidence_ids"].startswith("f00;f01")


def test_a_statement_about_a_stage_says_so(lane):
    """It stands at the stage's first step, where it would else read as if it were about that touchpoint."""
    stated = [_state("pain_point", touchpoint_id="", stage="Buy"), _state("delight", touchpoint_id="", stage="Later")]
    assert lane("pain", statements=stated).loc["2.1", "text"].tolist()[-1] == "Whole stage: a pain_point"
    settings = {"stages": ("Notice", "Buy", "Later")}
    assert lane("delight", statements=stated, settings=settings).loc["3.0", "text"] == "a delight"


def test_cells_of_many_rows_name_their_table(lane):
    """A touchpoint names the tables that hold its rows, a KPI from readings its KPI and period."""
    assert lane("touchpoint").loc["2.1", "evidence_ids"] == "responses/pay;feedback/pay"
    assert lane("kpi")["evidence_ids"].tolist() == ["kpi_readings/given_up/2026-03"]


def test_silence_says_what_it_is(lane, shop):
    """A step nobody spoke of was not asked, one whose words nobody coded is not coded: neither has nothing named."""
    assert lane("pain").loc["1.1", "flag"] == "not asked"
    told = [row | {"touchpoint_id": "ad"} for row in shop().feedback.to_dict("records")]
    assert lane("pain", feedback=told, codings=[]).loc["1.1", "flag"] == "not coded"
