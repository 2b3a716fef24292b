"""Reads interviews as they were typed or recorded: who speaks, in which talk, one row for each paragraph."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from pandas import DataFrame, Series

from cjm_helpers.errors import Fault, FaultsFound, spell_allowed
from cjm_helpers.study.ids import make_id
from cjm_helpers.study.sources import captions, documents
from cjm_helpers.study.sources.speakers import NOT_PEOPLE, STAMP, Line, find_labels, is_anybody, split_label
from cjm_helpers.study.tables import FIRST_ROW, list_encodings

KINDS = (".txt", ".md", *documents.KINDS, *captions.KINDS)
OTHERS = {
    ".doc": documents.AS_DOCX, ".odt": documents.AS_DOCX, ".rtf": documents.AS_DOCX,
    ".pdf": "A PDF holds pages, not paragraphs. Save the interview from the program it was written in, as Word "
    "document (.docx) or text (.txt).",
}  # fmt: skip
COLUMNS = ("talk", "turn", "speaker", "label", "date", "text")
HEADING = re.compile(r"^(?P<marks>#{1,6})\s+(?P<title>.+?)\s*#*$")
PLAIN_HEADING = re.compile(r"^(?:interview|talk|session|conversation)\b[^.?!:]{0,60}$", re.IGNORECASE)
PLAIN_LEVEL = 9  # below every heading with marks
NO_TALKS = ("attendees", "transcript", "summary", "details", "notes", "audio file")  # headings that tools write
BY_TOOLS = re.compile(
    r".{1,60} (?:started|stopped) transcription|Transcribed by https?://\S+|Meeting ended after .{1,40}"
    r"|This (?:editable )?transcript was computer generated.*|Audio file|Transcript",
    re.IGNORECASE,
)
DAY = re.compile(r"(?<!\d)(20\d\d-[01]\d-[0-3]\d)(?!\d)")
ONLY_TIME = re.compile(rf"^[\[(]?{STAMP}[\])]?$")
SPAN = re.compile(r"^\d+:[\d:.,]+\s*-->\s*\d+:[\d:.,]+$")
INSIDE = re.compile(rf"\s*(?:\[{STAMP}\]|\(\d{{1,2}}:\d{{2}}:\d{{2}}\))(?=\s|$)")
SENTENCE = re.compile(r"[.?!,;:…]$")
SHORTEST_QUESTION = 3  # words; "Mm-hm" and "Go on" ask nothing new


class Talk(NamedTuple):
    """One conversation: its name, its day where one is written, and its paragraphs as (label, text).

    The label is None where nobody says it: what stands before the first name, and what a tool wrote.
    """

    name: str
    date: str
    paragraphs: list[tuple[str | None, str]]


def read_transcripts(place: Path) -> DataFrame:
    """Return the paragraphs of a file of interviews, or of every file in a folder.

    Text (.txt, .md), Word documents and captions (.vtt, .srt) are read, also mixed. In a folder each file is one talk;
    one file alone is split at its headings where it has several. Paragraphs that begin with "Name: ", "**Name:** ",
    "P3 - " or a line of name and time are somebody's turn, others go on with it; a file without names is the words of
    one person, called like the file. Somebody called P or Participant in every talk is named after the talk. Times are
    no words.

    Returns
    -------
    DataFrame
        talk, turn (the paragraph's number in its talk), speaker ("" where nobody says it), label (the name as it is
        written), date, text.

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
    parts = [(file, _read_talks(file, is_alone=place.is_file())) for file in files]
    talks: list[Talk] = []
    for file, found in parts:
        for title, lines in found:
            name = make_id(title or file.stem, [talk.name for talk in talks])
            talks.append(_read_talk(name, lines, day=" ".join([file.stem, title])))
    rows = [row for talk in talks for row in _number_paragraphs(talk, talks)]
    if not rows:
        _refuse("There is no text in it.", place, remedy="Save the interview again, as text or Word document.")
    return DataFrame(rows, columns=COLUMNS, index=range(FIRST_ROW, FIRST_ROW + len(rows)), dtype="str")


