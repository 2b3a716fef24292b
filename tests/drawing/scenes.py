"""What tests ask of a laid-out scene: the box around an item, and the contrast of two colours."""

from functools import cache

from cjm_helpers.drawing.sheet.look import COLOURS
from cjm_helpers.drawing.sheet.scene import Box, Cell, Disc, Line, Link, Path, Polygon


def bound(item) -> Cell:
    """Return the box around a mark, a stroke or an area."""
    if isinstance(item, Disc):
        return Cell(item.x - item.radius, item.y - item.radius, item.x + item.radius, item.y + item.radius)
    if isinstance(item, (Box, Link)):
        return Cell(item.x, item.y, item.x + item.width, item.y + item.height)
    points = {Polygon: lambda: item.points, Line: lambda: (item.start, item.end),
              Path: lambda: [point for _, *some in item.moves for point in some]}[type(item)]()  # fmt: skip
    xs, ys = zip(*points, strict=True)
    return Cell(min(xs), min(ys), max(xs), max(ys))


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2.2 defines it."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@cache
def contrast(one: str, other: str) -> float:
    """Return the contrast of two roles of colour, as WCAG 2.2 defines it."""
    light, dark = sorted((luminance(COLOURS[one]), luminance(COLOURS[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)
