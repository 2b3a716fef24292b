"""Goals: each has a KPI that could show it is reached, and what is missing or at odds is said."""

import numpy as np
import pandas as pd
import pytest

from cjm_helpers.method.goals import COLUMNS, build_goal_tree, find_goal_gaps

NPS = {"kpi_id": "k1", "name": "NPS", "kind": "nps", "direction": "higher", "goal_id": "g1", "stage": "Buy",
       "baseline": 30, "target": 35}  # fmt: skip


@pytest.fixture
def tables(make_table):
    """Make goals, KPIs and what was measured; one goal with one KPI, NPS 30 from 100 people, unless changed."""

    def make(*kpis, goals=({"goal_id": "g1", "statement": "Be recommended", "primary_kpi_id": "k1"},), **measured):
        kpis = make_table("kpis", [NPS | kpi for kpi in kpis or [{}]])
        figures = {"value": 30.0, "n": 100, "variance": 5500.0, "flag": "reportable"} | measured
        found = pd.DataFrame([{"kpi_id": kpi_id} | figures for kpi_id in kpis["kpi_id"]])
        return make_table("goals", goals), kpis, found

    return make


@pytest.fixture
def grow(tables):
    """Build the tree of one goal with one KPI, as a row."""

    def make(measured=None, **kpi) -> dict:
        goals, kpis, found = tables(kpi, **(measured or {}))
        tree = build_goal_tree(goals, kpis, measured=found)
        assert list(tree.columns) == list(COLUMNS) and len(tree) == 1
        return tree.iloc[0].to_dict()

    return make


def test_five_points_are_too_few_to_see(grow):
    """NPS 30 to 35, v = .55, n = 100: 20.6 points could be seen; 1,691 a wave, 3,454 with 80% power (by hand)."""
    row = grow()
    assert (row["gap"], row["gap_pct"], row["to_go"]) == pytest.approx((5, 1 / 6, 5))
    assert row["mde"] == pytest.approx(20.6, abs=0.05) and row["detectable"] == "no"
    assert (row["n_needed"], row["n_needed_power"]) == (1691, 3454)
    assert row["sentence"] == (
        "Two waves of n = 100 show a change of 20.6 points or more; the target asks for 5.0 points, "
        "which takes n = 1,691, or 3,454 to be 80% sure of seeing it."
    )


def test_a_gap_is_positive_where_the_target_is_better(grow):
    """A KPI wanted lower has a positive gap when its target lies below its baseline, whichever it is."""
    assert grow(direction="lower", baseline=40, target=10)["gap"] == 30
    assert grow(direction="lower", baseline=10, target=40)["gap"] == -30


def test_what_is_still_to_go_starts_from_now(grow):
    """The gap is what was promised, from the baseline; to_go counts from the value of today."""
    row = grow({"value": 33.0})
    assert (row["gap"], row["to_go"]) == (5, 2)
    assert grow(baseline=None)["baseline"] == 30


def test_under_thirty_nobody_knows(grow):
    """From 29 customers the change that could be seen is a rough figure, and detectable is unknown."""
    row = grow({"n": 29}, target=90)
    assert row["detectable"] == "unknown" and "n is under 30: a rough figure" in row["sentence"]
    assert grow({"n": 30}, target=90)["detectable"] == "yes"


def test_a_suppressed_kpi_shows_in_no_column(grow):
    """From three customers neither value nor spread reach the tree, in figures or in words."""
    hidden = {"value": np.nan, "n": 3, "variance": np.nan, "flag": "suppressed"}
    row = grow(hidden, baseline=None)
    assert np.isnan([row[name] for name in ("baseline", "value", "gap", "to_go", "mde", "n_needed")]).all()
    assert row["detectable"] == "unknown" and row["sentence"] == "“NPS” stands on too few customers to say anything."


@pytest.mark.parametrize(
    ("measured", "kpi", "words"),
    [({}, {"target": None}, "“NPS” has no target."), ({"value": np.nan, "n": 0}, {}, "“NPS” has no data yet."),
     ({"variance": np.nan}, {}, "comes without the cases or the spread behind it"),
     ({"variance": 0.0}, {}, "comes without the cases or the spread behind it"),
     ({}, {"direction": ""}, "“NPS” does not say which way is better.")],
)  # fmt: skip
def test_what_is_missing_is_said(grow, measured, kpi, words):
    """Without target, data or spread the sentence says which, and nothing is called detectable."""
    row = grow(measured, **kpi)
    assert words in row["sentence"] and row["detectable"] == "unknown"


def test_shares_move_in_points(grow):
    """A proportion from 41.2% to 28% asks for 13.2 points, other kinds for their own unit."""
    share = grow({"variance": 0.24, "n": 900}, kind="proportion", direction="lower", baseline=0.412, target=0.28)
    assert "asks for 13.2 points" in share["sentence"]
    days = grow({"variance": 16, "n": 90}, kind="duration", unit="days", direction="lower", baseline=8, target=5)
    assert "asks for 3.0 days" in days["sentence"]


