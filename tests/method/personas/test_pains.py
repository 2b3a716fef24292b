"""Tests of the pains of a persona and of the verbatim that speaks for it."""

import pandas as pd

from cjm_helpers.method.personas.pains import quote_pains, rank_pains, write_pains
from cjm_helpers.method.verbatims import choose_quote

WORDS = "It never told me what was wrong, customer"


def make_themes(*rows):
    """Return themes of persona ann from (touchpoint_id, code_id, k, n, feedback_ids)."""
    columns = ["touchpoint_id", "code_id", "k", "n", "feedback_ids"]
    themes = pd.DataFrame(rows, columns=columns).assign(
        persona_id="ann", valence=-1, method="Wilson", flag="reportable"
    )
    return themes.assign(label=themes["code_id"].str.capitalize(), value=themes["k"] / themes["n"], lo=0.0, hi=1.0)


def make_feedback(count, **changes):
    """Return a verbatim f0, f1, ... of each customer c0, c1, ..., all quotable and equally long."""
    rows = [
        {"feedback_id": f"f{i}", "customer_id": f"c{i}", "text": f"{WORDS} {i}.", "consent": "yes"}
        for i in range(count)
    ]
    return pd.DataFrame(rows).assign(**changes)


def quote(themes, feedback, *, distances, persona_id="ann"):
    """Return the id of the verbatim quoted, or "" where there is none."""
    assigned = pd.DataFrame({"customer_id": feedback["customer_id"], "persona_id": persona_id, "distance": distances})
    rows = quote_pains(themes, feedback, assignments=assigned, choose_quote=choose_quote)
    return rows[0]["evidence_ids"] if rows else ""


def test_a_pain_counts_where_most_name_it():
    """A code named at two touchpoints stands once, with the larger k; three pains are enough."""
    themes = make_themes(("pay", "slow", 9, 30, "f1"), ("ad", "slow", 12, 40, "f2"), ("pay", "rude", 5, 30, "f3"),
                         ("pay", "dear", 4, 30, "f4"), ("pay", "loud", 3, 30, "f5"))  # fmt: skip
    assert rank_pains(themes)["code_id"].tolist() == ["slow", "rude", "dear"]
    assert write_pains(themes)[0]["text"] == "Slow (12 of 40 at ad)"


def test_delights_are_no_pains():
    """Codes that are not negative stay off the list."""
    assert rank_pains(make_themes(("pay", "quick", 9, 30, "f1")).assign(valence=1)).empty


def test_too_few_verbatims_are_said():
    """Where every pain comes from too few people, one row says so and holds no number."""
    hidden = make_themes(("pay", "slow", None, 3, "")).assign(flag="suppressed", value=None)
    assert write_pains(hidden) == [
        {"persona_id": "ann", "text": "too few verbatims to say", "basis": "", "flag": "suppressed"}
    ]


def test_the_quote_is_of_the_customers_nearest_the_centre():
    """Of seven who name the top pain one of the five nearest is quoted, though a farther one gave consent."""
    feedback = make_feedback(7, consent=[""] * 6 + ["yes"])
    themes = make_themes(("pay", "slow", 7, 30, ";".join(feedback["feedback_id"])))
    assert quote(themes, feedback, distances=[7, 6, 5, 4, 3, 2, 9]) == "f1"
    assert quote(themes, feedback, distances=[7, 6, 5, 4, 3, 2, 1]) == "f6"


def test_a_quote_needs_leave():
    """Who said no, and who left an address in the text, is not quoted; then a farther one is, else nobody."""
    feedback = make_feedback(6, consent=["no"] * 5 + ["yes"])
    themes = make_themes(("pay", "slow", 6, 30, ";".join(feedback["feedback_id"])))
    assert quote(themes, feedback, distances=range(6)) == "f5"
    assert quote(themes, feedback.assign(text="Write to me@example.org, please"), distances=range(6)) == ""


def test_the_quote_is_of_the_personas_own_people():
    """A verbatim of somebody who belongs to another persona is never put in this one's mouth."""
    assert quote(make_themes(("pay", "slow", 1, 30, "f0")), make_feedback(1), distances=[1.0], persona_id="ben") == ""


def test_a_touchpoint_is_called_by_its_name_where_there_is_one():
    """Readers see the touchpoint's name; without one, or for the journey as a whole, the id or nothing."""
    row = {"persona_id": "ben", "code_id": "slow", "label": "Slow", "valence": -1, "k": 9.0, "n": 30.0, "value": 0.3}
    row |= {
        "lo": 0.2,
        "hi": 0.5,
        "method": "Wilson",
        "flag": "reportable",
        "feedback_ids": "f1",
        "touchpoint_id": "pay",
    }
    for name, words in {"Payment page": "Slow (9 of 30 at Payment page)", None: "Slow (9 of 30 at pay)"}.items():
        assert write_pains(pd.DataFrame([row | {"name": name}]))[0]["text"] == words
    assert write_pains(pd.DataFrame([row | {"name": None, "touchpoint_id": ""}]))[0]["text"] == "Slow (9 of 30)"
