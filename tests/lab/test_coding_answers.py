"""Tests of what one coder said: changed action by action, taken back, locked, and never lost."""

import json
from pathlib import Path

import pytest
from lab.coding_shop import ANNA, forget_work, make_shop, open_desk, read

from cjm_helpers.study.folder import open_study


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A small study to code, in a kernel that knows nobody and has opened nothing."""
    forget_work(monkeypatch)
    return make_shop(tmp_path / "shop")


@pytest.fixture
def ask(folder):
    """Return ask(kind, ...): what Anna's desk answers; it has said hello."""
    return open_desk(folder)


def test_rows_that_differ_stay_different(folder):
    """Where a touchpoint was given code by code, another code changes none of it, and the page says so."""
    rows = "feedback_id,coder_id,code_id,touchpoint_id,note\nf1,anna,slow,pay,a\nf1,anna,late,ad,b\nf1,anna,rude,ad,b\n"
    (folder / ANNA).write_text(rows, encoding="utf-8")
    ask = open_desk(folder)
    assert ask("at", id="f1")["card"]["own"]["touchpoint_id"] is None
    ask("do", id="f1", wanted={"codes": ["slow", "web"]})
    assert read(folder) == [["f1", "slow", "pay", "", "a"], ["f1", "web", "", "", ""]]


def test_nothing_fits_stands_alone(ask, folder):
    """Read, nothing fits is one row without any code."""
    ask("do", id="f3", wanted={"codes": ["none"]})
    assert read(folder) == [["f3", "none", "", "", ""]]
    assert ask("do", id="f3", wanted={"codes": ["none", "rude"]})["own"]["codes"] == ["rude"]


def test_what_has_no_code_yet_outlives_the_kernel(ask, folder, monkeypatch):
    """An emotion or note without a code is kept, comes back, and goes into the row of the first code."""
    answer = ask("do", id="f2", wanted={"emotion": "-2"})
    ask("do", id="f2", wanted={"note": "which page?"})
    assert not answer["own"]["is_read"] and answer["progress"]["done"] == 0 and not (folder / ANNA).exists()
    forget_work(monkeypatch)
    own = (ask := open_desk(folder))("at", id="f2")["card"]["own"]
    assert (own["emotion"], own["note"], own["codes"]) == ("-2", "which page?", [])
    ask("do", id="f2", wanted={"codes": ["rude"]})
    assert read(folder) == [["f2", "rude", "", "-2", "which page?"]]
    assert json.loads((folder / "worksheets/codings/.anna.json").read_text("utf-8"))["waiting"] == {}
    open_study(folder)


def test_the_last_code_taken_away_leaves_the_rest(ask, folder):
    """Without its last code a verbatim counts as not read, and what else was said of it is kept."""
    ask("do", id="f1", wanted={"codes": ["slow"]})
    ask("do", id="f1", wanted={"emotion": "1"})
    answer = ask("do", id="f1", wanted={"codes": []})
    assert read(folder) == [] and answer["own"]["emotion"] == "1" and not answer["own"]["is_read"]


def test_steps_are_taken_back_and_done_again(ask, folder):
    """Undo goes back to the verbatim of the last action, several steps, after moving on too; redo goes on again."""
    for own, wanted in (("f1", ["slow"]), ("f2", ["rude"]), ("f2", ["rude", "slow"])):
        ask("do", id=own, wanted={"codes": wanted})
    ask("at", id="f3")
    answer = ask("undo")
    assert answer["card"]["id"] == "f2" and answer["card"]["own"]["codes"] == ["rude"]
    assert ask("undo")["card"]["own"]["codes"] == [] and ask("undo")["card"]["id"] == "f1"
    assert read(folder) == [] and "nothing to take back" in ask("undo")["text"]
    assert ask("redo")["card"]["id"] == "f1" and read(folder) == [["f1", "slow", "", "", ""]]


