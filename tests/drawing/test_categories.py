"""Tests of the picture of touchpoints by stage and type: every touchpoint in its field, with its impact."""

import pandas as pd

from cjm_helpers.drawing import charts

SORTED = pd.DataFrame({
    "stage": ["Notice", "Buy", "Buy", "Buy"], "type": ["digital", "digital", "human", ""],
    "name": ["Advert", "A payment page with a very long name indeed, longer than its field", "Till", "Kiosk"],
    "impact_class": ["low", "high", "", "medium"],
})  # fmt: skip


def list_words(chart) -> list[str]:
    """Return the words of the picture."""
    return [text.get_text() for text in chart.axes[0].texts]


def test_every_touchpoint_stands_in_its_field():
    """Across stand the stages in their order, down the types, and what is not sorted yet has a row of its own."""
    axes = charts.draw_categories(SORTED).axes[0]
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["Notice", "Buy"]
    types = [tick.get_text() for tick in axes.get_yticklabels()]
    assert types == ["digital", "physical", "human", "not sorted yet"] and len(axes.patches) == 8
    places = {text.get_text(): text.get_position()[0] for text in axes.texts}
    assert places["Advert"] < 1 < places["Till"] < 2


def test_impact_is_told_by_dots():
    """Three dots are high, two medium, one low, none not rated; the small print says on what."""
    words = list_words(charts.draw_categories(SORTED))
    assert words[words.index("Advert") - 1] == "●○○" and words[words.index("Till") - 1] == ""
    assert "●●●" in words and "●●○" in words
    assert "impact on decision" in charts.draw_categories(SORTED, outcome="decision").texts[-1].get_text()


def test_a_long_name_is_broken_not_cut():
    """A name wider than its field goes on in the next line, and none of its words is lost."""
    words = " ".join(list_words(charts.draw_categories(SORTED.assign(impact_class=""))))
    assert all(word in words for word in SORTED["name"].iloc[1].split())


def test_the_title_counts_and_an_empty_list_says_so():
    """The title names the commonest type; without touchpoints it asks. The same table gives the same bytes."""
    assert charts.draw_categories(SORTED).get_suptitle() == "2 of 4 touchpoints are digital"
    empty = charts.draw_categories(SORTED[:0])
    assert empty.get_suptitle().endswith("?") and list_words(empty) == ["no touchpoint is written down yet"]
    before = SORTED.copy()
    assert charts.draw_categories(SORTED)._repr_png_() == charts.draw_categories(SORTED)._repr_png_()
    pd.testing.assert_frame_equal(SORTED, before)
