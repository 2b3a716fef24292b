"""Imports: exports become tables, every row is accounted for, and nothing that people wrote is touched."""

import pandas as pd
from study.station import CODES, CUSTOMERS, HEAD, RESPONSES, RULES, SURVEY, lay, read, refuse, write

from cjm_helpers.study.folder import open_study, save_worksheet
from cjm_helpers.study.sources import import_sources


def test_counts_add_up_to_the_rows_of_the_file(tmp_path):
    """Rows and cells of every block are kept or left out for a named reason, and none is lost."""
    report = import_sources(lay(tmp_path, CUSTOMERS, RESPONSES, RULES, CODES)).table
    for unit in ("rows", "cells"):
        parts = report[[name for name in report if name == f"{unit}_kept" or name.startswith(f"{unit} ")]]
        assert parts.sum(axis="columns").tolist() == report[f"{unit}_in_file"].tolist()
    assert report["rows_in_file"].tolist() == [4, 4, 4, 4]


def test_two_coders_share_the_verbatims(tmp_path):
    """Two files of codes on the same answers give one row a verbatim and one file a coder."""
    folder = lay(tmp_path, CODES, CODES.replace('"office"', '"ben"'))
    import_sources(folder)
    assert len(read(folder, "feedback")) == 3
    assert sorted(path.name for path in (folder / "imported" / "codings").iterdir()) == ["ben.csv", "office.csv"]


def test_a_decision_outlives_the_next_import(tmp_path):
    """What a person decided about an imported code stands after importing again."""
    folder = lay(tmp_path, CUSTOMERS, CODES)
    import_sources(folder)
    decision = pd.DataFrame({"feedback_id": ["s-1-CODE"], "code_id": ["dear"], "applies": ["no"]})
    save_worksheet(open_study(folder), "coding_decisions", frame=decision)
    before = {path: path.read_bytes() for path in (folder / "worksheets").rglob("*.csv")}
    import_sources(folder)
    assert {path: path.read_bytes() for path in (folder / "worksheets").rglob("*.csv")} == before
    assert open_study(folder).coding_decisions["applies"].tolist() == ["no"]


def test_the_export_is_never_changed(tmp_path):
    """After an import the raw folder holds the same bytes."""
    folder = lay(tmp_path, CUSTOMERS, RESPONSES, RULES, CODES)
    import_sources(folder)
    assert {path.name: path.read_text("utf-8") for path in (folder / "raw").iterdir()} == {"survey.csv": SURVEY}


def test_importing_twice_gives_the_same_bytes(tmp_path):
    """The same exports give the same files, byte for byte."""
    folder = lay(tmp_path, CUSTOMERS, RESPONSES, RULES, CODES)
    runs = []
    for _ in range(2):
        import_sources(folder)
        runs.append({path: path.read_bytes() for path in sorted((folder / "imported").rglob("*.csv"))})
    assert runs[0] == runs[1] and len(runs[0]) == 5


def test_nothing_is_written_when_one_block_is_wrong(tmp_path):
    """One wrong value in one block leaves imported/ as it stood."""
    folder = lay(tmp_path, CUSTOMERS)
    import_sources(folder)
    before = {path: path.read_bytes() for path in (folder / "imported").rglob("*.csv")}
    lay(tmp_path, CUSTOMERS.replace("s-{ID}", "t-{ID}"), RESPONSES, survey=SURVEY.replace("4,1,4,3,", "4,1,4,7,"))
    refuse(folder)
    assert {path: path.read_bytes() for path in (folder / "imported").rglob("*.csv")} == before


def test_ids_unknown_to_the_worksheets_are_said(tmp_path):
    """A touchpoint, persona or code that nobody wrote down is refused before anything is written."""
    assert "Did you mean 'shop'?" in refuse(lay(tmp_path, RESPONSES.replace('"shop"', '"shpo"')))
    assert "Did you mean 'guest'?" in refuse(lay(tmp_path, CUSTOMERS, RULES.replace('"guest"', '"gest"')))
    folder = lay(tmp_path, CUSTOMERS, CODES.replace("dear", "deer"))
    assert "Did you mean 'dear'?" in refuse(folder)
    assert not (folder / "imported").exists()


def test_an_unknown_id_is_said_with_its_place_in_the_export(tmp_path):
    """Export, row, its own column and the value: the table that would be made of it is nowhere to be seen."""
    words = (
        '[[import]]\nfile = "words.csv"\ntable = "feedback"\n'
        'columns = { feedback_id = "w-{ID}", text = "TEXT", touchpoint_id = "WHERE" }\nfixed = { source = "survey" }\n'
    )
    lay(tmp_path, survey="ID,TEXT,WHERE\n1,,shop\n\n2,Too dear,shopp\n", name="words.csv")
    said = refuse(lay(tmp_path, CUSTOMERS, words))
    assert "- words.csv, row 4, column WHERE: 'shopp' is not known in the table touchpoints. Did you mean" in said


