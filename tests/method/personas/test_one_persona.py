"""Tests of one persona alone: its rows are those that it has among all, whatever the others tell or hide."""

import pandas as pd
import pytest

from cjm_helpers.method.personas import profile_personas, write_cards
from cjm_helpers.method.themes import compare_themes
from cjm_helpers.method.verbatims import choose_quote
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.selection import select_rows

EXAMPLES = ("retail_checkout", "clinic_visit", "care_after_purchase")


@pytest.fixture(scope="module", params=EXAMPLES)
def everyone(request):
    """Return the newest wave of each example in turn."""
    return select_rows(open_study(request.param))


def know_personas(study, **only) -> dict[str, pd.DataFrame]:
    """Return the tables that a persona's card is made from, and the cards."""
    assignments, only = study.persona_assignments, {**only, "min_n": study.settings.min_n}
    profile = profile_personas(study.customers, assignments, kinds=study.settings.customers, **only)
    themes = compare_themes(
        study.feedback, study.codings, codebook=study.codebook, decisions=study.coding_decisions,
        alignments=study.alignments, touchpoints=study.touchpoints, assignments=assignments, **only,
    )  # fmt: skip
    cards = write_cards(
        study.personas, statements=study.statements, assignments=assignments, profile=profile,
        customers=study.customers, themes=themes, feedback=study.feedback, choose_quote=choose_quote, **only,
    )  # fmt: skip
    return {"profile": profile, "themes": themes, "cards": cards}


def test_one_persona_is_as_among_all(everyone):
    """Profile, themes and card of each persona equal the rows that it has in those of all."""
    known = know_personas(everyone)
    for persona_id in everyone.personas["persona_id"]:
        for name, alone in know_personas(everyone, persona_id=persona_id).items():
            among = known[name][known[name]["persona_id"] == persona_id]
            pd.testing.assert_frame_equal(alone, among.reset_index(drop=True), check_dtype=False, obj=name)


def test_a_passive_attribute_keeps_its_q(base):
    """The others' p are judged along, so that q does not hang on who is looked at."""
    given = {"kinds": base.kinds, "active": base.active}
    among = profile_personas(base.customers, base.assignments, **given)
    alone = profile_personas(base.customers, base.assignments, persona_id="ben", **given)
    among = among[among["persona_id"] == "ben"].reset_index(drop=True)
    assert alone["q"].notna().any()
    pd.testing.assert_frame_equal(alone, among, check_dtype=False)


def test_of_a_persona_without_people_nothing_is_known(everyone):
    """Where nobody belongs to a persona its tables are empty, with all their columns."""
    known, alone = know_personas(everyone), know_personas(everyone, persona_id="nobody")
    assert {name: len(table) for name, table in alone.items()} == {"profile": 0, "themes": 0, "cards": 0}
    assert all(list(table.columns) == list(known[name].columns) for name, table in alone.items())
