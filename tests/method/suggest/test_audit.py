"""Tests of the audit sample: drawn by chance alone, the same in two places."""

from method.coded import BOOK
from method.speaking import code, say

from cjm_helpers.method.suggest.audit import AUDIT, AUDIT_SHARE, measure_audit
from cjm_helpers.method.verbatims import draw_chances


def test_about_a_tenth_is_drawn_whatever_the_seed():
    """Of 10,000 verbatims about 1,000 are audited; another seed draws others."""
    names = [f"f{i}" for i in range(10_000)]
    first, other = (draw_chances(names, salt=f"{seed}:") < AUDIT_SHARE for seed in (0, 1))
    assert 920 < first.sum() < 1080 and 920 < other.sum() < 1080 and (first & other).sum() < 150


def test_a_verbatim_is_drawn_by_its_own_id():
    """What else is in the study, and in which order, does not matter."""
    assert (
        draw_chances(["f1", "f2"], salt="0:").tolist() == draw_chances(["f2", "f9", "f1"], salt="0:")[[2, 0]].tolist()
    )


def test_codes_that_were_merged_since_are_one_answer(tables):
    """Where the machine had given both codes of a merger, the verbatim is one answer, not two."""
    book = [*BOOK, {"code_id": "late", "label": "Late", "status": "retired", "replaced_by": "slow"}]
    answers = [code("f01", name, "machine", note=AUDIT) for name in ("slow", "late")]
    made = tables([say(1)], [*answers, code("f01", "slow")], codebook=book)
    audit = measure_audit(made["codings"], codebook=made["codebook"], decisions=made["decisions"])
    assert audit[["code_id", "audit_n"]].values.tolist() == [["slow", 1]]
