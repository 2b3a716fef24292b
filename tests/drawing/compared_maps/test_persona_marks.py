"""What tells personas apart without colour: shape, dash, and names that keep away from each other."""

from itertools import combinations, pairwise
from math import dist

import pytest
from drawing.scenes import bound
from invented_personas import make_personas

from cjm_helpers.drawing.compared_maps.persona_curves import NameBox, spread_names
from cjm_helpers.drawing.compared_maps.persona_marks import DASHES, TONES, dash_way, draw_mark
from cjm_helpers.drawing.compared_maps.personas import draw_persona_map
from cjm_helpers.drawing.sheet.look import MARK_TONES
from cjm_helpers.drawing.sheet.scene import Cell, Disc, Path, Pen, Polygon

WAY = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)]


def draw_all(**options):
    """Return the four marks as drawn items."""
    items: list = []
    for number in range(4):
        draw_mark(Pen(items, top=0.0, cell=Cell(0, 0, 9, 9)), (5, 5), number=number, tone="ink", **options)
    return items


def test_four_personas_have_four_shapes():
    """Disc, square, triangle and diamond: kind and number of corners differ, not colour."""
    shapes = [(type(item).__name__, len(getattr(item, "points", ()))) for item in draw_all()]
    assert len(set(shapes)) == 4
    assert len({item.fill for item in draw_all()}) == 1


def test_a_mark_below_thirty_answers_is_hollow():
    """Paper inside, the same edge."""
    assert {item.fill for item in draw_all(is_solid=False)} == {"paper"}
    assert {item.edge for item in draw_all(is_solid=False)} == {"ink"}


def test_four_personas_have_four_dashes_in_readable_ink():
    """No two lines have the same pattern, and every tone has the contrast of a mark."""
    assert len(set(DASHES)) == 4 and set(TONES) <= set(MARK_TONES)


def test_dashes_have_their_lengths_and_run_on_round_a_corner():
    """Strokes of 4 and gaps of 2 along 20: the third stroke goes on after the bend."""
    moves = dash_way(WAY, (4.0, 2.0))
    strokes, start = [], None
    for letter, point in moves:
        if letter == "M":
            strokes.append(0.0)
        else:
            strokes[-1] += dist(start, point)
        start = point
    assert [round(stroke, 6) for stroke in strokes if stroke] == [4.0, 4.0, 4.0, 2.0]


def test_lines_use_their_persona_s_pattern():
    """On the sheet the first line is whole, the others are cut."""
    (sheet,) = draw_persona_map(make_personas(4)).sheets
    lane = next(lane for lane in sheet.lanes if lane.name == "emotion")
    breaks = [sum(letter == "M" for letter, *_ in path.moves) for path in lane.items if isinstance(path, Path)]
    assert breaks.count(1) >= 2 and max(breaks) > 10


@pytest.mark.parametrize("wishes", [(10, 10, 10, 10), (0, 1, 2, 3), (60, 59, 60, 58), (5, 30, 31, 60)])
def test_names_never_stand_upon_each_other(wishes):
    """However near their lines end, each name has its own place inside the lane, in the order of the lines."""
    boxes = [NameBox(_Numbered(k), ["Name", "of two lines"], float(wish), True) for k, wish in enumerate(wishes)]
    placed = spread_names(boxes, height=62.0)
    assert all(one[0] + one[1].height <= other[0] + 1e-9 for one, other in pairwise(placed))
    assert placed[0][0] >= 0 and placed[-1][0] + placed[-1][1].height <= 62.0
    assert [box.wish for _, box in placed] == sorted(map(float, wishes))


class _Numbered:
    def __init__(self, number):
        self.number = number


def test_marks_of_one_step_stand_beside_each_other():
    """Four personas who feel the same at a step have four places."""
    (sheet,) = draw_persona_map(make_personas(4)).sheets
    lane = next(lane for lane in sheet.lanes if lane.name == "emotion")
    marks = [bound(item) for item in lane.items if isinstance(item, (Disc, Polygon)) and item.fill != "paper"]
    assert not [
        (one, other) for one, other in combinations(marks, 2) if abs(one.x0 - other.x0) < 0.5 > abs(one.y0 - other.y0)
    ]
