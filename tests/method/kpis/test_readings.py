"""Readings: cases are added, values weighted by their cases, and what cannot be joined is not."""

import numpy as np
import pytest

from cjm_helpers.errors import ScoresOutsideScale
from cjm_helpers.method.kpis.readings import read_kpi


@pytest.fixture
def read(make_table):
    """Read one KPI from readings given as rows, in March 2026 unless they say otherwise."""

    def make(*readings, kind: str = "proportion") -> dict:
        rows = [{"kpi_id": "k1", "period": "2026-03"} | row for row in readings]
        return read_kpi({"kpi_id": "k1", "kind": kind}, make_table("kpi_readings", rows))

    return make


def test_cases_are_added_not_averaged(read):
    """Two markets, 10 of 100 and 90 of 99,900 cases: one share of all cases of the newest period, by Wilson."""
    markets = [{"numerator": 10, "denominator": 100}, {"numerator": 90, "denominator": 99900}]
    reading = read(*markets, {"period": "2026-02", "numerator": 1, "denominator": 1})
    assert reading["value"] == pytest.approx(100 / 100000) and reading["n"] == 100000
    assert (reading["period"], reading["method"]) == ("2026-03", "Wilson")


def test_readings_with_spread_are_joined(read):
    """Two readings of a duration join to the mean and the t interval of all their cases."""
    one, two = np.array([1.0, 2, 3, 4]), np.array([6.0, 8, 10, 12, 14, 16])
    reading = read(*({"value": x.mean(), "sd": x.std(ddof=1), "n": len(x)} for x in (one, two)), kind="duration")
    whole = np.concatenate([one, two])
    lo = whole.mean() - 2.2622 * whole.std(ddof=1) / np.sqrt(10)
    assert (reading["value"], reading["n"], reading["lo"]) == pytest.approx((whole.mean(), 10, lo), abs=1e-3)


def test_values_without_cases_are_never_averaged(read):
    """One value without cases is shown as read; two of them cannot be weighed against each other."""
    alone = read({"value": 9.5}, kind="duration")
    assert alone["value"] == 9.5 and np.isnan([alone["n"], alone["lo"]]).all() and alone["method"] == "as read"
    both = read({"value": 9.5}, {"value": 1.0}, kind="duration")
    assert np.isnan(both["value"]) and both["method"] == "several readings without cases cannot be joined"


def test_a_share_with_its_cases_has_an_interval(read):
    """A share given as a value with n is as good as its cases."""
    by_value, by_cases = read({"value": 0.31, "n": 1000}), read({"numerator": 310, "denominator": 1000})
    assert by_value["lo"] == pytest.approx(by_cases["lo"]) and by_value["n"] == 1000


def test_nps_readings_stay_on_their_scale(read):
    """An NPS with its spread has a t interval that ends at 100."""
    reading = read({"value": 90, "sd": 60, "n": 9}, kind="nps")
    assert reading["value"] == 90 and reading["hi"] == 100


def test_no_readings_are_no_number(read):
    """Without readings, or with empty ones, there is neither value nor period."""
    for reading in (read(), read({"value": None})):
        assert np.isnan(reading["value"]) and reading["n"] == 0 and reading["period"] == ""


def test_more_cases_that_count_than_cases_in_all_are_refused(read):
    """A share above 1 is refused in a sentence that names the KPI."""
    with pytest.raises(ScoresOutsideScale, match="'k1' needs readings from 0 to 1"):
        read({"numerator": 3, "denominator": 2})
