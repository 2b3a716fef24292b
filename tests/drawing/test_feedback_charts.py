"""Charts of what people said, by their structure: names, words, marks, and what may not be drawn."""

import math

import pandas as pd
import pytest
from drawing.good_chart import check_chart

from cjm_helpers.drawing import charts
from cjm_helpers.drawing.sheet.look import COLOURS

STEPS = pd.DataFrame({"touchpoint_id": ["ad", "pay"], "name": ["Advert", "Payment page"]})
THEMES = pd.DataFrame({
    "touchpoint_id": ["pay", "pay", "ad", "", "ad"], "label": ["Card refused", "NPS asked", "Good tip", "Slow", "Rare"],
    "valence": [-1, 0, 1, -1, -1], "k": [18.0, 3.0, 4.0, 9.0, 1.0], "n": [31.0, 31.0, 6.0, 92.0, 6.0],
    "value": [0.58, 0.1, math.nan, 0.1, 0.2], "lo": [0.41, 0.03, math.nan, 0.05, 0.0],
    "hi": [0.74, 0.25, math.nan, 0.18, 0.6],
    "flag": ["reportable", "indicative", "counted", "reportable", "indicative"],
})  # fmt: skip
AGREED = pd.DataFrame({
    "code_id": ["refused", "slow", "all codes"], "label": ["Card refused", "Slow", "All codes together"],
    "value": [0.9, math.nan, 0.8], "lo": [0.82, math.nan, 0.7], "hi": [1.0, math.nan, 0.9],
    "verdict": ["reliable", "not given", "tentative"],
})  # fmt: skip
HEARD = pd.DataFrame({
    "touchpoint_id": ["pay", "ad"], "value": [0.6, math.nan], "n": [40, 3], "lo": [0.45, math.nan],
    "hi": [0.74, math.nan], "flag": ["reportable", "suppressed"],
})  # fmt: skip
CURVE = pd.DataFrame({
    "place": [1.0, 2.0, 3.0, math.nan], "interview": ["P1", "P2", "P3", "P4"],
    "codes_so_far": [3.0, 4.0, 4.0, math.nan], "codes_so_far_mean": [3.2, 3.8, 4.0, math.nan],
    "is_saturated": [False, False, True, False],
})  # fmt: skip
CHARTS = [
    (charts.draw_themes, THEMES, {"steps": STEPS}), (charts.draw_agreement, AGREED, {}),
    (charts.draw_heard, HEARD, {"steps": STEPS}), (charts.draw_saturation, CURVE, {}),
]  # fmt: skip


def texts(chart) -> list[str]:
    """Return every text of a chart's plot."""
    return [text.get_text() for text in chart.axes[0].texts]


def dots(chart) -> list:
    """Return the round marks of a chart's plot."""
    return [line for line in chart.axes[0].lines if line.get_marker() == "o"]


@pytest.mark.parametrize(("draw", "table", "more"), CHARTS)
def test_a_chart_is_closed_stable_and_leaves_its_table_alone(draw, table, more):
    """pyplot never knew it, the same table gives the same bytes, and neither table nor style is changed."""
    check_chart(draw, table, more=more)


@pytest.mark.parametrize(("draw", "table", "more"), CHARTS)
def test_an_empty_table_gives_a_sentence(draw, table, more):
    """Without rows there is a question for a title and a sentence, and no grid."""
    chart = draw(table[:0], **more)
    assert chart.get_suptitle().endswith("?") and len(texts(chart)) == 1 and texts(chart)[0].endswith(".")
    assert chart._repr_png_().startswith(b"\x89PNG") and not dots(chart)


def test_themes_stand_at_their_steps_in_the_order_of_the_journey():
    """Steps are headings in order, the journey as a whole is last, and what one person said is left out."""
    said = texts(charts.draw_themes(THEMES, steps=STEPS))
    assert [word for word in said if word in {"Advert", "Payment page", "The journey as a whole"}] == [
        "Advert", "Payment page", "The journey as a whole"
    ]  # fmt: skip
    assert "Rare" not in said and {"18 of 31, pain point", "4 of 6 interviewed, delight"} <= set(said)


def test_interviews_are_squares_and_few_are_hollow():
    """People interviewed are never drawn as a share but one by one; fewer than 30 customers are a hollow mark."""
    chart = charts.draw_themes(THEMES, steps=STEPS)
    squares = [line for line in chart.axes[0].lines if line.get_marker() == "s"]
    assert [square.get_markerfacecolor() == COLOURS["paper"] for square in squares] == [False] * 4 + [True] * 2
    marks = dots(chart)
    assert [mark.get_markerfacecolor() == COLOURS["paper"] for mark in marks] == [False, True, False]


def test_the_title_names_what_most_people_name():
    """The title is the finding, and an abbreviation keeps its capitals."""
    assert charts.draw_themes(THEMES, steps=STEPS).get_suptitle() == "Most named: card refused, at Payment page"
    assert "Most named: NPS asked" in charts.draw_themes(THEMES[1:2], steps=STEPS).get_suptitle()


def test_agreement_counts_codes_and_shows_both_lines():
    """The row over all codes is no code; a code that nobody gave has its word and no mark."""
    chart = charts.draw_agreement(AGREED)
    assert chart.get_suptitle() == "Coders read 1 of 2 codes alike"
    assert {"tentative", "reliable", "not given"} <= set(texts(chart)) and len(dots(chart)) == 2


def test_words_of_too_few_are_named_not_drawn():
    """A touchpoint of which too few wrote has a word in place of a mark."""
    chart = charts.draw_heard(HEARD, steps=STEPS)
    assert chart.get_suptitle() == "Words sound worst at Payment page"
    assert "too few to show" in texts(chart) and len(dots(chart)) == 1


def test_saturation_is_said_and_ringed():
    """Interviews that nobody coded are not drawn; the ring is where hardly any code was new."""
    chart = charts.draw_saturation(CURVE)
    assert chart.get_suptitle() == "After 3 interviews hardly any new code comes in"
    assert [label.get_text() for label in chart.axes[0].get_xticklabels()] == ["P1", "P2", "P3"]
    assert "hardly any new" in texts(chart)
    assert charts.draw_saturation(CURVE[:2]).get_suptitle() == "After 2 interviews new codes still come in"


def test_agreement_is_no_percentage():
    """Alpha is written from 0 to 1, also where no interval reaches below 0."""
    chart = charts.draw_agreement(AGREED)
    chart.canvas.draw()
    assert "%" not in "".join(text.get_text() for text in chart.axes[0].get_xticklabels())


def test_a_theme_on_whose_code_coders_differ_is_marked():
    """The mark stands behind its name and is explained below; no other theme has it."""
    doubted = THEMES.assign(caution=["coders differ", "", "too few read by two", "", ""])
    chart = charts.draw_themes(doubted, steps=STEPS)
    assert [text for text in texts(chart) if "≠" in text] == ["Card refused ≠"]
    assert "≠: coders differ" in chart.texts[-1].get_text()
    assert "≠" not in charts.draw_themes(THEMES, steps=STEPS).texts[-1].get_text()
