"""Tests of linking feedback to touchpoints: proposals, a person's choice, what stays open, counts, undo."""

import pytest
from lab.deciding import make_shop, open_desk, read, write

from cjm_helpers.lab import decision_desk, editor_draft, link_desk
from cjm_helpers.lab.link_desk import link_feedback
from cjm_helpers.study import coding_file
from cjm_helpers.study.folder import open_study

LINKS = "alignments"


@pytest.fixture(autouse=True)
def forget_work(monkeypatch):
    """Each test begins with a kernel that knows nobody and has opened nothing."""
    for name in ("LEFT", "TRIED"):
        monkeypatch.setattr(link_desk, name, {})
    for module, name in ((coding_file, "FILES"), (editor_draft, "LATEST"), (decision_desk, "DECIDERS")):
        monkeypatch.setattr(module, name, {})


@pytest.fixture
def folder(tmp_path):
    """A study in which four reviews came without a touchpoint; a coder placed one of them."""
    return make_shop(tmp_path / "shop")


@pytest.fixture
def ask(folder):
    """Return ask(kind, ...): what Anna's desk answers."""
    return open_desk(link_feedback, folder, people=("anna",))


def test_nobody_is_ticked_before_they_say_so(folder):
    """That Ben made the last link, perhaps on another machine, ticks nobody; the only one of a team is ticked."""
    write(folder, LINKS, "feedback_id,touchpoint_id,decided_by\nr2,pay,ben\n")
    assert open_desk(link_feedback, folder, people=()).hello["chosen"] == []
    settings = folder / "study.toml"
    settings.write_text(settings.read_text("utf-8").replace('ben = "Shop"\n', ""), encoding="utf-8")
    assert open_desk(link_feedback, folder, people=()).hello["chosen"] == ["anna"]


def test_the_surest_comes_first_with_its_words(ask):
    """The verbatim whose touchpoint is surest is shown first; what a coder placed is not asked."""
    item = ask.hello["item"]
    assert (item["id"], item["is_sure"], item["of"]) == ("r1", True, 3)
    first = item["proposals"][0]
    assert (first["touchpoint_id"], first["words"][:2]) == ("desk", ("help", "desk"))
    assert ask.hello["progress"]["text"] == "1 of 4 linked"
    assert ask.hello["without"] == "3 of 6 verbatims (50%) have no touchpoint yet"


def test_nothing_is_written_before_somebody_chooses(ask, folder):
    """Looking, skipping and leaving open write no link."""
    ask("at", id="r2")
    ask("leave", id="r2")
    assert read(folder, LINKS) == []


def test_a_link_is_in_the_file_before_it_is_answered(ask, folder):
    """A row says where the verbatim belongs and who decided; the next open one is shown, and the share goes down."""
    answer = ask("link", id="r1", touchpoint_id="desk")
    assert read(folder, LINKS) == [["r1", "desk", "anna"]] and answer["item"]["id"] == "r2"
    assert answer["without"].startswith("2 of 6 verbatims (33%)") and answer["progress"]["done"] == 2
    ask("link", id="r1", touchpoint_id="ad")
    assert read(folder, LINKS) == [["r1", "ad", "anna"]]
    assert "not known" in ask("link", id="r2", touchpoint_id="moon")["text"]


def test_a_link_is_taken_away(ask, folder):
    """Where a link was wrong, it goes, and the verbatim is open again."""
    ask("link", id="r1", touchpoint_id="desk")
    assert ask("unlink", id="r1")["item"]["linked"] == "" and read(folder, LINKS) == []


def test_what_belongs_to_no_step_is_remembered(ask, folder):
    """It is not asked again in this kernel, not even by another desk, until somebody goes back to it."""
    assert ask("leave", id="r1")["progress"]["text"] == "1 of 4 linked, 1 left open"
    again = open_desk(link_feedback, folder)
    assert again.hello["item"]["id"] == "r2" and again("at", id="r1")["item"]["is_left"]
    ask("link", id="r1", touchpoint_id="desk")
    assert "Take the link away" in ask("leave", id="r1")["text"]


