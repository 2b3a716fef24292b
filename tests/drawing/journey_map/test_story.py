"""Reading a journey into plain records."""

import pandas as pd
import pytest

from cjm_helpers.drawing.journey_map.story import read_journey
from cjm_helpers.errors import OffScale


def test_a_feeling_outside_the_scale_is_refused(rich):
    """A mean of 2.5 is refused in a sentence, not clipped."""
    rich.cells.loc[rich.cells["lane"] == "emotion", "value"] = 2.5
    with pytest.raises(OffScale, match="The emotion of step 1.1 is 2.5, but the scale runs from -2 to 2"):
        read_journey(rich)


def test_the_lowest_and_the_labelled_steps_are_found(rich):
    """The three lowest and the highest are labelled, the lowest one leads the eye."""
    story = read_journey(rich)
    assert story.lowest == "4.2"
    assert story.labelled == ("4.2", "5.3", "1.2", "2.1")


def test_missing_numbers_are_none_and_missing_texts_empty(rich):
    """NaN of the table never reaches the drawing."""
    (thing,) = read_journey(rich).at("5.1", "pain")
    assert (thing.k, thing.n, thing.value, thing.unit) == (None, None, None, "")


def test_things_stand_in_the_order_of_their_place(rich):
    """The column place orders what stands in one cell, whatever the order of the rows."""
    rich.cells = rich.cells.iloc[::-1]
    assert [thing.text for thing in read_journey(rich).at("4.2", "touchpoint")] == [
        "Help line",
        "Help chat",
        "Sticker in the cab",
    ]


def test_columns_that_are_missing_count_as_empty(rich):
    """A journey with few columns can be read."""
    rich.cells = pd.DataFrame({"step_id": ["1.1"], "lane": ["step"], "text": ["Compares"]})
    assert read_journey(rich).at("1.1", "step")[0].grade == ""


def test_stages_keep_the_number_of_their_step_ids(rich):
    """A stage that the persona skips leaves a gap in the numbers, as in the step ids."""
    rich.steps = rich.steps[rich.steps["stage"] != "Book"]
    assert [step.number for step in read_journey(rich).steps] == ["1", "1", "3", "3", "4", "4", "5", "5", "5"]


def test_the_journey_is_not_changed(rich):
    """Reading leaves the tables as they were."""
    before = rich.cells.copy(deep=True)
    read_journey(rich)
    pd.testing.assert_frame_equal(rich.cells, before)
