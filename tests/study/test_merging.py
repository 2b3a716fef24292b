"""Merging two people's changes of one worksheet."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjm_helpers.study.merging import merge_rows, settle_conflicts

COLUMNS = ["id", "name", "owner"]
cells = st.sampled_from(["", "a", "b", "c"])
rows = st.dictionaries(st.sampled_from("pqrstuv"), st.tuples(cells, cells), max_size=6)
orders = st.randoms(use_true_random=False)
few = settings(max_examples=40)


def make(*lines):
    """Return a frame from lines such as "p a b"; a dot is an empty cell."""
    return pd.DataFrame([line.replace(".", "").split(" ") for line in lines], columns=COLUMNS, dtype="str")


def spell(frame):
    """Return a frame as such lines."""
    return [" ".join(cell or "." for cell in row) for row in frame.values.tolist()]


def build(rows, order=None):
    """Return drawn rows as a frame, in a drawn order."""
    lines = [(name, *row) for name, row in rows.items()]
    if order:
        order.shuffle(lines)
    return pd.DataFrame(lines, columns=COLUMNS, dtype="str")


def choose(names, inside, outside):
    """Return the rows of these names from one set of rows and all others from another."""
    own = {name: row for name, row in inside.items() if name in names}
    return own | {name: row for name, row in outside.items() if name not in names}


def merge(base, mine, theirs, key=("id",)):
    """Merge three lists of lines."""
    merged = merge_rows(make(*base), mine=make(*mine), theirs=make(*theirs), key=key)
    return spell(merged.frame), merged.conflicts


def test_changes_of_different_cells_meet():
    """Two people who changed different cells of a row both find their change."""
    assert merge(["p a a"], ["p b a"], ["p a c"]) == (["p b c"], ())


def test_the_same_change_is_no_conflict():
    """Two people who wrote the same agree."""
    assert merge(["p a a"], ["p b a", "q b ."], ["p b a", "q b ."]) == (["p b a", "q b ."], ())


def test_a_cell_that_both_changed_is_said():
    """Theirs stands, mine comes back with the sentence."""
    lines, (conflict,) = merge(["p a a"], ["p b a"], ["p . a"])
    assert lines == ["p . a"]
    assert conflict[:5] == (("p",), "name", "a", "b", "")
    assert conflict.sentence == "p, name: you wrote 'b', someone else emptied the cell, which stands now."


def test_a_row_that_i_deleted_and_they_changed_stays():
    """Their change counts for more than my deletion, which is said and can be done after all."""
    lines, conflicts = merge(["p a a", "q a a"], ["q a a"], ["p b a", "q a a"])
    assert lines == ["p b a", "q a a"] and "you deleted this row" in conflicts[0].sentence
    assert spell(settle_conflicts(make(*lines), conflicts, key=["id"])) == ["q a a"]


def test_a_row_that_they_deleted_and_i_changed_can_be_put_back():
    """Every filled cell of my row comes back, so that nothing of it is lost."""
    lines, conflicts = merge(["p a a", "q a a"], ["p b a", "q a a"], ["q a a"])
    assert lines == ["q a a"] and len({conflict.sentence for conflict in conflicts}) == 1
    assert spell(settle_conflicts(make(*lines), conflicts, key=["id"])) == ["q a a", "p b a"]


def test_new_rows_stand_after_the_row_they_followed():
    """Theirs keep their order; mine come in where I put them, also where the row before is gone."""
    base = ["p a a", "q a a", "r a a"]
    mine = ["x a a", "p a a", "q a a", "y a a", "z a a", "r a a"]
    assert merge(base, mine, ["p a a", "r a a", "w a a"])[0] == [
        "x a a", "p a a", "y a a", "z a a", "r a a", "w a a",
    ]  # fmt: skip


def test_rows_that_only_i_moved_stay_moved():
    """An order that one side changed wins alone, beside the other side's new rows."""
    assert merge(["p a a", "q a a"], ["q a a", "p a a"], ["p a a", "x a a", "q a a"])[0] == ["q a a", "p a a", "x a a"]


