"""Draws which channels customers use at each stage, the most used first."""

import math

import pandas as pd

from cjm_helpers.drawing.sheet.look import COLOURS
from cjm_helpers.drawing.style import NEUTRAL, SMALL_PRINT, Chart, start_chart, use_style

QUESTION = "Which channels do customers use at each stage?"
NOTE = "Customers in the log who were met on the channel at that stage; one customer may use several."
ROW_INCHES, FRAME_INCHES, TITLE_INCHES, NOTE_INCHES = 0.3, 1.0, 0.6, 0.4
NOBODY, NO_LOG = "nobody in the log", "no log that tells"


def draw_channels(coverage: pd.DataFrame) -> Chart:
    """Draw the customers on each channel of each stage as bars; a channel that the log is silent about says so.

    Columns read: stage, channel, touchpoints, customers.

    Parameters
    ----------
    coverage
        From `touchpoints.summarise_coverage`.

    Returns
    -------
    Chart
        A closed figure.

    Examples
    --------
    >>> table = pd.DataFrame({"stage": "Buy", "channel": ["App", "Web"], "touchpoints": 1, "customers": [120.0, 800.0]})
    >>> draw_channels(table).get_suptitle()
    'Most customers are met on Web at Buy'
    """
    shown = coverage[(coverage["touchpoints"] > 0) | (coverage["customers"] > 0)]
    stages = [own for _, own in shown.groupby("stage", sort=False)]
    rows = len(shown) + len(stages)
    height = FRAME_INCHES + ROW_INCHES * max(rows, 1)
    with use_style():
        chart, axes = start_chart(_write_title(shown), height=height, note=NOTE)
        chart.subplots_adjust(left=0.2, right=0.88, top=1 - TITLE_INCHES / height, bottom=NOTE_INCHES / height)
        axes.set(xlim=(0, shown["customers"].max() if shown["customers"].gt(0).any() else 1))
        axes.set(ylim=(max(rows, 1) - 0.5, -0.5))
        axes.axis("off")
        if shown.empty:
            axes.text(0, 0, "no touchpoint names a channel yet", va="center", color=COLOURS["muted"])
        place = 0
        for own in stages:
            _draw_stage(axes, place, own.sort_values("customers", ascending=False, kind="stable"))
            place += len(own) + 1
    return chart


def _write_title(shown: pd.DataFrame) -> str:
    if not shown["customers"].gt(0).any():
        return QUESTION
    most = shown.loc[shown["customers"].idxmax()]
    return f"Most customers are met on {most['channel'] or 'no named channel'} at {most['stage']}"


def _draw_stage(axes, place: int, rows: pd.DataFrame) -> None:
    beside = axes.get_yaxis_transform()
    axes.text(-0.24, place, rows["stage"].iloc[0], transform=beside, va="center", weight=600)
    for at, row in enumerate(rows.itertuples(), start=place + 1):
        axes.text(-0.015, at, row.channel or "no channel named", transform=beside, ha="right", va="center")
        is_met = row.customers > 0
        words = f"{row.customers:,.0f}" if is_met else NO_LOG if math.isnan(row.customers) else NOBODY
        if is_met:
            axes.barh(at, row.customers, height=0.56, color=NEUTRAL, zorder=2)
        look = {"va": "center", "size": SMALL_PRINT, "color": COLOURS["ink" if is_met else "muted"]}
        axes.annotate(words, (row.customers if is_met else 0, at), (5, 0), textcoords="offset points", **look)
