"""Words, numbers and ids as the map writes them."""

import re
from hashlib import sha256

MINUS = "−"
HUNDRED = 100
KEY_LENGTH = 6
LEVELS = {1: "low", 2: "middle", 3: "high"}


def tidy(text) -> str:
    """Return the text in one line, without signs that no page can show."""
    words = " ".join(f"{text}".split())
    return "".join(letter for letter in words if letter.isprintable() or letter in "\u00ad\u200d\u200c")


def sign(value: float) -> str:
    """Write a feeling between -2 and +2 with its sign and one decimal."""
    words = f"{value:+.1f}".replace("-", MINUS)
    return "0.0" if words[1:] == "0.0" else words


def _decimals(size: float) -> int:
    if size >= HUNDRED:
        return 0
    return 1 if size >= 1 else 2


def number(value: float) -> str:
    """Write a number short: no decimals from 100 on, one from 1 on, two below; no empty decimals."""
    words = f"{value:,.{_decimals(abs(value))}f}"
    words = words.rstrip("0").rstrip(".") if "." in words else words
    return "0" if words in ("-0", "") else words.replace("-", MINUS)


def amount(value: float, unit: str) -> str:
    """Write a value with its unit; "%" means that the value is a share of one."""
    if unit == "%":
        return f"{number(value * HUNDRED)} %"
    return f"{number(value)} {unit}".strip()


def bare(value: float, unit: str) -> str:
    """Write a value without its unit, for a place where the unit already stands."""
    return number(value * HUNDRED if unit == "%" else value)


def count(value: float) -> str:
    """Write a whole number with commas."""
    return f"{round(value):,}"


def count_short(value: float) -> str:
    """Write a large number in thousands or millions, for a place too narrow for all its digits."""
    size, letter = (1_000_000, "m") if value >= 1_000_000 else (1_000, "k")
    return f"{number(value / size)}{letter}"


def listing(words) -> str:
    """Join texts with commas and an "and"."""
    words = list(words)
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def make_key(prefix: str, *parts: str) -> str:
    """Make an id for a page: readable, and different for different parts even when they are not Latin letters."""
    whole = "|".join(parts)
    slug = re.sub(r"[^a-z0-9]+", "-", whole.lower()).strip("-")
    return "-".join(filter(None, (prefix, slug, sha256(whole.encode()).hexdigest()[:KEY_LENGTH])))


def name_anchor(step_id: str, lane: str = "") -> str:
    """Name the place in a page where the evidence of a step, or of one of its cells, stands.

    Examples
    --------
    >>> name_anchor("3.4", "pain"), name_anchor("3.4")
    ('at-3-4-pain', 'at-3-4')
    """
    plain = f"{step_id}".replace(".", "-")
    is_plain = re.fullmatch("[A-Za-z0-9-]+", plain)
    return "-".join(filter(None, ("at" if is_plain else make_key("at", plain), plain if is_plain else "", lane)))
