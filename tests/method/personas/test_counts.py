"""Tests of counting who stands behind a persona."""

import pandas as pd
import pytest

from cjm_helpers.method.personas import count_customers

PERSONAS = pd.DataFrame({"persona_id": ["a", "b"], "name": ["Anna", "Ben"], "tagline": ""})
ASSIGNED = pd.DataFrame({"customer_id": ["c1", "c2", "c2"], "persona_id": ["a", "a", "b"], "wave": ["", "1", "2"]})
ANSWERS = pd.DataFrame({
    "customer_id": ["c1", "c1", "c2", "c2", "c9", ""], "wave": ["1", "2", "1", "2", "1", "1"],
    "count": [1.0, 1, 1, 1, 1, 5],
})  # fmt: skip
SAID = pd.DataFrame({"customer_id": ["c1", ""], "wave": ["1", "1"]})


@pytest.fixture
def counted():
    """Return the counts, by persona."""
    return count_customers(PERSONAS, assignments=ASSIGNED, responses=ANSWERS, feedback=SAID).set_index("persona_id")


def test_a_customer_counts_for_the_persona_of_the_wave(counted):
    """c2 is Anna in wave 1 and Ben in wave 2; c1 is Anna always."""
    assert counted["customers"].to_dict() == {"a": 2, "b": 1, "": 1}


def test_every_answer_and_verbatim_counts_once(counted):
    """Persona by persona, with those without one, the counts add up to the tables."""
    assert counted["answers"].to_dict() == {"a": 3, "b": 1, "": 6}
    assert counted["answers"].sum() == ANSWERS["count"].sum() and counted["verbatims"].sum() == len(SAID)


def test_counting_changes_nothing():
    """The tables handed in stay as they were."""
    before = [table.copy() for table in (PERSONAS, ASSIGNED, ANSWERS, SAID)]
    count_customers(PERSONAS, assignments=ASSIGNED, responses=ANSWERS, feedback=SAID)
    for table, copy in zip((PERSONAS, ASSIGNED, ANSWERS, SAID), before, strict=True):
        pd.testing.assert_frame_equal(table, copy)


def test_an_empty_study_counts_zero():
    """Without answers and assignments every persona has zero customers."""
    counted = count_customers(PERSONAS, assignments=ASSIGNED[:0], responses=ANSWERS[:0], feedback=SAID[:0])
    assert counted["customers"].tolist() == [0, 0, 0]
