"""What a score is made of: reach, impact and confidence from what the steps found."""

import pandas as pd
import pytest

from cjm_helpers.method.opportunities.inputs import (
    Reach,
    estimate_reach,
    gather_found,
    judge_confidence,
    judge_impact,
)  # fmt: skip

NAN = float("nan")
PAINS = pd.DataFrame({"value": [0.2, 0.4], "lo": [0.1, 0.3], "hi": [0.3, 0.5], "n": [90.0, 20.0], "severity": NAN})
FELT = pd.DataFrame({"touchpoint_id": ["pay", "ad"], "value": [-1.5, 0.5], "n": [60, 40]})
COUNTS = pd.DataFrame({"touchpoint_id": ["pay", "pay"], "touchpoint_customers": [300, 300]})


def test_the_log_comes_before_answers():
    """Customers of the log count, a quarter's worth; without a log those who answered stand for the sample."""
    log = estimate_reach("pay", gather_found(emotion=FELT, event_counts=COUNTS, window_days=45.5))
    answers = estimate_reach("pay", gather_found(emotion=FELT, window_days=45.5))
    assert (log.reach, log.n, log.reach_basis) == (600, 300, "log")
    assert (answers.reach, answers.n, answers.reach_basis) == (60, 60, "answers")


def test_the_largest_pain_sets_reach():
    """Of several pains the one most people name counts, and n is what that share rests on."""
    reach = estimate_reach("pay", gather_found(event_counts=COUNTS), pains=PAINS)
    assert (reach.reach, reach.reach_lo, reach.reach_hi, reach.n) == pytest.approx((120, 90, 150, 20))


@pytest.mark.parametrize("place", ["nowhere", "pay"])
def test_what_is_not_known_has_no_reach(place):
    """Nobody seen there, or no share known: there is no reach, not everybody and not nobody."""
    reach = estimate_reach(place, gather_found(event_counts=COUNTS), pains=PAINS.assign(value=NAN))
    assert pd.isna(pd.Series(vars(reach)).drop("reach_basis").astype(float)).all()
    assert reach.reach_basis == Reach().reach_basis == ""


@pytest.mark.parametrize(
    ("impact_class", "severity", "impact"),
    [("high", 3, 3), ("high", 2, 2), ("medium", 2, 1), ("low", 2, 0.5), ("low", 1, 0.25), ("", 3, 2)],
)
def test_impact_steps_follow_class_and_severity(impact_class, severity, impact):
    """Class points x severity fall into five steps; an unknown class counts as medium."""
    classes = pd.DataFrame({"touchpoint_id": ["pay"], "impact_class": [impact_class]})
    assert judge_impact("pay", gather_found(impact=classes), pains=PAINS.assign(severity=severity)) == impact


@pytest.mark.parametrize(("place", "impact"), [("pay", 2), ("ad", 0.5), ("unknown", 1)])
def test_without_severity_the_feeling_speaks(place, impact):
    """A mean of -1 or less counts as severe, above zero as mild, and an unknown one as medium."""
    assert judge_impact(place, gather_found(emotion=FELT), pains=PAINS[:0]) == impact


@pytest.mark.parametrize(("grade", "n", "confidence"), [("A", 30, 1), ("B", 29, 0.5), ("D", 29, 0.2), ("B", NAN, 0.8)])
def test_confidence_follows_the_evidence(grade, n, confidence):
    """The grade sets it, and under 30 customers it is .5 at most."""
    assert judge_confidence(grade, n=n) == confidence
