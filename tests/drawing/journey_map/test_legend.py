"""The legend names every mark that its sheet uses, and only those; its marks differ without any colour."""

from itertools import combinations

import pytest
from drawing.hard_journeys import JOURNEYS, lay_map
from drawing.scenes import bound

from cjm_helpers.drawing.journey_map.caution import LEGEND, MARK
from cjm_helpers.drawing.sheet.look import ITALIC, MARK_RISE, MARK_TONES
from cjm_helpers.drawing.sheet.marks import IMPACT_RADIUS, draw_backing
from cjm_helpers.drawing.sheet.paper import PAPERS
from cjm_helpers.drawing.sheet.scene import Box, Disc, Line, Pen, Polygon, Text

LETTERS = {"D": "digital", "H": "human", "P": "physical"}
GRADES = {"": "evidence A: seen and said", "dash": "B or C", "dot": "D, assumed, in italic"}
MEANS = {"mean with 95 % interval, n from 30": True, "n below 30": False, "mean with 95 % interval, n below 30": False}
FEELINGS, IMPACT = ("blue", "orange", "bar"), "impact 1, 2, 3"
STAR_POINTS, DIAMOND_POINTS, MARK_DEPTH = 10, 4, 5
LANES_OF_LINES = {"backstage": "line of visibility", "support": "line of internal interaction"}
SHEETS = [f"{name} {paper}" for name in JOURNEYS for paper in PAPERS]


def find_touchpoints(items):
    yield from (LETTERS[item.words] for item in items if isinstance(item, Text) and item.tone == "paper")
    sizes = [item.radius for item in items if isinstance(item, Disc)]
    sizes += [item.width / 1.8 for item in items if isinstance(item, Box) and item.fill == "ink"]
    yield from (IMPACT for size in sizes if size > IMPACT_RADIUS[1] + 0.01)


def find_feelings(items):
    polygons = [item for item in items if isinstance(item, Polygon)]
    stars = [item for item in polygons if len(item.points) == STAR_POINTS and item.edge in FEELINGS]
    yield from ("moment of truth" for _ in stars)
    means = [*stars, *(item for item in items if isinstance(item, Disc))]
    yield from ("mean: solid" if item.fill in FEELINGS else "mean: hollow" for item in means)
    diamonds = [item for item in polygons if len(item.points) == DIAMOND_POINTS and item.depth == MARK_DEPTH + 0.5]
    yield from ("people interviewed" if item.edge else "assumed feeling" for item in diamonds)


def find_insights(items):
    marks = [item for item in items if isinstance(item, Polygon)]
    names = {
        ("orange", "orange"): "pain, severity 2 of 3",
        ("blue", "blue"): "delight",
        ("paper", "blue"): "people who felt the opposite",
    }
    yield from (names[item.fill, item.edge] for item in marks if (item.fill, item.edge) in names)


def find_kpis(items):
    yield from ("KPI: before, now, target" for item in items if isinstance(item, Line) and item.tone == "bar")
    yield from ("benchmark" for item in items if isinstance(item, Polygon) and item.fill == "paper")


def find_ideas(items):
    yield from ("low, middle, high" for item in items if isinstance(item, Box) and item.edge == "bar")


FIND = {"touchpoints": find_touchpoints, "emotion": find_feelings, "insights": find_insights, "kpis": find_kpis,
        "opportunities": find_ideas}  # fmt: skip


def find_marks(sheet) -> set[str]:
    """Return the legend's words for the marks that are really on the sheet."""
    found = {LANES_OF_LINES[lane.name] for lane in sheet.lanes if lane.name in LANES_OF_LINES}
    if any("overview; " in item.words for item in sheet.items(Text)):  # elsewhere words stand on the hatch
        hatch = (
            item for lane in sheet.lanes if lane.name == "emotion" for item in lane.items if isinstance(item, Line)
        )
        found.update(
            "not asked, or too few answers" for item in hatch if item.tone == "rule" and item.start[1] != item.end[1]
        )
    for lane in (lane for lane in sheet.lanes if lane.name != "legend"):
        found.update(FIND.get(lane.name, lambda items: ())(lane.items))
        edges = (item for item in lane.items if isinstance(item, Line) and item.weight == BACKING.weight)
        found.update(GRADES[item.dash] for item in edges if item.tone == BACKING.tone and item.start[0] == item.end[0])
        found.update(GRADES["dot"] for item in lane.items if isinstance(item, Text) and item.face == ITALIC)
        found.update(LEGEND for item in lane.items if isinstance(item, Text) and MARK in item.words)
    return found


