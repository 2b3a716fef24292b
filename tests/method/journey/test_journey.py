"""Journey: the whole map of one persona, always the same, never telling what it must not."""

from dataclasses import fields

import ibis
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from cjm_helpers.method.journey import Journey, build_journey, write_brief
from cjm_helpers.study.selection import select_rows
from cjm_helpers.worksheets import SPECS

FEW = 4
SPOKEN = ("finding", "context", "foot", "lens", "headline")


def _write(journey) -> str:
    """Everything a reader can see of a journey."""
    tables = [table.to_csv(index=False) for table in (journey.steps, journey.cells, journey.gaps, write_brief(journey))]
    return "\n".join([*tables, *(str(getattr(journey, name)) for name in SPOKEN)])


def _whisper(shop, scores, codes, emotions, wins):
    """The shop, with four customers at one touchpoint who rate it, speak of it and are behind its KPI."""
    base = shop()
    door = {"touchpoint_id": "door", "name": "Doorstep", "stage": "Buy", "position": 2, "channels": "Doorstep"}
    answers = [
        {"response_id": f"d{i}", "customer_id": f"c{i:02}", "touchpoint_id": "door", "metric": "csat", "score": score}
        for i, score in enumerate(scores)
    ]
    said = [
        {
            "feedback_id": f"d{i}",
            "customer_id": f"c{i:02}",
            "touchpoint_id": "door",
            "source": "survey",
            "consent": "no",
            "text": "x",
        }
        for i in range(FEW)
    ]
    coded = [
        {"feedback_id": f"d{i}", "coder_id": "anna", "code_id": code, "emotion": emotion}
        for i, (code, emotion) in enumerate(zip(codes, emotions, strict=True))
    ]
    kpi = {
        "kpi_id": "home",
        "name": "At home",
        "kind": "proportion",
        "direction": "higher",
        "touchpoint_id": "door",
        "target": 0.5,
    }
    reading = {"kpi_id": "home", "period": "2026-03", "numerator": wins, "denominator": FEW}
    idea = {
        "opportunity_id": "o2",
        "statement": "Ring twice",
        "touchpoint_id": "door",
        "code_ids": "refused",
        "effort": 1,
    }
    more = {"touchpoints": [door], "responses": answers, "feedback": said, "codings": coded, "kpis": [kpi]}
    more |= {"kpi_readings": [reading], "opportunities": [idea]}
    return shop(**{name: getattr(base, name).to_dict("records") + rows for name, rows in more.items()})


@pytest.fixture
def quiet(shop):
    """What a reader sees when the four are all neutral."""
    return _write(build_journey(_whisper(shop, [3] * FEW, ["refused"] * FEW, [0] * FEW, 0), bootstraps=2))


_four = {"min_size": FEW, "max_size": FEW}


@given(
    scores=st.lists(st.integers(1, 5), **_four),
    codes=st.lists(st.sampled_from(["refused", "quick", "none"]), **_four),
    emotions=st.lists(st.integers(-2, 2), **_four),
    wins=st.integers(0, FEW),
)
@example(scores=[5, 5, 4, 4], codes=["none"] * FEW, emotions=[1, 2, 0, 0], wins=0)
@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_what_is_suppressed_changes_nothing(shop, quiet, scores, codes, emotions, wins):
    """Whatever fewer than five customers rated, said or did, no table, text or sentence of the map differs by it."""
    loud = build_journey(_whisper(shop, scores, codes, emotions, wins), bootstraps=2)
    assert _write(loud) == quiet


def test_a_journey_has_its_contract(shop):
    """The map and the report find every part under its name."""
    journey = build_journey(shop())
    assert [field.name for field in fields(Journey)][:10] == [
        "persona_id", "wave", "lens", "steps", "cells", "finding", "context", "headline", "foot", "gaps",
    ]  # fmt: skip
    assert list(journey.lens) == ["persona", "tagline", "study", "scenario", "goal", "wave", "evidence"]
    assert list(journey.steps) == ["step_id", "stage", "touchpoint_id", "name"]
    assert list(journey.gaps) == ["kind", "step_id", "sentence"]


def test_the_same_study_gives_the_same_bytes(shop):
    """Twice the same; and rows of responses, feedback and codings in another order change nothing."""
    turned = {name: getattr(shop(), name).to_dict("records")[::-1] for name in ("responses", "feedback", "codings")}
    assert _write(build_journey(shop())) == _write(build_journey(shop())) == _write(build_journey(shop(**turned)))


def test_the_study_is_left_alone(shop):
    """Building a map changes none of the study's tables."""
    study, before = shop(), shop()
    build_journey(study)
    for name in SPECS.keys() - {"events"}:
        pd.testing.assert_frame_equal(getattr(study, name), getattr(before, name))


def test_a_log_makes_evidence_observed(shop, tmp_path):
    """With events at a touchpoint its cells are observed and reported: grade A, customers on their channel."""
    log = pd.DataFrame({"customer_id": [f"c{i}" for i in range(9)], "touchpoint_id": "pay", "channel": "App"})
    log["timestamp"] = pd.Timestamp("2026-03-01")
    log.to_parquet(tmp_path / "events.parquet")
    cells = build_journey(shop(events=ibis.duckdb.connect().read_parquet(tmp_path / "events.parquet"))).cells
    pay = cells[cells["touchpoint_id"] == "pay"].set_index("lane")
    assert pay.loc[["emotion", "pain", "quote", "step"], "grade"].tolist() == ["A"] * 4
    assert pay.loc["channel"].set_index("text")["n"].to_dict()["App"] == 9


def test_every_evidence_id_leads_to_a_row(shop):
    """Ids behind the cells are ids of verbatims or answers; table/id/... names rows that stand in that table."""
    study = shop()
    cells = build_journey(study).cells
    ids = {item for text in cells["evidence_ids"] for item in text.split(";") if item}
    assert {item for item in ids if "/" not in item} <= {
        *study.feedback["feedback_id"],
        *study.responses["response_id"],
    }
    for table, *keys in (item.split("/") for item in ids if "/" in item):
        rows = getattr(study, table)
        assert all(rows.isin([key]).any(axis=None) for key in keys)
    assert cells.loc[cells["lane"].eq("emotion") & cells["value"].notna(), "evidence_ids"].ne("").all()


def test_what_is_measured_names_its_evidence(example):
    """In the example every cell that customers or the log back names where its rows stand; only statements may not."""
    cells = build_journey(select_rows(example, persona_id="busy_parent"), bootstraps=2).cells
    measured = cells[cells["grade"].isin(["A", "B"])]
    assert len(measured) > 50 and measured["evidence_ids"].ne("").all()


def test_right_to_left_and_long_names_pass_through(shop):
    """Names in any script reach the cells unchanged."""
    places = [
        {"touchpoint_id": "pay", "name": "صفحة الدفع", "stage": "Buy"},
        {"touchpoint_id": "ad", "name": "広告" * 40, "stage": "Notice"},
    ]
    assert build_journey(shop(touchpoints=places)).steps["name"].tolist() == ["広告" * 40, "صفحة الدفع"]
