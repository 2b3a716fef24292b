"""Makes the customers of the example and what they felt: who they are, what they met, what they answered."""

import numpy as np
import pandas as pd
from numpy.random import Generator
from pandas import DataFrame

MIDDLE = 3  # of the scale 1 to 5: feeling 0
COUNTRIES = {"Germany": 0.58, "Austria": 0.20, "Netherlands": 0.22}
HELP_EASE = {"middle": 4.4, "slope": 1.2, "chance": 0.8}  # on the scale 1 to 7
NO_RECOMMENDATION = 0.02

# What each persona says of itself in the survey: age, orders a year, how much it compares, children, for whom it buys.
TRAITS = {
    "busy_parent": ((29, 46), (4, 12), (1, 3), 1.0, "household"),
    "careful_comparer": ((36, 73), (3, 8), (4, 5), 0.25, "self"),
    "style_regular": ((19, 39), (10, 22), (1, 3), 0.0, "self"),
    "gift_buyer": ((34, 70), (1, 2), (1, 4), 0.55, "someone else"),
}


def make_people(truth: dict, *, generator: Generator) -> DataFrame:
    """Make the customers of both waves.

    Parameters
    ----------
    truth
        What is planted: personas with customers_a_wave, spread, waves.
    generator
        The source of chance.

    Returns
    -------
    DataFrame
        customer_id, number, wave, persona_id, date, country, age, children, buys_for, orders_a_year, compares, mood.

    Examples
    --------
    >>> from cjm_helpers.teach.script import read_truth
    >>> len(make_people(read_truth(), generator=np.random.default_rng(0)))
    2000
    """
    people = [_make_wave(truth, wave, generator) for wave in truth["waves"]]
    joined = pd.concat(people, ignore_index=True)
    joined.insert(0, "number", [f"{number:04}" for number in range(1, len(joined) + 1)])
    joined.insert(0, "customer_id", "c" + joined["number"])
    return joined


def _make_wave(truth: dict, wave: str, generator: Generator) -> DataFrame:
    personas = [name for name, persona in truth["personas"].items() for _ in range(persona["customers_a_wave"])]
    days = np.sort(generator.integers(3, 29, size=len(personas)))
    people = DataFrame([_describe_person(name, generator) for name in generator.permutation(personas)])
    people.insert(1, "wave", wave)
    people.insert(2, "date", [f"{wave}-{day:02}" for day in days])
    people["country"] = generator.choice(list(COUNTRIES), p=list(COUNTRIES.values()), size=len(people))
    people["mood"] = generator.normal(0, truth["spread"]["mood"], size=len(people))
    return people


def _describe_person(persona_id: str, generator: Generator) -> dict:
    age, orders, compares, parents, buys_for = TRAITS[persona_id]
    return {
        "persona_id": str(persona_id),
        "age": int(generator.integers(*age, endpoint=True)),
        "children": "yes" if generator.random() < parents else "no",
        "buys_for": buys_for,
        "orders_a_year": int(generator.integers(*orders, endpoint=True)),
        "compares": int(generator.integers(*compares, endpoint=True)),
    }