def test_where_both_moved_rows_their_order_stands():
    """Two orders cannot both be kept; no row is lost over it."""
    base = ["p a a", "q a a", "r a a"]
    assert merge(base, ["r a a", "q a a", "p a a"], ["q a a", "p a a", "r a a"])[0] == ["q a a", "p a a", "r a a"]


def test_rows_without_a_key_merge_as_wholes():
    """Where nothing names a row, equal rows are counted: one taken away and one added by each side."""
    base = ["p a a", "p a a", "q a a"]
    lines, conflicts = merge(base, ["p a a", "q a a", "x a a"], [*base, "y a a"], key=())
    assert sorted(lines) == ["p a a", "q a a", "x a a", "y a a"] and conflicts == ()


def test_columns_of_both_sides_stay():
    """A column that one side has alone comes out filled where that side filled it."""
    wider = make("p a a").assign(city=["Ulm"])
    merged = merge_rows(make("p a a"), mine=wider, theirs=make("p b a", "q a a"), key=["id"])
    assert merged.frame.values.tolist() == [["p", "b", "a", "Ulm"], ["q", "a", "a", ""]]


@pytest.mark.parametrize("key", [("id",), ()])
@few
@given(rows, rows, orders)
def test_an_unchanged_side_gives_the_other(key, base, changed, order):
    """Where one side changed nothing, the other comes out as it is, in its order."""
    base, changed = build(base), build(changed, order)
    for mine, theirs in ((base, changed), (changed, base)):
        merged = merge_rows(base, mine=mine, theirs=theirs, key=key)
        assert spell(merged.frame) == spell(changed) and merged.conflicts == ()


@few
@given(rows, rows, rows)
def test_nothing_is_lost(base, mine, theirs):
    """Whatever either side wrote stands in the merged rows, comes back as a conflict, or is as it was before."""
    merged = merge_rows(build(base), mine=build(mine), theirs=build(theirs), key=["id"])
    there = {row[0]: tuple(row[1:]) for row in merged.frame.values.tolist()}
    told = {(*conflict.key, conflict.column): conflict.mine for conflict in merged.conflicts}
    for name, written in mine.items():
        for place, column in enumerate(COLUMNS[1:]):
            was = base.get(name, ("", ""))[place]
            if written[place] != was:
                assert told.get((name, column), there.get(name, ("", ""))[place]) == written[place]
    for name, written in theirs.items():
        assert name in there or written == base.get(name)
        for now, their, was in zip(there.get(name, written), written, base.get(name, ("", "")), strict=True):
            assert now == their or their == was


@few
@given(rows, rows, st.sets(st.sampled_from("pqrstuv")))
def test_changes_of_different_rows_do_not_depend_on_the_side(base, after, own):
    """Where each side touched rows of its own, both get the same rows, and no conflict."""
    mine, theirs = choose(own, after, base), choose(own, base, after)
    one = merge_rows(build(base), mine=build(mine), theirs=build(theirs), key=["id"])
    two = merge_rows(build(base), mine=build(theirs), theirs=build(mine), key=["id"])
    assert sorted(spell(one.frame)) == sorted(spell(two.frame)) == sorted(spell(build(after)))
    assert one.conflicts == two.conflicts == ()


@few
@given(rows, rows, rows)
def test_settling_every_conflict_gives_my_version(base, mine, theirs):
    """With all conflicts settled my way, my changes stand, and their others beside them."""
    merged = merge_rows(build(base), mine=build(mine), theirs=build(theirs), key=["id"])
    settled = settle_conflicts(merged.frame, merged.conflicts, key=["id"])
    there = {row[0]: tuple(row[1:]) for row in settled.values.tolist()}
    for name, written in mine.items():
        before = base.get(name, ("", ""))
        changed = [place for place in (0, 1) if written[place] != before[place]]
        assert all(there[name][place] == written[place] for place in changed)
