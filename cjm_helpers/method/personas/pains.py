"""Pains: what most people of a persona complain of, and a real verbatim of one of those who stand for it best."""

from collections.abc import Callable

import pandas as pd

from cjm_helpers.method.evidence import grade_evidence
from cjm_helpers.method.personas.people import gather_personas

MOST_PAINS = 3
NEAREST = 5
TOO_FEW = "too few verbatims to say"


def rank_pains(themes: pd.DataFrame) -> pd.DataFrame:
    """Return the top three pain codes of each persona, each once, at the touchpoint where most of its people name it.

    Columns read: persona_id, touchpoint_id, code_id, valence, k, value; the rows returned are those of themes.

    Examples
    --------
    >>> rows = {"persona_id": "ben", "touchpoint_id": ["pay", "ad"], "code_id": "slow", "valence": -1, "k": [9.0, 4.0],
    ...         "value": [0.3, 0.4]}
    >>> rank_pains(pd.DataFrame(rows))["touchpoint_id"].tolist()
    ['pay']
    """
    pains = themes[(themes["valence"] < 0) & themes["k"].gt(0)]
    ordered = pains.sort_values(
        ["persona_id", "k", "value", "code_id", "touchpoint_id"], ascending=[True, False, False, True, True]
    )
    return ordered.drop_duplicates(["persona_id", "code_id"]).groupby("persona_id").head(MOST_PAINS)


def write_pains(themes: pd.DataFrame) -> list[dict]:
    """Write one card row a top pain, with k of n people; where too few spoke, one row says so.

    Columns read: those of `rank_pains`, and label, n, lo, hi, method, flag, feedback_ids, name (of the touchpoint,
    where there is one).

    Examples
    --------
    >>> rows = {"persona_id": "ben", "touchpoint_id": "pay", "code_id": "slow", "label": "Slow", "valence": -1,
    ...         "k": 9.0, "n": 30.0, "value": 0.3, "lo": 0.2, "hi": 0.5, "method": "Wilson", "flag": "reportable",
    ...         "feedback_ids": "f1"}
    >>> write_pains(pd.DataFrame([rows]))[0]["text"]
    'Slow (9 of 30 at pay)'
    """
    ranked = rank_pains(themes)
    rows = [
        {
            "persona_id": row.persona_id, "text": _write_pain(row), "basis": "reported",
            "grade": grade_evidence(0, row.k), "evidence_ids": row.feedback_ids, "value": row.value, "n": row.n,
            "lo": row.lo, "hi": row.hi, "method": row.method, "flag": row.flag,
        }
        for row in ranked.itertuples()
    ]  # fmt: skip
    silent = sorted(set(themes.loc[themes["flag"] == "suppressed", "persona_id"]) - set(ranked["persona_id"]))
    return rows + [{"persona_id": name, "text": TOO_FEW, "basis": "", "flag": "suppressed"} for name in silent]


def quote_pains(
    themes: pd.DataFrame, feedback: pd.DataFrame, *, assignments, choose_quote: Callable[[pd.DataFrame], str]
) -> list[dict]:
    """Write one card row a persona with a verbatim of those who name its top pain, of the five nearest to its centre.

    Where none of the five may be quoted, all who name the pain are asked, then those of the next pain. The words are
    the customer's own; who may be quoted is choose_quote's to say.

    Columns read: those of `rank_pains` and feedback_ids; feedback_id, customer_id, text, and what choose_quote reads;
    customer_id, persona_id, distance (where there is one).

    Examples
    --------
    >>> themes = pd.DataFrame({"persona_id": ["ben"], "touchpoint_id": "pay", "code_id": "slow", "valence": -1, "k": 1,
    ...                        "value": 0.1, "feedback_ids": "f1"})
    >>> said = pd.DataFrame({"feedback_id": ["f1"], "customer_id": ["c1"], "text": ["It took an age."]})
    >>> assigned = pd.DataFrame({"customer_id": ["c1"], "persona_id": ["ben"]})
    >>> quote_pains(themes, said, assignments=assigned, choose_quote=lambda rows: rows["feedback_id"].min())[0]["text"]
    'It took an age.'
    """
    pains = rank_pains(themes)
    telling = feedback[feedback["feedback_id"].isin(";".join(pains["feedback_ids"]).split(";"))]
    near = _order_by_distance(telling, assignments)
    words = telling.drop_duplicates("feedback_id").set_index("feedback_id")["text"]
    rows: dict[str, dict] = {}
    for pain in pains.itertuples():
        named = near[near["persona_id"].eq(pain.persona_id) & near["feedback_id"].isin(pain.feedback_ids.split(";"))]
        nearest = named[named["customer_id"].isin(named["customer_id"].unique()[:NEAREST])]
        chosen = choose_quote(nearest) or choose_quote(named) if len(named) else ""
        if chosen and pain.persona_id not in rows:
            rows[pain.persona_id] = {
                "persona_id": pain.persona_id, "text": words[chosen].strip(), "basis": "reported", "grade": "C",
                "evidence_ids": chosen,
            }  # fmt: skip
    return list(rows.values())


def _write_pain(row) -> str:
    name = getattr(row, "name", "")
    place = name if isinstance(name, str) and name else row.touchpoint_id
    place = f" at {place}" if place else ""
    return f"{row.label} ({row.k:,.0f} of {row.n:,.0f}{place})"


def _order_by_distance(feedback: pd.DataFrame, assignments: pd.DataFrame) -> pd.DataFrame:
    """The verbatims of customers with a persona, nearest to its centre first; without distances in order of id."""
    persona = gather_personas(assignments)
    said = feedback[feedback["customer_id"].isin(persona.index)]
    distance = 0.0
    if "distance" in assignments:
        distance = said["customer_id"].map(
            assignments.drop_duplicates("customer_id").set_index("customer_id")["distance"]
        )
    said = said.assign(persona_id=said["customer_id"].map(persona), distance=distance)
    return said.sort_values(["distance", "customer_id", "feedback_id"], kind="stable")
