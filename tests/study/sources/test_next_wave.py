"""A new wave: its days, and the exports that are read as those of the wave before."""

from datetime import date

import pytest

from cjm_helpers.errors import CjmError, FaultsFound
from cjm_helpers.study.settings import Metric, Settings, Wave
from cjm_helpers.study.sources.next_wave import plan_wave

SPRING = Wave("2026-03", date(2026, 3, 1), date(2026, 3, 31))
AUTUMN = Wave("2026-09", date(2026, 9, 1), date(2026, 9, 30))
BLOCK = {
    "file": "survey_2026_09.csv", "table": "customers", "fixed": {"wave": "2026-09", "city": "Ulm, 2026-09"},
    "columns": {"customer_id": "2026_09-{id}", "said": "q_2026_09"}, "recode": {"city": {"2026-09": "2026-09"}},
}  # fmt: skip
SCORES = {
    "file": "2026-09/scores.csv", "table": "responses", "columns": {"customer_id": "{id}"},
    "scores": [{"column": "pay", "metric": "csat"}, {"column": "ad", "metric": "csat"}],
}  # fmt: skip


@pytest.fixture
def raw(tmp_path):
    """Return a folder with two exports of September and their namesakes of December."""
    (tmp_path / "2026-09").mkdir()
    (tmp_path / "2026-12").mkdir()
    (tmp_path / "survey_2026_09.csv").write_text("id,q_2026_09\n1,a\n")
    (tmp_path / "survey_2026_12.csv").write_text("id,q_2026_09\n1,a\n")
    (tmp_path / "2026-09" / "scores.csv").write_text("id,pay,ad\n1,2,3\n")
    (tmp_path / "2026-12" / "scores.csv").write_text("id,pay\n1,2\n")
    return tmp_path


def make_settings(*blocks, waves=(SPRING, AUTUMN)) -> Settings:
    """Return the settings of a study with some import blocks."""
    return Settings("Shop", waves=tuple(waves), metrics={"csat": Metric("csat")}, imports=tuple(blocks))


def test_a_wave_called_after_a_month_has_its_days(tmp_path):
    """February ends on the 29th in a leap year; the waves that were there stay as they are."""
    waves = plan_wave(make_settings(), "2028-02", raw=tmp_path)["waves"]
    assert [wave["id"] for wave in waves] == ["2026-03", "2026-09", "2028-02"]
    assert (waves[-1]["start"], waves[-1]["end"]) == (date(2028, 2, 1), date(2028, 2, 29))


@pytest.mark.parametrize("wave", ["2026-13", "2026-1", "december", "newest", "all"])
def test_any_other_wave_says_how_its_days_are_given(wave, tmp_path):
    """A slip in the id adds nothing: the sentence names the waves that are known, and what to write."""
    with pytest.raises(CjmError, match=f"no wave '{wave}'. .*2026-09.*--from"):
        plan_wave(make_settings(), wave, raw=tmp_path)


def test_a_known_wave_without_new_exports_changes_nothing(raw):
    """An update that is run again leaves study.toml alone."""
    assert plan_wave(make_settings(BLOCK), "2026-09", raw=raw) == {}


def test_a_known_wave_keeps_its_days(tmp_path):
    """Days that are given for it again may only be the same."""
    days = {"first": AUTUMN.start, "last": AUTUMN.end}
    assert plan_wave(make_settings(), "2026-09", raw=tmp_path, **days) == {}
    with pytest.raises(CjmError, match="a wave '2026-03' already, from 2026-03-01 to 2026-03-31"):
        plan_wave(make_settings(), "2026-03", raw=tmp_path, **days)


def test_the_namesake_of_an_export_is_read_like_it(raw):
    """The file, the wave that every row gets and the templates of ids are the new wave's; all else stays."""
    new = plan_wave(make_settings(BLOCK), "2026-12", raw=raw)["import"][-1]
    assert new == BLOCK | {
        "file": "survey_2026_12.csv", "fixed": {"wave": "2026-12", "city": "Ulm, 2026-09"},
        "columns": {"customer_id": "2026_12-{id}", "said": "q_2026_09"},
    }  # fmt: skip


def test_folders_may_carry_the_wave_and_questions_may_end(raw):
    """An export in the wave's own folder is found; scores whose column it lacks are left out."""
    blocks = plan_wave(make_settings(BLOCK, SCORES), "2026-12", raw=raw)["import"]
    assert [block["file"] for block in blocks[2:]] == ["survey_2026_12.csv", "2026-12/scores.csv"]
    assert blocks[-1]["scores"] == SCORES["scores"][:1]


def test_the_latest_wave_before_is_the_model(raw):
    """Where two waves before have such an export, the later one shows how it is read; a later wave never does."""
    old = BLOCK | {"file": "survey_2026_03.csv", "columns": {"customer_id": "old"}}
    (raw / "survey_2026_03.csv").write_text("old\n1\n")
    late = plan_wave(make_settings(BLOCK, old), "2026-12", raw=raw)["import"]
    assert [block["columns"]["customer_id"] for block in late[2:]] == ["2026_12-{id}"]
    (raw / "survey_2026_06.csv").write_text("old\n1\n")
    june = Wave("2026-06", date(2026, 6, 1), date(2026, 6, 30))
    early = plan_wave(make_settings(BLOCK, old, waves=(SPRING, june, AUTUMN)), "2026-06", raw=raw)["import"]
    assert [block["columns"]["customer_id"] for block in early[2:]] == ["old"]


def test_what_is_misspelt_is_not_repeated(raw):
    """A block with a fault is refused in its own words before it is copied."""
    with pytest.raises(FaultsFound, match="fixed is a group of keys"):
        plan_wave(make_settings(BLOCK | {"fixed": "2026-09"}), "2026-12", raw=raw)