def is_transcript(place: Path) -> bool:
    """Tell whether a place in raw/ holds interviews: a folder, or a file of text, captions or a Word document.

    Examples
    --------
    >>> is_transcript(Path("lena.txt")), is_transcript(Path("survey.csv"))
    (True, False)
    """
    return place.suffix.lower() in (*KINDS, *OTHERS) or place.is_dir()


def find_questions(rows: DataFrame, interviewers: Iterable[str]) -> Series:
    """Return for each paragraph the interviewer's last turn before it in its talk, "" where there is none.

    A turn of a word or two that asks nothing, such as "Mm-hm", leaves the question as it is.

    Columns read: talk, label, text.

    Examples
    --------
    >>> said = ["Why so?", "It hung.", "Right.", "Yes."]
    >>> talk = DataFrame({"talk": "a", "label": ["I", "P", "I", "P"], "text": said})
    >>> find_questions(talk, ["I"]).tolist()
    ['', 'Why so?', 'Why so?', 'Why so?']
    """
    asking, questions = set(interviewers), []
    talk, question, turn = "", "", []
    for name, label, text in rows[["talk", "label", "text"]].itertuples(index=False):
        question, turn = (question, turn) if name == talk else ("", [])
        talk = name
        questions.append(question)
        turn = [*turn, text] if label in asking else []
        said = " ".join(turn)
        question = said if "?" in said or len(said.split()) >= SHORTEST_QUESTION else question
    return Series(questions, index=rows.index, dtype="str")


def _list_files(place: Path) -> list[Path]:
    if not place.is_dir():
        if not place.is_file():
            there = sorted(path.name for path in place.parent.glob("*"))
            _refuse("There is no such file.", place, allowed=spell_allowed(place.name, there))
        return [place]
    known = [file for file in place.iterdir() if is_transcript(file) and not file.name.startswith((".", "~"))]
    files = sorted(file for file in known if file.is_file())
    if not files:
        _refuse("No interview lies in the folder.", place, remedy=f"Put files that end in {', '.join(KINDS)} there.")
    alike: dict[str, Path] = {}
    for file in files:
        before = alike.setdefault(file.stem.casefold(), file)
        if before != file:
            what = f"'{before.name}' and '{file.name}' are called alike, as if they were the same talk."
            _refuse(what, place, remedy="Keep one of them, or give each talk a name of its own.")
    return files


def _read_talks(file: Path, *, is_alone: bool) -> list[tuple[str, list[Line]]]:
    """Return title and lines of each talk in a file; captions hold one, and no headings."""
    kind = file.suffix.lower()
    if kind in OTHERS:
        _refuse(f"Files that end in {kind} cannot be read here.", file, remedy=OTHERS[kind])
    if kind in documents.KINDS:
        return _split_talks(_name_spans(documents.read_document(file)), is_alone=is_alone)
    text = _decode(file)
    if kind in captions.KINDS or text.startswith("WEBVTT"):
        return [("", captions.read_captions(text))]
    return _split_talks(_name_spans([Line(line) for line in text.splitlines()]), is_alone=is_alone)


def _decode(file: Path) -> str:
    content = file.read_bytes()
    for encoding in list_encodings(content):
        try:
            return content.decode(encoding)
        except UnicodeError:
            continue
    _refuse("The file has another encoding.", file, remedy="Save it again as text in UTF-8.")


def _name_spans(lines: list[Line]) -> list[Line]:
    """Return the lines with the name that stands on a line of its own, between a span of time and the words."""
    at_spans = [at for at, line in enumerate(lines[:-2]) if SPAN.match(line.text.strip())]
    named = [at + 1 for at in at_spans if lines[at + 1].text.strip() and lines[at + 2].text.strip()]
    names = {at: lines[at].text.strip() for at in named}
    if any(SENTENCE.search(name) or len(name.split()) > 5 for name in names.values()):
        return lines
    labels = {at + 1: name for at, name in names.items()}
    return [Line(line.text, labels.get(at, line.label)) for at, line in enumerate(lines) if at not in names]


