"""Tests of index.html: what it says of whom, on which axes, in which order, and how it is sorted by keyboard."""

from dataclasses import replace
from pathlib import Path

import pytest

from cjm_helpers.batch.pages.notices import Notice
from cjm_helpers.batch.pages.overview import Figure, list_figures, place_stages, write_overview
from cjm_helpers.batch.report import Outcome, Report
from cjm_helpers.study.kit import kit_folder

LOOK = kit_folder() / "templates" / "reports" / "html"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 80" role="img" aria-label="{}"></svg>'
WINDOW = {
    "waves": "w2 (1 May 2026), compared with w1",
    "kinds": [{"name": "Answers", "days": "1 May 2026", "rows": 1041}],
}
DATA = {"data_hash": "abc123", "window": WINDOW}
FACTS = {"study": "Shop", "scenario": "Buying", "wave": "w2", "tagline": "Two <children>"}


def make_outcome(persona_id, name, *, n=0, low="", failure=""):
    """Return what became of one report, as a run hands it over."""
    report = Report(persona_id, name, Path("x.ipynb"), Path(f"{persona_id or 'comparison'}.html"), LOOK, {}, FACTS)
    if failure or not persona_id:
        return Outcome(report, {}, failure)
    lowest = {"label": "Lowest step", "text": f"3.5 Pay: {low}", "n": 40, "interval": "−1.0 to −0.1"}
    heard = {"label": "Customers heard", "text": f"{n:,}", "n": n, "interval": ""}
    felt = {"step_id": "3.5", "stage": "Buy", "name": "Pay", "value": -0.5 if low else None, "n": 40}
    summary = {"n": n, "finding": "Lowest at <3.5>", "small_map": SVG.format(persona_id), "steps": [felt]}
    return Outcome(report, summary | {"headline": [lowest, heard] if low else [heard]})


def make_outcomes():
    """Return everyone, three personas of whom one was rated nowhere, one that failed, and their comparison."""
    told = [("everyone", "Everyone", 1041, "−0.5"), ("cleo", "Cleo", 90, "−0.9"), ("anna", "Anna-Lena", 1000, "+0.1")]
    made = [make_outcome(*who, n=n, low=low) for *who, n, low in told]
    dora = make_outcome("dora", "Dora", failure="No answers <yet>.")
    return [*made, make_outcome("ben", "Ben", n=7), dora, make_outcome("", "Personas compared")]


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """Return the written index."""
    return write_overview(make_outcomes(), look=LOOK, out=tmp_path_factory.mktemp("index"), **DATA)


@pytest.fixture(scope="module")
def html(index):
    """Return its text."""
    return index.read_text(encoding="utf-8")


