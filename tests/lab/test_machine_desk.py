"""Tests of the machine desk: it counts, learns on a click, queues what nobody read, and keeps its first answers."""

import shutil

import pandas as pd
import pytest
from lab.clicks import click, find, read, wait
from method.coded import BOOK, code_all, speak

from cjm_helpers.lab import machine_desk
from cjm_helpers.lab.machine_desk import suggest_codings
from cjm_helpers.study.folder import open_study, save_worksheet
from cjm_helpers.study.kit import new_study

SAID, IS_SLOW = speak(200, touchpoint_id="")
UNREAD, _ = speak(60, seed=5, start=1000, touchpoint_id="")


@pytest.fixture
def make_desk(tmp_path):
    """Make a study of what was said, some of it coded by Anna, and open its desk."""
    return lambda **told: _make_desk(tmp_path / "shop", **told)


@pytest.fixture(scope="module")
def proposed(tmp_path_factory):
    """Return a desk where the machine has proposed codes, the folder of its study, and what it said meanwhile."""
    desk, folder = _make_desk(tmp_path_factory.mktemp("machine") / "shop")
    told = []
    desk.send = lambda message, **options: told.append(message.get("text"))
    propose(desk)
    return desk, folder, told


@pytest.fixture
def again(proposed, tmp_path):
    """Return a new desk in a copy of that study, and the copy's folder."""
    shutil.copytree(proposed[1], tmp_path / "copy")
    return _open_desk(tmp_path / "copy"), tmp_path / "copy"


def _make_desk(folder, *, said=(*SAID, *UNREAD), codings=tuple(code_all(SAID, IS_SLOW))):
    study = open_study(new_study(folder))
    for name, rows, part in (("codebook", BOOK, ""), ("feedback", said, ""), ("codings", codings, "anna")):
        study = save_worksheet(study, name, frame=pd.DataFrame(list(rows)), part=part) if rows else study
    return _open_desk(folder), folder


def _open_desk(folder):
    desk = suggest_codings(open_study(folder))
    desk.send = lambda *message, **options: None
    return desk


def let_ben_read(folder, names) -> None:
    """Let Ben read verbatims in which he finds nothing."""
    rows = pd.DataFrame({"feedback_id": names, "coder_id": "ben", "code_id": "none"})
    save_worksheet(open_study(folder), "codings", frame=rows, part="ben")


def propose(desk) -> None:
    """Click the button, and wait until the machine has learnt."""
    click(desk, "propose")
    wait(desk)


def read_machine(folder) -> pd.DataFrame:
    """Return what machine.csv holds."""
    return pd.read_csv(folder / "worksheets/codings/machine.csv", dtype=str, keep_default_na=False)


def test_the_desk_says_how_much_is_read(make_desk):
    """Before a click it counts, promises nothing, and has written nothing."""
    desk, folder = make_desk(said=(*SAID, *UNREAD, SAID[0] | {"feedback_id": "f9", "text": ""}))
    assert "People have read 200 verbatims with words; nobody has read 60. 1 verbatim without words left out." in read(
        desk
    )
    assert find(desk, kind="button")["label"] == "Let the machine propose codes"
    assert not (folder / "worksheets/codings/machine.csv").exists()


def test_a_click_queues_what_nobody_read(proposed):
    """The answers stand in reading order under the coder "machine", the study opens, and the page says what is next."""
    desk, folder, told = proposed
    rows = read_machine(folder)
    assert set(rows["feedback_id"]) == {row["feedback_id"] for row in UNREAD} and set(rows["coder_id"]) == {"machine"}
    assert rows["note"].str.contains("probability|nothing suggested").all()
    assert open_study(folder).codings["coder_id"].value_counts()["machine"] == len(rows)
    assert "60 verbatims queued" in read(desk) and "Review them in the coding desk" in read(desk)
    assert "Training 1 of 1 codes" in told


def test_the_table_says_which_codes_and_why_not_the_others(proposed):
    """Each code has a row in plain words; a code without a figure has empty cells."""
    rows = {row[0]: row[1:] for row in find(proposed[0], kind="table")["rows"]}
    assert rows["Slow pages"][0] == "Yes" and rows["Slow pages"][1].endswith(")")
    assert rows["Rude people"] == ["No: too few examples", "", "", "", "", ""]


