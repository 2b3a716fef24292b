"""A worksheet opened for editing, checked and saved, also while others write into it."""

import pandas as pd
import pytest

from cjm_helpers.errors import CjmError, FaultsFound, ParameterError
from cjm_helpers.study.drafts import check_draft, open_sheet, save_draft
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.history import list_versions
from cjm_helpers.study.selection import select_rows
from cjm_helpers.study.tables import read_sheet

MANY = 5_000


def read(folder, table):
    """Return the rows of a worksheet as they stand on disk."""
    return read_sheet(folder / "worksheets" / f"{table}.csv", folder=folder).cells


def replace_cell(draft, row, **cells):
    """Return the rows of a draft with cells of one row changed."""
    frame = draft.frame.copy()
    frame.loc[row, list(cells)] = list(cells.values())
    return frame


def add_row(draft, **cells):
    """Return the rows of a draft with one more."""
    row = pd.DataFrame([cells], columns=draft.frame.columns, dtype="str").fillna("")
    return pd.concat([draft.frame, row], ignore_index=True)


def test_a_draft_holds_the_cells_of_the_file(folder):
    """Text as written, rows in the order of the file, every column of the spec, and nothing of imported rows."""
    (folder / "imported/touchpoints.csv").write_text("touchpoint_id,name,stage\nadded,Added,Buy\n")
    draft = open_sheet(open_study(folder), "touchpoints")
    assert draft.frame["persona_ids"].tolist() == ["", "lena; omar", "lena", "omar"]
    assert tuple(draft.frame.columns) == draft.spec.column_names
    assert not draft.is_read_only and draft.file == "worksheets/touchpoints.csv"


def test_decimal_commas_become_points(change):
    """What a German Excel saved opens without faults, and shows numbers as they will be written."""
    cells = "touchpoint_id;name;stage;position\nadvert;Advert, big;Look;1,5\nbasket;Basket;Buy;\n"
    change("worksheets/touchpoints.csv", new=cells + "forced_account;A;Buy;2\nguest_order;B;Buy;3\n")
    draft = open_sheet(open_study(change("imported/customers.csv", old="31", new="31")), "touchpoints")
    assert draft.frame["position"].tolist() == ["1.5", "", "2", "3"] and draft.frame["name"][0] == "Advert, big"
    assert check_draft(draft.study, "touchpoints", frame=draft.frame) == []


def test_a_draft_of_a_narrowed_study_holds_all_rows(folder):
    """An editor shows and saves the rows of others too, whatever part of the study is looked at."""
    draft = open_sheet(select_rows(open_study(folder), persona_id="lena", wave="all"), "personas")
    saved = save_draft(draft, frame=replace_cell(draft, 0, tagline="new"))
    assert read(folder, "personas")["persona_id"].tolist() == ["lena", "omar"]
    assert not saved.draft.study.is_narrowed


def test_a_draft_is_of_what_stands_on_disk(folder, change):
    """A study opened before somebody changed the worksheet does not show what is old."""
    study = open_study(folder)
    change("worksheets/personas.csv", old="Omar", new="Omari")
    assert open_sheet(study, "personas").frame["name"].tolist() == ["Lena", "Omari"]


def test_a_worksheet_that_is_not_there_yet_is_empty(folder):
    """It has all its columns, and saving makes it."""
    draft = open_sheet(open_study(folder), "goals")
    assert draft.frame.empty and tuple(draft.frame.columns) == draft.spec.column_names
    saved = save_draft(draft, frame=add_row(draft, goal_id="g1", statement="Sell more"))
    assert saved.draft.frame["statement"].tolist() == ["Sell more"] == read(folder, "goals")["statement"].tolist()


def test_examples_are_read_only():
    """An example says why it stays as it is, and refuses to be saved."""
    draft = open_sheet(open_study("retail_checkout"), "personas")
    assert draft.is_read_only and "example" in draft.why_read_only
    with pytest.raises(CjmError, match="your own study"):
        save_draft(draft, frame=draft.frame)


@pytest.mark.parametrize(("name", "count"), [("responses", 4), ("events", 0)])
def test_imported_tables_are_read_only(folder, name, count):
    """Their rows are shown, but for events, which may be larger than memory; the way to change them is said."""
    draft = open_sheet(open_study(folder), name)
    assert "filled by imports" in draft.why_read_only and len(draft.frame) == count


def test_a_folder_table_opens_for_one_person(folder):
    """A coder sees the codings of that coder."""
    study = open_study(folder)
    assert set(open_sheet(study, "codings", part="ben").frame["coder_id"]) == {"ben"}
    with pytest.raises(ParameterError, match="coder_id"):
        open_sheet(study, "codings")


def test_checking_says_what_saving_would(folder):
    """Faults carry file, row and column; equal ones carry every row; row 2 is the first, though rows are empty."""
    study = open_study(folder)
    draft = open_sheet(study, "touchpoints")
    wrong = replace_cell(draft, 1, stage="Byu", name="").assign(position="x")
    found = check_draft(study, "touchpoints", frame=pd.concat([wrong.iloc[:1].replace(r".*", "", regex=True), wrong]))
    placed = {fault.column: fault.rows for fault in found if fault.file == draft.file}
    assert placed == {"name": (4,), "stage": (4,), "position": (3, 4, 5, 6)}
    assert {fault.row for fault in found if fault.column == "stage"} == {4}
    assert read(folder, "touchpoints").shape[0] == 4


