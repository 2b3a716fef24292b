"""The difference map: what it says, what it colours and what it hides."""

from html import unescape
from xml.etree import ElementTree

import pandas as pd
import pytest
from invented_changes import EARLIER, EVERY_VERDICT, give_ids, make_comparison, make_done, make_moves, make_row
from invented_journey import STEPS, make_journey, rich_cells

from cjm_helpers.drawing.compared_maps.differences import draw_difference_map
from cjm_helpers.drawing.sheet.paper import A4, SLIDE
from cjm_helpers.drawing.sheet.scene import Box, Disc, Line, Path, Polygon, Text
from cjm_helpers.errors import CjmError, OffScale

COLOURED = {"blue", "orange", "bluefill2", "orangefill2", "bluetext", "orangetext"}


def draw(verdicts=EVERY_VERDICT, *, steps=STEPS, **tables):
    """Return the difference map of the invented journey, all of its comparison with some verdicts."""
    journey = give_ids(make_journey(steps, rich_cells()))
    return draw_difference_map(journey, make_comparison(journey, verdicts), **tables)


def list_words(drawn, lane="") -> list[str]:
    lanes = [one for sheet in drawn.sheets for one in sheet.lanes if lane in ("", one.name)]
    return [item.words for one in lanes for item in one.items if isinstance(item, Text)]


def list_colours(drawn) -> set[str]:
    """Return the colours of everything but the legend, which names them."""
    items = [item for sheet in drawn.sheets for lane in sheet.lanes if lane.name != "legend" for item in lane.items]
    texts = {item.tone for item in items if isinstance(item, (Text, Line))}
    return (texts | {item.fill for item in items if isinstance(item, (Box, Disc, Polygon))}
            | {item.edge for item in items if isinstance(item, (Box, Disc, Polygon, Path))}) & COLOURED  # fmt: skip


def read_rows(drawn) -> list[str]:
    body = ElementTree.fromstring(drawn.tell()).find("table/tbody")
    return [" ".join(row.itertext()) for row in body]


def test_the_finding_counts_what_is_sure_of_how_many_and_names_the_worst():
    """How many were tested, how many are better and worse, and first the worst."""
    drawn = draw()
    assert "of 27 things tested, 9 are surely better and 9 are surely worse; worst: 2.3 “Wait 4”" in drawn.said
    assert "Best: " in drawn.description and "9 with too few people" in drawn.description


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        (("improved",), "44 are surely better and none is surely worse"),
        (("worse",), "none is surely better and 44 are surely worse"),
        (("no evidence",), "of 44 things tested, none is surely better or worse"),
        (("too few",), f"Nothing could be tested between {EARLIER} and "),
        (("not compared",), f"Nothing could be tested between {EARLIER} and "),
    ],
)
def test_each_verdict_alone_has_its_sentence(verdicts, said):
    """Everything better, worse, unsure, hidden or not compared is said as such."""
    assert said in draw(verdicts).said


@pytest.mark.parametrize(
    ("verdict", "colours"),
    [("improved", {"blue", "bluefill2", "bluetext"}), ("worse", {"orange", "orangefill2", "orangetext"})],
)
def test_a_sure_change_is_coloured_and_said_in_words(verdict, colours):
    """Blue is better, orange is worse, and words say the same."""
    drawn = draw((verdict,))
    word = {"improved": "better by 0.6", "worse": "worse by 0.6"}[verdict]
    assert list_colours(drawn) == colours and list_words(drawn, "feelings").count(word) == len(STEPS)


@pytest.mark.parametrize("verdict", ["no evidence", "unchanged", "changed", "too few", "not compared"])
def test_what_is_not_surely_better_or_worse_is_grey(verdict):
    """No mark and no text has a colour that means feeling."""
    assert list_colours(draw((verdict,))) == set()


def test_what_could_have_hidden_is_said():
    """No sure change is never said without the change that could have hidden."""
    words = " ".join(list_words(draw(("no evidence",)), "feelings"))
    assert words.count("no sure change; could only have seen 0.2") == len(STEPS) or "seen 0.2" in words


def test_sure_changes_stand_first_and_the_rest_is_counted():
    """A step with five themes shows the worse one first and counts those it has no room for."""
    journey = give_ids(make_journey(STEPS, rich_cells()))
    verdicts = ("no evidence", "improved", "no evidence", "worse", "no evidence")
    rows = [make_row("theme", verdict, name=f"Theme {k}", metric="share", better="lower", touchpoint_id="t0")
            for k, verdict in enumerate(verdicts)]  # fmt: skip
    words = list_words(draw_difference_map(journey, pd.DataFrame(rows).assign(persona_id="amira")), "themes")
    names = [one for one in words if one.startswith("Theme")]
    assert names == ["Theme 3", "Theme 1"] and [one for one in words if "+3 more" in one]


def test_hidden_values_are_nowhere():
    """A value of too few people is drawn and told on no side, whatever the other side holds."""
    drawn = draw(("too few",))
    assert not [words for words in list_words(drawn) if "before" in words and "40" in words]
    assert all("–" in row and "too few" in row for row in read_rows(drawn) if "Fax form" not in row)
    marks = [item for sheet in drawn.sheets for item in sheet.items(Disc) if item.edge == "bar" and item.depth == 5]
    assert marks == []


