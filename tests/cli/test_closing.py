"""Tests of the sentences in which a run of reports ends, each as one would say it."""

from types import SimpleNamespace as Thing

import pytest

from cjm_helpers.cli.closing import say_done, say_more

MADE, KEPT, FAILED = (
    Thing(is_kept=kept, failure=why) for kept, why in ((False, ""), (True, ""), (False, "No answers."))
)


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        ([MADE], "1 report made."),
        ([MADE] * 2, "2 reports made."),
        ([KEPT], "Nothing has changed: 1 report stays as it is."),
        ([KEPT] * 2, "Nothing has changed: 2 reports stay as they are."),
        ([FAILED], "1 report could not be made."),
        ([KEPT, FAILED], "1 report stays, as nothing has changed for it; 1 could not be made."),
        ([MADE, MADE, FAILED, FAILED], "2 reports made; 2 could not be made."),
        ([MADE, KEPT, KEPT, FAILED], "1 report made; 2 stay, as nothing has changed for them; 1 could not be made."),
    ],
)
def test_what_became_of_all_reports_is_one_sentence(outcomes, said):
    """Made, kept and failed stand in this order, and what no report is is not mentioned."""
    assert say_done(outcomes) == said


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        ([MADE], "1 report would be made."),
        ([MADE, KEPT], "1 report would be made; 1 stays, as nothing has changed for it."),
        ([KEPT], "Nothing has changed: 1 report stays as it is."),
    ],
)
def test_a_plan_is_said_as_one(outcomes, said):
    """A dry run says what would be made."""
    assert say_done(outcomes, is_planned=True) == said


def test_what_every_run_makes_is_said_once():
    """However many reports read a warehouse, one sentence says that no run can know whether it has changed."""
    outcomes = [Thing(reads={"outside:a warehouse": "unknown", "responses": "abc"})] * 2
    said = "2 reports read a warehouse, which may change unseen, so every run makes them anew."
    assert list(say_more([], [*outcomes, Thing(reads={"responses": "abc"})])) == [said]
