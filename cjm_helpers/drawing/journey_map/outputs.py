"""What the drawing functions return: objects that show themselves in a notebook and save themselves to files."""

from base64 import b64encode
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path

from cjm_helpers.drawing.sheet.look import SHEET_GAP
from cjm_helpers.drawing.sheet.paint_figure import INCH, SCREEN_DPI, paint_pdf, paint_png
from cjm_helpers.drawing.sheet.paint_svg import paint_svg
from cjm_helpers.drawing.sheet.scene import Sheet
from cjm_helpers.errors import ParameterError

from .small_map import HEIGHT_PIXELS, WIDTH_PIXELS
from .story import Story
from .twin import make_table

SVG, PNG, HTML, PLAIN = "image/svg+xml", "image/png", "text/html", "text/plain"
SUMMARY = "application/vnd.cjm.summary+json"
SUFFIXES = (".svg", ".png", ".pdf")
AS_WIDE_AS_THE_PAGE = ("100%", "")  # JupyterLab shows a picture of its own size and no smaller, which would be cut off


def _count(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def describe(story: Story) -> str:
    """Say in words what the picture shows: highs, lows and gaps as the journey's own sentences say them."""
    stages = len({step.stage for step in story.steps})
    parts = [f"{_count(len(story.steps), 'step')} in {_count(stages, 'stage')}", story.finding, story.context]
    return " ".join(f"{part.rstrip('.')}." for part in parts if part) + " The table that follows holds every value."


def count_customers(story: Story) -> int:
    """Return the customers heard, as the journey's headline figures give them; 0 where they do not."""
    heard = [figure.get("n") or 0 for figure in story.headline if "customer" in f"{figure.get('label', '')}".lower()]
    return int(heard[0]) if heard else 0


@dataclass(frozen=True)
class JourneyMap:
    """A drawn map: shows itself as SVG and PNG, saves itself as .svg, .png or .pdf."""

    story: Story
    sheets: tuple[Sheet, ...]

    @cached_property
    def svg(self) -> str:
        """The map as one SVG; the same journey always gives the same bytes."""
        return paint_svg(self.sheets, key=self.story.key, title=self.story.title, description=describe(self.story))

    def as_svg(self) -> "SvgOnly":
        """Return the map for a page: no PNG, which takes a second to paint, and an SVG for each sheet, to print."""
        if len(self.sheets) == 1:
            return SvgOnly((self.svg,), repr(self))
        key, title, about = self.story.key, self.story.title, describe(self.story)
        named = ((f"{key}-{k}", f"{title}, sheet {k} of {len(self.sheets)}") for k in count(1))
        painted = zip(self.sheets, named, strict=False)
        svgs = (paint_svg([sheet], key=key, title=title, description=about) for sheet, (key, title) in painted)
        return SvgOnly(tuple(svgs), repr(self))

    def save(self, path: str | Path) -> Path:
        """Save the map; the ending .svg, .png or .pdf says as what."""
        path = Path(path)
        painters = {
            ".svg": lambda: self.svg.encode(),
            ".png": lambda: paint_png(self.sheets),
            ".pdf": lambda: paint_pdf(self.sheets, title=self.story.title),
        }
        if path.suffix.lower() not in painters:
            raise ParameterError("path", path.name, SUFFIXES)
        path.write_bytes(painters[path.suffix.lower()]())
        return path

    def __repr__(self) -> str:
        stages = len({step.stage for step in self.story.steps})
        size = f"{_count(len(self.story.steps), 'step')} in {_count(stages, 'stage')}"
        parts = [self.story.title, f"{size} on {_count(len(self.sheets), 'sheet')}", self.story.finding]
        return " ".join(f"{part.rstrip('.')}." for part in parts if part)

    def _repr_mimebundle_(self, include=None, exclude=None):
        png = b64encode(paint_png(self.sheets)).decode()
        width = max(sheet.width for sheet in self.sheets)
        height = sum(sheet.height for sheet in self.sheets) + SHEET_GAP * (len(self.sheets) - 1)
        size = {"width": round(width / INCH * SCREEN_DPI), "height": round(height / INCH * SCREEN_DPI)}
        about = {"key": self.story.key, "title": self.story.title, "description": describe(self.story)}
        fitting = paint_svg(self.sheets, **about, size=AS_WIDE_AS_THE_PAGE)
        return {SVG: fitting, PNG: png, PLAIN: repr(self)}, {PNG: size}


@dataclass(frozen=True)
class SvgOnly:
    """A map that shows itself as SVG alone, one for each sheet, so that a page breaks between sheets."""

    sheets: tuple[str, ...]
    words: str

    def __repr__(self) -> str:
        return self.words

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        return {HTML: "\n".join(self.sheets), PLAIN: self.words}


@dataclass(frozen=True)
class MapTable:
    """The map's table twin."""

    story: Story

    @cached_property
    def html(self) -> str:
        """The table as semantic HTML."""
        return make_table(self.story)

    def __repr__(self) -> str:
        title = self.story.title
        return f"Table of the {title[0].lower()}{title[1:]}: {_count(len(self.story.steps), 'step')}"

    def _repr_html_(self) -> str:
        return self.html


@dataclass(frozen=True)
class SmallMap:
    """A small emotion curve with the facts that an overview of all personas shows."""

    story: Story
    sheet: Sheet

    @cached_property
    def svg(self) -> str:
        """The curve as SVG of 300 x 80 pixels."""
        key, title = f"small-{self.story.key}", self.story.title.replace("Journey map", "Emotion curve")
        size = (f"{WIDTH_PIXELS}", f"{HEIGHT_PIXELS}")
        return paint_svg([self.sheet], key=key, title=title, description=describe(self.story), size=size)

    @property
    def summary(self) -> dict:
        """The facts of this map: persona, wave, n, finding, headline figures and the curve itself."""
        story = self.story
        return {
            "persona_id": story.persona_id,
            "persona": story.lens.get("persona", story.persona_id),
            "wave": story.wave,
            "n": count_customers(story),
            "finding": story.finding,
            "headline": list(story.headline),
            "small_map": self.svg,
        }

    def __repr__(self) -> str:
        return self.story.title.replace("Journey map", "Emotion curve")

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        return {SVG: self.svg, SUMMARY: self.summary, PLAIN: repr(self)}
