"""Tests of printing: the machine's browser makes the PDF, and where it cannot, a sentence says what to do."""

import os
import re
import socket
import sys

import pytest

from cjm_helpers.batch.pages import print as printing
from cjm_helpers.errors import CjmError

PAPERS = "@page { size: A4 } @page map { size: A3 landscape } div { page: map }"


@pytest.fixture
def page(tmp_path):
    """Return a page of one sheet of text and one of a map."""
    file = tmp_path / "page.html"
    file.write_text(f"<style>{PAPERS}</style><h1>Words</h1><div>Map</div>", encoding="utf-8")
    return file


def make_program(folder, body):
    """Write a program that stands in for a browser, and return its path."""
    if os.name == "nt":
        pytest.skip("Windows starts no program that is a text")
    file = folder / "browser"
    file.write_text(f"#!{sys.executable}\n{body}\n")
    file.chmod(0o755)
    return str(file)


@pytest.fixture
def browser():
    """Skip where no browser is found."""
    try:
        return printing.find_browser()
    except CjmError as error:
        pytest.skip(str(error))


def test_a_page_becomes_a_pdf_on_the_papers_it_names(page, browser):
    """The PDF stands beside its page, text on A4 and map on A3, and nothing else is left there."""
    made = printing.print_page(page)
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", made.read_bytes())
    assert [round(float(width)) for width, _ in sizes] == [595, 1191]
    assert sorted(file.name for file in page.parent.iterdir()) == ["page.html", "page.pdf"]


def test_printing_asks_nobody(page, browser):
    """An address in the page is not visited, not even on this machine."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        page.write_text(f'<h1>Words</h1><img src="http://127.0.0.1:{server.getsockname()[1]}/a.png">', encoding="utf-8")
        assert printing.print_page(page).stat().st_size > 0
        with pytest.raises(BlockingIOError):
            server.accept()


def test_the_chosen_browser_is_taken(page, tmp_path, monkeypatch):
    """CJM_BROWSER names the program; it is told to ask no network and to use a profile of its own."""
    body = "import sys\npdf = next(a for a in sys.argv if a.startswith('--print-to-pdf=')).partition('=')[2]"
    program = make_program(tmp_path, f"{body}\nopen(pdf, 'w').write(' '.join(sys.argv))")
    monkeypatch.setenv("CJM_BROWSER", program)
    said = printing.print_page(page).read_text()
    assert all(word in said for word in ("--host-resolver-rules=MAP * ~NOTFOUND", "--user-data-dir=", page.as_uri()))


@pytest.mark.parametrize(
    ("body", "words"),
    [("", "browser made no PDF"), ("import time; time.sleep(9)", "browser took longer than 0.5 seconds")],
)
def test_a_browser_that_fails_is_a_sentence(page, tmp_path, monkeypatch, body, words):
    """Whether it prints nothing or never ends: the reason and a way out are said, and no PDF is left to mislead."""
    page.with_suffix(".pdf").write_text("older")
    monkeypatch.setenv("CJM_BROWSER", make_program(tmp_path, body))
    monkeypatch.setattr(printing, "MOST_SECONDS", 0.5)
    with pytest.raises(CjmError, match=f"page.html was not printed: {words}.*print it from there"):
        printing.print_page(page)
    assert list(page.parent.glob("*.pdf")) == []


def test_a_browser_that_is_not_there_is_a_sentence(page, monkeypatch):
    """A wrong CJM_BROWSER is named; without any browser the sentence says which to install."""
    monkeypatch.setenv("CJM_BROWSER", "netscape")
    with pytest.raises(CjmError, match="CJM_BROWSER names 'netscape', which is no program"):
        printing.print_page(page)
    monkeypatch.delenv("CJM_BROWSER")
    monkeypatch.setattr(printing.shutil, "which", lambda program: None)
    with pytest.raises(CjmError, match="No browser that can print was found.*Chromium"):
        printing.print_page(page)
