"""The colours of the map, by the contrast formula of WCAG 2.2."""

from drawing.scenes import contrast

from cjm_helpers.drawing.sheet.look import GROUNDS, MARK_TONES, TEXT_TONES
from cjm_helpers.drawing.sheet.scene import Line, Text


def test_text_has_contrast_on_every_ground():
    """Every role of text reaches 4.5:1 on paper, tint and spot."""
    assert min(contrast(tone, ground) for tone in TEXT_TONES for ground in GROUNDS) >= 4.5


def test_ink_has_contrast_on_stage_bars_and_fills():
    """Stage names and labels stand on fills too."""
    fills = ("tint2", "bluefill", "bluefill2", "orangefill", "orangefill2")
    assert min(contrast("ink", fill) for fill in fills) >= 4.5


def test_marks_have_contrast_on_every_ground():
    """Every role of mark reaches 3:1 on paper, tint and spot."""
    assert min(contrast(tone, ground) for tone in MARK_TONES for ground in GROUNDS) >= 3


def test_texts_and_lines_use_only_known_roles(any_map):
    """No text or line of a scene has a colour of its own."""
    for sheet in any_map.sheets:
        assert {text.tone for text in sheet.items(Text)} <= {*TEXT_TONES, "paper"}
        assert {line.tone for line in sheet.items(Line)} <= {*MARK_TONES, "rule", "hair"}
