"""The methods find again what was planted in the example of the brand that fails its customers after the purchase."""

import pandas as pd
import pytest
from benchmarks.truth import CHANGES, compare, name_finding, recover

from cjm_helpers.method.categories import derive_impact
from cjm_helpers.method.emotion import summarise_emotion
from cjm_helpers.method.feedback.reliability import measure_agreement
from cjm_helpers.method.themes import summarise_themes
from cjm_helpers.method.touchpoints import count_events, find_gaps
from cjm_helpers.stats.differences import compare_means
from cjm_helpers.study.folder import check_study, open_study
from cjm_helpers.study.selection import select_rows
from cjm_helpers.teach.nothing import plant_nothing
from cjm_helpers.teach.script import read_script
from cjm_helpers.teach.simulate import simulate_care_after_purchase

EXAMPLE = "care_after_purchase"
BEFORE, AFTER = "2026-04", "2026-10"
EVERYONE = "everyone"
CASES = [
    (persona_id, wave)
    for persona_id in (EVERYONE, "first_owner", "daily_brewer", "keen_trier")
    for wave in (BEFORE, AFTER)
]


@pytest.fixture(scope="module")
def study():
    """Return the example, opened and checked."""
    return open_study(EXAMPLE)


@pytest.fixture(scope="module")
def truth() -> dict:
    """Return what was planted in it."""
    return read_script(EXAMPLE).truth


@pytest.fixture(scope="module")
def compared(study):
    """Return the comparison of both waves for everyone and each persona."""
    return compare(study)


@pytest.fixture(scope="module")
def events(study) -> pd.DataFrame:
    """Return the log, each event with its customer's wave."""
    log = study.events.execute()
    return log.assign(wave=log["customer_id"].map(study.customers.set_index("customer_id")["wave"]))


def measure_feelings(study, *, persona_id: str, wave: str) -> pd.DataFrame:
    chosen, settings = select_rows(study, persona_id=persona_id, wave=wave), study.settings
    rest = {"metrics": settings.metrics, "emotion": settings.emotion, "min_n": settings.min_n}
    return summarise_emotion(chosen.responses, chosen.touchpoints, **rest).set_index("touchpoint_id")


def list_changes(compared, kind: str) -> dict[str, str]:
    rows = compared[compared["object"].eq(kind) & compared["persona_id"].eq(EVERYONE)]
    return dict(zip(rows["id"], rows["verdict"], strict=True))


def test_every_check_passes(study):
    """Neither a fault nor a caution is found in the example."""
    found = check_study(EXAMPLE)
    assert (found.faults, found.cautions) == ([], [])


def test_it_differs_from_the_first_example(study, example):
    """Other stages, personas and touchpoints, most of them after the purchase; no touchpoint of the first is there."""
    assert study.settings.stages != example.settings.stages
    assert (len(study.personas), len(study.touchpoints)) == (3, 18)
    assert study.touchpoints["stage"].isin(["Retention", "Advocacy"]).mean() > 0.6
    assert study.customers["wave"].value_counts().to_dict() == {BEFORE: 840, AFTER: 840}
    assert study.settings.dimensions == {"sales_channel": "bought_on"}


@pytest.mark.parametrize(("persona_id", "wave"), CASES)
def test_the_lowest_touchpoint_is_found(study, truth, persona_id, wave):
    """The emotion curve is lowest where it was planted lowest, for each persona and wave."""
    found = measure_feelings(study, persona_id=persona_id, wave=wave)
    assert found["value"].idxmin() == truth["expected"]["lowest"][wave][persona_id]


@pytest.mark.parametrize(("persona_id", "wave"), CASES)
def test_the_top_driver_is_found(study, truth, persona_id, wave):
    """The help desk drives the likelihood to recommend most, and clearly so for everyone together."""
    chosen, settings = select_rows(study, persona_id=persona_id, wave=wave), study.settings
    names = {"metrics": settings.metrics, "emotion": settings.emotion, "outcome": settings.outcome}
    first = derive_impact(chosen.responses, **names, bootstraps=50, seed=0).sort_values("rank").iloc[0]
    assert first["touchpoint_id"] == truth["expected"]["top_driver"]
    assert first["rank_hi"] == 1 or persona_id != EVERYONE


@pytest.mark.parametrize("wave", [BEFORE, AFTER])
def test_the_most_named_pain_point_is_found(study, truth, wave):
    """First nobody answers; once answers come, people complain of telling it all again."""
    chosen = select_rows(study, persona_id=EVERYONE, wave=wave)
    themes = summarise_themes(
        chosen.feedback, chosen.codings, codebook=study.codebook, decisions=chosen.coding_decisions,
        alignments=chosen.alignments, touchpoints=chosen.touchpoints, min_n=study.settings.min_n,
    )  # fmt: skip
    most = themes.query("valence == -1").sort_values("k", ascending=False).iloc[0]
    assert most[["code_id", "touchpoint_id"]].to_dict() == truth["expected"]["top_pain"][wave]


def test_what_changed_is_called_changed(compared, truth):
    """What was planted better or worse between the waves is called so, and no other touchpoint is."""
    expected = truth["expected"]
    found = {name: verdict for name, verdict in list_changes(compared, "feeling").items() if verdict in CHANGES}
    assert found == {**dict.fromkeys(expected["improved"], "improved"), expected["worsened"]: "worse"}


