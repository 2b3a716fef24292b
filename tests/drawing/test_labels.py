"""Tests of placing labels."""

from hypothesis import given
from hypothesis import strategies as st

from cjm_helpers.drawing.labels import place_labels

PLACES = st.lists(st.tuples(st.integers(100, 300), st.integers(60, 240)), min_size=1, max_size=6, unique=True)


@given(PLACES)
def test_labels_stay_in_the_plot(points):
    """No label leaves the plot where there is room for it."""
    for left, middle in place_labels(points, [(80, 12)] * len(points), room=(400, 300)):
        assert 0 <= left <= 320 and 6 <= middle <= 294


def test_two_points_at_one_place_keep_their_labels_apart():
    """Labels of the same place stand on its two sides or on lines of their own."""
    one, other = place_labels([(200, 100), (200, 100)], [(50, 12), (50, 12)], room=(400, 300))
    assert abs(one[1] - other[1]) >= 12 or abs(one[0] - other[0]) >= 50
