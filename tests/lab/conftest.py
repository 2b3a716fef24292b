"""A small study, and an editor of its worksheets in a page of a real browser."""

import pytest
from lab.editor_page import Editor, start_browser

from cjm_helpers.lab import editor_draft
from cjm_helpers.lab.table_editor import edit_worksheet
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import new_study

TOUCHPOINTS = (
    "touchpoint_id,name,stage,position,channels\nadvert,Advert,Awareness,10,Web\n"
    "basket,Basket,Purchase,10,Web;App\npay,Pay,Purchase,20,\nthanks,<img src=x onerror=boom()>,Advocacy,10,\n"
)
STATEMENTS = "statement_id,touchpoint_id,field,text,basis\ns001,pay,need,No second trip,reported\n"
FEEDBACK = "feedback_id,touchpoint_id,source,text\nf1,pay,survey,Card refused again\nf2,basket,review,Fine\n"


@pytest.fixture(scope="module")
def browser():
    """One browser for all tests of a file."""
    with start_browser() as browser:
        yield browser


@pytest.fixture
def shop(tmp_path):
    """A study of four touchpoints, one of them with markup in its name, a statement and two quotes."""
    folder = new_study(tmp_path / "shop")
    for name, text in (("touchpoints", TOUCHPOINTS), ("statements", STATEMENTS), ("feedback", FEEDBACK)):
        (folder / "worksheets" / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def edit(browser, shop, monkeypatch):
    """Return edit(name): an Editor of that worksheet, in a page of its own."""
    monkeypatch.setattr(editor_draft, "WAITING", {})
    pages = []

    def open_editor(name="touchpoints", *, study=None):
        pages.append(browser.new_page(viewport={"width": 1000, "height": 700}))
        return Editor(pages[-1], edit_worksheet(study or open_study(shop), name))

    yield open_editor
    mishaps = [mishap for page in pages for mishap in page.mishaps]
    for page in pages:
        page.close()
    assert mishaps == []
