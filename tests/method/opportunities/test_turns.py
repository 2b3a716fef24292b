"""What would change the first place, in sentences that hold."""

import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from cjm_helpers.method.opportunities.turns import say_turns

FIGURE = r"(reach|impact|confidence|effort) (?:over|under|of) ([\d,.]+?)(?= \()"


def make_ranking(*ideas):
    """Rank ideas given as (reach, impact, confidence, effort)."""
    table = pd.DataFrame(ideas, columns=["reach", "impact", "confidence", "effort"]).astype(float)
    table = table.assign(score=table["reach"] * table["impact"] * table["confidence"] / table["effort"])
    table["rank"] = table["score"].rank(ascending=False, method="min")
    table["opportunity_id"] = [f"o{i}" for i in range(len(table))]
    return table.sort_values("rank", kind="stable", ignore_index=True)


@given(some.floats(1.05, 3.9), some.sampled_from([0.25, 0.5, 1, 2, 3]), some.floats(0.2, 1))
@settings(max_examples=60, deadline=None)
def test_each_figure_named_gives_the_first_place(factor, impact, confidence):
    """Each figure the second idea is told draws level or wins when put into its score: rounding is on the safe side."""
    ranking = make_ranking((1000 * factor, impact, confidence, 2), (1000, impact, confidence, 2))
    figures = re.findall(FIGURE, say_turns(ranking)[1])
    assert {"reach", "effort"} <= {name for name, _ in figures}
    for name, text in figures:
        changed = dict(ranking.loc[1]) | {name: float(text.replace(",", ""))}
        score = changed["reach"] * changed["impact"] * changed["confidence"] / changed["effort"]
        assert score >= ranking.loc[0, "score"] * (1 - 1e-9), name


def test_what_cannot_be_is_not_named():
    """A confidence above 1 and an impact above 3 are no ways to the first place."""
    said = say_turns(make_ranking((2000, 3, 1, 2), (1000, 3, 1, 2)))
    assert "confidence" not in said[1] and "impact" not in said[1]
    assert "confidence under 0.5" in said[0] and "impact of 1 " in said[0]


def test_a_far_first_place_is_said_to_be_far():
    """When one figure would have to be more than four times as good, no figure is named."""
    said = say_turns(make_ranking((9000, 2, 0.5, 2), (1000, 2, 0.5, 2)))
    assert said == ["No single figure within 4 times changes the first place."] * 2


def test_a_shared_first_place_is_said():
    """Two equal scores share it; the third is told what it takes."""
    said = say_turns(make_ranking((1000, 2, 0.5, 2), (1000, 2, 0.5, 2), (900, 2, 0.5, 2)))
    assert said[:2] == ["Shares the first place."] * 2 and said[2].startswith(
        "o2 would be first with a reach over 1,000"
    )


@pytest.mark.parametrize("reach", [0, float("nan")])
def test_without_a_rival_nothing_is_said(reach):
    """One idea with a score has nobody to lose its place to."""
    assert say_turns(make_ranking((1000, 2, 0.5, 2), (reach, 2, 0.5, 2))) == ["", ""]
