"""What stands on a slide of words: paragraphs, columns of text and tables, measured in the map's typeface."""

from typing import NamedTuple

from cjm_helpers.drawing.sheet.look import POINT, REGULAR
from cjm_helpers.drawing.sheet.paper import SLIDE
from cjm_helpers.drawing.sheet.scene import Sheet
from cjm_helpers.drawing.sheet.typeface import ELLIPSIS, cut, wrap

SIDE = 16.0
ROOM = SLIDE.width - 2 * SIDE
KICKER_TOP, TITLE_TOP, TITLE_HEIGHT = 9.0, 15.5, 21.5
BODY_TOP, BODY_BOTTOM = 39.5, 176.5
BODY_HEIGHT = BODY_BOTTOM - BODY_TOP
FOOT_TOP, LINE_HEIGHT = 180.5, 6.0
HUGE, TITLE, LARGE, MIDDLING, BODY, NOTE = 40, 24, 18, 16, 14, 12
LEADING = 1.22
ARIAL_SHARE = 1.13  # of the measured width: where nothing narrow is installed, lines still fit
NARROW_SHARE = 0.92
CELL_PAD, ROW_PAD = 5.0, 1.9
TITLE_LINES = 2
LAST_DIGIT = 1e-6


class Run(NamedTuple):
    """Words in one look."""

    words: str
    face: str = REGULAR
    tone: str = "ink"


class Paragraph(NamedTuple):
    """Runs of one size, with room above in millimetres."""

    runs: tuple[Run, ...]
    size: int = BODY
    before: float = 0.0

    @property
    def words(self) -> str:
        return "".join(run.words for run in self.runs)

    @property
    def leading(self) -> float:
        return self.size * LEADING * POINT


class Prose(NamedTuple):
    """A column of paragraphs that wrap in its width."""

    x: float
    y: float
    width: float
    height: float
    paragraphs: tuple[Paragraph, ...]


class Table(NamedTuple):
    """A table with a head; each cell holds paragraphs, each row has the height that it needs at most."""

    name: str
    x: float
    y: float
    widths: tuple[float, ...]
    rows: tuple[tuple[tuple[Paragraph, ...], ...], ...]
    heights: tuple[float, ...]

    @property
    def width(self) -> float:
        return sum(self.widths)

    @property
    def height(self) -> float:
        return sum(self.heights)


class Slide(NamedTuple):
    """One slide: a line above its title, the title, what stands below; or a drawn sheet, which has its own title.

    notes is what the speaker finds below the slide; section names the part of the deck that begins here.
    """

    title: str
    blocks: tuple = ()
    kicker: str = ""
    notes: str = ""
    sheet: Sheet | None = None
    section: str = ""
    is_opening: bool = False


def say(words: str, *, size: int = BODY, face: str = REGULAR, tone: str = "ink", before: float = 0.0) -> Paragraph:
    """Return a paragraph of one look."""
    return Paragraph((Run(words, face, tone),), size, before)


def list_lines(paragraph: Paragraph, width: float, *, spare: float = ARIAL_SHARE) -> list[str]:
    """Break a paragraph in its widest face; spare says how much wider than measured its letters may come out."""
    faces = sorted({run.face for run in paragraph.runs})
    return max((wrap(paragraph.words, width / spare, size=paragraph.size, face=face) for face in faces), key=len)


def measure_height(paragraphs, width: float, *, spare: float = ARIAL_SHARE) -> float:
    """Return the height of paragraphs below each other."""
    return sum(part.before + part.leading * max(len(list_lines(part, width, spare=spare)), 1) for part in paragraphs)


def measure_row(row, widths, *, spare: float = ARIAL_SHARE) -> float:
    """Return the height of a table's row."""
    cells = zip(row, widths, strict=True)
    return max(measure_height(cell, width - CELL_PAD, spare=spare) for cell, width in cells) + 2 * ROW_PAD


def keep_lines(
    words: str, *, most: int, size: int, face: str = REGULAR, width: float = ROOM, ending: str = ELLIPSIS
) -> str:
    """Return the words, cut and ended with an ellipsis where they need more lines than most."""
    room = width / ARIAL_SHARE
    lines = wrap(words, room, size=size, face=face)
    return words if len(lines) <= most else " ".join(cut(lines, room, most=most, size=size, face=face, ending=ending))


def is_higher(height: float, room: float) -> bool:
    """Tell whether a height leaves its room; a difference in the last digit is none."""
    return height > room + LAST_DIGIT
