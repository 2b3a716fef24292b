"""Tests of the persona cards: every field with its basis, nothing invented, nothing hidden let out."""

import pandas as pd
import pytest

from cjm_helpers.method.personas import profile_personas, write_cards
from cjm_helpers.method.themes import compare_themes
from cjm_helpers.method.verbatims import choose_quote

NOBODY = pd.DataFrame({"customer_id": [], "persona_id": []}, dtype="str")


@pytest.fixture
def personas(make_table):
    """Return a persona from data and one from a workshop."""
    return make_table("personas", [
        {"persona_id": "ann", "name": "Ann", "basis": "data", "tagline": "Writes letters"},
        {"persona_id": "pete", "name": "Pete", "basis": "proto"},
    ])  # fmt: skip


@pytest.fixture
def state(make_table):
    """Return statements, of persona pete unless told."""
    return lambda *rows: make_table(
        "statements", [{"statement_id": f"s{place}", "persona_id": "pete"} | row for place, row in enumerate(rows)]
    )


def find_fields(cards, persona_id):
    """Return the rows of one persona by field."""
    return cards[cards["persona_id"] == persona_id].set_index("field")


def test_a_proto_persona_is_assumed_until_confirmed(personas, state):
    """Of a proto-persona all is assumed, but for their count and what a statement with customers confirms."""
    stated = state({"field": "need", "text": "Calm", "basis": "reported", "evidence_ids": "f1"},
                   {"field": "goal_long", "text": "Peace", "basis": "assumed"})  # fmt: skip
    assigned = pd.DataFrame({"customer_id": ["c1"], "persona_id": "pete"})
    card = find_fields(write_cards(personas, statements=stated, assignments=assigned), "pete")
    assert card["basis"].to_dict() == {
        "name": "assumed", "made_from": "assumed", "share": "reported", "need": "reported", "goal_long": "assumed",
    }  # fmt: skip
    assert card["grade"].to_dict() == {"name": "D", "made_from": "D", "share": "C", "need": "C", "goal_long": "D"}


def test_a_statement_without_a_persona_is_on_every_card(personas, state):
    """What is said of everyone stands on each card; a field of the map stands on none."""
    stated = state({"persona_id": "", "field": "need", "text": "Calm", "basis": "assumed"},
                   {"field": "action", "text": "Walks in", "basis": "assumed"})  # fmt: skip
    cards = write_cards(personas, statements=stated, assignments=NOBODY)
    assert (cards["field"] == "need").sum() == 2 and "Walks in" not in set(cards["text"])


def test_the_share_carries_its_interval(personas, state, base):
    """60 of 180 customers are a third, 26.9 to 40.5% (Wilson)."""
    share = find_fields(write_cards(personas, statements=state(), assignments=base.assignments), "ann").loc["share"]
    assert share["text"] == "60 of 180 customers (33%)" and share["method"] == "Wilson"
    assert (share["value"], share["lo"], share["hi"]) == pytest.approx((1 / 3, 0.2686, 0.4050), abs=1e-4)


def test_the_share_of_few_customers_is_hidden(personas, state):
    """Under five customers the share has no number, nor can it be had by subtracting the others from all."""
    assigned = pd.DataFrame({"customer_id": range(33), "persona_id": ["ann"] * 3 + ["ben"] * 7 + ["cleo"] * 23})
    cards = write_cards(personas, statements=state(), assignments=assigned.astype("str"))
    shares = cards[cards["field"] == "share"].set_index("persona_id")
    assert shares["flag"].to_dict() == {"ann": "suppressed", "ben": "suppressed", "cleo": "reportable"}
    hidden = shares.loc[["ann", "ben"]]
    assert hidden[["value", "lo", "hi"]].isna().all(axis=None) and not hidden["text"].str.contains("[0-9]").any()


def test_segments_have_cards_of_their_own(personas, state, base):
    """A segment that stands in no worksheet is introduced by its id, and a name is suggested from its behaviour."""
    profile = profile_personas(base.customers, base.assignments, kinds=base.kinds, active=base.active)
    segments = base.assignments.replace({"cleo": "segment_1"})
    profile = profile.replace({"cleo": "segment_1"})
    cards = write_cards(personas, statements=state(), assignments=segments, profile=profile, customers=base.customers)
    card = find_fields(cards, "segment_1")
    assert card.at["name", "text"] == "Segment 1" and card.at["suggested_name", "text"] == "High visits, high orders"
    assert card.at["match_prevalence", "text"].startswith("60 of 180 customers (33%) have all four traits")


