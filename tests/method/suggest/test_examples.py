"""Tests of what the machine learns from: what people settled, once for each text."""

import pytest
from method.coded import BOOK
from method.speaking import code, say

from cjm_helpers.method.suggest.examples import gather_examples


@pytest.fixture
def gather(tables):
    """Gather the examples of verbatims and codings."""

    def make(said, codings, *, codebook=BOOK, **more):
        made = tables(said, codings, codebook=codebook, **more)
        return gather_examples(
            made["feedback"], made["codings"], codebook=made["codebook"], decisions=made["decisions"]
        )

    return make


def test_a_decision_teaches_against_the_coder(gather):
    """Anna gave a code, both decided that it does not apply: it is no example of the code, but one without it."""
    decided = [{"feedback_id": "f00", "code_id": "slow", "applies": "no"}]
    examples = gather([say(0, text="fine")], [code("f00", "slow")], decisions=decided)
    assert examples.texts == ["fine"] and not examples.carries.any()


def test_equal_texts_carry_what_half_of_them_carry(gather):
    """Of three equal texts one was given a code: the one text to learn from does not carry it; of two, it does."""
    said = [say(i, text="It is slow") for i in range(3)]
    given = [code("f00", "slow"), code("f01", "none"), code("f02", "none")]
    assert not gather(said, given).carries.any()
    assert gather(said[:2], given[:2]).carries[:, 0].tolist() == [True]


def test_people_are_customers_else_speakers_else_the_text(gather):
    """Two texts of one customer, two of one speaker and two of nobody known are four people's."""
    whom = [{"customer_id": "c1"}] * 2 + [{"customer_id": "", "speaker": "P1"}] * 2 + [{"customer_id": ""}] * 2
    said = [say(i, text=f"word{i}", **who) for i, who in enumerate(whom)]
    examples = gather(said, [code(row["feedback_id"], "none") for row in said])
    assert examples.groups.tolist() == [0, 0, 1, 1, 2, 3]


def test_a_replaced_code_teaches_its_successor(gather):
    """What was given under an old code is an example of the one that took its place; the old one is not listed."""
    book = [*BOOK, {"code_id": "late", "label": "Late", "status": "retired", "replaced_by": "slow"}]
    examples = gather([say(0, text="waiting")], [code("f00", "late")], codebook=book)
    assert examples.codes["code_id"].tolist() == ["slow", "rude"] and examples.carries[0].tolist() == [True, False]


def test_headings_are_no_codes(gather):
    """A code that only gathers others is not to be learnt."""
    book = [{"code_id": "checkout", "label": "Checkout"}, {"code_id": "slow", "label": "Slow", "parent": "checkout"}]
    assert gather([], [], codebook=book).codes["code_id"].tolist() == ["slow"]


def test_what_nobody_read_is_set_apart(gather):
    """The machine's own answer is no reading; what has no words waits for nobody."""
    said = [say(0, text="read"), say(1, text="unread"), say(2, text=" ")]
    examples = gather(said, [code("f00", "slow"), code("f01", "slow", "machine")])
    assert examples.texts == ["read"] and examples.unread["feedback_id"].tolist() == ["f01"]
