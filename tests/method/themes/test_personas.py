"""Themes of each persona: counted as for everyone, and nobody found by subtraction."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from method.speaking import code, say

from cjm_helpers.method.answers import find_personas
from cjm_helpers.method.themes import compare_themes, summarise_themes

NUMBERS = ["k", "value", "lo", "hi", "mean_sentiment", "severity", "counter"]


@pytest.fixture
def compare(tables, make_table):
    """Compare the themes of personas from the number of customers of each, all of whom name the code slow."""

    def run(more=(), only="everyone", **sizes):
        personas = [name for name, size in sizes.items() for _ in range(size)]
        said = [say(i) for i in range(len(personas))] + list(more)
        rows = [{"customer_id": f"c{i:02}", "persona_id": name} for i, name in enumerate(personas) if name != "nobody"]
        given = tables(said, [code(row["feedback_id"], "slow", emotion=-2) for row in said])
        assignments = make_table("persona_assignments", rows)
        return compare_themes(
            given.pop("feedback"), given.pop("codings"), assignments=assignments, persona_id=only, **given
        )

    return run


def test_personas_are_counted_apart(compare):
    """Each persona has its own k of n; customers without a persona come last."""
    themes = compare(lena=6, ole=8, nobody=5)
    assert themes[["persona_id", "k", "n"]].values.tolist() == [["lena", 6, 6], ["ole", 8, 8], ["", 5, 5]]


@pytest.mark.parametrize("only", ["lena", "ole", "eva", ""])
def test_one_persona_alone_has_its_rows_among_all(compare, only):
    """A page that shows one persona may count it alone: the same rows, hidden where they are among all personas."""
    sizes = {"lena": 3, "ole": 8, "eva": 6, "nobody": 5}
    alone, among = compare(only=only, **sizes), compare(**sizes)
    pd.testing.assert_frame_equal(alone, among[among["persona_id"] == only].reset_index(drop=True), check_exact=True)


def test_the_next_smallest_hides_a_hidden_one(compare):
    """Three customers of one persona cannot be found as the rest of everyone: the next smallest is hidden too."""
    themes = compare(lena=3, ole=8, eva=6).set_index("persona_id")
    assert themes["flag"].to_dict() == {"eva": "suppressed", "lena": "suppressed", "ole": "indicative"}
    assert themes.loc[["eva", "lena"], NUMBERS].isna().all(axis=None)
    assert themes.loc[["eva", "lena"], ["code_id", "feedback_ids", "quote_id"]].eq("").all(axis=None)


def test_two_hidden_personas_hide_each_other(compare):
    """Where two personas are too few, no third one needs to be hidden."""
    themes = compare(lena=3, ole=8, eva=2).set_index("persona_id")
    assert themes.at["ole", "k"] == 8


def test_people_interviewed_do_not_open_a_hidden_cell(compare):
    """A persona with few customers and somebody interviewed shows the interview, and a second persona stays hidden."""
    interview = say(50, source="interview", customer_id="c00")
    themes = compare(more=[interview], lena=3, ole=8, eva=6).set_index("persona_id")
    assert themes.loc["lena", ["k", "n", "flag"]].tolist() == [1, 1, "counted"]
    assert themes.at["eva", "flag"] == "suppressed"


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(sizes=st.lists(st.integers(0, 9), min_size=2, max_size=4))
def test_no_persona_is_the_rest_of_everyone(compare, sizes):
    """Whatever the sizes: never is exactly one persona with customers hidden while others are shown."""
    themes = compare(**dict(zip(["lena", "ole", "eva", "nobody"], sizes, strict=False)))
    hidden = themes["flag"].eq("suppressed").sum()
    assert hidden != 1 or len(themes) == 1


def test_personas_add_up_to_everyone(tables, make_table):
    """Where nobody is hidden, the people of all personas are those of everyone, also where places are named unasked."""
    said = [say(i, touchpoint_id="" if i % 2 else "pay") for i in range(24)]
    given = tables(said, [code(f"f{i:02}", "slow", touchpoint_id="pay" if i < 8 else "") for i in range(24)])
    rows = [{"customer_id": f"c{i:02}", "persona_id": "lena" if i < 12 else "ole"} for i in range(24)]
    feedback, codings = given.pop("feedback"), given.pop("codings")
    everyone = summarise_themes(feedback, codings, **given).set_index(["touchpoint_id", "code_id"])[["k", "n"]]
    apart = compare_themes(feedback, codings, assignments=make_table("persona_assignments", rows), **given)
    summed = apart.groupby(["touchpoint_id", "code_id"])[["k", "n"]].sum()
    pd.testing.assert_frame_equal(summed.sort_index(), everyone.sort_index())


def test_severity_compares_people_of_the_persona(tables, make_table):
    """Ratings of another persona are no yardstick: among her own, those of Lena who name it feel no worse."""
    rated = {f"c{i:02}": -1.0 if i < 10 else 2.0 for i in range(20)}
    given = tables([say(i) for i in range(10)], [code(f"f{i:02}", "slow" if i < 5 else "none") for i in range(10)])
    rows = [{"customer_id": name, "persona_id": "lena" if name < "c10" else "ole"} for name in rated]
    people = [f"customer {name}" for name in rated]
    feelings = pd.DataFrame({"person_id": people, "touchpoint_id": "pay", "emotion": rated.values()})
    assignments = make_table("persona_assignments", rows)
    options = {"assignments": assignments, "feelings": feelings}
    assert compare_themes(given.pop("feedback"), given.pop("codings"), **given, **options)["severity"].tolist() == [1]


def test_the_persona_of_the_wave_comes_first(make_table):
    """A customer's persona is that of the verbatim's wave, else the one without a wave; an unknown person has none."""
    said = make_table("feedback", [say(1, wave="w1"), say(2, wave="w2"), say(3), say(4, customer_id="")])
    rows = [("c01", "", "ole"), ("c01", "w1", "lena"), ("c02", "", "ole"), ("c03", "w1", "lena"), ("", "", "eva")]
    assigned = pd.DataFrame(rows, columns=["customer_id", "wave", "persona_id"])
    assert find_personas(said, assigned).tolist() == ["lena", "ole", "", ""]


def test_nobody_spoke(compare):
    """Without verbatims there is an empty table with all its columns."""
    themes = compare()
    assert themes.empty and {"persona_id", "code_id", "mean_sentiment"} <= set(themes)


def test_order_and_tables_are_left_alone(tables, make_table):
    """Rows in any order give the same themes, and no table is changed."""
    given = tables([say(i) for i in range(12)], [code(f"f{i:02}", "lazy") for i in range(12)])
    given["assignments"] = make_table("persona_assignments", [{"customer_id": "c01", "persona_id": "lena"}])
    before = {name: table.copy() for name, table in given.items()}
    turned = {name: table[::-1].reset_index(drop=True) for name, table in given.items() if name != "touchpoints"}
    forward, backward = (
        compare_themes(one["feedback"], one["codings"], **{name: one[name] for name in list(one)[2:]})
        for one in (given, turned | {"touchpoints": given["touchpoints"]})
    )
    pd.testing.assert_frame_equal(forward, backward)
    for name, table in given.items():
        pd.testing.assert_frame_equal(table, before[name])
