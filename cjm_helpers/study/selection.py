"""Narrows a study to one persona, one wave and one value of its dimensions, in every table at once."""

from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache

import pandas as pd

from cjm_helpers.errors import ParameterError, SelectedBefore
from cjm_helpers.study.dimensions import BETWEEN, TABLES, read_dimension, split_dimensions
from cjm_helpers.study.folder import Study
from cjm_helpers.study.settings import ALL_WAVES, EVERYONE, FIRST, NEWEST
from cjm_helpers.study.watching import notes_selection, watch_part
from cjm_helpers.worksheets import SPECS

PEOPLE_TABLES, WAVE_TABLES = ("responses", "feedback", "customers"), ("kpi_readings",)
TABLES_BY_CUSTOMER = ("responses", "feedback", "customers")
TABLES_BY_FEEDBACK = ("codings", "coding_decisions", "alignments")
TABLES_BY_PERSONA = ("personas", "touchpoints", "statements", "opportunities")


@notes_selection
def select_rows(study: Study, *, persona_id: str = EVERYONE, wave: str = NEWEST, dimension: str = "") -> Study:
    """Return the study with the rows of one persona, one wave and one kind of customer; it carries all as resolved.

    Its attribute earlier holds the same part in the wave before, or None; whole holds the study as it was given.

    Parameters
    ----------
    persona_id
        A persona's id, "everyone" for no filter, or "first": the first persona of the list that has customers in the
        wave; where none has, everyone if somebody answered, else the first of the list. Rows without a persona count
        for everyone only.
    wave
        A wave's id, "all" for no filter, or "newest": the last declared wave that has rows.
    dimension
        One value of a dimension of study.toml, such as "market=Germany", those of several such as
        "market=Germany;tier=gold", or "" for no filter. Rows of customers with these values stay, and readings that
        name them; what speaks of no customer (statements, touchpoints, ideas) stays.

    Raises
    ------
    ParameterError
        With the values the study knows.
    SelectedBefore
        When the study was narrowed already: its other rows are gone.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> from cjm_helpers.study.kit import new_study
    >>> import tempfile
    >>> select_rows(open_study(new_study(tempfile.mkdtemp()))).wave
    'all'
    """
    if study.is_narrowed:
        raise SelectedBefore(study.spell_part())
    listed = study.personas["persona_id"].tolist()
    personas = [EVERYONE, FIRST, *listed]
    if persona_id not in personas:
        raise ParameterError("persona_id", persona_id, personas)
    wave, dimensions = find_wave(study, wave), split_dimensions(study, dimension)
    persona_id = _find_first(study, wave) if persona_id == FIRST else persona_id
    part = narrow_rows(study, persona_id, wave=wave, dimensions=dimensions)
    before = _find_earlier(study, wave)
    if not before:
        return part
    former = _name_before(study, persona_id, wave=wave)
    return replace(part, earlier=narrow_rows(study, former, wave=before, dimensions=dimensions))


def select_personas(
    study: Study, *, wave: str = NEWEST, persona_ids: Collection[str] = (), dimension: str = ""
) -> list[Study]:
    """Return the part of each persona, in the order of the worksheet, to be laid side by side.

    Parameters
    ----------
    wave, dimension
        As for `select_rows`; the newest wave is that of the whole study, the same for all.
    persona_ids
        The personas to return, in this order, whether or not anything is known of them; without any, all those of whom
        the wave holds an answer, a verbatim, a reading or a statement of their own.

    Raises
    ------
    ParameterError
        With the ids the study knows.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> [part.persona_id for part in select_personas(open_study("clinic_visit"))]
    ['first_timer', 'regular', 'companion']
    """
    listed = study.personas["persona_id"].tolist()
    for persona_id in persona_ids:
        if persona_id not in listed:
            raise ParameterError("persona_ids", persona_id, listed)
    wanted = dict.fromkeys(persona_ids or listed)
    parts = [select_rows(study, persona_id=persona_id, wave=wave, dimension=dimension) for persona_id in wanted]
    return [part for part in parts if persona_ids or _has_own_rows(part)]


def _has_own_rows(part: Study) -> bool:
    """Tell whether a persona's part holds anything that is not said of everyone."""
    is_own = part.statements["persona_id"].eq(part.persona_id)
    return bool(len(part.responses) or len(part.feedback) or len(part.kpi_readings) or is_own.any())


