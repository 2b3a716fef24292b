"""The SVG in a browser on a machine that has neither our typeface nor DejaVu: no text leaves its box."""

import re
from pathlib import Path

import pytest
from drawing.hard_journeys import draw_map
from lab.editor_page import start_browser

from cjm_helpers.drawing.sheet.scene import Text

CONFIGURATION = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>{folders}<selectfont><rejectfont>{rejected}</rejectfont></selectfont><cachedir>{cache}</cachedir></fontconfig>"""
HIDDEN = ("DejaVu Sans", "DejaVu Sans Mono", "DejaVu Serif", "IBM Plex Sans Condensed")
FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
# The widths that the browser really paints, in millimetres of the sheet, and whether it knows a family.
MEASURE = """() => [...document.querySelectorAll("svg text")].map((text) => {
  const last = text.getNumberOfChars() - 1;
  const ends = [text.getStartPositionOfChar(0).x, text.getEndPositionOfChar(last).x];
  return [Math.min(...ends), Math.max(...ends), text.getComputedTextLength()];
})"""
KNOWS = """(family) => { const pen = document.createElement('canvas').getContext('2d');
  const width = (name) => { pen.font = `40px ${name}`; return pen.measureText('mmmwwwiii0123').width };
  return width(`'${family}', serif`) !== width('serif') }"""
SLACK = 0.3


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """Open a page in a browser whose machine lacks the hidden families."""
    folder = tmp_path_factory.mktemp("fonts")
    pattern = "<pattern><patelt name='family'><string>{}</string></patelt></pattern>"
    words = CONFIGURATION.format(
        folders="".join(f"<dir>{Path(one).expanduser()}</dir>" for one in FOLDERS),
        rejected="".join(map(pattern.format, HIDDEN)),
        cache=folder,
    )
    file = folder / "fonts.conf"
    file.write_text(words, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FONTCONFIG_FILE", str(file))
        with start_browser() as browser:
            yield browser.new_page()


def list_outside(page, svg: str, sheets) -> list:
    """List the texts that are painted further than measured, with their ends in millimetres of the sheet."""
    page.set_content(svg)
    items, shown = [item for sheet in sheets for item in sheet.items(Text)], page.evaluate(MEASURE)
    pairs = zip(items, shown, strict=True)
    return [
        (item.words, *ends) for item, ends in pairs if ends[0] < item.box.x0 - SLACK or ends[1] > item.box.x1 + SLACK
    ]


@pytest.mark.parametrize("name", ["german", "arabic"])
def test_no_text_leaves_its_box_without_our_fonts(page, name):
    """Whatever face the browser takes instead, each text stands where it was measured, which is inside its cell."""
    drawn = draw_map(name)
    assert list_outside(page, drawn.svg, drawn.sheets) == []
    assert not any(page.evaluate(KNOWS, family) for family in HIDDEN)


def test_texts_of_another_width_would_be_noticed(page):
    """The check above can fail: without their stored widths texts in a wider face leave their boxes."""
    drawn = draw_map("german")
    wide = re.sub(' textLength="[^"]*"', "", drawn.svg).replace("'Arial Narrow'", "serif")
    assert len(list_outside(page, wide, drawn.sheets)) > 10
