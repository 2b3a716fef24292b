"""Tests of attempt: a refusal stands in place of the result, whatever is done with it."""

from cjm_helpers.errors import CjmError
from cjm_helpers.lab.attempt import attempt


def refuse():
    """Refuse as a method does."""
    raise CjmError("Too few answers.")


def test_a_refusal_holds_nothing():
    """Looking into a refusal, going through it and counting it ends at once: it is empty."""
    refused = attempt(refuse)
    assert "csat" not in refused and list(refused.shares["csat"]) == []
    assert len(refused) == 0 and not refused


def test_a_refusal_is_shown_and_handed_on():
    """The sentence is what a notebook shows, also of what builds on the refused result."""
    shown = attempt(len, attempt(refuse).table)
    assert repr(shown) == "Too few answers." and shown._repr_html_() == "<p>Too few answers.</p>"
