"""Tests of settling differences: the queue, decisions with reasons, who decides, undo, what others write meanwhile."""

import pytest
from lab.deciding import make_shop, open_desk, read, write

from cjm_helpers.lab import decision_desk, editor_draft, editor_queue
from cjm_helpers.lab.settle_desk import settle_codings
from cjm_helpers.method.feedback import measure_reliability
from cjm_helpers.study import coding_file
from cjm_helpers.study.folder import open_study

DECISIONS = "coding_decisions"
RUDE, SLOW, OTHER = "f1 rude", "f1 slow", "f2 rude"
WHY = "Said ironically."


@pytest.fixture(autouse=True)
def forget_work(monkeypatch):
    """Each test begins with a kernel that knows nobody and has opened nothing."""
    for module, name in ((coding_file, "FILES"), (editor_draft, "LATEST"), (decision_desk, "DECIDERS")):
        monkeypatch.setattr(module, name, {})


@pytest.fixture
def folder(tmp_path):
    """A study in which Anna and Ben differ on two codes of one verbatim and on one of another."""
    return make_shop(tmp_path / "shop")


@pytest.fixture
def ask(folder):
    """Return ask(kind, ...): what the desk of Anna and Ben answers."""
    return open_desk(settle_codings, folder)


def decide(ask, name, applies="yes", reason=WHY):
    """Decide on one disagreement."""
    return ask("decide", id=name, applies=applies, reason=reason)


def test_who_decides_is_asked_once(folder):
    """Several people decide together; a new name gets an id, and the next desk of the kernel knows them all."""
    ask = open_desk(settle_codings, folder, people=())
    assert ask.hello["team"] == {"anna": "Care", "ben": "Shop"} and ask.hello["chosen"] == []
    assert "Choose who decides" in ask("who", people=["", " "])["text"]
    assert ask("who", people=["anna", "Zoë K.; ben"])["deciders"] == "anna;zoe_k;ben"
    assert open_desk(settle_codings, folder).hello["deciders"] == "anna;zoe_k;ben"


def test_nobody_is_ticked_before_they_say_so(folder, monkeypatch):
    """Who made the last decision may sit elsewhere, so they are only named; who codes in this kernel is ticked."""
    write(folder, DECISIONS, "feedback_id,code_id,applies,decided_by\nf2,rude,no,ben;eve\n")
    hello = open_desk(settle_codings, folder, people=()).hello
    assert (hello["chosen"], hello["team"]) == ([], {"anna": "Care", "ben": "Shop", "eve": ""})
    monkeypatch.setitem(editor_queue.PEOPLE, folder.resolve(), "anna")
    assert open_desk(settle_codings, folder, people=()).hello["chosen"] == ["anna"]


def test_a_disagreement_says_what_people_need(ask):
    """The card holds the words, the code with its rules, who gave it and who did not, and their notes."""
    item = ask("at", id=RUDE)["item"]
    assert item["card"]["text"] == "The page was slow and rude" and item["code"]["definition"] == "Somebody is rude"
    assert item["readers"] == [
        {"coder_id": "anna", "gave": True, "others": ["Slow page"], "notes": ["ironic?"]},
        {"coder_id": "ben", "gave": False, "others": ["“nothing fits”"], "notes": []},
    ]
    assert (item["at"], item["others"], item["near"]["next"]) == (1, 1, SLOW)


def test_codes_of_one_verbatim_follow_each_other(ask):
    """The queue goes through all codes of a verbatim, replaced ones under their successor, and stays at the last."""
    shown = [ask.hello["item"]["id"]]
    while len(shown) < 3:
        shown.append(decide(ask, shown[-1])["item"]["id"])
    assert shown == [RUDE, SLOW, OTHER]
    last = decide(ask, OTHER)
    assert (last["item"]["id"], last["progress"]["text"]) == (OTHER, "3 of 3 settled")


def test_a_decision_is_in_the_file_before_it_is_answered(ask, folder):
    """A row says whether the code applies, who decided and why; the codings stay as they were."""
    before = read(folder, "codings/anna")
    answer = decide(ask, RUDE, "no")
    assert (answer["kind"], answer["said"], answer["item"]["id"]) == ("at", "Saved.", SLOW)
    assert read(folder, DECISIONS) == [["f1", "rude", "no", "anna;ben", WHY]]
    assert read(folder, "codings/anna") == before and answer["progress"]["done"] == 1


