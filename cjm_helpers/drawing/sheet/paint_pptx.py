"""Painting a scene as native shapes on slides: every sentence, line and mark can be edited where it stands."""

from html import escape
from itertools import count

from .look import COLOURS, ITALIC, LEADING, POINT, SEMIBOLD
from .narrow_type import DESCENT, NARROW, squeeze
from .pptx_file import add_slide, emu, finish_file, start_file
from .scene import Box, Cell, Disc, Line, Link, Path, Polygon, Sheet, Text
from .typeface import is_right_to_left

POINT_EMU = 12_700
HUNDREDTHS, WHOLE = 100, 100_000
NAME_LETTERS = 40
DASHES = {"": "", "dash": '<a:prstDash val="dash"/>', "dot": '<a:prstDash val="sysDot"/>'}
ALIGN = {"start": "l", "middle": "ctr", "end": "r"}
LEFT_OF = {"start": 0.0, "middle": 0.5, "end": 1.0}
NAMES = {Line: "Line", Box: "Box", Disc: "Disc", Polygon: "Mark", Path: "Curve"}
SILENT = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)  # a mark is not read aloud: the words beside it say the same
IN_NO_FRAME = '<a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></a:bodyPr>'
LINES = {"M": "moveTo", "L": "lnTo", "C": "cubicBezTo"}
CURVE = "Emotion curve"  # the lane that says with marks what its words do not


def join_lines(items) -> list:
    """Return the items, the lines of one text as one list, so that people edit a sentence and not its lines."""
    joined: list = []
    for item in items:
        if not isinstance(item, Text):
            joined.append(item)
        elif joined and isinstance(joined[-1], list) and _follows(joined[-1][-1], item):
            joined[-1].append(item)
        else:
            joined.append([item])
    return joined


def _follows(line: Text, after: Text) -> bool:
    below = line._replace(y=after.y, words=after.words)
    return below == after and abs(after.y - line.y - LEADING[line.size]) < 1 / WHOLE


def _spans(points) -> Cell:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Cell(min(xs), min(ys), max(xs), max(ys))


def _place_lines(lines: list[Text]) -> Cell:
    """Return the box that holds the lines: a program sets a line's foot a descent above the end of its leading."""
    first, width = lines[0], max(line.width for line in lines)
    left = first.x - width * LEFT_OF[first.anchor]
    top = first.y + DESCENT * first.size * POINT - LEADING[first.size]
    return Cell(left, top, left + width, top + LEADING[first.size] * len(lines))


PLACES = {
    list: _place_lines,
    Line: lambda item: _spans((item.start, item.end)),
    Box: lambda item: Cell(item.x, item.y, item.x + item.width, item.y + item.height),
    Disc: lambda item: Cell(item.x - item.radius, item.y - item.radius, item.x + item.radius, item.y + item.radius),
    Polygon: lambda item: _spans(item.points),
    Path: lambda item: _spans([point for _, *points in item.moves for point in points]),
}


def write_place(place: Cell, *, turn: str = "", inner: bool = False) -> str:
    """Write where a shape stands; a group's inner measures are those of the slide."""
    x, y = emu(place.x0), emu(place.y0)
    wide, high = emu(place.x1) - x, emu(place.y1) - y
    within = f'<a:chOff x="{x}" y="{y}"/><a:chExt cx="{wide}" cy="{high}"/>' if inner else ""
    return f'<a:xfrm{turn}><a:off x="{x}" y="{y}"/><a:ext cx="{wide}" cy="{high}"/>{within}</a:xfrm>'


def write_fill(role: str) -> str:
    """Write a colour by its role, or none."""
    return f'<a:solidFill><a:srgbClr val="{COLOURS[role][1:]}"/></a:solidFill>' if role else "<a:noFill/>"


def _ink(edge: str, weight: float, *, dash: str = "", cap: str = "flat") -> str:
    if not edge or not weight:
        return "<a:ln><a:noFill/></a:ln>"
    return f'<a:ln w="{round(weight * POINT_EMU)}" cap="{cap}">{write_fill(edge)}{DASHES[dash]}<a:round/></a:ln>'


