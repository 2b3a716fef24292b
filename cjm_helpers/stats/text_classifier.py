"""Learns from texts that people sorted which of several labels a new text carries, one label at a time."""

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from scipy.special import expit

from cjm_helpers.errors import CjmError
from cjm_helpers.stats.kmeans import use_one_thread

FOLDS = 5
LEAST_TEXTS = 2  # a term that fewer texts hold is not learnt
CALIBRATED_FROM = 100  # texts that carry the label
STRENGTH = 10.0  # C; with 1, probabilities of rare labels hardly rise (mean Brier skill .38, not .66, on the example)
DIGITS = 3  # of a probability: sums end differently in the 16th digit from machine to machine
TELLING, TELLING_AMONG = 3, 9  # terms shown for a label, chosen among the strongest
WORKERS = 2
# Thai, Lao, Burmese, Khmer, Japanese and Chinese put no blanks between words: each letter stands for itself there, and
# pairs of neighbours for words. The signs above and below letters belong to the word (accents, the scripts of India).
LETTERWISE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
WORD = rf"[{LETTERWISE}]|(?:[^\W{LETTERWISE}]|[\u0300-\u036f\u0900-\u0dff]){{2,}}"


class Terms(NamedTuple):
    """Texts as counts: one row a text, one column a word or pair of words; counter makes the same of further texts."""

    counts: object
    counter: object

    @property
    def names(self) -> np.ndarray:
        return self.counter.get_feature_names_out()


class Model(NamedTuple):
    """What was learnt: per label a weight for each term, and the line that makes a probability of their sum."""

    counter: object
    columns: np.ndarray
    weigher: object
    weights: np.ndarray
    lines: np.ndarray

    @property
    def names(self) -> np.ndarray:
        return self.counter.get_feature_names_out()[self.columns]


def count_terms(texts: Sequence[str]) -> Terms:
    """Count the words of two letters or more, and pairs of neighbouring words, in each text; capitals do not matter.

    Raises
    ------
    CjmError
        When no text holds a word.

    Examples
    --------
    >>> count_terms(["Too slow", "far too slow"]).names.tolist()
    ['far', 'far too', 'slow', 'too', 'too slow']
    """
    from sklearn.feature_extraction.text import CountVectorizer

    if not any(re.search(WORD, text) for text in texts):
        raise CjmError(f"None of {len(texts)} texts holds a word of two letters or more, so there is nothing to learn.")
    counter = CountVectorizer(ngram_range=(1, 2), token_pattern=WORD)
    return Terms(counter.fit_transform(texts), counter)


def deal_folds(carries: np.ndarray, groups: Sequence[str], *, seed: int = 0) -> np.ndarray:
    """Deal texts into five folds, all of one group (a customer) into the same, each label spread over them.

    carries has one row a text, one column a label. A text counts for the rarest label that it carries.

    Source: scikit-learn's StratifiedGroupKFold; which label a text with several counts for is ours.

    Examples
    --------
    >>> folds = deal_folds(np.ones((10, 1), dtype=bool), list("aabbccddee"))
    >>> sorted(folds.tolist())
    [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    """
    from sklearn.model_selection import StratifiedGroupKFold

    rarest = np.where(carries, carries.sum(axis=0), len(carries) + 1).argmin(axis=1)
    strata = np.where(carries.any(axis=1), rarest, -1)
    kinds, numbers, sizes = np.unique(strata, return_inverse=True, return_counts=True)
    strata[sizes[numbers] < FOLDS] = kinds[sizes.argmax()]  # too few to be spread
    folds = np.zeros(len(carries), dtype=int)
    dealer = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    for fold, (_, held_out) in enumerate(dealer.split(strata, strata, np.asarray(groups))):
        folds[held_out] = fold
    return folds


