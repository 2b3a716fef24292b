"""Which of several correlated drivers carry an outcome: shares of R squared, with intervals of share and of rank."""

from math import comb

import numpy as np
import pandas as pd

from cjm_helpers.errors import TooFewAnswers
from cjm_helpers.stats.correlations import correlate_pairs, find_comparable, prepare_pairs, repair_correlations
from cjm_helpers.stats.intervals import LEVEL

MOST_EXACT = 15
LEAST_N, LEAST_N_PER_DRIVER = 50, 10
TWINS_FROM = 0.99
NO_VARIANCE_LEFT = 1e-10
NUMBERS_AT_ONCE = 2**20
TAIL = (1 - LEVEL) / 2
REMEDY = "Collect more answers; if only a part of your customers is chosen, look at all of them together."


def lmg_shares(correlations, outcome_correlations) -> np.ndarray:
    """Split R squared among drivers: each one's gain in R squared, averaged over all orders in which drivers can enter.

    Parameters
    ----------
    correlations, outcome_correlations
        Among the drivers (p x p), and of each driver with the outcome (p); both may carry a first axis of bootstraps.

    Returns
    -------
    ndarray
        Shares that sum to R squared. Exact for up to 15 drivers; beyond that Johnson's relative weights, as
        name_shares says.

    Source: Lindeman, Merenda & Gold (1980); the same as general dominance (Azen & Budescu 2003).

    Examples
    --------
    >>> lmg_shares([[1, 0.3], [0.3, 1]], [0.5, 0.4]).round(6)
    array([0.204341, 0.114341])
    """
    correlations, outcome = np.asarray(correlations, dtype=float), np.asarray(outcome_correlations, dtype=float)
    count = outcome.shape[-1]
    if count > MOST_EXACT:
        return relative_weights(correlations, outcome)
    batch, flat = outcome.shape[:-1], outcome.reshape(-1, count)
    matrices = correlations.reshape(-1, count, count)
    step = max(1, NUMBERS_AT_ONCE >> count)
    parts = [_split_exactly(matrices[i : i + step], flat[i : i + step]) for i in range(0, len(flat), step)]
    return np.concatenate(parts).reshape(*batch, count)


def relative_weights(correlations, outcome_correlations) -> np.ndarray:
    """Split R squared among many drivers by way of uncorrelated stand-ins: fast, close to LMG, not the same.

    Source: Johnson (2000); its flaw: Thomas et al. (2014).

    Examples
    --------
    >>> relative_weights([[1, 0.3], [0.3, 1]], [0.5, 0.4]).round(6)
    array([0.204341, 0.114341])
    """
    values, vectors = np.linalg.eigh(np.asarray(correlations, dtype=float))
    roots = np.sqrt(np.maximum(values, NO_VARIANCE_LEFT))[..., None, :]
    turned = np.swapaxes(vectors, -1, -2)
    loadings = (vectors * roots) @ turned
    stand_ins = (vectors / roots) @ turned @ np.asarray(outcome_correlations, dtype=float)[..., None]
    return (np.square(loadings) @ np.square(stand_ins))[..., 0]


def name_shares(count: int) -> str:
    """Name the formula that lmg_shares uses for so many drivers.

    Examples
    --------
    >>> name_shares(16)
    'relative weights'
    """
    return "LMG" if count <= MOST_EXACT else "relative weights"


