"""Sentiment: the ten words that say nothing, English alone, and the customers' own ratings as judge."""

import sys
from importlib.util import find_spec
from types import SimpleNamespace as Metric

import pandas as pd
import pytest

from cjm_helpers.errors import CjmError, TooFewAnswers
from cjm_helpers.method.suggest import score_sentiment, sentiment

STARS = {"stars": Metric(min=1, max=5, better="higher")}
GOOD, BAD, PLAIN = "The food was great and lovely.", "It was terrible and rude.", "We had a table by the door."
WITH_VADER = pytest.mark.skipif(
    not find_spec("vaderSentiment"), reason="the extra 'sentiment' is not installed, so no words are read"
)


def write(*texts, lang="en", scores=()) -> pd.DataFrame:
    """Return verbatims, each with its rating where there is one."""
    ids = [f"f{i}" for i in range(len(texts))]
    said = pd.DataFrame({"feedback_id": ids, "text": pd.Series(texts, dtype="str"), "lang": lang})
    return said.assign(score=pd.Series(scores, dtype=float), metric="stars")


def rate(*, kinds=(GOOD, BAD, PLAIN), stars=(5, 1, 3), times=20) -> pd.DataFrame:
    """Return rated verbatims, in English, of three kinds."""
    return write(*kinds * times, scores=stars * times)


@WITH_VADER
@pytest.mark.parametrize(("text", "compound"), [
    ("The book was good.", 0.4404), ("VADER is smart, handsome, and funny.", 0.8316), ("Today SUX!", -0.5461),
])  # fmt: skip
def test_words_sound_as_published(text, compound):
    """Three sentences of VADER's own README, on -1 to 1 there and on -2 to 2 here (methods.md section 5)."""
    assert sentiment.hear_words(write(text))[0] == pytest.approx(2 * compound)


@WITH_VADER
@pytest.mark.parametrize(("text", "unpatched", "heard"), [
    ("Support was unreachable for two days.", 0.40, 0.0), ("Customer support never called me back.", 0.40, 0.0),
    ("Loyalty program points expired without notice.", 0.54, 0.0), ("Please help, my order is lost.", 0.40, -0.64),
    ("I had to wait 40 minutes", 0.0, 0.0),
])  # fmt: skip
def test_words_of_service_say_nothing(text, unpatched, heard, monkeypatch):
    """Five sentences that VADER reads as good or as nothing become neutral or bad (methods.md section 5)."""
    assert sentiment.hear_words(write(text))[0] == pytest.approx(heard, abs=0.005)
    monkeypatch.setattr(sentiment, "SAY_NOTHING", ())
    assert sentiment.hear_words(write(text))[0] / 2 == pytest.approx(unpatched, abs=0.005)


@WITH_VADER
def test_words_in_other_languages_are_not_read():
    """German words are left out by lang, since "Die" would be read as English; so are blank texts and languages."""
    assert sentiment.hear_words(write("Die Lieferung war schrecklich."))[0] == pytest.approx(-1.66, abs=0.01)
    said = write("Die Lieferung war schrecklich.", GOOD, "", lang=["de", "", "en"])
    assert sentiment.hear_words(said).isna().all()


@WITH_VADER
def test_a_rating_comes_before_words():
    """Who rated feels as rated; who did not, as the English words sound; the rest is empty, and the table is left."""
    said = pd.concat([rate(), write(BAD, GOOD, lang=["en", "fr"])], ignore_index=True)
    before = said.copy()
    scored = score_sentiment(said, metrics=STARS)
    assert scored["emotion"].head(3).tolist() == [2.0, -2.0, 0.0]
    assert scored["basis"].tail(3).tolist() == ["rating", "words", ""] and scored["emotion"].iloc[-2] < -1
    assert scored["emotion"].isna().sum() == 1
    pd.testing.assert_frame_equal(said, before)


@WITH_VADER
def test_what_the_words_are_worth_is_said():
    """The sentence gives Spearman, the share that is right with its interval, and what guessing gives."""
    sentence = score_sentiment(rate(), metrics=STARS)["sentence"].iloc[0]
    assert "In 60 rated verbatims in English, words and ratings agree in their order by 1.00" in sentence
    assert "is right in 100 % (94 to 100 %)" in sentence and "would be in 33 %" in sentence


@WITH_VADER
@pytest.mark.parametrize("stars", [(1, 5, 3), (3, 3, 3)])
def test_words_that_ratings_deny_are_not_read(stars):
    """Where words and ratings disagree, or ratings never vary, nothing is scored, and the figure is told."""
    with pytest.raises(CjmError, match="by (-1.00|0.00) .* Words are read from 0.40 on. The customers' own ratings"):
        score_sentiment(rate(stars=stars), metrics=STARS)


def test_fewer_than_fifty_rated_verbatims_judge_nothing():
    """49 rated verbatims are refused; those in another language do not count."""
    with pytest.raises(TooFewAnswers, match="needs 50 and has 49"):
        score_sentiment(rate()[:49], metrics=STARS)
    with pytest.raises(TooFewAnswers, match="has 0"):
        score_sentiment(rate().assign(lang="de"), metrics=STARS)


@WITH_VADER
def test_a_study_may_bring_its_own_words():
    """Own words overrule the list; the next study reads the list as it was."""
    own = pd.DataFrame({"word": ["Portal", "great"], "weight": [-3, 0]})
    heard = sentiment.hear_words(write("The portal again", "great"), lexicon=own)
    assert heard[0] < -1 and heard[1] == 0
    assert sentiment.hear_words(write("great"))[0] > 1


@WITH_VADER
@pytest.mark.parametrize(("lexicon", "said"), [
    ({"word": ["slow"]}, "no column 'weight'"), ({"word": ["slow"], "weight": [9]}, "'slow' no weight from -4"),
    ({"word": ["slow"], "weight": ["bad"]}, "'slow' no weight"),
])  # fmt: skip
def test_a_lexicon_with_faults_is_refused(lexicon, said):
    """A missing column, a weight off the scale or no number is told by its word."""
    with pytest.raises(CjmError, match=said):
        sentiment.hear_words(write(GOOD), lexicon=pd.DataFrame(lexicon))


def test_without_the_package_there_is_a_sentence(monkeypatch):
    """Where the extra is not installed, a sentence says what to take instead, and who can add it."""
    monkeypatch.setitem(sys.modules, "vaderSentiment.vaderSentiment", None)
    sentiment._load_reader.cache_clear()
    with pytest.raises(CjmError, match="not installed here.*'sentiment'.*own ratings"):
        score_sentiment(rate(), metrics=STARS)
