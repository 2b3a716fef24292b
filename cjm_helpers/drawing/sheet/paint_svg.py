"""Painting a scene as SVG of our own: roles become classes, every text keeps its measured width, bytes never differ."""

from html import escape

from .look import COLOURS, DASHES, LEADING, POINT, SHEET_GAP
from .scene import Box, Disc, Line, Link, Path, Polygon, Sheet, Text
from .typeface import is_right_to_left

FONTS = "'IBM Plex Sans Condensed','Arial Narrow','Roboto Condensed','Liberation Sans Narrow',Arial,sans-serif"
ANCHORS = {"start": "", "middle": " m", "end": " e"}
FACES = {"regular": "", "semibold": " b", "italic": " i"}
LAST_DIGIT = 6  # Python adds floats up a little otherwise since 3.12: what lies beyond must not turn a half up or down


def spell(value: float) -> str:
    """Write a measure with at most two decimals."""
    words = f"{round(value, LAST_DIGIT):.2f}".rstrip("0").rstrip(".")
    return "0" if words in ("-0", "") else words


def _point(point) -> str:
    return f"{spell(point[0])} {spell(point[1])}"


def _ink(fill: str, edge: str, weight: float) -> str:
    stroke = f' s-{edge}" stroke-width="{spell(weight * POINT)}"' if edge and weight else '"'
    return f'class="f-{fill or "none"}{stroke}'


def _text(item: Text) -> str:
    anchor, right = item.anchor, ""
    if is_right_to_left(item.words):
        anchor, right = {"start": "end", "end": "start"}.get(anchor, anchor), " r"
    look = f"t{item.size} f-{item.tone}{FACES[item.face]}{ANCHORS[anchor]}{right}"
    place = f'x="{spell(item.x)}" y="{spell(item.y)}"'
    length = f'textLength="{spell(item.width)}" lengthAdjust="spacingAndGlyphs"'
    return f'<text {place} class="{look}" {length}>{escape(item.words)}</text>'


def _line(item: Line) -> str:
    (x0, y0), (x1, y1) = item.start, item.end
    ends = f'x1="{spell(x0)}" y1="{spell(y0)}" x2="{spell(x1)}" y2="{spell(y1)}"'
    dash = f" {item.dash}" if item.dash else ""
    return f'<line {ends} class="s-{item.tone}{dash}" stroke-width="{spell(item.weight * POINT)}"/>'


def _box(item: Box) -> str:
    place = f'x="{spell(item.x)}" y="{spell(item.y)}" width="{spell(item.width)}" height="{spell(item.height)}"'
    corner = f' rx="{spell(item.corner)}"' if item.corner else ""
    return f"<rect {place}{corner} {_ink(item.fill, item.edge, item.weight)}/>"


def _polygon(item: Polygon) -> str:
    points = " ".join(f"{spell(x)},{spell(y)}" for x, y in item.points)
    return f'<polygon points="{points}" {_ink(item.fill, item.edge, item.weight)}/>'


def _disc(item: Disc) -> str:
    place = f'cx="{spell(item.x)}" cy="{spell(item.y)}" r="{spell(item.radius)}"'
    return f"<circle {place} {_ink(item.fill, item.edge, item.weight)}/>"


def _path(item: Path) -> str:
    way = "".join(letter + " ".join(map(_point, points)) for letter, *points in item.moves)
    return f'<path d="{way}" {_ink("", item.edge, item.weight)}/>'


PAINTERS = {Text: _text, Line: _line, Box: _box, Polygon: _polygon, Disc: _disc, Path: _path}


def _style(key: str, is_themed: bool) -> str:
    rules = [f"text{{font-family:{FONTS};white-space:pre}}"]
    rules += [f".t{size}{{font-size:{spell(size * POINT)}px}}" for size in LEADING]
    rules += [".b{font-weight:600}", ".i{font-style:italic}", ".r{direction:rtl}"]
    rules += [".m{text-anchor:middle}", ".e{text-anchor:end}", ".f-none{fill:none}", "path{stroke-linecap:round}"]
    for name, (on, off) in DASHES.items():
        caps = ";stroke-linecap:round" if name == "dot" else ""
        rules.append(f".{name}{{stroke-dasharray:{spell(on * POINT)} {spell(off * POINT)}{caps}}}")
    inks = {role: f"var(--cjm-{role},{colour})" if is_themed else colour for role, colour in COLOURS.items()}
    rules += [f".f-{role}{{fill:{ink}}}.s-{role}{{stroke:{ink}}}" for role, ink in inks.items()]
    return "".join(f"#{key} {rule}" for whole in rules for rule in whole.replace("}.", "}\n.").split("\n"))


def _sheet(sheet: Sheet, *, key: str, number: int, down: float) -> list[str]:
    move = f' transform="translate(0 {spell(down)})"' if down else ""
    out = [f'<g id="{key}-sheet-{number}"{move}>']
    for lane in sheet.lanes:
        out.append(f'<g id="{key}-{lane.name}-{number}" role="group" aria-label="{escape(lane.title)}">')
        out += [PAINTERS[type(item)](item) for item in lane.items if type(item) in PAINTERS]
        out.append("</g>")
    return [*out, "</g>"]


def paint_svg(
    sheets, *, key: str, title: str, description: str, size: tuple[str, str] = (), is_themed: bool = False
) -> str:
    """Paint the sheets below each other as one SVG; ids and styles carry the key, so that a page can hold several.

    size holds width and height as SVG spells them; without a height it follows from the width. A themed one takes its
    colours from the page where that sets them (--cjm-ink and so on), which programs other than browsers may not read.
    """
    width = max(sheet.width for sheet in sheets)
    height = sum(sheet.height for sheet in sheets) + SHEET_GAP * (len(sheets) - 1)
    wide, high = size or (f"{spell(width)}mm", f"{spell(height)}mm")
    shown = f'width="{wide}" height="{high}"' if high else f'width="{wide}"'
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" id="{key}" viewBox="0 0 {spell(width)} {spell(height)}" '
        f'{shown} role="img" aria-labelledby="{key}-title {key}-desc">',
        f'<title id="{key}-title">{escape(title)}</title>',
        f'<desc id="{key}-desc">{escape(description)}</desc>',
        f"<style>{_style(key, is_themed)}</style>",
        f'<rect width="{spell(width)}" height="{spell(height)}" class="f-paper"/>',
    ]
    down = 0.0
    for number, sheet in enumerate(sheets, start=1):
        out += _sheet(sheet, key=key, number=number, down=down)
        down += sheet.height + SHEET_GAP
    return "\n".join([*out, "</svg>"]) + "\n"


def paint_links(sheet: Sheet) -> str:
    """Paint the cells of a sheet as clear areas that lead to their evidence, to lie over the picture.

    They are for the mouse alone: keyboards and readers find the same links in the table twin. "" where there are none.
    """
    links = sheet.items(Link)
    if not links:
        return ""
    box = f'viewBox="0 0 {spell(sheet.width)} {spell(sheet.height)}"'
    return "\n".join([f'<svg class="links" {box} aria-hidden="true">', *map(_link, links), "</svg>"]) + "\n"


def _link(item: Link) -> str:
    place = f'x="{spell(item.x)}" y="{spell(item.y)}" width="{spell(item.width)}" height="{spell(item.height)}"'
    area = f'<rect {place} fill="none" pointer-events="all"><title>{escape(item.words)}</title></rect>'
    return f'<a href="#{item.target}" tabindex="-1">{area}</a>'