def test_a_decision_needs_its_reason(ask, folder):
    """Without a reason, or with an answer that is neither, nothing is written."""
    assert "Say why" in decide(ask, RUDE, reason="  ")["text"]
    assert "yes" in decide(ask, RUDE, "maybe")["text"]
    assert read(folder, DECISIONS) == []


def test_agreement_does_not_move(ask, folder):
    """Decisions change which codes count, never the coefficient that was measured before people talked."""

    def measure():
        study = open_study(folder)
        return measure_reliability(study.codings, codebook=study.codebook, bootstraps=50)

    before = measure()
    for name in (RUDE, SLOW, OTHER):
        decide(ask, name)
    assert measure().equals(before)


def test_steps_are_taken_back(ask, folder):
    """Undo takes decisions back one by one and shows what each was about; then there is nothing to take back."""
    decide(ask, RUDE, "no")
    decide(ask, RUDE, "yes")
    answer = ask("undo")
    assert (answer["item"]["id"], answer["item"]["decided"]) == (RUDE, "no")
    assert ask("undo")["item"]["decided"] == "" and read(folder, DECISIONS) == []
    assert "nothing to take back" in ask("undo")["text"]


def test_undo_keeps_what_another_desk_decided_since(ask, folder):
    """A step is not taken back over a decision on the same verbatim that another desk wrote since."""
    other = open_desk(settle_codings, folder, view="other")
    decide(ask, SLOW)
    decide(other, RUDE)
    assert "changed elsewhere since" in ask("undo")["text"]
    assert [row[:3] for row in read(folder, DECISIONS)] == [["f1", "slow", "yes"], ["f1", "rude", "yes"]]


def test_settled_ones_are_reopened_and_changed(ask, folder):
    """Reopening takes the decision away, and a new one stands alone; the other code of the verbatim keeps its own."""
    decide(ask, SLOW)
    decide(ask, RUDE)
    assert ask("reopen", id=RUDE)["item"]["decided"] == ""
    assert [row[1] for row in read(folder, DECISIONS)] == ["slow"]
    assert decide(ask, RUDE, "no", "New")["progress"]["done"] == 2


def test_a_decision_under_an_old_name_is_replaced(folder):
    """What was decided under a code that was replaced since counts, and gives way to a new decision."""
    write(folder, DECISIONS, "feedback_id,code_id,applies,decided_by,reason\nf1,late,no,ben,Old\n")
    ask = open_desk(settle_codings, folder)
    assert ask("at", id=SLOW)["item"]["decided"] == "no" and ask.hello["progress"]["done"] == 1
    decide(ask, SLOW, "yes")
    assert read(folder, DECISIONS) == [["f1", "slow", "yes", "anna;ben", WHY]]


def test_what_others_decided_meanwhile_stays(ask, folder):
    """A decision that git brings while the desk is open is kept, counted, and no longer asked."""
    write(folder, DECISIONS, "feedback_id,code_id,applies,decided_by,reason\nf2,rude,no,eve,Theirs\n")
    answer = decide(ask, RUDE)
    assert read(folder, DECISIONS) == [["f2", "rude", "no", "eve", "Theirs"], ["f1", "rude", "yes", "anna;ben", WHY]]
    assert answer["progress"]["done"] == 2 and answer["item"]["near"]["open"] == ""


def test_a_decision_that_somebody_made_meanwhile_is_shown_first(ask, folder):
    """Where git brought a decision on the very same code, nothing is written over it; seen, it may be changed."""
    write(
        folder, DECISIONS, "feedback_id,code_id,applies,decided_by,reason\nf1,rude,no,eve,Theirs\nf1,slow,no,eve,So\n"
    )
    answer = decide(ask, RUDE)
    assert "Somebody else settled this" in answer["said"] and answer["item"]["by"] == "eve"
    decide(ask, RUDE)
    assert sorted(row[1:4] for row in read(folder, DECISIONS)) == [["rude", "yes", "anna;ben"], ["slow", "no", "eve"]]