def find_wave(study: Study, wave: str) -> str:
    """Return the wave that is meant: "newest" is the last declared one that has rows, "all" where none has.

    Raises
    ------
    ParameterError
        With the waves the study knows.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> find_wave(open_study("retail_checkout"), "newest")
    '2026-09'
    """
    waves = [NEWEST, ALL_WAVES, *study.settings.wave_ids]
    if wave not in waves:
        raise ParameterError("wave", wave, waves)
    return next(reversed(list_heard(study)), ALL_WAVES) if wave == NEWEST else wave


def list_heard(study: Study) -> list[str]:
    """Return the declared waves in which customers were heard, the oldest first; where nobody was, those with readings.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> list_heard(open_study("retail_checkout"))
    ['2026-03', '2026-09']
    """
    for names in (PEOPLE_TABLES, WAVE_TABLES):
        present = {wave for name in names for wave in study.tables[name]["wave"].unique()}
        if heard := [wave for wave in study.settings.wave_ids if wave in present]:
            return heard
    return []


def narrow_rows(study: Study, persona_id: str, *, wave: str, dimensions: Collection[str] = ()) -> Study:
    """Return one part of a study as `select_rows` does, for ids that are known, without the part of the wave before.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> len(narrow_rows(open_study("clinic_visit"), "regular", wave="all").personas)
    1
    """
    shared = study, wave, tuple(dimensions)
    tables = _select_shared(*shared)
    if persona_id != EVERYONE:
        tables = _select_persona(tables, persona_id, _find_owners(*shared))
    tables = _select_by_feedback(tables) | {"kpi_readings": _select_whole(tables["kpi_readings"])}
    dimension = BETWEEN.join(dimensions)
    part = {"persona_id": persona_id, "wave": wave, "dimension": dimension}
    return replace(study, tables=watch_part(study, tables, part=part), **part, whole=study)


