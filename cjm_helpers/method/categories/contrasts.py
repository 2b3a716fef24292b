"""Penalty and reward: which touchpoints cost more when they fail than they give when they shine."""

from collections.abc import Mapping, Sequence

import pandas as pd

from cjm_helpers.errors import NumberRefused
from cjm_helpers.method.answers import FEELING_HIGH, FEELING_LOW, find_metric, weights_of
from cjm_helpers.method.categories.outcomes import read_outcome, spread_feelings
from cjm_helpers.stats.penalty_reward import PenaltyReward, estimate_penalty_reward

LEAST_IN_BOX = 30
MOST_TAIL, ROUNDING = 0.5, 1e-9
PARTS = ("penalty", "reward", "difference")
TOO_FEW, NO_EVIDENCE = "too few", "no evidence"
COLUMNS = (
    "touchpoint_id", "outcome", "penalty", "penalty_lo", "penalty_hi", "reward", "reward_lo", "reward_hi", "difference",
    "difference_lo", "difference_hi", "contrast_class", "n_low", "n_high", "n", "method",
)  # fmt: skip


def contrast_penalty_reward(
    responses: pd.DataFrame, *, metrics: Mapping, emotion: Sequence[str], outcome: str, tail: float = 0.0
) -> pd.DataFrame:
    """Contrast what the worst and the best answers at each touchpoint do to the outcome.

    Parameters
    ----------
    responses, metrics, emotion, outcome
        As in derive_impact. Each touchpoint is looked at on its own, so a person's general mood is in its figures.
    tail
        How much of the scale counts as its end: 0 = only the worst and the best answer; 0.25 = on a scale from 1 to 5,
        1 and 2 against 4 and 5. For surveys in which hardly anybody gives the worst answer.

    Returns
    -------
    DataFrame
        One row a touchpoint, by id: touchpoint_id, outcome, penalty (of the low end against the middle, in points of
        the outcome, better is plus) and reward (of the high end), difference (-penalty - reward), each with _lo and
        _hi, contrast_class, n_low, n_high (customers at each end), n, method. The class is basic (failing
        costs something, and more than shining gives: the difference is above 0), excitement (shining gives something,
        and more), performance (both count, neither clearly more), no evidence (too little to tell which), or too few
        (under 30 at an end or in the middle: no numbers).

    Raises
    ------
    TooFewAnswers
        When nobody answered the outcome.
    NumberRefused
        When tail leaves no middle.

    Source: Brandt (1988); Mikulic & Prebezac (2011). Kano-like, not the Kano questionnaire. An outcome near the top of
    its scale leaves little room for rewards, which makes touchpoints look basic.

    Examples
    --------
    >>> from types import SimpleNamespace as Metric
    >>> scales = {"csat": Metric(min=1, max=5, better="higher"), "nps": Metric(min=0, max=10, better="higher")}
    >>> pay, whole = [1, 3, 3, 5] * 30, [2, 6, 8, 8] * 30
    >>> rows = {"customer_id": [f"c{i}" for i in range(120)], "weight": None}
    >>> paid = pd.DataFrame({**rows, "touchpoint_id": "pay", "metric": "csat", "score": pay})
    >>> told = pd.concat([paid, pd.DataFrame({**rows, "touchpoint_id": "", "metric": "nps", "score": whole})])
    >>> table = contrast_penalty_reward(told, metrics=scales, emotion=["csat"], outcome="nps")
    >>> table[["penalty", "reward", "contrast_class"]].round(2).values.tolist()
    [[-5.0, 1.0, 'basic']]
    """
    if not 0 <= tail < MOST_TAIL:
        raise NumberRefused("tail", tail, f"a number from 0 to under {MOST_TAIL}, so that a middle is left")
    overall = read_outcome(responses, metrics=metrics, outcome=outcome)
    felt = spread_feelings(responses, metrics=metrics, emotion=emotion).reindex(overall.index)
    scale = find_metric(outcome, metrics)
    said = overall.assign(feeling=overall["feeling"] * (scale.max - scale.min) / (FEELING_HIGH - FEELING_LOW))
    known = {"outcome": outcome}
    rows = [{"touchpoint_id": one, **known, **_contrast(felt[one].dropna(), said, tail=tail)} for one in sorted(felt)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _contrast(felt: pd.Series, said: pd.DataFrame, *, tail: float) -> dict:
    """Contrast one touchpoint; said holds what its customers, and others, said of the journey, in points."""
    reach, said = tail * (FEELING_HIGH - FEELING_LOW) + ROUNDING, said.loc[felt.index]
    is_low, is_high = felt <= FEELING_LOW + reach, felt >= FEELING_HIGH - reach
    counts = {"n_low": int(is_low.sum()), "n_high": int(is_high.sum()), "n": len(felt)}
    groups = {
        "low": counts["n_low"],
        "middle": len(felt) - counts["n_low"] - counts["n_high"],
        "high": counts["n_high"],
    }
    short = [f"{count} {name}" for name, count in groups.items() if count < LEAST_IN_BOX]
    if short:
        method = f"too few answers: {', '.join(short)} ({LEAST_IN_BOX} needed)"
        return counts | {"contrast_class": TOO_FEW, "method": method}
    contrast = estimate_penalty_reward(said["feeling"], is_low=is_low, is_high=is_high, weights=weights_of(said))
    numbers = {}
    for part in PARTS:
        estimate = getattr(contrast, part)
        numbers |= {part: estimate.value, f"{part}_lo": estimate.lo, f"{part}_hi": estimate.hi}
    return counts | numbers | {"contrast_class": _classify(contrast), "method": contrast.penalty.method}


def _classify(contrast: PenaltyReward) -> str:
    does_cost, does_give = contrast.penalty.hi < 0, contrast.reward.lo > 0
    if does_cost and contrast.difference.lo > 0:
        return "basic"
    if does_give and contrast.difference.hi < 0:
        return "excitement"
    return "performance" if does_cost and does_give else NO_EVIDENCE
