"""Tests of page one as a table: everything said is there, what is missing is said, and nothing is obeyed."""

import pandas as pd

from cjm_helpers.drawing import tables

FINDING = {"part": "finding", "place": 1, "step_id": "3.4", "sentence": "Paying is the low point."}
ACTION = {
    "part": "action", "place": 1, "step_id": "3.4", "item_id": "o01", "sentence": "Pay in one step.",
    "owner": "Checkout", "due": "15 March 2027", "moves": "Paid at first try",
}  # fmt: skip


def show(*rows):
    """Show a brief of these rows."""
    columns = ["part", "place", "step_id", "item_id", "sentence", "owner", "due", "moves"]
    return tables.show_brief(pd.DataFrame(rows, columns=columns))


def test_an_action_names_owner_date_and_what_should_move():
    """Each of the three stands with its own head, and what nobody decided yet is said in words."""
    html = show(ACTION).html
    for words in ("<dt>Owner</dt><dd>Checkout</dd>", "<dd>15 March 2027</dd>", "<dd>Paid at first try</dd>"):
        assert words in html
    bare = show({**ACTION, "owner": "", "due": None, "moves": ""}).html
    assert "owner not named yet" in bare and "no date yet" in bare and "nothing named yet" in bare


def test_no_action_is_a_sentence_without_owner():
    """Where no idea is written down, nothing is said of owners and dates."""
    none = show({"part": "action", "place": 1, "sentence": "No open idea is written down yet."})
    assert "No open idea" in none.html and "Owner" not in none.html + none.text


def test_parts_stand_in_one_order_and_rows_in_theirs():
    """Findings come before actions, changes and trust, whatever the order of the rows; an empty part says so."""
    second = {**FINDING, "place": 2, "sentence": "Waiting is next."}
    text = show(ACTION, second, FINDING).text
    order = ["What we found", "1. Paying", "2. Waiting", "What to do next", "nothing to compare", "How sure we are"]
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)


def test_a_step_leads_to_its_evidence():
    """A finding links to the place of its step; one without a step has no link."""
    html = show(FINDING, {**FINDING, "place": 2, "step_id": ""}).html
    assert html.count("<a ") == 1 and '<a href="#at-3-4">Evidence<span class="unseen"> at 3.4</span></a>' in html


def test_words_are_never_markup():
    """What people wrote is shown, not obeyed."""
    html = show({**ACTION, "sentence": "<script>a</script>", "owner": "<b>me</b>"}).html
    assert "<script" not in html and "<b>" not in html and "&lt;b&gt;me" in html
