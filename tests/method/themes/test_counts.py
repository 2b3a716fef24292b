"""Themes: how many people name each code at a touchpoint."""

import pandas as pd
import pytest
from method.speaking import code, say

from cjm_helpers.method.themes import summarise_themes
from cjm_helpers.stats.intervals import estimate_proportion


def summarise(tables, **options):
    return summarise_themes(tables.pop("feedback"), tables.pop("codings"), **tables, **options)


def test_a_customer_counts_once_acode(tables):
    """Two verbatims of one customer with one code are one person, k of n with Wilson's interval."""
    said = [say(i) for i in range(10)] + [{**say(0), "feedback_id": "f99"}]
    codings = [code(f"f{i:02}", "slow" if i < 4 else "none") for i in range(10)] + [code("f99", "slow")]
    theme = summarise(tables(said, codings)).iloc[0]
    share = estimate_proportion(4, 10)
    assert (theme["k"], theme["n"], theme["value"], theme["lo"], theme["hi"]) == (
        4,
        10,
        share.value,
        share.lo,
        share.hi,
    )
    assert theme["feedback_ids"] == "f00;f01;f02;f03;f99"


def test_few_customers_show_nothing(tables):
    """Under min_n customers a theme has no count, share, verbatim or quote."""
    said = [say(i, text="It took far too long to load.", consent="yes") for i in range(4)]
    theme = summarise(tables(said, [code(f"f{i:02}", "slow", emotion=-2) for i in range(4)])).iloc[0]
    assert theme["flag"] == "suppressed"
    assert theme[["k", "value", "lo", "hi", "severity", "counter"]].isna().all()
    assert theme["feedback_ids"] == theme["quote_id"] == ""


def test_interviews_are_counted_in_people(tables):
    """Three people interviewed give whole counts and no share."""
    said = [say(i, source="interview") for i in range(3)]
    theme = summarise(tables(said, [code(f"f{i:02}", "slow" if i else "none") for i in range(3)])).iloc[0]
    assert (theme["k"], theme["n"], theme["flag"]) == (2, 3, "counted")
    assert theme[["value", "lo", "hi"]].isna().all()


@pytest.mark.parametrize("source", ["interview", "survey"])
def test_colleagues_are_no_customers(tables, source):
    """What staff tell counts in no k and no n, be the others interviewed or asked by survey."""
    said = [say(i, source="staff" if i > 5 else source) for i in range(9)]
    theme = summarise(tables(said, [code(f"f{i:02}", "slow" if i > 3 else "none") for i in range(9)])).iloc[0]
    assert (theme["k"], theme["n"], theme["feedback_ids"]) == (2, 6, "f04;f05")
    assert summarise(tables(said[6:], [code(f"f{i:02}", "slow") for i in range(6, 9)])).empty


def test_the_opposite_is_counter_evidence(tables):
    """People who name the delight under the same parent speak against the pain, and the other way round."""
    codings = [code(f"f{i:02}", "slow" if i < 6 else "quick") for i in range(8)]
    themes = summarise(tables([say(i) for i in range(8)], codings)).set_index("code_id")
    assert themes["counter"].to_dict() == {"slow": 2, "quick": 6}


@pytest.mark.parametrize(("carriers", "severity"), [(-2, 3), (-1, 2), (-0.5, 1), (1, 1)])
def test_severity_is_the_gap_of_feeling(tables, carriers, severity):
    """Those who name a pain against those who do not (here neutral): from 0.75 it is 2, from 1.5 it is 3."""
    codings = [code(f"f{i:02}", "slow" if i < 5 else "none", emotion=carriers if i < 5 else 0) for i in range(10)]
    assert summarise(tables([say(i) for i in range(10)], codings))["severity"].tolist() == [severity]


def test_severity_falls_back_on_ratings(tables):
    """Where coders noted no feeling, the customers' own ratings are compared."""
    codings = [code(f"f{i:02}", "slow" if i < 5 else "none") for i in range(10)]
    people = [f"customer c{i:02}" for i in range(10)]
    rated = pd.DataFrame({"person_id": people, "touchpoint_id": "pay", "emotion": [-1.0] * 5 + [1.0] * 5})
    assert summarise(tables([say(i) for i in range(10)], codings), feelings=rated)["severity"].tolist() == [3]


def test_themes_come_strongest_first(tables):
    """Touchpoints keep their order; within one most people come first, then codes by name; rows in any order."""
    said = [say(i, "ad" if i < 5 else "pay") for i in range(10)]
    codings = [code(f"f{i:02}", name) for i in range(10) for name in ("slow", "quick")] + [code("f05", "none", "ben")]
    codings += [code("f06", "extra"), code("f07", "extra")]
    forward, backward = summarise(tables(said, codings)), summarise(tables(said[::-1], codings[::-1]))
    pd.testing.assert_frame_equal(forward, backward)
    assert forward[["touchpoint_id", "code_id"]].values.tolist() == [
        ["pay", "quick"], ["pay", "slow"], ["pay", "extra"], ["ad", "quick"], ["ad", "slow"],
    ]  # fmt: skip


def test_a_code_may_stand_at_another_touchpoint(tables):
    """A code that coders place elsewhere counts there; its speaker still belongs to the n of the verbatim's own."""
    said = [say(i) for i in range(6)]
    codings = [code(f"f{i:02}", "slow", touchpoint_id="ad" if i else "") for i in range(6)]
    themes = summarise(tables(said, codings)).set_index("touchpoint_id")
    assert themes.loc["pay", ["k", "n"]].tolist() == [1, 6]
    assert themes.loc["ad", ["k", "n"]].tolist() == [5, 5]


def test_feedback_leaves_its_tables_alone(tables):
    """Summarising themes changes none of the tables it reads."""
    given = tables([say(i) for i in range(6)], [code(f"f{i:02}", "lazy") for i in range(6)])
    before = {name: table.copy() for name, table in given.items()}
    summarise(dict(given))
    for name, table in given.items():
        pd.testing.assert_frame_equal(table, before[name])


def test_a_place_named_unasked_is_counted_among_all_who_could(tables):
    """Of ten who commented on the whole journey three spoke of paying: 3 of 10, not 3 of 3."""
    said = [say(i, touchpoint_id="") for i in range(10)]
    codings = [code(f"f{i:02}", "slow", touchpoint_id="pay") for i in range(3)]
    themes = summarise(tables(said, codings + [code(f"f{i:02}", "none") for i in range(3, 10)]))
    assert themes[["touchpoint_id", "k", "n", "value"]].values.tolist() == [["pay", 3, 10, 0.3]]


def test_too_few_customers_have_one_row(tables):
    """Four customers who name two codes leave one row without a code, so that not even the list of codes tells."""
    codings = [code(f"f{i:02}", "slow" if i else "quick") for i in range(4)]
    themes = summarise(tables([say(i) for i in range(4)], codings))
    assert themes[["code_id", "label", "n", "flag"]].values.tolist() == [["", "", 4, "suppressed"]]


def test_the_feeling_heard_is_of_those_who_name_it(tables):
    """The mean feeling is of the people who name the code, each once, and is not shown of fewer than five."""
    codings = [code(f"f{i:02}", "slow" if i < 5 else "quick", emotion=-1 - (i == 0)) for i in range(9)]
    themes = summarise(tables([say(i) for i in range(9)], codings)).set_index("code_id")
    assert themes.at["slow", "mean_sentiment"] == pytest.approx(-1.2)
    assert pd.isna(themes.at["quick", "mean_sentiment"])
