"""What the values of an export's column look like: a scale with its odd codes, a day, words; guesses with a reason."""

import re
from collections.abc import Collection
from itertools import chain
from typing import NamedTuple

import pandas as pd
from pandas import Series

from cjm_helpers.study.sources.rules import DATE_FORMATS, to_numbers

NO_ANSWER_WORDS = (
    "blank", "no answer", "not answered", "missing", "null", "nan", "none given", "refused", "-", "--", ".", "?",
    "don't know", "dont know", "don’t know", "do not know", "dk", "prefer not to say",
)  # fmt: skip
NOT_CONCERNED_WORDS = (
    "n/a", "na", "n.a.", "not applicable", "does not apply", "never used", "not used", "did not use", "haven't used",
)  # fmt: skip
NOT_CONCERNED_CODES = {-8, 6, 8, 77, 88, 97, 98}
ANY_SCALE = {-99, -9, -8, -1, 77, 88, 97, 98, 99, 999}
SCALES = {  # the ends, how unusual the scale is, and its own odd codes beside those of any scale
    (1, 5): (0.0, {0, 6, 8, 9}), (1, 7): (0.0, {0, 8, 9}), (0, 10): (0.0, {11}), (1, 10): (0.3, {0, 11}),
    (1, 4): (0.5, {0, 5, 8, 9}), (1, 6): (0.5, {0, 7, 8, 9}), (-5, 5): (0.5, set()), (-3, 3): (0.5, set()),
    (-2, 2): (0.5, set()),
}  # fmt: skip
COSTS = {"code": 1.0, "unseen": 0.75, "unseen where few answered": 0.4}
FEW = 60
LEAST_LEVELS, LEAST_LEVELS_OF_FEW = 4, 3  # fewer different answers are groups of people, not a scale
LADDERS = (  # from the worst answer to the best; what stands between "/" means the same
    ("very dissatisfied/very unsatisfied", "dissatisfied/unsatisfied/somewhat dissatisfied",
     "neither satisfied nor dissatisfied/neutral/neither/neither nor", "satisfied/somewhat satisfied",
     "very satisfied"),
    ("strongly disagree", "disagree/somewhat disagree", "neither agree nor disagree/neutral/neither/undecided",
     "agree/somewhat agree", "strongly agree"),
    ("very difficult", "difficult/somewhat difficult", "neither easy nor difficult/neutral/neither",
     "easy/somewhat easy", "very easy"),
    ("very poor/very bad/terrible", "poor/bad", "fair/average/okay/ok/neutral", "good", "very good/excellent"),
    ("very unlikely/not at all likely", "unlikely/not very likely", "neutral/neither/somewhat likely", "likely",
     "very likely/extremely likely"),
    ("never", "rarely/seldom", "sometimes", "often", "always"),
)  # fmt: skip
NUMBER_IN_LABEL = (
    re.compile(r"^([+-]?\d+)\b(?![-./:]?\d)"),
    re.compile(r"([+-]\d+)$"),
    re.compile(r"[(\[=:]\s*(\d+)[)\]]?$"),
)
TIMES = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
FORMATS = tuple(dict.fromkeys(chain(("%m/%d/%Y",), DATE_FORMATS)))
ISO = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?")
FIRST_YEAR = 1990  # a spreadsheet's empty day is in 1899, and birthdays are no days of an answer


class Scale(NamedTuple):
    """A scale seen in values: its ends, the values that are no answers, and labels with their numbers."""

    low: int
    high: int
    blank: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()

    def spell(self) -> str:
        """Return the scale in words."""
        return f"{self.low} to {self.high}"


def guess_scale(
    values: Series, *, is_recommending: bool = False, among: Collection[tuple[int, int]] = tuple(SCALES)
) -> Scale | None:
    """Return the scale that answers lie on, with codes such as 8, 9 or 99 that are none; None where it is no scale.

    among are the ends that come into question.

    Examples
    --------
    >>> guess_scale(Series(["1", "2", "3", "4", "5", "8", "9", ""]))[:4]
    (1, 5, ('9',), ('8',))
    """
    seen = [value for value in values.unique() if value]
    blank = [value for value in seen if value.casefold() in NO_ANSWER_WORDS]
    other = [value for value in seen if value.casefold() in NOT_CONCERNED_WORDS]
    rest = [value for value in seen if value not in blank + other]
    numbers, labels = _number(rest)
    levels = {int(number) for number in numbers.values() if number % 1 == 0}
    if len(levels) < len(set(numbers.values())) or len(numbers) < len(rest):
        return None
    answered = int(values.isin(rest).sum())
    ends = _choose_ends(levels, answered=answered, is_recommending=is_recommending, among=among)
    if ends is None:
        return None
    odd = {value: int(number) for value, number in numbers.items() if not ends[0] <= number <= ends[1]}
    other += [value for value, number in odd.items() if number in NOT_CONCERNED_CODES]
    blank += [value for value in odd if value not in other]
    kept = tuple(sorted((value, text) for value, text in labels.items() if value not in odd))
    return Scale(*ends, tuple(sorted(blank)), tuple(sorted(other)), kept)


