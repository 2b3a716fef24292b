"""Reads captions (.vtt, .srt) as a talk: cues of one speaker joined to paragraphs, each word of theirs once."""

import html
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from cjm_helpers.study.sources.speakers import LONG_NAME, Line, find_labels, is_name

KINDS = (".vtt", ".srt")
CLOCK = r"(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
TIMING = re.compile(rf"^\s*{CLOCK}\s*-->\s*{CLOCK}")
NOT_SAID = re.compile(r"^(?:WEBVTT|NOTE|STYLE|REGION)(?:\s|$)")
VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>")
NAMED = re.compile(rf"^\[?(?P<label>{LONG_NAME})\]?:\s+(?P<text>.*)$")
TAG = re.compile(r"</?(?:v|c|i|b|u|ruby|rt|lang|font)(?:[.\s][^>]*)?>|<\d+:[\d:.]+>")
SENTENCE_END = re.compile(r"[.?!…。？！][\"'”’»)]*$")
PAUSE = 3.0  # seconds; after a sentence, a new paragraph
LONGEST = 120  # words of a paragraph, after which the next sentence begins a new one
TOUCH = 0.1  # seconds between cues that follow at once
ROLLED = 3  # words that come again at once in a rolling caption, and hardly in speech


class Cue(NamedTuple):
    """Words on the screen from one second to another, and whose they are."""

    start: float
    end: float
    label: str
    text: str


def read_captions(text: str) -> list[Line]:
    """Return the paragraphs of captions, each followed by an empty line, with their speakers where these are named.

    A paragraph ends where another speaks, where a sentence is followed by a pause of 3 seconds, and at the first end of
    a sentence behind 120 words. Words that a rolling caption shows again are read once.

    Examples
    --------
    >>> said = "WEBVTT\\n\\n00:01.000 --> 00:02.000\\n<v Lena>It was\\n\\n00:02.000 --> 00:03.000\\n<v Lena>slow."
    >>> read_captions(said)[0]
    Line(text='It was slow.', label='Lena')
    """
    paragraphs: list[list[Cue]] = []
    for cue in _roll_up(_name_cues(list(_find_cues(text)))):
        if not paragraphs or _is_new(paragraphs[-1], cue):
            paragraphs.append([])
        paragraphs[-1].append(cue)
    joined = [Line(" ".join(cue.text for cue in cues), cues[0].label) for cues in paragraphs]
    return [line for said in joined for line in (said, Line(""))]


def _find_cues(text: str) -> Iterator[Cue]:
    """Yield the voices of each cue; words that stand after an empty line belong to the cue above them."""
    start = end = None
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n").strip("\ufeff\n ")):
        lines = block.split("\n")
        at = next((at for at, line in enumerate(lines) if TIMING.match(line)), -1)
        if at >= 0:
            clocks = TIMING.match(lines[at]).groups()
            start, end = _count_seconds(clocks[:4]), _count_seconds(clocks[4:])
        elif start is None or NOT_SAID.match(block):
            continue
        for label, words in _split_voices("\n".join(lines[at + 1 :])):
            yield Cue(start, end, label, words)


def _split_voices(text: str) -> list[tuple[str, str]]:
    parts = ["", *VOICE.split(text)]
    voices = [(html.unescape(label).strip(), _clean(words)) for label, words in zip(parts[::2], parts[1::2])]
    return [(label, words) for label, words in voices if words]


def _clean(text: str) -> str:
    return " ".join(html.unescape(TAG.sub("", text)).split())


def _count_seconds(clock: tuple) -> float:
    hours, minutes, seconds, fraction = (part or "0" for part in clock)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction}")


def _name_cues(cues: list[Cue]) -> list[Cue]:
    """Return the cues with the names that stand before a colon, where no voice is named; a cue without goes on.

    Where most cues begin with a name, somebody may speak once only, and be called as meeting tools call people.
    """
    if any(cue.label for cue in cues):
        return cues
    found = [NAMED.match(cue.text) for cue in cues]
    counts = Counter(one["label"] for one in found if one)
    labels = {label for label, count in counts.items() if count > 1 or is_name(label)}
    if sum(counts[label] for label in labels) * 2 <= len(cues):
        labels = find_labels([cue.text for cue in cues])
    named, label = [], ""
    for cue, one in zip(cues, found, strict=True):
        is_named = bool(one) and one["label"] in labels
        label = one["label"] if is_named else label
        named.append(cue._replace(label=label, text=one["text"] if is_named else cue.text))
    return [cue for cue in named if cue.text]


def _roll_up(cues: list[Cue]) -> Iterator[Cue]:
    """Yield the cues without the words that the speaker's cue before them has shown already."""
    last: dict[str, Cue] = {}
    for cue in cues:
        before = last.get(cue.label)
        words = cue.text.split()
        fresh = words[_count_again(before, cue) :] if before else words
        last[cue.label] = cue
        if fresh:
            yield cue._replace(text=" ".join(fresh))


def _count_again(before: Cue, cue: Cue) -> int:
    """Return how many words a cue begins with that the one before it ended with, shown on and not said again."""
    if cue.start - before.end > TOUCH:
        return 0
    old, new = before.text.split(), cue.text.split()
    least = 1 if cue.start < before.end else ROLLED
    sizes = range(min(len(old), len(new)), least - 1, -1)
    return next((size for size in sizes if old[-size:] == new[:size]), 0)


def _is_new(paragraph: list[Cue], cue: Cue) -> bool:
    last = paragraph[-1]
    if cue.label != last.label:
        return True
    is_long = sum(len(one.text.split()) for one in paragraph) >= LONGEST
    return bool(SENTENCE_END.search(last.text)) and (is_long or cue.start - last.end >= PAUSE)
