"""The charts behind decisions: which ideas come first, and which steps feel different."""

import pandas as pd
import pytest

from cjm_helpers.drawing.decision_charts import draw_changes, draw_ranks


def rank(*tiers):
    """Return ranked ideas, one for each tier given."""
    ids = [f"o{number}" for number, _ in enumerate(tiers, 1)]
    places = [float(number) for number, _ in enumerate(tiers, 1)]
    known = {"opportunity_id": ids, "statement": [f"Idea {one}" for one in ids], "mean_rank": places, "tier": tiers}
    return pd.DataFrame({**known, "rank_lo": 1.0, "rank_hi": places, "p_top3": 0.5})


def compare(**verdicts):
    """Return compared feelings, one touchpoint for each verdict."""
    deltas = {"worse": -0.4, "improved": 0.9, "no evidence": 0.1, "not compared": float("nan")}
    rows = [(name, deltas[verdict], verdict) for name, verdict in verdicts.items()]
    table = pd.DataFrame(rows, columns=["name", "delta", "verdict"])
    return table.assign(object="feeling", lo=table["delta"] - 0.1, hi=table["delta"] + 0.1, n1=40, n2=50)


def read_words(chart):
    """Return every text of a chart but its title."""
    return [text.get_text() for text in chart.axes[0].texts]


def test_ideas_stand_in_tiers_with_their_places():
    """Each tier has its heading, each idea its name, its id and a bar for the places it could have."""
    chart = draw_ranks(rank(1.0, 1.0, 2.0))
    words = read_words(chart)
    assert [word for word in words if word.startswith("Tier")] == ["Tier 1", "Tier 2"]
    assert words.index("Idea o1") < words.index("Idea o2") < words.index("Tier 2") < words.index("Idea o3")
    assert chart.get_suptitle() == "2 ideas share the first tier"


def test_an_idea_without_a_place_is_not_drawn():
    """What cannot be ranked is no dot at zero; with nothing ranked a sentence stands."""
    ideas = rank(1.0, 2.0)
    ideas.loc[1, ["mean_rank", "tier"]] = None
    assert "Idea o2" not in read_words(draw_ranks(ideas))
    assert "No idea can be ranked" in read_words(draw_ranks(ideas.iloc[1:]))[0]


def test_what_changed_stands_before_what_may_be_chance():
    """Worse first, then better, then the rest; what was not compared is left out."""
    chart = draw_changes(compare(Basket="improved", Search="no evidence", Parcel="worse", Code="not compared"))
    words = [
        word
        for word in read_words(chart)
        if word in ("Worse", "Better", "Could be chance", "Basket", "Search", "Parcel")
    ]
    assert words == ["Worse", "Parcel", "Better", "Basket", "Could be chance", "Search"]
    assert (
        "Code" not in read_words(chart)
        and chart.get_suptitle() == "1 step feels worse and 1 step feels better than a wave ago"
    )


@pytest.mark.parametrize(
    ("verdicts", "title"),
    [
        ({}, "Does any step feel different?"),
        ({"Search": "no evidence"}, "No change is larger than chance could make it"),
    ],
)
def test_no_change_is_said(verdicts, title):
    """Nothing to compare and nothing found are two titles."""
    assert draw_changes(compare(**verdicts)).get_suptitle() == title
