"""Tests of which verbatims a coder reads, in which order, and what the machine suggests for them."""

import pytest
from lab.coding_shop import ANNA, forget_work, make_shop, open_desk, read, suggest


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A small study to code, in a kernel that knows nobody and has opened nothing."""
    forget_work(monkeypatch)
    return make_shop(tmp_path / "shop")


@pytest.fixture
def ask(folder):
    """Return ask(kind, ...): what Anna's desk answers; it has said hello."""
    return open_desk(folder)


def test_a_killed_kernel_goes_on_at_the_next_one(ask, folder, monkeypatch):
    """Opened again, the desk shows the first verbatim of the pile that is not read."""
    first = ask.hello["card"]["id"]
    following = ask("do", id=first, wanted={"codes": ["slow"]}) and ask("at", id=first)["near"]["open"]["id"]
    forget_work(monkeypatch)
    again = open_desk(folder).hello
    assert again["card"]["id"] == following and again["progress"]["done"] == 1


def test_piles_are_named_with_what_is_left(ask):
    """The drop-down says how much of each pile is left; verbatims without words are in none."""
    piles = {pile["name"]: pile["label"] for pile in ask.hello["piles"]}
    assert piles["sample"] == "The shared sample: 5" and piles["unread"] == "Not read by anybody yet: 4"
    assert (
        ask.hello["pile"] == "sample"
        and "4 of 5 left" in ask("do", id="f3", wanted={"codes": ["rude"]})["piles"][0]["label"]
    )
    assert ask("pile", pile="all")["card"]["id"] == "f1" and "f4" not in str(ask("pile", pile="all"))


def test_the_next_pile_is_what_nobody_read(folder):
    """Who has read the whole sample begins with what nobody has read."""
    ask = open_desk(folder)
    for own in ("f1", "f2", "f3", "i1"):
        ask("do", id=own, wanted={"codes": ["rude"]})
    assert ask("hello")["pile"] == "sample"
    ask("do", id="i2", wanted={"codes": ["rude"]})
    assert ask("hello")["pile"] == "all"


def test_a_retired_code_waits_to_be_coded_anew(folder):
    """A verbatim whose code is retired without successor counts as not read; a new code takes its place."""
    (folder / ANNA).write_text(
        "feedback_id,coder_id,code_id,emotion\nf1,anna,late,-1\nf2,anna,old,-2\n", encoding="utf-8"
    )
    ask = open_desk(folder)
    assert ask("at", id="f1")["card"]["own"]["codes"] == ["slow"], "a replaced code stands under its successor"
    card = ask("pile", pile="anew")["card"]
    assert card["id"] == "f2" and card["own"]["gone"] == ["old"] and not card["own"]["is_read"]
    ask("do", id="f2", wanted={"emotion": "-1"})
    assert read(folder)[1] == ["f2", "old", "", "-1", ""], "the emotion alone says nothing about the code"
    ask("do", id="f2", wanted={"codes": ["rude"]})
    assert read(folder)[1] == ["f2", "rude", "", "-1", ""]
    assert ask("undo")["card"]["own"]["gone"] == ["old"]


def test_what_others_code_anew_is_not_told(ask, folder):
    """Only the coder's own reading waits: that Ben's code for f2 is retired would say what he gave."""
    assert "anew" not in [pile["name"] for pile in ask.hello["piles"]]
    ben = open_desk(folder, coder="ben")
    assert ben("pile", pile="anew")["card"]["id"] == "f2" and ben("pile", pile="anew")["progress"]["total"] == 1


def test_suggestions_are_shown_in_their_order_and_accepted(ask, folder):
    """Suggestions for verbatims that nobody read come with their probability and become the coder's own rows."""
    suggest(folder)
    ask("hello")
    answer = ask("pile", pile="review")
    assert answer["card"]["id"] == "f3" and answer["card"]["suggested"] == [{"code_id": "slow", "percent": 82}]
    assert "review" in str(answer["piles"]) and answer["progress"]["total"] == 2, "Ben has read f1"
    ask("do", id="f3", wanted={"codes": ["slow"]})
    assert read(folder) == [["f3", "slow", "", "", ""]]
    assert ask("at", id="f3")["card"]["suggested"], "what was suggested is shown again beside it"


def test_a_silent_machine_suggests_nothing(ask, folder):
    """Where the machine found no code, none is ringed: that nothing fits is for the coder to say."""
    row = "f3,machine,none,nothing suggested\n"
    (folder / "worksheets/codings/machine.csv").write_text(
        f"feedback_id,coder_id,code_id,note\n{row}", encoding="utf-8"
    )
    ask("hello")
    card = ask("pile", pile="review")["card"]
    assert card["id"] == "f3" and card["suggested"] == [] and card["is_review"]


def test_an_audited_verbatim_is_read_blind(ask, folder):
    """Where the note says audit, the suggestion is sent only once the coder has answered; other piles never send it."""
    suggest(folder)
    assert ask("hello")["card"]["suggested"] == []
    ask("pile", pile="review")
    card = ask("at", id="i1")["card"]
    assert card["suggested"] == [] and card["is_audit"]
    ask("do", id="i1", wanted={"codes": ["none"]})
    assert ask("at", id="i1")["card"]["suggested"] == [{"code_id": "rude", "percent": 51}]
