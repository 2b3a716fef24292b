"""The rows of a comparison as records, and the words for them."""

import pandas as pd
import pytest

from cjm_helpers.drawing.journey_map.changes import (
    Change,
    rank_changes,
    read_changes,
    say_gap,
    say_outcome,
    say_pair,
    say_value,
)

STEPS = pd.DataFrame({"step_id": ["1.1", "1.2"], "touchpoint_id": ["pay", ""]})


def read(**columns) -> list[Change]:
    row = {"object": "kpi", "touchpoint_id": "pay", "before": 1.0, "after": 2.0, "verdict": "improved", **columns}
    return read_changes(pd.DataFrame([row]), persona_id="anna", steps=STEPS)


def test_a_row_stands_at_the_step_of_its_touchpoint():
    """Known touchpoints have their step; a row without one, or of another place, has none."""
    assert [read(touchpoint_id=one)[0].step_id for one in ("pay", "", "elsewhere")] == ["1.1", "", ""]


def test_rows_of_other_personas_are_left_out():
    """A table without personas is taken as that of this one."""
    assert len(read()) == len(read(persona_id="anna")) == 1 and read(persona_id="ben") == []


def test_missing_values_stay_missing():
    """What the comparison hides is None, never 0."""
    (change,) = read(before=None, n1=None, delta=float("nan"))
    assert (change.before, change.n1, change.delta) == (None, None, None) and not change.is_tested


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change(object="feeling", metric="csat", before=-1.03, after=-0.06), "−1.0 to −0.1"),
        (Change(object="kpi", metric="csat", before=0.067, after=0.16), "6.7 to 16 %"),
        (Change(object="kpi", metric="duration", unit="days", before=13.9, after=12.8), "13.9 to 12.8 days"),
        (Change(object="kpi", metric="nps", unit="points", before=-8, after=17), "−8 to 17 points"),
        (Change(object="theme", metric="share", after=0.48), "now 48 %"),
        (Change(object="kpi", metric="ces"), ""),
    ],
)
def test_a_pair_names_its_unit_once(change, words):
    """Both values as the map writes them; one alone says which it is."""
    assert say_pair(change) == words and say_value(change, None) == "–"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change(object="feeling", metric="csat"), "0.4"),
        (Change(object="theme", metric="share"), "40 points"),
        (Change(object="kpi", metric="duration", unit="hours"), "0.4 hours"),
        (Change(object="kpi", metric="nps", unit="points"), "0.4 points"),
        (Change(object="kpi", metric="mean"), "0.4"),
    ],
)
def test_a_difference_has_its_unit(change, words):
    """Shares and the NPS differ by points, the rest by its unit."""
    assert say_gap(change, -0.4) == words


def test_an_outcome_without_evidence_says_what_could_have_hidden():
    """Half the interval is the change that could just have been seen."""
    change = Change(object="feeling", delta=0.1, lo=-0.3, hi=0.5, verdict="no evidence")
    assert say_outcome(change) == "no sure change; could only have seen 0.4"


def test_the_strongest_of_one_kind_stands_first_whatever_its_unit():
    """Strength is the difference in halves of its interval, so minutes and shares can be ranked."""
    far, near = (Change(object="kpi", name=name, delta=d, lo=d - 1, hi=d + 1, verdict="improved")
                 for name, d in (("far", 5.0), ("near", -2.0)))  # fmt: skip
    share = Change(object="theme", name="share", delta=0.4, lo=0.3, hi=0.5, verdict="improved")
    assert [one.name for one in rank_changes([near, share, far])] == ["far", "share", "near"]
