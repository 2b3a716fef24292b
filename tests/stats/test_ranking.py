"""Rankings that say how sure they are: draws, the ranks they take, and tiers."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from cjm_helpers.stats.ranking import draw_rice, draw_weights, find_tiers, rank_acceptability, score_need

NAN = float("nan")
IDEA = {"reach": 2000.0, "reach_lo": NAN, "reach_hi": NAN, "impact": 2.0, "confidence": 0.8, "effort": 4.0}
SCORES = some.lists(some.floats(0, 1000), min_size=1, max_size=6)


def make_ideas(**ideas):
    """Make a table of ideas from what differs between them."""
    return pd.DataFrame({name: {**IDEA, **change} for name, change in ideas.items()}).T.astype(float)


def test_flat_weights_prefer_as_geometry_says():
    """A = (.9, .2) beats B = (.5, .5) under flat weights with chance 4/7 (methods.md section 9, by hand)."""
    draws = pd.DataFrame(draw_weights(2, draws=40_000) @ np.array([[0.9, 0.5], [0.2, 0.5]]), columns=["a", "b"])
    assert (draws["a"] > draws["b"]).mean() == pytest.approx(4 / 7, abs=0.01)
    table = rank_acceptability(draws, scores=draws.mean())
    assert table.at["b", "mean_rank"] - 1 == pytest.approx(4 / 7, abs=0.01)


@pytest.mark.parametrize(("importance", "satisfaction", "score"), [(9.5, 3.2, 15.8), (6, 8, 6)])
def test_underserved_needs_score_high(importance, satisfaction, score):
    """9.5 and 3.2 give 15.8; what is satisfied more than it matters adds nothing (methods.md section 9, by hand)."""
    assert score_need(importance, satisfaction) == pytest.approx(score)


def test_drawn_scores_scatter_around_the_product():
    """The median is 2000 x 2 x .1 / 4 = 100; four figures of sd .3 scatter the logarithm by .3 x sqrt(4) = .6."""
    logs = np.log(draw_rice(make_ideas(o1={"confidence": 0.1}), draws=20_000)["o1"])
    assert np.exp(logs.median()) == pytest.approx(100, rel=0.02)
    assert logs.std() == pytest.approx(0.6, rel=0.03)


def test_reach_is_drawn_from_its_interval():
    """Of a reach with an interval, 2.5% of draws lie below it and 2.5% above, and none is negative."""
    sure = {"reach": 100.0, "reach_lo": 20.0, "reach_hi": 110.0}
    many = make_ideas(**{f"o{i}": sure for i in range(40)})
    drawn = draw_rice(many, draws=2000).to_numpy() / draw_rice(many.assign(reach_lo=100, reach_hi=100), draws=2000)
    assert np.quantile(drawn, [0.025, 0.5, 0.975]) == pytest.approx([0.2, 1.0, 1.1], abs=0.02)
    assert drawn.to_numpy().min() >= 0


def test_confidence_never_passes_one():
    """An idea that is certain cannot become more than certain: half of its draws stay at 1."""
    certain, likely = (draw_rice(make_ideas(o1={"confidence": share}))["o1"] for share in (1.0, 0.2))
    assert certain.median() / likely.median() == pytest.approx(5, rel=0.15)
    assert certain.quantile(0.9) / likely.quantile(0.9) < 5


def test_the_same_seed_gives_the_same_draws():
    """The order in which ideas are given does not matter, the seed does."""
    ideas = make_ideas(o1={}, o2={"effort": 1.0}, o3={"reach": 10.0})
    drawn = draw_rice(ideas, draws=50)
    pd.testing.assert_frame_equal(drawn, draw_rice(ideas[::-1], draws=50))
    assert not drawn.equals(draw_rice(ideas, draws=50, seed=1))


@given(SCORES, some.integers(0, 3))
@settings(max_examples=40, deadline=None)
def test_intervals_hold_what_they_are_of(scores, seed):
    """Score and rank lie within their intervals, and as many places of the top three are given as there are."""
    scores = pd.Series(scores, index=[f"o{i}" for i in range(len(scores))], dtype=float)
    draws = pd.DataFrame(scores.to_numpy() * np.random.default_rng(seed).lognormal(0, 1, (60, len(scores))))
    table = rank_acceptability(draws.set_axis(scores.index, axis=1), scores=scores)
    assert table["rank"].between(table["rank_lo"], table["rank_hi"]).all()
    assert scores.reindex(table.index).between(table["score_lo"], table["score_hi"]).all()
    assert table["p_top3"].sum() == pytest.approx(min(3, len(scores)))
    assert table["tier"].is_monotonic_increasing


def test_ties_in_a_draw_are_broken_by_lot():
    """Two items that always score the same are first equally often."""
    draws = pd.DataFrame({"a": np.ones(2000), "b": np.ones(2000)})
    table = rank_acceptability(draws, scores=pd.Series({"a": 1.0, "b": 1.0}))
    assert table["mean_rank"].tolist() == pytest.approx([1.5, 1.5], abs=0.05)
    assert table["rank"].tolist() == table["tier"].tolist() == [1, 1]


def test_tiers_part_where_the_first_is_clearly_ahead():
    """An item joins the tier unless the tier's first beats it in more than 97.5% of draws."""
    ahead = {share: pd.DataFrame({"a": 1.0, "b": np.arange(1000) >= share}, dtype=float) for share in (975, 976)}
    tiers = {share: find_tiers(draws, scores=pd.Series({"a": 1.0, "b": 0.5}))["b"] for share, draws in ahead.items()}
    assert tiers == {975: 1, 976: 2}


def test_nothing_to_rank_gives_an_empty_table():
    """Without items there are no ranks, and the columns stand all the same."""
    table = rank_acceptability(pd.DataFrame(), scores=pd.Series(dtype=float))
    assert table.empty and "p_top3" in table


def test_draws_stay_as_they_were():
    """The tables given are not changed."""
    draws, scores = pd.DataFrame({"b": [1.0, 2.0], "a": [2.0, 1.0]}), pd.Series({"b": 1.0, "a": 2.0})
    before = draws.copy(), scores.copy()
    rank_acceptability(draws, scores=scores)
    pd.testing.assert_frame_equal(draws, before[0])
    pd.testing.assert_series_equal(scores, before[1])