def weigh_without(counts, held_out: np.ndarray) -> tuple:
    """Return the weights (TF-IDF) of the terms of the texts not held out, and of those held out: chosen by the former.

    Examples
    --------
    >>> counts = count_terms(["slow page", "slow page", "page"]).counts
    >>> [part.shape for part in weigh_without(counts, np.array([False, False, True]))]
    [(2, 3), (1, 3)]
    """
    learnt = counts[~held_out]
    columns, weigher = _choose_terms(learnt)
    return weigher.transform(learnt[:, columns]), weigher.transform(counts[held_out][:, columns])


def predict_out_of_fold(
    terms: Terms, carries: np.ndarray, *, folds: np.ndarray, say: Callable[[int], None] | None = None
) -> np.ndarray:
    """Return for each text and label the probability (0-1) given by a model that saw no text of its fold.

    Terms are chosen and weighed anew without each fold. say is told how many labels are done.

    Examples
    --------
    >>> terms = count_terms(["slow page", "friendly help"] * 30)
    >>> carries = np.array([[True], [False]] * 30)
    >>> predict_out_of_fold(terms, carries, folds=np.arange(60) // 2 % 5)[:2].round(1).tolist()
    [[1.0], [0.0]]
    """
    probabilities = np.zeros(carries.shape)
    parts = [(folds == fold, *weigh_without(terms.counts, folds == fold)) for fold in np.unique(folds)]
    is_common = carries.sum(axis=0) >= CALIBRATED_FROM  # as `fit_model` sees them, so that a threshold fits both

    def predict_label(label: int) -> None:
        for held_out, learnt, asked in parts:
            inner = folds[~held_out] if is_common[label] else None
            weights, line = _fit_label(learnt, carries[~held_out, label], inner)
            probabilities[held_out, label] = _apply(asked @ weights, line)

    _do_each(predict_label, carries.shape[1], say)
    return probabilities.round(DIGITS)


def fit_model(
    terms: Terms, carries: np.ndarray, *, folds: np.ndarray, say: Callable[[int], None] | None = None
) -> Model:
    """Learn from all texts; folds are those of `deal_folds`, in which probabilities are calibrated.

    Source: logistic regression on TF-IDF of words and pairs of words, one label at a time; from 100 texts that carry
    the label on, the probability is calibrated by a sigmoid (Platt 1999) fitted out of fold. C = 10 is ours.

    Examples
    --------
    >>> terms = count_terms(["slow page", "friendly help"] * 30)
    >>> model = fit_model(terms, np.array([[True], [False]] * 30), folds=np.arange(60) // 2 % 5)
    >>> model.weights.shape, model.lines.shape
    ((6, 1), (1, 2))
    """
    columns, weigher = _choose_terms(terms.counts)
    learnt = weigher.transform(terms.counts[:, columns])
    is_common = carries.sum(axis=0) >= CALIBRATED_FROM

    def fit_label(label: int) -> tuple:
        return _fit_label(learnt, carries[:, label], folds if is_common[label] else None)

    fitted = _do_each(fit_label, carries.shape[1], say)
    weights, lines = zip(*fitted, strict=True)
    return Model(terms.counter, columns, weigher, np.column_stack(weights), np.array(lines))


def weigh_texts(model: Model, texts: Sequence[str]):
    """Return how much each term that the model knows counts in each text (TF-IDF): one row a text.

    Examples
    --------
    >>> terms = count_terms(["slow page", "friendly help"] * 30)
    >>> model = fit_model(terms, np.array([[True], [False]] * 30), folds=np.arange(60) // 2 % 5)
    >>> weigh_texts(model, ["page", "a friendly answer"]).toarray().round(1).tolist()
    [[0.0, 0.0, 0.0, 1.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0, 0.0, 0.0]]
    """
    return model.weigher.transform(model.counter.transform(texts)[:, model.columns])


def predict(model: Model, weighed) -> np.ndarray:
    """Return for each text and label the probability (0-1) that the text carries the label.

    Examples
    --------
    >>> terms = count_terms(["slow page", "friendly help"] * 30)
    >>> model = fit_model(terms, np.array([[True], [False]] * 30), folds=np.arange(60) // 2 % 5)
    >>> predict(model, weigh_texts(model, ["page", "help"])).round(1).tolist()
    [[0.9], [0.1]]
    """
    return _apply(weighed @ model.weights, model.lines.T).round(DIGITS)


