"""Two waves side by side: verdicts that the data carry, and nothing that they do not."""

import numpy as np
import pandas as pd
import pytest

from cjm_helpers.errors import ParameterError
from cjm_helpers.method.waves import compare_waves
from cjm_helpers.stats.multiplicity import adjust_p_values

LOW, HIGH = [1, 2, 2, 3] * 10, [3, 4, 4, 5] * 10
NUMBERS = ["delta", "lo", "hi", "p", "q", "mde"]
GIVEN_UP = [{"kpi_id": "k1", "name": "Given up", "kind": "proportion", "direction": "lower", "unit": "%"}]


def read(numerator, denominator=1000) -> dict:
    return {"kpi_readings": [{"kpi_id": "k1", "period": "m", "numerator": numerator, "denominator": denominator}]}


def test_feelings_improve_and_worsen(make_waves, rate):
    """A touchpoint rated higher improved, one rated lower got worse; delta is after minus before on -2 to 2."""
    before = {"responses": rate(LOW, "pay") + rate(HIGH, "ad")}
    now = {"responses": rate(HIGH, "pay") + rate(LOW, "ad")}
    table = compare_waves([make_waves(now=now, before=before)]).set_index("id")
    assert table.loc[["pay", "ad"], "verdict"].tolist() == ["improved", "worse"]
    assert table.loc["pay", ["before", "after", "delta"]].tolist() == [-1, 1, 2]
    assert table.loc["pay", ["n1", "n2", "method"]].tolist() == [40, 40, "Welch's t"]


def test_lower_can_be_better(make_waves):
    """A KPI whose direction is lower improves by falling; its sentence gives both values and the interval in points."""
    row = compare_waves([make_waves(kpis=GIVEN_UP, before=read(420), now=read(300))]).iloc[0]
    assert row["verdict"] == "improved" and row["delta"] == pytest.approx(-0.12)
    assert row["sentence"] == "Given up: 42% in w1, 30% in w2: better by 12 points (8 to 16)."


def test_a_row_names_its_waves_its_unit_and_what_is_better(make_waves):
    """Whoever draws a row needs no other table."""
    row = compare_waves([make_waves(kpis=GIVEN_UP, before=read(420), now=read(300))]).iloc[0]
    assert row[["earlier", "wave", "unit", "better"]].tolist() == ["w1", "w2", "%", "lower"]


def test_no_evidence_says_what_could_have_been_seen(make_waves, rate):
    """NPS 30 to 35 with 100 a wave (v about .55): about 20.6 points could have been seen; "no change" is never said."""
    scores = {"before": [10] * 47 + [7] * 36 + [0] * 17, "now": [10] * 51 + [7] * 33 + [0] * 16}
    sides = {side: {"responses": rate(each, "", metric="nps")} for side, each in scores.items()}
    kpi = [{"kpi_id": "k1", "name": "NPS", "kind": "nps", "metric": "nps", "direction": "higher"}]
    row = compare_waves([make_waves(kpis=kpi, **sides)]).iloc[0]
    assert (row["verdict"], row["delta"]) == ("no evidence", pytest.approx(5))
    assert row["mde"] == pytest.approx(20.6, rel=0.03)
    assert row["sentence"].endswith("no evidence of a change; only one of 20 points or more would have shown.")
    assert "no change" not in row["sentence"]


def test_four_people_are_too_few(make_waves, rate):
    """Under five in one wave: that value and every number of the comparison are empty, the counts stay."""
    part = make_waves(before={"responses": rate(HIGH)}, now={"responses": rate([1] * 4)})
    row = compare_waves([part]).iloc[0]
    assert (row["verdict"], row["flag"], row["n1"], row["n2"], row["tests"]) == ("too few", "suppressed", 40, 4, 0)
    assert row[[*NUMBERS, "after"]].isna().all() and row["before"] == 1
    assert row["sentence"] == "Payment page: too few to compare (40 in w1, 4 in w2; 5 needed)."


def test_hidden_answers_reach_nothing(make_waves, rate):
    """Whatever four people said, the table is the same to the last bit, in other cells too."""
    tables = [
        compare_waves(
            [
                make_waves(
                    before={"responses": rate(LOW) + rate(LOW, "ad")}, now={"responses": rate(four) + rate(HIGH, "ad")}
                )
            ]
        )
        for four in ([1] * 4, [5, 4, 5, 5])
    ]
    pd.testing.assert_frame_equal(*tables, check_exact=True)


