"""The lanes of a laid-out map."""

import pandas as pd

from cjm_helpers.drawing.journey_map import draw_journey_map
from cjm_helpers.drawing.journey_map.cards import Page
from cjm_helpers.drawing.journey_map.emotion_plan import plan_emotion
from cjm_helpers.drawing.journey_map.grid import lay_grid
from cjm_helpers.drawing.journey_map.layout import ROOM
from cjm_helpers.drawing.journey_map.legend import list_entries
from cjm_helpers.drawing.journey_map.look import CURVE_LEAST
from cjm_helpers.drawing.journey_map.scene import Path, Polygon, Text
from cjm_helpers.drawing.journey_map.story import read_journey

LANES = [
    "lens", "stages", "steps", "quotes", "emotion", "touchpoints", "channels", "insights", "kpis", "opportunities",
    "legend", "foot",
]  # fmt: skip


def words_of(drawn, lane: str) -> list[str]:
    lanes = [each for sheet in drawn.sheets for each in sheet.lanes if each.name == lane]
    return [item.words for each in lanes for item in each.items if isinstance(item, Text)]


def test_lanes_stand_in_their_order(rich):
    """From the finding down to the sources, as the eye reads from feeling to remedy."""
    assert [lane.name for lane in draw_journey_map(rich).sheets[0].lanes] == LANES


def test_the_scale_is_fixed_and_named(rich):
    """All five marks of the scale are printed, whatever the data."""
    words = words_of(draw_journey_map(rich), "emotion")
    assert {"+2 delighted", "+1 pleased", "0 neutral", "−1 annoyed", "−2 furious"} <= set(words)


def test_the_line_stops_at_steps_without_a_value(rich):
    """2.3 has too few answers and 5.1 none: three runs make three strokes."""
    lane = next(lane for lane in draw_journey_map(rich).sheets[0].lanes if lane.name == "emotion")
    assert len([item for item in lane.items if isinstance(item, Path)]) == 3


def test_the_scale_holds_its_least_height(any_journey):
    """Labels give way before a unit of the scale gets too flat to read."""
    story = read_journey(any_journey)
    if len(story.steps) <= 14:
        plan = plan_emotion(Page(story, lay_grid(story.steps), ROOM), CURVE_LEAST)
        assert plan.scale.unit >= 7.5


def test_the_legend_names_only_marks_that_are_used(rich):
    """Without interviews, delights and benchmarks their entries are gone."""
    rich.cells = rich.cells[~rich.cells["lane"].isin(["interview", "delight"])].assign(benchmark=None)
    story = read_journey(rich)
    entries = [entry.words for entry in list_entries(Page(story, lay_grid(story.steps), ROOM))]
    assert "moment of truth" in entries
    assert not {"people interviewed", "delight", "benchmark"} & set(entries)


def test_the_column_of_the_lowest_step_is_spotted(rich):
    """The pale column runs through all lanes from steps to opportunities."""
    sheet = draw_journey_map(rich).sheets[0]
    spotted = [lane.name for lane in sheet.lanes if any(getattr(item, "fill", "") == "spot" for item in lane.items)]
    assert spotted == LANES[2:10]


def test_a_journey_without_steps_is_drawn_with_its_sentence(rich):
    """No step yet: the map says so instead of failing."""
    rich.steps, rich.cells = rich.steps.iloc[:0], pd.DataFrame(columns=["step_id", "lane", "text"])
    rich.finding = "No touchpoint is listed yet."
    drawn = draw_journey_map(rich)
    assert "No touchpoint is listed yet." in " ".join(words_of(drawn, "lens"))
    assert drawn.svg.startswith("<svg")


def test_severity_fills_as_many_triangles(rich):
    """A pain of severity 3 has three filled triangles, one of severity 1 one."""
    rich.cells = rich.cells[(rich.cells["lane"] != "pain") | (rich.cells["severity"] == 3)]
    rich.cells = rich.cells[(rich.cells["lane"] != "pain") | (rich.cells["step_id"] == "4.2")]
    lane = next(lane for lane in draw_journey_map(rich).sheets[0].lanes if lane.name == "insights")
    orange = [item for item in lane.items if isinstance(item, Polygon) and item.edge == "orange"]
    assert [item.fill for item in orange] == ["orange"] * 3


def test_interviews_are_counted_in_people(rich):
    """Each diamond holds the number of people; five feelings, five numbers."""
    words = words_of(draw_journey_map(rich), "emotion")
    assert [word for word in words if word in "1234"].count("4") == 1
    assert len([word for word in words if word.isdigit()]) == 5
