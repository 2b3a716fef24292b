"""Tests of traits: what names a persona, and how fast the share of customers who have them all falls."""

from itertools import product

import pandas as pd
import pytest

from cjm_helpers.method.personas.traits import describe_match, measure_matches, pick_traits, suggest_name

FOUR = pd.DataFrame({"persona_id": "ann", "variable": list("abcd"), "kind": "nominal", "level": "yes"})
FOUR = FOUR.assign(overall=0.5, effect=1.0)
SIXTEEN = pd.DataFrame(product(["yes", "no"], repeat=4), columns=list("abcd"))
SIXTEEN.insert(0, "customer_id", [f"c{number:02}" for number in range(16)])


def make_profile(**columns):
    """Return profile rows of one persona."""
    rows = {"persona_id": "ann", "role": "active", "level": "", "is_defining": True, "value": 1.0, "overall": 0.5}
    return pd.DataFrame(rows | columns)


def test_four_independent_halves_leave_a_sixteenth():
    """Four independent attributes of 50% are met together by 6.25% (by hand; Chapman et al. 2008 on the fall)."""
    match = measure_matches(SIXTEEN, FOUR)["ann"]
    assert match.value == pytest.approx(0.0625) and match.n == 16
    assert describe_match(match, traits=4) == "1 of 16 customers (6%) have all four traits"
    assert describe_match(match, traits=2).endswith("have both traits")


def test_a_further_trait_never_raises_the_match():
    """Each trait more is met by as many customers or fewer."""
    shares = [measure_matches(SIXTEEN, FOUR[:count])["ann"].value for count in (1, 2, 3, 4)]
    assert shares == sorted(shares, reverse=True) == [0.5, 0.25, 0.125, 0.0625]


def test_unknown_answers_leave_the_match():
    """A customer of whom a trait is not known counts neither as meeting nor as missing it."""
    people = SIXTEEN.assign(a=SIXTEEN["a"].mask(SIXTEEN.index < 4))
    assert measure_matches(people, FOUR)["ann"].n == 12


def test_a_level_that_nobody_has_matches_nobody():
    """A trait whose level is not among the customers is met by none of them."""
    assert measure_matches(SIXTEEN, FOUR.assign(level="maybe"))["ann"].value == 0


def test_an_attribute_counts_once_by_the_level_people_have():
    """Of "car yes" and "car no" only the level that sets the persona's people apart is a trait; "other" never is."""
    profile = make_profile(variable=["car", "car", "city"], level=["yes", "no", "other"], effect=[0.9, -0.9, 2.0])
    assert pick_traits(profile)[["variable", "level"]].values.tolist() == [["car", "yes"]]


def test_the_name_comes_from_behaviour_alone():
    """Two active traits make the name, however strong a passive or sensitive one is."""
    profile = make_profile(
        variable=["income", "orders", "visits", "calls"], role=["passive", *["active"] * 3], effect=[3.0, -2, 1, 0.9]
    )
    assert suggest_name(pick_traits(profile)) == "Low orders, high visits"


def test_what_does_not_define_is_no_trait():
    """Without a defining attribute there are no traits and no name."""
    traits = pick_traits(make_profile(variable=["orders"], effect=[0.2]).assign(is_defining=False))
    assert traits.empty and suggest_name(traits) == ""
