"""Tests of the coding desk's kernel side: messages in, answers and files out."""

import pytest
from lab.coding_shop import CODEBOOK, forget_work, make_shop, open_desk, read, suggest

from cjm_helpers.errors import CjmError
from cjm_helpers.lab.coding_desk import code_feedback
from cjm_helpers.lab.verbatim_card import describe_verbatim
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import new_study


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A small study to code, in a kernel that knows nobody and has opened nothing."""
    forget_work(monkeypatch)
    return make_shop(tmp_path / "shop")


@pytest.fixture
def ask(folder):
    """Return ask(kind, ...): what Anna's desk answers; it has said hello."""
    return open_desk(folder)


def test_a_card_says_what_was_said_where(folder):
    """A verbatim comes with its touchpoint, source, speaker, day, score on its scale, and what was asked."""
    card = describe_verbatim(open_study(folder), "f1")
    assert (card["place"], card["about"]) == ("Payment", ["Survey", "14 March 2026"])
    assert (card["score"], card["question"]) == ("2 on a scale of 1 to 5", "How was it?")
    talk = describe_verbatim(open_study(folder), "i2")
    assert (talk["asked"], talk["before"], talk["after"]) == ("And then?", "First I looked", "")
    assert describe_verbatim(open_study(folder), "i1")["after"] == "Then I paid"


def test_codes_stand_under_their_themes(ask):
    """Codes in use are grouped under the code above them, retired ones are not offered."""
    groups = ask.hello["groups"]
    assert [(group["label"], [code["code_id"] for code in group["codes"]]) for group in groups] == [
        ("Web shop", ["slow"]), ("", ["rude"]),
    ]  # fmt: skip
    assert groups[0]["theme"]["definition"] == "Anything there" and set(ask.hello["retired"]) == {"old", "late"}


def test_an_action_is_in_the_file_before_it_is_answered(ask, folder):
    """Codes, emotion, touchpoint and note are written one by one, each with what was said before."""
    answer = ask("do", id="f1", wanted={"codes": ["slow"]})
    assert answer["kind"] == "saved" and answer["own"]["codes"] == ["slow"] and answer["progress"]["done"] == 1
    ask("do", id="f1", wanted={"emotion": "-1"})
    ask("do", id="f1", wanted={"touchpoint_id": "ad"})
    ask("do", id="f1", wanted={"note": "ironic?"})
    ask("do", id="f1", wanted={"codes": ["slow", "rude"]})
    assert read(folder) == [["f1", "slow", "ad", "-1", "ironic?"], ["f1", "rude", "ad", "-1", "ironic?"]]


def test_the_machine_is_nobody(folder):
    """Nobody codes under the name of the machine, and it is not among the others."""
    with pytest.raises(CjmError, match="no person codes under it"):
        code_feedback(open_study(folder), coder=" Machine")
    suggest(folder)
    ask = open_desk(folder)
    assert ask("do", id="f3", wanted={"codes": ["rude"]})["own"]["others"] == 0


def test_who_codes_is_asked(folder):
    """Without a name the page asks; the name is known to the next desk of the kernel."""
    ask = open_desk(folder, coder="")
    assert ask.hello["kind"] == "who" and ask.hello["team"] == {"anna": "Care"}
    assert "get a file of their own" in ask("who", person=" ")["text"]
    assert ask("who", person="Zoë K.")["coder"] == "zoe_k"
    assert open_desk(folder, coder="").hello["coder"] == "zoe_k"


def test_two_desks_of_a_kernel_agree(ask, folder):
    """What one desk saves, the other one is told, and shows."""
    other = code_feedback(open_study(folder), coder="anna")
    heard = []
    other.send = heard.append
    other._receive(None, {"kind": "hello", "seq": 1, "view": "yours"}, [])
    ask("do", id="f1", wanted={"codes": ["slow"]})
    assert heard[-1] == {"kind": "moved", "by": "mine"}
    other._receive(None, {"kind": "at", "id": "f1", "seq": 2, "view": "yours"}, [])
    assert heard[-1]["card"]["own"]["codes"] == ["slow"]


def test_what_came_from_elsewhere_is_found(ask, folder):
    """Coming back to the desk finds a codebook that was changed meanwhile, and answers shortly where nothing was."""
    assert ask("fresh", id="f3", pile="all")["kind"] == "as before"
    file = folder / "worksheets" / "codebook.csv"
    file.write_text(CODEBOOK + "kind,Kind,,,active,\n", encoding="utf-8")
    answer = ask("fresh", id="f3", pile="all")
    assert answer["card"]["id"] == "f3" and "Kind" in str(answer["groups"])
    assert ask("do", id="f3", wanted={"codes": ["kind"]})["kind"] == "saved"


def test_suggestions_made_meanwhile_are_a_pile(ask, folder):
    """Coming back to the desk after the machine has suggested codes finds their pile."""
    suggest(folder)
    answer = ask("fresh", id="f3", pile="all")
    assert "review" in [pile["name"] for pile in answer["piles"]] and answer["pile"] == "all"


def test_an_example_offers_a_copy(tmp_path, monkeypatch):
    """A shipped example is read, never written, and offers to become one's own study."""
    monkeypatch.setenv("CJM_LAB_ROOT", str(tmp_path))
    desk, said = code_feedback(open_study("clinic_visit"), coder="student"), []
    desk.send = said.append
    desk._receive(None, {"kind": "hello", "seq": 1}, [])
    own = said[-1]["card"]["id"]
    assert said[-1]["offer"]["root"] == str(tmp_path)
    for wanted in ({"codes": ["none"]}, {"emotion": "1"}):
        desk._receive(None, {"kind": "do", "id": own, "wanted": wanted, "seq": 2}, [])
        assert "Make it your own study" in said[-1]["text"]
    assert not list(desk.study.folder.glob("worksheets/codings/.*"))


def test_nothing_to_read_or_to_give_is_said(tmp_path):
    """A study without feedback or without a codebook opens with what to do first."""
    assert "Bring in feedback" in open_desk(new_study(tmp_path / "empty")).hello["empty"]
    said = tmp_path / "said"
    (new_study(said) / "worksheets/feedback.csv").write_text("feedback_id,source,text\nf1,survey,Slow\n", "utf-8")
    assert "no code in use" in open_desk(said).hello["empty"]


def test_the_page_without_a_kernel_shows_no_words(folder):
    """What stands in place of the desk counts, and quotes nobody."""
    html, text = code_feedback(open_study(folder), coder="anna").describe()
    assert text == "Coding desk: 5 verbatims, 5 in the shared sample. In JupyterLab, run this cell to code them."
    assert html == f"<p>{text}</p>"


def test_state_that_is_saved_holds_no_words(ask, folder):
    """No verbatim is kept in what a notebook file would store."""
    desk = code_feedback(open_study(folder), coder="anna")
    kept = {name: value for name, value in desk.get_state().items() if not name.startswith(("_esm", "_css"))}
    assert "slow" not in repr(kept)
