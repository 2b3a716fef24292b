"""What a message might be worth: whom it reaches, how many leave there, and how many a test of it needs."""

import math

import pandas as pd

from cjm_helpers.method.opportunities.candidates import END, Candidate
from cjm_helpers.method.opportunities.inputs import DAYS_IN_QUARTER, Found, Reach, estimate_reach
from cjm_helpers.stats.power import needed_n

ARMS, DAYS_IN_WEEK = 2, 7
NOTHING = float("nan")
UNKNOWN = (NOTHING, NOTHING, NOTHING)


def read_exits(transitions: pd.DataFrame | None) -> dict[str, tuple]:
    """Return for every step the share of customers who leave there, with its interval.

    Columns read: from, to, p, lo, hi.

    Examples
    --------
    >>> flow = {"from": ["pay", "pay"], "to": ["end", "mail"], "p": [0.2, 0.8], "lo": [0.1, 0.7], "hi": [0.3, 0.9]}
    >>> read_exits(pd.DataFrame(flow))
    {'pay': (0.2, 0.1, 0.3)}
    """
    if transitions is None:
        return {}
    exits = transitions[transitions["to"].eq(END)]
    return dict(zip(exits["from"], zip(exits["p"], exits["lo"], exits["hi"], strict=True), strict=True))


def value_candidate(one: Candidate, found: Found, *, exits: dict, recovery: float, power: float) -> dict:
    """Value a candidate in customers kept a quarter, reach x share who leave x assumed recovery, and plan its test.

    Makes reach, reach_lo, reach_hi, n, reach_basis, p_drop_off, recovery, value, value_lo, value_hi (both low ends,
    both high ends), n_per_arm, weeks. What is not known is NaN.

    Source: n per arm as `needed_n` (Cohen 1988), for p against p - p x recovery; recovery is assumed.

    Examples
    --------
    >>> leave = Candidate("exit", "pay", "", "", "", "", "", p=0.3, p_lo=0.2, p_hi=0.4)
    >>> found = Found(class_of={}, feeling_at={}, met_at={"pay": 1000}, quarter=2.0)
    >>> worth = value_candidate(leave, found, exits={}, recovery=0.05, power=0.8)
    >>> round(worth["value"], 9), worth["n_per_arm"]
    (30.0, 14652)
    """
    reach = estimate_reach(one.place, found, pains=one.pains)
    if math.isnan(reach.reach) and not math.isnan(one.n):
        reach = Reach(one.n * found.quarter, n=one.n, reach_basis="log")
    shares = exits.get(one.place, UNKNOWN) if math.isnan(one.p) else (one.p, one.p_lo, one.p_hi)
    ends = (reach.reach, reach.reach, reach.reach) if math.isnan(reach.reach_lo) else list(vars(reach).values())[:3]
    values = [people * share * recovery for people, share in zip(ends, shares, strict=True)]
    p, n_per_arm = shares[0], NOTHING
    if 0 < p < 1:  # where all leave the formula knows no spread, and where nobody does there is nothing to win
        n_per_arm = needed_n(p * (1 - p), difference=p * recovery, power=power)
    return {
        **vars(reach), "p_drop_off": p, "recovery": recovery,
        **dict(zip(("value", "value_lo", "value_hi"), values, strict=True)),
        "n_per_arm": n_per_arm, "weeks": _count_weeks(n_per_arm, reach.reach),
    }  # fmt: skip


def _count_weeks(n_per_arm: float, reach: float) -> float:
    """Weeks until so many customers have come, rounded up."""
    weeks = ARMS * n_per_arm * DAYS_IN_QUARTER / DAYS_IN_WEEK / reach if reach > 0 else NOTHING
    return weeks if math.isnan(weeks) else float(math.ceil(weeks))
