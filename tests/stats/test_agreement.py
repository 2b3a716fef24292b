"""Agreement: the published coefficients come out, and what cannot be said is said."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats import inter_rater

from cjm_helpers.errors import NotTwoCoders, ParameterError, ScoresOutsideScale, TooFewAnswers
from cjm_helpers.stats.agreement import (
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
    pooled_kappa,
)

# Krippendorff (2011), four coders and twelve units; a dot is a unit that the coder did not read
ROWS = ["1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."]
EVERY = [percent_agreement, cohen_kappa, gwet_ac1, fleiss_kappa, krippendorff_alpha]
# Ten things in five groups by fourteen people: the worked example that statsmodels, too, calls table1
FOURTEEN = [
    "0000e", "02642", "00356", "03920", "22811", "77000", "32630", "25322", "65210", "02237",
]  # fmt: skip
# Fleiss (1971): thirty patients, six psychiatrists, five diagnoses; how many gave each
DIAGNOSES = [
    "00060", "03003", "01401", "00006", "03030", "20400", "00402", "20310", "20040", "00006",
    "10050", "11040", "03300", "10050", "02031", "00501", "30012", "51000", "02040", "10203",
    "00006", "01050", "02013", "20040", "10041", "05010", "40002", "02040", "10500", "00006",
]  # fmt: skip
TABLES = st.lists(st.lists(st.sampled_from([1, 2, 3, None]), min_size=2, max_size=4), min_size=2, max_size=12)


def four_coders() -> pd.DataFrame:
    """Return Krippendorff's data, one row a unit and one column a coder."""
    return pd.DataFrame([row.split() for row in ROWS]).T.replace(".", np.nan)


def code_sets(*coders: str) -> pd.DataFrame:
    """Return sets of one-letter codes, one column a coder, units separated by blanks."""
    return pd.DataFrame({place: [frozenset(unit) for unit in coder.split()] for place, coder in enumerate(coders)})


def two_by_two(both: int, first: int, second: int, neither: int) -> pd.DataFrame:
    """Return judgements of two people from the four counts of their table."""
    pairs = [("yes", "yes")] * both + [("yes", "no")] * first + [("no", "yes")] * second + [("no", "no")] * neither
    return pd.DataFrame(pairs, columns=["anna", "ben"])


def spread(counts: list[str]) -> pd.DataFrame:
    """Return judgements from how many people gave each label, one digit a label (e is 14)."""
    return pd.DataFrame([[place for place, count in enumerate(row) for _ in range(int(count, 16))] for row in counts])


@pytest.mark.parametrize(
    ("distance", "alpha"), [("nominal", 0.7434), ("ordinal", 0.8154), ("interval", 0.8491), ("ratio", 0.7974)]
)
def test_alpha_is_the_published_one(distance, alpha):
    """Krippendorff's own example (2011), at all four levels, from the 11 units that two or more read."""
    estimate = krippendorff_alpha(four_coders(), distance=distance)
    assert estimate.value == pytest.approx(alpha, abs=0.00005) and estimate.n == 11


def test_twelve_units_prove_nothing():
    """The bootstrap over units of the same data reaches from about .42 to 1.00."""
    estimate = krippendorff_alpha(four_coders())
    assert (estimate.lo, estimate.hi) == pytest.approx((0.42, 1.00), abs=0.06)


@pytest.mark.parametrize(("distance", "alpha"), [("masi", 55 / 97), ("jaccard", 0.6529)])
def test_alpha_of_code_sets(distance, alpha):
    """{A}, {A,B}, {B}, {C} and {A}, {A}, {B,C}, {C}: alpha with MASI is 55/97, with Jaccard .6529 (by hand)."""
    estimate = krippendorff_alpha(code_sets("a ab b c", "a a bc c"), distance=distance)
    assert estimate.value == pytest.approx(alpha, abs=0.00005)


def test_interval_alpha_of_raters_who_agree_on_order_only():
    """Shrout & Fleiss (1979), six targets and four judges: interval alpha is .147, for their levels differ."""
    ratings = pd.DataFrame([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])
    assert krippendorff_alpha(ratings, distance="interval").value == pytest.approx(0.147, abs=0.0005)


