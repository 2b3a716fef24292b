"""Reads study.toml: what the study is about, its stages, waves and metrics; whatever is misspelt is refused."""

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from cjm_helpers.errors import FaultsFound, spell_allowed
from cjm_helpers.study.keys import Keys, parse_toml

FORMAT = 1
FILE = "study.toml"
EVERYONE, FIRST, ALL_WAVES, NEWEST = "everyone", "first", "all", "newest"
STAGES = ("Awareness", "Consideration", "Purchase", "Retention", "Advocacy")
SMALLEST_MIN_N = 2  # one person's answer is never a group
ENDS = ("higher", "lower")
ATTRIBUTE_KINDS = ("numeric", "ordinal", "nominal", "multiple", "ignore", "sensitive")

TOP_KEYS = {
    "format": int, "name": str, "scenario": dict, "stages": list, "timezone": str, "seed": int, "min_n": int,
    "as_of": (str, date), "waves": list, "metrics": dict, "map": dict, "customers": dict, "dimensions": dict,
    "team": dict, "look": dict, "import": list, "events": dict,
}  # fmt: skip
SCENARIO_KEYS = {"name": str, "starts_with": str, "ends_with": str}
WAVE_KEYS = {"id": str, "start": date, "end": date}
METRIC_KEYS = {"question": str, "min": (int, float), "max": (int, float), "better": str}
MAP_KEYS = {"emotion": (str, list), "outcome": str}
LOOK_KEYS = {"organisation": str, "accent": str}
EVENTS_KEYS = {"source": str}


@dataclass(frozen=True)
class Scenario:
    """The journey that is studied: its name, and where it begins and ends."""

    name: str = ""
    starts_with: str = ""
    ends_with: str = ""


@dataclass(frozen=True)
class Wave:
    """One round of listening; both days belong to it."""

    id: str
    start: date
    end: date


@dataclass(frozen=True)
class Metric:
    """One question with its scale; better says which end is good."""

    id: str
    question: str = ""
    min: float = 1
    max: float = 5
    better: str = "higher"


@dataclass(frozen=True)
class Settings:
    """What study.toml says, checked, with the defaults filled in."""

    name: str
    scenario: Scenario = Scenario()
    stages: tuple[str, ...] = STAGES
    waves: tuple[Wave, ...] = ()
    metrics: dict[str, Metric] = field(default_factory=dict)
    emotion: tuple[str, ...] = ()
    outcome: str = ""
    min_n: int = 5
    seed: int = 0
    timezone: str = "UTC"
    as_of: str | date = NEWEST
    customers: dict = field(default_factory=dict)
    dimensions: dict = field(default_factory=dict)
    team: dict = field(default_factory=dict)
    look: dict = field(default_factory=dict)
    imports: tuple[dict, ...] = ()
    events_source: str = ""

    @property
    def wave_ids(self) -> tuple[str, ...]:
        return tuple(wave.id for wave in self.waves)


def read_settings(file: str | Path) -> Settings:
    """Read a study.toml and refuse it with every fault it has.

    Raises
    ------
    FaultsFound
        Naming each unknown key, wrong kind of value and impossible combination.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "study.toml"
    >>> _ = file.write_text('name = "Checkout"')
    >>> read_settings(file).stages[0]
    'Awareness'
    """
    file = Path(file)
    return check_settings(parse_toml(file), place=str(file))


def check_settings(data: dict, *, place: str = FILE) -> Settings:
    """Return what the keys of a study.toml say, or refuse them with every fault; place is what the error names.

    Raises
    ------
    FaultsFound
        Naming each unknown key, wrong kind of value and impossible combination.

    Examples
    --------
    >>> check_settings({"name": "Checkout", "seed": 7}).seed
    7
    """
    keys = Keys(FILE)
    version = data.get("format", FORMAT)
    if isinstance(version, int) and version > FORMAT:  # a newer format is not judged by the rules of this one
        what = f"The study is written in format {version}, and this workbook reads format {FORMAT}."
        keys.say(what, remedy="Update the workbook, then open the study again.")
    settings = None if keys.faults else _build(data, keys)
    if keys.faults:
        raise FaultsFound(keys.faults, place)
    return settings


def _build(data: dict, keys: Keys) -> Settings:
    top = {"name": ""} | keys.keep(data, TOP_KEYS, place="The top of the file", required=("name",))
    metrics = _read_metrics(top.get("metrics", {}), keys)
    emotion, outcome = _read_map(top.get("map", {}), metrics, keys)
    settings = Settings(
        scenario=Scenario(**keys.keep(top.get("scenario", {}), SCENARIO_KEYS, place="scenario")),
        stages=keys.keep_texts(top.get("stages", list(STAGES)), place="stages"),
        waves=_read_waves(top.get("waves", []), keys),
        metrics=metrics,
        emotion=emotion,
        outcome=outcome,
        customers=keys.keep_words(top.get("customers", {}), place="[customers]", allowed=ATTRIBUTE_KINDS),
        dimensions=keys.keep_words(top.get("dimensions", {}), place="[dimensions]"),
        team=keys.keep_words(top.get("team", {}), place="[team]"),
        look=keys.keep(top.get("look", {}), LOOK_KEYS, place="[look]"),
        imports=tuple(keys.keep_groups(top.get("import", []), place="[[import]]")),
        events_source=keys.keep(top.get("events", {}), EVENTS_KEYS, place="[events]").get("source", ""),
        **{key: top[key] for key in ("name", "min_n", "seed", "timezone", "as_of") if key in top},
    )
    _check_values(settings, top.get("format", FORMAT), keys)
    return settings


