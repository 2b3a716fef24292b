"""The methods find again what was planted in the example."""

import pandas as pd
import pytest
from scipy.stats import ttest_ind

from cjm_helpers.method.categories import derive_impact
from cjm_helpers.method.emotion import summarise_emotion
from cjm_helpers.method.feedback.reliability import measure_agreement
from cjm_helpers.method.kpis import find_signals, measure_kpis
from cjm_helpers.method.themes import summarise_themes
from cjm_helpers.method.touchpoints import count_events, find_gaps
from cjm_helpers.stats.agreement import krippendorff_alpha
from cjm_helpers.study.selection import select_rows
from cjm_helpers.teach.people import mean_feeling

BEFORE, AFTER = "2026-03", "2026-09"
WELL_WITHIN = 0.6  # of a scale from -2 to 2: hardly anybody is cut off at its ends
CASES = [
    (persona_id, wave)
    for persona_id in ("everyone", "busy_parent", "careful_comparer", "style_regular", "gift_buyer")
    for wave in (BEFORE, AFTER)
]


def measure_feelings(study, *, persona_id="everyone", wave=AFTER) -> pd.DataFrame:
    chosen, settings = select_rows(study, persona_id=persona_id, wave=wave), study.settings
    rest = {"metrics": settings.metrics, "emotion": settings.emotion, "min_n": settings.min_n}
    return summarise_emotion(chosen.responses, chosen.touchpoints, **rest).set_index("touchpoint_id")


def answers_at(study, touchpoint_id: str, wave: str) -> pd.Series:
    same = study.responses.query("touchpoint_id == @touchpoint_id and wave == @wave and metric == 'csat'")
    return same["score"]


@pytest.mark.parametrize(("persona_id", "wave"), CASES)
def test_the_lowest_touchpoint_is_found(study, truth, persona_id, wave):
    """The emotion curve is lowest where it was planted lowest, for each persona and wave."""
    found = measure_feelings(study, persona_id=persona_id, wave=wave)
    assert found["value"].idxmin() == truth["expected"]["lowest"][wave][persona_id]


def test_most_intervals_hold_the_planted_mean(study, truth):
    """Where the planted mean lies well within the scale, at least nine of ten intervals hold it."""
    is_held = []
    for persona_id, wave in CASES[2:]:
        found = measure_feelings(study, persona_id=persona_id, wave=wave).query("flag == 'reportable'")
        for row in found.itertuples():
            planted = mean_feeling(truth, persona_id=persona_id, touchpoint_id=row.Index, wave=wave)
            if abs(planted) < WELL_WITHIN:
                is_held.append(row.lo <= planted <= row.hi)
    assert len(is_held) > 40
    assert sum(is_held) / len(is_held) >= 0.9


@pytest.mark.parametrize(("persona_id", "wave"), CASES)
def test_the_top_driver_is_found(study, truth, persona_id, wave):
    """The payment page drives the likelihood to recommend most, and clearly so for everyone together."""
    chosen, settings = select_rows(study, persona_id=persona_id, wave=wave), study.settings
    names = {"metrics": settings.metrics, "emotion": settings.emotion, "outcome": settings.outcome}
    first = derive_impact(chosen.responses, **names, bootstraps=50, seed=0).sort_values("rank").iloc[0]
    assert first["touchpoint_id"] == truth["expected"]["top_driver"]
    assert first["rank_hi"] == 1 or persona_id != "everyone"


@pytest.mark.parametrize("wave", [BEFORE, AFTER])
def test_the_most_named_pain_point_is_found(study, truth, wave):
    """The theme that most customers name is the planted one, and it stands at the payment page."""
    chosen = select_rows(study, persona_id="everyone", wave=wave)
    themes = summarise_themes(
        chosen.feedback, chosen.codings, codebook=study.codebook, decisions=chosen.coding_decisions,
        alignments=chosen.alignments, touchpoints=chosen.touchpoints, min_n=study.settings.min_n,
    )  # fmt: skip
    most = themes.query("valence == -1").sort_values("k", ascending=False).iloc[0]
    assert (most["touchpoint_id"], most["code_id"]) == ("payment", truth["expected"]["top_pain"][wave])


def test_what_was_improved_is_better_outside_the_noise(study, truth):
    """Each touchpoint of the simpler checkout is rated higher in the second wave (Welch test, p < .001)."""
    for touchpoint_id in truth["expected"]["improved"]:
        after, before = answers_at(study, touchpoint_id, AFTER), answers_at(study, touchpoint_id, BEFORE)
        assert after.mean() > before.mean()
        assert ttest_ind(after, before, equal_var=False).pvalue < 0.001


def test_what_got_worse_is_worse(study, truth):
    """Delivery tracking is rated a little lower in the second wave (Welch test, p < .01)."""
    worsened = truth["expected"]["worsened"]
    after, before = answers_at(study, worsened, AFTER), answers_at(study, worsened, BEFORE)
    assert -0.7 < after.mean() - before.mean() < -0.2
    assert ttest_ind(after, before, equal_var=False).pvalue < 0.01