def test_checking_says_what_would_break_elsewhere(folder):
    """A touchpoint that a statement names cannot go, and the statement's place is said."""
    study = open_study(folder)
    frame = open_sheet(study, "touchpoints").frame
    (fault,) = check_draft(study, "touchpoints", frame=frame[frame["touchpoint_id"] != "advert"])[-1:]
    assert fault.file.endswith(".csv") and fault.column == "touchpoint_id" and "'advert'" in fault.what


def test_two_people_save_one_after_the_other(folder):
    """Both changes stand, and what each file held before is kept."""
    mine, theirs = (open_sheet(open_study(folder), "personas") for _ in range(2))
    save_draft(theirs, frame=replace_cell(theirs, 0, name="Lena B."))
    saved = save_draft(mine, frame=replace_cell(mine, 1, tagline="Late"))
    assert saved.conflicts == () and len(list_versions(folder, mine.file)) == 2
    assert read(folder, "personas")[["name", "tagline"]].values.tolist() == [["Lena B.", ""], ["Omar", "Late"]]


def test_a_clash_loses_neither_version(folder):
    """Theirs stands in the file, mine comes back, and the next save starts from what stands now."""
    mine, theirs = (open_sheet(open_study(folder), "personas") for _ in range(2))
    save_draft(theirs, frame=replace_cell(theirs, 0, name="Lena B."))
    saved = save_draft(mine, frame=replace_cell(mine, 0, name="Lena A."))
    assert [(conflict.mine, conflict.theirs) for conflict in saved.conflicts] == [("Lena A.", "Lena B.")]
    assert save_draft(saved.draft, frame=replace_cell(saved.draft, 0, name="Lena A.")).conflicts == ()


def test_two_new_rows_with_one_number_both_stay(folder):
    """Both editors counted on from the same number: mine takes the next, and my evidence follows it."""
    mine, theirs = (open_sheet(open_study(folder), "statements") for _ in range(2))
    new = {"statement_id": "s4", "field": "need", "basis": "assumed"}
    save_draft(theirs, frame=add_row(theirs, **new, text="Theirs"))
    frame = add_row(mine, **new, text="Mine").replace({"evidence_ids": {"f1;r1": "f1;s4"}})
    saved = save_draft(mine, frame=frame)
    rows = saved.draft.frame.set_index("text")
    assert rows.loc[["Theirs", "Mine"], "statement_id"].tolist() == ["s4", "s005"] and saved.conflicts == ()
    assert rows.loc["Feels rushed", "evidence_ids"] == "f1;s005"


def test_saving_the_same_row_twice_adds_it_once(folder):
    """An answer that got lost on its way makes nobody's row stand twice."""
    draft = open_sheet(open_study(folder), "statements")
    frame = add_row(draft, statement_id="s4", field="need", text="Once", basis="assumed")
    for _ in range(2):
        save_draft(draft, frame=frame)
    assert read(folder, "statements")["text"].tolist().count("Once") == 1


def test_faults_of_merged_rows_name_my_row(folder, change):
    """What is wrong with a row of mine is said where I see it, though others put rows before it."""
    draft = open_sheet(open_study(folder), "personas")
    change("worksheets/personas.csv", old="lena,Lena", new="adam,Adam,data\nlena,Lena")
    with pytest.raises(FaultsFound) as found:
        save_draft(draft, frame=replace_cell(draft, 1, basis="guess"))
    assert [(fault.row, fault.column) for fault in found.value.faults] == [(3, "basis")]


def test_a_file_that_vanished_is_written_anew(folder):
    """Nobody deletes a worksheet by sharing it badly: all rows of the draft are saved."""
    draft = open_sheet(open_study(folder), "codebook")
    (folder / draft.file).unlink()
    (folder / "worksheets/codings/anna.csv").unlink()
    (folder / "worksheets/codings/ben.csv").unlink()
    assert len(save_draft(draft, frame=draft.frame).draft.frame) == 2


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A copy of the example with five thousand statements and as many verbatims of the team's own."""
    from cjm_helpers.study.kit import new_study

    folder = new_study(tmp_path_factory.mktemp("large") / "shop", example="retail_checkout")
    study = open_study(folder)
    for name in ("statements", "feedback"):
        draft = open_sheet(study, name)
        frame = pd.concat([draft.frame] * (MANY // len(draft.frame) + 1), ignore_index=True).head(MANY)
        added = [f"{name[0]}{place:06d}" for place in range(MANY - len(draft.frame))]
        frame[draft.spec.key[0]] = [*draft.frame[draft.spec.key[0]], *added]
        study = save_draft(draft, frame=frame).draft.study
    return study


@pytest.mark.parametrize("name", ["statements", "feedback"])
def test_large_worksheets_are_checked_and_saved_whole(large, name):
    """Of five thousand rows every one is there after a save."""
    draft = open_sheet(open_study(large.folder), name)
    frame = replace_cell(draft, MANY - 1, text="changed")
    assert check_draft(draft.study, name, frame=frame) == []
    saved = save_draft(draft, frame=frame).draft.frame
    assert len(saved) == MANY and saved.at[MANY - 1, "text"] == "changed"