@pytest.fixture
def page(browser, index):
    """Return the index in a browser, with what it asked for and what it said."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.heard = []
    page.on("request", lambda request: page.heard.append(request.url))
    page.on("console", lambda message: page.heard.append(message.text))
    page.on("pageerror", lambda error: page.heard.append(str(error)))
    page.goto(index.as_uri())
    yield page
    page.close()


def read_rows(page):
    """Return the names in the order of the table."""
    return page.locator("table.sortable tbody th").all_inner_texts()


def test_everybody_is_listed(html):
    """Each persona has n, finding, curve, figures and a link; markup in names and sentences stays text."""
    assert "n = 1,041 customers" in html and 'href="cleo.html"' in html and SVG.format("anna") in html
    assert "Lowest at &lt;3.5&gt;" in html and "Two &lt;children&gt;" in html
    assert "1,041 (1 May 2026)" in html and "compared with w1" in html and "abc123, format 1" in html


def test_the_curves_are_a_table_too(html):
    """Above the curves stand their stages, below them every step with the value and n of each persona."""
    assert '<li style="--steps: 1" title="Buy"><span style="--line: 0; left: 0.0%">Buy</span></li>' in html
    assert '<th scope="row">3.5 Pay</th>' in html
    assert html.count('<td class="num">−0.5 <small>n\xa0=\xa040</small></td>') == 3 and '<td class="num">–</td>' in html


@pytest.mark.parametrize(
    ("steps", "letters", "places"),
    [
        ({"Buy": 3, "Advocacy": 1}, 20, [(0, "left: 0.0%"), (0, "right: 0")]),  # there is room before its step
        ({"Awareness": 1, "Buy": 9}, 20, [(0, "left: 0.0%"), (1, "left: 10.0%")]),
        ({"Awareness": 2, "Advocacy": 2, "Care": 6}, 20, [(0, "left: 0.0%"), (1, "left: 20.0%"), (0, "left: 40.0%")]),
        ({"A very long name": 1}, 10, [(0, "right: 0")]),
    ],
)
def test_no_stage_covers_another(steps, letters, places):
    """A name without room on the first line goes to the second; none leaves the axis on the right."""
    assert [(stage.line, stage.place) for stage in place_stages(steps, letters=letters)] == places


def test_curves_have_a_legend(html, tmp_path):
    """What the marks mean stands above the curves, and not where there are none."""
    assert html.index("hollow: fewer than 30 customers") < html.index('<ul class="rows">')
    bare = write_overview([make_outcome("ben", "Ben", failure="No.")], look=LOOK, out=tmp_path)
    assert 'class="legend"' not in bare.read_text(encoding="utf-8")


def test_one_reason_is_told_once(tmp_path):
    """Reports that failed for the same reason stand together; more than a dozen are folded."""
    failed = [make_outcome(f"p{number}", f"P{number}", failure="The disk is full.") for number in range(13)]
    for outcomes, is_folded in ((failed[:3], False), (failed, True)):
        html = write_overview(outcomes, look=LOOK, out=tmp_path).read_text(encoding="utf-8")
        told, _, _ = html.partition('<section class="curves')
        assert told.count("The disk is full.") == 1 and f"{len(outcomes)} reports could not be made" in told
        assert told.count("<a href=") == len(outcomes) and ("<summary>Show all 13</summary>" in told) is is_folded


def test_failures_come_first(html):
    """What could not be made stands above everything else, with its reason, and again in its row."""
    assert html.index("1 report could not be made") < html.index("The personas side by side")
    assert html.count("No answers &lt;yet&gt;.") == 2 and html.count('href="dora.html"') == 3


def test_a_failed_comparison_is_told_among_the_failures(tmp_path, html):
    """The comparison is linked where there is one; where it failed, its sentence leads to the page that says more."""
    assert '<a href="comparison.html">Personas compared</a>' in html
    outcomes = [*make_outcomes()[:2], make_outcome("", "Personas compared", failure="Too few.")]
    text = write_overview(outcomes, look=LOOK, out=tmp_path).read_text(encoding="utf-8")
    assert '<a href="comparison.html"><strong>Personas compared.</strong></a> Too few.' in text


def test_who_has_no_persona_is_said_once(tmp_path):
    """Customers without a persona are counted where there are some, and not mentioned where there are none."""
    for count, is_said in ((12, True), (0, False)):
        everyone = make_outcome("everyone", "Everyone", n=41)
        everyone.summary["without_persona"] = count
        text = write_overview([everyone], look=LOOK, out=tmp_path).read_text(encoding="utf-8")
        assert ("12 of them without a persona" in text) is is_said and ("a persona" in text) is is_said


def test_figures_are_told_with_what_stands_behind_them():
    """The number comes first, what it rests on beside it; a weighted figure says the unweighted one too."""
    weighted = {"label": "NPS, weighted (unweighted 17.4)", "text": "−19.3", "n": 981, "interval": "−24 to −14"}
    headings, rows = list_figures([{"headline": [weighted], "assumed": 0.07}, {}])
    assert headings == ["NPS", "Assumed"] and rows[1] == [Figure(), Figure()]
    assert rows[0][0] == Figure("−19.3", "unweighted 17.4, n\xa0=\xa0981, −24\xa0to\xa0−14", -19.3)


def test_what_became_of_each_persona_is_a_column():
    """Worse sorts before better; where too few were heard there is no place there; the sentence stands small."""
    verdicts = ["better", "worse", "no evidence", "too few", ""]
    summaries = [{"since": {"verdict": verdict, "sentence": f"It was {verdict}."}} for verdict in verdicts]
    headings, rows = list_figures(summaries)
    assert headings == ["Since last wave"]
    assert [row[0].order for row in rows] == [2, 0, 1, None, None]
    assert rows[0][0][:2] == ("better", "It was better.") and rows[-1][0] == Figure()
    assert list_figures(summaries[-1:])[0] == []


def test_what_is_first_to_know_stands_first(tmp_path):
    """Notices of the data and of falling numbers stand above all else, each with what to do about it."""
    fallen = make_outcome("anna", "Anna-Lena", n=12)
    fallen = replace(fallen, summary={**fallen.summary, "since": {"n_before": 90}})
    window = WINDOW | {"notices": [Notice("No <new> data.", "Run it again.")]}
    page = write_overview([fallen, make_outcomes()[-2]], look=LOOK, out=tmp_path, window=window)
    html = page.read_text(encoding="utf-8")
    told = [
        html.index(words) for words in ("First to know", "No &lt;new&gt; data.", "Run it again.", "Anna-Lena 12 (90 in")
    ]
    assert told == sorted(told) and told[-1] < html.index("could not be made")


def test_what_to_do_is_said_once(tmp_path):
    """Several notices with one remedy stand above it."""
    notices = [Notice("First.", "Export again."), Notice("Second.", "Export again."), Notice("Third.", "Ask.")]
    page = write_overview(make_outcomes()[:2], look=LOOK, out=tmp_path, window={"notices": notices})
    html = page.read_text(encoding="utf-8")
    assert html.count("Export again.") == 1 and "<strong>Second.</strong> Export again.</li>" in html


def test_same_outcomes_same_bytes(html, tmp_path):
    """The page holds nothing that changes by itself."""
    again = write_overview(make_outcomes(), look=LOOK, out=tmp_path, **DATA)
    assert again.read_text(encoding="utf-8") == html


def test_the_index_asks_for_nothing_and_says_nothing(page, index):
    """A browser loads this file alone, and its script finds no fault."""
    assert page.heard == [index.as_uri()]


def test_everyone_is_drawn_as_large_as_the_others(page):
    """All curves stand below one another, of one size, so that a step has one place for all."""
    boxes = [svg.bounding_box() for svg in page.locator(".small_map svg").all()]
    assert len(boxes) == 4 and len({(box["x"], box["width"], box["height"]) for box in boxes}) == 1


def test_the_table_is_sorted_by_keyboard(page):
    """Tab reaches a heading; Enter sorts, Space turns it round; everyone stays on top, what is missing comes last."""
    button = page.get_by_role("button", name="Lowest step")
    page.get_by_role("button", name="Customers").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert button.evaluate("one => one === document.activeElement && one.parentElement.ariaSort") == "ascending"
    assert read_rows(page)[:3] == ["Everyone", "Cleo", "Anna-Lena"]
    page.keyboard.press("Space")
    assert read_rows(page)[:3] == ["Everyone", "Anna-Lena", "Cleo"] and set(read_rows(page)[3:]) == {"Ben", "Dora"}
    assert button.evaluate("one => one.parentElement.ariaSort") == "descending"


def test_numbers_sort_as_numbers_and_names_as_names(page):
    """90 comes before 1,000; one heading at a time says how the table is sorted."""
    page.get_by_role("button", name="Customers").click()
    assert read_rows(page) == ["Everyone", "Ben", "Cleo", "Anna-Lena", "Dora"]
    page.get_by_role("button", name="Persona").click()
    assert read_rows(page) == ["Everyone", "Anna-Lena", "Ben", "Cleo", "Dora"]
    assert page.locator("[aria-sort]").count() == 1
    assert page.locator("#sorted").inner_text() == "Sorted by Persona, ascending."


@pytest.mark.parametrize("width", [1280, 400])
def test_what_goes_on_beyond_the_edge_is_marked(page, width):
    """A shadow lies at the right edge of the table where it can be scrolled."""
    page.set_viewport_size({"width": width, "height": 900})
    table = page.get_by_role("region", name="All figures")
    goes_on = table.evaluate("one => one.scrollWidth > one.clientWidth")
    assert goes_on is (width == 400) and "local, scroll" in table.evaluate(
        "one => getComputedStyle(one).backgroundAttachment"
    )


def test_without_script_it_is_still_a_table(browser, index):
    """Where no script runs, the headings are headings and every row is there."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(index.as_uri())
    assert page.locator("table.sortable button").count() == 0 and len(read_rows(page)) == 5
    page.context.close()
