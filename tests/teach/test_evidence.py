"""Statements rest on verbatims that exist and fit; raters differ as colleagues do."""

import pandas as pd

from cjm_helpers.teach.evidence import add_evidence

SAID = pd.DataFrame({
    "feedback_id": ["f1", "f2", "i1"],
    "true_codes": ["page_slow", "page_slow", "page_slow;payment_steps"],
    "true_touchpoint_id": ["payment", "basket", "payment"],
    "persona_id": ["gift_buyer", "gift_buyer", "busy_parent"],
    "wave": ["2026-03"] * 3, "source": ["survey", "survey", "interview"], "speaker": ["", "", "P01"],
})  # fmt: skip


def find_ids(evidence: str, **fields) -> str:
    stated = pd.DataFrame([{"evidence": evidence, "counter": "", **fields}])
    return add_evidence(stated, feedback=SAID)["evidence_ids"].iloc[0]


def test_interviews_come_first():
    """Of the verbatims that fit a code and touchpoint, what was said in interviews is named first."""
    assert find_ids("page_slow@payment") == "i1;f1"


def test_evidence_is_of_the_persona():
    """A statement about a persona rests on what that persona said."""
    assert find_ids("page_slow", persona_id="gift_buyer") == "f1;f2"


def test_speakers_and_figures_can_be_named():
    """A statement may rest on a speaker or on a KPI."""
    assert (find_ids("P01"), find_ids("kpi:page_seconds")) == ("i1", "page_seconds")


def test_raters_differ_but_see_what_matters(study):
    """Three raters do not give the same marks, yet together they mark the payment page highest."""
    ratings = study.touchpoint_ratings
    marks = ratings.pivot(index="touchpoint_id", columns="rater_id", values="satisfaction_impact")
    assert list(marks) == ["anna", "ben", "chiara"]
    assert marks.nunique(axis="columns").gt(1).mean() > 0.5
    assert marks.mean(axis="columns").idxmax() == "payment"
