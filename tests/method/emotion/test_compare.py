"""Compare: who feels differently at a touchpoint, and how many questions were asked to find out."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import ttest_ind

from cjm_helpers.method.emotion import compare_feelings

NUMBERS = ["value", "lo", "hi", "p", "q"]


@pytest.fixture
def compare(rate, scale):
    """Compare personas given as "llloo" (a letter a customer, "-" = none), at touchpoint -> scores."""

    def make(letters, responses, **options):
        responses = rate(**responses) if isinstance(responses, dict) else responses
        return compare_feelings(responses, assign(letters), **scale, **options)

    return make


def assign(letters: str) -> pd.DataFrame:
    """Assign customers c00, c01 ... to the personas named by letters."""
    rows = [(f"c{i:02}", letter, "") for i, letter in enumerate(letters) if letter != "-"]
    return pd.DataFrame(rows, columns=["customer_id", "persona_id", "wave"])


def test_a_difference_has_welchs_interval_and_p(compare):
    """Two groups of six: difference, interval and p are those of scipy's Welch test on the feelings."""
    scores = [1, 2, 1, 2, 1, 3, 4, 5, 4, 5, 3, 5]
    row = compare("l" * 6 + "o" * 6, {"pay": scores}).iloc[0]
    welch = ttest_ind(scores[:6], scores[6:], equal_var=False)
    assert row["p"] == pytest.approx(welch.pvalue) and row["q"] == row["p"] and row["tests"] == 1
    assert row[["lo", "hi"]].tolist() == pytest.approx(list(welch.confidence_interval()))
    assert row["mean"] - row["mean_other"] == pytest.approx(row["value"]) and row["verdict"] == "differ"
    assert row["sentence"] == "l feels worse than o, by 1.6 to 3.7."


def test_every_pair_is_counted_as_a_test(compare):
    """Three personas at two touchpoints make six tests, and q is p over all of them."""
    random = np.random.default_rng(0)
    table = compare("abc" * 20, {place: random.integers(1, 6, 60).tolist() for place in ("ad", "pay")})
    assert len(table) == 6 and table["tests"].eq(6).all()
    assert (table["q"] >= table["p"]).all() and table["q"].min() == pytest.approx(
        (table["p"].sort_values().to_numpy() * 6 / np.arange(1, 7)).min()
    )


def test_no_difference_is_no_evidence(compare):
    """What is not shown to differ is never said to be the same; the interval says what it may be."""
    row = compare("l" * 8 + "o" * 8, {"pay": [3, 4] * 8}).iloc[0]
    assert row["verdict"] == "no evidence"
    assert row["sentence"] == "No evidence that they feel differently; the difference may be −0.6 to +0.6."


def test_a_hint_among_many_comparisons_is_called_one(compare):
    """p below .05 alone, q above it: the sentence says how many comparisons were made."""
    few = {f"t{i}": [3, 4] * 8 for i in range(9)}
    table = compare("l" * 8 + "o" * 8, few | {"pay": [2, 3] * 4 + [3, 4, 3, 3] * 2})
    row = table.set_index("touchpoint_id").loc["pay"]
    assert row["p"] < 0.05 < row["q"] and row["verdict"] == "no evidence"
    assert row["sentence"].endswith("but among 10 comparisons it may be chance.")


@pytest.mark.parametrize("score", [1, 5])
def test_too_few_are_not_compared(compare, score):
    """Four customers of one persona: nothing they said reaches the table, nor can it be found by subtraction."""
    table = compare("s" * 4 + "l" * 6 + "m" * 9, {"pay": [score] * 4 + [2, 3] * 3 + [4, 5, 3] * 3})
    assert table["verdict"].tolist() == ["too few"] * 3 and table[NUMBERS].isna().all(axis=None)
    assert table["tests"].eq(0).all()
    known = table.set_index(["persona_id", "other_id"])[["mean", "mean_other"]]
    assert known.loc[("l", "s")].isna().all() and known.loc[("l", "m")].isna().tolist() == [True, False]


