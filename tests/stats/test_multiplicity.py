"""Many tests at once: the published example, and agreement with scipy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from cjm_helpers.stats.multiplicity import adjust_p_values

PUBLISHED = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0,
]  # fmt: skip
p_values = st.lists(st.floats(0, 1), min_size=1, max_size=60)


def test_benjamini_and_hochberg_reject_four():
    """Of the 15 p of Benjamini & Hochberg (1995) four stay: q4 = .0356, q5 = .0603; Bonferroni keeps three."""
    q_values = adjust_p_values(PUBLISHED)
    assert q_values[3:5] == pytest.approx([0.0356, 0.0603], abs=5e-5)
    assert (q_values < 0.05).sum() == 4
    assert (np.array(PUBLISHED) < 0.05 / 15).sum() == 3


@given(p_values)
def test_q_is_that_of_scipy(values):
    """Our five lines, which spare the import, give scipy's numbers, whatever the order."""
    assert adjust_p_values(values) == pytest.approx(false_discovery_control(values))
    assert adjust_p_values(values[::-1])[::-1] == pytest.approx(adjust_p_values(values))


@given(p_values)
def test_untested_cells_cost_nothing(values):
    """A cell without a test stays without q and changes no other."""
    padded = adjust_p_values([np.nan, *values, np.nan])
    assert np.isnan(padded[[0, -1]]).all()
    assert padded[1:-1] == pytest.approx(adjust_p_values(values))


def test_no_tests_give_no_q():
    """An empty report has no q."""
    assert len(adjust_p_values([])) == 0
