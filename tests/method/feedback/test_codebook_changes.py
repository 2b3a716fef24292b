"""Changes of a codebook: what each does, what it refuses, and that nothing that was coded is lost."""

from contextlib import suppress

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from method.speaking import code

from cjm_helpers.errors import CjmError
from cjm_helpers.method.codings import list_to_code_anew, settle_codings
from cjm_helpers.method.feedback.codebook import order_tree
from cjm_helpers.method.feedback.codebook_changes import (
    add_code,
    list_below,
    merge_codes,
    move_code,
    rename_code,
    retire_code,
    split_code,
)

WHY = "Agreement was low"
CODES = [
    ("pay", "Paying", "", "", ""), ("slow", "Slow", "pay", "", ""), ("late", "Late", "pay", "", ""),
    ("page", "Slow pages", "slow", "", ""), ("wheel", "Wheel turns", "page", "", ""),
    ("old", "Old", "", "retired", "slow"), ("gone", "Gone", "", "retired", ""), ("people", "People", "", "", ""),
]  # fmt: skip


@pytest.fixture
def book(make_table):
    """Four levels, a merged code and a retired one."""
    keys = ("code_id", "label", "parent", "status", "replaced_by")
    return make_table("codebook", [dict(zip(keys, row, strict=True)) for row in CODES])


def read(book, code_id):
    """Return the row of a code."""
    return book.set_index("code_id").loc[code_id]


def test_merging_retires_one_and_moves_what_lies_below(book):
    """The code that goes names its successor and the reason; its children lie below the code that stays."""
    merged = merge_codes(book, code_id="slow", into="people", reason=WHY)
    assert read(merged, "slow")[["status", "replaced_by"]].tolist() == ["retired", "people"]
    assert read(merged, "slow")["reason"] == "Merged into 'People': Agreement was low."
    assert read(merged, "page")["parent"] == "people"


def test_merging_rewrites_no_coding(book, make_table):
    """Codings of both, and of what was merged before, count under the code that stays."""
    codings = make_table("codings", [code("f1", "slow"), code("f2", "old", "ben"), code("f3", "late")])
    nobody = make_table("coding_decisions", [])
    merged = merge_codes(book, code_id="slow", into="late", reason=WHY)
    settled = settle_codings(codings, nobody, codebook=merged)
    assert settled["code_id"].tolist() == ["late", "late", "late"]


def test_splitting_leaves_the_verbatims_to_be_coded_anew(book, make_table):
    """New codes stand right behind, with parent and valence; the old one has no successor, so its verbatims wait."""
    book.loc[book["code_id"] == "late", "valence"] = -1.0
    split = split_code(book, code_id="late", into={"a": "Late parcel", "b": "Late answer"}, reason=WHY)
    assert split["code_id"].tolist()[2:5] == ["late", "a", "b"]
    assert (
        split.loc[3:4, ["parent", "valence", "status", "definition"]].values.tolist()
        == [["pay", -1.0, "active", ""]] * 2
    )
    assert read(split, "late")["reason"] == "Split into 'Late parcel' and 'Late answer': Agreement was low."
    codings = make_table("codings", [code("f1", "late")])
    assert list_to_code_anew(codings, split)["feedback_id"].tolist() == ["f1"]


def test_renaming_keeps_the_id_and_all_reasons(book):
    """The label changes, the id stays, and each reason is kept behind the one before."""
    again = rename_code(book, code_id="late", label="Too late", reason="Clearer")
    again = rename_code(again, code_id="late", label="Far too late", reason="Clearer still!")
    said = "Renamed from 'Late': Clearer. Renamed from 'Too late': Clearer still!"
    assert read(again, "late")[["label", "reason"]].tolist() == ["Far too late", said]


def test_a_label_may_change_its_capitals(book):
    """A code is no twin of itself."""
    assert read(rename_code(book, code_id="late", label="LATE", reason=WHY), "late")["label"] == "LATE"


def test_retiring_lifts_what_lies_below(book):
    """Codes below a retired one lie where it lay."""
    assert read(retire_code(book, code_id="slow", reason=WHY), "page")["parent"] == "pay"


def test_moving_takes_along_what_lies_below(book):
    """A code moves with all below it, also to the top."""
    moved = move_code(book, code_id="page", below="people", reason=WHY)
    assert dict(order_tree(moved))["wheel"] == 2
    top = move_code(book, code_id="page", below="", reason=WHY)
    assert read(top, "page")["reason"] == "Moved to the top: Agreement was low."


