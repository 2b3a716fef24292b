"""The marks of the map, each drawn with a pen at a point: shapes of touchpoints, stars, windows, triangles, squares."""

from math import cos, pi, sin

from .curve import bend, fill_band, sample
from .look import BACKING, MARK_RISE, SEMIBOLD

IMPACT_RADIUS = {1: 1.9, 2: 2.5, 3: 3.1}
TRIANGLE, TRIANGLE_STEP = 2.2, 2.7
SQUARE, SQUARE_STEP = 1.8, 2.3
STAR_INNER = 0.45
DIAMOND = 2.5
WINDOW, WINDOW_STAR, WINDOW_CORNER = 3.4, 6.6, 0.7
LETTER_DROP = 1.15
RULES = {
    "rule": ("rule", 0.6, ""), "strong": ("ink", 0.8, ""), "visibility": ("ink", 0.9, "dash"),
    "interaction": ("ink", 1.2, "dot"),
}  # fmt: skip
DISC_RANK = 2.7
RING, RING_WEIGHT, DOT = 1.1, 1.4, 1.25
STAR, STAR_SMALL, STAR_HALO = 2.35, 1.6, 0.8


def triangle_down(x: float, y: float) -> list[tuple[float, float]]:
    """Points of a triangle whose tip stands on y."""
    return [(x, y - 2.1), (x + TRIANGLE, y - 2.1), (x + TRIANGLE / 2, y)]


def triangle_up(x: float, y: float) -> list[tuple[float, float]]:
    """Points of a triangle whose base stands on y."""
    return [(x, y), (x + TRIANGLE, y), (x + TRIANGLE / 2, y - 2.1)]


def star(centre, radius: float) -> list[tuple[float, float]]:
    """Points of a five-pointed star."""
    rays = [(pi / 2 + k * pi / 5, radius if k % 2 == 0 else radius * STAR_INNER) for k in range(10)]
    return [(centre[0] + ray * cos(angle), centre[1] - ray * sin(angle)) for angle, ray in rays]


def draw_backing(pen, x, *, y0, y1, grade) -> None:
    """Draw the line at a cell's left edge that says its evidence grade; a cell without a grade gets a quiet rule."""
    tone = "bar" if grade in BACKING else "rule"
    pen.line((x + 0.3, y0), (x + 0.3, y1), tone=tone, weight=1.1, dash=BACKING.get(grade, ""))


def draw_rule(pen, start, *, x1, kind) -> None:
    """Draw the line above a lane: a rule, a strong one, the line of visibility or that of internal interaction."""
    tone, weight, dash = RULES[kind]
    pen.line(start, (x1, start[1]), tone=tone, weight=weight, dash=dash, depth=1)


def draw_touchpoint(pen, centre, *, kind, impact) -> None:
    """Draw the shape of a touchpoint's type with its letter; size by impact, 1 where it is not known."""
    x, y = centre
    r = IMPACT_RADIUS.get(impact, IMPACT_RADIUS[1])
    if kind == "human":
        pen.disc(centre, r, fill="ink")
    elif kind == "physical":
        walls = [(x - r, y + r * 0.9), (x - r, y - r * 0.15), (x, y - r * 1.1)]
        pen.polygon([*walls, (x + r, y - r * 0.15), (x + r, y + r * 0.9)], fill="ink")
    else:
        pen.box((x - r * 0.9, y - r * 0.9), (r * 1.8, r * 1.8), fill="ink", round_by=0.5)
    pen.text((x, y + LETTER_DROP), kind[:1].upper() or "?", tone="paper", face=SEMIBOLD, anchor="middle")


def draw_severity(pen, point, *, severity) -> None:
    """Draw three triangles, as many of them filled as the pain is severe."""
    for k in range(3):
        fill = "orange" if k < severity else "paper"
        pen.polygon(triangle_down(point[0] + k * TRIANGLE_STEP, point[1]), fill=fill, edge="orange", weight=0.8)


def draw_delight(pen, point, *, is_counter=False) -> None:
    """Draw the triangle of a delight, hollow for people who disagree with a pain."""
    fill = "paper" if is_counter else "blue"
    pen.polygon(triangle_up(*point), fill=fill, edge="blue", weight=1.0 if is_counter else 0.8)


