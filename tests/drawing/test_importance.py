"""Importance against performance: shares and ratings have a scale each, and lines stand where points were judged."""

import pandas as pd
import pytest

from cjm_helpers.drawing.importance import draw_importance_performance

PLACED = pd.DataFrame({
    "touchpoint_id": ["pay", "ship"], "performance": [-1.2, 0.8], "importance": [4.5, 2.0],
    "quadrant": ["concentrate here", "possible overkill"],
    "basis": "stated", "crosshairs": "scale", "cut_performance": 0.0, "cut_importance": 3.0,
})  # fmt: skip


def draw(**changes):
    """Draw the table with changes; return its plot and the small print below."""
    chart = draw_importance_performance(PLACED.assign(**changes))
    return chart.axes[0], " ".join(text.get_text() for text in chart.texts)


def find_lines(axes) -> list[float]:
    """Return where the upright and the level line stand."""
    lines = [line for line in axes.lines if line.get_marker() != "o"]
    return [float(lines[0].get_xdata()[0]), float(lines[1].get_ydata()[0])]


def test_ratings_are_drawn_on_their_own_scale():
    """What the team states is drawn from 1 to 5, and the note says whose word it is."""
    axes, note = draw()
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["1", "2", "3", "4", "5"]
    assert axes.get_ylim()[0] < 1 and axes.get_ylim()[1] > 5 and "what raters in the team say, 1 to 5" in note


def test_shares_are_drawn_in_percent():
    """Derived impact is a share of what is explained, in percent from nought."""
    axes, note = draw(importance=[0.6, 0.4], cut_importance=0.5, basis="derived")
    assert axes.get_yticklabels()[1].get_text().endswith("%") and "share of what the answers explain" in note


def test_lines_stand_where_quadrants_were_cut():
    """Crosshairs on the scale are drawn there, and where the table has no cuts, at the means."""
    assert find_lines(draw()[0]) == [0, 3] and "neither good nor bad" in draw()[1]
    bare = PLACED.drop(columns=["basis", "crosshairs", "cut_performance", "cut_importance"])
    bare = bare.assign(importance=[0.6, 0.2])
    assert find_lines(draw_importance_performance(bare).axes[0]) == pytest.approx([-0.2, 0.4])
