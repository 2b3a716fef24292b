"""Personal data in texts: found, so that it is never quoted, and masked where a text must stand."""

import re

import pandas as pd

MASK = "[…]"
# An e-mail address, or seven digits and more: a telephone, card or customer number. A date has eight, with dashes.
PERSONAL_DATA = re.compile(r"\S+@\S+\.\w+|(?<![\w-])(?!\d{4}-\d\d-\d\d(?!\d))(?:\+?\d[ /()-]{0,2}){7,}")


def has_personal_data(texts: pd.Series) -> pd.Series:
    """Say of every text whether it holds an e-mail address or a long number.

    Examples
    --------
    >>> texts = pd.Series(["write to a.b@c.de", "call 030 123 4567", "on 2026-03-14", "three cards"])
    >>> has_personal_data(texts).tolist()
    [True, True, False, False]
    """
    return texts.str.contains(PERSONAL_DATA)


def mask_personal_data(text: str) -> str:
    """Replace e-mail addresses and long numbers.

    Examples
    --------
    >>> mask_personal_data("Call Ben on 030 123 4567, please")
    'Call Ben on […], please'
    """
    return PERSONAL_DATA.sub(lambda found: MASK + " " * found[0].endswith(" "), text)
