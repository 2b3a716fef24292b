"""Traits: the few attributes that tell a persona apart, in words, and how many customers truly have them all."""

from functools import cache

import pandas as pd

from cjm_helpers.method.personas.people import gather_people, read_levels
from cjm_helpers.method.words import is_known, spell_count, write_number
from cjm_helpers.stats.intervals import Estimate, estimate_share
from cjm_helpers.stats.recipes import OTHER, read_answers

MOST_TRAITS = 5
IN_A_NAME = 2


def pick_traits(profile: pd.DataFrame) -> pd.DataFrame:
    """Return what defines each persona: of each defining attribute the level that sets its people apart most.

    Columns read: those of `profile_personas`. At most five a persona, active ones first, the strongest first; the level
    "other" is never one.

    Examples
    --------
    >>> rows = {"persona_id": "ben", "variable": ["car", "car", "age"], "level": ["yes", "no", ""],
    ...         "effect": [0.9, -0.9, -0.6], "is_defining": True, "role": "active"}
    >>> pick_traits(pd.DataFrame(rows))[["variable", "level"]].values.tolist()
    [['car', 'yes'], ['age', '']]
    """
    is_telling = profile["level"].eq("") | (profile["effect"].gt(0) & profile["level"].ne(OTHER))
    telling = profile[profile["is_defining"] & is_telling]
    ordered = telling.assign(size=-telling["effect"].abs()).sort_values(["persona_id", "role", "size"], kind="stable")
    once = ordered.drop_duplicates(["persona_id", "variable"]).drop(columns="size")
    return once.groupby("persona_id").head(MOST_TRAITS).reset_index(drop=True)


def describe_trait(trait) -> str:
    """Write one trait with its figure and that of all customers.

    Examples
    --------
    >>> from types import SimpleNamespace as Trait
    >>> describe_trait(Trait(variable="orders_a_year", level="", value=14.2, overall=7.1))
    'orders a year: 14.2 on average, all customers 7.1'
    >>> describe_trait(Trait(variable="buys_for", level="self", value=0.92, overall=0.28))
    'buys for self: 92%, all customers 28%'
    """
    words = _plain(trait.variable)
    if trait.level:
        return f"{words} {trait.level}: {100 * trait.value:.0f}%, all customers {100 * trait.overall:.0f}%"
    numbers = [write_number(number, decimals=1).removesuffix(".0") for number in (trait.value, trait.overall)]
    return f"{words}: {numbers[0]} on average, all customers {numbers[1]}"


def suggest_name(traits: pd.DataFrame) -> str:
    """Suggest a name from the two strongest traits that shaped the persona; never from a passive or sensitive one.

    Columns read: variable, level, role, effect, of one persona's traits.

    Examples
    --------
    >>> rows = {"variable": ["orders_a_year", "buys_for"], "level": ["", "self"], "role": "active", "effect": [-2, 1]}
    >>> suggest_name(pd.DataFrame(rows))
    'Low orders a year, buys for self'
    """
    behaviours = traits[traits["role"] == "active"].head(IN_A_NAME)
    words = [
        f"{_plain(row.variable)} {row.level}"
        if row.level
        else f"{'high' if row.effect > 0 else 'low'} {_plain(row.variable)}"
        for row in behaviours.itertuples()
    ]
    name = ", ".join(words)
    return name[:1].upper() + name[1:]


def measure_matches(customers: pd.DataFrame, traits: pd.DataFrame) -> dict[str, Estimate]:
    """Estimate the share of customers who have all the traits of a persona; it falls fast with every trait added.

    A number counts as had on the persona's side of the average of all. Customers of whom one of the attributes is not
    known are left out, so n may be under their count.

    Columns read: customer_id, wave, the attributes; persona_id, variable, kind, level, overall, effect.

    Source: Chapman et al. (2008); the side of the average is ours.

    Examples
    --------
    >>> customers = pd.DataFrame({"customer_id": list("abcd"), "orders": [1, 2, 9, 9], "car": ["no", "yes"] * 2})
    >>> traits = pd.DataFrame({"persona_id": "ben", "variable": ["orders", "car"], "kind": ["numeric", "nominal"],
    ...                        "level": ["", "yes"], "overall": [5.0, 0.5], "effect": [1.2, 0.8]})
    >>> measure_matches(customers, traits)["ben"].value
    0.25
    """
    people, matches = gather_people(customers), {}
    find_levels = cache(lambda variable, kind: read_levels(people[variable], kind=kind))
    find_numbers = cache(lambda variable, kind: read_answers(people[variable], kind=kind))
    for persona_id, own in traits.groupby("persona_id"):
        has = {
            row.Index: _has_level(find_levels(row.variable, row.kind), row.level)
            if row.level
            else _is_on_side(find_numbers(row.variable, row.kind), row)
            for row in own.itertuples()
        }
        matches[persona_id] = estimate_share(pd.DataFrame(has).dropna().min(axis=1))
    return matches


def describe_match(match: Estimate, *, traits: int) -> str:
    """Write how many customers meet all the traits.

    Examples
    --------
    >>> describe_match(Estimate(0.0625, 1600, 0.05, 0.08, "Wilson"), traits=4)
    '100 of 1,600 customers (6%) have all four traits'
    """
    which = {1: "the one trait", 2: "both traits"}.get(traits, f"all {spell_count(traits)} traits")
    if not is_known(match.value):
        return f"too few customers are known by {which}"
    k = write_number(round(match.value * match.n))
    return f"{k} of {write_number(match.n)} customers ({100 * match.value:.0f}%) have {which}"


def _has_level(levels: pd.DataFrame, level: str) -> pd.Series:
    return levels[level] if level in levels else levels.max(axis=1) * 0


def _is_on_side(numbers: pd.Series, trait) -> pd.Series:
    is_on_side = numbers.gt(trait.overall) if trait.effect > 0 else numbers.lt(trait.overall)
    return is_on_side.astype(float).mask(numbers.isna())


def _plain(variable: str) -> str:
    return variable.replace("_", " ")
