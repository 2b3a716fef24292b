"""Moments for a message: which are found, what each is worth, and what could not be looked for."""

import pandas as pd
import pytest

from cjm_helpers.errors import NumberRefused, ParameterError
from cjm_helpers.method.opportunities import suggest_triggers
from cjm_helpers.method.opportunities.triggers import NOT_LOOKED_FOR

NAN = float("nan")
THEME = {
    "touchpoint_id": "track", "code_id": "where", "label": "Where is my order", "k": 40.0, "n": 100.0, "value": 0.4,
    "lo": 0.31, "hi": 0.5, "feedback_ids": "f1;f2",
}  # fmt: skip
SHOP = pd.DataFrame({
    "touchpoint_id": ["pay", "track", "help"], "name": ["Payment", "Tracking", "Help line"],
    "channels": ["Website;E-mail", "Website", "Phone"],
})  # fmt: skip
FLOW = pd.DataFrame(
    [("pay", "track", 60, 0.6, 0.5, 0.7), ("pay", "end", 40, 0.4, 0.31, 0.5), ("track", "end", 10, 0.1, 0.05, 0.17),
     ("track", "help", 90, 0.9, 0.83, 0.95), ("help", "help", 30, 0.3, 0.2, 0.4), ("help", "end", 3, NAN, NAN, NAN)],
    columns=["from", "to", "n", "p", "lo", "hi"],
)  # fmt: skip
TIMES = pd.DataFrame(
    [("track", "help", 9.0, 5.0, 80), ("pay", "track", 2.0, 5.0, 80), ("help", "track", NAN, 5.0, 20)],
    columns=["from", "to", "median_days", "target_days", "n"],
)  # fmt: skip
COUNTS = pd.DataFrame({
    "touchpoint_id": ["pay", "pay", "track"], "channel": ["Website", "E-mail", "App"], "customers": [300, 80, 500],
    "touchpoint_customers": [350, 350, 500],
})  # fmt: skip
KPI = {
    "kpi_id": "k", "name": "Given up", "kind": "proportion", "unit": "%", "direction": "lower", "stage": "",
    "touchpoint_id": "pay", "status": "missed", "value": 0.3, "lo": 0.25, "hi": 0.35, "n": 900, "target": 0.2,
}  # fmt: skip
WAIT = {
    **KPI, "kpi_id": "w", "name": "Until help", "kind": "duration", "unit": "hours", "touchpoint_id": "help",
    "value": 30.0, "target": 24.0,
}  # fmt: skip


def suggest(*themes, **found):
    """Suggest triggers from themes given as dicts and whatever else was found."""
    table = suggest_triggers(pd.DataFrame(themes, columns=list(THEME)), touchpoints=SHOP, **found)
    return table[table["kind"].ne(NOT_LOOKED_FOR)].set_index("kind")


def read_silence(*themes, **found):
    """Return what was not looked for, in one text."""
    table = suggest_triggers(pd.DataFrame(themes, columns=list(THEME)), touchpoints=SHOP, **found)
    silent = table[table["kind"].eq(NOT_LOOKED_FOR)]
    assert silent.drop(columns=["kind", "sentence"]).replace("", NAN).isna().all(axis=None)
    return " ".join(silent["sentence"])


def test_an_exit_above_the_average_is_a_moment():
    """At pay 40% leave (31% to 50%), on average 23%; tracking lies below and help is hidden."""
    row = suggest(transitions=FLOW, event_counts=COUNTS).loc["exit"]
    assert row["touchpoint_id"] == "pay" and row["p_drop_off"] == 0.4
    assert row["sentence"] == "40% leave here (31% to 50%); on average 23% leave a step."
    assert row["consent"] == "only with consent to be written to" and row["channel"] == "App"


