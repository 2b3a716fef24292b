"""A second opinion on segments: other distances (Gower), another way to group (average linkage)."""

import numpy as np
import pandas as pd

from cjm_helpers.stats.recipes import read_answers
from cjm_helpers.stats.stability import adjusted_rand

MOST_CUSTOMERS = 3000


def gower_distance(table: pd.DataFrame, *, kinds: dict[str, str]) -> pd.DataFrame:
    """Measure how far customers are from each other, as the mean difference over the variables both answered.

    Parameters
    ----------
    table, kinds
        As encode_mixed. Numeric and ordinal (ranks): the difference over the range; nominal: 0 the same, 1 another;
        multiple: 1 less the options in common over the options of either.

    Returns
    -------
    DataFrame
        Customers by customers, 0 to 1; NaN where two have no answered variable in common.

    Source: Gower (1971); for multiple answers Jaccard's coefficient.

    Examples
    --------
    >>> table = pd.DataFrame({"age": [20, 30, 60], "channel": list("aab")})
    >>> gower_distance(table, kinds={"age": "numeric", "channel": "nominal"})[0].tolist()
    [0.0, 0.125, 1.0]
    """
    total, counted = np.zeros((len(table), len(table))), np.zeros((len(table), len(table)))
    for name in sorted(kinds):
        read = read_answers(table[name], kind=kinds[name])
        is_there = (read.notna() & read.ne("")).to_numpy()
        is_both = is_there[:, None] & is_there
        total += np.where(is_both, _difference(read, kinds[name]), 0.0)
        counted += is_both
    distance = np.where(counted > 0, total / np.maximum(counted, 1), np.nan)
    return pd.DataFrame(distance, index=table.index, columns=table.index)


def compare_with_gower(table: pd.DataFrame, labels: pd.Series, *, kinds: dict[str, str], seed: int = 0) -> float:
    """Return how far groups agree (adjusted Rand index) with as many groups from Gower's distance and average linkage.

    Over 3,000 customers, 3,000 of them drawn with the seed are compared.

    Parameters
    ----------
    table, kinds
        As encode_mixed.
    labels
        The group of each customer (index as the table).

    Source: Hubert & Arabie (1985); Gower (1971).

    Examples
    --------
    >>> table = pd.DataFrame({"age": [20, 21, 60, 61]}, index=list("abcd"))
    >>> compare_with_gower(table, pd.Series([0, 0, 1, 1], index=list("abcd")), kinds={"age": "numeric"})
    1.0
    """
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    table = table.sort_index()
    if len(table) > MOST_CUSTOMERS:
        table = table.sample(MOST_CUSTOMERS, random_state=seed).sort_index()
    distance = gower_distance(table, kinds=kinds).fillna(1.0).to_numpy()
    tree = linkage(squareform(distance, checks=False), method="average")
    labels = labels.loc[table.index]
    return adjusted_rand(labels, fcluster(tree, labels.nunique(), criterion="maxclust"))


def _difference(read: pd.Series, kind: str) -> np.ndarray:
    """Return the difference of every two customers in one variable, 0 to 1."""
    if kind == "nominal":
        codes = pd.factorize(read)[0]
        return (codes[:, None] != codes).astype(float)
    if kind == "multiple":
        return _differ_in_options(read)
    values = (read.rank(method="dense") if kind == "ordinal" else read).to_numpy()
    reach = read.max() - read.min() if kind == "numeric" else read.nunique() - 1
    return np.abs(values[:, None] - values) / (reach if reach > 0 else 1.0)


def _differ_in_options(read: pd.Series) -> np.ndarray:
    options = read.str.get_dummies(sep=";").to_numpy(dtype=float)
    shared, sizes = options @ options.T, options.sum(axis=1)
    either = sizes[:, None] + sizes - shared
    return 1 - shared / np.maximum(either, 1)
