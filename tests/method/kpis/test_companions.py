"""Companions: beside a headline stands what it leaves out, from the same answers."""

from types import SimpleNamespace as Metric

import numpy as np
import pandas as pd
import pytest

from cjm_helpers.method.kpis import measure_companions

METRICS = {
    "nps": Metric(min=0, max=10, better="higher"),
    "csat": Metric(min=1, max=5, better="higher"),
    "effort": Metric(min=1, max=7, better="lower"),
    "minutes": Metric(min=0, max=600, better="lower"),
}


@pytest.fixture
def measure(make_table):
    """Measure the companions of one KPI from (score, how many) pairs."""

    def make(kind, metric, *scores_and_counts) -> dict:
        kpis = make_table("kpis", [{"kpi_id": "k1", "kind": kind, "metric": metric}])
        answers = [{"metric": metric, "score": score, "count": count} for score, count in scores_and_counts]
        table = measure_companions(kpis, make_table("responses", answers), metrics=METRICS)
        return table.set_index("companion").to_dict("index")

    return make


def test_nps_shows_who_makes_it_up(measure):
    """60 / 25 / 15: 60% promoters, 15% detractors, with the intervals of shares."""
    found = measure("nps", "nps", (9, 60), (7, 25), (0, 15))
    assert (found["promoters"]["value"], found["detractors"]["value"]) == (0.6, 0.15)
    assert found["detractors"]["method"] == "Wilson" and found["detractors"]["n"] == 100


def test_csat_shows_its_mean(measure):
    """4, 5, 3, 4, 5: mean 4.2, interval 3.161 to 5 (by hand)."""
    mean = measure("csat", "csat", (4, 2), (5, 2), (3, 1))["mean"]
    assert [mean[name] for name in ("value", "lo", "hi")] == pytest.approx([4.2, 3.161, 5], abs=0.0005)


def test_ces_shows_its_three_best_answers(measure):
    """Where effort is counted, 1, 2 and 3 are best."""
    best = measure("ces", "effort", (1, 5), (3, 5), (4, 10))["three best answers"]
    assert (best["value"], best["n"]) == (0.5, 20)


def test_a_duration_shows_its_quarters(measure):
    """Of 1 to 7 minutes a quarter is done after 2 and three quarters after 6."""
    found = measure("duration", "minutes", *[(minutes, 1) for minutes in range(1, 8)])
    assert [found[name]["value"] for name in ("first quarter", "third quarter")] == [2, 6]


def test_weights_stay_with_their_answers(make_table):
    """Anonymous answers 1 and 5 with weights 3 and 1: the mean is 2, whatever the headline sorts by."""
    rows = [{"metric": "csat", "score": score, "weight": weight} for score, weight in [(5, 1), (1, 3)] * 9]
    kpis = make_table("kpis", [{"kpi_id": "k1", "kind": "csat", "metric": "csat"}])
    table = measure_companions(kpis, make_table("responses", rows), metrics=METRICS)
    assert table["value"].iloc[0] == pytest.approx(2)


def test_few_people_have_no_companions_in_figures(measure):
    """Four answers leave n alone."""
    row = measure("csat", "csat", (4, 4))["mean"]
    assert np.isnan([row["value"], row["lo"], row["hi"]]).all() and (row["n"], row["flag"]) == (4, "suppressed")


def test_kpis_without_answers_have_none(measure):
    """Nothing stands beside a KPI that nobody answered, or whose kind is a figure of its own."""
    assert measure("nps", "nps") == measure("mean", "csat", (4, 9)) == {}


def test_input_stays(make_table):
    """The tables that go in are untouched."""
    given = (make_table("kpis", [{"kpi_id": "k1", "kind": "csat", "metric": "csat"}]),
             make_table("responses", [{"metric": "csat", "score": 4, "count": 9}]))  # fmt: skip
    before = [table.copy() for table in given]
    measure_companions(*given, metrics=METRICS)
    for table, was in zip(given, before, strict=True):
        pd.testing.assert_frame_equal(table, was)
