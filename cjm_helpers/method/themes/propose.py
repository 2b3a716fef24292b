"""Proposed themes: words that go together in many verbatims, for people to name, merge or reject."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from cjm_helpers.errors import CjmError, TooFewAnswers
from cjm_helpers.method.themes.vocabulary import count_words, find_language
from cjm_helpers.method.verbatims import TELLING_QUOTE, may_quote
from cjm_helpers.method.words import count_things, join_words
from cjm_helpers.stats.topics import (
    DIGITS,
    Stability,
    Topics,
    choose_topics,
    find_topics,
    judge_stability,
    rank_words,
    weigh_words,
)

LEAST_TEXTS = 200
LEAST_WORDS = 40
FEWEST, MOST = 2, 30
NEAREST, LONGEST = 5, 300  # verbatims shown, and the letters beyond which others are shown first
BACK, GONE = "comes back", "does not come back"
PROPOSED = [
    "theme_id", "place", "terms", "stability", "by_chance", "verdict", "k", "share", "feedback_ids", "sentence",
]  # fmt: skip


def propose_themes(
    feedback: pd.DataFrame,
    *,
    topics: int | None = None,
    seed: int = 0,
    say: Callable[[str, float], None] | None = None,
) -> pd.DataFrame:
    """Propose themes: words that go together in many verbatims, and the verbatims nearest to them.

    They are proposals: people name them, merge them or reject them, and then code. Verbatims in another language than
    most are left out. Equal texts are compared once and counted as often as they were said.

    Parameters
    ----------
    feedback
        Reads feedback_id, text, lang, consent.
    topics
        How many themes, 2 to 30; None = the number (5-20) whose words come back best in other samples of the verbatims.
    seed
        Of the samples and of the shuffled words.
    say
        Is told what is being done, and how far it is (0-1).

    Returns
    -------
    DataFrame
        theme_id, place (1 = the largest), terms (the ten words that weigh most, ";"), stability (0-1: how far those
        words come back in 20 samples of the verbatims), by_chance (0-1: what only one theme in twenty reaches where all
        words are shuffled), verdict ("comes back", "does not come back"), k (verbatims that are more of this theme than
        of any other), share (k of all verbatims compared), feedback_ids (";": up to five that are nearest to it and may
        be quoted), sentence (about the themes as a whole, the same in each row).

    Raises
    ------
    TooFewAnswers
        Fewer than 200 different texts.
    CjmError
        Too few words are in three texts or more, or topics is out of bounds.

    Source: methods as in `stats.topics`; the comparison with shuffled words is ours.

    Examples
    --------
    >>> said = pd.DataFrame({"feedback_id": ["f1"], "text": ["Too slow."], "lang": ["en"], "consent": ["yes"]})
    >>> propose_themes(said)
    Traceback (most recent call last):
    cjm_helpers.errors.TooFewAnswers: Looking for themes in the words of different texts needs 200 and has 1, so it \
