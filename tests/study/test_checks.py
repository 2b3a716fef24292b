"""Every fault of the tables is found, with its place and what to do."""

import pytest

from cjm_helpers.study.folder import check_study, open_study


def say(folder):
    return "\n".join(str(fault) for fault in check_study(folder).faults)


def test_the_small_study_has_no_faults(folder):
    """What the other tests change is faultless before."""
    assert say(folder) == ""


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        (
            "worksheets/touchpoints.csv",
            "Advert,Look",
            "Advert,Lok",
            "worksheets/touchpoints.csv, row 2, column stage: 'Lok' is not known in study.toml. Did you mean 'Look'?",
        ),
        (
            "worksheets/touchpoints.csv",
            "lena; omar",
            "lena; omra",
            "row 3, column persona_ids: 'omra' is not known in the table personas",
        ),
        (
            "worksheets/touchpoints.csv",
            "omar,autumn",
            "omar,winter",
            "column first_wave: 'winter' is not known in study.toml",
        ),
        (
            "worksheets/touchpoints.csv",
            "Buy,2,Web,lena,,spring",
            "Buy,2,Web,lena,autumn,spring",
            "row 4, column last_wave: 'spring' is before the first wave",
        ),
        (
            "worksheets/touchpoints.csv",
            "channels",
            "chanels",
            "row 1: The heading 'chanels' is no column of touchpoints. Did you mean 'channels'?",
        ),
        (
            "worksheets/touchpoints.csv",
            "guest_order,",
            "basket,",
            "is used twice. 'basket' stands first in worksheets/touchpoints.csv, row 3.",
        ),
        (
            "worksheets/touchpoints.csv",
            "advert,Advert",
            ",Advert",
            "row 2, column touchpoint_id: The cell is empty, though every row needs one.",
        ),
        (
            "worksheets/touchpoints.csv",
            "Advert,Look,1",
            "Advert,Look,first",
            "column position: 'first' is not readable as a number",
        ),
        (
            "worksheets/personas.csv",
            "lena,Lena,data",
            "lena,Lena,dat",
            "column basis: 'dat' is not among the words allowed. Did you mean 'data'?",
        ),
        (
            "worksheets/personas.csv",
            "persona_id",
            "id",
            "The column 'persona_id' is missing. The file has: id, name, basis.",
        ),
        ("worksheets/personas.csv", "omar,Omar", "everyone,Omar", "'everyone' is reserved"),
        ("worksheets/personas.csv", "omar,Omar", "index,Omar", "'index' is reserved"),
        ("worksheets/personas.csv", "omar,Omar", "a/b,Omar", "'a/b' is not usable as the name of a file"),
        ("worksheets/codebook.csv", "kind,Kind", "none,Kind", "'none' is reserved"),
        ("worksheets/codebook.csv", "kind,Kind staff,1", "a;b,Kind staff,1", "'a;b' is an id with ';'"),
        ("worksheets/codebook.csv", "staff,1", "staff,2", "column valence: '2' is outside -1 to 1"),
        ("worksheets/codebook.csv", "staff,1", "staff,0.5", "'0.5' is not readable as a whole number"),
        (
            "worksheets/statements.csv",
            "rushed,-1",
            "rushed,3",
            "row 2, column score: '3' is outside -2 to 2, the scores of a feeling",
        ),
        (
            "worksheets/statements.csv",
            "slow,3",
            "slow,0",
            "row 3, column score: '0' is outside 1 to 3, the scores of a pain point",
        ),
        (
            "worksheets/statements.csv",
            "f1;r1",
            "f1;r9",
            "column evidence_ids: 'r9' is not known in any table that holds evidence",
        ),
        ("worksheets/feedback.csv", "2026-03-05", "05/03/2026", "column date: '05/03/2026' is not readable as a day"),
        (
            "worksheets/codings/anna.csv",
            "f2,anna",
            "f2,ben",
            "worksheets/codings/anna.csv, row 3, column coder_id: 'ben' is not the name of the file",
        ),
        (
            "worksheets/codings/anna.csv",
            "none",
            "nothing",
            "column code_id: 'nothing' is not known in the table codebook",
        ),
        (
            "worksheets/codings/ben.csv",
            "f1,ben",
            "f9,ben",
            "column feedback_id: 'f9' is not known in the table feedback",
        ),
        (
            "worksheets/codings/ben.csv",
            "f1,ben,slow",
            "f1,ben,slow\nf1,ben,slow",
            "'f1' is used twice with the same coder_id and code_id",
        ),
        (
            "worksheets/kpis.csv",
            "lower",
            "down",
            "column direction: 'down' is not among the words allowed. Allowed: higher, lower.",
        ),
        (
            "worksheets/kpi_readings.csv",
            "market",
            "markt",
            "The heading 'markt' is no column of kpi_readings. Did you mean 'market'?",
        ),
        ("worksheets/kpi_readings.csv", "DE,30,", "DE,-3,", "column numerator: '-3' is below 0"),
        ("imported/responses.csv", "csat,2", "csat,6", "row 2, column score: '6' is outside the scale 1 to 5 of csat"),
        (
            "imported/responses.csv",
            "nps,9",
            "nsp,9",
            "column metric: 'nsp' is not known in study.toml. Did you mean 'nps'?",
        ),
        ("imported/customers.csv", "31", "old", "column age: 'old' is not readable as a number"),
        (
            "study.toml",
            'age = "numeric"',
            'agee = "numeric"',
            "[customers] names 'agee', which is no column of customers. Did you mean 'age'?",
        ),
    ],
)
def test_each_fault_is_said_with_its_place(change, file, old, new, sentence):
    """File, row as a spreadsheet counts, column, the wrong value, and the nearest right one."""
    said = say(change(file, old=old, new=new))
    assert sentence in said
    assert said.count("\n") == 0 or file.endswith(("personas.csv", "touchpoints.csv", "codebook.csv"))


