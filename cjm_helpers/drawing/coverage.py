"""Draws stage by channel: where customers meet us, and where we have listened."""

import math

import pandas as pd
from matplotlib.patches import Rectangle

from cjm_helpers.drawing.sheet.look import COLOURS
from cjm_helpers.drawing.style import SMALL_PRINT, Chart, start_chart, use_style

ROW_INCHES, FRAME_INCHES, TITLE_INCHES, NOTE_INCHES = 0.46, 1.35, 0.92, 0.38
FILLS = (COLOURS["paper"], COLOURS["tint"], COLOURS["tint2"], COLOURS["rule"])
GAPS = {"blind": "used, not planned", "untapped": "no touchpoint"}  # drawn although no touchpoint is listed there
NOTE = "Number: answers about the touchpoints there; an answer counts on each channel of its touchpoint. Blank: none."


def draw_coverage(table: pd.DataFrame) -> Chart:
    """Draw stage by channel: how many answers there are, where nobody was asked, and where there is no touchpoint.

    Columns read: stage, channel, touchpoints, answers, gap.

    Parameters
    ----------
    table
        From `touchpoints.summarise_coverage`.

    Returns
    -------
    Chart
        A closed figure.

    Examples
    --------
    >>> table = pd.DataFrame({"stage": ["Buy", "Keep"], "channel": ["App", "App"], "touchpoints": [2, 1],
    ...                       "answers": [120.0, 0.0], "gap": ["", "silent"]})
    >>> draw_coverage(table).get_suptitle()
    'Answers speak of 1 of 2 places where customers meet us'
    """
    stages, channels = list(dict.fromkeys(table["stage"])), list(dict.fromkeys(table["channel"]))
    with use_style():
        height = FRAME_INCHES + ROW_INCHES * max(len(channels), 1)
        chart, axes = start_chart(_write_title(table), height=height, note=NOTE)
        chart.subplots_adjust(left=0.16, right=0.985, top=1 - TITLE_INCHES / height, bottom=NOTE_INCHES / height)
        _draw_heads(axes, stages, channels)
        most = table["answers"].max()
        for row in table.itertuples():
            if row.touchpoints or row.gap in GAPS:
                _draw_cell(axes, (stages.index(row.stage), channels.index(row.channel)), row, most=most)
    return chart


def _write_title(table: pd.DataFrame) -> str:
    places = table[table["touchpoints"] > 0]
    if places.empty:
        return "Where do customers meet us?"
    heard = int((places["answers"] > 0).sum())
    return f"Answers speak of {heard} of {len(places)} places where customers meet us"


def _draw_heads(axes, stages: list[str], channels: list[str]) -> None:
    axes.set(xlim=(0, max(len(stages), 1)), ylim=(max(len(channels), 1), 0))
    axes.set_xticks([place + 0.5 for place in range(len(stages))], stages, weight=600, color=COLOURS["ink"])
    names = [name or "no channel" for name in channels]
    axes.set_yticks([place + 0.5 for place in range(len(channels))], names, color=COLOURS["ink"])
    axes.tick_params(top=True, labeltop=True, bottom=False, labelbottom=False)
    axes.spines[:].set_visible(False)


def _draw_cell(axes, place: tuple[int, int], row, *, most: float) -> None:
    x, y = place
    is_heard = row.answers > 0
    depth = 1 + min(2, int(3 * math.log1p(row.answers) / math.log1p(most) - 0.01)) if is_heard else 0
    look = {"fc": FILLS[depth], "ec": COLOURS["rule"], "lw": 0.6, "hatch": "" if is_heard else "////"}
    axes.add_patch(Rectangle((x + 0.02, y + 0.06), 0.96, 0.88, **look))
    words = f"{row.answers:,.0f}" if is_heard else GAPS.get(row.gap, "not asked")
    patch = None if is_heard else {"fc": COLOURS["paper"], "ec": "none", "pad": 1.5}
    axes.text(x + 0.5, y + 0.5, words, ha="center", va="center", size=SMALL_PRINT, bbox=patch)
