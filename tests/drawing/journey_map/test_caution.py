"""Caution: what is built on a code that people read differently looks it and says it, wherever a map is shown."""

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest
from drawing.hard_journeys import JOURNEYS, lay_map
from invented_changes import give_ids, make_comparison
from invented_journey import STEPS, make_journey, rich_cells
from invented_personas import make_personas

from cjm_helpers.drawing.cells_table import show_cells
from cjm_helpers.drawing.compared_maps.differences import draw_difference_map
from cjm_helpers.drawing.compared_maps.personas import draw_persona_map
from cjm_helpers.drawing.evidence_table import show_evidence
from cjm_helpers.drawing.journey_map import draw_journey_map, draw_map_table
from cjm_helpers.drawing.journey_map.caution import DIFFER, LEGEND, MARK, SIGN, say_agreement
from cjm_helpers.drawing.journey_map.story import Thing
from cjm_helpers.drawing.sheet.paper import PAPERS
from cjm_helpers.drawing.sheet.scene import Text
from cjm_helpers.drawing.slides.deck import draw_slides

KNOWN = {"alpha": 0.43, "alpha_lo": 0.22, "alpha_hi": 0.62, "coded_twice": 267}
SAID = "coders differ: alpha 0.43 (0.22 to 0.62), 267 verbatims read by two or more"
THEME = "Help line unreachable on Saturdays"


def make(*, caution: str, **known):
    """Return the rich journey in which coders are said to agree so far on one theme."""
    of_theme = [{**cell, "caution": caution, **known} if cell.get("text") == THEME else cell for cell in rich_cells()]
    return make_journey(STEPS, of_theme)


def list_words(sheets) -> list[str]:
    """Return every text of the sheets."""
    return [item.words for sheet in sheets for item in sheet.items(Text)]


@pytest.mark.parametrize("paper", PAPERS)
def test_every_sheet_says_it_in_marks_and_words(paper):
    """A sheet with the mark explains it in its legend; the words stand on the map where they have room."""
    for sheet in lay_map("unsure_codes", paper):
        words = list_words([sheet])
        assert any(MARK in word for word in words if word != MARK) == (LEGEND in words)


def test_where_there_is_room_the_words_stand_in_the_cell():
    """One doubted theme has a row of its own in its cell and in the label of the curve."""
    words = list_words(draw_journey_map(make(caution=DIFFER, **KNOWN)).sheets)
    plain = list_words(draw_journey_map(make(caution="")).sheets)
    assert sum(MARK in word for word in words) >= 3 and not any(MARK in word for word in plain)
    assert LEGEND in words and LEGEND not in plain


@pytest.mark.parametrize("caution", ["", "too few read by two", "read by one person only"])
def test_other_maps_keep_their_bytes(caution):
    """Only that coders differ is drawn: any other caution, and the figures, leave map and table as they were."""
    plain, told = make(caution=""), make(caution=caution, **KNOWN)
    plain.cells = plain.cells.drop(columns="caution")
    assert draw_journey_map(plain).svg == draw_journey_map(told).svg
    assert draw_map_table(plain).html == draw_map_table(told).html


def test_a_doubted_count_is_not_coloured():
    """The count of a doubted pain is as quiet as a note; that of the others keeps its colour."""
    lanes = {lane.name: lane for lane in draw_journey_map(make(caution=DIFFER, **KNOWN)).sheets[0].lanes}
    tones = {
        item.words.removesuffix(f" {MARK}"): item.tone for item in lanes["insights"].items if isinstance(item, Text)
    }
    assert (tones["24 of 33"], tones["29 of 46"]) == ("muted", "orangetext")


