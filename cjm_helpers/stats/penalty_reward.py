"""What a very bad and a very good rating do to an outcome: the penalty-reward contrast."""

from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from cjm_helpers.errors import TooFewAnswers
from cjm_helpers.stats.intervals import UPPER, Estimate

LEAST_IN_BOX = 2  # below, a group has no spread
METHOD = "two dummies, HC3"


class PenaltyReward(NamedTuple):
    """Penalty and reward against the middle, and difference = -penalty - reward: above 0 where the bad weighs more."""

    base: float
    penalty: Estimate
    reward: Estimate
    difference: Estimate


def estimate_penalty_reward(outcome, *, is_low, is_high, weights=None) -> PenaltyReward:
    """Estimate how far the outcome lies lower after a very bad rating, and higher after a very good one.

    Parameters
    ----------
    outcome
        One number a customer, higher is better.
    is_low, is_high
        Whether the customer's rating stood in the lowest or in the highest box; all others are the middle.
    weights
        Optional survey weights.

    Returns
    -------
    PenaltyReward
        In units of the outcome; base is the mean of the middle, n counts all customers.

    Raises
    ------
    TooFewAnswers
        With fewer than two customers in a box or in the middle.

    Source: Brandt (1988); Mikulic & Prebezac (2011); errors HC3 (MacKinnon & White 1985), with t. Two dummies fit the
    mean of each group, so that the regression needs no matrix.

    Examples
    --------
    >>> outcome, score = np.array([2, 3, 2, 6, 7, 6, 7, 8, 7]), np.repeat([1, 3, 5], 3)
    >>> contrast = estimate_penalty_reward(outcome, is_low=score == 1, is_high=score == 5)
    >>> [round(one.value, 3) for one in contrast[1:]]
    [-4.0, 1.0, 3.0]
    """
    outcome, is_low, is_high = (
        np.asarray(outcome, dtype=float),
        np.asarray(is_low, dtype=bool),
        np.asarray(is_high, dtype=bool),
    )
    weights = np.ones(len(outcome)) if weights is None else np.asarray(weights, dtype=float)
    groups = {"lowest box": is_low, "middle": ~is_low & ~is_high, "highest box": is_high}
    for name, members in groups.items():
        count = int((members & (weights > 0)).sum())
        if count < LEAST_IN_BOX:
            raise TooFewAnswers(f"Penalty and reward (answers in the {name})", count, LEAST_IN_BOX)
    means, variances = zip(*(_average(outcome[its], weights[its]) for its in groups.values()), strict=True)
    contrasts = ([1, -1, 0], [0, -1, 1], [-1, 2, -1])
    estimates = [_contrast(np.array(one), means, variances, n=len(outcome)) for one in contrasts]
    return PenaltyReward(means[1], *estimates)


def _average(values: np.ndarray, weights: np.ndarray) -> tuple[float, float]:
    """Return a group's mean and its HC3 variance: each residual divided by what its own weight leaves."""
    order = np.lexsort((weights, values))  # so that the order of rows cannot reach the last digit
    values, shares = values[order], weights[order] / weights[order].sum()
    mean = shares @ values
    return float(mean), float(np.square(shares * (values - mean) / (1 - shares)).sum())


def _contrast(factors: np.ndarray, means, variances, *, n: int) -> Estimate:
    value = float(factors @ means)
    half = float(stdtrit(n - len(factors), UPPER) * np.sqrt(np.square(factors) @ variances))
    return Estimate(value, n, value - half, value + half, METHOD)
