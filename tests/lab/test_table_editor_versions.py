"""Tests of looking back: what a worksheet held before comes into the page, and only Save writes it."""

from lab.editor_page import NAME, saved
from lab.test_table_editor import ask, folder, forget_drafts, put, read  # noqa: F401  fixtures


def look(ask, number):  # noqa: F811
    """Look at a version as the page does."""
    ask("do", steps=ask("look", number=number)["steps"])


def test_earlier_versions_are_listed(ask):  # noqa: F811
    """Each says how many rows it has and how many are not as in the file now, the newest first."""
    assert ask("versions")["versions"] == []
    ask("do", steps=[put("1.0", "name", "Poster")])
    ask("save")
    ask("do", steps=[{"do": "drop", "keys": ["1.1"]}, put("1.2", "name", "Payment")])
    assert ask("save")["kind"] == "faulty"  # a statement is about the basket
    ask("do", steps=[put("1.0", "name", "Banner"), {"do": "add", "rows": [[1, "1.1", *read_row(ask)]]}])
    assert ask("save")["kind"] == "saved"
    listed = [(one["number"], one["rows"], one["different"]) for one in ask("versions")["versions"]]
    assert listed == [(2, 3, 2), (1, 3, 2)]


def read_row(ask):  # noqa: F811
    """Return the cells of the basket."""
    return ["basket", "Basket", "Purchase", "10", *[""] * 12][: len(ask("hello")["columns"])]


def test_a_version_is_looked_at_and_saved(ask, folder):  # noqa: F811
    """Rows come back changed, deleted and in their places as they were, under their old ids; Save writes them."""
    before = read(folder)
    ask(
        "do",
        steps=[put("1.2", "name", "Payment"), {"do": "drop", "keys": ["1.0"]}, {"do": "move", "key": "1.2", "to": 0}],
    )
    ask("save")
    after = read(folder)
    look(ask, 1)
    assert ask("hello")["changed"] > 0 and read(folder).equals(after)
    assert ask("save")["kind"] == "saved" and read(folder)[list(before)].equals(before)


def test_ids_of_a_version_stay(ask, folder):  # noqa: F811
    """A row that comes back keeps its id, whatever its name is by now: other tables refer to it."""
    ask("do", steps=[put("1.2", "name", "Payment page")])
    ask("save")
    ask("do", steps=[{"do": "drop", "keys": ["1.2"]}])
    ask("save")
    look(ask, 2)
    ask("save")
    assert read(folder).iloc[2, :2].tolist() == ["pay", "Payment page"]


def test_a_version_that_is_gone_is_said(ask):  # noqa: F811
    """A number that is not kept any more is answered with what to do."""
    assert "not kept any more" in ask("look", number=7)["text"]


def test_looking_back_can_be_taken_back(edit, shop):
    """A click shows the rows as they stood, the file stays, and Undo brings the newer ones back."""
    editor = edit()
    editor.go(0, NAME)
    editor.type("Poster")
    editor.press("Control+s")
    editor.wait("Saved.")
    editor.click("Earlier versions")
    editor.page.get_by_role("button", name="Look at the rows until").click()
    editor.wait("as they stood until")
    assert editor.read(NAME)[0] == "Advert" and saved(shop)["name"][0] == "Poster"
    editor.click("↶ Undo")
    assert editor.read(NAME)[0] == "Poster"
    editor.wait("Everything is saved.")