def test_nobody_is_found_by_subtraction(make_waves, rate):
    """With everyone told as well, the smallest other persona is hidden where one alone would be."""
    sizes = {"everyone": 54, "anna": 4, "ben": 10, "chris": 40}
    parts = [
        make_waves(persona_id=name, before={"responses": rate([2, 4] * 30)}, now={"responses": rate(([2, 4] * 30)[:n])})
        for name, n in sizes.items()
    ]
    table = compare_waves(parts).set_index("persona_id")
    assert table["verdict"].tolist() == ["no evidence", "too few", "too few", "no evidence"]
    assert table.loc["ben", "sentence"] == "Payment page: hidden, or another hidden cell could be found by subtraction."
    assert compare_waves(parts[1:]).set_index("persona_id").loc["ben", "verdict"] == "no evidence"


def test_people_of_no_persona_are_not_found_by_subtraction(make_waves, rate):
    """Everyone less the personas would show three people of none, so one persona is hidden; of thirty it is not."""
    verdicts = []
    for n in (53, 80):
        sides = {name: rate(([2, 4] * 40)[:size]) for name, size in (("everyone", n), ("anna", 10), ("ben", 40))}
        before = {"responses": rate([2, 4] * 30)}
        parts = [
            make_waves(persona_id=name, before=before, now={"responses": answers}) for name, answers in sides.items()
        ]
        verdicts.append(compare_waves(parts)["verdict"].tolist())
    assert verdicts == [["no evidence", "too few", "no evidence"], ["no evidence"] * 3]


def test_every_test_of_the_report_counts(make_waves, rate):
    """q is Benjamini and Hochberg's over all parts at once, and the number of tests stands in every row."""
    rng = np.random.default_rng(1)
    parts = [
        make_waves(persona_id=name, **{side: {"responses": rate(rng.integers(1, 6, 30))} for side in ("before", "now")})
        for name in ("anna", "ben", "chris")
    ]
    table = compare_waves(parts)
    assert table["tests"].eq(3).all() and table["p"].nunique() == 3
    assert table["q"].tolist() == pytest.approx(adjust_p_values(table["p"]).tolist())


def test_unchanged_needs_a_declared_margin(make_waves):
    """The whole interval within the margin is "unchanged"; the margin of an id goes before that of its object."""
    part = make_waves(kpis=GIVEN_UP, before=read(300), now=read(302))
    verdicts = [
        compare_waves([part], margin=margin).iloc[0]["verdict"]
        for margin in (None, {"kpi": 0.01}, {"kpi": 0.05}, {"kpi": 0.05, "k1": 0.01})
    ]
    assert verdicts == ["no evidence", "no evidence", "unchanged", "no evidence"]
    told = compare_waves([part], margin={"k1": 0.05}).iloc[0]["sentence"]
    assert told == "Given up: 30% in w1, 30% in w2: unchanged within the declared margin of 5.0 points (−3.8 to 4.2)."


def test_a_margin_for_nothing_is_refused(make_waves):
    """A margin names a thing or a kind of thing that was compared."""
    with pytest.raises(ParameterError, match="margin = 'k2' is not known. Did you mean 'k1'"):
        compare_waves([make_waves(kpis=GIVEN_UP, before=read(300), now=read(302))], margin={"k2": 1})


def test_the_first_wave_has_nothing_to_compare_with(make_waves):
    """A part without an earlier wave keeps one row that says so, beside the others."""
    part = make_waves(kpis=GIVEN_UP, before=read(420), now=read(300))
    table = compare_waves([part.earlier, part])
    assert table["verdict"].tolist() == ["not compared", "improved"]
    assert table["sentence"].iloc[0] == "No wave lies before w1, so there is nothing to compare it with."
    assert compare_waves([]).empty


def test_a_wave_that_is_still_to_come_says_so(make_waves):
    """A wave without rows has nothing to compare, whatever lies before it."""
    table = compare_waves([make_waves().earlier])
    assert table["sentence"].tolist() == ["Nobody was heard in w1 yet, so there is nothing to compare."]


def test_order_changes_nothing_and_input_stays(make_waves, rate):
    """Shuffled answers give the same table to the last bit, and are themselves untouched."""
    rng = np.random.default_rng(0)
    sides = {side: {"responses": rate(rng.integers(1, 6, 60), first=0)} for side in ("before", "now")}
    part, other = make_waves(**sides), make_waves(**sides)
    other.responses = other.responses.sample(frac=1, random_state=1)
    before = other.responses.copy()
    pd.testing.assert_frame_equal(compare_waves([part]), compare_waves([other]), check_exact=True)
    pd.testing.assert_frame_equal(other.responses, before)
