"""Tests of how good a machine's yes or no is, with the golden numbers of the methods."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_helpers.errors import CjmError
from cjm_helpers.stats.classification import (
    bound_figure,
    choose_threshold,
    correct_share,
    decide_out_of_fold,
    divide,
    draw_totals,
    measure_brier_skill,
    measure_calibration,
)

# methods.md, section 5: p = .9 x2, .6 x3, .2 x5 with y = 11 101 00100
PROBABILITIES = np.repeat([0.9, 0.6, 0.2], [2, 3, 5])
CARRIES = np.array([1, 1, 1, 0, 1, 0, 0, 1, 0, 0], dtype=bool)
CASES = st.lists(st.tuples(st.integers(0, 1000), st.booleans()), min_size=2, max_size=40)


def test_brier_skill_and_calibration_are_the_golden_numbers():
    """Brier .15, skill .40, ECE .04."""
    assert np.square(PROBABILITIES - CARRIES).mean() == pytest.approx(0.15)
    assert measure_brier_skill(PROBABILITIES, CARRIES) == pytest.approx(0.40)
    assert measure_calibration(PROBABILITIES, CARRIES) == pytest.approx(0.04)


def test_saying_the_share_has_no_skill():
    """Always saying the share is perfectly calibrated and worth nothing; where all are alike there is no skill."""
    share = np.full(10, CARRIES.mean())
    assert measure_brier_skill(share, CARRIES) == pytest.approx(0.0)
    assert measure_calibration(share, CARRIES) == pytest.approx(0.0)
    assert np.isnan(measure_brier_skill(share, np.ones(10, dtype=bool)))


def test_a_certain_probability_has_a_bin():
    """A probability of 1 belongs to the last bin."""
    assert measure_calibration(np.array([1.0, 0.0]), np.array([False, False])) == pytest.approx(0.5)


@given(CASES)
def test_no_other_threshold_has_a_higher_f1(cases):
    """The threshold that is chosen is the best of all that could be."""
    probabilities, carries = np.array([case[0] for case in cases]) / 1000, np.array([case[1] for case in cases])

    def score(threshold):
        says_yes = probabilities >= threshold
        return 2 * (says_yes & carries).sum() / max(says_yes.sum() + carries.sum(), 1)

    chosen = choose_threshold(probabilities, carries)
    assert score(chosen) == pytest.approx(max(score(threshold) for threshold in probabilities))


def test_equal_probabilities_are_judged_alike():
    """Of texts with the same probability all or none are above the threshold, whatever their order."""
    probabilities, carries = np.array([0.5, 0.5, 0.1]), np.array([True, False, False])
    assert choose_threshold(probabilities, carries) == choose_threshold(probabilities, carries[[1, 0, 2]]) == 0.3


def test_a_fold_does_not_choose_its_own_threshold():
    """A fold whose own best threshold is another one is judged by that of the others."""
    scores, folds = np.array([[0.9], [0.4], [0.9], [0.4], [0.6], [0.5]]), np.array([0, 0, 1, 1, 2, 2])
    carries = np.array([[True], [False], [True], [False], [True], [True]])
    others = choose_threshold(scores[folds != 2, 0], carries[folds != 2, 0])
    said = decide_out_of_fold(scores, carries, folds=folds)
    assert others == 0.65 and said[folds == 2].ravel().tolist() == [False, False]


def test_people_are_drawn_whole():
    """Texts of one person come up together: the total of hers is a multiple of all she said."""
    counts, groups = np.array([[1.0], [1.0], [1.0], [0.0]]), np.array([0, 0, 0, 1])
    totals = draw_totals(counts, groups, bootstraps=200).ravel()
    assert totals[0] == 3 and set(totals) == {0.0, 3.0, 6.0}


def test_draws_are_the_same_every_time():
    """The same seed draws the same people, another seed others."""
    counts, groups = np.arange(30.0)[:, None], np.arange(30)
    first, again = (draw_totals(counts, groups, bootstraps=50, seed=1) for _ in range(2))
    assert first.tobytes() == again.tobytes() != draw_totals(counts, groups, bootstraps=50, seed=2).tobytes()


def test_draws_without_a_value_are_skipped():
    """A draw with nothing to divide by leaves no hole in the interval; no draw, no interval."""
    assert np.isnan(divide(np.array([0.0]), np.array([0.0]))[0])
    assert bound_figure(np.array([0.5, np.nan, 0.5])) == (0.5, 0.5, 0.5)
    assert np.isnan(bound_figure(np.array([0.5])).lo)


def test_a_corrected_share_is_the_golden_number():
    """q = .30, se = .8, sp = .9: .2857 (Rogan & Gladen 1978)."""
    corrected = correct_share(0.30, 200, sensitivity=(0.8, 100), specificity=(0.9, 300))
    assert corrected.value == pytest.approx(0.2857, abs=5e-5) and corrected.lo < 0.2857 < corrected.hi


def test_a_perfect_machine_needs_no_correction():
    """With sensitivity and specificity 1, measured on very many, share and interval are those of any proportion."""
    corrected = correct_share(0.30, 200, sensitivity=(1.0, 1e9), specificity=(1.0, 1e9))
    assert corrected.value == pytest.approx(0.30)
    assert (corrected.lo, corrected.hi) == pytest.approx((0.241, 0.367), abs=0.002)  # Agresti & Coull


def test_a_corrected_share_stays_a_share():
    """A machine that says yes a little less often than its own false alarms gives 0, never less, and an upper bound."""
    corrected = correct_share(0.09, 100, sensitivity=(0.8, 50), specificity=(0.9, 200))
    assert corrected.value == corrected.lo == 0.0 and 0 < corrected.hi < 0.2


def test_answers_that_the_faults_cannot_explain_are_not_corrected():
    """One yes in a hundred from a machine with ten false alarms in a hundred: these texts are others."""
    with pytest.raises(CjmError, match="these texts differ"):
        correct_share(0.01, 1000, sensitivity=(0.8, 50), specificity=(0.9, 2000))


def test_too_little_skill_is_not_corrected():
    """Where sensitivity and specificity hardly tell anything apart, there is a sentence and no number."""
    with pytest.raises(CjmError, match="is 0.10, 0.2 is needed"):
        correct_share(0.30, 200, sensitivity=(0.2, 100), specificity=(0.9, 300))


def test_the_interval_holds_what_it_promises():
    """Of 300 simulated studies with a true share of .2, about 95 in 100 intervals hold it."""
    random, held = np.random.default_rng(0), 0
    for _ in range(300):
        says_yes = random.binomial(400, 0.2 * 0.75 + 0.8 * 0.05) / 400
        se, sp = random.binomial(60, 0.75) / 60, random.binomial(240, 0.95) / 240
        found = correct_share(says_yes, 400, sensitivity=(se, 60), specificity=(sp, 240))
        held += found.lo <= 0.2 <= found.hi
    assert 0.93 <= held / 300 <= 0.99