def test_a_new_code_stands_last_below_its_parent(book):
    """It follows all that lies below its parent; without one it stands at the end."""
    assert add_code(book, code_id="new", label="New", parent="slow")["code_id"].tolist()[5] == "new"
    assert add_code(book, code_id="new", label="New")["code_id"].iloc[-1] == "new"
    assert add_code(book[:0], code_id="new", label="New")["code_id"].tolist() == ["new"]


@pytest.mark.parametrize(
    "change, options, sentence",
    [
        (merge_codes, {"code_id": "slow", "into": "slow"}, "'Slow' cannot be merged into itself"),
        (merge_codes, {"code_id": "slow", "into": "wheel"}, "'Wheel turns' lies below 'Slow'"),
        (merge_codes, {"code_id": "late", "into": "old"}, "'Old' is retired. 'Slow' took its place"),
        (merge_codes, {"code_id": "gone", "into": "slow"}, "'Gone' is retired. Choose a code that is in use"),
        (merge_codes, {"code_id": "lat", "into": "slow"}, "no code 'lat' in the codebook. Did you mean 'late'"),
        (split_code, {"code_id": "late", "into": {"a": "Only one"}}, "at least two codes"),
        (split_code, {"code_id": "late", "into": {"a": "slow", "b": "New"}}, "A code is called 'Slow' already"),
        (
            split_code,
            {"code_id": "late", "into": {"a": "New", "b": "new "}},
            "Two of the new codes have the same label",
        ),
        (rename_code, {"code_id": "late", "label": "slow pages"}, "called 'Slow pages' already"),
        (rename_code, {"code_id": "late", "label": "Gone"}, "A retired code is called 'Gone' already"),
        (rename_code, {"code_id": "late", "label": "Late"}, "called 'Late' already"),
        (rename_code, {"code_id": "late", "label": " "}, "needs a label"),
        (retire_code, {"code_id": "old"}, "'Old' is retired"),
        (move_code, {"code_id": "slow", "below": "slow"}, "cannot lie below itself"),
        (move_code, {"code_id": "slow", "below": "wheel"}, "cannot lie below itself"),
        (move_code, {"code_id": "slow", "below": "pay"}, "stands there already"),
        (move_code, {"code_id": "late", "below": "gone"}, "'Gone' is retired"),
        (move_code, {"code_id": "late", "below": "wheel"}, "deeper than 4 levels"),
    ],
)
def test_what_makes_no_sense_is_refused(book, change, options, sentence):
    """Circles, retired codes, labels in use and trees too deep get a sentence, and the book stays as it is."""
    before = book.copy()
    with pytest.raises(CjmError, match=sentence):
        change(book, **options, reason=WHY)
    assert book.equals(before)


@pytest.mark.parametrize("change", [merge_codes, split_code, rename_code, retire_code, move_code])
def test_every_change_needs_a_reason(book, change):
    """Without a reason nothing changes."""
    more = {
        merge_codes: {"into": "slow"}, split_code: {"into": {"a": "A", "b": "B"}}, rename_code: {"label": "X"},
        move_code: {"below": ""}, retire_code: {},
    }[change]  # fmt: skip
    with pytest.raises(CjmError, match="Say why"):
        change(book, code_id="late", **more, reason=" ")


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.booleans()), max_size=8))
def test_no_row_of_changes_loses_a_coding_or_makes_a_circle(steps):
    """However codes are merged and moved, every coding counts under a code in use and the tree has no circle."""
    ids = [f"c{place}" for place in range(6)]
    book = pd.DataFrame({"code_id": ids, "label": ids}).assign(parent="", status="", replaced_by="", reason="")
    for one, other, merges in steps:
        change = {"into": ids[other]} if merges else {"below": ids[other]}
        with suppress(CjmError):
            book = (merge_codes if merges else move_code)(book, code_id=ids[one], **change, reason=WHY)
    codings = pd.DataFrame({"feedback_id": ids, "code_id": ids}).assign(coder_id="anna", touchpoint_id="", emotion=0.0)
    nobody = pd.DataFrame(columns=["feedback_id", "code_id", "applies"], dtype="str")
    settled, used = settle_codings(codings, nobody, codebook=book), set(book.loc[book["status"] == "", "code_id"])
    assert len(settled) == len(ids) and set(settled["code_id"]) <= used
    assert not [name for name in ids if name in list_below(book, name)]
    assert set(book.loc[book["code_id"].isin(used), "parent"]) <= {"", *used}
