"""The map of several personas: who may be compared, what the finding says, what is drawn, and the table twin."""

from html import unescape
from types import SimpleNamespace
from xml.etree import ElementTree

import pandas as pd
import pytest
from invented_personas import make_differences, make_personas, make_silent

from cjm_helpers.drawing.compared_maps.personas import draw_persona_map
from cjm_helpers.drawing.sheet.paper import A4
from cjm_helpers.drawing.sheet.scene import Text
from cjm_helpers.errors import CjmError

STEPS = [("1.1", "Buy", "Advert"), ("1.2", "Buy", "Basket"), ("2.1", "Pay", "Payment")]


def build(persona_id, values, *, steps=STEPS, n=40, **more):
    """Return a small journey with a feeling for each step; None is not asked."""
    rows = [{"step_id": step[0], "lane": "emotion", "value": value, "n": n if value is not None else 0}
            for step, value in zip(steps, values, strict=True)]  # fmt: skip
    table = pd.DataFrame(
        [(*step, step[2].lower()) for step in steps], columns=["step_id", "stage", "name", "touchpoint_id"]
    )
    texts = {
        "finding": "",
        "context": "",
        "headline": [],
        "foot": "",
        "gaps": None,
        "wave": "w1",
        "lens": {"study": "Shop"},
    }
    return SimpleNamespace(**{**texts, "persona_id": persona_id, "steps": table, "cells": pd.DataFrame(rows), **more})


def finding_of(*journeys, **options) -> str:
    return draw_persona_map(journeys, **options).said.split("w1. ")[1]


def words_of(drawn, lane: str, *, sheet: int = 0) -> list[str]:
    lanes = [each for each in drawn.sheets[sheet].lanes if each.name == lane]
    return [item.words for each in lanes for item in each.items if isinstance(item, Text)]


def test_one_persona_alone_is_refused():
    """The sentence names the one that is there and what draws it."""
    with pytest.raises(CjmError, match="only 'lena'.*draw_journey_map"):
        draw_persona_map([build("lena", [1, 0, -1])])


def test_no_persona_is_refused():
    """An empty list gets the same sentence."""
    with pytest.raises(CjmError, match="there is none"):
        draw_persona_map([])


def test_a_persona_twice_is_refused():
    """Two journeys of one persona are no comparison."""
    with pytest.raises(CjmError, match="'lena' is there twice"):
        draw_persona_map([build("lena", [1, 0, -1]), build("lena", [1, 0, -1])])


@pytest.mark.parametrize(
    ("more", "words"),
    [({"wave": "w2"}, "several waves: w1 and w2"), ({"lens": {"study": "Spa"}}, "several studies: Shop and Spa")],
)
def test_journeys_of_several_waves_or_studies_are_refused(more, words):
    """The sentence says what differs."""
    with pytest.raises(CjmError, match=words):
        draw_persona_map([build("lena", [1, 0, -1]), build("omar", [1, 0, -1], **more)])


def test_steps_that_are_numbered_otherwise_are_refused():
    """One number for two touchpoints would lay them into one column."""
    others = [("1.1", "Buy", "Basket"), *STEPS[1:]]
    with pytest.raises(CjmError, match="Step 1.1 is “Advert” in one journey and “Basket” in another"):
        draw_persona_map([build("lena", [1, 0, -1]), build("omar", [1, 0, -1], steps=others)])


def test_a_feeling_off_the_scale_is_refused():
    """A scale of five is not a scale from -2 to 2."""
    with pytest.raises(CjmError, match="2.1"):
        draw_persona_map([build("lena", [1, 0, -1]), build("omar", [1, 2, 5])])


def test_the_finding_names_the_low_of_both_and_where_they_part():
    """One step is lowest for both; at another they lie furthest apart."""
    said = finding_of(build("lena", [1.5, 0.2, -1.5]), build("omar", [0.1, 0.2, -0.4]))
    assert said == "Lowest for both at 2.1 Payment: −1.5 to −0.4; they part most at 1.1 Advert: lena +1.5, omar +0.1."


def test_the_finding_counts_for_how_many_a_step_is_lowest():
    """Two of three share a low; the context names the low of the third."""
    drawn = draw_persona_map([build("a", [1, 0, -1]), build("b", [1, 0, -1]), build("c", [-1.2, 0, 0.5])])
    assert "Lowest for 2 of 3 personas at 2.1 Payment: −1.0" in drawn.said
    assert "Lowest elsewhere: 1.1 Advert for c (−1.2)." in drawn.tell()


