"""The words of KPIs and the comparison of waves say the same."""

import pandas as pd
import pytest

import cjm_helpers as cjm
from cjm_helpers.method.journey.since import follow_changes, tell_since

WORDS = {
    "improved": "better than last wave", "worse": "worse than last wave",
    "no evidence": "no clear change from last wave",
    "unchanged": "no clear change from last wave", "too few": "better than last wave",
}  # fmt: skip


@pytest.mark.parametrize("verdict", list(WORDS))
def test_a_word_follows_the_verdict(verdict):
    """What was tested with all the rest says what that says; what was not keeps its own word."""
    kpis = pd.DataFrame({"kpi_id": ["k1"], "word": ["better than last wave"]})
    changes = pd.DataFrame({"object": ["kpi"], "id": ["k1"], "verdict": [verdict]})
    assert follow_changes(kpis, changes)["word"].tolist() == [WORDS[verdict]]


def test_words_about_a_stated_baseline_stay():
    """A baseline that the study states is another question than the last wave."""
    kpis = pd.DataFrame({"kpi_id": ["k1"], "word": ["better than baseline"]})
    changes = pd.DataFrame({"object": ["kpi"], "id": ["k1"], "verdict": ["no evidence"]})
    assert follow_changes(kpis, changes).equals(kpis) and follow_changes(kpis, None).equals(kpis)


def test_a_map_never_says_what_its_comparison_denies(example):
    """For a persona of the example, better and worse on the map are those of the comparison."""
    part = cjm.select_rows(example, persona_id="careful_comparer")
    journey = cjm.journey.build_journey(part, bootstraps=2)
    changes = journey.parts.changes.query("object == 'kpi'").set_index("id")["verdict"]
    kpis = journey.cells[journey.cells["lane"] == "kpi"].set_index("item_id")["word"]
    sure = {"better than last wave": "improved", "worse than last wave": "worse"}
    assert all(changes[one] == sure[word] for one, word in kpis.items() if word in sure)


def test_the_first_wave_has_nothing_to_tell(make_study):
    """Without an earlier wave there is no verdict, and no number of customers to have fallen from."""
    assert tell_since(make_study(), None)["verdict"] == "" and tell_since(make_study(), None)["n_before"] is None


def test_the_summary_of_a_report_says_what_became_of_the_persona(example):
    """What the index shows is the verdict on the outcome as the report's own table of changes has it, then the rest."""
    part = cjm.select_rows(example, persona_id="careful_comparer")
    journey = cjm.journey.build_journey(part, bootstraps=2)
    changes = journey.parts.changes.set_index("id")
    since = cjm.maps.draw_small_map(journey).summary["since"]
    assert since["verdict"] == "no evidence" and since["n_before"] == 260
    assert since["sentence"].startswith(changes.at["recommend", "sentence"] + " Of 62 other comparisons: ")
