"""Tests of going through words: the next ones without a touchpoint or a code come as rows, and one choice is left."""

import pytest
from lab.editor_page import saved
from lab.test_table_editor import forget_drafts, put, talk_to  # noqa: F401  a fixture that each test uses

from cjm_helpers.lab import editor_queue
from cjm_helpers.lab.table_editor import edit_worksheet
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.settings_writer import save_settings

LONG = "The courier rang once and left. " * 10
CODEBOOK = "code_id,label\nrude,Rude courier\n"
WORDS, TOUCHPOINT = 0, 1  # columns of alignments


@pytest.fixture
def talks(shop):
    """A study in which twelve paragraphs and a verbatim without words name no touchpoint."""
    editor_queue.PEOPLE.clear()
    rows = "".join(f"t{place},,interview,{LONG}Part {place}.\n" for place in range(12))
    head = "feedback_id,touchpoint_id,source,text\nf1,pay,survey,Card refused\nf2,,survey,\n"
    (shop / "worksheets" / "feedback.csv").write_text(head + rows, encoding="utf-8")
    (shop / "worksheets" / "codebook.csv").write_text(CODEBOOK, encoding="utf-8")
    return shop


def add_next(ask):
    """Put the next rows in, as the page does, and return their keys."""
    rows = ask("next")["rows"]
    keys = [f"new-{row[0]}" for row in rows]
    ask("do", steps=[{"do": "add", "rows": [[place, key, *row] for place, (key, row) in enumerate(zip(keys, rows))]}])
    return keys


def test_the_next_words_come_in_the_order_of_the_file(talks):
    """Ten come at once, then the rest; what has a touchpoint, no words or a row already does not come."""
    ask = talk_to(edit_worksheet(open_study(talks), "alignments"))
    assert ask("hello")["left"] == 12
    assert add_next(ask) == [f"new-t{place}" for place in range(10)]
    assert ask("hello")["left"] == 2 and ask("hello")["waiting"] == 10
    assert add_next(ask) == ["new-t10", "new-t11"] and ask("next")["rows"] == []


def test_rows_without_a_choice_wait(talks):
    """They are no fault and no change, are left out when the others are saved, and stay in the page."""
    ask = talk_to(edit_worksheet(open_study(talks), "alignments"))
    add_next(ask)
    assert ask("check")["faults"] == []
    noted = ask("do", steps=[put("new-t1", "touchpoint_id", "pay")])
    assert (noted["changed"], noted["waiting"]) == (1, 9)
    answer = ask("save")
    assert answer["table"] is None and (answer["changed"], answer["waiting"]) == (0, 9)
    assert saved(talks, "alignments")["feedback_id"].tolist() == ["t1"]
    assert len(ask("hello")["rows"]) == 10


def test_rows_wait_beside_what_others_wrote(talks):
    """Rows of someone else come in, and those that wait are still there, after a saving and after a new look."""
    ask = talk_to(edit_worksheet(open_study(talks), "alignments"))
    keys = add_next(ask)
    file = talks / "worksheets" / "alignments.csv"
    file.write_text("feedback_id,touchpoint_id,decided_by\nt11,basket,ben\n", encoding="utf-8")
    ask("do", steps=[put(keys[0], "touchpoint_id", "pay")])
    assert len(ask("save")["table"]["rows"]) == 11
    file.write_text("feedback_id,touchpoint_id,decided_by\nt11,pay,ben\n", encoding="utf-8")
    assert [row[2] for row in ask("hello")["rows"]] == ["pay", *[""] * 9]
    assert ask("forget")["waiting"] == 0


def test_a_touchpoint_taken_away_is_a_fault(talks):
    """A row that was saved does not wait: emptying its touchpoint is said."""
    ask = talk_to(edit_worksheet(open_study(talks), "alignments"))
    key = add_next(ask)[0]
    ask("do", steps=[put(key, "touchpoint_id", "pay")])
    ask("save")
    ask("do", steps=[put(key, "touchpoint_id", "")])
    assert ask("check")["faults"][0]["keys"] == [key]


def test_who_links_is_known_from_another_table(talks):
    """Whoever said their name for codings stands in decided_by; each coder goes through all words once."""
    ask = talk_to(edit_worksheet(open_study(talks), "codings"))
    ask("who", person="Anna")
    row = dict(zip([one["name"] for one in ask("hello")["columns"]], ask("next")["rows"][0]))
    assert (row["feedback_id"], row["coder_id"], row["code_id"]) == ("f1", "anna", "")
    links = talk_to(edit_worksheet(open_study(talks), "alignments"))
    assert links("next")["rows"][0] == ["t0", "", "anna"]


def test_a_team_of_one_is_known(talks):
    """Where only one person works on a study, nobody is asked."""
    save_settings(talks, changes={"team": {"cleo": "research"}})
    assert talk_to(edit_worksheet(open_study(talks), "alignments"))("next")["rows"][0][2] == "cleo"


def test_words_are_linked_by_clicks(edit, talks):
    """One click shows ten paragraphs, one choice each links them, and the status says what is left out."""
    editor = edit("alignments")
    editor.page.locator(".cjm-empty").get_by_role("button", name="Add the next 10 without a touchpoint").click()
    editor.page.wait_for_selector(".cjm-tr")
    assert editor.read(WORDS)[0] == f"{LONG}Part 0."
    assert "Part 0." in editor.page.locator(".cjm-words").inner_text()
    editor.wait("10 rows without a touchpoint are not saved yet.")
    editor.press("Enter")
    editor.page.get_by_role("option", name="Basket").click()
    editor.wait("1 change not saved yet. 9 rows without a touchpoint are left out until then.")
    editor.press("Control+s")
    editor.wait("Saved. 9 rows without a touchpoint are not saved yet.")
    assert saved(talks, "alignments").values.tolist() == [["t0", "basket", ""]]
    assert editor.page.locator(".cjm-faults li").count() == 0
    editor.click("Add the last 2 without a touchpoint")
    editor.wait("11 rows")
    assert editor.page.get_by_role("button", name="None left without a touchpoint").is_disabled()


def test_a_hasty_second_click_adds_nothing_twice(edit, talks):
    """Two clicks before an answer bring ten rows, not the same ten twice."""
    editor = edit("alignments")
    editor.page.locator(".cjm-empty button").evaluate("(button) => (button.click(), button.click())")
    editor.wait("10 rows without a touchpoint")
    assert len(set(editor.read(WORDS))) == len(editor.read(WORDS)) > 0


def test_copied_words_are_pasted_as_their_row(edit, talks):
    """A cell that shows words is copied as words; pasted, they mean the verbatim again."""
    (talks / "worksheets" / "alignments.csv").write_text("feedback_id,touchpoint_id\nt3,pay\n", encoding="utf-8")
    editor = edit("alignments")
    editor.page.evaluate(
        """(text) => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          const grid = document.querySelector(".cjm-grid");
          grid.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
        }""",
        f"{LONG}Part 3.\tBasket",
    )
    editor.press("Control+s")
    editor.wait("Saved.")
    assert saved(talks, "alignments").iloc[0, :2].tolist() == ["t3", "basket"]
