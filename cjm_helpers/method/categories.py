"""Step 4: which touchpoints carry the outcome (derived impact), and how importance and performance meet."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from cjm_helpers.errors import TooFewAnswers
from cjm_helpers.method.answers import average_customers, choose_emotion, find_metric, rescale_feeling, weights_of
from cjm_helpers.stats.drivers import LEAST_N, estimate_drivers

RANKED_FROM_N = 200
LEAST_R_SQUARED = 0.10
HIGH_FROM, LOW_UNDER = 1.25, 0.75
COLUMNS = (
    "touchpoint_id", "basis", "outcome", "value", "unweighted", "n", "lo", "hi", "method", "flag", "rank", "rank_lo",
    "rank_hi", "sign", "impact_class", "vif", "pair_n", "customers", "r_squared", "r_squared_adjusted", "clipped",
)  # fmt: skip
QUADRANTS = {
    (True, False): "concentrate here", (True, True): "keep up the good work",
    (False, False): "low priority", (False, True): "possible overkill",
}  # fmt: skip
UNDECIDED = "undecided"


def derive_impact(
    responses: pd.DataFrame,
    *,
    metrics: Mapping,
    emotion: Sequence[str],
    outcome: str,
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
    bootstraps, seed
        Draws for the intervals of share and rank.

    Returns
    -------
    DataFrame
        touchpoint_id, basis ("derived"), outcome, value (share of R squared, 0-1, best first), unweighted, n (customers
        with both answers), lo, hi, method, flag, rank, rank_lo, rank_hi, sign, impact_class (high, medium, low), vif,
        pair_n, customers, r_squared, r_squared_adjusted, clipped. A touchpoint that cannot be compared keeps its row;
        method says why it has no value. Under 200 customers only the intervals of ranks stand, and under an R squared
        of .10 nothing is ranked or classed; the rows then follow the ids.

    Raises
    ------
    TooFewAnswers
        Under max(50, 10 a touchpoint) customers, or without an outcome.

    Source: LMG (Lindeman, Merenda & Gold 1980) on pairwise correlations; classes at 1.25 / p and 0.75 / p are ours.

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
    overall = _read_outcome(responses, metrics=metrics, outcome=outcome)
    answers = choose_emotion(responses[responses["customer_id"] != ""], metrics=metrics, emotion=emotion)
    wide = average_customers(answers.assign(count=1), columns=("feeling",)).pivot(
        index="person", columns="touchpoint_id", values="feeling"
    )
    drivers = estimate_drivers(wide, overall["feeling"], weights=weights_of(overall), bootstraps=bootstraps, seed=seed)
    table = drivers.rename(columns={"driver": "touchpoint_id"}).assign(basis="derived", outcome=outcome)
    return _hold_back(_classify(table)).reindex(columns=list(COLUMNS))


def place_importance_performance(impact: pd.DataFrame | None, emotion: pd.DataFrame) -> pd.DataFrame:
    """Place each touchpoint by how well it does and how much it matters; crosshairs stand at the two means.

    Returns
    -------
    DataFrame
        touchpoint_id, performance, performance_lo, performance_hi, importance, importance_lo, importance_hi,
        cut_performance, cut_importance, quadrant: concentrate here, keep up the good work, low priority, possible
        overkill, or undecided where an interval crosses a crosshair or is not known.

    Source: Martilla & James (1977); "undecided" is ours.

    Examples
    --------
    >>> impact = pd.DataFrame({"touchpoint_id": ["a", "b"], "value": [0.7, 0.3], "lo": [0.6, 0.2], "hi": [0.8, 0.4]})
    >>> feeling = pd.DataFrame({"touchpoint_id": ["a", "b"], "value": [-1, 1], "lo": [-1.2, 0.8], "hi": [-0.8, 1.2]})
    >>> place_importance_performance(impact, feeling)["quadrant"].tolist()
    ['concentrate here', 'possible overkill']
    """
    numbers = ["touchpoint_id", "value", "lo", "hi"]
    impact = emotion[:0] if impact is None else impact  # refused for want of answers: nothing can be placed
    names = {"value": "", "lo": "_lo", "hi": "_hi"}
    how = emotion[numbers].rename(columns={old: f"performance{new}" for old, new in names.items()})
    what = impact[numbers].rename(columns={old: f"importance{new}" for old, new in names.items()})
    table = how.merge(what, on="touchpoint_id").dropna(subset=["performance", "importance"]).reset_index(drop=True)
    table = table.assign(cut_performance=table["performance"].mean(), cut_importance=table["importance"].mean())
    return table.assign(quadrant=pd.Series(_name_quadrants(table), index=table.index, dtype="str"))


def _read_outcome(responses: pd.DataFrame, *, metrics: Mapping, outcome: str) -> pd.DataFrame:
    """Return one row a customer: how they found the journey as a whole (best is highest), and their weight."""
    asked = responses["metric"].eq(outcome) & responses["touchpoint_id"].eq("") & responses["customer_id"].ne("")
    rows = responses[asked & responses["score"].notna()]
    if not outcome or rows.empty:
        remedy = "Name in study.toml, under [map] outcome, a metric that customers answered for the journey as a whole."
        raise TooFewAnswers("Derived impact (customers with an outcome)", 0, LEAST_N, remedy)
    feeling = rescale_feeling(rows["score"], find_metric(outcome, metrics), name=outcome)
    return average_customers(rows.assign(feeling=feeling, count=1), columns=("feeling",)).set_index("person")


def _classify(table: pd.DataFrame) -> pd.DataFrame:
    """Call a share high or low when it lies well above or below an equal part."""
    parts = table["value"] * table["value"].count()
    names = np.select([parts.isna(), parts > HIGH_FROM, parts < LOW_UNDER], ["", "high", "low"], "medium")
    is_few = table["customers"] < RANKED_FROM_N
    flag = np.select([table["value"].isna(), is_few], ["suppressed", "indicative"], "reportable")
    return table.assign(impact_class=pd.Series(names, dtype="str"), flag=pd.Series(flag, dtype="str"))


def _hold_back(table: pd.DataFrame) -> pd.DataFrame:
    """Empty what the data cannot carry: shares and ranks of few customers, ranks where little is explained."""
    is_few, is_weak = table["customers"].iloc[0] < RANKED_FROM_N, table["r_squared"].iloc[0] < LEAST_R_SQUARED
    if not (is_few or is_weak):
        return table
    few, weak = f"; under {RANKED_FROM_N} customers, so only intervals of ranks", "; drivers explain too little to rank"
    emptied = ["value", "unweighted", "lo", "hi", "rank"] if is_few else ["rank", "rank_lo", "rank_hi"]
    table[emptied] = np.nan
    method = table["method"] + (few if is_few else weak)
    return table.assign(impact_class="", method=method).sort_values("touchpoint_id", ignore_index=True)


def _name_quadrants(table: pd.DataFrame) -> list[str]:
    is_clear = np.ones(len(table), dtype=bool)
    for name in ("performance", "importance"):
        cut = table[f"cut_{name}"]
        is_clear &= ((table[f"{name}_lo"] > cut) | (table[f"{name}_hi"] < cut)).to_numpy()
    matters, does_well = table["importance"] > table["cut_importance"], table["performance"] > table["cut_performance"]
    return [QUADRANTS[key] if clear else UNDECIDED for key, clear in zip(zip(matters, does_well), is_clear)]
