"""Two people code one study in two places and send their work by git: nothing is lost, and what clashes is said."""

import os
import shutil
import subprocess

import pytest

from cjm_helpers.errors import CjmError
from cjm_helpers.study.coding_file import open_coding_file
from cjm_helpers.study.folder import check_study, open_study
from cjm_helpers.study.kit import new_study

FEEDBACK = "feedback_id,touchpoint_id,source,text\n" + "".join(f"f{n},pay,survey,Words {n}\n" for n in range(1, 7))
SHEETS = {
    "touchpoints": "touchpoint_id,name,stage\npay,Pay,Purchase\ncart,Cart,Purchase\n",
    "codebook": "code_id,label,definition,status\nslow,Slow,Takes long,active\nrude,Rude,Not kind,active\n",
    "feedback": FEEDBACK,
}
SOMEBODY = {"NAME": "somebody", "EMAIL": "somebody@example.org"}


def run(folder, *words):
    """Run git in a folder, without anybody's own settings."""
    names = {f"GIT_{role}_{what}": said for role in ("AUTHOR", "COMMITTER") for what, said in SOMEBODY.items()}
    apart = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0"}
    subprocess.run(["git", *words], cwd=folder, env=os.environ | names | apart, check=True, capture_output=True)


def send(clone):
    """Do what the README of a study says when one stops: commit the worksheets, take in what came, push."""
    run(clone, "add", "worksheets")
    run(clone, "commit", "-m", "Code")
    run(clone, "pull", "--no-rebase", "--no-edit")
    run(clone, "push")


def give(clone, coder, codes):
    """Let a coder give each verbatim its code, one action each."""
    file = open_coding_file(open_study(clone), part=coder)
    for feedback_id, code_id in codes.items():
        file.replace(feedback_id, [{"feedback_id": feedback_id, "coder_id": coder, "code_id": code_id}])
    return file


def answer(places, table, rows):
    """Let Anna here and Ben there each write a row of one table, send, and fetch what the other sent."""
    for clone, row in zip(places, rows, strict=True):
        open_coding_file(open_study(clone), table).replace(row["feedback_id"], [row])
        send(clone)
    run(places[0], "pull")


def link(touchpoint_id, who):
    """Return a row that links the first verbatim."""
    return {"feedback_id": "f1", "touchpoint_id": touchpoint_id, "decided_by": who}


def decide(applies, who, reason):
    """Return a row that decides whether the first verbatim is about slowness."""
    return {"feedback_id": "f1", "code_id": "slow", "applies": applies, "decided_by": who, "reason": reason}


def list_cautions(clone, table):
    """Return what a check has to say about a table, after it found no fault."""
    found = check_study(clone)
    assert not found.faults
    return [str(caution) for caution in found.cautions if caution.file == table]


def read(clone, coder):
    """Return what stands in a coder's file: the code of each verbatim."""
    codings = open_study(clone).codings.query("coder_id == @coder")
    return dict(zip(codings["feedback_id"], codings["code_id"], strict=True))


@pytest.fixture
def places(tmp_path):
    """Two clones of one study, in two places, and the repository between them."""
    if not shutil.which("git"):
        pytest.skip("git is not installed, so nothing can be sent by it")
    begin, between = new_study(tmp_path / "begin"), tmp_path / "between.git"
    for name, text in SHEETS.items():
        (begin / "worksheets" / f"{name}.csv").write_text(text, encoding="utf-8")
    run(begin, "init", "--initial-branch", "main")
    run(begin, "add", ".")
    run(begin, "commit", "-m", "Begin")
    run(tmp_path, "clone", "--bare", str(begin), str(between))
    for name in ("here", "there"):
        run(tmp_path, "clone", str(between), name)
    return tmp_path / "here", tmp_path / "there"


def test_two_people_in_two_places_lose_nothing(places):
    """Both code the same verbatims blind and send; the merged study passes its checks and holds what each gave."""
    here, there = places
    by_anna = {f"f{n}": "slow" for n in range(1, 7)}
    by_ben = {"f3": "rude", "f1": "slow", "f6": "none"}
    give(here, "anna", by_anna)
    give(there, "ben", by_ben)
    send(here)
    send(there)
    run(here, "pull")
    for clone in places:
        assert (read(clone, "anna"), read(clone, "ben")) == (by_anna, by_ben)
        assert not check_study(clone).faults


def test_a_change_of_mind_travels_alone(places):
    """Who codes one verbatim anew changes the lines of that verbatim; what others sent meanwhile stays."""
    here, there = places
    give(here, "anna", {"f1": "slow", "f2": "slow", "f3": "slow"})
    send(here)
    run(there, "pull")
    give(there, "ben", {"f1": "none"})
    send(there)
    give(here, "anna", {"f2": "rude"})
    send(here)
    assert read(here, "anna") == {"f1": "slow", "f2": "rude", "f3": "slow"} and read(here, "ben") == {"f1": "none"}


