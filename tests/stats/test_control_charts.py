"""Process behaviour charts: limits from neighbours, and signals that chance rarely makes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_helpers.stats.control_charts import estimate_limits, has_similar_n, mark_signals, place_limits

FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]  # NIST/SEMATECH e-Handbook 6.3.2.2
SERIES = st.lists(st.integers(-50, 50), min_size=2, max_size=40)


def test_limits_are_those_of_the_handbook():
    """Flow rate: mean 50.81, limits 45.816 to 55.804; the mean range 1.8778 gives an upper range of 6.135 (NIST)."""
    limits = estimate_limits(FLOW)
    assert (limits.centre, limits.points) == (pytest.approx(50.81), 10)
    assert place_limits(limits) == pytest.approx((45.816, 55.804), abs=0.0005)
    assert limits.upper_range == pytest.approx(3.267 * 1.8778, abs=0.0005)
    assert set(mark_signals(FLOW, centre=limits.centre, lower=45.816, upper=55.804)) == {""}


@pytest.mark.parametrize(("readings", "share"), [(10, 0.021), (24, 0.062)])
def test_a_stable_series_rarely_leaves_its_limits(readings, share):
    """Of stable charts 2.1% have a reading outside within 10, 6.2% within 24 (2,000 simulated series, seeded)."""
    generator, alarms = np.random.default_rng(0), 0
    for series in generator.normal(size=(2000, readings)):
        lower, upper = place_limits(estimate_limits(series))
        alarms += bool(((series < lower) | (series > upper)).any())
    assert alarms / 2000 == pytest.approx(share, abs=0.015)


def test_limits_by_case_widen_for_few_cases():
    """Shares that differ by chance alone get the limits of a p-chart: three standard errors at each n."""
    generator = np.random.default_rng(0)
    n = generator.integers(50, 2000, size=400)
    shares = generator.binomial(n, 0.3) / n
    limits = estimate_limits(shares, n=n)
    assert limits.sigma == pytest.approx(np.sqrt(0.3 * 0.7), rel=0.05) and np.isnan(limits.upper_range)
    lower, upper = place_limits(limits, n=[100, 400])
    assert (upper - lower)[0] == pytest.approx(2 * (upper - lower)[1])


@given(SERIES, st.integers(1, 900))
def test_equal_cases_change_nothing(series, n):
    """Where all readings stand on the same number of cases, limits by case are those of the plain chart."""
    plain, by_case = estimate_limits(series), estimate_limits(series, n=[n] * len(series))
    assert place_limits(by_case, n=[n]) == pytest.approx(place_limits(plain), abs=1e-6)


@given(SERIES, st.floats(0.1, 50), st.floats(-50, 50))
def test_units_change_nothing(series, factor, shift):
    """Another unit or another zero moves the limits with the readings."""
    moved = np.array(series) * factor + shift
    expected = np.array(place_limits(estimate_limits(series))) * factor + shift
    assert place_limits(estimate_limits(moved)) == pytest.approx(expected, abs=1e-6)


@given(SERIES)
def test_a_mirror_turns_no_signal_around(series):
    """Up and down are treated alike."""
    lower, upper = place_limits(estimate_limits(series))
    centre, mirrored = np.mean(series), -np.array(series)
    marks = mark_signals(series, centre=centre, lower=lower, upper=upper)
    assert marks == mark_signals(mirrored, centre=-centre, lower=-upper, upper=-lower)


def test_eight_on_one_side_are_a_run():
    """Seven above the centre are none, eight are, all of them; one on the centre breaks the run."""
    limits = {"centre": 0, "lower": -3, "upper": 3}
    assert mark_signals([1] * 7 + [-1], **limits) == [""] * 8
    assert mark_signals([-1] + [1] * 8 + [-1], **limits) == ["", *["run of 8"] * 8, ""]
    assert set(mark_signals([1] * 4 + [0] + [1] * 7, **limits)) == {""}


def test_three_of_four_near_one_limit():
    """Three of four beyond the middle between centre and limit, on the same side; the fourth is not marked."""
    limits = {"centre": 0, "lower": -2, "upper": 2}
    near = "3 of 4 near limit"
    assert mark_signals([1.5, 0, 1.5, 1.5, 0], **limits) == [near, "", near, near, ""]
    assert set(mark_signals([1.5, -1.5, 1.5, -1.5], **limits)) == {""}
    assert set(mark_signals([1.5, 0, 1.5, 0, 1.5], **limits)) == {""}


def test_outside_outweighs_the_other_rules():
    """A reading beyond its own limit is outside, also within a run."""
    marks = mark_signals([1] * 8 + [4], centre=0, lower=[-3] * 9, upper=[3] * 9)
    assert marks == ["run of 8"] * 8 + ["outside"] and mark_signals([], centre=0, lower=0, upper=1) == []


def test_a_series_without_ups_and_downs_has_no_spread():
    """Readings that are all alike, and a single one, have a sigma of exactly nought."""
    assert estimate_limits([0.1] * 12, n=range(5, 17)).sigma == estimate_limits([7]).sigma == 0


def test_cases_within_a_quarter_of_their_mean_are_similar():
    """90 to 110 are about as many, 40 to 160 are not."""
    assert has_similar_n([75, 100, 125]) and not has_similar_n([70, 100, 130])


def test_a_flat_series_has_no_signal():
    """The weighted mean of .1 misses .1 by a hair, so the centre of readings that are all alike is their value."""
    limits = estimate_limits([0.1] * 10, n=[3, 5, 7, 1, 2, 3, 9, 11, 2, 5])
    lower, upper = place_limits(limits, n=[3] * 10)
    assert limits.centre == 0.1 and set(mark_signals([0.1] * 10, centre=0.1, lower=lower, upper=upper)) == {""}
