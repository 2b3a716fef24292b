"""What was planted is seen, and where nothing was planted nothing is: two seeds here, twenty in `make bench`."""

import pytest
from benchmarks.truth import CHANGES, compare, name_finding, recover, simulate

from cjm_helpers.teach.nothing import plant_nothing

SEEDS = (1, 2)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_planted_finding_is_seen(truth, seed):
    """From another seed the methods show each finding of truth.toml, with its sign."""
    assert recover(simulate(seed), truth["findings"]) == [name_finding(finding) for finding in truth["findings"]]


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_seen_where_nothing_is(truth, seed):
    """In a world without differences none of the findings is shown, and no comparison of waves calls a change."""
    study = simulate(seed, truth=plant_nothing(truth))
    assert recover(study, truth["findings"]) == []
    assert not compare(study)["verdict"].isin(CHANGES).any()


def test_planting_nothing_leaves_the_truth_alone(truth):
    """The truth handed over is not changed, and nothing differs between waves, touchpoints or personas any more."""
    before = repr(truth)
    nothing = plant_nothing(truth)
    assert repr(truth) == before
    feelings = {(one["before"], one["after"], one["weight"]) for one in nothing["touchpoints"].values()}
    assert len(feelings) == 1
    assert not any(persona["shift"] for persona in nothing["personas"].values())
