"""Feedback: which codes apply, where verbatims belong, what is quoted, and the themes of a touchpoint."""

import pandas as pd
import pytest

from cjm_helpers.method.feedback import (
    choose_quote,
    measure_agreement,
    place_verbatims,
    settle_codings,
    summarise_themes,
)
from cjm_helpers.stats.intervals import estimate_proportion

BOOK = [
    {"code_id": "slow", "label": "Slow", "valence": -1, "parent": "pay"},
    {"code_id": "quick", "label": "Quick", "valence": 1, "parent": "pay"},
    {"code_id": "lazy", "label": "Lazy", "valence": -1, "replaced_by": "slow", "status": "retired"},
]


@pytest.fixture
def tables(make_table):
    """Make the tables of a feedback study, empty unless given."""

    def make(feedback=(), codings=(), decisions=(), alignments=(), touchpoints=("pay", "ad")):
        return {
            "feedback": make_table("feedback", list(feedback)),
            "codings": make_table("codings", list(codings)),
            "codebook": make_table("codebook", BOOK),
            "decisions": make_table("coding_decisions", list(decisions)),
            "alignments": make_table("alignments", list(alignments)),
            "touchpoints": make_table("touchpoints", [{"touchpoint_id": name} for name in touchpoints]),
        }

    return make


def _code(feedback_id, code_id, coder_id="anna", **more):
    return {"feedback_id": feedback_id, "code_id": code_id, "coder_id": coder_id, **more}


def _say(i, touchpoint_id="pay", source="survey", **more):
    return {
        "feedback_id": f"f{i:02}",
        "customer_id": f"c{i:02}",
        "touchpoint_id": touchpoint_id,
        "source": source,
        **more,
    }


def _settle(tables):
    settled = settle_codings(tables["codings"], tables["decisions"], codebook=tables["codebook"])
    return settled[["feedback_id", "code_id"]].values.tolist()


def _summarise(tables, **options):
    return summarise_themes(tables.pop("feedback"), tables.pop("codings"), **tables, **options)


def test_half_of_the_coders_suffice(tables):
    """One of two coders is enough, one of three is not."""
    two = tables(codings=[_code("f1", "slow"), _code("f1", "none", "ben")])
    three = tables(codings=[_code("f1", "slow"), _code("f1", "none", "ben"), _code("f1", "none", "eva")])
    assert _settle(two) == [["f1", "slow"]]
    assert _settle(three) == [["f1", "none"]]


def test_the_machine_is_no_coder(tables):
    """What only the machine read counts as not read."""
    assert _settle(tables(codings=[_code("f1", "slow", "machine")])) == []


def test_a_decision_stands_above_the_coders(tables):
    """A decision adds a code nobody gave and takes away one that both gave."""
    decided = tables(
        codings=[_code("f1", "slow"), _code("f1", "slow", "ben")],
        decisions=[
            {"feedback_id": "f1", "code_id": "slow", "applies": "no"},
            {"feedback_id": "f1", "code_id": "quick", "applies": "yes"},
        ],
    )
    assert _settle(decided) == [["f1", "quick"]]


def test_a_replaced_code_becomes_its_successor(tables):
    """Codings under a retired code count under the code that took its place."""
    assert _settle(tables(codings=[_code("f1", "lazy"), _code("f1", "slow", "ben")])) == [["f1", "slow"]]


def test_a_person_links_a_verbatim(make_table):
    """A verbatim that names no touchpoint stands where a person linked it; one that does stays."""
    said = make_table("feedback", [_say(1, touchpoint_id=""), _say(2, touchpoint_id="ad")])
    linked = make_table("alignments", [{"feedback_id": f"f0{i}", "touchpoint_id": "pay"} for i in (1, 2)])
    assert place_verbatims(said, linked)["touchpoint_id"].tolist() == ["pay", "ad"]


def test_a_customer_counts_once_a_code(tables):
    """Two verbatims of one customer with one code are one person, k of n with Wilson's interval."""
    said = [_say(i) for i in range(10)] + [{**_say(0), "feedback_id": "f99"}]
    codings = [_code(f"f{i:02}", "slow" if i < 4 else "none") for i in range(10)] + [_code("f99", "slow")]
    theme = _summarise(tables(said, codings)).iloc[0]
    share = estimate_proportion(4, 10)
    assert (theme["k"], theme["n"], theme["value"], theme["lo"], theme["hi"]) == (
        4,
        10,
        share.value,
        share.lo,
        share.hi,
    )
    assert theme["feedback_ids"] == "f00;f01;f02;f03;f99"


def test_few_customers_show_nothing(tables):
    """Under min_n customers a theme has no count, share, verbatim or quote."""
    said = [_say(i, text="It took far too long to load.", consent="yes") for i in range(4)]
    theme = _summarise(tables(said, [_code(f"f{i:02}", "slow", emotion=-2) for i in range(4)])).iloc[0]
    assert theme["flag"] == "suppressed"
    assert theme[["k", "value", "lo", "hi", "severity", "counter"]].isna().all()
    assert theme["feedback_ids"] == theme["quote_id"] == ""


def test_interviews_are_counted_in_people(tables):
    """Three people interviewed give whole counts and no share."""
    said = [_say(i, source="interview") for i in range(3)]
    theme = _summarise(tables(said, [_code(f"f{i:02}", "slow" if i else "none") for i in range(3)])).iloc[0]
    assert (theme["k"], theme["n"], theme["flag"]) == (2, 3, "counted")
    assert theme[["value", "lo", "hi"]].isna().all()


def test_the_opposite_is_counter_evidence(tables):
    """People who name the delight under the same parent speak against the pain, and the other way round."""
    codings = [_code(f"f{i:02}", "slow" if i < 6 else "quick") for i in range(8)]
    themes = _summarise(tables([_say(i) for i in range(8)], codings)).set_index("code_id")
    assert themes["counter"].to_dict() == {"slow": 2, "quick": 6}


