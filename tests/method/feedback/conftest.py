"""The tables of a feedback study with three codes, empty unless a test fills them."""

import pytest

BOOK = [
    {"code_id": "slow", "label": "Slow", "valence": -1, "parent": "pay"},
    {"code_id": "quick", "label": "Quick", "valence": 1, "parent": "pay"},
    {"code_id": "lazy", "label": "Lazy", "valence": -1, "replaced_by": "slow", "status": "retired"},
]


@pytest.fixture
def tables(make_table):
    """Make the tables of a feedback study, empty unless given."""

    def make(feedback=(), codings=(), decisions=(), alignments=(), touchpoints=("pay", "ad"), codebook=BOOK):
        return {
            "feedback": make_table("feedback", list(feedback)),
            "codings": make_table("codings", list(codings)),
            "codebook": make_table("codebook", list(codebook)),
            "decisions": make_table("coding_decisions", list(decisions)),
            "alignments": make_table("alignments", list(alignments)),
            "touchpoints": make_table("touchpoints", [{"touchpoint_id": name} for name in touchpoints]),
        }

    return make
