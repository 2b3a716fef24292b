"""Coverage: each cell of stage and channel, and the first gap that holds there."""

import ibis
import pandas as pd
import pytest

from cjm_helpers.method.touchpoints import count_events, summarise_coverage


@pytest.fixture
def cover(touchpoints, no_answers, stages):
    """Cover the shop and return the table by stage and channel."""

    def make(*, events=None, responses=no_answers, listed=touchpoints, **options):
        counts = count_events(events, listed)
        table = summarise_coverage(listed, responses=responses, event_counts=counts, stages=stages, **options)
        return table.set_index(["stage", "channel"])

    return make


def test_no_log_counts_as_missing(cover):
    """Without a log customers and events are missing, never zero."""
    assert cover()[["customers", "events", "answers"]].isna().all(axis=None)


def test_cells_name_empty_blind_silent_and_single(cover, log):
    """Each cell says whether it is empty, blind or silent; a stage that is met on several channels has no gap."""
    gaps = cover(events=log)["gap"]
    assert gaps["Buy", "Phone"] == "blind"
    assert gaps["Notice", "E-mail"] == "silent"
    assert gaps["Praise", "App"] == "empty"
    assert gaps["Buy", "App"] == gaps["Notice", "App"] == ""


def test_a_stage_on_one_channel_is_single(cover, answer):
    """Once somebody answered about the advert, its gap is that the stage knows no other channel."""
    assert cover(responses=answer("ad", "pay", "cart"))["gap"]["Notice", "E-mail"] == "single"


def test_a_channel_that_is_not_known_is_none(cover, answer, touchpoints):
    """A touchpoint without channels makes no second channel, and no first one."""
    asked = answer("ad", "pay", "cart")
    no_channel = touchpoints.assign(channels=touchpoints["channels"].where(touchpoints["touchpoint_id"] != "ad", ""))
    assert cover(listed=no_channel, responses=asked)["gap"]["Notice", ""] == ""
    beside = touchpoints.assign(channels=["App", "", "E-mail"])
    assert cover(listed=beside, responses=asked)["gap"]["Buy", "App"] == "single"


def test_a_log_without_channels_makes_nothing_blind_or_silent(cover, log, touchpoints):
    """Where the log or the sheet does not say on which channel, a touchpoint that was met is met on all it lists."""
    gaps = cover(events=log.drop("channel"))["gap"]
    assert set(gaps["Buy"]) == {""} and gaps["Notice", "E-mail"] == "silent"
    assert cover(events=log, listed=touchpoints.assign(channels=""))["gap"]["Buy", ""] == ""


def test_an_unplanned_touchpoint_that_people_meet_is_blind(cover, answer, touchpoints):
    """What was not planned and is answered about is blind; where nobody meets it, nothing is amiss."""
    unplanned = touchpoints.assign(planned="no")
    gaps = cover(listed=unplanned, responses=answer("ad"))["gap"]
    assert gaps["Notice", "E-mail"] == "blind" and gaps["Buy", "Website"] == ""


def test_a_cell_without_kpi_is_unmeasured(cover, answer, make_table):
    """Only where a table of KPIs is given, and neither the stage nor a touchpoint of the cell has one."""
    kpis = make_table("kpis", [{"kpi_id": "k", "touchpoint_id": "pay"}])
    asked = answer("ad", "pay", "cart")
    assert "unmeasured" not in set(cover(responses=asked)["gap"])
    two_channels = cover(responses=answer("cart", "pay"), kpis=kpis.assign(touchpoint_id="cart"))["gap"]
    assert two_channels["Buy", "Website"] == "unmeasured" and two_channels["Buy", "App"] == ""
    of_stage = cover(responses=asked, kpis=kpis.assign(touchpoint_id="", stage="Buy"))["gap"]
    assert of_stage["Buy", "Website"] == ""


def test_an_untapped_channel_has_a_column_without_counts(cover, touchpoints):
    """A channel of many customers without touchpoint stands in every stage, its counts unknown."""
    rows = {"customer_id": [f"c{i}" for i in range(20)], "touchpoint_id": ["pay"] * 14 + [""] * 6}
    log = ibis.memtable(pd.DataFrame({**rows, "channel": ["App"] * 14 + ["Chat"] * 6}))
    chat = cover(events=log).xs("Chat", level="channel")
    assert set(chat["gap"]) == {"untapped"} and chat[["customers", "events"]].isna().all(axis=None)


def test_order_of_rows_changes_nothing_and_input_stays(cover, log, answer, touchpoints):
    """Touchpoints in another order give the same table, for their positions order them; no table is changed."""
    tables = [touchpoints.iloc[[2, 0, 1]].reset_index(drop=True), answer("pay", "ad", "pay")]
    before = [table.copy() for table in tables]
    whole = cover(events=log, responses=answer("ad", "pay", "pay"))
    pd.testing.assert_frame_equal(whole, cover(events=log, responses=tables[1], listed=tables[0]))
    for table, then in zip(tables, before, strict=True):
        pd.testing.assert_frame_equal(table, then)
