"""Moments that matter: high impact, and whether people feel bad or good there."""

import numpy as np
import pandas as pd
import pytest

from cjm_helpers.method.emotion import find_moments

IMPACT = pd.DataFrame({
    "touchpoint_id": ["ad", "pay", "parcel", "call", "cart"], "value": [0.1, 0.4, 0.3, 0.2, 0.0],
    "impact_class": ["low", "high", "high", "high", "high"],
})  # fmt: skip
FELT = pd.DataFrame({
    "touchpoint_id": ["ad", "pay", "parcel", "call", "cart"], "value": [-1, -1, 0.8, 0.1, np.nan],
    "n": [40, 40, 40, 9, 4], "lo": [-1.2, -1.3, 0.4, -0.4, np.nan], "hi": [-0.8, -0.7, 1.2, 0.6, np.nan],
    "flag": ["reportable", "reportable", "reportable", "indicative", "suppressed"],
})  # fmt: skip


def test_moments_are_named_by_their_interval():
    """Wholly below 0 is a pain point, wholly above a delight, else mixed; without an interval nobody may say."""
    found = find_moments(FELT, IMPACT).set_index("touchpoint_id")["moment"]
    assert found.to_dict() == {"pay": "pain point", "parcel": "delight", "call": "mixed", "cart": "too few"}


def test_the_strongest_comes_first():
    """Rows follow the impact, whatever the order of the tables; low impact is no moment that matters."""
    found = find_moments(FELT[::-1], IMPACT[::-1])
    assert found["touchpoint_id"].tolist() == ["pay", "parcel", "call", "cart"]
    assert found["impact"].is_monotonic_decreasing


def test_each_moment_has_a_sentence():
    """Every kind of moment is said in words."""
    assert find_moments(FELT, IMPACT)["sentence"].str.startswith("Much depends on it").all()


@pytest.mark.parametrize("impact", [IMPACT.assign(impact_class=""), IMPACT[:0]])
def test_without_a_class_nothing_is_found(impact):
    """Where the impact was refused or not classed, no moment is made up."""
    assert find_moments(FELT, impact).empty


def test_input_stays():
    """Both tables are untouched."""
    tables = FELT.copy(), IMPACT.copy()
    find_moments(*tables)
    pd.testing.assert_frame_equal(tables[0], FELT)
    pd.testing.assert_frame_equal(tables[1], IMPACT)
