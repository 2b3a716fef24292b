"""Counts in one go the customers heard of every persona, wave and kind of customer, where narrowing a study would take
long for hundreds of them."""

from collections.abc import Collection

import pandas as pd

from cjm_helpers.study.dimensions import read_dimension
from cjm_helpers.study.folder import Study
from cjm_helpers.study.settings import ALL_WAVES, EVERYONE

HEARD_IN = ("responses", "feedback")
KEYS = ["customer_id", "wave"]


def list_people(study: Study, *, dimensions: Collection[str] = ()) -> pd.DataFrame:
    """Return one row for each customer and wave with an answer or a verbatim: its persona, and its value of dimensions.

    Columns made: customer_id (the speaker, where an interview names no customer), wave, persona_id, and each dimension;
    "" where nobody says it. What is said of one wave overrules what holds for every wave.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> list_people(open_study("retail_checkout"), dimensions=["market"]).groupby("market").size().to_dict()
    {'Austria': 423, 'Germany': 1137, 'Netherlands': 440}
    """
    people = pd.concat([_name_people(study.tables[name]) for name in HEARD_IN]).drop_duplicates(ignore_index=True)
    people = people.assign(persona_id=find_values(people, study.persona_assignments, column="persona_id"))
    for name in dimensions:
        said = read_dimension(study.customers, name, column=study.settings.dimensions[name])
        people[name] = find_values(people, study.customers[KEYS].assign(said=said), column="said")
    return people


def find_values(people: pd.DataFrame, said: pd.DataFrame, *, column: str) -> pd.Series:
    """Return what is said of each customer in its wave, else what is said of it without a wave, else "".

    Examples
    --------
    >>> people = pd.DataFrame({"customer_id": ["c1", "c1"], "wave": ["w1", "w2"]})
    >>> said = pd.DataFrame({"customer_id": ["c1", "c1"], "wave": ["", "w2"], "persona_id": ["lena", "omar"]})
    >>> find_values(people, said, column="persona_id").tolist()
    ['lena', 'omar']
    """
    values = said.drop_duplicates(KEYS, keep="last").set_index(KEYS)[column]
    in_wave, always = (
        values.reindex(pd.MultiIndex.from_frame(own[KEYS])).set_axis(people.index)
        for own in (people, people.assign(wave=""))
    )
    return in_wave.fillna(always).fillna("")


def count_people(people: pd.DataFrame, *, waves: Collection[str], dimensions: Collection[str] = ()) -> dict:
    """Count the customers of each persona, wave and kind; everyone counts those without a persona too.

    Parameters
    ----------
    people
        As `list_people` returns them.
    waves
        Those to count in; "all" counts who is heard in any, in a wave or outside.

    Returns
    -------
    dict
        The number by (persona_id, wave, value of each dimension); what is missing is 0.

    Examples
    --------
    >>> people = pd.DataFrame({"customer_id": ["c1", "c2"], "wave": "w1", "persona_id": ["lena", ""]})
    >>> count_people(people, waves=["all"])
    {('everyone', 'all'): 2, ('lena', 'all'): 1}
    """
    asked = [people.assign(wave=wave) if wave == ALL_WAVES else people[people["wave"] == wave] for wave in waves]
    told = pd.concat([people.assign(persona_id=EVERYONE) for people in asked] + asked)
    by = ["persona_id", "wave", *dimensions]
    told = told[told[["persona_id", *dimensions]].ne("").all(axis=1)].drop_duplicates(["customer_id", *by])
    return told.groupby(by).size().to_dict()


def find_known(study: Study, *, wave: str) -> set[str]:
    """Return the personas of whom a wave holds an answer, a verbatim, a reading or a statement of their own.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> sorted(find_known(open_study("clinic_visit"), wave="all"))
    ['companion', 'first_timer', 'regular']
    """
    people, readings, statements = list_people(study), study.kpi_readings, study.statements
    if wave != ALL_WAVES:
        people, readings = people[people["wave"] == wave], readings[readings["wave"] == wave]
        statements = statements[statements["wave"].isin(["", wave])]
    named = {*people["persona_id"], *readings["persona_id"], *statements["persona_id"]}
    return named.intersection(study.personas["persona_id"])


def _name_people(table: pd.DataFrame) -> pd.DataFrame:
    people = table[KEYS]
    if "speaker" in table:  # who is interviewed often has no customer number
        people = people.assign(customer_id=people["customer_id"].where(people["customer_id"] != "", table["speaker"]))
    return people[people["customer_id"] != ""].drop_duplicates()
