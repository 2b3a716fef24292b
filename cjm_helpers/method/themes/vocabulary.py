"""Vocabulary: which words of verbatims are compared; little words go by a list or for being common."""

import re
from collections import Counter
from collections.abc import Iterable
from html import unescape

import pandas as pd

ENGLISH = "en"
LEAST_TEXTS = 3  # a word of fewer texts says nothing about many
# Words in more of the texts are left out; English texts lost their little words before.
COMMON_ENGLISH, COMMON = 0.5, 0.1
WORD = re.compile(r"[^\W\d_]{2,}")
ADDRESS = re.compile(r"https?://\S+|\S*@\S+")
KEPT = frozenset(  # on scikit-learn's list of little words, and yet what customers talk about
    "amount back bill bottom call cry describe detail empty fill fire front full interest move never nothing serious "
    "side system top".split()
)
ENDINGS = frozenset(  # what is left of "don't" or "I've" when it is taken apart
    "ain aren couldn didn doesn don hadn hasn haven isn ll mustn needn re shouldn ve wasn weren won wouldn".split()
)


def count_words(texts: Iterable[str], languages: Iterable[str]) -> tuple:
    """Count the words of each text that may tell what it is about; return the counts (sparse) and the words.

    Left out: addresses and names with @, little words, words of fewer than three texts. Little words of texts in
    English ("en") are those on a list, in other languages those in more than a tenth of the texts.

    Examples
    --------
    >>> counts, words = count_words(["The page is slow", "So slow", "A slow one"], ["en", "en", "en"])
    >>> words, counts.toarray().tolist()
    (['slow'], [[1], [1], [1]])
    """
    from scipy.sparse import csr_array

    is_english = [language == ENGLISH for language in languages]
    said = [WORD.findall(ADDRESS.sub(" ", unescape(text).casefold())) for text in texts]
    little = _list_english()
    said = [[word for word in words if word not in little] if english else words
            for words, english in zip(said, is_english, strict=True)]  # fmt: skip
    common = _find_common(said, is_english)
    said = [[word for word in words if word not in common[english]]
            for words, english in zip(said, is_english, strict=True)]  # fmt: skip
    texts_of = Counter(word for words in said for word in set(words))
    names = sorted(word for word, texts in texts_of.items() if texts >= LEAST_TEXTS)
    column = {word: place for place, word in enumerate(names)}
    cells = [(row, column[word]) for row, words in enumerate(said) for word in words if word in column]
    rows, columns = zip(*cells, strict=True) if cells else ((), ())
    return csr_array(([1] * len(cells), (rows, columns)), shape=(len(said), len(names)), dtype=int), names


def find_language(feedback: pd.DataFrame) -> str:
    """Return the language that most verbatims name; "" where none does.

    Examples
    --------
    >>> find_language(pd.DataFrame({"lang": ["en", "", "EN", "de"]}))
    'en'
    """
    named = feedback["lang"].str.casefold().str[:2]
    counted = named[named != ""].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return counted.index[0] if len(counted) else ""


def _list_english() -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return (ENGLISH_STOP_WORDS - KEPT) | ENDINGS


def _find_common(said: list[list[str]], is_english: list[bool]) -> dict[bool, set[str]]:
    """Return the words that are in too many texts, for English texts and for others."""
    common = {}
    for english, most in ((True, COMMON_ENGLISH), (False, COMMON)):
        own = [set(words) for words, one in zip(said, is_english, strict=True) if one == english]
        texts_of = Counter(word for words in own for word in words)
        common[english] = {word for word, texts in texts_of.items() if texts > max(most * len(own), LEAST_TEXTS)}
    return common
