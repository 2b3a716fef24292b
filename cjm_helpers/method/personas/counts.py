"""Counts the customers, answers and verbatims behind each persona, and those without one."""

import pandas as pd

from cjm_helpers.method.answers import find_personas

WITHOUT = "Without a persona"
COUNTED = ["persona_id", "name", "tagline", "customers", "answers", "verbatims"]


def count_customers(personas: pd.DataFrame, *, assignments, responses, feedback) -> pd.DataFrame:
    """Count the customers, answers and verbatims of each persona; the last row counts those without one.

    Columns read: persona_id, name, tagline; customer_id, persona_id, wave (where there is
    one); customer_id, wave, count; customer_id, wave.
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
    answers = responses.assign(persona_id=find_personas(responses, assignments))
    verbatims = feedback.assign(persona_id=find_personas(feedback, assignments))
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
