"""What the headings of an export say: their words, what a battery of questions has in common, and which touchpoint."""

import re
from collections import Counter
from collections.abc import Iterable

BREAKS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=\d)(?=[A-Za-z])|[^\w'’]+|_+")
SILENT = (
    "the", "a", "an", "of", "with", "to", "at", "in", "on", "for", "and", "or", "our", "your", "you", "we", "us", "it",
    "is", "was", "were", "are", "did", "do", "how", "what", "would", "satisfied", "satisfaction", "rate", "rating",
    "score", "please", "about", "when", "by", "this", "that", "page", "experience", "q", "csat", "using", "use",
)  # fmt: skip
ASKING = (*SILENT, "ease", "easy", "easily", "effort", "difficult", "happy", "like", "pleased", "overall", "stars")
ENDING = (
    "ease", "easy", "of", "use", "how", "was", "were", "is", "it", "rating", "rate", "score", "satisfaction",
    "satisfied", "csat", "experience", "stars",
)  # fmt: skip
RANGE = r"-?\d+\s*(?:-|–|to|/|\.\.+)\s*\d+"
SCALE_SAID = re.compile(rf"[(\[]\s*{RANGE}[^)\]]*[)\]]|(?<![\w-]){RANGE}\W*$")  # such as (1-5), or 0-10 at the end
JOINED = re.compile(r"_+|(?<=[a-z]{4})(?=[A-Z][a-z]{2})")  # seat_width and seatWidth, but not WiFi
QUESTION_WORDS = (
    "what", "why", "how", "which", "who", "when", "where", "please", "describe", "tell", "explain", "is", "are", "do",
    "did", "does", "have", "was", "were", "can", "could", "would", "if", "in",
)  # fmt: skip
LEAST_ASKED = 3  # words of a question
LEAST_STEM = 4  # letters by which two forms of a word are known as one
LEAST_MATCH = 0.5
PREFIXES = ((3, 2), (2, 2), (1, 3))  # so many first words in common, in so many headings


def split_words(heading: str) -> list[str]:
    """Return the words of a heading, also of one such as Q7ART or seat_width.

    Examples
    --------
    >>> split_words("Q7ART"), split_words("How was the payment page?")
    (['Q7', 'ART'], ['How', 'was', 'the', 'payment', 'page'])
    """
    return [word for word in BREAKS.split(heading) if word]


def find_batteries(headings: Iterable[str]) -> dict[str, str]:
    """Return for each heading what it has in common with others, "" where it stands alone.

    Examples
    --------
    >>> find_batteries(["How was the payment?", "How was the parcel?", "Age"])
    {'How was the payment?': 'How was the', 'How was the parcel?': 'How was the', 'Age': ''}
    """
    headings = list(headings)
    words = {heading: split_words(heading) for heading in headings}
    keys = {heading: [_key(words[heading], size) for size, _ in PREFIXES] for heading in headings}
    ends = Counter(_fold(words[heading][-1]) for heading in headings if len(words[heading]) > 1)
    counts = Counter(key for own in keys.values() for key in own if key)
    stems = {}
    for heading in headings:
        fitting = [key for key, (_, least) in zip(keys[heading], PREFIXES) if key and counts[key] >= least]
        most = max((counts[key] for key in fitting), default=0)
        prefix = next((key for key in fitting if counts[key] >= most / 2), ())  # the longest that most share
        end = (_fold(words[heading][-1]),) if len(words[heading]) > 1 else ()
        is_ended = bool(end) and ends[end[0]] >= PREFIXES[-1][1] and ends[end[0]] > counts.get(prefix, 0)
        if is_ended:
            stems[heading] = words[heading][-1]
        else:
            alike = [words[other] for other in headings if prefix and prefix in keys[other]]
            stems[heading] = " ".join(_find_prefix(alike))
    return stems


def name_distinct(heading: str, *, stem: str) -> str:
    """Return what is special about a heading, as a name for a touchpoint.

    Examples
    --------
    >>> name_distinct("How was the payment page?", stem="How was the")
    'Payment page'
    >>> name_distinct("Your Wi-Fi - how was it? (1-5)", stem="")
    'Wi-Fi'
    """
    said = SCALE_SAID.sub(" ", heading)
    spans = _find_spans(said)
    words = [_fold(said[start:end]) for start, end in spans]
    common = [_fold(word) for word in split_words(stem)]
    first, last = 0, len(words)
    if common and words[: len(common)] == common and not _is_bound(said, spans, len(common)):
        first = len(common)
    elif common and words[-len(common) :] == common and not _is_bound(said, spans, last - len(common)):
        last -= len(common)
    while last - first > 1 and not _is_bound(said, spans, first + 1) and _is_asking(words[first]):
        first += 1
    while last - first > 1 and not _is_bound(said, spans, last - 1) and words[last - 1] in ENDING:
        last -= 1
    text = JOINED.sub(" ", said[spans[first][0] : spans[last - 1][1]]) if first < last else heading
    text = text.lower() if text.isupper() else text
    return text[:1].upper() + text[1:]


def match_touchpoint(heading: str, *, names: dict[str, str]) -> str:
    """Return the id of the touchpoint whose name or id has most words in common with a heading, or "".

    Examples
    --------
    >>> match_touchpoint("q_payment", names={"basket": "Basket", "payment": "Payment page"})
    'payment'
    """
    own = list_stems(heading)
    shares = {touchpoint: _share(own, list_stems(name), list_stems(touchpoint)) for touchpoint, name in names.items()}
    best = max(shares, key=shares.get, default="")
    return best if best and shares[best] >= LEAST_MATCH else ""


def list_stems(text: str) -> list[str]:
    """Return the words that say something, in small letters and without question numbers.

    Examples
    --------
    >>> list_stems("Q7: How was the Payment page?")
    ['payment']
    """
    words = [_fold(word) for word in split_words(text)]
    return [word for word in words if word not in SILENT and not re.fullmatch(r"[a-z]?\d+[a-z]?", word)]


def is_question(heading: str) -> bool:
    """Tell whether a heading reads like a question that somebody was asked.

    Examples
    --------
    >>> is_question("Q7: What should we do better?"), is_question("Please tell us more"), is_question("Comment")
    (True, True, False)
    """
    words = [_fold(word) for word in split_words(heading) if not re.fullmatch(r"[a-zA-Z]?\d+[a-zA-Z]?", word)]
    is_long = len(words) >= LEAST_ASKED
    return is_long and (heading.rstrip().endswith("?") or words[0] in QUESTION_WORDS)


def has_word(heading: str, words: Iterable[str]) -> bool:
    """Tell whether one of the words begins a word of the heading, or stands in it as a phrase.

    Examples
    --------
    >>> has_word("How likely are you to recommend us?", ["recommend"]), has_word("Package", ["age"])
    (True, False)
    """
    spelt = " " + " ".join(_fold(word) for word in split_words(heading))
    return any(re.search(rf"(?<![^\W\d_]){re.escape(word)}", spelt) for word in words)


def _find_spans(text: str) -> list[tuple[int, int]]:
    """Return where each word begins and ends, so that what stands between kept words is kept."""
    edges = [0, *(edge for found in BREAKS.finditer(text) for edge in found.span()), len(text)]
    return [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end]


def _is_bound(text: str, spans: list[tuple[int, int]], at: int) -> bool:
    """Tell whether a word hangs on the one before it, as in Check-in."""
    return 0 < at < len(spans) and text[spans[at - 1][1] : spans[at][0]] == "-"


def _is_asking(word: str) -> bool:
    return word in ASKING or bool(re.fullmatch(r"[a-z]?\d+[a-z]?", word))


def _fold(word: str) -> str:
    return word.casefold().strip("'’")


def _key(words: list[str], size: int) -> tuple[str, ...]:
    return tuple(_fold(word) for word in words[:size]) if len(words) > size else ()


def _find_prefix(alike: list[list[str]]) -> list[str]:
    common = []
    for same in zip(*alike):
        if len({_fold(word) for word in same}) > 1 or len(common) + 1 >= min(map(len, alike)):
            break
        common.append(same[0])
    return common


def _share(own: list[str], *named: list[str]) -> float:
    """The larger share of a touchpoint's words that the heading has, and of the heading's words that it explains."""
    best = 0.0
    for words in named:
        common = sum(any(_is_same(word, other) for other in own) for word in words)
        explained = sum(any(_is_same(word, other) for other in words) for word in own)
        if words and own:
            best = max(best, (common / len(words) + explained / len(own)) / 2)
    return best


def _is_same(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return short == long or (len(short) >= LEAST_STEM and long.startswith(short))
