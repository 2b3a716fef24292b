"""Ideas that were done: their KPI beside what else changed, and never a proof."""

import pytest

from cjm_helpers.method.waves import compare_waves, judge_done

KPI = [{"kpi_id": "k1", "name": "Given up", "kind": "proportion", "direction": "lower", "unit": "%"}]


@pytest.fixture
def judge(make_waves):
    """Judge ideas given as changes to one that was done in June; returns rows by id."""

    def make(*ideas: dict, k2: int = 300, **tables) -> dict[str, dict]:
        idea = {
            "opportunity_id": "o1",
            "statement": "Guests buy",
            "kpi_id": "k1",
            "status": "done",
            "done_on": "2026-06-22",
        }
        readings = [
            {"kpi_readings": [{"kpi_id": "k1", "period": "m", "numerator": k, "denominator": 1000}]} for k in (420, k2)
        ]
        part = make_waves(
            before=readings[0], now=readings[1], kpis=KPI, opportunities=[idea | one for one in ideas], **tables
        )
        return judge_done(part, compared=compare_waves([part])).set_index("opportunity_id").to_dict("index")

    return make


def test_the_kpi_is_told_and_no_proof_claimed(judge):
    """An idea done between the waves has both values, the verdict, and a warning where nothing else is recorded."""
    row = judge({})["o1"]
    assert (row["verdict"], row["before"], row["after"], row["others"]) == ("improved", 0.42, 0.3, "")
    assert row["sentence"] == (
        "“Guests buy” went live on 22 June 2026. Given up: 42% in w1, 30% in w2: better by 12 points (8 to 16). "
        "What else changed between the waves is not recorded, so this is no proof that the idea did it."
    )


def test_other_ideas_and_changes_are_named(judge):
    """Other ideas done in between and touchpoints that moved stand in the sentence; ideas not done do not."""
    rename = [{"kind": "kpi", "old_id": "k9", "new_id": "k8", "wave": "w2"}]
    other = {"opportunity_id": "o2", "statement": "Faster pages", "done_on": "2026-07-14"}
    row = judge({}, other, {"opportunity_id": "o3", "status": "doing"}, renames=rename)["o1"]
    assert row["others"] == "o2"
    assert row["sentence"].endswith(
        "Other things changed too, so this is no proof that the idea did it. “Faster pages” was done. "
        "The KPI “k9” is “k8” since w2."
    )


def test_no_evidence_is_not_called_no_effect(judge):
    """A KPI within the noise says what could have been seen."""
    row = judge({}, k2=410)["o1"]
    assert row["verdict"] == "no evidence" and "would have shown" in row["sentence"]


@pytest.mark.parametrize(
    ("change", "verdict", "told"),
    [
        ({"kpi_id": ""}, "no KPI", "names no KPI that should move"),
        ({"kpi_id": "k7"}, "not measured", "its KPI “k7” was measured in neither wave"),
        ({"done_on": "2025-12-01"}, "not between the waves", "did not go live between two waves"),
        ({"done_on": "2026-10-02"}, "not between the waves", "did not go live between two waves"),
        ({"done_on": "2026-03-20"}, "improved", "while w1 was asked, so that the two waves blur"),
        ({"done_on": None}, "improved", "on a day that is not given"),
    ],
)
def test_what_cannot_be_judged_says_why(judge, change, verdict, told):
    """An idea without a KPI, unmeasured, or done at another time is listed with its reason."""
    row = judge(change)["o1"]
    assert row["verdict"] == verdict and told in row["sentence"]


def test_a_long_list_is_cut(judge):
    """Three other changes are named, the rest counted."""
    others = [{"opportunity_id": f"o{i}", "statement": f"Idea {i}"} for i in range(2, 7)]
    assert judge({}, *others)["o1"]["sentence"].endswith("“Idea 4” was done. And 2 more.")
