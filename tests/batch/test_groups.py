"""Tests of the index of many reports: grouped and filtered by what the run varies, usable with hundreds of rows."""

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from cjm_helpers.batch.pages.groups import Lens, choose_filters, find_lenses, group_reports, list_reports
from cjm_helpers.batch.pages.overview import write_overview
from cjm_helpers.batch.plan import LeftOut
from cjm_helpers.batch.report import Outcome, Report
from cjm_helpers.study.kit import kit_folder

LENS = Lens("market", "Market", ("Austria",), ("Austria",))
MARKETS, PERSONAS = ("Austria", "Germany"), ("Everyone", "Anna", "Ben")
LOOK = kit_folder() / "templates" / "reports" / "html"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 80" role="img" aria-label="{}"></svg>'
FACTS = {"study": "Shop", "scenario": "Buying", "wave": "w2", "tagline": "Busy"}
WINDOW = {"waves": "w2", "kinds": []}


def make_outcome(persona, n=40, **lens):
    """Return what became of a report; its lens names the persona by small letters, "" for a comparison."""
    persona_id = persona.lower() if persona != "Personas compared" else ""
    name, page = (
        ", ".join([persona, *lens.values()]),
        Path("_".join([persona_id or "comparison", *lens.values()]) + ".html"),
    )
    report = Report(persona_id, name, Path("x.ipynb"), page, LOOK, {}, FACTS, {"persona": persona_id, **lens})
    heard = {"label": "Customers heard", "text": f"{n:,}", "n": n, "interval": ""}
    step = {"step_id": "3.5", "stage": "Buy", "name": "Pay", "value": -0.5, "n": n}
    told = {
        "n": n,
        "finding": "Lowest at 3.5 (n = 40)",
        "small_map": SVG.format(name),
        "steps": [step],
        "headline": [heard],
    }
    return Outcome(report, told if persona_id else {"finding": "Ben is happier."})


def make_outcomes(personas=PERSONAS, markets=MARKETS):
    """Return a report of each persona in each market, and a comparison for each market."""
    made = [make_outcome(persona, market=market) for market, persona in product(markets, personas)]
    return [*made, *(make_outcome("Personas compared", market=market) for market in markets)]


def write(outcomes, out, **more):
    """Write the index of some outcomes."""
    return write_overview(outcomes, look=LOOK, out=out, window=WINDOW, **more)


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """Return the index of two markets."""
    few = [
        LeftOut(f"{name}, Austria", {"persona": name, "market": "Austria"}, "fewer than 5 customers") for name in "XY"
    ]
    return write(make_outcomes(), tmp_path_factory.mktemp("many"), left_out=few)


@pytest.fixture
def page(browser, index):
    """Return it in a browser."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(index.as_uri())
    yield page
    page.close()


def list_shown(page, rows=".row"):
    """Return the names of the rows that can be seen."""
    return [row.inner_text().split("\n")[0] for row in page.locator(f"{rows}:visible").all()]


def test_reports_are_grouped_by_the_lens_beyond_the_persona(index):
    """Each market has a heading, its own comparison, its rows by the persona's name and its curves as a table."""
    html = index.read_text(encoding="utf-8")
    austria, germany = html.index("<h3>Austria</h3>"), html.index("<h3>Germany</h3>")
    assert austria < html.index('href="comparison_Austria.html">Personas compared</a>: Ben is happier.') < germany
    assert austria < html.index('<h4><a href="anna_Austria.html">Anna</a></h4>') < germany
    assert (
        html.count("<summary>The same curves as a table</summary>") == 2
        and html.count('<th scope="row">3.5 Pay</th>') == 2
    )


def test_the_table_names_every_lens(index):
    """In figures, the market has a column that can be sorted."""
    html = index.read_text(encoding="utf-8")
    assert '<th scope="col">Market</th>' in html and html.count('<td class="lens">Germany</td>') == 3


def test_what_is_left_out_is_listed_with_the_reason(index):
    """Combinations of few customers stand together by market; their number is not told."""
    html = index.read_text(encoding="utf-8")
    assert "Left out: fewer than 5 customers." in html
    assert "<li><strong>Austria:</strong> X; Y</li>" in html


def test_many_that_are_left_out_are_folded(tmp_path):
    """A page is read for its reports; what has none is there for whoever asks."""
    few = [LeftOut(f"P{k}, Austria", {"persona": f"P{k}", "market": "Austria"}, "fewer than 5") for k in range(13)]
    for left_out, is_folded in ((few[1:], False), (few, True)):
        html = write(make_outcomes(), tmp_path, left_out=left_out).read_text(encoding="utf-8")
        assert ("<summary>Show all 13</summary>" in html) is is_folded and "P12" in html


