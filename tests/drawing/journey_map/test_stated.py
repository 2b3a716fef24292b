"""The lanes of needs, backstage and support."""

import pandas as pd

from cjm_helpers.drawing.journey_map import draw_journey_map
from cjm_helpers.drawing.sheet.scene import Line, Text

STATED = {"need": "To know that the van is there", "backstage": "Desk prepares the key", "support": "Booking system"}


def add_stated(journey, lanes=tuple(STATED)):
    """Let the journey state something at step 2.1 in each of the lanes."""
    rows = [
        {"step_id": "2.1", "lane": lane, "text": STATED[lane], "grade": "D", "item_id": f"s-{lane}"} for lane in lanes
    ]
    journey.cells = pd.concat([journey.cells, pd.DataFrame(rows)], ignore_index=True)
    return draw_journey_map(journey)


def test_stated_lanes_stand_where_the_method_puts_them(rich):
    """Needs before pain points; backstage and support below the ideas, above the legend."""
    names = [lane.name for lane in add_stated(rich).sheets[0].lanes]
    assert names[names.index("channels") + 1 : names.index("insights") + 1] == ["need", "insights"]
    assert names[names.index("opportunities") + 1 : names.index("legend")] == ["backstage", "support"]


def test_nothing_stated_leaves_no_empty_lane(rich):
    """A study without such statements has none of the lanes, and one with needs alone has that one."""
    assert not set(STATED) & {lane.name for lane in draw_journey_map(rich).sheets[0].lanes}
    assert set(STATED) & {lane.name for lane in add_stated(rich, ("need",)).sheets[0].lanes} == {"need"}


def test_the_lines_of_visibility_are_drawn_and_named(rich):
    """A dashed line above backstage, a dotted one above support, both in the legend."""
    sheet = add_stated(rich).sheets[0]
    dashes = {lane.name: {item.dash for item in lane.items if isinstance(item, Line) and item.tone == "ink"}
              for lane in sheet.lanes}  # fmt: skip
    assert dashes["backstage"] == {"dash"} and dashes["support"] == {"dot"}
    words = {item.words for item in sheet.items(Text)}
    assert {"line of visibility", "line of internal interaction"} <= words


def test_a_sheet_keeps_its_height_with_all_lanes(rich):
    """Texts give way and the curve gets a little flatter, but everything stands on one A3 sheet."""
    (sheet,) = add_stated(rich).sheets
    assert sheet.height <= 297.01
