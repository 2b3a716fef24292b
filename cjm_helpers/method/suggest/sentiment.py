"""Sentiment: how English words sound by a list, and only where customers' ratings say that it may be believed."""

from collections.abc import Mapping
from copy import copy
from functools import cache

import numpy as np
import pandas as pd

from cjm_helpers.errors import CjmError, TooFewAnswers
from cjm_helpers.method.answers import FEELING_HIGH, find_metric, rescale_feeling
from cjm_helpers.method.words import count_things
from cjm_helpers.stats.intervals import estimate_proportion

ENGLISH = "en"
SAY_NOTHING = ("support", "care", "help", "free", "please", "loyalty", "credit", "share", "interest", "rewards")
HEAVIEST = 4.0
LEAST_RATED, LEAST_RANK = 50, 0.4
NEUTRAL_HEARD, NEUTRAL_RATED = 0.1, 0.5  # of 2: VADER's own bound, and half a step of a scale of five
RATING, WORDS = "rating", "words"
METHOD = "Reading feelings from words (verbatims in English with a rating)"
REMEDY = "The customers' own ratings are the better source in any case."
NOT_INSTALLED = (
    "How words sound is read with the package vaderSentiment, which is not installed here. Whoever installed the "
    f"workbook can add its extra 'sentiment'. {REMEDY}"
)


def score_sentiment(feedback: pd.DataFrame, *, metrics: Mapping, lexicon: pd.DataFrame | None = None) -> pd.DataFrame:
    """Say how every verbatim feels: as its customer rated, else as its words sound, where that may be believed.

    Nothing of it reaches the map. Only words in English (lang "en") are read.

    Parameters
    ----------
    feedback
        Reads feedback_id, text, lang, score, metric.
    metrics
        The study's questions, which say the scale of every score.
    lexicon
        Words of one's own: word, weight (-4 worst to 4 best; 0 = says nothing). They overrule VADER's, and the ten that
        say nothing of how customers feel: support, care, help, free, please, loyalty, credit, share, interest, rewards.

    Returns
    -------
    DataFrame
        feedback_id, emotion (-2..2; empty with neither a rating nor English words), basis ("rating", "words", ""),
        rated and heard (-2..2 each), sentence (how well the two agree; the same in each row).

    Raises
    ------
    TooFewAnswers
        Fewer than 50 verbatims in English carry a rating, so nobody knows how well the words are read.
    CjmError
        Words and ratings agree too little (Spearman's rho below .40), the lexicon has faults, or the package is not
        installed.

    Source: VADER (Hutto & Gilbert 2014); the ten words and the bound are ours.

    Examples
    --------
    >>> said = {"feedback_id": ["f1"], "text": "Terrible.", "lang": "en", "score": 1.0, "metric": "csat"}
    >>> from types import SimpleNamespace as Metric
    >>> score_sentiment(pd.DataFrame(said), metrics={"csat": Metric(min=1, max=5, better="higher")})
    Traceback (most recent call last):
    cjm_helpers.errors.TooFewAnswers: Reading feelings from words (verbatims in English with a rating) needs 50 and \
has 1, so it says nothing. The customers' own ratings are the better source in any case.
    """
    rated = _read_ratings(feedback, metrics)
    both = rated.notna() & _is_english(feedback)
    if both.sum() < LEAST_RATED:
        raise TooFewAnswers(METHOD, int(both.sum()), LEAST_RATED, REMEDY)
    heard = hear_words(feedback, lexicon=lexicon)
    sentence = _judge_words(heard[both].to_numpy(), rated[both].to_numpy())
    basis = np.where(rated.notna(), RATING, np.where(heard.notna(), WORDS, ""))
    scored = feedback[["feedback_id"]].assign(emotion=rated.fillna(heard), basis=basis, rated=rated, heard=heard)
    return scored.assign(sentence=sentence).reset_index(drop=True)


def hear_words(feedback: pd.DataFrame, *, lexicon: pd.DataFrame | None = None) -> pd.Series:
    """Return how the words of every verbatim in English sound, -2 to 2; empty for the others.

    Columns read: text, lang; word, weight.

    Raises
    ------
    CjmError
        The package vaderSentiment is not installed, or the lexicon has faults.
    """
    reader = copy(_load_reader())
    reader.lexicon = reader.lexicon | dict.fromkeys(SAY_NOTHING, 0.0) | _read_lexicon(lexicon)
    is_read = _is_english(feedback)
    heard = [reader.polarity_scores(text)["compound"] * FEELING_HIGH for text in feedback.loc[is_read, "text"]]
    return pd.Series(heard, index=feedback.index[is_read], dtype=float).reindex(feedback.index)


@cache
def _load_reader():
    """Return VADER with its list of words, which is read from its files once."""
    try:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
    except ImportError:
        raise CjmError(NOT_INSTALLED) from None
    return SentimentIntensityAnalyzer()


def _is_english(feedback: pd.DataFrame) -> pd.Series:
    return (feedback["lang"].str.casefold().str[:2] == ENGLISH) & (feedback["text"].str.strip() != "")


def _read_lexicon(lexicon: pd.DataFrame | None) -> dict[str, float]:
    if lexicon is None:
        return {}
    missing = [name for name in ("word", "weight") if name not in lexicon]
    if missing:
        raise CjmError(f"The lexicon has no column '{missing[0]}'. It needs word and weight, such as refund,-1.5.")
    words = lexicon["word"].astype("str").str.strip().str.casefold()
    weights = pd.to_numeric(lexicon["weight"], errors="coerce")
    wrong = words[~weights.between(-HEAVIEST, HEAVIEST)]
    if len(wrong):
        raise CjmError(
            f"The lexicon gives '{wrong.iloc[0]}' no weight from -4 (worst) to 4 (best). Give each word one."
        )
    return dict(zip(words, weights, strict=True))


def _read_ratings(feedback: pd.DataFrame, metrics: Mapping) -> pd.Series:
    rated = feedback[feedback["score"].notna() & (feedback["metric"] != "")]
    parts = [
        rescale_feeling(rows["score"], find_metric(name, metrics), name=name) for name, rows in rated.groupby("metric")
    ]
    return (pd.concat(parts) if parts else pd.Series(dtype=float)).reindex(feedback.index)


def _judge_words(heard: np.ndarray, rated: np.ndarray) -> str:
    """Say how well words and ratings agree, or refuse."""
    rank = pd.Series(heard).corr(pd.Series(rated), method="spearman") if np.ptp(heard) * np.ptp(rated) else 0.0
    classes = _sort_feelings(rated, neutral=NEUTRAL_RATED)
    share = estimate_proportion(float((_sort_feelings(heard, neutral=NEUTRAL_HEARD) == classes).sum()), len(classes))
    most = np.unique(classes, return_counts=True)[1].max() / len(classes)
    figures = (
        f"In {count_things(len(heard), 'rated verbatim')} in English, words and ratings agree in their order by "
        f"{rank:.2f} (Spearman; 1 = fully). Good, bad or neither is right in {100 * share.value:.0f} % "
        f"({100 * share.lo:.0f} to {100 * share.hi:.0f} %); always guessing the most frequent of the three would be in "
        f"{100 * most:.0f} %."
    )
    if rank < LEAST_RANK:
        raise CjmError(f"{figures} Words are read from {LEAST_RANK:.2f} on. {REMEDY}")
    return figures


def _sort_feelings(feelings: np.ndarray, *, neutral: float) -> np.ndarray:
    """Return 1 for good, -1 for bad, 0 for neither."""
    return (feelings > neutral).astype(int) - (feelings < -neutral).astype(int)
