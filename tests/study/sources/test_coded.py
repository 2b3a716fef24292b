"""Codings made elsewhere: codes by name get ids and a tree, ticks become codes, and who read nothing has no row."""

import pytest
from study.station import HEAD, read, refuse

from cjm_helpers.study.folder import check_study, open_study
from cjm_helpers.study.kit import new_study
from cjm_helpers.study.sources import import_sources
from cjm_helpers.study.sources.intake import take_back

ANNA = "ID,Why?,Code 1,Code 2\n7,Too dear,Cost,Cost->Too high\n8,Nobody called,Silence->No call,\n9,Fine,,\n"
BEN = "ID,Why?,Code 1,Code 2\n7,Too dear,Cost->Too high,\n8,Nobody called,silence,\n9,Fine,Cost,Cost\n"
TICKS = "ID,Why?,Cost,No call\n7,Too dear,1,0\n8,Nobody called,0,1\n9,Fine,0,0\n10,Not read,,\n"
LONG = "item,who,words,answer\n7,u1,Too dear,Cost\n7,u2,Too dear,Silence\n8,u1,Nobody called,Silence\n"


def block(file: str, *more: str, coder="", **columns: str) -> str:
    """Spell a block of codings; coder is who coded the whole file."""
    taken = {"feedback_id": "v-{ID}", "text": "Why?"} | columns
    pairs = ", ".join(f"{ours} = '{theirs}'" for ours, theirs in taken.items())
    fixed = (f'coder_id = "{coder}", ' if coder else "") + 'source = "survey", asked = "Why did you leave?"'
    head = f'[[import]]\nfile = "{file}"\ntable = "codings"\ncolumns = {{ {pairs} }}\nfixed = {{ {fixed} }}\n'
    return head + "\n".join(more or (CODES, TREE, 'blank = [""]')) + "\n"


CODES, TREE = 'codes = ["Code 1", "Code 2"]', 'codebook = "->"'
TICKED = 'codes = ["Cost", "No call"]', TREE, 'ticked = ["1"]', 'blank = ["", "0"]'


@pytest.fixture
def lay(tmp_path):
    """Return lay(blocks, files): the folder of a study with these exports in raw/."""

    def lay_out(*blocks: str, **files: str):
        folder = new_study(tmp_path / "study")
        (folder / "study.toml").write_text(HEAD + "\n".join(blocks), encoding="utf-8")
        for name, text in files.items():
            (folder / "raw" / f"{name}.csv").write_text(text, encoding="utf-8")
        return folder

    return lay_out


def list_codings(folder, coder: str) -> list:
    """Return what a coder gave which verbatim."""
    return read(folder, f"codings/{coder}")[["feedback_id", "code_id"]].values.tolist()


def test_two_coders_files_share_verbatims_and_codes(lay):
    """Each verbatim stands once with its question, and the same name is the same code in both files."""
    folder = lay(block("a.csv", coder="anna"), block("b.csv", coder="ben"), a=ANNA, b=BEN)
    import_sources(folder)
    assert read(folder, "feedback")[["feedback_id", "asked"]].values.tolist() == [
        ["v-7", "Why did you leave?"], ["v-8", "Why did you leave?"], ["v-9", "Why did you leave?"],
    ]  # fmt: skip
    assert list_codings(folder, "anna") == [["v-7", "cost"], ["v-7", "cost_too_high"], ["v-8", "silence_no_call"]]
    assert list_codings(folder, "ben") == [["v-7", "cost_too_high"], ["v-8", "silence_2"], ["v-9", "cost"]]
    assert not check_study(folder).faults


def test_subcodes_stand_under_their_codes(lay):
    """Labels stay as written, ids are unlike whatever the spelling, and a code of which only subcodes came is there."""
    folder = lay(block("a.csv", coder="anna"), block("b.csv", coder="ben"), a=ANNA, b=BEN)
    import_sources(folder)
    assert read(folder, "codebook")[["code_id", "label", "parent"]].values.tolist() == [
        ["cost", "Cost", ""], ["cost_too_high", "Too high", "cost"], ["silence", "Silence", ""],
        ["silence_no_call", "No call", "silence"], ["silence_2", "silence", ""],
    ]  # fmt: skip


def test_an_answer_without_a_code_was_not_coded(lay):
    """It is kept as a verbatim and has no row in the coder's file."""
    folder = lay(block("a.csv", coder="anna"), a=ANNA)
    assert "3 rows in the file = 3 kept. 6 cells in the file = 3 kept + 3 blank." in str(import_sources(folder))
    assert "v-9" in set(read(folder, "feedback")["feedback_id"]) - set(read(folder, "codings/anna")["feedback_id"])


