"""The geometry of the emotion curve."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_helpers.drawing.sheet.curve import bend, fill_band, hatch, sample, split_runs

HEIGHTS = st.lists(st.floats(-2, 2), min_size=2, max_size=14)


@given(values=HEIGHTS)
def test_the_curve_never_leaves_two_neighbouring_means(values):
    """Between two steps the drawn curve lies between their means (Fritsch and Carlson 1980)."""
    points = [(k * 25.0, value) for k, value in enumerate(values)]
    for x, y in sample(bend(points)):
        k = min(int(x // 25), len(values) - 2)
        low, high = sorted(values[k : k + 2])
        assert low - 1e-6 <= y <= high + 1e-6


@given(values=HEIGHTS)
def test_the_curve_passes_through_every_mean(values):
    """Each mean is an end of a piece of the curve."""
    points = [(k * 25.0, value) for k, value in enumerate(values)]
    moves = bend(points)
    assert [moves[0][1], *(move[3] for move in moves[1:])] == points


def test_a_missing_step_breaks_the_line():
    """None stands for a step without a value; the line stops on both sides."""
    assert split_runs([(0, 1), (1, 1), None, (3, 1), None, None]) == [[(0, 1), (1, 1)], [(3, 1)]]


def test_a_band_is_filled_only_where_the_curve_reaches_it():
    """A curve above zero fills nothing below it."""
    points = sample(bend([(0.0, 2.0), (10.0, 4.0), (20.0, 3.0)]))
    assert fill_band(points, zero=10.0, top=10.0, bottom=20.0) == []
    area = fill_band(points, zero=10.0, top=0.0, bottom=10.0)
    assert {y for _, y in area[-2:]} == {10.0}


def test_a_hatch_stays_in_its_box():
    """Every stroke begins and ends on the box's edges or inside."""
    ends = [end for stroke in hatch(5.0, width=20.0, y0=10.0, y1=40.0, step=2.4) for end in stroke]
    assert all(5.0 <= x <= 25.0 and 10.0 - 1e-9 <= y <= 40.0 + 1e-9 for x, y in ends)
    assert len(ends) > 20


@pytest.mark.parametrize("values", [(1.0, 1.0), (-2.0, 2.0)])
def test_two_steps_are_enough_for_a_curve(values):
    """Two means give one piece."""
    assert len(bend([(0.0, values[0]), (25.0, values[1])])) == 2
