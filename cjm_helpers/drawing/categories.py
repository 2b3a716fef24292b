"""Draws every touchpoint where it belongs: by stage across, by type down, and how much it matters."""

from textwrap import wrap

import pandas as pd
from matplotlib.patches import Rectangle

from cjm_helpers.drawing.sheet.look import COLOURS
from cjm_helpers.drawing.style import SMALL_PRINT, Chart, start_chart, use_style

TYPES = ("digital", "physical", "human")
UNSORTED = "not sorted yet"
MARKS = {"high": "●●●", "medium": "●●○", "low": "●○○"}
NOTE = "Dots: impact on {}, as the team rated it; three: high, two: medium, one: low, none: not rated."
LINE_INCHES, ROOM_INCHES, FRAME_INCHES, TITLE_INCHES, NOTE_INCHES = 0.19, 0.16, 1.2, 0.85, 0.35
PLOT_INCHES, DOTS_INCHES, EDGE_INCHES, LETTER_INCHES = 7.96, 0.3, 0.08, 0.065
DOTS_SIZE = 7


def draw_categories(table: pd.DataFrame, *, outcome: str = "satisfaction") -> Chart:
    """Draw the touchpoints by stage and type, each with its impact as dots.

    Columns read: stage, type, name, impact_class (high, medium, low or empty), in the order of the journey.

    Parameters
    ----------
    table
        The touchpoints with the classes of `categories.summarise_ratings`.
    outcome
        What the impact is on: satisfaction or decision.

    Returns
    -------
    Chart
        A closed figure.

    Examples
    --------
    >>> table = pd.DataFrame({"stage": ["Buy"], "type": ["digital"], "name": ["Payment"], "impact_class": ["high"]})
    >>> draw_categories(table).axes[0].texts[-1].get_text()
    'Payment'
    """
    shown = table.assign(type=table["type"].where(table["type"].isin(TYPES), UNSORTED))
    stages = list(dict.fromkeys(shown["stage"]))
    types = [name for name in (*TYPES, UNSORTED) if name in set(shown["type"]) or name != UNSORTED]
    wide = PLOT_INCHES / max(len(stages), 1)
    letters = int((wide - DOTS_INCHES - 2 * EDGE_INCHES) / LETTER_INCHES)
    cells = {key: _write_lines(own, letters) for key, own in shown.groupby(["stage", "type"])}
    depths = [max([1, *(len(cells.get((stage, kind), [])) for stage in stages)]) for kind in types]
    inches = [depth * LINE_INCHES + ROOM_INCHES for depth in depths]
    height = FRAME_INCHES + sum(inches)
    with use_style():
        chart, axes = start_chart(_write_title(shown), height=height, note=NOTE.format(outcome))
        chart.subplots_adjust(left=0.1, right=0.985, top=1 - TITLE_INCHES / height, bottom=NOTE_INCHES / height)
        axes.set(xlim=(0, max(len(stages), 1)), ylim=(sum(inches), 0))
        middles = [sum(inches[:at]) + own / 2 for at, own in enumerate(inches)]
        axes.set_yticks(middles, types, color=COLOURS["ink"])
        axes.set_xticks([at + 0.5 for at in range(len(stages))], stages, weight=600, color=COLOURS["ink"])
        axes.tick_params(top=True, labeltop=True, bottom=False, labelbottom=False)
        axes.spines[:].set_visible(False)
        for across, stage in enumerate(stages):
            for down, kind in enumerate(types):
                box = (across, sum(inches[:down]), inches[down])
                _draw_cell(axes, box, cells.get((stage, kind), []), wide=wide)
        if shown.empty:
            axes.text(0.5, middles[0], "no touchpoint is written down yet", ha="center", color=COLOURS["muted"])
    return chart


def _write_title(shown: pd.DataFrame) -> str:
    if shown.empty:
        return "Where does each touchpoint belong?"
    common = shown["type"].value_counts()
    return f"{common.iloc[0]} of {len(shown)} touchpoints are {common.index[0]}"


def _write_lines(rows: pd.DataFrame, letters: int) -> list[tuple[str, str]]:
    """Each name with its dots, broken where it is too wide; dots stand beside the first line only."""
    lines = []
    for row in rows.itertuples():
        first, *others = wrap(row.name, max(letters, 1)) or [""]
        lines += [(first, row.impact_class), *((line, "") for line in others)]
    return lines


def _draw_cell(axes, box: tuple[float, float, float], lines: list[tuple[str, str]], *, wide: float) -> None:
    left, top, depth = box
    fill = COLOURS["tint"] if lines else COLOURS["paper"]
    axes.add_patch(Rectangle((left + 0.02, top + 0.03), 0.96, depth - 0.06, fc=fill, ec=COLOURS["rule"], lw=0.6))
    for at, (words, impact) in enumerate(lines):
        middle = top + ROOM_INCHES / 2 + (at + 0.5) * LINE_INCHES
        axes.text(left + EDGE_INCHES / wide, middle, MARKS.get(impact, ""), va="center", size=DOTS_SIZE)
        axes.text(left + (EDGE_INCHES + DOTS_INCHES) / wide, middle, words, va="center", size=SMALL_PRINT)
