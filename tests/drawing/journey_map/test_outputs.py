"""What a notebook, a file and an overview get."""

import json
import re
from base64 import b64decode
from xml.etree import ElementTree

import pytest
from PIL import Image

from cjm_helpers.drawing.journey_map import draw_journey_map, draw_map_table, draw_small_map
from cjm_helpers.drawing.sheet.look import COLOURS
from cjm_helpers.drawing.sheet.paint_figure import make_figure
from cjm_helpers.drawing.sheet.scene import Link
from cjm_helpers.errors import ParameterError

SUMMARY = "application/vnd.cjm.summary+json"
PNG_START = b"\x89PNG"


@pytest.fixture
def light(rich):
    """Return a map that is quickly painted: the steps and nothing else."""
    rich.cells = rich.cells[rich.cells["lane"] == "step"]
    return draw_journey_map(rich)


def test_a_notebook_gets_svg_and_png_in_one_output(light):
    """Both kinds and a plain line; the PNG is shown at half its pixels."""
    data, about = light._repr_mimebundle_()
    assert set(data) == {"image/svg+xml", "image/png", "text/plain"}
    assert b64decode(data["image/png"]).startswith(PNG_START)
    assert about["image/png"]["width"] == 1587
    assert data["text/plain"].startswith("Journey map: Amira, the weekend mover")


def test_a_notebook_shows_the_map_as_wide_as_its_page(light):
    """JupyterLab shows a picture of its own size and cuts off the rest, so the SVG there has none; a saved one has."""
    shown = light._repr_mimebundle_()[0]["image/svg+xml"]
    assert 'width="100%" role="img"' in shown and "height" not in shown.partition(">")[0]
    assert 'width="420mm" height="' in light.svg and shown.partition("<title")[2] == light.svg.partition("<title")[2]


def test_a_report_gets_the_svg_alone(rich):
    """Painting the PNG is left out."""
    drawn = draw_journey_map(rich)
    shown = drawn.as_svg()._repr_mimebundle_()
    assert set(shown) == {"text/html", "text/plain"} and shown["text/plain"] == repr(drawn)
    assert shown["text/html"].startswith('<div class="map-sheet">\n<svg') and "<img" not in shown["text/html"]


def test_a_report_gets_each_sheet_apart(two_sheets):
    """Six sheets, six pictures as wide as A3, named and with ids of their own, so that each prints on its own page."""
    pictures = draw_journey_map(two_sheets).as_svg().sheets
    roots = [ElementTree.fromstring(picture)[0] for picture in pictures]
    assert [root.get("viewBox")[:7] for root in roots] == ["0 0 420"] * 6
    assert [f"sheet {k} of 6: " in root[0].text for k, root in enumerate(roots, 1)] == [True] * 6
    assert roots[1][0].text.endswith("sheet 2 of 6: 1 Plan")
    ids = [element.get("id") for root in roots for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_a_full_map_is_painted_by_matplotlib_too(rich):
    """Every kind of item of the scene becomes an artist of one closed Figure."""
    sheets = draw_journey_map(rich).sheets
    figure = make_figure(sheets)
    painted = [item for lane in sheets[0].lanes for item in lane.items if not isinstance(item, Link)]
    assert len(figure.get_children()) == 1 + len(painted)


@pytest.mark.parametrize(("name", "start"), [("map.svg", b"<svg"), ("map.PNG", PNG_START), ("map.pdf", b"%PDF")])
def test_a_map_saves_itself_by_the_ending(light, tmp_path, name, start):
    """The ending says as what; the same map gives the same bytes again."""
    first = light.save(tmp_path / name).read_bytes()
    assert first.startswith(start)
    assert light.save(tmp_path / name).read_bytes() == first


def test_another_ending_is_refused(rich, tmp_path):
    """The error names the endings that are known."""
    with pytest.raises(ParameterError, match=".svg, .png, .pdf"):
        draw_journey_map(rich).save(tmp_path / "map.docx")


def test_the_png_has_twice_the_size_of_a_screen(light, tmp_path):
    """A3 is 420 mm wide: 3,174 pixels at 192 to the inch."""
    with Image.open(light.save(tmp_path / "map.png")) as picture:
        assert picture.width == 3174


def test_the_png_is_small_and_keeps_its_colours(rich, tmp_path):
    """256 colours keep a full sheet below 450 kB, and our own colours are among them unchanged."""
    file = draw_journey_map(rich).save(tmp_path / "map.png")
    with Image.open(file) as picture:
        colours = {"#{:02X}{:02X}{:02X}".format(*colour) for _, colour in picture.convert("RGB").getcolors(256)}
    assert file.stat().st_size < 450_000
    assert set(COLOURS.values()) <= colours


def test_the_pdf_has_a_page_for_each_sheet(two_sheets, tmp_path):
    """Six sheets, six pages of A3, even where there is little to show."""
    two_sheets.cells = two_sheets.cells[two_sheets.cells["lane"] == "step"]
    data = draw_journey_map(two_sheets).save(tmp_path / "map.pdf").read_bytes()
    assert b"/Count 6" in data
    sizes = re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", data)
    assert [(round(float(wide)), round(float(high))) for wide, high in sizes] == [(1191, 842)] * 6


def test_the_small_map_hands_an_overview_its_facts(rich):
    """The summary can be written as JSON and holds persona, n, finding, figures and the curve."""
    bundle = draw_small_map(rich)._repr_mimebundle_()
    summary = json.loads(json.dumps(bundle[SUMMARY]))
    assert (summary["persona_id"], summary["n"], len(summary["headline"])) == ("amira", 58, 3)
    assert summary["small_map"] == bundle["image/svg+xml"]


def test_small_maps_are_300_by_80_pixels_and_well_formed(any_journey):
    """Whatever the journey, the small map has its size and an id of its own."""
    root = ElementTree.fromstring(draw_small_map(any_journey).svg)
    assert (root.get("width"), root.get("height")) == ("300", "80")
    assert root.get("id").startswith("small-map-")


def test_the_table_says_in_plain_text_what_it_is(rich):
    """Where no HTML is shown a line stands for the table."""
    table = draw_map_table(rich)
    assert repr(table).startswith("Table of the journey map: Amira")
    assert table._repr_html_() == table.html
