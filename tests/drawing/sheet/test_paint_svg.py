"""The SVG: well-formed, described, byte for byte the same, safe to stand beside others in one page."""

import hashlib
import os
import re
import subprocess
import sys
from math import inf, nextafter
from pathlib import Path
from xml.etree import ElementTree

import pytest
from drawing.hard_journeys import draw_map

from cjm_helpers.drawing.journey_map import draw_journey_map
from cjm_helpers.drawing.sheet.paint_svg import spell
from cjm_helpers.drawing.sheet.scene import Text

SVG = "{http://www.w3.org/2000/svg}"
TAGS = {"svg", "title", "desc", "style", "rect", "g", "text", "line", "polygon", "circle", "path"}
ELSEWHERE = ("rich", "arabic", "chinese", "forty_steps", "markup", "waves")
PROGRAM = """
import hashlib, sys
sys.path[:0] = {folders!r}
from drawing.hard_journeys import draw_map
for name in {names!r}:
    print(hashlib.sha256(draw_map(name).svg.encode()).hexdigest())
"""


def test_the_svg_is_well_formed_and_holds_every_text(any_map):
    """Any journey gives XML of known elements alone; its texts are those of the scene, with place and width."""
    root = ElementTree.fromstring(any_map.svg)
    items = [item for sheet in any_map.sheets for item in sheet.items(Text)]
    texts = root.findall(f".//{SVG}text")
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= TAGS
    assert [text.text for text in texts] == [item.words for item in items]
    assert [(text.get("x"), text.get("y"), text.get("textLength")) for text in texts] == [
        (spell(item.x), spell(item.y), spell(item.width)) for item in items
    ]


def test_any_svg_is_a_picture_with_a_title_and_a_description(any_map):
    """Readers hear what the map is and what it says, also of each sheet in a report."""
    sheets = [ElementTree.fromstring(sheet)[0] for sheet in any_map.as_svg().sheets]
    for root in (ElementTree.fromstring(any_map.svg), *sheets):
        assert root.get("role") == "img"
        assert root.get("aria-labelledby").split() == [root[0].get("id"), root[1].get("id")]
        assert any_map.title in root[0].text and root[1].text == any_map.description


def test_the_svg_says_what_it_shows(rich):
    """Title and description are written from the data."""
    root = ElementTree.fromstring(draw_journey_map(rich).svg)
    assert root[0].text == "Journey map: Amira, the weekend mover, Moving house with a hired van, Spring 2031"
    assert "Lowest at 4.2 Help line" in root[1].text and "Not asked: 5.1" in root[1].text


def test_the_same_journey_gives_the_same_bytes_elsewhere(tmp_path):
    """A new process with another hash seed, locale, time zone and folder writes the same bytes, for any script."""
    folders = [str(Path(__file__).parents[2])]
    program = PROGRAM.format(folders=folders, names=ELSEWHERE)
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "LC_ALL": "C", "TZ": "Asia/Tokyo"}
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    here = [hashlib.sha256(draw_map(name).svg.encode()).hexdigest() for name in ELSEWHERE]
    assert run.stdout.split() == here


def test_the_svg_holds_no_date(rich):
    """Nothing in the file says when it was made, nor by which version."""
    assert not re.search(r"<metadata|dc:date|\d{2}:\d{2}:\d{2}", draw_journey_map(rich).svg)


def test_two_maps_in_one_page_share_no_id(rich, two_sheets):
    """Every id and every rule of style carries the persona's own key."""
    one, other = draw_journey_map(rich).svg, draw_journey_map(two_sheets).svg
    ids = [re.findall(r' id="([^"]+)"', svg) for svg in (one, other)]
    assert not set(ids[0]) & set(ids[1])
    assert all(len(found) == len(set(found)) for found in ids)
    rules = re.search(r"<style>(.*)</style>", one).group(1)
    assert all(rule.startswith("#map-amira-") for rule in rules.split("}") if rule)


def test_sheets_stand_below_each_other(two_sheets):
    """An overview and five sheets in one picture, each named, each with its own lane labels."""
    drawn = draw_journey_map(two_sheets)
    root = ElementTree.fromstring(drawn.svg)
    height = float(root.get("viewBox").split()[3])
    assert height > sum(sheet.height for sheet in drawn.sheets)
    words = [text.text for text in root.findall(f".//{SVG}text")]
    assert words.count("Touchpoint") == 5
    assert any("sheet 6 of 6" in line for line in words)


def test_texts_with_signs_of_markup_are_escaped(rich):
    """Letters that mean something to XML or to mathtext stay letters."""
    rich.lens["persona"] = 'Ann & "Bob" <b>$x_1$</b>'
    words = ElementTree.fromstring(draw_journey_map(rich).svg)[0].text
    assert 'Ann & "Bob" <b>$x_1$</b>' in words


@pytest.mark.parametrize("half", [115.775, 150.415, 0.005, -2.345])
def test_the_last_bit_turns_no_half(half):
    """Sums that differ in the last bit, as those of two Python versions do, are written alike."""
    assert spell(nextafter(half, inf)) == spell(half) == spell(nextafter(half, -inf))
