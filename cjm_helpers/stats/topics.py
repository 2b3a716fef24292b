"""Topics: words that go together in many texts, and whether the same ones come back in other texts of the kind."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from cjm_helpers.stats.kmeans import use_one_thread

GRID, FEWEST, MOST = (5, 8, 11, 14, 17, 20), 5, 20
TOP = 10  # words that stand for a topic
REFITS, DRAWN, MOST_DRAWN = 20, 0.8, 3_000  # share of the texts in a sample, and how many are enough
SEARCH_REFITS = 10
SHUFFLES, SHUFFLED_REFITS = 19, 2  # none of 19 comes as high: p = .05
RARE = 0.95
ALMOST = 0.95  # of the work, where nobody knows how much there is
STEPS, REFIT_STEPS = 100, 30
DIGITS = 6  # of a word's weight: sums end differently in the 16th digit from machine to machine


class Topics(NamedTuple):
    """loads: one row a text, one column a topic; words: one row a topic, one column a word, each row sums to 1."""

    loads: np.ndarray
    words: np.ndarray


class Stability(NamedTuple):
    """How far each topic comes back (0-1); by_chance: what one topic in twenty reaches where words are shuffled.

    shuffled: the mean over the topics of each shuffling. The topics hold if their own mean is above all of these.
    """

    each: np.ndarray
    by_chance: float
    shuffled: np.ndarray

    @property
    def holds(self) -> bool:
        return bool(self.each.mean() > self.shuffled.max())


def weigh_words(counts):
    """Return the weights (TF-IDF) of counted words: one row a text, one column a word; each row of length 1.

    Examples
    --------
    >>> from scipy.sparse import csr_matrix
    >>> weigh_words(csr_matrix([[1, 0], [1, 1]])).toarray().round(2).tolist()
    [[1.0, 0.0], [0.58, 0.81]]
    """
    from sklearn.feature_extraction.text import TfidfTransformer

    return TfidfTransformer(sublinear_tf=True).fit_transform(counts)


def find_topics(weights, *, topics: int) -> Topics:
    """Split texts into so many topics, so that loads times words come as near to the weights as they can.

    Source: non-negative matrix factorisation by Kullback-Leibler divergence (Lee & Seung 2001), started from NNDSVDa
    (Boutsidis & Gallopoulos 2008), as scikit-learn has it.

    Examples
    --------
    >>> from scipy.sparse import csr_matrix
    >>> found = find_topics(csr_matrix([[1.0, 1, 0, 0], [0, 0, 1, 1], [1, 1, 0, 0]]), topics=2)
    >>> found.loads.argmax(axis=1).tolist(), rank_words(found)[:, :2].tolist()
    ([0, 1, 0], [[0, 1], [2, 3]])
    """
    with use_one_thread():
        return _fit_topics(weights, topics=topics, steps=STEPS)


def rank_words(found: Topics) -> np.ndarray:
    """Return the columns of the ten words that weigh most in each topic, the heaviest first.

    Examples
    --------
    >>> rank_words(Topics(np.zeros((1, 1)), np.array([[0.1, 0.6, 0.3]]))).tolist()
    [[1, 2, 0]]
    """
    return np.argsort(-found.words.round(DIGITS), axis=1, kind="stable")[:, :TOP]


def choose_topics(
    weights, *, refits: int = SEARCH_REFITS, seed: int = 0, say: Callable[[str, float], None] | None = None
) -> int:
    """Choose the number of topics (5-20) whose words come back best in other texts of the kind; of equals the smaller.

    Numbers three apart are tried first, then the neighbours of the best while one is better.

    Examples
    --------
    >>> from scipy.sparse import csr_matrix
    >>> choose_topics(csr_matrix(np.kron(np.eye(8), np.ones((10, 10)))), refits=1)
    8
    """
    most = min(MOST, min(weights.shape) - 1)
    tried: dict[int, float] = {}

    def try_out(numbers: Sequence[int]) -> int:
        for topics in [number for number in numbers if FEWEST <= number <= most and number not in tried]:
            if say:
                say(f"Trying {topics} themes", min(len(tried) / (len(GRID) + 2), ALMOST))
            each = measure_stability(weights, topics=topics, refits=refits, steps=REFIT_STEPS, seed=seed)
            tried[topics] = round(float(each.mean()), DIGITS)
        return min(tried, key=lambda topics: (-tried[topics], topics))

    best, before = try_out(GRID), 0
    while best != before:
        before, best = best, try_out((best - 1, best + 1))
    return best


def judge_stability(
    counts,
    *,
    topics: int,
    refits: int = REFITS,
    shuffles: int = SHUFFLES,
    seed: int = 0,
    say: Callable[[str, float], None] | None = None,
) -> Stability:
    """Measure how far topics come back, beside what they would where all words are shuffled over the texts.

    Examples
    --------
    >>> from scipy.sparse import csr_matrix
    >>> apart = csr_matrix(np.kron(np.eye(2, dtype=int), np.ones((20, 12), dtype=int)))
    >>> judge_stability(apart, topics=2, refits=2, shuffles=2).holds
    True
    """
    if say:
        say("Looking at other samples", 0.0)
    each = measure_stability(weigh_words(counts), topics=topics, refits=refits, seed=seed)
    chance = []
    for number in range(1, shuffles + 1):
        if say:
            say("Comparing with shuffled words", number / (shuffles + 1))
        shuffled = weigh_words(shuffle_words(counts, seed=seed + number))
        chance.append(measure_stability(shuffled, topics=topics, refits=SHUFFLED_REFITS, steps=REFIT_STEPS, seed=seed))
    return Stability(each, float(np.quantile(chance, RARE)), np.mean(chance, axis=1))


def measure_stability(weights, *, topics: int, refits: int = REFITS, steps: int = STEPS, seed: int = 0) -> np.ndarray:
    """Return for each topic how far its ten words come back (0-1) in samples of the texts.

    A sample is 80 % of the texts, and 3,000 at most.

    The mean over the refits of the best Jaccard index: words in both lists over words in either.

    Source: after Greene, O'Callaghan & Cunningham (2014), with the best match in place of a one-to-one match.

    Examples
    --------
    >>> from scipy.sparse import csr_matrix
    >>> apart = csr_matrix(np.kron(np.eye(2), np.ones((20, 10))))
    >>> measure_stability(apart, topics=2, refits=3).tolist()
    [1.0, 1.0]
    """
    rng, texts = np.random.default_rng(seed), weights.shape[0]
    size = min(int(DRAWN * texts), MOST_DRAWN)
    drawn = [np.sort(rng.permutation(texts)[:size]) for _ in range(refits)]
    with use_one_thread():
        whole = _list_sets(_fit_topics(weights, topics=topics, steps=steps))
        refitted = [_list_sets(_fit_topics(weights[rows], topics=topics, steps=REFIT_STEPS)) for rows in drawn]
    alike = [
        [max(len(words & other) / len(words | other) for other in others) for words in whole] for others in refitted
    ]
    return np.mean(alike, axis=0).round(DIGITS)


def shuffle_words(counts, *, seed: int = 0):
    """Return counted words dealt anew over the texts; every text keeps its length and every word its number.

    Examples
    --------
    >>> from scipy.sparse import csr_matrix
    >>> dealt = shuffle_words(csr_matrix([[2, 0, 1], [0, 3, 0]]))
    >>> dealt.sum(axis=0).tolist(), dealt.sum(axis=1).ravel().tolist()
    ([2, 3, 1], [3, 3])
    """
    from scipy.sparse import coo_array

    by_text = counts.tocoo()
    times = by_text.data.astype(int)
    texts, words = np.repeat(by_text.row, times), np.repeat(by_text.col, times)
    dealt = np.random.default_rng(seed).permutation(words)
    return coo_array((np.ones(len(dealt), dtype=int), (texts, dealt)), shape=counts.shape).tocsr()


def _list_sets(found: Topics) -> list[set]:
    return [set(words) for words in rank_words(found).tolist()]


def _fit_topics(weights, *, topics: int, steps: int) -> Topics:
    from sklearn.decomposition import NMF

    measure = "kullback-leibler"
    model = NMF(topics, init="nndsvda", solver="mu", beta_loss=measure, max_iter=steps, tol=0, random_state=0)
    loads, words = model.fit_transform(weights), model.components_
    sums = words.sum(axis=1)
    return Topics(loads * sums, words / np.where(sums > 0, sums, 1.0)[:, None])
