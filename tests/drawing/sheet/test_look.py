"""The colours of the map, by the contrast formula of WCAG 2.2."""

from cjm_helpers.drawing.sheet.look import COLOURS, GROUNDS, MARK_TONES, TEXT_TONES
from cjm_helpers.drawing.sheet.scene import Line, Text


def luminance(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(COLOURS[one]), luminance(COLOURS[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


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