def _preset(name: str, guide: str = "") -> str:
    return f'<a:prstGeom prst="{name}"><a:avLst>{guide}</a:avLst></a:prstGeom>'


def _round_box(item: Box) -> str:
    if not item.corner:
        return _preset("rect")
    share = round(item.corner / min(item.width, item.height) * WHOLE)
    return _preset("roundRect", f'<a:gd name="adj" fmla="val {min(share, WHOLE // 2)}"/>')


def _free_form(moves, place: Cell, *, ending: str = "", fill: str = "") -> str:
    """Write a shape of straight lines and Bezier curves, its points counted from its own corner."""
    x, y = emu(place.x0), emu(place.y0)
    way = ""
    for letter, *points in moves:
        spots = "".join(f'<a:pt x="{emu(a) - x}" y="{emu(b) - y}"/>' for a, b in points)
        way += f"<a:{LINES[letter]}>{spots}</a:{LINES[letter]}>"
    size = f'w="{emu(place.x1) - x}" h="{emu(place.y1) - y}"'
    empty = '<a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
    path = f"<a:pathLst><a:path {size}{fill}>{way}{ending}</a:path></a:pathLst>"
    return f"<a:custGeom>{empty}{path}</a:custGeom>"


def _polygon(item: Polygon, place: Cell) -> str:
    moves = [("M" if k == 0 else "L", point) for k, point in enumerate(item.points)]
    return _free_form(moves, place, ending="<a:close/>")


FORMS = {
    Box: lambda item, place: _round_box(item),
    Disc: lambda item, place: _preset("ellipse"),
    Polygon: _polygon,
    Path: lambda item, place: _free_form(item.moves, place, fill=' fill="none"'),
}


def _shape(item, place: Cell, number: int) -> str:
    """Write a mark; its name says the kind in the selection pane."""
    is_open, form = isinstance(item, Path), FORMS[type(item)](item, place)
    look = write_fill("" if is_open else item.fill) + _ink(item.edge, item.weight, cap="rnd" if is_open else "flat")
    name = f'<p:cNvPr id="{number}" name="{NAMES[type(item)]} {number}">{SILENT}</p:cNvPr>'
    about = f"<p:nvSpPr>{name}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
    return f"<p:sp>{about}<p:spPr>{write_place(place)}{form}{look}</p:spPr></p:sp>"


def _line(item: Line, place: Cell, number: int) -> str:
    (x0, y0), (x1, y1) = item.start, item.end
    turn = (' flipH="1"' if x1 < x0 else "") + (' flipV="1"' if y1 < y0 else "")
    ink = _ink(item.tone, item.weight, dash=item.dash, cap="rnd" if item.dash == "dot" else "flat")
    name = f'<p:cNvPr id="{number}" name="Line {number}">{SILENT}</p:cNvPr>'
    about = f"<p:nvCxnSpPr>{name}<p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr>"
    return f"<p:cxnSp>{about}<p:spPr>{write_place(place, turn=turn)}{_preset('line')}{ink}</p:spPr></p:cxnSp>"


def write_run(words: str, *, size: float, face: str, tone: str, spacing: int = 0) -> str:
    """Write words in one look."""
    marks = (' b="1"' if face == SEMIBOLD else ' b="0"') + (' i="1"' if face == ITALIC else "")
    tight = f' spc="{spacing}"' if spacing else ""
    font = f'<a:latin typeface="{NARROW}"/><a:cs typeface="Arial"/>'
    look = f'<a:rPr sz="{round(size * HUNDREDTHS)}"{marks}{tight}>{write_fill(tone)}{font}</a:rPr>'
    return f"<a:r>{look}<a:t>{escape(words, quote=False)}</a:t></a:r>"


