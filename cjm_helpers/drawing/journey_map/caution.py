"""The sign of a theme whose code people read differently, in words beside a mark, on the map and in its tables."""

from cjm_helpers.drawing.sheet.look import REGULAR, SEMIBOLD
from cjm_helpers.drawing.sheet.typeface import measure, wrap_even
from cjm_helpers.drawing.sheet.words import MINUS, count

from .cards import Row, text_row
from .story import Thing

DIFFER, TOO_FEW = "coders differ", "too few read by two"
MARK = "≠"
REVISE = "revise the code"
SIGN = f"{MARK} {DIFFER}"
LOOK = {"face": SEMIBOLD, "tone": "muted"}
LEGEND = "coders differ on what says so: take its counts as rough"


def is_doubted(thing) -> bool:
    """Tell whether people read the code that a thing, or a change of a theme, is built on differently."""
    return getattr(thing, "caution", "") == DIFFER


def list_doubted(journey) -> frozenset[str]:
    """Return the codes that people read differently over the whole study, whether or not this map holds them."""
    table = getattr(getattr(journey, "parts", None), "reliability", None)
    return frozenset() if table is None else frozenset(table.loc[table["verdict"] == REVISE, "code_id"])


def fit_sign(thing, width: float) -> str:
    """Return the sign of a doubted thing, its mark alone where it is narrow; nothing for any other."""
    return "" if not is_doubted(thing) else SIGN if measure(SIGN, face=SEMIBOLD) <= width else MARK


def sign_rows(thing, width: float, *, room: int = 1) -> list[Row]:
    """Return the row that says of a card that coders differ; none where they do not, or a mark has to do."""
    return [text_row(sign, width=width, **LOOK) for sign in [fit_sign(thing, width)] if sign and room > 0]


def find_mark(thing, *, room: int = 1) -> str:
    """Return the mark that stands behind other words where there is no room for a row that says that coders differ."""
    return f" {MARK}" if is_doubted(thing) and room <= 0 else ""


def wrap_marked(thing, width: float, *, most: int, mark: str, face: str = REGULAR) -> list[str]:
    """Break the words of a thing so that its mark stands behind the last of them, whatever is cut."""
    lines = wrap_even(thing.text, width - measure(mark, face=face), most=most, face=face)
    return [*lines[:-1], *(f"{last}{mark}" for last in lines[-1:])]


def say_agreement(thing: Thing) -> str:
    """Say how alike people read the code behind a thing: alpha, its interval, and how many verbatims two people read.

    Examples
    --------
    >>> say_agreement(Thing(alpha=0.43, alpha_lo=0.22, alpha_hi=0.62, coded_twice=267, caution=DIFFER))
    'coders differ: alpha 0.43 (0.22 to 0.62), 267 verbatims read by two or more'
    >>> say_agreement(Thing(caution="read by one person only"))
    'read by one person only'
    """
    if thing.alpha is None:
        return thing.caution
    ends = thing.alpha_lo, thing.alpha_hi
    interval = f" ({_write(ends[0])} to {_write(ends[1])})" if None not in ends else ""
    read = f", {count(thing.coded_twice)} verbatim{'' if thing.coded_twice == 1 else 's'} read by two or more"
    # Too few of those that two people read carry the code, however many they read.
    figures = f"alpha {_write(thing.alpha)}{interval}{'' if thing.caution == TOO_FEW else read}"
    return ": ".join(filter(None, (thing.caution, figures)))


def _write(alpha: float) -> str:
    return f"{alpha:.2f}".replace("-", MINUS)
