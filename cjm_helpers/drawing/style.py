"""The look of every chart: one mplstyle with the map's typeface and colours, applied as a context, never globally."""

import io
import logging
from contextlib import contextmanager
from pathlib import Path

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from cjm_helpers.drawing.sheet.look import COLOURS
from cjm_helpers.drawing.sheet.typeface import register_typeface

STYLE = Path(__file__).with_name("cjm.mplstyle")
WIDTH_INCHES = 9.0
PIXELS_PER_INCH = 160
SMALL_PRINT = 10
COLOURS_KEPT = 256
GOOD, BAD, NEUTRAL = COLOURS["blue"], COLOURS["orange"], COLOURS["bar"]


@contextmanager
def use_style():
    """Apply the house's style inside a `with` block; what was set before comes back.

    Examples
    --------
    >>> with use_style():
    ...     matplotlib.rcParams["axes.titlelocation"]
    'left'
    """
    register_typeface()
    finder = logging.getLogger("matplotlib.font_manager")
    level = finder.level
    finder.setLevel(logging.ERROR)  # DejaVu, which stands behind, has no semibold; bold is near enough
    try:
        with matplotlib.rc_context(fname=STYLE):
            yield
    finally:
        finder.setLevel(level)


class Chart(Figure):
    """A closed figure (pyplot never knew it) that looks the same wherever it is shown."""

    def _repr_png_(self) -> bytes:
        small, canvas = io.BytesIO(), FigureCanvasAgg(self)
        self.set_dpi(PIXELS_PER_INCH)
        with use_style():
            canvas.draw()
        picture = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
        # a third of the bytes, and charts have few colours anyway; the palette that keeps each within two of its 255
        few = picture.quantize(COLOURS_KEPT, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(small, "PNG")
        return small.getvalue()


def start_chart(title: str, *, height: float, note: str = "") -> tuple[Chart, object]:
    """Start a chart as wide as the page, with its title above and a small note below.

    Parameters
    ----------
    title
        The finding or the question, in sentence case.
    height
        Inches.
    note
        Source and n, in small print.

    Returns
    -------
    tuple of Chart and its Axes

    Examples
    --------
    >>> chart, axes = start_chart("What matters most?", height=3, note="n = 41 customers")
    >>> chart.get_suptitle()
    'What matters most?'
    """
    chart = Chart(figsize=(WIDTH_INCHES, height))
    chart.suptitle(title, x=0.012, y=1 - 0.12 / height, ha="left", va="top", size=15, weight=600)
    if note:
        chart.text(0.012, 0.1 / height, note, size=9.5, color=COLOURS["muted"], va="bottom")
    return chart, chart.add_subplot()
