"""The number of segments: true ones are found, noise is refused, and each refusal says why."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjm_helpers.errors import TooFewAnswers
from cjm_helpers.stats import clustering
from cjm_helpers.stats.clustering import COLUMNS, choose_k, measure_silhouettes, suggest_k
from cjm_helpers.stats.encoding import encode_mixed

QUICK = {"refits": 20, "permutations": 19}


def make_matrix(n: int, *, groups: int, apart: float = 4.0, seed: int = 1) -> pd.DataFrame:
    """Return customers in so many groups, each far out on a variable of its own."""
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(n, 4)) + apart * np.eye(4)[np.arange(n) % groups] * (groups > 1)
    return pd.DataFrame(values, index=rng.permutation([f"c{place:04}" for place in range(n)]), columns=list("dbca"))


@pytest.fixture(scope="module")
def four_groups():
    """Return what is found about 400 customers in four groups."""
    return choose_k(make_matrix(400, groups=4), **QUICK).set_index("k", drop=False)


def test_true_groups_are_found(four_groups):
    """Four groups: 4 is the largest admissible k, and its figures say so."""
    assert suggest_k(four_groups) == 4 and four_groups.columns.tolist() == COLUMNS
    row = four_groups.loc[4]
    assert row["min_jaccard"] > 0.9 and row["mean_ari"] > 0.9 and row["silhouette"] > row["null_max"]
    assert 95 <= row["min_n"] <= 100 and row["min_share"] == row["min_n"] / 400 and row["flag"] == "reportable"


def test_every_k_is_shown_with_its_reason(four_groups):
    """All seven rows stand there; a sentence says why a k is admissible or what speaks against it."""
    assert four_groups["k"].tolist() == list(range(2, 9))
    assert four_groups.at[4, "reason"].startswith("k = 4 is admissible: its segments come back")
    assert "its least stable segment overlaps only 0." in four_groups.at[6, "reason"]


def test_noise_has_no_segments():
    """One round cloud: nothing is admissible, and None is suggested."""
    table = choose_k(make_matrix(300, groups=1), ks=range(2, 6), **QUICK)
    assert not table["admissible"].any() and suggest_k(table) is None
    assert table["reason"].str.contains("no clearer than in data without any").any()


def test_small_segments_are_refused():
    """Twenty customers far from all others are stable and clear, but too few to be a persona."""
    matrix = make_matrix(400, groups=1)
    matrix.iloc[:20] += 9
    reason = choose_k(matrix, ks=[2], **QUICK).at[0, "reason"]
    assert reason == "k = 2 is not admissible: its smallest segment has 20 customers, 5.0% (5% and 30 needed)."


def test_order_and_input_are_left_alone():
    """Shuffled rows and columns give the same table to the last bit; the matrix stays as it was."""
    matrix = make_matrix(220, groups=3)
    before, options = matrix.copy(), {"ks": [2, 3], "refits": 5, "permutations": 2}
    shuffled = choose_k(matrix.sort_index()[sorted(matrix)], **options)
    pd.testing.assert_frame_equal(choose_k(matrix, **options), shuffled, check_exact=True)
    pd.testing.assert_frame_equal(matrix, before)


def test_the_answers_of_one_question_stay_together():
    """Permuting moves a nominal variable as one: three equal channels without anything else are no segments."""
    rng = np.random.default_rng(1)
    table = pd.DataFrame({"channel": rng.choice(list("abc"), 300), "age": rng.normal(size=300)})
    encoding = encode_mixed(table, kinds={"channel": "nominal", "age": "numeric"})
    row, one_by_one = (choose_k(given, ks=[3], refits=1).loc[0] for given in (encoding, encoding.matrix))
    assert row["silhouette"] <= row["null_max"] and not row["admissible"]
    assert row["silhouette"] > one_by_one["null_max"]


@pytest.mark.parametrize(("n", "columns", "need"), [(41, 8, 80), (59, 2, 60)])
def test_too_few_customers_are_refused(n, columns, need):
    """Only 41 customers; 8 active variables need 80; two variables need 60 all the same."""
    matrix = pd.DataFrame(np.random.default_rng(0).normal(size=(n, columns)))
    with pytest.raises(TooFewAnswers, match=f"{columns} active variables .customers. needs {need} and has {n}"):
        choose_k(matrix)


@pytest.mark.parametrize(("n", "flag", "tried"), [(199, "indicative", 2), (200, "reportable", 3)])
def test_under_200_customers_at_most_four_segments_are_tried(n, flag, tried):
    """Above four, k is not tried but has its row; all rows are indicative."""
    table = choose_k(make_matrix(n, groups=3), ks=[3, 4, 5], refits=3, permutations=1)
    assert table["flag"].eq(flag).all() and table["silhouette"].count() == tried
    assert not table.at[2, "admissible"] and (tried == 3 or table.at[2, "reason"] == "k = 5 needs 200 customers.")


def test_fewer_sets_of_answers_than_segments_are_said():
    """Two yes/no questions make four sets of answers: five segments are not tried, four are trivial and refused."""
    table = pd.DataFrame(np.random.default_rng(1).integers(0, 2, size=(240, 2)))
    table = choose_k(table, ks=[4, 5], refits=3, permutations=3)
    assert table["reason"][1] == "k = 5 needs more differing answers: customers gave 4 sets of them."
    assert table["silhouette"][0] == pytest.approx(1) and not table["admissible"].any()


def test_many_customers_are_searched_by_2000_and_counted_all():
    """Of 3,000 customers in three groups the smallest group counts all its thousand."""
    row = choose_k(make_matrix(3000, groups=3, apart=8), ks=[3], refits=2, permutations=1).loc[0]
    assert row["min_n"] == 1000 and row["min_share"] == pytest.approx(1 / 3)


def test_numbers_of_segments_that_cannot_be_tried_are_said():
    """Where no k can be tried there is a row with its reason for each, and no suggestion."""
    table = choose_k(make_matrix(100, groups=2), ks=[5, 6])
    assert table["reason"].tolist() == ["k = 5 needs 200 customers.", "k = 6 needs 200 customers."]
    assert suggest_k(table) is None


def test_silhouette_golden():
    """Silhouette of 1, 2 | 8, 9 = .8564 (by hand)."""
    values = np.array([[1.0], [2], [8], [9]])
    assert measure_silhouettes(values, [np.array([0, 0, 1, 1])]) == pytest.approx([0.8564], abs=5e-5)


@pytest.mark.parametrize(("customers", "restarts"), [(999, 10), (1000, 2)])
def test_from_a_thousand_customers_on_chance_needs_two_starts(monkeypatch, customers, restarts):
    """Permuted data of a thousand customers are split from two random starts, smaller ones from ten."""
    tried, split = set(), clustering.fit_labels
    monkeypatch.setattr(
        clustering, "fit_labels", lambda values, **how: tried.add(how["restarts"]) or split(values, **how)
    )
    choose_k(make_matrix(customers, groups=2), ks=[2], refits=1, permutations=1)
    assert tried == {restarts}


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 999))
def test_silhouettes_are_scikit_learns(seed):
    """Several splits of the same customers at once give what scikit-learn gives one by one."""
    from sklearn.metrics import silhouette_score

    rng = np.random.default_rng(seed)
    values = rng.normal(size=(40, 3)) + 100
    splits = [np.concatenate([np.arange(k), rng.integers(k, size=40 - k)]) for k in (2, 5)]
    expected = [silhouette_score(values, labels) for labels in splits]
    assert measure_silhouettes(values, splits) == pytest.approx(expected, abs=1e-4)


def test_groups_of_the_same_answers_are_as_clear_as_can_be():
    """Where all in a group answer alike, the silhouette is 1 to the last digit, so that chance can only equal it."""
    values = np.repeat(np.random.default_rng(1).normal(size=(4, 7)), 50, axis=0)
    assert measure_silhouettes(values, [np.repeat(range(4), 50)]) == [1.0]


def test_one_alone_and_all_alike_count_zero():
    """A customer alone in a group has no silhouette, and groups without distance are not apart."""
    assert measure_silhouettes(np.array([[1.0], [5]]), [np.array([0, 1])]) == [0.0]
    assert measure_silhouettes(np.ones((4, 1)), [np.array([0, 0, 1, 1])]) == [0.0]