def find_telling(model: Model, weighed, *, rows: Sequence[int], labels: Sequence[int]) -> list[list[str]]:
    """Return the terms that spoke most for a label, for each pair of a text and a label; no word stands there twice.

    Examples
    --------
    >>> terms = count_terms(["slow page", "friendly help"] * 30)
    >>> model = fit_model(terms, np.array([[True], [False]] * 30), folds=np.arange(60) // 2 % 5)
    >>> find_telling(model, weigh_texts(model, ["a slow page"]), rows=[0], labels=[0])
    [['page', 'slow']]
    """
    names, found = model.names, []
    for row, label in zip(rows, labels, strict=True):
        part = slice(weighed.indptr[row], weighed.indptr[row + 1])
        columns = weighed.indices[part]
        spoke = (weighed.data[part] * model.weights[columns, label]).round(DIGITS)
        best = np.lexsort((columns, -spoke))[:TELLING_AMONG]
        found.append(_keep_apart([names[columns[place]] for place in best if spoke[place] > 0]))
    return found


def _keep_apart(terms: list[str]) -> list[str]:
    """Return the first terms that have no word in common: "slow" says nothing beside "slow page"."""
    kept, used = [], set()
    for term in terms:
        if used.isdisjoint(term.split()) and len(kept) < TELLING:
            kept.append(term)
            used.update(term.split())
    return kept


def _do_each(work: Callable[[int], object], labels: int, say: Callable[[int], None] | None) -> list:
    """Return what the work makes of each label; two at a time, as each fit is one thread's and the same anywhere."""
    made = []
    with use_one_thread(), ThreadPoolExecutor(WORKERS) as pool:
        for done, result in enumerate(pool.map(work, range(labels)), 1):
            made.append(result)
            if say:
                say(done)
    return made


def _choose_terms(counts) -> tuple:
    from sklearn.feature_extraction.text import TfidfTransformer

    columns = np.flatnonzero(counts.getnnz(axis=0) >= LEAST_TEXTS)
    return columns, TfidfTransformer(sublinear_tf=True).fit(counts[:, columns])


def _fit_label(learnt, carries: np.ndarray, folds: np.ndarray | None) -> tuple[np.ndarray, tuple[float, float]]:
    """Return the weights of the terms, and slope and height of the line from their sum to the log odds.

    folds are those to calibrate in; None leaves the probability as the regression gives it.
    """
    from sklearn.calibration import CalibratedClassifierCV
    from sklearn.linear_model import LogisticRegression

    if carries.all() or not carries.any() or not learnt.shape[1]:  # nothing to tell apart: the share is all there is
        share = np.clip(carries.mean(), 0.5 / len(carries), 1 - 0.5 / len(carries))
        return np.zeros(learnt.shape[1]), (0.0, float(np.log(share / (1 - share))))
    regression = LogisticRegression(C=STRENGTH, solver="liblinear")
    if folds is None or not _is_spread(carries, folds):
        fitted = regression.fit(learnt, carries)
        return fitted.coef_[0], (1.0, float(fitted.intercept_[0]))
    splits = [(np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)) for fold in np.unique(folds)]
    calibrated = CalibratedClassifierCV(regression, method="sigmoid", cv=splits, ensemble=False).fit(learnt, carries)
    whole = calibrated.calibrated_classifiers_[0]
    slope, height = -whole.calibrators[0].a_, -whole.calibrators[0].b_
    return whole.estimator.coef_[0], (slope, slope * float(whole.estimator.intercept_[0]) + height)


def _is_spread(carries: np.ndarray, folds: np.ndarray) -> bool:
    """Tell whether there are texts with the label and without it outside each fold."""
    return all(0 < carries[folds != fold].sum() < (folds != fold).sum() for fold in np.unique(folds))


def _apply(sums: np.ndarray, line) -> np.ndarray:
    slope, height = line
    return expit(slope * sums + height)
