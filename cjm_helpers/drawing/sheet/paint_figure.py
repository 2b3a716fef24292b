"""Painting the same scene as closed matplotlib Figures, for PNG and PDF."""

import logging
import warnings
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from itertools import product

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyBboxPatch, PathPatch, Rectangle
from matplotlib.patches import Polygon as PolygonPatch
from matplotlib.path import Path as Outline
from matplotlib.text import Text as TextArtist
from matplotlib.transforms import Affine2D
from PIL import Image

from .letters import check_letters, find_families, find_missing_signs
from .look import COLOURS, DASHES, GROUNDS, SHEET_GAP, SHEET_HEIGHT, TEXT_TONES
from .scene import Box, Disc, Line, Path, Polygon, Text
from .typeface import FAMILY, font_of

INCH = 25.4
SCREEN_DPI = 96
PNG_DPI = 2 * SCREEN_DPI
COMPRESSION = 7
TYPE_3 = 3  # matplotlib embeds fonts with cubic outlines, such as Noto Sans CJK, rightly as this type alone
COLOURS_MOST, SHADES, SHADES_TYPE = 256, 8, 15
FILLS = ("tint2", "bluefill", "orangefill")
TYPE_PAIRS = (("ink", "paper"), ("muted", "paper"))
PAIRS = (*product((*TEXT_TONES, "bar", "blue", "orange", "rule"), GROUNDS), *product(("ink",), FILLS))
SETTINGS = {
    "text.hinting": "no_hinting",
    "text.hinting_factor": 1,
    "pdf.fonttype": 42,
    "path.simplify": False,
    "text.usetex": False,
}
ALIGN = {"start": "left", "middle": "center", "end": "right"}
CODES = {"M": Outline.MOVETO, "L": Outline.LINETO, "C": Outline.CURVE4}


def _look(fill: str, edge: str, weight: float) -> dict:
    line = COLOURS[edge] if edge and weight else "none"
    return {"facecolor": COLOURS[fill] if fill else "none", "edgecolor": line, "linewidth": weight}


def _text(item: Text):
    font = font_of(item.face, item.size)
    look = {"color": COLOURS[item.tone], "ha": ALIGN[item.anchor], "va": "baseline"}
    return TextArtist(item.x, item.y, item.words, fontproperties=font, parse_math=False, **look)


def _line(item: Line):
    (x0, y0), (x1, y1) = item.start, item.end
    style = (0, DASHES[item.dash]) if item.dash else "-"
    caps = "round" if item.dash == "dot" else "butt"
    look = {"color": COLOURS[item.tone], "linewidth": item.weight, "linestyle": style}
    return Line2D([x0, x1], [y0, y1], solid_capstyle="butt", dash_capstyle=caps, **look)


def _box(item: Box):
    look = _look(item.fill, item.edge, item.weight)
    if not item.corner:
        return Rectangle((item.x, item.y), item.width, item.height, **look)
    round_by = f"round,pad=0,rounding_size={item.corner}"
    return FancyBboxPatch((item.x, item.y), item.width, item.height, boxstyle=round_by, **look)


def _polygon(item: Polygon):
    return PolygonPatch(item.points, closed=True, **_look(item.fill, item.edge, item.weight))


def _disc(item: Disc):
    return Circle((item.x, item.y), item.radius, **_look(item.fill, item.edge, item.weight))


def _path(item: Path):
    points = [point for _, *some in item.moves for point in some]
    codes = [CODES[letter] for letter, *some in item.moves for _ in some]
    return PathPatch(Outline(points, codes), capstyle="round", **_look("", item.edge, item.weight))


ARTISTS = {Text: _text, Line: _line, Box: _box, Polygon: _polygon, Disc: _disc, Path: _path}


@contextmanager
def _quiet_settings():
    """Apply our settings, and keep still about a weight that the machine's font for some letters lacks."""
    with matplotlib.rc_context(SETTINGS), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        fonts = logging.getLogger("matplotlib.font_manager")
        level = fonts.level
        fonts.setLevel(logging.ERROR)
        try:
            yield
        finally:
            fonts.setLevel(level)


def make_figure(sheets) -> Figure:
    """Return a closed Figure that shows the sheets below each other."""
    width = max(sheet.width for sheet in sheets)
    height = sum(sheet.height for sheet in sheets) + SHEET_GAP * (len(sheets) - 1)
    figure = Figure(figsize=(width / INCH, height / INCH), facecolor=COLOURS["paper"])
    families = [*FAMILY, *find_families(sheets)]
    signs = str.maketrans("", "", find_missing_signs(sheets))
    down, depth = 0.0, 0
    for sheet in sheets:
        place = Affine2D().translate(0, down).scale(1 / INCH, -1 / INCH).translate(0, height / INCH)
        items = (item for lane in sheet.lanes for item in lane.items if type(item) in ARTISTS)
        for depth, item in enumerate(items, start=depth + 1):
            artist = ARTISTS[type(item)](item)
            if isinstance(item, Text):
                artist.set_text(item.words.translate(signs))
                artist.set_fontfamily(families)
            artist.set_zorder(depth)
            artist.set_transform(place + figure.dpi_scale_trans)
            figure.add_artist(artist)
        down += sheet.height + SHEET_GAP
    return figure


@cache
def make_palette():
    """Return a picture that holds the palette: our colours, and the shades between them that smooth edges need."""
    rgb = {role: [int(colour[k : k + 2], 16) for k in (1, 3, 5)] for role, colour in COLOURS.items()}
    colours = list(rgb.values())
    for on, under in PAIRS:
        parts = (SHADES_TYPE if (on, under) in TYPE_PAIRS else SHADES) + 1
        for k in range(1, parts):
            colours.append([round(a + (b - a) * k / parts) for a, b in zip(rgb[on], rgb[under], strict=True)])
    palette = Image.new("P", (1, 1))
    palette.putpalette(sum(colours + colours[:1] * (COLOURS_MOST - len(colours)), []))
    return palette


def paint_png(sheets) -> bytes:
    """Paint the sheets below each other as one PNG at twice the size of a screen, in 256 colours to keep it small."""
    check_letters(sheets)
    out = BytesIO()
    figure = make_figure(sheets)
    figure.set_dpi(PNG_DPI)
    with _quiet_settings():
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
    full = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    few = full.quantize(palette=make_palette(), dither=Image.Dither.NONE)
    few.save(out, format="png", compress_level=COMPRESSION, dpi=(PNG_DPI, PNG_DPI))
    return out.getvalue()


def paint_pdf(sheets, *, title: str, least_height: float = SHEET_HEIGHT) -> bytes:
    """Paint each sheet as a page of one PDF with real text; a page is never lower than its paper."""
    from matplotlib.backends.backend_pdf import PdfPages  # 0.1 s that the other pictures do not need

    check_letters(sheets)
    out = BytesIO()
    about = {"Title": title, "Creator": None, "Producer": None, "CreationDate": None}
    fonts = {"pdf.fonttype": TYPE_3} if find_families(sheets) else {}
    with _quiet_settings(), matplotlib.rc_context(fonts), PdfPages(out, metadata=about) as pages:
        for sheet in sheets:
            pages.savefig(make_figure([sheet._replace(height=max(sheet.height, least_height))]))
    return out.getvalue()
