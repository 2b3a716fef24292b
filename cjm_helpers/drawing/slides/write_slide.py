"""Writing slides of words as native text boxes and tables, in the same type and colours as the map."""

from html import escape
from itertools import count

from cjm_helpers.drawing.sheet.look import POINT, SEMIBOLD
from cjm_helpers.drawing.sheet.paint_pptx import NAME_LETTERS, SILENT, write_fill, write_place, write_run
from cjm_helpers.drawing.sheet.pptx_file import emu
from cjm_helpers.drawing.sheet.scene import Cell
from cjm_helpers.drawing.sheet.typeface import is_right_to_left

from .blocks import (
    CELL_PAD,
    FOOT_TOP,
    HUGE,
    KICKER_TOP,
    LINE_HEIGHT,
    NARROW_SHARE,
    NOTE,
    ROOM,
    ROW_PAD,
    SIDE,
    TITLE,
    TITLE_HEIGHT,
    TITLE_LINES,
    TITLE_TOP,
    Paragraph,
    Prose,
    Slide,
    Table,
    keep_lines,
    measure_row,
    say,
)

HUNDREDTHS = 100
RULE_TOP, RULE_WIDTH, RULE_HEIGHT = 5.0, 26.0, 1.1
OPENING_KICKER_TOP, OPENING_RULE_TOP, OPENING_TITLE_TOP, OPENING_TITLE_HEIGHT = 42.0, 52.0, 58.0, 36.0
PAGE_FIELD = "{C1FF6DA9-008F-8B48-92A6-B652298478BF}"
NUMBER_WIDTH = 20.0
FRAME = '<a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
RECTANGLE = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"
SIDES = ("lnL", "lnR", "lnT")


def write_paragraph(paragraph: Paragraph) -> str:
    """Write a paragraph that wraps where its box ends."""
    way = ' algn="r" rtl="1"' if is_right_to_left(paragraph.words) else ' algn="l"'
    space = f'<a:lnSpc><a:spcPts val="{round(paragraph.leading / POINT * HUNDREDTHS)}"/></a:lnSpc>'
    space += f'<a:spcBef><a:spcPts val="{round(paragraph.before / POINT * HUNDREDTHS)}"/></a:spcBef>'
    runs = "".join(write_run(run.words, size=paragraph.size, face=run.face, tone=run.tone) for run in paragraph.runs)
    return f'<a:p><a:pPr marL="0" indent="0"{way}>{space}<a:buNone/></a:pPr>{runs}</a:p>'


def _box(place: Cell, body: str, *, number: int, name: str, role: str = "") -> str:
    about = f'<p:cNvPr id="{number}" name="{escape(name)}"/>'
    kind = "<p:cNvSpPr/>" if role else '<p:cNvSpPr txBox="1"/>'
    frame = f"<p:spPr>{write_place(place)}{RECTANGLE}<a:noFill/></p:spPr>"
    inside = f"<p:txBody>{FRAME}{body}</p:txBody>"
    return f"<p:sp><p:nvSpPr>{about}{kind}<p:nvPr>{role}</p:nvPr></p:nvSpPr>{frame}{inside}</p:sp>"


def write_prose(block: Prose, number: int) -> str:
    """Write a column of paragraphs as one text box."""
    place = Cell(block.x, block.y, block.x + block.width, block.y + block.height)
    body = "".join(map(write_paragraph, block.paragraphs))
    return _box(place, body, number=number, name=block.paragraphs[0].words[:NAME_LETTERS] or "Text")


def _cell(paragraphs) -> str:
    body = "".join(map(write_paragraph, paragraphs))
    edges = "".join(f'<a:{side} w="0"><a:noFill/></a:{side}>' for side in SIDES)
    line = f'<a:lnB w="9525">{write_fill("rule")}</a:lnB>'
    pads = f'marL="0" marR="{emu(CELL_PAD)}" marT="{emu(ROW_PAD)}" marB="{emu(ROW_PAD)}"'
    text = f'<a:txBody><a:bodyPr wrap="square"/><a:lstStyle/>{body}</a:txBody>'
    return f"<a:tc>{text}<a:tcPr {pads}>{edges}{line}<a:noFill/></a:tcPr></a:tc>"


