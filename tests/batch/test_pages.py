"""Tests of the pages: what stands in them, what never does, and that they appear whole or not at all."""

import re

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from cjm_helpers.batch.pages.page import write_page, write_whole

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 1"></svg>'
SUMMARY = {
    "n": 1041, "finding": "Lowest at <1.1>", "small_map": SVG,
    "headline": [{"label": "NPS", "text": "40.4", "n": 2746}],
}  # fmt: skip


def finished_notebook():
    """Return a notebook as it comes from the kernel: with a map, a twin, a chart, and things no reader wants."""
    shown = [new_output("execute_result", data={"image/svg+xml": SVG, "text/plain": "map"})]
    table = [new_output("display_data", data={"text/html": "<table></table>"})]
    chart = [new_output("display_data", data={"image/png": "AAAA"})]
    noise = [new_output("stream", name="stderr", text="UserWarning"), new_output("stream", name="stdout", text="stray")]
    return new_notebook(cells=[
        new_markdown_cell("# Report on one persona"),
        new_code_cell("secret_code = 1", metadata={"tags": ["parameters"]}),
        new_markdown_cell("## What does the journey look like?"),
        new_code_cell("draw()", metadata={"tags": ["map"]}, outputs=shown),
        new_code_cell("twin()", metadata={"tags": ["twin"]}, outputs=table),
        new_code_cell("chart()", metadata={"alt": "A chart"}, outputs=chart),
        new_code_cell("noise()", outputs=noise),
    ])  # fmt: skip


@pytest.fixture
def page(report):
    """Return the text of a finished page."""
    return write_page(finished_notebook(), report, summary=SUMMARY).read_text(encoding="utf-8")


def test_a_page_shows_no_code_and_no_noise(page):
    """Neither source nor streams reach the reader, and the notebook's own heading gives way to the persona's name."""
    assert not any(word in page for word in ("secret_code", "draw()", "UserWarning", "stray", "Report on one persona"))


def test_a_page_stands_alone(page):
    """Nothing is loaded: every address is data, a place in the page, or the index; the one script is inside."""
    assert page.count("<script") == page.count("<script>") == 1 and not re.search(r"<[^>]+ on\w+=", page)
    addresses = set(re.findall(r"""(?:src|href)=["']([^"']*)""", page)) | set(re.findall(r"url\(([^)]*)", page))
    assert {one for one in addresses if not one.startswith(("data:", "#"))} == {"index.html"}


def test_a_page_says_who_it_is_about(page):
    """Title, language and viewport are there, and names are written as text, not as markup."""
    assert '<html lang="en">' in page and 'name="viewport"' in page
    assert "<title>Anna &amp; Co, Shop</title>" in page
    assert "Two &lt;children&gt;" in page and "Lowest at &lt;1.1&gt;" in page


def test_page_one_stands_before_the_contents(page, report):
    """A notebook with page one has it above the contents list; another has its finding and figures there instead."""
    assert page.index("Lowest at") < page.index("<nav")
    notebook, html = finished_notebook(), {"text/html": '<div class="brief">Pay in one step</div>'}
    brief = new_code_cell("brief()", metadata={"tags": ["brief"]}, outputs=[new_output("execute_result", data=html)])
    notebook.cells.append(brief)
    page = write_page(notebook, report, summary=SUMMARY).read_text(encoding="utf-8")
    assert page.index("Pay in one step") < page.index("<nav") and page.count("Pay in one step") == 1
    assert "Lowest at" not in page and "40.4" not in page


def test_figures_stand_where_the_notebook_wants_them(report):
    """A text tagged `figures` is followed by the headline figures, each with its n."""
    notebook = finished_notebook()
    notebook.cells[2].metadata = {"tags": ["figures"]}
    page = write_page(notebook, report, summary=SUMMARY).read_text(encoding="utf-8")
    assert "40.4 <small>n = 2,746</small>" in page[page.index("What does the journey look like?</h2>") :]


def test_a_map_of_a_sentence_needs_no_page_of_its_own(page, report):
    """A sheet lower than ten centimetres is marked, so that it does not fill a page of A3."""
    notebook = finished_notebook()
    notebook.cells[3].outputs[0].data["image/svg+xml"] = SVG.replace("3 1", "420 297")
    assert 'class="sheets low" id="map"' in page
    assert 'class="sheets" id="map"' in write_page(notebook, report, summary=SUMMARY).read_text(encoding="utf-8")


def test_the_contents_lead_to_the_parts(page):
    """Every entry of the contents list is the place of a part."""
    places = re.findall(r'<li><a href="#(\w+)">', page)
    assert places and all(f'id="{place}"' in page for place in places)


def test_the_map_can_be_enlarged_and_stands_there_once(page):
    """The map is enlarged in its place, without a second copy; the twin stands below, a chart says what it is."""
    assert 'href="#large-map"' in page and 'id="large-map"' in page and page.count("<svg") == 1
    assert "base64,PHN2Zy" not in page
    assert "<details" in page and 'alt="A chart"' in page


def test_same_notebook_same_bytes(report):
    """Cell ids drawn by chance leave no trace."""
    first, second = (write_page(finished_notebook(), report, summary=SUMMARY).read_bytes() for _ in range(2))
    assert first == second


def test_a_page_appears_whole_or_not_at_all(tmp_path):
    """When writing fails the old page stays and nothing else is left beside it."""
    file = write_whole(tmp_path / "page.html", "old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(file, "new \ud800")
    assert file.read_text() == "old" and list(tmp_path.iterdir()) == [file]