def test_codes_that_the_team_keeps_are_not_made_again(lay):
    """A codebook taken over into worksheets/ stays the team's: the next import makes only what it lacks."""
    folder = lay(block("a.csv", coder="anna"), a=ANNA)
    own = "code_id,label,definition\ncost,Price,All about money\ncost_too_high,Too high,More than expected\n"
    (folder / "worksheets" / "codebook.csv").write_text(own, encoding="utf-8")
    import_sources(folder)
    assert read(folder, "codebook")["code_id"].tolist() == ["silence", "silence_no_call"]
    assert not check_study(folder).faults


def test_a_label_that_the_team_knows_is_that_code(lay):
    """Label and place in the tree say which code it is, however it is spelt; one retired comes last."""
    folder = lay(block("a.csv", coder="anna"), a=ANNA)
    own = "code_id,label,parent,status\nold,Cost,,retired\nk1, COST ,,\nk2,too high,k1,\nk3,No call,,\n"
    (folder / "worksheets" / "codebook.csv").write_text(own, encoding="utf-8")
    import_sources(folder)
    assert list_codings(folder, "anna") == [["v-7", "k1"], ["v-7", "k2"], ["v-8", "silence_no_call"]]
    assert read(folder, "codebook")["code_id"].tolist() == ["silence", "silence_no_call"]


def test_codes_that_share_a_cell_are_parted(lay):
    """Each counts as a cell of its own, a sign too many gives none, and a code that comes twice counts once."""
    rows = "ID,Why?,Codes\n7,Too dear,Cost; Silence;\n8,Nobody called,\n9,Fine,Cost;Cost\n"
    several = 'codes = ["Codes"]', 'several = ";"', TREE, 'blank = [""]'
    folder = lay(block("a.csv", *several, coder="anna"), a=rows)
    assert "5 cells in the file = 3 kept + 1 blank + 1 the same code again." in str(import_sources(folder))
    assert list_codings(folder, "anna") == [["v-7", "cost"], ["v-7", "silence"], ["v-9", "cost"]]


def test_a_column_for_each_code_is_read_by_its_ticks(lay):
    """A tick gives the code that the column is called after; all zero is read, nothing fits; all empty is not read."""
    folder = lay(block("t.csv", *TICKED, coder="anna"), t=TICKS)
    import_sources(folder)
    assert list_codings(folder, "anna") == [["v-7", "cost"], ["v-8", "no_call"], ["v-9", "none"]]
    assert read(folder, "codebook")["label"].tolist() == ["Cost", "No call"]
    assert len(read(folder, "feedback")) == 4


def test_an_odd_tick_is_said(lay):
    """A value that is neither a tick nor blank is never taken for either."""
    said = refuse(lay(block("t.csv", *TICKED, coder="anna"), t=TICKS.replace("dear,1", "dear,2")))
    assert "t.csv, row 2, column Cost: The value '2' is neither ticked nor blank" in said


def test_judgements_of_many_in_one_file_are_taken_apart(lay):
    """A row a judgement: the words stand once, each coder has a file."""
    columns = {"feedback_id": "item", "coder_id": "who", "text": "words"}
    folder = lay(block("l.csv", 'codes = ["answer"]', TREE, 'blank = [""]', **columns), l=LONG)
    import_sources(folder)
    assert read(folder, "feedback")["text"].tolist() == ["Too dear", "Nobody called"]
    assert list_codings(folder, "u1") == [["7", "cost"], ["8", "silence"]]
    assert list_codings(folder, "u2") == [["7", "silence"]]


def test_one_id_for_other_words_is_said(lay):
    """Judgements that share an id and not their words are a fault."""
    columns = {"feedback_id": "item", "coder_id": "who", "text": "words"}
    blocks = block("l.csv", 'codes = ["answer"]', TREE, 'blank = [""]', **columns)
    said = refuse(lay(blocks, l=LONG.replace("u2,Too dear", "u2,Too late")))
    assert "The feedback_id '7' comes twice in feedback (l.csv row 2, l.csv row 3)." in said


def test_a_file_of_codings_is_taken_back_whole(lay):
    """Its verbatims, codings and codebook go together."""
    folder = lay(block("a.csv", coder="anna"), a=ANNA)
    import_sources(folder)
    take_back(open_study(folder), "a.csv")
    assert not list((folder / "imported").rglob("*.csv"))


def test_keys_of_codes_go_with_codes(lay):
    """ticked and codebook without columns of codes are said."""
    said = refuse(lay('[[import]]\nfile = "a.csv"\ntable = "feedback"\ncodebook = "->"\n', a=ANNA))
    assert "[[import]] 1: codebook goes with codes, which it lacks." in said
