"""Reads interviews as they were typed: who speaks, in which talk, one row for each paragraph."""

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from pandas import DataFrame

from cjm_helpers.errors import Fault, FaultsFound, spell_allowed
from cjm_helpers.study.ids import make_id
from cjm_helpers.study.tables import FIRST_ROW, list_encodings

KINDS = (".txt", ".md")
COLUMNS = ("talk", "turn", "speaker", "label", "date", "text")
INTERVIEWERS = ("i", "q", "int", "interviewer", "moderator", "mod", "facilitator", "researcher", "host", "question")
ANYBODY = (
    "p", "r", "a", "b", "participant", "interviewee", "respondent", "answer", "customer", "client", "user", "guest",
    "visitor", "patient", "speaker", "person",
)  # fmt: skip
NOT_PEOPLE = (
    "date", "time", "place", "location", "duration", "length", "topic", "subject", "note", "notes", "recorded",
)  # fmt: skip
TIME = r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?\s*)?"
NAME = r"[^\W\d_][\w.'’ -]{0,38}?"
TURNS = (
    re.compile(rf"^{TIME}\*\*(?P<label>{NAME})\s*:?\*\*\s*:?\s*(?P<text>.*)$"),
    re.compile(rf"^{TIME}(?P<label>{NAME})\s*{TIME}:\s+(?P<text>.*)$"),
    re.compile(rf"^{TIME}(?P<label>{NAME})\s*{TIME}:\s*$(?P<text>)"),
    re.compile(rf"^{TIME}(?P<label>[^\W\d_]{{1,11}} ?\d{{0,3}})\s+[-–—]\s+(?P<text>.*)$"),
)
HEADING = re.compile(r"^(?P<marks>#{1,6})\s+(?P<title>.+?)\s*#*$")
PLAIN_HEADING = re.compile(r"^(?:interview|talk|session|conversation)\b[^.?!:]{0,60}$", re.IGNORECASE)
PLAIN_LEVEL = 9  # below every heading with marks
DAY = re.compile(r"(?<!\d)(20\d\d-[01]\d-[0-3]\d)(?!\d)")
MOST_WORDS = 3  # of a name


class Talk(NamedTuple):
    """One conversation: its name, its day where one is written, and its paragraphs as (label, text)."""

    name: str
    date: str
    paragraphs: list[tuple[str, str]]


def read_transcripts(place: Path) -> DataFrame:
    """Return the paragraphs of a file of interviews, or of every file in a folder.

    In a folder each file is one talk; one file alone is split at its headings where it has several. Paragraphs that
    begin with "Name: ", "**Name:** " or "P3 - " are somebody's turn, others go on with it; a file without names is the
    words of one person, called like the file. Somebody called P or Participant in every talk is named after the talk.

    Returns
    -------
    DataFrame
        talk, turn (the paragraph's number in its talk), speaker, label (the name as it is written), date, text.

    Raises
    ------
    FaultsFound
        Nothing can be read there.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "Lena.txt"
    >>> _ = file.write_text("I: How was it?\\n\\nP: Slow.\\n\\nTwice I gave up.")
    >>> read_transcripts(file)[["talk", "turn", "speaker", "text"]].values.tolist()[1:]
    [['lena', '2', 'lena', 'Slow.'], ['lena', '3', 'lena', 'Twice I gave up.']]
    """
    files = _list_files(place)
    parts = [(file, _split_talks(_read_lines(file), is_alone=place.is_file())) for file in files]
    talks: list[Talk] = []
    for file, found in parts:
        for title, lines in found:
            name = make_id(title or file.stem, [talk.name for talk in talks])
            talks.append(_read_talk(name, lines, day=" ".join([file.stem, title])))
    rows = [row for talk in talks for row in _number_paragraphs(talk, talks)]
    if not rows:
        _refuse("There is no text in it.", place, remedy="Save the interview again as text.")
    return DataFrame(rows, columns=COLUMNS, index=range(FIRST_ROW, FIRST_ROW + len(rows)), dtype="str")


def is_transcript(place: Path) -> bool:
    """Tell whether a place in raw/ holds interviews: a folder, or a file of text.

    Examples
    --------
    >>> is_transcript(Path("lena.txt")), is_transcript(Path("survey.csv"))
    (True, False)
    """
    return place.suffix.lower() in KINDS or place.is_dir()


def find_interviewers(rows: DataFrame) -> list[str]:
    """Return the labels that seem to ask: known words, else a name that speaks in every one of several talks.

    Columns read: talk, label.

    Examples
    --------
    >>> find_interviewers(DataFrame({"talk": ["a", "a"], "label": ["I", "Lena"]}))
    ['I']
    """
    labels = [label for label in rows["label"].unique() if label]
    known = [label for label in labels if label.casefold().rstrip(" 0123456789") in INTERVIEWERS]
    talks = rows.groupby("label")["talk"].nunique()
    everywhere = [one for one in labels if 1 < rows["talk"].nunique() == talks[one] and not _is_anybody(one)]
    return known or everywhere[:1]