def test_links_of_both_are_kept(places):
    """Two who link different verbatims at once both find their links, though both stand at the end of one file."""
    for clone, feedback_id in zip(places, ("f1", "f2"), strict=True):
        link = {"feedback_id": feedback_id, "touchpoint_id": "pay", "decided_by": "anna"}
        open_coding_file(open_study(clone), "alignments").replace(feedback_id, [link])
        send(clone)
    assert set(open_study(places[1]).alignments["feedback_id"]) == {"f1", "f2"}


def test_one_person_at_two_desks_loses_nothing(places):
    """What git brings into an open file, the next action takes over: rows of other verbatims stay beside it."""
    here, there = places
    give(there, "anna", {"f1": "slow", "f2": "rude"})
    send(there)
    file = open_coding_file(open_study(here), part="anna")
    run(here, "pull")
    said = file.replace("f4", [{"feedback_id": "f4", "coder_id": "anna", "code_id": "none"}]).said
    assert said == "" and read(here, "anna") == {"f1": "slow", "f2": "rude", "f4": "none"}


def test_the_same_answer_in_two_places_counts_once(places):
    """Who link or decide one verbatim alike in two places find one row in which both names and reasons stand."""
    answer(places, "alignments", [link("pay", "anna"), link("pay", "ben")])
    answer(places, "coding_decisions", [decide("yes", "anna", "It says so."), decide("yes", "ben", "In other words.")])
    for clone in places:
        ((_, touchpoint_id, linkers),) = open_study(clone).alignments.values
        ((*_, applies, deciders, reason),) = open_study(clone).coding_decisions.values
        assert (touchpoint_id, applies) == ("pay", "yes") and sorted(linkers.split(";")) == ["anna", "ben"]
        assert sorted(deciders.split(";")) == ["anna", "ben"] and "It says so." in reason and "In other" in reason
        assert list_cautions(clone, "alignments") == list_cautions(clone, "coding_decisions") == []


def test_different_links_count_only_when_one_is_chosen(places):
    """Two links of one verbatim stop nothing; neither counts until somebody chooses, which replaces both."""
    answer(places, "alignments", [link("pay", "anna"), link("cart", "ben")])
    for clone in places:
        said = " ".join(list_cautions(clone, "alignments"))
        assert open_study(clone).alignments.empty and "f1 " in said and "link desk" in said
        assert "'pay' (anna)" in said and "'cart' (ben)" in said
    file = open_coding_file(open_study(places[1]), "alignments")
    assert file.is_disputed("f1")
    before = file.replace("f1", [link("cart", "anna;ben")]).before
    assert list_cautions(places[1], "alignments") == [] and len(open_study(places[1]).alignments) == 1
    file.replace("f1", before, keeps_retired=True)
    assert file.rows_of("f1") == before and len(before) == 2


def test_different_decisions_count_only_when_one_is_chosen(places):
    """Two decisions on one code stop nothing; the check names both, and the coders' own answers count meanwhile."""
    give(places[0], "anna", {"f1": "slow"})
    answer(places, "coding_decisions", [decide("no", "anna", "Only mentioned."), decide("yes", "ben", "It says so.")])
    for clone in places:
        said = " ".join(list_cautions(clone, "coding_decisions"))
        assert open_study(clone).coding_decisions.empty and "f1 / slow" in said and "settle desk" in said
        assert "'no' (anna)" in said and "'yes' (ben)" in said
    file = open_coding_file(open_study(places[1]), "coding_decisions")
    with pytest.raises(CjmError, match="stands there twice"):
        file.replace("f1", [decide("no", "eve", "New."), decide("yes", "eve", "New.")])
    file.replace("f1", [decide("yes", "anna;ben", "It says so.")])
    assert list_cautions(places[1], "coding_decisions") == []


def test_what_git_could_not_merge_is_said_once(places):
    """Marks that git left in a worksheet are one fault that says what to do, not one for each line."""
    for clone, name in zip(places, ("Search", "Call"), strict=True):
        with (clone / "worksheets" / "touchpoints.csv").open("a", encoding="utf-8") as file:
            file.write(f"{name.lower()},{name},Purchase\n")
    send(places[0])
    with pytest.raises(subprocess.CalledProcessError):
        send(places[1])
    (fault,) = check_study(places[1]).faults
    assert (fault.file, fault.row) == ("worksheets/touchpoints.csv", None) and "line 4" in fault.what
    assert "take out the lines" in fault.remedy and "git checkout --ours" in fault.remedy
