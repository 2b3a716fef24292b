"""The wave before on the emotion lane."""

import pandas as pd
import pytest
from invented_changes import EARLIER, give_ids, make_row
from invented_journey import EMOTION

from cjm_helpers.drawing.journey_map import draw_journey_map
from cjm_helpers.drawing.sheet.scene import Disc, Path, Polygon, Text
from cjm_helpers.errors import OffScale

SURE = {"1.2": "worse", "4.1": "improved"}
UNKNOWN = ("3.1", "2.3", "5.1")


def compare(journey, *, before=-0.4, sure=SURE):
    """Return the feelings of two waves: better at 4.1, worse at 1.2, not asked before at 3.1, else not sure."""
    rows = []
    for step in give_ids(journey).steps.itertuples():
        verdict = "not compared" if step.step_id in UNKNOWN else sure.get(step.step_id, "no evidence")
        row = make_row("feeling", verdict, name=step.name, touchpoint_id=step.touchpoint_id)
        rows.append({**row, "before": None if step.step_id in UNKNOWN else before})
    return pd.DataFrame(rows).assign(persona_id=journey.persona_id)


def find_lane(drawn, name="emotion"):
    return next(lane for lane in drawn.sheets[0].lanes if lane.name == name)


def list_words(drawn, name="emotion") -> list[str]:
    return [item.words for item in find_lane(drawn, name).items if isinstance(item, Text)]


def test_the_wave_before_is_a_thin_grey_line_with_gaps(rich):
    """Three steps have no earlier value, so its line breaks into three runs, thinner than the newer one."""
    paths = [item for item in find_lane(draw_journey_map(rich, changes=compare(rich))).items if isinstance(item, Path)]
    grey, ink = ([one for one in paths if one.edge == tone] for tone in ("bar", "ink"))
    assert len(grey) == 3 and len(ink) == 3
    assert max(one.weight for one in grey) < min(one.weight for one in ink) / 2


def test_each_earlier_value_is_a_hollow_grey_dot(rich):
    """As many dots as steps with an earlier value, none of them coloured."""
    lane = find_lane(draw_journey_map(rich, changes=compare(rich)))
    dots = [item for item in lane.items if isinstance(item, Disc) and item.edge == "bar" and item.fill == "paper"]
    assert len([dot for dot in dots if dot.depth < 3]) == len(rich.steps) - len(UNKNOWN)


def test_only_sure_changes_are_filled_in_their_own_column(rich):
    """Two fills, one blue and one orange, and none between the line and zero."""
    drawn = draw_journey_map(rich, changes=compare(rich))
    fills = [item for item in find_lane(drawn).items if isinstance(item, Polygon) and "fill" in item.fill]
    assert sorted(one.fill for one in fills) == ["bluefill2", "orangefill2"]
    assert all(max(x for x, _ in one.points) - min(x for x, _ in one.points) < 30 for one in fills)


def test_without_a_sure_change_nothing_is_filled(rich):
    """Verdicts without evidence leave the gap between both lines empty."""
    drawn = draw_journey_map(rich, changes=compare(rich, sure={}))
    assert not [item for item in find_lane(drawn).items if isinstance(item, Polygon) and "fill" in item.fill]


def test_the_label_and_the_row_of_values_say_the_change_in_words(rich):
    """What colour shows stands in words: by how much, what it was before, and that nobody was asked."""
    words = list_words(draw_journey_map(rich, changes=compare(rich)))
    assert {"better by 0.6", "worse by 0.6"} <= set(words)
    assert words.count("before −0.4") == len(rich.steps) - len(UNKNOWN)
    assert words.count("not asked before") == len(UNKNOWN)


def test_the_legend_names_the_wave_and_only_the_fills_that_are_used(rich):
    """The earlier wave has its name in the legend, on no mark; without a sure change there is no fill to name."""
    words = list_words(draw_journey_map(rich, changes=compare(rich)), "legend")
    assert {f"before: {EARLIER}", "surely better, worse"} <= set(words)
    calm = list_words(draw_journey_map(rich, changes=compare(rich, sure={})), "legend")
    assert f"before: {EARLIER}" in calm and not [one for one in calm if one.startswith("surely")]


def test_the_description_says_where_it_is_better_or_worse(rich):
    """Who cannot see the fills reads the same in one sentence."""
    drawn = draw_journey_map(rich, changes=compare(rich))
    assert f"Since {EARLIER}: better at 4.1; worse at 1.2." in drawn.description
    assert "no step feels surely better or worse" in draw_journey_map(rich, changes=compare(rich, sure={})).description


def test_the_twin_holds_the_earlier_value_the_verdict_and_the_sentence(rich):
    """Each step's feeling says what it was before and what became of it."""
    html = draw_journey_map(rich, changes=compare(rich)).tell()
    assert f"{EARLIER}: −0.4; better by 0.6 <small>Van: improved.</small>" in html
    assert html.count("not asked before; not compared") == len(UNKNOWN)


def test_a_hidden_earlier_value_stays_hidden(rich):
    """Too few before: no dot, no line to it, and the words say so."""
    changes = compare(rich).assign(before=None, n1=3, verdict="too few")
    lane = find_lane(draw_journey_map(rich, changes=changes))
    assert not [item for item in lane.items if isinstance(item, Path) and item.edge == "bar"]
    assert [item.words for item in lane.items if isinstance(item, Text)].count("before: too few") == len(rich.steps)


def test_changes_of_other_personas_and_of_no_wave_leave_the_map_as_it_is(rich):
    """Rows of somebody else, or the one row that says that no wave lies before, draw no second line."""
    alone = draw_journey_map(rich).svg
    assert draw_journey_map(rich, changes=compare(rich).assign(persona_id="somebody")).svg == alone
    assert draw_journey_map(rich, changes=compare(rich).assign(object="wave")).svg == alone


def test_an_earlier_feeling_off_the_scale_is_refused(rich):
    """Values outside -2 to 2 are refused, not clipped, in the earlier wave too."""
    with pytest.raises(OffScale, match="−?3"):
        draw_journey_map(rich, changes=compare(rich, before=-3.0))


def test_a_long_journey_shows_both_waves_in_its_overview(two_sheets):
    """The overview's curve has the grey line too."""
    lane = find_lane(draw_journey_map(two_sheets, changes=compare(two_sheets)))
    assert [item for item in lane.items if isinstance(item, Path) and item.edge == "bar"]


def test_the_newer_line_is_that_of_the_map_alone(rich):
    """The newer wave keeps its values whatever it is compared with."""
    values = [words for words in list_words(draw_journey_map(rich, changes=compare(rich))) if words.startswith("n =")]
    assert len(values) == len(EMOTION)
