"""Columns of exports, remembered wave by wave."""

from datetime import date

import pytest

from cjm_helpers.study.settings import Settings, Wave
from cjm_helpers.study.sources.columns import KEPT, find_vanished, keep_columns

WAVES = tuple(Wave(f"2026-0{month}", date(2026, month, 1), date(2026, month, 28)) for month in (1, 2, 3))
STUDY = Settings("Shop", waves=WAVES, imports=({"file": "reviews.csv"}, {"file": "reviews.csv"}))


@pytest.fixture
def keep(tmp_path):
    """Keep the columns that an export has in a wave."""

    def make(wave: str, columns: str, *, file="reviews.csv", settings=STUDY):
        (tmp_path / file).write_text(f"{columns}\n")
        keep_columns(tmp_path, settings, wave=wave, raw=tmp_path)

    return make


def test_a_column_that_vanishes_is_found_in_its_wave_alone(keep, tmp_path):
    """An export that grows month by month is compared with what it had in the wave before; new columns are welcome."""
    keep("2026-01", "id,stars,text")
    keep("2026-02", "id,stars,lang")
    assert find_vanished(tmp_path, STUDY, wave="2026-02") == [("reviews.csv", ("text",), "2026-01", ("lang",))]
    assert not find_vanished(tmp_path, STUDY, wave="2026-01") and not find_vanished(tmp_path, STUDY, wave="2026-03")


def test_looking_twice_finds_the_same(keep, tmp_path):
    """The record is of waves, not of runs: the same update, run again, changes no byte of it."""
    keep("2026-01", "id,stars")
    keep("2026-02", "id")
    before, told = (tmp_path / KEPT).read_bytes(), find_vanished(tmp_path, STUDY, wave="2026-02")
    keep("2026-02", "id")
    assert (tmp_path / KEPT).read_bytes() == before and find_vanished(tmp_path, STUDY, wave="2026-02") == told != []


def test_files_of_their_own_wave_are_compared_with_their_namesakes(keep, tmp_path):
    """survey_2026_02.csv is compared with survey_2026_01.csv, whichever wave is updated, under its own name."""
    study = Settings("Shop", waves=WAVES, imports=({"file": "s_2026_01.csv"}, {"file": "s_2026_02.csv"}))
    (tmp_path / "s_2026_01.csv").write_text("id,pay\n")
    keep("2026-03", "id", file="s_2026_02.csv", settings=study)
    assert find_vanished(tmp_path, study, wave="2026-02") == [("s_2026_02.csv", ("pay",), "2026-01", ())]


def test_an_older_wave_keeps_the_columns_it_had(keep, tmp_path):
    """An export that is called alike every month has by now the columns of the newest wave on record."""
    keep("2026-01", "id,stars,text")
    keep("2026-02", "id,stars")
    before = (tmp_path / KEPT).read_bytes()
    keep("2026-01", "id,stars")
    assert (tmp_path / KEPT).read_bytes() == before


@pytest.mark.parametrize("spoilt", ["{", "[]", "3", '{"reviews.csv": []}', '{"reviews.csv": {"2026-01": 3}}'])
def test_a_spoilt_record_is_begun_anew(keep, tmp_path, spoilt):
    """It is only for comparing, so one that cannot be read, or holds something else, stops nothing."""
    keep("2026-01", "id,stars")
    (tmp_path / KEPT).write_text(spoilt)
    assert find_vanished(tmp_path, STUDY, wave="2026-01") == []
    keep("2026-02", "id")
    assert find_vanished(tmp_path, STUDY, wave="2026-02") == []


def test_a_study_without_exports_keeps_nothing(tmp_path):
    """No block, no record."""
    keep_columns(tmp_path, Settings("Shop"), wave="2026-01", raw=tmp_path)
    assert not (tmp_path / KEPT).exists()
