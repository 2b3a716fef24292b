"""Tests of the comparison report on the example: what it finds, that everybody can read it, and what it asks for."""

import re

import pytest

from cjm_helpers.method.journey import build_journey
from cjm_helpers.study.selection import select_rows

PARTS = 7


@pytest.fixture(scope="module")
def html(done):
    """Return the text of the page."""
    return (done.index.parent / "comparison.html").read_text(encoding="utf-8")


def find_part(html, heading):
    """Return the part of the page below a heading."""
    return next(part for part in re.split(r'<section id="c\d+">', html)[1:] if heading in part)


def read_words(part):
    """Return the words of a part without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", part).split())


def test_the_shipped_notebook_compares_the_personas(done, html):
    """The template runs on the example; every part below its heading has something to say."""
    assert [outcome.failure for outcome in done.outcomes][-1] == ""
    parts = re.split(r'<section id="c\d+">', html)[1:]
    silent = [part[:80] for part in parts[:-1] if not re.search(r"<(table|figure|ul class)", part)]
    assert len(parts) == PARTS and silent == []


def test_the_planted_difference_is_found(html):
    """Gift buyers hate the forced account, which parents in a hurry no longer meet: that difference holds."""
    part = read_words(find_part(html, "Where do they really differ?"))
    assert re.search(r"Sign-in or account Lena, the time-poor parent Joost, the first-time gift buyer \+0\.\d", part)
    assert re.search(r"\d+ comparisons were made", part)


def test_what_changed_is_told_for_each(html):
    """The faster checkout shows for everyone and for both personas, and all tests of the page are counted together."""
    part = read_words(find_part(html, "What changed for whom?"))
    assert re.search(
        r"Time until a checkout page has loaded kpi (better by 3\.\d seconds \([\d.]+ to [\d.]+\) ?){3}", part
    )
    assert re.search(r"\d{3} tests were made", part)


def test_its_finding_stands_on_top_and_in_the_index(done, html):
    """The sentence of the map is the sentence of the page, and the index says it beside the link."""
    index = (done.index.parent / "index.html").read_text(encoding="utf-8")
    said = re.search(r'<a href="comparison.html">Personas compared</a>: (.+?)</p>', index)[1]
    assert "3.2 Sign-in or account" in said and html.index(said) < html.index("<nav")


def test_the_personas_pages_lead_to_it(done):
    """Each persona's page leads to the comparison, and the comparison to all personas."""
    for name, place in (("everyone", "comparison"), ("gift_buyer", "comparison"), ("comparison", "index")):
        assert f'<a href="{place}.html">' in (done.index.parent / f"{name}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["index.html", "comparison.html"])
def test_everybody_can_read_it(done, browser, name):
    """On a phone nothing is wider than the screen, nothing is asked for or logged, and axe-core finds no violation."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed")
    page, heard = browser.new_page(viewport={"width": 390, "height": 844}), []
    page.on("request", lambda request: heard.append(request.url))
    page.on("console", lambda message: heard.append(message.text))
    page.goto((done.index.parent / name).as_uri())
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert heard == [(done.index.parent / name).as_uri()]
    page.close()


def test_two_draws_show_the_same_map_as_many(example):
    """What the page shows holds no interval that is drawn by chance, so that two draws are enough for it."""
    part = select_rows(example, persona_id="gift_buyer")
    few, many = (build_journey(part, bootstraps=draws) for draws in (2, 200))
    assert few.cells.equals(many.cells) and few.finding == many.finding