def estimate_drivers(
    answers: pd.DataFrame, outcome: pd.Series, *, weights=None, bootstraps: int = 200, seed: int = 0
) -> pd.DataFrame:
    """Estimate how much each driver carries of what all of them explain of the outcome.

    Parameters
    ----------
    answers
        One row a customer (index), one column a driver; NaN where the customer did not meet it.
    outcome, weights
        One number a customer, with the same index; weights are optional survey weights.
    bootstraps, seed
        Customers are drawn again so often for the intervals; the same seed gives the same intervals.

    Returns
    -------
    DataFrame
        driver, value (share of R squared, 0-1, sums to 1), unweighted, n (customers with driver and outcome), lo, hi,
        method, rank, rank_lo, rank_hi, sign (of the partial coefficient), vif, pair_n (its rarest pair), customers,
        r_squared, r_squared_adjusted (for the middle n), clipped (eigenvalues raised, in sum). A driver that cannot be
        compared has no value, and method says why.

    Raises
    ------
    TooFewAnswers
        Under max(50, 10 a driver) customers, with fewer than two drivers left, or when the outcome does not vary.

    Source: shares as lmg_shares, on correlations pair by pair, because customers rate only what they met.

    Examples
    --------
    >>> x = pd.DataFrame({"web": np.arange(60) % 5, "app": np.arange(60) % 7})
    >>> estimate_drivers(x, 2 * x["web"] + x["app"])["driver"].tolist()
    ['web', 'app']
    """
    answers, outcome, weights = _align(answers, outcome, weights)
    _check_outcome(outcome)
    kept, reasons = find_comparable(answers, outcome)
    customers = int(answers[kept].notna().any(axis=1).sum())
    _check_drivers(kept, customers=customers)
    pairs = prepare_pairs(np.column_stack([answers[kept], outcome]))
    table = _summarise(pairs, kept, weights=weights, customers=customers)
    draws = _draw_shares(pairs, weights, bootstraps=bootstraps, seed=seed)
    table = _add_left_out(_add_intervals(table, draws), reasons, answers=answers)
    return table.sort_values(["value", "driver"], ascending=[False, True], ignore_index=True)


def _split_exactly(correlations: np.ndarray, outcome: np.ndarray) -> np.ndarray:
    """Average every driver's gain over all subsets of the others, from the R squared of each subset."""
    count = outcome.shape[-1]
    explained = _explain_subsets(correlations, outcome)
    members = (np.arange(2**count)[:, None] >> np.arange(count)) & 1
    sizes = members.sum(axis=1, keepdims=True)
    chance = np.array([1 / (count * comb(count - 1, size)) for size in range(count)] + [0.0])
    gains = np.where(members == 1, chance[sizes - 1], -chance[sizes])
    return np.maximum(explained.T @ gains, 0.0)


def _explain_subsets(correlations: np.ndarray, outcome: np.ndarray) -> np.ndarray:
    """Return R squared of every subset of drivers (rows; bit j = driver j) for every batch (columns).

    Drivers are decided one after the other: left out, the matrix of the rest stays; taken in, the rest loses what that
    driver explains (a rank-one update). Batches stand last, so that numpy runs along them.
    """
    batches, count = outcome.shape
    joint = np.ones((count + 1, count + 1, 1, batches))
    joint[:count, :count, 0] = np.moveaxis(correlations, 0, -1)
    joint[:count, count, 0] = joint[count, :count, 0] = outcome.T
    for _ in range(count):
        first, row, rest = joint[0, 0], joint[0, 1:], joint[1:, 1:]
        is_free = first > NO_VARIANCE_LEFT
        slope = np.where(is_free, row, 0.0) / np.where(is_free, first, 1.0)
        joint = np.concatenate([rest, rest - row[:, None] * slope[None]], axis=2)
    return 1.0 - joint[0, 0]


def _align(answers: pd.DataFrame, outcome: pd.Series, weights):
    """Keep customers with an outcome and sort rows and columns by name, so that the order given changes nothing."""
    outcome = outcome.astype(float).reindex(answers.index).dropna().sort_index()
    if weights is not None:
        outcome = outcome[weights.loc[outcome.index] > 0]  # who speaks for nobody is not counted
    answers = answers.loc[outcome.index, sorted(answers.columns)].astype(float)
    return answers, outcome, None if weights is None else weights.loc[outcome.index].astype(float)


def _check_outcome(outcome: pd.Series) -> None:
    if len(outcome) < LEAST_N:
        raise TooFewAnswers("Comparing drivers (customers with the outcome)", len(outcome), LEAST_N, REMEDY)
    if outcome.nunique() < 2:
        raise TooFewAnswers("Comparing drivers (different values of the outcome)", outcome.nunique(), 2)


def _check_drivers(kept: list[str], *, customers: int) -> None:
    if len(kept) < 2:
        raise TooFewAnswers("Comparing drivers (drivers with enough answers)", len(kept), 2, REMEDY)
    need = max(LEAST_N, LEAST_N_PER_DRIVER * len(kept))
    if customers < need:
        raise TooFewAnswers(f"Comparing {len(kept)} drivers (customers)", customers, need, REMEDY)


