"""Funnel: who reached which step, who went no further, and what is not known."""

import pandas as pd
import pytest

from cjm_helpers.errors import ParameterError
from cjm_helpers.method.paths import count_funnel

DAY = 24 * 60


def read(log, touchpoints, **options):
    """Return the funnel by its steps."""
    table = count_funnel(log, touchpoints, **options)
    return table.set_index("touchpoint_id" if "touchpoint_id" in table else "stage")


def test_people_count_once_whatever_came_before(write_log, touchpoints, stages, six):
    """Whoever was seen at a step counts there once, also without the steps before and however often they came."""
    log = write_log(six([(0, "cart"), (1, "cart"), (2, "pay")]) | {"x": [(0, "pay")]})
    funnel = read(log, touchpoints, stages=stages)
    assert funnel.loc[["cart", "pay"], "k"].tolist() == [6, 7] and funnel["n"].unique().tolist() == [7]
    assert funnel.loc["cart", "events"] == 12 and funnel.loc["pay", "value"] == 1


def test_steps_stand_in_the_order_of_the_journey(write_log, touchpoints, stages, six):
    """Rows follow stage and position, not the worksheet."""
    log = write_log(six([(0, "ad")]))
    assert list(read(log, touchpoints, stages=stages).index) == ["ad", "tip", "cart", "pay", "ship"]
    assert list(read(log, touchpoints, by="stage", stages=stages).index) == list(stages)


def test_going_further_needs_a_later_step_afterwards(write_log, touchpoints, stages, six):
    """Who was at a later step before, and never again, went no further."""
    back = six([(0, "pay"), (DAY, "cart")], "b")
    log = write_log(six([(0, "cart"), (1, "pay")]) | back | {"z": [(30 * DAY, "ship")]})
    cart = read(log, touchpoints, stages=stages).loc["cart"]
    assert (cart["went_on"], cart["left"], cart["share_left"]) == (6, 6, 0.5)


def test_who_was_seen_just_now_has_not_left(write_log, touchpoints, stages, six):
    """People of the last days of the log are still on their way: they count neither as gone on nor as left."""
    log = write_log(six([(0, "cart")]) | {"late": [(20 * DAY, "cart")], "end": [(21 * DAY, "ship")]})
    cart = read(log, touchpoints, stages=stages).loc["cart"]
    assert (cart["left"], cart["still_open"], cart["share_left"]) == (6, 1, 1)


def test_nobody_leaves_at_the_last_stage(write_log, touchpoints, stages, six):
    """After the last stage that the log knows nothing can follow, so nothing is said of leaving."""
    log = write_log(six([(0, "cart"), (1, "pay")]) | {"z": [(30 * DAY, "ad")]})
    assert read(log, touchpoints, stages=stages).loc[["cart", "pay"], "share_left"].isna().all()


def test_what_the_log_does_not_know_is_missing_not_zero(write_log, touchpoints, stages, six):
    """A touchpoint without events has no count and says why."""
    funnel = read(write_log(six([(0, "ad")])), touchpoints, stages=stages)
    assert funnel.loc["ship", "flag"] == "not in the log" and pd.isna(funnel.loc["ship", "k"])


def test_few_people_are_not_shown(write_log, touchpoints, stages):
    """With fewer people than min_n in the log there is no figure about any step."""
    funnel = read(write_log({"a": [(0, "ad"), (1, "pay")]}), touchpoints, stages=stages)
    assert (funnel["flag"] == "suppressed").all()
    assert funnel[["k", "value", "events", "went_on", "left", "share_left"]].isna().all(axis=None)


def test_few_who_reached_a_step_tell_nothing_of_leaving(write_log, touchpoints, stages, six):
    """Where fewer than min_n came, what became of them stays with them."""
    log = write_log(six([(0, "ad"), (30 * DAY, "ship")]) | {"b": [(0, "cart")]})
    cart = read(log, touchpoints, stages=stages).loc["cart"]
    assert cart["k"] == 1 and cart[["went_on", "left", "still_open", "share_left"]].isna().all()


def test_events_of_nobody_are_left_out(write_log, touchpoints, stages, six):
    """Events without a customer belong to nobody's path."""
    log = write_log(six([(0, "ad")]) | {"": [(0, "ad")]})
    assert read(log, touchpoints, stages=stages).loc["ad", ["k", "n"]].tolist() == [6, 6]


@pytest.mark.parametrize("by", ["stage", "touchpoint"])
def test_no_log_gives_an_empty_table(touchpoints, by):
    """Without a log, or with an empty one, there are the same columns."""
    empty = count_funnel(None, touchpoints, by=by)
    assert empty.empty and {"k", "n", "lo", "hi", "flag", "newest"} <= set(empty)


def test_an_empty_log_knows_nobody(write_log, touchpoints, stages):
    """A log without a single listed event gives steps without figures."""
    funnel = read(write_log({"a": [(0, "elsewhere")]}), touchpoints, stages=stages)
    assert funnel["n"].tolist() == [0] * 5 and funnel["value"].isna().all()


def test_an_unknown_level_is_refused(touchpoints):
    """A level that is not known is answered with those that are."""
    with pytest.raises(ParameterError, match="stage"):
        count_funnel(None, touchpoints, by="channel")


def test_inputs_stay_and_order_changes_nothing(write_log, touchpoints, stages, six):
    """A shuffled log gives the same table, and the touchpoints keep their order."""
    before = touchpoints.copy()
    paths = six([(0, "ad"), (0, "cart"), (5, "pay")])
    one = count_funnel(write_log(paths), touchpoints, stages=stages)
    two = count_funnel(write_log(dict(reversed(paths.items()))), touchpoints, stages=stages)
    pd.testing.assert_frame_equal(one, two)
    pd.testing.assert_frame_equal(touchpoints, before)
