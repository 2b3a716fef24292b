"""A drawn map: laid out for a paper, painted for a file, shown in a notebook, and told as a table."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

from cjm_helpers.errors import ParameterError

from .letters import find_missing_letters
from .look import SHEET_GAP
from .paint_figure import INCH, SCREEN_DPI, paint_pdf, paint_png
from .paint_svg import paint_links, paint_svg
from .paper import A3, SLIDE, Paper
from .scene import Sheet, Text
from .words import listing

SVG, PNG, HTML, PLAIN = "image/svg+xml", "image/png", "text/html", "text/plain"
AS_WIDE_AS_THE_PAGE = ("100%", "")  # JupyterLab shows a picture of its own size and no smaller, which would be cut off


@dataclass(frozen=True)
class DrawnMap:
    """A map that shows itself in a notebook and saves itself as .svg, .png, .pdf, .pptx, .html or .mmd.

    key names it in a page; title, description and said are its texts, said the shortest; lay sets it on a paper, tell
    writes it as an HTML table, outline as Mermaid's text, where there is one.
    """

    key: str
    title: str
    description: str
    said: str
    lay: Callable[[Paper], tuple[Sheet, ...]]
    tell: Callable[[], str]
    outline: Callable[[], str] | None = None

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets of A3."""
        return self.lay(A3)

    @cached_property
    def svg(self) -> str:
        """The map as one SVG; the same data always give the same bytes."""
        return paint_svg(self.sheets, **self._about)

    @property
    def _about(self) -> dict[str, str]:
        return {"key": self.key, "title": self.title, "description": self.description}

    def as_svg(self, *, is_linked: bool = True) -> "SvgOnly":
        """Return the map for a page: no PNG, which takes a second, and an SVG for each sheet.

        Its cells are links, unless the page holds no evidence for them to lead to.
        """
        painted = zip(self.sheets, self.paint_sheets(self.sheets), strict=True)
        links = ((picture, paint_links(sheet) if is_linked else "") for sheet, picture in painted)
        pictures = (f'<div class="map-sheet">\n{picture}{link}</div>' for picture, link in links)
        return SvgOnly(tuple(pictures), self.said)

    def split(self, paper: Paper = A3) -> list["DrawnMap"]:
        """Return a map for each sheet, for files that hold one picture each."""
        sheets = self._lay(paper)
        named = zip(sheets, self._name_sheets(sheets), strict=True)
        return [replace(self, key=key, title=title, lay=partial(_lay_one, sheet)) for sheet, (key, title) in named]

    def paint_sheets(self, sheets) -> list[str]:
        """Return an SVG for each sheet, in the colours of the page it stands in; of several, each says which it is."""
        return [
            paint_svg([sheet], key=key, title=title, description=self.description, is_themed=True)
            for sheet, (key, title) in zip(sheets, self._name_sheets(sheets), strict=True)
        ]

    def _name_sheets(self, sheets) -> list[tuple[str, str]]:
        """Return key and title of each sheet; of several, the title says which it is and which stages it shows."""
        if len(sheets) == 1:
            return [(self.key, self.title)]
        titles = [f"{self.title}, sheet {k} of {len(sheets)}{_say_stages(sheet)}" for k, sheet in enumerate(sheets, 1)]
        return [(f"{self.key}-{k}", title) for k, title in enumerate(titles, 1)]

    def save(self, path: str | Path, *, paper: Paper | None = None) -> Path:
        """Save the map; the ending says as what. A presentation is laid out for a slide, all else for A3, unless said.

        Raises
        ------
        ParameterError
            For an ending that is not known.
        CjmError
            For PNG and PDF with letters that no font on this machine has; for Mermaid where no step has a feeling.
        """
        path = Path(path)
        painters = {
            ".svg": self._write_svg, ".png": self._write_png, ".pdf": self._write_pdf, ".pptx": self._write_pptx,
            ".html": self._write_html, **({".mmd": self._write_outline} if self.outline else {}),
        }  # fmt: skip
        ending = path.suffix.lower()
        if ending not in painters:
            raise ParameterError("path", path.name, list(painters))
        path.write_bytes(painters[ending](paper or (SLIDE if ending == ".pptx" else A3)))
        return path

    def _lay(self, paper: Paper) -> tuple[Sheet, ...]:
        return self.sheets if paper == A3 else self.lay(paper)

    def _write_svg(self, paper: Paper) -> bytes:
        return (self.svg if paper == A3 else paint_svg(self.lay(paper), **self._about)).encode()

    def _write_png(self, paper: Paper) -> bytes:
        return paint_png(self._lay(paper))

    def _write_pdf(self, paper: Paper) -> bytes:
        return paint_pdf(self._lay(paper), title=self.title, least_height=paper.height)

    def _write_pptx(self, paper: Paper) -> bytes:
        from .paint_pptx import paint_pptx  # python-pptx takes a third of a second

        return paint_pptx(self._lay(paper), title=self.title, description=self.description)

    def _write_html(self, paper: Paper) -> bytes:
        from .page import write_map_page

        return write_map_page(self, paper=paper).encode()

    def _write_outline(self, paper: Paper) -> bytes:
        return self.outline().encode()

    def __repr__(self) -> str:
        return self.said

    def _repr_mimebundle_(self, include=None, exclude=None):
        shown = {SVG: paint_svg(self.sheets, **self._about, size=AS_WIDE_AS_THE_PAGE), PLAIN: self.said}
        if find_missing_letters(self.sheets):  # no PNG then, rather than one with boxes: the SVG takes other fonts
            return shown, {}
        width = max(sheet.width for sheet in self.sheets)
        height = sum(sheet.height for sheet in self.sheets) + SHEET_GAP * (len(self.sheets) - 1)
        size = {"width": round(width / INCH * SCREEN_DPI), "height": round(height / INCH * SCREEN_DPI)}
        return {**shown, PNG: b64encode(paint_png(self.sheets)).decode()}, {PNG: size}


def _lay_one(sheet: Sheet, paper: Paper) -> tuple[Sheet]:
    return (sheet,)


def _say_stages(sheet: Sheet) -> str:
    """Name the stages of a sheet, for those who cannot see them."""
    lanes = [lane for lane in sheet.lanes if lane.name == "stages"]
    names = [" ".join(item.words.split()) for lane in lanes for item in lane.items if isinstance(item, Text)]
    return f": {listing(names)}" if names else ""


@dataclass(frozen=True)
class SvgOnly:
    """A map that shows itself as SVG alone, one for each sheet, so that a page breaks between sheets."""

    sheets: tuple[str, ...]
    words: str

    def __repr__(self) -> str:
        return self.words

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        return {HTML: "\n".join(self.sheets), PLAIN: self.words}
