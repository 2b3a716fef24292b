"""The deck: which slides a study gets, what stands on them, and that they can be edited."""

from functools import cache
from io import BytesIO

import pandas as pd
import pytest
from drawing.hard_journeys import ARABIC, JOURNEYS, LONG, MARKUP
from invented_changes import give_ids, make_comparison
from pptx import Presentation

from cjm_helpers.drawing.sheet.paper import SLIDE
from cjm_helpers.drawing.sheet.pptx_file import emu
from cjm_helpers.drawing.slides import draw_slides
from cjm_helpers.drawing.slides.blocks import BODY_HEIGHT, Prose, Table, is_higher, measure_height
from cjm_helpers.errors import CjmError, ParameterError

LOOK = {"organisation": "Haul & Co", "accent": "#2a6f97"}
ROWS = (
    ("finding", "4.2", "", "The low point is the help line.", "", "", ""),
    ("action", "4.2", "o1", "Staff the help line on Saturdays", "Service", "15 March 2032", "Calls answered"),
    ("change", "", "", "Nothing changed clearly.", "", "", ""),
    ("confidence", "", "", "Most of this was both seen and told.", "", "", ""),
)
COLUMNS = ["part", "step_id", "item_id", "sentence", "owner", "due", "moves"]
ODD = {"long_labels": LONG, "markup": MARKUP, "arabic": ARABIC * 3}


def make_brief(words=""):
    """Return a brief, in other words where these are given."""
    brief = pd.DataFrame(ROWS, columns=COLUMNS)
    return brief.assign(sentence=words, moves=words) if words else brief


@cache
def draw(name="rich", count=1):
    """Return the deck of one journey, or of some personas who go the same way."""
    journeys = [JOURNEYS[name]() for _ in range(count)]
    for number, journey in enumerate(journeys):
        journey.persona_id += f"{number}"
    return draw_slides(journeys, briefs=[make_brief(ODD.get(name, ""))] * count, look=LOOK)


@cache
def open_deck(name="rich", count=1):
    """Return the deck's file, read back."""
    return Presentation(BytesIO(draw(name, count).as_pptx()))


def find(title, deck=None):
    """Return the first slide whose title begins so."""
    slides = (deck or open_deck()).slides
    return next(slide for slide in slides if slide.shapes.title.text_frame.text.startswith(title))


def read_table(slide):
    """Return the cells of the slide's table as text."""
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    return [[cell.text_frame.text for cell in row.cells] for row in table.rows]


def read_slide(slide):
    """Return all words outside of tables."""
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_a_deck_tells_the_study_in_this_order():
    """Opening, in short, how sure, maps, pain points, ideas, figures, gaps, and how to read it."""
    titles = [slide.title for slide in draw().slides if not slide.sheet]
    starts = ("Moving house", "In short", "What changed and how sure", "What hurts most", "What to do first",
              "Where the figures stand", "What we do not know", "How the evidence is graded")  # fmt: skip
    assert len(titles) == len(starts) and all(map(str.startswith, titles, starts))
    sheets = [bool(slide.sheet) for slide in draw().slides]
    assert sheets.index(True) == 3 and sum(sheets) >= 2


def test_the_first_slide_says_whose_and_what():
    """Organisation, study, scenario, persona and wave."""
    words = read_slide(open_deck().slides[0])
    assert all(part in words for part in ("Haul & Co", "Moving house with", "The lease ends", "Amira", "Spring 2031"))


def test_in_short_comes_from_the_brief():
    """What was found stands beside what to do, with owner, day and what should move."""
    words = read_slide(find("In short"))
    assert "The low point is the help line." in words and "Service, by 15 March 2032" in words
    assert "Should move: Calls answered" in words


def test_pain_points_stand_with_people_and_quotes():
    """Most named first; a quote only where the pain rests on it."""
    rows = read_table(find("What hurts most"))
    assert [row[0] for row in rows[:4]] == ["Named by", "29 of 46", "24 of 33", "20 of 52"]
    assert rows[1][1].startswith("Cleaning fee") and rows[1][2] == "no quote that may be shown"


def test_a_quote_stands_with_its_id():
    """Where the pain's evidence holds the verbatim of its step."""
    journey = JOURNEYS["rich"]()
    journey.cells.loc[journey.cells["lane"].eq("pain"), "evidence_ids"] = "F-166;F-2"
    deck = Presentation(BytesIO(draw_slides([journey], briefs=[make_brief()]).as_pptx()))
    rows = read_table(find("What hurts most", deck))
    assert rows[2][2] == "“Twenty minutes of music, then the line went dead.”  F-166"


def test_ideas_stand_by_rank():
    """With step, owner and effort in words."""
    rows = read_table(find("What to do first"))
    assert rows[0] == ["Rank", "What to do", "Step", "Owner", "By", "Effort"]
    assert [row[0] for row in rows[1:]] == list("123456")
    assert rows[1][2:] == ["4.2 Help line", "Service", "–", "middle"]


