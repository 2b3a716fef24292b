"""The sheets of several personas: what holds for every sheet holds for these, whatever the names, steps and numbers."""

from functools import cache

import pytest
from drawing.hard_journeys import ARABIC, JAPANESE, JOURNEYS, LONG, MARKUP, ONE_WORD, Laid
from drawing.sheet import test_scene
from invented_personas import make_differences, make_personas, make_silent

from cjm_helpers.drawing.compared_maps.personas import draw_persona_map
from cjm_helpers.drawing.sheet.paper import PAPERS

NAMED = {"long_labels": LONG, "one_word": ONE_WORD, "markup": MARKUP, "arabic": ARABIC, "japanese": JAPANESE}
MAPS = [
    ("rich", 2), ("rich", 3), ("rich", 9), ("rich", 14), ("one_step", 2), ("german", 3), ("full", 4), ("two_sheets", 4),
    ("forty_steps", 4), ("forty_steps", 9), ("nothing_known", 3), ("odd_ids", 5), ("big_numbers", 4), ("long_stage", 4),
    ("long_labels", 3), ("long_labels", 6), ("one_word", 4), ("markup", 5), ("arabic", 3), ("japanese", 4),
    ("silent", 3),
]  # fmt: skip
CHECKS = (
    test_scene.test_every_text_stays_inside_its_cell,
    test_scene.test_no_text_crosses_another,
    test_scene.test_cells_of_one_lane_do_not_overlap,
    test_scene.test_lanes_follow_each_other_without_overlap,
    test_scene.test_everything_stands_on_the_sheet,
    test_scene.test_marks_stand_in_the_cell_of_their_step,
    test_scene.test_a_sheet_is_not_higher_than_its_paper,
    test_scene.test_only_three_sizes_of_type_are_used,
)


@cache
def draw_personas(name, count):
    """Return the map of so many personas of an invented journey, with what surely differs between them."""
    if name == "silent":
        journeys = [*make_personas(count - 1), make_silent(count - 1)]
    else:
        journeys = make_personas(count, JOURNEYS[name](), name=NAMED.get(name, ""))
    return draw_persona_map(journeys, differences=make_differences(journeys))


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(("name", "count"), MAPS)
def test_what_holds_for_every_sheet_holds_for_several_personas(name, count, paper):
    """Texts inside their cells and apart, marks in the cell of their step, nothing beyond the paper."""
    sheets = draw_personas(name, count).lay(PAPERS[paper])
    for check in CHECKS:
        check(Laid(name, PAPERS[paper], sheets))
