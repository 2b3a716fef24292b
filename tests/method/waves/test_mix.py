"""Rate and mix of a total: the example by hand, and totals that cannot be split."""

import numpy as np
import pandas as pd
import pytest

from cjm_helpers.method.waves import compare_waves, split_mix


@pytest.fixture
def groups():
    """Two personas who both improve while the better one shrinks."""
    table = pd.DataFrame({"persona_id": ["anna", "ben"], "before": [60.0, 20.0], "after": [64.0, 24.0]})
    return table.assign(n1=[50, 50], n2=[25, 75], object="kpi", id="k1", touchpoint_id="", metric="nps", name="NPS")


def test_every_persona_improves_and_the_total_falls(groups):
    """40 to 34: mix -10, rate +4 (Kitagawa 1955; by hand); everyone's own row is left aside."""
    whole = groups.iloc[:1].assign(persona_id="everyone", before=1.0, after=99.0)
    [row] = split_mix(pd.concat([groups, whole])).to_dict("records")
    assert [row[name] for name in ("before", "after", "change", "rate", "mix")] == pytest.approx([40, 34, -6, 4, -10])
    assert row["sentence"] == (
        "NPS: −6.0 points in all; +4.0 points because the groups changed, −10.0 points because their sizes did. "
        "Every group moved the other way than the total."
    )


def test_a_hidden_group_hides_the_split(groups):
    """A total in which one value is hidden is not split, for the rest would tell it."""
    [row] = split_mix(groups.assign(after=[64, np.nan])).to_dict("records")
    assert np.isnan([row["before"], row["rate"], row["mix"]]).all() and row["groups"] == 2
    assert row["sentence"] == "NPS: the value of a group is hidden, so the total is not split."


def test_a_new_group_is_all_mix(groups):
    """A group that was not there before changes the total by its size alone."""
    table = groups.assign(before=[60, np.nan], after=[60, 20], n1=[50, 0], n2=[50, 50])
    [row] = split_mix(table).to_dict("records")
    assert [row["change"], row["rate"], row["mix"]] == pytest.approx([-20, 0, -20])


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [("method", "log-rank test, medians", "medians do not add up"), ("verdict", "not compared", "cannot be compared")],
)
def test_what_does_not_add_up_is_not_split(groups, column, value, why):
    """Medians have no total, and neither has what was not comparable."""
    [sentence] = split_mix(groups.assign(**{column: value}))["sentence"]
    assert why in sentence


def test_groups_may_be_channels(groups):
    """Any column can name the groups."""
    table = groups.rename(columns={"persona_id": "channel"})
    assert split_mix(table, group="channel")["mix"].tolist() == pytest.approx([-10])


def test_a_comparison_can_be_split(make_waves, rate):
    """What compare_waves returned is split thing by thing, and the parts add up."""
    rng = np.random.default_rng(3)
    parts = [
        make_waves(persona_id=name, **{side: {"responses": rate(rng.integers(1, 6, n))} for side in ("before", "now")})
        for name, n in (("anna", 20), ("ben", 60))
    ]
    table = split_mix(compare_waves(parts))
    assert (
        table["id"].tolist() == ["pay"] and "points" not in table["sentence"].iloc[0]
    )  # a feeling, though asked as csat
    assert (table["rate"] + table["mix"]).tolist() == pytest.approx(table["change"].tolist())
