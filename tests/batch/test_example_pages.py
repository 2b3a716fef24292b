"""Tests of the pages of the example as a reader meets them: the real notebook, the real map, a real browser."""

import html
import re
from pathlib import Path
from tempfile import gettempdir

import pytest

from cjm_helpers.batch.run import report_study
from cjm_helpers.study.kit import new_study

PERSONA = "busy_parent"
PAGES = ("everyone.html", f"{PERSONA}.html")
METHOD_WORDS = (
    r"n ?=", "interval", "mean", "median", "average", "significan", "correlat", "regress", "weighted", "bootstrap",
    "Wilson", "Welch", "Newcombe", "Krippendorff", "alpha", "Kaplan", "Fisher", "RICE", "percentile", "deviation",
    "p-value", "sample", "verbatim", "95 ?% ",
)  # fmt: skip
EXPLAINED = (
    "Persona", "Touchpoint", "step", "stage", "channel", "Wave", "Verbatim", "theme", "pain point", "delight",
    "Severity", "Feeling", "Moment of truth", "n", "95 % interval", "Weighted", "unweighted", "Indicative", "Too few",
    "Not asked", "Evidence", "Coder agreement", "KPI", "baseline", "target", "benchmark", "Too close to call", "NPS",
    "Pleased", "not pleased", "Observed", "reported", "assumed", "Line of visibility", "backstage", "support",
    "Concentrate here", "keep up the good work", "low priority", "possible overkill", "undecided", "Confidence",
    "Impact", "Reach", "Effort", "Tier", "Improved", "worse", "No evidence",
)  # fmt: skip


def read(done, name):
    """Return the text of a page."""
    return (done.index.parent / name).read_text(encoding="utf-8")


def test_the_shipped_notebook_makes_every_page(done):
    """The report template runs on the example without a failure."""
    assert [outcome.failure for outcome in done.outcomes] == [""] * 4


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
    """Every quote below a theme ends in the id of a verbatim of the study that may be quoted."""
    quoted = re.findall(r"<blockquote>“[^<]*” <small>(\w+)</small>", read(done, "everyone.html"))
    allowed = set(example.feedback.loc[example.feedback["consent"] != "no", "feedback_id"])
    assert quoted and set(quoted) <= allowed


def read_page_one(done, name):
    """Return the words that stand before the contents list, without markup."""
    body = read(done, name).partition("<body")[2].partition("<nav")[0]
    return html.unescape(re.sub(r"<[^>]+>", " ", body.partition(">")[2]))


@pytest.mark.parametrize("name", PAGES)
def test_page_one_needs_no_statistics(done, example, name):
    """For the head of customer experience: no name of a method, and no abbreviation but the study's own KPI names."""
    said = read_page_one(done, name)
    found = re.findall(rf"\b(?:{'|'.join(METHOD_WORDS)})", said, flags=re.IGNORECASE)
    short = set(re.findall(r"\b[A-Z]{2,}\b", said)) - set(re.findall(r"\w+", " ".join(example.kpis["name"])))
    assert found == [] and short == set()
    assert all(
        head in said
        for head in ("What we found", "What to do next", "What changed, and what is reached", "How sure we are")
    )


@pytest.mark.parametrize("name", PAGES)
def test_page_one_is_one_page(done, browser, name):
    """It ends on the first sheet of A4 and within a screen and a half, and what follows begins on the next sheet."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto((done.index.parent / name).as_uri())
    on_screen = page.locator(".brief").bounding_box()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": round(180 / 25.4 * 96), "height": 1000})  # A4 without its margins
    printed = page.locator(".brief").bounding_box()
    page.close()
    assert on_screen["y"] + on_screen["height"] <= 1.5 * 800
    assert printed["y"] + printed["height"] <= (297 - 2 * 16) / 25.4 * 96


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(done, name):
    """Whatever is linked inside the page is there, once: parts, steps, cells and the map."""
    page = read(done, name)
    places = re.findall(r'\sid="([^"]+)"', page)
    wanted = set(re.findall(r'href="#([^"]+)"', page))
    assert len(places) == len(set(places)) and len(wanted) > 50
    assert wanted <= set(places), wanted - set(places)


def test_every_term_is_explained(done):
    """The last part says in plain words what the report's terms mean."""
    terms = " ".join(re.findall(r"<strong>(.*?)</strong>", read(done, "everyone.html").rpartition("<section")[2]))
    assert [term for term in EXPLAINED if not re.search(rf"\b{term}\b", terms)] == []


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
    """A page weighs less than 1.5 MB, so that it can be sent by e-mail."""
    sizes = {name: (done.index.parent / name).stat().st_size for name in PAGES}
    assert max(sizes.values()) < 1_500_000, sizes


def test_each_sheet_of_the_map_prints_on_a_page_of_its_own(done, browser):
    """Printed, each sheet of everyone fills a page of A3; the rest of the report is A4."""
    page = browser.new_page()
    page.goto((done.index.parent / "everyone.html").as_uri())
    sheets, printed = page.locator(".map-sheet").count(), page.pdf(prefer_css_page_size=True)
    page.close()
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    wide = [size for size in sizes if round(float(size[0])) in (1190, 1191)]
    assert sheets == len(wide) > 2 and len(sizes) > len(wide) + 6


def test_the_large_map_opens_and_closes_without_script(done, browser):
    """A link enlarges the map over the whole window, another one brings the page back."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((done.index.parent / "everyone.html").as_uri())
    before = page.locator(".map svg").first.bounding_box()["width"]
    page.locator("#map a.enlarge").click()
    assert page.locator(".map svg").first.bounding_box()["width"] > 1.5 * before
    page.locator("#map a.close").click()
    assert page.locator(".map svg").first.bounding_box()["width"] == before
    page.close()