def test_customers_without_persona_are_counted(compare):
    """Who belongs to no persona is left out of the pairs, and is counted beside them."""
    row = compare("l" * 5 + "o" * 5 + "-----", {"pay": [1, 2, 3, 4, 5] * 2 + [1] * 5}).iloc[0]
    assert (row["n"], row["n_other"], row["left_out"]) == (5, 5, 5)


def test_a_few_without_persona_are_not_found_by_subtraction(compare):
    """Four customers without a persona hide the smallest persona: everyone's mean less the others' would be theirs."""
    scores = {"pay": [1, 2, 3, 4, 5] * 4 + [1, 1, 1, 1]}
    table = compare("l" * 5 + "m" * 7 + "o" * 8 + "----", scores).set_index(["persona_id", "other_id"])
    assert table["verdict"].to_dict() == {("l", "m"): "too few", ("l", "o"): "too few", ("m", "o"): "no evidence"}
    assert table["mean"].isna().tolist() == [True, True, False]


def test_where_all_feel_alike_the_sentence_says_what(compare):
    """Without any spread there is no interval; the sentence gives both feelings instead."""
    row = compare("l" * 6 + "o" * 6, {"pay": [1] * 6 + [5] * 6}).iloc[0]
    assert row["verdict"] == "differ" and pd.isna(row["lo"])
    assert row["sentence"] == "All of l felt the same (−2.0), and so did all of o (+2.0)."


def test_weights_of_zero_leave_nobody_to_compare(compare, rate):
    """Where no answer counts there is no pair, and no error."""
    assert compare("lo" * 6, rate(pay=[1, 2, 3, 4, 5, 1] * 2).assign(weight=0.0)).empty


def test_an_assignment_of_the_wave_overrules(rate, scale):
    """Who is Omar in this wave and was Lena before counts as Omar."""
    responses = rate(pay=[1, 2, 3, 4, 5] * 2).assign(wave="w2")
    now = assign("o" * 5).assign(wave="w2")
    table = compare_feelings(responses, pd.concat([assign("l" * 10), now]), **scale)
    assert table[["persona_id", "other_id", "n", "n_other"]].values.tolist() == [["l", "o", 5, 5]]


def test_weights_enter_through_the_effective_n(compare, rate):
    """Equal weights change nothing; unequal ones widen the interval."""
    responses = rate(pay=[1, 2, 3, 4, 5] * 8)
    plain, even, uneven = (
        compare("lo" * 20, responses.assign(weight=weight)).iloc[0] for weight in (np.nan, 2.0, [1, 1, 1, 1, 6] * 8)
    )
    assert even[NUMBERS[:4]].tolist() == pytest.approx(plain[NUMBERS[:4]].tolist())
    assert uneven["hi"] - uneven["lo"] > plain["hi"] - plain["lo"]


def test_order_of_rows_changes_nothing_and_input_stays(scale, rate):
    """Shuffled answers and assignments give the same table, and are themselves untouched."""
    responses, personas = rate(pay=[1, 2, 3, 4, 5] * 4, ad=[5, 3] * 10), assign("lo" * 10)
    turned = responses.sample(frac=1, random_state=2), personas[::-1]
    before = [table.copy() for table in turned]
    pd.testing.assert_frame_equal(
        compare_feelings(responses, personas, **scale), compare_feelings(*turned, **scale), check_exact=True
    )
    for table, then in zip(turned, before, strict=True):
        pd.testing.assert_frame_equal(table, then)


@pytest.mark.parametrize("letters", ["", "lllll"])
def test_one_persona_is_no_pair(compare, letters):
    """Without two personas there is nothing to compare."""
    assert compare(letters, {"pay": [1, 2, 3, 4, 5]}).empty
    assert compare(letters, {}).empty
