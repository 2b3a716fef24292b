"""Peak and end: what stands out on a curve, and how sure that is."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_helpers.errors import TooFewAnswers
from cjm_helpers.stats.peak_end import FIGURES, estimate_peak_end, read_curves

FEELING = st.integers(-4, 4).map(lambda half: half / 2)


def read(curve) -> dict:
    """Return the figures of one curve by name."""
    return dict(zip(FIGURES, read_curves([curve])[0][0], strict=True))


def test_peak_end_of_five_moments():
    """-.5, .5, .2, -.9, .4: peak -.9, end .4, peak_end -.25, mean -.06 (by hand)."""
    figures = read([-0.5, 0.5, 0.2, -0.9, 0.4])
    assert (figures["peak"], figures["end"]) == (-0.9, 0.4)
    assert (figures["peak_end"], figures["mean"]) == pytest.approx((-0.25, -0.06))
    assert (figures["highest"], figures["lowest"], figures["first"]) == (0.5, -0.9, -0.5)


@pytest.mark.parametrize("curve", [[0.7, 0.1, -0.7], [-0.7, 0.1, 0.7], [0.1 + 0.2, -0.3, 0.0]])
def test_of_equal_peaks_the_negative_counts(curve):
    """A high and a low of the same strength, up to rounding: the low one is the peak."""
    assert read(curve)["peak"] == min(curve)


def test_moments_that_nobody_rated_are_passed_over():
    """First and end are the first and last that were rated, and nothing missing enters the mean."""
    figures = read([np.nan, 1.0, np.nan, -0.5, np.nan])
    assert (figures["first"], figures["end"], figures["peak"], figures["mean"]) == (1.0, -0.5, 1.0, 0.25)


@pytest.fixture(scope="module")
def people():
    """Two hundred people; half of them rated the last moment; the second moment is clearly the low point."""
    random = np.random.default_rng(1)
    table = pd.DataFrame(random.normal([0.3, -1.2, 0.5], 0.8, size=(200, 3)), columns=["ad", "pay", "parcel"])
    table.loc[::2, "parcel"] = np.nan
    return table.round(1)


def test_figures_carry_their_moment_and_people(people):
    """The peak stands at the low point in every draw; people behind peak_end rated the peak or the end."""
    table = estimate_peak_end(people, bootstraps=200).set_index("figure")
    assert table["moment"].to_dict() == {
        "peak": "pay", "end": "parcel", "peak_end": "", "mean": "", "highest": "parcel", "lowest": "pay", "first": "ad",
    }  # fmt: skip
    assert table["n"].tolist() == [200, 100, 200, 200, 100, 200, 200]
    assert table.at["peak", "share_picked"] == 1 and table.at["highest", "share_picked"] < 1


def test_values_are_those_of_the_curve_of_means(people):
    """Without weights the figures are read off the plain means; equal weights change nothing."""
    values = estimate_peak_end(people, bootstraps=2)["value"]
    assert values.tolist() == pytest.approx(list(read(people.mean().tolist()).values()))
    weighted = estimate_peak_end(people, weights=people.notna() * 2.0, bootstraps=2)["value"]
    assert weighted.tolist() == pytest.approx(values.tolist())


def test_a_weight_moves_the_curve(people):
    """Who weighs nothing at a moment is not heard there."""
    weights = people.notna().astype(float)
    weights.loc[people["ad"] < 0, "ad"] = 0.0
    first = estimate_peak_end(people, weights=weights, bootstraps=2).set_index("figure").at["first", "value"]
    assert first == pytest.approx(people.loc[people["ad"] >= 0, "ad"].mean())


def test_the_interval_of_an_end_is_that_of_a_mean(people):
    """The end is one moment, so its bootstrap interval is close to the t interval of its mean."""
    row = estimate_peak_end(people, bootstraps=2000).set_index("figure").loc["end"]
    half = 1.984 * people["parcel"].std() / 10
    mean = people["parcel"].mean()
    assert (row["lo"], row["hi"]) == pytest.approx((mean - half, mean + half), abs=0.03)


def test_the_highest_of_like_moments_is_not_overrated():
    """Six moments, the two highest .05 apart: the interval holds the true highest in at least 85 of 100 surveys."""
    true, random = np.array([0.5, 0.1, -0.6, 0.45, 0.4, 0.2]), np.random.default_rng(0)
    held = 0
    for _ in range(100):
        people = pd.DataFrame(random.normal(true, 1, size=(60, 6))).where(random.random((60, 6)) < 0.7)
        row = estimate_peak_end(people, bootstraps=100).set_index("figure").loc["highest"]
        held += row["lo"] <= true.max() <= row["hi"]
    assert held >= 85


@given(st.lists(st.tuples(FEELING, FEELING, FEELING), min_size=2, max_size=12), st.integers(0, 5))
def test_intervals_hold_their_estimates(rows, seed):
    """Whatever people felt, lo and hi bound the value, a share lies in 0 to 1, and a seed gives the same again."""
    people = pd.DataFrame(rows, columns=list("abc"))
    table = estimate_peak_end(people, bootstraps=20, seed=seed)
    drawn = table.dropna(subset=["lo"])
    assert (drawn["lo"] <= drawn["value"]).all() and (drawn["value"] <= drawn["hi"]).all()
    assert table["share_picked"].dropna().between(0, 1).all()
    pd.testing.assert_frame_equal(table, estimate_peak_end(people, bootstraps=20, seed=seed))


def test_draws_in_pieces_are_the_same_draws(people, monkeypatch):
    """A survey too large for one table of draws gives the same figures."""
    whole = estimate_peak_end(people, bootstraps=30)
    monkeypatch.setattr("cjm_helpers.stats.peak_end.DRAWN_AT_ONCE", 7 * len(people))
    pd.testing.assert_frame_equal(whole, estimate_peak_end(people, bootstraps=30))


def test_answers_that_are_all_alike_have_no_interval():
    """Six who all feel +1 at the end give every draw +1, which is no proof: lo and hi stay empty, as method says."""
    people = pd.DataFrame({"ad": [-1.0, 0, 1, -1, 0, 1], "pay": 1.0})
    row = estimate_peak_end(people, bootstraps=50).set_index("figure").loc["end"]
    assert np.isnan(row["lo"]) and np.isnan(row["hi"]) and row["method"] == "all answers alike, no interval"


def test_people_of_weight_0_are_not_heard():
    """They are not counted, drawn or averaged; where nobody is left, a sentence says so."""
    people = pd.DataFrame({"ad": [1.0, 2, 0], "pay": [3.0, 1, 0]})
    weights = pd.DataFrame({"ad": [1.0, 1, 0], "pay": [1.0, 1, 0]})
    heard = estimate_peak_end(people, weights=weights, bootstraps=20)
    pd.testing.assert_frame_equal(heard, estimate_peak_end(people.head(2), bootstraps=20))
    with pytest.raises(TooFewAnswers, match="people who rated a moment"):
        estimate_peak_end(people, weights=weights * 0)
