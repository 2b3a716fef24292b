"""Blanks with one meaning are filled when a study is opened."""

import pytest

from cjm_helpers.study.folder import open_study

HEADING = "response_id,metric,score,wave,date,count,weight\n"


@pytest.mark.parametrize(
    ("wave", "day", "filled"),
    [
        ("", "2026-03-01", "spring"),
        ("", "2026-03-31", "spring"),
        ("", "2026-04-01", ""),
        ("", "", ""),
        ("autumn", "2026-03-01", "autumn"),
    ],
)
def test_the_wave_comes_from_the_day(change, wave, day, filled):
    """The first and the last day belong to a wave; what a team wrote is never changed."""
    change("worksheets/statements.csv", old="f1;r1", new="f1")
    folder = change("imported/responses.csv", new=f"{HEADING}r1,csat,3,{wave},{day},,\n")
    assert open_study(folder).responses["wave"].tolist() == [filled]


def test_the_wave_of_a_reading_comes_from_its_period(change):
    """A month belongs to the wave that holds its first day; a week names no day."""
    text = "kpi_id,period,value\ngiven_up,2026-03,1\ngiven_up,2026-03-15,1\ngiven_up,2026-W10,1\n"
    readings = open_study(change("worksheets/kpi_readings.csv", new=text)).kpi_readings
    assert readings["wave"].tolist() == ["spring", "spring", ""]


def test_an_answer_counts_once(change):
    """An empty count is one."""
    change("worksheets/statements.csv", old="f1;r1", new="f1")
    folder = change("imported/responses.csv", new=HEADING + "r1,csat,3,,,,\nr2,csat,3,,,7,\n")
    assert open_study(folder).responses["count"].tolist() == [1, 7]


@pytest.mark.parametrize(("weights", "filled"), [((",", ","), "none"), ((",", ",2"), [1, 2])])
def test_weights_are_filled_only_beside_others(change, weights, filled):
    """Without any weight the column stays empty; beside others an empty one is 1."""
    change("worksheets/statements.csv", old="f1;r1", new="f1")
    rows = "".join(f"r{place},csat,3,,,{weight}\n" for place, weight in enumerate(weights))
    weight = open_study(change("imported/responses.csv", new=HEADING + rows)).responses["weight"]
    assert weight.isna().all() if filled == "none" else weight.tolist() == filled
