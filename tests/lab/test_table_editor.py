"""Tests of the table editor's kernel side: messages in, answers and files out."""

import pandas as pd
import pytest

from cjm_helpers.errors import CjmError
from cjm_helpers.lab import editor_draft
from cjm_helpers.lab.table_editor import edit_worksheet
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import new_study
from cjm_helpers.study.selection import select_rows

FILES = {
    "worksheets/personas.csv": "persona_id,name,basis,tagline\nlena,Lena,data,\nomar,Omar,proto,\n",
    "worksheets/touchpoints.csv": (
        "touchpoint_id,name,stage,position\nadvert,Advert,Awareness,10\nbasket,Basket,Purchase,10\npay,Pay,Purchase,20\n"
    ),
    "worksheets/statements.csv": (
        "statement_id,persona_id,touchpoint_id,field,text,basis\ns001,lena,basket,need,No second trip,assumed\n"
    ),
}


@pytest.fixture(autouse=True)
def forget_drafts(monkeypatch):
    """Each test begins with a kernel that holds no changes."""
    monkeypatch.setattr(editor_draft, "WAITING", {})


@pytest.fixture
def folder(tmp_path):
    """A study of two personas, three touchpoints and a statement."""
    folder = new_study(tmp_path / "shop")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def ask(folder):
    """Return ask(kind, ...): what an editor of the touchpoints answers."""
    return talk_to(edit_worksheet(open_study(folder), "touchpoints"))


def talk_to(desk, view="mine"):
    """Return a function that sends a message to a desk and returns its answer."""
    said = []
    desk.send = said.append

    def ask(kind, **about):
        said.clear()
        desk._receive(None, {"kind": kind, "seq": 1, "view": view, **about}, [])
        return said[-1]

    return ask


def put(key, column, value):
    """Return the step that puts a value in a cell."""
    return {"do": "set", "cells": [[key, column, value]]}


def read(folder, name="touchpoints"):
    """Return a worksheet as text cells."""
    return pd.read_csv(folder / "worksheets" / f"{name}.csv", dtype=str, keep_default_na=False)


def add_row(name, stage="Purchase", key="new-1"):
    """Return the steps that add a touchpoint at the end."""
    blank = [""] * 14
    return [{"do": "add", "rows": [[3, key, "", "", *blank]]}, put(key, "name", name), put(key, "stage", stage)]


def test_hello_brings_rows_and_columns(ask):
    """The page gets the rows under their keys, and what each column is filled with."""
    answer = ask("hello")
    assert [row[:3] for row in answer["rows"]][0] == ["1.0", "advert", "Advert"]
    fills = {column["name"]: column["fill"] for column in answer["columns"]}
    assert fills["touchpoint_id"] == "made"
    assert fills["stage"] == "choice" and fills["persona_ids"] == "ticks"
    assert ["lena", "Lena", ""] in next(one for one in answer["columns"] if one["name"] == "persona_ids")["options"]


def test_changes_wait_until_saved(ask, folder):
    """A change alone writes nothing; Save writes the worksheet whole, its other rows as they were."""
    assert ask("do", steps=[put("1.1", "name", "Shopping basket")])["changed"] == 1
    assert read(folder)["name"].tolist() == ["Advert", "Basket", "Pay"]
    assert ask("save")["said"] == "Saved."
    assert read(folder)["name"].tolist() == ["Advert", "Shopping basket", "Pay"]
    assert read(folder)["touchpoint_id"].tolist() == ["advert", "basket", "pay"]


def test_ids_are_made_from_names(ask, folder):
    """A new row gets an id from its name, another one when the name is changed before saving, none after."""
    assert ask("do", steps=add_row("Thank-you card"))["ids"] == [["new-1", "thank_you_card"]]
    assert ask("do", steps=[put("new-1", "name", "Card")])["ids"] == [["new-1", "card"]]
    ask("save")
    assert ask("do", steps=[put("new-1", "name", "Postcard")])["ids"] == []
    assert read(folder)["touchpoint_id"].tolist()[-1] == "card"


def test_numbered_ids_go_on(folder):
    """A new statement gets the next number as soon as something stands in it."""
    ask = talk_to(edit_worksheet(open_study(folder), "statements"))
    answer = ask("do", steps=[{"do": "add", "rows": [[1, "new-1", *[""] * 11]]}])
    assert answer["ids"] == []
    assert ask("do", steps=[put("new-1", "text", "Wants it fast")])["ids"] == [["new-1", "s002"]]


def test_rows_are_deleted_and_moved(ask, folder):
    """What is deleted is gone and what is moved stands elsewhere, once saved."""
    ask("do", steps=[{"do": "drop", "keys": ["1.0"]}, {"do": "move", "key": "1.2", "to": 0}])
    assert ask("save")["kind"] == "saved"
    assert read(folder)["touchpoint_id"].tolist() == ["pay", "basket"]


