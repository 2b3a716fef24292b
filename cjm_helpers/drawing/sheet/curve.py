"""The geometry of the emotion curve: a monotone line through the means, its fills, and the hatch of missing answers."""

from collections.abc import Iterable
from functools import cache

END_SLOPE = 0.6
SAMPLES = 14

Point = tuple[float, float]


def split_runs(points: Iterable[Point | None]) -> list[list[Point]]:
    """Return the unbroken runs of points; None breaks the line."""
    runs: list[list[Point]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def slope_points(points: list[Point]) -> list[float]:
    """Return Fritsch and Carlson's slopes (1980): the curve never leaves the span of two neighbouring means."""
    pairs = list(zip(points, points[1:], strict=False))
    gaps = [b[0] - a[0] for a, b in pairs]
    rises = [(b[1] - a[1]) / gap for (a, b), gap in zip(pairs, gaps, strict=True)]
    inner = []
    for k in range(1, len(rises)):
        before, after = rises[k - 1], rises[k]
        if before * after <= 0:
            inner.append(0.0)
            continue
        left, right = 2 * gaps[k] + gaps[k - 1], gaps[k] + 2 * gaps[k - 1]
        inner.append((left + right) / (left / before + right / after))
    return [rises[0] * END_SLOPE, *inner, rises[-1] * END_SLOPE]


def bend(points: list[Point]) -> list[tuple]:
    """Return the moves of the monotone curve through two or more points, as Bezier pieces."""
    slopes = slope_points(points)
    moves: list[tuple] = [("M", points[0])]
    for (a, b), (slope_a, slope_b) in zip(
        zip(points, points[1:], strict=False), zip(slopes, slopes[1:], strict=False), strict=True
    ):
        third = (b[0] - a[0]) / 3
        moves.append(("C", (a[0] + third, a[1] + slope_a * third), (b[0] - third, b[1] - slope_b * third), b))
    return moves


def sample(moves: list[tuple], *, pieces: int = SAMPLES) -> list[Point]:
    """Return points along the drawn curve, so that fills can be cut to their bands and strokes to dashes."""
    points = [moves[0][1]]
    for _, (bx, by), (cx, cy), (dx, dy) in moves[1:]:
        ax, ay = points[-1]
        points += [
            (a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy) for a, b, c, d in _weigh(pieces)
        ]
    return points


@cache
def _weigh(pieces: int) -> tuple:
    """Return how much of each of a Bezier piece's four points goes into each sample."""
    parts = ((1 - k / pieces, k / pieces) for k in range(1, pieces + 1))
    return tuple((s**3, 3 * s**2 * t, 3 * s * t * t, t**3) for s, t in parts)


def _clamp(value: float, low: float, high: float) -> float:
    """Return the value, moved to the nearer end where it lies outside."""
    return min(max(value, low), high)


def fill_band(points: list[Point], *, zero: float, top: float, bottom: float) -> list[Point]:
    """Return the area between curve and zero line inside one band; empty where the curve does not reach it."""
    ys = [y for _, y in points]
    if min(ys) >= bottom or max(ys) <= top:
        return []
    level = _clamp(zero, top, bottom)
    along = [(x, _clamp(y, top, bottom)) for x, y in points]
    return [*along, (points[-1][0], level), (points[0][0], level)]


def reach(points: list[Point], x0: float, *, x1: float) -> tuple[float, float] | None:
    """Return the least and greatest y of a sampled curve between two x, or None where it is not there."""
    ys = [y for x, y in points if x0 <= x <= x1]
    return (min(ys), max(ys)) if ys else None


def hatch(x0: float, *, width: float, y0: float, y1: float, step: float) -> list[tuple[Point, Point]]:
    """Return the strokes of a 45 degree hatch from lower left to upper right."""
    height, strokes, k = y1 - y0, [], y0 - y1
    while k < width:
        a, b = max(k, 0.0), min(k + height, width)
        if b > a:
            strokes.append(((x0 + a, y1 - (a - k)), (x0 + b, y1 - (b - k))))
        k += step
    return strokes
