"""The sheets that a journey takes on each paper."""

from collections import Counter

import pytest
from drawing.hard_journeys import JOURNEYS, lay_map
from invented_journey import make_journey

from cjm_helpers.drawing.journey_map import draw_journey_map
from cjm_helpers.drawing.sheet.look import SEMIBOLD, SIDE
from cjm_helpers.drawing.sheet.paper import A3, A4, PAPERS, SLIDE, find_paper
from cjm_helpers.drawing.sheet.scene import Text
from cjm_helpers.errors import ParameterError

WITHOUT_LABEL = ("lens", "stages", "foot")


def name_lanes(sheet) -> list[str]:
    """Return the names of a sheet's lanes."""
    return [lane.name for lane in sheet.lanes]


def say(sheet) -> set[str]:
    """Return every text of a sheet."""
    return {item.words for item in sheet.items(Text)}


@pytest.mark.parametrize("paper", [A4, SLIDE])
def test_a_small_paper_shows_the_experience_and_then_the_insight(rich, paper):
    """What was done, said and felt stands on one sheet, what hurts and what to do on the next, both with all stages."""
    first, second, *_ = draw_journey_map(rich).lay(paper)
    assert "emotion" in name_lanes(first) and "opportunities" not in name_lanes(first)
    assert "opportunities" in name_lanes(second) and "emotion" not in name_lanes(second)
    assert [lane for lane in name_lanes(first) if lane in name_lanes(second)] == [
        "lens",
        "stages",
        "steps",
        "legend",
        "foot",
    ]


def test_a_journey_that_is_too_wide_breaks_between_stages(rich):
    """Twelve steps do not stand beside each other on A4, and no stage is torn."""
    sheets = draw_journey_map(rich).lay(A4)
    lanes = [lane for sheet in sheets[::2] for lane in sheet.lanes if lane.name == "stages"]
    stages = [{item.words for item in lane.items if isinstance(item, Text)} for lane in lanes]
    assert len(sheets) == 4 and not stages[0] & stages[1]


def test_without_insights_no_sheet_is_made_for_them(rich):
    """A journey of steps and feelings needs no second sheet."""
    rich.cells = rich.cells[rich.cells["lane"].isin(["step", "emotion"])]
    assert all("emotion" in name_lanes(sheet) for sheet in draw_journey_map(rich).lay(A4))


def test_a_long_journey_has_an_overview_and_a_sheet_for_each_stage(two_sheets):
    """24 steps in 5 stages: the first sheet shows all of them, the others one stage each, all numbered."""
    overview, *others = draw_journey_map(two_sheets).sheets
    assert [f"sheet {k} of 6" in " ".join(say(sheet)) for k, sheet in enumerate([overview, *others], 1)] == [True] * 6
    assert {step for step in two_sheets.steps["step_id"]} <= say(overview)
    assert [sum(f"{k}\u00a0\u00a0{stage}" in say(sheet) for sheet in others) for k, stage in
            enumerate(two_sheets.steps["stage"].unique(), 1)] == [1] * 5  # fmt: skip


def test_more_than_seven_stages_make_a_journey_long():
    """Eight stages of one step each do not stand on one sheet."""
    steps = [(f"{k}.1", f"Stage {k}", "Step") for k in range(1, 9)]
    cells = [{"step_id": step_id, "lane": "step", "text": "Waits"} for step_id, *_ in steps]
    assert len(draw_journey_map(make_journey(steps, cells)).sheets) == 9


def test_a_paper_that_is_not_known_is_refused():
    """The error names the papers there are."""
    assert find_paper("A3") == A3
    with pytest.raises(ParameterError, match="a3, a4, 16:9"):
        find_paper("letter")


def list_stages(sheet) -> set[str]:
    """Return the stages that have a bar on a sheet."""
    stages = next((lane for lane in sheet.lanes if lane.name == "stages"), None)
    return {item.words for item in stages.items if isinstance(item, Text)} if stages else set()


def list_steps(sheet, steps) -> list[str]:
    """Return the steps that have a column on a sheet."""
    lane = next((lane for lane in sheet.lanes if lane.name == "steps"), None)
    shown = {item.words for item in lane.items if isinstance(item, Text)} if lane else set()
    return [step_id for step_id in steps if step_id in shown]


@pytest.mark.parametrize("paper", PAPERS.values(), ids=list(PAPERS))
@pytest.mark.parametrize("name", ["rich", "german", "full", "eight_stages", "two_sheets", "forty_steps"])
def test_sheets_break_between_stages_only(name, paper):
    """A stage stands on one sheet (for the experience, and again for the insight), unless no sheet could hold it."""
    stage_of = dict(JOURNEYS[name]().steps[["step_id", "stage"]].to_numpy())
    sheets = [sheet for sheet in lay_map(name, paper.name.lower()) if "quotes" in name_lanes(sheet)]
    shown = [[stage_of[step_id] for step_id in list_steps(sheet, stage_of)] for sheet in sheets]
    assert sum(map(len, shown)) == len(stage_of)
    sizes = Counter(stage_of.values())
    assert all(0 < sheet.count(stage) == sizes[stage] or sizes[stage] > paper.most_steps
               for sheet in shown for stage in sheet)  # fmt: skip


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", JOURNEYS)
def test_every_sheet_repeats_what_its_columns_and_lanes_are(name, paper):
    """Each sheet has its stage bars, and each of its lanes a label at the left margin; numbers of steps need none."""
    for sheet in lay_map(name, paper):
        assert list_stages(sheet)
        for lane in (lane for lane in sheet.lanes if lane.name not in WITHOUT_LABEL):
            labels = [
                item for item in lane.items if isinstance(item, Text) and item.x == SIDE and item.face == SEMIBOLD
            ]
            assert labels or (lane.name == "steps" and "quotes" not in name_lanes(sheet))
