"""Letters that our typefaces lack: a font of the machine, else a sentence; never boxes."""

import pytest
from drawing.hard_journeys import draw_map
from matplotlib import font_manager
from matplotlib.text import Text as TextArtist

from cjm_helpers.drawing.sheet import letters
from cjm_helpers.drawing.sheet.letters import check_letters, find_families, find_missing_letters, find_missing_signs
from cjm_helpers.drawing.sheet.look import REGULAR, SEMIBOLD, SMALL
from cjm_helpers.drawing.sheet.paint_figure import make_figure, paint_pdf
from cjm_helpers.drawing.sheet.scene import Lane, Sheet, Text
from cjm_helpers.drawing.sheet.typeface import DEJAVU, FAMILY
from cjm_helpers.errors import CjmError

FOREIGN = "\u2a33"  # a sign of mathematics that STIX has and our typefaces lack


def write(words, face=REGULAR):
    """Return a sheet that holds some words alone."""
    text = Text(1.0, 10.0, 10.0, words, SMALL, face, "ink", "start", None)
    return [Sheet(60.0, 20.0, (Lane("lane", "Lane", (text,)),))]


@pytest.fixture
def without_fonts(monkeypatch):
    """Let the machine have no fonts but ours."""
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda: [])
    letters._search.cache_clear()
    yield
    letters._search.cache_clear()


@pytest.fixture
def with_one_font(monkeypatch, tmp_path):
    """Let the machine have one font, which no chain of ours holds, and a file that is none."""
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    found = [str(tmp_path / "broken.ttf"), str(tmp_path / "gone.ttf"), str(DEJAVU / "STIXGeneral.ttf")]
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda: found)
    letters._search.cache_clear()
    yield "STIXGeneral"
    letters._search.cache_clear()


@pytest.mark.parametrize("words", ["Überweisung, Łódź, Ελλάδα, привет", "كيف ④ שלום", "a\u00adb\u200dc\ufe0f d\u00a0e"])
def test_what_our_typefaces_have_needs_no_other(without_fonts, words):
    """Latin, Greek, Cyrillic, Arabic and Hebrew are ours; signs that nobody sees are no letters."""
    assert find_missing_letters(write(words)) == "" and find_families(write(words)) == ()


@pytest.mark.parametrize(
    "words, scripts, advice",
    [
        ("予約", "Chinese or Japanese", "Install Noto Sans CJK, or"),
        ("よやくヤ", "Japanese", "Install Noto Sans CJK, or"),
        ("예약", "Korean", "Install Noto Sans CJK, or"),
        ("ไทย नमस्ते", "Devanagari and Thai", "Install Noto Sans Devanagari and Noto Sans Thai, or"),
    ],
)
def test_letters_without_a_font_are_said(without_fonts, words, scripts, advice):
    """The sentence names some letters, what they belong to, and what to do."""
    with pytest.raises(CjmError) as refused:
        check_letters(write(words))
    said = str(refused.value)
    assert f"({scripts})" in said and advice in said and "save the map as SVG, PPTX or HTML" in said
    assert find_missing_letters(write(words)) == "".join(sorted(set(words) - {" "}))


def test_many_letters_are_counted(without_fonts):
    """A sentence holds five letters and the number of the others."""
    with pytest.raises(CjmError, match=r"has the letters 一 丁 丂 七 丄 and 15 more \("):
        check_letters(write("".join(map(chr, range(0x4E00, 0x4E14)))))


def test_a_font_of_the_machine_is_taken(with_one_font):
    """A font that has the letters is found on the disk, and texts are set in it behind our own."""
    sheets = write(f"a {FOREIGN}")
    assert find_families(sheets) == (with_one_font,) and not find_missing_letters(sheets)
    (artist,) = make_figure(sheets).findobj(TextArtist)
    assert artist.get_fontfamily() == [*FAMILY, with_one_font]


def test_a_borrowed_font_is_embedded_so_that_every_reader_shows_it(with_one_font):
    """Cubic outlines embedded as TrueType are broken in some readers, so then letters are embedded as drawings."""
    assert b"/Type3" in paint_pdf(write(FOREIGN), title="A").replace(b" ", b"")
    assert b"/Type3" not in paint_pdf(write("a"), title="A").replace(b" ", b"")


def test_each_face_is_looked_at_for_itself(without_fonts):
    """What the bold face lacks is found even where the regular one has it."""
    assert find_missing_letters(write("𝖠", SEMIBOLD)) == "𝖠" and not find_missing_letters(write("𝖠", REGULAR))


@pytest.mark.parametrize("ending", [".png", ".pdf"])
def test_a_picture_with_boxes_is_never_made(without_fonts, tmp_path, ending):
    """Saving a Korean map where no font has its letters is refused, and no file is there."""
    with pytest.raises(CjmError, match="Korean"):
        draw_map("korean").save(tmp_path / f"map{ending}")
    assert not list(tmp_path.iterdir())


def test_a_notebook_shows_the_svg_alone(without_fonts):
    """There the PNG is left out and nothing stops: the SVG is set in the reader's own fonts."""
    bundle, about = draw_map("korean")._repr_mimebundle_()
    assert set(bundle) == {"image/svg+xml", "text/plain"} and about == {}


@pytest.mark.parametrize("name", ["arabic", "hebrew"])
def test_right_to_left_needs_no_other_font(without_fonts, name):
    """Arabic and Hebrew maps are painted as they are."""
    check_letters(draw_map(name).sheets)


def test_a_picture_goes_without_an_emoji_that_no_font_has(without_fonts):
    """An emoji in a quote does not stand in the way of a picture: the words around it are drawn, no box is."""
    sheets = write("Great 🜀 shop")
    assert find_missing_letters(sheets) == "" and find_missing_signs(sheets) == "🜀"
    words = [artist.get_text() for artist in make_figure(sheets).get_children() if isinstance(artist, TextArtist)]
    assert words == ["Great  shop"]
