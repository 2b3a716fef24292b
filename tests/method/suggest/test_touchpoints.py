"""Tests of suggested touchpoints: what is named, what is alike, what stays open, and what it is learnt from."""

import pandas as pd
import pytest
from method.speaking import say

from cjm_helpers.method.suggest import suggest_touchpoints
from cjm_helpers.method.suggest.linking import check_links, spell_confirmed, spell_trial
from cjm_helpers.method.suggest.touchpoints import measure_likeness
from cjm_helpers.study.folder import open_study

STEPS = [
    {"touchpoint_id": "desk", "name": "Help desk", "description": "Calls because something is broken"},
    {"touchpoint_id": "pay", "name": "Payment", "description": "Pays by card"},
    {"touchpoint_id": "film", "name": "Set-up film", "description": "Watches how it is done"},
]


@pytest.fixture
def suggest(make_table):
    """Return suggest(texts, links, ...): the suggestions for reviews, where links are texts with their touchpoint."""

    def ask(texts, links=(), *, call=suggest_touchpoints, steps=STEPS, **options):
        open_ones = [say(i, "", "review", text=text) for i, text in enumerate(texts)]
        known = [say(50 + i, place, text=text) for i, (text, place) in enumerate(links)]
        options = {"alignments": make_table("alignments", options.pop("alignments", []))} | options
        return call(make_table("feedback", open_ones + known), make_table("touchpoints", list(steps)), **options)

    return ask


def test_a_touchpoint_that_is_named_comes_first(suggest):
    """The whole name of two words or more decides, in whatever ending; a name of one word is only likeness."""
    found = suggest(["My card was broken, the help desks say pay"]).iloc[0]
    assert (found["touchpoint_id"], found["why"], found["words"]) == ("desk", "named", "desks;help;broken")
    assert suggest(["I had a payment"])["why"].tolist() == ["similar"]


def test_two_names_in_one_text_decide_nothing(suggest):
    """Where two touchpoints are named, likeness decides, and stays open where both are alike."""
    found = suggest(["The help desk sent me the set-up film"])
    assert found["why"].tolist() != ["named"]


def test_what_is_not_alike_enough_stays_unaligned(suggest):
    """Below the least likeness, or where two are nearly as like, no touchpoint is suggested; the surest comes first."""
    texts = ["Everything all right", "I watched, then the card", "Pays by card"]
    found = suggest(texts, margin=0.2)
    assert found[["feedback_id", "place", "touchpoint_id"]].values.tolist()[0] == ["f02", 1, "pay"]
    assert found["touchpoint_id"].tolist()[1:] == ["", ""] and found["second_id"].tolist()[1:] == ["", ""]
    assert suggest(texts, least=0.99)["why"].tolist() == ["", "", ""]


def test_linked_verbatims_teach_new_words(suggest):
    """Words that stand in no description are learnt from verbatims that a survey or a person linked."""
    texts = ["The wheel turned and turned"]
    assert suggest(texts)["touchpoint_id"].tolist() == [""]
    assert suggest(texts, [("A turning wheel", "pay")])["touchpoint_id"].tolist() == ["pay"]
    linked = suggest([*texts, "A turning wheel"], alignments=[{"feedback_id": "f01", "touchpoint_id": "film"}])
    assert linked[["feedback_id", "touchpoint_id"]].values.tolist() == [["f00", "film"]]


def test_what_a_coder_placed_is_not_asked_again(suggest):
    """Where coders named a touchpoint, the verbatim counts as placed, and teaches."""
    settled = pd.DataFrame({"feedback_id": ["f00", "f01"], "touchpoint_id": ["film", ""]})
    found = suggest(["A turning wheel", "The wheel turned"], settled=settled)
    assert found[["feedback_id", "touchpoint_id"]].values.tolist() == [["f01", "film"]]


