"""A study goes to Excel and comes back: what changed is said first, and nothing is lost or turned into a formula."""

import pytest
from openpyxl import load_workbook

from cjm_helpers.errors import CjmError, FaultsFound, WorksheetChanged
from cjm_helpers.study.excel import read_excel, write_excel
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import new_study
from cjm_helpers.worksheets import SPECS

EVIL = "HYPERLINK(A1) is what it said"


@pytest.fixture
def workbook(folder, tmp_path):
    """The small study as a workbook, and a way to change a cell of it."""
    file = write_excel(open_study(folder), tmp_path / "shop.xlsx")

    def change(sheet, cells, *, delete=None):
        book = load_workbook(file)
        for place, value in cells.items():
            book[sheet][place] = value
        if delete:
            book[sheet].delete_rows(delete)
        book.save(file)
        return file

    return change


def find_place(file, sheet, heading, row):
    """Return the address of a cell by its heading and row."""
    cells = load_workbook(file)[sheet][1]
    return f"{next(cell.column_letter for cell in cells if cell.value == heading)}{row}"


def test_a_sheet_for_each_table_in_shelf_order(folder, workbook):
    """Every table but the events has its sheet, in the order of the shelves, with a frozen head and notes."""
    book = load_workbook(workbook("personas", {}))
    visible = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert visible == ["read me", *(name for name in SPECS if name != "events")]
    for sheet in book.worksheets[1:-2]:
        assert sheet.freeze_panes == "B2" and all(cell.comment for cell in sheet[1][: len(SPECS[sheet.title].columns)])


def test_controlled_columns_have_drop_downs(workbook):
    """Choices, stages and ids of other tables are offered; several ids in one cell are not."""
    sheet = load_workbook(workbook("personas", {}))["touchpoints"]
    rules = {
        str(rule.sqref).rstrip("0123456789").split(":")[1]: rule.formula1
        for rule in sheet.data_validations.dataValidation
    }
    letters = {cell.value: cell.column_letter for cell in sheet[1]}
    assert rules[letters["type"]] == '"digital,physical,human"'
    assert rules[letters["stage"]].startswith("'_lists'!$") and letters["persona_ids"] not in rules


def test_an_untouched_workbook_changes_nothing(folder, workbook):
    """What comes back as it went out is no change, however Excel spells numbers."""
    changes = read_excel(folder, workbook("personas", {}))
    assert changes.table.empty and not changes.faults and "nothing to change" in str(changes)