def _list_files(place: Path) -> list[Path]:
    if place.is_dir():
        files = sorted(file for file in place.iterdir() if file.suffix.lower() in KINDS)
        if not files:
            _refuse("No interview lies in the folder.", place, remedy="Put files that end in .txt or .md there.")
        return files
    if not place.is_file():
        there = sorted(path.name for path in place.parent.glob("*"))
        _refuse("There is no such file.", place, allowed=spell_allowed(place.name, there))
    return [place]


def _read_lines(file: Path) -> list[str]:
    content = file.read_bytes()
    for encoding in list_encodings(content):
        try:
            return content.decode(encoding).splitlines()
        except UnicodeError:
            continue
    _refuse("The file has another encoding.", file, remedy="Save it again as text in UTF-8.")


def _split_talks(lines: list[str], *, is_alone: bool) -> list[tuple[str, list[str]]]:
    """Return title and lines of each talk; headings within a talk are no words of anybody."""
    levels = [_rank_heading(line) for line in lines]
    counts = Counter(level for level in levels if level)
    top = next((level for level in sorted(counts) if counts[level] > 1), 0) if is_alone else 0
    talks = [("", [])]
    for line, level in zip(lines, levels):
        if level and level == top:
            talks.append((line.strip("# \t"), []))
        else:
            talks[-1][1].append("" if level else line)
    return [(title, said) for title, said in talks if any(line.strip() for line in said)]


def _rank_heading(line: str) -> int:
    marked = HEADING.match(line)
    return len(marked["marks"]) if marked else PLAIN_LEVEL if PLAIN_HEADING.match(line.strip()) else 0


def _read_talk(name: str, lines: list[str], *, day: str) -> Talk:
    labels = _find_labels(lines)
    paragraphs, label, is_open = [], "", False
    for line in lines:
        said, text = _split_label(line)
        if said.casefold() in NOT_PEOPLE and said not in labels:
            day += f" {text}"
        elif said in labels:
            label, is_open = said, True
            paragraphs.append((label, text.strip()))
        elif not line.strip():
            is_open = False
        elif is_open:
            paragraphs[-1] = (label, f"{paragraphs[-1][1]} {line.strip()}".strip())
        else:
            paragraphs.append((label, line.strip()))
            is_open = True
    found = DAY.search(day)
    return Talk(name, found[1] if found else "", [(label, text) for label, text in paragraphs if text])


def _split_label(line: str) -> tuple[str, str]:
    for pattern in TURNS:
        found = pattern.match(line.strip())
        if found:
            return found["label"].strip(), found["text"]
    return "", line


def _find_labels(lines: list[str]) -> set[str]:
    """Return the names before a colon that are people: such as come again, are codes, or stand where nobody else does.

    Others, as in "Delivery: it was late", are part of what somebody says.
    """
    counts = Counter(label for label, _ in map(_split_label, lines) if label and label.casefold() not in NOT_PEOPLE)
    names = {label: count for label, count in counts.items() if _is_name(label)}
    sure = {label for label, count in names.items() if count > 1 or _is_role(label)}
    if not any(label.casefold() not in INTERVIEWERS for label in sure):
        sure |= set(list(names)[: 2 if not sure else 1 + len(sure)])
    return sure


def _is_name(label: str) -> bool:
    words = label.split()
    return len(words) <= MOST_WORDS and (all(not word[0].islower() for word in words) or _is_role(label))


def _is_role(label: str) -> bool:
    plain = label.casefold().rstrip(" 0123456789")
    return plain in INTERVIEWERS or plain in ANYBODY or bool(re.fullmatch(r"[^\W\d_]{1,2}\d+", label))


def _is_anybody(label: str) -> bool:
    return label.casefold().rstrip(" 0123456789") in ANYBODY


def _number_paragraphs(talk: Talk, talks: list[Talk]) -> list[tuple]:
    return [
        (talk.name, str(turn), _name_speaker(label, talk, talks), label, talk.date, text)
        for turn, (label, text) in enumerate(talk.paragraphs, start=1)
    ]


def _name_speaker(label: str, talk: Talk, talks: list[Talk]) -> str:
    """Return who speaks, told apart over all talks: whoever has no name of their own is named after the talk."""
    if not label:
        return talk.name
    is_shared = len(talks) > 1 and sum(any(label == one for one, _ in other.paragraphs) for other in talks) > 1
    is_bare = not label[-1].isdigit()
    if not _is_anybody(label) or not (is_bare or is_shared):
        return label
    alike = {one for one, _ in talk.paragraphs if one and _is_anybody(one)}
    return talk.name if len(alike) == 1 else f"{talk.name} {label}"


def _refuse(what: str, place: Path, *, allowed: str = "", remedy: str = "") -> None:
    raise FaultsFound([Fault(what, place.name, allowed=allowed, remedy=remedy)], place.name)