def test_an_invented_quote_is_assumed(personas, state, make_table):
    """A stated quote is reported where a verbatim holds its words, and assumed where the evidence says otherwise."""
    quotes = [("I have enough passwords", "f1"), ("I love passwords", "f1"), ("Who knows?", "f9")]
    rows = [{"field": "quote", "text": text, "basis": "reported", "evidence_ids": ids} for text, ids in quotes]
    said = make_table("feedback", [{"feedback_id": "f1", "text": "At sixty-one I have enough passwords."}])
    cards = write_cards(personas, statements=state(*rows), assignments=NOBODY, feedback=said)
    assert cards[cards["field"] == "quote"]["basis"].tolist() == ["reported", "assumed", "reported"]


def test_too_few_known_customers_match_nothing(personas, state, base):
    """Where hardly anybody is known by all traits there is no share, but a sentence."""
    profile = profile_personas(base.customers, base.assignments, kinds=base.kinds, active=base.active)
    gaps = base.customers.assign(buys_for="")
    cards = write_cards(personas, statements=state(), assignments=base.assignments, profile=profile, customers=gaps)
    match = find_fields(cards, "ann").loc["match_prevalence"]
    assert match["text"].startswith("too few customers are known by all") and match["flag"] == "suppressed"
    assert pd.isna(match["value"]) and match["n"] == 0


def test_stability_stands_on_the_card(personas, state):
    """How surely a segment comes back is a field of its card."""
    stability = pd.DataFrame({"persona_id": ["ann"], "value": [0.8], "sentence": ["stable: comes back"]})
    card = find_fields(write_cards(personas, statements=state(), assignments=NOBODY, stability=stability), "ann")
    assert card.at["stability", "text"] == "stable: comes back" and card.at["stability", "value"] == 0.8


@pytest.fixture(scope="module")
def parts(first_wave):
    """Return what the cards of the example's first wave are written from."""
    part = first_wave
    assigned = part.persona_assignments[part.persona_assignments["customer_id"].isin(part.customers["customer_id"])]
    active = ["buys_for", "children", "orders_a_year", "compares"]
    profile = profile_personas(part.customers, assigned, kinds=part.settings.customers, active=active)
    themes = compare_themes(
        part.feedback, part.codings, assignments=assigned, codebook=part.codebook, decisions=part.coding_decisions,
        alignments=part.alignments, touchpoints=part.touchpoints,
    )  # fmt: skip
    tables = {"statements": part.statements, "assignments": assigned, "profile": profile, "customers": part.customers}
    return part.personas, tables | {"themes": themes, "feedback": part.feedback}


def test_the_examples_cards_hold_what_was_planted(parts):
    """The gift buyer's card says 210 of 1,000, whom he buys for, the forced account, and a real customer's words."""
    personas, tables = parts
    cards = write_cards(personas, **tables, choose_quote=choose_quote)
    card = find_fields(cards, "gift_buyer")
    assert card.at["share", "text"] == "210 of 1,000 customers (21%)"
    assert card.at["suggested_name", "text"] == "Buys for someone else, low orders a year"
    assert card.loc[["pain_code"], "text"].iloc[0].startswith("Forced to make an account")
    words = tables["feedback"].set_index("feedback_id")["text"].str.strip()
    quoted = card.loc["quote"].iloc[-1]
    assert quoted["text"] == words[quoted["evidence_ids"]] and quoted["basis"] == "reported"
    assert set(cards["persona_id"]) == set(personas["persona_id"])
    assert set(cards["basis"]) <= {"observed", "reported", "assumed"} and cards["grade"].isin(list("ABCD")).all()


def test_order_changes_no_card_and_cards_change_no_table(parts):
    """Shuffled tables give the same cards, and the tables handed in stay as they were."""
    personas, tables = parts
    before = {name: table.copy() for name, table in tables.items()}
    cards = write_cards(personas, **tables, choose_quote=choose_quote)
    shuffled = {name: table.sample(frac=1, random_state=4) for name, table in tables.items()}
    pd.testing.assert_frame_equal(write_cards(personas, **shuffled, choose_quote=choose_quote), cards)
    for name, table in tables.items():
        pd.testing.assert_frame_equal(table, before[name])


def test_shares_speak_of_the_customers_at_hand(personas, state):
    """Of two waves only the one at hand counts, and the rows of one persona alone tell no share."""
    assigned = pd.DataFrame({"customer_id": [f"c{i:02}" for i in range(40)], "persona_id": ["ann", "pete"] * 20})
    at_hand = assigned[["customer_id"]].head(20)
    cards = write_cards(personas, statements=state(), assignments=assigned, customers=at_hand)
    assert find_fields(cards, "ann").loc["share", "text"] == "10 of 20 customers (50%)"
    own = assigned[assigned["persona_id"] == "ann"]
    alone = find_fields(write_cards(personas.head(1), statements=state(), assignments=own), "ann").loc["share"]
    assert alone["text"] == "20 customers" and pd.isna(alone["value"])
