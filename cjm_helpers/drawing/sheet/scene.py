"""The scene of a map: plain items in millimetres with colours as role names, and the pen that collects them."""

from typing import NamedTuple

from .look import ASCENT, DESCENT, POINT, REGULAR, SMALL
from .typeface import measure
from .words import name_anchor

TWO_BLANKS = "\u00a0\u00a0"
LINK_DEPTH = 9.0


class Cell(NamedTuple):
    """The box that a text must not leave, in millimetres of the sheet."""

    x0: float
    y0: float
    x1: float
    y1: float


class Text(NamedTuple):
    """Words on a baseline; x is their left end, middle or right end as anchor says."""

    depth: float
    x: float
    y: float
    words: str
    size: int
    face: str
    tone: str
    anchor: str
    cell: Cell

    @property
    def width(self) -> float:
        return measure(self.words, self.size, face=self.face)

    @property
    def box(self) -> Cell:
        left = self.x - self.width * {"start": 0, "middle": 0.5, "end": 1}[self.anchor]
        letter = self.size * POINT
        return Cell(left, self.y - letter * ASCENT, left + self.width, self.y + letter * DESCENT)


class Line(NamedTuple):
    """A straight stroke; weight in points, dash empty, "dash" or "dot"."""

    depth: float
    start: tuple[float, float]
    end: tuple[float, float]
    tone: str
    weight: float
    dash: str


class Box(NamedTuple):
    """A rectangle from its upper left corner."""

    depth: float
    x: float
    y: float
    width: float
    height: float
    corner: float
    fill: str
    edge: str
    weight: float


class Polygon(NamedTuple):
    """A closed shape of straight sides."""

    depth: float
    points: tuple[tuple[float, float], ...]
    fill: str
    edge: str
    weight: float


class Disc(NamedTuple):
    """A circle."""

    depth: float
    x: float
    y: float
    radius: float
    fill: str
    edge: str
    weight: float


class Path(NamedTuple):
    """An open stroke of moves ("M", point), ("L", point) and ("C", point, point, point)."""

    depth: float
    moves: tuple
    edge: str
    weight: float


class Link(NamedTuple):
    """An area that leads to the evidence of a cell: the id of its place in the page, and words that say so."""

    depth: float
    x: float
    y: float
    width: float
    height: float
    target: str
    words: str


class Lane(NamedTuple):
    """One lane's items, painted in the order of their depth, with a title for tests and readers of the source."""

    name: str
    title: str
    items: tuple


class Sheet(NamedTuple):
    """One sheet: width and height in millimetres and its lanes from top to bottom."""

    width: float
    height: float
    lanes: tuple[Lane, ...]

    def items(self, kind: type) -> list:
        """Return all items of one kind."""
        return [item for lane in self.lanes for item in lane.items if isinstance(item, kind)]


class Pen:
    """Collects the items of one lane: points are given from the lane's top, every text belongs to the pen's cell."""

    def __init__(self, items: list, *, top: float, cell: Cell):
        self.items, self.top, self.cell = items, top, cell

    def within(self, x0: float, x1: float, *, y0: float = 0.0, y1: float) -> "Pen":
        """Return a pen for the same lane whose texts belong to another cell."""
        return Pen(self.items, top=self.top, cell=Cell(x0, self.top + y0, x1, self.top + y1))

    def _down(self, point) -> tuple[float, float]:
        return float(point[0]), float(self.top + point[1])

    def text(self, point, words, *, size=SMALL, face=REGULAR, tone="ink", anchor="start", depth=6.0) -> None:
        x, y = self._down(point)
        words = words.replace("  ", TWO_BLANKS)
        if words:
            self.items.append(Text(depth, x, y, words, size, face, tone, anchor, self.cell))

    def line(self, start, end, *, tone="ink", weight=0.8, dash="", depth=2.0) -> None:
        self.items.append(Line(depth, self._down(start), self._down(end), tone, weight, dash))

    def box(self, corner, size, *, fill="", edge="", weight=0.0, round_by=0.0, depth=5.0) -> None:
        x, y = self._down(corner)
        self.items.append(Box(depth, x, y, float(size[0]), float(size[1]), round_by, fill, edge, weight))

    def polygon(self, points, *, fill="", edge="", weight=0.0, depth=5.0) -> None:
        self.items.append(Polygon(depth, tuple(map(self._down, points)), fill, edge, weight))

    def disc(self, centre, radius, *, fill="", edge="", weight=0.0, depth=5.0) -> None:
        x, y = self._down(centre)
        self.items.append(Disc(depth, x, y, radius, fill, edge, weight))

    def path(self, moves, *, edge="ink", weight=1.0, depth=3.0) -> None:
        down = tuple((letter, *map(self._down, points)) for letter, *points in moves)
        self.items.append(Path(depth, down, edge, weight))

    def lead(self, corner, size, *, step_id: str, lane: str) -> None:
        """Mark an area that leads to the evidence of one cell."""
        x, y = self._down(corner)
        target, words = name_anchor(step_id, lane), f"Evidence at {step_id}"
        self.items.append(Link(LINK_DEPTH, x, y, float(size[0]), float(size[1]), target, words))
