"""Agreement: the published alphas come out, for labels and for sets of codes."""

import numpy as np
import pandas as pd
import pytest

from cjm_helpers.errors import TooFewAnswers
from cjm_helpers.stats.agreement import krippendorff_alpha, masi_distance

# Krippendorff (2011), four coders and twelve units; a dot is a unit that the coder did not read
ROWS = ["1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."]


def four_coders() -> pd.DataFrame:
    """Return Krippendorff's data, one row a unit and one column a coder."""
    return pd.DataFrame([row.split() for row in ROWS]).T.replace(".", np.nan)


def code_sets(*coders: str) -> pd.DataFrame:
    """Return sets of one-letter codes, one column a coder, units separated by blanks."""
    return pd.DataFrame({place: [frozenset(unit) for unit in coder.split()] for place, coder in enumerate(coders)})


def test_nominal_alpha_is_the_published_one():
    """Krippendorff's own example: nominal alpha .7434 from the 11 units that two or more read."""
    estimate = krippendorff_alpha(four_coders())
    assert estimate.value == pytest.approx(0.7434, abs=0.00005) and estimate.n == 11


def test_twelve_units_prove_nothing():
    """The bootstrap over units of the same data reaches from about .42 to 1.00."""
    estimate = krippendorff_alpha(four_coders())
    assert (estimate.lo, estimate.hi) == pytest.approx((0.42, 1.00), abs=0.06)


@pytest.mark.parametrize(
    ("first", "second", "distance"),
    [("ab", "a", 0.6667), ("ab", "bc", 0.8889), ("a", "a", 0), ("a", "b", 1), ("", "", 0), ("a", "", 1)],
)
def test_masi_distances_are_the_published_ones(first, second, distance):
    """{A,B} v {A} is .6667 and {A,B} v {B,C} .8889 (Passonneau 2006); two empty sets are the same."""
    assert masi_distance(frozenset(first), frozenset(second)) == pytest.approx(distance, abs=0.00005)


def test_alpha_of_code_sets():
    """{A}, {A,B}, {B}, {C} and {A}, {A}, {B,C}, {C}: alpha with MASI is 55/97 (by hand)."""
    estimate = krippendorff_alpha(code_sets("a ab b c", "a a bc c"), distance="masi")
    assert estimate.value == pytest.approx(55 / 97)


def test_order_of_units_and_coders_changes_nothing():
    """Shuffled verbatims and coders give the same estimate to the last bit."""
    table = four_coders()
    assert krippendorff_alpha(table.sample(frac=1, random_state=1)[[3, 0, 2, 1]]) == krippendorff_alpha(table)


def test_nothing_varies_is_said():
    """When all judgements are the same, alpha is undefined, and method says so instead of 1 or 0."""
    estimate = krippendorff_alpha(pd.DataFrame({"anna": ["a", "a"], "ben": ["a", "a"]}))
    assert np.isnan(estimate.value) and "undefined" in estimate.method


def test_draws_without_variation_are_counted():
    """Bootstrap draws in which nothing varies are skipped, and their number stands in method."""
    estimate = krippendorff_alpha(pd.DataFrame({"anna": list("aab"), "ben": list("aab")}))
    assert estimate.value == 1 and "draws without variation skipped" in estimate.method


def test_one_coder_is_refused():
    """Agreement needs two people who read the same verbatim."""
    with pytest.raises(TooFewAnswers, match="read by two"):
        krippendorff_alpha(pd.DataFrame({"anna": ["a", None], "ben": [None, "b"]}))


def test_judgements_are_left_alone():
    """The table of judgements is the same afterwards."""
    table = four_coders()
    before = table.copy()
    krippendorff_alpha(table)
    pd.testing.assert_frame_equal(table, before)
