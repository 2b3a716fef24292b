"""Likeness of texts by the words they share, and how far a text is like each of several groups of texts."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

ENDINGS = ("ings", "ing", "ies", "ed", "es", "s", "e", "y")  # the longer one first
SHORTEST_STEM = 3
TELLING = frozenset(  # in scikit-learn's list of common words, though they say what somebody speaks of
    "amount bill bottom call cry describe detail empty fill fire front full interest mill move name part show side "
    "system thick thin".split()
)
DIGITS = 3  # of a likeness: sums end differently in the 16th digit from machine to machine
PRIOR = 5.0  # texts of a group that weigh as much as its description


class Weighed(NamedTuple):
    """Texts as weights of length one: one row a text, one column a stem."""

    weights: object
    stems: np.ndarray


def split_words(text: str) -> list[tuple[str, str]]:
    """Return each word of a text with its stem: small letters, without an ending such as -s, -ed, -ing, -e or -y.

    Single letters and the commonest English words (scikit-learn's list) are left out; a stem has three letters or more.

    Examples
    --------
    >>> split_words("The deliveries were delivered")
    [('deliver', 'deliveries'), ('deliver', 'delivered')]
    """
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS  # scikit-learn takes a second to import

    words = re.findall(r"[^\W\d_]{2,}", text.lower())
    return [(find_stem(word), word) for word in words if word not in ENGLISH_STOP_WORDS or word in TELLING]


@lru_cache(maxsize=100_000)  # texts repeat their words
def find_stem(word: str) -> str:
    """Return a word without its ending.

    Examples
    --------
    >>> find_stem("paying"), find_stem("pages"), find_stem("bus")
    ('pay', 'pag', 'bus')
    """
    kept = [len(word) - len(ending) for ending in ENDINGS if word.endswith(ending)]
    return word[: next((length for length in kept if length >= SHORTEST_STEM), len(word))]


def weigh_stems(texts: Sequence[str]) -> Weighed:
    """Weigh the stems of each text: rare ones more, repeated ones a little more.

    Source: TF-IDF with 1 + log(count), smoothed and scaled to length one, as in scikit-learn.

    Examples
    --------
    >>> weighed = weigh_stems(["a slow page", "slow pages", "kind staff"])
    >>> weighed.stems.tolist()
    ['kind', 'pag', 'slow', 'staff']
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    split = TfidfVectorizer(analyzer=lambda text: [stem for stem, _ in split_words(text)], sublinear_tf=True)
    if not any(split_words(text) for text in texts):  # nothing can be weighed where nothing is said
        from scipy.sparse import csr_matrix

        return Weighed(csr_matrix((len(texts), 0)), np.array([], dtype=str))
    weights = split.fit_transform(texts)
    return Weighed(weights, split.get_feature_names_out())


def describe_groups(described, said, *, groups: np.ndarray):
    """Return what is typical of each group, of length one: its description and the average of its known texts.

    The description weighs as much as five texts. described has one row a group, said one row a text; groups holds for
    each text the place of its group.

    Source: nearest prototype (Rocchio 1971); the weight of the description is ours.

    Examples
    --------
    >>> weights = weigh_stems(["pay", "courier", "card refused"]).weights
    >>> typical = describe_groups(weights[:2], weights[2:], groups=np.array([0]))
    >>> compare_texts(weights[2:], typical).tolist()
    [[0.196, 0.0]]
    """
    from scipy.sparse import csr_matrix, diags_array

    count = described.shape[0]
    known = np.bincount(groups, minlength=count)
    chosen = csr_matrix((np.ones(len(groups)), (groups, np.arange(len(groups)))), shape=(count, said.shape[0]))
    share = known / (known + PRIOR)
    return _scale(diags_array(share) @ _scale(chosen @ said) + diags_array(1 - share) @ described)


def compare_texts(weights, typical) -> np.ndarray:
    """Return how like each text is to each group: cosine, 0 to 1.

    Examples
    --------
    >>> weights = weigh_stems(["slow page", "slow pages", "kind staff"]).weights
    >>> compare_texts(weights[:1], weights).tolist()
    [[1.0, 1.0, 0.0]]
    """
    return (weights @ typical.T).toarray().round(DIGITS)


def find_shared(weights, typical) -> list[list[int]]:
    """Return for each text the columns of the stems that make it like the group in the same row, the strongest first.

    Examples
    --------
    >>> weighed = weigh_stems(["slow page", "slow slow pages", "kind staff"])
    >>> [str(weighed.stems[column]) for column in find_shared(weighed.weights[[0]], weighed.weights[[1]])[0]]
    ['slow', 'pag']
    """
    shared = weights.multiply(typical).tocsr()
    rows = (slice(start, end) for start, end in zip(shared.indptr, shared.indptr[1:]))
    parts = ((shared.indices[row], shared.data[row].round(DIGITS)) for row in rows)
    return [columns[np.lexsort((columns, -strengths))].tolist() for columns, strengths in parts]


def _scale(rows):
    """Return rows of length one; an empty row stays empty."""
    from scipy.sparse import diags_array

    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return (diags_array(1 / np.where(lengths > 0, lengths, 1.0)) @ rows).tocsr()
