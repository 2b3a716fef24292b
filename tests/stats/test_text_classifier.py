"""Tests of learning from texts: the recipe of the methods, nothing seen too early, the same bytes every time."""

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from cjm_helpers.errors import CjmError
from cjm_helpers.stats.text_classifier import (
    Terms,
    count_terms,
    deal_folds,
    find_telling,
    fit_model,
    predict,
    predict_out_of_fold,
    weigh_texts,
)


@pytest.fixture(scope="module")
def spoken():
    """Texts of eight words in no order; about a third carry a label whose words are twenty, two in each such text."""
    random = np.random.default_rng(0)
    carries = random.random((400, 1)) < 0.35
    own, other = [f"slow{i}x" for i in range(20)], [f"word{i}x" for i in range(60)]
    texts = [
        " ".join(random.permutation([*random.choice(other, 6), *random.choice(own if is_slow else other, 2)]))
        for is_slow in carries[:, 0]
    ]
    return texts, carries, np.arange(400) // 2


def test_probabilities_are_those_of_the_recipe(spoken):
    """A fold gets what TF-IDF and logistic regression of scikit-learn give it, fitted on the others alone."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    texts, carries, groups = spoken
    texts, carries, folds = np.array(texts[:200]), carries[:200], deal_folds(carries[:200], groups[:200])
    assert carries.sum() < 100  # not calibrated
    recipe = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2), LogisticRegression(C=10, solver="liblinear")
    ).fit(texts[folds != 3], carries[folds != 3, 0])
    ours = predict_out_of_fold(count_terms(texts), carries, folds=folds)[folds == 3, 0]
    assert ours == pytest.approx(recipe.predict_proba(texts[folds == 3])[:, 1], abs=0.0006)


def test_from_a_hundred_on_probabilities_are_calibrated(spoken):
    """With 100 texts that carry the label, the probability is that of scikit-learn's calibration on the same folds."""
    from sklearn.calibration import CalibratedClassifierCV
    from sklearn.linear_model import LogisticRegression

    texts, carries, groups = spoken
    folds, terms = deal_folds(carries, groups), count_terms(texts)
    model = fit_model(terms, carries, folds=folds)
    weighed = weigh_texts(model, texts)
    splits = [(np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)) for fold in range(5)]
    regression = LogisticRegression(C=10, solver="liblinear")
    theirs = CalibratedClassifierCV(regression, cv=splits, ensemble=False).fit(weighed, carries[:, 0])
    assert predict(model, weighed)[:, 0] == pytest.approx(theirs.predict_proba(weighed)[:, 1], abs=0.0006)


def test_a_model_and_its_trial_are_calibrated_alike(spoken):
    """With 110 examples, 88 of them in each trial, both are calibrated: else a threshold would not fit the model."""
    texts, carries, groups = spoken
    kept = np.sort(np.append(np.flatnonzero(carries[:, 0])[:110], np.flatnonzero(~carries[:, 0])))
    texts, carries, terms = [texts[row] for row in kept], carries[kept], count_terms([texts[row] for row in kept])
    folds = deal_folds(carries, groups[kept])
    tried, learnt = predict_out_of_fold(terms, carries, folds=folds), fit_model(terms, carries, folds=folds)
    assert abs(tried[carries].mean() - predict(learnt, weigh_texts(learnt, texts))[carries].mean()) < 0.15


def test_who_said_it_stays_in_one_fold(spoken):
    """All texts of one person are in the same fold, and each fold has about a fifth of the label."""
    _, carries, groups = spoken
    folds = deal_folds(carries, groups)
    assert all(len(set(folds[groups == group])) == 1 for group in set(groups))
    share = np.array([carries[folds == fold].mean() for fold in range(5)])
    assert share == pytest.approx(np.full(5, carries.mean()), abs=0.05)


def test_a_rare_label_is_spread_over_the_folds():
    """A label that few texts carry beside a common one has its share in every fold."""
    carries = np.array([[True, i % 20 == 0] for i in range(200)])
    folds = deal_folds(carries, np.arange(200))
    assert [int(carries[folds == fold, 1].sum()) for fold in range(5)] == [2] * 5


