"""Words of page one: feelings, figures, people and waves as one says them to somebody who reads no statistics."""

import math

from cjm_helpers.method.evidence import DIFFER
from cjm_helpers.method.words import count_things, write_dates, write_months, write_number

# A feeling up to the first number is bad and so on; the words and their limits are ours.
FEELINGS = ((-1, "bad"), (-0.25, "rather bad"), (0.25, "neither good nor bad"), (1, "rather good"), (math.inf, "good"))
SHARES = ("csat", "proportion")
FEW = 30  # people; fewer give a first hint
DOUBT = "those who read this did not agree on it"
OFTEN = 0.5  # of those who name a thing: from so many on, those who name its opposite are told too


def describe_feeling(value: float) -> str:
    """Say in words how good a feeling is that was measured from -2 to 2.

    Examples
    --------
    >>> describe_feeling(-1.3), describe_feeling(-0.4), describe_feeling(0.0), describe_feeling(1.2)
    ('bad', 'rather bad', 'neither good nor bad', 'good')
    """
    return next(word for most, word in FEELINGS if value <= most)


def say_kpi(value: float, kpi) -> str:
    """Say a KPI's value with its unit and one decimal at most, two below one; kpi gives unit and kind.

    Examples
    --------
    >>> say_kpi(0.28, {"unit": "%", "kind": "proportion"}), say_kpi(3.204, {"unit": "seconds", "kind": "duration"})
    ('28%', '3.2 seconds')
    """
    unit = "%" if kpi["kind"] in SHARES and not kpi["unit"] else kpi["unit"]
    shown = 100 * value if unit == "%" else value
    decimals = 1 if abs(shown) >= 1 else 2
    decimals = 0 if round(shown, decimals).is_integer() or abs(shown) >= 1000 else decimals
    return f"{write_number(shown, decimals=decimals)}{'' if unit in ('', '%') else ' '}{unit}"


def say_named(theme) -> str:
    """Say how many people name a theme, and how many its opposite unless they are few; reads a cell of the map.

    Where the people who read the words did not agree on the code, that is said too.

    Examples
    --------
    >>> say_named({"k": 20.0, "n": 30.0, "text": "Too many steps", "flag": "reportable", "counter": 2.0})
    '20 of the 30 people who spoke of it name “Too many steps”'
    >>> say_named({"k": 4.0, "n": 4.0, "text": "No news", "flag": "counted", "counter": float("nan")})
    'all 4 people interviewed name “No news”'
    """
    k, n = theme["k"], theme["n"]
    who = "interviewed" if theme["flag"] == "counted" else "who spoke of it"
    people = f"{count_things(n, 'person', things='people')} {who}"
    counted = f"{write_number(k)} of the {people}" if k < n else f"all {people}" if n > 1 else people
    against = f"{write_number(theme['counter'])} said the opposite" if theme["counter"] >= OFTEN * k else ""
    doubt = DOUBT if theme.get("caution") == DIFFER else ""
    more = "; ".join(filter(None, (against, doubt)))
    return f"{counted} {'names' if k == 1 else 'name'} “{theme['text']}”{f' ({more})' if more else ''}"


def name_months(wave: str, waves) -> str:
    """Name a wave by its months; where another wave has the same, by its days.

    Examples
    --------
    >>> from datetime import date
    >>> from types import SimpleNamespace as Wave
    >>> name_months("w1", [Wave(id="w1", start=date(2026, 3, 1), end=date(2026, 3, 31))])
    'March 2026'
    """
    named = {one.id: write_months(one.start, one.end) for one in waves}
    if list(named.values()).count(named[wave]) == 1:
        return named[wave]
    one = next(one for one in waves if one.id == wave)
    return write_dates(one.start, one.end)
