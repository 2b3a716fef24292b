"""Derived impact: how much each touchpoint carries of what all of them explain of the outcome."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from cjm_helpers.method.answers import weights_of
from cjm_helpers.method.categories.outcomes import read_outcome, spread_feelings
from cjm_helpers.stats.drivers import estimate_drivers

RANKED_FROM_N = 200
LEAST_R_SQUARED = 0.10
HIGH_FROM, LOW_UNDER = 1.25, 0.75
STRAIGHT_FROM, STRAIGHT_TO = 0.10, 0.90  # shares of a decision that a straight line fits
COLUMNS = (
    "touchpoint_id", "basis", "outcome", "value", "unweighted", "n", "lo", "hi", "method", "flag", "rank", "rank_lo",
    "rank_hi", "sign", "impact_class", "reach", "base_impact", "vif", "pair_n", "customers", "r_squared",
    "r_squared_adjusted", "clipped",
)  # fmt: skip


def derive_impact(
    responses: pd.DataFrame,
    *,
    metrics: Mapping,
    emotion: Sequence[str],
    outcome: str,
    decisions: pd.Series | None = None,
    bootstraps: int = 200,
    seed: int = 0,
) -> pd.DataFrame:
    """Derive how much each touchpoint carries of what all of them explain of the outcome.

    Parameters
    ----------
    responses
        Reads touchpoint_id, customer_id, metric, score and weight. The outcome is what customers said of the journey as
        a whole (an empty touchpoint_id); rows without a customer_id cannot be joined and are left out.
    metrics, emotion, outcome
        The metrics of study.toml, the ids of those that tell emotion, and the id of the outcome.
    decisions
        Instead of an answer: customer_id -> 1 for those who bought or stayed, else 0; outcome is then only its name.
    bootstraps, seed
        Draws for the intervals of share and rank.

    Returns
    -------
    DataFrame
        touchpoint_id, basis ("derived"), outcome, value (share of R squared, 0-1, best first), unweighted, n (customers
        with both answers), lo, hi, method, flag, rank, rank_lo, rank_hi, sign, impact_class (high, medium, low), reach
        (share of the customers who rated it), base_impact (value x reach: what it moves over all customers), vif,
        pair_n, customers, r_squared, r_squared_adjusted, clipped. A touchpoint that cannot be compared keeps its row;
        method says why it has no value. Under 200 customers only the intervals of ranks stand, and under an R squared
        of .10 nothing is ranked or classed; the rows then follow the ids. An outcome of two values is read as a
        decision on a straight line; where under 10% or over 90% say yes, the rows are indicative and method says so.

    Raises
    ------
    TooFewAnswers
        Under max(50, 10 a touchpoint) customers, or without an outcome.

    Source: LMG (Lindeman, Merenda & Gold 1980) on pairwise correlations; classes at 1.25 / p and 0.75 / p are ours.
    McFadden dominance of a decision would need customers who rated everything; the tests say how near to it this is.

    Examples
    --------
    >>> from types import SimpleNamespace as Metric
    >>> scale = {"csat": Metric(min=1, max=5, better="higher")}
    >>> who, web, app = [f"c{i}" for i in range(240)], [1 + i % 5 for i in range(240)], [1 + i % 4 for i in range(240)]
    >>> both = [3 if w < 5 else 1 + a for w, a in zip(web, app)]
    >>> row = {"customer_id": who, "metric": "csat", "count": 1, "weight": np.nan}
    >>> scores = {"web": web, "app": app, "": both}
    >>> rows = [pd.DataFrame({**row, "touchpoint_id": place, "score": scores[place]}) for place in scores]
    >>> derive_impact(pd.concat(rows), metrics=scale, emotion=("csat",), outcome="csat")["touchpoint_id"].tolist()
    ['app', 'web']
    """
    overall = read_outcome(responses, metrics=metrics, outcome=outcome, decisions=decisions)
    felt = spread_feelings(responses, metrics=metrics, emotion=emotion)
    drivers = estimate_drivers(felt, overall["feeling"], weights=weights_of(overall), bootstraps=bootstraps, seed=seed)
    table = drivers.rename(columns={"driver": "touchpoint_id"}).assign(basis="derived", outcome=outcome)
    raters = overall[overall.index.isin(felt.index)].sort_index()
    table = _hold_back(_judge_decision(_classify(table), raters))
    reach = table["touchpoint_id"].map(_measure_reach(felt, raters))
    return table.assign(reach=reach, base_impact=table["value"] * reach).reindex(columns=list(COLUMNS))


def _measure_reach(felt: pd.DataFrame, raters: pd.DataFrame) -> pd.Series:
    """Return the share of customers who rated each touchpoint, among those with an outcome who rated any."""
    is_met = felt.loc[raters.index].notna()
    return pd.Series(np.average(is_met, axis=0, weights=weights_of(raters)), index=felt.columns)


def _classify(table: pd.DataFrame) -> pd.DataFrame:
    """Call a share high or low when it lies well above or below an equal part."""
    parts = table["value"] * table["value"].count()
    names = np.select([parts.isna(), parts > HIGH_FROM, parts < LOW_UNDER], ["", "high", "low"], "medium")
    is_few = table["customers"] < RANKED_FROM_N
    flag = np.select([table["value"].isna(), is_few], ["suppressed", "indicative"], "reportable")
    return table.assign(impact_class=pd.Series(names, dtype="str"), flag=pd.Series(flag, dtype="str"))


def _judge_decision(table: pd.DataFrame, raters: pd.DataFrame) -> pd.DataFrame:
    """Say of an outcome with two values how many chose the better one, and whether a straight line can serve."""
    said = raters["feeling"]
    if said.nunique() != 2:
        return table
    yes = float(np.average(said == said.max(), weights=weights_of(raters)))
    is_straight, is_shown = STRAIGHT_FROM <= yes <= STRAIGHT_TO, table["flag"] != "suppressed"
    bounds = f"outside {STRAIGHT_FROM:.0%} to {STRAIGHT_TO:.0%}, where a straight line only comes near"
    note = f"; a decision, {yes:.0%} yes" + ("" if is_straight else f": {bounds}")
    flag = table["flag"] if is_straight else table["flag"].mask(is_shown, "indicative")
    return table.assign(flag=flag, method=table["method"].mask(is_shown, table["method"] + note))


def _hold_back(table: pd.DataFrame) -> pd.DataFrame:
    """Empty what the data cannot carry: shares and ranks of few customers, ranks where little is explained."""
    is_few, is_weak = table["customers"].iloc[0] < RANKED_FROM_N, table["r_squared"].iloc[0] < LEAST_R_SQUARED
    if not (is_few or is_weak):
        return table
    notes, emptied = [], ["rank"]
    if is_few:
        notes.append(f"; under {RANKED_FROM_N} customers, so {'no shares' if is_weak else 'only intervals of ranks'}")
        emptied += ["value", "unweighted", "lo", "hi"]
    if is_weak:
        notes.append("; drivers explain too little to rank")
        emptied += ["rank_lo", "rank_hi"]
    table = table.assign(**dict.fromkeys(emptied, np.nan), impact_class="", method=table["method"] + "".join(notes))
    return table.sort_values("touchpoint_id", ignore_index=True)