def _number(texts: list[str]) -> tuple[dict[str, float], dict[str, str]]:
    """Return the number of each text, and those that stand in a label, such as "5 - very good"."""
    plain = dict(zip(texts, to_numbers(Series(texts, dtype="str")), strict=True))
    worded = [text for text, number in plain.items() if pd.isna(number)]
    labels = _climb(worded) or {text: number for text in worded if (number := _find_number(text))}
    numbers = {text: number for text, number in plain.items() if not pd.isna(number)}
    return numbers | {text: float(number) for text, number in labels.items()}, labels


def _climb(texts: list[str]) -> dict[str, str]:
    """Return the rung of each text on the first ladder of words that holds them all."""
    for ladder in LADDERS:
        rungs = {word: str(at) for at, words in enumerate(ladder, start=1) for word in words.split("/")}
        if texts and all(text.casefold() in rungs for text in texts):
            return {text: rungs[text.casefold()] for text in texts}
    return {}


def _find_number(text: str) -> str:
    found = next((match for match in (pattern.search(text) for pattern in NUMBER_IN_LABEL) if match), None)
    return str(int(found[1])) if found else ""


def _choose_ends(
    levels: set[int], *, answered: int, is_recommending: bool, among: Collection[tuple[int, int]]
) -> tuple[int, int] | None:
    """Return the ends of the scale that needs the fewest odd codes and leaves the fewest of its answers unseen."""
    unseen = COSTS["unseen"] if answered >= FEW else COSTS["unseen where few answered"]
    least = LEAST_LEVELS if answered >= FEW else LEAST_LEVELS_OF_FEW
    costs = {}
    for (low, high), (cost, codes) in ((ends, SCALES[ends]) for ends in among):
        inside = {level for level in levels if low <= level <= high}
        if levels - inside - codes - ANY_SCALE or len(inside) < least or (low < 0 <= min(inside)):
            continue
        missing = high - low + 1 - len(inside)
        if answered >= FEW and missing > len(inside):
            continue
        cost += COSTS["code"] * bool(levels - inside) + unseen * missing
        costs[low, high] = cost - COSTS["code"] * (is_recommending and (low, high) == (0, 10))
    return min(costs, key=costs.get, default=None)


def guess_date_format(values: Series) -> str | None:
    """Return how days are written, "" for year-month-day, or None where the values are no days.

    Where the order of day and month cannot be seen, the day comes first.

    Examples
    --------
    >>> guess_date_format(Series(["31.01.2026", ""])), guess_date_format(Series(["2026-01-31"]))
    ('%d.%m.%Y', '')
    """
    given = values[values.ne("")].drop_duplicates()
    if given.empty:
        return None
    if given.str.fullmatch(ISO).all():
        days = pd.to_datetime(given, format="ISO8601", errors="coerce", utc=True)
        return "" if days.notna().all() and days.dt.year.median() >= FIRST_YEAR else None
    if not given.str.contains(r"\d").all() or given.str.fullmatch(r"-?[\d.]+").all() and not _are_days(given):
        return None
    for form in [day + time for day in [*DATE_FORMATS, *FORMATS] for time in TIMES]:
        days = pd.to_datetime(given, format=form, errors="coerce")
        if days.notna().all() and days.dt.year.median() >= FIRST_YEAR:
            return form
    return None


def _are_days(values: Series) -> bool:
    return bool(values.str.fullmatch(r"(19|20)\d{6}|\d{1,2}\.\d{1,2}\.\d{4}").all())


def are_words(values: Series, *, least: float = 3.5, differing: float = 0.5) -> bool:
    """Tell whether the values are somebody's own words: several a cell, and seldom the same.

    least is the mean number of words a cell, differing the share of cells that must differ.

    Examples
    --------
    >>> are_words(Series(["It took far too long", "Nice people at the desk there"]))
    True
    """
    given = values[values.ne("")]
    if given.empty:
        return False
    return bool(given.str.split().str.len().mean() >= least and given.nunique() > len(given) * differing)
