"""Encoding: every variable weighs the same, what was done is noted, and later customers are coded alike."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjm_helpers.errors import CustomersRepeated, LevelsWithoutOrder, ParameterError, TooFewAnswers
from cjm_helpers.stats.encoding import encode_like, encode_mixed

KINDS = {"age": "numeric", "buys": "ordinal", "channel": "nominal", "tools": "multiple"}


def make_customers(n: int = 80, *, seed: int = 1) -> pd.DataFrame:
    """Return customers as a CSV gives them: all texts, with a few gaps, in no order."""
    rng = np.random.default_rng(seed)
    table = pd.DataFrame({
        "age": rng.integers(18, 80, size=n).astype(str),
        "buys": rng.choice(["1 never", "2 yearly", "3 monthly"], size=n),
        "channel": rng.choice(["app", "shop", "web"], size=n),
        "tools": rng.choice(["chat;mail", "chat", "mail;phone", "phone"], size=n),
    }, index=rng.permutation([f"c{place:03}" for place in range(n)]))  # fmt: skip
    return table.mask(rng.random((n, 4)) < 0.1, "")


def encode_one(answers, kind: str):
    """Return the encoding of one variable x of customers, beside one that always tells them apart."""
    return encode_mixed(pd.DataFrame({"x": answers, "id": range(len(answers))}), kinds={"x": kind, "id": "numeric"})


def find_notes(encoding) -> dict[str, int]:
    """Return what was done to the variable x, and to how many customers."""
    notes = encoding.notes[encoding.notes["variable"].eq("x")]
    return dict(zip(notes["what"], notes["n"], strict=True))


def test_numbers_become_z_scores():
    """z of 20, 30, 40, 50 = -1.3416, -.4472, .4472, 1.3416, with the population's deviation (by hand)."""
    z = encode_one(["20", "30", "40", "50"], "numeric").matrix["x"]
    assert z.tolist() == pytest.approx([-1.3416, -0.4472, 0.4472, 1.3416], abs=5e-5)


def test_a_nominal_mismatch_is_as_far_as_by_hand():
    """Block a, a, b, c: sum p(1-p) = .625, weight 1.2649, squared distance of a mismatch 3.2 (by hand)."""
    block = encode_one(["a", "a", "b", "c"], "nominal").matrix.filter(like="x = ")
    steps = block.max() - block.min()
    assert steps.tolist() == pytest.approx([1.2649] * 3, abs=5e-5)
    assert 1 / steps.iloc[0] ** 2 == pytest.approx(0.625)
    assert ((block.loc[0] - block.loc[2]) ** 2).sum() == pytest.approx(3.2)


def test_ordinal_levels_are_ranks():
    """Levels 1, 2, 5, 10 are as far apart as 1, 2, 3, 4, whatever words follow the number."""
    levels = ["1 never", "2", "5 often", "10 always"]
    assert encode_one(levels, "ordinal").matrix["x"].diff().dropna().tolist() == pytest.approx([0.8944] * 3, abs=5e-5)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 999))
def test_each_variable_has_mean_0_and_variance_1(seed):
    """A question with many options weighs as much as a number: all its columns together have variance 1."""
    encoding = encode_mixed(make_customers(seed=seed), kinds=KINDS)
    variance = encoding.matrix.var(ddof=0).groupby(encoding.variables).sum()
    assert variance.to_dict() == pytest.approx(dict.fromkeys(KINDS, 1.0))
    assert encoding.matrix.mean().abs().max() < 1e-12 and not encoding.matrix.isna().any(axis=None)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 999))
def test_encoding_the_same_customers_again_gives_the_same(seed):
    """encode_like on the customers it was learnt from returns the matrix itself."""
    table = make_customers(seed=seed)
    encoding = encode_mixed(table, kinds=KINDS)
    pd.testing.assert_frame_equal(encode_like(table, encoding), encoding.matrix, check_exact=True)