def test_one_lens_alone_is_neither_grouped_nor_filtered(tmp_path):
    """A run by persona looks as it always did."""
    outcomes = [make_outcome(name) for name in PERSONAS]
    html = write(outcomes, tmp_path).read_text(encoding="utf-8")
    assert "<form" not in html and "<h4>" not in html and '<h3><a href="anna.html">Anna</a></h3>' in html
    assert group_reports(list_reports(outcomes, []), [])[0].heading == ""


def test_many_of_one_lens_are_searched_by_name(tmp_path):
    """With more than a dozen rows the name is searched; a drop-down of the same names would add nothing."""
    outcomes = [make_outcome(f"P{number}") for number in range(13)]
    lenses = find_lenses(outcomes)
    assert choose_filters(list_reports(outcomes, lenses), lenses) == []
    html = write(outcomes, tmp_path).read_text(encoding="utf-8")
    assert 'type="search"' in html and "<select" not in html and "More than 12 curves fit no table here" in html


def test_hundreds_of_rows_stay_small(tmp_path):
    """Three hundred reports make no table of three hundred columns."""
    many = make_outcomes([f"P{number}" for number in range(100)], ("A", "B", "C"))
    text = write(many, tmp_path).read_text(encoding="utf-8")
    assert "The same curves as a table" not in text and len(text) < 700_000


def test_rows_of_a_table_are_named_by_their_words():
    """A market that a row has none of reads "all", another parameter a dash: it is the notebook's own."""
    outcomes = [make_outcome("Anna", market="", seed=""), make_outcome("Anna", market="Austria", seed="7")]
    outcomes[1].report.parameters["seed"] = 7
    assert [(lens.heading, lens.words) for lens in find_lenses(outcomes)] == [
        ("Market", ("all", "Austria")), ("Seed", ("–", "7")),
    ]  # fmt: skip


def test_a_name_of_ones_own_stays():
    """Below the heading, what the heading says is cut off; a name that somebody chose is left as it is."""
    named = [make_outcome("Anna", market="Austria", seed="7"), make_outcome("Ben", market="Austria", seed="8")]
    named += [replace(named[0], report=replace(named[0].report, name="For the board"))]
    (group,) = group_reports(list_reports(named, [LENS]), [LENS])
    assert [name for name, _ in group.listed] == ["Anna, 7", "Ben, 8", "For the board"]


def test_waves_are_headed_by_their_name():
    """A market speaks for itself; a wave says that it is one."""
    outcomes = [make_outcome(persona, wave="2026-09") for persona in PERSONAS]
    outcomes[0].report.parameters["wave"] = "2026-09"
    lens = Lens("wave", "Wave", ("2026-09",), ("2026-09",))
    assert group_reports(list_reports(outcomes, [lens]), [lens])[0].heading == "Wave 2026-09"


def test_where_no_value_is_shared_nothing_is_grouped():
    """A heading above each row would say nothing."""
    outcomes = [make_outcome("Everyone", market=market, wave=f"w {market}") for market in MARKETS]
    lenses = find_lenses(outcomes)
    assert len(lenses) == 2 and len(group_reports(list_reports(outcomes, lenses), lenses)) == 1
    assert choose_filters(list_reports(outcomes, lenses), lenses) is None


def test_a_drop_down_filters_both_lists(page):
    """What is chosen holds for the curves and for the figures; a group without rows goes too."""
    page.get_by_label("Market").select_option(value="1")
    assert list_shown(page) == ["Everyone", "Anna", "Ben"] and len(list_shown(page, "table.sortable tbody tr")) == 3
    assert page.locator(".curves h3:visible").all_inner_texts() == ["Germany"]
    assert page.get_by_role("status").first.inner_text() == "3 of 6 shown"


def test_a_search_finds_words_of_a_name_and_of_what_else_a_report_is_of(page):
    """Capitals and accents do not matter; each word must be there."""
    for words, found in (("ÄNN", ["Anna", "Anna"]), ("germ an", ["Everyone", "Anna", "Ben"]), ("germ ann", ["Anna"])):
        page.get_by_label("Search").fill(words)
        assert list_shown(page) == found


def test_choices_tell_what_they_would_leave(page):
    """Each choice has its number beside all else that is chosen; one that would leave nothing cannot be chosen."""
    page.get_by_label("Search").fill("ben")
    tell = "ones => ones.map((one) => one.text + (one.disabled ? ' off' : ''))"
    assert page.locator("[name=persona] option").evaluate_all(tell) == [
        "all (2)", "Everyone (0) off", "Anna (0) off", "Ben (2)",
    ]  # fmt: skip
    assert page.locator("[name=market] option").evaluate_all(tell) == ["all (2)", "Austria (1)", "Germany (1)"]


