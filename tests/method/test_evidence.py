"""Evidence grades follow their rule."""

import pytest

from cjm_helpers.method.evidence import grade_evidence, grade_statement


@pytest.mark.parametrize(
    ("observed", "reported", "grade"),
    [(5, 5, "A"), (500, 4, "B"), (0, 30, "B"), (4, 29, "C"), (0, 1, "C"), (0, 0, "D"), (float("nan"), 0, "D")],
)
def test_grades_follow_the_rule(observed, reported, grade):
    """A needs both kinds from min_n, B one from 30, C anybody, D nobody."""
    assert grade_evidence(observed, reported) == grade


def test_an_assumption_stays_one():
    """A statement the team assumes is D whatever it cites; 30 rows behind a reported one make it B."""
    thirty = ";".join(f"f{i}" for i in range(30))
    assert [grade_statement(basis, thirty) for basis in ("assumed", "reported", "observed")] == ["D", "B", "B"]
