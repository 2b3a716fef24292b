"""Gower's distance: the example by hand, gaps and lists, and how far another method agrees."""

import numpy as np
import pandas as pd
import pytest

from cjm_helpers.stats import gower
from cjm_helpers.stats.gower import compare_with_gower, gower_distance


def test_gower_golden():
    """Gower of (20, a), (30, a), (60, b): .125, 1, .875 (by hand)."""
    table = pd.DataFrame({"age": [20, 30, 60], "channel": list("aab")})
    distance = gower_distance(table, kinds={"age": "numeric", "channel": "nominal"})
    assert [distance.at[0, 1], distance.at[0, 2], distance.at[1, 2]] == pytest.approx([0.125, 1, 0.875])


def test_gaps_do_not_count():
    """A missing answer leaves its variable out of the pair; with nothing in common there is no distance."""
    table = pd.DataFrame({"age": ["20", "", "60"], "channel": ["a", "b", ""]})
    distance = gower_distance(table, kinds={"age": "numeric", "channel": "nominal"})
    assert distance.at[0, 1] == 1 and distance.at[0, 2] == 1 and np.isnan(distance.at[1, 2])


def test_lists_differ_by_the_options_not_shared():
    """Two of three options in common: distance 1/3; ranks count as steps."""
    table = pd.DataFrame({"tools": ["a;b", "c;b;a"], "often": ["1", "9"]})
    assert gower_distance(table, kinds={"tools": "multiple"}).at[0, 1] == pytest.approx(1 / 3)
    assert gower_distance(table, kinds={"often": "ordinal"}).at[0, 1] == 1


def test_a_column_of_zeros_counts_as_no_difference():
    """A variable without reach adds 0 and stays in the mean."""
    table = pd.DataFrame({"zero": [0, 0], "age": [20, 30]})
    assert gower_distance(table, kinds={"zero": "numeric", "age": "numeric"}).at[0, 1] == 0.5


def make_groups(n: int) -> tuple[pd.DataFrame, pd.Series]:
    """Return customers in two groups far apart, and their groups."""
    rng, group = np.random.default_rng(0), np.arange(n) % 2
    table = pd.DataFrame({"age": 20 + 40 * group + rng.normal(size=n), "channel": np.where(group, "web", "shop")})
    return table, pd.Series(group)


def test_groups_far_apart_are_found_by_both():
    """Average linkage agrees wholly with true groups, hardly with random ones; shuffled rows change nothing."""
    table, labels = make_groups(60)
    kinds = {"age": "numeric", "channel": "nominal"}
    assert compare_with_gower(table, labels, kinds=kinds) == 1.0
    random = pd.Series(np.random.default_rng(1).permutation(labels))
    assert abs(compare_with_gower(table, random, kinds=kinds)) < 0.2
    assert compare_with_gower(table[::-1], random, kinds=kinds) == compare_with_gower(table, random, kinds=kinds)


def test_too_many_customers_are_drawn_from(monkeypatch):
    """Over the limit only so many customers are compared, so that memory lasts."""
    monkeypatch.setattr(gower, "MOST_CUSTOMERS", 20)
    sizes = []
    distance = gower.gower_distance
    monkeypatch.setattr(
        gower, "gower_distance", lambda table, *, kinds: sizes.append(len(table)) or distance(table, kinds=kinds)
    )
    assert compare_with_gower(*make_groups(60), kinds={"age": "numeric"}) == 1.0 and sizes == [20]


def test_a_variable_nobody_answered_counts_for_nobody():
    """Without any common answer the distance is unknown, not an error."""
    table = pd.DataFrame({"age": [np.nan] * 3})
    assert gower.gower_distance(table, kinds={"age": "numeric"}).isna().all(axis=None)
