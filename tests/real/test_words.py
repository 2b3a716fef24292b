"""Real words: how far proposed themes follow what people coded, and how far words that sound follow ratings."""

import os
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace as Metric

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from cjm_helpers.errors import CjmError
from cjm_helpers.method.suggest import score_sentiment
from cjm_helpers.method.themes.vocabulary import count_words
from cjm_helpers.stats.topics import find_topics, weigh_words

CHECKOUT = Path(__file__).parents[2]
RAW = Path(os.environ.get("CJM_REAL_DATA") or CHECKOUT.parent / "shared" / "real")
CATEGORIES, SOME = 9, 1500


def read(name: str, **options) -> pd.DataFrame:
    """Return some rows of a data set, always the same, or skip the test where it is not there."""
    if not (RAW / name).is_file():
        pytest.skip(f"no {name} in {RAW}; say where it lies with CJM_REAL_DATA")
    rows = pd.read_csv(RAW / name, **options).dropna()
    return rows.drop_duplicates().sample(min(SOME, len(rows.drop_duplicates())), random_state=0)


def judge(texts: pd.Series, scores: pd.Series, *, low: float, high: float) -> str:
    """Return what is said of the words of rated texts."""
    if not find_spec("vaderSentiment"):
        pytest.skip("the extra 'sentiment' is not installed, so no words are read")
    said = pd.DataFrame({"feedback_id": texts.index.astype("str"), "text": texts, "lang": "en", "score": scores})
    metrics = {"rated": Metric(min=low, max=high, better="higher")}
    return score_sentiment(said.assign(metric="rated"), metrics=metrics)["sentence"].iloc[0]


def test_themes_follow_categories_a_little():
    """Themes of patients' comments share little with the nine categories, yet more than chance: NMI .10, ARI .05.

    One comment has one category there, while "Friendly staff" and "Good care" are one way of praise to a machine.
    """
    rows = read("nhs_comments_coded_single.csv", usecols=["feedback", "label"])
    counts, _ = count_words(rows["feedback"], ["en"] * len(rows))
    given = find_topics(weigh_words(counts), topics=CATEGORIES).loads.argmax(axis=1)
    rng = np.random.default_rng(0)
    chance = [normalized_mutual_info_score(rng.permutation(rows["label"]), given) for _ in range(20)]
    shared = normalized_mutual_info_score(rows["label"], given)
    assert shared == pytest.approx(0.10, abs=0.03) and shared > 3 * max(chance)
    assert adjusted_rand_score(rows["label"], given) == pytest.approx(0.05, abs=0.03)


def test_words_of_reviews_follow_their_stars():
    """Reviews of aeroplane seats, 1 to 10 stars: words are read, Spearman .62, right in 68 %."""
    rows = read("skytrax_seat_reviews.csv", usecols=["content", "overall_rating"])
    assert " by 0.62 " in judge(rows["content"], rows["overall_rating"], low=1, high=10)


def test_words_of_tweets_are_no_better_than_a_guess():
    """Tweets to airlines: Spearman .53, so words are read; the sentence says that a guess is right more often."""
    rows = read("us_airline_tweets.csv", usecols=["text", "airline_sentiment"])
    scores = rows["airline_sentiment"].map({"negative": 1, "neutral": 2, "positive": 3})
    sentence = judge(rows["text"], scores, low=1, high=3)
    assert " by 0.53 " in sentence and "right in 52 % (50 to 55 %)" in sentence and "be in 62 %" in sentence


def test_words_that_answer_what_was_wrong_are_not_read():
    """Patients' "Nothing" to what could be better is praise that no list of words hears: Spearman .28, refused."""
    rows = read("nhs_comments_coded_single.csv", usecols=["feedback", "criticality"])
    scores = pd.to_numeric(rows["criticality"], errors="coerce")
    is_fine = scores.between(-4, 4)
    with pytest.raises(CjmError, match=r" by 0\.28 .* Words are read from 0\.40 on"):
        judge(rows.loc[is_fine, "feedback"], scores[is_fine], low=-4, high=4)
