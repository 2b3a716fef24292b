"""Columns, sheets and the spreading of cards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_helpers.drawing.journey_map.grid import lay_grid, split_sheets, spread_cards
from cjm_helpers.drawing.journey_map.story import Step
from cjm_helpers.drawing.sheet.look import COLUMN_LEAST, COLUMN_MOST
from cjm_helpers.drawing.sheet.paper import A3

COUNTS = st.lists(st.integers(1, 6), min_size=1, max_size=7)


def make_steps(counts):
    return [Step(f"{s + 1}.{k + 1}", f"Stage {s + 1}", f"{s + 1}", "") for s, n in enumerate(counts) for k in range(n)]


@given(counts=COUNTS)
def test_stages_follow_each_other_within_the_sheet(counts):
    """Stages never overlap and never leave the sheet; their columns fill them."""
    grid = lay_grid(split_sheets(make_steps(counts))[0])
    edges = [edge for stage in grid.stages for edge in (stage.x0, stage.x1)]
    assert edges == sorted(edges) and edges[-1] <= A3.right + 0.01
    assert all(stage.columns[-1].right == pytest.approx(stage.x1) for stage in grid.stages)


@given(counts=COUNTS)
def test_columns_are_wide_enough(counts):
    """On every sheet a step has its least width; without long names none is wider than the most."""
    for sheet in split_sheets(make_steps(counts)):
        widths = [column.width for column in lay_grid(sheet).columns]
        assert min(widths) >= COLUMN_LEAST - 0.01 and max(widths) <= COLUMN_MOST + 0.01


@given(counts=st.lists(st.integers(1, 20), min_size=1, max_size=8))
def test_sheets_hold_whole_stages_in_order(counts):
    """No sheet has more than 14 steps; a stage is cut only if it alone has more."""
    steps = make_steps(counts)
    sheets = split_sheets(steps)
    assert [step for sheet in sheets for step in sheet] == steps
    assert all(len(sheet) <= 14 for sheet in sheets)
    for before, after in zip(sheets, sheets[1:], strict=False):
        if before[-1].stage == after[0].stage:
            assert counts[int(after[0].number) - 1] > 14


def test_24_steps_over_five_stages_take_two_sheets():
    """5 + 6 + 4 + 5 + 4 steps: the first two stages, then the other three."""
    assert [len(sheet) for sheet in split_sheets(make_steps([5, 6, 4, 5, 4]))] == [11, 13]


@pytest.mark.parametrize(
    ("counts", "sheets"),
    [([5, 6, 6, 6, 3], [11, 6, 9]), ([8, 1, 1, 8], [9, 9]), ([13, 1, 1, 1, 12], [14, 14]), ([6, 6, 2, 6], [12, 8])],
)
def test_sheets_are_as_few_and_then_as_even_as_stages_allow(counts, sheets):
    """No split of whole stages has fewer sheets, and none of as many is more even."""
    assert [len(sheet) for sheet in split_sheets(make_steps(counts))] in (sheets, sheets[::-1])


def test_fourteen_steps_stay_on_one_sheet():
    """Fourteen is the most that one sheet holds."""
    assert len(split_sheets(make_steps([3, 4, 4, 3]))) == 1
    assert len(split_sheets(make_steps([3, 4, 4, 4]))) == 2


def test_a_card_grows_over_empty_steps_to_the_right():
    """A single card at the first of three steps takes the whole stage."""
    stage = lay_grid(make_steps([3])).stages[0]
    (slot,) = spread_cards(stage, {"1.1": ["card"]}.get)
    assert (slot.x0, slot.x1) == (stage.x0, pytest.approx(stage.x1))


def test_a_card_at_the_last_step_grows_to_the_left_unless_it_stays():
    """Only the lowest step's card keeps to its own column."""
    stage = lay_grid(make_steps([3])).stages[0]
    assert spread_cards(stage, {"1.3": ["card"]}.get)[0].x0 == stage.x0
    assert spread_cards(stage, {"1.3": ["card"]}.get, stays="1.3")[0].x0 == stage.columns[2].x


def test_what_finds_no_room_is_counted():
    """Three cards in a stage of two columns: two are shown, one more is counted."""
    stage = lay_grid(make_steps([2])).stages[0]
    slots = spread_cards(stage, {"1.1": ["a", "b", "c"]}.get)
    assert [slot.thing for slot in slots] == ["a", "b"]
    assert [slot.more for slot in slots] == [0, 1]
