"""Tests of likeness of texts: words without endings, prototypes of groups, and the words that speak for one."""

import numpy as np
import pytest

from cjm_helpers.stats.text_similarity import compare_texts, describe_groups, find_shared, split_words, weigh_stems


def test_words_are_compared_without_endings():
    """Delivery and deliveries are one word, with or without capitals; bus keeps its s, and the does not count."""
    stems = [stem for stem, _ in split_words("The DELIVERY, deliveries by bus: 2 x paid/paying")]
    assert stems == ["deliver", "deliver", "bus", "paid", "pay"]


def test_likeness_is_that_of_scikit_learn():
    """Weights and cosines equal scikit-learn's own, on texts that need no stem."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = ["slow cash slow", "cash help", "kind help"]
    theirs = TfidfVectorizer(sublinear_tf=True).fit_transform(texts)
    ours = weigh_stems(texts).weights
    assert compare_texts(ours, ours) == pytest.approx((theirs @ theirs.T).toarray(), abs=0.0005)


def test_a_group_becomes_what_its_texts_say():
    """Five texts weigh as much as the description; with none the group is its description, with many its texts."""
    weights = weigh_stems(["counter", *["queue"] * 45]).weights
    counter, queue = weights[[0]], weights[[1]]

    def compare(count):
        typical = describe_groups(weights[:1], weights[1 : 1 + count], groups=np.zeros(count, dtype=int))
        return [compare_texts(one, typical)[0, 0] for one in (counter, queue)]

    assert compare(0) == [1, 0]
    assert compare(5) == pytest.approx([2**-0.5, 2**-0.5], abs=0.001)
    assert compare(45) == pytest.approx([0.110, 0.994], abs=0.001)


def test_the_words_that_speak_for_a_group_come_first():
    """Of the words that a text shares with a group, the rarer and the more typical one is named first."""
    weighed = weigh_stems(["wheel page page", "page wheel wheel wheel", "page", "page"])
    found = find_shared(weighed.weights[[0]], weighed.weights[[1]])[0]
    assert [str(weighed.stems[column]) for column in found] == ["wheel", "pag"]


def test_texts_without_words_are_like_nothing():
    """Nothing said gives no likeness and no warning, not even where nobody says anything."""
    weights = weigh_stems(["", "the and"]).weights
    typical = describe_groups(weights[:1], weights[1:], groups=np.array([0]))
    assert compare_texts(weights, typical).tolist() == [[0], [0]]
