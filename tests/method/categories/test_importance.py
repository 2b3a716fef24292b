"""Importance and performance: touchpoints are placed only where the data decide."""

import numpy as np
import pandas as pd
import pytest

from cjm_helpers.errors import ParameterError
from cjm_helpers.method.categories import place_importance_performance


def place(values, *, half: float = 0.0) -> pd.DataFrame:
    """Return values with intervals of a half width, one touchpoint each."""
    table = pd.DataFrame({"touchpoint_id": list("abcd")[: len(values)], "value": values})
    return table.assign(lo=table["value"] - half, hi=table["value"] + half)


def test_four_quadrants():
    """Shares .40 .30 .20 .10, performance 6, 8.5, 5, 9: cuts .25 and 7.125, one in each quadrant (by hand)."""
    table = place_importance_performance(place([0.4, 0.3, 0.2, 0.1]), place([6, 8.5, 5, 9]))
    assert table.loc[0, ["cut_importance", "cut_performance"]].tolist() == pytest.approx([0.25, 7.125])
    assert table["quadrant"].tolist() == [
        "concentrate here", "keep up the good work", "low priority", "possible overkill",
    ]  # fmt: skip


def test_an_interval_across_a_crosshair_is_undecided():
    """Shares known to .07 cannot tell .30 from the cut at .25; without an interval nothing is told at all."""
    performance = place([6, 8.5, 5, 9], half=0.1)
    table = place_importance_performance(place([0.4, 0.3, 0.2, 0.1], half=0.07), performance)
    assert table["quadrant"].tolist() == ["concentrate here", "undecided", "undecided", "possible overkill"]
    table = place_importance_performance(place([0.4, 0.3, 0.2, 0.1], half=np.nan), performance)
    assert table["quadrant"].eq("undecided").all()


def test_only_touchpoints_with_both_are_placed():
    """A suppressed feeling or a share left out cannot be placed."""
    table = place_importance_performance(place([0.6, 0.4, np.nan, 0.1]), place([1, np.nan, 2, 3]))
    assert table["touchpoint_id"].tolist() == ["a", "d"] and table["left_out"].tolist() == [2, 2]


def test_without_impact_nothing_is_placed():
    """Where derived impact was refused there is no point on the plot, and no error."""
    assert place_importance_performance(None, place([1, 2])).empty
    assert place_importance_performance(say([], outcome=""), place([1, 2]), outcome="decision").empty


def say(values, **columns) -> pd.DataFrame:
    """Return what raters say, as summarise_ratings gives it."""
    return place(values, half=0.2).assign(basis="stated", **columns)


def test_what_is_stated_has_a_plot_of_its_own():
    """Impact as the team states it is placed one outcome at a time; with several, one must be named."""
    stated = pd.concat([say([4, 2], outcome="satisfaction"), say([2, 4], outcome="decision")])
    feeling = place([-1, 1], half=0.1)
    table = place_importance_performance(stated, feeling, outcome="decision")
    assert table["quadrant"].tolist() == ["low priority", "keep up the good work"] and len(table) == 2
    with pytest.raises(ParameterError, match="decision, satisfaction"):
        place_importance_performance(stated, feeling)


def test_crosshairs_can_stand_on_the_scale():
    """Where all are good, the mean calls half of them bad and the middle of the scale none."""
    feeling = place([0.5, 1.5], half=0.1)
    stated = place_importance_performance(say([4, 2]), feeling, crosshairs="scale")
    assert stated.loc[0, ["cut_performance", "cut_importance"]].tolist() == [0, 3]
    assert stated["quadrant"].tolist() == ["keep up the good work", "possible overkill"]
    assert place_importance_performance(say([4, 2]), feeling)["quadrant"].tolist()[0] == "concentrate here"


def test_an_equal_share_is_the_middle_of_derived_impact():
    """Of four touchpoints an equal share is a quarter, though only two of them are placed."""
    shares = place([0.4, 0.3, 0.2, 0.1])
    table = place_importance_performance(shares, place([1, -1, np.nan, np.nan]), crosshairs="scale")
    assert table["cut_importance"].tolist() == [0.25, 0.25]


def test_unknown_crosshairs_are_refused():
    """Crosshairs stand at the means or on the scale."""
    with pytest.raises(ParameterError, match="means, scale"):
        place_importance_performance(place([1]), place([1]), crosshairs="median")


def test_placing_leaves_its_input_alone():
    """Both tables are the same afterwards."""
    impact, feeling = say([4, 2], outcome="decision"), place([1, 2])
    before = impact.copy(), feeling.copy()
    place_importance_performance(impact, feeling, crosshairs="scale")
    pd.testing.assert_frame_equal(impact, before[0])
    pd.testing.assert_frame_equal(feeling, before[1])