def test_changes_are_listed_then_saved(folder, workbook):
    """A changed, an added and a removed row are named before anything is written; the new row gets its id."""
    file = workbook("touchpoints", {"B2": "Poster", "B6": "Phone call", "C6": "Look", "D6": 9})
    before = (folder / "worksheets/touchpoints.csv").read_bytes()
    changes = read_excel(folder, file)
    assert changes.table[["row", "change", "before", "after"]].values.tolist() == [
        ["advert", "changed", "Advert", "Poster"], ["phone_call", "added", "", "Phone call; Look; 9"],
    ]  # fmt: skip
    assert (folder / "worksheets/touchpoints.csv").read_bytes() == before
    changes.save()
    assert open_study(folder).touchpoints["name"].tolist() == [
        "Poster",
        "Basket",
        "Account",
        "Guest order",
        "Phone call",
    ]
    assert list((folder / ".history").rglob("*.csv"))


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_quotes_never_become_formulas(folder, change, tmp_path, sign):
    """A cell that begins with = + - or @ is text on the way out and stays the same text on the way back."""
    change("worksheets/feedback.csv", old="Fine", new=f"{sign}{EVIL}")
    file = write_excel(open_study(folder), tmp_path / "evil.xlsx")
    cells = [cell for sheet in load_workbook(file).worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert [cell for cell in cells if cell.value == f"{sign}{EVIL}" and cell.quotePrefix]
    assert read_excel(folder, file).table.empty


def test_a_formula_is_refused_with_its_place(folder, workbook):
    """A formula that somebody put in is not taken for its text."""
    changes = read_excel(folder, workbook("personas", {"B2": '="Le"&"na"'}))
    assert "row 2, column B: The sheet personas has a formula" in str(changes.faults[0])


def test_faults_stop_everything(folder, workbook):
    """A value that the study does not know is said with what is allowed, and nothing can be saved."""
    changes = read_excel(folder, workbook("touchpoints", {"C2": "Lok"}))
    assert "Did you mean 'Look'" in str(changes)
    with pytest.raises(FaultsFound, match="nothing was written"):
        changes.save()


def test_imported_rows_are_refused_when_changed(folder, workbook):
    """Rows of an import stand in grey and are not brought back; a change of one is said."""
    file = workbook("responses", {})
    changes = read_excel(folder, workbook("responses", {find_place(file, "responses", "score", 2): 5}))
    assert "comes from an import" in str(changes.faults[0]) and changes.table.empty


def test_readings_of_an_import_are_known_again(folder, change, tmp_path):
    """A table without ids, half written and half imported, comes back as it went, however its numbers are spelt."""
    rows = "kpi_id,period,value,n\ngiven_up,2026-01,0.30,100\ngiven_up,2026-02,0.250,90\n"
    change("imported/kpi_readings.csv", new=rows)
    file = write_excel(open_study(folder), tmp_path / "readings.xlsx")
    assert read_excel(folder, file).table.empty


def test_what_others_changed_meanwhile_stays(folder, workbook):
    """A colleague's change of another table or another row stands beside mine, and is not listed as mine."""
    file = workbook("personas", {"B2": "Leni"})
    path, ratings = folder / "worksheets/personas.csv", folder / "worksheets/touchpoint_ratings/anna.csv"
    path.write_text(path.read_text().replace("Omar,", "Omar the second,"))
    ratings.parent.mkdir()
    ratings.write_text("touchpoint_id,rater_id,decision_impact\nbasket,anna,4\n")
    changes = read_excel(folder, file)
    assert changes.table[["row", "before", "after"]].values.tolist() == [["lena", "Lena", "Leni"]]
    changes.save()
    study = open_study(folder)
    assert study.personas["name"].tolist() == ["Leni", "Omar the second"] and len(study.touchpoint_ratings) == 1


def test_a_cell_that_both_changed_is_said(folder, workbook):
    """Where workbook and study changed the same cell, neither is lost: the sentence names both."""
    file = workbook("personas", {"B2": "Leni"})
    path = folder / "worksheets/personas.csv"
    path.write_text(path.read_text().replace("Lena", "Helena"))
    said = str(read_excel(folder, file).faults[0])
    assert "Leni" in said and "Helena" in said and "Write the study's text" in said


def test_a_worksheet_changed_while_reading_is_spared(folder, workbook):
    """Between the list of changes and the click nothing may slip in."""
    changes = read_excel(folder, workbook("personas", {"B2": "Leni"}))
    path = folder / "worksheets/personas.csv"
    path.write_text(path.read_text().replace("Omar,", "Omar the second,"))
    with pytest.raises(WorksheetChanged):
        changes.save()


def test_rows_of_several_people_go_back_to_their_files(folder, workbook):
    """Codings of two coders share a sheet and come back into a file for each."""
    place = find_place(workbook("codings", {}), "codings", "note", 4)
    changes = read_excel(folder, workbook("codings", {place: "ironic?"}))
    assert [sheet.file for sheet in changes.sheets] == ["worksheets/codings/ben.csv"]
    changes.save()
    assert open_study(folder).codings["note"].tolist() == ["", "", "ironic?"]


def test_only_workbooks_are_read_and_written(folder, tmp_path):
    """Another kind of file is answered with a sentence, and so is an example that ships."""
    (tmp_path / "notes.xlsx").write_text("no workbook")
    with pytest.raises(CjmError, match="no Excel workbook"):
        read_excel(folder, tmp_path / "notes.xlsx")
    with pytest.raises(CjmError, match="there is no such file"):
        read_excel(folder, tmp_path / "nowhere.xlsx")
    with pytest.raises(CjmError, match="ends in .xlsx"):
        write_excel(open_study(folder), tmp_path / "shop.csv")
    with pytest.raises(CjmError, match="stays as it is"):
        read_excel("retail_checkout", tmp_path / "notes.xlsx")


def test_a_worksheet_with_decimal_commas_comes_back(tmp_path):
    """What a spreadsheet saved with semicolons and decimal commas goes out as numbers, and can be changed."""
    shop = new_study(tmp_path / "shop")
    rows = "touchpoint_id;name;stage;position\nweb;Web;Purchase;1,5\n"
    (shop / "worksheets" / "touchpoints.csv").write_text(rows, encoding="utf-8")
    file = write_excel(open_study(shop), tmp_path / "shop.xlsx")
    book = load_workbook(file)
    book["touchpoints"]["B2"] = "Website"
    book.save(file)
    read_excel(shop, file).save()
    assert open_study(shop).touchpoints[["name", "position"]].values.tolist() == [["Website", 1.5]]


def test_long_and_odd_texts_are_never_cut(folder, change, tmp_path):
    """A long interview goes out whole, without the letter that Excel refuses; one that Excel would cut is refused."""
    words = "word " * 6_000
    change("worksheets/feedback.csv", old="Fine", new=f"{words}\x0bend")
    file = write_excel(open_study(folder), tmp_path / "long.xlsx")
    assert f"{words} end" in [cell.value for row in load_workbook(file)["feedback"].iter_rows() for cell in row]
    assert [row.after for row in read_excel(folder, file).table.itertuples()] == [f"{words} end"]
    change("worksheets/feedback.csv", old="word ", new="longer word ")
    with pytest.raises(CjmError, match="Excel takes 32,767"):
        write_excel(open_study(folder), tmp_path / "longer.xlsx")