def test_taking_everything_back_leaves_no_change(ask):
    """A cell that holds again what the file holds is no change."""
    ask("do", steps=[put("1.0", "name", "Poster")])
    assert ask("do", steps=[put("1.0", "name", "Advert")])["changed"] == 0
    assert ask("save")["said"] == "Everything is saved already."


def test_checks_say_the_cell(ask):
    """A fault comes back with the row's key, its column and the sentence."""
    ask("do", steps=[put("1.2", "stage", "Purchas")])
    (fault,) = ask("check")["faults"]
    assert (fault["keys"], fault["column"]) == (["1.2"], "stage")
    assert "Did you mean 'Purchase'?" in fault["text"]


def test_a_fault_of_several_rows_is_marked_at_each(ask):
    """A sentence about many rows comes with the keys of all of them."""
    ask("do", steps=[put("1.1", "stage", "Buying"), put("1.2", "stage", "Buying")])
    faults = ask("check")["faults"]
    assert [key for fault in faults if fault["column"] == "stage" for key in fault["keys"]] == ["1.1", "1.2"]


def test_checks_say_what_leans_on_a_deleted_row(ask):
    """Deleting what another table refers to is said with that table's place."""
    ask("do", steps=[{"do": "drop", "keys": ["1.1"]}])
    (fault,) = ask("check")["faults"]
    assert fault["keys"] == [] and fault["text"].startswith("worksheets/statements.csv, row 2")


def test_faulty_rows_are_not_saved(ask, folder):
    """Saving what does not pass is refused with the faults, and the file stays."""
    before = read(folder)
    ask("do", steps=[put("1.0", "name", "")])
    answer = ask("save")
    assert answer["kind"] == "faulty" and answer["faults"][0]["keys"] == ["1.0"]
    assert read(folder).equals(before)


def test_two_people_change_different_cells(ask, folder):
    """What someone else wrote meanwhile stays, and so does mine."""
    ask("do", steps=[put("1.0", "name", "Poster")])
    file = folder / "worksheets" / "touchpoints.csv"
    file.write_text(FILES["worksheets/touchpoints.csv"].replace("Pay,", "Payment,"), encoding="utf-8")
    assert ask("check")["is_changed"]
    answer = ask("save")
    assert "someone else" in answer["said"] and answer["table"]["conflicts"] == []
    assert read(folder)["name"].tolist() == ["Poster", "Basket", "Payment"]


def test_two_people_change_the_same_cell(ask, folder):
    """Both versions are shown, and the one that is kept is written."""
    ask("do", steps=[put("1.0", "name", "Poster")])
    file = folder / "worksheets" / "touchpoints.csv"
    file.write_text(FILES["worksheets/touchpoints.csv"].replace("Advert,", "Banner,"), encoding="utf-8")
    (conflict,) = ask("save")["table"]["conflicts"]
    assert [conflict[name] for name in ("base", "mine", "theirs")] == ["Advert", "Poster", "Banner"]
    assert read(folder)["name"][0] == "Banner"
    assert ask("hello")["conflicts"], "a page that is loaded again shows it again"
    assert ask("settle", mine=[0])["table"]["conflicts"] == []
    assert read(folder)["name"][0] == "Poster"


def test_a_cell_run_again_brings_changes_back(ask, folder):
    """Changes wait in the kernel: another editor of the same worksheet shows them, and can discard them."""
    ask("do", steps=[put("1.0", "name", "Poster")])
    again = talk_to(edit_worksheet(open_study(folder), "touchpoints"))
    assert again("hello")["changed"] == 1 and again("hello")["rows"][0][2] == "Poster"
    assert again("forget")["rows"][0][2] == "Advert"


def test_other_places_hear_of_a_change(folder):
    """Two editors of one worksheet in a notebook never show different rows: the other one is told to ask anew."""
    here, there = (edit_worksheet(open_study(folder), "touchpoints") for _ in range(2))
    ask, heard = talk_to(here), []
    there.send = heard.append
    ask("do", steps=[put("1.0", "name", "Poster")])
    assert heard == [{"kind": "moved", "by": "mine"}]


def test_a_page_loaded_again_shows_the_file_as_it_is(ask, folder):
    """Without changes of mine, what someone else wrote is shown, and a change by an old row's key is refused."""
    file = folder / "worksheets" / "touchpoints.csv"
    file.write_text(FILES["worksheets/touchpoints.csv"].replace("advert,Advert,Awareness,10\n", ""), encoding="utf-8")
    assert [row[1] for row in ask("hello")["rows"]] == ["basket", "pay"]
    assert "Make it once more" in ask("do", steps=[put("1.0", "name", "Poster")])["text"]