says nothing. Read them: so few are understood better by people.
    """
    _check_topics(topics)
    said, others = _choose_verbatims(feedback)
    texts = said.drop_duplicates("plain")
    counts, words = count_words(texts["plain"], texts["lang"].str.casefold().str[:2])
    if len(words) < LEAST_WORDS:
        raise CjmError(
            f"Only {count_things(len(words), 'word')} can be compared (in three texts or more, little words left out), "
            f"and {LEAST_WORDS} are needed. Wait for more verbatims, or read them: people see more in few words."
        )
    weights = weigh_words(counts)
    topics = topics or choose_topics(weights, seed=seed, say=say)
    found = find_topics(weights, topics=topics)
    stability = judge_stability(counts, topics=topics, seed=seed, say=say)
    table = _describe_topics(found, stability, words=words)
    strongest = _find_strongest(found, counts)
    said = said.assign(topic=said["plain"].map(dict(zip(texts["plain"], strongest, strict=True))))
    near = dict(zip(texts["plain"], (weights @ found.words.T).round(DIGITS), strict=True))
    table["k"] = [float(said["topic"].eq(topic).sum()) for topic in table.index]
    table["share"] = table["k"] / len(said)
    table["feedback_ids"] = [_find_nearest(said, topic, near=near) for topic in table.index]
    table["sentence"] = _say_whole(table, stability, others=others, wordless=int(said["topic"].eq(-1).sum()))
    table = table.sort_values("k", ascending=False, kind="stable", ignore_index=True)
    places = range(1, len(table) + 1)
    return table.assign(place=places, theme_id=[f"theme_{place}" for place in places])[PROPOSED]


def _check_topics(topics: int | None) -> None:
    if topics is not None and not FEWEST <= topics <= MOST:
        raise CjmError(f"topics = {topics} is no number of themes that people can read. Give {FEWEST} to {MOST}.")


def _choose_verbatims(feedback: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Return the verbatims with words in the language of most, and how many are in another one."""
    said = feedback.assign(plain=feedback["text"].str.casefold().str.split().str.join(" "))
    said = said[said["plain"] != ""].sort_values("feedback_id", kind="stable", ignore_index=True)
    is_other = ~said["lang"].str.casefold().str[:2].isin(["", find_language(said)])
    kept = said[~is_other].reset_index(drop=True)
    if kept["plain"].nunique() < LEAST_TEXTS:
        raise TooFewAnswers(
            "Looking for themes in the words of different texts", kept["plain"].nunique(), LEAST_TEXTS,
            "Read them: so few are understood better by people.",
        )  # fmt: skip
    return kept, int(is_other.sum())


def _describe_topics(found: Topics, stability: Stability, *, words: list[str]) -> pd.DataFrame:
    terms = [";".join(words[column] for column in row) for row in rank_words(found)]
    verdicts = np.where(stability.each > stability.by_chance, BACK, GONE) if stability.holds else GONE
    return pd.DataFrame({
        "terms": terms, "stability": stability.each, "by_chance": stability.by_chance, "verdict": verdicts,
    })  # fmt: skip


def _find_strongest(found: Topics, counts) -> np.ndarray:
    """Return the topic that is most of each text; -1 for a text without a word that is compared."""
    has_words = np.diff(counts.indptr) > 0
    return np.where(has_words, found.loads.round(DIGITS).argmax(axis=1), -1)


def _find_nearest(said: pd.DataFrame, topic: int, *, near: dict[str, np.ndarray]) -> str:
    """Return the verbatims that say most of a topic and little else, those that are easily read first."""
    own = said[(said["topic"] == topic) & may_quote(said)].drop_duplicates("plain")
    length = own["text"].str.strip().str.len()
    ranked = own.assign(odd=~length.between(TELLING_QUOTE, LONGEST), near=[near[text][topic] for text in own["plain"]])
    ranked = ranked.sort_values(["odd", "near", "feedback_id"], ascending=[True, False, True], kind="stable")
    return ";".join(ranked["feedback_id"].head(NEAREST))


def _say_whole(table: pd.DataFrame, stability: Stability, *, others: int, wordless: int) -> str:
    mean, most = stability.shuffled.mean(), stability.shuffled.max()
    figures = f"({stability.each.mean():.2f} of 1; with all words shuffled {mean:.2f}, at most {most:.2f})"
    back = int(table["verdict"].eq(BACK).sum())
    said = f"{back} of {count_things(len(table), 'theme')} come back in other samples of the verbatims {figures}."
    if not back:
        said = f"These themes do not come back: name none. Other samples of the verbatims give other words {figures}."
    left = [
        f"{count_things(count, 'verbatim')} {why}"
        for count, why in ((others, "in another language"), (wordless, "without a word to compare"))
        if count
    ]
    return f"{said} Left out: {join_words(left)}." if left else said
