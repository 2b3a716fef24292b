"""Heard: the feeling that coders heard in verbatims; a series of its own, never averaged with ratings."""

import pandas as pd

from cjm_helpers.stats.intervals import estimate_share
from cjm_helpers.stats.suppression import suppress_small
from cjm_helpers.worksheets import MACHINE

SPOKEN = ("interview", "workshop", "staff")
HEARD = ["touchpoint_id", "value", "n", "lo", "hi", "method", "flag", "verbatims", "spoken", "unheard"]


def summarise_heard(feedback: pd.DataFrame, codings: pd.DataFrame, *, alignments=None, min_n: int = 5) -> pd.DataFrame:
    """Summarise what share of the customers who wrote about a touchpoint wrote of it with a bad feeling.

    This is what coders heard in words. It is never averaged with ratings: who writes is not who is asked. Machine
    answers do not count.

    Parameters
    ----------
    feedback, codings
        Reads feedback_id, customer_id, touchpoint_id, source; feedback_id, coder_id, touchpoint_id, emotion (-2 to 2).
    alignments
        Reads feedback_id, touchpoint_id: where a person placed a verbatim that names no touchpoint.
    min_n
        Under so many customers a touchpoint keeps its n and loses its numbers.

    Returns
    -------
    DataFrame
        touchpoint_id ("" = names none), value (share of customers, 0-1; one who wrote twice, once badly, counts half),
        n (customers; a verbatim without customer is one), lo, hi, method, flag, verbatims (they rest on), spoken
        (interviews, workshops and staff: counted in whole people elsewhere) and unheard (no coder noted a feeling),
        both left out.

    Source: Wilson interval.

    Examples
    --------
    >>> said = pd.DataFrame({"feedback_id": list("abcdef"), "customer_id": list("123456"), "touchpoint_id": "pay",
    ...                      "source": "survey"})
    >>> read = pd.DataFrame({"feedback_id": list("abcde"), "coder_id": "anna", "touchpoint_id": "",
    ...                      "emotion": [-2, -1, 1, -1, 0]})
    >>> summarise_heard(said, read)[["value", "n", "unheard"]].values.tolist()
    [[0.6, 5.0, 1.0]]
    """
    by_people = codings[codings["coder_id"] != MACHINE]
    heard = feedback["feedback_id"].map(by_people.groupby("feedback_id")["emotion"].mean())
    verbatims = _place(feedback, by_people, alignments).assign(is_bad=(heard < 0).astype(float), verbatims=1)
    is_spoken = verbatims["source"].isin(SPOKEN)
    is_kept = heard.notna() & ~is_spoken
    people = verbatims[is_kept].groupby(["touchpoint_id", "person"]).agg({"is_bad": "mean", "verbatims": "sum"})
    left_out = pd.DataFrame({"spoken": is_spoken, "unheard": ~is_kept & ~is_spoken})
    rows = [
        {"touchpoint_id": one, **_sum_up(people.query("touchpoint_id == @one")), **counts.to_dict()}
        for one, counts in left_out.groupby(verbatims["touchpoint_id"]).sum().iterrows()
    ]
    return suppress_small(pd.DataFrame(rows, columns=HEARD), min_n=min_n)


def _sum_up(people) -> dict:
    return {**estimate_share(people["is_bad"])._asdict(), "verbatims": int(people["verbatims"].sum())}


def _place(feedback, by_people, alignments) -> pd.DataFrame:
    """Add person, and the touchpoint where the verbatim names none: as a person placed it, else as most coders did."""
    place = feedback["touchpoint_id"]
    if alignments is not None:
        placed = alignments.drop_duplicates("feedback_id").set_index("feedback_id")["touchpoint_id"]
        place = place.where(place != "", feedback["feedback_id"].map(placed).fillna(""))
    named = by_people.loc[by_people["touchpoint_id"] != "", ["feedback_id", "touchpoint_id"]].value_counts()
    most = named.reset_index().sort_values(["count", "touchpoint_id"], ascending=[False, True])
    most = most.drop_duplicates("feedback_id").set_index("feedback_id")["touchpoint_id"]
    place = place.where(place != "", feedback["feedback_id"].map(most).fillna(""))
    person = feedback["customer_id"].where(feedback["customer_id"] != "", " " + feedback["feedback_id"])
    return feedback.assign(touchpoint_id=place.astype("str"), person=person)