def _summarise(pairs, kept: list[str], *, weights, customers: int) -> pd.DataFrame:
    """Compute all that needs no bootstrap, from the one repaired matrix."""
    plain, counts = correlate_pairs(pairs)
    raw = plain if weights is None else correlate_pairs(pairs, weights=weights)[0]
    matrix, clipped = repair_correlations(raw)
    inverse = np.linalg.inv(matrix[:-1, :-1])
    shares = _share(matrix)
    r_squared = float(matrix[-1, :-1] @ inverse @ matrix[:-1, -1])
    size, count = float(np.median(counts[-1, :-1])), len(kept)
    return pd.DataFrame({
        "driver": kept, "value": shares, "unweighted": _share(repair_correlations(plain)[0]),
        "n": counts[-1, :-1].astype(int), "method": _name_methods(raw, kept),
        "sign": np.sign(inverse @ matrix[:-1, -1]), "vif": np.diag(inverse),
        "pair_n": counts[:-1].min(axis=1).astype(int), "customers": customers, "r_squared": r_squared,
        "r_squared_adjusted": 1 - (1 - r_squared) * (size - 1) / (size - count - 1), "clipped": float(clipped),
    })  # fmt: skip


def _share(matrices: np.ndarray) -> np.ndarray:
    """Return shares that sum to 1 from matrices whose last row and column are the outcome."""
    shares = lmg_shares(matrices[..., :-1, :-1], matrices[..., -1, :-1])
    return shares / np.maximum(shares.sum(axis=-1, keepdims=True), NO_VARIANCE_LEFT)


def _name_methods(matrix: np.ndarray, kept: list[str]) -> list[str]:
    """Name the formula, and for a driver that hardly differs from another, name that one."""
    among, notes = matrix[:-1, :-1] - np.eye(len(kept)), []
    for name, row in zip(kept, among, strict=True):
        twin = np.abs(row).argmax()
        is_twin = abs(row[twin]) >= TWINS_FROM
        notes.append(f"; '{name}' and '{kept[twin]}' correlate {row[twin]:.2f}: merge them" if is_twin else "")
    return [f"{name_shares(len(kept))}, bootstrap over customers{note}" for note in notes]


def _draw_shares(pairs, weights, *, bootstraps: int, seed: int) -> np.ndarray:
    """Return the shares (draw x driver) of customers drawn with replacement."""
    rng, size = np.random.default_rng(seed), len(pairs.left)
    times = np.stack([np.bincount(rng.integers(size, size=size), minlength=size) for _ in range(bootstraps)])
    matrices, _ = correlate_pairs(pairs, weights=times if weights is None else times * weights.to_numpy())
    return _share(repair_correlations(matrices)[0])


def _add_intervals(table: pd.DataFrame, draws: np.ndarray) -> pd.DataFrame:
    """Add percentile intervals of share and rank, widened to hold the estimate: a share near 0 can fall outside."""
    rank = table["value"].rank(ascending=False, method="min")
    ranks = (-draws).argsort(axis=1).argsort(axis=1) + 1
    lo, hi = np.quantile(draws, [TAIL, 1 - TAIL], axis=0)
    rank_lo = np.quantile(ranks, TAIL, axis=0, method="lower")
    rank_hi = np.quantile(ranks, 1 - TAIL, axis=0, method="higher")
    return table.assign(
        lo=np.minimum(lo, table["value"]), hi=np.maximum(hi, table["value"]),
        rank=rank, rank_lo=np.minimum(rank_lo, rank), rank_hi=np.maximum(rank_hi, rank),
    )  # fmt: skip


def _add_left_out(table: pd.DataFrame, reasons: dict[str, str], *, answers: pd.DataFrame) -> pd.DataFrame:
    """Give every driver that was left out a row without numbers, whose method says why."""
    if not reasons:
        return table
    whole = table.iloc[0][["customers", "r_squared", "r_squared_adjusted", "clipped"]].to_dict()
    left_out = {"driver": list(reasons), "n": answers[list(reasons)].count().to_numpy(), **whole}
    rows = pd.DataFrame(left_out).assign(method=[f"left out: {why}" for why in reasons.values()])
    return pd.concat([table, rows], ignore_index=True)