def draw_level(pen, point, *, level) -> None:
    """Draw three squares, as many of them filled as the level is high."""
    for k in range(3):
        corner = (point[0] + k * SQUARE_STEP, point[1] - 1.9)
        pen.box(corner, (SQUARE, SQUARE), fill="bar" if k < level else "paper", edge="bar", weight=0.8)


def draw_window(pen, x, *, y0, y1, is_star=False, room=WINDOW_STAR) -> None:
    """Draw the interval as a window of paper from y0 to y1, no wider than its room."""
    width, edge, weight = (min(WINDOW_STAR, room), "ink", 1.3) if is_star else (WINDOW, "bar", 1.1)
    corner = min(WINDOW_CORNER, (y1 - y0) / 2)
    pen.box((x - width / 2, y0), (width, y1 - y0), fill="paper", edge=edge, weight=weight, round_by=corner, depth=4)


def draw_mean(pen, centre, *, tone, is_solid, is_star=False, room=WINDOW_STAR) -> None:
    """Draw the mean: a dot or star, solid from 30 answers, hollow below; a star takes no more than its room."""
    fill = tone if is_solid else "paper"
    if is_star:
        middle, radius = (centre[0], centre[1] + 0.15), min(STAR, room / 2 - STAR_HALO)
        pen.polygon(star(middle, radius + STAR_HALO), fill="paper", depth=4.5)
        pen.polygon(star(middle, radius), fill=fill, edge=tone, weight=0.9)
    elif is_solid:
        pen.disc(centre, DOT, fill=fill)
    else:
        pen.disc(centre, RING, fill=fill, edge=tone, weight=RING_WEIGHT)


def draw_curve(pen, run, *, zero, bands, weight) -> None:
    """Draw the monotone curve through a run of two or more points, over fills cut to bands of (fill, top, bottom)."""
    moves = bend(list(run))
    along = sample(moves) if bands else []
    for fill, top, bottom in bands:
        area = fill_band(along, zero=zero, top=top, bottom=bottom)
        if area:
            pen.polygon(area, fill=fill, depth=0.5)
    pen.path(moves, edge="ink", weight=weight, depth=3)


def draw_people(pen, centre, *, people) -> None:
    """Draw a hollow diamond with the number of people interviewed; None, an assumption, is dotted and asks."""
    x, y = centre
    r = DIAMOND
    points = [(x, y - r), (x + r, y), (x, y + r), (x - r, y)]
    pen.polygon(points, fill="paper", edge="" if people is None else "ink", weight=0.9, depth=5.5)
    if people is None:
        for start, end in zip(points, [*points[1:], points[0]], strict=True):
            pen.line(start, end, tone="ink", weight=1.1, dash="dot", depth=5.6)
    pen.text((x, y + MARK_RISE), "?" if people is None else f"{people}", anchor="middle")


def draw_rank(pen, centre, *, rank, size) -> None:
    """Draw an opportunity's rank in a disc, solid for the first three."""
    is_top = rank is not None and rank <= 3
    pen.disc(centre, DISC_RANK, fill="ink" if is_top else "paper", edge="ink", weight=1.0)
    drop = 1.65 if size > 9 else MARK_RISE
    words = "?" if rank is None else f"{rank}"
    tone = "paper" if is_top else "ink"
    pen.text((centre[0], centre[1] + drop), words, size=size, tone=tone, face=SEMIBOLD, anchor="middle")


def draw_arrow(pen, x0, *, x1, y, tone) -> None:
    """Draw the way from the baseline to now; no shaft where they are one."""
    if abs(x1 - x0) < 0.3:
        pen.disc((x1, y), RING, fill=tone, depth=3.5)
        return
    ahead = 1 if x1 > x0 else -1
    pen.line((x0, y), (x1, y), tone=tone, weight=1.6, depth=3)
    pen.polygon([(x1 + ahead * 0.4, y), (x1 - ahead * 2, y - 1.2), (x1 - ahead * 2, y + 1.2)], fill=tone, depth=3)