def test_a_label_that_never_stands_alone_makes_no_noise(recwarn):
    """A common label that hardly ever comes without a rarer one is dealt too, and nothing is warned of."""
    carries = np.array([[i > 1, i > 20] for i in range(60)])
    folds = deal_folds(carries, np.arange(60))
    assert np.bincount(folds).tolist() == [12] * 5 and not recwarn


def test_what_is_learnt_is_the_same_every_time(spoken):
    """Two runs, and runs on one and on two threads, give the same bytes."""
    texts, carries, groups = spoken
    both = np.hstack([carries, ~carries])
    folds = deal_folds(both, groups)
    runs = []
    for threads in (1, 2, 2):
        with threadpool_limits(threads):
            terms = count_terms(texts)
            model = fit_model(terms, both, folds=folds)
            runs.append((predict_out_of_fold(terms, both, folds=folds).tobytes(), model.weights.tobytes()))
    assert runs[0] == runs[1] == runs[2]


def test_a_random_label_has_no_skill(spoken):
    """Out of fold, a label that has nothing to do with the words is not found."""
    texts, _, groups = spoken
    carries = np.random.default_rng(1).random((400, 1)) < 0.3
    probabilities = predict_out_of_fold(count_terms(texts), carries, folds=deal_folds(carries, groups))
    assert abs(probabilities[carries].mean() - probabilities[~carries].mean()) < 0.05


def test_progress_is_told_label_by_label(spoken):
    """Every label that is done is told once, in order."""
    texts, carries, groups = spoken
    told = []
    folds = deal_folds(carries, groups)
    predict_out_of_fold(count_terms(texts), np.hstack([carries, ~carries]), folds=folds, say=told.append)
    assert told == [1, 2]


def test_the_terms_that_spoke_stand_behind_a_label(spoken):
    """The words that make the label are found in a new text, and no word is named twice."""
    texts, carries, groups = spoken
    model = fit_model(count_terms(texts), carries, folds=deal_folds(carries, groups))
    found = find_telling(model, weigh_texts(model, ["word1x slow1x slow2x"]), rows=[0], labels=[0])[0]
    assert sorted(" ".join(found).split()) == ["slow1x", "slow2x"]


def test_a_fold_without_an_example_gives_the_share():
    """Where what is learnt from has no example at all, the probability is low and no error is raised."""
    carries, folds = np.array([[True], [True], [False], [False]]), np.array([0, 0, 1, 1])
    probabilities = predict_out_of_fold(count_terms(["a bad page"] * 4), carries, folds=folds)
    assert probabilities.ravel().tolist() == [0.25, 0.25, 0.75, 0.75]


@pytest.mark.parametrize(
    "text, words",
    [
        ("Grüße, CAFÉ!", ["café", "grüße", "grüße café"]),
        ("付款太慢", ["付", "付 款", "太", "太 慢", "慢", "款", "款 太"]),
        ("app太慢", ["app", "app 太", "太", "太 慢", "慢"]),
        ("बहुत धीमा", ["धीमा", "बहुत", "बहुत धीमा"]),
    ],
)
def test_words_of_other_languages_are_words(text, words):
    """Letters with signs stay whole; scripts without blanks are read letter by letter and in pairs."""
    assert sorted(count_terms([text]).names) == sorted(words)


def test_texts_without_a_word_are_refused():
    """Dots and signs teach nothing, and that is said."""
    with pytest.raises(CjmError, match="None of 2 texts holds a word"):
        count_terms(["...", "?"])


def test_rows_of_counts_and_names_belong_together():
    """The columns of the counts are the names in their order."""
    terms = count_terms(["slow page", "page"])
    assert isinstance(terms, Terms) and terms.counts.toarray().tolist() == [[1, 1, 1], [1, 0, 0]]
    assert terms.names.tolist() == ["page", "slow", "slow page"]