def test_figures_stand_against_baseline_and_target():
    """Each KPI with its n, value, both marks and its word."""
    rows = read_table(find("Where the figures stand: 1 better, 3 worse"))
    assert rows[1] == ["Visits that start a booking\n1.1 Price comparison  ·  n = 20,418", "18.3 %", "16", "25",
                       "closer to target"]  # fmt: skip


def test_notes_hold_the_evidence():
    """Ids, n and intervals stand below the slide, where the speaker finds them."""
    notes = find("What hurts most").notes_slide.notes_text_frame.text
    assert "29 of 46" in notes and "F-1, F-2" in notes
    assert "95 % interval" in find("Where the figures").notes_slide.notes_text_frame.text
    assert "n = 33" in find("In short").notes_slide.notes_text_frame.text


@pytest.mark.parametrize("name", JOURNEYS)
def test_nothing_overflows(name):
    """Whatever the words, every column and table fits its slide, also in a wider typeface."""
    for block in (block for slide in draw(name).slides for block in slide.blocks):
        if isinstance(block, Prose):
            assert not is_higher(measure_height(block.paragraphs, block.width), block.height)
        elif isinstance(block, Table):
            assert not is_higher(block.height, BODY_HEIGHT)


@pytest.mark.parametrize("name", ["rich", "markup"])
def test_the_slides_are_native_and_titled(name):
    """No picture, a title on every slide, all shapes inside."""
    made = open_deck(name)
    for slide in made.slides:
        assert slide.shapes.title is not None and not list(slide.element.iter("{*}pic"))
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= made.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= made.slide_height


def test_words_outside_the_map_are_large_enough():
    """12 points at least."""
    slides = [slide for slide, drawn in zip(open_deck().slides, draw().slides, strict=True) if not drawn.sheet]
    sizes = {int(run.get("sz")) for slide in slides for run in slide.element.iter("{*}rPr")}
    assert min(sizes) == 1200


def test_several_personas_stand_side_by_side_first():
    """Then each has a part of the deck with its name."""
    assert read_table(find("2 personas at a glance", open_deck(count=2)))[1][1] == "The low point is the help line."
    first, *sections = [section.get("name") for section in open_deck(count=2).element.iter("{*}section")]
    assert first.startswith("Moving house") and sections == ["Amira, the weekend mover"] * 2 + ["How to read it"]
    listed = [slide.get("id") for slide in open_deck(count=2).element.iter("{*}sldId") if "main" in slide.tag]
    assert len(set(listed)) == len(open_deck(count=2).slides)


def test_the_accent_is_a_thin_rule_and_nothing_else():
    """The study's colour stands once on a slide of words, on no map."""
    for slide, drawn in zip(open_deck().slides, draw().slides, strict=True):
        used = [fill.get("val") for fill in slide.element.iter("{*}srgbClr")]
        assert used.count("2A6F97") == (0 if drawn.sheet else 1)


def test_the_same_study_gives_the_same_bytes():
    """Notes and sections too."""
    assert draw(count=2).as_pptx() == draw(count=2).as_pptx()


def test_a_deck_is_saved_as_pptx_alone(tmp_path):
    """Any other ending is refused in a sentence."""
    assert draw().save(tmp_path / "study.pptx").read_bytes()[:2] == b"PK"
    with pytest.raises(ParameterError, match="pptx"):
        draw().save(tmp_path / "study.pdf")


def test_what_changed_is_told_with_its_figures_in_the_notes():
    """The slide says it in the brief's words, the notes give the sentences of what clearly changed."""
    journey = give_ids(JOURNEYS["rich"]())
    changes = make_comparison(journey)
    (slide, *_) = [
        slide
        for slide in draw_slides([journey], briefs=[make_brief()], changes=[changes]).slides
        if slide.title.startswith("What changed")
    ]
    clear = changes.loc[changes["verdict"].isin(("improved", "worse")), "sentence"]
    assert slide.notes.split("\n") == clear.tolist() != []


def test_gaps_name_their_step():
    """A sentence that does not begin with the step's number gets it."""
    assert "5.1 Nobody was asked about the fuel stop." in read_slide(find("What we do not know"))


def test_the_slides_are_as_high_as_the_highest_sheet():
    """A sheet that outgrows its paper loses nothing."""
    drawn = draw("long_labels")
    highest = max(slide.sheet.height for slide in drawn.slides if slide.sheet)
    assert open_deck("long_labels").slide_height == max(emu(highest), emu(SLIDE.height))


def test_each_journey_needs_its_brief():
    """Two journeys and one brief are a mistake of the caller."""
    with pytest.raises(CjmError, match="1 journeys, 0 briefs"):
        draw_slides([JOURNEYS["one_step"]()], briefs=[])


def test_a_study_without_a_brief_still_has_its_finding():
    """The map's own sentences stand in for it."""
    deck = draw_slides([JOURNEYS["nothing_known"]()], briefs=[pd.DataFrame()])
    assert "A hypothesis map" in deck.slides[1].blocks[0].paragraphs[1].words
