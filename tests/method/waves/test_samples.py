"""Samples: people are compared with themselves where they are the same, and a weight costs people."""

import numpy as np
import pandas as pd
import pytest

from cjm_helpers.method.waves import compare_waves
from cjm_helpers.method.waves.samples import compare_samples, sample_naming, sample_people


def people(values, *, first=0, weight=np.nan, **more) -> pd.DataFrame:
    names = [f"c{first + i:03}" for i in range(len(values))]
    return pd.DataFrame({"person": names, "score": np.asarray(values, dtype=float), "weight": weight} | more)


def test_the_same_people_are_compared_with_themselves():
    """Forty of whom each moved a little up: pairs find what two samples could not."""
    before = np.tile([1, 2, 3, 4], 10)
    now = before + np.tile([0, 0, 1], 14)[:40]
    sides = [sample_people(people(values), kind="mean") for values in (now, before)]
    change = compare_samples(*sides, min_n=5)
    alone = compare_samples(sides[0], sample_people(people(before, first=500), kind="mean"), min_n=5)
    assert (change.method, change.pairs) == ("paired t", 40) and (alone.method, alone.pairs) == ("Welch's t", 0)
    assert change.p < 0.001 < 0.1 < alone.p


def test_those_who_name_a_thing_are_a_sample():
    """Who names a thing and who does not make the sample that their ones and zeros make."""
    table = people([0, 1, 1, 0, 1])
    named, scored = sample_naming(list(table["person"]), {"c001", "c002", "c004"}), sample_people(table, kind="share")
    assert (named.value, named.n, named.facts) == (scored.value, scored.n, scored.facts)
    assert named.people == scored.people and named.scores.tolist() == scored.scores.tolist()


@pytest.mark.parametrize(("first", "method"), [(8, "McNemar's exact test"), (9, "score test")])
def test_four_in_five_make_pairs(first, method):
    """Thirty-two of forty in both waves are the same people (80%); thirty-one are not."""
    sides = [sample_people(people([0, 1] * 20, first=start), kind="share") for start in (first, 0)]
    assert compare_samples(*sides, min_n=5).method == method


def test_nameless_people_are_never_twins():
    """People without a customer id are compared as strangers, whatever stands in their rows."""
    nameless = people([0, 1] * 20).assign(person=[f" {i:09}" for i in range(40)])
    sides = [sample_people(nameless, kind="share")] * 2
    assert compare_samples(*sides, min_n=5).pairs == 0


def test_shared_customers_are_told(make_waves, rate):
    """Partly the same people: the test takes the waves as independent and says how many were in both."""
    part = make_waves(before={"responses": rate([3, 4] * 20, first=0)}, now={"responses": rate([3, 4] * 20, first=30)})
    row = compare_waves([part]).iloc[0]
    assert (row["shared"], row["pairs"]) == (10, 0)
    assert row["sentence"].endswith("10 customers were heard in both waves; the test takes the waves as independent.")


def test_pairs_are_told(make_waves, rate):
    """The same people: the sentence says of how many the difference is."""
    sides = {
        side: {"responses": rate(scores, first=0)} for side, scores in (("before", [2, 3] * 20), ("now", [4, 4] * 20))
    }
    row = compare_waves([make_waves(**sides)]).iloc[0]
    assert row["method"] == "paired t" and row["verdict"] == "improved"
    assert row["sentence"].endswith("The difference is that of 40 customers heard in both waves.")


def test_durations_that_are_all_alike_have_no_interval():
    """Nine people of three days and nine of five differ, but nobody knows by how much those not asked would."""
    sides = [
        sample_people(pd.DataFrame({"person": list("abcdefghi"), "score": days, "weight": np.nan}), kind="duration")
        for days in (5.0, 3.0)
    ]
    change = compare_samples(*sides, min_n=5)
    assert change.value == 2 and change.p < 0.001 and np.isnan([change.lo, change.hi]).all()


def test_weights_cost_people():
    """Unequal weights widen the interval, equal ones change nothing."""
    values, before = [4, 5, 3, 4, 5] * 8, sample_people(people([3, 2, 4, 3, 3] * 8, first=500), kind="mean")
    changes = [
        compare_samples(sample_people(people(values, weight=weight), kind="mean"), before, min_n=5)
        for weight in (np.nan, 2.0, np.tile([0.2, 3, 1, 1, 0.5], 8))
    ]
    widths = [change.hi - change.lo for change in changes]
    assert widths[0] == pytest.approx(widths[1]) and widths[2] > widths[0]
