"""Measuring and breaking of words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.textpath import text_to_path

from cjm_helpers.drawing.sheet.typeface import (
    FILES,
    cut,
    font_of,
    is_right_to_left,
    measure,
    shorten,
    wrap,
    wrap_even,
)

WORDS = st.text(alphabet="abcdefghij klmno-pqrstuvwxyzäöüß", min_size=1, max_size=120)


@pytest.mark.parametrize("face", list(FILES))
def test_the_typeface_is_there(face):
    """All three faces and the one behind them are files of installed packages."""
    assert all(file.is_file() for file in FILES[face])


@pytest.mark.parametrize("face", list(FILES))
def test_added_advances_are_the_shaped_width(face):
    """Letter advances added up are within 1 % of the text as matplotlib shapes it, and hardly ever narrower."""
    words = "Sofortüberweisung bestätigt: −1.5 (n = 31); 18 people name “card refused”"
    shaped, *_ = text_to_path.get_text_width_height_descent(words, font_of(face, 100), False)
    assert measure(words, 100, face=face) * 72 / 25.4 == pytest.approx(shaped, rel=0.01)


@given(words=WORDS, width=st.floats(8, 60))
def test_no_line_is_wider_than_asked(words, width):
    """Whatever the words, no line leaves the width."""
    assert all(measure(line) <= width + 0.01 for line in wrap(words, width))
    assert all(measure(line) <= width + 0.01 for line in wrap_even(words, width, most=3))


@given(words=WORDS)
def test_no_letter_is_lost(words):
    """Wrapping moves letters to other lines and loses none."""
    joined = "".join(wrap(words, 20.0)).replace("-", "").replace(" ", "")
    assert joined == words.replace("-", "").replace(" ", "")


def test_even_lines_are_as_many_as_greedy_ones():
    """Narrowing the measure never costs a line."""
    words = "Walks round the van with the clerk and a torch"
    assert len(wrap_even(words, 30.0)) == len(wrap(words, 30.0))


def test_a_cut_text_ends_in_an_ellipsis_after_a_whole_word():
    """What is left out is shown by an ellipsis; no word is torn."""
    lines = wrap("Say every fee at the booking and show a photo with the invoice", 25.0)
    assert cut(lines, 25.0, most=2)[-1].endswith(" …")
    assert cut(lines, 25.0, most=2)[-1].split(" ")[-2] in "Say every fee at the booking and show a photo".split()


def test_long_words_break_with_a_hyphen():
    """A word wider than its cell is broken with three letters or more on each side."""
    lines = wrap("Rindfleischetikettierungsüberwachungsaufgabe", 20.0)
    assert all(line.endswith("-") for line in lines[:-1])
    assert min(len(line.rstrip("-")) for line in lines) >= 3


def test_even_lines_break_no_word_that_fits():
    """Narrowing the measure stops at the widest word."""
    assert wrap_even("Information helped", 24.0) == ["Information", "helped"]


def test_scripts_without_a_font_are_measured_by_rule(recwarn):
    """Letters that no font of ours has get a fixed width and raise no warning."""
    assert measure("予約", 100) == pytest.approx(2 * 100 * 25.4 / 72)
    assert measure("नमस्ते") > 0
    assert not recwarn.list


def test_soft_hyphens_win():
    """Where the writer says how to break a word, it breaks there."""
    assert wrap("Liefer\u00adzeiten\u00adübersicht", 22.0)[0] == "Lieferzeiten-"


def test_japanese_breaks_without_hyphens_or_a_leading_stop():
    """Japanese breaks between signs; no line begins with a full stop."""
    lines = wrap("毎回フィルターが消えてしまいます。もう一度、最初から選びます。", 20.0)
    assert len(lines) > 2
    assert not any(line.endswith("-") or line[0] in "。、" for line in lines)


def test_direction_is_that_of_the_first_strong_letter():
    """Arabic and Hebrew read from the right, also after a quotation mark."""
    assert is_right_to_left("“أضغط") and is_right_to_left("12 שלום")
    assert not is_right_to_left("Van أضغط") and not is_right_to_left("…")


def test_shorten_keeps_what_fits():
    """A name that fits stays as it is."""
    assert shorten("Website", 30.0) == "Website"
    assert shorten("Website of the hire firm", 20.0).endswith(" …")


@pytest.mark.parametrize(
    "words", ["פותחת את דף התשלום PayPal Checkout ומחכה", "Opens the page of שירות הלקוחות and waits there"]
)
def test_every_line_runs_the_way_of_its_text(words):
    """A line that begins with a word of the other way is still set as the text it belongs to, and is no wider."""
    lines = wrap(words, 22)
    assert {is_right_to_left(line) for line in lines} == {is_right_to_left(words)}
    assert all(measure(line) <= 22 for line in lines)
    assert any(line[0] in "\u200e\u200f" for line in lines)