def test_one_code_at_a_time(ask):
    """The filter goes through the disagreements on one code and says how many of each are open."""
    assert [one["label"] for one in ask.hello["codes"]] == ["Rude: 2 of 2 open", "Slow page: 1 of 1 open"]
    answer = ask("filter", code="rude")
    assert (answer["progress"]["total"], answer["item"]["near"]["next"]) == (2, OTHER)
    assert decide(ask, RUDE)["item"]["id"] == OTHER


def test_codings_changed_elsewhere_are_found(ask, folder):
    """Coming back finds what git changed; a disagreement that is gone cannot be decided."""
    assert ask("fresh")["kind"] == "as before"
    write(folder, "codings/ben", "feedback_id,coder_id,code_id\nf1,ben,none\nf2,ben,none\n")
    assert ask("fresh")["progress"]["total"] == 2
    assert "is gone" in decide(ask, OTHER)["text"]


def test_what_is_imported_is_not_changed(folder):
    """A decision that an import brought counts as settled and refuses to be changed."""
    (folder / "imported").mkdir(exist_ok=True)
    (folder / "imported/coding_decisions.csv").write_text(
        "feedback_id,code_id,applies\nf1,rude,yes\n", encoding="utf-8"
    )
    ask = open_desk(settle_codings, folder)
    assert "import" in decide(ask, RUDE, "no")["text"] and read(folder, DECISIONS) == []


def test_an_example_is_read_only_and_offers_a_copy(tmp_path, monkeypatch):
    """A shipped example shows its disagreements to anybody, decides nothing, and offers to become one's own study."""
    monkeypatch.setenv("CJM_LAB_ROOT", str(tmp_path))
    ask = open_desk(settle_codings, open_study("clinic_visit").folder)
    assert ask.hello["kind"] == "desk" and ask.hello["offer"]["root"] == str(tmp_path)
    assert "Make it your own study" in decide(ask, ask.hello["item"]["id"])["text"]


def test_the_page_without_a_kernel_counts_in_words(ask, folder):
    """What stands in place of the desk quotes nobody; where nobody differs it says so."""
    assert ask.desk.describe()[1] == (
        "Disagreements: 0 of 3 settled, over 2 codes. In JupyterLab, run this cell to settle them."
    )
    write(folder, "codings/ben", "feedback_id,coder_id,code_id\n")
    desk = settle_codings(open_study(folder))
    assert (
        desk.describe()[0].startswith("<p>Disagreements: none.")
        and open_desk(settle_codings, folder).hello["item"] is None
    )


HEADING = "feedback_id,code_id,applies,decided_by,reason\n"


def test_two_decisions_wait_for_one_answer(folder):
    """What was settled differently in two places is open and shows both; one answer replaces both, undo brings both."""
    write(folder, DECISIONS, HEADING + "f1,rude,yes,anna,So.\nf1,rude,no,ben,Not so.\n")
    ask = open_desk(settle_codings, folder)
    item = ask("at", id=RUDE)["item"]
    assert (item["decided"], [row["applies"] for row in item["disputed"]]) == ("", ["yes", "no"])
    decide(ask, SLOW)
    assert len(read(folder, DECISIONS)) == 3
    decide(ask, RUDE, "no")
    assert ["f1", "rude", "no", "anna;ben", WHY] in read(folder, DECISIONS) and len(read(folder, DECISIONS)) == 2
    ask("undo")
    assert len(read(folder, DECISIONS)) == 3 and ask("at", id=RUDE)["item"]["disputed"]


def test_the_same_decision_twice_is_settled(folder):
    """Decided alike in two places is settled, with both names and reasons, and can be decided anew."""
    write(folder, DECISIONS, HEADING + "f1,rude,yes,anna,So.\nf1,rude,yes,ben,Indeed.\n")
    ask = open_desk(settle_codings, folder)
    item = ask("at", id=RUDE)["item"]
    assert (item["decided"], item["by"], item["reason"]) == ("yes", "anna;ben", "So. / Indeed.")
    decide(ask, RUDE, "no")
    assert read(folder, DECISIONS) == [["f1", "rude", "no", "anna;ben", WHY]]
