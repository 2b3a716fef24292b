"""Single values of an export: times under their zones, days under the study's clock."""

import pandas as pd
import pytest

from cjm_helpers.study.sources.rules import name_bad_values, read_kind
from cjm_helpers.worksheets import Column


def read(values, kind):
    stored = read_kind(pd.Series(values), Column("when", kind, ""), timezone="Europe/Berlin")
    return stored.texts.tolist(), stored.is_bad.tolist()


def test_times_keep_their_own_offset():
    """A log may change its offset with the clocks, and rows without one are told by the study's clock."""
    texts, is_bad = read(["2026-03-01T10:00:00+01:00", "2026-04-01 10:00+0200", "2026-04-01T10:00", "noon"], "time")
    assert texts == ["2026-03-01T09:00:00Z", "2026-04-01T08:00:00Z", "2026-04-01T08:00:00Z", ""]
    assert is_bad == [False, False, False, True]


@pytest.mark.parametrize(("value", "day"), [("2026-03-31T23:30:00Z", "2026-04-01"), ("2026-03-31", "2026-03-31")])
def test_days_are_those_of_the_study(value, day):
    """Half past eleven in the evening in UTC is the next day in Berlin; a day alone stays."""
    assert read([value], "date")[0] == [day]


def test_many_bad_values_make_one_fault():
    """A column of days written in another way is said once, with the count of values and rows."""
    days = pd.Series([f"{day:02}-07-2015" for day in range(1, 21)], index=range(2, 22))
    (fault,) = name_bad_values(days, file="reviews.csv", column="date", why="is not a date")
    assert "20 different values" in str(fault) and "20 rows: 2, 3, 4, ..." in str(fault)


@pytest.mark.parametrize(
    ("day", "form"), [("19-07-2015", "%d-%m-%Y"), ("7/19/2015", "%m/%d/%Y"), ("19.07.2015", "%d.%m.%Y")]
)
def test_the_way_of_writing_days_is_guessed(day, form):
    """The remedy names the date_format that the file seems to use."""
    stored = read_kind(pd.Series([day]), Column("date", "date", ""))
    assert f'date_format = "{form}"' in stored.remedy


def test_a_single_slip_is_no_way_of_writing_days():
    """Where the other days are read, or no usual way fits, no other way is advised."""
    days = pd.Series(["2026-03-14", "2026-03-15", "14.03.2026", "soon"])
    assert read_kind(days, Column("day", "date", "")).remedy.startswith("Correct it in the file")
    assert read_kind(pd.Series(["soon"]), Column("day", "date", "")).remedy.startswith("Correct it in the file")