def _paragraph(lines: list[Text]) -> str:
    first = lines[0]
    way = ' rtl="1"' if is_right_to_left(first.words) else ""
    leading = round(LEADING[first.size] / POINT * HUNDREDTHS)
    space = f'<a:lnSpc><a:spcPts val="{leading}"/></a:lnSpc><a:spcBef><a:spcPts val="0"/></a:spcBef>'
    runs = (
        write_run(line.words, size=line.size, face=line.face, tone=line.tone,
                  spacing=squeeze(line.words, line.size, face=line.face))
        for line in lines
    )  # fmt: skip
    return f'<a:p><a:pPr algn="{ALIGN[first.anchor]}"{way}>{space}</a:pPr>{"<a:br/>".join(runs)}</a:p>'


def _text(lines: list[Text], place: Cell, number: int, *, is_title: bool = False) -> str:
    words = " ".join(line.words for line in lines)
    name = f'<p:cNvPr id="{number}" name="{escape(words[:NAME_LETTERS])}"/>'
    kind, role = ("", '<p:ph type="title"/>') if is_title else (' txBox="1"', "")
    about = f"<p:nvSpPr>{name}<p:cNvSpPr{kind}/><p:nvPr>{role}</p:nvPr></p:nvSpPr>"
    frame = f"<p:spPr>{write_place(place)}{_preset('rect')}<a:noFill/></p:spPr>"
    return f"<p:sp>{about}{frame}<p:txBody>{IN_NO_FRAME}<a:lstStyle/>{_paragraph(lines)}</p:txBody></p:sp>"


def _group(shapes: list[tuple[str, Cell]], number: int, *, title: str, about: str = "") -> str:
    """Write the shapes of a lane as one group, so that it is found, moved and read aloud as one thing."""
    if len(shapes) < 2:
        return "".join(shape for shape, _ in shapes)
    whole = _spans([corner for _, place in shapes for corner in (place[:2], place[2:])])
    told = ". ".join(filter(None, (title, about)))
    name = f'<p:cNvPr id="{number}" name="{escape(title)}" descr="{escape(told)}"/>'
    named = f"<p:nvGrpSpPr>{name}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
    inside = "".join(shape for shape, _ in shapes)
    return f"<p:grpSp>{named}<p:grpSpPr>{write_place(whole, inner=True)}</p:grpSpPr>{inside}</p:grpSp>"


def write_sheet(sheet: Sheet, *, description: str = "") -> str:
    """Write a sheet's lanes as groups from top to bottom; its largest words are the slide's title."""
    numbers = count(2)  # 1 is the slide's own tree
    lanes = [
        (lane.title, join_lines(item for item in lane.items if not isinstance(item, Link))) for lane in sheet.lanes
    ]
    texts = [item for _, items in lanes for item in items if isinstance(item, list)]
    title = max(texts, key=lambda lines: lines[0].size, default=None)
    written: list[str] = []
    for name, items in lanes:
        shapes: list[tuple[str, Cell]] = []
        for item in items:
            place, number = PLACES[type(item)](item), next(numbers)
            if item is title:
                wide = place._replace(x1=max(place.x1, item[0].cell.x1))  # some programs wrap a title whatever we say
                written += [_group(shapes, next(numbers), title=name), _text(item, wide, number, is_title=True)]
                shapes = []
                continue
            paint = _text if isinstance(item, list) else _line if isinstance(item, Line) else _shape
            shapes.append((paint(item, place, number), place))
        about = description if name == CURVE else ""
        written.append(_group(shapes, next(numbers), title=name, about=about))
    return "".join(written)


def paint_pptx(sheets, *, title: str, description: str = "") -> bytes:
    """Paint each sheet as a slide of native shapes, as large as the largest sheet; same sheets, same bytes.

    The description is the alternative text of the curve, which no words of its own tell.
    """
    width, height = (max(measures) for measures in zip(*((sheet.width, sheet.height) for sheet in sheets), strict=True))
    file = start_file(width, height, title=title)
    for sheet in sheets:
        add_slide(file, write_sheet(sheet, description=description))
    return finish_file(file)
