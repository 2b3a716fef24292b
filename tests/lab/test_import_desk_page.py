"""The import desk in a real browser: files are chosen, drop-downs set, buttons clicked."""

import pytest
from lab.editor_page import show, start_browser
from lab.exports import list_interviews, list_rows, write_csv

from cjm_helpers.lab.import_desk import bring_in_file
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import new_study

STEPS = ("Look at it", "Show what would come of it", "Bring it in")


@pytest.fixture(scope="module")
def browser():
    """A browser for all tests of this file."""
    with start_browser() as one:
        yield one


def bring(browser, folder, files: dict[str, bytes], *, change=None) -> str:
    """Choose files, click through the steps, and return what the desk says at the end."""
    page = browser.new_page()
    show(page, bring_in_file(open_study(folder)))
    content = [{"name": name, "mimeType": "text/plain", "buffer": text} for name, text in files.items()]
    page.set_input_files("input[type=file]", content)
    for step in STEPS:
        page.get_by_role("button", name=step, disabled=False).click()
        page.get_by_role("button", name=step).wait_for(state="hidden", timeout=20_000)
        if change and step == STEPS[0]:
            change(page)
    said = page.locator("[role=status], .cjm-message, p").all_inner_texts()
    assert not page.mishaps
    page.close()
    return "\n".join(said)


def test_a_survey_and_twelve_interviews_come_in(browser, tmp_path):
    """A survey, then twelve texts chosen at once, come in with four clicks and one change of a name each."""
    folder = new_study(tmp_path / "study")

    def rename(page):
        page.get_by_label("Name of the touchpoint of How satisfied were you with the parcel?").fill("Delivery")

    bring(browser, folder, {"survey.csv": write_csv(list_rows())}, change=rename)
    bring(browser, folder, list_interviews())
    study = open_study(folder)
    assert "delivery" in study.touchpoints["touchpoint_id"].tolist() and study.responses["customer_id"].nunique() == 60
    assert study.feedback["source"].value_counts()["interview"] == 36
