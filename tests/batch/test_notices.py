"""What the index says first: what did not come in, what vanished, who is heard by too few."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from cjm_helpers.batch.pages import notices
from cjm_helpers.batch.pages.notices import tell_falls, tell_notices
from cjm_helpers.batch.pages.window import tell_window
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import new_study
from cjm_helpers.study.selection import select_rows
from cjm_helpers.study.settings import Wave
from cjm_helpers.study.sources.columns import Vanished


def make_outcome(n, before, name="Anna"):
    """Return what became of a report in which n customers were heard, after so many in the wave before."""
    return SimpleNamespace(report=SimpleNamespace(name=name), summary={"n": n, "since": {"n_before": before}})


@pytest.mark.parametrize(("n", "before"), [(30, 41), (22, 29), (22, None), (None, 41), (50, 20)])
def test_only_a_fall_under_thirty_is_told(n, before):
    """Who was heard by few before, by enough now, or by nobody known, is no news."""
    assert tell_falls([make_outcome(n, before)]) == []


def test_all_who_fell_stand_in_one_sentence():
    """Each is named with both numbers, and what to do is said once."""
    told = tell_falls([make_outcome(29, 30), make_outcome(0, 1200, "Ben"), make_outcome(40, 50, "Cleo")])
    assert [one.what for one in told] == [
        "Fewer than 30 customers were heard: Anna 29 (30 in the wave before); Ben none (1,200 in the wave before)."
    ]
    assert "ask more people" in told[0].do


def test_of_many_who_fell_ten_are_named():
    """A hundred names would hide all else."""
    (told,) = tell_falls([make_outcome(20, 40, f"P{number}") for number in range(12)])
    assert "P9 20" in told.what and "P10" not in told.what and told.what.endswith("; and 2 more.")


def test_failed_reports_and_older_summaries_tell_nothing():
    """A failed report has no summary, and a notebook of one's own need not say what changed."""
    assert tell_falls([SimpleNamespace(summary={}), SimpleNamespace(summary={"n": 3})]) == []


def test_a_wave_without_rows_is_told_with_the_command_to_repeat(example):
    """Nothing of any kind came in: the newest wave is named, and what to run once it has."""
    december = Wave("2026-12", date(2026, 12, 1), date(2026, 12, 31))
    study = replace(example, settings=replace(example.settings, waves=(*example.settings.waves, december)))
    (told,) = tell_notices(select_rows(study, wave="2026-12"))
    assert told.what == (
        "No new data: no answer, no verbatim and no reading is of 2026-12. The newest data are of 2026-09."
    )
    assert told.do.endswith("run: cjm update retail_checkout --wave 2026-12")
    assert tell_window(study, wave="2026-12")["waves"] == "2026-12 (1 to 31 December 2026)"


def test_a_source_that_falls_silent_is_told(example):
    """Readings and reviews came in every wave so far; interviews are held now and then, so they may be missing."""
    feedback, readings = example.feedback, example.kpi_readings
    tables = {
        "feedback": feedback[~(feedback["source"].isin(["review", "interview"]) & feedback["wave"].eq("2026-09"))],
        "kpi_readings": readings[readings["wave"].ne("2026-09")],
    }
    (told,) = tell_notices(select_rows(replace(example, tables={**example.tables, **tables}), wave="2026-09"))
    assert told.what == "No new data in 2026-09 of what 2026-03 had: KPI readings; words from reviews."


def test_a_column_that_vanished_is_told_with_its_export(monkeypatch, example):
    """The sentence names export, columns and the wave that had them."""
    gone = Vanished("survey.csv", ("pay", "ad"), "2026-03")
    monkeypatch.setattr(notices, "find_vanished", lambda folder, settings, wave: [gone])
    (told,) = tell_notices(select_rows(example, wave="2026-09"))
    assert told.what == "The export survey.csv no longer has the columns pay, ad, which it had in 2026-03."
    monkeypatch.setattr(notices, "find_vanished", lambda folder, settings, wave: [gone._replace(new=("payy",))])
    (told,) = tell_notices(select_rows(example, wave="2026-09"))
    assert told.what.endswith("which it had in 2026-03; new in it: payy.")


def test_words_that_nobody_has_coded_are_told(example):
    """A month's comments come in uncoded; where the team codes at all, the index says what is to be done first."""
    feedback, codings = (example.tables[name] for name in ("feedback", "codings"))
    of_wave = feedback.loc[feedback["wave"] == "2026-09", "feedback_id"]
    tables = {**example.tables, "codings": codings[~codings["feedback_id"].isin(of_wave)]}
    (told,) = tell_notices(select_rows(replace(example, tables=tables), wave="2026-09"))
    assert told.what.startswith("Nobody has coded what customers said in 2026-09 yet (")
    tables["codings"] = codings[:0]
    assert not tell_notices(select_rows(replace(example, tables=tables), wave="2026-09"))


def test_all_waves_together_and_the_first_have_no_news(example):
    """Where nothing is compared, nothing can be missing."""
    assert tell_notices(select_rows(example, wave="all")) == [] == tell_notices(select_rows(example, wave="2026-03"))


def test_an_emptied_table_is_told_whatever_the_wave(tmp_path):
    """Where the answers are gone there is no wave left to compare; the index says it all the same."""
    folder = new_study(tmp_path / "mine", example="clinic_visit")
    file = folder / "imported" / "responses.csv"
    file.write_text(file.read_text(encoding="utf-8-sig").partition("\n")[0], encoding="utf-8")
    (told,) = tell_window(open_study(folder), wave="all")["notices"]
    assert told.what == "imported/responses.csv: The table holds no row, so the reports show nothing of it."
