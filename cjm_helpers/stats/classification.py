"""How good a machine's yes or no is beside what people said, and what its count is worth once corrected."""

from typing import NamedTuple

import numpy as np

from cjm_helpers.errors import CjmError
from cjm_helpers.stats.intervals import LEVEL, Estimate, Z

DIGITS = 3
BINS = 10
NUMBERS_AT_ONCE = 2**22
LEAST_SKILL = 0.2  # sensitivity + specificity - 1: below, a correction is mostly noise
WILSON_ADDED, TEST_ADDED = Z**2, 2


class Figure(NamedTuple):
    """A measured figure and its interval over people."""

    value: float
    lo: float
    hi: float


def choose_threshold(probabilities: np.ndarray, carries: np.ndarray) -> float:
    """Return the probability from which to say yes, so that F1 is highest; half-way to the next lower one.

    Examples
    --------
    >>> choose_threshold(np.array([0.9, 0.8, 0.3, 0.1]), np.array([True, True, False, False]))
    0.55
    """
    order = np.argsort(-probabilities, kind="stable")
    sorted_down, right = probabilities[order], np.cumsum(carries[order])
    is_last = np.append(sorted_down[1:] < sorted_down[:-1], True)  # of equal probabilities all or none are above
    scores = np.where(is_last, 2 * right / (np.arange(1, len(order) + 1) + carries.sum()), -1.0)
    best = int(scores.argmax())
    below = sorted_down[best + 1] if best + 1 < len(order) else 0.0
    return float(np.ceil((sorted_down[best] + below) / 2 * 10**DIGITS - 1e-6) / 10**DIGITS)


def decide_out_of_fold(scores: np.ndarray, carries: np.ndarray, *, folds: np.ndarray) -> np.ndarray:
    """Say yes or no for each text and label, by a threshold chosen on the texts of the other folds.

    Examples
    --------
    >>> scores, carries = np.array([[0.9], [0.2]] * 4), np.array([[True], [False]] * 4)
    >>> decide_out_of_fold(scores, carries, folds=np.arange(8) // 2).ravel().tolist()
    [True, False, True, False, True, False, True, False]
    """
    says_yes = np.zeros(carries.shape, dtype=bool)
    for fold in np.unique(folds):
        for label in range(carries.shape[1]):
            threshold = choose_threshold(scores[folds != fold, label], carries[folds != fold, label])
            says_yes[folds == fold, label] = scores[folds == fold, label] >= threshold
    return says_yes


def draw_totals(counts: np.ndarray, groups: np.ndarray, *, bootstraps: int = 1000, seed: int = 0) -> np.ndarray:
    """Return the totals of counts over all texts (first row), then over people drawn again, one row a draw.

    Parameters
    ----------
    counts
        One row a text.
    groups
        Who said each text, as numbers from 0.

    Examples
    --------
    >>> draw_totals(np.array([[1.0], [1.0], [0.0]]), np.array([0, 0, 1]), bootstraps=3).ravel().tolist()
    [2.0, 0.0, 2.0, 4.0]
    """
    people = int(groups.max()) + 1
    by_person = np.zeros((people, counts.shape[1]))
    np.add.at(by_person, groups, counts)
    random, parts = np.random.default_rng(seed), [by_person.sum(axis=0)[None, :]]
    at_once = max(1, NUMBERS_AT_ONCE // people)
    for done in range(0, bootstraps, at_once):
        drawn = [np.bincount(random.integers(people, size=people), minlength=people)
                 for _ in range(min(at_once, bootstraps - done))]  # fmt: skip
        parts.append(np.stack(drawn).astype(float) @ by_person)
    return np.concatenate(parts)


def divide(over: np.ndarray, under: np.ndarray) -> np.ndarray:
    """Return the ratio of totals, NaN where there is nothing to divide by.

    Examples
    --------
    >>> divide(np.array([1.0, 0.0]), np.array([2.0, 0.0])).tolist()
    [0.5, nan]
    """
    return np.divide(over, under, out=np.full(np.shape(under), np.nan), where=np.asarray(under) > 0)


def bound_figure(draws: np.ndarray) -> Figure:
    """Return the first number with the percentile interval of the others; draws without a value are skipped.

    Examples
    --------
    >>> bound_figure(np.array([0.5, 0.4, 0.6]))
    Figure(value=0.5, lo=0.405, hi=0.595)
    """
    known = draws[1:][~np.isnan(draws[1:])]
    if np.isnan(draws[0]) or not len(known):
        return Figure(float(draws[0]), np.nan, np.nan)
    lo, hi = np.quantile(known, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]).round(12)
    return Figure(float(draws[0]), float(min(lo, draws[0])), float(max(hi, draws[0])))