@lru_cache(maxsize=2)  # of a wave and the one before it, while part after part is taken from them
def _select_shared(study: Study, wave: str, dimensions: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    """Return the rows of one wave and one kind of customer, of which every persona has some."""
    tables = dict(study.tables)
    if wave != ALL_WAVES:
        tables = _select_wave(tables, wave, study.settings.wave_ids)
    for dimension in dimensions:
        tables = _select_dimension(tables, dimension, columns=study.settings.dimensions, wave=wave)
    return tables


@lru_cache(maxsize=2)
def _find_owners(study: Study, wave: str, dimensions: tuple[str, ...]) -> dict[str, pd.Series]:
    """Return the persona of each row that has a customer."""
    tables = _select_shared(study, wave, dimensions)
    return {name: _find_owner(tables[name], tables["persona_assignments"]) for name in TABLES_BY_CUSTOMER}


def _find_first(study: Study, wave: str) -> str:
    """Return the first persona with customers in the wave; without any, whose map would be the fullest."""
    listed, given = study.personas["persona_id"], study.persona_assignments
    is_now = given["wave"].isin(["", wave]) | (wave == ALL_WAVES)
    met = listed[listed.isin(given.loc[is_now, "persona_id"])]
    is_asked = len(study.responses) or len(study.feedback)
    return next(iter(met), EVERYONE if is_asked else next(iter(listed), EVERYONE))


def _find_earlier(study: Study, wave: str) -> str:
    """Return the wave with rows that comes before; "" where there is none."""
    heard = list_heard(study)
    return heard[heard.index(wave) - 1] if wave in heard[1:] else ""


def _name_before(study: Study, persona_id: str, *, wave: str) -> str:
    """Return the id that the persona had before this wave, where a row of renames says that it got a new one."""
    renames = study.tables["renames"]
    is_meant = renames["kind"].eq("persona") & renames["new_id"].eq(persona_id) & renames["wave"].eq(wave)
    return renames.loc[is_meant, "old_id"].iloc[0] if is_meant.any() else persona_id


def _select_wave(tables: dict, wave: str, order: tuple[str, ...]) -> dict:
    chosen = dict(tables)
    for name in ("responses", "feedback", "kpi_readings"):
        chosen[name] = _keep(tables[name], tables[name]["wave"] == wave)
    for name in ("customers", "persona_assignments", "statements"):
        chosen[name] = _keep(tables[name], tables[name]["wave"].isin(["", wave]))
    assigned = chosen["persona_assignments"].sort_values("wave", kind="stable")
    chosen["persona_assignments"] = assigned.drop_duplicates("customer_id", keep="last").sort_index(ignore_index=True)
    touchpoints = tables["touchpoints"]
    so_far, still = order[: order.index(wave) + 1], order[order.index(wave) :]
    exists = touchpoints["first_wave"].isin(["", *so_far]) & touchpoints["last_wave"].isin(["", *still])
    return chosen | {"touchpoints": _keep(touchpoints, exists)}


def _select_dimension(tables: dict, dimension: str, *, columns: dict[str, str], wave: str) -> dict:
    name, _, value = dimension.partition("=")
    said = {table: read_dimension(tables[table], name, column=columns[name]) for table in TABLES}
    if wave != ALL_WAVES:
        said["customers"] = said["customers"].mask(_is_overruled(tables["customers"]), "")
    chosen = tables | {table: _keep(tables[table], values.eq(value)) for table, values in said.items()}
    values = tables["customers"][["customer_id", "wave"]].assign(persona_id=said["customers"])
    for table in ("responses", "feedback"):
        chosen[table] = _keep(tables[table], _find_owner(tables[table], values) == value)
    assignments = tables["persona_assignments"]
    is_member = _is_among(assignments["customer_id"], chosen["customers"]["customer_id"])
    return chosen | {"persona_assignments": _keep(assignments, is_member)}


def _is_overruled(customers: pd.DataFrame) -> pd.Series:
    """Tell which rows hold for every wave while their customer has one for the wave that was chosen."""
    is_of_wave = customers["wave"].ne("")
    return ~is_of_wave & _is_among(customers["customer_id"], customers.loc[is_of_wave, "customer_id"])


def _select_persona(tables: dict, persona_id: str, owners: dict[str, pd.Series]) -> dict:
    assignments, customers = tables["persona_assignments"], tables["customers"]
    own = _keep(assignments, assignments["persona_id"] == persona_id)
    chosen = tables | {"persona_assignments": own}
    for name in ("responses", "feedback"):
        chosen[name] = _keep(tables[name], owners[name] == persona_id)
    is_always = customers["wave"].eq("") & _is_among(customers["customer_id"], own["customer_id"])
    chosen["customers"] = _keep(customers, is_always | (owners["customers"] == persona_id))
    for name in TABLES_BY_PERSONA:
        chosen[name] = _keep(tables[name], _is_about(tables[name], persona_id))
    readings = tables["kpi_readings"]
    return chosen | {"kpi_readings": _keep(readings, readings["persona_id"] == persona_id)}


def _find_owner(table: pd.DataFrame, assignments: pd.DataFrame) -> pd.Series:
    """Return the persona that each row's customer has in its wave, else the one assigned without a wave, else ""."""
    person = table["customer_id"]
    if "speaker" in table:  # who is interviewed often has no customer number
        person = person.where(person != "", table["speaker"])
    *keys, given = (assignments[name].tolist() for name in ("customer_id", "wave", "persona_id"))
    known = dict(zip(zip(*keys, strict=True), given, strict=True))
    rows = zip(person.tolist(), table["wave"].tolist(), strict=True)
    owners = [known.get((who, wave), known.get((who, ""), "")) if who else "" for who, wave in rows]
    return pd.Series(owners, index=table.index, dtype="str")


def _is_about(table: pd.DataFrame, persona_id: str) -> pd.Series:
    if "persona_ids" in table:
        listed = ";" + table["persona_ids"].str.replace(r"\s*;\s*", ";", regex=True) + ";"
        return (table["persona_ids"] == "") | listed.str.contains(f";{persona_id};", regex=False)
    if table.columns[0] == "persona_id":
        return table["persona_id"] == persona_id
    return table["persona_id"].isin(["", persona_id])


def _select_whole(readings: pd.DataFrame) -> pd.DataFrame:
    """Return the readings of the whole where a KPI and period have them beside those of its parts: none counts twice.

    Parts are personas (one persona's readings have no whole beside them by now) and the study's own dimensions.
    """
    for part in ("persona_id", *readings.columns.difference(SPECS["kpi_readings"].column_names)):
        is_whole = readings[part] == ""
        has_whole = is_whole.groupby([readings["kpi_id"], readings["period"]]).transform("any").astype(bool)
        readings = _keep(readings, is_whole | ~has_whole)
    return readings


def _select_by_feedback(tables: dict) -> dict:
    known = tables["feedback"]["feedback_id"]
    kept = {name: _is_among(tables[name]["feedback_id"], known) for name in TABLES_BY_FEEDBACK}
    return tables | {name: _keep(tables[name], rows) for name, rows in kept.items()}


def _is_among(ids: pd.Series, known: pd.Series) -> pd.Series:
    """Tell which ids are among those known."""
    among = set(known.tolist())
    return pd.Series([one in among for one in ids.tolist()], index=ids.index, dtype=bool)


def _keep(table: pd.DataFrame, rows: pd.Series) -> pd.DataFrame:
    return table[rows].reset_index(drop=True)
