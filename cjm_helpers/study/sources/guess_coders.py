"""Knows columns that each hold the codes of one coder, and the sign between several codes in one cell."""

import re
from collections import Counter

from pandas import DataFrame, Series

from cjm_helpers.study.sources.guesses import ATTRIBUTE_WORDS, SCORE_WORDS, YES_NO
from cjm_helpers.study.sources.headings import has_word, is_question, split_words
from cjm_helpers.study.sources.values import guess_date_format, guess_scale

CODE_WORDS = ("code", "theme", "tag", "category", "topic", "label", "annotation")
CODER_WORDS = ("coder", "rater", "annotator", "judge", "reader", "worker", "user")
AGREED_WORDS = ("final", "agreed", "consensus", "settled")  # what coders made of their codes together
SURE_SIGNS, MAYBE_SIGN = (";", "|"), ","
MOST_CODES, LEAST_SHARED = 100, 3
LEAST_ALONE = 0.5  # of the codes beside a comma, those that also stand in a cell of their own
MOST_DIFFERING = 0.5  # codes come again: so many different ones for each code given, at most


def find_coders(rows: DataFrame, names: list[str]) -> dict[str, str]:
    """Return the columns that hold one coder's codes each, with the sign between several codes in a cell, or "".

    They are two or more that share a small vocabulary, with headings that ask nothing and have no word in common.

    Examples
    --------
    >>> codes = {"Dana": ["a; b", "b; c", "c", "a"] * 2, "Emil": ["a", "b", "c", "c"] * 2}
    >>> find_coders(DataFrame(codes), ["Dana", "Emil"])
    {'Dana': ';', 'Emil': ''}
    """
    named = [name for name in names if _may_be_coder(name)]
    signs = {name: find_sign(rows[name]) for name in named}
    given = {name: Counter(part_codes(rows[name], sign=signs[name])) for name in named}
    given = {name: codes for name, codes in given.items() if _are_codes(rows[name], codes)}
    words = Counter(word for name in given for word in _list_words(name))
    alone = [name for name in given if all(words[word] == 1 for word in _list_words(name))]
    coders = [name for name in alone if any(_share(given[name], given[one]) for one in alone if one != name)]
    return {name: signs[name] for name in coders}


def find_sign(values: Series) -> str:
    """Return the sign between several codes in one cell; "" where each cell holds one code.

    A comma parts codes only where most of what it would part also stands alone: "Refused, no reason" is one code.

    Examples
    --------
    >>> find_sign(Series(["a; b", "c"])), find_sign(Series(["a, b", "a"])), find_sign(Series(["a, b", "c"]))
    (';', ',', '')
    """
    for sign in SURE_SIGNS:
        if values.str.contains(sign, regex=False).any():
            return sign
    is_listed = values.str.contains(MAYBE_SIGN, regex=False)
    parts = set(part_codes(values[is_listed], sign=MAYBE_SIGN))
    alone = parts & set(values[~is_listed].str.strip())
    return MAYBE_SIGN if parts and len(alone) >= LEAST_ALONE * len(parts) else ""


def part_codes(values: Series, *, sign: str) -> list[str]:
    """Return every code given in a column, cell by cell.

    Examples
    --------
    >>> part_codes(Series(["a; b", "", "b"]), sign=";")
    ['a', 'b', 'b']
    """
    parts = values.str.split(sign, regex=False).explode() if sign else values
    return [part for part in parts.str.strip() if part]


def _may_be_coder(name: str) -> bool:
    """Tell whether a heading may name a coder: a question, an attribute, "Code 1" and "Final code" do not."""
    if has_word(name, AGREED_WORDS) or is_question(name) or "?" in name:
        return False
    return has_word(name, CODER_WORDS) or not (
        re.search(r"\d$", name) or has_word(name, (*ATTRIBUTE_WORDS, *SCORE_WORDS))
    )


def _are_codes(values: Series, codes: Counter) -> bool:
    """Tell whether these are codes: words that come again, and neither answers on a scale nor yes and no nor days."""
    is_small = LEAST_SHARED <= len(codes) <= min(MOST_CODES, MOST_DIFFERING * codes.total())
    is_worded = not any(code.casefold() in YES_NO or not re.search(r"[^\W\d_]", code) for code in codes)
    return is_small and is_worded and guess_scale(values) is None and guess_date_format(values) is None


def _list_words(name: str) -> set[str]:
    """Return the words of a heading that would name whom or what it is about."""
    words = {word.casefold() for word in split_words(name)}
    return {word for word in words if not word.isdigit() and not has_word(word, (*CODE_WORDS, *CODER_WORDS))}


def _share(codes: Counter, others: Counter) -> bool:
    shared = len(codes.keys() & others.keys())
    return shared >= LEAST_SHARED and 2 * shared >= min(len(codes), len(others))
