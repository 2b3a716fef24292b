"""Brings a study up to a wave: its days, new exports, faults, new customers; the reports follow."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from cjm_helpers.cli.assign import assign_new, say_nobody
from cjm_helpers.errors import FaultsFound, spell_command
from cjm_helpers.study.cautions import find_unplaced
from cjm_helpers.study.events import check_events
from cjm_helpers.study.folder import Study, open_study
from cjm_helpers.study.kit import find_study
from cjm_helpers.study.settings import FILE
from cjm_helpers.study.sources import RAW, import_sources
from cjm_helpers.study.sources.cells import EMPTY
from cjm_helpers.study.sources.columns import find_vanished, keep_columns
from cjm_helpers.study.sources.intake import Intake, take_in
from cjm_helpers.study.sources.next_wave import name_pattern, plan_wave
from cjm_helpers.study.tables import IMPORTED

NO_ROW = "{file} has headings and no row below them, so nothing came of it. Export it again, then repeat the update."
DAYS = (
    "The newest day of an answer or a verbatim is {newest}. If that is right, correct the days of the wave in "
    f"{FILE}; if the export is late, the same command takes it in once it is there."
)


EARLIER = (
    "{rows} more came in under {wave}, for their days lie there. If they belong to another wave, correct the days in "
    "the export and repeat the update; if they are late answers, make that wave's reports anew: {command}"
)


class Updated(NamedTuple):
    """What an update did, and what is wrong with the wave although every check passed; each in sentences.

    A wave is sound if nothing is wrong and no export lost a column; which one did, the reports say.
    """

    said: list[str]
    troubles: list[str]
    is_sound: bool


def update_study(place: str | Path, *, wave: str, first: date | None = None, last: date | None = None) -> Updated:
    """Take the exports of a wave into a study, check it, give new customers to the personas on record, and say so.

    Parameters
    ----------
    place
        The study's folder.
    wave
        The wave's id. One that study.toml does not know is added to it.
    first, last
        The days of a new wave; not needed where its id is a month, such as 2026-12.

    Raises
    ------
    StudyNotFound, CjmError
        There is no such study, it is an example, or the days of the wave are not known.
    FaultsFound
        With everything that is wrong in the exports or in the study; then the wave was not taken in.

    Examples
    --------
    >>> import tempfile
    >>> from cjm_helpers.study.kit import new_study
    >>> update_study(new_study(tempfile.mkdtemp()), wave="2026-12").troubles
    ['No customer was heard in 2026-12.']
    """
    folder = find_study(place)
    before = {file: (folder / file).read_bytes() for file in _list_imported(folder)}
    study = _open(folder)
    if faults := check_events(study):
        raise FaultsFound(faults, str(place))
    counts = {name: len(table) for name, table in study.tables.items()} if before else {}
    heard = _count_waves(study)
    changes = plan_wave(study.settings, wave, raw=folder / RAW, first=first, last=last)
    tried = take_in(study, Intake(changes=changes))
    is_imported = before != {file: (folder / file).read_bytes() for file in _list_imported(folder)}
    after = open_study(folder) if changes or is_imported else study
    keep_columns(folder, after.settings, wave=wave, raw=folder / RAW)
    said = [f"The wave {wave} was added to {FILE}."] if "waves" in changes else []
    files = dict.fromkeys(block["file"] for block in after.settings.imports[len(study.settings.imports) :])
    said += [f"New export: {file}, read like that of the wave before." for file in files]
    said += [_say_rows(after, counts) if is_imported else _say_nothing(after)]
    said += [assign_new(after, wave=wave)]
    troubles = _find_empty(tried.report.table, waves=after.settings.wave_ids, wave=wave)
    troubles += _say_earlier(after, heard, wave=wave) if before else []
    troubles += _say_days(after, wave) if said[-1] == say_nobody(wave) else []
    return Updated(said, troubles, not (troubles or find_vanished(folder, after.settings, wave=wave)))


def _list_imported(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in (folder / IMPORTED).rglob("*.csv"))


def _open(folder: Path) -> Study:
    """Open a study; one whose tables are not imported yet, or were made from faulty exports, is imported first."""
    try:
        return open_study(folder)
    except FaultsFound:
        import_sources(folder)
        return open_study(folder)


def _find_empty(blocks: pd.DataFrame, *, waves: tuple[str, ...], wave: str) -> list[str]:
    """Say the exports of a wave, and those of every wave, that hold no row."""
    if blocks.empty:
        return []
    rows = (blocks["rows_in_file"] - blocks[f"rows {EMPTY}"]).groupby(blocks["file"], sort=False).max()
    empty = [file for file in rows.index[rows.eq(0)] if name_pattern(file, waves)[1] in ("", wave)]
    return [NO_ROW.format(file=file) for file in empty]


def _say_days(study: Study, wave: str) -> list[str]:
    """Say that nobody was heard in a wave, and which days came in instead."""
    days = pd.concat([study.responses["date"], study.feedback["date"]])
    newest = [DAYS.format(newest=f"{days.max():%Y-%m-%d}")] if days.notna().any() else []
    return [" ".join([say_nobody(wave), *newest]), *map(str, find_unplaced(study))]


def _count_waves(study: Study) -> Counter:
    """Count what customers said, by wave and kind."""
    kinds = {"answers": study.responses, "verbatims": study.feedback}
    return Counter((wave, kind) for kind, table in kinds.items() for wave in table["wave"])


def _say_earlier(study: Study, before: Counter, *, wave: str) -> list[str]:
    """Say what came in under waves before this one."""
    more, order = _count_waves(study) - before, study.settings.wave_ids
    said = []
    for one in order[: order.index(wave)]:
        rows = [f"{more[one, kind]:,} {kind}" for kind in ("answers", "verbatims") if more[one, kind]]
        again = spell_command(f"report {study.folder.name} --wave {one}")
        said += [EARLIER.format(rows=" and ".join(rows), wave=one, command=again)] if rows else []
    return said


def _say_rows(study: Study, counts: dict[str, int]) -> str:
    grown = {name: len(table) - counts.get(name, 0) for name, table in study.tables.items()}
    told = ", ".join(f"{name} {count:+,}".replace("-", "−") for name, count in grown.items() if count)
    return f"Imported, rows: {told}." if told else "Imported: as many rows as before, with other values."


def _say_nothing(study: Study) -> str:
    if not study.settings.imports:
        return f"{FILE} holds no [[import]] block, so nothing was imported."
    return "Nothing new in raw/: every table stands as it did."
