"""Times: from an event at a touchpoint to the same person's next one."""

import pandas as pd

from cjm_helpers.method.paths import time_touchpoints


def read(log, touchpoints, **options):
    """Return the times by touchpoint."""
    return time_touchpoints(log, touchpoints, **options).set_index("touchpoint_id")


def test_any_next_event_ends_the_stay(write_log, touchpoints, stages, six):
    """An event of no listed touchpoint ends the time at a page, and so does the same page again."""
    times = read(write_log(six([(0, "ad"), (3, "?"), (9, "ad"), (10, "ad")])), touchpoints, stages=stages)
    assert times.loc["ad", ["value", "n", "visits"]].tolist() == [2, 6, 18]


def test_a_long_pause_is_no_time(write_log, touchpoints, stages, six):
    """Where nothing follows within the limit the visit is counted and tells no time."""
    times = read(write_log(six([(0, "ad"), (4, "pay"), (100, "ad")])), touchpoints, stages=stages)
    assert times.loc["ad", ["value", "visits", "share_followed"]].tolist() == [4, 12, 0.5]
    assert "pay" not in times.index


def test_each_person_counts_once(write_log, touchpoints, stages, six):
    """Somebody who looks a hundred times has one median like everybody else."""
    often = [(number / 10, "ad") for number in range(100)]
    times = read(write_log(six([(0, "ad"), (8, "pay")]) | {"often": often}), touchpoints, stages=stages)
    assert times.loc["ad", ["value", "n"]].tolist() == [8, 7]


def test_few_people_have_no_figures(write_log, touchpoints, stages):
    """From fewer than min_n people nothing but n is shown."""
    times = read(write_log({"a": [(0, "ad"), (4, "pay")]}), touchpoints, stages=stages)
    assert times.loc["ad", "flag"] == "suppressed"
    assert times.loc["ad", ["value", "first_quarter", "third_quarter"]].isna().all()


def test_a_log_without_times_gives_no_row(write_log, touchpoints, stages, six):
    """Without a log, or where nothing ever follows, the table is empty and has its columns."""
    for log in (None, write_log(six([(0, "ad")]))):
        table = time_touchpoints(log, touchpoints, stages=stages)
        assert table.empty and {"value", "n", "lo", "flag"} <= set(table)


def test_touchpoints_stay_as_they_were(write_log, touchpoints, stages, six):
    """The input is read, never changed."""
    before = touchpoints.copy()
    time_touchpoints(write_log(six([(0, "ad"), (4, "pay")])), touchpoints, stages=stages)
    pd.testing.assert_frame_equal(touchpoints, before)
