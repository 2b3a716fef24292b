"""The study's own look on slides."""

import pytest

from cjm_helpers.drawing.sheet.look import COLOURS
from cjm_helpers.drawing.slides.look import contrast, read_look


def test_contrast_is_that_of_the_guidelines():
    """#767676 is the palest grey that passes 4.5:1 on white (WCAG 2.2, understanding 1.4.3)."""
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert contrast("#FFFFFF", "#767676") == contrast("#767676", "#FFFFFF")


def test_an_accent_that_shows_is_taken():
    """Organisation and colour are the study's."""
    look = read_look({"organisation": "Kestrel & Pine", "accent": "#2a6f97"})
    assert look == ("Kestrel & Pine", "#2A6F97", "")


@pytest.mark.parametrize(("accent", "why"), [("teal", "is no colour"), ("#12345", "is no colour"), ("#fafafa", "pale")])
def test_an_accent_that_cannot_be_drawn_gives_way_and_says_so(accent, why):
    """The slides take the map's ink, and a sentence names the accent and the reason."""
    look = read_look({"accent": accent})
    assert look.accent == COLOURS["ink"] and accent in look.remark and why in look.remark


@pytest.mark.parametrize("look", [None, {}, {"organisation": ""}])
def test_no_look_is_no_fault(look):
    """A study need not say how it looks."""
    assert read_look(look) == ("", COLOURS["ink"], "")