def test_fewer_checkouts_are_given_up(study, truth):
    """The abandonment KPI falls by about the planted tenth, and the two intervals lie apart."""
    found = {wave: measure_figures(study, wave).loc[truth["expected"]["abandonment_kpi"]] for wave in (BEFORE, AFTER)}
    planted = {key: mean_abandonment(truth, key) for key in ("before", "after")}
    assert found[BEFORE]["value"] == pytest.approx(planted["before"], abs=0.03)
    assert found[AFTER]["value"] == pytest.approx(planted["after"], abs=0.03)
    assert found[AFTER]["hi"] < found[BEFORE]["lo"]
    assert found[AFTER]["word"] == "better than baseline"


def measure_figures(study, wave: str) -> pd.DataFrame:
    chosen, settings = select_rows(study, persona_id="everyone", wave=wave), study.settings
    rest = {"kpi_readings": chosen.kpi_readings, "metrics": settings.metrics, "min_n": settings.min_n}
    return measure_kpis(chosen.kpis, chosen.responses, **rest).set_index("kpi_id")


def mean_abandonment(truth: dict, key: str) -> float:
    return sum(persona["abandonment"][key] for persona in truth["personas"].values()) / len(truth["personas"])


def test_the_change_stands_out_of_the_ups_and_downs(study, truth):
    """The control chart of given up checkouts is quiet for 21 months and signals the simpler checkout from then on."""
    kpi_id = truth["expected"]["abandonment_kpi"]
    chart = find_signals(study.kpis, study.kpi_readings).query("kpi_id == @kpi_id and persona_id == ''")
    signalled = chart.loc[chart["signal"] != "", ["period", "way"]].values.tolist()
    assert signalled == [["2026-07", "better"], ["2026-08", "better"], ["2026-09", "better"]]


def test_the_log_shows_the_checkouts_given_up(study, truth):
    """In the event log, too, the share of checkouts without an order is the planted one in each wave."""
    events = study.events.select("customer_id", "event").execute()
    waves = events["customer_id"].map(study.customers.set_index("customer_id")["wave"])
    for wave, key in ((BEFORE, "before"), (AFTER, "after")):
        counts = events.loc[waves == wave, "event"].value_counts()
        given_up = 1 - counts["order_placed"] / counts["checkout_started"]
        assert given_up == pytest.approx(mean_abandonment(truth, key), abs=0.04)


def test_the_planted_gaps_are_found(study, truth):
    """The card nobody spoke of is silent, the unplanned touchpoints are blind, the messenger has no touchpoint."""
    expected = truth["expected"]
    counts = count_events(study.events, study.touchpoints)
    gaps = find_gaps(study.touchpoints, responses=study.responses, event_counts=counts, stages=study.settings.stages)
    named = gaps.groupby("kind")["touchpoint_id"].agg(set)
    assert expected["silent_touchpoint"] in named["silent"]
    assert set(expected["blind_touchpoints"]) <= named["blind"]
    unplaced = counts.query("touchpoint_id == ''").set_index("channel")["customers"]
    assert unplaced[expected["untapped_channel"]] > 0.1 * len(study.customers)


def test_what_was_not_asked_has_no_answers(study, truth):
    """The order confirmation is in the log and in no answer."""
    not_asked = truth["expected"]["not_asked"]
    assert not study.responses["touchpoint_id"].eq(not_asked).any()
    assert not_asked in set(count_events(study.events, study.touchpoints)["touchpoint_id"])


@pytest.mark.parametrize("wave", [BEFORE, AFTER])
def test_fewer_than_five_answers_show_no_number(study, truth, wave):
    """The gift buyers' two or three answers about the request for a review are suppressed."""
    few = truth["expected"]["fewer_than_five"]
    found = measure_feelings(study, persona_id=few["persona_id"], wave=wave).loc[few["touchpoint_id"]]
    assert found["flag"] == "suppressed"
    assert pd.isna(found["value"])


def test_the_coders_agree_as_people_do(study):
    """Krippendorff's alpha over the code sets of both coders lies between .75 and .85."""
    alpha, coders = measure_agreement(study.codings)
    assert coders == 2
    assert 0.75 <= alpha.value <= 0.85
    assert alpha.n > 200


def test_one_code_is_poor(study, truth):
    """The vague code falls short of .667, and no other code with twenty texts is worse."""
    read = study.codings.groupby(["feedback_id", "coder_id"])["code_id"].agg(set).unstack().dropna()
    alphas = {}
    for code_id in study.codebook.query("parent != ''")["code_id"]:
        judged = read.map(lambda codes: float(code_id in codes))
        if judged.any(axis="columns").sum() >= 20:
            alphas[code_id] = krippendorff_alpha(judged, bootstraps=0).value
    poor = truth["coders"]["poor_code"]
    assert alphas[poor] < 0.667
    assert min(alphas, key=alphas.get) == poor
