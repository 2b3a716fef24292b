"""The check of a codebook: what each code is carried by, and what had better be mended."""

import pytest
from method.speaking import code, say

from cjm_helpers.method.feedback import check_codebook
from cjm_helpers.method.feedback.codebook import order_tree

HEAD = {"code_id": "pay", "label": "Paying", "definition": "All about paying."}
FINE = {"code_id": "slow", "label": "Slow", "definition": "It froze.", "example": "It froze again.", "parent": "pay"}
OTHER = FINE | {"code_id": "quick", "label": "Quick"}


@pytest.fixture
def check(tables):
    """Check a codebook of dicts against codings; the verbatims f00 to f19 are there, unless given."""

    def run(*codebook, codings=(), decisions=(), feedback=None):
        said = [say(i, text=f"Words {i}", consent="yes") for i in range(20)] if feedback is None else feedback
        given = tables(feedback=said, codings=codings, decisions=decisions, codebook=codebook)
        checked = check_codebook(
            given["codebook"], given["codings"], feedback=given["feedback"], decisions=given["decisions"]
        )
        return checked.set_index("code_id")

    return run


def give(code_id: str, count: int, start: int = 0) -> list[dict]:
    """Return codings of so many verbatims."""
    return [code(f"f{i:02}", code_id) for i in range(start, start + count)]


def test_a_code_that_is_fine_says_only_how_many_carry_it(check):
    """Definition, example and three verbatims up to 40 %: nothing is found; a heading needs a definition alone."""
    checked = check(HEAD, FINE, OTHER, codings=give("slow", 4) + give("quick", 3, 4) + give("none", 3, 7))
    assert checked["finding"].tolist() == ["", "", ""]
    assert checked.loc["slow", ["n", "share", "depth"]].tolist() == [4, 0.4, 1]
    assert checked["sentence"].tolist() == ["", "4 of 10 verbatims read carry it.", "3 of 10 verbatims read carry it."]


@pytest.mark.parametrize(
    "change, finding",
    [
        ({"definition": ""}, "no definition"),
        ({"example": ""}, "no example"),
        ({"example": "Call 030 123 4567"}, "example not quotable"),
        ({"example": "My name is on it"}, "example not quotable"),
        ({"example": "it was the doctor who laughed"}, "example not quotable"),
        ({"replaced_by": "quick"}, "replaced, yet in use"),
        ({"label": "quick"}, "label twice"),
    ],
)
def test_what_a_code_lacks_is_found(check, change, finding):
    """Each thing that methods ask of a code is said by name, before anybody coded."""
    texts = ("My name is on it", "And then it was the doctor who laughed at me.")
    refused = [say(i, text=text, consent="no") for i, text in enumerate(texts)]
    checked = check(HEAD, FINE | change, OTHER, feedback=refused)
    assert checked.loc["slow", "finding"] == finding and checked.loc["slow", "sentence"]


def test_rare_and_frequent_codes_are_found(check):
    """Fewer than 3 verbatims ask for merging, more than 40 % for splitting; exactly those bounds do not."""
    found = check(HEAD, FINE, OTHER, codings=give("slow", 2) + give("quick", 5, 2) + give("none", 3, 7))["finding"]
    assert found.tolist() == ["", "merge?", "split?"]


def test_a_code_that_nobody_gave_is_called_unused(check):
    """It is not said to be rare: nobody has tried it yet."""
    checked = check(HEAD, FINE, OTHER, codings=give("quick", 4))
    assert checked.loc["slow", ["finding", "sentence"]].tolist() == ["not used yet", "Nobody has given it yet."]


def test_before_anybody_coded_nothing_is_rare(check):
    """Without a reading no code is called rare."""
    assert check(HEAD, FINE, OTHER)["finding"].tolist() == ["", "", ""]


def test_retired_codes_say_where_their_verbatims_are(check):
    """With a successor they count there; without, those that carry them wait to be coded anew."""
    late = {"code_id": "late", "label": "Late", "status": "retired", "replaced_by": "slow"}
    bad = {"code_id": "bad", "label": "Bad", "status": "retired"}
    checked = check(HEAD, FINE, late, bad, codings=give("late", 3) + give("bad", 2, 3) + give("none", 5, 5))
    assert checked.loc["slow", "n"] == 3
    assert checked.loc["late", ["n", "finding", "sentence"]].tolist() == [
        0, "", "3 verbatims that carried it count under 'Slow'.",
    ]  # fmt: skip
    assert checked.loc["bad", ["n", "finding"]].tolist() == [2, "code anew"]
    assert "2 verbatims carry it and wait to be coded anew" in checked.loc["bad", "sentence"]


def test_circles_and_retired_parents_are_found(check):
    """A tree or a chain of successors that leads back to itself is said with its codes; so is a parent out of use."""
    book = [
        {"code_id": "a", "label": "A", "parent": "b", "definition": "x", "example": "y"},
        {"code_id": "b", "label": "B", "parent": "a", "status": "retired", "replaced_by": "c"},
        {"code_id": "c", "label": "C", "status": "retired", "replaced_by": "b"},
    ]
    checked = check(*book)
    assert checked.loc["a", "finding"] == "tree in a circle; below a retired code"
    assert checked.loc["c", "finding"] == "successors in a circle"
    assert "'C' then 'B' lead back to it" in checked.loc["c", "sentence"]


def test_codes_outside_the_book_are_listed(check):
    """A code that somebody gave and the book does not hold has a row of its own, at the end."""
    checked = check(HEAD, FINE, codings=give("slow", 3) + give("slwo", 1, 3))
    assert checked.index[-1] == "slwo" and checked.loc["slwo", "finding"] == "not in the book"


def test_only_the_feedback_given_counts(check):
    """In a part of the study, verbatims of others do not count."""
    assert check(HEAD, FINE, codings=give("slow", 10), feedback=[say(1)]).loc["slow", "n"] == 1


def test_the_tree_is_read_from_the_top(make_table):
    """Each code is followed by those below it, in the order of the book; a deep tree does not stop it."""
    rows = [{"code_id": f"c{i}", "parent": f"c{i - 1}" if i else ""} for i in range(3000)]
    ordered = order_tree(make_table("codebook", rows[::-1]))
    assert ordered == [(f"c{i}", i) for i in range(3000)]


def test_the_tables_stay_as_they_are(tables):
    """Checking changes none of the tables."""
    given = tables(feedback=[say(1, text="x")], codings=give("slow", 1, 1))
    before = {name: table.copy() for name, table in given.items()}
    check_codebook(given["codebook"], given["codings"], feedback=given["feedback"], decisions=given["decisions"])
    assert all(table.equals(before[name]) for name, table in given.items())
