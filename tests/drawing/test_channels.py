"""Tests of the picture of channels by stage: the most used first, and silence told from nought."""

import math

import pandas as pd

from cjm_helpers.drawing import charts

COVERAGE = pd.DataFrame({
    "stage": ["Buy", "Buy", "Buy", "Keep", "Keep"], "channel": ["App", "Web", "Post", "", "Chat"],
    "touchpoints": [1, 2, 1, 1, 0], "customers": [120.0, 800.0, 0.0, 30.0, math.nan],
})  # fmt: skip


def list_words(chart) -> list[str]:
    """Return the words of the picture."""
    return [text.get_text() for text in chart.axes[0].texts]


def test_the_most_used_channel_of_a_stage_comes_first():
    """Stages keep their order, channels follow their customers, one without touchpoint and customers is left out."""
    words = list_words(charts.draw_channels(COVERAGE))
    assert words[:5] == ["Buy", "Web", "800", "App", "120"] and "Chat" not in words
    assert words[-3:] == ["Keep", "no channel named", "30"]


def test_silence_is_not_nought():
    """A channel nobody was seen on says so; without a log nothing is known, and nothing is drawn as zero."""
    assert "nobody in the log" in list_words(charts.draw_channels(COVERAGE))
    untold = charts.draw_channels(COVERAGE.assign(customers=math.nan))
    assert list_words(untold).count("no log that tells") == 4 and not untold.axes[0].patches


def test_the_title_is_the_finding():
    """The title names where most customers are met; without a log it asks."""
    assert charts.draw_channels(COVERAGE).get_suptitle() == "Most customers are met on Web at Buy"
    assert charts.draw_channels(COVERAGE.assign(customers=math.nan)).get_suptitle().endswith("?")


def test_a_picture_is_the_same_twice_and_never_fails_for_want_of_rows():
    """The same table gives the same bytes and stays as it was; an empty one gives words."""
    before = COVERAGE.copy()
    assert charts.draw_channels(COVERAGE)._repr_png_() == charts.draw_channels(COVERAGE)._repr_png_()
    pd.testing.assert_frame_equal(COVERAGE, before)
    assert list_words(charts.draw_channels(COVERAGE[:0])) == ["no touchpoint names a channel yet"]
