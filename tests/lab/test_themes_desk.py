"""The desk of themes: people name, merge, give away or leave what words propose, and one click writes codes alone."""

import pandas as pd
import pytest

from cjm_helpers.errors import CjmError
from cjm_helpers.lab import themes_desk
from cjm_helpers.lab.page import list_elements
from cjm_helpers.lab.themes_desk import name_themes
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import new_study

SAID = {"feedback_id": ["f1", "f2", "f3"], "source": "survey", "consent": "yes", "lang": "en"}
TEXTS = ["The lift was broken again.", "No space to park anywhere.", "It smells of paint."]
BOOK = "code_id,label,definition,example\nlate,Late,A train is late.,\nrude,Rude,Somebody is rude.,He shouted.\n"


def propose(feedback, *, topics, seed, say):
    """Return three themes, in the place of minutes of work."""
    say("Trying 5 themes", 0.5)
    return pd.DataFrame({
        "theme_id": ["theme_1", "theme_2", "theme_3"], "place": [1, 2, 3], "feedback_ids": ["f1", "f2", "f3"],
        "terms": ["lift;broken", "park;space", "paint"], "k": [90.0, 60.0, 50.0], "share": [0.45, 0.3, 0.25],
        "stability": 0.7, "by_chance": 0.4, "verdict": "comes back",
        "sentence": f"3 of 3 themes come back; asked for {topics}.",
    })  # fmt: skip


@pytest.fixture
def study(tmp_path, monkeypatch):
    """Return a study of three verbatims and two codes, where looking for themes takes no time."""
    folder = new_study(tmp_path / "station")
    pd.DataFrame(SAID | {"text": TEXTS}).to_csv(folder / "worksheets" / "feedback.csv", index=False)
    (folder / "worksheets" / "codebook.csv").write_text(BOOK, encoding="utf-8")
    monkeypatch.setattr(themes_desk, "propose_themes", propose)
    monkeypatch.setattr(themes_desk.ThemesDesk, "start_work", lambda desk, action, work, then: then(work(print)))
    return open_study(folder)


def click(desk, action, **values):
    """Click a button, with what is typed and chosen; return all elements of the page by id or kind, and their texts."""
    typed = {name.replace("__", ":"): value for name, value in values.items()}
    elements = list_elements(desk.handle({"kind": "act", "action": action, "values": typed}, [])["elements"])
    return {one.get("id") or one.get("action") or one["kind"]: one for one in elements}


def test_what_was_found_is_shown_with_its_verbatims(study):
    """Each theme has its words, how far it comes back, its nearest verbatims, a name and what to do."""
    desk = name_themes(study)
    shown = click(desk, "look", topics="5")
    assert shown["message"]["text"] == "3 of 3 themes come back; asked for 5."
    assert "Theme 3: 50 verbatims, 25 % of those compared" == shown["group"]["label"]
    assert shown["table"]["rows"] == [["“It smells of paint.”", "f3"]]
    options = [option for option, _ in shown["do:theme_1"]["options"]]
    assert options == ["", "code", "no theme", "belongs:late", "belongs:rude"]


@pytest.mark.parametrize(
    "verdict, stability, sentence",
    [
        ("comes back", 0.47, "come back in other samples: 0.47 of 1, above the 0.45"),
        (
            "does not come back",
            0.47,
            "above chance (0.47 of 1; shuffled words reach up to 0.45), but the themes as a whole",
        ),
        ("does not come back", 0.4, "do not come back in other samples: 0.40 of 1; shuffled words reach up to 0.45"),
    ],
)
def test_words_and_numbers_of_a_theme_agree(study, monkeypatch, verdict, stability, sentence):
    """A theme above chance that does not hold says that it is the themes as a whole that do not."""
    found = propose(None, topics=None, seed=0, say=print).assign(verdict=verdict, stability=stability, by_chance=0.45)
    monkeypatch.setattr(themes_desk, "propose_themes", lambda *args, **options: found)
    texts = [one["text"] for one in list_elements(name_and_look(study).page()) if one["kind"] == "text"]
    assert any(sentence in text for text in texts)


