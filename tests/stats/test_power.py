"""Power: what a sample can show, and how many people it takes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_helpers.errors import NumberRefused
from cjm_helpers.stats.power import minimum_detectable_difference, needed_n, needed_n_for_margin

NPS = 0.55 * 100**2


def test_two_waves_of_100_show_an_nps_change_of_21_points():
    """NPS 30 to 35, v = .55: 20.6 points at n = 100; 1,691 a wave, 3,454 with a power of 80% (by hand)."""
    assert minimum_detectable_difference(NPS, n=100) == pytest.approx(20.6, abs=0.05)
    assert (needed_n(NPS, difference=5), needed_n(NPS, difference=-5, power=0.8)) == (1691, 3454)


def test_a_margin_of_ten_points_takes_212_people():
    """v = .55, margin of error 10 points: 212 (by hand)."""
    assert needed_n_for_margin(NPS, margin=10) == 212


def test_the_smaller_sample_limits_what_is_seen():
    """Beside 50 people no second sample, however large, shows more than the 50 allow; an empty one shows nothing."""
    alone = minimum_detectable_difference(1.0, n=50) / np.sqrt(2)
    assert minimum_detectable_difference(1.0, n=50, n_other=10**9) == pytest.approx(alone, rel=1e-6)
    assert np.isnan(minimum_detectable_difference(1.0, n=0)) and np.isnan(minimum_detectable_difference(np.nan, n=9))


@given(
    st.floats(0.01, 1e4), st.floats(0.01, 50), st.sampled_from([None, 0.5, 0.8, 0.95])
)  # fmt: skip
def test_the_needed_sample_sees_the_difference_and_one_fewer_does_not(variance, difference, power):
    """needed_n is the smallest n whose minimum detectable difference is within the difference asked for."""
    n = needed_n(variance, difference=difference, power=power)
    assert minimum_detectable_difference(variance, n=n, power=power) <= difference * (1 + 1e-6)
    if n > 1:
        assert minimum_detectable_difference(variance, n=n - 1, power=power) > difference * (1 - 1e-6)


def test_what_cannot_be_computed_is_refused():
    """A difference or margin of 0 and a power of 1 are refused in a sentence."""
    with pytest.raises(NumberRefused, match="difference = 0 cannot be used: give a number other than 0"):
        needed_n(1.0, difference=0)
    with pytest.raises(NumberRefused, match="margin = 0"):
        needed_n_for_margin(1.0, margin=0)
    with pytest.raises(NumberRefused, match="power = 1 cannot be used: give a chance above 0 and below 1"):
        needed_n(1.0, difference=1, power=1)
