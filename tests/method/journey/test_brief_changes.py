"""Changes of page one: only what is clear is told, worse before better, and how much was compared."""

from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from cjm_helpers.method.journey.brief_changes import tell_changes, tell_targets

WAVES = (
    SimpleNamespace(id="w0", start=date(2026, 1, 1), end=date(2026, 1, 31)),
    SimpleNamespace(id="w1", start=date(2026, 3, 1), end=date(2026, 3, 31)),
)
PAYING = {"object": "feeling", "id": "pay", "touchpoint_id": "pay", "name": "Payment page", "metric": "csat"}
GIVEN_UP = {"object": "kpi", "id": "given_up", "touchpoint_id": "", "name": "Given up", "metric": "proportion"}
REFUSED = {"object": "theme", "id": "refused", "touchpoint_id": "pay", "name": "Card refused (Payment page)"}


@pytest.fixture
def told(shop):
    """The changes of the shop since January, from rows of a comparison."""

    def tell(*rows, earlier="w0", waves=WAVES, wave="w1", **more):
        study = shop(wave=wave, settings={"waves": waves}, **more)
        study.earlier = SimpleNamespace(wave=earlier) if earlier else None
        base = {"persona_id": "everyone", "n1": 40, "n2": 50, "verdict": "no evidence"}
        changes = pd.DataFrame([base | row for row in rows]) if rows else None
        steps = pd.DataFrame({"step_id": ["2.1"], "touchpoint_id": "pay", "name": "Payment page"})
        reliability = pd.DataFrame(columns=["code_id", "verdict"])
        parts = SimpleNamespace(study=study, kpis=study.kpis, reliability=reliability)
        journey = SimpleNamespace(parts=parts, steps=steps, persona_id="everyone")
        return [row["sentence"] for row in tell_changes(journey, changes=changes)]

    return tell


@pytest.mark.parametrize(
    ("before", "after", "verdict", "words"),
    [
        (
            -1.5,
            0.0,
            "improved",
            "Better: how people feel at 2.1 Payment page, from bad in January 2026 to neither good",
        ),
        (-0.9, -0.4, "improved", "Better: how people feel at 2.1 Payment page, though still rather bad."),
        (0.4, 0.9, "improved", "which was rather good in January 2026 already."),
        (0.9, 0.4, "worse", "Worse: how people feel at 2.1 Payment page, though still rather good."),
        (-0.4, -0.9, "worse", "which was rather bad in January 2026 already."),
    ],
)
def test_feelings_change_in_words(told, before, after, verdict, words):
    """A feeling is named before and after; where one word fits both, the sentence says that too."""
    assert words in told(PAYING | {"before": before, "after": after, "verdict": verdict})[0]


def test_themes_change_in_people(told):
    """Who names a thing is counted in whole people, of those who spoke in each wave."""
    row = REFUSED | {"before": 0.5, "after": 0.1, "verdict": "improved"}
    assert told(row)[0] == (
        "Better: “Card refused” at 2.1 Payment page, named by 5 of the 50 people who spoke of it, after 20 of 40 in "
        "January 2026."
    )


def test_what_got_worse_comes_first(told):
    """Worse stands before better, a KPI before a feeling; three are told and all are counted."""
    sure = {"before": 0.5, "after": 0.1, "verdict": "improved"}
    rows = [PAYING | sure, GIVEN_UP | sure, REFUSED | sure, REFUSED | sure | {"id": "slow", "verdict": "worse"}]
    sentences = told(*rows, PAYING, GIVEN_UP | {"id": "k2", "verdict": "too few"})
    assert [one.partition(":")[0] for one in sentences[:3]] == ["Worse", "Better", "Better"]
    assert sentences[1] == "Better: “Given up”, from 50% in January 2026 to 10%."
    assert sentences[3] == (
        "From January 2026 to March 2026, 5 figures could be compared: 3 are clearly better, 1 is clearly worse and of "
        "the other one nothing clear can be said."
    )


def test_no_clear_change_is_not_called_none(told):
    """Where no change is clear, the page says that this proves nothing; where nothing can be compared, it says why."""
    assert told(PAYING, GIVEN_UP) == [
        "From January 2026 to March 2026, 2 figures could be compared: none has clearly changed, which is no proof "
        "that all stayed as it was."
    ]
    assert told(PAYING | {"verdict": "not compared"})[0].startswith(
        "Nothing can be compared with January 2026: too few"
    )


def test_what_was_done_is_told_with_its_kpi(told):
    """Ideas that went live between the waves are named with their day and their KPI, and no cause is claimed."""
    idea = {"opportunity_id": "o1", "statement": "Say why", "status": "done", "kpi_id": "given_up"}
    ideas = [idea | {"done_on": "2026-02-03"}, idea | {"opportunity_id": "o2", "done_on": "2025-02-03"}]
    sentences = told(GIVEN_UP | {"before": 0.4, "after": 0.3, "verdict": "improved"}, opportunities=ideas)
    assert sentences[-1] == (
        "Done in between: “Say why” (3 February 2026; “Given up” is clearly better since). Whether it made the "
        "difference cannot be told from this alone."
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "What changed from January 2026 to March 2026 was not looked at here."),
        ({"earlier": ""}, "March 2026 is the first time people were heard, so there is nothing to compare it with."),
        ({"earlier": "", "wave": "all"}, "All waves stand here together, so nothing is compared."),
        ({"earlier": "", "wave": "all", "waves": ()}, "People were heard once so far, so there is nothing to compare."),
        (
            {"earlier": "", "responses": [], "feedback": [], "kpi_readings": []},
            "Nobody has been heard in March 2026 yet",
        ),
    ],
)
def test_without_comparison_the_page_says_why(told, given, words):
    """No earlier wave, all waves at once, nobody heard, or nobody compared: each has its sentence."""
    assert words in told(**given)[0]


@pytest.mark.parametrize(
    ("statuses", "sentence"),
    [
        (["met", "missed", "no target"], ["One of 2 figures with a target reaches it."]),
        (
            ["missed", "too close to call"],
            ["Not one of 2 figures with a target reaches it; for one it is too close to say."],
        ),
        (["no target", "no data"], []),
    ],
)
def test_targets_are_counted(statuses, sentence):
    """What has no target or no data is not counted; what is too close says so."""
    assert [row["sentence"] for row in tell_targets(pd.DataFrame({"status": statuses}))] == sentence
