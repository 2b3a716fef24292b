"""Narrows a study to one persona and one wave, in every table at once."""

from dataclasses import replace

import pandas as pd

from cjm_helpers.errors import ParameterError
from cjm_helpers.study.folder import Study
from cjm_helpers.study.settings import ALL_WAVES, EVERYONE, NEWEST

WAVE_TABLES = ("responses", "feedback", "customers", "kpi_readings")
TABLES_BY_FEEDBACK = ("codings", "coding_decisions", "alignments")
TABLES_BY_PERSONA = ("personas", "touchpoints", "statements", "opportunities")


def select_rows(study: Study, *, persona_id: str = EVERYONE, wave: str = NEWEST) -> Study:
    """Return the study with the rows of one persona and one wave; it carries both as resolved.

    Parameters
    ----------
    persona_id
        A persona's id, or "everyone" for no filter; rows without a persona count for everyone only.
    wave
        A wave's id, "all" for no filter, or "newest": the last declared wave that has rows.

    Raises
    ------
    ParameterError
        With the values the study knows.

    Examples
    --------
    >>> from cjm_helpers.study.folder import new_study, open_study
    >>> import tempfile
    >>> select_rows(open_study(new_study(tempfile.mkdtemp()))).wave
    'all'
    """
    personas = [EVERYONE, *study.personas["persona_id"]]
    waves = [NEWEST, ALL_WAVES, *study.settings.wave_ids]
    if persona_id not in personas:
        raise ParameterError("persona_id", persona_id, personas)
    if wave not in waves:
        raise ParameterError("wave", wave, waves)
    wave = _find_newest(study) if wave == NEWEST else wave
    tables = dict(study.tables)
    if wave != ALL_WAVES:
        tables = _select_wave(tables, wave, study.settings.wave_ids)
    tables = _select_persona(tables, persona_id) if persona_id != EVERYONE else _select_everyone(tables)
    tables = _select_by_feedback(tables)
    return replace(study, tables=tables, persona_id=persona_id, wave=wave)


def _find_newest(study: Study) -> str:
    present = {wave for name in WAVE_TABLES for wave in study.tables[name]["wave"].unique()}
    return next((wave for wave in reversed(study.settings.wave_ids) if wave in present), ALL_WAVES)


def _select_wave(tables: dict, wave: str, order: tuple[str, ...]) -> dict:
    chosen = dict(tables)
    for name in ("responses", "feedback", "kpi_readings"):
        chosen[name] = _keep(tables[name], tables[name]["wave"] == wave)
    for name in ("customers", "persona_assignments", "statements"):
        chosen[name] = _keep(tables[name], tables[name]["wave"].isin(["", wave]))
    touchpoints = tables["touchpoints"]
    so_far, still = order[: order.index(wave) + 1], order[order.index(wave) :]
    exists = touchpoints["first_wave"].isin(["", *so_far]) & touchpoints["last_wave"].isin(["", *still])
    return chosen | {"touchpoints": _keep(touchpoints, exists)}


def _select_persona(tables: dict, persona_id: str) -> dict:
    assigned = _keep(tables["persona_assignments"], tables["persona_assignments"]["persona_id"] == persona_id)
    chosen = tables | {"persona_assignments": assigned}
    for name in ("responses", "feedback", "customers"):
        chosen[name] = _keep(tables[name], _is_assigned(tables[name], assigned))
    for name in TABLES_BY_PERSONA:
        chosen[name] = _keep(tables[name], _is_about(tables[name], persona_id))
    readings = tables["kpi_readings"]
    return chosen | {"kpi_readings": _keep(readings, readings["persona_id"] == persona_id)}


def _is_assigned(table: pd.DataFrame, assigned: pd.DataFrame) -> pd.Series:
    """A customer assigned without a wave belongs in every wave, else in the wave of the assignment only."""
    always = assigned.loc[assigned["wave"] == "", "customer_id"]
    is_member = table["customer_id"].isin(always)
    for wave, members in assigned[assigned["wave"] != ""].groupby("wave")["customer_id"]:
        is_member |= table["customer_id"].isin(members) & table["wave"].isin(["", wave])
    return is_member & (table["customer_id"] != "")


def _is_about(table: pd.DataFrame, persona_id: str) -> pd.Series:
    if "persona_ids" in table:
        listed = ";" + table["persona_ids"].str.replace(r"\s*;\s*", ";", regex=True) + ";"
        return (table["persona_ids"] == "") | listed.str.contains(f";{persona_id};", regex=False)
    if table.columns[0] == "persona_id":
        return table["persona_id"] == persona_id
    return table["persona_id"].isin(["", persona_id])


def _select_everyone(tables: dict) -> dict:
    """Return the readings of all customers where a KPI and period have them, else those of the personas."""
    readings = tables["kpi_readings"]
    is_whole = readings["persona_id"] == ""
    has_whole = is_whole.groupby([readings["kpi_id"], readings["period"]]).transform("any").astype(bool)
    return tables | {"kpi_readings": _keep(readings, is_whole | ~has_whole)}


def _select_by_feedback(tables: dict) -> dict:
    known = tables["feedback"]["feedback_id"]
    return tables | {name: _keep(tables[name], tables[name]["feedback_id"].isin(known)) for name in TABLES_BY_FEEDBACK}


def _keep(table: pd.DataFrame, rows: pd.Series) -> pd.DataFrame:
    return table[rows].reset_index(drop=True)
