"""Messages: side by side by channel, the missing ones marked."""

import pandas as pd

from cjm_helpers.method.touchpoints import compare_messages


def test_messages_of_a_channel_stand_together(touchpoints, stages):
    """Within a stage the touchpoints of one channel follow each other, in the order customers meet them."""
    table = compare_messages(touchpoints, stages=stages)
    assert table[["channel", "touchpoint_id"]].values.tolist() == [
        ["E-mail", "ad"], ["App", "cart"], ["App", "pay"], ["Website", "pay"],
    ]  # fmt: skip


def test_missing_messages_are_marked(touchpoints):
    """A touchpoint that says nothing, or only blanks, is marked on each of its channels."""
    table = compare_messages(touchpoints.assign(message=["  ", "Kept for you", ""]))
    assert table.loc[table["is_missing"], "touchpoint_id"].tolist() == ["pay", "pay", "ad"]
    assert table.loc[~table["is_missing"], "message"].tolist() == ["Kept for you"]


def test_a_touchpoint_without_channel_keeps_its_row(touchpoints):
    """A touchpoint for which no channel is known yet is not lost."""
    table = compare_messages(touchpoints.assign(channels=""))
    assert len(table) == len(touchpoints) and set(table["channel"]) == {""}


def test_order_of_rows_changes_nothing_and_input_stays(touchpoints, stages):
    """Rows in another order give the same table, and are themselves untouched."""
    turned = touchpoints[::-1].reset_index(drop=True)
    before = turned.copy()
    pd.testing.assert_frame_equal(compare_messages(turned, stages=stages), compare_messages(touchpoints, stages=stages))
    pd.testing.assert_frame_equal(turned, before)
