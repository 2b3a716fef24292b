"""Settling and linking by keyboard, in a page of a real browser."""

import pytest
from lab.deciding import make_shop, read, write
from lab.editor_page import show

from cjm_helpers.lab import decision_desk, editor_draft, link_desk
from cjm_helpers.lab.link_desk import link_feedback
from cjm_helpers.lab.settle_desk import settle_codings
from cjm_helpers.study import coding_file
from cjm_helpers.study.folder import open_study

DECISIONS, LINKS = "coding_decisions", "alignments"
PAGE_RULES = {  # about a page as a whole, which a desk is not
    name: {"enabled": False}
    for name in ("document-title", "html-has-lang", "landmark-one-main", "region", "page-has-heading-one")
}


class Page:
    """What a person sees of a desk and does with it."""

    def __init__(self, page, desk):
        page.set_default_timeout(10_000)
        show(page, desk)
        self.page = page

    def press(self, *keys):
        """Press keys one after the other; a decision is answered before the next one is made."""
        for key in keys:
            self.page.keyboard.press(key)
            self.page.wait_for_timeout(60)

    def see(self, where):
        """Return the words that stand somewhere."""
        return self.page.inner_text(where)

    def wait(self, text):
        """Wait until the state says something."""
        self.page.wait_for_selector(f".cjm-status:has-text('{text}')")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The study in which two people differ, in a kernel that knows nobody."""
    for name in ("LEFT", "TRIED"):
        monkeypatch.setattr(link_desk, name, {})
    for module, name in ((coding_file, "FILES"), (editor_draft, "LATEST"), (decision_desk, "DECIDERS")):
        monkeypatch.setattr(module, name, {})
    return make_shop(tmp_path / "shop")


@pytest.fixture
def open_page(browser, folder):
    """Return open_page(make): a desk in a page, after Anna said that she decides."""
    pages = []

    def open_it(make):
        pages.append(browser.new_page(viewport={"width": 800, "height": 700}))
        page = Page(pages[-1], make(open_study(folder)))
        page.page.check("text=anna (Care)")
        page.page.click("text=Go on")
        page.page.wait_for_selector(".cjm-said")
        page.page.focus(".cjm-desk")
        return page

    yield open_it
    mishaps = [mishap for page in pages for mishap in page.mishaps]
    for page in pages:
        page.close()
    assert mishaps == []


def test_two_keys_settle_a_difference(open_page, folder):
    """An answer and a reason, in whichever order, are saved together, and the next difference is shown."""
    page = open_page(settle_codings)
    assert page.see(".cjm-code") == "Rude" and "anna gave it" in page.see(".cjm-readers")
    page.press("y")
    page.wait("Say why")
    assert read(folder, DECISIONS) == []
    page.press("3")
    page.wait("Saved.")
    page.press("2", "n")
    page.wait("Saved.")
    assert [row[1:] for row in read(folder, DECISIONS)] == [
        ["rude", "yes", "anna", "Meant ironically."], ["slow", "no", "anna", "Only mentioned, not felt as such."],
    ]  # fmt: skip
    assert page.see(".cjm-count") == "2 of 3 settled" and "Nobody helped" in page.see(".cjm-said")


def test_a_reason_is_written_in_own_words(open_page, folder):
    """In the reason's field letters are letters; Enter takes the reason, and the answer saves it."""
    page = open_page(settle_codings)
    page.press("r", *"nyu", "Enter")
    page.wait("Does the code apply?")
    page.press("n")
    page.wait("Saved.")
    assert read(folder, DECISIONS) == [["f1", "rude", "no", "anna", "nyu"]]


def test_settled_differences_are_gone_through(open_page, folder):
    """By keys: back to what was settled, open it again, undo that, skip; one code at a time by the drop-down."""
    page = open_page(settle_codings)
    page.press("y", "1")
    page.wait("Saved.")
    page.press("ArrowLeft")
    assert "Settled: it applies (anna). The definition says so." in page.see(".cjm-settled")
    page.press("o")
    page.wait("Open again.")
    page.press("u")
    page.wait("Taken back.")
    assert len(read(folder, DECISIONS)) == 1
    page.page.select_option(".cjm-pile select", "rude")
    page.page.wait_for_selector(".cjm-count:text('1 of 2 settled')")
    assert page.see(".cjm-place") == "2 of 2"


def test_proposals_are_confirmed_by_key(open_page, folder):
    """1 links to the first proposal, t and the drop-down to any other, 0 leaves open; each goes on to the next."""
    page = open_page(link_feedback)
    assert "Help desk" in page.see(".cjm-proposal >> nth=0") and "because of: help" in page.see(".cjm-proposals")
    page.press("1")
    page.wait("Saved.")
    page.press("t")
    page.page.select_option(".cjm-write select", "ad")
    page.press("Enter")
    page.page.wait_for_selector(".cjm-said:text('Fine')")
    page.press("0")
    page.wait("Left open.")
    assert read(folder, LINKS) == [["r1", "desk", "anna"], ["r2", "ad", "anna"]]
    assert page.see(".cjm-count") == "3 of 4 linked, 1 left open"


def test_nothing_is_taken_for_saved_without_an_answer(open_page, folder):
    """Where the kernel stopped, the page says that nothing was saved, and stays at the verbatim."""
    page = open_page(link_feedback)
    page.page.clock.install()
    page.page.stopped = True
    page.press("1")
    page.page.clock.run_for(6000)
    page.wait("Not saved")
    assert "help desk called" in page.see(".cjm-said") and read(folder, LINKS) == []


def test_what_others_wrote_is_shown_on_coming_back(open_page, folder):
    """Somebody who clicks into the desk again finds what git brought meanwhile, and each key still does one thing."""
    page = open_page(settle_codings)
    page.page.evaluate("document.activeElement.blur()")
    write(folder, DECISIONS, "feedback_id,code_id,applies,decided_by,reason\nf1,rude,no,eve,Theirs\n")
    page.page.wait_for_timeout(1100)
    page.page.focus(".cjm-desk")
    page.page.wait_for_selector(".cjm-count:text('1 of 3 settled')")
    assert "Settled: it does not (eve). Theirs" in page.see(".cjm-settled")
    page.press("s", "y", "1")
    page.wait("Saved.")
    assert [row[:3] for row in read(folder, DECISIONS)] == [["f1", "rude", "no"], ["f1", "slow", "yes"]]


@pytest.mark.parametrize("make", [settle_codings, link_feedback])
def test_nothing_hinders_a_reader(open_page, make):
    """axe-core finds no violation, nothing is wider than 800 pixels, and the next verbatim is said aloud."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page = open_page(make)
    page.press("?", "s")
    violations = axe.Axe().run(page.page, options={"rules": PAGE_RULES}).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
    assert page.page.evaluate("document.documentElement.scrollWidth") <= 800
    assert page.see("[role=status]").endswith(page.see(".cjm-said"))


def test_two_answers_are_shown_until_one_is_given(open_page, folder):
    """Where git brought two decisions on one code, the page names both, and one answer replaces both."""
    rows = "f1,rude,yes,anna,So it is.\nf1,rude,no,ben,\n"
    write(folder, DECISIONS, "feedback_id,code_id,applies,decided_by,reason\n" + rows)
    page = open_page(settle_codings)
    said = "Settled differently in two places: it applies (anna), “So it is.”; it does not (ben). Neither counts"
    assert page.see(".cjm-settled").startswith(said)
    page.press("n", "2")
    page.wait("Saved")
    assert [row[2:4] for row in read(folder, DECISIONS)] == [["no", "anna"]]