def _split_talks(lines: list[Line], *, is_alone: bool) -> list[tuple[str, list[Line]]]:
    """Return title and lines of each talk; headings within a talk are no words of anybody."""
    levels = [0 if line.label else _rank_heading(line.text) for line in lines]
    counts = Counter(level for level, line in zip(levels, lines) if level and _strip(line) not in NO_TALKS)
    top = next((level for level in sorted(counts) if counts[level] > 1), 0) if is_alone else 0
    talks = [("", [])]
    for line, level in zip(lines, levels):
        if level and level == top and _strip(line) not in NO_TALKS:
            talks.append((line.text.strip("# \t"), []))
        else:
            talks[-1][1].append(Line("") if level else line)
    return [(title, said) for title, said in talks if any(line.text.strip() for line in said)]


def _strip(line: Line) -> str:
    return line.text.strip("# \t").casefold()


def _rank_heading(line: str) -> int:
    marked = HEADING.match(line)
    return len(marked["marks"]) if marked else PLAIN_LEVEL if PLAIN_HEADING.match(line.strip()) else 0


def _read_talk(name: str, lines: list[Line], *, day: str) -> Talk:
    labels = {line.label for line in lines if line.label} or find_labels([line.text for line in lines])
    paragraphs, label, is_open = [], "", False
    for line in lines:
        said, text = (line.label, line.text) if line.label else split_label(line.text)
        if said.casefold() in NOT_PEOPLE:
            day += f" {text}"
        elif said in labels:
            label, is_open = said, True
            paragraphs.append((label, _clean(text)))
        elif BY_TOOLS.fullmatch(line.text.strip()):
            day, is_open = f"{day} {line.text}", False
            paragraphs.append((None, line.text.strip()))
        elif not _clean(line.text):
            is_open = is_open and bool(line.text.strip())  # a time stands within a paragraph, an empty line ends it
        elif is_open:
            paragraphs[-1] = (label, f"{paragraphs[-1][1]} {_clean(line.text)}".strip())
        else:
            paragraphs.append((label, _clean(line.text)))
            is_open = True
    found = DAY.search(day)
    said = [(label or (None if labels else label), text) for label, text in paragraphs if text]
    return Talk(name, found[1] if found else "", said)


def _clean(text: str) -> str:
    """Return the words of a line without the times in it."""
    text = text.strip()
    return "" if ONLY_TIME.match(text) or SPAN.match(text) else INSIDE.sub("", text).strip()


def _number_paragraphs(talk: Talk, talks: list[Talk]) -> list[tuple]:
    speakers = {label: _name_speaker(label, talk, talks) for label in {label for label, _ in talk.paragraphs}}
    return [
        (talk.name, str(turn), speakers[label], label or "", talk.date, text)
        for turn, (label, text) in enumerate(talk.paragraphs, start=1)
    ]


def _name_speaker(label: str | None, talk: Talk, talks: list[Talk]) -> str:
    """Return who speaks, told apart over all talks: whoever has no name of their own is named after the talk."""
    if not label:
        return "" if label is None else talk.name
    is_shared = len(talks) > 1 and sum(any(label == one for one, _ in other.paragraphs) for other in talks) > 1
    is_bare = not label[-1].isdigit()
    if not is_anybody(label) or not (is_bare or is_shared):
        return label
    alike = {one for one, _ in talk.paragraphs if one and is_anybody(one)}
    return talk.name if len(alike) == 1 else f"{talk.name} {label}"


def _refuse(what: str, place: Path, *, allowed: str = "", remedy: str = "") -> None:
    raise FaultsFound([Fault(what, place.name, allowed=allowed, remedy=remedy)], place.name)
