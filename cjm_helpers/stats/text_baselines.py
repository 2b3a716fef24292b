"""What a machine that sorts texts has to beat: a list of search words, and likeness to the average text."""

import numpy as np

from cjm_helpers.stats.text_classifier import Terms, weigh_without

MOST_WORDS = 10


def search_out_of_fold(terms: Terms, carries: np.ndarray, *, folds: np.ndarray) -> np.ndarray:
    """Say for each text and label whether it holds one of the label's search words, learnt without its fold.

    The rule that somebody would write by hand: up to ten words or pairs of words, a text that holds any of them carries
    the label. The first is the one with the highest F1, each further one raises F1 most; it stops where none does.

    Examples
    --------
    >>> from cjm_helpers.stats.text_classifier import count_terms
    >>> terms = count_terms(["slow page", "friendly help"] * 30)
    >>> search_out_of_fold(terms, np.array([[True], [False]] * 30), folds=np.arange(60) // 2 % 5)[:2].tolist()
    [[True], [False]]
    """
    holds = (terms.counts > 0).astype(float)
    found = np.zeros(carries.shape, dtype=bool)
    for fold in np.unique(folds):
        learnt, asked = holds[folds != fold], holds[folds == fold].tocsc()
        for label in range(carries.shape[1]):
            words = choose_words(learnt, carries[folds != fold, label])
            found[folds == fold, label] = asked[:, words].getnnz(axis=1) > 0
    return found


def choose_words(holds, carries: np.ndarray) -> list[int]:
    """Return the columns of the words to search for, the best first.

    Examples
    --------
    >>> from scipy.sparse import csr_matrix
    >>> choose_words(csr_matrix(np.eye(2)[[0, 0, 0, 1]]), np.array([True, True, True, False]))
    [0]
    """
    by_word, is_left, words = holds.tocsc(), np.ones(len(carries), dtype=bool), []
    right = wrong = best = 0.0
    while len(words) < MOST_WORDS:
        hits, misses = (is_left & carries) @ holds, (is_left & ~carries) @ holds
        scores = 2 * (right + hits) / (right + hits + wrong + misses + carries.sum())
        if not len(scores) or scores.max() <= best:
            break
        word = int(scores.argmax())
        words.append(word)
        best, right, wrong = scores[word], right + hits[word], wrong + misses[word]
        is_left[by_word[:, word].indices] = False
    return words


def compare_out_of_fold(terms: Terms, carries: np.ndarray, *, folds: np.ndarray) -> np.ndarray:
    """Return for each text and label how much nearer it is to the average text with the label than to one without.

    Cosine of TF-IDF weights, averages made without its fold.

    Source: nearest centroid (Rocchio 1971).

    Examples
    --------
    >>> from cjm_helpers.stats.text_classifier import count_terms
    >>> terms = count_terms(["slow page", "friendly help"] * 30)
    >>> compare_out_of_fold(terms, np.array([[True], [False]] * 30), folds=np.arange(60) // 2 % 5)[:2].round(3).tolist()
    [[1.0], [-1.0]]
    """
    nearer = np.zeros(carries.shape)
    for fold in np.unique(folds):
        learnt, asked = weigh_without(terms.counts, folds == fold)
        having = carries[folds != fold]
        nearer[folds == fold] = asked @ _average(learnt, having) - asked @ _average(learnt, ~having)
    return nearer


def _average(weighed, chosen: np.ndarray) -> np.ndarray:
    """Return the sum of the chosen texts for each label, of length one."""
    sums = weighed.T @ chosen.astype(float)
    lengths = np.linalg.norm(sums, axis=0)
    return sums / np.where(lengths > 0, lengths, 1.0)
