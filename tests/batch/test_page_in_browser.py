"""Tests of a report page in a real browser: its links open the evidence, it can be read by all, and runs no words."""

import pytest
from invented_journey import STEPS, make_journey, rich_cells
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from cjm_helpers.batch.pages.page import write_page
from cjm_helpers.batch.report import Report
from cjm_helpers.drawing.evidence_table import show_evidence
from cjm_helpers.drawing.journey_map import draw_journey_map, draw_map_table
from cjm_helpers.study.kit import kit_folder

LOOK = kit_folder() / "templates" / "reports" / "html"
BAD = "<script>window.hurt = 1</script><img src=x onerror='window.hurt = 1'>"
PLACE = "at-4-2-pain"


def make_cell(shown, tag):
    """Return a finished cell that shows something."""
    html = shown if isinstance(shown, str) else shown._repr_mimebundle_()["text/html"]
    return new_code_cell("", metadata={"tags": [tag]}, outputs=[new_output("execute_result", data={"text/html": html})])


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """Return the page of an invented journey in which every word of people is a script."""
    worded = ("quote", "pain", "step", "opportunity")
    cells = [{**cell, "text": f"{cell['text']} {BAD}"} if cell["lane"] in worded else cell for cell in rich_cells()]
    journey = make_journey(STEPS, cells)
    notebook = new_notebook(cells=[
        new_markdown_cell("## What does the journey look like?"), make_cell(draw_journey_map(journey).as_svg(), "map"),
        make_cell(draw_map_table(journey)._repr_html_(), "twin"),
        new_markdown_cell("## What does each step rest on?"), make_cell(show_evidence(journey), "evidence"),
    ])  # fmt: skip
    page = tmp_path_factory.mktemp("page") / "amira.html"
    facts = {"study": "Vans", "wave": "all", "tagline": BAD}
    return write_page(notebook, Report("amira", BAD, page, page, LOOK, {}, facts), summary={"finding": BAD})


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def page(request, browser, file):
    """Return the page opened with and without scripts, and what the browser said."""
    context = browser.new_context(java_script_enabled=request.param, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("request", lambda request: page.said.append(request.url))
    page.goto(file.as_uri())
    yield page
    context.close()


def test_a_cell_of_the_map_opens_its_evidence(page):
    """A click on a cell unfolds the evidence of its step and brings it into view, and a link leads back to the map."""
    place = page.locator(f"#{PLACE}")
    assert not place.is_visible()
    page.locator(f'.links a[href="#{PLACE}"]').first.click()
    place.wait_for(state="visible")
    assert 0 <= place.bounding_box()["y"] < 800
    page.locator("#at-4-2 .back a").click()
    assert page.url.endswith("#map") and -1 <= page.locator("#map").bounding_box()["y"] < 800


def test_print_unfolds_the_evidence(page):
    """On paper nothing can be unfolded, so every cell's evidence is printed; the table twin stays on the screen."""
    page.emulate_media(media="print")
    assert page.locator(f"#{PLACE}").bounding_box()["height"] > 20
    assert not page.locator(".twin table").is_visible() and not page.locator("summary").first.is_visible()


def test_words_of_people_do_nothing(page, file):
    """No script in a verbatim, theme, idea or name runs, and nothing is asked for but the page itself."""
    assert [word for word in page.said if not word.startswith("data:")] == [file.as_uri()]
    assert page.locator("img[src=x]").count() == 0 and page.title().startswith("<script>")


def test_the_contents_work_by_keyboard(page):
    """Tab reaches the skip link first, then the contents; Enter goes to the part."""
    page.keyboard.press("Tab")
    assert page.locator(".skip:focus").count() == 1
    page.locator("nav a").last.focus()
    page.keyboard.press("Enter")
    assert page.locator("section h2").last.bounding_box()["y"] < 800


@pytest.mark.parametrize(("scheme", "rules"), [("light", {}), ("dark", {"runOnly": ["color-contrast"]})])
def test_nobody_is_shut_out(browser, file, scheme, rules):
    """What a program can check of WCAG finds no fault, with every fold open; in the dark only contrast can differ."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page = browser.new_page(color_scheme=scheme)
    page.goto(file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    found = axe.Axe().run(page, options={"resultTypes": ["violations"], **rules})
    page.close()
    assert found.violations_count == 0, found.generate_report()
