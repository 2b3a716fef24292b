"""A workshop's votes on ideas, in an order that says how far it depends on single voices and on weights."""

import numpy as np
import pandas as pd

from cjm_helpers.errors import Fault, FaultsFound
from cjm_helpers.method.opportunities.ranges import refuse_outside
from cjm_helpers.method.words import join_words
from cjm_helpers.stats.ranking import DRAWS, draw_weights, rank_acceptability

VOTE, CRITERIA = ["opportunity_id", "rater_id"], ["impact", "confidence", "ease"]
RULES = dict.fromkeys(CRITERIA, ("1 to 10", "Ask the person again, or leave the cell empty."))
NOBODY = "Nobody voted on it completely."
APART = 3  # points between two people's scores of one idea from which they should talk
PLACES = ["rank", "rank_lo", "rank_hi", "mean_rank", "p_top3", "tier"]
COLUMNS = ["opportunity_id", "score", *CRITERIA, "raters", "left_out", "lowest", "highest", *PLACES, "sentence"]


def rank_ice(votes: pd.DataFrame, *, seed: int = 0, draws: int = DRAWS) -> pd.DataFrame:
    """Rank ideas by a workshop's votes: the mean of impact, confidence and ease, and over people the mean of that.

    How firmly the order holds is drawn: each draw weighs the three questions anew and the voices anew, every mix as
    likely as any other. Votes are counted in whole people, so there is no interval of a score.

    Parameters
    ----------
    votes
        One row an idea and person: opportunity_id, rater_id, impact, confidence, ease (1-10, 10 is best).
    seed, draws
        For the ranks.

    Returns
    -------
    DataFrame
        One row an idea, best first: score, impact, confidence, ease (means over people), raters (people counted),
        left_out (people who left a cell empty), lowest and highest (one person's score),
        rank, rank_lo, rank_hi, mean_rank, p_top3 (0-1), tier, sentence (who should talk, or that one voice decides). An
        idea that nobody voted on completely has no score.

    Raises
    ------
    FaultsFound
        When a vote lies outside 1 to 10, or a person votes twice on an idea.

    Source: ICE, Ellis & Brown (2017); weights, Lahdelma et al. (1998); voices, Rubin's (1981) Bayesian bootstrap.

    Examples
    --------
    >>> votes = {"opportunity_id": ["o1", "o1", "o2"], "rater_id": ["anna", "ben", "anna"], "impact": [9, 3, 5]}
    >>> table = rank_ice(pd.DataFrame({**votes, "confidence": [9, 3, 5], "ease": [9, 3, 5]}))
    >>> table[["opportunity_id", "score", "sentence"]].values.tolist()
    [['o1', 6.0, 'anna gives 9.0 and ben 3.0: hear both before you rank it.'], ['o2', 5.0, 'One voice only: anna.']]
    """
    refuse_outside(votes, rules=RULES, file="the votes", id_column="opportunity_id")
    votes = votes.sort_values(VOTE, ignore_index=True).astype(dict.fromkeys(CRITERIA, float))
    _refuse_twice(votes)
    complete = votes.dropna(subset=CRITERIA)
    by_idea = complete.assign(score=complete[CRITERIA].mean(axis=1)).groupby("opportunity_id")
    people = votes.groupby("opportunity_id").size()
    table = by_idea[["score", *CRITERIA]].mean().reindex(people.index)
    raters = by_idea.size().reindex(people.index, fill_value=0)
    lowest, highest = (by_idea["score"].agg(name).reindex(people.index) for name in ("min", "max"))
    table = table.assign(raters=raters, left_out=people - raters, lowest=lowest, highest=highest)
    places = rank_acceptability(
        _draw_scores(complete, draws=draws, seed=seed), scores=table["score"].dropna(), seed=seed
    )
    said = {one: _say_voices(rows) for one, rows in by_idea}
    table["sentence"] = [said.get(one, NOBODY) for one in table.index]
    table = table.join(places[PLACES])
    return table.reset_index().sort_values(["rank", "opportunity_id"], kind="stable", ignore_index=True)[COLUMNS]


def _refuse_twice(votes: pd.DataFrame) -> None:
    twice = votes[votes.duplicated(VOTE)].drop_duplicates(VOTE)
    faults = [Fault(f"{row.rater_id} votes twice on {row.opportunity_id}.") for row in twice.itertuples()]
    if faults:
        raise FaultsFound(faults, "the votes")


def _draw_scores(votes: pd.DataFrame, *, draws: int, seed: int) -> pd.DataFrame:
    """Draw every idea's score under other weights of questions and of people; who did not vote has no weight there."""
    tables = [votes.pivot(index="rater_id", columns="opportunity_id", values=name) for name in CRITERIA]
    cube = np.stack([table.to_numpy(float) for table in tables])
    questions = draw_weights(len(CRITERIA), draws=draws, seed=seed)
    voices = draw_weights(cube.shape[1], draws=draws, seed=seed + 1)
    has_voted = ~np.isnan(cube[0])
    sums = np.einsum("dq,dr,qri->di", questions, voices, np.nan_to_num(cube), optimize=True)
    return pd.DataFrame(sums / (voices @ has_voted), columns=tables[0].columns)


def _say_voices(rows: pd.DataFrame) -> str:
    """Say when one person decides alone, or when two lie so far apart that a mean hides it."""
    low, high = rows.loc[rows["score"].idxmin()], rows.loc[rows["score"].idxmax()]
    if len(rows) == 1:
        return f"One voice only: {low['rater_id']}."
    if high["score"] - low["score"] < APART:
        return ""
    voices = [f"{high['rater_id']} gives {high['score']:.1f}", f"{low['rater_id']} {low['score']:.1f}"]
    return f"{join_words(voices)}: hear both before you rank it."
