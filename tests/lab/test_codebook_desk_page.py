"""The codebook desk in a browser: a tree that is walked by keys, and that a screen reader can follow."""

import pytest
from lab.editor_page import saved, show, start_browser

from cjm_helpers.lab.codebook_desk import edit_codebook
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import new_study

PAGE_RULES = {
    name: {"enabled": False}
    for name in ("document-title", "html-has-lang", "landmark-one-main", "region", "page-has-heading-one")
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a copy of an example with 25 codes in a tree."""
    return new_study(tmp_path_factory.mktemp("studies") / "clinic", example="clinic_visit")


@pytest.fixture(scope="module")
def page(folder):
    """Return a page that shows the desk; no script of it may fail."""
    with start_browser() as browser:
        page = browser.new_page(viewport={"width": 800, "height": 700})
        show(page, edit_codebook(open_study(folder)))
        page.get_by_role("tree").wait_for()
        yield page
        assert page.mishaps == []


def focused(page) -> str:
    """Return the first words of what has the cursor."""
    return page.evaluate("document.activeElement.firstChild?.textContent ?? ''")


def test_the_tree_is_walked_and_chosen_by_keys(page):
    """One stop of the Tab key: arrows, Home, End, Left and letters go on, Enter chooses, and the cursor stays."""
    page.locator('[role="treeitem"][tabindex="0"]').focus()
    stops = []
    for key in ("ArrowDown", "ArrowDown", "ArrowLeft", "End", "d", "End", "ArrowUp", "n"):
        page.keyboard.press(key)
        stops.append(focused(page))
    assert stops == [
        "Nobody picks up the phone", "Weeks until a date", "Date", "The pharmacy explains", "Date",
        "The pharmacy explains", "A clear plan", "Nobody picks up the phone",
    ]  # fmt: skip
    page.keyboard.press("Enter")
    page.get_by_role("group", name="Nobody picks up the phone").wait_for()
    assert focused(page) == "Nobody picks up the phone"
    assert page.get_by_role("tree").locator('[aria-selected="true"]').inner_text().startswith("Nobody picks up")


def test_the_tree_stays_where_it_was(page):
    """A code far down is chosen by a click, and the tree does not jump back to its top."""
    page.get_by_role("treeitem", name="The pharmacy explains").click()
    page.get_by_role("group", name="The pharmacy explains").wait_for()
    assert page.locator(".cjm-tree").evaluate("tree => tree.scrollTop") > 100


def test_a_code_is_renamed_and_the_name_taken_back(page, folder):
    """Typing a name and a reason and Enter is enough; what was done is said aloud."""
    page.get_by_role("button", name="Rename", exact=True).click()
    page.get_by_label("New name").fill("Pharmacy helps")
    page.get_by_label("Why?").fill("Shorter")
    page.get_by_label("Why?").press("Enter")
    page.get_by_role("group", name="Pharmacy helps").wait_for()
    assert "renamed to 'Pharmacy helps'" in page.locator(".cjm-unseen").inner_text()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("group", name="The pharmacy explains").wait_for()
    assert "Pharmacy helps" not in saved(folder, "codebook")["label"].tolist()


def is_seen(page, selector) -> bool:
    """Tell whether an element stands within the view, but for a part of a pixel."""
    box = page.locator(selector).bounding_box()
    return box["y"] > -1 and box["y"] + box["height"] < page.viewport_size["height"] + 1


def test_a_form_that_opens_has_the_cursor_and_is_seen(page):
    """Split puts the cursor into its first field; leaving puts it back on the button, and neither leaves the view."""
    page.get_by_role("button", name="Split", exact=True).click()
    page.get_by_role("group", name="Split 'The pharmacy explains'").wait_for()
    assert page.evaluate("document.activeElement.dataset.focus") == "parts"
    assert is_seen(page, "[data-focus=parts]") and page.evaluate("scrollY") > 300
    page.get_by_role("button", name="Leave it as it is").click()
    page.get_by_role("button", name="Split", exact=True).wait_for()
    assert page.evaluate("document.activeElement.dataset.focus") == "button:open:split"
    assert is_seen(page, "[data-focus='button:open:split']")


def test_what_was_saved_is_said_where_it_was_clicked(page):
    """The cursor stays on Save, and below it stands what came of it."""
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".cjm-good", has_text="Nothing was changed").wait_for()
    assert page.evaluate("document.activeElement.dataset.focus") == "button:save"
    assert is_seen(page, ".cjm-good") and is_seen(page, "[data-focus='button:save']")


def test_nothing_hinders_a_reader(page):
    """axe-core finds no violation, and at 800 pixels nothing is wider than the page."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    violations = axe.Axe().run(page, options={"rules": PAGE_RULES}).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 800
