"""The foot of the map: sources in words, shares of grades, who was heard, and the hash."""

from datetime import date

import pandas as pd

from cjm_helpers.method.journey import build_journey
from cjm_helpers.method.journey.foot import count_sources, hash_cells, score_evidence, share_grades, write_evidence
from cjm_helpers.method.touchpoints import count_events


def test_shares_of_grades_add_up():
    """Ten cells: 2 A, 3 B, 4 C, 1 D (methods.md section 8, by hand); ungraded cells do not count."""
    cells = pd.DataFrame({"grade": [*"AABBBCCCCD", ""]})
    assert share_grades(cells) == {"A": 0.2, "B": 0.3, "C": 0.4, "D": 0.1}
    assert round(score_evidence(share_grades(cells)), 2) == 0.57


def test_sources_are_counted_by_kind(shop):
    """Interviews count people, reviews count verbatims, each in the right number."""
    said = [{"feedback_id": f"f{i}", "source": "interview", "speaker": "P1"} for i in range(3)]
    study = shop(feedback=[*said, {"feedback_id": "r1", "source": "review"}])
    assert count_sources(study, count_events(None, study.touchpoints)) == [
        "120 survey answers",
        "1 interview",
        "1 review",
    ]


def test_customers_without_persona_are_told(shop):
    """The page for everyone says how many customers belong to no persona."""
    study = shop(persona_assignments=[{"customer_id": f"c{i:02}", "persona_id": "lena"} for i in range(39)])
    assert write_evidence(study, count_events(None, study.touchpoints)).endswith("; 1 of them without a persona.")


def test_the_foot_holds_its_parts(shop):
    """Journey, persona, wave, sources, grades, departments heard and the hash of the cells stand in the foot."""
    journey = build_journey(shop(persona_id="lena", wave="w1"))
    assert journey.foot.startswith(
        "Journey Buying shoes, persona lena, wave w1 (1 to 31 March 2026). 120 survey answers and 10 "
    )
    for part in (
        "D (assumed) 0% of cells, score 0.",
        "10 of 10 verbatims placed",
        "Heard: logistics and service.",
        "Newest answer 15 March 2026.",
    ):
        assert part in journey.foot
    assert journey.foot.endswith(f"Data {hash_cells(journey.cells)}.")


def test_the_hash_changes_with_any_cell(shop):
    """One changed word gives another hash."""
    cells = build_journey(shop()).cells
    assert hash_cells(cells) != hash_cells(cells.assign(text=cells["text"].str.replace("refused", "declined")))


def test_age_is_counted_from_the_day_named(shop):
    """With as_of in study.toml the foot says how old the newest answer is; without, only its day."""
    assert (
        "Newest answer 15 March 2026, 16 days before 31 March 2026."
        in build_journey(shop(settings={"as_of": date(2026, 3, 31)})).foot
    )
