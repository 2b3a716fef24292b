"""The codebook desk: each click does what it says to the file, and nothing is lost, rewritten or done unasked."""

import pytest
from lab.clicks import Page, find, look, read
from lab.editor_page import saved

from cjm_helpers.lab import own_study
from cjm_helpers.lab.codebook_desk import edit_codebook
from cjm_helpers.lab.codebook_touch import describe_touch
from cjm_helpers.study.codebook_exchange import read_codebook
from cjm_helpers.study.drafts import open_sheet, save_draft
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import new_study

FILES = {
    "codebook": (
        "code_id,label,definition,example,parent,valence,status,replaced_by,reason\n"
        "pay,Paying,All of it,,,0,active,,\nslow,Slow,It froze,Too slow,pay,-1,active,,\n"
        "late,Late,Not there,Never came,pay,-1,active,,\nold,Old,,,,,retired,late,Merged.\n"
    ),
    "feedback": (
        "feedback_id,source,text,consent\nf1,survey,The wheel turned and turned.,yes\nf2,survey,It came late.,no\n"
        "f3,survey,It froze again and again.,\n"
    ),
    "codings/anna": "feedback_id,coder_id,code_id\nf1,anna,slow\nf2,anna,late\nf3,anna,slow\n",
    "codings/ben": "feedback_id,coder_id,code_id\nf1,ben,slow\nf2,ben,old\n",
    "opportunities": "opportunity_id,statement,code_ids\no1,Mend it,slow;late\n",
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a study with four codes, one of them retired, three verbatims and two coders."""
    monkeypatch.setenv(own_study.ROOT, str(tmp_path))
    made = new_study(tmp_path / "shop")
    (made / "worksheets" / "codings").mkdir(exist_ok=True)
    for name, text in FILES.items():
        (made / "worksheets" / f"{name}.csv").write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def page(folder):
    """Return a page of the desk, with the code Slow chosen."""
    return choose(Page(edit_codebook(open_study(folder))), "slow")


def choose(page, code_id):
    """Choose a code in the tree."""
    return page.click("choose", typed={"code": code_id})


def row(folder, code_id):
    """Return the cells of a code as they stand in the file."""
    return saved(folder, "codebook").set_index("code_id").loc[code_id]


def test_the_tree_says_what_was_found(page):
    """Codes stand below codes, with how many carry them; the retired one is said to be so and last."""
    items = page.find("code")["items"]
    assert [(item["value"], item["level"]) for item in items] == [("pay", 0), ("slow", 1), ("late", 1), ("old", 0)]
    assert items[1]["cells"] == ["2 (67%)", "merge?; split?"] and items[3]["cells"] == ["", "retired"]


def test_words_are_saved_together(page, folder):
    """What was typed for two codes is one save; until then the tree says that it is not saved."""
    page.click("choose", typed={"code": "late", "definition:slow": "Pages\r\nthat freeze "})
    assert page.find("code")["items"][1]["cells"][1].endswith("not saved yet")
    page.click("save", typed={"valence:late": "0"})
    assert "Saved: the words of 'Slow' and 'Late'." in page.text
    assert row(folder, "slow")["definition"] == "Pages\nthat freeze" and row(folder, "late")["valence"] == "0"


def test_only_what_may_be_quoted_is_offered_as_example(page, folder):
    """The example comes from verbatims that carry the code; the one whose speaker said no is not among them."""
    assert [option[0] for option in page.find("quote:slow")["options"]] == ["", "f1", "f3"]
    page.click("quote", typed={"quote:slow": "f3"}).click("save")
    assert row(folder, "slow")["example"] == "It froze again and again."
    choose(page, "late")
    assert "quote:late" not in [element.get("id") for element in page.elements]


def test_merging_says_first_what_it_moves(page, folder):
    """The desk counts verbatims, coders and ideas before the click, and never writes into codings."""
    page.click("open:merge").click("look", typed={"into": "late"})
    assert (
        "Moves 2 verbatims of 2 coders to 'Late', which has 1 verbatim of 2 coders. Nothing that was coded is written "
        "anew; the agreement on 'Late' is measured anew over both. 1 opportunity names it (o1)"
    ) in page.text
    page.click("do", typed={"reason": "Nobody told them apart"})
    assert row(folder, "slow")[["status", "replaced_by"]].tolist() == ["retired", "late"]
    assert (folder / "worksheets/codings/anna.csv").read_text() == FILES["codings/anna"]
    assert page.find("code")["items"][2]["cells"][0] == "3 (100%)"


def test_splitting_makes_codes_and_leaves_verbatims_to_be_coded_anew(page, folder):
    """One code a line; the verbatims that carried the old one are counted as waiting."""
    page.click("open:split")
    assert "2 verbatims of 2 coders wait to be coded anew" in page.text
    page.click("do", typed={"parts": "Slow pages\n\nSlow people\n", "reason": "Two teams"})
    assert row(folder, "slow_pages")["parent"] == "pay" and row(folder, "slow")["status"] == "retired"
    assert "code anew" in page.find("code")["items"][1]["cells"][1]


@pytest.mark.parametrize(
    "act, typed, code_id, column, cell",
    [
        ("rename", {"new_label": "Slow pages"}, "slow", "label", "Slow pages"),
        ("move", {"below": ""}, "slow", "parent", ""),
        ("retire", {}, "slow", "status", "retired"),
        ("new", {"new_label": "Zoë's gift", "below": "slow"}, "zoes_gift", "parent", "slow"),
    ],
)
def test_each_change_is_written_and_can_be_taken_back(page, folder, act, typed, code_id, column, cell):
    """A click writes the file at once; Undo puts every cell back."""
    before = page.form.frame
    page.click(f"open:{act}").click("do", typed={"reason": "Because"} | typed)
    assert row(folder, code_id)[column] == cell
    assert "Taken back:" in page.click("undo").text
    assert saved(folder, "codebook").equals(before)


@pytest.mark.parametrize(
    "act, typed, sentence",
    [
        ("merge", {"reason": "x"}, "Choose the code that stays."),
        ("merge", {"into": "late", "reason": " "}, "Say why."),
        ("rename", {"new_label": "late", "reason": "x"}, "A code is called 'Late' already."),
        ("split", {"parts": "One", "reason": "x"}, "Name at least two codes"),
    ],
)
def test_what_makes_no_sense_is_said_at_the_button(page, folder, act, typed, sentence):
    """A refusal stands under its button, the form stays open, and the file is as it was."""
    page.click(f"open:{act}").click("do", typed=typed)
    assert sentence in page.refusals and "reason" in [element.get("id") for element in page.elements]
    assert (folder / "worksheets" / "codebook.csv").read_text(encoding="utf-8") == FILES["codebook"]


def test_forms_can_be_left(page, folder):
    """Leaving a form writes nothing and shows the code again."""
    page.click("open:retire").click("leave")
    assert page.find("definition:slow")["value"] == "It froze" and row(folder, "slow")["status"] == "active"


def write_elsewhere(folder, code_id, **cells):
    """Let somebody else change cells of the codebook meanwhile."""
    draft = open_sheet(open_study(folder), "codebook")
    frame = draft.frame.copy()
    frame.loc[frame["code_id"] == code_id, list(cells)] = list(cells.values())
    save_draft(draft, frame=frame)


def test_what_others_saved_meanwhile_stays(page, folder):
    """Both sides' words stand; undo takes back mine alone."""
    write_elsewhere(folder, "late", definition="Theirs")
    page.click("save", typed={"definition:slow": "Mine"})
    assert row(folder, "late")["definition"] == "Theirs" and row(folder, "slow")["definition"] == "Mine"
    page.click("undo")
    assert row(folder, "late")["definition"] == "Theirs" and row(folder, "slow")["definition"] == "It froze"


def test_the_page_shows_what_others_wrote(page, folder):
    """A field in which nothing was typed shows the words of the file, so that saving does not bring old ones back."""
    choose(page, "late")
    write_elsewhere(folder, "late", definition="Theirs")
    choose(page, "slow").click("save", typed={"definition:slow": "Mine"})
    assert choose(page, "late").find("definition:late")["value"] == "Theirs"
    page.click("save")
    assert row(folder, "late")["definition"] == "Theirs"


def test_a_clash_is_said_and_my_words_stay_in_the_field(page, folder):
    """Where two wrote into the same cell, theirs stands in the file, and mine is still there to be saved."""
    write_elsewhere(folder, "slow", definition="Theirs")
    page.click("save", typed={"definition:slow": "Mine"})
    assert row(folder, "slow")["definition"] == "Theirs"
    assert "someone else wrote 'Theirs', which stands now.\nYour words still stand in the field." in page.text
    assert "Saved:" not in page.text
    assert page.find("definition:slow")["value"] == "Mine"
    page.click("save")
    assert row(folder, "slow")["definition"] == "Mine"


def test_words_that_are_not_saved_never_overwrite_newer_ones_unsaid(page, folder):
    """Opening a form reads the file anew; where it changed under words that are not saved, that is said."""
    write_elsewhere(folder, "slow", definition="Theirs")
    page.click("open:retire", typed={"definition:slow": "Mine"})
    assert "slow, definition: someone else wrote 'Theirs' meanwhile" in page.text


def test_the_codebook_goes_out_and_comes_in(page, folder):
    """The file holds the codebook; another one is laid beside it first, and only its new codes are taken over."""
    page.click("qdc:write")
    assert len(read_codebook(next(folder.parent.rglob("shop_codebook.qdc")).read_bytes()).frame) == 4
    file = b'<CodeBook><Codes><Code name="SLOW" color="#f00"/><Code name="Rude"/></Codes></CodeBook>'
    page.form.values["qdc_file"] = type("File", (), {"name": "theirs.qdc", "content": file})()
    page.click("qdc:read")
    assert "Codes: new 1, different 1, only here 3" in page.text and "Colours are not kept" in page.text
    assert "rude" not in saved(folder, "codebook")["code_id"].tolist()
    page.click("qdc:take")
    assert row(folder, "rude")["label"] == "Rude" and row(folder, "slow")["label"] == "Slow"
    assert "Saved: 1 new code taken over." in page.text


def test_a_broken_file_is_refused_at_the_chooser(page):
    """The sentence stands where the file was chosen."""
    page.form.values["qdc_file"] = type("File", (), {"name": "theirs.qdpx", "content": b"PK.."})()
    assert "'theirs.qdpx' is packed" in page.click("qdc:read").refusals


def test_an_empty_codebook_asks_for_the_first_code(tmp_path):
    """A new study starts with one field."""
    folder = new_study(tmp_path / "blank")
    page = Page(edit_codebook(open_study(folder)))
    assert "There is no code yet" in page.text
    page.click("do", typed={"new_label": "Slow"})
    assert row(folder, "slow")["status"] == "active" and page.find("definition:slow")["value"] == ""


def test_an_example_is_only_read(tmp_path, monkeypatch):
    """A shipped example shows its tree and the offer of a copy; without a kernel the tree is a table."""
    monkeypatch.setenv(own_study.ROOT, str(tmp_path))
    desk = edit_codebook(open_study("clinic_visit"))
    assert find(desk, kind="tree") and "Make it my study" in read(desk)
    assert not [one for one in look(desk) if one.get("id", "").startswith("definition:")]
    assert "Anything about getting a date" in read(desk)
    html, text = desk.describe()
    assert "<table>" in html and "  Weeks until a date | 2 (2%) | merge?" in text


def test_every_change_says_what_it_touches(folder):
    """Codes below are counted, and a code that nobody gave asks for nothing."""
    study = open_study(folder)
    assert describe_touch(study, "rename", code_id="late").endswith("1 verbatim of 2 coders keeps it.")
    assert (
        describe_touch(study, "move", code_id="pay") == "Nothing that was coded changes. 2 codes below it move with it."
    )
    assert describe_touch(study, "retire", code_id="pay").startswith("Nobody has used it yet, so")
    assert "2 codes below it move up." in describe_touch(study, "split", code_id="pay")


def test_a_form_counts_what_was_coded_meanwhile(page, folder):
    """Opening a form reads the study anew, also where a coder's first file has come in."""
    new = "feedback_id,coder_id,code_id\nf2,eva,slow\n"
    (folder / "worksheets" / "codings" / "eva.csv").write_text(new, encoding="utf-8")
    waiting = "3 verbatims of 3 coders (2 once settled, as in the list) wait to be coded anew"
    assert waiting in page.click("open:retire").text


def test_what_was_done_is_said_where_it_was_clicked(page):
    """Words that are saved are said below Save; what is taken back, below the codes."""
    page.click("save", typed={"definition:slow": "Mine"})
    places = [element.get("action") or element["kind"] for element in page.elements]
    assert places[places.index("save") + 1] == "message"
    page.click("undo")
    places = [element.get("action") or element["kind"] for element in page.elements]
    assert places[places.index("open:new") + 1] == "message"


def test_a_code_that_was_split_off_is_called_unused(page, folder):
    """Nobody has used it yet: it is not said to be rare, and merging it moves nothing."""
    page.click("open:split").click("do", typed={"parts": "Slow pages\nSlow people", "reason": "Two teams"})
    cells = {item["value"]: item["cells"] for item in page.find("code")["items"]}
    assert cells["slow_pages"] == ["", "no definition; no example; not used yet"]
    said = describe_touch(open_study(folder), "merge", code_id="slow_pages", into="late")
    assert said == "Nobody has used it yet."
