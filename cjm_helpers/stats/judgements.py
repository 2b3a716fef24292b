"""Judgements made ready for agreement: equal units counted once, so that drawing them again is quick."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from cjm_helpers.errors import ScoresOutsideScale, TooFewAnswers
from cjm_helpers.stats.intervals import LEVEL

NUMBERS_AT_ONCE = 2**22


class Patterns(NamedTuple):
    """Units that were judged alike, as one row: how often each label was given, and how many such units there are.

    counts is sparse: ten thousand verbatims carry thousands of unlike sets of codes, and each a few of them.
    """

    labels: list
    counts: csr_array
    times: np.ndarray

    def keep_pairs(self) -> "Patterns":
        """Return the patterns that two or more people judged."""
        is_pair = self.counts.sum(axis=1) >= 2
        return self._replace(counts=self.counts[is_pair], times=self.times[is_pair])


def collapse_judgements(judgements: pd.DataFrame, *, kind: str = "label") -> Patterns:
    """Count the labels of each unit, then the units of each pattern, in an order that rows and columns cannot change.

    Parameters
    ----------
    judgements
        One row a unit, one column a coder; missing where a coder did not judge the unit.
    kind
        "label", "number", or "set" (frozensets of codes).

    Raises
    ------
    TooFewAnswers
        When no unit was judged by two.
    ScoresOutsideScale
        When numbers are asked for and there are others.

    Examples
    --------
    >>> two = pd.DataFrame({"anna": ["slow", "slow", "price"], "ben": ["slow", "price", "slow"]})
    >>> patterns = collapse_judgements(two)
    >>> patterns.labels, patterns.counts.toarray().tolist(), patterns.times.tolist()
    (['price', 'slow'], [[1.0, 1.0], [0.0, 2.0]], [2, 1])
    """
    places, labels = number_labels(judgements, kind=kind)
    places = np.sort(places[(places >= 0).any(axis=1)], axis=1)
    rows, times = _count_rows(places[:, -(places >= 0).sum(axis=1).max() :], labels=len(labels))
    at = np.nonzero(rows >= 0)
    counts = csr_array((np.ones(len(at[0])), (at[0], rows[at])), shape=(len(rows), len(labels)))
    return Patterns(labels, counts, times)


def number_labels(judgements: pd.DataFrame, *, kind: str = "label") -> tuple[np.ndarray, list]:
    """Return the judgements as numbers 0, 1, 2 ... (-1 where missing), and the label behind each number, in order.

    kind and Raises as in `collapse_judgements`.

    Examples
    --------
    >>> places, labels = number_labels(pd.DataFrame({"anna": ["slow", None], "ben": ["price", "slow"]}))
    >>> places.tolist(), labels
    ([[1, 0], [-1, 1]], ['price', 'slow'])
    """
    codes, labels = pd.factorize(_read_values(judgements, kind=kind))
    order = sorted(range(len(labels)), key=lambda place: _key(labels[place], kind=kind))
    places = np.append(np.argsort(order), -1)[codes].reshape(judgements.shape)
    if not ((places >= 0).sum(axis=1) >= 2).any():
        remedy = "Let a second person judge some of them."
        raise TooFewAnswers("Agreement (things read by two)", 0, 1, remedy)
    return places, [labels[place] for place in order]


def bound_by_draws(measure: Callable, patterns: Patterns, *, bootstraps: int, seed: int) -> tuple[float, float, int]:
    """Return the percentile interval of a measure over units drawn again, and how many draws had no value.

    measure takes draws (one row a draw, one column a pattern: how often it came up) and returns a number a draw. To
    draw units is to draw patterns from a multinomial, so 50,000 units cost no more than 50.

    Examples
    --------
    >>> one_kind = Patterns(["slow"], csr_array([[2.0]]), np.array([7]))
    >>> lo, hi, skipped = bound_by_draws(lambda draws: draws[:, 0], one_kind, bootstraps=9, seed=0)
    >>> float(lo), float(hi), skipped
    (7.0, 7.0, 0)
    """
    random, units = np.random.default_rng(seed), patterns.times.sum()
    at_once = max(1, NUMBERS_AT_ONCE // len(patterns.times))
    parts = [
        measure(random.multinomial(units, patterns.times / units, size=min(at_once, bootstraps - done)))
        for done in range(0, bootstraps, at_once)
    ]
    draws = np.concatenate(parts)
    skipped = int(np.isnan(draws).sum())
    if skipped == bootstraps:
        return np.nan, np.nan, skipped
    lo, hi = np.nanquantile(draws, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(lo), float(hi), skipped


def _count_rows(rows: np.ndarray, *, labels: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the unlike rows in order and how often each stands there, faster than np.unique does by rows."""
    keys = np.zeros(len(rows), dtype=np.int64)
    for column in rows.T:
        keys = np.unique(keys * (labels + 1) + column, return_inverse=True)[1]
    _, first, times = np.unique(keys, return_index=True, return_counts=True)
    return rows[first], times


def _read_values(judgements: pd.DataFrame, *, kind: str) -> np.ndarray:
    values = judgements.to_numpy().ravel()
    if kind != "number":
        return values
    numbers = pd.to_numeric(pd.Series(values), errors="coerce").to_numpy(dtype=float)
    given = ~pd.isna(values)
    if np.isnan(numbers[given]).any():
        raise ScoresOutsideScale(
            "Agreement on a scale", int(np.isnan(numbers[given]).sum()), int(given.sum()), "numbers"
        )
    return numbers


def _key(label, *, kind: str):
    return label if kind == "number" else sorted(map(str, label)) if kind == "set" else str(label)
