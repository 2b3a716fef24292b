"""The KPI lane: round axes, words and tones."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cjm_helpers.drawing.journey_map.kpis import round_span, say_foot, tone_of_way
from cjm_helpers.drawing.journey_map.story import Thing
from cjm_helpers.drawing.sheet.words import amount, count_short, make_key, number, sign

VALUES = st.lists(st.floats(-1e6, 1e6).filter(lambda value: value == 0 or abs(value) > 1e-6), min_size=1, max_size=4)


@given(values=VALUES)
@example(values=[1000000.0, 999999.9999999999])
def test_the_axis_holds_every_value(values):
    """The span covers baseline, value, target and benchmark, and is never empty."""
    low, high = round_span(values)
    slack = 1e-6 * (high - low)
    assert low < high and low - slack <= min(values) and max(values) <= high + slack


@pytest.mark.parametrize(
    ("values", "span"), [([28, 31, 22, 25], (20, 32.5)), ([0.41, 0.55, 0.8], (0.4, 0.8)), ([5, 5], (4, 6))]
)
def test_the_axis_ends_at_round_numbers(values, span):
    """Ends are multiples of 1, 2, 2.5 or 5 times a power of ten."""
    assert round_span(values) == pytest.approx(span)


@pytest.mark.parametrize(
    ("word", "value", "direction", "tone"),
    [
        ("better than baseline", 3, "lower", "blue"),
        ("no clear change from baseline", 9, "lower", "bar"),
        ("target missed", 9, "higher", "orange"),
        ("", 9, "lower", "orange"),
        ("", 9, "higher", "blue"),
        ("", 7, "higher", "bar"),
    ],
)
def test_the_tone_follows_the_word_and_else_the_way(word, value, direction, tone):
    """Blue is for the better, orange for the worse, the quiet role for neither."""
    assert tone_of_way(Thing(word=word, value=value, baseline=7, direction=direction)) == tone


def test_shares_are_written_times_a_hundred():
    """The unit % marks a share of one; any other unit stands behind the value as it is."""
    assert (amount(0.313, "%"), amount(9, "days"), amount(39.84, "")) == ("31.3 %", "9 days", "39.8")
    assert say_foot(Thing(baseline=0.28, target=0.22, n=9377, unit="%")) == "from 28, target 22, n = 9,377"


def test_numbers_are_written_short():
    """A true minus, no empty decimals, no minus before zero."""
    assert (sign(-1.46), sign(0.04), sign(-0.04), sign(2)) == ("−1.5", "0.0", "0.0", "+2.0")
    assert (number(-12.0), number(1234.5), number(0.005), number(-0.001)) == ("−12", "1,234", "0.01", "0")


def test_large_counts_have_a_short_form():
    """Where all digits find no room, thousands and millions are written with a letter."""
    assert (count_short(123_456), count_short(2_300_000)) == ("123k", "2.3m")


def test_keys_differ_also_for_names_without_latin_letters():
    """Ids stay apart when nothing of the names can stand in an id."""
    assert make_key("map", "美咲") != make_key("map", "أميرة")
    assert make_key("map", "lena", "w1").startswith("map-lena-w1-")
