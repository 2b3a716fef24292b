"""Tests of effect sizes: what the papers and a hand calculation give, and what must always hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from cjm_helpers.stats.effects import adjusted_residuals, cohen_h, cramer_v, eta_squared, hedges_g, index_share

SPLIT = [[30, 10], [20, 40]]  # rows: persona, rest; columns: has it, has it not
numbers = some.lists(some.integers(-50, 50), min_size=2, max_size=12)
shares = some.floats(0, 1)
tables = some.lists(some.lists(some.integers(0, 40), min_size=3, max_size=3), min_size=2, max_size=5)


def test_two_by_two_is_worked_by_hand():
    """The hand-worked table gives index 150, h .8634, V .4082 and a residual of 4.08."""
    assert index_share(30 / 40, 50 / 100) == pytest.approx(150)
    assert cohen_h(30 / 40, 20 / 60) == pytest.approx(0.8634, abs=5e-5)
    assert cramer_v(SPLIT) == pytest.approx(0.4082, abs=5e-5)
    assert adjusted_residuals(SPLIT)[0, 0] == pytest.approx(4.08, abs=5e-3)


def test_two_groups_of_three_are_worked_by_hand():
    """{1, 2, 3} against {5, 6, 7}: g is -3.2 and eta squared .8571."""
    assert hedges_g([1, 2, 3], [5, 6, 7]) == pytest.approx(-3.2)
    assert eta_squared([1, 2, 3, 5, 6, 7], [0, 0, 0, 1, 1, 1]) == pytest.approx(0.8571, abs=5e-5)


def test_residuals_and_v_agree_with_scipy():
    """V is scipy's, and a residual of a table of two by two is the root of its chi squared."""
    from scipy.stats import chi2_contingency
    from scipy.stats.contingency import association

    table = np.array([[12, 5, 9], [3, 14, 7], [8, 8, 1]])
    assert cramer_v(table) == pytest.approx(association(table, method="cramer"))
    chi_squared = chi2_contingency(SPLIT, correction=False).statistic
    assert adjusted_residuals(SPLIT)[1, 1] ** 2 == pytest.approx(chi_squared)


@given(numbers, numbers)
def test_g_changes_sign_with_the_sides(inside, rest):
    """Seen from the rest the difference is as large, the other way, and no order of answers changes it."""
    g = hedges_g(inside, rest)
    np.testing.assert_equal(hedges_g(sorted(inside, reverse=True), rest), g)
    np.testing.assert_allclose(hedges_g(rest, inside), -g)


@given(shares, shares)
def test_h_changes_sign_with_the_sides(share, other):
    """h lies between -pi and pi, is 0 for equal shares, and changes sign with the sides."""
    assert cohen_h(share, other) == -cohen_h(other, share)
    assert abs(cohen_h(share, other)) <= np.pi
    assert cohen_h(share, share) == 0


@given(tables)
def test_v_lies_between_none_and_all_and_ignores_order(table):
    """V lies in 0 to 1 however rows and columns are ordered; with one row or column left it is not defined."""
    counts = np.array(table)
    v = cramer_v(counts)
    np.testing.assert_allclose(cramer_v(counts[::-1, ::-1].T), v)
    assert np.isnan(v) or -1e-9 <= v <= 1 + 1e-9


@given(some.lists(some.tuples(some.integers(-9, 9), some.sampled_from("abc")), min_size=1, max_size=20))
def test_eta_squared_is_a_part(rows):
    """The part between groups lies in 0 to 1, is 1 where each group is of one mind, and NaN without spread."""
    values, groups = [value for value, _ in rows], [group for _, group in rows]
    found = eta_squared(values, groups)
    assert np.isnan(found) if len(set(values)) == 1 else -1e-9 <= found <= 1
    assert len(set(values)) == 1 or eta_squared(values, values) == pytest.approx(1)


def test_what_cannot_be_compared_has_no_effect():
    """One customer, no spread, or nobody overall: there is no effect, rather than a wrong one."""
    assert np.isnan(hedges_g([1], [2, 3])) and np.isnan(hedges_g([4, 4], [4, 4]))
    assert np.isnan(index_share(0.0, 0.0)) and np.isnan(cramer_v([[3, 0], [5, 0]]))
    assert np.isnan(adjusted_residuals([[3, 0], [5, 0]])).all()


def test_missing_answers_are_left_out():
    """A NaN counts on no side."""
    assert hedges_g([1, 2, 3, np.nan], [5, 6, 7]) == hedges_g([1, 2, 3], [5, 6, 7])
    assert eta_squared([1, 2, np.nan, 5], list("aabb")) == eta_squared([1, 2, 5], list("aab"))


def test_rounding_is_no_spread():
    """Groups without spread but for the last bit have no g: it would be astronomic."""
    assert np.isnan(hedges_g([0.1, 0.1, 0.1], [0.3, 0.3, 0.3])) and np.isnan(eta_squared([0.1] * 3, list("aab")))
