"""A map as one HTML file: whole in itself, a picture for each sheet, the table, light and dark."""

import re
from html import unescape
from xml.etree import ElementTree

import pytest
from drawing.hard_journeys import draw_map
from lab.editor_page import start_browser

from cjm_helpers.drawing.sheet.look import COLOURS
from cjm_helpers.drawing.sheet.page import DARK, write_map_page
from cjm_helpers.drawing.sheet.paper import A4

SVG = "{http://www.w3.org/2000/svg}"
MOST_BYTES = 500_000


def read_body(page):
    """Return the body of a page, which is well-formed, as a tree."""
    return ElementTree.fromstring(page[page.index("<body>") : page.index("</html>")])


@pytest.mark.parametrize("name", ["rich", "forty_steps", "markup", "arabic", "nothing_known"])
def test_a_page_is_whole_in_itself(name):
    """Nothing is loaded or run; names with markup are words; ids are there once; it is small."""
    drawn = draw_map(name)
    page = write_map_page(drawn)
    body = read_body(page)
    assert not re.search(r"<script|<link|<img|<iframe|@import|url\(|\ssrc=|\son\w+=", page)
    assert set(re.findall(r"https?://[^\"' ]+", page)) == {"http://www.w3.org/2000/svg"}
    ids = [element.get("id") for element in body.iter() if element.get("id")]
    assert len(ids) == len(set(ids)) and len(page.encode()) < MOST_BYTES
    assert unescape(re.search("<title>(.*?)</title>", page)[1]) == drawn.title == body.find("header/h1").text


def test_a_page_holds_every_sheet_and_the_table():
    """One picture a sheet, each named, then the table twin as it is."""
    drawn = draw_map("forty_steps")
    page = write_map_page(drawn)
    pictures = [sheet.find(f"{SVG}svg") for sheet in read_body(page).findall("main/div[@class='sheet']")]
    assert len(pictures) == len(drawn.sheets) > 1
    assert all(picture.get("role") == "img" for picture in pictures)
    assert pictures[0].find(f"{SVG}title").text.partition(", sheet ")[2].startswith(f"1 of {len(pictures)}: ")
    assert drawn.tell() in page


def test_another_paper_gives_other_sheets():
    """What is asked for is what is drawn, and what the page prints on."""
    page = write_map_page(draw_map("rich"), paper=A4)
    assert 'viewBox="0 0 297 ' in page and "size: 297mm 210mm" in page


def test_dark_and_light_have_the_same_roles():
    """No colour of the map stays light on a dark page."""
    assert set(DARK) == set(COLOURS)
    page = write_map_page(draw_map("rich"))
    assert page.index("--cjm-ink: #16202D") < page.index("@media screen and (prefers-color-scheme: dark)")


def test_the_same_map_gives_the_same_bytes(tmp_path):
    """The file has no dates and no ids by chance."""
    drawn = draw_map("rich")
    assert drawn.save(tmp_path / "map.html").read_text(encoding="utf-8") == write_map_page(drawn)


@pytest.fixture(scope="module")
def browser():
    """Return a browser for all tests of this file, or skip where none is found."""
    with start_browser() as one:
        yield one


@pytest.mark.parametrize(
    ("name", "scheme", "rules"), [("markup", "light", {}), ("rich", "dark", {"runOnly": ["color-contrast"]})]
)
def test_nobody_is_shut_out(browser, tmp_path, name, scheme, rules):
    """What a program can check of WCAG finds no fault; nothing but the file is asked for, and no script runs."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    file = draw_map(name).save(tmp_path / "map.html")
    page, asked, said = browser.new_page(color_scheme=scheme), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(file.as_uri())
    found = axe.Axe().run(page, options={"resultTypes": ["violations"], **rules})
    page.close()
    assert (asked, said) == ([file.as_uri()], [])
    assert found.violations_count == 0, found.generate_report()
