"""Reliability: agreement code by code, with a verdict from the lower bound."""

import pandas as pd
import pytest
from method.speaking import code, code_sets

from cjm_helpers.errors import NoDoubleCoding
from cjm_helpers.method.feedback import measure_reliability
from cjm_helpers.method.feedback.reliability import measure_agreement
from cjm_helpers.stats.agreement import krippendorff_alpha
from cjm_helpers.study.folder import open_study


@pytest.fixture
def measure(make_table):
    """Measure the reliability of codes that are letters; a book may name more of them."""

    def run(codings, book="ab", **options):
        codebook = make_table("codebook", [{"code_id": name, "label": name.upper()} for name in book])
        table = measure_reliability(make_table("codings", codings), codebook=codebook, **options)
        return table.set_index("code_id")

    return run


def test_a_code_is_judged_yes_or_no(measure):
    """20 both, 5 and 10 one only, 15 neither: kappa .400 (section 5), agreement .7, prevalence .55, 35 positives."""
    codings = code_sets(anna="a " * 25 + "- " * 25, ben="a " * 20 + "- " * 5 + "a " * 10 + "- " * 15)
    row = measure(codings).loc["a"]
    assert row[["kappa", "agreement", "prevalence"]].tolist() == pytest.approx([0.4, 0.7, 0.55])
    assert (row["n"], row["positives"], row["verdict"]) == (50, 35, "revise the code")


def test_all_codes_together_are_compared_as_sets(measure):
    """{A}, {A,B}, {B}, {C} and {A}, {A}, {B,C}, {C}: alpha with MASI is 55/97 (by hand), half of the sets are equal."""
    row = measure(code_sets(anna="a ab b c", ben="a a bc c")).loc["all codes"]
    assert (row["value"], row["agreement"]) == pytest.approx((55 / 97, 0.5))
    assert pd.isna(row["ac1"])


def test_kappa_of_all_codes_is_pooled(measure):
    """The same four verbatims: A is read alike, B and C differ once each, so kappa is 1 - (2/12) / (1/2), by hand."""
    assert measure(code_sets(anna="a ab b c", ben="a a bc c")).at["all codes", "kappa"] == pytest.approx(2 / 3)
    three = measure(code_sets(anna="a ab b c", ben="a a bc c", eva="a a b c"))
    assert pd.isna(three.at["all codes", "kappa"])


@pytest.mark.parametrize(
    ("both", "one", "neither", "verdict"),
    [
        (40, 0, 60, "reliable"),
        (40, 6, 60, "tentative"),
        (8, 2, 90, "too few"),
        (4, 0, 200, "too few"),
        (10, 20, 60, "revise the code"),
        (0, 0, 60, "not given"),
        (60, 0, 0, "undefined"),
    ],
)
def test_the_lower_bound_gives_the_verdict(measure, both, one, neither, verdict):
    """Reliable from .800, tentative from .667; a good value on few verbatims is too few, a bad one is a bad code."""
    codings = code_sets(anna="a " * (both + one) + "- " * neither, ben="a " * both + "- " * (one + neither))
    assert measure(codings, book="a").at["a", "verdict"] == verdict


def test_the_verdict_is_never_above_the_lower_bound(measure):
    """Five verbatims coded alike are no proof: the value is 1, and the verdict is not reliable."""
    row = measure(code_sets(anna="a a a a a -", ben="a a a a a -")).loc["a"]
    assert row["value"] == 1 and row["lo"] < 0.667 and row["verdict"] == "too few"


def test_what_cannot_be_said_is_said(measure):
    """A code that everybody gives everywhere has no alpha, one that nobody gives nothing to agree on."""
    table = measure(code_sets(anna="a a", ben="a a"))
    assert table.at["a", "sentence"] == (
        "A: all judgements are the same: alpha is undefined (no variation), agreement is 100% "
        "(2 verbatims read by two or more)."
    )
    assert table.at["b", "sentence"] == "B: nobody gave it to the 2 verbatims read by two or more."


def test_sentences_carry_value_interval_and_counts(measure):
    """A sentence says alpha with its interval, how many verbatims carry the code, and what to do."""
    sentence = measure(code_sets(anna="a " * 10 + "- " * 50, ben="- " * 30 + "a " * 30)).at["a", "sentence"]
    assert sentence.startswith("A: alpha −0.49 (−0.6") and "given to 40 of 60 verbatims read by two or more" in sentence
    assert sentence.endswith("People read this code differently: revise its definition and examples, then code anew.")


def test_one_verbatim_has_no_interval(measure):
    """A single verbatim read by two gives a value without an interval, and proves nothing."""
    row = measure(code_sets(anna="a", ben="-")).loc["a"]
    assert pd.isna(row["lo"]) and row["verdict"] == "too few"
    assert row["sentence"].startswith("A: alpha 0.00, given to 1 of 1 verbatim read by two or more. Too few")


def test_verbatims_read_by_one_are_counted_out(measure):
    """Three verbatims that one person read do not enter, and the last sentence counts them."""
    codings = code_sets(anna="a b - a a b", ben="a b - . . .")
    table = measure(codings)
    assert table["n"].eq(3).all()
    assert "3 verbatims were read by one person only and left out." in table.at["all codes", "sentence"]


