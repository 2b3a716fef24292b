"""Tests of the evidence of a map: every cell stands there in full, at the place that its link names."""

import re

import pandas as pd
import pytest
from invented_journey import STEPS, make_journey, rich_cells

from cjm_helpers.drawing import tables
from cjm_helpers.drawing.evidence_table import LANES, MOST_IDS
from cjm_helpers.drawing.journey_map.twin import SAY
from cjm_helpers.drawing.sheet.words import name_anchor


@pytest.fixture(scope="module")
def shown():
    """The evidence of the rich journey."""
    return tables.show_evidence(make_journey(STEPS, rich_cells()))


def show(**cell):
    """Show one cell at one step."""
    return tables.show_evidence(make_journey(STEPS[:1], [{"step_id": "1.1", "grade": "A", **cell}]))


def test_every_lane_of_the_map_has_a_place():
    """What the map's table can say, the evidence says too."""
    assert set(LANES) == set(SAY)


def test_every_cell_stands_at_the_place_that_its_link_names(shown):
    """Each step and each of its lanes has an id, once."""
    places = re.findall(r' id="([^"]+)"', shown.html)
    wanted = {name_anchor(cell["step_id"], cell["lane"]) for cell in rich_cells()}
    assert len(places) == len(set(places))
    assert set(places) == wanted | {name_anchor(step_id) for step_id, *_ in STEPS}


def test_a_step_is_told_in_a_line_before_it_is_unfolded(shown):
    """How it felt and what most people name stand open; where nobody was asked that stands there."""
    digests = re.findall(r'<p class="digest">(.*?)</p>', shown.html)
    assert digests[8] == "Felt −1.6 (n = 33). 24 of 33 who spoke name “Help line unreachable on Saturdays”."
    assert digests[9] == "Not asked."


def test_figures_stand_with_count_interval_and_grade():
    """k of n, the interval and how it is known are said in words, then the rows behind it."""
    html = show(lane="pain", text="Slow", k=18, n=31, value=0.58, lo=0.41, hi=0.74, evidence_ids="f1;f2").html
    assert "Slow <small>18 of 31; share 58 %; 95 % interval 41 to 74; evidence A: observed and told</small>" in html
    assert '<small class="rows">from f1, f2</small>' in html


def test_many_rows_are_named_and_the_rest_counted():
    """The first ids stand there, the others are a number; answers, of which there are hundreds, are named less."""
    ids = ";".join(f"f{number}" for number in range(20))
    assert f"f{MOST_IDS - 1} and {20 - MOST_IDS} more" in show(lane="pain", text="Slow", evidence_ids=ids).html
    assert "f2 and 17 more" in show(lane="emotion", value=1.0, n=20, evidence_ids=ids).html


def test_a_theme_is_told_in_somebodys_words():
    """The quote that the study chose for a theme stands below it, with its id; one without text is left out."""
    journey = make_journey(
        STEPS[:1], [{"step_id": "1.1", "lane": "pain", "item_id": "slow", "text": "Slow", "k": 2, "n": 9}]
    )
    quotes = pd.DataFrame({"touchpoint_id": "price_comparison", "code_id": ["slow", "late"], "quote_id": ["f7", "f8"],
                           "text": ["I <em>waited</em>.", None]})  # fmt: skip
    html = tables.show_evidence(journey, quotes=quotes).html
    assert "<blockquote>“I &lt;em&gt;waited&lt;/em&gt;.” <small>f7</small></blockquote>" in html and "f8" not in html


def test_assumptions_look_like_assumptions():
    """What the team only believes carries a class of its own and says so."""
    html = show(lane="step", text="Waits", grade="D").html
    assert '<dd class="assumed">Waits' in html and "evidence D: assumed by the team" in html


def test_what_belongs_to_no_step_is_not_lost():
    """A cell whose step is not on the map stands under the journey as a whole."""
    html = tables.show_evidence(make_journey(STEPS[:1], [{"step_id": "9.9", "lane": "kpi", "text": "NPS"}])).html
    assert "<h3>9.9 The journey as a whole</h3>" in html and 'id="at-9-9-kpi"' in html


def test_no_step_is_a_sentence():
    """A study without touchpoints gives a sentence instead of an empty list."""
    assert tables.show_evidence(make_journey([], [])).text == "No step is on the map yet."
