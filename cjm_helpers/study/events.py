"""Opens the events of a study as an Ibis table, however large they are and wherever they stand."""

import tempfile
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import duckdb
import ibis
import pandas as pd

from cjm_helpers.errors import Fault, FaultsFound, spell_allowed
from cjm_helpers.study.ledger import note_file, note_outside
from cjm_helpers.study.settings import ALL_WAVES, EVERYONE, FILE
from cjm_helpers.study.tables import EVENTS, IMPORTED
from cjm_helpers.worksheets import SPECS

MEMORY_LIMIT = "2GB"  # the default takes most of the machine
REQUIRED = {
    "customer_id": ("customer", "Remove the rows, or write who it happened to."),
    "timestamp": ("time that can be read", "Write it as 2026-03-14T20:15:00Z."),
}
WAVE_OF = "wave of the event"
FILE_KINDS = (".parquet", ".csv")


def open_events(study):
    """Return the events of the study's persona, wave and dimension as an Ibis table, or None without any.

    timestamp is UTC; columns of the spec that the source lacks come out empty.

    Raises
    ------
    FaultsFound
        The source named in study.toml is not there, or lacks a required column.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> from cjm_helpers.study.kit import new_study
    >>> print(open_events(open_study(new_study(tempfile.mkdtemp()))))
    None
    """
    events = _open_source(study)
    if events is None:
        return None
    events = _shape(events, study)
    if study.wave != ALL_WAVES:
        events = _select_wave(events, study)
    if study.persona_id != EVERYONE:
        events = _select_people(events, study.persona_assignments, study=study)
    if study.dimension:
        events = _select_people(events, study.customers, study=study)
    return events


def check_events(study) -> list[Fault]:
    """Return what is wrong with the events: a source or column that lacks, rows without customer or readable time.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> from cjm_helpers.study.kit import new_study
    >>> check_events(open_study(new_study(tempfile.mkdtemp())))
    []
    """
    try:
        source = _open_source(study)
        if source is None:
            return []
        _shape(source, study)
    except FaultsFound as found:
        return list(found.faults)
    if "://" in study.settings.events_source:
        return []  # counting in a warehouse costs money
    has_time = source.timestamp.try_cast("timestamp").notnull()
    has_customer = source.customer_id.cast("string").fill_null("") != ""
    good = source.aggregate(all=source.count(), timestamp=has_time.sum(), customer_id=has_customer.sum()).to_pandas()
    counts = good.fillna(0).astype(int).iloc[0]
    return [_say_unreadable(name, counts[name], counts["all"]) for name in REQUIRED if counts[name] < counts["all"]]


def _open_source(study):
    source = study.settings.events_source
    if "://" in source:
        note_outside("a warehouse")
        place, _, table = source.partition("#")
        return ibis.connect(place).table(table or EVENTS)
    usual = [study.folder / IMPORTED / f"{EVENTS}{kind}" for kind in FILE_KINDS]
    for path in [study.folder / source] if source else usual:
        note_file(path)
    path = study.folder / source if source else next((path for path in usual if path.exists()), None)
    if path is None:
        return None
    if not path.exists():
        remedy = "Import again, or correct source under [events]."
        raise FaultsFound([Fault(f"The file of events '{source}' is not there.", file=FILE, remedy=remedy)], study.name)
    engine = _start_engine()
    try:
        return engine.read_csv(path) if path.suffix == ".csv" else engine.read_parquet(path)
    except duckdb.Error:
        what, remedy = f"The file cannot be read as {path.suffix[1:]}.", "Export it again, or import again."
        fault = Fault(what, file=path.relative_to(study.folder).as_posix(), remedy=remedy)
        raise FaultsFound([fault], study.name) from None


def _start_engine():
    """Return DuckDB in memory, told never to download and to spill what does not fit."""
    return ibis.duckdb.connect(
        autoinstall_known_extensions=False,
        autoload_known_extensions=False,
        memory_limit=MEMORY_LIMIT,
        temp_directory=str(Path(tempfile.gettempdir()) / f"cjm_events_{uuid4().hex}"),  # two engines must not share one
    )


def _shape(events, study):
    """Return the columns of the spec with their types, then any others."""
    spec = SPECS[EVENTS]
    missing = [name for name in REQUIRED if name not in events.columns]
    if missing:
        raise FaultsFound([_say_missing(name, events.columns) for name in missing], study.name)
    types = {"number": "float64", "time": "timestamp"}
    typed = {}
    for column in spec.columns:
        kind = types.get(column.kind, "string")
        values = events[column.name].cast(kind) if column.name in events.columns else ibis.null(kind)
        typed[column.name] = values.fill_null("") if kind == "string" else values
    others = {name: events[name] for name in events.columns if name not in typed}
    return events.select(**typed, **others)


def _say_missing(name: str, columns) -> Fault:
    return Fault(f"The column '{name}' is missing.", file=EVENTS, allowed=spell_allowed(name, columns))


def _say_unreadable(name: str, good: int, total: int) -> Fault:
    """Say how many rows lack what every event needs."""
    phrase, remedy = REQUIRED[name]
    return Fault(f"{total - good:,} of {total:,} rows have no {phrase}.", file=EVENTS, column=name, remedy=remedy)


def _select_wave(events, study):
    wave = next(wave for wave in study.settings.waves if wave.id == study.wave)
    return events.filter(_is_within(events, wave, study.settings.timezone))


def _is_within(events, wave, timezone: str):
    start, end = (_to_utc(day, timezone) for day in (wave.start, wave.end + timedelta(days=1)))
    return (events.timestamp >= start) & (events.timestamp < end)


def _select_people(events, listed: pd.DataFrame, *, study):
    """Keep the events of the customers listed; of one that is listed for single waves, those of these waves."""
    always, waves = listed.loc[listed["wave"] == "", ["customer_id"]], ["", *study.settings.wave_ids]
    if study.wave != ALL_WAVES or len(always) == len(listed):
        return events.semi_join(ibis.memtable(listed[["customer_id"]].drop_duplicates()), "customer_id")
    members = pd.concat([listed[["customer_id", "wave"]], *(always.assign(wave=wave) for wave in waves)])
    places = [(_is_within(events, wave, study.settings.timezone), wave.id) for wave in study.settings.waves]
    dated = events.mutate(**{WAVE_OF: ibis.cases(*places, else_="")})
    members = members.rename(columns={"wave": WAVE_OF}).drop_duplicates()
    return dated.semi_join(ibis.memtable(members), ["customer_id", WAVE_OF]).drop(WAVE_OF)


def _to_utc(day, timezone: str) -> pd.Timestamp:
    return pd.Timestamp(day).tz_localize(timezone).tz_convert("UTC").tz_localize(None)