def test_confirmed_proposals_are_counted(ask):
    """Only what was proposed counts: confirmed, changed or left open; what is taken back does not."""
    assert ask("link", id="r1", touchpoint_id="desk")["confirmed"].startswith("1 of 1 proposal confirmed")
    assert ask("link", id="r2", touchpoint_id="ad")["confirmed"].startswith("1 of 2 proposals confirmed")
    assert ask("link", id="r3", touchpoint_id="ad")["confirmed"].startswith("1 of 2")
    for _ in range(2):
        answer = ask("undo")
    assert answer["confirmed"].startswith("1 of 1") and ask("leave", id="r2")["confirmed"].startswith("1 of 2")


def test_steps_are_taken_back(ask, folder):
    """Undo takes back links and what was left open, one by one, and shows what each was about."""
    ask("link", id="r1", touchpoint_id="desk")
    ask("leave", id="r2")
    assert ask("undo")["item"]["is_left"] is False
    assert ask("undo")["item"]["id"] == "r1" and read(folder, LINKS) == []


def test_proposals_are_made_anew_from_links(ask, folder):
    """Asked to, the desk learns from what was linked since; a step before that can still be taken back."""
    ask("link", id="r3", touchpoint_id="ad")
    answer = ask("again")
    assert (answer["item"]["of"], answer["progress"]["done"], answer["new"]) == (2, 2, 0)
    assert ask("undo")["item"]["id"] == "r3" and read(folder, LINKS) == []


def test_what_others_linked_meanwhile_stays(ask, folder):
    """A link that git brings while the desk is open is kept and no longer asked."""
    write(folder, LINKS, "feedback_id,touchpoint_id,decided_by\nr2,pay,eve\n")
    answer = ask("link", id="r1", touchpoint_id="desk")
    assert read(folder, LINKS) == [["r2", "pay", "eve"], ["r1", "desk", "anna"]] and answer["item"]["id"] == "r3"


def test_proposals_are_tried_where_the_touchpoint_is_known(ask):
    """On request the desk says how good proposals are on what is linked already."""
    assert ask("trial")["text"].startswith("Tried on the 3 verbatims whose touchpoint is known")


def test_an_example_is_read_only(tmp_path):
    """A shipped example shows its proposals to anybody and links nothing."""
    ask = open_desk(link_feedback, open_study("clinic_visit").folder)
    assert (
        ask.hello["offer"]
        and "Make it your own study" in ask("link", id=ask.hello["item"]["id"], touchpoint_id="bed")["text"]
    )


def test_the_page_without_a_kernel_counts_in_words(ask, folder):
    """What stands in place of the desk quotes nobody; a study without feedback has nothing to link."""
    assert ask.desk.describe()[1] == (
        "Linking: 3 of 6 verbatims (50%) have no touchpoint yet. In JupyterLab, run this cell to link them."
    )
    for name in ("feedback", "codings/anna", "codings/ben", "codings/machine"):
        (folder / "worksheets" / f"{name}.csv").unlink()
    empty = open_desk(link_feedback, folder)
    assert empty.hello["item"] is None and "0 of 0 verbatims have" in empty.desk.describe()[1]


def test_two_links_of_one_verbatim_wait_for_one_answer(folder):
    """Who linked it differently in two places is shown; it is open, one answer replaces both, and undo brings both."""
    rows = "r1,desk,anna\nr1,ad,ben\n"
    write(folder, LINKS, "feedback_id,touchpoint_id,decided_by\n" + rows)
    ask = open_desk(link_feedback, folder, people=("anna",))
    item = ask.hello["item"]
    assert (item["id"], item["linked"], [row["decided_by"] for row in item["disputed"]]) == ("r1", "", ["anna", "ben"])
    assert ask.hello["progress"]["text"] == "1 of 4 linked"
    assert ask("link", id="r1", touchpoint_id="ad")["progress"]["done"] == 2
    assert read(folder, LINKS) == [["r1", "ad", "anna"]]
    assert ask("undo")["item"]["disputed"] and len(read(folder, LINKS)) == 2
