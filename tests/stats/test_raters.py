"""Raters: the published intraclass correlations come out, and few ratings are summed up without pretending."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cjm_helpers.errors import ParameterError, TooFewAnswers
from cjm_helpers.stats.agreement import krippendorff_alpha
from cjm_helpers.stats.raters import KINDS, estimate_rating, intraclass_correlation

SCORES = st.integers(1, 5)


def shrout_fleiss() -> pd.DataFrame:
    """Return the ratings of Shrout & Fleiss (1979): six targets by four judges."""
    rows = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    return pd.DataFrame(rows, columns=list("abcd"))


@pytest.mark.parametrize(("kind", "value"), [("A,1", 0.290), ("A,k", 0.620), ("C,1", 0.715), ("C,k", 0.909)])
def test_coefficients_are_the_published_ones(kind, value):
    """Shrout & Fleiss (1979), table 4: ICC(2,1) .29, ICC(2,4) .62, ICC(3,1) .71 and ICC(3,4) .91."""
    estimate = intraclass_correlation(shrout_fleiss(), kind=kind)
    assert estimate.value == pytest.approx(value, abs=0.0005) and estimate.n == 6


@pytest.mark.parametrize(
    ("kind", "lo", "hi"), [("A,1", 0.019, 0.761), ("A,k", 0.071, 0.927), ("C,1", 0.342, 0.946), ("C,k", 0.676, 0.986)]
)
def test_intervals_are_those_of_another_program(kind, lo, hi):
    """The F intervals of the same ratings, as pingouin 0.7.0 gives them to two places."""
    estimate = intraclass_correlation(shrout_fleiss(), kind=kind)
    assert (estimate.lo, estimate.hi) == pytest.approx((lo, hi), abs=0.0006)


def test_agreement_on_order_is_not_agreement_on_level():
    """Interval alpha of the same ratings is .147, far under ICC(C,1) .715: judges share the order, not the level."""
    assert krippendorff_alpha(shrout_fleiss(), distance="interval", bootstraps=0).value == pytest.approx(
        0.147, abs=5e-4
    )


@given(st.integers(2, 5), st.lists(SCORES, min_size=2, max_size=9))
def test_full_agreement_is_one(raters, scores):
    """Raters who always say the same have 1 by every kind, and no interval, for nothing was seen to vary."""
    assume(len(set(scores)) > 1)
    table = pd.DataFrame({rater: scores for rater in range(raters)})
    for kind in KINDS:
        estimate = intraclass_correlation(table, kind=kind)
        assert estimate.value == pytest.approx(1) and np.isnan(estimate.lo) and "no interval" in estimate.method


@given(st.integers(2, 5), st.integers(3, 12), st.integers(0, 10**6), st.sampled_from(KINDS))
def test_names_and_order_change_nothing(raters, units, seed, kind):
    """Renamed and shuffled raters and units give the same coefficient, which lies within its interval."""
    random = np.random.default_rng(seed)
    table = pd.DataFrame(random.integers(1, 6, size=(units, raters)) + random.integers(0, 3, size=(units, 1)))
    estimate = intraclass_correlation(table, kind=kind)
    assert np.isnan(estimate.lo) or estimate.lo <= estimate.value <= estimate.hi <= 1
    turned = table.sample(frac=1, random_state=1).sample(frac=1, axis=1, random_state=1)
    assert intraclass_correlation(turned, kind=kind) == pytest.approx(estimate, nan_ok=True) or np.isnan(estimate.lo)
    renamed = intraclass_correlation(turned.set_axis([f"rater {one}" for one in range(raters)], axis=1), kind=kind)
    assert renamed.value == pytest.approx(estimate.value, nan_ok=True)


def test_units_that_somebody_left_out_do_not_count():
    """A unit without a rating of every rater is left out, and n says so."""
    table = pd.concat([shrout_fleiss(), pd.DataFrame([{"a": 1.0, "b": 9.0}])], ignore_index=True)
    assert intraclass_correlation(table) == intraclass_correlation(shrout_fleiss())


def test_units_that_do_not_differ_say_nothing():
    """Where every unit gets the same ratings, or raters differ more than units can carry, it is undefined and said."""
    alike = intraclass_correlation(pd.DataFrame({"a": [3, 3, 3], "b": [4, 4, 4]}))
    against = intraclass_correlation(pd.DataFrame({"a": [1, 5, 3], "b": [5, 1, 3]}))
    assert all(np.isnan(one.value) and "undefined" in one.method for one in (alike, against))


def test_a_lower_end_can_be_without_bound():
    """The average of raters who hardly agree has no lower bound; other programs print one above 1 here."""
    estimate = intraclass_correlation(pd.DataFrame({"a": [1, 5, 2, 4], "b": [4, 2, 5, 3], "c": [2, 4, 4, 5]}))
    assert estimate.lo == -np.inf and estimate.value <= estimate.hi < 1


@pytest.mark.parametrize(
    ("table", "words"),
    [({"a": [1, 2]}, "raters. needs 2 and has 1"), ({"a": [1, None], "b": [1, 2]}, "units rated by all")],
)
def test_too_few_are_refused(table, words):
    """One rater, or one unit that all rated, says nothing of agreement."""
    with pytest.raises(TooFewAnswers, match=words):
        intraclass_correlation(pd.DataFrame(table))


def test_unknown_kinds_are_refused():
    """A kind that does not exist is answered with those that do."""
    with pytest.raises(ParameterError, match="A,k"):
        intraclass_correlation(shrout_fleiss(), kind="2,k")


def test_ratings_stay_as_they_were():
    """The table of ratings is untouched."""
    table = shrout_fleiss()
    intraclass_correlation(table)
    pd.testing.assert_frame_equal(table, shrout_fleiss())


def test_skewed_ratings_give_their_median():
    """1, 1, 4: mean and median lie a point apart, so the median 1 is told, without an interval from three raters."""
    estimate = estimate_rating([4, 1, np.nan, 1], low=1, high=5)
    assert estimate[:2] == (1.0, 3) and np.isnan(estimate.lo) and "too few raters" in estimate.method


def test_even_ratings_give_their_mean():
    """4, 5, 3, 4, 5: mean 4.2 with t 3.161 to 5.239, clipped to 5 (by hand)."""
    estimate = estimate_rating([4, 5, 3, 4, 5], low=1, high=5)
    assert (estimate.value, estimate.lo, estimate.hi) == pytest.approx((4.2, 3.161, 5), abs=0.0005)


def test_the_interval_of_a_median_lies_between_two_ratings():
    """Of ten ratings the second and the ninth hold the median in 97.9% of cases (Conover 1999, sign test)."""
    estimate = estimate_rating([1, 1, 1, 1, 1, 1, 3, 5, 5, 5], low=1, high=5)
    assert (estimate.value, estimate.lo, estimate.hi) == (1, 1, 5)


@given(st.lists(SCORES, max_size=12))
def test_a_rating_lies_within_its_interval(scores):
    """Whatever raters say, the estimate lies on the scale and within its interval."""
    estimate = estimate_rating(scores, low=1, high=5)
    assert estimate.n == len(scores) and (not scores or 1 <= estimate.value <= 5)
    assert np.isnan(estimate.lo) or 1 <= estimate.lo <= estimate.value <= estimate.hi <= 5


def test_a_lower_end_stays_finite_where_degrees_of_freedom_vanish():
    """Raters who differ far more than units leave hardly a degree of freedom; the lower end is a limit, not NaN."""
    estimate = intraclass_correlation(pd.DataFrame([[2, 5, 1], [1, 2, 4], [2, 5, 1]]), kind="A,1")
    assert np.isfinite(estimate.lo) and estimate.lo <= estimate.value <= estimate.hi