def test_worth_is_reach_times_leaving_times_recovery():
    """350 a month x 91 / 30 x .4 x .05 = 21.2 a quarter; .40 against .38 takes 2 x .24 x 2.8016^2 / .02^2 an arm."""
    row = suggest(transitions=FLOW, event_counts=COUNTS, window_days=30).loc["exit"]
    assert row["value"] == pytest.approx(350 * 91 / 30 * 0.4 * 0.05)
    assert (row["value_lo"], row["value_hi"]) == pytest.approx((row["value"] * 0.31 / 0.4, row["value"] * 0.5 / 0.4))
    assert row["n_per_arm"] == 9419 and row["weeks"] == 231


def test_a_wait_beyond_its_target_is_a_moment():
    """The delay is the target, or the time by which most who go on have gone on; who drops out there is looked up."""
    row = suggest(stage_time=TIMES, transitions=FLOW).loc["wait"]
    assert (row["touchpoint_id"], row["delay_days"], row["p_drop_off"]) == ("track", 5, 0.1)
    assert row["condition"] == "“Help line” is not reached yet"
    timed = suggest(stage_time=TIMES.assign(delay_days=12.0), transitions=FLOW)
    assert timed.loc["wait", "delay_days"] == 12 and timed.loc["exit", "delay_days"] == 12


def test_coming_back_is_a_moment():
    """Three in ten call twice: one person should see it through."""
    row = suggest(transitions=FLOW).loc["loop"]
    assert row["trigger_event"] == "“Help line” a second time" and row["delay_days"] == 0


def test_kpis_alone_give_moments():
    """A duration over its target and a share that leaves, where the caller says that it counts that."""
    kpis = pd.DataFrame([KPI, WAIT])
    assert suggest(kpis=kpis).index.tolist() == ["wait"]
    found = suggest(kpis=kpis, drop_off_kpi_ids=["k"])
    assert found["kpi_id"].to_dict() == {"exit": "k", "wait": "w"}
    assert found.loc["wait", "delay_days"] == 1 and found.loc["exit", "p_drop_off"] == 0.3


def test_frequent_simple_codes_are_moments():
    """What the team calls simple counts where at least one customer in ten names it; reach is theirs."""
    row = suggest(THEME, simple_codes=["where"], event_counts=COUNTS).loc["question"]
    assert row[["reach", "reach_lo", "reach_hi", "n"]].tolist() == pytest.approx([200, 155, 250, 100])
    assert row["evidence_ids"] == "f1;f2" and row["channel"] == "App" and pd.isna(row["value"])
    assert suggest({**THEME, "lo": 0.09}, simple_codes=["where"]).empty


def test_stated_questions_are_moments():
    """A question of a statement says that it is not counted."""
    asked = {"statement_id": ["s1"], "touchpoint_id": ["pay"], "field": ["question"], "text": ["Has it gone through?"]}
    row = suggest(statements=pd.DataFrame(asked), event_counts=COUNTS).loc["question"]
    assert row["purpose"] == "answer “Has it gone through?”" and row["reach"] == 350
    assert row["sentence"] == "It is stated, not counted: reach is everybody there."


def test_ideas_that_stand_already_are_named(make_table):
    """An open idea of kind trigger at the place is named, a dropped one is not."""
    ideas = [
        {"opportunity_id": f"o{i}", "kind": kind, "status": status, "touchpoint_id": "pay"}
        for i, (kind, status) in enumerate([("trigger", "idea"), ("trigger", "dropped"), ("fix", "idea")])
    ]
    assert (
        suggest(transitions=FLOW, opportunities=make_table("opportunities", ideas)).loc["exit", "opportunity_id"]
        == "o0"
    )


def test_what_was_not_looked_for_is_said():
    """Without the log's tables, KPIs and simple codes each says what it would need."""
    said = read_silence()
    assert "asked for waits" in said and "exits and loops" in said and "simple_codes" in said and "No KPI" in said
    seconds = pd.DataFrame([{**WAIT, "unit": "seconds"}])
    assert "“Until help” misses its target by seconds" in read_silence(kpis=seconds)


def test_what_is_hidden_is_counted():
    """Transitions of too few customers, medians not reached and rare codes are counted, never dropped in silence."""
    said = read_silence({**THEME, "lo": NAN}, transitions=FLOW, stage_time=TIMES, simple_codes=["where", "who"])
    assert "1 transition of too few customers to be shown." in said
    assert "1 gap between steps without a median" in said
    assert "“where” is named at 1 touchpoint" in said and "Nobody names the code “who”" in said


