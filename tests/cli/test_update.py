"""`cjm update`: a month's exports come in, new customers find their persona, and the month gets its reports."""

from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest
from cli.conftest import write_export, write_sheet

from cjm_helpers import cli
from cjm_helpers.batch import run as batch
from cjm_helpers.cli.update import update_study
from cjm_helpers.errors import CjmError, FaultsFound
from cjm_helpers.study.folder import open_study


def read_files(folder) -> dict[str, bytes]:
    """Return the bytes of every file of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_month_comes_in_by_itself(shop):
    """The wave gets the days of its month, its export is read as the last one was, comments stay, all is said."""
    write_export(shop, "2026-10", first=101)
    said = update_study(shop, wave="2026-10").said
    assert said == [
        "The wave 2026-10 was added to study.toml.",
        "New export: survey_2026_10.csv, read like that of the wave before.",
        "Imported, rows: customers +40, responses +120.",
        "The model on record gave 40 new customers a persona (hurried 20, careful 20).",
    ]
    study = open_study(shop)
    assert study.settings.waves[-1].end == date(2026, 10, 31)
    assert study.responses.groupby("wave").size().to_dict() == {"2026-09": 120, "2026-10": 120}
    assert '"2026-09"                    # the first' in (shop / "study.toml").read_text(encoding="utf-8")


def test_a_second_run_finds_nothing_new(shop):
    """Run again, the same command changes no byte of the study and says so."""
    write_export(shop, "2026-10", first=101)
    update_study(shop, wave="2026-10")
    before = read_files(shop)
    assert update_study(shop, wave="2026-10").said == [
        "Nothing new in raw/: every table stands as it did.",
        "All 40 customers heard in 2026-10 have a persona.",
    ]
    assert read_files(shop) == before


def test_an_export_that_is_late_is_taken_in_by_the_next_run(shop):
    """A month without its export is a wave without rows; once the file lies there, the same command reads it."""
    assert update_study(shop, wave="2026-10").said[-1] == "No customer was heard in 2026-10."
    write_export(shop, "2026-10", first=101)
    assert (
        "New export: survey_2026_10.csv, read like that of the wave before." in update_study(shop, wave="2026-10").said
    )


def test_answers_that_are_not_asked_any_more_are_left_out(shop):
    """A question dropped from the export stops nothing; the others come in."""
    write_export(shop, "2026-10", first=101, without=["ad"])
    update_study(shop, wave="2026-10")
    rows = open_study(shop).responses.query("wave == '2026-10'")
    assert set(rows["touchpoint_id"]) == {"pay", ""}


def test_a_fault_stops_it_with_every_sentence(shop):
    """What is wrong in an export is said in full, and no file of the study is touched."""
    write_export(shop, "2026-10", first=101, without=["date", "orders"])
    before = read_files(shop)
    with pytest.raises(FaultsFound, match="row 1: There is no column 'orders'(.|\\n)*no column 'date'"):
        update_study(shop, wave="2026-10")
    assert read_files(shop) == before


def test_a_wave_that_is_no_month_needs_its_days(shop):
    """Without them the sentence says how to give them; with them the wave is added."""
    with pytest.raises(CjmError, match="no wave 'autumn'.*--from 2026-12-01 --to 2026-12-31"):
        update_study(shop, wave="autumn")
    update_study(shop, wave="autumn", first=date(2026, 10, 1), last=date(2026, 11, 30))
    assert open_study(shop).settings.wave_ids == ("2026-09", "autumn")


def test_new_rows_say_who_gave_them_and_when(shop):
    """Rows are added below those that were there, each with its basis and wave; what a person decided stays."""
    write_export(shop, "2026-10", first=101)
    before = open_study(shop).persona_assignments
    theirs = pd.DataFrame({"customer_id": ["c101"], "persona_id": ["hurried"], "basis": ["person"], "wave": [""]})
    write_sheet(shop, "persona_assignments", pd.concat([before, theirs]))
    update_study(shop, wave="2026-10")
    after = open_study(shop).persona_assignments
    assert after.iloc[:41].equals(pd.concat([before, theirs], ignore_index=True).astype(after.dtypes))
    assert len(after) == 80 and set(after.iloc[41:]["customer_id"]) == {f"c{number}" for number in range(102, 141)}
    assert after.iloc[41:][["basis", "wave"]].drop_duplicates().values.tolist() == [["model", "2026-10"]]


def run(*words) -> int:
    """Run the program with some words."""
    return cli.run(cli.read_arguments(["update", *map(str, words)]))


@pytest.fixture
def reported(monkeypatch):
    """Return what report_study is asked for, where no report is made."""
    asked = []
    done = SimpleNamespace(left_out=(), notices=(), failures=(), outcomes=(), index=cli.CHECKOUT / "index.html")
    monkeypatch.setattr(batch, "report_study", lambda place, **options: asked.append((place, options)) or done)
    return asked


def test_the_reports_of_the_month_follow(shop, reported, capsys):
    """What was done is said, then the month's reports are made with the options of `cjm report`."""
    write_export(shop, "2026-10", first=101)
    assert run(shop, "--wave", "2026-10", "--out", "pages", "--workers", 3) == cli.DONE
    ((place, options),) = reported
    assert (place, options["wave"], options["out"], options["workers"]) == (str(shop), "2026-10", "pages", 3)
    assert "The wave 2026-10 was added to study.toml." in capsys.readouterr().out


