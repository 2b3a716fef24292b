"""Makes ids, so that nobody types one: from a name where the table has one, else the next number in use."""

import re
import unicodedata
from collections.abc import Collection

from cjm_helpers.study.settings import ALL_WAVES, EVERYONE, NEWEST
from cjm_helpers.worksheets import MACHINE, NOTHING_FITS, SPECS

UNNAMED = "unnamed"
LONGEST = 40
WINDOWS_NAMES = ("con", "prn", "aux", "nul")  # no file may be called so there
RESERVED = {EVERYONE, ALL_WAVES, NEWEST, MACHINE, NOTHING_FITS, "index", *WINDOWS_NAMES}
FOLDED = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
NAMED_BY = {"personas": "name", "touchpoints": "name", "codebook": "label", "kpis": "name"}
NUMBERED = ("statements", "feedback", "goals", "responses", "opportunities")


def make_id(name: str, taken: Collection[str]) -> str:
    """Return a short id made from a name: small letters, digits and _, unlike every id that is taken.

    Accents of Latin letters are folded; letters of other scripts stay as they are.

    Examples
    --------
    >>> make_id("Payment page", taken=[])
    'payment_page'
    >>> make_id("Payment page", taken=["payment_page"])
    'payment_page_2'
    """
    small = unicodedata.normalize("NFC", re.sub("['’]", "", name).casefold())
    letters = "".join(map(_fold, small.translate(FOLDED)))
    words = re.sub(r"[\W_]+", "_", letters).strip("_")
    start = _shorten(words) or UNNAMED
    used = {str(one).casefold() for one in taken} | RESERVED
    number, made = 1, start
    while made in used:
        number += 1
        made = f"{start}_{number}"
    return made


def number_id(prefix: str, taken: Collection[str], *, width: int = 1) -> str:
    """Return the next number behind a prefix, as wide as the numbers in use, at least as wide as told.

    Examples
    --------
    >>> number_id("f", ["f0011", "f0007", "r9"])
    'f0012'
    """
    found = [re.fullmatch(rf"{re.escape(prefix)}([0-9]+)", one) for one in taken]
    numbers = [match[1] for match in found if match]
    width = max([width, *map(len, numbers)]) if numbers else width
    return f"{prefix}{max(map(int, numbers), default=0) + 1:0{width}d}"


def name_new_id(table: str, row: dict, *, taken: Collection[str]) -> str:
    """Return the id of a new row; "" where the id is chosen from another table, or comes from the team's systems.

    Parameters
    ----------
    row
        The cells of the row so far, by column.
    taken
        All ids of the table, those of imported rows too.

    Examples
    --------
    >>> name_new_id("touchpoints", {"name": "Zoë's café"}, taken=[])
    'zoes_cafe'
    >>> name_new_id("statements", {}, taken=["s001"])
    's002'
    """
    if table in NAMED_BY:
        return make_id(row.get(NAMED_BY[table], ""), taken)
    if table in NUMBERED:
        prefix, digits = re.fullmatch(r"([a-z]+)([0-9]+)", SPECS[table].columns[0].example).groups()
        return number_id(prefix, taken, width=len(digits))
    return ""


def _fold(letter: str) -> str:
    """Return a Latin letter without its accents, another letter as it is, nothing for a mark of its own."""
    if unicodedata.category(letter).startswith("M"):
        return ""
    base = unicodedata.normalize("NFKD", letter)[0]
    return base.lower() if base.isascii() else letter


def _shorten(words: str) -> str:
    """Return as many whole words as an id may hold."""
    if len(words) <= LONGEST:
        return words
    cut, _, rest = words[: LONGEST + 1].rpartition("_")
    return cut or rest[:LONGEST]
