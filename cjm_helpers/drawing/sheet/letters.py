"""Letters that our own typefaces lack: a font of this machine that has them, else the sentence that says so."""

import unicodedata
from functools import cache
from pathlib import Path

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font, LoadFlags

from cjm_helpers.errors import CjmError

from .scene import Text
from .typeface import FILES
from .words import count, listing

PREFERRED = (
    "Noto Sans CJK JP", "Noto Sans CJK SC", "Hiragino Sans", "Yu Gothic", "Microsoft YaHei", "Malgun Gothic",
    "WenQuanYi Zen Hei", "Droid Sans Fallback",
)  # fmt: skip
LAST_RESORT = "lastresort"  # a font of macOS that answers to every letter, with a box
UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")
VARIANTS = range(0xFE00, 0xFE10)  # signs that only say how the letter before them is to look
EAST_ASIAN = {"CJK": "Chinese or Japanese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean"}
FONTS = {**dict.fromkeys(EAST_ASIAN.values(), "Noto Sans CJK"), "Mathematical": "Noto Sans Math"}
SHOWN = 5


def find_missing_letters(sheets) -> str:
    """Return the letters of the sheets' texts for which no font on this machine was found, each once and in order."""
    return "".join(filter(_is_letter, _search(_list_foreign(sheets))[1]))


def find_missing_signs(sheets) -> str:
    """Return the signs and emoji for which no font was found; a picture goes without them."""
    return "".join(letter for letter in _search(_list_foreign(sheets))[1] if not _is_letter(letter))


def find_families(sheets) -> tuple[str, ...]:
    """Return the font families of this machine that hold what our own typefaces lack; none where they lack nothing."""
    return _search(_list_foreign(sheets))[0]


def check_letters(sheets) -> None:
    """Refuse a picture in which letters would become boxes.

    Raises
    ------
    CjmError
        With some of the letters, what they belong to, and what to do.
    """
    missing = find_missing_letters(sheets)
    if not missing:
        return
    more = f" and {count(len(missing) - SHOWN)} more" if len(missing) > SHOWN else ""
    scripts = sorted({_name_script(letter) for letter in missing})
    fonts = sorted({FONTS.get(script, f"Noto Sans {script}") for script in scripts})
    raise CjmError(
        f"No font on this machine has the letters {' '.join(missing[:SHOWN])}{more} ({listing(scripts)}), "
        f"so neither PNG nor PDF can show them. Install {listing(fonts)}, "
        "or save the map as SVG, PPTX or HTML, which are shown in the reader's own fonts."
    )


def _list_foreign(sheets) -> str:
    """Return the letters that the face they are set in lacks; PNG and PDF take each text from one chain of fonts."""
    by_face: dict[str, set[str]] = {}
    for sheet in sheets:
        for item in sheet.items(Text):
            by_face.setdefault(item.face, set()).update(item.words)
    lacking = {letter for face, letters in by_face.items() for letter in letters if _is_foreign(letter, face)}
    return "".join(sorted(lacking))


@cache
def _is_foreign(letter: str, face: str) -> bool:
    if unicodedata.category(letter) in UNSEEN or ord(letter) in VARIANTS:
        return False
    return not any(_open_own(file).get_char_index(ord(letter)) for file in FILES[face])


@cache
def _open_own(file: Path) -> FT2Font:
    return FT2Font(str(file))


@cache
def _search(letters: str) -> tuple[tuple[str, ...], str]:
    """Return families that hold as many of the letters as can be, fewest families first, and what none holds."""
    wanted, families = set(letters), []
    fonts = list(_list_fonts(letters)) if letters else []
    while wanted:
        family, held = max(fonts, key=lambda font: len(wanted & font[1]), default=("", set()))
        if not wanted & held:
            break
        families.append(family)
        wanted -= held
    return tuple(families), "".join(sorted(wanted))


def _list_fonts(letters: str):
    """List the machine's fonts that hold any of the letters, preferred ones first; matplotlib learns of new ones.

    The folders are looked through anew: matplotlib remembers what it once found there, and a font that was installed
    since, perhaps on our advice, would never be seen.
    """
    known = {entry.fname for entry in font_manager.fontManager.ttflist}
    found = []
    for file in sorted(font_manager.findSystemFonts()):
        try:
            font = FT2Font(file)
            held = {letter for letter in letters if _is_drawn(letter, font)}
            is_fit = held and LAST_RESORT not in font.family_name.lower()
            if is_fit and file not in known:
                font_manager.fontManager.addfont(file)
        except (OSError, RuntimeError, ValueError):  # a file that is no font, or one of pictures in one size alone
            continue
        if is_fit:
            found.append((font.family_name, held))
    return sorted(found, key=lambda font: PREFERRED.index(font[0]) if font[0] in PREFERRED else len(PREFERRED))


def _is_drawn(letter: str, font: FT2Font) -> bool:
    """Tell whether a font has an outline for a letter; one of coloured pictures has a place for it alone."""
    index = font.get_char_index(ord(letter))
    return bool(index) and any(font.load_glyph(index, flags=LoadFlags.NO_SCALE).bbox)


def _name_script(letter: str) -> str:
    word = unicodedata.name(letter, "").partition(" ")[0]
    return EAST_ASIAN.get(word, word.capitalize())


def _is_letter(letter: str) -> bool:
    """Tell a letter or digit of a script, without which a word is lost, from a sign."""
    return unicodedata.category(letter)[0] in "LMN"
