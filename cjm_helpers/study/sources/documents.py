"""Reads a Word document (.docx) as a talk: its paragraphs and tables as they are to be read, line by line."""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile

from cjm_helpers.errors import Fault, FaultsFound
from cjm_helpers.study.sources.speakers import STAMP, Line

KINDS = (".docx",)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HIDDEN = {f"{WORD}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "txbxContent")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
SIGNS = {f"{WORD}tab": "\t", f"{WORD}br": "\n", f"{WORD}cr": "\n", f"{WORD}noBreakHyphen": "-"}
AROUND = {f"{WORD}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}
COMPOUND = b"\xd0\xcf\x11\xe0"  # how old Word documents and locked ones begin
LOCKED = "EncryptedPackage".encode("utf-16-le")
NO_NAME = re.compile(rf"^[\[(]?(?:{STAMP}(?:\s*(?:-->|-|–)\s*{STAMP})?|\d+\.?)[\])]?$")
HEADS = ("speaker", "name", "who", "person", "time", "timestamp", "text", "words", "transcript", "said", "turn")
LONGEST_NAME = 40
ASKS, ANSWERS = "Q", "A"
AS_DOCX = "Open it in Word or LibreOffice and save it as Word document (.docx)."


def read_document(file: Path) -> list[Line]:
    """Return the lines of a Word document; an empty line ends each paragraph.

    Read are paragraphs, soft line breaks and tables, with what was inserted while changes were tracked. Not read are
    deleted words, comments, footnotes, text boxes, headers and footers. In a table whose rows hold speaker and words,
    with or without a time, each row is that speaker's turn.

    Raises
    ------
    FaultsFound
        The file is locked with a password, an old Word document, or none at all.

    Examples
    --------
    >>> import tempfile
    >>> import docx
    >>> file, document = Path(tempfile.mkdtemp()) / "lena.docx", docx.Document()
    >>> _ = document.add_paragraph("I: How was it?")
    >>> document.save(file)
    >>> read_document(file)
    [Line(text='I: How was it?', label=''), Line(text='', label='')]
    """
    document = _open(file)
    styles = {style.style_id: style.name for style in document.styles}
    return list(_read_blocks(document.element.body, styles))


def _open(file: Path):
    import docx  # a tenth of a second, and most exports are CSV
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    content = file.read_bytes()
    if content.startswith(COMPOUND) and LOCKED in content:
        _refuse("The file is locked with a password.", file, "Open it in Word, save it without a password.")
    if content.startswith(COMPOUND):
        _refuse("The file is an old Word document, whatever its name says.", file, AS_DOCX)
    try:
        return docx.Document(str(file))
    except (
        PackageNotFoundError, BadZipFile, zlib.error, XMLSyntaxError, KeyError, ValueError, OSError, NotImplementedError
    ):  # fmt: skip
        what = "The file is no Word document, whatever its name says, or not whole."
        _refuse(what, file, "Save it again as Word document (.docx), or as text (.txt).")


def _read_blocks(parent, styles: dict[str, str]) -> Iterator[Line]:
    for block in parent:
        if block.tag == f"{WORD}p":
            yield from _read_paragraph(block, styles)
        elif block.tag == f"{WORD}tbl":
            yield from _read_table(block)
        elif block.tag in AROUND:
            yield from _read_blocks(block, styles)


def _read_paragraph(paragraph, styles: dict[str, str]) -> Iterator[Line]:
    text = _spell(paragraph)
    level = _rank(paragraph, styles)
    if level and text.strip() and not NO_NAME.match(text.strip()):
        text = f"{'#' * level} {' '.join(text.split())}"
    yield from map(Line, text.split("\n"))
    yield Line("")


def _rank(paragraph, styles: dict[str, str]) -> int:
    """Return the level of a heading, 0 of all else; Word stores the English name in every language."""
    style = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
    name = (styles.get(style.get(f"{WORD}val")) if style is not None else None) or ""
    found = re.fullmatch(r"heading ([1-6])", name.casefold())
    return int(found[1]) if found else int(name == "Title")


def _spell(element) -> str:
    """Return the words of an element as they are to be read."""
    parts = []
    for child in element:
        if child.tag == f"{WORD}t":
            parts.append(child.text or "")
        elif child.tag not in HIDDEN:
            parts.append(SIGNS.get(child.tag) or _spell(child))
    return "".join(parts)


def _read_table(table) -> Iterator[Line]:
    """Yield the turns of a table of speakers and words, of which a third column holds remarks.

    The cells of any other table come one after the other.
    """
    rows = [row for row in _find_inside(table, "tr") if row.find(f"{WORD}trPr/{WORD}del") is None]
    cells = [[_list_paragraphs(cell) for cell in _find_inside(row, "tc")] for row in rows]
    width = max(map(len, cells), default=0)
    cells = [row + [[]] * (width - len(row)) for row in cells if any(row)]
    speaking = [at for at in range(width) if not _is_counting([row[at] for row in cells])]
    if len(speaking) < 2:
        yield from (line for row in cells for at in speaking for text in row[at] for line in (Line(text), Line("")))
        return
    names, *others = speaking
    words = max(others, key=lambda at: sum(len(text) for row in cells for text in row[at]))
    yield from _read_turns([(" ".join(row[names]), row[words]) for row in cells])


def _read_turns(rows: list[tuple[str, list[str]]]) -> Iterator[Line]:
    """Yield the turns of rows of name and words; where the names are questions, these ask and the words answer."""
    is_asked = sum(len(name) > LONGEST_NAME or name.endswith("?") for name, _ in rows) * 2 > len(rows)
    label = ""
    for name, said in rows:
        if name.casefold().strip(":") in HEADS and all(text.casefold() in HEADS for text in said):
            continue
        label = ANSWERS if is_asked else name.strip(" :") or label
        turns = [(ASKS, name)] * (is_asked and bool(name)) + [(label, text) for text in said]
        yield from (line for who, text in turns for line in (Line(text, who), Line("")))


def _find_inside(parent, name: str) -> Iterator:
    for child in parent:
        if child.tag == f"{WORD}{name}":
            yield child
        elif child.tag in AROUND:
            yield from _find_inside(child, name)


def _list_paragraphs(cell) -> list[str]:
    paragraphs = [" ".join(_spell(paragraph).split()) for paragraph in cell.iter(f"{WORD}p")]
    return [text for text in paragraphs if text]


def _is_counting(column: list[list[str]]) -> bool:
    """Tell whether a column below its heading holds nothing but times or numbers."""
    return all(NO_NAME.match(text) for cell in column[1:] or column for text in cell)


def _refuse(what: str, file: Path, remedy: str) -> None:
    raise FaultsFound([Fault(what, file.name, remedy=remedy)], file.name)
