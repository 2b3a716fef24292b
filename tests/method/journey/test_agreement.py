"""Agreement on the map: a cell says how alike people read its code, over the whole study and before anything else."""

import pandas as pd
import pytest

from cjm_helpers.method.journey import build_journey, write_brief
from cjm_helpers.method.journey.agreement import measure_study
from cjm_helpers.method.journey.cells import tidy_cells
from cjm_helpers.method.journey.foot import hash_cells


def read(feedback_id: str, coder_id: str, code_id: str) -> dict:
    """Return a coding with a bad feeling."""
    return {"feedback_id": feedback_id, "coder_id": coder_id, "code_id": code_id, "emotion": -2}


def read_by_two(differ: int) -> list[dict]:
    """Return codings of ten verbatims: anna gives a code to all but three, ben differs on some of them."""
    codes = ["refused"] * 7 + ["quick"] * 3
    others = ["none"] * differ + codes[differ:]
    return [read(f"f{i:02}", who, given[i]) for who, given in (("anna", codes), ("ben", others)) for i in range(10)]


@pytest.fixture
def build(shop):
    """Build the journey of the shop as two people coded it."""
    return lambda codings: build_journey(shop(codings=codings), bootstraps=2)


def at_pay(journey, lane: str):
    """Return the first cell of a lane at the payment page."""
    cells = journey.cells
    return cells[cells["lane"].eq(lane) & cells["text"].ne("") & cells["touchpoint_id"].eq("pay")].iloc[0]


@pytest.mark.parametrize("lane", ["pain", "emotion", "quote"])
def test_a_code_read_differently_is_said_in_its_cells(build, lane):
    """The pain, the leading theme beside the low point, and the quote that stands for it carry alpha and the words."""
    cell = at_pay(build(read_by_two(differ=5)), lane)
    assert cell["caution"] == "coders differ" and cell["coded_twice"] == 10
    assert cell["alpha_lo"] <= cell["alpha"] < 0.667


def test_an_idea_against_such_a_code_says_so(shop):
    """An opportunity that answers a code read differently carries its alpha, under its old name too; others nothing."""
    replaced = [{"code_id": "declined", "label": "Declined", "status": "retired", "replaced_by": "refused"}]
    ideas = [
        {"opportunity_id": name, "statement": name, "touchpoint_id": "pay", "code_ids": code_ids}
        for name, code_ids in (("o1", "quick;declined"), ("o2", "quick"), ("o3", ""))
    ]
    book = [{"code_id": "refused", "label": "Card refused"}, {"code_id": "quick", "label": "Quick"}]
    given = {"codebook": book + replaced, "opportunities": ideas, "codings": read_by_two(differ=5)}
    journey = build_journey(shop(**given), bootstraps=2)
    cells = journey.cells[journey.cells["lane"].eq("opportunity")].set_index("item_id")
    assert cells["caution"].to_dict() == {"o1": "coders differ", "o2": "", "o3": ""}
    actions = write_brief(journey).query("part == 'action'").set_index("item_id")["sentence"]
    assert actions.str.contains("those who read this did not agree on it").to_dict() == {
        "o1": True,
        "o2": False,
        "o3": False,
    }
    assert cells.at["o1", "alpha"] < 0.667 and cells.at["o1", "coded_twice"] == 10 and cells["alpha"].isna().sum() == 2


def test_one_reader_alone_is_said(build):
    """What anna alone read stands on the map, and its cells say so."""
    journey = build([row for row in read_by_two(differ=0) if row["coder_id"] == "anna"])
    cell = at_pay(journey, "pain")
    assert cell["caution"] == "read by one person only" and cell["alpha"] != cell["alpha"]
    assert journey.parts.reliability.empty


def test_sentences_say_that_coders_differ(build):
    """The big sentence and page one never lead with such a theme without saying so; page one in plain words."""
    doubted, sound = build(read_by_two(differ=5)), build(read_by_two(differ=0))
    assert doubted.finding.endswith("“Card refused” (coders differ).")
    findings = [write_brief(journey).query("part == 'finding'")["sentence"].iloc[0] for journey in (doubted, sound)]
    assert "“Card refused” (those who read this did not agree on it)" in findings[0]
    assert "agree" not in findings[1] and "differ" not in sound.finding


def test_the_whole_study_is_measured_once(shop):
    """A part takes the agreement of its whole study, and the same study is measured only once."""
    whole = shop(codings=read_by_two(differ=5))
    part = shop(codings=[])
    part.whole = whole
    assert build_journey(part, bootstraps=2).parts.reliability is measure_study(whole)
    assert measure_study(whole)["n"].eq(10).all()


def test_a_suppressed_cell_shows_nothing_of_it():
    """Neither alpha nor the caution of a hidden cell remains."""
    row = {
        "step_id": "1.1",
        "lane": "pain",
        "flag": "suppressed",
        "alpha": 0.4,
        "coded_twice": 80,
        "caution": "coders differ",
    }
    tidy = tidy_cells(pd.DataFrame([row])).iloc[0]
    assert tidy["caution"] == "" and tidy[["alpha", "coded_twice"]].isna().all()


def test_the_hash_changes_with_what_is_drawn(build):
    """That coders differ makes another map; that they agree a little less does not."""
    cells = build(read_by_two(differ=5)).cells
    assert hash_cells(cells) != hash_cells(cells.assign(caution=""))
    assert hash_cells(cells.assign(caution="")) == hash_cells(cells.assign(caution="too few read by two", alpha=0.9))
