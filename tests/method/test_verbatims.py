"""Verbatims: where they belong and which may be quoted."""

import pytest
from method.speaking import say

from cjm_helpers.method.verbatims import choose_quote, may_quote, place_verbatims


def test_a_person_links_a_verbatim(make_table):
    """A verbatim that names no touchpoint stands where a person linked it; one that does stays."""
    said = make_table("feedback", [say(1, touchpoint_id=""), say(2, touchpoint_id="ad")])
    linked = make_table("alignments", [{"feedback_id": f"f0{i}", "touchpoint_id": "pay"} for i in (1, 2)])
    assert place_verbatims(said, linked)["touchpoint_id"].tolist() == ["pay", "ad"]


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


@pytest.mark.parametrize(
    ("text", "consent", "is_shown"),
    [("Too slow.", "yes", True), ("Too slow.", "", True), ("Too slow.", "no", False), (" ", "yes", False),
     ("Write to lena@example.org.", "yes", False), ("Call 0151 234 5678.", "yes", False)],
)  # fmt: skip
def test_words_are_shown_unless_somebody_said_no_or_they_tell_who_spoke(make_table, text, consent, is_shown):
    """Unknown consent is no refusal within the team; an address or a long number is never shown."""
    said = make_table("feedback", [{"feedback_id": "f1", "text": text, "consent": consent}])
    assert may_quote(said).tolist() == [is_shown]
