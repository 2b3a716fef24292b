"""What texts and marks really stand on, and how kinds differ in grey and to eyes that see colours otherwise."""

import numpy as np
import pytest
from drawing.hard_journeys import lay_map
from drawing.scenes import bound, contrast

from cjm_helpers.drawing.journey_map.small_map import lay_small_map
from cjm_helpers.drawing.journey_map.story import read_journey
from cjm_helpers.drawing.sheet.curve import sample
from cjm_helpers.drawing.sheet.look import COLOURS, MARK_TONES
from cjm_helpers.drawing.sheet.scene import Box, Disc, Line, Path, Text

TEXT_LEAST, MARK_LEAST = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
BESIDE = 0.25
OPPOSED = (
    ("blue", "orange", 90),
    ("bluetext", "orangetext", 75),
    ("bluefill2", "orangefill2", 40),
    ("bluefill", "orangefill", 18),
)
# Machado, Oliveira and Fernandes 2009, A physiologically-based model for simulation of color vision deficiency,
# table 1, severity 1.0, for linear RGB.
MACHADO = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))  # IEC 61966-2-1
WHITE = (0.9505, 1.0, 1.089)


def is_in(point, item) -> bool:
    """Tell whether a point lies in a filled shape: for polygons by counting crossings of a ray."""
    x, y = point
    if isinstance(item, Box):
        return item.x <= x <= item.x + item.width and item.y <= y <= item.y + item.height
    if isinstance(item, Disc):
        return (x - item.x) ** 2 + (y - item.y) ** 2 <= item.radius**2
    pairs = zip(item.points, (*item.points[1:], item.points[0]), strict=True)
    crossed = [(ax + (y - ay) * (bx - ax) / (by - ay)) > x for (ax, ay), (bx, by) in pairs if (ay > y) != (by > y)]
    return sum(crossed) % 2 == 1


def spots(item) -> list:
    """Return points of a text's middle line, along a stroke, or right outside a mark."""
    if isinstance(item, Text):
        box = item.box
        return [(box.x0 + (box.x1 - box.x0) * part, (box.y0 + box.y1) / 2) for part in (0.1, 0.3, 0.5, 0.7, 0.9)]
    if isinstance(item, Line):
        (ax, ay), (bx, by) = item.start, item.end
        return [(ax + (bx - ax) * part, ay + (by - ay) * part) for part in (0.1, 0.5, 0.9)]
    if isinstance(item, Path):
        return sample(item.moves) if len(item.moves[-1]) > 2 else [point for _, *some in item.moves for point in some]
    box = bound(item)
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return [(x, box.y0 - BESIDE), (x, box.y1 + BESIDE), (box.x0 - BESIDE, y), (box.x1 + BESIDE, y)]


def list_grounds(sheet):
    """List every text, stroke and mark with the colours it stands on: those painted last before it at its spots."""
    for lane in sheet.lanes:
        filled: list = []
        for item in lane.items:
            seen = getattr(item, "tone", "") or getattr(item, "edge", "") or getattr(item, "fill", "")
            if seen in MARK_TONES or isinstance(item, Text):
                yield item, seen, {_find_ground(spot, filled) for spot in spots(item)}
            if getattr(item, "fill", ""):
                filled.insert(0, (bound(item), item))


def _find_ground(spot, filled) -> str:
    """Return the fill painted last at a spot; without one it is the paper."""
    x, y = spot
    near = (item for box, item in filled if box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1)
    return next((item.fill for item in near if is_in(spot, item)), "paper")


def list_pale(sheet) -> list:
    """List what has too little contrast against a ground of its own."""
    return [(item, ground) for item, tone, grounds in list_grounds(sheet) for ground in grounds
            if contrast(tone, ground) < (TEXT_LEAST if isinstance(item, Text) else MARK_LEAST)]  # fmt: skip


def test_everything_has_contrast_against_what_it_stands_on(any_map):
    """Texts reach 4.5:1 and marks 3:1 against the fills that are really painted below them."""
    assert [pale for sheet in any_map.sheets for pale in list_pale(sheet)] == []


@pytest.mark.parametrize("name", ["full a4", "forty_steps 16:9", "personas_9 a4"])
def test_small_papers_keep_the_contrast(name):
    """What is drawn smaller there stands on nothing else."""
    assert [pale for sheet in lay_map(*name.split(" ")) for pale in list_pale(sheet)] == []


def test_the_small_map_keeps_the_contrast(rich):
    """Its marks stand on paper, not on the fills below the curve."""
    assert list_pale(lay_small_map(read_journey(rich))) == []


def test_too_little_contrast_would_be_noticed():
    """The check above can fail: on deeper tints the marks on them are lost."""
    (sheet,) = lay_map("rich", "a3")
    deep = [lane._replace(items=tuple(item._replace(fill="ink") if getattr(item, "fill", "") == "tint" else item
                                      for item in lane.items)) for lane in sheet.lanes]  # fmt: skip
    found = list_pale(sheet._replace(lanes=tuple(deep)))
    assert {type(item) for item, _ in found} >= {Text, Disc, Path}


def see(colour: str, matrix=np.eye(3)):
    """Return a colour of the palette as L*, a*, b*, seen through a matrix."""
    parts = np.array([int(COLOURS[colour][k : k + 2], 16) / 255 for k in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    ratio = np.array(TO_XYZ) @ np.clip(np.array(matrix) @ linear, 0, 1) / np.array(WHITE)
    bent = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * bent[1] - 16, 500 * (bent[0] - bent[1]), 200 * (bent[1] - bent[2])])


@pytest.mark.parametrize("kind", list(MACHADO))
@pytest.mark.parametrize(("good", "bad", "least"), OPPOSED)
def test_good_and_bad_stay_apart_to_every_eye(kind, good, bad, least):
    """Blue and orange differ by far more than anyone can miss (CIE 1976), also without one kind of cone."""
    assert np.linalg.norm(see(good, MACHADO[kind]) - see(bad, MACHADO[kind])) >= least
