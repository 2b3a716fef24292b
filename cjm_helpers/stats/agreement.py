"""How far people who judged the same things agree beyond chance."""

from functools import partial

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from cjm_helpers.errors import NotTwoCoders
from cjm_helpers.stats.distances import NUMBER_DISTANCES, SET_DISTANCES, measure_distances
from cjm_helpers.stats.intervals import LEAST_MIN_N, Estimate, Z, estimate_proportion, estimate_share
from cjm_helpers.stats.judgements import Patterns, bound_by_draws, collapse_judgements, number_labels


def percent_agreement(judgements: pd.DataFrame) -> Estimate:
    """Estimate the share (0-1) of pairs of judgements on the same unit that are equal, with Wilson's interval.

    Chance is not taken out: where one label is common, this is high whatever people do. judgements as in
    `krippendorff_alpha`; a unit judged by more than two counts with the share of its pairs.

    Raises
    ------
    TooFewAnswers
        When no unit was judged by two.

    Source: Gwet (2008), p_a.

    Examples
    --------
    >>> two = pd.DataFrame({"anna": ["slow", "slow", "price"], "ben": ["slow", "price", "price"]})
    >>> round(percent_agreement(two).value, 3)
    0.667
    """
    patterns = collapse_judgements(judgements).keep_pairs()
    return estimate_share(np.repeat(_agree(patterns.counts), patterns.times))


def cohen_kappa(judgements: pd.DataFrame) -> Estimate:
    """Estimate Cohen's kappa of exactly two people: 1 is full agreement, 0 is what their own habits give by chance.

    judgements and the lower bound as in `krippendorff_alpha`.

    Raises
    ------
    NotTwoCoders
        When the table has more or fewer columns than two.
    TooFewAnswers
        When no unit was judged by both.

    Source: Cohen (1960); interval: Fleiss, Cohen & Everitt (1969).

    Examples
    --------
    >>> both = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    >>> kappa = cohen_kappa(pd.DataFrame(both, columns=["anna", "ben"]))
    >>> [round(figure, 3) for figure in (kappa.value, kappa.lo, kappa.hi)]
    [0.4, 0.151, 0.649]
    """
    if judgements.shape[1] != 2:
        raise NotTwoCoders(list(judgements.columns))
    places, labels = number_labels(judgements)
    both = places[(places >= 0).all(axis=1)]
    table = np.zeros((len(labels), len(labels)))
    np.add.at(table, tuple(both.T), 1)
    n, shares = len(both), table / len(both)
    own = shares.sum(axis=1) + shares.sum(axis=0)
    chance = float(shares.sum(axis=1) @ shares.sum(axis=0))
    if (own > 0).sum() < 2:
        return _say_alike("kappa", n)
    kappa = (np.trace(shares) - chance) / (1 - chance)
    if n < LEAST_MIN_N:
        return Estimate(float(kappa), n, np.nan, np.nan, "Cohen's kappa, no interval")
    alike = np.sum(np.diag(shares) * (1 - own * (1 - kappa)) ** 2)
    apart = (1 - kappa) ** 2 * np.sum(
        (shares - np.diag(np.diag(shares))) * (shares.sum(axis=0)[:, None] + shares.sum(axis=1)) ** 2
    )
    variance = (alike + apart - (kappa - chance * (1 - kappa)) ** 2) / (n * (1 - chance) ** 2)
    half = Z * np.sqrt(max(variance, 0.0))
    return _bound(kappa, n, max(kappa - half, -1.0), min(kappa + half, 1.0), "Cohen's kappa", differ=1 - chance)


def gwet_ac1(judgements: pd.DataFrame, *, bootstraps: int = 1000, seed: int = 0) -> Estimate:
    """Estimate Gwet's AC1, which stays near the share of equal judgements where a label is rare and kappa collapses.

    Parameters, Returns and Raises as `krippendorff_alpha` (labels only). Units judged by one person count for how
    common each label is.

    Source: Gwet (2008); interval: percentile bootstrap over units.

    Examples
    --------
    >>> two = pd.DataFrame({"anna": ["no"] * 9 + ["yes"], "ben": ["no"] * 10})
    >>> round(gwet_ac1(two, bootstraps=0).value, 3)
    0.89
    """
    patterns = collapse_judgements(judgements)
    differ = float(_expect_ac1(patterns.times[None, :], patterns.counts)[0])
    measure = partial(_measure_ac1, counts=patterns.counts)
    return _estimate("AC1", patterns, measure, differ=differ, bootstraps=bootstraps, seed=seed)


