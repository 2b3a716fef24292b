"""Proposed themes: words, verbatims that may be quoted, stability beside chance, and what is refused."""

from functools import partial

import numpy as np
import pandas as pd
import pytest

from cjm_helpers.errors import CjmError, TooFewAnswers
from cjm_helpers.method.themes import propose, propose_themes
from cjm_helpers.stats.topics import judge_stability

ABOUT = {
    "parking": "parking garage ticket barrier spaces permit level machine lorry kerb ramp attendant".split(),
    "food": "breakfast lunch soup sandwich kitchen menu coffee portions vegetables dessert cutlery tray".split(),
    "letters": "letter envelope post address stamp delivery spelling signature appendix paper mailbox courier".split(),
    "phone": "telephone hotline waiting music operator callback minutes queue voicemail extension button line".split(),
}
TEXTS, WORDLESS, SAMPLES = 60, "??", 10  # of each kind


def write(words_of, *, seed=0) -> pd.DataFrame:
    """Return verbatims of eight words each, drawn from what words_of(i) offers the i-th."""
    rng = np.random.default_rng(seed)
    texts = [" ".join(rng.choice(words_of(i), size=8, replace=False)) for i in range(TEXTS * len(ABOUT))]
    ids = [f"f{i:03}" for i in range(len(texts))]
    return pd.DataFrame({"feedback_id": ids, "text": pd.Series(texts, dtype="str"), "lang": "en", "consent": "yes"})


@pytest.fixture(scope="module", autouse=True)
def _few_samples():
    """Judge by fewer samples and shufflings, so that these tests take seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(propose, "judge_stability", partial(judge_stability, refits=SAMPLES, shuffles=5))
        yield


@pytest.fixture(scope="module")
def said():
    """Verbatims about four things; some may not be quoted, one has no word and one is in German."""
    kinds = list(ABOUT.values())
    said = write(lambda i: kinds[i % len(kinds)])
    said.loc[:39, "consent"] = "no"
    more = {"feedback_id": ["x1", "x2"], "text": [WORDLESS, "Das Parken war teuer"], "lang": ["en", "de"]}
    return pd.concat([said, pd.DataFrame(more).assign(consent="yes")], ignore_index=True)


@pytest.fixture(scope="module")
def themes(said):
    """The themes of these verbatims."""
    return propose_themes(said, topics=len(ABOUT))


def test_each_theme_is_what_verbatims_speak_of(said, themes):
    """The terms of a theme are words of one thing, and its verbatims speak of that."""
    of = {word: kind for kind, words in ABOUT.items() for word in words}
    texts = said.set_index("feedback_id")["text"]
    for theme in themes.itertuples():
        kinds = {of[term] for term in theme.terms.split(";")}
        nearest = theme.feedback_ids.split(";")
        assert len(kinds) == 1 and len(nearest) == 5 and len(theme.terms.split(";")) == 10
        assert {of[word] for name in nearest for word in texts[name].split()} == kinds
    assert themes["theme_id"].tolist() == ["theme_1", "theme_2", "theme_3", "theme_4"]


def test_what_may_not_be_quoted_is_counted_and_not_shown(said, themes):
    """All 240 count; none of the forty without consent stands among the nearest."""
    shown = set(themes["feedback_ids"].str.cat(sep=";").split(";"))
    assert themes["k"].sum() == 240 and not shown & set(said.loc[said["consent"] == "no", "feedback_id"])


def test_what_is_left_out_is_said(themes):
    """Every theme comes back; a verbatim in another language and one without words are told."""
    sentence = themes["sentence"].iloc[0]
    assert sentence.startswith("4 of 4 themes come back in other samples of the verbatims (")
    assert sentence.endswith("Left out: 1 verbatim in another language and 1 verbatim without a word to compare.")
    assert (themes["stability"] > themes["by_chance"]).all() and themes["verdict"].eq("comes back").all()


def test_random_words_give_no_theme():
    """Words thrown together do not come back, and the sentence says to name none."""
    anything = [word for words in ABOUT.values() for word in words]
    themes = propose_themes(write(lambda i: anything, seed=2), topics=5)
    assert themes["sentence"].iloc[0].startswith("These themes do not come back: name none.")
    assert themes["verdict"].eq("does not come back").all() and themes["stability"].mean() < 0.6


def test_the_order_of_rows_changes_nothing(said, themes):
    """The same verbatims in another order give the same table, to the byte, and stay as they are."""
    turned = said[::-1].reset_index(drop=True)
    before = turned.copy()
    pd.testing.assert_frame_equal(propose_themes(turned, topics=4), themes, check_exact=True)
    pd.testing.assert_frame_equal(turned, before)


def test_too_few_different_texts_are_refused(said):
    """199 different texts are refused in a sentence, however often they were said."""
    with pytest.raises(TooFewAnswers, match="needs 200 and has 199"):
        propose_themes(pd.concat([said[:199]] * 2).assign(feedback_id=[f"f{i}" for i in range(398)]))


def test_a_number_nobody_can_read_is_refused(said):
    """One theme or thirty-one are refused before anything is computed; so are texts with too few words."""
    with pytest.raises(CjmError, match="Give 2 to 30"):
        propose_themes(said, topics=31)
    with pytest.raises(CjmError, match="Only 0 words can be compared"):
        propose_themes(said.assign(text=[f"{'x' * (i % 16 + 2)}{'y' * (i // 16)}" for i in range(len(said))]))
