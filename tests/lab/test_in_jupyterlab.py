"""A new user in a real JupyterLab and a real browser: from a survey and twelve interviews to a map, by clicks alone."""

import re

import pytest
from lab.editor_page import start_browser
from lab.exports import list_interviews, list_rows, write_csv
from lab.lab_driver import Driver, start_server

from cjm_helpers.study.folder import check_study, open_study
from cjm_helpers.study.kit import new_study

ALL_STEPS = ("Look at it", "Show what would come of it", "Bring it in")
BROUGHT = "Run the notebook again"
WORDS_LINKED = 10


class NewUser(Driver):
    """A person who counts what they click, choose and type."""

    clicks = fields = 0

    def click(self, label: str) -> None:
        """Click a button or link, and count it."""
        self.clicks += 1
        super().click(label)

    def type(self, label: str, text: str) -> None:
        """Fill in a field, and count it."""
        self.fields += 1
        super().type(label, text)

    def bring_in(self, files: list) -> None:
        """Choose files and go through the form; every guess is taken as it is."""
        self.fields += 1
        self.notebook.locator("input[type=file]").first.set_input_files(files)
        for label in ALL_STEPS:
            self.click(label)
        self.notebook.get_by_role("button", name=BROUGHT).first.wait_for()

    def find_editor(self, title: str):
        """Return the table editor with a title."""
        return self.notebook.locator(".cjm-editor").filter(has_text=title).first

    def add_row(self, editor, cells: dict[int, str]) -> None:
        """Add a row to an editor and type into its cells by their place; the rest is left to the editor."""
        first = editor.get_by_role("button", name="Add the first row")
        (first if first.count() else editor.get_by_role("button", name="Add row")).click()
        row = editor.locator("[data-r]").last.get_attribute("data-r")
        for place, text in cells.items():
            editor.locator(f'[data-r="{row}"][data-c="{place}"]').click()
            self.page.keyboard.type(text)
            self.page.keyboard.press("Enter")
        self.clicks, self.fields = self.clicks + 1, self.fields + len(cells)

    def link_words(self, touchpoint: str) -> None:
        """Say who one is at the link desk, and give each of the first ten quotes that touchpoint."""
        desk = self.notebook.locator(".cjm-reading").filter(has_text="Link feedback to touchpoints")
        desk.get_by_label("Names").fill("anna")
        desk.get_by_role("button", name="Go on").click()
        for linked in range(1, WORDS_LINKED + 1):
            desk.get_by_label("Another touchpoint").select_option(label=touchpoint)
            desk.get_by_role("button", name="Link", exact=True).click()
            desk.get_by_text(re.compile(rf"^{linked} of \d+ linked")).wait_for()
        self.clicks, self.fields = self.clicks + 1 + WORDS_LINKED, self.fields + 1 + WORDS_LINKED

    def save(self, editor) -> None:
        """Click Save and wait until it is done."""
        self.clicks += 1
        editor.get_by_role("button", name="Save", exact=True).click()
        editor.get_by_text("Saved.").first.wait_for()


@pytest.fixture(scope="module")
def user(tmp_path_factory):
    """Somebody before a JupyterLab that opened a blank study."""
    root, home = tmp_path_factory.mktemp("root"), tmp_path_factory.mktemp("home")
    with start_browser() as browser, start_server(new_study(root / "begin"), home=home) as (address, _):
        person = NewUser(browser, address)
        person.root, person.home = root, home
        yield person


@pytest.fixture(scope="module")
def files(user):
    """What a survey tool and twelve talks leave behind."""
    talks = list_interviews()
    for name, content in {"survey.csv": write_csv(list_rows()), **talks}.items():
        (user.home / name).write_bytes(content)
    return [user.home / "survey.csv"], [user.home / name for name in talks]


def test_a_survey_and_twelve_interviews_become_a_map(user, files):
    """New study, two imports, a persona, ten quotes linked, a touchpoint added: all of it stands on the map."""
    user.open_notebook("begin/notebooks/00_start_here.ipynb")
    user.run_all()
    user.click("New study")
    user.type("Name of your study", "Our shop")
    user.click("Make the study")
    user.click("Open its notebook")
    user.wait_idle("our_shop/notebooks/00_start_here.ipynb")
    user.run_all()
    for chosen in files:
        user.bring_in(chosen)
    study = open_study(user.root / "our_shop")
    assert (len(study.touchpoints), study.feedback["source"].eq("interview").sum()) == (8, 36)

    user.open_notebook("our_shop/notebooks/04_feedback.ipynb")
    user.run_all()
    user.link_words("Payment page")
    assert open_study(user.root / "our_shop").alignments["touchpoint_id"].tolist() == ["payment_page"] * WORDS_LINKED

    user.open_notebook("our_shop/notebooks/02_touchpoints.ipynb")
    user.run_all()
    editor = user.find_editor("Touchpoints")
    user.add_row(editor, {1: "Kiosk in the mall", 2: "Purchase"})
    user.save(editor)

    user.open_notebook("our_shop/notebooks/07_journey_map.ipynb")
    user.run_all()
    table = user.notebook.locator("table").filter(has_text="Kiosk in the mall").first
    assert "Payment page" in table.text_content() and "95 % interval" in table.text_content()
    assert "“" in table.text_content()
    assert not check_study(user.root / "our_shop").faults
    print(f"{user.clicks} clicks, {user.fields} fields")
