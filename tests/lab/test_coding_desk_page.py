"""Tests of the coding desk as a person meets it: a real browser, the real kernel side, no notebook."""

import pandas as pd
import pytest
from lab.conftest import TOUCHPOINTS
from lab.editor_page import show

from cjm_helpers.lab import coding_answers, coding_desk, editor_draft
from cjm_helpers.lab.coding_desk import code_feedback
from cjm_helpers.study import coding_file
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import new_study

COUNT, MANY = 8, 40
CODES = {"slow": "Slow page", "rude": "Rude people", "late": "Late parcel", "kind": "Kind people"}
CODEBOOK = "code_id,label,definition,parent,status\nweb,<img src=x onerror=boom()>,Anything there,,active\n" + "".join(
    f"{code_id},{label},It says {label.lower()},{'web' if code_id == 'slow' else ''},active\n"
    for code_id, label in CODES.items()
)
PLACES = """() => [...document.querySelectorAll("button, select, .cjm-said")]
  .map((one) => JSON.stringify(one.getBoundingClientRect()))"""


class Coder:
    """What a person sees of the coding desk and does with it."""

    def __init__(self, page):
        self.page, self.press = page, page.keyboard.press

    def keys(self, keys):
        """Press keys, faster than anybody does."""
        for key in keys:
            self.press(key)

    def given(self):
        """Return the codes that are shown as given."""
        return self.page.locator('.cjm-groups [aria-pressed="true"] span').all_inner_texts()

    def shown(self):
        """Return the id of the verbatim that is shown."""
        return self.page.locator(".cjm-words-box").get_attribute("aria-label").removeprefix("Verbatim ")

    def is_in_view(self, place):
        """Tell whether all of an element can be seen without scrolling."""
        box = self.page.locator(place).bounding_box()
        return box["y"] >= 0 and box["y"] + box["height"] <= self.page.viewport_size["height"]

    def wait(self, text, place=".cjm-status"):
        """Wait until the status line, or another place, holds a text."""
        script = "([place, text]) => document.querySelector(place)?.textContent.includes(text)"
        self.page.wait_for_function(script, arg=[place, text])


