"""What tells personas apart in grey too: a shape and a dash for each; colour says feeling alone."""

from math import hypot

from cjm_helpers.drawing.sheet.curve import bend, sample

DISC, SQUARE, TRIANGLE, DIAMOND = range(4)
MARK, MARK_WIDTH = 1.35, 3.9
MARK_UP, MARK_HALF, MARKS_GAP = 1.15, 1.9, 1.0
SQUARE_HALF, TRIANGLE_HALF, DIAMOND_HALF = 1.15, 1.55, 1.65
EDGE = 1.2
DASHES = ((), (4.2, 1.7), (0.2, 1.5), (4.2, 1.4, 0.2, 1.4))
TONES = ("ink", "bar", "ink", "bar")
LAST_DIGIT = 6  # Python adds floats up a little otherwise since 3.12: a dash must not end elsewhere for it
WEIGHT, PIECES, HALO, SAMPLE = 1.7, 40, 2.0, 12.0


def draw_mark(pen, centre, *, number: int, tone: str, is_solid: bool = True, depth: float = 5.0) -> None:
    """Draw a persona's mark: filled from 30 answers, hollow below."""
    x, y = centre
    look = {"fill": tone if is_solid else "paper", "edge": tone, "weight": EDGE, "depth": depth}
    if number == DISC:
        pen.disc(centre, MARK - 0.1, **look)
    elif number == SQUARE:
        pen.box((x - SQUARE_HALF, y - SQUARE_HALF), (2 * SQUARE_HALF, 2 * SQUARE_HALF), **look)
    elif number == TRIANGLE:
        r = TRIANGLE_HALF
        pen.polygon([(x - r, y + r * 0.8), (x, y - r), (x + r, y + r * 0.8)], **look)
    else:
        r = DIAMOND_HALF
        pen.polygon([(x, y - r), (x + r, y), (x, y + r), (x - r, y)], **look)


def draw_way(pen, moves: list[tuple], *, number: int) -> None:
    """Draw a persona's line along moves of a curve, in its own dash."""
    pattern = DASHES[number]
    way = dash_way(sample(moves, pieces=PIECES), pattern) if pattern else moves
    pen.path(way, edge=TONES[number], weight=WEIGHT)


def dash_way(points: list, pattern: tuple[float, ...]) -> list[tuple]:
    """Cut a way into strokes and gaps of these lengths in turn; the pattern runs on through its bends."""
    points = [(round(x, LAST_DIGIT), round(y, LAST_DIGIT)) for x, y in points]
    moves: list[tuple] = [("M", points[0])]
    turn, left = 0, pattern[0]
    for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
        length, done = hypot(x1 - x0, y1 - y0), 0.0
        while length - done > left:
            done += left
            point = (x0 + (x1 - x0) * done / length, y0 + (y1 - y0) * done / length)
            moves.append(("L" if turn % 2 == 0 else "M", point))
            turn += 1
            left = pattern[turn % len(pattern)]
        left -= length - done
        if turn % 2 == 0:
            moves.append(("L", (x1, y1)))
    return moves


def draw_sample(pen, x: float, *, y: float, number: int) -> None:
    """Draw a short piece of a persona's line with its mark, for names and legends."""
    draw_way(pen, bend([(x, y), (x + SAMPLE, y)]), number=number)
    pen.disc((x + SAMPLE / 2, y), HALO, fill="paper", depth=4)
    draw_mark(pen, (x + SAMPLE / 2, y), number=number, tone="ink")
