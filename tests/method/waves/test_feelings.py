"""Feelings in two waves: only the same question at the same touchpoint is compared."""

from types import SimpleNamespace as Metric

import pytest

from cjm_helpers.method.waves import compare_waves

SCORES = [3, 4, 5, 4] * 10
NEW = [{"touchpoint_id": "code", "name": "Code for a friend", "stage": "Buy"}]


def compare(part) -> dict:
    return compare_waves([part]).iloc[0].to_dict()


def test_a_touchpoint_of_one_wave_is_not_tested(make_waves, rate):
    """Added and removed touchpoints keep their value and get no test."""
    rated = {"responses": rate(SCORES, "code"), "touchpoints": NEW}
    added, removed = compare(make_waves(now=rated)), compare(make_waves(before=rated))
    assert added["sentence"] == "“Code for a friend” is only in w2 (added): no test."
    assert removed["sentence"] == "“Code for a friend” is only in w1 (removed): no test."
    assert added["verdict"] == "not compared" and added["after"] == 1 and added["n2"] == 40


def test_another_scale_is_another_question(make_waves, rate):
    """Wave 2 asks on 1 to 7, wave 1 on 1 to 5: not comparable, no test."""
    part = make_waves(before={"responses": rate(SCORES)}, now={"responses": rate(SCORES, metric="csat7")})
    assert compare(part)["sentence"] == (
        "“Payment page”: w2 asked csat7 (scale 1 to 7), w1 asked csat (scale 1 to 5): not comparable, no test."
    )


@pytest.mark.parametrize("other", [{"max": 7}, {"better": "lower"}])
def test_one_name_with_two_scales_is_not_tested(make_waves, rate, other):
    """A metric whose scale or direction was edited between the waves is not compared under its old name."""
    part = make_waves(before={"responses": rate(SCORES)}, now={"responses": rate(SCORES)})
    csat = {"csat": Metric(**({"min": 1, "max": 5, "better": "higher"} | other))}
    part.earlier.settings.metrics = part.settings.metrics | csat
    assert compare(part)["verdict"] == "not compared"


def test_a_renamed_touchpoint_is_followed(make_waves, rate):
    """Answers under the old id are compared with those under the new one."""
    old = [{"touchpoint_id": "till", "name": "Till", "stage": "Buy"}]
    renames = [{"kind": "touchpoint", "old_id": "till", "new_id": "pay", "wave": "w2"}]
    before = {"responses": rate([1, 2] * 20, "till"), "touchpoints": old}
    row = compare(make_waves(before=before, now={"responses": rate(SCORES)}, renames=renames))
    assert (row["id"], row["n1"], row["n2"], row["verdict"]) == ("pay", 40, 40, "improved")