def test_the_primary_kpi_comes_first_and_no_goal_is_lost(tables):
    """Leading KPIs follow the primary one; a goal without a KPI keeps a row that says so."""
    goals = [{"goal_id": "g1", "statement": "Sell", "primary_kpi_id": "z"}, {"goal_id": "g2", "statement": "Keep"}]
    goals, kpis, found = tables({"kpi_id": "a"}, {"kpi_id": "z", "goal_id": ""}, goals=goals)
    tree = build_goal_tree(goals, kpis, measured=found)
    assert tree[["goal_id", "kpi_id", "role"]].values.tolist() == [
        ["g1", "z", "primary"], ["g1", "a", "leading"], ["g2", "", ""],
    ]  # fmt: skip
    assert tree["sentence"].iloc[-1] == "The goal “Keep” (g2) has no KPI."


def test_order_of_rows_changes_nothing_and_input_stays(tables):
    """Goals and KPIs turned upside down give the same tree and the same gaps, and are themselves untouched."""
    goals = [{"goal_id": goal_id, "statement": goal_id, "primary_kpi_id": "k2"} for goal_id in ("g1", "g2")]
    given = tables({"kpi_id": "k1"}, {"kpi_id": "k2", "target": 1}, goals=goals)
    turned = [table[::-1] for table in given]
    before = [table.copy() for table in turned]
    trees = [build_goal_tree(goals, kpis, measured=found) for goals, kpis, found in (given, turned)]
    pd.testing.assert_frame_equal(*trees)
    pd.testing.assert_frame_equal(*[find_goal_gaps(goals, kpis, stages=["Buy"]) for goals, kpis, _ in (given, turned)])
    for table, was in zip(turned, before, strict=True):
        pd.testing.assert_frame_equal(table, was)


@pytest.fixture
def find(tables):
    """Find the gaps of goals and KPIs, as kind -> (id, sentence)."""

    def make(*kpis, stages=("Buy",), touchpoints=None, **more) -> dict:
        goals, kpis, _ = tables(*kpis, **more)
        gaps = find_goal_gaps(goals, kpis, stages=stages, touchpoints=touchpoints)
        return {gap.kind: (gap.id, gap.sentence) for gap in gaps.itertuples()}

    return make


def test_a_sound_tree_has_no_gaps(find):
    """One goal, one KPI at the only stage: nothing to say."""
    assert find({}) == {}


def test_goals_kpis_and_stages_miss_each_other(find):
    """Goals without KPI, KPIs without goal and stages without KPI are each named in a sentence."""
    gaps = find({"goal_id": ""}, goals=[{"goal_id": "g2", "statement": "Keep"}], stages=("Buy", "Stay"))
    assert gaps == {
        "goal without KPI": ("g2", "The goal “Keep” (g2) has no KPI."),
        "KPI without goal": ("k1", "“NPS” (k1) serves no goal."),
        "stage without KPI": ("Stay", "No KPI stands at the stage Stay."),
    }


def test_a_target_worse_than_its_baseline_is_named(find):
    """K4: target 60, baseline 72, higher is better; a target below the baseline is right where lower is better."""
    worse = {"baseline": 72, "target": 60}
    gaps = find(worse)
    words = "“NPS” (k1): the target 60 is worse than the baseline 72, although higher is better."
    assert gaps == {"target worse than baseline": ("k1", words)}
    assert find(worse | {"direction": "lower"}) == {}


def test_a_goal_has_one_headline_and_few_leads(find):
    """A goal without a primary KPI and one with four leading ones are named."""
    four = [{"kpi_id": f"k{i}"} for i in range(4)]
    gaps = find(*four, goals=[{"goal_id": "g1", "statement": "Sell"}])
    assert gaps["goal without primary KPI"][0] == gaps["too many leading KPIs"][0] == "g1"
    assert "too many leading KPIs" not in find(*four, {"kpi_id": "k1"})


def test_one_kpi_cannot_serve_two_masters(find):
    """A KPI of two goals and one question wanted higher and lower at the same place are named."""
    goals = [{"goal_id": one, "statement": one, "primary_kpi_id": "k1"} for one in ("g1", "g2")]
    words = "“NPS” (k1) serves the goals g1 and g2: check that they want the same of it."
    assert find({}, goals=goals) == {"KPI of two goals": ("k1", words)}
    speed = [{"name": "Long talks"}, {"kpi_id": "k2", "name": "Short talks", "direction": "lower", "target": 20}]
    words = "The same answers are wanted two ways: “Long talks” higher and “Short talks” lower."
    assert find(*(kpi | {"metric": "minutes"} for kpi in speed)) == {"opposite KPIs": ("k1", words)}


def test_a_kpi_of_a_touchpoint_counts_for_its_stage(find, make_table):
    """Where the KPI names no stage, the touchpoint's stage counts, if touchpoints are given."""
    touchpoints = make_table("touchpoints", [{"touchpoint_id": "pay", "stage": "Buy"}])
    kpi = {"stage": "", "touchpoint_id": "pay"}
    assert "stage without KPI" in find(kpi) and find(kpi, touchpoints=touchpoints) == {}
