"""Tests of what one table editor knows of the others: what may be chosen, who works here, and ids that are pasted."""

from pathlib import Path

import pandas as pd
import pytest
from lab.editor_page import CHANNELS, saved
from lab.test_table_editor import folder, forget_drafts, put, read, talk_to  # noqa: F401  fixtures that tests use
from lab.test_table_editor_typing import PASTE

from cjm_helpers.lab import editor_draft, editor_queue
from cjm_helpers.lab.table_editor import edit_worksheet
from cjm_helpers.study.folder import open_study

CODES = (
    "code_id\tlabel\tparent\tvalence\nno_news\tNot told what happens next\tgap\t-1\n"
    "gap\tGap in communication\t\t-1\nNot an id!\tLong wait\t\t-1\n"
)


@pytest.fixture(autouse=True)
def forget_people(monkeypatch):
    """Each test begins with a kernel that knows nobody."""
    monkeypatch.setattr(editor_queue, "PEOPLE", {})
    monkeypatch.setattr(editor_draft, "LATEST", {})


def list_names(answer, column):
    """Return what may be chosen in a column, as the page is told."""
    return [one[1] for name in answer["columns"] if name["name"] == column for one in name["options"]]


def add_persona(ask, name="Zoe"):
    """Add a persona and save."""
    width = len(ask("hello")["columns"])
    ask("do", steps=[{"do": "add", "rows": [[2, "new-1", *[""] * width]]}, put("new-1", "name", name)])
    return ask("save")


def test_other_tables_hear_what_was_saved(folder):  # noqa: F811
    """A persona that was saved can be chosen at once in the statements, which keep their changes."""
    personas, there = (edit_worksheet(open_study(folder), name) for name in ("personas", "statements"))
    ask, heard = talk_to(there), []
    ask("do", steps=[put("1.0", "text", "One trip")])
    there.send = heard.append
    assert add_persona(talk_to(personas))["kind"] == "saved"
    (told,) = heard
    assert told["kind"] == "choices" and list_names(told, "persona_id") == ["Lena", "Omar", "Zoe"]
    again = talk_to(there)
    again("do", steps=[put("1.0", "persona_id", "zoe")])
    assert again("save")["kind"] == "saved" and read(folder, "statements")["text"][0] == "One trip"


def test_a_study_opened_before_is_shown_as_it_is_now(folder):  # noqa: F811
    """A cell that is run again with the study of before offers what was saved since."""
    study = open_study(folder)
    add_persona(talk_to(edit_worksheet(study, "personas")))
    assert "Zoe" in list_names(talk_to(edit_worksheet(study, "statements"))("hello"), "persona_id")


def test_files_that_others_changed_are_seen_on_coming_back(folder):  # noqa: F811
    """Coming back to a table brings new choices where a file was changed, else nothing."""
    ask = talk_to(edit_worksheet(open_study(folder), "statements"))
    assert ask("fresh")["kind"] == "as before"
    (folder / "worksheets" / "personas.csv").write_text("persona_id,name\nlena,Lena\nkim,Kim\n", encoding="utf-8")
    assert list_names(ask("fresh"), "persona_id") == ["Lena", "Kim"]


def test_a_persons_name_is_remembered(folder):  # noqa: F811
    """Who said once who they are is not asked again in this kernel, and can be somebody else."""
    ask = talk_to(edit_worksheet(open_study(folder), "touchpoint_ratings"))
    ask("who", person="Anna")
    again = talk_to(edit_worksheet(open_study(folder), "touchpoint_ratings"))
    assert again("hello")["part"] == "anna"
    assert again("not me")["kind"] == "who" and again("who", person="Ben")["part"] == "ben"


def test_an_open_table_offers_what_another_saved(edit, shop):
    """A drop-down that found nothing says where to add it, keeps the words, and has it once it is saved."""
    editor = edit("statements")
    editor.go(0, 1)
    editor.page.keyboard.type("zoe")
    editor.press("Enter")
    nothing = editor.page.locator(".cjm-nothing").inner_text()
    assert nothing == "Nothing found. Personas are added in the table Personas."
    editor.press("Escape")
    (shop / "worksheets" / "personas.csv").write_text("persona_id,name\nzoe,Zoe\n", encoding="utf-8")
    editor.page.evaluate("document.activeElement.blur()")
    editor.page.clock.fast_forward(2000)
    editor.go(0, 1)
    editor.page.keyboard.type("zoe")
    editor.page.get_by_role("option", name="Zoe").wait_for()
    editor.press("Enter")
    assert editor.read(1) == ["Zoe"]


