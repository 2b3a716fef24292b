"""Words for sentences: numbers, counts and dates as a reader expects them."""

from datetime import date

import pytest

from cjm_helpers.method.words import count_things, join_words, write_dates, write_number, write_signed


@pytest.mark.parametrize("value", [-0.0, -0.04, 0.04])
def test_zero_has_no_sign(value):
    """A number that rounds to zero shows neither minus nor plus."""
    assert write_signed(value) == "0.0"
    assert write_number(value) == "0"


def test_minus_is_the_true_sign():
    """A negative number carries U+2212, and thousands are separated."""
    assert write_number(-12345) == "\u221212,345"


def test_noun_agrees_with_its_count():
    """One thing is singular, none and many are plural."""
    assert [count_things(count, "review") for count in (0, 1, 2)] == ["0 reviews", "1 review", "2 reviews"]


def test_words_are_joined_as_spoken():
    """The last two words are joined by and; one word stands alone, none gives nothing."""
    assert [join_words(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_dates_say_year_only_when_needed():
    """A span over New Year names both years, a single day stands alone."""
    assert write_dates(date(2025, 12, 30), date(2026, 1, 2)) == "30 December 2025 to 2 January 2026"
    assert write_dates(date(2026, 3, 1), date(2026, 3, 1)) == "1 March 2026"
