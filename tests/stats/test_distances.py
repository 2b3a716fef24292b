"""Distances: sets of codes, ranks, numbers and ratios lie as far apart as published."""

import pytest

from cjm_helpers.errors import ScoresOutsideScale
from cjm_helpers.stats.distances import masi_distance, measure_distances


@pytest.mark.parametrize(
    ("first", "second", "distance"),
    [("ab", "a", 0.6667), ("ab", "bc", 0.8889), ("a", "a", 0), ("a", "b", 1), ("", "", 0), ("a", "", 1)],
)
def test_masi_distances_are_the_published_ones(first, second, distance):
    """{A,B} v {A} is .6667 and {A,B} v {B,C} .8889 (Passonneau 2006); two empty sets are the same."""
    assert masi_distance(frozenset(first), frozenset(second)) == pytest.approx(distance, abs=0.00005)


@pytest.mark.parametrize(("distance", "apart"), [("ordinal", 8**2), ("interval", 3**2), ("ratio", 0.6**2)])
def test_a_scale_says_how_far(distance, apart):
    """1 and 4, given 2 and 4 times with five 2s between: half of 2, 5 and half of 4 in ranks, 3 in numbers, 3/5."""
    table = measure_distances([1, 2, 4], [2, 5, 4], distance=distance)
    assert table[0, 2] == table[2, 0] == pytest.approx(apart)
    assert table.diagonal().tolist() == [0, 0, 0]


def test_two_zeros_have_a_ratio_distance_of_none():
    """Nothing is divided by nothing: 0 and 0 are the same."""
    assert measure_distances([0, 1], [1, 1], distance="ratio").tolist() == [[0, 1], [1, 0]]


def test_a_ratio_has_no_negative_numbers():
    """Below 0 there is no ratio; the judgements that lie there are counted."""
    with pytest.raises(ScoresOutsideScale, match="needs 0 or more: 3 of 5"):
        measure_distances([-1, 1], [3, 2], distance="ratio")
