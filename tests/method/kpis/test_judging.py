"""Verdicts on KPIs: last wave's value stands in for the baseline, with its own interval."""

import numpy as np
import pandas as pd
import pytest

from cjm_helpers.method.kpis.judging import add_verdicts

NOW = {"kpi_id": "k1", "value": 45.0, "n": 100, "lo": 29.3, "hi": 58.0, "method": "", "flag": "reportable"}
GOALS = {"direction": "higher", "baseline": 20.0, "target": 60.0, "benchmark": np.nan}


@pytest.mark.parametrize(
    ("then", "word"),
    [
        ({"value": 10.0, "lo": 0.0, "hi": 20.0}, "better than last wave"),
        ({"value": 25.0, "lo": 10.0, "hi": 45.0}, "no clear change from last wave"),
        ({"value": 10.0, "lo": np.nan, "hi": np.nan}, "no interval, so no verdict"),
        ({"value": np.nan, "lo": np.nan, "hi": np.nan}, "target missed"),
    ],
)
def test_the_last_wave_brings_its_own_interval(then, word):
    """One number alone is no baseline that noise could be told from; without any the target is spoken of."""
    [row] = add_verdicts(pd.DataFrame([NOW | GOALS]), min_n=5, before=pd.DataFrame([NOW | then])).to_dict("records")
    assert row["word"] == word
