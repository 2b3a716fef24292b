"""Counts the customers, answers and verbatims behind each persona, and those without one."""

import pandas as pd

WITHOUT = "Without a persona"
COUNTED = ["persona_id", "name", "tagline", "customers", "answers", "verbatims"]


def count_customers(personas: pd.DataFrame, *, assignments, responses, feedback) -> pd.DataFrame:
    """Count the customers, answers and verbatims of each persona; the last row counts those without one.

    Columns read: persona_id, name, tagline; customer_id, persona_id, wave; customer_id, wave, count; customer_id, wave.
    A customer assigned without a wave belongs to the persona in every wave. Answers and verbatims whose customer is not
    known count as without a persona; such rows add no customer. A customer who changed persona between waves counts in
    both.

    Parameters
    ----------
    personas, assignments, responses, feedback
        Tables of a selected study.

    Returns
    -------
    DataFrame
        persona_id, name, tagline, customers, answers, verbatims.

    Examples
    --------
    >>> personas = pd.DataFrame({"persona_id": ["anna"], "name": ["Anna"], "tagline": [""]})
    >>> assigned = pd.DataFrame({"customer_id": ["c1"], "persona_id": ["anna"], "wave": [""]})
    >>> answers = pd.DataFrame({"customer_id": ["c1", "c2", ""], "wave": "1", "count": [1.0, 1.0, 3.0]})
    >>> said = pd.DataFrame({"customer_id": ["c2"], "wave": ["1"]})
    >>> count_customers(personas, assignments=assigned, responses=answers, feedback=said)[COUNTED[3:]].values.tolist()
    [[1, 1, 0], [1, 4, 1]]
    """
    answers = _add_persona(responses[["customer_id", "wave", "count"]], assignments)
    verbatims = _add_persona(feedback[["customer_id", "wave"]], assignments)
    people = pd.concat([answers, verbatims])[["customer_id", "persona_id"]].drop_duplicates()
    people = people[people["customer_id"] != ""]
    rows = pd.concat([personas[COUNTED[:3]], pd.DataFrame([{"persona_id": "", "name": WITHOUT, "tagline": ""}])])
    counts = {
        "customers": people.groupby("persona_id").size(),
        "answers": answers.groupby("persona_id")["count"].sum(),
        "verbatims": verbatims.groupby("persona_id").size(),
    }
    columns = {name: rows["persona_id"].map(count).fillna(0).astype(int) for name, count in counts.items()}
    return rows.assign(**columns).reset_index(drop=True)


def _add_persona(rows: pd.DataFrame, assignments: pd.DataFrame) -> pd.DataFrame:
    """Add the persona: the one of the wave, else the one that holds for every wave, else none."""
    known = assignments[["customer_id", "persona_id", "wave"]].drop_duplicates(["customer_id", "wave"])
    in_wave = rows[["customer_id", "wave"]].merge(known[known["wave"] != ""], how="left")["persona_id"]
    always = rows["customer_id"].map(known[known["wave"] == ""].set_index("customer_id")["persona_id"])
    persona_id = in_wave.set_axis(rows.index).fillna(always).fillna("")
    return rows.assign(persona_id=persona_id)