def test_proposing_again_gives_the_same_file(proposed, again):
    """Nothing was read since: another click writes the same bytes."""
    desk, folder = again
    propose(desk)
    files = [place / "worksheets/codings/machine.csv" for place in (folder, proposed[1])]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_the_first_answer_to_what_people_read_since_is_kept(again):
    """Ben reads ten and says the opposite; the machine learns anew, and its ten first answers stay letter by letter."""
    desk, folder = again
    before = read_machine(folder)
    is_audited = before["note"].str.contains("audit") & (before["code_id"] == "slow")
    names = [before.loc[is_audited, "feedback_id"].iloc[0], *before["feedback_id"].drop_duplicates()[:9]]
    let_ben_read(folder, names)
    propose(desk)
    after, is_kept = read_machine(folder), before["feedback_id"].isin(names)
    kept = after[after["feedback_id"].isin(names)].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, before[is_kept].reset_index(drop=True))
    assert after["feedback_id"].nunique() == 60 and "50 verbatims queued" in read(desk)
    assert [row[-1] for row in find(desk, kind="table")["rows"]] == ["0 of 1", ""]  # right in the audit


def test_what_is_read_while_the_machine_learns_keeps_its_answer(again, monkeypatch):
    """Ben codes a verbatim during the training: its first answer is not written over."""
    desk, folder = again
    before = read_machine(folder)
    name, learn = before["feedback_id"].iloc[0], machine_desk.suggest_codes

    def learn_while_ben_reads(*tables, **options):
        let_ben_read(folder, [name])
        return learn(*tables, **options).assign(note="anew")

    monkeypatch.setattr(machine_desk, "suggest_codes", learn_while_ben_reads)
    propose(desk)
    after = read_machine(folder)
    assert after.loc[after["note"] != "anew", "feedback_id"].unique().tolist() == [name]


def test_what_waits_to_be_coded_anew_keeps_its_first_answer(again):
    """A code is retired after Ben gave it: the verbatim counts as not read again, its first answer stays."""
    desk, folder = again
    before = read_machine(folder)
    name = before["feedback_id"].iloc[0]
    ben = pd.DataFrame({"feedback_id": [name], "coder_id": "ben", "code_id": "rude"})
    study = save_worksheet(open_study(folder), "codings", frame=ben, part="ben")
    save_worksheet(study, "codebook", frame=study.codebook.assign(status=["active", "retired"]))
    propose(desk)
    after, kept = read_machine(folder), before[before["feedback_id"] == name]
    pd.testing.assert_frame_equal(
        after[after["feedback_id"] == name].reset_index(drop=True), kept.reset_index(drop=True)
    )
    assert "59 verbatims queued" in read(desk)


@pytest.mark.parametrize(
    "said, codings, sentence",
    [
        ((), (), "There is no feedback with words yet."),
        (SAID, (), "Nobody has coded yet."),
        (SAID, code_all(SAID, IS_SLOW), "People have read every verbatim"),
        (SAID, code_all(SAID[:30], IS_SLOW), "The machine cannot learn yet"),
    ],
)
def test_where_nothing_can_be_proposed_there_is_a_sentence(make_desk, said, codings, sentence):
    """No words, nobody coded, all read, too little coded: a sentence, no button."""
    desk, _ = make_desk(said=said, codings=codings)
    assert sentence in read(desk) and "Let the machine" not in read(desk)


def test_where_no_code_may_be_suggested_nothing_is_written(make_desk):
    """A code that has nothing to do with the words: the table says why, and there is no file."""
    desk, folder = make_desk(codings=code_all(SAID, [i % 3 == 0 for i in range(200)]))
    propose(desk)
    assert "No: no better than chance" in read(desk)
    assert "No code may be suggested yet, so nothing was written" in read(desk)
    assert not (folder / "worksheets/codings/machine.csv").exists()


def test_an_example_offers_a_copy(example):
    """A shipped example is only read: the offer of a copy stands in place of the button."""
    desk = suggest_codings(example)
    assert "stays as it is" in read(desk) and "propose" not in [one.get("action") for one in desk.page()]
