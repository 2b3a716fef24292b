"""Tests of the simple ways that a machine must beat: they are as good as somebody would make them by hand."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from cjm_helpers.stats.text_baselines import choose_words, compare_out_of_fold, search_out_of_fold
from cjm_helpers.stats.text_classifier import count_terms

# One row a text, one column a word: the first is in most texts with the label and one without, the second in the rest.
HOLDS = np.array([[1, 0, 0], [1, 0, 0], [1, 0, 1], [0, 1, 0], [1, 0, 0], [0, 0, 1], [0, 0, 0]])
CARRIES = np.array([True, True, True, True, False, False, False])


def test_the_first_word_has_the_best_f1_and_the_next_adds_most():
    """By hand: word 0 alone has F1 2*3/(4+4) = .75, with word 1 it is 2*4/(5+4) = .89, word 2 would lower it."""
    assert choose_words(csr_matrix(HOLDS.astype(float)), CARRIES) == [0, 1]


def test_words_of_other_labels_are_not_searched_for():
    """A label that no word tells gets no list where no text carries it."""
    assert choose_words(csr_matrix(HOLDS.astype(float)), np.zeros(7, dtype=bool)) == []


def test_search_words_are_learnt_without_the_fold():
    """A word that only the fold itself holds finds nothing there."""
    texts, carries = ["slow page"] * 8 + ["crawls"] * 2, np.ones((10, 1), dtype=bool)
    found = search_out_of_fold(count_terms(texts), carries, folds=np.array([0, 0, 0, 0, 1, 1, 1, 1, 2, 2]))
    assert found.ravel().tolist() == [True] * 8 + [False] * 2


def test_nearness_is_the_difference_of_two_cosines():
    """A text of the words of one side is as near to it as can be, and one of unknown words is near to neither."""
    texts, carries = ["slow page", "kind help"] * 4 + ["crawls"], np.array([[True], [False]] * 4 + [[True]])
    nearness = compare_out_of_fold(count_terms(texts), carries, folds=np.array([0, 0, 0, 0, 1, 1, 1, 1, 2]))
    assert nearness.ravel() == pytest.approx([1, -1, 1, -1, 1, -1, 1, -1, 0])
