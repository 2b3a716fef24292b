"""Transitions: from one touchpoint straight to the next."""

import pandas as pd

from cjm_helpers.method.paths import count_transitions

DAY = 24 * 60


def read(log, touchpoints, **options):
    """Return the ways by from and to."""
    return count_transitions(log, touchpoints, **options).set_index(["from_id", "to_id"])


def test_people_and_times_are_counted_apart(write_log, touchpoints, stages, six):
    """A person who goes the same way twice is one person and two times; the median is of the times."""
    log = write_log(six([(0, "ad"), (2, "cart"), (10, "ad"), (14, "cart")]))
    way = read(log, touchpoints, stages=stages).loc[("ad", "cart")]
    assert (way["k"], way["n"], way["times"], way["median_minutes"]) == (6, 6, 12, 3)


def test_repeats_and_strangers_are_passed_over(write_log, touchpoints, stages, six):
    """The same touchpoint in a row counts once, and events of no listed touchpoint do not stand between."""
    log = write_log(six([(0, "ad"), (1, "ad"), (2, "?"), (3, "pay")]))
    ways = read(log, touchpoints, stages=stages)
    assert list(ways.index) == [("ad", "pay")] and ways["median_minutes"].tolist() == [3]


def test_a_long_pause_begins_a_new_journey(write_log, touchpoints, stages, six):
    """What follows after more than most_days is no next step."""
    log = write_log(six([(0, "ad"), (31 * DAY, "pay")]))
    assert read(log, touchpoints, stages=stages).empty
    assert len(read(log, touchpoints, stages=stages, most_days=40)) == 1


def test_rare_ways_are_left_out_and_rare_places_tell_n_alone(write_log, touchpoints, stages, six):
    """A way of fewer than min_n people has no row; a touchpoint of so few has one that says only that."""
    log = write_log(six([(0, "ad"), (1, "cart")]) | {"a": [(0, "ad"), (1, "pay"), (2, "ship")]})
    ways = read(log, touchpoints, stages=stages)
    assert ways.index.tolist() == [("ad", "cart"), ("pay", ""), ("ship", "")]
    assert ways.loc[("pay", ""), ["n", "flag"]].tolist() == [1, "suppressed"]
    assert ways.loc[("pay", ""), ["k", "value", "times"]].isna().all()


def test_the_share_is_of_people_who_were_there(write_log, touchpoints, stages, six):
    """Whoever was seen at the first and went nowhere counts among n."""
    way = read(write_log(six([(0, "ad"), (1, "pay")]) | six([(0, "ad")], "d")), touchpoints, stages=stages)
    assert way.loc[("ad", "pay"), ["k", "n", "value"]].tolist() == [6, 12, 0.5]


def test_order_changes_nothing_and_most_comes_first(write_log, touchpoints, stages, six):
    """A shuffled log gives the same table; of each touchpoint the most frequent way comes first."""
    paths = six([(0, "ad"), (1, "pay")]) | six([(0, "ad"), (1, "pay")], "d") | six([(0, "ad"), (1, "cart")], "e")
    one = count_transitions(write_log(paths), touchpoints, stages=stages)
    two = count_transitions(write_log(dict(reversed(paths.items()))), touchpoints, stages=stages)
    pd.testing.assert_frame_equal(one, two)
    assert one["to_id"].tolist() == ["pay", "cart"]


def test_no_log_gives_an_empty_table(touchpoints):
    """Without a log there are the same columns."""
    assert {"from_id", "to_id", "k", "n", "flag"} <= set(count_transitions(None, touchpoints))
