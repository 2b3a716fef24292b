"""The map's typeface: registering its files, measuring words by letter advances, and breaking them into lines."""

import re
import unicodedata
from functools import cache
from pathlib import Path

import fontpkg_ibm_plex_sans_condensed
import matplotlib
from matplotlib import font_manager
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.textpath import text_to_path

from .look import ITALIC, POINT, REGULAR, SEMIBOLD, SMALL

FAMILY = [fontpkg_ibm_plex_sans_condensed.FAMILY, "DejaVu Sans"]
PLEX = Path(fontpkg_ibm_plex_sans_condensed.ROOT) / "files"
DEJAVU = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
FILES = {
    REGULAR: (PLEX / "IBMPlexSansCondensed-Regular.ttf", DEJAVU / "DejaVuSans.ttf"),
    SEMIBOLD: (PLEX / "IBMPlexSansCondensed-SemiBold.ttf", DEJAVU / "DejaVuSans-Bold.ttf"),
    ITALIC: (PLEX / "IBMPlexSansCondensed-Italic.ttf", DEJAVU / "DejaVuSans.ttf"),
}
WEIGHTS = {REGULAR: "normal", SEMIBOLD: "semibold", ITALIC: "normal"}
WIDE_SIGN, UNKNOWN_SIGN = 1.0, 0.6
SHAPED_AT = 100
JOINED = re.compile(r"[\u0590-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufefc]")
RIGHT_TO_LEFT = ("R", "AL")
SIGN = "\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef"
NEVER_FIRST = "、。，．！？）」』】ーぁぃぅぇぉっゃゅょァィゥェォッャュョ"
TOKENS = re.compile(rf"[{SIGN}][{NEVER_FIRST}]*|[^\s{SIGN}]+|\s+")
SOFT_HYPHEN = "\u00ad"
RIGHT_MARK, LEFT_MARK = "\u200f", "\u200e"  # signs without a width that only say which way a line runs
LEAST_PIECE = 3
ELLIPSIS = " …"
EVEN_LEAST, EVEN_ROUNDS = 0.45, 7


@cache
def register_typeface() -> None:
    """Make the typeface known to matplotlib by its files; what the machine has installed does not matter."""
    for plex, _ in FILES.values():
        font_manager.fontManager.addfont(str(plex))


@cache
def font_of(face: str, size: float):
    """Return matplotlib's font properties of a face at a size in points."""
    register_typeface()
    style = "italic" if face == ITALIC else "normal"
    return font_manager.FontProperties(family=FAMILY, size=size, weight=WEIGHTS[face], style=style)


@cache
def _open(file: Path) -> FT2Font:
    return FT2Font(str(file))


@cache
def _advance(letter: str, face: str) -> float:
    """Width of one letter in em, from the font's own table; signs that it lacks by rule, so that no machine differs."""
    for file in FILES[face]:
        font = _open(file)
        index = font.get_char_index(ord(letter))
        if index:
            return font.load_glyph(index, flags=LoadFlags.NO_SCALE).horiAdvance / font.units_per_EM
    if unicodedata.combining(letter):
        return 0.0
    return WIDE_SIGN if unicodedata.east_asian_width(letter) in "WF" else UNKNOWN_SIGN


def _is_joined(words: str, file: Path) -> bool:
    """Tell whether the words are of a script whose letters join, and the font has them."""
    return bool(JOINED.search(words)) and all(_open(file).get_char_index(ord(letter)) for letter in words)


@cache
def _em(words: str, face: str) -> float:
    behind = FILES[face][1]
    if _is_joined(words, behind):
        font = font_manager.FontProperties(fname=str(behind), size=SHAPED_AT)
        width, *_ = text_to_path.get_text_width_height_descent(words, font, False)
        return width / SHAPED_AT
    return sum(_advance(letter, face) for letter in words)


def measure(words: str, size: int = SMALL, *, face: str = REGULAR) -> float:
    """Return the width in millimetres: letter advances added up, without kerning; joined scripts shaped as a whole."""
    return _em(words, face) * size * POINT


def is_right_to_left(words: str) -> bool:
    """Tell whether the first strong letter is written from right to left."""
    for letter in words:
        kind = unicodedata.bidirectional(letter)
        if kind in RIGHT_TO_LEFT:
            return True
        if kind == "L":
            return False
    return False


