"""A real survey goes in: the figures that its publishers' file gives by hand come out."""

import html
import os
import re
import shutil
from pathlib import Path

import pytest

from cjm_helpers.batch.run import report_study
from cjm_helpers.method.journey import build_journey
from cjm_helpers.method.kpis import measure_kpis
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.selection import select_rows
from cjm_helpers.study.sources import import_sources

STUDY = Path(__file__).parent / "sfo_airport_2017"
CHECKOUT = Path(__file__).parents[2]
RAW = Path(os.environ.get("CJM_REAL_DATA") or CHECKOUT.parent / "shared" / "real")
SURVEY = RAW / "sfo_airport_survey_2017.csv"
PASSENGERS = 2831
PERSONAS = {
    "business_regular": 425, "business_occasional": 351, "holiday_once": 563, "holiday_regular": 603,
    "family_visitor": 709,
}  # fmt: skip

pytestmark = pytest.mark.skipif(
    not SURVEY.is_file(), reason=f"no {SURVEY.name} in {RAW}; say where it lies with CJM_REAL_DATA"
)


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """Import the survey into a copy of the study; return the copy's folder and the report."""
    folder = tmp_path_factory.mktemp("real") / STUDY.name
    shutil.copytree(STUDY, folder, ignore=shutil.ignore_patterns("imported", "raw"))
    return folder, import_sources(folder, raw=RAW)


@pytest.fixture(scope="module")
def airport(imported):
    return open_study(imported[0])


@pytest.fixture(scope="module")
def kpis(airport):
    table = measure_kpis(
        airport.kpis, airport.responses, kpi_readings=airport.kpi_readings, metrics=airport.settings.metrics
    )
    return table.set_index("kpi_id")


def test_nps_leaves_out_blank_answers(kpis, imported):
    """NPS is 39.8 from 2,746 answers and 40.4 weighted; 84 coded 11 and one empty are blank (by hand)."""
    nps = kpis.loc["nps"]
    assert round(nps["unweighted"], 1) == 39.8
    assert round(nps["value"], 1) == 40.4
    assert nps["n"] == PASSENGERS - 84 - 1 == 2746


@pytest.mark.parametrize(
    ("kpi_id", "mean", "n"), [("airport_whole", 4.064, 2688), ("restroom_clean", 4.131, 2653)]
)  # fmt: skip
def test_means_leave_out_blank_and_never_used(kpis, kpi_id, mean, n):
    """0, 6 and the word Blank are never ratings (means by hand, without weights)."""
    assert round(kpis.loc[kpi_id, "unweighted"], 3) == mean
    assert kpis.loc[kpi_id, "n"] == n


def test_no_answer_lies_off_its_scale(airport):
    """0 and 6 stand only where people were asked on a scale from 0 to 10."""
    scores = airport.responses[airport.responses["score"].isin([0, 6])]
    assert set(scores["metric"]) == {"recommend"}


def test_counts_add_up_to_the_passengers(imported):
    """In every block each of the 2,831 passengers is kept or left out for a reason, and so is each cell."""
    report = imported[1].table
    for unit in ("rows", "cells"):
        parts = report[[name for name in report if name == f"{unit}_kept" or name.startswith(f"{unit} ")]]
        assert parts.sum(axis="columns").tolist() == report[f"{unit}_in_file"].tolist()
    assert report["rows_in_file"].eq(PASSENGERS).all()


def test_personas_follow_purpose_and_frequency(airport, imported):
    """Five personas hold 2,651 passengers, none fewer than 350, and 180 fit no rule."""
    sizes = airport.persona_assignments["persona_id"].value_counts()
    assert sizes.to_dict() == PERSONAS
    assert imported[1].table["rows fitting no rule"].max() == PASSENGERS - sizes.sum() == 180


def test_every_answer_carries_its_weight_and_wave(airport):
    """Weights come along with each answer, and the day of the interview gives the wave."""
    assert airport.responses["weight"].between(0.2, 1.7).all()
    assert set(airport.responses["wave"]) == {"2017-05"}


def test_code_columns_became_codings(airport):
    """84 people told of long security lines: 55 asked what to improve, 37 asked for problems (by hand)."""
    queue = airport.codings[airport.codings["code_id"] == "security_queue"].merge(airport.feedback, on="feedback_id")
    assert queue["feedback_id"].str.extract("(Q.*)")[0].value_counts().to_dict() == {"Q8COM": 55, "Q15COM": 37}
    assert queue["customer_id"].nunique() == 84
    assert set(queue["touchpoint_id_x"]) == {"security"}


def test_comments_come_without_words(airport):
    """The survey's words were never published, so no verbatim has any."""
    assert airport.feedback["text"].eq("").all()
    assert set(airport.feedback["source"]) == {"survey"}


def test_each_persona_can_be_selected(airport):
    """The answers of the personas and of those without one make all answers."""
    parts = [len(select_rows(airport, persona_id=persona).responses) for persona in airport.personas["persona_id"]]
    assert all(part > 5_000 for part in parts)
    assert sum(parts) < len(airport.responses) == 54_471


@pytest.fixture(scope="module")
def pages(imported, tmp_path_factory):
    """Make the reports for everyone and one persona; return the words of each page by its name."""
    out = tmp_path_factory.mktemp("reports")
    run = report_study(imported[0], personas=("everyone", "holiday_once"), out=out)
    assert not run.failures
    return {page.stem: read_words(page.read_text(encoding="utf-8")) for page in out.glob("*.html")}


def read_words(page: str) -> str:
    """Return what a reader sees of a page, without marks and with single blanks."""
    bare = re.sub(r"<(style|script).*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(bare))


@pytest.mark.parametrize("persona_id", ["everyone", *PERSONAS])
def test_each_persona_has_a_map(airport, persona_id):
    """Every persona has enough answers for a map of fourteen steps whose curve stops only where nobody was asked."""
    journey = build_journey(select_rows(airport, persona_id=persona_id), bootstraps=20)
    curve = journey.cells[journey.cells["lane"].eq("emotion")].set_index("touchpoint_id")
    assert len(journey.steps) == 14
    assert curve.index[curve["value"].isna()].tolist() == ["check_in"]


def test_the_figures_stand_in_the_text(pages):
    """The report for everyone gives the figures with and without weights, and the people behind each."""
    words = pages["everyone"]
    assert "unweighted 39.8" in words and "40.4" in words and "2,746" in words
    for name, figures in {"Airport as a whole": ("4.064", "2,688"), "Clean restrooms": ("4.131", "2,653")}.items():
        told = [words[at.end() : at.end() + 80] for at in re.finditer(name, words)]
        assert any(all(figure in after for figure in figures) for after in told)


def test_reports_hold_the_map_and_stand_in_the_index(pages):
    """Each report draws the fourteen steps, and the index leads to it."""
    assert pages.keys() == {"everyone", "holiday_once", "index"}
    assert all("14 steps in 5 stages" in pages[report] for report in ("everyone", "holiday_once"))
    assert "Yuki, here for one holiday" in pages["index"]
