"""Draws the KPIs, each on a line of its own: where it came from, where it stands, where it should be."""

import math
from functools import partial

import pandas as pd

from cjm_helpers.drawing.sheet.look import COLOURS
from cjm_helpers.drawing.style import BAD, GOOD, NEUTRAL, SMALL_PRINT, Chart, start_chart, use_style
from cjm_helpers.drawing.writing import write_value

ROW_INCHES, FRAME_INCHES, TITLE_INCHES, NOTE_INCHES = 0.62, 1.25, 0.6, 0.35
VALUE_AT, LINE_FROM, LINE_TO = 37, 62, 99
MARGIN = 0.08
VALUES = ("value", "lo", "hi", "baseline", "target", "benchmark")
REACHED = "met"
WORD_TONES = {"better": GOOD, "closer": GOOD, "worse": BAD, "away": BAD}
NOTE = "Ring: before. Arrow: to now; grey: no clear change. Bar: 95 % interval. Tick: target. Triangle: benchmark."


def draw_kpis(table: pd.DataFrame) -> Chart:
    """Draw each KPI on its own line: a ring at the baseline, an arrow to now, a tick at the target.

    Columns read: name, value, lo, hi, n, unit, kind, baseline, target, benchmark, status, word. What is not known is
    not drawn; every line has a scale of its own.

    Parameters
    ----------
    table
        From `kpis.measure_kpis`.

    Returns
    -------
    Chart
        A closed figure.

    Examples
    --------
    >>> table = pd.DataFrame({"name": ["Given up"], "value": [0.31], "lo": [0.3], "hi": [0.32], "n": [9377],
    ...     "unit": ["%"], "kind": ["proportion"], "baseline": [0.28], "target": [0.22], "benchmark": [0.25],
    ...     "status": ["missed"], "word": ["worse than baseline"]})
    >>> draw_kpis(table).get_suptitle()
    '0 of 1 target is met'
    """
    with use_style():
        height = FRAME_INCHES + ROW_INCHES * max(len(table), 1)
        chart, axes = start_chart(_write_title(table), height=height, note=NOTE)
        chart.subplots_adjust(left=0.012, right=0.985, top=1 - TITLE_INCHES / height, bottom=NOTE_INCHES / height)
        axes.set(xlim=(0, 100), ylim=(max(len(table), 1) - 0.5, -0.5))
        axes.axis("off")
        for place, row in enumerate(table.to_dict("records")):
            _draw_kpi(axes, place, row)
        if table.empty:
            axes.text(0, 0, "no KPI is defined yet", color=COLOURS["muted"])
    return chart


def _write_title(table: pd.DataFrame) -> str:
    wanted = table[table["target"].notna() & table["value"].notna()]  # without data a target is neither met nor missed
    if wanted.empty:
        return "Where do the KPIs stand?"
    reached = int((wanted["status"] == REACHED).sum())
    return f"{reached} of {len(wanted)} {'target is' if len(wanted) == 1 else 'targets are'} met"


def _draw_kpi(axes, place: int, row: dict) -> None:
    axes.text(0, place, row["name"], va="center", weight=600)
    if math.isnan(row["value"]):
        words = "too few to show" if row["n"] > 0 else "no data yet"
        axes.text(VALUE_AT, place, words, va="center", color=COLOURS["muted"])
        return
    value = write_value(row["value"], row["unit"], n=row["n"], kind=row["kind"])
    axes.text(VALUE_AT, place - 0.14, value, va="center", size=14, weight=600)
    words = row["word"] or f"n = {row['n']:,.0f}"
    axes.text(VALUE_AT, place + 0.24, words, va="center", size=SMALL_PRINT, color=COLOURS["muted"])
    known = [row[name] for name in VALUES if not math.isnan(row[name])]
    margin = (max(known) - min(known)) * MARGIN or abs(max(known)) * MARGIN or 1
    scale = partial(_find_place, low=min(known) - margin, high=max(known) + margin)
    _draw_line(axes, place, row, scale=scale)
    _draw_change(axes, place, row, scale=scale)


def _find_place(value: float, *, low: float, high: float) -> float:
    return LINE_FROM + (value - low) / (high - low) * (LINE_TO - LINE_FROM)


def _draw_line(axes, place: int, row: dict, *, scale) -> None:
    """The line, the interval, the target and the benchmark."""
    axes.plot([LINE_FROM, LINE_TO], [place, place], color=COLOURS["rule"], lw=0.8, zorder=1)
    if not math.isnan(row["lo"]):
        ends = [scale(row["lo"]), scale(row["hi"])]
        axes.plot(ends, [place, place], color=COLOURS["rule"], lw=7, solid_capstyle="butt", zorder=1)
    if not math.isnan(row["target"]):
        axes.plot([scale(row["target"])] * 2, [place - 0.22, place + 0.22], color=COLOURS["ink"], zorder=2)
    if not math.isnan(row["benchmark"]):
        look = {"ms": 6.5, "mec": COLOURS["ink"], "mfc": COLOURS["paper"], "mew": 1}
        axes.plot(scale(row["benchmark"]), place - 0.26, "v", **look, zorder=2)


def _draw_change(axes, place: int, row: dict, *, scale) -> None:
    """The way from the baseline to now; without a baseline a dot."""
    now = scale(row["value"])
    if math.isnan(row["baseline"]):
        axes.plot(now, place, "o", ms=7, color=COLOURS["ink"], zorder=3)
        return
    before = scale(row["baseline"])
    tone = next((tone for start, tone in WORD_TONES.items() if row["word"].startswith(start)), NEUTRAL)
    arrow = {"arrowstyle": "-|>", "color": tone, "lw": 2.2, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 13}
    axes.annotate("", (now, place), (before, place), arrowprops=arrow, zorder=3)
    axes.plot(before, place, "o", ms=6.5, mec=COLOURS["ink"], mfc=COLOURS["paper"], mew=1.3, zorder=4)