def test_a_step_is_not_taken_back_over_somebody_elses_work(ask, folder):
    """Where the verbatim was changed elsewhere since, undo leaves it and says so."""
    ask("do", id="f1", wanted={"codes": ["slow"]})
    file = folder / ANNA
    file.write_text(file.read_text(encoding="utf-8").replace("slow", "rude"), encoding="utf-8")
    ask("fresh", id="f1", pile="all")
    ask("hello")
    assert "changed elsewhere" in ask("undo")["text"] and read(folder)[0][1] == "rude"


def test_others_codes_stay_hidden_until_ones_own_is_saved(ask):
    """No answer holds what Ben gave before Anna has said what fits; seen, her own codes are locked for good."""
    assert "ben" not in json.dumps([ask.hello, ask("at", id="f1"), ask("pile", pile="all")])
    assert "First say yourself" in ask("others", id="f1")["text"]
    ask("do", id="f3", wanted={"codes": ["slow"]})
    assert "Nobody else" in ask("others", id="f3")["text"] and not ask("at", id="f3")["card"]["own"]["lock"]
    assert ask("do", id="f1", wanted={"codes": ["slow"]})["own"]["others"] == 1
    answer = ask("others", id="f1")
    assert answer["others"] == [{"coder": "ben", "codes": ["rude"], "emotion": "-2"}]
    assert "Settle differences in notebook 04" in answer["own"]["lock"]
    assert "measured before people talk" in ask("do", id="f1", wanted={"codes": ["rude"]})["text"]
    assert "measured before people talk" in ask("undo")["text"]


def test_the_lock_outlives_the_kernel(ask, folder, monkeypatch):
    """Whoever has looked at others' codes cannot change their own by opening the desk again."""
    ask("do", id="f1", wanted={"codes": ["slow"]})
    ask("others", id="f1")
    forget_work(monkeypatch)
    assert open_desk(folder)("at", id="f1")["card"]["own"]["lock"]


def test_what_is_imported_is_read_not_written(folder):
    """Codes that came from an import count as read and refuse to be changed."""
    (folder / "imported" / "codings").mkdir(parents=True)
    (folder / "imported/codings/anna.csv").write_text("feedback_id,coder_id,code_id\nf1,anna,slow\n", encoding="utf-8")
    ask = open_desk(folder)
    assert ask("at", id="f1")["card"]["own"]["codes"] == ["slow"] and ask.hello["progress"]["done"] == 1
    assert "come from an import" in ask("do", id="f1", wanted={"codes": ["rude"]})["text"]
    assert not (folder / ANNA).exists()


def test_what_was_settled_is_locked(folder):
    """A coder's answer to a verbatim that was settled together stays as it was; who reads it later may code it."""
    (folder / ANNA).write_text("feedback_id,coder_id,code_id\nf1,anna,slow\n", encoding="utf-8")
    (folder / "worksheets/coding_decisions.csv").write_text(
        "feedback_id,code_id,applies\nf1,rude,yes\n", encoding="utf-8"
    )
    assert "was settled together" in open_desk(folder)("do", id="f1", wanted={"codes": ["rude"]})["text"]
    chiara = open_desk(folder, coder="chiara")
    assert [chiara("do", id="f1", wanted={"codes": codes})["kind"] for codes in (["slow"], ["slow", "rude"])] == [
        "saved"
    ] * 2


def test_notes_that_cannot_be_read_are_kept(ask, folder, monkeypatch):
    """A hidden file that something else spoilt is said, kept in the history, and does not stop the coding."""
    file = Path(folder, "worksheets/codings/.anna.json")
    file.write_text("<<<<<<< HEAD", encoding="utf-8")
    assert "could not be read" in ask("hello")["said"]
    assert ask("do", id="f1", wanted={"emotion": "1"})["kind"] == "saved"
    (kept,) = (folder / ".history/worksheets/codings/.anna.json").glob("*")
    assert kept.read_text("utf-8").startswith("<<<<<<<")