def test_a_persons_file_is_asked_for(folder):
    """A table with a file for each person asks who one is, and makes the file's name from it."""
    ask = talk_to(edit_worksheet(open_study(folder), "touchpoint_ratings"))
    assert ask("hello")["kind"] == "who"
    assert ask("who", person=" ")["kind"] == "refused"
    assert ask("who", person="Anna Müller")["part"] == "anna_muller"
    row = ["", *["basket", "anna_muller", "", "", "4", "5"]]
    ask("do", steps=[{"do": "add", "rows": [[0, "new-1", *row[1:]]]}])
    assert ask("save")["kind"] == "saved"
    assert (folder / "worksheets" / "touchpoint_ratings" / "anna_muller.csv").exists()


def test_examples_stay_as_they_are(tmp_path, monkeypatch):
    """A shipped example refuses changes and offers a copy, which is made with its name and its notebooks."""
    monkeypatch.setenv("CJM_LAB_ROOT", str(tmp_path))
    ask = talk_to(edit_worksheet(open_study("retail_checkout"), "personas"))
    assert ask("hello")["offer"]["root"] == str(tmp_path)
    assert ask("do", steps=[put("1.0", "name", "X")])["kind"] == "refused"
    answer = ask("own", name="Our checkout", place="")
    assert answer["link"] == "our_checkout/notebooks/00_start_here.ipynb"
    assert open_study(tmp_path / "our_checkout").name == "Our checkout"
    assert ask("own", name="Our checkout", place="")["kind"] == "refused"


def test_imported_rows_are_only_read(folder):
    """A table that only imports fill says so in words for people, and offers nothing to make."""
    file = folder / "imported" / "customers.csv"
    file.parent.mkdir()
    file.write_text("customer_id\nc1\n", encoding="utf-8")
    answer = talk_to(edit_worksheet(open_study(folder), "customers"))("hello")
    assert answer["read_only"].startswith("These rows come from an import") and answer["offer"] is None


def test_a_narrowed_study_is_edited_whole(folder):
    """Choosing a persona for a notebook hides no rows from the editor, as saving would lose them."""
    part = select_rows(open_study(folder), persona_id="omar")
    assert len(talk_to(edit_worksheet(part, "statements"))("hello")["rows"]) == 1


def test_static_view_is_plain_and_safe(folder):
    """Without a kernel stands a table of the first rows, in which markup is text."""
    many = pd.DataFrame({"persona_id": [f"p{n}" for n in range(25)], "name": "<script>alert(1)</script>"})
    many.to_csv(folder / "worksheets" / "personas.csv", index=False)
    (folder / "worksheets" / "statements.csv").unlink()
    html, text = edit_worksheet(open_study(folder), "personas").describe()
    assert html.count("<tr>") == 21 and "5 more rows are not shown here" in html
    assert "<script" not in html and "&lt;script&gt;" in html
    assert text == "Personas: 25 rows. In JupyterLab, run this cell to edit them."


def test_static_view_keeps_words_to_itself(folder):
    """A page that is handed on shows whose codes they are by id: not everyone said yes to being quoted."""
    feedback = "feedback_id,source,text,consent\nf1,survey,Secret words,no\n"
    (folder / "worksheets" / "feedback.csv").write_text(feedback, encoding="utf-8")
    links = "feedback_id,touchpoint_id\nf1,pay\n"
    (folder / "worksheets" / "alignments.csv").write_text(links, encoding="utf-8")
    html, _ = edit_worksheet(open_study(folder), "alignments").describe()
    assert "Secret" not in html and ">f1<" in html and ">Pay<" in html


def test_static_view_of_feedback_quotes_only_what_may_be(folder):
    """Words of somebody who said no, or that tell who spoke, give way to a note; the row and its id stay."""
    rows = "f1,survey,Secret words,Who else knows?,no\nf2,survey,Ask 030 123 4567,,yes\nf3,survey,Open words,How so?,\n"
    feedback = f"feedback_id,source,text,asked,consent\n{rows}"
    (folder / "worksheets" / "feedback.csv").write_text(feedback, encoding="utf-8")
    html, _ = edit_worksheet(open_study(folder), "feedback").describe()
    assert not any(words in html for words in ("Secret", "Who else", "4567"))
    assert html.count("(may not be quoted)") == 3 and "Open words" in html and "How so?" in html and ">f1<" in html


def test_state_that_is_saved_stays_small(folder):
    """No rows are kept in what a notebook file would store."""
    desk = edit_worksheet(open_study(folder), "touchpoints")
    kept = {name: value for name, value in desk.get_state().items() if not name.startswith(("_esm", "_css"))}
    assert "Basket" not in repr(kept)


def test_an_unknown_worksheet_is_said(folder):
    """A name that is no table of a study is answered with the names that are."""
    with pytest.raises(CjmError, match="touchpoints"):
        edit_worksheet(open_study(folder), "touchpoint")
