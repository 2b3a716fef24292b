"""A study of interviews and statements alone: a whole map in words, counted in people, without a percent."""

import numpy as np
import pytest

from cjm_helpers.drawing.journey_map import draw_journey_map, draw_map_table
from cjm_helpers.method.journey import build_journey, write_interview_guide

STATED = {
    "action": "Reads the advert at breakfast", "thought": "Is this for me?", "need": "To see the price at once",
    "delight": "The picture is beautiful", "backstage": "Marketing books the advert on Mondays",
    "support": "Advert server", "pain_point": "The price is hidden",
}  # fmt: skip
SAID = ("It never told me what was wrong.", "I gave up and went to the shop.", "It was done in a second.")


@pytest.fixture
def journey(make_study, shop):
    """Build the map of three people interviewed and seven statements."""
    whole = shop()
    talks = [
        {"feedback_id": f"i{i}", "speaker": f"P{i}", "source": "interview", "touchpoint_id": "pay" if i else "",
         "text": text, "consent": "yes", "wave": "w1"}
        for i, text in enumerate(SAID)
    ]  # fmt: skip
    codes = [("refused", -2), ("refused", -1), ("quick", 1)]
    codings = [{"feedback_id": f"i{i}", "coder_id": "anna", "code_id": code, "emotion": felt,
                "touchpoint_id": "" if i else "pay"} for i, (code, felt) in enumerate(codes)]  # fmt: skip
    statements = [{"statement_id": f"s_{field}", "field": field, "text": text, "basis": "reported",
                   "touchpoint_id": "ad", "evidence_ids": "i0"} for field, text in STATED.items()]  # fmt: skip
    tables = {name: getattr(whole, name).to_dict("records") for name in ("touchpoints", "codebook", "opportunities")}
    return build_journey(make_study(feedback=talks, codings=codings, statements=statements, **tables))


def test_every_lane_speaks(journey):
    """What was stated stands at its step, lane by lane, and what was said at the payment page as well."""
    at = {step_id: set(rows["lane"]) for step_id, rows in journey.cells.groupby("step_id")}
    assert at["1.1"] >= {"step", "quote", "need", "delight", "pain", "backstage", "support", "touchpoint"}
    assert at["2.1"] >= {"step", "quote", "interview", "pain", "delight", "touchpoint", "opportunity"}


def test_people_are_counted_whole(journey):
    """Two of three interviewed name the pain point: no share, no interval, and the big sentence says so."""
    pain = journey.cells.query("lane == 'pain' and step_id == '2.1'").iloc[0]
    assert (pain["k"], pain["n"], pain["flag"]) == (2, 3, "counted")
    assert np.isnan([pain["value"], pain["lo"], pain["hi"]]).all()
    assert journey.finding == "Most named: “Card refused” at 2.1 Payment page (2 of 3 interviewed)."


def test_a_talk_is_placed_where_its_coder_put_it(journey):
    """A paragraph without touchpoint counts at the one its coder named, in feelings as in themes."""
    felt = journey.cells.query("lane == 'interview' and step_id == '2.1'")
    assert felt["k"].sum() == 3


def test_no_grade_is_better_than_c(journey):
    """Interviews alone never reach grade B, and nothing here is assumed but the order of the steps."""
    assert set(journey.cells["grade"]) <= {"C", "D", ""}
    assert journey.cells.query("step_id == '1.1' and lane == 'need'")["grade"].item() == "C"


def test_the_map_is_drawn_and_told(journey):
    """The picture, its table and the interview guide stand; the table holds all that was stated, and no percent."""
    table = draw_map_table(journey)._repr_html_()
    assert all(text in table for text in (*STATED.values(), *SAID[:1]))
    assert "%" not in "".join(journey.cells["text"]) and "share" not in table
    assert draw_journey_map(journey).svg.startswith("<svg")
    assert "1.1 Advert" in write_interview_guide(journey)
