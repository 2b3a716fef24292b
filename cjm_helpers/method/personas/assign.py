"""New customers given to the personas on record, each to the nearest, or to none when all are far."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from cjm_helpers.errors import TooFewAnswers
from cjm_helpers.method.personas.people import choose_active, gather_people, gather_personas
from cjm_helpers.stats.encoding import encode_like, encode_mixed
from cjm_helpers.stats.kmeans import assign_clusters
from cjm_helpers.stats.recipes import MOST_MISSING, read_answers

FAR_OUT = 3.0  # quartile ranges beyond the upper quartile (Tukey 1977)
TOO_FAR = "far out: no persona has customers like this one"
UNKNOWN = "more than 40% of the active attributes are not known"
ASSIGNED = ["customer_id", "persona_id", "distance", "margin", "reason"]


def assign_customers(
    customers: pd.DataFrame,
    assignments: pd.DataFrame,
    *,
    kinds: Mapping[str, str],
    active: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Give the customers who have no persona yet to the nearest one on record.

    The model is made again from the customers on record: their attributes are encoded, each persona is the mean of its
    customers. A new customer stays without a persona when far out: farther from the nearest one than the upper quartile
    of the distances on record (each customer to the own persona) and three times their quartile range more; or when
    more than 40% of the active attributes are not known.

    Columns read: customer_id, wave, the active attributes; customer_id, persona_id, wave (where there is one).

    Parameters
    ----------
    customers
        Those on record and the new ones.
    assignments
        Personas on record, from the study or from `suggest_personas`.
    kinds, active
        As in `suggest_personas`, as they were when the personas were made.

    Returns
    -------
    DataFrame
        customer_id, persona_id ("" = none), distance (to the nearest; standard deviations of one attribute), margin
        (how much farther the second nearest is), reason (why none). attrs["recovered"] is the share (0-1) of the
        customers on record whose own persona is the nearest: how far the model can be trusted with the new ones.

    Raises
    ------
    ParameterError, ActiveUnfit
        As in `suggest_personas`.
    TooFewAnswers
        When no customer has both attributes and a persona.

    Source: far out as in Tukey (1977); that both limits stand here is ours.

    Examples
    --------
    >>> rows = [{"customer_id": f"c{i:02}", **dict.fromkeys("abcd", i % 2 * 9 + i // 2 % 3)} for i in range(24)]
    >>> recorded = pd.DataFrame({"customer_id": [f"c{i:02}" for i in range(22)], "persona_id": ["ann", "ben"] * 11})
    >>> new = assign_customers(pd.DataFrame(rows), recorded, kinds=dict.fromkeys("abcd", "numeric"))
    >>> new[["customer_id", "persona_id"]].values.tolist()
    [['c22', 'ann'], ['c23', 'ben']]
    """
    used = {name: kinds[name] for name in choose_active(kinds, active)}
    people, personas = gather_people(customers), gather_personas(assignments)
    is_known = people.index.isin(personas.index)
    known, new = people[is_known], people[~is_known]
    if known.empty:
        raise TooFewAnswers("Assigning customers (customers with attributes and a persona)", 0, 1)
    encoding, own = encode_mixed(known, kinds=used), personas.reindex(known.index)
    centroids = encoding.matrix.groupby(own).mean()
    nearest = assign_clusters(encoding.matrix, centroids)
    found = assign_clusters(encode_like(new, encoding), centroids) if len(new) else nearest[:0]
    is_far = found["distance"] > _limit_distance(encoding.matrix, own, centroids)
    reasons = is_far.map({True: TOO_FAR, False: ""})
    reasons = reasons.mask(_miss_answers(new, used) > MOST_MISSING, UNKNOWN)
    assigned = found.assign(persona_id=found["cluster"].where(reasons.eq(""), ""), reason=reasons)
    assigned = assigned.rename_axis("customer_id").reset_index()[ASSIGNED]
    assigned.attrs["recovered"] = float((nearest["cluster"] == own).mean())
    return assigned


def _limit_distance(matrix: pd.DataFrame, own: pd.Series, centroids: pd.DataFrame) -> float:
    """How far from its persona a customer may lie, by how far those on record lie from theirs."""
    offsets = matrix.to_numpy() - centroids.loc[own, matrix.columns].to_numpy()
    lower, upper = np.quantile(np.sqrt(np.square(offsets).sum(axis=1)), [0.25, 0.75])
    return upper + FAR_OUT * (upper - lower)


def _miss_answers(people: pd.DataFrame, used: dict[str, str]) -> pd.Series:
    """The share of the active attributes that are not known of a customer."""
    read = pd.DataFrame({name: read_answers(people[name], kind=kind) for name, kind in used.items()})
    return (read.isna() | read.eq("")).mean(axis=1)
