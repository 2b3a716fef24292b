"""Tests of the data window: the days that answers, feedback and events reach from and to."""

import pandas as pd
import pytest

from cjm_helpers.batch.pages import window
from cjm_helpers.batch.pages.window import tell_window, write_span


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-03-01", "2026-03-01", "1 March 2026"),
        ("2026-03-01", "2026-03-31", "1 to 31 March 2026"),
        ("2026-03-01", "2026-09-02", "1 March to 2 September 2026"),
        ("2025-12-30", "2026-01-02", "30 December 2025 to 2 January 2026"),
    ],
)
def test_days_are_written_without_repeating(first, last, words):
    """Month and year are said once where both days share them."""
    assert write_span(pd.Timestamp(first), pd.Timestamp(last)) == words


def test_all_waves_and_the_first(example):
    """All waves together are compared with nothing, and neither is the first."""
    assert tell_window(example, wave="all")["waves"] == "All waves together"
    assert tell_window(example, wave="2026-03")["waves"].endswith("no wave before it to compare it with")


def test_a_study_without_data_tells_no_days(shop):
    """Kinds of data that a study has none of are left out."""
    assert tell_window(shop, wave="all") == {"waves": "", "kinds": [], "notices": []}


def test_days_are_those_of_the_study(monkeypatch, example):
    """An event late in the evening UTC belongs to the next day where the customers live."""
    late = pd.Timestamp("2026-03-31 23:30")
    monkeypatch.setattr(window, "_count_events", lambda part: {"first": late, "last": late, "rows": 1})
    assert tell_window(example, wave="2026-03")["kinds"][-1]["days"] == "1 April 2026"


def test_a_log_that_cannot_be_read_is_told(monkeypatch, example):
    """A log out of reach does not stop the index; that it could not be read is said."""

    def fail(part):
        raise OSError("out of reach")

    monkeypatch.setattr(window, "_count_events", fail)
    assert tell_window(example, wave="2026-03")["kinds"][-1]["days"] == "the log could not be read"


def test_a_log_that_stops_is_told_first(monkeypatch, example):
    """Events that the wave before had and this one lacks are missing, not merely none."""
    rows = {"2026-03": 7, "2026-09": 0}
    monkeypatch.setattr(
        window, "_count_events", lambda part: dict.fromkeys(("first", "last")) | {"rows": rows[part.wave]}
    )
    told = tell_window(example, wave="2026-09")
    assert told["notices"][0].what == "No new data in 2026-09 of what 2026-03 had: events in the log."
    rows["2026-03"] = 0
    assert tell_window(example, wave="2026-09")["notices"] == []
