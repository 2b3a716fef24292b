"""Signals: which readings of a KPI are more than its usual ups and downs."""

import numpy as np
import pandas as pd
import pytest

from cjm_helpers.errors import NumberRefused
from cjm_helpers.method.kpis import find_signals
from cjm_helpers.method.kpis.signals import COLUMNS, FROM_BEFORE, TOO_SHORT

FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]  # NIST/SEMATECH e-Handbook 6.3.2.2
PERIODS = [f"{year}-{month:02}" for year in (2024, 2025, 2026) for month in range(1, 13)]


@pytest.fixture
def chart(make_table):
    """Chart one KPI, a duration in minutes, from values in months that follow each other or from whole readings."""

    def make(*readings, kpi=None, **options) -> pd.DataFrame:
        kpi = {"kpi_id": "k1", "kind": "duration", "direction": "lower"} | (kpi or {})
        rows = [row if isinstance(row, dict) else {"value": row} for row in readings]
        rows = [{"kpi_id": "k1", "period": period} | row for period, row in zip(PERIODS, rows)]
        return find_signals(make_table("kpis", [kpi]), make_table("kpi_readings", rows), **options)

    return make


def test_limits_are_those_of_the_handbook(chart):
    """Flow rate: mean 50.81, limits 45.816 to 55.804 (NIST e-Handbook 6.3.2.2); ten readings give rough limits."""
    table = chart(*FLOW)
    assert list(table.columns) == list(COLUMNS) and table["signal"].eq("").all()
    row = table.iloc[0]
    assert [row["centre"], row["lower"], row["upper"]] == pytest.approx([50.81, 45.816, 55.804], abs=0.0005)
    assert (row["points"], row["trust"], row["method"]) == (10, "limits are rough (10 readings)", "XmR")


@pytest.mark.parametrize(
    ("count", "trust"), [(9, TOO_SHORT), (10, "limits are rough (10 readings)"),
                         (14, "limits are rough (14 readings)"), (15, "limits can be trusted")]
)  # fmt: skip
def test_few_readings_give_no_limits(chart, count, trust):
    """Under 10 readings there are no limits and no signals, whatever the values; under 15 they are rough."""
    table = chart(*([1, 2] * 10)[: count - 1], 90)
    assert set(table["trust"]) == {trust} and table["lower"].notna().all() == (count >= 10)
    assert table["signal"].ne("").any() == (count >= 10)


def test_the_first_readings_set_the_limits(chart):
    """Limits of the first 20 readings stay as they are, so that a later shift cannot hide in them."""
    table = chart(*[2, 1] * 10, *[9] * 8)
    assert table["upper"].nunique() == 1 and set(table["points"]) == {20}
    assert table["signal"].tolist() == [""] * 20 + ["outside"] * 8
    assert chart(*[2, 1] * 10, *[9] * 8, baseline_points=28)["upper"].iloc[0] > table["upper"].iloc[0]


def test_a_signal_says_which_way_and_why(chart):
    """Where lower is better, a reading above the limits is one for the worse; without a direction it is neither."""
    last = chart(*[1, 2] * 10, 9).iloc[-1]
    assert (last["way"], last["sentence"]) == ("worse", "2025-09 lies outside the limits, for the worse.")
    assert chart(*[1, 2] * 10, 9, kpi={"direction": "higher"})["way"].iloc[-1] == "better"
    assert chart(*[1, 2] * 10, 9, kpi={"direction": ""})["sentence"].iloc[-1] == "2025-09 lies outside the limits."


def test_a_recorded_change_starts_new_limits_once_it_can(chart):
    """After a change the old limits hold until 10 readings are in; then those have limits of their own."""
    change = pd.DataFrame({"kpi_id": ["k1", "other"], "period": ["2025-01", "2024-02"]})
    short = chart(*[5, 6] * 6, *[1, 2] * 4, changes=change)
    assert short["trust"].tolist()[11:13] == ["limits are rough (12 readings)", FROM_BEFORE]
    assert set(short["signal"][12:]) == {"outside"} and set(short["way"][12:]) == {"better"}
    long = chart(*[5, 6] * 6, *[1, 2] * 5, changes=change)
    assert long["signal"].eq("").all() and long["centre"].tolist()[11:13] == [5.5, 1.5]
    assert set(chart(*[5, 6] * 4, *[1, 2] * 4, changes=change.assign(period="2024-09"))["trust"]) == {TOO_SHORT}


def test_unlike_cases_have_limits_of_their_own(chart):
    """A share of few cases may stray further than one of many, and no limit leaves 0 to 1."""
    few, many = {"numerator": 9, "denominator": 10}, {"numerator": 900, "denominator": 1000}
    rows = [few, many, few | {"numerator": 7}, many | {"numerator": 930}] * 4
    table = chart(*rows, kpi={"kind": "proportion", "direction": "higher"})
    assert set(table["method"]) == {"XmR, limits by cases"} and table["upper"].max() == 1
    assert table["lower"].iloc[0] < table["lower"].iloc[1]
    alike = chart(*[many, many | {"numerator": 930}] * 6, kpi={"kind": "proportion"})
    assert set(alike["method"]) == {"XmR"}


