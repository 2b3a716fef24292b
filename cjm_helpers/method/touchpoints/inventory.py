"""Inventory: every touchpoint that the workshop, the log, the survey or a verbatim knows of."""

import pandas as pd

from cjm_helpers.method.order import order_touchpoints
from cjm_helpers.worksheets import split_list

INVENTORY = [
    "touchpoint_id", "event", "name", "stage", "planned", "named_by", "customers", "events", "answers", "verbatims",
    "sources",
]  # fmt: skip
KEYS = ["touchpoint_id", "event"]


def list_inventory(touchpoints: pd.DataFrame, *, event_counts, responses, feedback=None, stages=()) -> pd.DataFrame:
    """List every touchpoint that the workshop, the log, the survey or a verbatim knows of, and who knows it.

    Parameters
    ----------
    touchpoints, event_counts, responses
        Reads touchpoint_id, name, stage, position, planned, named_by; what `count_events` returned; touchpoint_id,
        count.
    feedback
        Reads touchpoint_id; optional.
    stages
        The declared stages in order; others follow.

    Returns
    -------
    DataFrame
        The touchpoints of the worksheet in order, then what only others know: touchpoints the worksheet does not list,
        and names of events that belong to no touchpoint (touchpoint_id empty, event filled), the most frequent first.
        touchpoint_id, event, name, stage, planned, named_by (how many people named it), customers and events (of the
        log), answers, verbatims, sources ("workshop;log;survey;feedback"). Without a log, survey or feedback its
        counts are missing, not zero.

    Examples
    --------
    >>> shop = pd.DataFrame({"touchpoint_id": ["ad"], "name": "Advert", "stage": "Notice", "position": 1,
    ...                      "planned": "yes", "named_by": "anna;ben"})
    >>> log = pd.DataFrame({"touchpoint_id": ["ad", ""], "event": ["", "app_open"], "events": [3, 9],
    ...                     "touchpoint_customers": [2, 5]})
    >>> answers = pd.DataFrame({"touchpoint_id": ["ad"], "count": [4]})
    >>> table = list_inventory(shop, event_counts=log, responses=answers)
    >>> table[["name", "event", "events", "sources"]].values.tolist()
    [['Advert', '', 3.0, 'workshop;log;survey'], ['', 'app_open', 9.0, 'log']]
    """
    listed = order_touchpoints(touchpoints, stages=stages).assign(event="")
    listed["named_by"] = [len(set(split_list(people))) for people in listed["named_by"]]
    table = listed[[*KEYS, "name", "stage", "planned", "named_by"]].reset_index(names="place")
    for rows in (_count_log(event_counts), _count_about(responses, "answers"), _count_about(feedback, "verbatims")):
        table = table.merge(rows, on=KEYS, how="outer")
    known = {"customers": event_counts, "events": event_counts, "answers": responses, "verbatims": feedback}
    for name, source in known.items():
        table[name] = table[name].astype(float).fillna(_zero_or_missing(source))
    table = table.sort_values(["place", "events", "answers", *KEYS], ascending=[True, False, False, True, True])
    table["sources"] = [_name_sources(row) for row in table.itertuples()]
    blank = dict.fromkeys(("name", "stage", "planned"), "") | {"named_by": 0}
    return table.fillna(blank).astype({"named_by": int})[INVENTORY].reset_index(drop=True)


def _count_log(event_counts) -> pd.DataFrame:
    by_place = event_counts.groupby(KEYS, as_index=False)
    counts = by_place.agg(customers=("touchpoint_customers", "max"), events=("events", "sum"))
    return counts.astype(dict.fromkeys(KEYS, "str"))


def _count_about(rows: pd.DataFrame | None, name: str) -> pd.DataFrame:
    """Count answers (a row may stand for several) or verbatims about each touchpoint."""
    about = pd.DataFrame({"touchpoint_id": []}) if rows is None else rows[rows["touchpoint_id"] != ""]
    counts = about["count"] if "count" in about else pd.Series(1.0, index=about.index)
    table = counts.groupby(about["touchpoint_id"]).sum().rename(name).reset_index().assign(event="")
    return table.astype(dict.fromkeys(KEYS, "str"))


def _zero_or_missing(source) -> float:
    return float("nan") if source is None or source.empty else 0.0


def _name_sources(row) -> str:
    found = {
        "workshop": row.place >= 0,
        "log": row.events > 0,
        "survey": row.answers > 0,
        "feedback": row.verbatims > 0,
    }
    return ";".join(name for name, is_found in found.items() if is_found)