def test_links_to_groups_follow_the_filter(page):
    """A group without rows has no link; the number beside each is that of the rows shown."""
    page.get_by_label("Search").fill("anna germany")
    assert page.locator(".jump > :visible").all_inner_texts() == ["Germany 1"]
    page.get_by_text("The same curves as a table").locator("visible=true").click()
    assert page.locator("table.steps thead th:visible").all_inner_texts() == ["Step", "Anna"]


def test_where_nothing_fits_the_filter_can_be_cleared(page):
    """No empty table and no heading stays; one button brings everything back, and the search can go on."""
    page.get_by_label("Search").fill("nobody")
    assert page.locator("h2:visible").all_inner_texts() == ["Without a report", "Data and versions"]
    assert page.get_by_role("status").first.inner_text() == "0 of 6 shown"
    page.locator(".nothing").get_by_role("button", name="Clear the filter").click()
    page.wait_for_function("document.querySelectorAll('.row:not([hidden])').length === 6")
    assert page.evaluate("document.activeElement.name") == "search" and page.evaluate("location.search") == ""


def test_a_filter_can_be_linked_and_outlives_the_way_back(page, index, tmp_path):
    """The address holds the filter in words, through a jump to a group, a report and back, and in a new window."""
    page.get_by_label("Market").select_option(value="1")
    page.get_by_label("Search").fill("anna")
    assert page.evaluate("location.href") == f"{index.as_uri()}?market=Germany&search=anna"
    page.locator(".jump a:visible").click()
    (tmp_path / "report.html").write_text("<title>Report</title>")
    page.goto((tmp_path / "report.html").as_uri())
    page.go_back()
    assert list_shown(page) == ["Anna"] and page.get_by_label("Search").input_value() == "anna"
    page.goto(f"{index.as_uri()}?persona=ben&market=gone&web=1")
    assert list_shown(page) == ["Ben", "Ben"]
    page.get_by_label("Search").fill("x")
    assert page.evaluate("location.search") == "?persona=ben&web=1&search=x"


def test_filters_work_by_keyboard(page):
    """Letters typed into the search, Tab and an arrow choose a persona, and the button shows everything again."""
    page.get_by_label("Search").focus()
    page.keyboard.type("AN")
    assert "Anna" in list_shown(page) and "Ben" not in list_shown(page, "#group1 .row")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.value") == "0"
    for key in ("Tab", "Tab", "Enter"):  # over the markets to the button
        page.keyboard.press(key)
    page.wait_for_function("document.querySelectorAll('.row:not([hidden])').length === 6")


def test_lenses_are_sorted_as_words(page):
    """A heading of words sorts by them, one of numbers by their size."""
    page.get_by_role("button", name="Market").click()
    page.get_by_role("button", name="Market").click()
    rows = page.locator("table.sortable tbody:not(.whole) tr td.lens").all_inner_texts()
    assert rows == ["Germany", "Germany", "Austria", "Austria"]


@pytest.mark.parametrize(("scheme", "rules"), [("light", {}), ("dark", {"runOnly": ["color-contrast"]})])
@pytest.mark.parametrize("words", ["", "germ", "nobody"])
def test_nobody_is_shut_out(browser, index, scheme, rules, words):
    """What a program can check of WCAG finds no fault, whatever is filtered, with every fold open."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page = browser.new_page(color_scheme=scheme, viewport={"width": 400, "height": 900})
    page.goto(f"{index.as_uri()}?search={words}")
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    found = axe.Axe().run(page, options={"resultTypes": ["violations"], **rules})
    page.close()
    assert found.violations_count == 0, found.generate_report()


def test_a_run_without_personas_is_headed_and_sorted_by_what_it_varies(browser, tmp_path):
    """Nothing says "personas"; the first column is the market, and everyone's rows are sorted like any others."""
    index = write([make_outcome("Everyone", n=n, market=market) for n, market in ((9, "B"), (7, "A"))], tmp_path)
    html = index.read_text(encoding="utf-8")
    assert "<h2>All reports side by side</h2>" in html and "<title>Shop: all reports side by side</title>" in html
    page = browser.new_page()
    page.goto(index.as_uri())
    page.get_by_role("button", name="Customers").click()
    assert page.locator("table.sortable tbody th").all_inner_texts() == ["A", "B"]
    page.close()


def test_without_script_everything_is_shown(browser, index):
    """Where no script runs there is no filter, and every row is there."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(index.as_uri())
    assert len(list_shown(page)) == 6 and page.locator("form:visible").count() == 0
    page.context.close()
