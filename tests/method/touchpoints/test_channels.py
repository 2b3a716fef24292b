"""Channels: where touchpoints are met, and which channels customers use without one."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_helpers.method.touchpoints.channels import find_untapped, spread_channels
from cjm_helpers.method.touchpoints.log import count_events

SHOP = pd.DataFrame({"touchpoint_id": ["pay", "ad"], "stage": ["Buy", "Notice"], "channels": ["App;Web", ""]})
NO_LOG = count_events(None, SHOP)
CHANNELS = st.lists(st.sampled_from(["App", "Web", "Chat", "Fax", ""]), max_size=3).map(";".join)


def test_each_channel_has_a_row():
    """A touchpoint stands once on each channel, and once without a channel where it lists none."""
    spread = spread_channels(SHOP)
    assert spread[["touchpoint_id", "channel"]].values.tolist() == [["pay", "App"], ["pay", "Web"], ["ad", ""]]


@given(st.lists(CHANNELS, max_size=60).map(lambda told: pd.Series(told, dtype="str")))
def test_untapped_channels_have_users_and_no_touchpoint(told):
    """Whatever customers tell, no listed channel; five users, a tenth of those who told; most used first."""
    found = find_untapped(SHOP, NO_LOG, channels_used=told)
    assert not set(found["channel"]) & {"App", "Web", ""}
    assert (found["customers"] >= 5).all() and (found["value"] >= 0.1).all()
    assert found["customers"].is_monotonic_decreasing
    assert (found["lo"] <= found["value"]).all() and (found["value"] <= found["hi"]).all()


@pytest.mark.parametrize(("touchpoint_id", "untapped"), [("", ["Fax"]), ("pay", []), ("gone", ["Fax"])])
def test_a_touchpoint_seen_on_a_channel_taps_it(touchpoint_id, untapped):
    """A channel that no row lists is untapped unless the log shows a listed touchpoint there."""
    counts = pd.DataFrame({
        "touchpoint_id": [touchpoint_id], "channel": "Fax", "channel_customers": 12, "log_customers": 30,
    })  # fmt: skip
    assert find_untapped(SHOP, counts)["channel"].tolist() == untapped