def fleiss_kappa(judgements: pd.DataFrame, *, bootstraps: int = 1000, seed: int = 0) -> Estimate:
    """Estimate Fleiss' kappa of any number of people: 1 is full agreement, 0 is what the labels give by chance.

    Parameters, Returns and Raises as `krippendorff_alpha` (labels only). Units may have been judged by unlike numbers
    of people; those judged by one are left out.

    Source: Fleiss (1971); interval: percentile bootstrap over units.

    Examples
    --------
    >>> two = pd.DataFrame({"anna": ["slow", "slow", "price"], "ben": ["slow", "price", "price"]})
    >>> round(fleiss_kappa(two, bootstraps=0).value, 3)
    0.333
    """
    patterns = collapse_judgements(judgements).keep_pairs()
    measure, differ = partial(_measure_fleiss, counts=patterns.counts), _expect_difference(patterns)
    return _estimate("Fleiss' kappa", patterns, measure, differ=differ, bootstraps=bootstraps, seed=seed)


def pooled_kappa(judgements: pd.DataFrame, *, bootstraps: int = 1000, seed: int = 0) -> Estimate:
    """Estimate one kappa of exactly two people over several codes, each of them given or not given to every unit.

    Their agreement, and that expected by chance, are averaged over the codes before one is set against the other: a
    rare code cannot ruin the whole as in a mean of kappas, and codes that nobody gives change nothing.

    Parameters
    ----------
    judgements
        One row a unit, two columns; frozensets of codes, missing where a coder did not judge the unit.
    bootstraps, seed
        As in `krippendorff_alpha`.

    Raises
    ------
    NotTwoCoders
        When the table has more or fewer columns than two.
    TooFewAnswers
        When no unit was judged by both.

    Source: de Vries, Elliott, Kanouse & Teleki (2008); interval: percentile bootstrap over units.

    Examples
    --------
    >>> two = pd.DataFrame({"anna": ["a", "ab", "b", "c"], "ben": ["a", "a", "bc", "c"]}).map(frozenset)
    >>> round(pooled_kappa(two, bootstraps=0).value, 3)
    0.667
    """
    if judgements.shape[1] != 2:
        raise NotTwoCoders(list(judgements.columns))
    places, labels = number_labels(judgements, kind="set")
    pairs, times = np.unique(places[(places >= 0).all(axis=1)], axis=0, return_counts=True)
    codes = sorted(set().union(*labels))
    gives = np.array([[code in given for code in codes] for given in labels], dtype=float)[pairs]
    counts = csr_array((np.ones(pairs.size), (np.repeat(np.arange(len(pairs)), 2), pairs.ravel())))
    measure = partial(_measure_pooled, first=gives[:, 0], second=gives[:, 1])
    differ = float(_compare_pooled(times[None, :], first=gives[:, 0], second=gives[:, 1])[1][0])
    patterns = Patterns(labels, counts, times)
    return _estimate("pooled kappa", patterns, measure, differ=differ, bootstraps=bootstraps, seed=seed)


def krippendorff_alpha(
    judgements: pd.DataFrame, *, distance: str = "nominal", bootstraps: int = 1000, seed: int = 0
) -> Estimate:
    """Estimate Krippendorff's alpha: 1 is full agreement, 0 is chance; any number of people, any gaps.

    Parameters
    ----------
    judgements
        One row a unit (a verbatim, a touchpoint), one column a coder; labels, numbers, or frozensets of codes; missing
        where a coder did not judge the unit.
    distance
        "nominal" (same or not), "ordinal", "interval", "ratio" (numbers), "masi" or "jaccard" (sets of codes).
    bootstraps, seed
        Units are drawn again so often for the interval; draws in which nothing varies are skipped, and counted in
        method. The ranks of "ordinal" are those of all judgements in every draw.

    Returns
    -------
    Estimate
        n counts the units that two or more judged. Where all judgements are the same, alpha is undefined, and method
        says so. The lower bound is never above what full agreement on so many units could show (see Source).

    Raises
    ------
    TooFewAnswers
        When no unit was judged by two.
    ParameterError, ScoresOutsideScale
        When the distance is unknown, or asks for numbers and there are others.

    Source: Krippendorff (2011); interval: percentile bootstrap over units. Its cap is ours: none of n units in dispute
    leaves room for a share u of unseen ones (Wilson, 0 of n), so lo is at most 1 - u / (chance that two judgements
    differ). Without it, five units judged alike would give the interval 1 to 1.

    Examples
    --------
    >>> two = pd.DataFrame({"anna": ["slow", "slow", "price"], "ben": ["slow", "price", "price"]})
    >>> round(krippendorff_alpha(two, bootstraps=0).value, 3)
    0.444
    """
    kind = "number" if distance in NUMBER_DISTANCES else "set" if distance in SET_DISTANCES else "label"
    patterns = collapse_judgements(judgements, kind=kind).keep_pairs()
    apart = measure_distances(patterns.labels, patterns.times @ patterns.counts, distance=distance)
    within = patterns.counts.multiply(patterns.counts @ apart).sum(axis=1) / (patterns.counts.sum(axis=1) - 1)
    measure = partial(_measure_alpha, counts=patterns.counts, apart=apart, within=within)
    differ = _expect_difference(patterns)
    return _estimate(f"alpha ({distance})", patterns, measure, differ=differ, bootstraps=bootstraps, seed=seed)


