"""Cells: the one table of the map, its columns, order and roundness."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_helpers.method.journey import build_journey
from cjm_helpers.method.journey.cells import CELLS, HIDDEN, HIDDEN_TEXTS, NUMBERS, TEXTS, round_number, tidy_cells


def test_cells_have_every_column_in_its_kind(shop):
    """Texts are never missing, numbers are floats, moment of truth is yes or no; an empty map has the same columns."""
    for journey in (build_journey(shop()), build_journey(shop(touchpoints=[]))):
        assert list(journey.cells) == CELLS
        assert not journey.cells[list(TEXTS)].isna().any(axis=None)
        assert (journey.cells[NUMBERS].dtypes == float).all()
        assert journey.cells["moment_of_truth"].dtype == bool


def test_cells_follow_steps_and_lanes(shop):
    """Rows come step by step, and within a step lane by lane."""
    cells = build_journey(shop()).cells
    assert cells["step_id"].is_monotonic_increasing
    first = cells.loc[cells["step_id"] == "2.1", "lane"]
    assert list(dict.fromkeys(first)) == [
        "step",
        "quote",
        "emotion",
        "touchpoint",
        "channel",
        "pain",
        "delight",
        "kpi",
        "opportunity",
    ]


def test_what_is_suppressed_is_emptied():
    """Whatever a lane hands over, a suppressed row holds no number but n."""
    row = {name: [1.0] for name in HIDDEN} | {"step_id": "1.1", "lane": "pain", "flag": "suppressed", "n": 3.0}
    row |= {"method": "all answers alike", "evidence_ids": "f1;f2;f3"}
    tidy = tidy_cells(pd.DataFrame(row | {"moment_of_truth": True}))
    assert tidy[HIDDEN].isna().all(axis=None)
    assert tidy[HIDDEN_TEXTS].eq("").all(axis=None)
    assert tidy["n"].tolist() == [3] and not tidy["moment_of_truth"].any()


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12))
def test_rounding_keeps_six_digits(value):
    """A rounded number lies within half a unit of the sixth digit, rounds to itself, and is never -0."""
    rounded = round_number(value)
    assert rounded == pytest.approx(value, rel=5.1e-6, abs=1e-300)
    assert round_number(rounded) == rounded
    assert not (rounded == 0 and np.signbit(rounded))
