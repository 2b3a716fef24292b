"""Many tests at once: how often an alarm is false among the alarms raised."""

import numpy as np


def adjust_p_values(p_values) -> np.ndarray:
    """Return q for every p: the share of false alarms one accepts by calling this and every smaller p an alarm.

    NaN (no test was made) stays NaN and counts as no test.

    Source: Benjamini & Hochberg (1995).

    Examples
    --------
    >>> [round(float(q), 3) for q in adjust_p_values([0.01, 0.04, np.nan, 0.03])]
    [0.03, 0.04, nan, 0.04]
    """
    p_values = np.asarray(p_values, dtype=float)
    q_values = np.full_like(p_values, np.nan)
    tested = np.flatnonzero(~np.isnan(p_values))
    order = tested[np.argsort(p_values[tested], kind="stable")][::-1]
    places = np.arange(len(order), 0, -1)
    q_values[order] = np.minimum.accumulate(p_values[order] * len(order) / places)
    return q_values
