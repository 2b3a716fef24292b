"""Tests of the table editor as a person meets it: a real browser, the real kernel side, no notebook."""

import pandas as pd
from lab.conftest import TOUCHPOINTS
from lab.editor_page import NAME, POSITION, saved, show

from cjm_helpers.lab.table_editor import edit_worksheet
from cjm_helpers.study.folder import open_study


def test_a_change_is_typed_and_saved(edit, shop):
    """Typing over a cell and Ctrl+S changes the file, and the way to see it in the notebook is offered."""
    editor = edit()
    editor.go(0, NAME)
    editor.type("Poster")
    editor.wait("1 change not saved yet")
    assert saved(shop)["name"][0] == "Advert"
    editor.press("Control+s")
    editor.wait("Saved.")
    assert saved(shop)["name"][0] == "Poster"
    editor.click("Show it: run the notebook again")
    editor.wait("choose Run, then Run All Cells")


def test_a_row_is_added_with_its_id_and_place(edit, shop):
    """A new touchpoint needs a name and a stage; its id and its place within the stage come by themselves."""
    editor = edit()
    editor.click("Add row")
    editor.type("Thank-you card", "Tab")
    editor.type("purch")
    editor.press("Control+s")
    editor.wait("Saved.")
    assert saved(shop).iloc[-1, :4].tolist() == ["thank_you_card", "Thank-you card", "Purchase", "30"]


def test_a_fault_is_said_at_the_cell_and_in_the_list(edit):
    """What the page sees is said at once, what the kernel knows after a pause, and the list leads there."""
    editor = edit()
    editor.go(0, POSITION)
    editor.type("ten", "ArrowDown")
    editor.press("Enter")
    assert "not readable as a number" in editor.page.locator(".is-wrong").get_attribute("title")
    editor.go(1, NAME)
    editor.press("Delete")
    editor.pause()
    editor.page.wait_for_function("document.querySelectorAll('.cjm-faults li').length === 2")
    editor.page.locator(".cjm-faults").get_by_role("button", name="Row 2, Position").click()
    assert "not readable as a number" in editor.page.locator(".cjm-about").inner_text()
    editor.press("Control+s")
    editor.wait("Not saved: some things have to be mended first")


def test_a_deleted_row_that_others_need_is_said(edit):
    """Deleting a touchpoint that a statement is about is said before saving, with that place."""
    editor = edit()
    editor.go(2, NAME)
    editor.press("Control+Delete")
    editor.pause()
    editor.page.wait_for_selector("text=worksheets/statements.csv, row 2")


def test_what_is_being_typed_outlives_a_change_elsewhere(edit):
    """Where the rows are shown anew as another tab changed them, the cell that was being typed in keeps its text."""
    editor = edit()
    editor.go(0, NAME)
    editor.page.keyboard.type("Poster")
    editor.page.evaluate("hear({ kind: 'moved', by: 'another tab' })")
    editor.wait("1 change not saved yet")
    assert editor.read(NAME)[:2] == ["Poster", "Basket"]


def test_no_answer_turns_to_not_saved(edit):
    """A change that no kernel answers is said to be unsaved within five seconds; a late answer is heard."""
    editor = edit()
    editor.page.stopped = True
    editor.go(0, NAME)
    editor.type("Poster")
    editor.page.clock.fast_forward(5_100)
    editor.wait("Not saved")
    assert editor.page.get_by_role("button", name="Copy all rows").is_visible()
    editor.page.evaluate("hear({ kind: 'noted', changed: 1, ids: [], seq: 2 })")
    editor.page.evaluate("hear({ kind: 'checked', faults: [], seq: 3 })")
    editor.wait("1 change not saved yet")


def test_a_page_without_a_kernel_says_so(browser, shop):
    """Where nothing answers at all, the page says which cell to run, in place of a table that would lose edits."""
    page = browser.new_page()
    page.clock.install()
    show(page, edit_worksheet(open_study(shop), "touchpoints"), is_stopped=True)
    page.clock.fast_forward(3_100)
    page.wait_for_selector("text=Not connected: run this cell")
    page.close()


