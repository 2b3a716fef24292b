"""Draws what customers did: how many reached each step, how many went no further, and where people go next."""

import math

import pandas as pd

from cjm_helpers.drawing.rows import draw_rows
from cjm_helpers.drawing.style import NEUTRAL, Chart
from cjm_helpers.drawing.writing import write_value

SUPPRESSED, NOT_SEEN = "suppressed", "not in the log"
NO_FURTHER = "No further: of those who reached it and were not seen just before the log ends, not seen at a later step."
NAMES_OF_TWO = 0.46  # as wide as two names need
EMPTY = "There is no log of events yet."


def draw_funnel(table: pd.DataFrame) -> Chart:
    """Draw how many people reached each step as a bar, and write how many of them were seen no further along.

    Columns read: name, k, n, value, lo, hi, flag, share_left, share_left_lo; stage, where steps are touchpoints.

    Parameters
    ----------
    table
        From `paths.count_funnel`.

    Returns
    -------
    Chart
        A closed figure.

    Examples
    --------
    >>> step = {"name": ["Buy", "Keep"], "k": [80, 60], "n": 100, "value": [0.8, 0.6], "lo": [0.71, 0.5]}
    >>> step |= {"hi": [0.87, 0.69], "flag": "reportable", "share_left": [0.25, math.nan], "share_left_lo": 0.2}
    >>> draw_funnel(pd.DataFrame(step)).get_suptitle()
    'Most often the path ends at Buy: 25 % were seen no further'
    """
    rows = [
        {
            "name": row["name"], "value": row["value"], "lo": row["lo"], "hi": row["hi"], "flag": row["flag"],
            "words": _say_step(row), "group": row["stage"] if "touchpoint_id" in row else "",
        }
        for row in table.to_dict("records")
    ]  # fmt: skip
    people = f"n = {table['n'].max():,.0f} people in the log." if len(table) else ""
    note = f"Bar: share of the people in the log who were seen there, with its 95 % interval. {people}\n{NO_FURTHER}"
    return draw_rows(rows, title=_say_loss(table), note=note, empty=EMPTY, mark="bar")


def _say_loss(table: pd.DataFrame) -> str:
    known = table[table["share_left"].gt(0)]
    if known.empty:
        return "How many people reached each step?"
    first = known.loc[known["share_left_lo"].idxmax()]  # by what is sure, not by a chance among few
    return (
        f"Most often the path ends at {first['name']}: {write_value(first['share_left'], 'share')} were seen no further"
    )


def _say_step(row: dict) -> str:
    if row["flag"] == NOT_SEEN:
        return NOT_SEEN
    if row["flag"] == SUPPRESSED:
        return "too few to show"
    left = "" if math.isnan(row["share_left"]) else f", {write_value(row['share_left'], 'share')} no further"
    return f"{row['k']:,.0f}{left}"


def draw_next(ways: pd.DataFrame, *, steps: pd.DataFrame) -> Chart:
    """Draw for every touchpoint where most people went straight afterwards, with share and interval.

    Columns read: from_id, to_id, k, n, value, lo, hi, flag; touchpoint_id, name of steps.

    Parameters
    ----------
    ways, steps
        From `paths.count_transitions`; steps name the touchpoints.

    Returns
    -------
    Chart
        A closed figure.

    Examples
    --------
    >>> steps = pd.DataFrame({"touchpoint_id": ["ad", "pay"], "name": ["Advert", "Payment page"]})
    >>> way = {"from_id": ["ad"], "to_id": "pay", "k": 60, "n": 100, "value": 0.6, "lo": 0.5, "hi": 0.69}
    >>> chart = draw_next(pd.DataFrame(way).assign(flag="reportable"), steps=steps)
    >>> [text.get_text() for text in chart.axes[0].texts]
    ['Advert → Payment page', '60 of 100']
    """
    names = dict(zip(steps["touchpoint_id"], steps["name"], strict=True))
    rows = [
        {
            "name": f"{names.get(row.from_id, row.from_id)} → {names.get(row.to_id, row.to_id)}", "value": row.value,
            "lo": row.lo, "hi": row.hi, "flag": row.flag, "tone": NEUTRAL, "words": f"{row.k:,.0f} of {row.n:,.0f}",
        }
        for row in ways[ways["to_id"] != ""].drop_duplicates("from_id").itertuples()
    ]  # fmt: skip
    note = "Of the people seen at the first: who went straight on to the second at least once, with its 95 % interval."
    return draw_rows(rows, title="Where do most people go next?", note=note, empty=EMPTY, left=NAMES_OF_TWO)