def test_readings_that_are_all_alike_have_no_limits(chart):
    """Without ups and downs nothing can be said about the next one."""
    table = chart(*[7] * 12, 8, baseline_points=12)
    assert set(table["trust"]) == {"all readings are alike: no limits"} and table["signal"].eq("").all()


def test_personas_have_charts_of_their_own(make_table):
    """Everyone is the sum of the personas, or what a reading without a persona says, never both."""
    parts = [{"persona_id": one, "numerator": 10, "denominator": 100} for one in ("lena", "tom")]
    rows = [{"kpi_id": "k1", "period": period} | part for period in PERIODS[:2] for part in parts]
    rows.append({"kpi_id": "k1", "period": PERIODS[1], "numerator": 60, "denominator": 300})
    kpis = make_table("kpis", [{"kpi_id": "k1", "kind": "proportion"}])
    table = find_signals(kpis, make_table("kpi_readings", rows))
    assert table["persona_id"].tolist() == ["", "", "lena", "lena", "tom", "tom"]
    assert table["n"].tolist()[:2] == [200, 300] and table["value"].tolist()[:2] == [0.1, 0.2]


def test_small_readings_are_hidden_and_make_no_limits(make_table):
    """A persona with 3 cases is hidden, and one beside it, lest it be found by subtraction; limits ignore both."""
    sizes = {"lena": 3, "tom": 50, "zoe": 400}
    rows = [{"kpi_id": "k1", "period": period, "persona_id": one, "numerator": 2 + number % 2, "denominator": size}
            for number, period in enumerate(PERIODS[:12]) for one, size in sizes.items()]  # fmt: skip
    kpis = make_table("kpis", [{"kpi_id": "k1", "kind": "proportion"}])
    table = find_signals(kpis, make_table("kpi_readings", rows)).set_index("persona_id")
    assert table.loc[["lena", "tom"], ["value", "centre", "lower", "upper"]].isna().all(axis=None)
    assert set(table.loc["lena", "trust"]) == {"no figure: takes no part"} and table.loc["zoe", "value"].notna().all()


def test_what_cannot_be_read_stays_in_the_table(chart):
    """Two values without cases in one period cannot be joined: the row stays, says why and takes no part."""
    table = chart(*[{"period": "2024-01", "value": value} for value in (1, 2)], *[4, 5] * 6)
    assert len(table) == 13 and np.isnan(table["value"].iloc[0])
    assert table["method"].iloc[0] == "several readings without cases cannot be joined"
    assert set(table["points"][1:]) == {12}


def test_a_month_without_a_number_keeps_its_row(chart):
    """A reading that holds no number is listed as such, and stands between no neighbours."""
    table = chart(*[4, 5] * 6, {"value": None})
    assert table["method"].iloc[-1] == "readings without numbers" and table["points"].tolist() == [12] * 12 + [0]


def test_limits_need_ten_readings(chart):
    """Asking for limits from fewer is refused in a sentence."""
    with pytest.raises(NumberRefused, match="baseline_points = 9 cannot be used: give 10 readings or more"):
        chart(*[4, 5] * 6, baseline_points=9)


def test_order_of_rows_changes_nothing_and_input_stays(make_table):
    """Shuffled readings give the same chart to the last bit, and are themselves untouched."""
    values = np.random.default_rng(0).normal(size=24)
    rows = [{"kpi_id": "k1", "period": period, "value": value, "sd": 1, "n": 9 + 5 * (number % 7)}
            for number, (period, value) in enumerate(zip(PERIODS, values))]  # fmt: skip
    kpis, readings = make_table("kpis", [{"kpi_id": "k1", "kind": "mean"}]), make_table("kpi_readings", rows)
    shuffled = readings.sample(frac=1, random_state=1)
    before = shuffled.copy()
    pd.testing.assert_frame_equal(find_signals(kpis, readings), find_signals(kpis, shuffled), check_exact=True)
    pd.testing.assert_frame_equal(shuffled, before)


def test_no_readings_give_an_empty_table(make_table):
    """A study without readings has an empty table with all its columns."""
    table = find_signals(make_table("kpis", []), make_table("kpi_readings", []))
    assert table.empty and list(table.columns) == list(COLUMNS)


def test_what_was_planted_in_the_example_stands_out(example):
    """After the simpler checkout three figures get better and deliveries worse; returned parcels stay as they were."""
    table = find_signals(example.kpis, example.kpi_readings)
    last = table[table["persona_id"].eq("") & table["period"].eq("2026-09")].set_index("kpi_id")
    better = ["checkout_abandonment", "page_seconds", "payment_first_try"]
    assert set(last.loc[better, "way"]) == {"better"} and last.at["delivered_on_day", "way"] == "worse"
    assert last.at["returned_for_size", "signal"] == ""