def test_ac1_counts_no_gap_as_a_label():
    """AC1 of Krippendorff's data is .7754; a package that takes gaps for a label gives .7855."""
    assert gwet_ac1(four_coders()).value == pytest.approx(0.7754, abs=0.00005)


def test_kappa_with_its_interval():
    """20, 5, 10, 15: kappa .400, interval .151 to .649 (Fleiss, Cohen & Everitt 1969)."""
    estimate = cohen_kappa(two_by_two(20, 5, 10, 15))
    assert estimate[:4] == pytest.approx((0.400, 50, 0.151, 0.649), abs=0.0005)


def test_a_rare_label_ruins_kappa_but_not_ac1():
    """118, 5, 2, 0 (Gwet 2008): agreement .944, kappa -.023, AC1 .941."""
    table = two_by_two(118, 5, 2, 0)
    values = [coefficient(table).value for coefficient in (percent_agreement, cohen_kappa, gwet_ac1)]
    assert values == pytest.approx([0.944, -0.023, 0.941], abs=0.0005)


@pytest.mark.parametrize(("counts", "kappa"), [(FOURTEEN, 0.210), (DIAGNOSES, 0.430)])
def test_fleiss_kappa_is_the_published_one(counts, kappa):
    """Fourteen people on ten things: .210 (the worked example); six on thirty patients: .430 (Fleiss 1971)."""
    assert fleiss_kappa(spread(counts)).value == pytest.approx(kappa, abs=0.0005)


def test_kappa_pooled_over_codes():
    """Mean observed against mean expected agreement over the codes (de Vries et al. 2008), each by hand.

    A: 20, 5, 10, 15 as above, observed .7, expected .5; B: all 50 alike, half of them given, 1 and .5; C: nobody.
    """
    both = ["A"] * 20 + ["A|"] * 5 + ["|A"] * 10 + ["|"] * 15
    pairs = [(word.partition("|")[0], word.partition("|")[2] if "|" in word else word) for word in both]
    table = pd.DataFrame(pairs, columns=["anna", "ben"])
    table.iloc[::2] = table.iloc[::2] + "B"
    estimate = pooled_kappa(table.map(frozenset))
    assert estimate.value == pytest.approx((0.85 - 0.5) / (1 - 0.5))
    assert estimate.n == 50 and estimate.lo < 0.7 < estimate.hi


def test_one_code_pooled_is_cohens_kappa():
    """With a single code the pooled kappa is Cohen's; codes that nobody gives change nothing; three are refused."""
    table = two_by_two(20, 5, 10, 15).map(lambda given: frozenset("A" if given == "yes" else ""))
    assert pooled_kappa(table, bootstraps=0).value == pytest.approx(0.4)
    with pytest.raises(NotTwoCoders):
        pooled_kappa(table.assign(eva=table["anna"]))


@given(st.lists(st.integers(1, 30), min_size=4, max_size=4))
def test_kappa_is_that_of_statsmodels(four):
    """Kappa and its interval are those of statsmodels, but that certainty is not claimed of a few units."""
    ours = cohen_kappa(two_by_two(*four))
    theirs = inter_rater.cohens_kappa(np.reshape(four, (2, 2)))
    assert (ours.value, ours.hi) == pytest.approx((theirs.kappa, min(theirs.kappa_upp, 1)))
    assert ours.lo <= max(theirs.kappa_low, -1) + 1e-9


@pytest.mark.parametrize("coefficient", EVERY)
@given(table=TABLES)
def test_an_interval_holds_its_estimate(coefficient, table):
    """Whatever was judged: an estimate lies in its interval, or there is none, and method says why."""
    judgements = pd.DataFrame([row[:2] for row in table])
    try:
        estimate = coefficient(judgements, **({} if coefficient in EVERY[:2] else {"bootstraps": 20}))
    except TooFewAnswers:
        return
    is_bounded = estimate.lo <= estimate.value <= estimate.hi
    assert is_bounded or "undefined" in estimate.method or "no interval" in estimate.method


