"""How many things there are when each person names only some of them."""

import numpy as np

from cjm_helpers.stats.intervals import Estimate, Z


def estimate_richness(counts, *, people: int) -> Estimate:
    """Estimate how many things there are, named or not, from how many people named each: Chao2, a lower bound.

    Things that only one person named tell of things nobody named. People must have named them independently.

    Parameters
    ----------
    counts
        For each thing that was named, by how many people.
    people
        How many people named things.

    Returns
    -------
    Estimate
        value (things in all), n (people), lo (never under the things named) and hi. With fewer than two people, or
        nothing named, there is no estimate.

    Source: Chao (1987), bias-corrected: S + (m - 1)/m x Q1 (Q1 - 1) / (2 (Q2 + 1)); her log-normal interval, and, where
    the estimate is that nothing was missed, the Poisson bound, both as EstimateS (Colwell 2013) gives them.

    Examples
    --------
    >>> estimate_richness([1] * 4 + [2] * 3 + [3] * 7, people=8).value
    15.3125
    """
    counts = np.asarray(counts, dtype=float)
    named = int((counts > 0).sum())
    if people < 2 or not named:
        why = "nothing was named" if not named else "fewer than two people named anything"
        return Estimate(np.nan, people, np.nan, np.nan, why)
    once, twice = int((counts == 1).sum()), int((counts == 2).sum())
    share = (people - 1) / people
    missed = share * once * (once - 1) / (2 * (twice + 1))
    if missed == 0:
        return Estimate(float(named), people, *_bound_unseen(named, counts.sum()), "Chao2, Poisson")
    variance = _vary(once, twice, share=share, total=named + missed)
    factor = np.exp(Z * np.sqrt(np.log1p(variance / missed**2)))
    return Estimate(named + missed, people, float(named + missed / factor), float(named + missed * factor), "Chao2")


def _vary(once: int, twice: int, *, share: float, total: float) -> float:
    variance = share * once * (once - 1) / (2 * (twice + 1)) + (share * (2 * once - 1) / (twice + 1)) ** 2 * once / 4
    if twice == 0:
        return variance - (share * once**2) ** 2 / (4 * total)
    return variance + (share * once * (once - 1)) ** 2 * twice / (4 * (twice + 1) ** 4)


def _bound_unseen(named: int, mentions: float) -> tuple[float, float]:
    unseen = np.exp(-mentions / named)
    half = Z * np.sqrt(named * unseen * (1 - unseen))
    return float(max(named, (named - half) / (1 - unseen))), float((named + half) / (1 - unseen))
