"""Tests of the picture of what sets personas apart: which traits stand there, on which side, and how they look."""

import matplotlib
import pandas as pd
from matplotlib import pyplot

from cjm_helpers.drawing import charts
from cjm_helpers.drawing.profiles import FARTHEST

PROFILE = pd.DataFrame({
    "persona_id": ["ann", "ann", "ann", "ben"], "name": ["Ann", "Ann", "Ann", None],
    "variable": ["orders", "buys_for", "buys_for", "orders"], "level": ["", "self", "others", ""],
    "role": ["active", "passive", "passive", "active"], "value": [2.5, 0.9, 0.1, 14.0], "overall": [7.5, 0.4, 0.6, 7.5],
    "effect": [-0.8, 1.1, -1.1, 4.0], "is_defining": True,
})  # fmt: skip


def list_words(chart) -> list[str]:
    """Return the words of the picture."""
    return [text.get_text() for text in chart.axes[0].texts]


def test_the_strongest_traits_of_each_persona_stand_there():
    """Personas by name, each trait once with both figures; that one answer is rare is left to the common one."""
    words = list_words(charts.draw_profiles(PROFILE))
    assert words[1:] == ["Ann", "buys for self", "90% v. 40%", "orders", "2.50 v. 7.50", "Ben", "orders", "14 v. 7.50"]


def test_bars_go_to_their_side_and_no_farther():
    """Less than the others goes left, more goes right, and a very long bar is cut."""
    bars = charts.draw_profiles(PROFILE).axes[0].patches
    assert [round(bar.get_width(), 1) for bar in bars] == [1.1, -0.8, FARTHEST]


def test_what_shaped_the_groups_looks_paler():
    """An attribute that formed the groups differs in its fill, and the small print says so."""
    chart = charts.draw_profiles(PROFILE)
    fills = [bar.get_facecolor() for bar in chart.axes[0].patches]
    assert fills[0] != fills[1] == fills[2] and "used to form the groups" in chart.texts[-1].get_text()


def test_a_picture_is_closed_and_leaves_its_table_alone():
    """pyplot never knew it, the style does not leak, the table stays, and the same table gives the same bytes."""
    before, settings = PROFILE.copy(), dict(matplotlib.rcParams)
    assert charts.draw_profiles(PROFILE)._repr_png_() == charts.draw_profiles(PROFILE)._repr_png_()
    pd.testing.assert_frame_equal(PROFILE, before)
    assert dict(matplotlib.rcParams) == settings and pyplot.get_fignums() == []


def test_without_traits_words_stand_there():
    """Where nothing sets personas apart the picture says so."""
    assert "nothing sets the personas apart yet" in list_words(charts.draw_profiles(PROFILE[:0]))
