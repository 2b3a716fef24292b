"""Suppression: few people show no number, and none can be found by subtraction."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from cjm_helpers.stats.suppression import flag_sample, suppress_margins, suppress_small


def test_flags_begin_where_agreed():
    """Under 5 suppressed, 5 to 29 indicative, 30 and more reportable; min_n never falls below 2."""
    assert [flag_sample(n) for n in (4, 5, 29, 30)] == ["suppressed", "indicative", "indicative", "reportable"]
    assert flag_sample(1, min_n=1) == "suppressed" and flag_sample(40, min_n=50) == "suppressed"


def test_suppressed_rows_carry_no_number():
    """A row under min_n keeps n and loses value, interval and shares; the input keeps all of it."""
    table = pd.DataFrame({"value": [0.5, 0.4], "lo": 0.1, "hi": 0.9, "share_positive": 0.3, "k": 2, "n": [4, 5]})
    table["method"] = "Wilson, all answers alike"
    small, enough = suppress_small(table, also=("k",)).to_dict("records")
    assert small["n"] == 4 and small["method"] == "fewer than 5"
    assert all(np.isnan(small[name]) for name in ("value", "lo", "hi", "share_positive", "k"))
    assert enough["flag"] == "indicative" and enough["value"] == 0.4
    assert "flag" not in table and table["value"].notna().all()


@given(st.lists(st.integers(0, 40), min_size=2, max_size=6))
def test_no_hidden_row_stands_alone(sizes):
    """Beside a shown total, hidden people are two rows and five people at least, unless everybody is hidden."""
    table = pd.DataFrame({"place": "pay", "value": 0.5, "n": sizes})
    cells = suppress_margins(suppress_small(table), within=["place"])
    hidden = cells["flag"].eq("suppressed") & cells["n"].gt(0)
    assert (
        not hidden.any() or (hidden.sum() > 1 and cells.loc[hidden, "n"].sum() >= 5) or hidden[cells["n"].gt(0)].all()
    )
    assert cells.loc[cells["flag"].eq("suppressed"), "value"].isna().all()
    assert cells.loc[~cells["flag"].eq("suppressed"), "value"].notna().all()


def test_rows_without_a_group_are_a_group():
    """A missing name protects a hidden row no less than a name does."""
    table = pd.DataFrame({"place": [None, None, None], "value": 0.5, "n": [3, 50, 60]})
    assert suppress_margins(suppress_small(table), within=["place"])["flag"].eq("suppressed").tolist() == [
        True,
        True,
        False,
    ]
