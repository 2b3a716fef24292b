"""Words for sentences written from data: counts, numbers and dates as a reader expects them."""

import math
from datetime import date

MINUS = "−"  # U+2212, as wide as a plus
SMALL = "none one two three four five six seven eight nine ten eleven twelve".split()
MONTHS = "January February March April May June July August September October November December".split()


def write_number(value: float, *, decimals: int = 0) -> str:
    """Write a number with thousands separators and a true minus sign, never "-0".

    Examples
    --------
    >>> write_number(-1204.5, decimals=1)
    '−1,204.5'
    """
    text = f"{abs(value):,.{decimals}f}"
    is_zero = not text.strip("0.,")
    return text if value >= 0 or is_zero else MINUS + text


def write_signed(value: float, *, decimals: int = 1) -> str:
    """Write a number with its sign, as the emotion curve shows it; zero has none.

    Examples
    --------
    >>> write_signed(1.44), write_signed(-1.5), write_signed(-0.01)
    ('+1.4', '−1.5', '0.0')
    """
    text = write_number(value, decimals=decimals)
    has_sign = text.startswith(MINUS) or not text.strip("0.,")
    return text if has_sign else f"+{text}"


def count_things(count: float, thing: str, *, things: str = "") -> str:
    """Write a count with its noun in the right number.

    Examples
    --------
    >>> count_things(1, "person", things="people"), count_things(1204, "answer")
    ('1 person', '1,204 answers')
    """
    noun = thing if count == 1 else things or f"{thing}s"
    return f"{write_number(count)} {noun}"


def spell_count(count: int) -> str:
    """Spell a whole number up to twelve, write it in figures beyond.

    Examples
    --------
    >>> spell_count(5), spell_count(30)
    ('five', '30')
    """
    return SMALL[count] if 0 <= count < len(SMALL) else write_number(count)


def join_words(words, *, last: str = "and") -> str:
    """Join words as in a sentence.

    Examples
    --------
    >>> join_words(["3.1", "3.2", "4.1"])
    '3.1, 3.2 and 4.1'
    """
    words = [str(word) for word in words]
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def write_dates(start: date, end: date) -> str:
    """Write a span of days without saying a month or a year twice.

    Examples
    --------
    >>> write_dates(date(2026, 3, 1), date(2026, 3, 31)), write_dates(date(2026, 5, 4), date(2026, 6, 26))
    ('1 to 31 March 2026', '4 May to 26 June 2026')
    """
    if start == end:
        return write_day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {write_day(end)}"
    if start.year == end.year:
        return f"{start.day} {MONTHS[start.month - 1]} to {write_day(end)}"
    return f"{write_day(start)} to {write_day(end)}"


def write_months(start: date, end: date) -> str:
    """Write a span of days as the months it lies in.

    Examples
    --------
    >>> write_months(date(2026, 3, 1), date(2026, 3, 31)), write_months(date(2026, 5, 1), date(2026, 6, 30))
    ('March 2026', 'May to June 2026')
    """
    first, last = (f"{MONTHS[day.month - 1]} {day.year}" for day in (start, end))
    if first == last:
        return last
    return f"{MONTHS[start.month - 1] if start.year == end.year else first} to {last}"


def end_sentence(text: str) -> str:
    """Give a text a full stop unless it already ends like a sentence.

    Examples
    --------
    >>> end_sentence("Two pairs that fit"), end_sentence("Really?")
    ('Two pairs that fit.', 'Really?')
    """
    text = text.strip()
    return text if not text or text[-1] in ".!?…" else f"{text}."


def is_known(value) -> bool:
    """Say whether a number is there.

    Examples
    --------
    >>> is_known(0.0), is_known(float("nan")), is_known(None)
    (True, False, False)
    """
    return value is not None and not math.isnan(value)


def write_day(day: date) -> str:
    """Write a day as a reader says it.

    Examples
    --------
    >>> write_day(date(2026, 3, 14))
    '14 March 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
