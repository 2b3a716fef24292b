"""Customers made ready for personas: one row each, and which of their attributes may shape a persona."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from cjm_helpers.errors import ActiveUnfit, ParameterError
from cjm_helpers.stats.recipes import KINDS, OTHER, RARE, read_answers

IGNORE, SENSITIVE = "ignore", "sensitive"
EVERYONE = "everyone"
ALLOWED = (*KINDS, SENSITIVE, IGNORE)


def gather_people(customers: pd.DataFrame) -> pd.DataFrame:
    """Return one row a customer (index, sorted): of several waves the newest known value of each attribute counts.

    Columns read: customer_id, wave, attributes.

    Examples
    --------
    >>> rows = {"customer_id": ["c1", "c1"], "wave": ["1", "2"], "age": [30.0, None], "buys": ["once", "often"]}
    >>> gather_people(pd.DataFrame(rows)).to_dict("list")
    {'age': [30.0], 'buys': ['often']}
    """
    ordered = customers.sort_values(["customer_id", *(["wave"] if "wave" in customers else [])], kind="stable")
    known = ordered.drop(columns="wave", errors="ignore").replace("", np.nan)
    return known.groupby("customer_id").last()


def gather_personas(assignments: pd.DataFrame) -> pd.Series:
    """Return the persona of each customer (index), the newest where there are several; nobody without one.

    Columns read: customer_id, persona_id, wave (where there is one).

    Examples
    --------
    >>> rows = {"customer_id": ["c1", "c1", "c2"], "persona_id": ["anna", "ben", ""], "wave": ["", "2", ""]}
    >>> gather_personas(pd.DataFrame(rows)).to_dict()
    {'c1': 'ben'}
    """
    keys = ["customer_id", *(["wave"] if "wave" in assignments else []), "persona_id"]
    newest = assignments.sort_values(keys, kind="stable").drop_duplicates("customer_id", keep="last")
    return newest[newest["persona_id"] != ""].set_index("customer_id")["persona_id"]


def choose_active(kinds: Mapping[str, str], active: Sequence[str] | None) -> list[str]:
    """Return the attributes that shape personas, in the order of kinds; None takes all that may.

    Raises
    ------
    ParameterError
        When a kind is not known, or an active attribute is unknown or ignored.
    ActiveUnfit
        When one is sensitive.

    Examples
    --------
    >>> kinds = {"orders": "numeric", "compares": "ordinal", "buys_for": "nominal", "reads": "multiple", "id": "ignore"}
    >>> choose_active(kinds, None)
    ['orders', 'compares', 'buys_for', 'reads']
    """
    for kind in kinds.values():
        if kind not in ALLOWED:
            raise ParameterError("kinds", kind, ALLOWED)
    usable = [name for name, kind in kinds.items() if kind in KINDS]
    for name in active or ():
        if kinds.get(name) == SENSITIVE:
            raise ActiveUnfit(sensitive=name)
        if name not in usable:
            raise ParameterError("active", name, usable)
    return usable if active is None else [name for name in usable if name in active]


def list_attributes(people: pd.DataFrame, kinds: Mapping[str, str]) -> dict[str, str]:
    """Return the attributes to show with their kinds; a sensitive one is numeric where all its values are numbers.

    Raises
    ------
    ParameterError
        When the customers have no such column.

    Examples
    --------
    >>> people = pd.DataFrame({"income": ["900", "1200"], "note": ["", ""]})
    >>> list_attributes(people, {"income": "sensitive", "note": "ignore"})
    {'income': 'numeric'}
    """
    shown = {}
    for name, kind in kinds.items():
        if kind == IGNORE:
            continue
        if name not in people:
            raise ParameterError("kinds", name, people.columns)
        shown[name] = _guess_kind(people[name]) if kind == SENSITIVE else kind
    return shown


def _guess_kind(answers: pd.Series) -> str:
    numbers = pd.to_numeric(answers, errors="coerce")
    return "numeric" if numbers.count() == answers.count() else "nominal"


def read_levels(answers: pd.Series, *, kind: str) -> pd.DataFrame:
    """Return a column of yes and no (1, 0; NaN where unknown) for each level; rare levels of a nominal one are "other".

    Examples
    --------
    >>> read_levels(pd.Series(["mail;app", "app", None]), kind="multiple")["app"].tolist()
    [1.0, 1.0, nan]
    """
    texts = read_answers(answers, kind=kind)
    levels = texts.str.get_dummies(";") if kind == "multiple" else pd.get_dummies(texts[texts != ""])
    levels = levels.astype(float).reindex(answers.index)
    rare = [name for name in levels if kind == "nominal" and levels[name].mean() < RARE]
    if rare:
        rare += [OTHER] if OTHER in levels and OTHER not in rare else []
        levels = levels.drop(columns=rare).assign(**{OTHER: levels[rare].sum(axis=1, skipna=False)})
    return levels.mask(texts.eq(""))
