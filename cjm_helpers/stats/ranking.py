"""Orders that say how sure they are: scores drawn again and again, the ranks they take, tiers instead of places."""

import numpy as np
import pandas as pd

from cjm_helpers.stats.intervals import LEVEL, UPPER, Z

DRAWS = 5000
GUESS_SPREAD = 0.3  # standard deviation of the logarithm: a guess is often a third too high or too low
TOP = 3
RICE = ("reach", "impact", "confidence", "effort")
ACCEPTABILITY = ["score_lo", "score_hi", "rank", "rank_lo", "rank_hi", "mean_rank", "p_top3", "tier"]


def draw_weights(count: int, *, draws: int = DRAWS, seed: int = 0) -> np.ndarray:
    """Draw weights that sum to 1, every mix as likely as any other (draws x count).

    Source: the flat Dirichlet distribution, as in SMAA (Lahdelma, Hokkanen & Salminen 1998).

    Examples
    --------
    >>> draw_weights(3, draws=2).sum(axis=1).round(9).tolist()
    [1.0, 1.0]
    """
    return np.random.default_rng(seed).dirichlet(np.ones(count), size=draws)


def draw_rice(ideas: pd.DataFrame, *, draws: int = DRAWS, seed: int = 0) -> pd.DataFrame:
    """Draw scores reach x impact x confidence / effort: one row a draw, one column an idea (index of ideas).

    Columns read: reach, reach_lo, reach_hi, impact, confidence (0-1), effort (above 0). A reach with an interval is
    drawn from it (the two halves of a normal curve, joined at the value, so that lo and hi are its 2.5% and 97.5%
    points); everything else, a reach without one too, is log-normal around its value (sd .3). No confidence passes 1.

    Examples
    --------
    >>> ideas = {"reach": 2000.0, "reach_lo": np.nan, "reach_hi": np.nan, "impact": 2.0, "confidence": 0.8}
    >>> scores = draw_rice(pd.DataFrame({**ideas, "effort": 4.0}, index=["o1"]))
    >>> bool(780 < scores["o1"].median() < 820)
    True
    """
    ideas = ideas.sort_index()
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal((len(RICE), draws, len(ideas)))
    drawn = dict(zip(RICE, ideas[list(RICE)].to_numpy(float).T[:, None] * np.exp(GUESS_SPREAD * noise), strict=True))
    reach = _draw_between(noise[0], *ideas[["reach", "reach_lo", "reach_hi"]].to_numpy(float).T)
    reach = np.where(np.isnan(reach), drawn["reach"], reach)
    scores = reach * drawn["impact"] * np.minimum(drawn["confidence"], 1.0) / drawn["effort"]
    return pd.DataFrame(scores, columns=ideas.index)


def rank_acceptability(draws: pd.DataFrame, *, scores: pd.Series, seed: int = 0) -> pd.DataFrame:
    """Rank items by score and say how firmly each holds its place over the draws; best first.

    Parameters
    ----------
    draws
        One row a draw, one column an item.
    scores
        The score of every item (its index the columns of draws); equal scores share a rank.
    seed
        For ties within a draw, which are broken by lot.

    Returns
    -------
    DataFrame
        Index as scores. score_lo, score_hi (95% of draws), rank, rank_lo, rank_hi (ranks taken in 95% of draws; both
        intervals are widened to hold the score and its rank), mean_rank, p_top3 (share of draws among the first three,
        0-1), tier (see `find_tiers`).

    Source: rank acceptability, SMAA (Lahdelma, Hokkanen & Salminen 1998).

    Examples
    --------
    >>> draws = pd.DataFrame({"a": [5, 6, 7, 1], "b": [4, 5, 6, 7]})
    >>> rank_acceptability(draws, scores=pd.Series({"a": 5, "b": 4}))[["rank", "mean_rank", "tier"]].values.tolist()
    [[1.0, 1.25, 1.0], [2.0, 1.75, 1.0]]
    """
    if scores.empty:
        return pd.DataFrame(index=scores.index, columns=ACCEPTABILITY, dtype=float)
    scores = scores.sort_index()
    values = draws[scores.index].to_numpy(float)
    ranks = _rank_draws(values, seed=seed)
    rank = scores.rank(ascending=False, method="min")
    low, high = (1 - LEVEL) / 2, UPPER
    table = pd.DataFrame({
        "score_lo": np.minimum(np.quantile(values, low, axis=0), scores),
        "score_hi": np.maximum(np.quantile(values, high, axis=0), scores),
        "rank": rank,
        "rank_lo": np.minimum(np.quantile(ranks, low, axis=0, method="lower"), rank),
        "rank_hi": np.maximum(np.quantile(ranks, high, axis=0, method="higher"), rank),
        "mean_rank": ranks.mean(axis=0),
        "p_top3": (ranks <= TOP).mean(axis=0),
        "tier": find_tiers(draws, scores=scores),
    })  # fmt: skip
    return table.sort_values("rank", kind="stable")


def find_tiers(draws: pd.DataFrame, *, scores: pd.Series) -> pd.Series:
    """Number the tiers of items, best first: within one, nobody is clearly behind its first.

    Clearly behind: the first of the tier scores higher in more than 97.5% of draws, so that the 95% interval of their
    difference lies above zero. The rule is ours.

    Examples
    --------
    >>> draws = pd.DataFrame({"a": [5, 6, 7, 8], "b": [4, 7, 6, 9], "c": [1, 1, 2, 2]})
    >>> find_tiers(draws, scores=pd.Series({"a": 6.5, "b": 6.4, "c": 1.5})).to_dict()
    {'a': 1.0, 'b': 1.0, 'c': 2.0}
    """
    tiers, tier, first = {}, 0, None
    for item in scores.sort_index().sort_values(ascending=False, kind="stable").index:
        if first is None or (draws[first] > draws[item]).mean() > UPPER:
            tier, first = tier + 1, item
        tiers[item] = float(tier)
    return pd.Series(tiers, dtype=float)


def score_need(importance: float, satisfaction: float) -> float:
    """Score how underserved a need is, 0 to 20: importance plus what satisfaction lacks of it, both 0 to 10.

    Source: Ulwick (2002).

    Examples
    --------
    >>> round(float(score_need(9.5, 3.2)), 1), float(score_need(6, 8))
    (15.8, 6.0)
    """
    return importance + np.maximum(np.subtract(importance, satisfaction), 0)


def _draw_between(noise: np.ndarray, value, low, high) -> np.ndarray:
    """Turn normal noise into draws with value as median and low and high as 2.5% and 97.5% points, never below 0."""
    return np.maximum(value + noise / Z * np.where(noise < 0, value - low, high - value), 0.0)


def _rank_draws(values: np.ndarray, *, seed: int) -> np.ndarray:
    lots = np.random.default_rng(seed).random(values.shape)
    order = np.lexsort((lots, -values), axis=1)
    ranks = np.empty(values.shape)
    np.put_along_axis(ranks, order, np.arange(1.0, values.shape[1] + 1)[None], axis=1)
    return ranks
