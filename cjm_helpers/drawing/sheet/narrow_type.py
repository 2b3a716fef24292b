"""The typeface of presentations: Arial Narrow, which PowerPoint's machines have, set no wider than the map measured.

Its widths are those of Helvetica Narrow, which matplotlib ships; Liberation Sans Narrow, LibreOffice's double, has the
same. Running text is a tenth narrower than the map's own typeface, capitals and blanks up to a twelfth wider.
"""

from functools import cache
from math import ceil
from pathlib import Path

import matplotlib
from fontTools.afmLib import AFM
from fontTools.agl import toUnicode

from .look import ITALIC, POINT, REGULAR, SEMIBOLD
from .typeface import JOINED, measure

NARROW = "Arial Narrow"
DESCENT = 0.212
FOLDER = Path(matplotlib.get_data_path()) / "fonts" / "afm"
FILES = {REGULAR: "phvr8an.afm", SEMIBOLD: "phvb8an.afm", ITALIC: "phvro8an.afm"}
THOUSANDTHS = 1000
HUNDREDTHS = 100
LAST_DIGIT = 6


@cache
def _read_widths(face: str) -> dict[str, float]:
    font = AFM(str(FOLDER / FILES[face]))
    return {toUnicode(name): font[name][1] / THOUSANDTHS for name in font.chars()}


@cache
def measure_narrow(words: str, size: float, *, face: str) -> float:
    """Return the width in millimetres in Arial Narrow; a letter it has not is taken as wide as the map measures it."""
    known = _read_widths(face)
    own = sum(known[letter] for letter in words if letter in known) * size * POINT
    return own + sum(measure(letter, size, face=face) for letter in words if letter not in known)


@cache
def squeeze(words: str, size: float, *, face: str) -> int:
    """Return the spacing of letters, in hundredths of a point, that keeps the words in their measured width.

    Examples
    --------
    >>> squeeze("Paid at first try", 9, face="regular"), squeeze("COST", 9, face="regular")
    (0, -9)
    """
    over = measure_narrow(words, size, face=face) - measure(words, size, face=face)
    if over <= 0 or JOINED.search(words):  # joined letters would come apart
        return 0
    return -ceil(round(over / POINT * HUNDREDTHS / len(words), LAST_DIGIT))
