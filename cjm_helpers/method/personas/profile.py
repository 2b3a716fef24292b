"""Profiles: what sets each persona apart from the other customers, attribute by attribute."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from cjm_helpers.method.personas.people import (
    EVERYONE,
    choose_active,
    gather_people,
    gather_personas,
    list_attributes,
    read_levels,
)
from cjm_helpers.stats.differences import compare_means, compare_proportions
from cjm_helpers.stats.effects import adjusted_residuals, cohen_h, cramer_v, eta_squared, hedges_g, index_share
from cjm_helpers.stats.intervals import estimate_mean, estimate_share
from cjm_helpers.stats.multiplicity import adjust_p_values
from cjm_helpers.stats.recipes import read_answers
from cjm_helpers.stats.suppression import suppress_margins, suppress_small

SHARES = ("nominal", "multiple")
DEFINING_FROM = 0.5
ACTIVE, PASSIVE = "active", "passive"
HIDDEN = ("overall", "index", "effect", "residual", "separation", "p")  # empty where the value is
PROFILE = [
    "persona_id", "variable", "kind", "level", "role", "value", "overall", "n", "lo", "hi", "method", "flag", "index",
    "effect", "residual", "is_defining", "separation", "p", "q",
]  # fmt: skip


def profile_personas(
    customers: pd.DataFrame,
    assignments: pd.DataFrame,
    *,
    kinds: Mapping[str, str],
    active: Sequence[str] | None = None,
    persona_id: str = EVERYONE,
    min_n: int = 5,
) -> pd.DataFrame:
    """Profile each persona against the other customers who have one.

    Columns read: customer_id, wave, the attributes of kinds; customer_id, persona_id, wave (where there is one).

    Parameters
    ----------
    customers, assignments
        Tables of a study, or the assignments of `suggest_personas`. Customers without a persona are left out.
    kinds
        Attribute -> numeric, ordinal, nominal, multiple (answers separated by ";"), sensitive or ignore.
    active
        The attributes that shaped the personas (None: all that may). They carry no p: shaping made them differ.
    persona_id
        Return the rows of this persona only: the same ones, sooner.
    min_n
        A persona's figure from fewer customers is emptied, and so is one that would give it away.

    Returns
    -------
    DataFrame
        persona_id, variable, kind, level ("" for numbers), role (active, passive), value (mean, or share 0-1), overall,
        n, lo, hi, method, flag, index (share in percent of the overall share), effect (Hedges g or Cohen h against the
        rest), residual (of a share: standard errors from what chance would give), is_defining (an effect of 0.5 or
        more, either way), separation (eta squared or Cramer V over all personas, 0-1), p and q (passive
        only; Welch or the score test, and Benjamini-Hochberg over all passive rows).

    Raises
    ------
    ParameterError, ActiveUnfit
        As in `choose_active`; or when an attribute is no column of the customers.

    Source: effects as in stats/effects.py; index and the bound of 0.5 are ours (Cohen's medium effect).

    Examples
    --------
    >>> kinds = {"orders": "numeric", "a": "numeric", "b": "numeric", "buys_for": "nominal"}
    >>> customers = pd.DataFrame({"customer_id": list("123456789X"), "orders": range(10), "a": 1, "b": 2,
    ...                           "buys_for": ["self"] * 5 + ["others"] * 5})
    >>> assigned = pd.DataFrame({"customer_id": list("123456789X"), "persona_id": ["anna"] * 5 + ["ben"] * 5})
    >>> profile = profile_personas(customers, assigned, kinds=kinds)
    >>> profile.loc[profile["is_defining"], ["persona_id", "variable", "level", "value"]].values.tolist()[:2]
    [['anna', 'orders', '', 2.0], ['anna', 'buys_for', 'others', 0.0]]
    """
    people, personas = gather_people(customers), gather_personas(assignments)
    shaping = choose_active(kinds, active)
    people = people[people.index.isin(personas.index)]
    rows = []
    for name, kind in list_attributes(people, kinds).items():
        role = ACTIVE if name in shaping else PASSIVE
        only = persona_id if role == ACTIVE else EVERYONE  # the q of a passive row needs the p of all
        described = _describe(people[name], kind, personas=personas.reindex(people.index), only=only)
        rows += [{"variable": name, "kind": kind, "role": role, **row} for row in described]
    profile = pd.DataFrame(rows, columns=PROFILE).sort_values("persona_id", kind="stable", ignore_index=True)
    profile = _judge(_hide_small(profile, min_n=min_n))
    return profile[profile["persona_id"].eq(persona_id) | (persona_id == EVERYONE)].reset_index(drop=True)


def _describe(values: pd.Series, kind: str, *, personas: pd.Series, only: str) -> list[dict]:
    """One row a persona and level; a number has one level, "". Of others than the one meant, n alone is known."""
    is_share = kind in SHARES
    levels = read_levels(values, kind=kind) if is_share else read_answers(values, kind=kind).to_frame("")
    separation = _separate(levels, personas, is_share=is_share)
    sizes = levels.groupby(personas).count()
    rows = [
        {"persona_id": persona_id, "level": level, "separation": separation, "n": n}
        for level in levels
        for persona_id, n in sizes[level].items()
    ]
    is_inside = {persona_id: (personas == persona_id).to_numpy() for persona_id in sizes.index}
    for row in rows:
        if only in (EVERYONE, row["persona_id"]):
            row |= _compare(levels[row["level"]], is_inside[row["persona_id"]], is_share=is_share)
    return rows


def _compare(values: pd.Series, is_inside: np.ndarray, *, is_share: bool) -> dict:
    is_known = values.notna().to_numpy()
    inside, rest = (np.sort(values.to_numpy()[rows & is_known]) for rows in (is_inside, ~is_inside))
    found = estimate_share(inside) if is_share else estimate_mean(inside)
    row = found._asdict() | {"overall": values.mean()}
    if not len(inside) or not len(rest):
        return row
    if not is_share:
        return row | {"effect": hedges_g(inside, rest), "p": compare_means(*map(_sum_up, (inside, rest))).p}
    effect, index = cohen_h(inside.mean(), rest.mean()), index_share(inside.mean(), values.mean())
    p = compare_proportions(*((side.sum(), len(side)) for side in (inside, rest))).p
    counts = [[side.sum(), len(side) - side.sum()] for side in (inside, rest)]
    return row | {"effect": effect, "index": index, "residual": adjusted_residuals(counts)[0, 0], "p": p}


def _sum_up(values: np.ndarray) -> tuple[float, float, int]:
    return values.mean(), values.std(ddof=1) if len(values) > 1 else np.nan, len(values)


def _separate(levels: pd.DataFrame, personas: pd.Series, *, is_share: bool) -> float:
    """How far the personas lie apart on the attribute as a whole; of several answers a person, on the widest one."""
    if not is_share:
        return eta_squared(levels[""], personas)
    counts = levels.groupby(personas).sum()
    is_one_answer = (levels.sum(axis=1) <= 1).all()
    tables = [counts] if is_one_answer else [pd.crosstab(personas, levels[level]) for level in levels]
    return max(map(cramer_v, tables))


def _hide_small(profile: pd.DataFrame, *, min_n: int) -> pd.DataFrame:
    """Hide small figures, and what they could be worked out from: the margins and the separation of all personas."""
    profile = suppress_small(profile, min_n=min_n, also=HIDDEN)
    profile = suppress_margins(profile, within=["variable", "level"], also=HIDDEN, min_n=min_n)
    is_hidden = profile["flag"].eq("suppressed").groupby(profile["variable"]).transform("any")
    return profile.assign(separation=profile["separation"].mask(is_hidden))


def _judge(profile: pd.DataFrame) -> pd.DataFrame:
    """Say what defines a persona, and keep p where shaping has not made it small."""
    p = profile["p"].where(profile["role"] == PASSIVE)
    return profile.assign(is_defining=profile["effect"].abs() >= DEFINING_FROM, p=p, q=adjust_p_values(p))[PROFILE]
