"""The event log tells the same story as the survey, in order of time."""

import pandas as pd
import pytest

from cjm_helpers.teach.events import spell_events


@pytest.fixture(scope="module")
def events(committed):
    """Return the committed log."""
    return pd.read_parquet(committed / "imported" / "events.parquet")


def test_times_are_utc_and_in_order(events):
    """The log is sorted by a time that knows its zone, and stays within the months of the waves."""
    assert str(events["timestamp"].dt.tz) == "UTC"
    assert events["timestamp"].is_monotonic_increasing
    assert set(events["timestamp"].dt.strftime("%Y-%m")) == {"2026-03", "2026-09"}


def test_some_events_name_no_touchpoint(events, study):
    """Events that the log cannot place are there, and every other names a touchpoint of the study."""
    named = set(events["touchpoint_id"])
    assert "" in named
    assert named - {""} <= set(study.touchpoints["touchpoint_id"])


def test_a_customer_is_logged_in_one_wave(events, study):
    """Each customer of the log is one of the study, and only in the own wave's month."""
    months = events.groupby("customer_id")["timestamp"].agg(lambda times: times.dt.strftime("%Y-%m").unique().tolist())
    waves = study.customers.set_index("customer_id")["wave"]
    assert all(months[customer] == [waves[customer]] for customer in months.index)


def test_nothing_follows_an_order_that_was_not_placed(events):
    """Whoever tracks a parcel has placed an order before."""
    first = events.groupby(["customer_id", "event"])["timestamp"].min().unstack()
    tracked = first.dropna(subset=["tracking_viewed"])
    assert (tracked["order_placed"] < tracked["tracking_viewed"]).all()


def test_the_card_leaves_no_trace(events):
    """The thank-you card is in no log."""
    assert not events["touchpoint_id"].eq("care_card").any()


def test_only_orders_have_an_amount(events):
    """Every order has an amount in euros, and nothing else has one."""
    is_order = events["event"].eq("order_placed")
    assert events.loc[is_order, "value"].gt(0).all()
    assert events.loc[~is_order, "value"].isna().all()


def test_the_same_log_gives_the_same_bytes(events):
    """Writing twice gives the same file."""
    some = events.head(100)
    assert spell_events(some) == spell_events(some)
