"""Tests of the pages of the example as a reader meets them: the real notebook, the real map, a real browser."""

import re
from pathlib import Path
from tempfile import gettempdir

import pytest
from lab.editor_page import start_browser

from cjm_helpers.batch.run import report_study
from cjm_helpers.study.kit import new_study

PERSONA = "busy_parent"


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """Return a run of the shipped report notebook for everyone and one persona of the example."""
    out = tmp_path_factory.mktemp("pages")
    return report_study("retail_checkout", personas=["everyone", PERSONA], out=out, workers=2)


@pytest.fixture(scope="module")
def browser():
    """Return a browser, or skip where none is found."""
    with start_browser() as browser:
        yield browser


def read(done, name):
    """Return the text of a page."""
    return (done.index.parent / name).read_text(encoding="utf-8")


def test_the_shipped_notebook_makes_every_page(done):
    """The report template runs on the example without a failure."""
    assert [outcome.failure for outcome in done.outcomes] == ["", ""]


def test_pages_hold_no_code_and_no_path(done):
    """No source of the notebook and no folder of this machine reaches a reader."""
    places = "|".join(re.escape(f"{place}/") for place in ("/home", Path.home(), gettempdir()))
    for name in ("everyone.html", f"{PERSONA}.html", "index.html"):
        assert not re.search(rf"import cjm_helpers|draw_journey_map|{places}", read(done, name))


def test_every_part_of_the_report_has_something_to_say(done):
    """Below each heading stands more than the sentence that introduces it."""
    parts = re.split(r'<section id="c\d+">', read(done, f"{PERSONA}.html"))[1:]
    silent = [part[:80] for part in parts[:-1] if not re.search(r"<(table|figure|ul class|dl|img)", part)]
    assert len(parts) >= 8 and silent == []


def test_quotes_carry_their_ids(done, example):
    """Every quote in the theme table ends in the id of a verbatim of the study that may be quoted."""
    quoted = re.findall(r"<td[^>]*>“[^<]*” (\w+)</td>", read(done, "everyone.html"))
    allowed = set(example.feedback.loc[example.feedback["consent"] != "no", "feedback_id"])
    assert quoted and set(quoted) <= allowed


def test_figures_stand_with_their_n(done):
    """The report for everyone says how many answers or cases stand behind each KPI."""
    assert re.search(r"[\d.,]+ ?%?, [\d,]+ answers", read(done, "everyone.html"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index.html", "everyone.html"])
def test_a_page_asks_for_nothing_and_logs_nothing(done, browser, name, scheme):
    """A browser loads the file alone and finds no error; on a phone nothing is wider than the screen."""
    page = browser.new_page(viewport={"width": 400, "height": 800}, color_scheme=scheme)
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((done.index.parent / name).as_uri())
    width = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert [url for url in asked if not url.startswith("data:")] == [(done.index.parent / name).as_uri()]
    assert said == [] and width == 400


def test_a_study_with_nothing_in_it_has_a_report(tmp_path):
    """A study made a minute ago gives a page that says what is missing."""
    run = report_study(new_study(tmp_path / "mine"), out=tmp_path / "pages", workers=1)
    assert not run.failures
    assert "No touchpoint is listed yet" in (tmp_path / "pages" / "everyone.html").read_text(encoding="utf-8")


def test_pages_are_light(done):
    """A page weighs less than 1.0 MB, so that it can be sent by e-mail."""
    sizes = {name: (done.index.parent / name).stat().st_size for name in ("everyone.html", f"{PERSONA}.html")}
    assert max(sizes.values()) < 1_000_000, sizes


def test_each_sheet_of_the_map_prints_on_a_page_of_its_own(done, browser):
    """Printed, the three sheets of everyone fill three pages of A3; the rest of the report is A4."""
    page = browser.new_page()
    page.goto((done.index.parent / "everyone.html").as_uri())
    sheets, printed = page.locator(".map svg").count(), page.pdf(prefer_css_page_size=True)
    page.close()
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    wide = [size for size in sizes if round(float(size[0])) in (1190, 1191)]
    assert sheets == len(wide) == 3 and len(sizes) > 6


def test_the_large_map_opens_and_closes_without_script(done, browser):
    """A link enlarges the map over the whole window, another one brings the page back."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((done.index.parent / "everyone.html").as_uri())
    before = page.locator(".map svg").first.bounding_box()["width"]
    page.locator("a.enlarge").click()
    assert page.locator(".map svg").first.bounding_box()["width"] > 1.5 * before
    page.locator("a.close").click()
    assert page.locator(".map svg").first.bounding_box()["width"] == before
    page.close()
