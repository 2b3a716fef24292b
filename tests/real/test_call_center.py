"""Three and a half years of a real call centre: its months of overload stand out, its usual months do not."""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cjm_helpers.method.kpis import find_signals

CHECKOUT = Path(__file__).parents[2]
RAW = Path(os.environ.get("CJM_REAL_DATA") or CHECKOUT.parent / "shared" / "real")
CALLS = RAW / "call_center_daily_kpis.csv"
KPIS = pd.DataFrame([{"kpi_id": "answered", "kind": "proportion", "direction": "higher"}])
BASELINE = 20
OVERLOAD = ["2021-11", *(f"2022-{month:02}" for month in range(2, 9)), "2022-10"]

pytestmark = pytest.mark.skipif(
    not CALLS.is_file(), reason=f"no {CALLS.name} in {RAW}; say where it lies with CJM_REAL_DATA"
)


@pytest.fixture(scope="module")
def months():
    """Calls that came in and calls that were answered, month by month, as readings of one KPI."""
    days = pd.read_csv(CALLS)
    months = days.groupby(days["Fecha"].str[:7])[["Answered Calls", "Incoming Calls"]].sum()
    months = months.set_axis(["numerator", "denominator"], axis=1).rename_axis("period").reset_index()
    return months.assign(kpi_id="answered", persona_id="", value=np.nan, sd=np.nan, n=np.nan)


def test_the_overload_stands_out(months):
    """Of 42 months 9 lie outside, all for the worse: November 2021 (68% answered) and the overload of 2022."""
    found = find_signals(KPIS, months)
    outside = found[found["signal"] == "outside"]
    assert len(found) == 42 and outside["period"].tolist() == OVERLOAD and set(outside["way"]) == {"worse"}
    assert outside["value"].iloc[0] == pytest.approx(0.684, abs=0.0005)


def test_chance_alone_would_cry_wolf(months):
    """Limits from chance alone (p-chart) call 36 of 42 months unusual, 17 of the 20 they are made from among them.

    Months differ by more than chance, so limits come from how far neighbours lie apart, scaled by the cases.
    """
    share = months["numerator"] / months["denominator"]
    usual = months["numerator"][:BASELINE].sum() / months["denominator"][:BASELINE].sum()
    is_unusual = (share - usual).abs() > 3 * np.sqrt(usual * (1 - usual) / months["denominator"])
    assert (is_unusual.sum(), is_unusual[:BASELINE].sum()) == (36, 17)
    assert set(find_signals(KPIS, months)["method"]) == {"XmR, limits by cases"}


def test_the_limits_stay_those_of_the_first_months(months):
    """Without the overload's months the limits are the same: it cannot widen them, and so hide in them."""
    quiet = find_signals(KPIS, months[:BASELINE])
    pd.testing.assert_series_equal(find_signals(KPIS, months)["lower"][:BASELINE], quiet["lower"])