def test_table_and_evidence_say_how_far():
    """The table says of a doubted theme how far people agree; the evidence says it of every theme."""
    doubted, sound = make(caution=DIFFER, **KNOWN), make(caution="", **{**KNOWN, "alpha": 0.9})
    assert draw_map_table(doubted).html.count(SAID) == 2  # pain point and leading theme
    assert "alpha 0" not in draw_map_table(sound).html
    assert show_evidence(doubted).text.count(SAID) == 2
    assert "; alpha 0.90 (0.22 to 0.62), 267 verbatims read by two or more;" in show_evidence(sound).text
    digest = "24 of 33 who spoke name “Help line unreachable on Saturdays”"
    assert f"{digest} ({DIFFER})." in show_evidence(doubted).html and f"{digest}." in show_evidence(sound).html
    assert "24 of 33, coders differ" in show_cells(doubted, lanes=["pain"]).text
    assert "; read by one person only;" in show_evidence(make(caution="read by one person only")).text


def test_slides_say_it():
    """The slide of pain points says it beside the count, its title where it leads, the notes with alpha."""
    cells = [{**cell, "caution": DIFFER, **KNOWN} if cell["lane"] == "pain" else cell for cell in rich_cells()]
    deck = draw_slides([make_journey(STEPS, cells)], briefs=[pd.DataFrame()])
    slide = next(slide for slide in deck.slides if slide.title.startswith("What hurts most"))
    assert slide.title.endswith(f"({DIFFER})") and SAID in slide.notes
    assert SIGN in str(slide.blocks)


def test_ideas_say_it():
    """An idea against a code read differently has the mark behind its words; legend, table, slide and notes say it."""
    cells = [{**cell, "caution": DIFFER, **KNOWN} if cell["lane"] == "opportunity" else cell for cell in rich_cells()]
    journey = make_journey(STEPS, cells)
    sheet = draw_journey_map(journey).sheets[0]
    lanes = {lane.name: lane for lane in sheet.lanes}
    marked = [
        item for item in lanes["opportunities"].items if isinstance(item, Text) and item.words.endswith(f" {MARK}")
    ]
    assert marked and LEGEND in list_words([sheet])
    assert SAID in draw_map_table(journey).html and SAID in show_evidence(journey).text
    deck = draw_slides([journey], briefs=[pd.DataFrame()])
    slide = next(slide for slide in deck.slides if slide.title.startswith("What to do first"))
    assert SIGN in str(slide.blocks) and SAID in slide.notes


def test_personas_side_by_side_say_it():
    """A leading pain on whose code coders differ has the words under it, in the legend and in the table."""
    journeys = make_personas(2)
    for journey in journeys:
        is_doubted = journey.cells["lane"].isin(["pain", "opportunity"])
        journey.cells = journey.cells.assign(caution=is_doubted.map({True: DIFFER, False: ""}))
    drawn = draw_persona_map(journeys)
    words = list_words(drawn.sheets)
    assert SIGN in words and LEGEND in words and DIFFER in drawn.tell()
    assert not any(MARK in word for word in list_words(draw_persona_map(make_personas(2)).sheets))


def test_the_difference_map_says_it():
    """A theme whose code is to be revised says so beside its change, also where it is gone from the newer map."""
    journey = give_ids(JOURNEYS["rich"]())
    changes = make_comparison(journey)
    themes = changes.loc[changes["object"].eq("theme") & changes["before"].notna() & changes["id"].ne(""), "id"]
    known = pd.DataFrame({"code_id": [themes.iloc[0]], "verdict": "revise the code"})
    journey.parts = SimpleNamespace(reliability=known)
    drawn = draw_difference_map(journey, changes)
    words = list_words(drawn.sheets)
    assert SIGN in words and LEGEND in words and "Coders differ on what says so." in drawn.tell()


def test_agreement_is_written_with_a_true_minus():
    """A value below chance has a true minus; without an interval there is none in the words."""
    thing = Thing(alpha=-0.08, coded_twice=1)
    assert say_agreement(thing) == "alpha −0.08, 1 verbatim read by two or more"
    assert say_agreement(replace(thing, alpha=None)) == ""
