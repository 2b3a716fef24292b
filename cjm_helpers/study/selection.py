"""Narrows a study to one persona, one wave and one value of its dimensions, in every table at once."""

from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache

from cjm_helpers.errors import ParameterError, SelectedBefore
from cjm_helpers.study.dimensions import BETWEEN, split_dimensions
from cjm_helpers.study.folder import Study
from cjm_helpers.study.places import find_places
from cjm_helpers.study.settings import ALL_WAVES, EVERYONE, FIRST, NEWEST
from cjm_helpers.study.watching import notes_selection, take_part

PEOPLE_TABLES, WAVE_TABLES = ("responses", "feedback", "customers"), ("kpi_readings",)


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
    return list(_list_heard(study))


@lru_cache(maxsize=1)  # asked anew for each of hundreds of parts
def _list_heard(study: Study) -> list[str]:
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
    places = find_places(study, persona_id, wave=wave, dimensions=dimensions)
    part = {"persona_id": persona_id, "wave": wave, "dimension": BETWEEN.join(dimensions)}
    return replace(study, tables=take_part(study.tables, places, part=part), **part, whole=study)


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