def test_one_name_for_two_themes_makes_one_code(study):
    """The code has its label, the verbatim nearest to its first theme, no definition, and the words it came from."""
    desk = name_themes(study)
    click(desk, "look")
    named = {"name__theme_1": "Building ", "do__theme_1": "code", "name__theme_3": "building", "do__theme_3": "code"}
    shown = click(desk, "write", **named)
    book = open_study(study.folder).codebook
    assert book["label"].tolist() == ["Late", "Rude", "Building"]
    new = book.iloc[-1]
    assert new[["code_id", "definition", "example"]].tolist() == ["building", "", "The lift was broken again."]
    assert new["reason"] == "Proposed by the words: lift, broken, paint"
    assert desk.said.startswith("Saved: 1 code (Building)") and desk.said.endswith("1 theme not decided yet.")
    assert list(shown)[-2:] == ["write", "again"] and shown["message"]["text"] == desk.said
    assert "name:theme_2" in shown and "name:theme_1" not in shown and open_study(study.folder).codings.empty


def test_a_theme_of_a_code_gives_it_an_example_only_where_it_has_none(study):
    """A code without an example gets the verbatim; one that has an example stays as it is."""
    desk = name_themes(study)
    click(desk, "look")
    click(desk, "write", do__theme_1="belongs:late", do__theme_2="belongs:rude", do__theme_3="no theme")
    book = open_study(study.folder).codebook
    assert book["example"].tolist() == ["The lift was broken again.", "He shouted."] and len(book) == 2
    assert desk.said == "An example for Late is saved."


def test_what_is_not_said_is_asked_for(study):
    """No name, a name in use and a name without a decision are told beside the field; nothing is written."""
    desk = name_themes(study)
    click(desk, "look")
    before = (study.folder / "worksheets" / "codebook.csv").read_bytes()
    shown = click(desk, "write", do__theme_1="code", name__theme_2="LATE", do__theme_2="code", name__theme_3="Paint")
    assert shown["name:theme_1"]["error"] == themes_desk.UNNAMED and shown["name:theme_2"]["error"] == themes_desk.TAKEN
    assert shown["do:theme_3"]["error"] == themes_desk.UNDECIDED
    assert (study.folder / "worksheets" / "codebook.csv").read_bytes() == before
    assert "Nothing is decided yet" in click(name_and_look(study), "write")["write"]["refusal"]


def name_and_look(study):
    """Return a desk that has looked."""
    desk = name_themes(study)
    click(desk, "look")
    return desk


def test_a_code_that_a_colleague_wrote_meanwhile_stays(study):
    """What stands in the codebook when the click comes is kept, and its names count as taken."""
    desk = name_and_look(study)
    with (study.folder / "worksheets" / "codebook.csv").open("a", encoding="utf-8") as book:
        book.write("cold,Cold,It is cold.,\n")
    shown = click(desk, "write", name__theme_1="Cold", do__theme_1="code")
    assert shown["name:theme_1"]["error"] == themes_desk.TAKEN
    click(desk, "write", name__theme_1="Lift", do__theme_1="code")
    assert open_study(study.folder).codebook["code_id"].tolist() == ["late", "rude", "cold", "lift"]


def test_too_few_words_are_told_under_the_button(tmp_path):
    """Where themes are refused, the sentence stands under the button."""
    desk = name_themes(open_study(new_study(tmp_path / "empty")))
    desk.start_work = lambda action, work, then: then(work(print))
    assert "needs 200 and has 0" in click(desk, "look")["look"]["refusal"]


def test_an_example_offers_a_copy_and_no_button_to_write(study, monkeypatch):
    """A shipped example shows what was found, and the way to a study of one's own in place of the fields."""
    monkeypatch.setattr(themes_desk, "is_shipped", lambda folder: True)
    shown = click(name_themes(study), "look")
    assert "write" not in shown and "name:theme_1" not in shown and {"own", "own_name", "table"} <= set(shown)


def test_without_a_kernel_it_says_what_it_is_for(study):
    """The static page names the button and holds nobody's words."""
    desk = name_and_look(study)
    html, text = desk.describe()
    assert "run this cell to use: Look for themes in the words." in text and "lift" not in html


def test_a_second_click_waits_for_the_first(study):
    """While words are compared, another click is refused and nothing is forgotten."""
    desk = name_and_look(study)
    desk.work["look"] = themes_desk.Form
    with pytest.raises(CjmError, match="Wait until that is done"):
        desk.act("write", {})
    assert not desk._themes.empty
