"""Events are opened late, in place, and narrowed like every other table."""

import pandas as pd
import pytest

from cjm_helpers.errors import FaultsFound
from cjm_helpers.study.folder import check_study, open_study
from cjm_helpers.study.kit import new_study
from cjm_helpers.study.selection import select_rows
from cjm_helpers.worksheets import SPECS


def test_a_csv_has_the_columns_of_the_spec(folder):
    """Columns that the log lacks are there and empty; times are UTC."""
    events = open_study(folder).events
    assert events.columns == SPECS["events"].column_names
    table = events.order_by("timestamp").execute()
    assert table["timestamp"].tolist()[0] == pd.Timestamp("2026-03-05 10:00")
    assert table["value"].isna().all() and table["channel"].tolist()[0] == ""


def test_parquet_comes_before_csv(folder):
    """A Parquet file is read in place, also with times that carry their zone."""
    day = pd.Timestamp("2026-03-05 11:00", tz="Europe/Berlin")
    frame = pd.DataFrame({"customer_id": ["c9"], "timestamp": [day], "value": [2.5]})
    frame.to_parquet(folder / "imported" / "events.parquet")
    table = open_study(folder).events.execute()
    assert table["customer_id"].tolist() == ["c9"]
    assert table["timestamp"].tolist() == [pd.Timestamp("2026-03-05 10:00")]


def test_a_study_without_events_has_none(tmp_path):
    """No log is no fault."""
    assert open_study(new_study(tmp_path / "mine")).events is None


def test_a_missing_source_is_said(change):
    """A log that study.toml names and that is not there is said only when somebody asks for it."""
    study = open_study(change("study.toml", old="[map]", new='[events]\nsource = "imported/log.parquet"\n\n[map]'))
    with pytest.raises(FaultsFound, match="imported/log.parquet.* is not there"):
        _ = study.events


def test_a_missing_column_is_said(change):
    """A log without times is refused with the nearest name it has."""
    study = open_study(change("imported/events.csv", new="customer_id,timestmp\nc1,2026-03-05\n"))
    with pytest.raises(FaultsFound, match="Did you mean 'timestmp'"):
        _ = study.events


def test_events_of_a_persona(folder):
    """The persona's customers keep their events."""
    study = select_rows(open_study(folder), persona_id="lena", wave="all")
    assert study.events.execute()["customer_id"].tolist() == ["c1"]


@pytest.mark.parametrize(("wave", "kept"), [("spring", ["basket"]), ("autumn", ["advert"])])
def test_events_of_a_wave_follow_the_clock_of_the_study(folder, wave, kept):
    """Half past ten in the evening of 31 August in UTC is 1 September in Berlin."""
    events = select_rows(open_study(folder), wave=wave).events
    assert events.execute()["touchpoint_id"].tolist() == kept


def test_the_engine_never_downloads_and_is_limited(folder):
    """No extension is fetched or loaded by itself, and memory has a limit."""
    engine = open_study(folder).events.get_backend()
    names = ("autoinstall_known_extensions", "autoload_known_extensions", "memory_limit")
    values = [engine.raw_sql(f"SELECT current_setting('{name}')").fetchone()[0] for name in names]
    assert values == [False, False, "1.8 GiB"]  # 2 GB in powers of two


def test_events_are_opened_once(folder):
    """Asking twice gives the same table, so that the engine starts once."""
    study = open_study(folder)
    assert study.events is study.events


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("customer,when\nc1,2026\n", "Did you mean 'customer'?"),
        ("customer_id,timestamp\nc1,2026-03-05T10:00:00Z\n,2026-03-05T10:00:00Z\n", "1 of 2 rows have no customer."),
        ("customer_id,timestamp\nc1,yesterday\n", "column timestamp: 1 of 1 rows have no time that can be read."),
        (b"PK\x03\x04\x00\xff\xfe", "imported/events.csv: The file cannot be read as csv."),
    ],
)
def test_checking_looks_into_the_log(change, content, sentence):
    """A log that no report could use is said before any report is made."""
    assert sentence in str(check_study(change("imported/events.csv", new=content)))
