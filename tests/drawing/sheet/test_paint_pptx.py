"""The presentation: native shapes where the scene has them, every word, the same bytes each time."""

import hashlib
import os
import subprocess
import sys
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from drawing.hard_journeys import draw_map, lay_map
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from cjm_helpers.drawing.sheet.look import COLOURS
from cjm_helpers.drawing.sheet.paint_pptx import join_lines, paint_pptx
from cjm_helpers.drawing.sheet.paper import A3, SLIDE
from cjm_helpers.drawing.sheet.pptx_file import EMU
from cjm_helpers.drawing.sheet.scene import Cell, Lane, Link, Pen, Sheet, Text
from cjm_helpers.drawing.sheet.scene import Path as Stroke

PAPER = "16:9"
HARD = ("rich", "one_step", "nothing_known", "long_labels", "one_word", "markup", "arabic", "japanese", "waves")
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PROGRAM = """
import hashlib, sys
sys.path[:0] = {folders!r}
from drawing import hard_journeys
from cjm_helpers.drawing.sheet.paint_pptx import paint_pptx
made = paint_pptx(hard_journeys.lay_map("rich", "16:9"), title="Amira")
print(hashlib.sha256(made).hexdigest())
"""


@cache
def paint(name):
    """Return the bytes of a journey's slides."""
    return paint_pptx(lay_map(name, PAPER), title="A map")


@cache
def open_slides(name):
    """Return the presentation of a journey, read back."""
    return Presentation(BytesIO(paint(name)))


def list_shapes(shapes):
    """Return all shapes, those of groups too."""
    for shape in shapes:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from list_shapes(shape.shapes)
        else:
            yield shape


def read_words(shapes):
    """Return each line that the shapes hold."""
    texts = [shape.text_frame.text for shape in list_shapes(shapes) if shape.has_text_frame]
    return sorted(line for text in texts for line in text.split("\v") if line)


@pytest.fixture
def sheet():
    """Return a small sheet of one lane: a sentence of two lines, one more word, a curve and a link."""
    items: list = []
    pen = Pen(items, top=10.0, cell=Cell(0.0, 10.0, 60.0, 40.0))
    pen.text((5, 5), "Pays by card", size=13)
    pen.text((5, 12), "and waits for", tone="muted")
    pen.text((5, 15.75), "the answer", tone="muted")
    pen.path([("M", (5, 20)), ("C", (10, 20), (12, 28), (18, 28))])
    pen.lead((0, 0), (60, 30), step_id="1.1", lane="step")
    return Sheet(60.0, 50.0, (Lane("steps", "Steps", tuple(items)),))


@pytest.mark.parametrize("name", HARD)
def test_the_slides_hold_every_word(name):
    """Each line of the scene stands on its slide, none twice; markup stays words."""
    slides = open_slides(name).slides
    for slide, sheet in zip(slides, lay_map(name, PAPER), strict=True):
        assert read_words(slide.shapes) == sorted(text.words for text in sheet.items(Text))


@pytest.mark.parametrize("name", HARD)
def test_the_shapes_are_native_and_inside_the_slide(name):
    """No picture among them; every box ends where the slide does, at the latest."""
    made = open_slides(name)
    for shape in (shape for slide in made.slides for shape in list_shapes(slide.shapes)):
        assert shape.shape_type != MSO_SHAPE_TYPE.PICTURE
        assert min(shape.left, shape.top) >= 0
        assert shape.left + shape.width <= made.slide_width and shape.top + shape.height <= made.slide_height + EMU


@pytest.mark.parametrize("name", HARD)
def test_every_slide_has_a_title_and_numbers_of_its_own(name):
    """The largest words are the title; no two shapes of a slide share an id."""
    for slide in open_slides(name).slides:
        assert slide.shapes.title.text_frame.text
        ids = [element.get("id") for element in slide.shapes._spTree.iter("{*}cNvPr")]
        assert len(ids) == len(set(ids))


def test_a_slide_is_as_large_as_its_paper():
    """Millimetre for millimetre, also for other papers."""
    made = open_slides("rich")
    assert (made.slide_width, made.slide_height) == (round(SLIDE.width * EMU), round(SLIDE.height * EMU))
    large = Presentation(BytesIO(paint_pptx(draw_map("rich").sheets, title="")))
    assert large.slide_width == A3.width * EMU


def test_lines_of_one_sentence_are_one_text(sheet):
    """Same place, face, size, tone and cell, one leading below: people edit the sentence."""
    texts = [[line.words for line in item] for item in join_lines(sheet.lanes[0].items) if isinstance(item, list)]
    assert texts == [["Pays by card"], ["and waits for", "the answer"]]


def test_the_boxes_of_a_lane_are_one_group_with_words_for_readers(sheet):
    """The group carries the lane's name and says it aloud; marks inside are silent, links are left out."""
    (slide,) = Presentation(BytesIO(paint_pptx([sheet], title=""))).slides
    title, group = slide.shapes
    assert title.is_placeholder and title.text_frame.text == "Pays by card"
    assert group.name == "Steps" == group._element.nvGrpSpPr.cNvPr.get("descr")
    assert [shape.name for shape in group.shapes][0] == "and waits for the answer" and len(group.shapes) == 2
    assert len(list(slide.shapes._spTree.iter("{*}decorative"))) == 1
    assert sheet.items(Link)


def test_the_curve_stays_a_curve():
    """Every Bezier piece of the scene is one in the file."""
    (drawn, *_), (slide, *_) = lay_map("rich", PAPER), open_slides("rich").slides
    pieces = [move for path in drawn.items(Stroke) for move in path.moves if move[0] == "C"]
    assert len(list(slide.shapes._spTree.iter(f"{DRAWING}cubicBezTo"))) == len(pieces) > 0


def test_colours_are_those_of_the_look():
    """Nothing on a slide has a colour of its own."""
    used = {fill.get("val") for slide in open_slides("rich").slides for fill in slide.element.iter(f"{DRAWING}srgbClr")}
    assert used <= {colour[1:] for colour in COLOURS.values()}


def test_words_written_from_right_to_left_say_so():
    """Their paragraphs run the other way."""
    paragraphs = [one for slide in open_slides("arabic").slides for one in slide.element.iter(f"{DRAWING}pPr")]
    assert {one.get("rtl") for one in paragraphs} == {None, "1"}


def test_the_same_map_gives_the_same_bytes_elsewhere(tmp_path):
    """A new process with another hash seed, locale, zone and folder writes the same file."""
    folders = [str(Path(__file__).parents[2])]
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "LC_ALL": "C", "TZ": "Asia/Tokyo"}
    program = [sys.executable, "-c", PROGRAM.format(folders=folders)]
    run = subprocess.run(program, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    made = paint_pptx(lay_map("rich", PAPER), title="Amira")
    assert run.stdout.split()[0] == hashlib.sha256(made).hexdigest()


def test_the_file_says_nothing_of_who_made_it_and_when():
    """No date, no name, no picture of another deck."""
    with ZipFile(BytesIO(paint("rich"))) as parts:
        assert {part.date_time[:3] for part in parts.infolist()} == {(1980, 1, 1)}
        core = parts.read("docProps/core.xml").decode()
        assert not any(part.endswith((".jpeg", ".bin", "app.xml")) for part in parts.namelist())
    assert "A map" in core and "dcterms" not in core.partition(">")[2].replace("xmlns:dcterms", "")
    assert "Canny" not in core
