"""Draws importance against performance: which touchpoints matter, and how they feel."""

import pandas as pd
from matplotlib.ticker import MaxNLocator

from cjm_helpers.drawing.labels import place_labels
from cjm_helpers.drawing.sheet.look import COLOURS, POINT, SMALL
from cjm_helpers.drawing.sheet.typeface import measure
from cjm_helpers.drawing.style import BAD, GOOD, NEUTRAL, SMALL_PRINT, WIDTH_INCHES, Chart, start_chart, use_style

POINTS_PER_INCH = 72
HEIGHT_INCHES = 5.8
NEAR_ZERO = 0.15
LOW, HIGH = -2, 2
FEELINGS = ["−2 furious", "−1 annoyed", "0 neutral", "+1 pleased", "+2 delighted"]
LEAST_TOP, ROOM_ABOVE, ROOM_BELOW = 0.02, 1.15, 0.06
UNDECIDED, CONCENTRATE = "undecided", "concentrate here"
CORNERS = {CONCENTRATE: (0, 1), "keep up the good work": (1, 1), "low priority": (0, 0), "possible overkill": (1, 0)}
RATINGS = range(1, 6)
MATTERS = {
    "derived": "share of what the answers explain of the overall verdict",
    "stated": "what raters in the team say, 1 to 5",
}
LINES = {"means": "the two means", "scale": "neither good nor bad, neither much nor little"}
NOTE = "Matters: {}. Feels: mean of answers. Lines: {}. Hollow: too close to a line to call."


def draw_importance_performance(table: pd.DataFrame) -> Chart:
    """Draw each touchpoint by how it feels (across) and how much it matters (up).

    Columns read: touchpoint_id (name, where there is one), performance (-2..2), importance (share of explained
    variance, 0-1; where basis is "stated", ratings 1-5), quadrant (`undecided` is drawn hollow), and where they are
    there basis, crosshairs, cut_performance and cut_importance.

    Parameters
    ----------
    table
        From `categories.place_importance_performance`.

    Returns
    -------
    Chart
        A closed figure.

    Examples
    --------
    >>> table = pd.DataFrame({"touchpoint_id": ["pay", "ship"], "performance": [-1.2, 0.8], "importance": [0.6, 0.4],
    ...                       "quadrant": ["concentrate here", "possible overkill"]})
    >>> draw_importance_performance(table).get_suptitle()
    'Concentrate here first: pay'
    """
    shown = table.dropna(subset=["performance", "importance"]).sort_values("importance", ascending=False)
    basis, crosshairs = _read_word(shown, "basis") or "derived", _read_word(shown, "crosshairs") or "means"
    note = NOTE.format(MATTERS[basis], LINES[crosshairs])
    with use_style():
        chart, axes = start_chart(_write_title(shown), height=HEIGHT_INCHES, note=note)
        chart.subplots_adjust(left=0.07, right=0.955, top=0.87, bottom=0.125)
        _draw_axes(axes)
        _draw_scale(axes, shown["importance"], is_stated=basis == "stated")
        if shown.empty:
            words = "too few answers to place any step"
            axes.text(0.5, 0.5, words, transform=axes.transAxes, ha="center", color=COLOURS["muted"])
        else:
            _draw_crossing(axes, shown)
            _draw_points(axes, shown)
    return chart


def _names(table: pd.DataFrame) -> list[str]:
    return list(table["name"] if "name" in table else table["touchpoint_id"])


def _read_word(shown: pd.DataFrame, column: str) -> str:
    """Return what a column says of the whole table, "" where it is not there."""
    return shown[column].iloc[0] if column in shown and len(shown) else ""


def _write_title(shown: pd.DataFrame) -> str:
    first = _names(shown[shown["quadrant"] == CONCENTRATE])
    return f"Concentrate here first: {first[0]}" if first else "What matters most, and how does it feel?"


def _draw_axes(axes) -> None:
    axes.set(xlim=(LOW, HIGH))
    axes.set_xticks(range(LOW, HIGH + 1), FEELINGS)
    axes.text(0, 1.025, "How much it matters", transform=axes.transAxes, color=COLOURS["muted"])
    axes.grid(axis="both")


def _draw_scale(axes, importance: pd.Series, *, is_stated: bool) -> None:
    """Draw the scale upwards: all of it for ratings, as far as needed for shares."""
    if is_stated:
        room = ROOM_BELOW * (RATINGS[-1] - RATINGS[0])
        axes.set(ylim=(RATINGS[0] - room, RATINGS[-1] + room), yticks=RATINGS)
        return
    top = max(importance.max() * ROOM_ABOVE, LEAST_TOP) if len(importance) else 1
    axes.set(ylim=(-ROOM_BELOW * top, top))
    axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(lambda share, _: f"{share * 100:g} %")


def _draw_crossing(axes, shown: pd.DataFrame) -> None:
    for name, draw in {"performance": axes.axvline, "importance": axes.axhline}.items():
        cut = _read_word(shown, f"cut_{name}")
        draw(shown[name].mean() if cut == "" else cut, color=COLOURS["bar"], lw=0.8)
    for words, (x, y) in CORNERS.items():
        look = {"ha": "right" if x else "left", "va": "top" if y else "bottom", "color": COLOURS["muted"]}
        axes.text(0.01 + 0.98 * x, 0.02 + 0.96 * y, words, transform=axes.transAxes, style="italic", **look)


def _draw_points(axes, shown: pd.DataFrame) -> None:
    box, (bottom, top) = axes.get_position(), axes.get_ylim()
    across, up = box.width * WIDTH_INCHES * POINTS_PER_INCH, box.height * HEIGHT_INCHES * POINTS_PER_INCH
    feels = (shown["performance"] - LOW) / (HIGH - LOW) * across
    shares = (shown["importance"] - bottom) / (top - bottom) * up
    sizes = [(measure(name, SMALL) / POINT * SMALL_PRINT / SMALL, SMALL_PRINT * 1.15) for name in _names(shown)]
    labels = place_labels(list(zip(feels, shares, strict=True)), sizes, room=(across, up))
    for row, name, y, (left, middle) in zip(shown.itertuples(), _names(shown), shares, labels, strict=True):
        place = left / across * (HIGH - LOW) + LOW, middle / up * (top - bottom) + bottom
        if abs(middle - y) > SMALL_PRINT:
            ends = [row.performance, place[0]], [row.importance, place[1]]
            axes.plot(*ends, color=COLOURS["rule"], lw=0.8, zorder=2)
        _draw_point(axes, row)
        patch = {"fc": COLOURS["paper"], "ec": "none", "pad": 0.6, "alpha": 0.85}
        axes.text(*place, name, va="center", size=SMALL_PRINT, zorder=4, bbox=patch)


def _draw_point(axes, row) -> None:
    tone = GOOD if row.performance > NEAR_ZERO else BAD if row.performance < -NEAR_ZERO else NEUTRAL
    fill = COLOURS["paper"] if row.quadrant == UNDECIDED else tone
    axes.plot(row.performance, row.importance, "o", ms=7, mew=1.6, mec=tone, mfc=fill, zorder=3)
