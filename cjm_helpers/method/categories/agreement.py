"""How far the raters of touchpoints agree, question by question."""

import numpy as np
import pandas as pd

from cjm_helpers.errors import TooFewAnswers
from cjm_helpers.method.words import count_things, join_words, spell_count, write_number
from cjm_helpers.stats.agreement import cohen_kappa, krippendorff_alpha, percent_agreement
from cjm_helpers.stats.intervals import Estimate
from cjm_helpers.stats.raters import intraclass_correlation

DISTANCES = {"type": "nominal", "stage": "nominal", "satisfaction_impact": "ordinal", "decision_impact": "ordinal"}
RELIABLE, TENTATIVE = 0.800, 0.667  # Krippendorff (2004), asked of the lower bound
TALK, ALIKE, ALONE = "talk it over", "no variation", "not rated by two"
ADVICE = {
    "reliable": "Good enough to use each vote.",
    "tentative": "Good enough for tentative conclusions.",
    TALK: "Single votes are not to be relied on: talk over where they lie apart.",
}
UNKNOWN = Estimate(np.nan, 0, np.nan, np.nan, "")
COLUMNS = (
    "question", "value", "n", "lo", "hi", "method", "raters", "agreement", "kappa", "kappa_lo", "kappa_hi",
    "icc_one", "icc_one_lo", "icc_one_hi", "icc_average", "icc_average_lo", "icc_average_hi", "icc_n", "verdict",
    "sentence",
)  # fmt: skip


def measure_rater_agreement(ratings: pd.DataFrame, *, bootstraps: int = 1000, seed: int = 0) -> pd.DataFrame:
    """Measure how far raters agree on type, stage and the two impacts of touchpoints.

    Parameters
    ----------
    ratings
        Reads touchpoint_id, rater_id, type, stage, satisfaction_impact, decision_impact; any may be empty.
    bootstraps, seed
        Touchpoints are drawn again so often for the intervals of alpha.

    Returns
    -------
    DataFrame
        One row a question: question, value (Krippendorff's alpha: nominal for type and stage, ordinal for impacts), n
        (touchpoints rated by two or more), lo, hi, method, raters, agreement (share of pairs that say the same),
        kappa (Cohen's, of exactly two raters), icc_one and icc_average (impacts only: ICC(A,1) of one rater, ICC(A,k)
        of their average), these three with _lo and _hi, icc_n (touchpoints rated by all), verdict (from lo: reliable,
        tentative, talk it over; else no variation, not rated by two), sentence.

    Source: Krippendorff (2004) for .800 and .667; Shrout & Fleiss (1979). That raters differ is a finding for the
    workshop, not a fault.

    Examples
    --------
    >>> says = {"type": "digital", "stage": "Buy", "decision_impact": np.nan}
    >>> rated = {"touchpoint_id": ["ad", "ad", "pay", "pay"], "rater_id": list("abab"), **says}
    >>> table = measure_rater_agreement(pd.DataFrame(rated | {"satisfaction_impact": [1, 2, 5, 5]}), bootstraps=50)
    >>> table[["n", "verdict"]].values.tolist()[1:]
    [[2, 'no variation'], [2, 'talk it over'], [0, 'not rated by two']]
    """
    rows = [_measure(ratings, question, bootstraps=bootstraps, seed=seed) for question in DISTANCES]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _measure(ratings: pd.DataFrame, question: str, *, bootstraps: int, seed: int) -> dict:
    votes = _spread(ratings, question)
    distance, raters = DISTANCES[question], list(votes.columns)
    row = {"question": question, "n": 0, "raters": len(raters)}
    try:
        alpha = krippendorff_alpha(votes, distance=distance, bootstraps=bootstraps, seed=seed)
    except TooFewAnswers:
        return row | {"verdict": ALONE, "sentence": _say_alone(raters)}
    row |= {**alpha._asdict(), "agreement": percent_agreement(votes).value, "verdict": _judge(alpha)}
    if len(raters) == 2:
        row |= _name("kappa", cohen_kappa(votes))
    average = UNKNOWN
    if distance == "ordinal":
        one, average = (_correlate(votes.astype(float), kind=kind) for kind in ("A,1", "A,k"))
        row |= _name("icc_one", one) | _name("icc_average", average) | {"icc_n": average.n}
    return row | {"sentence": _say(alpha, average, raters=len(raters))}


def _spread(ratings: pd.DataFrame, question: str) -> pd.DataFrame:
    """Return one row a touchpoint and one column a rater, without those who did not answer."""
    answered = ratings[ratings[question].notna() & ratings[question].ne("")]
    return answered.pivot(index="touchpoint_id", columns="rater_id", values=question)


def _judge(alpha: Estimate) -> str:
    if np.isnan(alpha.value):
        return ALIKE
    return "reliable" if alpha.lo >= RELIABLE else "tentative" if alpha.lo >= TENTATIVE else TALK


def _correlate(votes: pd.DataFrame, *, kind: str) -> Estimate:
    try:
        return intraclass_correlation(votes, kind=kind)
    except TooFewAnswers:
        return UNKNOWN._replace(n=len(votes.dropna()))


def _name(prefix: str, estimate: Estimate) -> dict:
    return {prefix: estimate.value, f"{prefix}_lo": estimate.lo, f"{prefix}_hi": estimate.hi}


def _say(alpha: Estimate, average: Estimate, *, raters: int) -> str:
    count, verdict = spell_count(raters), _judge(alpha)
    who = f"{count.capitalize()} raters, {count_things(alpha.n, 'touchpoint')}"
    if verdict == ALIKE:
        return f"{who}: they always say the same, so that agreement beyond chance has no meaning."
    steadier = "" if np.isnan(average.value) else f" The average of the {count}: ICC {_write(average)}."
    return f"{who}: alpha {_write(alpha)}. {ADVICE[verdict]}{steadier}"


def _say_alone(raters: list[str]) -> str:
    if not raters:
        return "Nobody answered this question."
    who = f"Only {raters[0]} answered" if len(raters) == 1 else f"{join_words(raters)} rated no touchpoint in common"
    return f"{who}: agreement needs two raters on the same touchpoint."


def _write(estimate: Estimate) -> str:
    value, lo, hi = (write_number(number, decimals=2) for number in (estimate.value, estimate.lo, estimate.hi))
    if np.isnan(estimate.lo):
        return f"{value} (no interval)"
    return f"{value} ({lo if estimate.lo >= -1 else f'under {write_number(-1)}'} to {hi})"
