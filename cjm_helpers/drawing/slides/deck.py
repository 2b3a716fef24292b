"""Draws the deck: the order of its slides, and the file that holds them."""

from dataclasses import dataclass
from pathlib import Path

from cjm_helpers.drawing.compared_maps.personas import draw_persona_map
from cjm_helpers.drawing.journey_map import draw_journey_map
from cjm_helpers.drawing.sheet.paint_pptx import write_sheet
from cjm_helpers.drawing.sheet.paper import SLIDE
from cjm_helpers.drawing.sheet.pptx_file import add_slide, finish_file, name_sections, start_file
from cjm_helpers.errors import CjmError, ParameterError

from .blocks import Slide
from .look import Look, read_look
from .prose_slides import write_closing, write_limits, write_opening, write_summary
from .reading import cite, read_one
from .table_slides import write_kpis, write_opportunities, write_pains, write_personas
from .write_slide import write_slide

SUFFIX = ".pptx"


@dataclass(frozen=True)
class SlideDeck:
    """A deck of slides: `.save("study.pptx")` writes it; remarks says what was changed in its look, and why."""

    title: str
    slides: tuple[Slide, ...]
    look: Look

    @property
    def remarks(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.look.remark,)))

    def as_pptx(self) -> bytes:
        """Return the file's bytes; the same study always gives the same."""
        height = max(SLIDE.height, *(slide.sheet.height if slide.sheet else 0.0 for slide in self.slides))
        file = start_file(SLIDE.width, height, title=self.title)
        foot = "  ·  ".join(filter(None, (self.look.organisation, self.title)))
        for slide in self.slides:
            shapes = write_sheet(slide.sheet) if slide.sheet else None
            shapes = shapes or write_slide(slide, accent=self.look.accent, foot=foot)
            add_slide(file, shapes, notes=slide.notes)
        name_sections(file, self._list_sections())
        return finish_file(file)

    def _list_sections(self) -> list[tuple[str, int]]:
        starts = [0, *(k for k, slide in enumerate(self.slides) if slide.section), len(self.slides)]
        named = [self.title, *(slide.section for slide in self.slides if slide.section)]
        return [(name, end - start) for name, start, end in zip(named, starts, starts[1:], strict=False)]

    def save(self, path: str | Path) -> Path:
        """Save the deck as a .pptx file.

        Raises
        ------
        ParameterError
            For any other ending.
        """
        path = Path(path)
        if path.suffix.lower() != SUFFIX:
            raise ParameterError("path", path.name, [SUFFIX])
        path.write_bytes(self.as_pptx())
        return path

    def __repr__(self) -> str:
        return " ".join([f"Slides: {self.title}, {len(self.slides)} slides.", *self.remarks])


def draw_slides(journeys, *, briefs, changes=None, differences=None, look=None) -> SlideDeck:
    """Draw a deck of editable slides from the journeys of a study.

    Parameters
    ----------
    journeys
        One `Journey` for each persona, as `build_journey` makes it, in the order of the deck.
    briefs
        One table for each journey, as `write_brief` makes it.
    changes
        One table for each journey, as `compare_waves` makes it, or None where there was no earlier wave.
    differences
        Rows of `compare_feelings`, for the map of several personas: without them it says that nothing was tested.
    look
        [look] of study.toml: organisation, and accent, a colour such as #2a6f97.

    Returns
    -------
    SlideDeck
        `.save("study.pptx")` writes it.

    Raises
    ------
    CjmError
        There is no journey, or not one brief for each.
    OffScale
        A feeling lies outside -2 to 2.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> import pandas as pd
    >>> steps = pd.DataFrame({"step_id": ["1.1"], "stage": ["Buy"], "touchpoint_id": ["pay"], "name": ["Payment"]})
    >>> cells = pd.DataFrame({"step_id": ["1.1"], "lane": ["emotion"], "value": [-1.5], "n": [31]})
    >>> journey = SimpleNamespace(
    ...     persona_id="lena", wave="w1", lens={"persona": "Lena"}, steps=steps, cells=cells, finding="Lowest at 1.1",
    ...     context="", headline=[], foot="", gaps=pd.DataFrame(),
    ... )
    >>> draw_slides([journey], briefs=[pd.DataFrame()])
    Slides: Customer journey, 4 slides.
    """
    journeys, briefs = list(journeys), list(briefs)
    changes = list(changes) if changes is not None else [None] * len(journeys)
    if not journeys or not len(journeys) == len(briefs) == len(changes):
        counts = f"{len(journeys)} journeys, {len(briefs)} briefs and {len(changes)} tables of changes"
        raise CjmError(f"Slides need one journey at least, and a brief for each; there are {counts}.")
    readings = [
        read_one(journey, brief=brief, changes=change)
        for journey, brief, change in zip(journeys, briefs, changes, strict=True)
    ]
    read = read_look(look)
    slides = write_opening(readings, organisation=read.organisation)
    if len(journeys) > 1:
        slides += write_personas(readings) + _map_slides(draw_persona_map(journeys, differences=differences))
    for journey, reading, change in zip(journeys, readings, changes, strict=True):
        felt = cite(reading.every("emotion"))
        slides += write_summary(reading) + _map_slides(draw_journey_map(journey, changes=change), notes=felt)
        slides += write_pains(reading) + write_opportunities(reading) + write_kpis(reading) + write_limits(reading)
    story = readings[0].story
    title = ", ".join(filter(None, (story.lens.get("study", ""), story.lens.get("wave", ""))))
    return SlideDeck(title or "Customer journey", (*slides, *write_closing()), read)


def _map_slides(drawn, *, notes: str = "") -> list[Slide]:
    said = "\n".join(filter(None, (drawn.description, notes)))
    return [Slide(drawn.title, notes=said, sheet=sheet) for sheet in drawn.lay(SLIDE)]