def test_a_codebook_is_pasted_with_its_ids(edit, shop):
    """Ids that come from a file stay in new rows where they are ids and free, so that others find them."""
    editor = edit("codebook")
    editor.page.locator(".cjm-empty").focus()
    editor.page.evaluate(PASTE, CODES)
    editor.press("Control+s")
    editor.wait("Saved.")
    assert saved(shop, "codebook")["code_id"].tolist() == ["no_news", "gap", "long_wait"]
    assert saved(shop, "codebook")["parent"].tolist() == ["gap", "", ""]


def test_saved_ids_are_never_changed(folder):  # noqa: F811
    """An id that is pasted over a saved one is not taken, and the page hears which one stands."""
    ask = talk_to(edit_worksheet(open_study(folder), "touchpoints"))
    noted = ask("do", steps=[put("1.0", "touchpoint_id", "poster")])
    assert (noted["ids"], noted["changed"]) == ([["1.0", "advert"]], 0)


def test_an_id_that_stands_already_is_made_anew(folder):  # noqa: F811
    """Two rows never get one id, wherever it was pasted."""
    ask = talk_to(edit_worksheet(open_study(folder), "personas"))
    width = len(ask("hello")["columns"])
    rows = [[2, "new-1", *[""] * width], [3, "new-2", *[""] * width]]
    cells = [
        [key, column, text] for key in ("new-1", "new-2") for column, text in (("name", "Kim"), ("persona_id", "k"))
    ]
    assert ask("do", steps=[{"do": "add", "rows": rows}, {"do": "set", "cells": cells}])["ids"] == [["new-2", "kim"]]


@pytest.mark.parametrize("typed", ["website;phone", "website, phone", "website|phone"])
def test_a_typed_list_becomes_several(edit, shop, typed):
    """Values with a mark between them are several, whichever mark it is."""
    editor = edit()
    editor.go(2, CHANNELS)
    editor.page.keyboard.type(typed)
    assert editor.page.locator(".cjm-option-name").all_inner_texts() == ["Add “website” and “phone”"]
    editor.press("Tab")
    editor.press("Control+s")
    editor.wait("Saved.")
    assert saved(shop)["channels"][2] == "website;phone"


def test_a_pasted_list_becomes_several(edit, shop):
    """A pasted cell is split too, at line breaks as well, in the table and in the open field."""
    editor = edit()
    editor.go(2, CHANNELS)
    editor.page.evaluate(PASTE, "website, phone|web")
    assert editor.read(CHANNELS)[2] == "website, phone, Web"
    editor.go(0, CHANNELS)
    editor.press("Delete")
    editor.press("Enter")
    editor.page.evaluate(PASTE, "fax\nmail")
    editor.press("Tab")
    assert editor.read(CHANNELS)[0] == "fax, mail"


def test_the_first_letter_stands_in_the_evidence_search(edit):
    """Typing on a cell of evidence opens the search with what was typed."""
    editor = edit("statements")
    at = editor.page.locator('[data-column="evidence_ids"]').get_attribute("aria-colindex")
    editor.go(0, int(at) - 2)
    editor.page.keyboard.type("card")
    assert editor.page.get_by_label("Search the evidence").input_value() == "card"


def test_what_a_new_row_needs_is_marked_before_it_is_said(edit):
    """Required columns say so; a new row's empty ones are tinted, and the sentences come with Save."""
    editor = edit("kpis")
    editor.click("Add the first row")
    assert editor.page.locator(".cjm-th", has_text="Direction").locator(".cjm-needed").count() == 1
    editor.type("Returns", "Tab")
    editor.pause()
    editor.page.wait_for_function("window.sent.includes('check')")
    assert (editor.page.locator(".is-needed").count(), editor.page.locator(".is-wrong").count()) == (2, 0)
    assert editor.page.locator(".cjm-faults li").count() == 0
    editor.press("Control+s")
    editor.wait("Not saved")
    assert (editor.page.locator(".is-needed").count(), editor.page.locator(".is-wrong").count()) == (0, 2)
    assert editor.page.locator(".cjm-faults li").count() == 2


def test_what_a_new_row_needs_is_said_once_it_is_left(edit):
    """Going on to another row brings the sentences of the row that was left."""
    editor = edit("kpis")
    editor.click("Add the first row")
    editor.type("Returns", "Tab")
    editor.click("Add row")
    assert editor.page.locator(".cjm-faults li").count() == 2


def test_the_starter_codebook_is_pasted_over_a_first_row(edit, shop):
    """The template opened in a spreadsheet comes in whole, also where an empty row was added before."""
    template = Path(__file__).parents[2] / "templates" / "workshop" / "starter_codebook.csv"
    starter = pd.read_csv(template, dtype=str, keep_default_na=False)
    editor = edit("codebook")
    editor.click("Add the first row")
    editor.page.evaluate(PASTE, starter.to_csv(sep="\t", index=False))
    editor.press("Control+s")
    editor.wait("Saved.")
    columns = ["code_id", "label", "parent"]
    assert saved(shop, "codebook")[columns].equals(starter[columns])
