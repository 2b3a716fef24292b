"""Kinds of customers: several at once, said in one way, and the same people in answers, events and readings."""

import pandas as pd
import pytest

from cjm_helpers.errors import CjmError, ParameterError
from cjm_helpers.study.dimensions import split_dimensions
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.selection import select_rows

PEOPLE = (
    "customer_id,wave,age,country,tier\n"
    "c1,spring,31,DE,gold\nc1,autumn,31,AT,gold\nc2,,44,DE,gold\nc3,,20,DE,plain\nc3,autumn,20,AT,plain\n"
)
EVENTS = (
    "customer_id,timestamp,touchpoint_id,event\n"
    "c1,2026-03-05T10:00:00Z,basket,c1_spring\nc1,2026-09-05T10:00:00Z,basket,c1_autumn\n"
    "c2,2026-09-06T10:00:00Z,advert,c2_autumn\nc2,2026-12-24T10:00:00Z,basket,c2_late\n"
    "c1,2026-12-24T10:00:00Z,basket,c1_late\n"
)


@pytest.fixture
def study(change):
    """Return a study of two dimensions, in which c1 and c3 move from one market to the other."""
    change("study.toml", old='market = "country"', new='market = "country"\ntier = "tier"')
    change("imported/events.csv", new=EVENTS)
    return open_study(change("imported/customers.csv", new=PEOPLE))


def list_events(study, **part) -> set[str]:
    """Return the names of a part's events."""
    return set(select_rows(study, **part).events.to_pandas()["event"])


def test_events_follow_the_dimension_of_their_wave(study):
    """An event counts where its customer was when it happened, as an answer does."""
    assert list_events(study, wave="all", dimension="market=DE") == {"c1_spring", "c2_autumn", "c2_late"}
    assert list_events(study, wave="all", dimension="market=AT") == {"c1_autumn"}
    assert list_events(study, wave="autumn", dimension="market=DE") == {"c2_autumn"}


def test_events_follow_the_persona_of_their_wave(study):
    """c1 is Lena in spring and Omar in autumn; c2 is always Omar."""
    assert list_events(study, wave="all", persona_id="lena") == {"c1_spring"}
    assert list_events(study, wave="all", persona_id="omar") == {"c1_autumn", "c2_autumn", "c2_late"}


def test_readings_follow_the_dimension(study):
    """Readings that name the value stay."""
    assert len(select_rows(study, wave="all", dimension="market=DE").kpi_readings) == 3
    assert select_rows(study, wave="all", dimension="market=AT").kpi_readings.empty


def test_who_moved_is_a_customer_of_one_market_alone(study):
    """What is said of one wave overrules what holds for every wave."""
    part = select_rows(study, wave="autumn", dimension="market=DE")
    assert part.customers["customer_id"].tolist() == part.persona_assignments["customer_id"].tolist() == ["c2"]


@pytest.mark.parametrize("dimension", ["market=DE;tier=gold", "tier=gold; market=DE"])
def test_several_dimensions_hold_at_once(study, dimension):
    """Only who has all values stays, in every table, and the part has one name however it was asked for."""
    part = select_rows(study, wave="all", dimension=dimension)
    assert part.dimension == "market=DE;tier=gold" and part.responses["response_id"].tolist() == ["r1", "r3", "r4"]
    assert set(part.customers["customer_id"]) == {"c1", "c2"} and part.kpi_readings.empty
    assert list_events(study, wave="all", dimension=dimension) == {"c1_spring", "c2_autumn", "c2_late"}


@pytest.mark.parametrize("dimension", ["market=DK", "tier=gold;market=DK", "market"])
def test_unknown_values_are_refused(study, dimension):
    """A misspelt value is an error that names the nearest."""
    with pytest.raises(ParameterError, match="dimension = 'market.*Did you mean 'market="):
        select_rows(study, dimension=dimension)


def test_a_semicolon_too_many_does_no_harm(study):
    """What ends in a semicolon names what stands before it."""
    assert split_dimensions(study, "market=DE;") == ("market=DE",)


def test_nobody_is_of_two_markets(study):
    """Two values of one dimension are refused: their report would be empty."""
    with pytest.raises(CjmError, match="names market twice"):
        select_rows(study, dimension="market=DE;market=AT")


def test_a_value_may_hold_a_semicolon(change):
    """A value is known by its letters, whatever they are."""
    rows = "customer_id,wave,age,country\nc1,,31,DE;AT\nc2,,44,DE\n"
    study = open_study(change("imported/customers.csv", new=rows))
    assert select_rows(study, wave="all", dimension="market=DE;AT").customers["customer_id"].tolist() == ["c1"]


def test_the_study_is_left_alone(study):
    """Selecting changes no table."""
    before = {name: table.copy() for name, table in study.tables.items()}
    select_rows(study, dimension="market=DE;tier=gold")
    for name, table in before.items():
        pd.testing.assert_frame_equal(study.tables[name], table)
