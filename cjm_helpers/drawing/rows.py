"""Draws named figures one below the other, each with its interval and its words: the shape of several charts."""

import math
from collections.abc import Mapping, Sequence

from matplotlib.ticker import FuncFormatter, MultipleLocator

from cjm_helpers.drawing.sheet.look import COLOURS
from cjm_helpers.drawing.style import SMALL_PRINT, Chart, start_chart, use_style

ROW_INCHES, FRAME_INCHES = 0.29, 1.45
TOP_INCHES, NOTE_INCHES = 0.62, 0.82
LEFT, RIGHT = 0.31, 0.79
GAP, EDGE = 0.024, 0.012
SHARES, TICK = (0.0, 1.0), 0.2
INDICATIVE = "indicative"
MOST_PEOPLE = 24  # drawn one by one; more are told in words alone


def draw_rows(
    rows: Sequence[Mapping],
    *,
    title: str,
    note: str,
    empty: str,
    scale: tuple[float, float] = SHARES,
    unit: str = "share",
    guides: Mapping[float, str] | None = None,
    mark: str = "dot",
    left: float = LEFT,
    tick: float = TICK,
) -> Chart:
    """Draw named figures one below the other, each as a dot or a bar with its interval, and words at its right.

    Parameters
    ----------
    rows
        name, value (missing: words alone), lo, hi, words; where it is there also flag ("indicative" is drawn hollow),
        tone (a colour), group (a heading wherever it changes) and people (k and n: drawn as a square each).
    title, note, empty
        The finding or question; source in small print; the sentence where there are no rows.
    scale, unit
        From and to; from 0 to 1 is written in percent, unless the unit is another one than "share".
    guides
        One or two values that matter, each with its word.
    mark, left, tick
        "dot" or "bar"; where the scale begins, as a share of the chart's width: names stand left of it; how far apart
        the scale's numbers stand.

    Returns
    -------
    Chart
        A closed figure.

    Examples
    --------
    >>> row = {"name": "Payment page", "value": 0.4, "lo": 0.3, "hi": 0.5, "words": "12 of 30"}
    >>> draw_rows([row], title="What hurts?", note="", empty="").axes[0].texts[0].get_text()
    'Payment page'
    """
    lines = _list_lines(rows)
    height = FRAME_INCHES + ROW_INCHES * max(len(lines), 1)
    with use_style():
        chart, axes = start_chart(title, height=height, note=note if lines else "")
        chart.subplots_adjust(left=left, right=RIGHT, top=1 - TOP_INCHES / height, bottom=NOTE_INCHES / height)
        axes.set(xlim=scale, ylim=(max(len(lines), 1) - 0.5, -0.5), yticks=[])
        axes.spines[:].set_visible(False)
        if not lines:
            axes.axis("off")
            axes.text(_find_edge(left), 0.5, empty, transform=axes.transAxes, color=COLOURS["muted"], va="center")
            return chart
        if any(not math.isnan(row.get("value", math.nan)) for row in rows):
            _draw_scale(axes, guides=guides or {}, tick=tick, is_share=scale == SHARES and unit == "share")
        else:
            axes.xaxis.set_visible(False)  # a scale without a figure on it would be an empty grid
        for place, line in enumerate(lines):
            _draw_words(axes, place, line, edge=_find_edge(left))
            _draw_figure(axes, place, line, mark=mark)
    return chart


def _list_lines(rows) -> list[Mapping]:
    """The rows, and a heading before each whose group is another."""
    lines, before = [], ""
    for row in rows:
        group = row.get("group", "")
        lines += [{"heading": group}] if group != before else []
        lines.append(row)
        before = group
    return lines


def _draw_scale(axes, *, guides: Mapping[float, str], tick: float, is_share: bool) -> None:
    axes.grid(axis="x")
    axes.xaxis.set_major_locator(MultipleLocator(tick))
    if is_share:
        axes.xaxis.set_major_formatter(FuncFormatter(lambda share, _: f"{share * 100:.0f} %"))
    for number, (value, word) in enumerate(guides.items()):
        axes.axvline(value, color=COLOURS["bar"], lw=1, ls=(0, (4, 3)))
        look = {"ha": "left" if number else "right", "va": "bottom", "size": SMALL_PRINT}  # two never lie on each other
        axes.text(value, 1.01, word, transform=axes.get_xaxis_transform(), **look)


def _find_edge(left: float) -> float:
    """Where names begin, seen from the axes: at the left edge of the chart."""
    return (EDGE - left) / (RIGHT - left)


def _draw_words(axes, place: int, line: Mapping, *, edge: float) -> None:
    if "heading" in line:
        axes.text(edge, place, line["heading"], transform=axes.get_yaxis_transform(), va="center", weight=600)
        return
    axes.text(edge, place, line["name"], transform=axes.get_yaxis_transform(), va="center")
    look = {"transform": axes.get_yaxis_transform(), "va": "center", "size": SMALL_PRINT, "color": COLOURS["muted"]}
    axes.text(1 + GAP, place, line["words"], **look)


def _draw_figure(axes, place: int, line: Mapping, *, mark: str) -> None:
    value, tone = line.get("value", math.nan), line.get("tone", COLOURS["ink"])
    _draw_people(axes, place, line.get("people", (0, 0)), tone=tone)
    if math.isnan(value):
        return
    if mark == "bar":
        axes.barh(place, value, height=0.62, color=COLOURS["tint2"], edgecolor=COLOURS["bar"], lw=0.6)
    if not math.isnan(line["lo"]):
        axes.plot([line["lo"], line["hi"]], [place, place], color=tone, lw=1.4, solid_capstyle="butt", zorder=3)
    if mark == "dot":
        fill = COLOURS["paper"] if line.get("flag") == INDICATIVE else tone
        axes.plot(value, place, "o", ms=6.5, mec=tone, mfc=fill, mew=1.4, zorder=4, clip_on=False)


def _draw_people(axes, place: int, people: tuple[float, float], *, tone: str) -> None:
    """Draw whole people as squares, those who count filled."""
    k, n = people
    for number in range(int(n) if n <= MOST_PEOPLE else 0):
        fill = tone if number < k else COLOURS["paper"]
        axes.plot((number + 0.5) / MOST_PEOPLE, place, "s", ms=6, mec=tone, mfc=fill, mew=1, zorder=4)
