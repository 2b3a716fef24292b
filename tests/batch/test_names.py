"""Tests of names: a page is a file on every machine, and no two reports share one."""

import pytest

from cjm_helpers.batch.names import name_pages


@pytest.mark.parametrize(
    "names",
    [["Index", "comparison", "con", "con.x"], ["lena", "Lena", "LENA"], ["caf\u00e9", "cafe\u0301"], ["x" * 300]],
)
def test_no_page_overwrites_another(names):
    """Names of our own pages, and names that only some file systems keep apart, get pages of their own."""
    pages = {page.casefold() for page in name_pages(["everyone", *names]).values()}
    assert len(pages) == len(names) + 1 and not pages & {"index.html", "comparison.html", "con.html", "con.x.html"}


@pytest.mark.parametrize("name", ["../up", "a/b", "a\\b", "what?", "x:y"])
def test_a_page_is_a_file_in_its_folder(name):
    """Whatever a persona is called, its page lies beside the others and may be called so on every machine."""
    assert not set(name_pages([name])[name]) & set('/\\:*?"<>|')
    assert not set(name_pages([("anna", name)])["anna", name]) & set('/\\:*?"<>|')


def test_what_reads_alike_is_numbered():
    """Anna in "b_c" and Anna_b in "c" would both be anna_b_c."""
    assert list(name_pages([("anna", "b_c"), ("anna_b", "c")]).values()) == ["anna_b_c.html", "anna_b_c_2.html"]


def test_a_comparison_takes_no_persona_its_page():
    """A persona may be called comparison, too."""
    pages = name_pages([("comparison",), ("",), ("comparison", "AT"), ("", "AT")])
    assert list(pages.values()) == [
        "comparison_persona.html", "comparison.html", "comparison_persona_AT.html", "comparison_AT.html",
    ]  # fmt: skip


def test_a_long_name_fits_every_file_system():
    """Names are cut between letters, and stay apart."""
    pages = name_pages(["日" * 100 + end for end in "ab"])
    assert all(len(page.encode()) < 200 for page in pages.values()) and len({*pages.values()}) == 2