def test_the_finding_of_those_who_share_no_low():
    """Nobody's low is called that of all."""
    drawn = draw_persona_map([build("lena", [1, 0, -1]), build("omar", [-1, 0, 1])])
    assert "Each has a low of its own" in drawn.said
    assert "Lowest: 2.1 Payment for lena (−1.0); 1.1 Advert for omar (−1.0)." in drawn.tell()


def test_only_sure_differences_are_said_where_they_were_tested():
    """The widest gap is left out where the test found no evidence, and the word surely stands where it did."""
    table = pd.DataFrame({"persona_id": "lena", "other_id": "omar", "touchpoint_id": ["advert", "payment"], "tests": 3,
                          "value": [1.4, -1.1], "verdict": ["no evidence", "differ"], "sentence": ""})  # fmt: skip
    said = finding_of(build("lena", [1.5, 0, -1.5]), build("omar", [0.1, 0, -0.4]), differences=table)
    assert said.endswith("they surely part most at 2.1 Payment: omar −0.4, lena −1.5.")


def test_where_nothing_differs_for_sure_the_finding_says_so():
    """An empty table of differences is a result, no table is none."""
    journeys = [build("lena", [1.5, 0, -1.5]), build("omar", [0.1, 0, -0.4])]
    empty = pd.DataFrame(columns=["persona_id", "other_id", "touchpoint_id", "value", "verdict", "sentence", "tests"])
    assert "nowhere do two of them surely feel differently" in finding_of(*journeys, differences=empty)
    assert "Differences were not tested" in draw_persona_map(journeys).tell()


def test_a_sure_difference_is_marked_with_a_word_and_in_the_twin():
    """The lane has the word, a lane of its own says who is below whom, the twin has the sentence."""
    journeys = make_personas(3)
    differences = make_differences(journeys)
    drawn = draw_persona_map(journeys, differences=differences)
    sure = differences[differences["verdict"] == "differ"]
    assert words_of(drawn, "emotion").count("differ") == sure["touchpoint_id"].nunique()
    assert words_of(drawn, "differences").count("below") == len(sure)
    assert drawn.tell().count("p0 feels otherwise than") == len(sure)


def test_the_line_runs_on_over_steps_not_passed_and_stops_where_nobody_was_asked():
    """Passing over the middle step leaves one line; not asking there leaves two points without one."""
    other = build("omar", [1, 0, -1])
    passing = build("lena", [1, -1], steps=[STEPS[0], STEPS[2]], all_steps=other.steps)
    lines = [_count_paths(draw_persona_map([one, other])) for one in (passing, build("lena", [1, None, -1]))]
    assert lines[0] == lines[1] + 1


def _count_paths(drawn) -> int:
    """Count the lines in the columns; those beside the names are shorter than a column."""
    paths = [
        item
        for lane in drawn.sheets[0].lanes
        if lane.name == "emotion"
        for item in lane.items
        if hasattr(item, "moves")
    ]
    return sum(path.moves[-1][-1][0] - path.moves[0][1][0] > 20 for path in paths)


def test_steps_stand_in_the_order_of_the_study():
    """A step that only the second persona passes stands between those of the first."""
    first = build("lena", [1, -1], steps=[STEPS[0], STEPS[2]])
    drawn = draw_persona_map([first, build("omar", [1, 0, -1])])
    assert [words for words in words_of(drawn, "emotion") if words in ("1.1", "1.2", "2.1")] == ["1.1", "1.2", "2.1"]


def test_steps_that_nobody_passes_are_left_out():
    """The study has more steps than these personas."""
    whole = build("x", [0, 0, 0]).steps
    some = [build(one, [1, 0], steps=STEPS[:2], all_steps=whole) for one in ("lena", "omar")]
    assert "Payment" not in draw_persona_map(some).tell()


def test_the_table_says_why_a_value_is_missing():
    """Not asked, too few and not passed are three things."""
    drawn = draw_persona_map(make_personas(2))
    words = words_of(drawn, "values")
    assert {"not asked", "fewer than 5", "–"} <= set(words)


def test_a_suppressed_value_stays_away():
    """A value with the flag of too few answers is neither drawn nor told, even where the table still held n."""
    few = build("omar", [1, None, -1])
    few.cells.loc[1, ["n", "flag"]] = [3, "suppressed"]
    drawn = draw_persona_map([build("lena", [1, 0, -1]), few])
    assert "too few answers" in drawn.tell() and "n = 3<" not in drawn.tell()