def test_what_is_no_moment_is_said():
    """A KPI that meets its target or hides its value, and a question of no touchpoint, are named."""
    kpis = pd.DataFrame([{**KPI, "status": "met"}, {**KPI, "kpi_id": "few", "name": "Few", "value": NAN}])
    asked = pd.DataFrame({"statement_id": ["s"], "touchpoint_id": [""], "field": ["question"], "text": ["Why?"]})
    options = {"kpis": kpis, "statements": asked, "drop_off_kpi_ids": ["k", "few"]}
    said = read_silence(**options)
    assert "“Given up” meets its target. " in said and "“Few” has no value to show. " in said
    assert "1 question without a touchpoint: no moment is known." in said and suggest(**options).empty


def test_the_most_valuable_stand_first():
    """Candidates come by value, then those without one by reach."""
    found = suggest(THEME, simple_codes=["where"], transitions=FLOW, stage_time=TIMES, event_counts=COUNTS)
    known = found["value"].dropna()
    assert known.is_monotonic_decreasing and found["value"].isna().tolist() == sorted(found["value"].isna())


@pytest.mark.parametrize("recovery", [0, -0.1, 1.5])
def test_recovery_is_a_share(recovery):
    """Nothing recovered, or more than everybody, is no assumption to plan with."""
    with pytest.raises(NumberRefused, match="recovery"):
        suggest(recovery=recovery)


def test_an_unknown_kpi_is_refused():
    """A KPI that is not among those measured is answered with those that are."""
    with pytest.raises(ParameterError, match="drop_off_kpi_ids = 'kk'.*Did you mean 'k'"):
        suggest(kpis=pd.DataFrame([KPI]), drop_off_kpi_ids=["kk"])


def test_order_of_rows_changes_nothing():
    """Tables in another order give the same suggestions and stay as they were."""
    kpis, before = pd.DataFrame([KPI, WAIT]), FLOW.copy()
    options = {"simple_codes": ["where"], "drop_off_kpi_ids": ["k"]}
    table = suggest(THEME, transitions=FLOW, kpis=kpis, event_counts=COUNTS, **options)
    turned = suggest(THEME, transitions=FLOW[::-1], kpis=kpis[::-1], event_counts=COUNTS[::-1], **options)
    pd.testing.assert_frame_equal(table, turned)
    pd.testing.assert_frame_equal(FLOW, before)


def test_the_example_finds_its_abandoned_baskets(found):
    """The planted trouble, checkouts given up, comes first, and the idea against it is known."""
    study = found.study
    table = suggest_triggers(
        found.themes, touchpoints=study.touchpoints, kpis=found.kpis, statements=study.statements,
        opportunities=study.opportunities, event_counts=found.event_counts, simple_codes=["day_moves"],
        drop_off_kpi_ids=["checkout_abandonment"], window_days=30,
    )  # fmt: skip
    first = table.iloc[0]
    assert first[["kind", "touchpoint_id", "channel", "opportunity_id"]].tolist() == ["exit", "basket", "E-mail", "o10"]
    assert {"tracking", "refund", "order_email"} <= set(table["touchpoint_id"])


def test_a_kpi_without_an_interval_is_told_without_one():
    """A reading that came without its cases says its value and nothing that is not known."""
    found = suggest(kpis=pd.DataFrame([KPI | {"lo": NAN, "hi": NAN, "n": NAN}]), drop_off_kpi_ids=["k"])
    assert found.loc["exit", "sentence"] == "“Given up” is 30%."


def test_where_everybody_leaves_no_test_is_planned():
    """A share of 1 knows no spread, so n per arm stays open instead of nobody."""
    found = suggest(kpis=pd.DataFrame([KPI | {"value": 1.0}]), drop_off_kpi_ids=["k"])
    assert found.loc["exit", ["n_per_arm", "weeks"]].isna().all()
