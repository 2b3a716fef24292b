"""Places the labels of a chart's points so that no text lies on another text or on a point."""

from collections.abc import Sequence

GAP = 6.0
FARTHER_COSTS, OUTSIDE_COSTS = 0.5, 100
# where a label may stand, best first: beside the point, else so many lines above or below
PLACES = tuple((side, rise) for rise in (0, 1, -1, 2, -2, 3, -3) for side in ("right", "left"))


def place_labels(
    points: Sequence[tuple], sizes: Sequence[tuple], *, room: tuple[float, float]
) -> list[tuple[float, float]]:
    """Find for each point the left and the middle of its label, near it and free of the others where that is possible.

    Parameters
    ----------
    points
        x and y of each point, in points of type.
    sizes
        Width and height of each label.
    room
        Width and height of the plot; no label leaves it.

    Returns
    -------
    list of (left, middle)

    Examples
    --------
    >>> place_labels([(10, 10), (12, 10)], [(20, 8), (20, 8)], room=(100, 100))
    [(16.0, 10.0), (18.0, 19.0)]
    """
    taken = [(x - GAP / 2, y - GAP / 2, x + GAP / 2, y + GAP / 2) for x, y in points]
    found = []
    for (x, y), (width, height) in zip(points, sizes, strict=True):
        candidates = [_candidate(x, y, width, height, place) for place in PLACES]
        boxes = [(left, middle - height / 2, left + width, middle + height / 2) for left, middle in candidates]
        costs = [_cost(box, taken, room) + number * FARTHER_COSTS for number, box in enumerate(boxes)]
        best = costs.index(min(costs))
        taken.append(boxes[best])
        found.append(candidates[best])
    return found


def _candidate(x: float, y: float, width: float, height: float, place: tuple[str, int]) -> tuple[float, float]:
    side, rise = place
    return (float(x + GAP) if side == "right" else float(x - GAP - width)), float(y + rise * (height + 1))


def _cost(box: tuple, taken: list, room: tuple[float, float]) -> float:
    left, bottom, right, top = box
    outside = max(0, -left) + max(0, right - room[0]) + max(0, -bottom) + max(0, top - room[1])
    return outside * OUTSIDE_COSTS + sum(_overlap(box, other) for other in taken)


def _overlap(one: tuple, other: tuple) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width * height if width > 0 and height > 0 else 0.0