def test_a_month_without_customers_is_a_failure(shop, reported, capsys):
    """Its reports are made all the same, but who mails on failure hears of it."""
    assert run(shop, "--wave", "2026-10") == cli.FAILED
    assert capsys.readouterr().err.startswith(
        "No customer was heard in 2026-10. The newest day of an answer or a verbatim is 2026-09-28."
    )
    assert len(reported) == 1


def test_days_outside_the_wave_are_said(shop, reported, capsys):
    """Somebody exported November as October: which days came instead is said at once."""
    write_export(shop, "2026-11", first=101)
    (shop / "raw" / "survey_2026_11.csv").rename(shop / "raw" / "survey_2026_10.csv")
    assert run(shop, "--wave", "2026-10") == cli.FAILED
    said = capsys.readouterr().err
    assert "120 of 240 rows have no wave and no day within one (they reach from 2026-11-01 to 2026-11-28)." in said


def test_an_export_without_rows_is_a_failure(shop, reported, capsys):
    """Headings alone, or nothing at all: the file is named, whatever else came in; what is of other months is not."""
    file = shop / "raw" / "survey_2026_10.csv"
    write_export(shop, "2026-10", first=101)
    file.write_text(file.read_text().partition("\n")[0])
    assert run(shop, "--wave", "2026-10") == cli.FAILED
    assert "survey_2026_10.csv has headings and no row below them" in capsys.readouterr().err
    write_export(shop, "2026-11", first=201)
    assert run(shop, "--wave", "2026-11") == cli.DONE
    file.write_text("")
    assert run(shop, "--wave", "2026-10") == cli.MISUSED and "survey_2026_10.csv: The file is empty." in (
        capsys.readouterr().err
    )


def test_a_lost_column_is_a_failure_too(shop, reported):
    """The reports are made and say which; who mails on failure hears of it."""
    write_export(shop, "2026-10", first=101)
    assert run(shop, "--wave", "2026-10") == cli.DONE
    write_export(shop, "2026-11", first=201, without=["ad"])
    assert run(shop, "--wave", "2026-11") == cli.FAILED and len(reported) == 2


def test_rows_that_belong_to_an_earlier_wave_are_said(shop, reported, capsys):
    """An export of October whose days lie in September changes September, whose reports stay as they are."""
    file = shop / "raw" / "survey_2026_10.csv"
    write_export(shop, "2026-10", first=101)
    file.write_text(file.read_text().replace("2026-10", "2026-09"))
    assert run(shop, "--wave", "2026-10") == cli.FAILED
    said = capsys.readouterr().err
    assert said.startswith("120 answers more came in under 2026-09, for their days lie there.")
    assert "report shop --wave 2026-09" in said


def test_the_same_people_again_are_one_fault_and_its_advice_works(shop):
    """An export with the ids of last month is one sentence; who was asked again gets ids of the month, as it says."""
    write_export(shop, "2026-10", first=1)
    with pytest.raises(FaultsFound, match="120 of the 120 rows for responses have a response_id that survey") as raised:
        update_study(shop, wave="2026-10")
    (fault,) = raised.value.faults
    assert 'in the [[import]] block of survey_2026_09.csv in study.toml write response_id = "2026-09-{' in fault.remedy
    toml = (shop / "study.toml").read_text(encoding="utf-8")
    new = toml.replace("date = ", 'response_id = "2026-09-{number}", date = ')
    (shop / "study.toml").write_text(new, encoding="utf-8")
    assert update_study(shop, wave="2026-10").troubles == []
    assert open_study(shop).responses.groupby("wave").size().to_dict() == {"2026-09": 120, "2026-10": 120}


def test_a_month_before_those_on_record_needs_its_days(shop, reported, capsys):
    """A slip of the pen makes no wave."""
    assert run(shop, "--wave", "2025-10") == cli.MISUSED
    assert "If that is meant, say its days: --from 2025-10-01 --to 2025-10-31." in capsys.readouterr().err
    assert reported == []


def test_faults_and_misuse_make_no_report(shop, reported, capsys):
    """A faulty export, half of a wave's days, an example: each a sentence, exit code 2, and no report."""
    write_export(shop, "2026-10", first=101, without=["number"])
    assert run(shop, "--wave", "2026-10") == cli.MISUSED
    assert "survey_2026_10.csv, row 1: There is no column 'number'" in capsys.readouterr().err
    assert run(shop, "--wave", "autumn", "--from", "2026-10-01") == cli.MISUSED
    assert "say both" in capsys.readouterr().err
    assert run("retail_checkout", "--wave", "2026-12") == cli.MISUSED
    assert reported == []


def test_a_month_of_reports_leaves_earlier_months_alone(shop, tmp_path, monkeypatch, capsys):
    """With the notebooks that are shipped: the new month has its pages, the one before keeps every byte."""
    monkeypatch.chdir(tmp_path)
    write_export(shop, "2026-10", first=101)
    update_study(shop, wave="2026-10")
    before = tmp_path / "reports" / "shop" / "2026-10"
    before.mkdir(parents=True)
    for name in ("index.html", "hurried.html", "manifest.json"):
        (before / name).write_text(f"October's {name}")
    october = read_files(before)
    write_export(shop, "2026-11", first=201, people=24, better=2, without=["ad"])
    assert run(shop, "--wave", "2026-11", "--workers", 2) == cli.FAILED  # a column is gone
    assert "4 reports made." in capsys.readouterr().out and read_files(before) == october
    index = (before.parent / "2026-11" / "index.html").read_text(encoding="utf-8")
    assert "Since last wave" in index and ">better <small>NPS:" in index
    assert "no longer has the column ad, which it had in 2026-10" in index
    assert "Fewer than 30 customers were heard: Everyone 24 (40 in the wave before)" in index
