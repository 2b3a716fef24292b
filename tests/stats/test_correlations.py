"""Correlations pair by pair: as pandas has them, repaired where they do not fit together."""

import numpy as np
import pandas as pd
import pytest

from cjm_helpers.stats.correlations import (
    _keep_comparable,
    correlate_pairs,
    find_comparable,
    prepare_pairs,
    repair_correlations,
)  # fmt: skip


def make_table(n: int = 80, *, seed: int = 0) -> pd.DataFrame:
    """Return a table of four related columns in which a third of the cells is missing."""
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(n, 1)) + rng.normal(size=(n, 4))
    return pd.DataFrame(values, columns=list("abcd")).where(rng.random((n, 4)) < 0.7)


def test_correlations_are_those_of_pandas():
    """Pair by pair, correlations and counts are what pandas computes from the same rows."""
    table = make_table()
    matrix, counts = correlate_pairs(prepare_pairs(table.to_numpy()))
    np.testing.assert_allclose(matrix, table.corr())
    np.testing.assert_array_equal(counts, table.notna().T.astype(int) @ table.notna().astype(int))


def test_whole_weights_repeat_rows():
    """A row of weight 2 counts as two rows, which is how a bootstrap draws."""
    values, times = make_table().to_numpy(), np.arange(80) % 3
    weighted, _ = correlate_pairs(prepare_pairs(values), weights=times)
    repeated, _ = correlate_pairs(prepare_pairs(np.repeat(values, times, axis=0)))
    np.testing.assert_allclose(weighted, repeated)


def test_what_fits_together_is_not_touched():
    """A matrix without small eigenvalues comes back as it is, with nothing raised."""
    matrix = np.array([[1, 0.5], [0.5, 1]])
    repaired, raised = repair_correlations(matrix)
    assert repaired is matrix and raised == 0


def test_what_does_not_fit_together_is_repaired():
    """a near b, b near c, a far from c cannot be: the repaired matrix can, and tells how much was raised."""
    matrix = np.array([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]])
    repaired, raised = repair_correlations(matrix)
    assert raised == pytest.approx(0.8 + 0.01), "its smallest eigenvalue is 1 - 2 * 0.9"
    assert np.diag(repaired) == pytest.approx([1, 1, 1]) and np.linalg.eigvalsh(repaired).min() > 0


def test_what_fits_again_comes_back():
    """x meets too few of y and z, y and z too few of each other: when both are gone, x is taken back."""
    counts = pd.DataFrame(90, index=list("abxyz"), columns=list("abxyz"))
    for one, other in ("xy", "xz", "yz", "ya", "za"):
        counts.loc[one, other] = counts.loc[other, one] = 10
    counts.loc["x", "x"] = 60
    assert _keep_comparable(counts) == ["a", "b", "x"]


def test_the_column_with_most_short_pairs_goes_first():
    """One column that meets nobody else falls out, and the others stay whatever their order."""
    table = pd.DataFrame(np.random.default_rng(0).normal(size=(120, 3)), columns=["a", "b", "c"])
    table["lone"] = table["a"]
    table.loc[:59, ["a", "b", "c"]], table.loc[60:, "lone"] = np.nan, np.nan
    for columns in (["a", "b", "c", "lone"], ["lone", "c", "b", "a"]):
        kept, reasons = find_comparable(table[columns], table["a"])
        assert sorted(kept) == ["a", "b", "c"] and list(reasons) == ["lone"]
