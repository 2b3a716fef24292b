"""Tests of attempt: a refusal stands in place of the result, whatever is done with it."""

from cjm_helpers.errors import CjmError
from cjm_helpers.lab.attempt import AS_ABOVE, attempt


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
    assert repr(shown) == "Too few answers."
    assert shown._repr_mimebundle_() == {"text/plain": "Too few answers.", "text/html": "<p>Too few answers.</p>"}


def test_a_reason_is_given_once():
    """Cells further down that build on the same refusal point to the sentence above; a new refusal says it again."""
    refused = attempt(refuse)
    shown = [each._repr_mimebundle_()["text/plain"] for each in (refused, attempt(len, refused), attempt(refuse))]
    assert shown == ["Too few answers.", AS_ABOVE, "Too few answers."]
