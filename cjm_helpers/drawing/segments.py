"""Draws the segments of the customers on two axes, so that a reader sees whether there are gaps between them."""

from itertools import cycle

import pandas as pd

from cjm_helpers.drawing.labels import place_labels
from cjm_helpers.drawing.sheet.look import COLOURS, POINT, SMALL
from cjm_helpers.drawing.sheet.typeface import measure
from cjm_helpers.drawing.style import SMALL_PRINT, WIDTH_INCHES, Chart, start_chart, use_style

POINTS_PER_INCH = 72
HEIGHT_INCHES = 5.8
ROOM = 0.06
QUESTION = "Are there gaps between the segments?"
NOTE = (
    "Customers by their active attributes, n = {:,}; larger marks: several on one spot. "
    "Segments that overlap here may be apart along further axes."
)
# Six colours that stay apart for colour-blind readers, 3:1 and more on paper; with eight markers no pair comes twice.
TONES = (COLOURS["blue"], COLOURS["orange"], "#117A65", "#7B3F98", COLOURS["ink"], COLOURS["bar"])
MARKS = ("o", "^", "s", "D", "v", "P", "X", "p")
LOOKS = [{"marker": MARKS[number % len(MARKS)], "color": TONES[number % len(TONES)]} for number in range(24)]
UNTOLD = {"marker": "o", "color": COLOURS["bar"]}
SAME_SPOT, AREA = 6, 20  # decimals that tell two spots apart; square points of a lone customer's mark
SEEN_THROUGH = 0.55
WIDER = 1.06  # semibold against regular


def draw_segments(axes: pd.DataFrame, *, finding: str = QUESTION) -> Chart:
    """Draw each customer on the two axes along which customers differ most, by segment in colour and mark.

    Columns read: first_axis, second_axis, persona_id ("" = none) and name, where there is one.

    Parameters
    ----------
    axes
        The axes of `personas.suggest_personas`.
    finding
        The title: the finding of `personas.suggest_personas`.

    Returns
    -------
    Chart
        A closed figure.

    Examples
    --------
    >>> axes = pd.DataFrame({"first_axis": [-1.0, 1.2], "second_axis": [0.1, 0.3], "persona_id": ["anna", "ben"]})
    >>> draw_segments(axes, finding="Two segments with gaps between them").get_suptitle()
    'Two segments with gaps between them'
    """
    note = NOTE.format(len(axes))
    with use_style():
        chart, plot = start_chart(finding, height=HEIGHT_INCHES, note=note)
        chart.subplots_adjust(left=0.07, right=0.985, top=0.9, bottom=0.16)
        plot.set(xlabel="First principal axis", ylabel="Second principal axis")
        if axes.empty:
            plot.text(0.5, 0.5, "no customers yet", transform=plot.transAxes, ha="center", color=COLOURS["muted"])
        else:
            _draw_customers(plot, axes)
            _name_segments(plot, axes)
    return chart


def _draw_customers(plot, axes: pd.DataFrame) -> None:
    for name, limit in (("first_axis", plot.set_xlim), ("second_axis", plot.set_ylim)):
        low, high = axes[name].min(), axes[name].max()
        room = ROOM * (high - low) or 1.0
        limit(low - room, high + room)
    nobody = axes[axes["persona_id"] == ""]
    for own, look in [(nobody, UNTOLD), *zip(_list_segments(axes), cycle(LOOKS))]:
        spots = own.round(SAME_SPOT).groupby(["first_axis", "second_axis"]).size().reset_index(name="customers")
        sizes = AREA * spots["customers"] ** 0.5
        plot.scatter(spots["first_axis"], spots["second_axis"], s=sizes, **look, alpha=SEEN_THROUGH, lw=0)


def _name_segments(plot, axes: pd.DataFrame) -> None:
    """Mark the middle of each segment and write its name and count beside it."""
    segments = _list_segments(axes)
    middles = [(own["first_axis"].median(), own["second_axis"].median()) for own in segments]
    names = [own["name" if "name" in own else "persona_id"].iloc[0].replace("_", " ") for own in segments]
    words = [f"{name}, n = {len(own):,}" for name, own in zip(names, segments, strict=True)]
    places = _place_words(plot, middles, words)
    patch = {"fc": COLOURS["paper"], "ec": "none", "pad": 1, "alpha": 0.85}
    for middle, text, place, look in zip(middles, words, places, cycle(LOOKS)):
        plot.plot(*middle, ls="", **look, ms=10, mec=COLOURS["paper"], mew=1.5, zorder=4)
        plot.text(*place, text, va="center", size=SMALL_PRINT, weight=600, zorder=5, bbox=patch)


def _place_words(plot, middles: list[tuple], words: list[str]) -> list[tuple[float, float]]:
    """Find places for the words, in the units of the axes, where no two lie on each other."""
    box, (left, right), (bottom, top) = plot.get_position(), plot.get_xlim(), plot.get_ylim()
    across, up = box.width * WIDTH_INCHES * POINTS_PER_INCH, box.height * HEIGHT_INCHES * POINTS_PER_INCH
    points = [((x - left) / (right - left) * across, (y - bottom) / (top - bottom) * up) for x, y in middles]
    sizes = [(measure(text, SMALL) / POINT * SMALL_PRINT / SMALL * WIDER, SMALL_PRINT * 1.3) for text in words]
    found = place_labels(points, sizes, room=(across, up))
    return [(x / across * (right - left) + left, y / up * (top - bottom) + bottom) for x, y in found]


def _list_segments(axes: pd.DataFrame) -> list[pd.DataFrame]:
    return [own for _, own in axes[axes["persona_id"] != ""].groupby("persona_id")]
