"""The file around the slides of a presentation: its size, theme, notes, and bytes that never differ."""

import re
from html import escape
from io import BytesIO
from itertools import chain, islice
from uuid import NAMESPACE_OID, uuid5
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from .look import COLOURS
from .narrow_type import NARROW

EMU = 36_000  # English Metric Units in a millimetre
LAST_DIGIT = 6
NO_DATE = (1980, 1, 1, 0, 0, 0)
TITLE_ONLY = 5
MOST_LETTERS = 255  # of a property
TREE = f"<p:spTree {nsdecls('p', 'a', 'r')}>"
THEME = {
    "dk1": "ink", "lt1": "paper", "dk2": "muted", "lt2": "tint", "accent1": "blue", "accent2": "orange",
    "accent3": "bar", "accent4": "bluefill2", "accent5": "orangefill2", "accent6": "rule",
    "hlink": "bluetext", "folHlink": "muted",
}  # fmt: skip
POWERPOINT_2010 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
UNUSED = (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES, RELATIONSHIP_TYPE.PRINTER_SETTINGS)
ABOUT = ("author", "comments", "keywords", "last_modified_by", "subject", "category")
WHEN = ("{http://purl.org/dc/terms/}created", "{http://purl.org/dc/terms/}modified")


def emu(millimetres: float) -> int:
    """Return a measure as the file counts it; what lies beyond the last digit differs between versions of Python."""
    return round(round(millimetres, LAST_DIGIT) * EMU)


def start_file(width: float, height: float, *, title: str):
    """Start a presentation of slides of a size in millimetres, dressed in the map's colours and type."""
    file = Presentation()
    _fit_layouts(file, emu(width) / file.slide_width, emu(height) / file.slide_height)
    file.slide_width, file.slide_height = emu(width), emu(height)
    file.element.find(".//{*}sldSz").attrib.pop("type", None)
    for part in (file.part, file.part.package):
        for key in [key for key, link in part._rels.items() if link.reltype in UNUSED]:
            part._rels.pop(key)
    _dress(file.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME))
    about = file.core_properties
    for name in ABOUT:
        setattr(about, name, "")
    about.title = title[:MOST_LETTERS]
    for date in [element for element in about._element if element.tag in WHEN]:
        about._element.remove(date)
    return file


def _fit_layouts(file, across: float, down: float) -> None:
    """Move the places of the layouts, made for another size, so that a slide that someone adds looks right."""
    for place in chain(file.slide_master.placeholders, *(layout.placeholders for layout in file.slide_layouts)):
        if place.element.spPr.xfrm is not None:
            place.left, place.width = round(place.left * across), round(place.width * across)
            place.top, place.height = round(place.top * down), round(place.height * down)


def _dress(theme) -> None:
    """Give the theme our colours and typeface, for whatever a person adds."""
    words = theme.blob.decode()
    for name, role in THEME.items():
        colour = f'<a:srgbClr val="{COLOURS[role][1:]}"/>'
        words = re.sub(rf"(<a:{name}>).*?(</a:{name}>)", rf"\g<1>{colour}\g<2>", words)
    theme._blob = re.sub(r'<a:latin typeface="[^"]*"', f'<a:latin typeface="{NARROW}"', words).encode()


def add_slide(file, shapes: str, *, notes: str = "") -> None:
    """Add a slide that holds the shapes, written as XML, and notes for the speaker."""
    slide = file.slides.add_slide(file.slide_layouts[TITLE_ONLY])
    tree = slide.shapes._spTree
    for place in list(slide.placeholders):
        tree.remove(place.element)
    tree.extend(list(parse_xml(f"{TREE}{shapes}</p:spTree>")))
    if notes:
        slide.notes_slide.notes_text_frame.text = notes


def name_sections(file, sections: list[tuple[str, int]]) -> None:
    """Name the parts of the deck, each with the number of its slides, as the pane at the left shows them."""
    ids = iter([element.get("id") for element in file.element.sldIdLst])
    written = ""
    for place, (name, length) in enumerate(sections):
        held = "".join(f'<p14:sldId id="{slide}"/>' for slide in islice(ids, length))
        key = f"{{{uuid5(NAMESPACE_OID, f'{place} {name}')}}}".upper()
        inside = f"<p14:sldIdLst>{held}</p14:sldIdLst>"
        written += f'<p14:section name="{escape(name)}" id="{key}">{inside}</p14:section>'
    listed = f'<p14:sectionLst xmlns:p14="{POWERPOINT_2010}">{written}</p14:sectionLst>'
    file.element.append(parse_xml(f'<p:extLst {nsdecls("p")}><p:ext uri="{SECTIONS}">{listed}</p:ext></p:extLst>'))


def finish_file(file) -> bytes:
    """Return the file's bytes, packed without the time of day."""
    held, packed = BytesIO(), BytesIO()
    file.save(held)
    with ZipFile(held) as loose, ZipFile(packed, "w") as tight:
        for name in loose.namelist():
            about = ZipInfo(name, date_time=NO_DATE)
            about.compress_type, about.create_system = ZIP_DEFLATED, 0
            tight.writestr(about, loose.read(name))
    return packed.getvalue()
