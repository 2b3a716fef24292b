"""Tests of the pages: what stands in them, what never does, and that they appear whole or not at all."""

import re

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from cjm_helpers.batch.pages import write_overview, write_page, write_whole
from cjm_helpers.batch.report import Outcome

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
    """No script is needed and nothing is loaded: every address is data, a place in the page, or the index."""
    assert "<script" not in page
    addresses = set(re.findall(r"""(?:src|href)=["']([^"']*)""", page)) | set(re.findall(r"url\(([^)]*)", page))
    assert {one for one in addresses if not one.startswith(("data:", "#"))} == {"index.html"}


def test_a_page_says_who_it_is_about(page):
    """Title, language and viewport are there, and names are written as text, not as markup."""
    assert '<html lang="en">' in page and 'name="viewport"' in page
    assert "<title>Anna &amp; Co, Shop</title>" in page
    assert "Two &lt;children&gt;" in page and "Lowest at &lt;1.1&gt;" in page


def test_the_contents_lead_to_the_parts(page):
    """Every entry of the contents list is the place of a part."""
    places = re.findall(r'<li><a href="#(\w+)">', page)
    assert places and all(f'id="{place}"' in page for place in places)


def test_the_map_can_be_enlarged_and_stands_there_once(page):
    """The map is enlarged in its place, without a second copy; the twin stands below, a chart says what it is."""
    assert 'href="#map"' in page and 'id="map"' in page and page.count("<svg") == 1
    assert "base64,PHN2Zy" not in page
    assert "<details" in page and 'alt="A chart"' in page


def test_same_notebook_same_bytes(report):
    """Cell ids drawn by chance leave no trace."""
    first, second = (write_page(finished_notebook(), report, summary=SUMMARY).read_bytes() for _ in range(2))
    assert first == second


def test_the_overview_lists_everybody(report, tmp_path):
    """Each persona has n, figures, small map and link; a failure stands in its place, in words."""
    outcomes = (Outcome(report, {**SUMMARY, "without_persona": 12}), Outcome(report, failure="No answers <yet>."))
    page = write_overview(outcomes, look=report.look, out=tmp_path).read_text(encoding="utf-8")
    assert "n = 1,041 customers" in page and "of them 12 without a persona" in page
    assert 'href="anna.html"' in page and "data:image/svg+xml;base64," in page and "40.4" in page
    assert "No report: No answers &lt;yet&gt;." in page


def test_a_page_appears_whole_or_not_at_all(tmp_path):
    """When writing fails the old page stays and nothing else is left beside it."""
    file = write_whole(tmp_path / "page.html", "old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(file, "new \ud800")
    assert file.read_text() == "old" and list(tmp_path.iterdir()) == [file]