def test_what_stayed_is_not_called_changed(compared, truth):
    """Refunds, the booklet and the phone line are as bad as before, and no follow-up hides it."""
    feelings, figures = list_changes(compared, "feeling"), list_changes(compared, "kpi")
    assert {feelings[name] for name in truth["expected"]["unchanged"]} == {"no evidence"}
    assert {figures[name] for name in truth["expected"]["unchanged_kpis"]} == {"no evidence"}
    assert {figures[name] for name in truth["expected"]["improved_kpis"]} == {"improved"}


def test_new_touchpoints_have_no_before(compared, truth):
    """Follow-ups and recommendations are compared with nothing."""
    feelings = list_changes(compared, "feeling")
    assert {feelings[name] for name in truth["new"]} == {"not compared"}


def test_the_planted_gaps_are_found(study, truth):
    """The note is silent, the films and the owners' group are blind, the marketplace's inbox has no touchpoint."""
    expected = truth["expected"]
    counts = count_events(study.events, study.touchpoints)
    gaps = find_gaps(study.touchpoints, responses=study.responses, event_counts=counts, stages=study.settings.stages)
    named = gaps.groupby("kind")["touchpoint_id"].agg(set)
    assert named["silent"] == {expected["silent_touchpoint"]}
    assert named["blind"] - {""} == set(expected["blind_touchpoints"])
    assert gaps.loc[gaps["kind"].eq("untapped"), "channel"].tolist() == [expected["untapped_channel"]]


def test_what_was_not_asked_has_no_answers(study, truth, events):
    """The order confirmation is in the log and in no answer."""
    not_asked = truth["expected"]["not_asked"]
    assert not study.responses["touchpoint_id"].eq(not_asked).any()
    assert events["touchpoint_id"].eq(not_asked).any()


@pytest.mark.parametrize("wave", [BEFORE, AFTER])
def test_fewer_than_five_answers_show_no_number(study, truth, wave):
    """The three answers of one persona about the owners' group are suppressed."""
    few = truth["expected"]["fewer_than_five"]
    found = measure_feelings(study, persona_id=few["persona_id"], wave=wave).loc[few["touchpoint_id"]]
    assert (found["flag"], pd.isna(found["value"])) == ("suppressed", True)


def test_buyers_of_the_marketplace_hear_less(study, truth):
    """Split by sales channel, the news about the parcel is rated clearly worse where it was planted worse."""
    left = truth["expected"]["left_behind"]
    answers = study.responses.query("metric == 'csat' and touchpoint_id == @left['touchpoint_id']")
    answers = answers.merge(study.customers[["customer_id", "bought_on"]])
    scores = answers["score"].groupby(answers["bought_on"].eq(left["sales_channel"]))
    others, here = zip(scores.mean(), scores.std(), scores.size(), strict=True)
    assert compare_means(here, others).hi < -0.4


@pytest.mark.parametrize(("wave", "when"), [(BEFORE, "before"), (AFTER, "after")])
def test_the_log_shows_the_help_desk_as_planted(events, truth, wave, when):
    """In the log, too, hours to the first reply and requests solved at once are those of the monthly figures."""
    asked = events[events["wave"].eq(wave)].groupby(["customer_id", "event"])["timestamp"].min().unstack()
    asked = asked.dropna(subset=["request_opened", "reply_sent"])
    hours = (asked["reply_sent"] - asked["request_opened"]).dt.total_seconds() / 3_600
    assert hours.mean() == pytest.approx(truth["figures"]["first_reply_hours"][when], rel=0.1)
    planted = truth["figures"]["first_contact_solved"][when]
    assert asked["request_reopened"].isna().mean() == pytest.approx(planted, abs=0.05)


@pytest.mark.parametrize(("wave", "when"), [(BEFORE, "before"), (AFTER, "after")])
def test_the_log_shows_who_bought_again(events, study, truth, wave, when):
    """In the log the share of customers with a second order is about the planted one."""
    orders = events[events["wave"].eq(wave) & events["event"].eq("order_placed")].groupby("customer_id").size()
    personas = truth["personas"].values()
    planted = sum(one["repeat"][when] * one["customers_a_wave"] for one in personas) / len(orders)
    assert orders.gt(1).mean() == pytest.approx(planted, abs=0.04)


def test_nothing_is_logged_before_the_order(events):
    """Each customer's first event is an order, and no event lies outside the months of the waves."""
    assert set(events.groupby("customer_id")["event"].first()) == {"order_placed"}
    assert (events["timestamp"].dt.strftime("%Y-%m") == events["wave"]).all()


def test_the_coders_agree_but_on_one_code(study, truth):
    """The two coders agree well over all codes, and the planted findings name the vague one."""
    alpha, coders = measure_agreement(study.codings)
    assert (coders, alpha.n > 150) == (2, True)
    assert 0.75 <= alpha.value <= 0.90


def test_no_verbatim_is_there_twice(study):
    """No two verbatims have the same words, their first words vary, and no slot is left open."""
    texts = study.feedback["text"].str.lower()
    assert not texts.duplicated().any()
    assert texts.str.split().str[:4].str.join(" ").value_counts().max() <= 6
    assert not texts.str.contains(r"[{}]|\w@\w+\.\w|\d{5,}").any()


def test_every_planted_finding_is_seen(study, truth):
    """The committed example shows each finding of truth.toml, with its sign."""
    assert recover(study, truth["findings"]) == [name_finding(finding) for finding in truth["findings"]]


def test_nothing_is_seen_where_nothing_is(truth, tmp_path):
    """With nothing planted none of the findings is shown, and no comparison of waves calls a change."""
    quiet = open_study(simulate_care_after_purchase(tmp_path / "quiet", seed=1, truth=plant_nothing(truth)))
    assert recover(quiet, truth["findings"]) == []
    assert not compare(quiet)["verdict"].isin(CHANGES).any()
