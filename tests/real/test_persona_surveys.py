"""Two real customer tables: the segments come out stable, or are honestly refused, and slices are called slices."""

import os
from pathlib import Path

import pandas as pd
import pytest

from cjm_helpers.stats.clustering import choose_k, suggest_k
from cjm_helpers.stats.continuum import find_continuum
from cjm_helpers.stats.encoding import encode_like, encode_mixed
from cjm_helpers.stats.gower import compare_with_gower
from cjm_helpers.stats.kmeans import assign_clusters, fit_clusters

RAW = Path(os.environ.get("CJM_REAL_DATA") or Path(__file__).parents[2].parent / "shared" / "real")
FAST_FOOD, SHOPPERS = RAW / "mcdonalds_brand_survey.csv", RAW / "marketing_campaign.csv"
PERCEPTIONS = [
    "yummy", "convenient", "spicy", "fattening", "greasy", "fast", "cheap", "tasty", "expensive", "healthy",
    "disgusting",
]  # fmt: skip

pytestmark = pytest.mark.skipif(
    not (FAST_FOOD.is_file() and SHOPPERS.is_file()),
    reason=f"no {FAST_FOOD.name} or no {SHOPPERS.name} in {RAW}; say where they lie with CJM_REAL_DATA",
)


@pytest.fixture(scope="module")
def fast_food():
    """Return the eleven yes/no perceptions of 1,453 Australians (Dolnicar, Gruen & Leisch 2018), encoded."""
    table = pd.read_csv(FAST_FOOD, dtype=str)
    return encode_mixed(table, kinds=dict.fromkeys(PERCEPTIONS, "nominal"))


@pytest.fixture(scope="module")
def shoppers():
    """Return what 2,240 shoppers spent and where, as texts, by customer."""
    return pd.read_csv(SHOPPERS, dtype=str, encoding="utf-8-sig").set_index("ID")


@pytest.fixture(scope="module")
def buying(shoppers):
    """Return the kinds of thirteen variables about buying."""
    names = [name for name in shoppers if name.startswith(("Mnt", "Num"))] + ["Income", "Recency"]
    return dict.fromkeys(names, "numeric")


@pytest.fixture(scope="module")
def fast_food_ks(fast_food):
    return choose_k(fast_food).set_index("k", drop=False)


@pytest.fixture(scope="module")
def shopper_ks(shoppers, buying):
    return choose_k(encode_mixed(shoppers, kinds=buying)).set_index("k", drop=False)


def test_the_textbook_four_segments_do_not_hold_here(fast_food_ks):
    """Dolnicar et al. choose four; with each perception weighing the same, four come back to .61 only, six to .97."""
    assert suggest_k(fast_food_ks) == 6 and fast_food_ks.index[fast_food_ks["admissible"]].tolist() == [6]
    assert fast_food_ks["min_jaccard"][[4, 6]].tolist() == pytest.approx([0.61, 0.97], abs=0.05)
    assert fast_food_ks.at[6, "min_n"] == 125


def test_two_segments_are_no_clearer_than_chance(fast_food_ks):
    """Two segments are highly stable (.99) and refused: permuted answers give silhouettes as high."""
    row = fast_food_ks.loc[2]
    assert row["min_jaccard"] > 0.95 and row["silhouette"] < row["null_max"] and not row["admissible"]


def test_shoppers_come_out_stable(shopper_ks):
    """Two and three segments of shoppers are highly stable (.99, .96), four and five are not (.60, .61)."""
    assert shopper_ks["min_jaccard"][[2, 3, 4, 5]].tolist() == pytest.approx([0.99, 0.96, 0.60, 0.61], abs=0.05)
    assert shopper_ks["admissible"][[2, 3, 4, 5]].tolist() == [True, True, False, False]


def test_shoppers_are_a_continuum(shoppers, buying):
    """Three stable segments of shoppers are slices of one cloud: between no two of them is a gap."""
    matrix = encode_mixed(shoppers, kinds=buying).matrix
    assert find_continuum(matrix, fit_clusters(matrix, k=3).labels).is_continuum


def test_what_was_done_to_the_shoppers_is_told(shoppers, buying):
    """24 incomes are missing (by hand), and skewed amounts are taken as logarithms; constants are left out."""
    notes = encode_mixed(shoppers, kinds=buying | {"Z_Revenue": "numeric"}).notes.set_index(["variable", "what"])
    assert notes.at[("Income", "missing"), "n"] == 24
    assert notes.loc[("Income", "log1p"), "n"] == 2240 - 24
    assert notes.index.to_list()[-1] == ("Z_Revenue", "left out")


def test_later_shoppers_are_assigned_by_the_first(shoppers, buying):
    """Segments from the first 2,000 shoppers type the last 240 as the segments of all 2,240 do, nine times in ten."""
    first = encode_mixed(shoppers[:2000], kinds=buying)
    early = fit_clusters(first.matrix, k=3)
    later = assign_clusters(encode_like(shoppers[2000:], first), early.centroids)["cluster"]
    everyone = fit_clusters(encode_mixed(shoppers, kinds=buying).matrix, k=3).labels
    assert (later == everyone[later.index]).mean() > 0.9


def test_another_method_disagrees_about_shoppers(shoppers, buying):
    """Average linkage on Gower's distance hardly agrees with the three slices: a caution the researcher is shown."""
    labels = fit_clusters(encode_mixed(shoppers, kinds=buying).matrix, k=3).labels
    assert 0 <= compare_with_gower(shoppers, labels, kinds=buying) < 0.5