def test_a_column_that_fills_two_tables_is_named_by_the_one_at_fault(tmp_path):
    """One export brings a column to goals and another, of the same name there, to KPIs."""
    goals = '[[import]]\nfile = "a.csv"\ntable = "goals"\ncolumns = { goal_id = "GOAL", statement = "SAID" }\n'
    kpis = (
        '[[import]]\nfile = "a.csv"\ntable = "kpis"\ncolumns = { kpi_id = "KPI", name = "KPI", goal_id = "SERVES" }\n'
    )
    kpis += 'fixed = { kind = "proportion", direction = "lower" }\n'
    lay(tmp_path, survey="GOAL,SAID,KPI,SERVES\ng1,Sell more,given_up,g9\n", name="a.csv")
    assert "- a.csv, row 2, column SERVES: 'g9' is not known" in refuse(lay(tmp_path, CUSTOMERS, goals, kpis))


def test_rows_of_two_exports_are_each_said_as_their_own(tmp_path):
    """What two files bring to one table is counted and placed file by file."""
    other = RESPONSES.replace("survey.csv", "second.csv").replace("s-{ID}", "t-{ID}").replace('"shop"', '"shpo"')
    folder = lay(tmp_path, RESPONSES, other)
    lay(tmp_path, *[(folder / "study.toml").read_text().removeprefix(HEAD)], name="second.csv")
    said = refuse(folder)
    assert "- second.csv, column touchpoint_id: 'shpo' is not known in the table touchpoints in" in said
    assert said.startswith("1 fault") and "imported/" not in said


def test_ids_that_a_file_repeats_are_counted(tmp_path):
    """The rows of another file once more make one sentence, not one for each."""
    folder = lay(tmp_path, CUSTOMERS, CUSTOMERS.replace("survey.csv", "second.csv"))
    lay(tmp_path, *[(folder / "study.toml").read_text().removeprefix(HEAD)], name="second.csv")
    said = refuse(folder)
    assert "second.csv: 4 of the 4 rows for customers have a customer_id that survey.csv has too, such as 's-1'" in said
    assert said.startswith("1 fault") and 'fixed = { wave = "2026-09" }, with its own wave' in said


def test_a_table_that_is_missing_is_said_once(tmp_path):
    """Where no touchpoint stands anywhere, the rows that name one are no faults of the export."""
    folder = lay(tmp_path, RESPONSES)
    (folder / "worksheets" / "touchpoints.csv").unlink()
    said = refuse(folder)
    assert said.startswith("1 fault") and "- touchpoints: The table is missing or has no row" in said


def test_an_id_that_comes_twice_is_said(tmp_path):
    """Two rows of one customer are refused with both rows."""
    said = refuse(lay(tmp_path, CUSTOMERS, survey=SURVEY.replace("4,1,4", "1,1,4")))
    assert "The customer_id 's-1' comes twice in customers (survey.csv row 2, survey.csv row 5)." in said


def test_several_blocks_fill_one_table(tmp_path):
    """Rows of two files stand in one table, in the order of the blocks."""
    folder = lay(tmp_path, CUSTOMERS, CUSTOMERS.replace("survey.csv", "second.csv").replace("s-{ID}", "t-{ID}"))
    lay(tmp_path, *[(folder / "study.toml").read_text().removeprefix(HEAD)], name="second.csv")
    import_sources(folder)
    ids = [f"{wave}-{number}" for wave in "st" for number in range(1, 5)]
    assert read(folder, "customers")["customer_id"].tolist() == ids


def test_exports_may_lie_elsewhere(tmp_path, tmp_path_factory):
    """raw points to another folder; imported/ stays with the study."""
    folder = lay(tmp_path, CUSTOMERS)
    elsewhere = (folder / "raw").rename(tmp_path_factory.mktemp("exports") / "in")
    import_sources(folder, raw=elsewhere)
    assert len(read(folder, "customers")) == 4


def test_files_of_no_block_are_named_and_kept(tmp_path):
    """A table in imported/ that no block makes is never deleted, only said."""
    folder = lay(tmp_path, CUSTOMERS)
    (folder / "imported").mkdir()
    write(folder / "imported" / "goals.csv", "goal_id,statement\ng1,More\n")
    report = import_sources(folder)
    assert "imported/goals.csv is not made by any [[import]] block" in str(report)
    assert (folder / "imported" / "goals.csv").exists()


def test_words_and_codes_may_come_in_two_files(tmp_path):
    """Verbatims of one block and their codes of another make one row a verbatim, with its words."""
    words = (
        '[[import]]\nfile = "words.csv"\ntable = "feedback"\n'
        'columns = { feedback_id = "s-{ID}-CODE", text = "TEXT" }\nfixed = { source = "survey" }\n'
    )
    lay(tmp_path, survey="ID,TEXT\n1,Too dear\n2,So kind\n4,Kind but dear\n", name="words.csv")
    import_sources(lay(tmp_path, words, CODES))
    assert read(tmp_path, "feedback")["text"].tolist() == ["Too dear", "So kind", "Kind but dear"]


def test_the_same_verbatim_twice_in_one_file_is_said(tmp_path):
    """Only blocks share verbatims; two equal rows of one file are a fault."""
    said = refuse(lay(tmp_path, CODES, survey=SURVEY + "1,1,3,5,10,0.5,7,8\n"))
    assert "The feedback_id 's-1-CODE' comes twice in feedback (survey.csv row 2, survey.csv row 6)." in said
