"""The typeface of presentations is never wider than the map measured."""

import pytest
from drawing.hard_journeys import JOURNEYS, lay_map

from cjm_helpers.drawing.sheet.look import ITALIC, POINT, REGULAR, SEMIBOLD
from cjm_helpers.drawing.sheet.narrow_type import HUNDREDTHS, measure_narrow, squeeze
from cjm_helpers.drawing.sheet.scene import Text
from cjm_helpers.drawing.sheet.typeface import JOINED, measure

SENTENCE = "The payment page never told me why my card was refused, and I gave up."


@pytest.mark.parametrize("name", JOURNEYS)
def test_every_line_fits_its_measured_width(name):
    """With the spacing we write, each line in Arial Narrow is as wide as in the map's typeface, or narrower."""
    texts = [text for sheet in lay_map(name, "16:9") for text in sheet.items(Text) if not JOINED.search(text.words)]
    for words, size, face in {(text.words, text.size, text.face) for text in texts}:
        spaced = squeeze(words, size, face=face) * len(words) / HUNDREDTHS * POINT
        assert measure_narrow(words, size, face=face) + spaced <= measure(words, size, face=face) + 1e-6


@pytest.mark.parametrize("face", [REGULAR, SEMIBOLD, ITALIC])
def test_running_text_needs_no_spacing(face):
    """It is about a tenth narrower, and never so narrow that it looks lost."""
    share = measure_narrow(SENTENCE, 9, face=face) / measure(SENTENCE, 9, face=face)
    assert 0.88 < share < 0.94 and squeeze(SENTENCE, 9, face=face) == 0


def test_capitals_are_set_closer():
    """They alone are wider than measured, by little."""
    assert -40 < squeeze("LOGO COST", 9, face=REGULAR) < 0


def test_joined_letters_are_never_set_apart():
    """Arabic would fall to pieces."""
    assert squeeze("تبحث", 9, face=REGULAR) == 0
