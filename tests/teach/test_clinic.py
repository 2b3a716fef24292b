"""The clinic visit can be made again from its seed, and few people and much talk lead to what was planted."""

import filecmp
import re
import tomllib

import pytest

from cjm_helpers.drawing.journey_map import draw_journey_map
from cjm_helpers.method.emotion import summarise_emotion
from cjm_helpers.method.feedback import check_codebook, measure_reliability, measure_saturation
from cjm_helpers.method.journey import build_journey
from cjm_helpers.method.kpis import measure_kpis
from cjm_helpers.method.privacy import has_personal_data
from cjm_helpers.method.themes import summarise_themes
from cjm_helpers.method.touchpoints import count_events, find_gaps
from cjm_helpers.stats.suppression import REPORTABLE_N
from cjm_helpers.study.folder import check_study, open_study
from cjm_helpers.study.kit import find_example
from cjm_helpers.study.selection import select_rows
from cjm_helpers.teach.clinic import simulate_clinic_visit

EXAMPLE = "clinic_visit"
PERSONAS = ("everyone", "first_timer", "regular", "companion")
LEAST_HIDDEN = {"everyone": 1, "first_timer": 3, "regular": 6, "companion": 6}  # touchpoints rated by fewer than five
NO_PERSON = {"German", "March", "May", "July", "November", "Monday", "Thursday", "Champions", "League", "HIM"}
INSIDE_A_SENTENCE = r"(?<=[a-z,;] )['\"]?([A-Z][a-zA-Z]+)"


@pytest.fixture(scope="module")
def stored():
    """Return the folder of the example as stored."""
    return find_example(EXAMPLE)


@pytest.fixture(scope="module")
def study(stored):
    """Return the example, opened and checked."""
    return open_study(stored)


@pytest.fixture(scope="module")
def truth(stored) -> dict:
    """Return what was planted."""
    return tomllib.loads((stored / "truth.toml").read_text(encoding="utf-8"))


def list_files(folder) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def measure_feelings(study, persona_id: str):
    part, settings = select_rows(study, persona_id=persona_id), study.settings
    rest = {"metrics": settings.metrics, "emotion": settings.emotion, "min_n": settings.min_n}
    return summarise_emotion(part.responses, part.touchpoints, **rest).set_index("touchpoint_id")


def count_themes(study):
    rest = {"codebook": study.codebook, "decisions": study.coding_decisions, "alignments": study.alignments}
    return summarise_themes(study.feedback, study.codings, touchpoints=study.touchpoints, **rest)


def test_the_seed_makes_the_stored_files_again(stored, tmp_path):
    """Every stored file comes out of the simulation byte for byte, and no file more."""
    made, files = simulate_clinic_visit(tmp_path / EXAMPLE), list_files(stored)
    assert list_files(made) == files
    assert filecmp.cmpfiles(made, stored, files, shallow=False)[1:] == ([], [])


def test_another_seed_makes_another_study(study, tmp_path):
    """A class can be given papers of its own, about the same clinic and with the same interviews."""
    other = open_study(simulate_clinic_visit(tmp_path / "own", seed=1))
    assert other.touchpoints.equals(study.touchpoints)
    assert other.feedback["text"].equals(study.feedback["text"])
    assert not other.responses["score"].equals(study.responses["score"])


def test_it_passes_every_check(stored):
    """No file of the study holds a fault."""
    assert check_study(stored).faults == []


def test_it_has_the_size_asked_for(study, truth):
    """Three dozen papers, twelve interviews of six to ten paragraphs, two coders, three raters, no event."""
    talks = study.feedback.query("source == 'interview'").groupby("speaker").size()
    assert (len(study.customers), len(talks)) == (truth["expected"]["asked"], truth["expected"]["interviewed"])
    assert talks.between(6, 10).all()
    assert (study.codings["coder_id"].nunique(), study.touchpoint_ratings["rater_id"].nunique()) == (2, 3)
    assert study.events is None


def test_the_personas_come_from_a_workshop(study):
    """All three are proto-personas, and every paper and every interview belongs to one of them."""
    assert study.personas["basis"].tolist() == ["proto"] * 3
    heard = {*study.customers["customer_id"], *study.feedback["speaker"]} - {""}
    assert heard == set(study.persona_assignments["customer_id"])


@pytest.mark.parametrize("persona_id", PERSONAS)
def test_the_lowest_and_the_highest_step_are_found(study, truth, persona_id):
    """The wait is the low and the nurse the high; who comes along minds the talk with the doctor more."""
    value = measure_feelings(study, persona_id)["value"]
    assert value.idxmin() == truth["expected"]["lowest"][persona_id]
    assert value.idxmax() == truth["expected"]["highest"]


@pytest.mark.parametrize("persona_id", PERSONAS)
def test_nothing_from_few_people_is_called_reportable(study, persona_id):
    """No touchpoint has thirty marks, so none is reportable, and those with fewer than five show nothing."""
    found = measure_feelings(study, persona_id)
    assert set(found["flag"]) == {"indicative", "suppressed"}
    hidden = found.query("flag == 'suppressed'")
    assert len(hidden) >= LEAST_HIDDEN[persona_id] and hidden["value"].isna().all()