def test_machine_and_decisions_are_no_coders(measure):
    """What the machine said changes nothing."""
    people = code_sets(anna="a b - a", ben="a - - b")
    pd.testing.assert_frame_equal(measure(people + code_sets(machine="b b b b")), measure(people))


def test_successors_are_compared(make_table):
    """Two people who used the old and the new name of a code agree."""
    book = [{"code_id": "new", "label": "New"}, {"code_id": "old", "replaced_by": "new", "status": "retired"}]
    codings = [code("f1", "old"), code("f1", "new", "ben"), code("f2", "none"), code("f2", "none", "ben")]
    table = measure_reliability(make_table("codings", codings), codebook=make_table("codebook", book))
    assert table["code_id"].tolist() == ["new", "all codes"] and table["value"].tolist() == [1, 1]


def test_headings_and_unknown_codes(make_table):
    """A heading that nobody gives has no row; a code outside the book has one, under its id."""
    book = [{"code_id": "pay", "label": "Paying"}, {"code_id": "slow", "label": "Slow", "parent": "pay"}]
    codings = code_sets(anna="x -", ben="x -")
    table = measure_reliability(make_table("codings", codings), codebook=make_table("codebook", book))
    assert table[["code_id", "label"]].values.tolist() == [
        ["slow", "Slow"], ["x", "x"], ["all codes", "All codes together"],
    ]  # fmt: skip


def test_three_people_have_the_kappa_of_fleiss(measure):
    """With more than two people kappa is Fleiss' (4/9 by hand), and alpha of the code is that of its yes and no."""
    codings = code_sets(anna="a a - - a", ben="a - - - a", eva="a a - a .")
    row = measure(codings).loc["a"]
    gives = pd.DataFrame({"anna": [1, 1, 0, 0, 1], "ben": [1, 0, 0, 0, 1], "eva": [1, 1, 0, 1, None]})
    assert row["value"] == krippendorff_alpha(gives).value
    assert row["kappa"] == pytest.approx(4 / 9)


def test_one_coder_alone_is_named(measure):
    """120 verbatims that only anna coded say nothing of agreement; the sentence says who is needed."""
    with pytest.raises(
        NoDoubleCoding, match="Only coder 'anna' coded these 120 verbatims: reliability needs two people"
    ):
        measure(code_sets(anna="a " * 120, machine="a " * 120))


def test_coders_who_share_nothing_are_named(measure):
    """Two people who coded different verbatims cannot be compared."""
    with pytest.raises(NoDoubleCoding, match="The coders anna, ben share none of these 4 verbatims"):
        measure(code_sets(anna="a a . .", ben=". . a a"))


def test_nobody_coded(measure):
    """An empty worksheet is refused in words."""
    with pytest.raises(NoDoubleCoding, match="Nobody coded"):
        measure([])


def test_the_vague_code_of_the_example_is_found():
    """Of the shop's codes one has a vague definition (truth.toml, poor_code), and it alone is to be revised."""
    study = open_study("retail_checkout")
    verdicts = measure_reliability(study.codings, codebook=study.codebook).set_index("code_id")["verdict"]
    assert verdicts.index[verdicts == "revise the code"].tolist() == ["details_help"]
    assert verdicts["page_slow"] == "reliable"


def test_order_seed_and_table(measure, make_table):
    """Rows in any order and the same seed give the same table, and the codings are left alone."""
    codings = code_sets(anna="a b - a ab", ben="a - - b b")
    pd.testing.assert_frame_equal(measure(codings, seed=3), measure(codings[::-1], seed=3))
    table, book = make_table("codings", codings), make_table("codebook", [])
    before = table.copy()
    measure_reliability(table, codebook=book)
    pd.testing.assert_frame_equal(table, before)


def test_agreement_for_the_foot_of_the_map(make_table):
    """Alpha with MASI over the sets of people, with how many coded; machine answers do not count."""
    codings = code_sets(anna="a ab b c", ben="a a bc c", machine="c c c a")
    alpha, coders = measure_agreement(make_table("codings", codings))
    assert (round(alpha.value, 4), alpha.n, coders) == (0.5670, 4, 2)


def test_merging_codes_makes_no_disagreement_on_the_map(make_table):
    """With the codebook, people who gave a code before and after it was merged agree."""
    book = make_table("codebook", [{"code_id": "a", "status": "retired", "replaced_by": "b"}, {"code_id": "b"}])
    codings = make_table("codings", code_sets(anna="a a - c", ben="b b - c"))
    assert measure_agreement(codings)[0].value < 1 == measure_agreement(codings, codebook=book)[0].value


def test_one_coder_has_nobody_to_agree_with(make_table):
    """With a single coder, or none, no agreement is claimed."""
    assert measure_agreement(make_table("codings", code_sets(anna="a"))) is None
    assert measure_agreement(make_table("codings", [])) is None


def test_readings_under_a_retired_code_are_left_out(make_table):
    """A reading that waits to be coded anew is no judgement on the other codes, and that is said."""
    book = make_table("codebook", [{"code_id": "x", "status": "retired"}, {"code_id": "a"}])
    reliability = measure_reliability(make_table("codings", code_sets(anna="a a xa", ben="a a -")), codebook=book)
    assert reliability[["code_id", "n"]].values.tolist() == [["a", 2], ["all codes", 2]]
    assert "1 reading under a retired code was left out: code anew." in reliability["sentence"].iloc[-1]
