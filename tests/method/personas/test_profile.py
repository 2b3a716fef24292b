"""Tests of the profile: what sets a persona apart, and what must not be told of it."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from cjm_helpers.method.personas import profile_personas

NUMBERS = ["value", "overall", "lo", "hi", "index", "effect", "residual", "separation", "p", "q"]
FOUR = dict.fromkeys(["a", "b", "c", "d"], "numeric")


@pytest.fixture
def profile(base):
    """Return the profile of the made-up customers."""
    return profile_personas(base.customers, base.assignments, kinds=base.kinds, active=base.active)


def find_row(profile, persona_id, variable, level=""):
    """Return one row of a profile."""
    keys = (profile["persona_id"], profile["variable"], profile["level"])
    return profile[(keys[0] == persona_id) & (keys[1] == variable) & (keys[2] == level)].iloc[0]


def test_a_level_is_worked_by_hand():
    """30 of 40 against 20 of 60: index 150, h .8634, V .4082, residual 4.08 (worked by hand)."""
    people = pd.DataFrame({"customer_id": [f"c{number:03}" for number in range(100)], "a": 1, "b": 1, "c": 1, "d": 1})
    people["has"] = ["yes"] * 30 + ["no"] * 10 + ["yes"] * 20 + ["no"] * 40
    assigned = pd.DataFrame({"customer_id": people["customer_id"], "persona_id": ["in"] * 40 + ["rest"] * 60})
    row = find_row(profile_personas(people, assigned, kinds=FOUR | {"has": "nominal"}, active=None), "in", "has", "yes")
    assert (row["value"], row["overall"], row["n"], row["index"]) == pytest.approx((0.75, 0.5, 40, 150))
    assert (row["effect"], row["separation"]) == pytest.approx((0.8634, 0.4082), abs=5e-5)
    assert row["residual"] == pytest.approx(4.08, abs=5e-3)
    assert row["is_defining"]


def test_what_was_planted_defines_and_chance_does_not(profile):
    """Orders, comparing, whom they buy for and what they read define; region and income do not."""
    defining = set(profile.loc[profile["is_defining"], "variable"])
    assert defining == {"orders", "visits", "compares", "buys_for", "reads"}
    assert find_row(profile, "ben", "reads", "app")["value"] == 1
    assert find_row(profile, "cleo", "compares")["value"] == 3


def test_only_passive_attributes_carry_a_p(profile):
    """Shaping made active attributes differ, so they carry no p; the others do, and q is never under p."""
    passive = profile[profile["role"] == "passive"]
    assert set(passive["variable"]) == {"region", "income"} and passive["p"].notna().all()
    assert profile.loc[profile["role"] == "active", ["p", "q"]].isna().all(axis=None)
    assert (passive["q"] >= passive["p"]).all()


def test_ignored_attributes_are_not_shown(profile):
    """An attribute declared ignore stands nowhere."""
    assert "note" not in set(profile["variable"])


def test_row_and_column_order_change_nothing(base, profile):
    """Shuffled tables give the same profile to the last digit."""
    shuffled = base.customers.sample(frac=1, random_state=1, axis=0).sample(frac=1, random_state=2, axis=1)
    assigned = base.assignments.sample(frac=1, random_state=3)
    again = profile_personas(shuffled, assigned, kinds=base.kinds, active=base.active)
    pd.testing.assert_frame_equal(again, profile, check_exact=True)


def test_profiling_changes_nothing(base):
    """The tables handed in stay as they were."""
    before = base.customers.copy(), base.assignments.copy()
    profile_personas(base.customers, base.assignments, kinds=base.kinds, active=base.active)
    pd.testing.assert_frame_equal(base.customers, before[0])
    pd.testing.assert_frame_equal(base.assignments, before[1])


def test_without_personas_there_is_no_profile(base):
    """Where nobody has a persona the profile is empty, and no error."""
    assert profile_personas(base.customers, base.assignments[:0], kinds=base.kinds, active=base.active).empty


def test_missing_answers_are_counted(base):
    """n counts the customers whose answer is known; the rest of the persona's people are not guessed at."""
    base.customers.loc[:9, "buys_for"] = ""
    profile = profile_personas(base.customers, base.assignments, kinds=base.kinds, active=base.active)
    assert find_row(profile, "ann", "buys_for", "self")["n"] == 50
    assert find_row(profile, "ann", "orders")["n"] == 60


def test_a_hidden_persona_leaves_no_trace(base):
    """Under five customers no number is left, not by subtraction either, and what they said changes nothing shown."""
    few = base.assignments[~base.assignments["customer_id"].str.match("c2(0[4-9]|[1-5])")]
    profile = profile_personas(base.customers, few, kinds=base.kinds, active=base.active)
    hidden = profile[profile["flag"] == "suppressed"]
    assert set(hidden["persona_id"]) == {"ann", "cleo"} and set(hidden["n"]) == {4, 60}
    assert hidden[NUMBERS].isna().all(axis=None) and not hidden["is_defining"].any()
    base.customers.loc[120:123, "orders"] = 19
    again = profile_personas(base.customers, few, kinds=base.kinds, active=base.active)
    columns = ["value", "lo", "hi", "flag"]
    pd.testing.assert_frame_equal(again[columns], profile[columns])


@settings(max_examples=30, deadline=None)
@given(
    some.lists(
        some.tuples(some.sampled_from("xyz"), some.sampled_from(["ann", "ben", "cleo"])), min_size=8, max_size=60
    )
)
def test_the_shares_of_personas_make_the_whole(rows):
    """Weighted by n, the personas' shares of a level are the overall share, and each lies in its interval."""
    people = pd.DataFrame({"customer_id": [f"c{number:03}" for number in range(len(rows))]})
    people = people.assign(a=1, b=2, c=3, d=4, level=[level for level, _ in rows])
    assigned = people[["customer_id"]].assign(persona_id=[persona_id for _, persona_id in rows])
    profile = profile_personas(people, assigned, kinds=FOUR | {"level": "nominal"}, min_n=2).query(
        "variable == 'level'"
    )
    assert (profile["value"].isna() | profile["value"].between(profile["lo"], profile["hi"])).all()
    for _, level in profile.groupby("level"):
        if level["value"].notna().all():
            assert np.average(level["value"], weights=level["n"]) == pytest.approx(level["overall"].iloc[0])