def test_order_and_input_are_left_alone():
    """Shuffled rows and variables give the same numbers to the last bit, and the table stays as it was."""
    table = make_customers()
    before, encoding = table.copy(), encode_mixed(table, kinds=KINDS)
    shuffled = encode_mixed(table.sort_index()[::-1], kinds=dict(reversed(KINDS.items())))
    pd.testing.assert_frame_equal(shuffled.matrix.loc[table.index], encoding.matrix, check_exact=True)
    pd.testing.assert_frame_equal(table, before)


def test_texts_and_numbers_are_the_same():
    """A column read as numbers is encoded as the same column read as texts; 1.0 and 1 are one level."""
    for kind in ("numeric", "ordinal", "nominal"):
        numbers = pd.Series([1.0, 2, 2, 3, 3, 3])
        pd.testing.assert_frame_equal(
            encode_one(numbers, kind).matrix, encode_one(["1", "2", "2", "3", "3", "3"], kind).matrix
        )


def test_gaps_are_filled_and_counted():
    """A gap becomes the median, or a level of its own, and stands in the notes."""
    number = encode_one(["1", "", "3", "8", None], "numeric")
    assert number.matrix["x"][1] == number.matrix["x"][2] and find_notes(number) == {"missing": 2}
    assert "x = missing" in encode_one(["a", "b", "", "a"], "nominal").matrix


def test_words_for_numbers_are_told():
    """A word where a number belongs counts as missing, and the note quotes it."""
    encoding = encode_one(["1", "2", "3", "12,5", "dear"], "numeric")
    assert find_notes(encoding) == {"not a number": 2, "missing": 2}
    assert "'12,5', 'dear'" in encoding.notes["sentence"][0]


def test_skewed_amounts_are_taken_as_logarithms():
    """Skewness over 2 without negative values gives log1p; with a negative value it does not."""
    amounts = [1, 2, 3, 1, 2, 3, 1, 2, 3, 500]
    logged = encode_one(amounts, "numeric")
    assert find_notes(logged) == {"log1p": 10}
    assert logged.matrix["x"].corr(pd.Series(np.log1p(amounts))) == pytest.approx(1)
    assert find_notes(encode_one([-1, *amounts], "numeric")) == {}


def test_rare_levels_are_merged():
    """Levels under 5 % become "other", and the note counts their customers."""
    encoding = encode_one(["web"] * 60 + ["shop"] * 36 + ["fax"] * 3 + ["letter"], "nominal")
    assert encoding.matrix.filter(like="x = ").columns.tolist() == ["x = other", "x = shop", "x = web"]
    assert find_notes(encoding) == {"merged levels": 4}


def test_a_multiple_answer_is_one_block():
    """Each option is a column of the block; order, doubles and blanks in the list change nothing."""
    block = encode_one(["chat;mail", "mail; chat;chat", "phone", ""], "multiple").matrix.filter(like="x = ")
    assert block.columns.tolist() == ["x = chat", "x = mail", "x = missing", "x = phone"]
    assert block.loc[0].tolist() == block.loc[1].tolist()


def test_missing_over_forty_percent_leaves_a_variable_out():
    """customers.income: 61 % missing; drop it or mark it passive."""
    encoding = encode_one([""] * 61 + list(range(39)), "numeric")
    assert "x" not in encoding.matrix and find_notes(encoding)["left out"] == 61
    assert encoding.notes["sentence"].iloc[-1] == "x: 61% missing, so it was left out; drop it or mark it passive."


@pytest.mark.parametrize(("alike", "is_left_out"), [(95, False), (96, True)])
def test_one_level_over_95_percent_leaves_a_variable_out(alike, is_left_out):
    """A variable that hardly tells customers apart is left out, in a sentence."""
    encoding = encode_one(["a"] * alike + ["b"] * (100 - alike), "nominal")
    assert ("left out" in find_notes(encoding)) == is_left_out
    assert encoding.matrix.columns.str.startswith("x").any() != is_left_out


