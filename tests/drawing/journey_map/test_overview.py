"""The overview of a long journey."""

import pandas as pd

from cjm_helpers.drawing.journey_map import draw_journey_map
from cjm_helpers.drawing.sheet.scene import Disc, Line, Link, Text


def items_of(journey, lane: str, kind) -> list:
    """Return the items of one kind in one lane of the overview."""
    overview = draw_journey_map(journey).sheets[0]
    return [item for each in overview.lanes if each.name == lane for item in each.items if isinstance(item, kind)]


def test_every_step_is_on_the_curve(two_sheets):
    """One mark of a mean for each step that was asked about, in the order of the steps."""
    felt = two_sheets.cells[(two_sheets.cells["lane"] == "emotion") & two_sheets.cells["value"].notna()]
    stars = felt["moment_of_truth"].eq(True).sum()
    assert len(items_of(two_sheets, "emotion", Disc)) == len(felt) - stars


def test_steps_nobody_was_asked_about_are_hatched(two_sheets):
    """Without any answer at a step its column is hatched, and the legend says what that means."""

    def count(journey) -> int:
        return sum(line.tone == "rule" for line in items_of(journey, "emotion", Line))

    before = count(two_sheets)
    is_first = (two_sheets.cells["lane"] == "emotion") & (two_sheets.cells["step_id"] == "1.1")
    two_sheets.cells = two_sheets.cells[~is_first]
    assert count(two_sheets) > before
    assert "not asked, or too few answers" in [item.words for item in items_of(two_sheets, "legend", Text)]


def test_a_stage_shows_what_most_people_name_first(two_sheets):
    """The theme of the most people in the stage stands first, with the number of its step."""
    more = {"step_id": "2.5", "lane": "pain", "text": "Key is not there", "k": 90, "n": 99, "severity": 3, "grade": "A"}
    two_sheets.cells = pd.concat([two_sheets.cells, pd.DataFrame([more])], ignore_index=True)
    words = [item.words for item in items_of(two_sheets, "insights", Text)]
    assert "90 of 99" in words and any(line.startswith("2.5\u00a0\u00a0Key") for line in words)


def test_cards_of_a_stage_lead_to_the_evidence_of_their_step(two_sheets):
    """A link of the overview names a step, never a stage."""
    targets = {link.target for link in items_of(two_sheets, "insights", Link)}
    assert targets and all(target.startswith("at-") and "stage" not in target for target in targets)
