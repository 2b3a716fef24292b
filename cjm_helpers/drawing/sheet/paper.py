"""The papers that a map is laid out for: their sizes in millimetres and how many steps each can hold."""

from typing import NamedTuple

from cjm_helpers.errors import ParameterError

from .look import BOTTOM, SHEET_HEIGHT, SHEET_WIDTH, SIDE, TOP


class Paper(NamedTuple):
    """One paper in landscape; where it is split, the experience fills one sheet and the insight the next."""

    name: str
    width: float
    height: float
    most_steps: int
    is_split: bool

    @property
    def right(self) -> float:
        """Where the margin at the right begins."""
        return self.width - SIDE

    @property
    def room(self) -> float:
        """The height between the margins."""
        return self.height - TOP - BOTTOM


A3 = Paper("A3", SHEET_WIDTH, SHEET_HEIGHT, 14, False)
A4 = Paper("A4", 297.0, 210.0, 9, True)
SLIDE = Paper("16:9", 338.67, 190.5, 11, True)
PAPERS = {paper.name.lower(): paper for paper in (A3, A4, SLIDE)}


def find_paper(name: str) -> Paper:
    """Return the paper of a name: a3, a4 or 16:9.

    Raises
    ------
    ParameterError
        For any other name.

    Examples
    --------
    >>> find_paper("A4").most_steps
    9
    """
    if name.lower() not in PAPERS:
        raise ParameterError("paper", name, list(PAPERS))
    return PAPERS[name.lower()]
