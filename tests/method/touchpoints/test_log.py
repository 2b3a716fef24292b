"""Log: customers and events counted in a real engine."""

import ibis
import pandas as pd

from cjm_helpers.method.touchpoints import count_events


def test_customers_are_counted_once_over_channels(log, touchpoints):
    """A customer on two channels is one customer of the touchpoint, of the stage's channel, and of the log."""
    counts = count_events(log, touchpoints).set_index(["touchpoint_id", "channel"])
    assert counts.loc[("pay", "App"), ["customers", "events"]].tolist() == [2, 2]
    assert counts.loc[("pay", "App"), "touchpoint_customers"] == 3
    assert counts.loc[("pay", "App"), "stage_customers"] == 2
    assert counts.loc[("pay", "App"), ["channel_customers", "log_customers"]].tolist() == [3, 3]


def test_events_without_touchpoint_keep_their_row(log, touchpoints):
    """Events that name no touchpoint are counted, with an empty stage."""
    counts = count_events(log, touchpoints)
    assert counts["events"].sum() == 6
    assert counts.loc[counts["touchpoint_id"] == "", "stage"].tolist() == [""]


def test_names_of_events_are_kept_where_no_touchpoint_is(touchpoints):
    """What belongs to no listed touchpoint is told apart by its name; at a touchpoint names do not split a row."""
    rows = {"customer_id": list("aabbc"), "touchpoint_id": ["pay", "pay", "", "", "gone"], "channel": "App"}
    log = ibis.memtable(pd.DataFrame({**rows, "event": ["start", "end", "open", "push", "ring"]}))
    counts = count_events(log, touchpoints).set_index(["touchpoint_id", "event"])["events"].to_dict()
    assert counts == {("", "open"): 1, ("", "push"): 1, ("gone", "ring"): 1, ("pay", ""): 2}


def test_a_log_without_channel_is_counted(touchpoints):
    """A log that has no column channel still gives customers by touchpoint."""
    log = ibis.memtable({"customer_id": ["a", "b"], "touchpoint_id": ["pay", "pay"]})
    assert count_events(log, touchpoints)[["channel", "customers"]].values.tolist() == [["", 2]]


def test_order_of_events_changes_nothing_and_input_stays(log, touchpoints):
    """A shuffled log gives the same counts, and the touchpoints keep their order."""
    before, shuffled = touchpoints.copy(), ibis.memtable(log.execute().sample(frac=1, random_state=1))
    pd.testing.assert_frame_equal(count_events(log, touchpoints), count_events(shuffled, touchpoints))
    pd.testing.assert_frame_equal(touchpoints, before)


def test_no_log_gives_an_empty_table(touchpoints):
    """A study without a log has counts without rows, with all their columns."""
    counts = count_events(None, touchpoints)
    assert counts.empty and {"event", "log_customers"} <= set(counts)