def test_the_twin_has_a_row_for_everything_and_its_sentence():
    """As many rows as the comparison, each with its sentence, and the moves and ideas below."""
    journey = give_ids(make_journey(STEPS, rich_cells()))
    changes = make_comparison(journey)
    moves, done = make_moves(journey), make_done(changes)
    html = unescape(draw_difference_map(journey, changes, moves=moves, done=done).tell())
    assert html.count("<tr>") == len(changes) + 1
    assert all(sentence in html for one in (changes, moves, done) for sentence in one["sentence"])
    assert "after all tests are counted together" in html and journey.foot in html


def test_the_twin_has_both_values_the_difference_and_its_interval():
    """Before, now, difference with sign, interval and both n stand in the row."""
    row = next(row for row in read_rows(draw(("worse",))) if "feeling" in row)
    assert "−0.4 −1.0 −0.6 −0.8 to −0.4 61 70 worse" in row


def test_what_has_no_step_stands_in_the_strip():
    """KPIs of the whole journey, themes of no step, what left the map, and why something was not compared."""
    journey = give_ids(make_journey(STEPS, rich_cells()))
    words = " ".join(list_words(draw(moves=make_moves(journey)), "strip"))
    for heading in ("KPIs without a step", "Said of no step", "Not on this map", "Not compared, and why"):
        assert heading in words
    assert "Would hire again" in words and "(removed)" in words and "Fax form" in words


def test_touchpoints_that_came_or_moved_say_so_at_their_step():
    """New, renamed and moved stand under the name of the step."""
    journey = give_ids(make_journey(STEPS, rich_cells()))
    words = " ".join(list_words(draw(moves=make_moves(journey)), "steps"))
    assert "new since" in words and "renamed since" in words and "moved here since" in words


def test_ideas_stand_at_the_step_of_their_kpi_or_in_the_strip():
    """What became of the KPI stands below; without a KPI that is said."""
    journey = give_ids(make_journey(STEPS, rich_cells()))
    drawn = draw(("improved",), done=make_done(make_comparison(journey, ("improved",))))
    assert {"Staff the help line", "Wait 0: better by 9 min"} <= set(list_words(drawn, "ideas"))
    assert "names no KPI that should move" in " ".join(list_words(drawn, "strip"))


def make_first(persona_id: str) -> pd.DataFrame:
    """Return the one row of a study without an earlier wave."""
    row = dict.fromkeys(("touchpoint_id", "before", "after"), "")
    said = {"object": "wave", "verdict": "not compared", "sentence": "No wave lies before 2031."}
    return pd.DataFrame([{**row, **said, "persona_id": persona_id}])


def test_without_an_earlier_wave_one_sentence_says_so(rich):
    """Nothing fails: the sheet holds the sentence of the comparison, or our own."""
    first = make_first("amira")
    assert "No wave lies before 2031." in list_words(draw_difference_map(rich, first))
    assert "There is nothing to compare: no wave lies before this one." in list_words(draw_difference_map(rich, None))
    assert "No wave lies before 2031." in draw_difference_map(rich, first).tell()


def test_rows_of_other_personas_are_left_out(rich):
    """The comparison of somebody else is nothing to compare here."""
    changes = make_comparison(give_ids(rich)).assign(persona_id="somebody")
    assert "nothing to compare" in draw_difference_map(rich, changes).said


def test_a_long_journey_begins_with_an_overview_of_what_is_sure(two_sheets):
    """The first sheet holds all steps and every stage's sure changes, the worse first; details stand behind it."""
    drawn = draw_difference_map(give_ids(two_sheets), make_comparison(two_sheets))
    first = [lane.name for lane in drawn.sheets[0].lanes]
    assert "sure" in first and "strip" in first and len(drawn.sheets) > 2
    assert (
        next(words for words in list_words(drawn, "sure") if "by" in words.split()).split(": ")[-1].startswith("worse")
    )


@pytest.mark.parametrize("paper", [A4, SLIDE])
def test_small_papers_show_feelings_and_insights_apart(paper):
    """An overview, then feelings and insights of the same steps on a sheet each."""
    lanes = [[lane.name for lane in sheet.lanes] for sheet in draw().lay(paper)]
    assert "sure" in lanes[0]
    assert not [names for names in lanes if "feelings" in names and "themes" in names]


def test_the_same_comparison_gives_the_same_bytes():
    """Two drawings of the same tables, and of the rows in another order, are one."""
    journey = give_ids(make_journey(STEPS, rich_cells()))
    changes = make_comparison(journey)
    svgs = {draw_difference_map(journey, table).svg for table in (changes, changes.copy(), changes[::-1])}
    assert len(svgs) == 1


def test_the_tables_are_left_as_they_were():
    """Drawing changes neither the journey nor the comparison."""
    journey = give_ids(make_journey(STEPS, rich_cells()))
    changes = make_comparison(journey)
    cells, rows = journey.cells.copy(), changes.copy()
    draw_difference_map(journey, changes).sheets
    pd.testing.assert_frame_equal(journey.cells, cells)
    pd.testing.assert_frame_equal(changes, rows)


def test_a_table_of_another_kind_is_refused_in_a_sentence(rich):
    """What is no comparison says which columns are missing and what to give instead."""
    with pytest.raises(CjmError, match="lacks before, after and verdict. Give the table that `compare_waves` returns"):
        draw_difference_map(rich, pd.DataFrame({"object": ["kpi"], "touchpoint_id": ["pay"]}))


def test_a_feeling_off_the_scale_is_refused(rich):
    """Values outside -2 to 2 are refused, not clipped."""
    with pytest.raises(OffScale):
        draw_difference_map(rich, make_comparison(give_ids(rich)).assign(after=7.0))