def test_words_of_who_refused_are_not_shown(make_table):
    """The table names no word of a verbatim that may not be quoted, but suggests its touchpoint."""
    said = [say(1, "", text="Paid by card", consent="no"), say(2, "", text="Payment", consent="yes")]
    none = make_table("alignments", [])
    found = suggest_touchpoints(make_table("feedback", said), make_table("touchpoints", STEPS), alignments=none)
    assert found.set_index("feedback_id")["words"].to_dict() == {"f01": "", "f02": "payment"}
    assert found["touchpoint_id"].tolist() == ["pay", "pay"]


def test_three_touchpoints_are_proposed_each_with_its_words(suggest):
    """A person chooses among the nearest ones; what shares no word is not proposed."""
    likeness = suggest(["They call it a card that pays, then watch"], call=measure_likeness)
    found = likeness.propose(0, most=3)
    assert [one.touchpoint_id for one in found] == ["pay", "film", "desk"]
    assert [one.words for one in found] == [("card", "pays"), ("watch",), ("call",)]
    assert found[0].similarity > found[1].similarity >= found[2].similarity
    assert suggest(["Nothing"], call=measure_likeness).propose(0, most=3) == []


@pytest.mark.parametrize(("texts", "steps"), [((), STEPS), (("", " "), STEPS), (("Slow",), ()), (("the",), STEPS)])
def test_nothing_to_compare_is_no_error(suggest, texts, steps):
    """Without verbatims, words or touchpoints everything stays unaligned."""
    found = suggest(list(texts), steps=steps)
    assert found["touchpoint_id"].tolist() == [""] * len([text for text in texts if text.strip()])


def test_input_is_untouched_and_order_does_not_matter(make_table):
    """The same rows in another order give the same table."""
    said = make_table("feedback", [say(i, "", text=text) for i, text in enumerate(["A card", "Help desk", "A film"])])
    steps, none = make_table("touchpoints", STEPS), make_table("alignments", [])
    before = said.copy()
    found = suggest_touchpoints(said, steps, alignments=none)
    pd.testing.assert_frame_equal(said, before)
    pd.testing.assert_frame_equal(suggest_touchpoints(said[::-1], steps, alignments=none), found)


def test_links_are_checked_without_the_same_person(suggest):
    """What only one customer says is not learnt from the same customer, nor from the same words of another."""
    links = [("The wheel turned", "pay"), ("A wheel turns", "pay")]
    assert suggest([], links, call=check_links)["proposed_id"].tolist() == ["pay", "pay"]
    alone = suggest([], links[:1], call=check_links)
    assert alone[["touchpoint_id", "why"]].values.tolist() == [["pay", ""]]
    assert suggest([], [links[0]] * 2, call=check_links)["why"].tolist() == ["", ""]


def test_links_that_people_made_are_found_again():
    """Of the example's reviews and posts that people linked, four in five get a proposal, and 95 in 100 are right."""
    study = open_study("retail_checkout")
    found = suggest_touchpoints(study.feedback, study.touchpoints, alignments=study.alignments[:0])
    known = found.merge(study.alignments, on="feedback_id", suffixes=("", "_known"))
    proposed = known[known["why"] != ""]
    assert len(proposed) > 0.75 * len(known) > 200
    assert (proposed["touchpoint_id"] == proposed["touchpoint_id_known"]).mean() > 0.95


def test_precision_is_said_with_its_interval():
    """38 of 50 is 63 to 86% by Wilson; nothing tried says so."""
    assert spell_confirmed(38, 50) == "38 of 50 proposals confirmed (63 to 86%)"
    rows = pd.DataFrame({"touchpoint_id": ["a"] * 60, "proposed_id": ["a"] * 38 + ["b"] * 22, "why": "similar"})
    rows.loc[50:, "why"] = ""
    assert spell_trial(rows).endswith("50 got a proposal, 38 of these the right one, 63 to 86%.")
    assert spell_trial(rows[:0]).startswith("No verbatim has a touchpoint yet")