@pytest.mark.parametrize("period", ["Mrz 26", "2026-9", "03/2026", "2026-13"])
def test_a_period_sorts_as_time_goes(change, period):
    """The newest period is the last by name, so what a spreadsheet makes of a month is refused."""
    folder = change("worksheets/kpi_readings.csv", old="2026-03,,", new=f"{period},,")
    assert f"'{period}' is no month, week or day." in say(folder)


def test_a_share_runs_from_0_to_1(change):
    """Percents and readings with more cases than there are would stop every report."""
    change("worksheets/kpis.csv", old="0.3,0.2", new="31,0.2")
    said = say(change("worksheets/kpi_readings.csv", old="DE,30,100", new="DE,130,100"))
    assert "column baseline: '31' is not a share from 0 to 1. Write 0.31 for 31%." in said
    assert "column numerator: '130' is more cases than there are in all." in said


def test_an_id_in_both_places_is_a_fault(change):
    """What people wrote and what was imported never say the same id twice."""
    said = say(change("imported/touchpoints.csv", new="touchpoint_id,name,stage\nbasket,Basket,Buy\n"))
    assert said.startswith("imported/touchpoints.csv, row 2, column touchpoint_id: 'basket' is used twice.")
    assert "worksheets/touchpoints.csv, row 3" in said


@pytest.mark.parametrize(("effort", "is_right"), [("2", True), ("", True), ("0", False), ("-1", False)])
def test_effort_is_above_zero_or_empty(change, effort, is_right):
    """A score is divided by effort, so nothing costs nothing."""
    text = f"opportunity_id,statement,effort\no1,Show the price,{effort}\n"
    folder = change("worksheets/opportunities.csv", new=text)
    assert ("not above 0" not in say(folder)) == is_right


def test_a_score_needs_its_metric(change):
    """A rating beside a verbatim means nothing without its scale."""
    text = "feedback_id,source,score,metric\nf1,survey,4,csat\nf2,survey,4,\nf3,survey,,\n"
    assert "row 3, column score: '4' is a score without its metric" in say(change("worksheets/feedback.csv", new=text))


def test_a_fault_on_many_rows_is_said_once(change):
    """One value on many rows is one fault, with their count and the first three rows."""
    rows = "".join(f"x{place},c1,basket,csat,{7 if place % 2 else 3},2026-03-05\n" for place in range(10))
    said = say(change("imported/responses.csv", old="r2,c1", new=rows + "r2,c1"))
    assert said.count("\n") == 0
    assert "'7' is outside the scale 1 to 5 of csat in 5 of 14 rows (rows 4, 6, 8, ...)." in said


def test_many_wrong_values_are_said_once(change):
    """Many different values of one column are one fault, with the first three."""
    rows = "".join(f"x{place},c1,page{place},csat,3,2026-03-05\n" for place in range(10))
    said = say(change("imported/responses.csv", old="r2,c1", new=rows + "r2,c1"))
    assert said.count("\n") == 0
    assert "10 of 14 values are not known in the table touchpoints (rows 3, 4, 5, ...)" in said
    assert "such as 'page0', 'page1', 'page2'." in said


def test_rows_count_blank_lines_and_quoted_breaks(change):
    """The row that is said is the row a spreadsheet shows."""
    text = 'feedback_id,source,text\nf1,survey,"two\nlines"\n\nf2,survey,x\nf3,mail,y\n'
    assert "worksheets/feedback.csv, row 5, column source: 'mail'" in say(change("worksheets/feedback.csv", new=text))


def test_checking_changes_nothing(folder):
    """Opening and checking write nothing into the study."""
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    check_study(folder), open_study(folder)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_kpi_fits_the_scale_of_its_metric(change):
    """An NPS of answers from 1 to 5 is refused before a report would stop at it."""
    text = "kpi_id,name,kind,direction,metric\nk1,NPS,nps,higher,csat\nk2,NPS,nps,higher,nps\n"
    change("worksheets/kpi_readings.csv", new="kpi_id,period\n")
    said = say(change("worksheets/kpis.csv", new=text))
    assert "row 2, column metric: 'csat' is not on the scale 0 to 10 that this kind of KPI needs." in said
    assert "row 3" not in said


def test_a_table_that_is_gone_is_said_once(folder):
    """Without the touchpoints every row that names one would be a fault; the missing worksheet is said instead."""
    (folder / "worksheets" / "touchpoints.csv").unlink()
    (fault,) = check_study(folder).faults
    assert fault.what.startswith("The table is missing or has no row, and rows name ids of it: ")
    assert fault.file == "touchpoints" and "3 of responses, such as 'basket'" in fault.what
