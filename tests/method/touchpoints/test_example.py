"""The gaps that were planted in the example are found again."""

import tomllib

import pytest

from cjm_helpers.method.touchpoints import count_events, find_gaps, list_inventory, summarise_coverage


@pytest.fixture(scope="module")
def expected(example):
    return tomllib.loads((example.folder / "truth.toml").read_text(encoding="utf-8"))["expected"]


@pytest.fixture(scope="module")
def known(example):
    """What the log, the survey and the stages of the example know."""
    counts = count_events(example.events, example.touchpoints)
    return {"responses": example.responses, "event_counts": counts, "stages": example.settings.stages}


@pytest.fixture(scope="module")
def gaps(example, known):
    return find_gaps(example.touchpoints, **known, feedback=example.feedback, kpis=example.kpis)


def test_the_silent_and_the_blind_touchpoints_are_found(gaps, expected):
    """The one card nobody spoke of is silent; the two touchpoints that nobody planned are blind."""
    named = gaps[gaps["touchpoint_id"] != ""].groupby("kind")["touchpoint_id"].agg(set)
    assert named["silent"] == {expected["silent_touchpoint"]}
    assert named["blind"] == set(expected["blind_touchpoints"])


def test_the_untapped_channel_is_found_alone(gaps, expected):
    """A third of the customers write on the messenger, and no other channel lacks a touchpoint."""
    untapped = gaps[gaps["kind"] == "untapped"]
    assert untapped["channel"].tolist() == [expected["untapped_channel"]]
    assert "(33%)" in untapped["sentence"].iloc[0]


def test_coverage_marks_the_same_gaps(example, known, expected):
    """In the cells of stage and channel the planted gaps stand as well."""
    coverage = summarise_coverage(example.touchpoints, **known, kpis=example.kpis)
    kinds = coverage.groupby("gap")["channel"].agg(set)
    assert kinds["untapped"] == {expected["untapped_channel"]}
    assert kinds["blind"] == {"Word of mouth", "Search engine"}
    assert coverage.loc[coverage["gap"] == "silent", ["stage", "channel"]].values.tolist() == [["Advocacy", "Doorstep"]]


def test_the_inventory_says_who_knows_each(example, known, expected):
    """The silent card is known to the workshop alone, the order e-mail to the log, and four events to no touchpoint."""
    table = list_inventory(example.touchpoints, **known, feedback=example.feedback)
    sources = table.set_index("touchpoint_id")["sources"]
    assert sources[expected["silent_touchpoint"]] == "workshop"
    assert sources[expected["not_asked"]] == "workshop;log"
    assert len(sources[""]) == 4


def test_the_workshop_missed_some(gaps):
    """Twelve of 26 touchpoints were named by one of three people only: about four more may be missing (by hand 4.4)."""
    assert gaps.loc[gaps["kind"] == "missed", "sentence"].tolist() == [
        "12 of 26 touchpoints were named by only one of three people, so about 4 more may be missing (1 to 18)."
    ]
