"""Tests of suggesting personas: what was planted comes back, and what is not there is not suggested."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from cjm_helpers.errors import ActiveUnfit, ParameterError, TooFewAnswers
from cjm_helpers.method.personas import suggest_personas
from cjm_helpers.method.personas.suggest import _note_waves, _write_finding, _write_stability

QUICK = {"refits": 10, "permutations": 4}


@pytest.fixture(scope="module")
def cloud():
    """Return 150 customers who differ by chance alone, in eight attributes."""
    numbers = np.random.default_rng(1).normal(size=(150, 8))
    table = pd.DataFrame(numbers, columns=list("abcdefgh"))
    return table.assign(customer_id=[f"c{number:03}" for number in range(150)])


@pytest.fixture
def suggested(base):
    """Return what the three plain kinds of people suggest."""
    return suggest_personas(base.customers, kinds=base.kinds, active=base.active, **QUICK)


def test_plain_kinds_of_people_are_found(base, suggested):
    """Three kinds that are plainly apart become three segments, each customer with their own kind."""
    pairs = suggested.assignments.merge(base.assignments, on="customer_id").groupby(["persona_id_x", "persona_id_y"])
    assert suggested.k == 3 and pairs.size().tolist() == [60, 60, 60]
    assert list(suggested.stability["persona_id"]) == ["segment_1", "segment_2", "segment_3"]
    assert suggested.stability["sentence"].str.startswith("highly stable").all()
    assert suggested.flag == "indicative" and suggested.finding.startswith("Three segments")
    assert suggested.gower_agreement == pytest.approx(1.0)


def test_every_customer_is_in_assignments_and_picture(base, suggested):
    """Nobody is dropped: assignments and axes hold each customer once, with the same segment."""
    ids = sorted(base.customers["customer_id"])
    assert list(suggested.assignments["customer_id"]) == list(suggested.axes["customer_id"]) == ids
    assert (suggested.axes["persona_id"] == suggested.assignments["persona_id"]).all()
    assert (suggested.assignments["margin"] >= 0).all()


def test_chance_makes_no_personas(cloud):
    """Customers who differ by chance alone give no segmentation, no assignments, and the advice what to do instead."""
    found = suggest_personas(cloud, kinds=dict.fromkeys("abcdefgh", "numeric"), **QUICK)
    assert found.k is None and found.is_continuum is None and found.assignments.empty and found.stability.empty
    assert found.sentence == "No stable segmentation: show one average customer, or use proto-personas."
    assert found.axes["persona_id"].eq("").all() and len(found.axes) == 150 and np.isnan(found.gower_agreement)


def test_the_researcher_decides(cloud):
    """A k asked for is given, and the sentence says what speaks against it: slices of a continuum, not stable."""
    found = suggest_personas(cloud, kinds=dict.fromkeys("abcdefgh", "numeric"), k=3, **QUICK)
    assert found.k == 3 and found.is_continuum
    start = "Three segments of a continuum: no gap is visible. Where one ends is a convention. k = 3 is not admissible"
    assert found.sentence.startswith(start)
    for k in (5, 12):  # 150 customers carry four segments at most
        with pytest.raises(ParameterError, match=f"k = '{k}' is not known. .*Allowed: 2, 3, 4."):
            suggest_personas(cloud, kinds=dict.fromkeys("abcdefgh", "numeric"), k=k, refits=1, permutations=1)


def test_order_changes_nothing(base, suggested):
    """Shuffled rows and columns give the same segments, distances and axes."""
    shuffled = base.customers.sample(frac=1, random_state=1).sample(frac=1, axis=1, random_state=2)
    again = suggest_personas(shuffled, kinds=base.kinds, active=base.active[::-1], **QUICK)
    for name in ("k_table", "assignments", "stability", "axes"):
        pd.testing.assert_frame_equal(getattr(again, name), getattr(suggested, name))


def test_suggesting_changes_nothing(base):
    """The customers handed in stay as they were."""
    before = base.customers.copy()
    suggest_personas(base.customers, kinds=base.kinds, active=base.active, refits=1, permutations=1)
    pd.testing.assert_frame_equal(base.customers, before)


def test_too_few_customers_are_refused(cloud):
    """41 customers are too few for eight active attributes, which need 80 (methods.md); so are none."""
    with pytest.raises(TooFewAnswers, match="8 active variables .* needs 80 and has 41"):
        suggest_personas(cloud[:41], kinds=dict.fromkeys("abcdefgh", "numeric"))
    with pytest.raises(TooFewAnswers, match="needs 60 and has 0"):
        suggest_personas(cloud[:0], kinds=dict.fromkeys("abcdefgh", "numeric"))


def test_sensitive_attributes_never_shape(base):
    """Asking for a sensitive attribute is refused before anything is computed."""
    with pytest.raises(ActiveUnfit, match="customers.income is marked sensitive"):
        suggest_personas(base.customers, kinds=base.kinds, active=[*base.active, "income"])


def test_too_few_and_too_many_active_attributes_are_refused(cloud):
    """Personas take four to fifteen active attributes, and the sentence lists those there are."""
    with pytest.raises(ActiveUnfit, match=r"Too little is known .* 4 to 15 facts .* are 2 \(a, b\)\. In notebook 00"):
        suggest_personas(cloud, kinds=dict.fromkeys("abcd", "numeric"), active=["a", "b"])
    with pytest.raises(ActiveUnfit, match="Too much is known .* are 16"):
        suggest_personas(cloud, kinds=dict.fromkeys("abcdefghijklmnop", "numeric"))


def test_customers_of_two_waves_count_once_and_are_noted(base):
    """A customer who answered in two waves is one customer, and a note counts them."""
    twice = pd.concat([base.customers.assign(wave="1"), base.customers[:7].assign(wave="2")])
    found = suggest_personas(twice, kinds=base.kinds, active=base.active, refits=1, permutations=1, k=2)
    assert len(found.assignments) == 180
    note = found.notes[found.notes["what"] == "several waves"].iloc[0]
    assert note["n"] == 7 and note["sentence"].startswith("7 customers stand in several waves")
    alone = _note_waves(twice[:181], SimpleNamespace(notes=found.notes)).iloc[0]
    assert alone["sentence"].startswith("1 customer stands")


@pytest.mark.parametrize(
    ("depths", "is_gap", "words"),
    [
        ([0.1, 0.2], [True, True], "with gaps between them"),
        ([0.1, 0.9], [True, False], "some without a clear gap"),
        ([0.1, 0.9], [False, False], "apart only by the steps"),
        ([0.7, 0.9], [False, False], "of a continuum"),
    ],
)
def test_the_finding_says_what_the_picture_shows(depths, is_gap, words):
    """Gaps everywhere, somewhere, only where the answers have steps, or nowhere: each has words of its own."""
    assert words in _write_finding(3, pd.DataFrame({"depth": depths, "is_gap": is_gap}))


def test_stability_is_said_in_hennigs_words():
    """.85 and more is highly stable, .75 stable, .60 a pattern only, less not to be trusted (Hennig 2007)."""
    words = [_write_stability(overlap).partition(":")[0] for overlap in (0.85, 0.75, 0.60, 0.59)]
    assert words == ["highly stable", "stable", "a pattern only", "not to be trusted"]


def test_the_examples_personas_are_found_again(first_wave):
    """By what they buy, for whom, and how they compare, four segments are the four planted personas."""
    planted = first_wave.persona_assignments.set_index("customer_id")["persona_id"]
    active = ["buys_for", "children", "orders_a_year", "compares"]
    found = suggest_personas(
        first_wave.customers, kinds=first_wave.settings.customers, active=active, k=4, refits=5, permutations=2
    )
    chosen = found.k_table.set_index("k").loc[4]
    assert chosen["admissible"] and chosen["min_jaccard"] > 0.9
    true = found.assignments["customer_id"].map(planted)
    assert found.assignments.groupby("persona_id").size().tolist() == [300, 260, 230, 210]
    assert pd.crosstab(found.assignments["persona_id"], true).max(axis=1).sum() >= 990
