"""Puts the map's typeface into a page, so that it looks the same on every machine."""

import base64
import io
import logging
from functools import cache
from pathlib import Path

FAMILY = "IBM Plex Sans Condensed"
FACES = {"Regular": "font-weight: 400", "SemiBold": "font-weight: 600", "Italic": "font-style: italic"}
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x180)]
PUNCTUATION = [0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x201E, 0x2022, 0x2026, 0x20AC, 0x2212]


@cache
def write_faces() -> str:
    """Return CSS that holds the faces, cut down to Latin letters (76 KB); other letters fall to the reader's own fonts.

    Examples
    --------
    >>> write_faces().count("@font-face")
    3
    """
    return "\n".join(
        f'@font-face {{ font-family: "{FAMILY}"; {how}; src: url(data:font/woff;base64,{_cut(face)}) format("woff"); }}'
        for face, how in FACES.items()
    )


def _cut(face: str) -> str:
    import fontpkg_ibm_plex_sans_condensed
    from fontTools import subset

    logging.getLogger("fontTools.subset").setLevel(logging.ERROR)
    file = Path(fontpkg_ibm_plex_sans_condensed.ROOT) / "files" / f"IBMPlexSansCondensed-{face}.ttf"
    options = subset.Options(flavor="woff", recalc_timestamp=False, layout_features=["kern", "tnum"], hinting=False)
    font = subset.load_font(str(file), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=LATIN + PUNCTUATION)
    cutter.subset(font)
    held = io.BytesIO()
    subset.save_font(font, held, options)
    return base64.b64encode(held.getvalue()).decode("ascii")