@pytest.mark.parametrize(("carriers", "severity"), [(-2, 3), (-1, 2), (-0.5, 1), (1, 1)])
def test_severity_is_the_gap_of_feeling(tables, carriers, severity):
    """Those who name a pain against those who do not (here neutral): from 0.75 it is 2, from 1.5 it is 3."""
    codings = [_code(f"f{i:02}", "slow" if i < 5 else "none", emotion=carriers if i < 5 else 0) for i in range(10)]
    assert _summarise(tables([_say(i) for i in range(10)], codings))["severity"].tolist() == [severity]


def test_severity_falls_back_on_ratings(tables):
    """Where coders noted no feeling, the customers' own ratings are compared."""
    codings = [_code(f"f{i:02}", "slow" if i < 5 else "none") for i in range(10)]
    people = [f"customer c{i:02}" for i in range(10)]
    rated = pd.DataFrame({"person_id": people, "touchpoint_id": "pay", "emotion": [-1.0] * 5 + [1.0] * 5})
    assert _summarise(tables([_say(i) for i in range(10)], codings), feelings=rated)["severity"].tolist() == [3]


def test_themes_come_strongest_first(tables):
    """Touchpoints keep their order; within one most people come first, then codes by name; rows in any order."""
    said = [_say(i, "ad" if i < 5 else "pay") for i in range(10)]
    codings = [_code(f"f{i:02}", code) for i in range(10) for code in ("slow", "quick")] + [_code("f05", "none", "ben")]
    codings += [_code("f06", "extra"), _code("f07", "extra")]
    forward, backward = _summarise(tables(said, codings)), _summarise(tables(said[::-1], codings[::-1]))
    pd.testing.assert_frame_equal(forward, backward)
    assert forward[["touchpoint_id", "code_id"]].values.tolist() == [
        ["pay", "quick"], ["pay", "slow"], ["pay", "extra"], ["ad", "quick"], ["ad", "slow"],
    ]  # fmt: skip


def test_a_code_may_stand_at_another_touchpoint(tables):
    """A code that coders place elsewhere counts there; its speaker still belongs to the n of the verbatim's own."""
    said = [_say(i) for i in range(6)]
    codings = [_code(f"f{i:02}", "slow", touchpoint_id="ad" if i else "") for i in range(6)]
    themes = _summarise(tables(said, codings)).set_index("touchpoint_id")
    assert themes.loc["pay", ["k", "n"]].tolist() == [1, 6]
    assert themes.loc["ad", ["k", "n"]].tolist() == [5, 5]


@pytest.mark.parametrize(
    ("texts", "chosen"),
    [
        ([("Bad.", "yes"), ("It never told me what was wrong.", "yes")], "f1"),
        ([("It never told me what was wrong.", ""), ("I tried three cards that night.", "yes")], "f1"),
        ([("I tried three cards that night.", "no"), ("x" * 120, "")], "f1"),
        ([("Write to lena@example.org about my order.", "yes"), ("Call me on 0151 234 5678 tonight.", "yes")], ""),
        ([("", "yes"), ("  ", "yes")], ""),
        ([("I tried three cards, " + "then another, " * 4, "yes"), ("I tried three cards that night.", "yes")], "f1"),
    ],
)
def test_a_quote_is_allowed_short_and_telling(make_table, texts, chosen):
    """Consent given, then telling length; never against consent, never with an address or a number, never empty."""
    rows = [{"feedback_id": f"f{i}", "text": text, "consent": consent} for i, (text, consent) in enumerate(texts)]
    assert choose_quote(make_table("feedback", rows)) == chosen


def test_feedback_leaves_its_tables_alone(tables):
    """Summarising themes changes none of the tables it reads."""
    given = tables([_say(i) for i in range(6)], [_code(f"f{i:02}", "lazy") for i in range(6)])
    before = {name: table.copy() for name, table in given.items()}
    _summarise(dict(given))
    for name, table in given.items():
        pd.testing.assert_frame_equal(table, before[name])


def test_agreement_is_over_sets_of_codes(make_table):
    """Coders {A}, {A,B}, {B}, {C} and {A}, {A}, {B,C}, {C}: alpha with MASI is 55/97 (section 5, by hand)."""
    codes = {"anna": ["A", "AB", "B", "C"], "ben": ["A", "A", "BC", "C"], "machine": ["C", "C", "C", "A"]}
    rows = [
        {"feedback_id": f"f{i}", "coder_id": coder, "code_id": code}
        for coder, sets in codes.items() for i, given in enumerate(sets) for code in given
    ]  # fmt: skip
    alpha, coders = measure_agreement(make_table("codings", rows))
    assert (round(alpha.value, 4), alpha.n, coders) == (0.5670, 4, 2)


def test_one_coder_has_nobody_to_agree_with(make_table):
    """With a single coder no agreement is claimed."""
    assert measure_agreement(make_table("codings", [{"feedback_id": "f1", "coder_id": "anna", "code_id": "A"}])) is None


def test_a_place_named_unasked_is_counted_among_all_who_could(tables):
    """Of ten who commented on the whole journey three spoke of paying: 3 of 10, not 3 of 3."""
    said = [_say(i, touchpoint_id="") for i in range(10)]
    codings = [_code(f"f{i:02}", "slow", touchpoint_id="pay") for i in range(3)]
    themes = _summarise(tables(said, codings + [_code(f"f{i:02}", "none") for i in range(3, 10)]))
    assert themes[["touchpoint_id", "k", "n", "value"]].values.tolist() == [["pay", 3, 10, 0.3]]
