"""Tests of typing, choosing, pasting and moving in the table editor, in a real browser."""

from lab.conftest import TOUCHPOINTS
from lab.editor_page import CHANNELS, NAME, POSITION, STAGE, saved

PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
}"""
COPY = """() => {
  const data = new DataTransfer();
  document.activeElement.dispatchEvent(new ClipboardEvent("copy", { clipboardData: data, bubbles: true }));
  return data.getData("text/plain");
}"""


def test_undo_and_redo_go_many_steps(edit):
    """Every step is taken back in turn, deleted rows too, and done again."""
    editor = edit()
    editor.go(0, NAME)
    editor.type("Poster")
    editor.type("Trolley")
    editor.click("Delete")
    assert editor.read(NAME)[:2] == ["Poster", "Trolley"] and len(editor.read(NAME)) == 3
    for _ in range(3):
        editor.press("Control+z")
    assert editor.read(NAME)[:3] == ["Advert", "Basket", "Pay"]
    editor.wait("Everything is saved.")
    editor.press("Control+y")
    editor.press("Control+y")
    assert editor.read(NAME)[:3] == ["Poster", "Trolley", "Pay"]


def test_one_of_a_list_is_chosen(edit):
    """A controlled column opens a list; words narrow it down, Enter chooses, Escape changes nothing."""
    editor = edit()
    editor.go(0, STAGE)
    editor.page.keyboard.type("adv")
    assert editor.page.locator(".cjm-option-name").all_inner_texts() == ["Advocacy"]
    editor.press("Escape")
    assert editor.read(STAGE)[0] == "Awareness"
    editor.type("adv")
    assert editor.read(STAGE)[0] == "Advocacy"


def test_several_are_ticked(edit, shop):
    """A list column ticks what is known and takes what is new."""
    editor = edit()
    editor.go(2, CHANNELS)
    editor.page.keyboard.type("app")
    editor.press("Enter")
    editor.type("Kiosk")
    editor.press("Tab")
    assert editor.read(CHANNELS)[2] == "App, Kiosk"
    editor.press("Control+s")
    editor.wait("Saved.")
    assert saved(shop)["channels"][2] == "App;Kiosk"


def test_a_block_is_pasted(edit):
    """A block from a spreadsheet fills cells and adds rows; names become what is stored, ids are never typed."""
    editor = edit()
    editor.go(3, NAME)
    editor.page.evaluate(PASTE, 'Card\tadvocacy\t20\n"Gift\nbox"\tPURCHASE\t\n')
    editor.wait("2 rows pasted")
    assert editor.read(NAME)[3:] == ["Card", "Gift box"] and editor.read(STAGE)[3:] == ["Advocacy", "Purchase"]
    editor.press("Control+Home")
    editor.page.evaluate(PASTE, "my_id\tPoster")
    editor.wait("Left out: 1 cell")
    assert editor.read(0)[0] == "advert" and editor.read(NAME)[0] == "Poster"


def test_a_block_with_headings_finds_its_columns(edit):
    """A block whose first line names columns goes into those columns, wherever it is pasted."""
    editor = edit()
    editor.go(0, NAME)
    editor.page.evaluate(PASTE, "Stage\tName\nRetention\tPoster")
    editor.wait("1 row pasted")
    assert (editor.read(NAME)[0], editor.read(STAGE)[0]) == ("Poster", "Retention")


def test_copying_gives_what_pasting_takes(edit):
    """Chosen cells are copied as text with names in place of ids, a line a row."""
    editor = edit()
    editor.go(0, NAME)
    editor.press("Shift+ArrowRight")
    editor.press("Shift+ArrowDown")
    assert editor.page.evaluate(COPY) == "Advert\tAwareness\nBasket\tPurchase"


def test_a_name_that_stands_twice_is_copied_as_its_id(edit, shop):
    """Where pasting a name could lead to another row, the id is copied."""
    (shop / "worksheets" / "touchpoints.csv").write_text(TOUCHPOINTS.replace("Basket,", "Pay,"), encoding="utf-8")
    editor = edit("statements")
    editor.page.locator(".cjm-tr [data-c]", has_text="Pay").click()
    assert editor.page.evaluate(COPY) == "pay"


def test_sorting_and_searching_leave_the_file(edit, shop):
    """Other orders and a search change what is shown only; moving is off meanwhile."""
    editor = edit()
    editor.page.get_by_label("Order shown").select_option(label="By name")
    assert editor.read(NAME)[1:] == ["Advert", "Basket", "Pay"]
    assert editor.page.get_by_role("button", name="Up").is_disabled()
    editor.page.get_by_label("Search this table").fill("purch pay")
    assert editor.read(NAME) == ["Pay"]
    editor.go(0, NAME)
    editor.type("Payment")
    editor.press("Control+s")
    editor.wait("Saved.")
    assert saved(shop)["touchpoint_id"].tolist() == ["advert", "basket", "pay", "thanks"]
    assert saved(shop)["name"][2] == "Payment"


def test_moving_writes_the_place(edit, shop):
    """Moving a touchpoint past another of its stage changes the rows' order and both places."""
    editor = edit()
    editor.go(2, NAME)
    editor.press("Alt+ArrowUp")
    assert editor.read(NAME)[:3] == ["Advert", "Pay", "Basket"]
    assert editor.read(POSITION)[:3] == ["10", "10", "20"]
    editor.press("Alt+ArrowUp")
    assert editor.read(POSITION)[:3] == ["10", "10", "20"], "another stage has places of its own"


def test_keys_go_as_in_a_spreadsheet(edit):
    """Tab goes right and on to the next row, Enter edits, Escape then Tab leaves the table."""
    editor = edit()
    editor.go(0, NAME)
    editor.press("End")
    editor.press("Tab")
    assert editor.page.evaluate("document.activeElement.getAttribute('aria-activedescendant')").endswith("-1-0")
    editor.press("Control+End")
    assert editor.page.locator(".is-active").get_attribute("data-r") == "3"
    editor.press("Escape")
    editor.press("Tab")
    assert not editor.page.evaluate("document.activeElement.classList.contains('cjm-grid')")


def test_keys_stay_with_the_editor(edit):
    """No key that is pressed here reaches the page around it, where it would be a shortcut."""
    editor = edit()
    editor.page.evaluate("window.escaped = 0; document.addEventListener('keydown', () => (window.escaped += 1))")
    editor.go(0, NAME)
    for key in ("d", "d", "Enter", "a", "Escape", "ArrowDown", "Control+s"):
        editor.press(key)
    assert editor.page.evaluate("window.escaped") == 0
