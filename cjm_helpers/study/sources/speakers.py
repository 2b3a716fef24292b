"""Tells who speaks in a transcript: names before a colon or a dash, in bold, and beside the time of a turn."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pandas import DataFrame

INTERVIEWERS = ("i", "q", "int", "interviewer", "moderator", "mod", "facilitator", "researcher", "host", "question")
ANYBODY = (
    "p", "r", "a", "b", "participant", "interviewee", "respondent", "answer", "customer", "client", "user", "guest",
    "visitor", "patient", "speaker", "person", "unknown", "unknown speaker",
)  # fmt: skip
NOT_PEOPLE = (
    "date", "time", "place", "location", "duration", "length", "topic", "subject", "note", "notes", "recorded",
)  # fmt: skip
STAMP = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
TIME = rf"(?:[\[(]?{STAMP}[\])]?\s*)?"
NAME = r"[^\W\d_][\w.'’ -]{0,38}?(?: \([^)]{1,24}\))?"
LONG_NAME = r"[^\W\d_][^:?!]{0,60}?"  # beside a time a name may hold a comma
TURNS = (
    re.compile(rf"^{TIME}\*\*(?P<label>{NAME})\s*:?\*\*\s*:?\s*(?P<text>.*)$"),
    re.compile(rf"^{TIME}\[?(?P<label>{NAME})\]?\s*{TIME}:\s+(?P<text>.*)$"),
    re.compile(rf"^{TIME}\[?(?P<label>{NAME})\]?\s*{TIME}:\s*$(?P<text>)"),
    re.compile(rf"^{TIME}(?P<label>[^\W\d_]{{1,11}} ?\d{{0,3}})\s+[-–—]\s+(?P<text>.*)$"),
)
TIMED = (
    re.compile(rf"^(?P<label>{LONG_NAME})\s+[\[(]?{STAMP}[\])]?$"),
    re.compile(rf"^[\[(]?{STAMP}[\])]?\s+(?P<label>{LONG_NAME})$"),
)
MOST_WORDS = 3  # of a name
LEAST_TIMED = 2  # lines of name and time in a talk that is written so


class Line(NamedTuple):
    """A line of a transcript; label is who says it, where the file itself says so. An empty line ends a paragraph."""

    text: str
    label: str = ""


def split_label(line: str) -> tuple[str, str]:
    """Return the name that a line begins with, as far as it looks like one, and the words behind it.

    Examples
    --------
    >>> split_label("[00:12] Lena: Slow."), split_label("It was slow.")
    (('Lena', 'Slow.'), ('', 'It was slow.'))
    """
    for pattern in (*TURNS, *TIMED):
        found = pattern.match(line.strip())
        if found:
            return found["label"].strip(), "" if pattern in TIMED else found["text"]
    return "", line


def find_labels(lines: Sequence[str]) -> set[str]:
    """Return the names that lines begin with and that are people.

    Such come again, are codes, stand beside a time, or stand where nobody else does. Others, as in "Delivery: it was
    late", are part of what somebody says.

    Examples
    --------
    >>> sorted(find_labels(["I: And?", "P3: It was bad.", "Delivery: two weeks late."]))
    ['I', 'P3']
    """
    found = [(label, _is_timed(line)) for line in lines for label in [split_label(line)[0]] if label]
    found = [(label, is_timed) for label, is_timed in found if label.casefold() not in NOT_PEOPLE]
    timed = Counter(label for label, is_timed in found if is_timed)
    timed = timed if timed.total() >= LEAST_TIMED else Counter()
    names = Counter(label for label, is_timed in found if is_name(label) and not is_timed)
    sure = {label for label, count in names.items() if count > 1 or _is_role(label)}
    sure |= {label for label, count in timed.items() if count > 1 or is_name(label)}
    if not any(label.casefold() not in INTERVIEWERS for label in sure):
        sure |= set(list(names)[: 2 if not sure else 1 + len(sure)])
    return sure


def find_interviewers(rows: DataFrame) -> list[str]:
    """Return the labels that seem to ask: known words, else a name that speaks in every one of several talks.

    Columns read: talk, label.

    Examples
    --------
    >>> find_interviewers(DataFrame({"talk": ["a", "a"], "label": ["I", "Lena"]}))
    ['I']
    """
    labels = [label for label in rows["label"].unique() if label]
    known = [label for label in labels if _strip_number(label) in INTERVIEWERS]
    talks = rows.groupby("label")["talk"].nunique()
    everywhere = [one for one in labels if 1 < rows["talk"].nunique() == talks[one] and not is_anybody(one)]
    return known or everywhere[:1]


def is_anybody(label: str) -> bool:
    """Tell whether a label is no name of one's own: P, Participant 2, SPEAKER_01.

    Examples
    --------
    >>> is_anybody("SPEAKER_01"), is_anybody("Lena")
    (True, False)
    """
    return _strip_number(label) in ANYBODY


def is_name(label: str) -> bool:
    """Tell whether a label can be somebody's name: up to three words, none of them small, or a role such as P3.

    Examples
    --------
    >>> is_name("Anna Berg"), is_name("p3"), is_name("The worst of it")
    (True, True, False)
    """
    words = label.split()
    return len(words) <= MOST_WORDS and (all(not word[0].islower() for word in words) or _is_role(label))


def _is_timed(line: str) -> bool:
    """Tell whether a line is nothing but a name and a time."""
    return any(pattern.match(line.strip()) for pattern in TIMED) and not any(one.match(line.strip()) for one in TURNS)


def _is_role(label: str) -> bool:
    plain = _strip_number(label)
    return plain in INTERVIEWERS or plain in ANYBODY or bool(re.fullmatch(r"[^\W\d_]{1,2}\d+", label))


def _strip_number(label: str) -> str:
    return label.casefold().rstrip(" _0123456789")
