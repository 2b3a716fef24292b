"""The examples can be made again from their seeds, are complete, and hold what their specification asks for."""

import filecmp
import shutil

import pandas as pd
import pyarrow.parquet as pq

from cjm_helpers.study.folder import open_study
from cjm_helpers.study.sources import import_sources
from cjm_helpers.teach.simulate import simulate_retail_checkout
from cjm_helpers.worksheets import split_list

MOST_BYTES = 2_500_000
EVENTS = "imported/events.parquet"


def list_files(folder) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_the_seed_makes_the_committed_files_again(twins):
    """Every committed file but the events comes out of the simulation byte for byte, and no file more."""
    made, committed = twins
    files = list_files(committed)
    assert list_files(made) == files
    texts = [name for name in files if name != EVENTS]
    assert filecmp.cmpfiles(made, committed, texts, shallow=False)[1:] == ([], [])


def test_the_seed_makes_the_same_events(twins):
    """The event log is the same row by row, and byte by byte where the same pyarrow wrote it."""
    new, old = (folder / EVENTS for folder in twins)
    pd.testing.assert_frame_equal(pd.read_parquet(new), pd.read_parquet(old))
    if pq.read_metadata(new).created_by == pq.read_metadata(old).created_by:
        assert new.read_bytes() == old.read_bytes()


def test_importing_again_changes_nothing(twins, tmp_path):
    """The committed imported/ is what `cjm import` makes of the committed raw/."""
    committed, folder = twins[1], tmp_path / "again"
    shutil.copytree(committed, folder)
    import_sources(folder)
    files = list_files(committed)
    assert filecmp.cmpfiles(folder, committed, files, shallow=False)[1:] == ([], [])


def test_another_seed_makes_another_study(tmp_path, committed):
    """A class can be given a study of its own: other answers, the same touchpoints."""
    folder = simulate_retail_checkout(tmp_path / "own", seed=1)
    other, study = open_study(folder), open_study(committed)
    assert other.touchpoints.equals(study.touchpoints)
    assert not other.responses["score"].equals(study.responses["score"])


def test_the_examples_are_small(twins):
    """A whole example stays under two and a half megabytes."""
    assert sum((twins[1] / name).stat().st_size for name in list_files(twins[1])) < MOST_BYTES


def test_the_example_has_the_size_asked_for(study):
    """Customers, answers, verbatims, codes, KPIs, ideas and waves are as many as the specification says."""
    counts = {name: len(table) for name, table in study.tables.items()}
    assert (counts["personas"], counts["customers"], counts["feedback"]) == (4, 2_000, 1_740)
    assert 11_000 < counts["responses"] < 14_000
    assert (counts["touchpoints"], counts["codebook"], counts["kpis"]) == (26, 20, 10)
    assert 10 <= counts["opportunities"] <= 12
    assert study.settings.wave_ids == ("2026-03", "2026-09")
    assert 58_000 < study.events.count().execute() < 62_000


def test_a_persona_fits_one_sheet(study):
    """Each persona meets 9 to 14 touchpoints, in all five stages, and all three types occur."""
    touchpoints = study.touchpoints
    assert set(touchpoints["type"]) == {"digital", "physical", "human"}
    for persona_id in study.personas["persona_id"]:
        met = touchpoints[touchpoints["persona_ids"].map(lambda ids: not ids or persona_id in split_list(ids))]
        assert 9 <= len(met) <= 14
        assert set(met["stage"]) == set(study.settings.stages)


def test_customers_rate_only_what_their_persona_meets(study):
    """No answer stands at a touchpoint that the customer's persona never meets."""
    allowed = study.touchpoints.set_index("touchpoint_id")["persona_ids"].map(split_list)
    answers = study.responses.query("metric == 'csat'").merge(study.persona_assignments[["customer_id", "persona_id"]])
    pairs = answers[["touchpoint_id", "persona_id"]].drop_duplicates().itertuples(index=False)
    assert not [pair for pair in pairs if pair.persona_id not in (allowed[pair.touchpoint_id] or [pair.persona_id])]


def test_every_persona_has_enough_customers_in_each_wave(study, truth):
    """The written rule finds the planted personas again, at least 200 customers in each wave."""
    members = study.customers.merge(study.persona_assignments[["customer_id", "persona_id"]], on="customer_id")
    sizes = members.groupby(["wave", "persona_id"]).size()
    assert sizes.min() >= 200
    for persona_id, persona in truth["personas"].items():
        assert sizes[("2026-03", persona_id)] == persona["customers_a_wave"]


def test_what_is_stated_names_its_evidence(study):
    """Every statement that was reported, and every idea, rests on rows that exist."""
    reported = study.statements.query("basis == 'reported'")
    assert reported["evidence_ids"].ne("").all()
    assert study.opportunities["evidence_ids"].ne("").all()
    assert set(study.statements["basis"]) == {"observed", "reported", "assumed"}
