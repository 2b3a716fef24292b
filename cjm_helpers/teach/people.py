"""Makes the customers of an example and what they felt: who they are, what they met, what they answered."""

import numpy as np
import pandas as pd
from numpy.random import Generator
from pandas import DataFrame

from cjm_helpers.teach.script import Script

MIDDLE = 3  # of the scale 1 to 5: feeling 0
LEAST_EASE, MOST_EASE = 1, 7
NO_RECOMMENDATION = 0.02


def make_people(script: Script, *, generator: Generator) -> DataFrame:
    """Make the customers of both waves.

    Parameters
    ----------
    script
        What was written by hand; read for waves, personas with customers_a_wave, spread, and who people are.
    generator
        The source of chance.

    Returns
    -------
    DataFrame
        customer_id, number, wave, persona_id, date, the traits and places of setting.toml, mood.

    Examples
    --------
    >>> from cjm_helpers.teach.script import read_script
    >>> len(make_people(read_script(), generator=np.random.default_rng(0)))
    2000
    """
    people = [_make_wave(script, wave, generator) for wave in script.truth["waves"]]
    joined = pd.concat(people, ignore_index=True)
    joined.insert(0, "number", [f"{number:04}" for number in range(1, len(joined) + 1)])
    joined.insert(0, "customer_id", "c" + joined["number"])
    return joined


def _make_wave(script: Script, wave: str, generator: Generator) -> DataFrame:
    truth, setting = script.truth, script.setting
    personas = [name for name, persona in truth["personas"].items() for _ in range(persona["customers_a_wave"])]
    days = np.sort(generator.integers(3, 29, size=len(personas)))
    people = DataFrame(
        [_describe_person(name, setting["traits"], generator) for name in generator.permutation(personas)]
    )
    people.insert(1, "wave", wave)
    people.insert(2, "date", [f"{wave}-{day:02}" for day in days])
    for name, shares in setting["place"].items():
        people[name] = generator.choice(list(shares), p=list(shares.values()), size=len(people))
    people["mood"] = generator.normal(0, truth["spread"]["mood"], size=len(people))
    return people


def _describe_person(persona_id: str, traits: dict, generator: Generator) -> dict:
    drawn = {trait: _draw_trait(said, generator) for trait, said in traits[persona_id].items()}
    return {"persona_id": str(persona_id), **drawn}


def _draw_trait(said: list | float | str, generator: Generator) -> int | str:
    """Draw a whole number of a range, a yes by its chance, or return the one word there is."""
    if isinstance(said, list):
        return int(generator.integers(*said, endpoint=True))
    return said if isinstance(said, str) else "yes" if generator.random() < said else "no"


def make_feelings(people: DataFrame, *, truth: dict, generator: Generator) -> DataFrame:
    """Make one row for each customer and touchpoint met, with the feeling there and the answer given.

    Parameters
    ----------
    people
        Customers, read for customer_id, persona_id, wave, mood.
    truth
        What is planted: touchpoints, personas (reach, shift), shift_by_place, spread.
    generator
        The source of chance.

    Returns
    -------
    DataFrame
        customer_id, persona_id, wave, touchpoint_id, feeling (about -2 to 2) and score (1 to 5; NaN = no answer).

    Examples
    --------
    >>> from cjm_helpers.teach.script import read_script
    >>> script, chance = read_script(), np.random.default_rng(0)
    >>> people = make_people(script, generator=chance)
    >>> feelings = make_feelings(people, truth=script.truth, generator=chance)
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
    feelings["level"] += _shift_by_place(feelings, truth.get("shift_by_place", {}))
    chance = generator.normal(0, truth["spread"]["chance"], size=len(feelings))
    feelings["feeling"] = feelings["level"] + feelings["mood"] + chance
    scores = (MIDDLE + feelings["feeling"]).round().clip(1, 5)
    feelings["score"] = scores.mask(generator.random(len(feelings)) < truth["spread"]["no_answer"])
    return feelings[["customer_id", "persona_id", "wave", "touchpoint_id", "feeling", "score"]]


def _is_not_there(touchpoint_id: str, wave: str, truth: dict) -> bool:
    return touchpoint_id in truth.get("new", []) and wave == truth["waves"][0]


def _shift_by_place(feelings: DataFrame, places: dict) -> pd.Series:
    """Return how far customers of one place, such as a marketplace, feel from all others at a touchpoint."""
    shift = pd.Series(0.0, index=feelings.index)
    for column, planted in places.items():
        for place, shifts in planted.items():
            shift += feelings["touchpoint_id"].map(shifts).fillna(0.0).where(feelings[column].eq(place), 0.0)
    return shift


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


def make_ease(feelings: DataFrame, *, ease: dict, generator: Generator) -> pd.Series:
    """Return, by customer_id, how easy it was to get help, 1 to 7, for those who rated the touchpoint it is about.

    Examples
    --------
    >>> called = DataFrame({"customer_id": ["c1"], "touchpoint_id": ["help_line"], "feeling": [2.0], "score": [5.0]})
    >>> ease = {"touchpoint_id": "help_line", "middle": 4.4, "slope": 1.2, "chance": 0.8}
    >>> make_ease(called, ease=ease, generator=np.random.default_rng(0)).to_dict()
    {'c1': 7.0}
    """
    called = feelings[feelings["touchpoint_id"].eq(ease["touchpoint_id"]) & feelings["score"].notna()]
    chance = generator.normal(0, ease["chance"], size=len(called))
    said = ease["middle"] + ease["slope"] * called["feeling"].to_numpy() + chance
    return pd.Series(said.round().clip(LEAST_EASE, MOST_EASE), index=called["customer_id"].to_numpy())