def _estimate(name: str, patterns: Patterns, measure, *, differ: float, bootstraps: int, seed: int) -> Estimate:
    """Estimate one coefficient; differ is the chance that two judgements differ, as the coefficient sees it."""
    n = int(patterns.keep_pairs().times.sum())
    if not differ > 0:
        return _say_alike(name, n)
    value = float(measure(patterns.times[None, :])[0])
    if bootstraps < 1 or n < LEAST_MIN_N:
        return Estimate(value, n, np.nan, np.nan, f"{name}, no interval")
    lo, hi, skipped = bound_by_draws(measure, patterns, bootstraps=bootstraps, seed=seed)
    note = f", {skipped} draws without variation skipped" if skipped else ""
    return _bound(value, n, lo, hi, f"{name}, bootstrap over units{note}", differ=differ)


def _say_alike(name: str, n: int) -> Estimate:
    coefficient = name.partition(" (")[0]
    method = f"all judgements are the same: {coefficient} is undefined (no variation), agreement is 100%"
    return Estimate(np.nan, n, np.nan, np.nan, method)


def _bound(value: float, n: int, lo: float, hi: float, method: str, *, differ: float) -> Estimate:
    """Cap the lower bound by what full agreement on n units could show, differ being the chance that two differ."""
    cap = 1 - estimate_proportion(0, n).hi / differ
    return Estimate(float(value), n, float(min(lo, max(cap, -1.0), value)), float(max(hi, value)), method)


def _expect_difference(patterns: Patterns) -> float:
    labels = patterns.times @ patterns.counts
    return float(1 - labels @ (labels - 1) / (labels.sum() * (labels.sum() - 1)))


def _expect_ac1(draws: np.ndarray, counts: csr_array) -> np.ndarray:
    """Return 1 - chance agreement of AC1; 0 where there is a single label."""
    shares = _share_labels(draws, counts)
    return 1 - (shares * (1 - shares)).sum(axis=1) / (counts.shape[1] - 1) if counts.shape[1] > 1 else 0 * shares[:, 0]


def _share_labels(draws: np.ndarray, counts: csr_array) -> np.ndarray:
    return draws / counts.sum(axis=1) @ counts / draws.sum(axis=1, keepdims=True)


def _agree(counts: csr_array) -> np.ndarray:
    judged = counts.sum(axis=1)
    return (counts.multiply(counts).sum(axis=1) - judged) / (judged * (judged - 1))


def _measure_alpha(draws: np.ndarray, *, counts: csr_array, apart: np.ndarray, within: np.ndarray) -> np.ndarray:
    judged = counts.sum(axis=1)
    totals, labels = draws @ judged, draws @ counts
    expected = np.einsum("bc,bc->b", labels @ apart, labels) / (totals * (totals - 1))
    return _beyond_chance((draws @ within) / totals, expected)


def _measure_fleiss(draws: np.ndarray, *, counts: csr_array) -> np.ndarray:
    observed = 1 - draws @ _agree(counts) / draws.sum(axis=1)
    return _beyond_chance(observed, 1 - np.square(_share_labels(draws, counts)).sum(axis=1))


def _measure_ac1(draws: np.ndarray, *, counts: csr_array) -> np.ndarray:
    is_pair = counts.sum(axis=1) >= 2
    pairs = draws[:, is_pair]
    units = pairs.sum(axis=1)
    observed = 1 - pairs @ _agree(counts[is_pair]) / np.where(units > 0, units, 1)
    return _beyond_chance(observed, np.where(units > 0, _expect_ac1(draws, counts), 0.0))


def _measure_pooled(draws: np.ndarray, *, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return _beyond_chance(*_compare_pooled(draws, first=first, second=second))


def _compare_pooled(draws: np.ndarray, *, first: np.ndarray, second: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return how much two people differ, and would by chance, as sums over the codes: their ratio is that of means."""
    units = draws.sum(axis=1, keepdims=True)
    one, other, differ = (draws @ gives / units for gives in (first, second, first != second))
    return differ.sum(axis=1), (one * (1 - other) + other * (1 - one)).sum(axis=1)


def _beyond_chance(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Return 1 - observed / expected disagreement; NaN where nothing varies."""
    return np.where(expected > 0, 1 - observed / np.where(expected > 0, expected, 1.0), np.nan)
