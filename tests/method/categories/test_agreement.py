"""Agreement of raters: each question gets its coefficient, its verdict and a sentence, also where there is none."""

import numpy as np
import pandas as pd
import pytest

from cjm_helpers.method.categories import measure_rater_agreement
from cjm_helpers.stats.agreement import krippendorff_alpha
from cjm_helpers.stats.raters import intraclass_correlation

PLACES = [f"t{place:02}" for place in range(40)]


@pytest.fixture
def rate(make_table):
    """Make ratings from columns: what each rater says of forty touchpoints, in their order."""

    def make(**by_rater) -> pd.DataFrame:
        rows = [
            {"touchpoint_id": place, "rater_id": rater, **{name: one[at % len(one)] for name, one in said.items()}}
            for rater, said in by_rater.items()
            for at, place in enumerate(PLACES)
        ]
        return make_table("touchpoint_ratings", rows)

    return make


@pytest.fixture
def two(rate):
    """Two raters who agree on the type, nearly on satisfaction, not on the decision; only one gives a stage."""
    types = ["digital", "human", "physical"]
    return rate(
        anna={"type": types, "stage": ["Buy"], "satisfaction_impact": [1, 2, 3, 4, 5], "decision_impact": [1, 5]},
        ben={"type": types, "stage": [""], "satisfaction_impact": [1, 3, 3, 4, 5], "decision_impact": [1, 1, 5]},
    )


def measure(ratings: pd.DataFrame) -> pd.DataFrame:
    """Return the table by question."""
    return measure_rater_agreement(ratings, bootstraps=200).set_index("question")


def test_each_question_has_its_row(two):
    """Type and stage, and the two impacts, in this order, each with how many raters and touchpoints stand behind."""
    table = measure(two)
    assert table.index.tolist() == ["type", "stage", "satisfaction_impact", "decision_impact"]
    assert table["n"].tolist() == [40, 0, 40, 40] and table["raters"].tolist() == [2, 1, 2, 2]


def test_verdicts_ask_the_lower_end(two):
    """Agreement on 40 touchpoints, full or nearly so, is reliable; answers at random are to be talked over."""
    table = measure(two)
    assert table["verdict"].tolist() == ["reliable", "not rated by two", "reliable", "talk it over"]
    assert table.at["type", "value"] == 1 and table.at["type", "lo"] < 1


def test_full_agreement_on_few_touchpoints_is_no_proof(two):
    """Five touchpoints on which all agree have alpha 1, and too low a lower end to be reliable."""
    row = measure(two[two["touchpoint_id"].isin(PLACES[:5])]).loc["type"]
    assert row["value"] == 1 and row["verdict"] == "talk it over"


def test_coefficients_are_those_of_stats(two):
    """Impacts carry ordinal alpha and both ICCs, categories nominal alpha; kappa stands where exactly two rated."""
    table = measure(two)
    votes = two.pivot(index="touchpoint_id", columns="rater_id", values="satisfaction_impact")
    row = table.loc["satisfaction_impact"]
    assert row["value"] == krippendorff_alpha(votes, distance="ordinal", bootstraps=0).value
    assert row["icc_one"] == intraclass_correlation(votes, kind="A,1").value
    assert row["icc_average"] == intraclass_correlation(votes, kind="A,k").value and row["icc_n"] == 40
    assert row["agreement"] == 0.8 and row["kappa_lo"] <= row["kappa"] == pytest.approx(0.75)
    assert table.loc["type", ["icc_one", "icc_average"]].isna().all()


def test_kappa_is_for_two(rate):
    """With a third rater there is no kappa."""
    three = rate(anna={"type": ["digital", "human"]}, ben={"type": ["digital"]}, chiara={"type": ["human", "digital"]})
    assert np.isnan(measure(three).at["type", "kappa"]) and measure(three).at["type", "raters"] == 3


def test_sentences_can_be_read_out(two):
    """Each row says in a sentence what was found and what to do about it."""
    table = measure(two)
    assert table.at["stage", "sentence"] == "Only anna answered: agreement needs two raters on the same touchpoint."
    assert table.at["type", "sentence"] == (
        "Two raters, 40 touchpoints: alpha 1.00 (0.87 to 1.00). Good enough to use each vote."
    )
    assert "talk over where they lie apart. The average of the two: ICC" in table.at["decision_impact", "sentence"]


def test_raters_who_never_differ_and_raters_who_never_meet(rate, two):
    """One value throughout has no alpha; two raters without a common touchpoint, and no answer at all, are told."""
    alike = measure(rate(anna={"type": ["human"]}, ben={"type": ["human"]})).loc["type"]
    assert alike["verdict"] == "no variation" and alike["agreement"] == 1 and "always say the same" in alike["sentence"]
    is_half = (two["rater_id"] == "anna") == (two["touchpoint_id"] < "t20")
    assert measure(two[is_half]).at["type", "sentence"].startswith("anna and ben rated no touchpoint in common")
    assert set(measure(two[:0])["sentence"]) == {"Nobody answered this question."}


def test_gaps_count_only_where_all_rated(two):
    """A rater who skipped half of the touchpoints leaves 20 for alpha and for the ICC, and n says so."""
    row = measure(two[(two["rater_id"] == "anna") | (two["touchpoint_id"] < "t20")]).loc["satisfaction_impact"]
    assert (row["n"], row["icc_n"]) == (20, 20)


def test_order_changes_nothing_and_input_stays(two):
    """Shuffled ratings give the same table to the last bit, and stay as they were."""
    shuffled = two.sample(frac=1, random_state=4)
    before = shuffled.copy()
    pd.testing.assert_frame_equal(measure(shuffled), measure(two), check_exact=True)
    pd.testing.assert_frame_equal(shuffled, before)
