"""Cells of the map as a table: in the order of the journey, counted in people, with the rows behind them."""

import pandas as pd
import pytest

import cjm_helpers as cjm
from cjm_helpers.drawing.cells_table import IDS_SHOWN, show_cells


@pytest.fixture(scope="module")
def journey():
    """The journey of one persona of the example."""
    return cjm.journey.build_journey(
        cjm.select_rows(cjm.open_study("retail_checkout"), persona_id="first"), bootstraps=2
    )


def test_every_pain_point_is_listed_with_its_people(journey):
    """Each theme on the map is a row, counted in whole people, under the step where it stands."""
    pains = journey.cells.query("lane == 'pain' and text != ''")
    shown = show_cells(journey, lanes=["pain"]).text
    assert len(shown.splitlines()) == len(pains) + 1
    assert all(text in shown for text in pains["text"])
    assert f"{pains['k'].max():.0f} of {pains.loc[pains['k'].idxmax(), 'n']:.0f}" in shown


def test_one_step_shows_all_its_lanes(journey):
    """What somebody does, says, feels and meets at one step stands together, nothing of another step between."""
    html = show_cells(journey, step_id="3.5").html
    assert html.count('scope="rowgroup"') == 1 and "Payment page" in html
    assert all(word in html for word in ("does", "says", "pain point", "behind the scenes"))


def test_steps_stand_in_the_order_of_the_journey(journey):
    """Step 10.1 comes after 9.2, whatever their letters say."""
    cells = journey.cells.query("lane == 'step'").head(3).assign(step_id=["10.1", "9.2", "1.1"])
    steps = pd.DataFrame({"step_id": ["1.1", "9.2", "10.1"], "stage": "S", "name": ["First", "Second", "Third"]})
    html = show_cells(type("Map", (), {"cells": cells, "steps": steps})).html
    assert html.index("1.1 First") < html.index("9.2 Second") < html.index("10.1 Third")


def test_many_ids_are_shortened_and_the_rest_counted(journey):
    """The first ids stand there, the others are a number; an empty map says so."""
    longest = journey.cells["evidence_ids"].str.count(";").idxmax()
    step_id, ids = journey.cells.loc[longest, ["step_id", "evidence_ids"]]
    assert f"and {len(set(ids.split(';'))) + 1 - IDS_SHOWN:d} more" in show_cells(journey, step_id=step_id).text
    assert "Nothing of this kind" in show_cells(journey, lanes=["nowhere"]).text
