"""The lanes of a laid-out map."""

from itertools import combinations

import pandas as pd
import pytest
from invented_journey import STEPS

from cjm_helpers.drawing.journey_map import draw_journey_map
from cjm_helpers.drawing.journey_map.cards import Page
from cjm_helpers.drawing.journey_map.emotion_plan import plan_emotion
from cjm_helpers.drawing.journey_map.grid import lay_grid
from cjm_helpers.drawing.journey_map.layout import ROOM
from cjm_helpers.drawing.journey_map.legend import list_entries
from cjm_helpers.drawing.journey_map.story import read_journey
from cjm_helpers.drawing.sheet.look import CURVE_LEAST, CURVE_MOST, SHEET_HEIGHT
from cjm_helpers.drawing.sheet.scene import Path, Polygon, Text

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


def height_of(sheet, lane: str) -> float:
    """Return how far it is from a lane's first line to that of the next lane."""
    names = [each.name for each in sheet.lanes]
    tops = [next(item.cell.y0 for item in each.items if isinstance(item, Text)) for each in sheet.lanes]
    return tops[names.index(lane) + 1] - tops[names.index(lane)]


def test_a_sheet_is_filled(any_map):
    """A sheet is as high as A3; lower only where the curve needs no more, or nobody was asked."""
    for sheet in any_map.sheets:
        if "emotion" in {lane.name for lane in sheet.lanes}:
            curve = height_of(sheet, "emotion")
            assert sheet.height >= SHEET_HEIGHT - 0.01 or not CURVE_LEAST <= curve < CURVE_MOST


def test_a_sheet_that_cannot_fit_grows(rich):
    """Where all texts are cut and it is still not enough, the sheet grows and the curve keeps its least height."""
    rich.foot = rich.foot * 12
    (sheet,) = draw_journey_map(rich).sheets
    assert sheet.height > SHEET_HEIGHT
    assert height_of(sheet, "emotion") == pytest.approx(CURVE_LEAST)


def test_a_journey_with_room_is_not_cut(rich):
    """Nothing but steps and answers: no text ends in an ellipsis."""
    rich.cells = rich.cells[rich.cells["lane"].isin(["step", "emotion"])]
    assert not any(words.endswith("…") for words in words_of(draw_journey_map(rich), "steps"))


def test_a_sheet_has_rows_for_its_own_channels_only(two_sheets):
    """A channel that only the second stage uses has a row on its sheet alone."""
    is_phone = (two_sheets.cells["lane"] == "channel") & (two_sheets.cells["text"] == "Phone")
    two_sheets.cells = two_sheets.cells[~(is_phone & ~two_sheets.cells["step_id"].str.startswith("2"))]
    drawn = draw_journey_map(two_sheets)
    shown = [[item.words for item in sheet.items(Text)] for sheet in drawn.sheets]
    assert ["Phone" in words for words in shown[1:]] == [False, True, False, False, False]


def test_the_foot_of_a_kpi_breaks_after_a_comma(rich):
    """No line ends in "from" or "target": the number stands beside its word."""
    rich.cells.loc[rich.cells["lane"] == "kpi", "step_id"] = [step_id for step_id, *_ in STEPS[:6]]
    feet = [words for words in words_of(draw_journey_map(rich), "kpis") if words.startswith(("from", "target", "n ="))]
    assert len(feet) > 6 and not any(words.endswith(("from", "target", "n", "=")) for words in feet)


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


@pytest.mark.parametrize("height", [CURVE_LEAST - 10, CURVE_LEAST, CURVE_LEAST + 4])
def test_no_theme_is_cut_to_one_line(rich, height):
    """Where the curve has little room, a theme keeps two lines or goes, and that of the lowest step goes last."""
    story = read_journey(rich)
    labels = plan_emotion(Page(story, lay_grid(story.steps), ROOM), height).labels
    assert not [label for label in labels if len(label.lines) == 1 and label.lines[0].endswith("…")]
    assert any(label.lines for label in labels if label.step_id == story.lowest) or height < CURVE_LEAST


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


def add_feelings(journey, step_id: str, feelings) -> None:
    """Add feelings (value, people, grade) to one step of a journey."""
    more = [{"step_id": step_id, "lane": "interview", "value": v, "k": k, "grade": g} for v, k, g in feelings]
    journey.cells = pd.concat([journey.cells, pd.DataFrame(more)], ignore_index=True)


def list_diamonds(drawn) -> list[tuple]:
    """Return the points of every diamond, of people and of assumptions."""
    lane = next(lane for lane in drawn.sheets[0].lanes if lane.name == "emotion")
    polygons = [item for item in lane.items if isinstance(item, Polygon)]
    return [item.points for item in polygons if len(item.points) == 4 and item.depth == 5.5]


def test_feelings_close_to_each_other_stand_side_by_side(rich):
    """Two feelings at one step, nearer than a diamond is high, do not overlap."""
    add_feelings(rich, "4.2", [(-2, 1, "C"), (-1.8, 2, "C"), (-1.7, 2, "C")])
    diamonds = list_diamonds(draw_journey_map(rich))
    boxes = [(min(x for x, _ in one), max(x for x, _ in one), one[0][1], one[2][1]) for one in diamonds]
    crossing = [
        (a, b) for a, b in combinations(boxes, 2) if a[0] < b[1] and b[0] < a[1] and a[2] < b[3] and b[2] < a[3]
    ]
    assert len(boxes) == 8 and crossing == []


def test_an_assumed_feeling_is_no_person(rich):
    """A feeling that nobody told is dotted and holds a question mark; the legend names it."""
    add_feelings(rich, "5.1", [(1, None, "D")])
    words = words_of(draw_journey_map(rich), "emotion")
    assert words.count("?") == 1
    assert "assumed feeling" in words_of(draw_journey_map(rich), "legend")


@pytest.mark.parametrize("values", [(0,), (0, 1, -1)])
def test_why_nothing_is_known_stands_beside_diamonds(rich, values):
    """The words in a hatched column move off the zero line where a diamond stands on it, past other diamonds too."""
    add_feelings(rich, "5.1", [(value, 2, "C") for value in values])
    lane = next(lane for lane in draw_journey_map(rich).sheets[0].lanes if lane.name == "emotion")
    heights = {item.words: item.y for item in lane.items if isinstance(item, Text) and item.tone != "muted"}
    zero = next(item.y for item in lane.items if isinstance(item, Text) and item.words == "0 neutral")
    assert abs(heights["not asked"] - zero) > 5


def test_interviews_are_counted_in_people(rich):
    """Each diamond holds the number of people; five feelings, five numbers."""
    words = words_of(draw_journey_map(rich), "emotion")
    assert [word for word in words if word in "1234"].count("4") == 1
    assert len([word for word in words if word.isdigit()]) == 5
