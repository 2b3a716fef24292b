"""Narrows a study to one persona, one wave and one value of a dimension, in every table at once."""

from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from cjm_helpers.errors import ParameterError, SelectedBefore
from cjm_helpers.study.folder import Study
from cjm_helpers.study.settings import ALL_WAVES, EVERYONE, FIRST, NEWEST
from cjm_helpers.worksheets import SPECS

WAVE_TABLES = ("responses", "feedback", "customers", "kpi_readings")
DIMENSION_TABLES = ("customers", "kpi_readings")
TABLES_BY_FEEDBACK = ("codings", "coding_decisions", "alignments")
TABLES_BY_PERSONA = ("personas", "touchpoints", "statements", "opportunities")


def select_rows(study: Study, *, persona_id: str = EVERYONE, wave: str = NEWEST, dimension: str = "") -> Study:
    """Return the study with the rows of one persona, one wave and one dimension's value; it carries all as resolved.

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
        One value of a dimension of study.toml, such as "market=Germany", or "" for no filter. Rows of customers with
        that value stay, and readings that name it; what speaks of no customer (statements, touchpoints, ideas) stays.

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
    waves = [NEWEST, ALL_WAVES, *study.settings.wave_ids]
    if persona_id not in personas:
        raise ParameterError("persona_id", persona_id, personas)
    if wave not in waves:
        raise ParameterError("wave", wave, waves)
    if dimension and dimension not in (known := list_dimensions(study)):
        raise ParameterError("dimension", dimension, known)
    wave = _find_newest(study) if wave == NEWEST else wave
    persona_id = _find_first(study, wave) if persona_id == FIRST else persona_id
    part = _narrow(study, persona_id, wave=wave, dimension=dimension)
    before = _find_earlier(study, wave)
    if not before:
        return part
    former = _name_before(study, persona_id, wave=wave)
    return replace(part, earlier=_narrow(study, former, wave=before, dimension=dimension))


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


def list_dimensions(study: Study) -> list[str]:
    """Return every value of every dimension, as `select_rows` takes it.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> list_dimensions(open_study("retail_checkout"))
    ['market=Austria', 'market=Germany', 'market=Netherlands']
    """
    found = []
    for name, column in study.settings.dimensions.items():
        said = [_read_dimension(study.tables[table], name, column=column) for table in DIMENSION_TABLES]
        found += [f"{name}={value}" for value in sorted(set(pd.concat(said)) - {""})]
    return found


def _narrow(study: Study, persona_id: str, *, wave: str, dimension: str) -> Study:
    tables = dict(study.tables)
    if wave != ALL_WAVES:
        tables = _select_wave(tables, wave, study.settings.wave_ids)
    if dimension:
        tables = _select_dimension(tables, dimension, study.settings.dimensions)
    if persona_id != EVERYONE:
        tables = _select_persona(tables, persona_id)
    tables = _select_by_feedback(tables) | {"kpi_readings": _select_whole(tables["kpi_readings"])}
    return replace(study, tables=tables, persona_id=persona_id, wave=wave, dimension=dimension, whole=study)


def _find_first(study: Study, wave: str) -> str:
    """Return the first persona with customers in the wave; without any, whose map would be the fullest."""
    listed, given = study.personas["persona_id"], study.persona_assignments
    is_now = given["wave"].isin(["", wave]) | (wave == ALL_WAVES)
    met = listed[listed.isin(given.loc[is_now, "persona_id"])]
    is_asked = len(study.responses) or len(study.feedback)
    return next(iter(met), EVERYONE if is_asked else next(iter(listed), EVERYONE))


def _find_newest(study: Study) -> str:
    return next(reversed(_list_heard(study)), ALL_WAVES)


def _find_earlier(study: Study, wave: str) -> str:
    """Return the wave with rows that comes before; "" where there is none."""
    heard = _list_heard(study)
    return heard[heard.index(wave) - 1] if wave in heard[1:] else ""


def _name_before(study: Study, persona_id: str, *, wave: str) -> str:
    """Return the id that the persona had before this wave, where a row of renames says that it got a new one."""
    renames = study.tables["renames"]
    is_meant = renames["kind"].eq("persona") & renames["new_id"].eq(persona_id) & renames["wave"].eq(wave)
    return renames.loc[is_meant, "old_id"].iloc[0] if is_meant.any() else persona_id


def _list_heard(study: Study) -> list[str]:
    present = {wave for name in WAVE_TABLES for wave in study.tables[name]["wave"].unique()}
    return [wave for wave in study.settings.wave_ids if wave in present]


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


def _select_dimension(tables: dict, dimension: str, columns: dict[str, str]) -> dict:
    name, _, value = dimension.partition("=")
    said = {table: _read_dimension(tables[table], name, column=columns[name]) for table in DIMENSION_TABLES}
    chosen = tables | {table: _keep(tables[table], values.eq(value)) for table, values in said.items()}
    values = tables["customers"][["customer_id", "wave"]].assign(persona_id=said["customers"])
    for table in ("responses", "feedback"):
        chosen[table] = _keep(tables[table], _is_assigned(tables[table], values, value))
    assignments = tables["persona_assignments"]
    is_member = assignments["customer_id"].isin(chosen["customers"]["customer_id"])
    return chosen | {"persona_assignments": _keep(assignments, is_member)}


def _read_dimension(table: pd.DataFrame, name: str, *, column: str) -> pd.Series:
    """Return a dimension's value in each row, from the column of its name or attribute; "" where none says it."""
    named = next((label for label in (name, column) if label in table), None)
    return table[named] if named else pd.Series("", index=table.index, dtype="str")


def _select_persona(tables: dict, persona_id: str) -> dict:
    assignments, customers = tables["persona_assignments"], tables["customers"]
    own = _keep(assignments, assignments["persona_id"] == persona_id)
    chosen = tables | {"persona_assignments": own}
    for name in ("responses", "feedback"):
        chosen[name] = _keep(tables[name], _is_assigned(tables[name], assignments, persona_id))
    is_always = customers["wave"].eq("") & customers["customer_id"].isin(own["customer_id"])
    chosen["customers"] = _keep(customers, is_always | _is_assigned(customers, assignments, persona_id))
    for name in TABLES_BY_PERSONA:
        chosen[name] = _keep(tables[name], _is_about(tables[name], persona_id))
    readings = tables["kpi_readings"]
    return chosen | {"kpi_readings": _keep(readings, readings["persona_id"] == persona_id)}


def _is_assigned(table: pd.DataFrame, assignments: pd.DataFrame, persona_id: str) -> pd.Series:
    """A row belongs to the persona its customer has in its wave, else to the one assigned without a wave."""
    is_member = pd.Series(False, index=table.index)
    person = table["customer_id"]
    if "speaker" in table:  # who is interviewed often has no customer number
        person = person.where(person != "", table["speaker"])
    for wave, assigned in assignments.groupby("wave"):  # "" comes first, so that a wave overrules it
        members = assigned.loc[assigned["persona_id"] == persona_id, "customer_id"]
        is_told = person.isin(assigned["customer_id"]) & (table["wave"].eq(wave) | (wave == ""))
        is_member = is_member.mask(is_told, person.isin(members))
    return is_member & (person != "")


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
    return tables | {name: _keep(tables[name], tables[name]["feedback_id"].isin(known)) for name in TABLES_BY_FEEDBACK}


def _keep(table: pd.DataFrame, rows: pd.Series) -> pd.DataFrame:
    return table[rows].reset_index(drop=True)