@given(table=TABLES)
def test_full_agreement_is_one(table):
    """Two people who say the same of units that differ have alpha 1, with any distance."""
    labels = pd.Series([row[0] or 1 for row in table])
    if labels.nunique() < 2:
        return
    for distance in ("nominal", "ordinal", "interval", "ratio"):
        assert krippendorff_alpha(pd.DataFrame({"a": labels, "b": labels}), distance=distance, bootstraps=0).value == 1


@given(table=TABLES, seed=st.integers(0, 9))
def test_names_and_order_change_nothing(table, seed):
    """Renamed and shuffled units, coders and labels give the same alpha to the last bit."""
    judgements = pd.DataFrame([row + [None] * (4 - len(row)) for row in table])
    turned = judgements.sample(frac=1, random_state=seed)[[2, 0, 3, 1]].set_axis(list("wxyz"), axis=1)
    try:
        before = krippendorff_alpha(judgements, bootstraps=20)
    except TooFewAnswers:
        return
    after = krippendorff_alpha(turned, bootstraps=20)
    renamed = krippendorff_alpha(turned.replace({1: "one", 2: "two", 3: "three"}), bootstraps=0)
    assert repr(before) == repr(after)
    assert renamed.value == pytest.approx(before.value, nan_ok=True)


@pytest.mark.parametrize("coefficient", EVERY[1:])
def test_full_agreement_on_few_units_is_not_certain(coefficient):
    """Four units judged alike have the value 1 and a lower bound near 0; forty have one above .8."""
    few, many = (pd.DataFrame({"a": list("xy") * times, "b": list("xy") * times}) for times in (2, 20))
    assert coefficient(few).value == coefficient(few).hi == 1
    assert coefficient(few).lo < 0.2 and 0.8 < coefficient(many).lo < 1


@pytest.mark.parametrize("coefficient", EVERY[1:])
def test_nothing_varies_is_said(coefficient):
    """When all judgements are the same the coefficient is undefined, and method says so instead of 1 or 0."""
    estimate = coefficient(pd.DataFrame({"anna": ["a", "a"], "ben": ["a", "a"]}))
    assert np.isnan(estimate.value) and estimate.n == 2
    assert "is undefined (no variation), agreement is 100%" in estimate.method


def test_draws_without_variation_are_counted():
    """Bootstrap draws in which nothing varies are skipped, and their number stands in method."""
    estimate = krippendorff_alpha(pd.DataFrame({"anna": list("aab"), "ben": list("aab")}))
    assert estimate.value == 1 and "draws without variation skipped" in estimate.method


@pytest.mark.parametrize("coefficient", EVERY)
def test_one_coder_is_refused(coefficient):
    """Agreement needs two people who read the same verbatim."""
    with pytest.raises(TooFewAnswers, match="read by two.*second person"):
        coefficient(pd.DataFrame({"anna": ["a", None], "ben": [None, "b"]}))


def test_cohen_compares_two():
    """A third column is refused with the names of the three and what to take instead."""
    with pytest.raises(NotTwoCoders, match="table has 4 .*0, 1, 2, 3.*Fleiss"):
        cohen_kappa(four_coders())


def test_a_scale_needs_numbers():
    """Words have no ranks, and an unknown distance is answered with the known ones."""
    words = pd.DataFrame({"anna": ["low", "1"], "ben": ["2", "3"]})
    with pytest.raises(ScoresOutsideScale, match="needs numbers: 1 of 4"):
        krippendorff_alpha(words, distance="ordinal")
    with pytest.raises(ParameterError, match="Did you mean 'ordinal'"):
        krippendorff_alpha(words, distance="ordinary")


@pytest.mark.parametrize("coefficient", EVERY)
def test_judgements_are_left_alone(coefficient):
    """The table of judgements is the same afterwards."""
    table = four_coders()[[0, 1]]
    before = table.copy()
    coefficient(table)
    pd.testing.assert_frame_equal(table, before)


def test_one_unit_has_no_interval():
    """From a single thing that two judged apart, no coefficient claims an interval."""
    table = pd.DataFrame({"anna": ["a"], "ben": ["b"]})
    for coefficient in (cohen_kappa, gwet_ac1, fleiss_kappa, krippendorff_alpha):
        assert np.isnan(coefficient(table).lo) and np.isnan(coefficient(table).hi)
