"""Real surveys: what drives an outcome comes out as plain least squares and group means have it, with its noise."""

import os
import shutil
from pathlib import Path
from types import SimpleNamespace as Metric

import numpy as np
import pandas as pd
import pytest

from cjm_helpers.method.categories import contrast_penalty_reward, derive_impact
from cjm_helpers.stats.drivers import estimate_drivers
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.sources import import_sources

AIRPORT = Path(__file__).parent / "sfo_airport_2017"
RAW = Path(os.environ.get("CJM_REAL_DATA") or Path(__file__).parents[2].parent / "shared" / "real")
MISSING = -99


def find(name: str) -> Path:
    """Return a file of the real data, or skip the test where it is absent."""
    if not (RAW / name).is_file():
        pytest.skip(f"no {name} in {RAW}; say where it lies with CJM_REAL_DATA")
    return RAW / name


def explain(drivers: pd.DataFrame, outcome: pd.Series) -> float:
    """Return the R squared of least squares on customers who answered everything."""
    table = drivers.assign(outcome=outcome).dropna()
    design = np.column_stack([np.ones(len(table)), table[drivers.columns]])
    left = table["outcome"] - design @ np.linalg.lstsq(design, table["outcome"], rcond=None)[0]
    return 1 - left.var() / table["outcome"].var()


@pytest.fixture(scope="module")
def airport(tmp_path_factory):
    """The answers of 2,831 passengers, and the settings to derive impact from them."""
    find("sfo_airport_survey_2017.csv")
    folder = tmp_path_factory.mktemp("drivers") / AIRPORT.name
    shutil.copytree(AIRPORT, folder, ignore=shutil.ignore_patterns("imported", "raw"))
    import_sources(folder, raw=RAW)
    study = open_study(folder)
    names = ("metrics", "emotion", "outcome")
    return study.responses, {name: getattr(study.settings, name) for name in names}


def test_airport_security_drives_recommendation_most(airport):
    """Of 13 touchpoints security carries 13.9% of R squared .37 (9.9 to 18.3), rank 1 to 4; wi-fi is among the last."""
    responses, names = airport
    table = derive_impact(responses, **names).set_index("touchpoint_id")
    first = table.loc["security"]
    assert len(table) == 13 and table.index[0] == "security" and first["impact_class"] == "high"
    assert [round(first[name], 3) for name in ("value", "lo", "hi")] == pytest.approx([0.139, 0.099, 0.183], abs=0.003)
    assert (first["rank_lo"], first["n"], round(first["r_squared"], 3)) == (1, 2373, 0.372)
    assert first["rank_hi"] <= 5 and table.at["wifi", "rank_lo"] >= 8


def test_airport_impact_on_the_base_counts_who_went_there(airport):
    """Parking matters to those who park as much as food does, but under half park: over all, food moves twice that."""
    responses, names = airport
    table = derive_impact(responses, **names, bootstraps=5).set_index("touchpoint_id")
    food, parking = table.loc["food"], table.loc["parking"]
    assert food["value"] == pytest.approx(parking["value"], abs=0.002) and parking["reach"] < 0.5 < food["reach"]
    assert food["base_impact"] / parking["base_impact"] == pytest.approx(1.94, abs=0.01)


@pytest.mark.parametrize("touchpoint_id", ["food", "wifi"])
def test_airport_penalties_are_differences_of_weighted_means(airport, touchpoint_id):
    """Penalty and reward of food (-1.76, +1.16) and wi-fi (-0.94, +1.02) are those of the raw file's columns."""
    responses, names = airport
    row = contrast_penalty_reward(responses, **names).set_index("touchpoint_id").loc[touchpoint_id]
    raw = pd.read_csv(find("sfo_airport_survey_2017.csv"), low_memory=False)
    scores, said = (pd.to_numeric(raw[name], errors="coerce") for name in (f"Q7{touchpoint_id.upper()}", "NETPRO"))
    raw = raw.assign(box=scores.map({1: "low", 2: "", 3: "", 4: "", 5: "high"}), said=said.where(said <= 10))
    raw = raw.dropna(subset=["box", "said"])
    mean = {box: np.average(rows["said"], weights=rows["WEIGHT"]) for box, rows in raw.groupby("box")}
    assert row["penalty"] == pytest.approx(mean["low"] - mean[""])
    assert row["reward"] == pytest.approx(mean["high"] - mean[""])
    assert row["contrast_class"] == "performance" and row["n"] == len(raw)