def _read_waves(items: list, keys: Keys) -> tuple[Wave, ...]:
    waves = []
    for number, item in enumerate(keys.keep_groups(items, place="[[waves]]"), start=1):
        kept = keys.keep(item, WAVE_KEYS, place=f"[[waves]] number {number}", required=tuple(WAVE_KEYS))
        if len(kept) == len(WAVE_KEYS):
            waves.append(Wave(**kept))
    waves.sort(key=lambda wave: wave.start)
    _check_waves(waves, keys)
    return tuple(waves)


def _check_waves(waves: list[Wave], keys: Keys) -> None:
    ids = [wave.id for wave in waves]
    for wave in waves:
        if wave.start > wave.end:
            keys.say(
                f"The wave '{wave.id}' ends on {wave.end}, before it starts on {wave.start}.", remedy="Swap the days."
            )
        if wave.id in (ALL_WAVES, NEWEST):
            keys.say(f"A wave cannot be called '{wave.id}': the word chooses among waves.", remedy="Choose another id.")
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        keys.say(f"Two waves are called '{name}'.", remedy="Give each wave an id of its own.")
    for before, after in pairwise(waves):
        if after.start <= before.end:
            what = f"The waves '{before.id}' and '{after.id}' overlap: {after.start} is not after {before.end}."
            keys.say(what, remedy="Each day belongs to one wave.")


def _read_metrics(items: dict, keys: Keys) -> dict[str, Metric]:
    metrics = {}
    for name, item in keys.keep(items, dict.fromkeys(items, dict), place="[metrics]").items():
        place = f"[metrics.{name}]"
        metric = Metric(name, **keys.keep(item, METRIC_KEYS, place=place, required=("min", "max")))
        if metric.min >= metric.max:
            what = f"{place}: min = {metric.min} is not below max = {metric.max}."
            keys.say(what, remedy="Write both ends of the scale.")
        if metric.better not in ENDS:
            keys.say(f"{place}: better = '{metric.better}' is not known.", allowed=spell_allowed(metric.better, ENDS))
        metrics[name] = metric
    return metrics


def _read_map(data: dict, metrics: dict, keys: Keys) -> tuple[tuple[str, ...], str]:
    kept = keys.keep(data, MAP_KEYS, place="[map]")
    emotion, outcome = kept.get("emotion", ()), kept.get("outcome", "")
    emotion = (emotion,) if isinstance(emotion, str) else tuple(emotion)
    emotion = keys.keep_texts(emotion, place="[map] emotion") if emotion else ()
    named = [("emotion", name) for name in emotion] + ([("outcome", outcome)] if outcome else [])
    for key, name in named:
        if name not in metrics:
            allowed = spell_allowed(name, metrics)
            keys.say(
                f"[map] {key} = '{name}' is no metric of the study.", allowed=allowed, remedy="Add it under [metrics]."
            )
    return emotion, outcome


def _check_values(settings: Settings, version, keys: Keys) -> None:
    if version != FORMAT:
        keys.say(f"format = {version} is not known.", allowed=f"Allowed: {FORMAT}.")
    if settings.min_n < SMALLEST_MIN_N:
        what = f"min_n = {settings.min_n} is too small to keep people unrecognised."
        keys.say(what, allowed=f"It is at least {SMALLEST_MIN_N}.")
    if isinstance(settings.as_of, str) and settings.as_of != NEWEST:
        allowed = 'It holds "newest", or a date such as 2026-03-01 without quotes.'
        keys.say(f"as_of = '{settings.as_of}' is not known.", allowed=allowed)
    accent = settings.look.get("accent", "")
    if accent and not re.fullmatch(r"#[0-9a-fA-F]{6}", accent):
        keys.say(f"[look] accent = '{accent}' is not a colour.", allowed='It is written like "#2a6f97".')
    _check_timezone(settings.timezone, keys)


def _check_timezone(timezone: str, keys: Keys) -> None:
    try:
        ZoneInfo(timezone)
    except (KeyError, ValueError, OSError):  # an unknown name, a broken one, the name of a folder
        nearest = spell_allowed(timezone, sorted(available_timezones())).partition("Allowed:")[0].strip()
        keys.say(f"timezone = '{timezone}' is not known.", allowed=nearest, remedy='Write it like "Europe/Berlin".')
