"""Judgements: equal units are counted once, and drawing patterns is drawing units."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_helpers.errors import ScoresOutsideScale, TooFewAnswers
from cjm_helpers.stats.judgements import bound_by_draws, collapse_judgements

TABLES = st.lists(st.lists(st.sampled_from(["a", "b", None]), min_size=3, max_size=3), min_size=1, max_size=20)


@given(table=TABLES)
def test_every_judgement_is_counted_once(table):
    """The patterns hold as many of each label as the table, and as many units as somebody judged."""
    judgements = pd.DataFrame(table)
    try:
        patterns = collapse_judgements(judgements)
    except TooFewAnswers:
        assert (judgements.notna().sum(axis=1) < 2).all()
        return
    counted = dict(zip(patterns.labels, patterns.times @ patterns.counts, strict=True))
    assert counted == judgements.stack().dropna().value_counts().to_dict()
    assert patterns.times.sum() == judgements.notna().any(axis=1).sum()
    assert len(np.unique(patterns.counts.toarray(), axis=0)) == len(patterns.times)


def test_units_judged_by_one_are_told_apart():
    """A unit that one person judged is a pattern, and keep_pairs leaves it out."""
    patterns = collapse_judgements(pd.DataFrame({"anna": ["a", "a"], "ben": ["a", None]}))
    assert patterns.times.tolist() == [1, 1]
    assert patterns.keep_pairs().counts.toarray().tolist() == [[2]]


def test_numbers_are_put_in_their_order():
    """10 comes after 9 on a scale, also where numbers came as text; words there are refused and counted."""
    table = pd.DataFrame({"anna": ["10", "9"], "ben": ["9", "9"]})
    assert collapse_judgements(table, kind="number").labels == [9, 10]
    with pytest.raises(ScoresOutsideScale, match="needs numbers: 3 of 4"):
        collapse_judgements(table.replace("9", "nine"), kind="number")


def test_drawing_patterns_is_drawing_units():
    """The interval of a share over drawn patterns is that of a plain bootstrap over 300 units."""
    judgements = pd.DataFrame({"anna": ["a"] * 300, "ben": ["a"] * 240 + ["b"] * 60})
    patterns = collapse_judgements(judgements)
    is_equal = patterns.counts.toarray().max(axis=1) == 2
    lo, hi, skipped = bound_by_draws(lambda draws: draws @ is_equal / 300, patterns, bootstraps=4000, seed=0)
    units = np.random.default_rng(1).choice([1] * 240 + [0] * 60, size=(4000, 300)).mean(axis=1)
    assert (lo, hi) == pytest.approx(tuple(np.quantile(units, [0.025, 0.975])), abs=0.005)
    assert skipped == 0


def test_draws_without_a_value_are_counted():
    """Draws that have no value are left out of the interval; where none has one there is no interval."""
    patterns = collapse_judgements(pd.DataFrame({"anna": ["a", "b"], "ben": ["a", "b"]}))
    lo, hi, skipped = bound_by_draws(lambda draws: np.full(len(draws), np.nan), patterns, bootstraps=7, seed=0)
    assert np.isnan(lo) and np.isnan(hi) and skipped == 7
