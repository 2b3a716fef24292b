"""The example study: what was planted between its two waves is found, and little else."""

import tomllib

import pytest

from cjm_helpers.method.waves import compare_waves, judge_done, list_changes
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import find_example
from cjm_helpers.study.selection import select_rows


@pytest.fixture(scope="module")
def truth() -> dict:
    return tomllib.loads((find_example("retail_checkout") / "truth.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def parts() -> list:
    study = open_study("retail_checkout")
    return [select_rows(study, persona_id=name) for name in ("everyone", *study.personas["persona_id"])]


@pytest.fixture(scope="module")
def compared(parts):
    return compare_waves(parts)


@pytest.fixture(scope="module")
def feelings(compared):
    return compared.query("persona_id == 'everyone' and object == 'feeling'").set_index("id")


def test_what_was_planted_is_found(feelings, truth):
    """The simpler checkout is felt to be better, delivery tracking worse."""
    assert feelings.loc[truth["expected"]["improved"], "verdict"].eq("improved").all()
    assert feelings.loc[truth["expected"]["worsened"], "verdict"] == "worse"


def test_what_stayed_raises_no_alarm(feelings, truth):
    """No touchpoint whose feeling was planted alike in both waves is said to have changed."""
    alike = [name for name, mean in truth["touchpoints"].items() if mean["before"] == mean["after"]]
    told = feelings.loc[feelings.index.intersection(alike), "verdict"]
    assert len(told) > 10 and set(told) <= {"no evidence", "not compared"}


def test_each_persona_gives_fewer_checkouts_up(compared, truth):
    """The abandonment KPI improves for everyone and each persona, within four points of what was planted."""
    rows = compared[compared["id"].eq(truth["expected"]["abandonment_kpi"])].set_index("persona_id")
    assert rows["verdict"].eq("improved").all() and len(rows) == 5
    for name, persona in truth["personas"].items():
        planted = persona["abandonment"]["after"] - persona["abandonment"]["before"]
        assert rows.loc[name, "delta"] == pytest.approx(planted, abs=0.06)


def test_the_new_touchpoint_is_not_tested(parts, compared, truth):
    """The code for a friend came with the second wave: listed as added, tested nowhere."""
    assert list_changes(parts[0])[["change", "id"]].values.tolist() == [["added", name] for name in truth["new"]]
    new = compared[compared["touchpoint_id"].isin(truth["new"])]
    assert len(new) and new["verdict"].isin(["not compared", "too few"]).all() and new["p"].isna().all()


def test_fewer_than_five_stay_hidden(compared, truth):
    """The gift buyers' two or three answers about the request for a review give no number."""
    few = truth["expected"]["fewer_than_five"]
    row = compared.set_index(["persona_id", "object", "id"]).loc[[(few["persona_id"], "feeling", few["touchpoint_id"])]]
    assert row["verdict"].tolist() == ["too few"] and row[["before", "after", "delta", "p"]].isna().all(axis=None)


def test_done_ideas_name_each_other(parts, compared):
    """Guest checkout and faster pages were both done, so neither may claim the better KPI alone."""
    judged = judge_done(parts[0], compared=compared).set_index("opportunity_id")
    assert judged["verdict"].tolist() == ["improved", "improved"]
    assert judged["others"].to_dict() == {"o03": "o04", "o04": "o03"}
    assert judged["sentence"].str.contains("no proof that the idea did it").all()
