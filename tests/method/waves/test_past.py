"""The earlier wave under the names of the later one."""

import pytest

from cjm_helpers.method.waves import list_changes
from cjm_helpers.method.waves.past import find_renames, follow_renames, rename_past


def test_renames_reach_every_table(make_waves, rate, say):
    """Touchpoints, codes and KPIs are renamed wherever they stand; the study itself stays as it was."""
    renames = [
        {"kind": kind, "old_id": "old", "new_id": "new", "wave": "w2"}
        for kind in ("touchpoint", "code", "kpi", "metric")
    ]
    before = say(1, 2, mark="a", code_id="old", touchpoint_id="old") | {
        "responses": rate([3], "old", metric="old"), "kpi_readings": [{"kpi_id": "old", "period": "m", "value": 1}]
    }  # fmt: skip
    part = make_waves(before=before, renames=renames)
    past = rename_past(part)
    assert past.responses["touchpoint_id"].tolist() == ["new"] and past.feedback["touchpoint_id"].eq("new").all()
    assert past.codings["code_id"].tolist() == ["new", "none"] and past.kpi_readings["kpi_id"].tolist() == ["new"]
    assert past.responses["metric"].tolist() == ["old"], "another wording is another question"
    assert part.earlier.responses["touchpoint_id"].tolist() == ["old"]


def test_only_renames_between_the_waves_count(make_waves):
    """What was renamed in the earlier wave already has its new name there."""
    renames = [{"kind": "kpi", "old_id": old, "new_id": "k", "wave": wave} for old, wave in (("a", "w1"), ("b", "w2"))]
    assert find_renames(make_waves(renames=renames))["old_id"].tolist() == ["b"]


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("kpi", "The KPI “old” is “new” since w2. Reason: Clearer."),
        ("metric", "The metric “old” is “new” since w2. It is another question from then on, so the two are not "
                   "compared. Reason: Clearer."),
    ],
)  # fmt: skip
def test_each_rename_is_told(make_waves, kind, told):
    """A rename is listed with both ids and its reason."""
    renames = [{"kind": kind, "old_id": "old", "new_id": "new", "wave": "w2", "reason": "Clearer"}]
    [row] = list_changes(make_waves(renames=renames)).to_dict("records")
    assert (row["change"], row["id"], row["old_id"], row["sentence"]) == ("renamed", "new", "old", told)


def test_a_touchpoint_can_move_to_another_stage(make_waves):
    """A new id in another stage, with a row in renames, has moved; it is neither added nor removed."""
    old = [{"touchpoint_id": "till", "name": "Till", "stage": "Notice"}]
    new = [{"touchpoint_id": "pay", "name": "Payment page", "stage": "Buy"}]
    renames = [{"kind": "touchpoint", "old_id": "till", "new_id": "pay", "wave": "w2"}]
    part = make_waves(before={"touchpoints": old}, now={"touchpoints": new}, renames=renames)
    [row] = list_changes(part).to_dict("records")
    assert row["change"] == "moved stage"
    assert row["sentence"] == "The touchpoint “Payment page” moved from Notice to Buy."


def test_what_came_and_went_is_listed(make_waves):
    """A touchpoint of the later wave alone was added, one of the earlier alone removed."""
    sides = {
        side: {"touchpoints": [{"touchpoint_id": name, "name": name.title(), "stage": "Buy"}]}
        for side, name in (("before", "till"), ("now", "app"))
    }
    rows = list_changes(make_waves(**sides))
    assert rows[["change", "id", "old_id"]].values.tolist() == [["added", "app", ""], ["removed", "", "till"]]


def test_the_first_wave_has_no_changes(make_waves):
    """Without an earlier wave the list is empty and keeps its columns."""
    table = list_changes(make_waves().earlier)
    assert table.empty and "sentence" in table


def test_two_things_can_swap_names(make_waves):
    """What one wave renames, it renames at once."""
    renames = [{"kind": "code", "old_id": old, "new_id": new, "wave": "w2"} for old, new in (("a", "b"), ("b", "a"))]
    assert follow_renames(find_renames(make_waves(renames=renames)), kind="code") == {"a": "b", "b": "a"}
