"""Compare: who feels differently at a touchpoint, persona against persona."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from cjm_helpers.method.answers import (
    FEELING_HIGH,
    FEELING_LOW,
    average_customers,
    choose_emotion,
    find_personas,
    weights_of,
)
from cjm_helpers.method.words import write_number, write_signed
from cjm_helpers.stats.differences import compare_means
from cjm_helpers.stats.intervals import effective_n
from cjm_helpers.stats.multiplicity import adjust_p_values
from cjm_helpers.stats.suppression import flag_sample, suppress_margins, suppress_small

ACCEPTED = 0.05  # share of false alarms among the alarms of the whole table
NUMBERS = ["value", "lo", "hi", "p"]
CELLS = ["touchpoint_id", "persona_id", "value", "sd", "n", "size"]
COLUMNS = [
    "touchpoint_id", "persona_id", "other_id", "value", "lo", "hi", "n", "n_other", "mean", "mean_other", "p", "q",
    "tests", "method", "flag", "verdict", "sentence", "left_out",
]  # fmt: skip


def compare_feelings(
    responses: pd.DataFrame,
    assignments: pd.DataFrame,
    *,
    metrics: Mapping,
    emotion: Sequence[str],
    min_n: int = 5,
) -> pd.DataFrame:
    """Compare how personas feel at each touchpoint, two by two, and count all those tests.

    Parameters
    ----------
    responses, assignments
        Reads touchpoint_id, customer_id, wave, metric, score, count, weight; customer_id, persona_id, wave (where
        there is one; an assignment of the answer's wave counts before one without a wave).
    metrics, emotion
        The metrics of study.toml, and the ids of those that tell emotion.
    min_n
        A persona with fewer customers at a touchpoint is not compared there. Where it is the only one hidden, or as few
        customers have no persona, the next smallest is hidden too, for the curve of everyone is shown as well.

    Returns
    -------
    DataFrame
        touchpoint_id, persona_id, other_id, value (persona minus other, on feelings of -2 to 2), lo, hi, n and n_other
        (customers), mean and mean_other, p, q (p over all tests of the table), tests (how many those are), method,
        flag (of the smaller), verdict (differ, no evidence, too few), sentence, and left_out (customers at the
        touchpoint who have no persona).

    Source: Welch (1947); Benjamini & Hochberg (1995): of the pairs said to differ (q below .05), one in twenty is
    expected to do so by chance.

    Examples
    --------
    >>> from types import SimpleNamespace as Metric
    >>> csat = {"csat": Metric(min=1, max=5, better="higher")}
    >>> who, scores = [f"c{i}" for i in range(12)], [1, 2, 1, 2, 1, 2, 4, 5, 4, 5, 4, 5]
    >>> said = pd.DataFrame({"touchpoint_id": "pay", "customer_id": who, "score": scores, "wave": "", "metric": "csat"})
    >>> personas = pd.DataFrame({"customer_id": who, "persona_id": ["lena"] * 6 + ["omar"] * 6, "wave": ""})
    >>> compare_feelings(said.assign(count=1, weight=np.nan), personas, metrics=csat, emotion=("csat",))[
    ...     ["persona_id", "other_id", "value", "verdict"]].values.tolist()
    [['lena', 'omar', -3.0, 'differ']]
    """
    answers = choose_emotion(responses, metrics=metrics, emotion=emotion)
    cells = [
        {"touchpoint_id": at, "persona_id": persona_id, **_sum_up(people)}
        for persona_id, rows in answers.groupby(find_personas(answers, assignments))
        for at, people in average_customers(rows, columns=("feeling",)).groupby("touchpoint_id")
    ]
    cells = suppress_small(pd.DataFrame(cells, columns=CELLS), min_n=min_n, also=("sd",))
    # Those without a persona are a part of everyone too: a few of them must not be found by subtraction either.
    cells = suppress_margins(cells, within=["touchpoint_id"], also=("sd",), min_n=min_n)
    assigned = cells[cells["persona_id"] != ""]
    pairs = [
        _compare(*pair) for _, rows in assigned.groupby("touchpoint_id") for pair in combinations(rows.itertuples(), 2)
    ]
    loose = cells[cells["persona_id"] == ""].set_index("touchpoint_id")["n"]
    table = pd.DataFrame(pairs, columns=COLUMNS)
    table = table.assign(q=adjust_p_values(table["p"]), tests=int(table["p"].notna().sum()))
    table["left_out"] = table["touchpoint_id"].map(loose).fillna(0).astype(int)
    table["verdict"] = [_judge(row) for row in table.itertuples()]
    return table.assign(sentence=[_say(row) for row in table.itertuples()])


def _sum_up(people) -> dict:
    """Return mean, spread, people and what they are worth under survey weights."""
    weights = weights_of(people)
    size = len(people) if weights is None else effective_n(weights)
    mean = float(np.average(people["feeling"], weights=weights))
    variance = np.average(np.square(people["feeling"] - mean), weights=weights) * size / max(size - 1, 1)
    return {"value": mean, "sd": float(np.sqrt(variance)), "n": len(people), "size": size}


def _compare(one, other) -> dict:
    row = {"touchpoint_id": one.touchpoint_id, "persona_id": one.persona_id, "other_id": other.persona_id}
    row |= {"n": one.n, "n_other": other.n, "mean": one.value, "mean_other": other.value}
    if "suppressed" in (one.flag, other.flag):
        return row | dict.fromkeys(NUMBERS, np.nan) | {"method": "not compared", "flag": "suppressed"}
    found = compare_means((one.value, one.sd, one.size), (other.value, other.sd, other.size))
    widest = FEELING_HIGH - FEELING_LOW
    bounds = {"lo": max(found.lo, -widest), "hi": min(found.hi, widest)}
    return row | found._asdict() | bounds | {"flag": flag_sample(min(one.n, other.n))}


def _judge(row) -> str:
    return "too few" if pd.isna(row.p) else "differ" if row.q < ACCEPTED else "no evidence"


def _say(row) -> str:
    if row.verdict == "too few":
        return "Too few customers to compare."
    if pd.isna(row.lo):
        means = (write_signed(row.mean), write_signed(row.mean_other))
        return f"All of {row.persona_id} felt the same ({means[0]}), and so did all of {row.other_id} ({means[1]})."
    span = f"{write_signed(row.lo)} to {write_signed(row.hi)}"
    if row.verdict == "no evidence" and row.p < ACCEPTED:
        return f"A hint only: {span} would count if it stood alone, but among {row.tests} comparisons it may be chance."
    if row.verdict == "no evidence":
        return f"No evidence that they feel differently; the difference may be {span}."
    least, most = (write_number(bound, decimals=1) for bound in sorted((abs(row.lo), abs(row.hi))))
    return f"{row.persona_id} feels {'better' if row.value > 0 else 'worse'} than {row.other_id}, by {least} to {most}."