def test_airport_hardly_anybody_gives_the_worst_answer(airport):
    """Ten of 13 touchpoints have under thirty worst answers and say nothing; with wider ends one is left."""
    responses, names = airport
    counts = [contrast_penalty_reward(responses, **names, tail=tail)["contrast_class"] for tail in (0, 0.25)]
    assert [one.eq("too few").sum() for one in counts] == [10, 1]


@pytest.fixture(scope="module")
def reputation():
    """What 344 mobile customers say of quality, performance, responsibility, attraction, competence and liking."""
    table = pd.read_csv(find("corporate_reputation_mobile_survey.csv")).replace(MISSING, np.nan)
    items = {"qual": 8, "perf": 5, "csor": 5, "attr": 3, "comp": 3, "like": 3}
    means = {name: table[[f"{name}_{item + 1}" for item in range(size)]].mean(axis=1) for name, size in items.items()}
    return pd.DataFrame({**means, "cusa": table["cusa"]})


def test_liking_carries_satisfaction_more_than_competence(reputation):
    """Liking carries 68% (54 to 80) of what both explain of satisfaction, R squared .285 as by least squares."""
    drivers = reputation[["comp", "like"]]
    table = estimate_drivers(drivers, reputation["cusa"], bootstraps=500).set_index("driver")
    like = table.loc["like"]
    assert [like["value"], like["lo"], like["hi"]] == pytest.approx([0.684, 0.54, 0.80], abs=0.02)
    assert like["rank_hi"] == 1 and like["n"] == 343 and like["r_squared"] == pytest.approx(0.285, abs=0.0005)
    assert like["r_squared"] == pytest.approx(explain(drivers, reputation["cusa"]), abs=0.002)


def test_reputation_drivers_are_those_of_its_makers(reputation):
    """Quality and performance carry competence, responsibility least (Schwaiger 2004 too); quality carries liking."""
    drivers = reputation[["qual", "perf", "csor", "attr"]]
    comp, like = (estimate_drivers(drivers, reputation[name], bootstraps=100) for name in ("comp", "like"))
    assert set(comp["driver"][:2]) == {"qual", "perf"} and comp["rank_hi"][:2].max() == 2
    assert comp["driver"].iloc[-1] == "csor" and like["driver"][0] == "qual" and like["rank_hi"][0] <= 2
    assert comp["r_squared"][0] == pytest.approx(0.595, abs=0.001)


@pytest.fixture(scope="module")
def seats():
    """1,258 seat reviews as responses, their metric, and who recommends; 0 = no rating given."""
    table = pd.read_csv(find("skytrax_seat_reviews.csv"))
    table.index = [f"r{place:04}" for place in range(len(table))]
    names = [f"{name}_rating" for name in ("seat_legroom", "seat_recline", "seat_width", "aisle_space", "viewing_tv")]
    rows = table[names].rename(columns=lambda name: name.removesuffix("_rating")).replace(0, np.nan)
    rows = (
        rows.melt(var_name="touchpoint_id", value_name="score", ignore_index=False).dropna().rename_axis("customer_id")
    )
    responses = rows.reset_index().assign(metric="seat", weight=np.nan)
    return responses, {"seat": Metric(min=1, max=5, better="higher")}, table["recommended"]


def test_seat_reviews_explain_a_decision(seats):
    """36% recommend their seat: five ratings explain .62 of it on a straight line, width and legroom most."""
    responses, metrics, whole = seats
    table = derive_impact(responses, metrics=metrics, emotion=["seat"], outcome="recommended", decisions=whole)
    assert table["method"].str.endswith("a decision, 36% yes").all() and table["flag"].eq("reportable").all()
    assert set(table["touchpoint_id"][:2]) == {"seat_width", "seat_legroom"}
    felt = responses.pivot(index="customer_id", columns="touchpoint_id", values="score")
    assert table["r_squared"][0] == pytest.approx(explain(felt, whole), abs=0.01)
