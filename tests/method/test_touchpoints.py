"""Touchpoints: events counted in a real engine, coverage by stage and channel, and its gaps."""

import ibis
import pandas as pd
import pytest

from cjm_helpers.method.touchpoints import count_events, find_gaps, order_touchpoints, summarise_coverage

LOG = {
    "customer_id": ["a", "a", "b", "b", "c", "c"],
    "touchpoint_id": ["pay", "pay", "pay", "cart", "pay", None],
    "channel": ["App", "Website", "App", "App", "Phone", "App"],
}


@pytest.fixture
def touchpoints(make_table):
    return make_table("touchpoints", [
        {"touchpoint_id": "pay", "name": "Payment", "stage": "Buy", "position": 2, "channels": "App;Website",
         "planned": "yes"},
        {"touchpoint_id": "cart", "name": "Basket", "stage": "Buy", "position": 1, "channels": "App"},
        {"touchpoint_id": "ad", "name": "Advert", "stage": "Notice", "position": 1, "channels": "E-mail",
         "planned": "yes"},
    ])  # fmt: skip


@pytest.fixture
def log(tmp_path):
    """The log as a study opens it: a Parquet file read by DuckDB."""
    pd.DataFrame(LOG).to_parquet(tmp_path / "events.parquet")
    return ibis.duckdb.connect().read_parquet(tmp_path / "events.parquet")


@pytest.fixture
def no_answers(make_table):
    return make_table("responses", [])


def test_customers_are_counted_once_over_channels(log, touchpoints):
    """A customer on two channels is one customer of the touchpoint and one of the stage's channel."""
    counts = count_events(log, touchpoints).set_index(["touchpoint_id", "channel"])
    assert counts.loc[("pay", "App"), ["customers", "events"]].tolist() == [2, 2]
    assert counts.loc[("pay", "App"), "touchpoint_customers"] == 3
    assert counts.loc[("pay", "App"), "stage_customers"] == 2


def test_events_without_touchpoint_keep_their_row(log, touchpoints):
    """Events that name no touchpoint are counted, with an empty stage."""
    counts = count_events(log, touchpoints)
    assert counts["events"].sum() == len(LOG["channel"])
    assert counts.loc[counts["touchpoint_id"] == "", "stage"].tolist() == [""]


def test_a_log_without_channel_is_counted(touchpoints):
    """A log that has no column channel still gives customers by touchpoint."""
    log = ibis.memtable({"customer_id": ["a", "b"], "touchpoint_id": ["pay", "pay"]})
    assert count_events(log, touchpoints)[["channel", "customers"]].values.tolist() == [["", 2]]


def test_no_log_counts_as_missing(touchpoints, no_answers):
    """Without a log customers and events are missing, never zero."""
    coverage = summarise_coverage(touchpoints, responses=no_answers, event_counts=count_events(None, touchpoints))
    assert coverage[["customers", "events", "answers"]].isna().all(axis=None)


def test_coverage_names_each_gap(log, touchpoints, no_answers):
    """Each cell of stage and channel says whether it is empty, single, blind or silent."""
    coverage = summarise_coverage(
        touchpoints,
        responses=no_answers,
        event_counts=count_events(log, touchpoints),
        stages=("Notice", "Buy", "Praise"),
    )
    gaps = coverage.set_index(["stage", "channel"])["gap"]
    assert gaps["Buy", "Phone"] == "blind"
    assert gaps["Notice", "E-mail"] == "silent"
    assert gaps["Praise", "App"] == "empty"
    assert gaps["Buy", "App"] == gaps["Notice", "App"] == ""


def test_gaps_are_told_in_sentences(log, touchpoints, no_answers):
    """Empty and single-channel stages, silent touchpoints, unlisted channels and loose events each get a sentence."""
    gaps = find_gaps(
        touchpoints,
        responses=no_answers,
        event_counts=count_events(log, touchpoints),
        stages=("Notice", "Buy", "Praise"),
    )
    assert set(gaps["sentence"]) == {
        "Notice is met on one channel only: E-mail.",
        "Praise has no touchpoint yet.",
        "Advert was planned, but no event and no answer speaks of it.",
        "In the log, 1 event names no touchpoint.",
        "The log shows Payment on Phone (1 event), a channel its row does not list.",
    }


def test_touchpoints_stand_in_order(touchpoints):
    """Stages come as declared, positions within a stage ascend, and the input keeps its order."""
    before = touchpoints.copy()
    assert order_touchpoints(touchpoints, stages=("Notice", "Buy"))["touchpoint_id"].tolist() == ["ad", "cart", "pay"]
    pd.testing.assert_frame_equal(touchpoints, before)
