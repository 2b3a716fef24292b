"""Codings: which codes apply to a verbatim."""

from method.speaking import code

from cjm_helpers.method.codings import settle_codings


def settle(tables):
    settled = settle_codings(tables["codings"], tables["decisions"], codebook=tables["codebook"])
    return settled[["feedback_id", "code_id"]].values.tolist()


def test_half_of_the_coders_suffice(tables):
    """One of two coders is enough, one of three is not."""
    two = tables(codings=[code("f1", "slow"), code("f1", "none", "ben")])
    three = tables(codings=[code("f1", "slow"), code("f1", "none", "ben"), code("f1", "none", "eva")])
    assert settle(two) == [["f1", "slow"]]
    assert settle(three) == [["f1", "none"]]


def test_the_machine_is_no_coder(tables):
    """What only the machine read counts as not read."""
    assert settle(tables(codings=[code("f1", "slow", "machine")])) == []


def test_a_decision_stands_above_the_coders(tables):
    """A decision adds a code nobody gave and takes away one that both gave."""
    decided = tables(
        codings=[code("f1", "slow"), code("f1", "slow", "ben")],
        decisions=[
            {"feedback_id": "f1", "code_id": "slow", "applies": "no"},
            {"feedback_id": "f1", "code_id": "quick", "applies": "yes"},
        ],
    )
    assert settle(decided) == [["f1", "quick"]]


def test_a_replaced_code_becomes_its_successor(tables):
    """Codings under a retired code count under the code that took its place."""
    assert settle(tables(codings=[code("f1", "lazy"), code("f1", "slow", "ben")])) == [["f1", "slow"]]
