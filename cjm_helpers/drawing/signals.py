"""Draws the readings of each KPI over time with the limits of its usual ups and downs, and marks what lies beyond."""

import math

import pandas as pd
from matplotlib.ticker import FuncFormatter, MaxNLocator

from cjm_helpers.drawing.rows import draw_rows
from cjm_helpers.drawing.sheet.look import COLOURS
from cjm_helpers.drawing.style import BAD, GOOD, NEUTRAL, SMALL_PRINT, Chart, start_chart, use_style
from cjm_helpers.drawing.writing import write_value

PANEL_INCHES, TOP_INCHES, NOTE_INCHES, BETWEEN_INCHES = 1.5, 1.0, 0.72, 0.62
MOST_PANELS, MOST_TICKS = 6, 9
WAY_TONES = {"better": GOOD, "worse": BAD}
NOTE = "Line: centre. Band: usual ups and downs, as the first readings show them. Ringed: more than that."


def draw_signals(signals: pd.DataFrame, *, kpis: pd.DataFrame) -> Chart:
    """Draw the readings of each KPI, all personas together, with the band of its usual ups and downs.

    Columns read: kpi_id, persona_id, period, value, centre, lower, upper, signal, way, trust; kpi_id, name, unit, kind
    of kpis. A reading that is not shown leaves a gap in the line; KPIs with fewer than two readings have no panel.

    Parameters
    ----------
    signals, kpis
        From `kpis.find_signals`; the KPIs of the study.

    Returns
    -------
    Chart
        A closed figure.

    Examples
    --------
    >>> kpis = pd.DataFrame({"kpi_id": ["k1"], "name": ["Days until refund"], "unit": "days", "kind": "duration"})
    >>> row = {"kpi_id": "k1", "persona_id": "", "period": ["2026-01", "2026-02"], "value": [9.0, 3.0], "centre": 9.0}
    >>> row |= {"lower": 7.0, "upper": 11.0, "signal": ["", "outside"], "way": ["", "better"], "trust": ""}
    >>> draw_signals(pd.DataFrame(row), kpis=kpis).get_suptitle()
    '1 of 1 KPI moved more than usual'
    """
    whole = signals[signals["persona_id"] == ""]
    series = [rows for _, rows in whole.groupby("kpi_id", sort=False) if rows["value"].notna().sum() > 1]
    series = sorted(series, key=lambda rows: not rows["signal"].ne("").any())
    shown = series[:MOST_PANELS]
    if not shown:
        return draw_rows([], title=_write_title(series), note="", empty="No KPI has two readings yet.")
    named = kpis.set_index("kpi_id")[["name", "unit", "kind"]].to_dict("index")
    height = TOP_INCHES + NOTE_INCHES + len(shown) * (PANEL_INCHES + BETWEEN_INCHES) - BETWEEN_INCHES
    with use_style():
        chart, axes = start_chart(_write_title(series), height=height, note=_write_note(series, shown))
        axes.remove()
        panels = chart.subplots(len(shown), 1, squeeze=False)[:, 0]
        edges = {"top": 1 - TOP_INCHES / height, "bottom": NOTE_INCHES / height}
        chart.subplots_adjust(left=0.07, right=0.985, **edges, hspace=BETWEEN_INCHES / PANEL_INCHES)
        for panel, rows in zip(panels, shown, strict=True):
            _draw_panel(panel, rows.reset_index(drop=True), named[rows["kpi_id"].iloc[0]])
    return chart


def _write_title(series: list[pd.DataFrame]) -> str:
    if not series:
        return "Did a figure move more than usual?"
    moved = sum(rows["signal"].ne("").any() for rows in series)
    return f"{moved} of {len(series)} {'KPI' if len(series) == 1 else 'KPIs'} moved more than usual"


def _write_note(series: list, shown: list) -> str:
    left_out = len(series) - len(shown)
    return NOTE + (f" Not drawn: {left_out} more, in the table." if left_out else "")


def _draw_panel(panel, rows: pd.DataFrame, kpi: dict) -> None:
    places = list(rows.index)
    unit = "" if kpi["unit"] in ("", "%") else f", {kpi['unit']}"
    panel.set_title(f"{kpi['name']}{unit}: {_sum_up(rows)}", size=SMALL_PRINT + 1, pad=6)
    panel.fill_between(places, rows["lower"], rows["upper"], color=COLOURS["tint2"], lw=0)
    panel.plot(places, rows["centre"], color=COLOURS["bar"], lw=1)
    panel.plot(places, rows["value"], color=COLOURS["ink"], lw=1.4, marker="o", ms=4)
    for row in rows[rows["signal"] != ""].itertuples():
        tone = WAY_TONES.get(row.way, NEUTRAL)
        panel.plot(row.Index, row.value, "o", ms=9, mec=tone, mfc="none", mew=1.8, clip_on=False)
    step = math.ceil(len(rows) / MOST_TICKS)
    panel.set_xticks(places[::step], list(rows["period"])[::step])
    panel.set_xlim(-0.5, len(rows) - 0.5)
    panel.yaxis.set_major_locator(MaxNLocator(4))
    panel.yaxis.set_major_formatter(
        FuncFormatter(lambda value, _: write_value(value, "" if unit else kpi["unit"], kind=kpi["kind"]))
    )
    panel.grid(axis="y")


def _sum_up(rows: pd.DataFrame) -> str:
    marked = rows[rows["signal"] != ""]
    if marked.empty:
        return "the usual ups and downs" if rows["centre"].notna().any() else rows["trust"].iloc[-1]
    first, last = marked["period"].iloc[0], marked["period"].iloc[-1]
    ways = {way for way in marked["way"] if way}
    told = f", {ways.pop()}" if len(ways) == 1 else ""
    return f"{first if first == last else f'{first} to {last}'} more than the usual ups and downs{told}"