def measure_brier_skill(probabilities: np.ndarray, carries: np.ndarray) -> float:
    """Return how much better probabilities are than always saying the share: 1 = perfect, 0 = no better.

    Source: 1 - B / (p (1 - p)), B the mean squared error (Brier 1950); always-no's F1 is 0 by definition.

    Examples
    --------
    >>> round(measure_brier_skill(np.array([0.9, 0.1]), np.array([True, False])), 2)
    0.96
    """
    share = carries.mean()
    brier = np.square(probabilities - carries).mean()
    return float(1 - brier / (share * (1 - share))) if 0 < share < 1 else np.nan


def measure_calibration(probabilities: np.ndarray, carries: np.ndarray) -> float:
    """Return how far probabilities are from the share that comes true, in ten bins of equal width (ECE).

    Source: expected calibration error, Naeini, Cooper & Hauskrecht (2015).

    Examples
    --------
    >>> measure_calibration(np.array([0.5, 0.5]), np.array([True, False]))
    0.0
    """
    bins = np.minimum((probabilities * BINS).astype(int), BINS - 1)
    gaps = np.bincount(bins, weights=probabilities - carries, minlength=BINS)
    return float(np.abs(gaps).sum() / len(probabilities))


def correct_share(
    share: float, n: float, *, sensitivity: tuple[float, float], specificity: tuple[float, float]
) -> Estimate:
    """Correct the share of texts to which a machine said yes for what it misses and what it says too much.

    Parameters
    ----------
    share, n
        Share (0-1) of the machine's yes, and how many people it rests on.
    sensitivity, specificity
        Each with the number of people that it was measured on.

    Raises
    ------
    CjmError
        When sensitivity + specificity - 1 is below 0.2, so that a correction would be mostly noise; when the share is
        one that a machine with these faults would hardly reach, so that they do not hold here.

    Source: p = (q + sp - 1) / (se + sp - 1), Rogan & Gladen (1978), kept within 0 and 1; interval: Lang & Reiczigel
    (2014), which takes in that sensitivity and specificity are measured, too.

    Examples
    --------
    >>> corrected = correct_share(0.30, 200, sensitivity=(0.8, 100), specificity=(0.9, 300))
    >>> round(corrected.value, 4), round(corrected.lo, 2), round(corrected.hi, 2)
    (0.2857, 0.19, 0.4)
    """
    (se, n_se), (sp, n_sp) = sensitivity, specificity
    if not se + sp - 1 >= LEAST_SKILL:
        skill = f"sensitivity + specificity - 1 is {se + sp - 1:.2f}, {LEAST_SKILL} is needed"
        raise CjmError(f"the machine's answers tell too little of what people would say ({skill}).")
    value = float(np.clip((share + sp - 1) / (se + sp - 1), 0, 1))
    n_q, n_se, n_sp = n + WILSON_ADDED, n_se + TEST_ADDED, n_sp + TEST_ADDED
    q = (share * n + WILSON_ADDED / 2) / n_q
    se, sp = (se * (n_se - TEST_ADDED) + 1) / n_se, (sp * (n_sp - TEST_ADDED) + 1) / n_sp
    middle = (q + sp - 1) / (se + sp - 1)
    of_se, of_sp = se * (1 - se) / n_se, sp * (1 - sp) / n_sp
    half = Z * np.sqrt(q * (1 - q) / n_q + of_se * middle**2 + of_sp * (1 - middle) ** 2) / abs(se + sp - 1)
    shifted = middle + 2 * Z**2 * (middle * of_se - (1 - middle) * of_sp)
    if shifted + half <= 0 or shifted - half >= 1:
        raise CjmError("the machine's answers do not fit the faults it had on what people coded: these texts differ.")
    lo, hi = (float(np.clip(end, 0, 1)) for end in (shifted - half, shifted + half))
    return Estimate(value, int(n), min(lo, value), max(hi, value), "Rogan-Gladen, Lang-Reiczigel interval")