def make_feelings(people: DataFrame, *, truth: dict, generator: Generator) -> DataFrame:
    """Make one row for each customer and touchpoint met, with the feeling there and the answer given.

    Parameters
    ----------
    people
        Customers, read for customer_id, persona_id, wave, mood.
    truth
        What is planted: touchpoints, personas (reach, shift), spread.
    generator
        The source of chance.

    Returns
    -------
    DataFrame
        customer_id, persona_id, wave, touchpoint_id, feeling (about -2 to 2) and score (1 to 5; NaN = no answer).

    Examples
    --------
    >>> from cjm_helpers.teach.script import read_truth
    >>> chance = np.random.default_rng(0)
    >>> people = make_people(read_truth(), generator=chance)
    >>> feelings = make_feelings(people, truth=read_truth(), generator=chance)
    >>> bool(feelings["score"].dropna().between(1, 5).all())
    True
    """
    met = []
    for (wave, persona_id), same in people.groupby(["wave", "persona_id"], sort=True):
        for touchpoint_id, reach in truth["personas"][persona_id]["reach"].items():
            count = 0 if _is_not_there(touchpoint_id, wave, truth) else round(reach * len(same))
            chosen = np.sort(generator.choice(len(same), size=count, replace=False))
            level = mean_feeling(truth, persona_id=persona_id, touchpoint_id=touchpoint_id, wave=wave) if count else 0.0
            met.append(same.iloc[chosen].assign(touchpoint_id=touchpoint_id, level=level))
    feelings = pd.concat(met, ignore_index=True)
    chance = generator.normal(0, truth["spread"]["chance"], size=len(feelings))
    feelings["feeling"] = feelings["level"] + feelings["mood"] + chance
    scores = (MIDDLE + feelings["feeling"]).round().clip(1, 5)
    feelings["score"] = scores.mask(generator.random(len(feelings)) < truth["spread"]["no_answer"])
    return feelings[["customer_id", "persona_id", "wave", "touchpoint_id", "feeling", "score"]]


def _is_not_there(touchpoint_id: str, wave: str, truth: dict) -> bool:
    return touchpoint_id in truth.get("new", []) and wave == truth["waves"][0]


def mean_feeling(truth: dict, *, persona_id: str, touchpoint_id: str, wave: str) -> float:
    """Return the mean feeling planted for a persona at a touchpoint in a wave, -2 to 2.

    Examples
    --------
    >>> from cjm_helpers.teach.script import read_truth
    >>> mean_feeling(read_truth(), persona_id="careful_comparer", touchpoint_id="payment", wave="2026-03")
    -1.15
    """
    when = "before" if wave == truth["waves"][0] else "after"
    shift = truth["personas"][persona_id].get("shift", {}).get(touchpoint_id, 0.0)
    return truth["touchpoints"][touchpoint_id][when] + shift


def make_recommendations(people: DataFrame, *, feelings: DataFrame, truth: dict, generator: Generator) -> pd.Series:
    """Return how likely each customer is to recommend the shop, 0 to 10; NaN = no answer.

    Examples
    --------
    >>> from cjm_helpers.teach.script import read_truth
    >>> people = DataFrame({"customer_id": ["c1"], "mood": [0.0]})
    >>> none = DataFrame({"customer_id": [], "touchpoint_id": [], "feeling": []})
    >>> make_recommendations(people, feelings=none, truth=read_truth(), generator=np.random.default_rng(1)).tolist()
    [9.0]
    """
    spread = truth["spread"]
    weights = {name: touchpoint["weight"] for name, touchpoint in truth["touchpoints"].items()}
    pushes = feelings["feeling"] * feelings["touchpoint_id"].map(weights)
    pushed = pushes.groupby(feelings["customer_id"]).sum().reindex(people["customer_id"]).fillna(0.0).to_numpy()
    mood = spread["recommend_mood"] * people["mood"].to_numpy() / spread["mood"]
    chance = generator.normal(0, spread["recommend_chance"], size=len(people))
    likely = pd.Series(spread["recommend_base"] + pushed + mood + chance, index=people.index).round().clip(0, 10)
    return likely.mask(generator.random(len(people)) < NO_RECOMMENDATION)


def make_help_ease(feelings: DataFrame, *, generator: Generator) -> pd.Series:
    """Return, by customer_id, how easy the help line made it, 1 to 7, for those who called.

    Examples
    --------
    >>> called = DataFrame({"customer_id": ["c1"], "touchpoint_id": ["help_line"], "feeling": [2.0], "score": [5.0]})
    >>> make_help_ease(called, generator=np.random.default_rng(0)).to_dict()
    {'c1': 7.0}
    """
    called = feelings[feelings["touchpoint_id"].eq("help_line") & feelings["score"].notna()]
    chance = generator.normal(0, HELP_EASE["chance"], size=len(called))
    ease = HELP_EASE["middle"] + HELP_EASE["slope"] * called["feeling"].to_numpy() + chance
    return pd.Series(ease.round().clip(1, 7), index=called["customer_id"].to_numpy())
