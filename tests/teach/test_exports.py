"""The exports look as tools write them, and hold codes for what was not said."""

import numpy as np
import pandas as pd
import pytest

from cjm_helpers.teach.exports import list_months, make_figures


@pytest.fixture(scope="module")
def survey(committed):
    """Return the survey of the first wave as exported."""
    return pd.read_csv(committed / "raw" / "survey_2026_03.csv", sep=";", dtype="str", keep_default_na=False)


def test_the_survey_is_wide(survey):
    """One row a customer, one column a question, and no cell of a question is empty."""
    questions = [name for name in survey.columns if name.startswith("q_")]
    assert (len(survey), len(questions)) == (1_000, 23)
    assert set(survey[questions].to_numpy().ravel()) == {*"12345", "8", "9"}


def test_days_are_written_as_in_the_country(survey):
    """The survey tool writes day.month.year."""
    assert survey["date"].str.fullmatch(r"\d\d\.03\.2026").all()


def test_imported_answers_are_the_exported_ones(survey, study):
    """Every answer of the export, and nothing that was blank or not met, became a row of responses."""
    questions = survey.filter(like="q_")
    answers = study.responses.query("wave == '2026-03' and metric == 'csat'")
    assert len(answers) == questions.isin(list("12345")).to_numpy().sum()


def test_figures_change_when_the_checkout_changed(script):
    """Until June the share of checkouts given up stays, then it falls month by month."""
    figures = make_figures(script, generator=np.random.default_rng(0)).query("kpi_id == 'checkout_abandonment'")
    cases = figures[["numerator", "denominator"]].astype(float).groupby(figures["month"]).sum()
    shares = cases["numerator"] / cases["denominator"]
    assert shares[:"2025-06"].between(0.37, 0.46).all()
    assert shares["2026-07"] > shares["2026-08"] > shares["2026-09"]


def test_figures_are_there_for_every_persona_and_month(study, script):
    """Each KPI of the shop's systems has a figure a month and persona, over two years."""
    counts = study.kpi_readings.groupby("kpi_id").size()
    assert set(counts) == {len(list_months(script.setting["months"])) * 4}
    assert study.kpi_readings["period"].nunique() == 24