def test_evidence_is_searched_and_ticked(edit, shop):
    """The picker finds quotes by their words, what is about the same touchpoint first, and writes ids."""
    editor = edit("statements")
    editor.page.locator(".cjm-grid").focus()
    editor.press("End")
    editor.press("ArrowLeft")
    editor.press("Enter")
    first = editor.page.locator(".cjm-hit").first
    assert "Card refused again" in first.inner_text()
    editor.page.get_by_label("Search the evidence").fill("fine review")
    editor.press("Enter")
    editor.page.wait_for_function("document.querySelectorAll('.cjm-hit').length === 1")
    editor.page.get_by_label("“Fine”").check()
    editor.click("Done")
    editor.press("Control+s")
    editor.wait("Saved.")
    assert saved(shop, "statements")["evidence_ids"].tolist() == ["f2"]


def test_both_versions_are_shown_and_one_is_kept(edit, shop):
    """Where two people changed a cell, the panel shows both, and the chosen one is written."""
    editor = edit()
    editor.go(0, NAME)
    editor.type("Poster")
    (shop / "worksheets" / "touchpoints.csv").write_text(TOUCHPOINTS.replace("Advert,", "Banner,"), encoding="utf-8")
    editor.press("Control+s")
    panel = editor.page.locator(".cjm-conflicts")
    assert {"Advert", "Poster", "Banner"} <= set(panel.inner_text().split())
    editor.page.get_by_label("Poster").check()
    editor.click("Keep these")
    editor.wait("Saved.")
    assert saved(shop)["name"][0] == "Poster"


def test_an_example_offers_a_copy(edit, tmp_path, monkeypatch):
    """The first edit of a shipped example opens the offer, which makes a study and leads to its notebook."""
    monkeypatch.setenv("CJM_LAB_ROOT", str(tmp_path))
    editor = edit("goals", study=open_study("retail_checkout"))
    editor.page.locator(".cjm-grid").focus()
    editor.page.keyboard.type("x")
    editor.page.get_by_label("Name of your study").fill("Our try")
    editor.page.locator(".cjm-panel").get_by_role("button", name="Make it my study").click()
    link = editor.page.get_by_role("link", name="Open its notebook")
    assert link.get_attribute("href").endswith("/lab/tree/our_try/notebooks/00_start_here.ipynb")
    assert (tmp_path / "our_try" / "study.toml").exists()


def test_an_empty_table_says_what_it_is_for(edit):
    """A table without rows says what a row would be, and one button begins."""
    editor = edit("goals")
    assert "One row will be one goal" in editor.page.locator(".cjm-empty").inner_text()
    editor.click("Add the first row")
    editor.type("More orders", "Tab")
    assert editor.read(0) == ["g1"]


def test_markup_in_cells_is_text(edit):
    """A cell that holds markup shows it as it is written; nothing of it is run."""
    editor = edit()
    editor.page.evaluate("void (window.boom = () => (window.hasRun = true))")
    assert editor.read(NAME)[3] == "<img src=x onerror=boom()>"
    editor.go(3, NAME)
    editor.press("Enter")
    editor.press("Enter")
    assert not editor.page.evaluate("window.hasRun || document.querySelectorAll('#desk img').length > 0")


def test_only_rows_in_sight_are_drawn(edit, shop):
    """Of many rows only those in sight stand in the page, and the last one is reached by a key."""
    rows = pd.DataFrame({"goal_id": [f"g{row}" for row in range(5_000)], "statement": "More"})
    rows.to_csv(shop / "worksheets" / "goals.csv", index=False)
    editor = edit("goals")
    editor.page.locator(".cjm-grid").focus()
    editor.press("Control+End")
    assert editor.read(0)[-1] == "g4999"
    assert editor.page.locator(".cjm-tr").count() < 40
