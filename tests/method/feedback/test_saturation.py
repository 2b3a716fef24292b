"""Saturation of codes: after which interview further ones bring hardly any new."""

import pandas as pd
import pytest
from method.speaking import code, say

from cjm_helpers.method.feedback import measure_saturation

GOLDEN = "ab bc d ae f a b c"


@pytest.fixture
def saturate(tables):
    """Measure the saturation of interviews that are words of codes; a dot is not coded, a dash fits no code."""

    def run(words, *, backward=False, **options):
        said = [
            say(i, "", "interview", speaker=f"P{i}", customer_id="", date=f"2026-03-{i + 1:02}")
            for i in range(len(words.split()))
        ]
        codings = [
            code(f"f{i:02}", "none" if letter == "-" else letter)
            for i, word in enumerate(words.split()) for letter in word if letter != "."
        ]  # fmt: skip
        given = tables(said[::-1] if backward else said, codings[::-1] if backward else codings)
        names = ("codebook", "decisions")
        return measure_saturation(
            given["feedback"], given["codings"], **{name: given[name] for name in names}, **options
        )

    return run


def test_the_published_rule(saturate):
    """Interviews ab, bc, d, ae, f, a, b, c: base 5, runs 1/5, 0, 0, so saturation is reached at run 6-7."""
    curve = saturate(GOLDEN)
    assert curve["codes_new"].tolist() == [2, 1, 1, 1, 1, 0, 0, 0]
    assert curve["codes_so_far"].tolist() == [2, 3, 4, 5, 6, 6, 6, 6]
    assert curve["run_ratio"].tolist()[5:] == [0.2, 0, 0] and curve["run_ratio"][:5].isna().all()
    assert curve.loc[curve["is_saturated"], "interview"].tolist() == ["P6", "P7"]
    assert curve["code_ids"].tolist() == ["a;b", "c", "d", "e", "f", "", "", ""]


def test_rows_say_what_is_new(saturate):
    """Each interview has a sentence: what was new, and whether that is enough."""
    sentences = saturate(GOLDEN)["sentence"]
    assert sentences[0] == "2 new codes, 2 codes so far. Saturation is judged from interview 6 on."
    assert sentences[5] == "No new code, 6 codes so far. Not saturated yet (the last 2 against the first 4)."
    assert sentences[7] == "No new code, 6 codes so far. Saturated (the last 2 against the first 4)."


def test_interviews_not_coded_are_listed_last(saturate):
    """An interview that nobody read is left out of the curve and listed; one in which nothing fits counts."""
    curve = saturate(". ab -")
    assert curve["interview"].tolist() == ["P1", "P2", "P0"]
    assert curve["codes_new"].tolist()[:2] == [2, 0]
    assert pd.isna(curve["place"][2]) and curve["sentence"][2] == "Not coded yet, so left out."


def test_a_base_without_codes_compares_with_nothing(saturate):
    """Where the first interviews name no code, no ratio is invented."""
    curve = saturate("- - - - a -")
    assert curve["run_ratio"].isna().all() and not curve["is_saturated"].any()
    assert curve["sentence"][5].endswith("named no code, so there is nothing to compare with.")


def test_base_run_and_threshold_can_be_changed(saturate):
    """With a base of 2, a run of 1 and a fifth as enough, the third of ab, cde, f saturates nothing: 1 of 5 does."""
    curve = saturate("ab cde f a", base=2, run=1, enough=0.2)
    assert curve["run_ratio"].tolist()[2:] == [0.2, 0] and curve["is_saturated"].tolist() == [False, False, True, True]


def test_surveys_and_workshops_are_no_interviews(tables):
    """Only interviews are counted, by speaker; two verbatims of one speaker are one interview."""
    said = [say(1), say(2, source="workshop"), *(say(i, source="interview", speaker="P1") for i in (3, 4))]
    given = tables(said, [code(f"f0{i}", "slow") for i in (1, 2, 3, 4)])
    curve = measure_saturation(
        given["feedback"], given["codings"], codebook=given["codebook"], decisions=given["decisions"]
    )
    assert curve[["interview", "codes_new"]].values.tolist() == [["P1", 1]]


def test_people_count_and_not_their_paragraphs(tables):
    """An interview of forty paragraphs is one interview; who is known as a customer alone is one person too."""
    talk = [say(i, source="interview", speaker="P1", customer_id="") for i in range(40)]
    given = tables([*talk, say(50, source="interview"), say(51, source="interview", customer_id="c50")],
                   [code(f"f{i:02}", "slow") for i in [*range(40), 50, 51]])  # fmt: skip
    curve = measure_saturation(
        given["feedback"], given["codings"], codebook=given["codebook"], decisions=given["decisions"]
    )
    assert sorted(curve["interview"]) == ["P1", "c50"] and curve["place"].tolist() == [1, 2]


def test_paragraphs_that_nobody_coded_leave_it_open(tables):
    """Words without a code in the last interviews may hold new ones: not judged; in earlier ones they may stand."""
    said = [say(i, source="interview", speaker=f"P{i}", text="Slow.", date=f"2026-03-{i + 1:02}") for i in range(8)]
    more = [say(90 + i, source="interview", speaker=name, text="Also.") for i, name in enumerate(("P6", "P0"))]
    given = tables([*said, *more], [code(f"f{i:02}", letter) for i, letter in enumerate("abcdaaaa")])
    curve = measure_saturation(
        given["feedback"], given["codings"], codebook=given["codebook"], decisions=given["decisions"]
    )
    assert curve.loc[curve["is_saturated"], "interview"].tolist() == ["P5"]
    assert (
        curve["sentence"]
        .iloc[-1]
        .endswith("Not judged (the last 2 against the first 4): 1 paragraph of the last 2 is not coded yet.")
    )


def test_no_interviews(saturate):
    """Without interviews there is an empty table with all its columns."""
    assert saturate("").empty and "run_ratio" in saturate("")


def test_order_and_tables_are_left_alone(saturate, tables):
    """Rows in any order give the same curve, and no table is changed."""
    pd.testing.assert_frame_equal(saturate(GOLDEN), saturate(GOLDEN, backward=True))
    given = tables([say(1, source="interview")], [code("f01", "lazy")])
    before = {name: table.copy() for name, table in given.items()}
    measure_saturation(given["feedback"], given["codings"], codebook=given["codebook"], decisions=given["decisions"])
    for name, table in given.items():
        pd.testing.assert_frame_equal(table, before[name])
