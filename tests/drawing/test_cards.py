"""Tests of persona cards: what is known stands with its basis, what is assumed looks so, what is missing is named."""

import pandas as pd

from cjm_helpers.drawing import tables


def make_cards(*rows, persona_id="ben"):
    """Return cards with one row for each (field, text, basis, evidence_ids)."""
    frame = pd.DataFrame(rows, columns=["field", "text", "basis", "evidence_ids"])
    return frame.assign(persona_id=persona_id)


KNOWN = make_cards(
    ("name", "Ben", "reported", ""), ("made_from", "data", "reported", ""),
    ("share", "40 of 90 customers", "reported", ""),
    ("need", "Calm", "reported", "f1;f2;f3;f4;f5"), ("goal_long", "A quiet life", "assumed", ""),
    ("quote", "Leave me alone.", "reported", "f1"),
)  # fmt: skip
GUESSED = make_cards(("name", "Ann", "assumed", ""), ("made_from", "proto", "assumed", ""), persona_id="ann")


def test_each_line_says_how_it_is_known():
    """Basis and evidence stand behind a line, of many ids the first few and how many more."""
    html = tables.show_cards(KNOWN).html
    assert "Calm <small>reported, f1, f2, f3, and 2 more</small>" in html and "“Leave me alone.”" in html


def test_assumptions_look_different():
    """What the team assumes is in italics; a persona nobody stands behind has a dotted frame."""
    assert "<em>A quiet life</em> <small>assumed</small>" in tables.show_cards(KNOWN).html
    assert "solid" in tables.show_cards(KNOWN).html and "dotted" not in tables.show_cards(KNOWN).html
    guessed = tables.show_cards(GUESSED).html
    assert "dotted" in guessed and "no customer belongs to this persona yet" in guessed


def test_what_nobody_said_is_named():
    """Every field that a team is to fill stands on the card, empty ones in words."""
    text = tables.show_cards(GUESSED).text
    for field in ("demographics", "behaviour", "motivation", "need", "preference", "goal for now", "goal for later"):
        assert f"{field}: not known yet" in text
    assert "pain points as stated: not known yet" in text
    counted = pd.concat([GUESSED, make_cards(("pain_code", "Slow (9 of 30)", "reported", "f1"), persona_id="ann")])
    assert "pain points as stated" not in tables.show_cards(counted).text


def test_one_persona_can_be_chosen():
    """One card a persona, in their order; a chosen persona stands alone, and none at all is a sentence."""
    both = pd.concat([KNOWN, GUESSED])
    assert tables.show_cards(both).html.count("<article") == 2
    assert "Ben" not in tables.show_cards(both, persona_id="ann").html
    assert tables.show_cards(both[:0]).text == "No persona is written down yet."


def test_texts_of_people_are_never_markup():
    """Angle brackets in what somebody said are shown, not obeyed."""
    said = make_cards(
        ("name", "<b>", "assumed", ""), ("need", "<i>", "assumed", ""), ("quote", "<u>", "assumed", "<s>")
    )
    assert not [tag for tag in ("<b>", "<i>", "<u>", "<s>") if tag in tables.show_cards(said).html]


def test_groups_stand_one_in_a_row():
    """Traits of a group share a cell, and where no groups hold a sentence says what to do."""
    found = make_cards(
        ("name", "Segment 1", "", ""),
        ("trait", "age: 20", "", ""),
        ("trait", "orders: 2", "", ""),
        persona_id="segment_1",
    )
    assert "age: 20; orders: 2" in tables.show_groups(found).html
    assert "no groups that hold" in tables.show_groups(found[:0]).text