def test_a_persona_without_answers_is_named_all_the_same():
    """Her name stands in the picture, with the words for why she has no line."""
    drawn = draw_persona_map([*make_personas(2), make_silent(2)])
    assert {"Ines", "no answers"} <= set(words_of(drawn, "emotion"))
    assert "No answers from Ines yet." in drawn.tell()


def test_a_pain_that_personas_share_stands_once():
    """Each counts its own people beside its mark; the theme is written once."""
    words = words_of(draw_persona_map(make_personas(3)), "pains")
    assert words.count("16 of 44") == 3 and words.count("Price without") == 1


def test_the_twin_has_a_row_a_step_and_a_column_a_persona():
    """A caption, heads in both directions, and each value with its interval, n and leading pain."""
    drawn = draw_persona_map(make_personas(3))
    table = ElementTree.fromstring(drawn.tell()).find("table")
    head, *rows = table.iter("tr")
    assert [cell.text for cell in head][2:5] == [
        "Amira, the weekend mover",
        "Omar, who moves for work",
        "Ines, with two children",
    ]
    assert len(rows) == 12 and all(len(row) == len(head) for row in rows)
    words = " ".join(" ".join(rows[0].itertext()).split())
    assert "95 % interval" in words and "n = 44" in words and "Leading pain: Price without kilometres 16 of 44" in words


def test_more_than_four_personas_get_a_panel_each():
    """Nine names, nine findings, one axis; no lines with names at their ends."""
    drawn = draw_persona_map(make_personas(9))
    words = words_of(drawn, "emotion")
    assert [words.count(mark) for mark in ("+2", "−2")] == [9, 9]
    assert words.count("58 customers") == 9 and len(drawn.sheets) == 1


def test_panels_fill_sheets_evenly():
    """Fourteen personas are seven and seven on A3, and never more than six on A4."""
    drawn = draw_persona_map(make_personas(14))
    assert [words_of(drawn, "emotion", sheet=k).count("+2") for k in (0, 1)] == [7, 7]
    assert len(drawn.lay(A4)) == 3


def test_many_steps_get_an_overview_and_sheets_of_whole_stages():
    """Thirty steps: the first sheet has all of them, the others whole stages of at most fourteen."""
    steps = [
        (f"{stage}.{place}", f"Stage {stage}", f"Step {stage}.{place}")
        for stage in range(1, 6)
        for place in range(1, 7)
    ]
    drawn = draw_persona_map([build(one, [0.5] * 30, steps=steps) for one in ("lena", "omar")])
    ids = {step_id for step_id, *_ in steps}
    shown = [[words for words in words_of(drawn, "emotion", sheet=k) if words in ids] for k in range(len(drawn.sheets))]
    assert [len(some) for some in shown] == [30, 6, 12, 12] and "overview" in words_of(drawn, "lens")[0]


def test_personas_asked_otherwise_are_compared_with_care():
    """Two questions at one step are named in the foot and never called where they part most."""
    journeys = [build("lena", [1.5, 0, -1.5]), build("omar", [0.1, 0, -0.9])]
    for journey, metric in zip(journeys, ("csat", "ease"), strict=True):
        journey.cells["kind"] = [metric, "csat", "csat"]
    drawn = draw_persona_map(journeys)
    assert "part most at 2.1" in drawn.said and "Asked in different words at 1.1" in drawn.tell()


def test_names_are_short_where_that_tells_them_apart():
    """What stands before the comma; the whole name where two begin alike."""
    names = ("Lena, who pays", "Lena, who looks", "Omar")
    journeys = [build(f"p{k}", [1, 0, -1], lens={"study": "Shop", "persona": name}) for k, name in enumerate(names)]
    assert "Lena, who pays, Lena, who looks and Omar" in draw_persona_map(journeys).title
    assert draw_persona_map(journeys[1:]).title == "Personas compared: Lena and Omar, Shop, w1"


def test_the_same_personas_give_the_same_bytes():
    """Drawn anew, the SVG has not changed; its description tells each persona's ends."""
    first, again = (draw_persona_map(make_personas(4)) for _ in range(2))
    assert first.svg == again.svg
    assert "Amira: lowest 4.2 Help line −1.6, highest 2.1 Booking form +1.2" in unescape(first.svg)


def test_the_journeys_are_not_touched():
    """Drawing reads its tables."""
    journeys = make_personas(2)
    before = [journey.cells.copy() for journey in journeys]
    draw_persona_map(journeys)
    for journey, cells in zip(journeys, before, strict=True):
        pd.testing.assert_frame_equal(journey.cells, cells)
