"""The laid-out scene: what must hold for every journey on every paper, however long its words."""

from itertools import combinations

import pytest
from drawing.scenes import bound

from cjm_helpers.drawing.journey_map import draw_journey_map
from cjm_helpers.drawing.sheet.look import LEADING
from cjm_helpers.drawing.sheet.scene import Box, Cell, Disc, Line, Link, Path, Polygon, Text

ROUNDING = 0.05
TOUCH = 0.1
LEAST_TYPE, SIZES = 9, 3
FILLS = ("tint", "tint2", "spot", "bluefill", "bluefill2", "orangefill", "orangefill2")
GROWTH = {("one_word", "16:9"): 5}  # millimetres, where four personas are named by one word of 200 letters each
SHARED = ("stages", "legend")  # lanes whose marks belong to no single step


def leaves(inner, outer) -> bool:
    return (
        inner.x0 < outer.x0 - ROUNDING or inner.x1 > outer.x1 + ROUNDING
        or inner.y0 < outer.y0 - ROUNDING or inner.y1 > outer.y1 + ROUNDING
    )  # fmt: skip


def cross(one, other) -> bool:
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    tall = min(one.y1, other.y1) - max(one.y0, other.y0)
    return wide > TOUCH and tall > TOUCH


def test_every_text_stays_inside_its_cell(laid):
    """No text leaves the cell it was handed, to any side."""
    for sheet in laid.sheets:
        outside = [(text.words, text.box, text.cell) for text in sheet.items(Text) if leaves(text.box, text.cell)]
        assert outside == []


def test_no_text_crosses_another(laid):
    """The boxes of all texts of a sheet are pairwise disjoint."""
    for sheet in laid.sheets:
        boxes = sorted(((text.box, text.words) for text in sheet.items(Text)), key=lambda entry: entry[0].x0)
        crossing = []
        for k, (box, words) in enumerate(boxes):
            for other, others in boxes[k + 1 :]:
                if other.x0 > box.x1:
                    break
                if cross(box, other):
                    crossing.append((words, others))
        assert crossing == []


def test_cells_of_one_lane_do_not_overlap(laid):
    """Cells handed to texts of one lane are the same or apart, so that staying inside them means something."""
    for sheet in laid.sheets:
        for lane in sheet.lanes:
            cells = sorted({item.cell for item in lane.items if isinstance(item, Text)})
            assert not [(one, other) for one, other in combinations(cells, 2) if cross(one, other)], lane.name


def test_a_text_outside_its_cell_would_be_noticed(rich):
    """The check above can fail: the same texts in cells a tenth as wide leave them."""
    texts = draw_journey_map(rich).sheets[0].items(Text)
    narrow = [text.cell._replace(x1=text.cell.x0 + (text.cell.x1 - text.cell.x0) / 10) for text in texts]
    assert any(leaves(text.box, cell) for text, cell in zip(texts, narrow, strict=True))


def test_lanes_follow_each_other_without_overlap(laid):
    """Each lane's texts stand above those of the next lane."""
    for sheet in laid.sheets:
        spans = [[item.cell.y0 for item in lane.items if isinstance(item, Text)] for lane in sheet.lanes]
        tops = [min(span) for span in spans if span]
        assert tops == sorted(tops)


def test_everything_stands_on_the_sheet(laid):
    """No text, mark, line or box leaves the sheet."""
    for sheet in laid.sheets:
        whole = Cell(0, 0, sheet.width, sheet.height)
        boxes = [text.box for text in sheet.items(Text)]
        boxes += [bound(item) for kind in (Disc, Box, Polygon, Line, Path, Link) for item in sheet.items(kind)]
        assert [box for box in boxes if leaves(box, whole)] == []


def test_marks_stand_in_the_cell_of_their_step(laid):
    """Every mark of a lane lies inside the cell of a text, or an area that leads to the evidence of a step."""
    for sheet in laid.sheets:
        for lane in (lane for lane in sheet.lanes if lane.name not in SHARED):
            areas = [bound(item) for item in lane.items if isinstance(item, Link)]
            areas += {item.cell for item in lane.items if isinstance(item, Text)}
            marks = [item for item in lane.items if isinstance(item, (Disc, Polygon)) and item.fill not in FILLS]
            marks += [item for item in lane.items if isinstance(item, Box) and item.edge]
            lost = [mark for mark in marks if all(leaves(bound(mark), area) for area in areas)]
            assert lost == [], lane.name


def test_a_sheet_is_not_higher_than_its_paper(laid):
    """Texts give way until everything fits, also 200 letters at every place; the one that grows is named above."""
    most = laid.paper.height + GROWTH.get((laid.name, laid.paper.name), 0)
    assert max(sheet.height for sheet in laid.sheets) <= most + ROUNDING
    assert {sheet.width for sheet in laid.sheets} == {laid.paper.width}


def test_only_three_sizes_of_type_are_used(laid):
    """Large for the finding, middle for names and values, small for the rest; none below 9 points."""
    sizes = {text.size for sheet in laid.sheets for text in sheet.items(Text)}
    assert sizes <= set(LEADING) and len(LEADING) == SIZES and min(LEADING) >= LEAST_TYPE


def test_marks_of_every_kind_are_drawn(rich):
    """The rich journey shows its stars, hatches, diamonds and channel stations."""
    words = [text.words for text in draw_journey_map(rich).sheets[0].items(Text)]
    assert words.count("moment of truth") == 3
    assert words.count("not asked") == 2
    assert words.count("fewer than 5") == 2
    assert "+2 more" in words


@pytest.mark.parametrize("lane", ["quote", "channel", "kpi", "opportunity", "touchpoint"])
def test_a_lane_without_anything_is_left_out_and_named_in_the_foot(rich, lane):
    """A lane that holds nothing takes no room; the foot says that there is none yet."""
    names = {"quote": "verbatims", "channel": "channels", "kpi": "KPIs", "opportunity": "opportunities",
             "touchpoint": "touchpoints"}  # fmt: skip
    rich.cells = rich.cells[rich.cells["lane"] != lane]
    sheet = draw_journey_map(rich).sheets[0]
    full = " ".join(text.words for text in sheet.items(Text))
    assert f"None yet: {names[lane]}." in full
    assert len(sheet.lanes) == 11
