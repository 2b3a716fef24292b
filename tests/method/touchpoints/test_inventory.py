"""Inventory: the union of what the worksheet, the log, the survey and the verbatims know."""

import ibis
import pandas as pd
import pytest

from cjm_helpers.method.touchpoints import count_events, list_inventory


@pytest.fixture
def inventory(touchpoints, no_answers, stages):
    """List the shop's inventory by touchpoint and name of event."""

    def make(*, events=None, responses=no_answers, listed=touchpoints, feedback=None):
        counts = count_events(events, listed)
        table = list_inventory(listed, event_counts=counts, responses=responses, feedback=feedback, stages=stages)
        return table.set_index(["touchpoint_id", "event"])

    return make


def test_the_worksheet_comes_first_in_order(inventory, answer):
    """Listed touchpoints stand in the order customers meet them; what only the survey knows follows."""
    table = inventory(responses=answer("kiosk", "pay", "pay"))
    assert table.index.get_level_values(0).tolist() == ["ad", "cart", "pay", "kiosk"]
    assert table["sources"].tolist() == ["workshop", "workshop", "workshop;survey", "survey"]
    assert table["answers"].tolist() == [0, 0, 2, 1]


def test_unmapped_events_are_rows_of_their_own(inventory):
    """Names of events that belong to no touchpoint follow, the most frequent first, customers counted once."""
    rows = {"customer_id": list("aabbb"), "touchpoint_id": "", "channel": ["App", "Web", "App", "App", "App"]}
    table = inventory(events=ibis.memtable(pd.DataFrame({**rows, "event": ["open", "open", "push", "push", "push"]})))
    assert table.index[-2:].tolist() == [("", "push"), ("", "open")]
    assert table[["customers", "events"]][-2:].values.tolist() == [[1, 3], [1, 2]]


def test_what_was_not_asked_is_missing(inventory):
    """Without a log, a survey and feedback their counts are missing; with feedback what nobody spoke of is zero."""
    table = inventory()
    assert table[["customers", "events", "answers", "verbatims"]].isna().all(axis=None)
    said = pd.DataFrame({"touchpoint_id": ["ad", ""]})
    assert inventory(feedback=said)["verbatims"].tolist() == [1, 0, 0]


def test_people_who_named_it_are_counted(inventory, touchpoints):
    """A name written twice counts once, and one not listed was named by nobody."""
    table = inventory(listed=touchpoints.assign(named_by=["anna;ben;anna", "", "anna"]))
    assert table["named_by"].to_dict() == {("ad", ""): 1, ("cart", ""): 0, ("pay", ""): 2}


def test_nothing_is_lost(inventory, log, answer):
    """Events and answers of the inventory add up to those of the log and the survey."""
    table = inventory(events=log, responses=answer("pay", "kiosk", "ad", ""))
    assert table["events"].sum() == 6 and table["answers"].sum() == 3


def test_order_of_rows_changes_nothing_and_input_stays(inventory, log, answer, touchpoints):
    """Tables in another order give the same inventory, and are themselves untouched."""
    turned = touchpoints[::-1].reset_index(drop=True)
    before = turned.copy()
    other = inventory(events=log, listed=turned, responses=answer("kiosk", "pay"))
    pd.testing.assert_frame_equal(inventory(events=log, responses=answer("pay", "kiosk")), other)
    pd.testing.assert_frame_equal(turned, before)
