"""How much of a change comes from the groups, and how much from their sizes."""

from typing import NamedTuple

import numpy as np


class Split(NamedTuple):
    """A total before and after, and its change as rate effect (groups changed) plus mix effect (their sizes did)."""

    before: float
    after: float
    rate: float
    mix: float


def split_change(now: tuple, before: tuple) -> Split:
    """Split the change of a total into rate and mix; each side is (sizes of the groups, values of the groups).

    Sizes become shares that sum to one. A group without a value may have size 0 only.

    Source: Kitagawa (1955): rate = sum (r2 - r1)(w1 + w2) / 2, mix = sum (w2 - w1)(r1 + r2) / 2.

    Examples
    --------
    >>> split_change(([25, 75], [64, 24]), ([50, 50], [60, 20]))
    Split(before=40.0, after=34.0, rate=4.0, mix=-10.0)
    """
    (weights, values), (weights_before, values_before) = (_share(*side) for side in (now, before))
    rate = np.sum((values - values_before) * (weights_before + weights) / 2)
    mix = np.sum((weights - weights_before) * (values_before + values) / 2)
    return Split(float(weights_before @ values_before), float(weights @ values), float(rate), float(mix))


def _share(sizes, values) -> tuple[np.ndarray, np.ndarray]:
    sizes = np.asarray(sizes, dtype=float)
    return sizes / sizes.sum(), np.asarray(values, dtype=float)
