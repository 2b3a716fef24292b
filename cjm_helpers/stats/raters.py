"""How far a few raters on a scale can be trusted: intraclass correlation, and the middle of their ratings."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import bdtr, fdtri

from cjm_helpers.errors import ParameterError, TooFewAnswers
from cjm_helpers.stats.intervals import LEVEL, NO_ANSWERS, UPPER, Estimate, estimate_mean

KINDS = ("A,1", "A,k", "C,1", "C,k")
NO_SPREAD = 1e-12
SKEWED_FROM = 1 / 8  # of the scale: half a point from 1 to 5


class Squares(NamedTuple):
    """Mean squares of a table of units by raters: between units, between raters, and what is left."""

    units: float
    raters: float
    rest: float


def intraclass_correlation(judgements: pd.DataFrame, *, kind: str = "A,k") -> Estimate:
    """Estimate the intraclass correlation of raters who all rated the same units: 1 is full agreement.

    Parameters
    ----------
    judgements
        One row a unit, one column a rater, numbers; a unit that somebody did not rate is left out.
    kind
        "A" asks that raters agree on the level, "C" only on the order; "1" speaks of one rater, "k" of their average.

    Returns
    -------
    Estimate
        n counts the units rated by all. Where nothing differs between units the coefficient is undefined, and where
        all agree it has no interval; method says so. A lower end without bound is minus infinity.

    Raises
    ------
    ParameterError
        When the kind is not known.
    TooFewAnswers
        With fewer than two raters, or two units that all of them rated.

    Source: Shrout & Fleiss (1979) ICC(2, .) and ICC(3, .); names and F intervals: McGraw & Wong (1996).

    Examples
    --------
    >>> ratings = pd.DataFrame({"anna": [1, 2, 4, 5], "ben": [2, 2, 5, 5], "chiara": [1, 3, 4, 4]})
    >>> round(intraclass_correlation(ratings).value, 3)
    0.957
    """
    if kind not in KINDS:
        raise ParameterError("kind", kind, KINDS)
    complete = judgements.sort_index().sort_index(axis=1).dropna().to_numpy(dtype=float)
    for subject, count in zip(("units rated by all", "raters"), complete.shape, strict=True):
        if count < 2:
            raise TooFewAnswers(f"Intraclass correlation ({subject})", count, 2)
    squares, (units, raters) = _split_squares(complete), complete.shape
    value = _correlate(squares, units, raters, kind=kind)
    if np.isnan(value):
        return Estimate(np.nan, units, np.nan, np.nan, f"ICC({kind}) is undefined: units differ too little")
    is_level = kind[0] == "A"
    if squares.rest + is_level * squares.raters <= NO_SPREAD:
        return Estimate(1.0, units, np.nan, np.nan, f"ICC({kind}), all agree: no interval")
    lo, hi = (_bound_agreement if is_level else _bound_consistency)(squares, units, raters)
    if kind[-1] == "k":
        lo, hi = _average(lo, raters), _average(hi, raters)
    return Estimate(value, units, min(lo, value), max(hi, value), f"ICC({kind}), F interval")


def estimate_rating(ratings, *, low: float, high: float) -> Estimate:
    """Estimate what raters say on a scale: their mean with a t interval, or their median where they are skewed.

    Skewed means that mean and median lie an eighth of the scale apart (ours). The median's interval runs between two
    ratings in order; under six raters no two of them hold it in 95% of cases, and method says so.

    Source: Student's t; order statistics of the median (Conover 1999).

    Examples
    --------
    >>> estimate_rating([2, 3, 3], low=1, high=5).method, estimate_rating([1, 1, 4], low=1, high=5)[:2]
    ('t', (1.0, 3))
    """
    ratings = np.sort(np.asarray(ratings, dtype=float))
    ratings = ratings[~np.isnan(ratings)]
    if not len(ratings):
        return Estimate(np.nan, 0, np.nan, np.nan, NO_ANSWERS)
    median = float(np.median(ratings))
    if abs(ratings.mean() - median) < SKEWED_FROM * (high - low):
        return estimate_mean(ratings, low=low, high=high)
    place = int((bdtr(np.arange(len(ratings)), len(ratings), 0.5) <= 1 - UPPER).sum())
    if not place:
        return Estimate(median, len(ratings), np.nan, np.nan, f"median (skewed), too few raters for {LEVEL:.0%}")
    return Estimate(median, len(ratings), float(ratings[place - 1]), float(ratings[-place]), "median (skewed)")


def _split_squares(ratings: np.ndarray) -> Squares:
    units, raters = ratings.shape
    mean, by_unit, by_rater = ratings.mean(), ratings.mean(axis=1), ratings.mean(axis=0)
    rest = ratings - by_unit[:, None] - by_rater + mean
    return Squares(
        units=float(raters * np.square(by_unit - mean).sum() / (units - 1)),
        raters=float(units * np.square(by_rater - mean).sum() / (raters - 1)),
        rest=float(np.square(rest).sum() / ((units - 1) * (raters - 1))),
    )


def _correlate(squares: Squares, units: int, raters: int, *, kind: str) -> float:
    """Return the coefficient of one rater or of the average; NaN where it has no meaning."""
    between, whole = squares.units - squares.rest, squares.units + (raters - 1) * squares.rest
    if kind[0] == "A":
        whole += raters / units * (squares.raters - squares.rest)
    if squares.units <= NO_SPREAD or whole <= NO_SPREAD:
        return np.nan
    value = between / whole if kind[-1] == "1" else _average(between / whole, raters)
    return value if np.isfinite(value) else np.nan


def _average(one: float, raters: int) -> float:
    """Return the reliability of the average from that of one rater (Spearman-Brown)."""
    whole = 1 + (raters - 1) * one
    return raters * one / whole if whole > NO_SPREAD else -np.inf


def _bound_consistency(squares: Squares, units: int, raters: int) -> tuple[float, float]:
    ratio, freedom = squares.units / squares.rest, (units - 1) * (raters - 1)
    low = ratio / fdtri(units - 1, freedom, UPPER)
    high = ratio * fdtri(freedom, units - 1, UPPER)
    return tuple(float((one - 1) / (one + raters - 1)) for one in (low, high))


def _bound_agreement(squares: Squares, units: int, raters: int) -> tuple[float, float]:
    """Bound one rater's agreement with Satterthwaite's degrees of freedom."""
    one = _correlate(squares, units, raters, kind="A,1")
    of_raters = raters * one / (units * (1 - one)) * squares.raters
    of_rest = (1 + raters * one * (units - 1) / (units * (1 - one))) * squares.rest
    parts = of_raters**2 / (raters - 1) + of_rest**2 / ((units - 1) * (raters - 1))
    freedom = (of_raters + of_rest) ** 2 / parts
    noise = raters * squares.raters + (raters * units - raters - units) * squares.rest
    above, below = fdtri(units - 1, freedom, UPPER), fdtri(freedom, units - 1, UPPER)
    lo = (
        units * (squares.units / above - squares.rest) / (noise + units * squares.units / above)
    )  # above may be infinite
    hi = units * (below * squares.units - squares.rest) / (noise + units * below * squares.units)
    return float(lo), float(hi)
