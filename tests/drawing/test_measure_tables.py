"""Tables of feedback, KPIs and paths: what stands in them, and what is left out."""

import math

import pandas as pd

from cjm_helpers.drawing import tables

STEPS = pd.DataFrame({"touchpoint_id": ["ad", "pay"], "name": ["Advert", "Payment page"], "stage": ["Notice", "Buy"]})
SAID = pd.DataFrame({
    "feedback_id": ["f1", "f2"], "touchpoint_id": ["pay", ""], "source": ["survey", "survey"],
    "person_id": ["customer a", "customer a"], "text": ["Slow.", "Call 030 123 4567"], "is_placed": [True, False],
    "is_read": [True, False], "is_quotable": [True, False],
})  # fmt: skip
KPI = {
    "kpi_id": "k1", "name": "Given up", "touchpoint_id": "pay", "stage": "", "value": 0.31, "unweighted": 0.31,
    "lo": 0.3, "hi": 0.32, "n": 9377, "unit": "%", "kind": "proportion", "baseline": 0.4, "target": 0.22,
    "benchmark": math.nan, "word": "better than baseline", "status": "missed", "benchmark_status": "no benchmark",
}  # fmt: skip


def test_every_kind_of_feedback_is_listed_with_what_it_is_good_for():
    """Kinds the study lacks stand there with a zero: surveys, interviews, reviews, social posts, polls and more."""
    lines = tables.show_sources(SAID).text.splitlines()
    assert [line.split()[0] for line in lines[1:6]] == ["survey", "interview", "review", "social", "poll"]
    assert lines[1].split()[-5:] == ["2", "1", "1", "1", "1"] and lines[2].split()[-5:] == ["0"] * 5


def test_words_that_may_not_be_shown_are_not():
    """A text with a telephone number, or whose speaker said no, is left out of what is read."""
    shown = tables.show_verbatims(SAID, steps=STEPS)
    assert "Slow." in shown.html and "Payment page" in shown.html and "030" not in shown.html
    assert tables.show_verbatims(SAID[1:], steps=STEPS, empty="None.").text == "None."


def test_each_persona_has_its_strongest_themes():
    """Personas are groups in their order; too few people and single persons are left out."""
    theme = {"touchpoint_id": "pay", "valence": -1, "value": 0.5, "lo": 0.3, "hi": 0.7, "n": 30.0}
    rows = [("a", "Refused", 15, "reportable"), ("", "Slow", 4, "reportable"), ("a", "Rare", 1, "reportable")]
    rows = [theme | dict(zip(("persona_id", "label", "k", "flag"), row, strict=True)) for row in rows]
    shown = tables.show_persona_themes(
        pd.DataFrame(rows), personas=pd.DataFrame({"persona_id": ["a"], "name": ["Anna"]}), steps=STEPS
    )
    assert shown.html.index("Anna") < shown.html.index("Without a persona") and "Rare" not in shown.html


def test_a_kpi_stands_at_the_stage_of_its_touchpoint():
    """A KPI without a stage takes that of its touchpoint; one without both is about the journey as a whole."""
    kpis = pd.DataFrame([KPI | {"touchpoint_id": "", "name": "NPS"}, KPI])
    shown = tables.show_kpis(kpis, steps=STEPS)
    places = [shown.html.index(word) for word in ("Buy", "Given up", "The journey as a whole", "NPS")]
    assert places == sorted(places) and "Payment page" in shown.text


def test_efforts_are_those_at_work_done_first():
    """Mere ideas are no efforts; one that names no KPI says so and shows no figure."""
    ideas = {"statement": ["Idea", "Plan", "Done"], "kpi_id": ["k1", "", "k1"], "owner": "", "done_on": pd.NaT}
    ideas = pd.DataFrame(ideas | {"status": ["idea", "planned", "done"]})
    lines = tables.show_efforts(ideas, kpis=pd.DataFrame([KPI])).text.splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["Done", "Plan"] and "31 %" in lines[1]
    assert "none named" in lines[2] and "no data" not in lines[2]


def test_a_funnel_says_what_leaves_no_track():
    """Steps the log does not know say so in place of a count; leaving is told as k of n with its interval."""
    step = {"touchpoint_id": "ad", "stage": "Notice", "name": "Advert", "k": 80.0, "n": 100.0, "value": 0.8, "lo": 0.71}
    step |= {
        "hi": 0.87,
        "flag": "reportable",
        "left": 20.0,
        "went_on": 60.0,
        "share_left": 0.25,
        "newest": "2026-09-30",
    }
    step |= {"share_left_lo": 0.17, "share_left_hi": 0.35}
    unseen = dict.fromkeys(("k", "value", "lo", "hi", "left", "went_on", "share_left"), math.nan)
    rows = [step, step | unseen | {"name": "Tip", "flag": "not in the log", "newest": ""}]
    text = tables.show_funnel(pd.DataFrame(rows)).text
    assert "20 of 80, 25 % (17 to 35 %)" in text and "not in the log" in text and "too few" not in text
    assert "bring it in" in tables.show_funnel(pd.DataFrame(rows)[:0]).text


def test_ways_on_are_few_and_timed():
    """Three ways a touchpoint at most, each with how long it took, in minutes, hours or days."""
    ways = [("ad", f"p{number}", minutes) for number, minutes in enumerate((1.5, 90, 2880, 5))]
    ways = pd.DataFrame(ways, columns=["from_id", "to_id", "median_minutes"])
    ways = ways.assign(k=9.0, n=10.0, value=0.9, lo=0.6, hi=0.98, times=12.0, flag="indicative")
    text = tables.show_next(ways, steps=STEPS).text
    assert all(time in text for time in ("1.5 min", "1.5 h", "2.0 days")) and "p3" not in text


def test_channels_stand_by_stage_and_say_what_is_not_known():
    """Each stage is a group; a channel without a name, without enough people or without an end of the wait says so."""
    row = {"stage": "Notice", "channel": "App", "k": 6.0, "n": 9.0, "value": 0.67, "lo": 0.35, "hi": 0.88}
    row |= {"value_other": 0.4, "verdict": "more go on", "median_days": 2.0, "feeling": 0.5, "flag": "indicative"}
    few = dict.fromkeys(["k", "value", "lo", "hi", "value_other", "median_days", "feeling"], math.nan)
    hidden = row | few | {"stage": "Buy", "channel": "", "n": 3.0, "verdict": "", "flag": "suppressed"}
    shown = tables.show_channels(pd.DataFrame([row, hidden]))
    first, second = shown.text.splitlines()[1:]
    assert "6 of 9" in first and "2.0 days" in first and "+0.5" in first and "more go on" in first
    assert "not named in the log" in second and "too few" in second and "%" not in second
    assert shown.html.index("Notice") < shown.html.index("Buy")


def test_without_a_log_channels_are_a_sentence():
    """No log, no table: the sentence says what is missing."""
    columns = ["stage", "channel", "value", "median_days", "feeling", "verdict"]
    assert "no log" in tables.show_channels(pd.DataFrame(columns=columns)).text
