"""Themes in two waves: shares of the customers heard, and whole people where there were interviews."""

import pytest

from cjm_helpers.method.waves import compare_waves

CODES = [
    {"code_id": "slow", "label": "Slow page", "valence": -1},
    {"code_id": "quick", "label": "Quick", "valence": 1},
    {"code_id": "blue", "label": "It is blue", "valence": 0},
]


def compare(part) -> list[dict]:
    return compare_waves([part]).to_dict("records")


@pytest.mark.parametrize(("code_id", "verdict"), [("slow", "improved"), ("quick", "worse"), ("blue", "changed")])
def test_valence_says_what_is_better(make_waves, say, code_id, verdict):
    """Fewer who name a pain is better, fewer who name a delight is worse, and what is neither has only changed."""
    sides = {"before": say(30, 50, mark="a", code_id=code_id), "now": say(10, 50, mark="b", code_id=code_id)}
    [row] = compare(make_waves(codebook=CODES, **sides))
    assert (row["verdict"], row["before"], row["after"]) == (verdict, 0.6, 0.2)
    assert (row["n1"], row["n2"], row["touchpoint_id"], row["metric"]) == (50, 50, "pay", "share")


def test_a_pain_that_nobody_names_any_more_is_none_of_all(make_waves, say):
    """Where people were heard and none named the code, its share is 0 of them, not missing."""
    sides = {"before": say(20, 40, mark="a"), "now": say(0, 40, mark="b")}
    [row] = compare(make_waves(codebook=CODES, **sides))
    assert (row["after"], row["n2"], row["verdict"]) == (0, 40, "improved")


def test_interviews_are_counted_and_not_tested(make_waves, say):
    """People interviewed are counted whole, so a theme of theirs has no share and no test."""
    sides = {"before": say(3, 4, mark="a", source="interview"), "now": say(10, 40, mark="b")}
    [row] = compare(make_waves(codebook=CODES, **sides))
    assert row["sentence"] == (
        "“Slow page (Payment page)”: people were interviewed in w1; they are counted whole, so there is no test."
    )


def test_a_renamed_code_is_followed(make_waves, say):
    """Codings under the old id count for the new one."""
    renames = [{"kind": "code", "old_id": "lame", "new_id": "slow", "wave": "w2"}]
    sides = {"before": say(30, 50, mark="a", code_id="lame"), "now": say(10, 50, mark="b")}
    [row] = compare(make_waves(codebook=CODES, renames=renames, **sides))
    assert (row["id"], row["before"]) == ("slow", 0.6)


def test_themes_of_one_wave_are_not_tested(make_waves, say):
    """A theme at a touchpoint that exists in one wave only is listed without a test."""
    new = [{"touchpoint_id": "code", "name": "Code for a friend", "stage": "Buy"}]
    now = say(10, 40, mark="b", touchpoint_id="code") | {"touchpoints": new}
    [row] = compare(make_waves(codebook=CODES, now=now))
    assert row["sentence"] == "“Code for a friend” is only in w2 (added): no test."
