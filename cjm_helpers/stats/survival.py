"""How long something takes when some are still waiting: shares by day, the median, and two groups compared."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import chdtrc  # scipy.stats and statsmodels cost a second to import for the same numbers

from cjm_helpers.errors import NumberRefused
from cjm_helpers.stats.intervals import NO_ANSWERS, Estimate, Z, effective_n, estimate_proportion

HALF = 0.5
ROUNDING = 1e-9
NOT_FOLLOWED = "nobody was followed so long"


class LogRank(NamedTuple):
    """Two groups of durations compared: chi2 has one degree of freedom, p is two-sided."""

    chi2: float
    p: float


def estimate_survival(durations, *, is_censored=None, weights=None) -> pd.DataFrame:
    """Estimate the share still waiting after each duration at which something happened.

    Parameters
    ----------
    durations
        One a person, 0 or more, in any unit; NaN is left out.
    is_censored
        True where it had not happened yet when the person was last seen; without it, it happened to all.
    weights
        One survey weight a person; all are scaled to what the people are worth, as effective_n says.

    Returns
    -------
    DataFrame
        duration, at_risk (people still waiting just before), happened, value (share still waiting, 0-1), lo, hi. Where
        nobody waits any longer, lo and hi are 0.

    Raises
    ------
    NumberRefused
        When a duration is negative.

    Source: Kaplan & Meier (1958); interval: Greenwood's variance on the log(-log) scale (Kalbfleisch & Prentice 1980).

    Examples
    --------
    >>> estimate_survival([4, 7, 30], is_censored=[False, False, True])["value"].round(3).tolist()
    [0.667, 0.333]
    """
    durations, happened, weights = _clean(durations, is_censored, weights)
    times, place = np.unique(durations, return_inverse=True)
    events = np.bincount(place, weights=weights * happened, minlength=len(times))
    leaving = np.bincount(place, weights=weights, minlength=len(times))
    at_risk = leaving[::-1].cumsum()[::-1]
    staying = at_risk - events
    share = np.cumprod(staying / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):  # shares of 0 and 1 have no spread; the latter fall out below
        greenwood = np.cumsum(np.where(staying > 0, events / (at_risk * staying), 0.0))
        spread = np.exp(Z * np.sqrt(greenwood) / np.abs(np.log(share)))
        lo, hi = share**spread, share ** (1 / spread)
    table = {"duration": times, "at_risk": at_risk, "happened": events, "value": share, "lo": lo, "hi": hi}
    return pd.DataFrame(table)[events > 0].reset_index(drop=True)


def estimate_duration(durations, *, share: float = HALF, is_censored=None, weights=None) -> Estimate:
    """Estimate the duration after which it has happened to half of the people, or to another share of them.

    durations, is_censored and weights are those of estimate_survival. The value is NaN where fewer than that share were
    seen to get there, hi where the interval stays open; the longest duration closes it when all got there.

    Source: Kaplan & Meier (1958); interval: Brookmeyer & Crowley (1982), where the bounds of the curve cross the share.

    Examples
    --------
    >>> estimate_duration([6, 9, 13, 20, 31], is_censored=[False, False, False, True, True])[:2]
    (13.0, 5)
    """
    n = len(_clean(durations, is_censored, weights)[0])
    if not n:
        return Estimate(np.nan, 0, np.nan, np.nan, NO_ANSWERS)
    curve = estimate_survival(durations, is_censored=is_censored, weights=weights)
    waiting = 1 - share
    value = _cross(curve, "value", waiting)
    touches = np.isclose(curve["value"], waiting, rtol=0, atol=ROUNDING) & curve["duration"].eq(value)
    if touches.any() and not touches.iloc[-1]:  # the curve rests on the share: halfway to the next step, as medians are
        value = (value + curve["duration"].iloc[touches.argmax() + 1]) / 2
    name = "median" if share == HALF else f"time until {share:.0%}"
    return Estimate(float(value), n, _cross(curve, "lo", waiting), _cross(curve, "hi", waiting), f"Kaplan-Meier {name}")


def estimate_share_within(durations, *, within: float, is_censored=None, weights=None) -> Estimate:
    """Estimate the share of people to whom it has happened by a duration.

    durations, is_censored and weights are those of estimate_survival; within has the unit of the durations. The value
    is NaN where nobody was followed so long and some are still waiting.

    Source: Kaplan & Meier (1958); where all or none got there, Wilson over those followed so long (ours).

    Examples
    --------
    >>> round(estimate_share_within([4, 7, 30], within=8, is_censored=[False, False, True]).value, 3)
    0.667
    """
    cleaned, happened, _ = _clean(durations, is_censored, weights)
    curve = estimate_survival(durations, is_censored=is_censored, weights=weights)
    last = curve[curve["duration"].le(within)].tail(1)
    waiting = float(last["value"].iloc[0]) if len(last) else 1.0
    if not len(cleaned):
        return Estimate(np.nan, 0, np.nan, np.nan, NO_ANSWERS)
    if within > cleaned.max() and waiting > 0:
        return Estimate(np.nan, len(cleaned), np.nan, np.nan, NOT_FOLLOWED)
    if 0 < waiting < 1:
        return Estimate(1 - waiting, len(cleaned), 1 - last["hi"].iloc[0], 1 - last["lo"].iloc[0], "Kaplan-Meier")
    followed = int((happened | (cleaned >= within)).sum())
    return estimate_proportion((1 - waiting) * followed, followed)._replace(n=len(cleaned))


def compare_durations(durations, other, *, is_censored=None, other_is_censored=None) -> LogRank:
    """Test whether something takes two groups of people equally long, by the log-rank test.

    durations and is_censored are those of estimate_survival, other and other_is_censored the same for the second group.
    Both figures are NaN where nothing happened while people of both groups were waiting.

    Raises
    ------
    NumberRefused
        When a duration is negative.

    Source: Mantel (1966).

    Examples
    --------
    >>> round(compare_durations([1, 2, 3, 4], [5, 6, 7, 8]).chi2, 2)
    7.34
    """
    first, first_happened, _ = _clean(durations, is_censored, None)
    second, second_happened, _ = _clean(other, other_is_censored, None)
    times = np.unique(np.concatenate([first[first_happened], second[second_happened]]))
    ours, theirs = (len(group) - np.searchsorted(group, times).astype(float) for group in (first, second))
    our_events = _count_equal(first[first_happened], times)
    waiting, happened = ours + theirs, our_events + _count_equal(second[second_happened], times)
    surplus = np.sum(our_events - happened * ours / waiting)
    pairs = np.maximum(waiting - 1, 1)
    variance = np.sum(happened * ours * theirs * (waiting - happened) / (waiting**2 * pairs))
    chi2 = float(surplus**2 / variance) if variance > 0 else np.nan
    return LogRank(chi2, float(chdtrc(1, chi2)))


def _clean(durations, is_censored, weights) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return durations, whether it happened, and weights scaled to what people are worth, without those who miss."""
    durations = np.asarray(durations, dtype=float)
    happened = ~np.asarray(np.zeros(len(durations)) if is_censored is None else is_censored, dtype=bool)
    weights = np.ones(len(durations)) if weights is None else np.asarray(weights, dtype=float)
    is_there = ~np.isnan(durations) & (weights > 0)
    durations, happened, weights = durations[is_there], happened[is_there], weights[is_there]
    if (durations < 0).any():
        raise NumberRefused("A duration", float(durations.min()), "durations of 0 or more")
    order = np.lexsort((weights, happened, durations))
    scale = effective_n(weights) / weights.sum() if len(weights) else 1.0
    return durations[order], happened[order], weights[order] * scale


def _count_equal(durations: np.ndarray, times: np.ndarray) -> np.ndarray:
    return np.searchsorted(durations, times, side="right") - np.searchsorted(durations, times)


def _cross(curve: pd.DataFrame, column: str, waiting: float) -> float:
    """Return the first duration at which a column of the curve has fallen to that share of people waiting."""
    is_there = curve[column].le(waiting + ROUNDING)
    return float(curve.loc[is_there, "duration"].iloc[0]) if is_there.any() else np.nan
