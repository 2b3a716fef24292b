"""Codings: which codes apply to a verbatim."""

from method.speaking import code

from cjm_helpers.method.codings import keep_finished, list_to_code_anew, settle_codings


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


RETIRED = {"code_id": "bad", "label": "Bad", "status": "retired"}


def with_retired(tables, *codings, decisions=()):
    """Return tables in which "bad" was retired and nothing took its place; "poor" was merged into it before."""
    used = [{"code_id": "slow"}, {"code_id": "quick"}, {"code_id": "lazy", "status": "retired", "replaced_by": "slow"}]
    retired = [RETIRED, RETIRED | {"code_id": "poor", "replaced_by": "bad"}]
    return tables(codings=codings, decisions=decisions, codebook=used + retired)


def test_a_code_retired_without_successor_is_left_out(tables):
    """Other codes stay; a verbatim with no other counts as not read, also under a code that was merged into it."""
    codings = [code("f1", "bad"), code("f1", "slow"), code("f2", "bad"), code("f3", "poor", "ben"), code("f4", "none")]
    assert settle(with_retired(tables, *codings)) == [["f1", "slow"], ["f4", "none"]]


def test_somebody_codes_anew(tables):
    """As soon as one person coded the verbatim anew, that counts; the reading of the other still waits."""
    given = with_retired(tables, code("f1", "bad"), code("f1", "bad", "eva"), code("f1", "slow", "ben"))
    assert settle(given) == [["f1", "slow"]]
    waiting = list_to_code_anew(given["codings"], given["codebook"])
    assert waiting["coder_id"].tolist() == ["anna", "eva"]


def test_decisions_on_a_retired_code_count_no_more(tables):
    """A decision for it applies nothing, one against another code makes no reading; one for another code stands."""
    decided = [
        {"feedback_id": "f1", "code_id": "bad", "applies": "yes"},
        {"feedback_id": "f2", "code_id": "quick", "applies": "no"},
        {"feedback_id": "f3", "code_id": "quick", "applies": "yes"},
    ]
    codings = [code(name, "bad") for name in ("f1", "f2", "f3")]
    assert settle(with_retired(tables, *codings, decisions=decided)) == [["f3", "quick"]]


def test_finished_readings_are_whole(tables):
    """What one coder gave a verbatim is kept or left out as a whole; the machine is no coder."""
    codings = [code("f1", "bad"), code("f1", "slow"), code("f1", "lazy", "ben"), code("f2", "slow", "machine")]
    given = with_retired(tables, *codings)
    kept = keep_finished(given["codings"], given["codebook"])
    assert kept[["coder_id", "code_id"]].values.tolist() == [["ben", "slow"]]


def test_a_circle_of_successors_ends(tables):
    """Codes that replace each other in a circle are followed once round, and always to the same code."""
    book = [{"code_id": one, "replaced_by": other, "status": "retired"} for one, other in ("ab", "bc", "ca")]
    given = tables(codings=[code("f1", "a"), code("f1", "b", "ben")], codebook=book)
    assert len(settle(given)) == 1