@pytest.mark.parametrize("persona_id", PERSONAS)
def test_a_kpi_is_reportable_only_with_enough_people(study, persona_id):
    """What everybody was asked is reportable for everyone and for no persona."""
    part = select_rows(study, persona_id=persona_id)
    kpis = measure_kpis(part.kpis, part.responses, kpi_readings=part.kpi_readings, metrics=study.settings.metrics)
    assert (kpis["flag"].eq("reportable") == kpis["n"].ge(REPORTABLE_N)).all()
    assert kpis["flag"].eq("reportable").any() == (persona_id == "everyone")


def test_the_interviews_say_what_the_paper_cannot(study, truth):
    """All interviewed name the silence and few the minutes; what hurts most stands on no paper."""
    expected, themes = truth["expected"], count_themes(study)
    waiting = themes.query("touchpoint_id == 'waiting_room'").set_index("code_id")["k"]
    assert waiting[expected["top_pain"]] == expected["interviewed"]
    assert waiting[expected["minutes_code"]] <= expected["interviewed"] / 3
    written = study.codings[study.codings["feedback_id"].str.startswith("w")]
    assert set(written["code_id"]).isdisjoint(expected["only_in_interviews"])
    assert themes.query("valence == 1").sort_values("k")["code_id"].iloc[-1] == expected["top_delight"]


def test_talk_is_counted_in_whole_people(study):
    """Nowhere did five people write, so no theme has a share."""
    themes = count_themes(study)
    assert set(themes["flag"]) == {"counted"}
    assert themes["value"].isna().all()


def test_further_interviews_bring_nothing_new(study, truth):
    """The first ten name all codes; the four of one persona are too few to judge."""
    rest = {"codebook": study.codebook, "decisions": study.coding_decisions}
    curve = measure_saturation(study.feedback, study.codings, **rest)
    assert curve.loc[curve["is_saturated"], "interview"].iloc[0] == truth["expected"]["saturated_after"]
    assert curve["codes_new"].iloc[-4:].tolist() == [0, 0, 0, 0]
    part = select_rows(study, persona_id="companion")
    own = measure_saturation(part.feedback, part.codings, codebook=study.codebook, decisions=part.coding_decisions)
    assert len(own) == 4 and not own["is_saturated"].any()


def test_the_vague_code_is_found(study, truth):
    """The code whose definition is vague, and no other, is to be revised."""
    table = measure_reliability(study.codings, codebook=study.codebook, seed=0, bootstraps=50)
    assert table.query("verdict == 'revise the code'")["code_id"].tolist() == [truth["coders"]["poor_code"]]


def test_the_planted_gaps_are_found(study, truth):
    """The box nobody spoke of is silent, the talk among patients was not planned, some places were not asked about."""
    part, expected = select_rows(study), truth["expected"]
    counts = count_events(part.events, part.touchpoints)
    gaps = find_gaps(part.touchpoints, responses=part.responses, event_counts=counts, feedback=part.feedback)
    named = gaps.groupby("kind")["touchpoint_id"].agg(set)
    assert named["silent"] == {expected["silent_touchpoint"]}
    assert named["blind"] == set(expected["blind_touchpoints"])
    asked = set(part.responses["touchpoint_id"])
    assert set(part.touchpoints["touchpoint_id"]) - asked == set(expected["not_asked"])


def test_the_next_wave_is_planned_and_empty(study, truth):
    """The newest wave is the one with rows; the planned one has a touchpoint more, and its map is a hypothesis."""
    assert select_rows(study).wave == truth["waves"][0]
    coming = select_rows(study, wave=truth["waves"][1])
    added = set(coming.touchpoints["touchpoint_id"]) - set(select_rows(study).touchpoints["touchpoint_id"])
    assert added == {truth["expected"]["next_wave_touchpoint"]} == set(truth["new"])
    assert build_journey(coming, bootstraps=1).finding.startswith("A hypothesis map: no customer was asked yet")


@pytest.mark.parametrize("persona_id", PERSONAS)
def test_the_map_quotes_nobody_who_said_no(study, persona_id):
    """Consent is mixed: yes, no and unknown; who said no stands on no map, and the map is drawn."""
    journey = build_journey(select_rows(study, persona_id=persona_id), bootstraps=1)
    consent = study.feedback.set_index("feedback_id")["consent"]
    quoted = journey.cells.query("kind == 'verbatim'")["item_id"]
    assert set(consent) == {"yes", "no", ""}
    assert len(quoted) and not consent[quoted].eq("no").any()
    assert draw_journey_map(journey).svg.startswith("<svg")


def test_no_text_names_a_person(study):
    """No verbatim holds a title, an address, a number, or a word inside a sentence that could be somebody's name."""
    texts = study.feedback["text"]
    assert not has_personal_data(texts).any()
    assert not texts.str.contains(r"\b(?:Mr|Mrs|Ms|Dr|Prof)\b").any()
    assert {word for text in texts for word in re.findall(INSIDE_A_SENTENCE, text)} <= NO_PERSON


def test_the_codebook_quotes_nobody_who_said_no(study):
    """No code's example is said, or is a part of what was said, by somebody who may not be quoted."""
    tables = {"feedback": study.feedback, "decisions": study.coding_decisions}
    checked = check_codebook(study.codebook, study.codings, **tables)
    assert not checked["finding"].str.contains("not quotable").any()