def write_table(block: Table, number: int) -> str:
    """Write a native table whose first row is its head."""
    columns = "".join(f'<a:gridCol w="{emu(width)}"/>' for width in block.widths)
    heights = (measure_row(row, block.widths, spare=NARROW_SHARE) for row in block.rows)  # a row grows, never shrinks
    rows = "".join(
        f'<a:tr h="{emu(height)}">{"".join(map(_cell, row))}</a:tr>'
        for row, height in zip(block.rows, heights, strict=True)
    )
    place = write_place(Cell(block.x, block.y, block.x + block.width, block.y + block.height))
    about = f'<p:cNvPr id="{number}" name="{escape(block.name)}" descr="{escape(block.name)}"/>'
    frame = f"<p:nvGraphicFramePr>{about}<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>"
    grid = f'<a:tbl><a:tblPr firstRow="1"/><a:tblGrid>{columns}</a:tblGrid>{rows}</a:tbl>'
    held = f'<a:graphic><a:graphicData uri="{TABLE}">{grid}</a:graphicData></a:graphic>'
    return f"<p:graphicFrame>{frame}{place.replace('a:xfrm', 'p:xfrm')}{held}</p:graphicFrame>"


def _write_accent(colour: str, number: int, *, top: float) -> str:
    place = write_place(Cell(SIDE, top, SIDE + RULE_WIDTH, top + RULE_HEIGHT))
    about = f'<p:nvSpPr><p:cNvPr id="{number}" name="Accent">{SILENT}</p:cNvPr><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
    fill = f'<a:solidFill><a:srgbClr val="{colour[1:]}"/></a:solidFill><a:ln><a:noFill/></a:ln>'
    return f"<p:sp>{about}<p:spPr>{place}{RECTANGLE}{fill}</p:spPr></p:sp>"


def _write_number(number: int) -> str:
    place = Cell(SIDE + ROOM - NUMBER_WIDTH, FOOT_TOP, SIDE + ROOM, FOOT_TOP + LINE_HEIGHT)
    look = f'<a:rPr sz="{NOTE * HUNDREDTHS}">{write_fill("muted")}</a:rPr>'
    page = f'<a:fld id="{PAGE_FIELD}" type="slidenum">{look}<a:t>‹#›</a:t></a:fld>'
    body = f'<a:p><a:pPr algn="r"/>{page}</a:p>'
    return _box(place, body, number=number, name="Slide number", role='<p:ph type="sldNum" sz="quarter" idx="12"/>')


def _write_line(words: str, number: int, *, top: float) -> str:
    """Write a quiet line above the title or at the foot."""
    width = ROOM - NUMBER_WIDTH
    line = say(keep_lines(words, most=1, size=NOTE, width=width), size=NOTE, tone="muted")
    return write_prose(Prose(SIDE, top, width, LINE_HEIGHT, (line,)), number)


def _write_title(slide: Slide, number: int) -> str:
    size, top = (HUGE, OPENING_TITLE_TOP) if slide.is_opening else (TITLE, TITLE_TOP)
    height = OPENING_TITLE_HEIGHT if slide.is_opening else TITLE_HEIGHT
    title = say(keep_lines(slide.title, most=TITLE_LINES, size=size, face=SEMIBOLD), size=size, face=SEMIBOLD)
    place = Cell(SIDE, top, SIDE + ROOM, top + height)
    return _box(place, write_paragraph(title), number=number, name="Title", role='<p:ph type="title"/>')


WRITERS = {Prose: write_prose, Table: write_table}


def write_slide(slide: Slide, *, accent: str, foot: str) -> str:
    """Write a slide of words: a thin rule in the accent colour, the title, the blocks, the foot."""
    numbers = count(2)  # 1 is the slide's own tree
    rule, kicker = (OPENING_RULE_TOP, OPENING_KICKER_TOP) if slide.is_opening else (RULE_TOP, KICKER_TOP)
    written = [_write_accent(accent, next(numbers), top=rule)]
    if slide.kicker:
        written.append(_write_line(slide.kicker, next(numbers), top=kicker))
    written.append(_write_title(slide, next(numbers)))
    written += [WRITERS[type(block)](block, next(numbers)) for block in slide.blocks]
    if foot and not slide.is_opening:
        written.append(_write_line(foot, next(numbers), top=FOOT_TOP))
    return "".join([*written, _write_number(next(numbers))])