def _break_word(word: str, width: float, *, size: int, face: str) -> list[str]:
    pieces = []
    while measure(word, size, face=face) > width and len(word) > 1:
        fits = [i for i in range(1, len(word)) if measure(word[:i] + "-", size, face=face) <= width]
        tidy = [i for i in fits if LEAST_PIECE <= i <= len(word) - LEAST_PIECE]
        cut = (tidy or fits or [1])[-1]
        pieces.append(word[:cut].rstrip("-") + "-")
        word = word[cut:]
    return [*pieces, word]


def _break_soft(word: str, room: float, *, size: int, face: str) -> tuple[str, str]:
    parts = word.split(SOFT_HYPHEN)
    for count in range(len(parts) - 1, 0, -1):
        head = "".join(parts[:count]) + "-"
        if measure(head, size, face=face) <= room:
            return head, SOFT_HYPHEN.join(parts[count:])
    return "", word


@cache
def _wrap(words: str, width: float, size: int, face: str) -> tuple[str, ...]:
    lines, line = [], ""
    for token in TOKENS.findall(words.strip()):
        plain = token.replace(SOFT_HYPHEN, "")
        if measure((line + plain).rstrip(), size, face=face) <= width:
            line += plain
            continue
        if SOFT_HYPHEN in token:
            head, token = _break_soft(token, width - measure(line, size, face=face), size=size, face=face)
            line += head
        if line.strip():
            lines.append(line.rstrip())
        *full, line = _break_word(token.replace(SOFT_HYPHEN, "").strip(), width, size=size, face=face)
        lines += full
    lines = [*lines, line.rstrip()] if line.strip() else lines
    return tuple(_keep_way(one, is_right=is_right_to_left(words)) for one in lines)


def _keep_way(line: str, *, is_right: bool) -> str:
    """Let a line run the way of its whole text, also where it begins with a word of the other way."""
    if is_right_to_left(line) == is_right:
        return line
    return f"{RIGHT_MARK if is_right else LEFT_MARK}{line}"


def wrap(words: str, width: float, *, size: int = SMALL, face: str = REGULAR) -> list[str]:
    """Break words greedily into lines at most width millimetres wide."""
    return list(_wrap(words, round(width, 2), size, face))


def cut(
    lines: list[str], width: float, *, most: int, size: int = SMALL, face: str = REGULAR, ending: str = ELLIPSIS
) -> list[str]:
    """Keep the first lines; where some are left out the last one ends in an ellipsis, if possible after a word."""
    if len(lines) <= most:
        return lines
    if most < 1:
        return []
    last = lines[most - 1]
    while last and measure(last + ending, size, face=face) > width:
        whole = last.rsplit(" ", 1)[0]
        last = whole if len(whole) * 2 >= len(last) and " " in last else last[:-1]
    return [*lines[: most - 1], (last.rstrip(" -,;:") + ending).strip()]


def shorten(words: str, width: float, *, size: int = SMALL, face: str = REGULAR) -> str:
    """Return the words in one line, ended with an ellipsis where they are too wide."""
    if measure(words, size, face=face) <= width:
        return words
    return cut([words, ""], width, most=1, size=size, face=face)[0]


def wrap_even(words: str, width: float, *, most: int = 99, size: int = SMALL, face: str = REGULAR) -> list[str]:
    """Break words, then narrow the measure while the number of lines stays and no word breaks: no short last line."""
    return list(_wrap_even(words, width, most, size, face))


@cache
def _wrap_even(words: str, width: float, most: int, size: int, face: str) -> tuple[str, ...]:
    count = len(wrap(words, width, size=size, face=face))
    if count > most:
        return tuple(cut(wrap(words, width, size=size, face=face), width, most=most, size=size, face=face))
    whole = [word.replace(SOFT_HYPHEN, "") for word in TOKENS.findall(words)]
    widest = max((measure(word, size, face=face) for word in whole), default=0.0)
    low, high = min(max(width * EVEN_LEAST, widest), width), width
    for _ in range(EVEN_ROUNDS):
        middle = (low + high) / 2
        narrower = len(wrap(words, middle, size=size, face=face)) <= count
        low, high = (low, middle) if narrower else (middle, high)
    return _wrap(words, round(high, 2), size, face)