@pytest.fixture
def shop(tmp_path):
    """A study of eight verbatims, four codes and a theme; Ben has read the first verbatim."""
    folder = new_study(tmp_path / "shop")
    (folder / "worksheets" / "codings").mkdir(exist_ok=True)
    said = [f"f{number},survey,Words {number} of somebody\n" for number in range(COUNT)]
    ben = "feedback_id,coder_id,code_id,emotion\n" + "".join(f"f{number},ben,rude,-2\n" for number in range(COUNT))
    for name, text in (
        ("touchpoints", TOUCHPOINTS), ("feedback", "feedback_id,source,text\n" + "".join(said)),
        ("codebook", CODEBOOK), ("codings/ben", ben),
    ):  # fmt: skip
        (folder / "worksheets" / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def code(browser, shop, monkeypatch):
    """Return code(): Anna at the desk, in a page of its own, with everything as it is listed in the file."""
    for module, name in ((coding_file, "FILES"), (coding_answers, "ANSWERS"), (editor_draft, "LATEST")):
        monkeypatch.setattr(module, name, {})
    monkeypatch.setattr(coding_desk, "PEOPLE", {})
    pages = []

    def open_coder(coder="anna", *, pile="all"):
        page = browser.new_page(viewport={"width": 1000, "height": 800})
        pages.append(page)
        page.set_default_timeout(10_000)
        page.clock.install()
        show(page, code_feedback(open_study(shop), coder=coder))
        page.wait_for_selector(".cjm-said, .cjm-panel")
        if coder:
            page.locator(".cjm-pile select").select_option(pile)
            page.wait_for_function("document.querySelector('.cjm-status').textContent === ''")
            page.locator(".cjm-said").click()
        return Coder(page)

    yield open_coder
    mishaps = [mishap for page in pages for mishap in page.mishaps]
    for page in pages:
        page.close()
    assert mishaps == []


def saved(folder, coder="anna"):
    """Return a coder's rows as [feedback_id, code_id, touchpoint_id, emotion, note]."""
    frame = pd.read_csv(folder / f"worksheets/codings/{coder}.csv", dtype=str, keep_default_na=False)
    return frame[["feedback_id", "code_id", "touchpoint_id", "emotion", "note"]].values.tolist()


def test_verbatims_are_coded_by_keys(code, shop):
    """Codes, emotion and the way on are one key each; moving on does not wait, and nothing is lost."""
    coder = code()
    coder.keys("12--n0n3+")
    coder.wait("Saved.")
    assert saved(shop) == [
        ["f0", "slow", "", "-2", ""], ["f0", "rude", "", "-2", ""],
        ["f1", "none", "", "", ""], ["f2", "late", "", "1", ""],
    ]  # fmt: skip
    coder.wait("3 of 8 in all", ".cjm-count")
    assert coder.given() == ["Late parcel"]


def test_nothing_moves_when_a_code_is_given(code):
    """Buttons and words stay where they are, so that a hand finds the next one."""
    coder = code()
    before = coder.page.evaluate(PLACES)
    coder.keys("13-")
    coder.wait("Saved.")
    assert coder.given() == ["Slow page", "Late parcel"]
    assert coder.page.evaluate(PLACES) == before


def test_steps_are_taken_back_by_a_key(code, shop):
    """u goes back to the verbatim of the last action and takes it back; Ctrl+Y does it again."""
    coder = code()
    coder.keys("1n2nnu")
    coder.wait("Taken back.")
    assert coder.shown() == "f1" and coder.given() == []
    coder.press("Control+y")
    coder.wait("Done again.")
    assert coder.given() == ["Rude people"] and [row[:2] for row in saved(shop)] == [["f0", "slow"], ["f1", "rude"]]


def test_fields_keep_their_keys(code, shop):
    """In the note letters are letters; Enter goes back to the keys, and touchpoint and note are saved."""
    coder = code()
    coder.keys("1m")
    coder.page.keyboard.type("2 minutes, not under 1")
    coder.keys(["Enter", "t"])
    coder.page.keyboard.type("Bask")
    coder.keys(["Escape", "3"])
    coder.wait("Saved.")
    assert {tuple(row[1:]) for row in saved(shop)} == {
        ("slow", "basket", "", "2 minutes, not under 1"), ("late", "basket", "", "2 minutes, not under 1"),
    }  # fmt: skip


def test_a_code_is_found_by_its_words(code, shop):
    """/ opens a field that finds codes by any word; Enter gives the one chosen, its meaning stands below."""
    coder = code()
    coder.press("/")
    coder.page.keyboard.type("people")
    assert coder.page.locator(".cjm-found span").all_inner_texts() == ["Rude people", "Kind people"]
    coder.keys(["ArrowDown", "Enter"])
    coder.wait("Saved.")
    assert saved(shop) == [["f0", "kind", "", "", ""]]
    assert "It says kind people" in coder.page.locator(".cjm-explain").inner_text()


def test_no_answer_turns_to_not_saved(code, shop):
    """An action that no kernel answers within five seconds is named as not saved; a late answer is heard."""
    coder = code()
    coder.page.stopped = True
    coder.press("1")
    coder.wait("Saving")
    coder.page.clock.fast_forward(5_100)
    coder.wait("What is not saved: f0: Slow page given")
    assert "run the whole notebook again (menu Run, Run All Cells)" in coder.page.inner_text(".cjm-status")
    coder.press("2")
    assert coder.given() == ["Slow page"], "nobody codes on into nothing"
    coder.page.stopped = False
    coder.page.evaluate("hear({ kind: 'as before', seq: sent.length })")
    coder.wait("Saved.")


def test_others_are_seen_only_afterwards(code):
    """What Ben gave stands nowhere in the page before Anna has answered and asked twice; it is shown in view."""
    coder = code()
    coder.press("o")
    coder.wait("First say yourself")
    assert "ben" not in coder.page.content()
    coder.keys("1o")
    coder.wait("Press o once more")
    coder.keys("mx")
    coder.keys(["Escape", "o"])
    coder.wait("Press o once more")
    assert "others" not in coder.page.evaluate("sent.slice(sent.indexOf('do'))"), "another key in between asks anew"
    coder.press("o")
    coder.wait("ben: Rude people; emotion −2", ".cjm-given")
    assert coder.is_in_view(".cjm-given")
    coder.press("3")
    coder.wait("agreement is measured before people talk")
    assert coder.given() == ["Slow page"]


def test_suggestions_are_ringed_and_taken_over(code, shop):
    """Enter takes what is as likely as not, and Enter again goes on; what is unlikely is for a key to give."""
    machine = "feedback_id,coder_id,code_id,note\nf9,machine,late,probability 0.82\nf9,machine,rude,probability 0.07\n"
    machine += "f10,machine,slow,probability 0.10\n"
    (shop / "worksheets/codings/machine.csv").write_text(machine, encoding="utf-8")
    with (shop / "worksheets/feedback.csv").open("a", encoding="utf-8") as file:
        file.write("f9,survey,Where is it?\nf10,survey,So so\n")
    coder = code(pile="review")
    ringed = coder.page.locator(".is-suggested").all_inner_texts()
    assert [one.split("\n")[-2:] for one in ringed] == [["Rude people", "7 %"], ["Late parcel", "82 %"]]
    coder.wait("Enter takes over: Late parcel.", ".cjm-hint")
    coder.press("Enter")
    coder.wait("Saved.")
    coder.keys(["Enter", "Enter"])
    coder.wait("None of these is likely enough")
    assert saved(shop) == [["f9", "late", "", "", ""]] and coder.shown() == "f10"
    coder.press("1")
    coder.wait("Saved.")
    coder.press("Enter")
    coder.wait("Everything here is read")


def test_a_new_pile_is_there_when_the_pointer_comes_back(code, shop):
    """What the machine suggested meanwhile can be chosen as soon as the pointer is over the desk again."""
    coder = code()
    coder.page.mouse.move(500, 2)
    (shop / "worksheets/feedback.csv").open("a", encoding="utf-8").write("f9,survey,Where is it?\n")
    machine = "feedback_id,coder_id,code_id,note\nf9,machine,late,probability 0.82\n"
    (shop / "worksheets/codings/machine.csv").write_text(machine, encoding="utf-8")
    coder.page.clock.fast_forward(1_100)
    coder.page.mouse.move(500, 200)
    coder.page.wait_for_function("[...document.querySelectorAll('option')].some((one) => one.value === 'review')")


def test_keys_stay_with_the_desk(code):
    """No key that is pressed here reaches the page around it, where it would be a shortcut."""
    coder = code()
    coder.page.evaluate("window.escaped = 0; document.addEventListener('keydown', () => (window.escaped += 1))")
    coder.keys(["d", "d", "Enter", "a", "Escape", "ArrowDown", "0", "?"])
    assert coder.page.evaluate("window.escaped") == 0
    assert coder.is_in_view(".cjm-keys")


def test_the_desk_is_heard_as_well_as_seen(code):
    """Buttons say whether they are pressed, by which key and what they mean; a voice says what was done."""
    coder = code()
    button = coder.page.get_by_role("button", name="Slow page")
    assert button.get_attribute("aria-keyshortcuts") == "1" and "It says slow page" in button.get_attribute(
        "aria-description"
    )
    coder.press("1")
    coder.wait("Slow page given. Saved.", "[role=status]")
    assert button.get_attribute("aria-pressed") == "true"
    coder.page.get_by_role("button", name="Rude people").focus()
    assert "It says rude people" in coder.page.locator(".cjm-explain").inner_text()


def test_who_codes_is_asked_in_the_page(code):
    """Without a name the desk asks who sits there; the machine is refused there."""
    coder = code("")
    coder.page.get_by_label("Your name").fill("machine")
    coder.press("Enter")
    coder.wait("no person codes under it", ".cjm-refusal")
    coder.page.get_by_label("Your name").fill("Zoë")
    coder.press("Enter")
    coder.wait("of zoe", ".cjm-title")


def test_more_codes_than_keys(code, shop):
    """With forty codes no key stands on two of them, none is a key of the desk, and the rest is found by words."""
    more = "".join(f"code_{number},Code {number},,,active\n" for number in range(MANY))
    (shop / "worksheets/codebook.csv").write_text(CODEBOOK + more, encoding="utf-8")
    coder = code()
    keys = coder.page.locator(".cjm-codes kbd").all_inner_texts()
    assert len(keys) == len(set(keys)) == 29 and not set(keys) & set("0nutmoc/?+-")
    coder.press("/")
    coder.page.keyboard.type("code 39")
    coder.press("Enter")
    coder.wait("Saved.")
    assert saved(shop) == [["f0", "code_39", "", "", ""]]
