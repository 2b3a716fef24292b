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

from cjm_helpers.drawing.journey_map import draw_journey_map
from cjm_helpers.drawing.sheet.paint_svg import spell
from cjm_helpers.drawing.sheet.scene import Text

SVG = "{http://www.w3.org/2000/svg}"
PROGRAM = """
import hashlib, sys
sys.path[:0] = {folders!r}
import conftest
from cjm_helpers.drawing.journey_map import draw_journey_map
for draw in (conftest.draw_rich, conftest.draw_arabic):
    print(hashlib.sha256(draw_journey_map(draw()).svg.encode()).hexdigest())
"""


def test_the_svg_is_well_formed_and_holds_every_text(any_map):
    """Any journey gives XML whose texts are those of the scene, with their widths."""
    root = ElementTree.fromstring(any_map.svg)
    texts = root.findall(f".//{SVG}text")
    assert [text.text for text in texts] == [item.words for sheet in any_map.sheets for item in sheet.items(Text)]
    assert all(float(text.get("textLength")) > 0 for text in texts)


def test_the_svg_says_what_it_shows(rich):
    """It is a picture with a title and a description written from the data."""
    root = ElementTree.fromstring(draw_journey_map(rich).svg)
    assert root.get("role") == "img"
    assert [root.get("aria-labelledby").split()[k] for k in (0, 1)] == [root[0].get("id"), root[1].get("id")]
    assert root[0].text == "Journey map: Amira, the weekend mover, Moving house with a hired van, Spring 2031"
    assert "Lowest at 4.2 Help line" in root[1].text and "Not asked: 5.1" in root[1].text


def test_the_same_journey_gives_the_same_bytes_elsewhere(rich, tmp_path):
    """A new process with another hash seed, locale and folder writes the same bytes."""
    folders = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]
    program = PROGRAM.format(folders=folders)
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "LC_ALL": "C", "TZ": "Asia/Tokyo"}
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert run.stdout.split()[0] == hashlib.sha256(draw_journey_map(rich).svg.encode()).hexdigest()


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
    """Two sheets of whole stages in one picture, each named, each with its own lane labels."""
    drawn = draw_journey_map(two_sheets)
    root = ElementTree.fromstring(drawn.svg)
    height = float(root.get("viewBox").split()[3])
    assert height > sum(sheet.height for sheet in drawn.sheets)
    words = [text.text for text in root.findall(f".//{SVG}text")]
    assert words.count("Touchpoint") == 2
    assert any("sheet 2 of 2" in line for line in words)


def test_texts_with_signs_of_markup_are_escaped(rich):
    """Letters that mean something to XML or to mathtext stay letters."""
    rich.lens["persona"] = 'Ann & "Bob" <b>$x_1$</b>'
    words = ElementTree.fromstring(draw_journey_map(rich).svg)[0].text
    assert 'Ann & "Bob" <b>$x_1$</b>' in words


@pytest.mark.parametrize("half", [115.775, 150.415, 0.005, -2.345])
def test_the_last_bit_turns_no_half(half):
    """Sums that differ in the last bit, as those of two Python versions do, are written alike."""
    assert spell(nextafter(half, inf)) == spell(half) == spell(nextafter(half, -inf))