def draw_edge() -> Line:
    """Return the line at the edge of a cell that has a grade."""
    items: list = []
    draw_backing(Pen(items, top=0, cell=None), 0, y0=0, y1=1, grade="A")
    return items[0]


BACKING = draw_edge()


def read_legend(sheet) -> list[str]:
    (legend,) = (lane for lane in sheet.lanes if lane.name == "legend")
    words = [item.words for item in legend.items if isinstance(item, Text) and item.tone == "ink"]
    words = [word for word in words if word != "Legend" and not word.isdigit() and word != "?"]
    return [f"mean: {'solid' if MEANS[word] else 'hollow'}" if word in MEANS else word for word in words]


@pytest.mark.parametrize("name", SHEETS)
def test_the_legend_names_every_mark_and_only_those(name):
    """Read from the marks on the sheet, on the one side, and from the words of the legend, on the other."""
    for sheet in lay_map(*name.split(" ")):
        words, marks = read_legend(sheet), find_marks(sheet)
        assert len(words) == len(set(words))
        assert set(words) - {IMPACT} == marks - {IMPACT}
        assert IMPACT in words or IMPACT not in marks  # a touchpoint of impact 1 is as small as one without any


def list_shapes(sheet) -> dict[str, frozenset]:
    """Return for each entry what is left of its mark without colour: parts, corners, sizes; solid, hollow, dashed."""
    (legend,) = (lane for lane in sheet.lanes if lane.name == "legend")
    texts = [item for item in legend.items if isinstance(item, Text) and item.tone == "ink" and len(item.words) > 2][1:]
    shapes = {}
    for text in texts:
        marks = [(item, bound(item)) for item in legend.items if not isinstance(item, Text)]
        mine = [item for item, box in marks if text.cell.x0 - 0.5 <= box.x0 <= box.x1 <= text.x
                and text.cell.y0 < (box.y0 + box.y1) / 2 < text.cell.y1]  # fmt: skip
        left, top = min(bound(item).x0 for item in mine), min(bound(item).y0 for item in mine)
        shapes[text.words] = frozenset(_strip(item, left, top) for item in mine)
    return shapes


def _strip(item, left: float, top: float) -> tuple:
    points = item.points if isinstance(item, Polygon) else (bound(item)[:2], bound(item)[2:])
    places = tuple(round((x - left) * 2) + 1j * round((y - top) * 2) for x, y in points)
    return type(item), places, getattr(item, "fill", "") in MARK_TONES, getattr(item, "dash", "")


@pytest.mark.parametrize("name", ["rich a3", "full a3", "forty_steps a3", "full a4"])
def test_kinds_differ_without_any_colour(name):
    """In grey, and to any eye, the shapes of the legend's marks are different for each pair."""
    for sheet in lay_map(*name.split(" ")):
        shapes = list_shapes(sheet)
        assert len(shapes) > 5
        assert [(one, other) for one, other in combinations(shapes, 2) if shapes[one] == shapes[other]] == []


def test_a_feeling_is_good_or_bad_by_its_place_too(any_map):
    """Blue means stand above the zero line and orange ones below it, so that grey loses nothing."""
    for sheet in any_map.sheets:
        for lane in (lane for lane in sheet.lanes if lane.name == "emotion"):
            zero = next(
                (item.y - MARK_RISE for item in lane.items if isinstance(item, Text) and item.words == "0 neutral"), 0
            )
            means = [item for item in lane.items if isinstance(item, Disc) and zero]
            assert all(item.y < zero for item in means if "blue" in (item.fill, item.edge))
            assert all(item.y > zero for item in means if "orange" in (item.fill, item.edge))
