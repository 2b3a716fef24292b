"""How many segments the customers hold: those that come back, beat chance and are big enough."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from cjm_helpers.errors import TooFewAnswers
from cjm_helpers.stats.encoding import Encoding
from cjm_helpers.stats.kmeans import RESTARTS, assign_clusters, fit_clusters, fit_labels, sort_matrix, use_one_thread
from cjm_helpers.stats.stability import measure_stability

LEAST_N, LEAST_N_PER_VARIABLE = 60, 10
INDICATIVE_UNDER, MOST_K_INDICATIVE = 200, 4
SEARCHED = 2000
STABLE_FROM = 0.75
LEAST_SHARE, LEAST_SIZE = 0.05, 30
MANY_FROM, RESTARTS_OF_MANY = 1000, 2
ROUNDING = 1e-5
COLUMNS = [
    "k", "silhouette", "null_max", "min_jaccard", "mean_ari", "min_share", "min_n", "admissible", "reason", "flag",
]  # fmt: skip


def choose_k(
    encoding: Encoding | pd.DataFrame,
    *,
    ks: Iterable[int] = range(2, 9),
    refits: int = 100,
    permutations: int = 19,
    seed: int = 0,
) -> pd.DataFrame:
    """Try every number of segments k, and say which are admissible and why.

    A k is admissible when (a) its least stable segment overlaps by .75 or more with its best match in refits on
    bootstrap samples, (b) its silhouette is above the largest one of data whose variables were permuted one by one, and
    (c) its smallest segment holds 5 % and 30 customers.

    Parameters
    ----------
    encoding
        From encode_mixed; or a matrix (customers by columns) in which each column is a variable of its own.
    ks
        Numbers of segments to try.
    refits, permutations, seed
        Bootstrap samples, permuted data sets, and the seed of both.

    Returns
    -------
    DataFrame
        k, silhouette, null_max (the largest by chance), min_jaccard, mean_ari, min_share (0-1), min_n (customers),
        admissible (True or False), reason (a sentence), flag (indicative under 200 customers, else reportable).

    Raises
    ------
    TooFewAnswers
        Under max(60, 10 x variables) customers. A k over 4 under 200 customers is not tried, and its reason says so.

    Source: Hennig (2007) for (a) and its limit; Rousseeuw (1987) for the silhouette; the rule as a whole is ours. Over
    2,000 customers, 2,000 drawn with the seed are searched; the sizes are those of all. From 1,000 customers on,
    permuted data are split from two random starts, not ten: that halves the time and moves their silhouettes by .006 at
    most where numbers shape the segments, by .04 where only yes and no do (at 850 customers it would be .09).

    Examples
    --------
    >>> points = pd.DataFrame({"x": [0.0, 1] * 40 + [9.0, 10] * 40, "y": [0.0] * 80 + [9.0] * 80})
    >>> table = choose_k(points, ks=[2, 5], refits=5)
    >>> table[["k", "min_n", "admissible"]].values.tolist()
    [[2, 80.0, True], [5, nan, False]]
    """
    matrix, variables = _unpack(encoding)
    flag = _refuse(len(matrix), variables.nunique())
    searched = matrix if len(matrix) <= SEARCHED else matrix.sample(SEARCHED, random_state=seed).sort_index()
    patterns = len(searched.drop_duplicates())
    refused = {k: _refuse_k(k, flag=flag, patterns=patterns) for k in sorted(set(ks))}
    tried = [k for k, reason in refused.items() if not reason]
    by_chance = _draw_silhouettes(searched, variables, ks=tried, permutations=permutations, seed=seed)
    rows = [_try(matrix, searched, k=k, refits=refits, seed=seed) for k in tried]
    rows = [row | {"null_max": chance} for row, chance in zip(rows, by_chance, strict=True)]
    rows = [row | _judge(row) for row in rows]
    rows += [{"k": k, "admissible": False, "reason": reason} for k, reason in refused.items() if reason]
    return pd.DataFrame(rows, columns=COLUMNS).assign(flag=flag)


def suggest_k(table: pd.DataFrame) -> int | None:
    """Return the largest admissible k of choose_k, or None where there is no stable segmentation.

    Examples
    --------
    >>> suggest_k(pd.DataFrame({"k": [2, 3, 4], "admissible": [True, True, False]}))
    3
    """
    admissible = table.loc[table["admissible"], "k"]
    return int(admissible.max()) if len(admissible) else None


def measure_silhouettes(values: np.ndarray, splits: list[np.ndarray]) -> list[float]:
    """Return the mean silhouette of each split (labels 0, 1, ...) of the same rows; distances are computed once.

    Source: Rousseeuw (1987); a customer alone in a group counts 0.

    Examples
    --------
    >>> [round(one, 4) for one in measure_silhouettes(np.array([[1.0], [2], [8], [9]]), [np.array([0, 0, 1, 1])])]
    [0.8564]
    """
    distances = _measure_distances(values)
    marks = [np.eye(labels.max() + 1, dtype=distances.dtype)[labels] for labels in splits]
    sums = np.split(distances @ np.hstack(marks), np.cumsum([mark.shape[1] for mark in marks])[:-1], axis=1)
    return [_average_widths(*pair, labels) for *pair, labels in zip(sums, marks, splits, strict=True)]


def _unpack(encoding: Encoding | pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """Return the matrix in order, and the variable of each of its columns."""
    matrix = sort_matrix(encoding.matrix if isinstance(encoding, Encoding) else encoding)
    own = pd.Series(matrix.columns, index=matrix.columns)
    return matrix, encoding.variables[matrix.columns] if isinstance(encoding, Encoding) else own


def _refuse(customers: int, variables: int) -> str:
    need = max(LEAST_N, LEAST_N_PER_VARIABLE * variables)
    if customers < need:
        remedy = "Ask more customers, compare fewer variables, or use proto-personas."
        raise TooFewAnswers(f"Finding segments by {variables} active variables (customers)", customers, need, remedy)
    return "indicative" if customers < INDICATIVE_UNDER else "reportable"


def _try(matrix: pd.DataFrame, searched: pd.DataFrame, *, k: int, refits: int, seed: int) -> dict:
    """Return what one k gives: how clear, how stable, and how small its smallest segment is among all customers."""
    clusters = fit_clusters(searched, k=k, seed=seed)
    values, labels = searched.to_numpy(), clusters.labels.to_numpy()
    stability = measure_stability(values, labels, refits=refits, seed=seed)
    sizes = assign_clusters(matrix, clusters.centroids)["cluster"].value_counts()
    return {
        "k": k, "silhouette": measure_silhouettes(values, [labels])[0], "min_jaccard": stability.jaccard.min(),
        "mean_ari": stability.ari, "min_share": sizes.min() / len(matrix), "min_n": sizes.min(),
    }  # fmt: skip


def _refuse_k(k: int, *, flag: str, patterns: int) -> str:
    """Say why a k is not even tried; empty where it is."""
    if flag == "indicative" and k > MOST_K_INDICATIVE:
        return f"k = {k} needs {INDICATIVE_UNDER} customers."
    return f"k = {k} needs more differing answers: customers gave {patterns} sets of them." if k > patterns else ""


def _draw_silhouettes(matrix: pd.DataFrame, variables: pd.Series, *, ks, permutations: int, seed: int) -> list[float]:
    """Return for each k the largest silhouette of data whose variables were permuted independently."""
    if not ks:
        return []
    blocks = [np.flatnonzero(variables == name) for name in sorted(set(variables))]
    rng, values = np.random.default_rng(seed), matrix.to_numpy()
    restarts = RESTARTS if len(values) < MANY_FROM else RESTARTS_OF_MANY
    drawn = []
    with use_one_thread():
        for _ in range(permutations):
            mixed = np.empty_like(values)
            for block in blocks:
                mixed[:, block] = values[rng.permutation(len(values))][:, block]
            labels = [fit_labels(mixed, k=k, seed=seed, restarts=restarts) for k in ks]
            drawn.append(measure_silhouettes(mixed, labels))
    return list(np.max(drawn, axis=0))


def _judge(row: dict) -> dict:
    """Say whether a k is admissible, and if not, everything that speaks against it."""
    against = []
    if row["min_jaccard"] < STABLE_FROM:
        overlap = f"{row['min_jaccard']:.3f} with its best match in refits ({STABLE_FROM} needed)"
        against.append(f"its least stable segment overlaps only {overlap}")
    if row["silhouette"] <= row["null_max"]:
        against.append("its segments are no clearer than in data without any")
    if row["min_share"] < LEAST_SHARE or row["min_n"] < LEAST_SIZE:
        needed = f"{LEAST_SHARE:.0%} and {LEAST_SIZE}"
        against.append(f"its smallest segment has {row['min_n']} customers, {row['min_share']:.1%} ({needed} needed)")
    reason = f"k = {row['k']} is {'not ' if against else ''}admissible"
    why = "; ".join(against) or "its segments come back in refits, are clearer than by chance and large enough"
    return {"admissible": not against, "reason": f"{reason}: {why}."}


def _measure_distances(values: np.ndarray) -> np.ndarray:
    """Return all Euclidean distances, in single precision: half the memory and time, and good for four digits."""
    values = np.asarray(values - values.mean(axis=0), dtype=np.float32)
    squares = np.square(values).sum(axis=1)
    distances = values @ (-2 * values.T)
    distances += squares
    distances += squares[:, None]
    distances[distances < ROUNDING * squares.max()] = 0  # the same answers are no distance apart
    return np.sqrt(distances, out=distances)


def _average_widths(sums: np.ndarray, marks: np.ndarray, labels: np.ndarray) -> float:
    sizes = marks.sum(axis=0)
    rows = np.arange(len(labels))
    own = sums[rows, labels] / np.maximum(sizes[labels] - 1, 1)
    means = np.where(sizes > 0, sums / np.maximum(sizes, 1), np.inf)
    means[rows, labels] = np.inf
    other = means.min(axis=1)
    widths = np.where(sizes[labels] > 1, (other - own) / np.maximum(np.maximum(own, other), np.finfo("f").tiny), 0.0)
    return float(widths.mean(dtype=float))