def test_later_customers_are_coded_by_the_first():
    """A later age is scaled by the first customers' mean, a new channel counts as other, and what is odd is counted."""
    first = encode_mixed(make_customers(), kinds=KINDS)
    later = pd.DataFrame({"age": ["30", ""], "buys": ["2", "9 daily"], "channel": ["fax", "app"], "tools": "chat"})
    coded = encode_like(later, first)
    assert coded.columns.tolist() == first.matrix.columns.tolist() and not coded.isna().any(axis=None)
    assert coded["buys"][1] == pytest.approx(first.matrix["buys"].max())
    pd.testing.assert_frame_equal(encode_like(later[:0], first), coded[:0])
    noted = {(note["variable"], note["what"]): note["n"] for note in coded.attrs["notes"]}
    assert noted == {("age", "missing"): 1, ("buys", "new level"): 1, ("channel", "new level"): 1}


def test_a_new_level_counts_as_other_or_as_the_average():
    """With a level "other" it becomes that; without one it is nobody's: 0 in every column of its block."""
    with_other = encode_one(["a"] * 60 + ["b"] * 37 + ["c"] * 3, "nominal")
    later = pd.DataFrame({"x": ["d", "c"], "id": [1, 2]})
    block = encode_like(later, with_other).filter(like="x = ")
    assert block.loc[0].tolist() == block.loc[1].tolist()
    assert encode_like(later, with_other).attrs["notes"][0]["sentence"].endswith("it counts as 'other'.")
    without = encode_one(["a", "b"], "nominal")
    assert encode_like(later, without).filter(like="x = ").abs().max(axis=None) == 0


def test_levels_without_order_are_refused():
    """An ordinal answer without a number says which levels, and how to give them an order."""
    with pytest.raises(LevelsWithoutOrder, match=r"customers.x is ordinal.*'often', 'rarely'.*1 never, 2 monthly"):
        encode_one(["often", "rarely", "1"], "ordinal")


def test_a_customer_in_two_rows_is_refused():
    """One row a customer: an id that stands twice is named."""
    twice = pd.DataFrame({"age": [1, 2, 3]}, index=["c1", "c2", "c1"])
    with pytest.raises(CustomersRepeated, match=r"customers.customer_id: 1 ids? .*\(c1\).*newest row"):
        encode_mixed(twice, kinds={"age": "numeric"})


def test_unknown_variables_and_kinds_are_refused():
    """The nearest column and the allowed kinds are named."""
    with pytest.raises(ParameterError, match="Did you mean 'channel'"):
        encode_mixed(make_customers(), kinds={"chanel": "nominal"})
    with pytest.raises(ParameterError, match="Allowed: numeric, ordinal, nominal, multiple"):
        encode_mixed(make_customers(), kinds={"age": "years"})


def test_nothing_left_to_compare_is_refused():
    """When there is no customer, or every variable is left out, there is nothing by which customers differ."""
    with pytest.raises(TooFewAnswers, match="Comparing customers needs 2 and has 0"):
        encode_mixed(pd.DataFrame({"x": []}), kinds={"x": "nominal"})
    with pytest.raises(TooFewAnswers, match="variables that tell them apart"):
        encode_mixed(pd.DataFrame({"x": ["a"] * 50}), kinds={"x": "nominal"})


@pytest.mark.parametrize("kind", ["nominal", "multiple"])
def test_a_variable_of_which_no_level_is_shared_is_left_out(kind):
    """Forty names for forty customers would all be "other" and tell nobody apart."""
    encoding = encode_one([f"name {place}" for place in range(40)], kind)
    assert "x" not in set(encoding.variables) and find_notes(encoding) == {"left out": 40}


def test_sentences_say_what_happened():
    """A rare gap counts as "other", one in a variable that is left out is not said to be filled."""
    rare = encode_one([""] + ["a"] * 25 + ["b"] * 15, "nominal").notes
    assert "1 of 41 customers gave no 'x'; it counts as 'other'." in set(rare["sentence"])
    same = encode_one(["5"] * 40, "numeric").notes
    assert same["sentence"].tolist() == ["x: 100% of the answers are '5', so it was left out."]
    assert "missing" not in find_notes(encode_one(["1"] * 20 + [""] * 20, "numeric"))
