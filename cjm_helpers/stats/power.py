"""How large a difference a sample can show, and how many people it takes to show one."""

from math import ceil, sqrt

from scipy.special import ndtri

from cjm_helpers.errors import NumberRefused
from cjm_helpers.stats.intervals import Z

ROUNDING = 1e-9  # a whole number of people that arithmetic missed by a hair is that number, not one more


def minimum_detectable_difference(
    variance: float, *, n: int, n_other: int | None = None, power: float | None = None
) -> float:
    """Return the smallest difference between two samples whose 95% interval would leave out zero.

    Parameters
    ----------
    variance
        Of one person's answer, in the unit squared: p (1 - p) for a proportion, the standard deviation squared for a
        mean, 100 squared x nps_variance for NPS in points.
    n, n_other
        People in the two samples; without n_other both have n.
    power
        The chance (0-1) of seeing such a difference when it is there; without it that chance is one half.

    Returns
    -------
    float
        In the unit of the value; NaN where a sample is empty or the variance is not known.

    Source: methods of two independent samples, normal approximation (Cohen 1988): z x sqrt(v / n + v / n_other).

    Examples
    --------
    >>> round(minimum_detectable_difference(0.55 * 100**2, n=100), 1)
    20.6
    """
    n_other = n if n_other is None else n_other
    if not (n > 0 and n_other > 0):
        return float("nan")
    return _count_errors(power) * sqrt(variance / n + variance / n_other)


def needed_n(variance: float, *, difference: float, power: float | None = None) -> int:
    """Return how many people each of two samples needs, so that a difference can be told from none.

    variance, power and their units are those of minimum_detectable_difference; the sign of the difference is ignored.

    Raises
    ------
    NumberRefused
        When the difference is 0, which no number of people can show.

    Source: Cohen (1988), 2 v (z_.975 + z_power)^2 / difference^2.

    Examples
    --------
    >>> needed_n(0.55, difference=0.05), needed_n(0.55, difference=0.05, power=0.8)
    (1691, 3454)
    """
    _check_distance("difference", difference)
    return ceil(2 * variance * (_count_errors(power) / difference) ** 2 - ROUNDING)


def needed_n_for_margin(variance: float, *, margin: float) -> int:
    """Return how many people one sample needs, so that its 95% interval reaches no further than the margin.

    variance is that of minimum_detectable_difference, margin half the width of the interval, in the value's unit.

    Raises
    ------
    NumberRefused
        When the margin is 0.

    Source: Wald's interval solved for n, v (z / margin)^2.

    Examples
    --------
    >>> needed_n_for_margin(0.55 * 100**2, margin=10)
    212
    """
    _check_distance("margin", margin)
    return ceil(variance * (Z / margin) ** 2 - ROUNDING)


def _count_errors(power: float | None) -> float:
    """Return how many standard errors away a difference must lie."""
    if power is None:
        return Z
    if not 0 < power < 1:
        raise NumberRefused("power", power, "a chance above 0 and below 1, such as 0.8")
    return Z + float(ndtri(power))


def _check_distance(name: str, distance: float) -> None:
    if not abs(distance) > 0:
        raise NumberRefused(name, distance, "a number other than 0; nothing that small can be shown")
