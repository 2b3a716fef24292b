"""The study's own look on slides: whose they are, and an accent colour that a thin rule can carry."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from cjm_helpers.drawing.sheet.look import COLOURS
from cjm_helpers.drawing.sheet.words import tidy

LEAST_CONTRAST = 3.0
HEX = re.compile("#[0-9a-fA-F]{6}")
DARK, LINEAR, GAMMA = 0.04045, 12.92, 2.4
WEIGHTS = (0.2126, 0.7152, 0.0722)


class Look(NamedTuple):
    """Organisation and accent colour; remark says in a sentence why the study's accent was not taken."""

    organisation: str
    accent: str
    remark: str


def _brightness(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    light = [part / LINEAR if part <= DARK else ((part + 0.055) / 1.055) ** GAMMA for part in parts]
    return sum(weight * part for weight, part in zip(WEIGHTS, light, strict=True))


def contrast(colour: str, ground: str) -> float:
    """Return the contrast of two colours as the Web Content Accessibility Guidelines 2.2 define it.

    Examples
    --------
    >>> round(contrast("#000000", "#FFFFFF"))
    21
    """
    low, high = sorted((_brightness(colour), _brightness(ground)))
    return (high + 0.05) / (low + 0.05)


def read_look(look: Mapping | None) -> Look:
    """Read [look] of a study; an accent that is no colour or too pale gives way to the ink of the map.

    Examples
    --------
    >>> read_look({"accent": "teal"}).remark
    "The accent 'teal' under [look] is no colour such as #2a6f97, so the slides take the map's ink."
    """
    look = look or {}
    name, accent = tidy(look.get("organisation") or ""), f"{look.get('accent') or ''}"
    if not accent:
        return Look(name, COLOURS["ink"], "")
    wrong = ""
    if not HEX.fullmatch(accent):
        wrong = "is no colour such as #2a6f97"
    elif contrast(accent, COLOURS["paper"]) < LEAST_CONTRAST:
        wrong = "is too pale on white"
    if not wrong:
        return Look(name, accent.upper(), "")
    return Look(name, COLOURS["ink"], f"The accent '{accent}' under [look] {wrong}, so the slides take the map's ink.")
