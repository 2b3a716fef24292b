"""Topics of texts: found where words go together, stable there, and not where words were shuffled."""

import numpy as np
import pytest
from scipy.sparse import csr_array
from threadpoolctl import threadpool_limits

from cjm_helpers.stats.topics import (
    choose_topics,
    find_topics,
    judge_stability,
    measure_stability,
    rank_words,
    shuffle_words,
    weigh_words,
)

TOPICS, WORDS, TEXTS = 6, 12, 120


@pytest.fixture(scope="module")
def counts():
    """120 texts of eight words, each of one of six topics of twelve words, with two words from anywhere."""
    rng = np.random.default_rng(0)
    rows = np.zeros((TEXTS, TOPICS * WORDS), dtype=int)
    for text in range(TEXTS):
        own = rng.choice(WORDS, size=8, replace=False) + WORDS * (text % TOPICS)
        rows[text, [*own, *rng.integers(TOPICS * WORDS, size=2)]] += 1
    return csr_array(rows)


def test_topics_are_the_words_that_go_together(counts):
    """Texts of one topic are given to one, and its ten words are among the twelve it was made of."""
    found = find_topics(weigh_words(counts), topics=TOPICS)
    given = found.loads.argmax(axis=1)
    assert [len(set(given[topic::TOPICS])) for topic in range(TOPICS)] == [1] * TOPICS and len(set(given)) == TOPICS
    assert all(len(set(words // WORDS)) == 1 for words in rank_words(found))
    assert found.words.sum(axis=1) == pytest.approx(1)


def test_the_same_bytes_with_one_thread_or_two(counts):
    """Neither a second run nor a second core changes a digit."""
    weights, found = weigh_words(counts), []
    for threads in (1, 2, 2):
        with threadpool_limits(threads):
            found.append(find_topics(weights, topics=3).loads.tobytes())
    assert len(set(found)) == 1


def test_stability_tells_words_that_belong_from_shuffled_ones(counts):
    """Topics that are there come back and are above what shuffled words reach; shuffled words do not hold."""
    there = judge_stability(counts, topics=TOPICS, refits=4, shuffles=4)
    assert there.holds and there.each.min() > max(0.7, there.by_chance) and there.shuffled.max() < 0.5
    random = judge_stability(shuffle_words(counts, seed=99), topics=TOPICS, refits=4, shuffles=4)
    assert not random.holds and random.each.mean() < 0.5


def test_the_number_of_topics_is_found(counts):
    """Six topics are most stable as six; what is being tried is said, each number once."""
    said = []
    assert choose_topics(weigh_words(counts), refits=2, say=lambda text, share: said.append((text, share))) == TOPICS
    assert ("Trying 5 themes", 0.0) in said and len({text for text, _ in said}) == len(said)
    assert all(0 <= share < 1 for _, share in said)


def test_stability_is_the_best_jaccard_by_hand():
    """Two topics of six words each, all of them in the ten words shown: lists that share nothing or all."""
    apart = csr_array(np.kron(np.eye(2, dtype=int), np.ones((10, 10), dtype=int)))
    assert measure_stability(weigh_words(apart), topics=2, refits=2).tolist() == [1.0, 1.0]


def test_shuffling_keeps_lengths_and_numbers_alone(counts):
    """Every text keeps its length and every word its number, the seed decides, and the counts stay as they are."""
    before, dealt = counts.toarray().copy(), shuffle_words(counts, seed=1)
    assert (dealt.sum(axis=0) == counts.sum(axis=0)).all() and (dealt.sum(axis=1) == counts.sum(axis=1)).all()
    assert (dealt != shuffle_words(counts, seed=2)).nnz and not (dealt != shuffle_words(counts, seed=1)).nnz
    assert (counts.toarray() == before).all()
