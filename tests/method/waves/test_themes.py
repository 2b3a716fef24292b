"""Themes in two waves: shares of the customers heard, and whole people where there were interviews."""

import pandas as pd
import pytest

from cjm_helpers.method.waves import compare_waves, split_mix

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


def report(make_waves, say, code_id: str) -> list:
    """Three personas and everyone; in the later wave one persona has three customers, and two of them name the code."""
    sizes = {"anna": (40, 3), "ben": (20, 20), "chris": (40, 40)}
    sides = {
        name: (say(10, before, mark=f"{name}1"), say(2, now, mark=f"{name}2", code_id="slow" if now > 3 else code_id))
        for name, (before, now) in sizes.items()
    }
    everyone = tuple(
        {table: [row for pair in sides.values() for row in pair[at][table]] for table in ("feedback", "codings")}
        for at in (0, 1)
    )
    sides["everyone"] = everyone
    return [
        make_waves(persona_id=name, codebook=CODES, before=before, now=now) for name, (before, now) in sides.items()
    ]


@pytest.mark.parametrize("code_id", ["quick", "none"])
def test_no_list_of_codes_tells_what_three_said(make_waves, say, code_id):
    """Every persona lists the same codes, and one more is hidden at each, so that 2 of 3 cannot be subtracted."""
    table = compare_waves(report(make_waves, say, code_id))
    codes = table.groupby("persona_id")["id"].agg(set)
    assert all(one == codes["everyone"] for one in codes)
    assert table.loc[table["persona_id"].isin(["anna", "ben"]), "after"].isna().all()


def test_three_customers_alone_list_no_code(make_waves, say):
    """Where nobody else names a code, too few are told in a row without one, the same whatever they said."""
    tables = [
        compare_waves([make_waves(codebook=CODES, before=say(0, 40, mark="a"), now=say(k, 3, mark="b"))])
        for k in (0, 3)
    ]
    pd.testing.assert_frame_equal(*tables, check_exact=True)
    assert tables[0]["sentence"].tolist() == [
        "Themes (Payment page): too few to compare (40 in w1, 3 in w2; 5 needed)."
    ]


def test_a_group_that_names_a_code_in_neither_wave_is_listed_untested(make_waves, say):
    """0% twice is no test of its own, yet belongs to the total: 20 of 40 and 0 of 40 make a quarter."""
    anna = make_waves(persona_id="anna", codebook=CODES, before=say(20, 40, mark="a"), now=say(20, 40, mark="b"))
    ben = make_waves(persona_id="ben", codebook=CODES, before=say(0, 40, mark="c"), now=say(0, 40, mark="d"))
    table = compare_waves([anna, ben])
    assert table["p"].notna().tolist() == [True, False] and table["tests"].eq(1).all()
    assert split_mix(table)[["groups", "before", "after"]].values.tolist() == [[2, 0.25, 0.25]]
