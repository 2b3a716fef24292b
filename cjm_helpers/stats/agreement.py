"""How far people who judged the same things agree beyond chance."""

import numpy as np
import pandas as pd

from cjm_helpers.errors import TooFewAnswers
from cjm_helpers.stats.intervals import LEVEL, Estimate

EQUAL, SUBSET, OVERLAP = 1.0, 2 / 3, 1 / 3


def masi_distance(first: frozenset, second: frozenset) -> float:
    """Return how far two sets of codes lie apart, 0 (the same) to 1 (nothing shared); two empty sets are the same.

    Source: Passonneau (2006): 1 - Jaccard x (1 equal, 2/3 subset, 1/3 overlap).

    Examples
    --------
    >>> round(masi_distance(frozenset("ab"), frozenset("a")), 4)
    0.6667
    """
    if first == second:
        return 1.0 - EQUAL
    shared = first & second
    if not shared:
        return 1.0
    kinship = SUBSET if shared in (first, second) else OVERLAP
    return 1.0 - kinship * len(shared) / len(first | second)


def krippendorff_alpha(
    judgements: pd.DataFrame, *, distance: str = "nominal", bootstraps: int = 1000, seed: int = 0
) -> Estimate:
    """Estimate Krippendorff's alpha: 1 is full agreement, 0 is chance.

    Parameters
    ----------
    judgements
        One row a unit (a verbatim), one column a coder; labels, or frozensets of codes for distance "masi"; missing
        where a coder did not read the unit.
    distance
        "nominal" (same or not) or "masi" (sets of codes).
    bootstraps, seed
        Units are drawn again so often for the interval; draws in which nothing varies are skipped, and counted in
        method.

    Returns
    -------
    Estimate
        n counts the units that two or more judged. Where all judgements are the same, alpha is undefined, and method
        says so.

    Raises
    ------
    TooFewAnswers
        When no unit was judged by two.

    Source: Krippendorff (2011); interval: percentile bootstrap over units.

    Examples
    --------
    >>> two = pd.DataFrame({"anna": ["slow", "slow", "price"], "ben": ["slow", "price", "price"]})
    >>> round(krippendorff_alpha(two, bootstraps=0).value, 3)
    0.444
    """
    counts, apart = _tabulate(judgements, distance=distance)
    if not len(counts):
        remedy = "Let a second person code some of them."
        raise TooFewAnswers("Agreement of coders (verbatims read by two)", 0, 1, remedy)
    value = float(_alpha(np.ones((1, len(counts))), counts, apart)[0])
    if np.isnan(value):
        return Estimate(np.nan, len(counts), np.nan, np.nan, "all judgements are the same: alpha is undefined")
    if bootstraps < 1:
        return Estimate(value, len(counts), np.nan, np.nan, f"alpha ({distance}), no interval")
    evenly = np.full(len(counts), 1 / len(counts))
    draws = _alpha(np.random.default_rng(seed).multinomial(len(counts), evenly, size=bootstraps), counts, apart)
    lo, hi = np.nanquantile(draws, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    skipped = int(np.isnan(draws).sum())
    note = f", {skipped} draws without variation skipped" if skipped else ""
    return Estimate(value, len(counts), float(lo), float(hi), f"alpha ({distance}), bootstrap over units{note}")


def _tabulate(judgements: pd.DataFrame, *, distance: str) -> tuple[np.ndarray, np.ndarray]:
    """Count each label of each unit that two or more judged, in an order that rows and columns cannot change."""
    given = judgements.stack().dropna()
    labels = sorted(given.unique(), key=lambda label: sorted(map(str, label)) if distance == "masi" else str(label))
    codes = given.map({label: place for place, label in enumerate(labels)})
    counts = pd.crosstab(codes.index.get_level_values(0), codes.to_numpy()).to_numpy(dtype=float)
    counts = counts[counts.sum(axis=1) >= 2]
    apart = 1.0 - np.eye(len(labels))
    if distance == "masi":
        apart = np.array([[masi_distance(one, other) for other in labels] for one in labels])
    return counts[np.lexsort(counts.T)] if len(counts) else counts, apart


def _alpha(times: np.ndarray, counts: np.ndarray, apart: np.ndarray) -> np.ndarray:
    """Return alpha of each draw (rows of times: how often each unit was drawn); NaN where nothing varies."""
    judged = counts.sum(axis=1)
    within = np.einsum("uc,uc->u", counts @ apart, counts) / (judged - 1)
    totals, labels = times @ judged, times @ counts
    expected = np.einsum("bc,bc->b", labels @ apart, labels) / (totals * (totals - 1))
    observed = (times @ within) / totals
    return np.where(expected > 0, 1 - observed / np.where(expected > 0, expected, 1.0), np.nan)
