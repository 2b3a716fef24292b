"""What study.toml needs for a new wave: its days, and the exports that are called as those of a wave before."""

import calendar
import re
from datetime import date
from pathlib import Path

from cjm_helpers.errors import CjmError, spell_allowed
from cjm_helpers.study.settings import ALL_WAVES, NEWEST, Settings, Wave
from cjm_helpers.study.sources.blocks import read_blocks
from cjm_helpers.study.sources.exports import read_heading

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
WRITTEN = ("-", "_", "", ".")  # between the parts of a wave's id, as files are called


def plan_wave(settings: Settings, wave: str, *, raw: Path, first: date | None = None, last: date | None = None) -> dict:
    """Return the keys of study.toml that a new wave changes: waves, and import where an export came in for it.

    A wave that is called after a month, such as 2026-12, has its days. An export in raw/ that is called as one of a
    wave before, but for the wave, is read by the same blocks; answers that it does not ask for any more are left out.

    Parameters
    ----------
    wave
        The wave's id; of one that is known only the exports are looked for.
    first, last
        Its days; needed where the id is no month.

    Raises
    ------
    CjmError
        When the days of the wave are not known, or study.toml has others.

    Examples
    --------
    >>> plan_wave(Settings("Shop"), "2026-12", raw=Path("nowhere"))["waves"][-1]["end"]
    datetime.date(2026, 12, 31)
    """
    changes, known = {}, {one.id: one for one in settings.waves}
    if wave in known and first and last and (first, last) != (known[wave].start, known[wave].end):
        raise CjmError(
            f"study.toml has a wave '{wave}' already, from {known[wave].start} to {known[wave].end}. "
            f"Leave --from and --to out, or give the new wave another id."
        )
    if wave not in known:
        start, end = _find_days(settings, wave, first=first, last=last)
        waves = [*settings.waves, Wave(wave, start, end)]
        changes["waves"] = [{"id": one.id, "start": one.start, "end": one.end} for one in waves]
    blocks = _repeat_blocks(settings, wave, raw=raw)
    return changes | ({"import": [*settings.imports, *blocks]} if blocks else {})


def name_pattern(file: str, waves: tuple[str, ...]) -> tuple[str, str]:
    """Return what an export is called but for the wave, and that wave; "" where its name holds none.

    Examples
    --------
    >>> name_pattern("survey_2026_09.csv", ("2026-03", "2026-09")), name_pattern("reviews.csv", ("2026-09",))
    (('survey_{wave}.csv', '2026-09'), ('reviews.csv', ''))
    """
    found = ((wave, spelt) for wave in waves for spelt in spell_wave(wave) if spelt in file)
    wave, spelt = max(found, key=lambda pair: len(pair[1]), default=("", ""))
    return (file.replace(spelt, "{wave}") if wave else file), wave


def spell_wave(wave: str) -> tuple[str, ...]:
    """Return how a wave's id may stand in the name of a file.

    Examples
    --------
    >>> spell_wave("2026-09")
    ('2026-09', '2026_09', '202609', '2026.09')
    """
    return tuple(dict.fromkeys(wave.replace("-", sign) for sign in WRITTEN))


def _find_days(settings: Settings, wave: str, *, first: date | None, last: date | None) -> tuple[date, date]:
    if first and last:
        return first, last
    month = MONTH.fullmatch(wave)
    if not month or wave in (ALL_WAVES, NEWEST):
        known = spell_allowed(wave, settings.wave_ids) if settings.waves else "It knows no wave yet."
        raise CjmError(
            f"study.toml has no wave '{wave}'. {known} A wave that is called after its month, such as 2026-12, is "
            "added by itself; for any other say its days, such as --from 2026-12-01 --to 2026-12-31."
        )
    year, number = (int(part) for part in month.groups())
    start, end = date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])
    later = [one.id for one in settings.waves if one.start > end]
    if later:
        raise CjmError(
            f"The new wave '{wave}' would lie before {later[0]}, which study.toml has already. If that is meant, say "
            f"its days: --from {start} --to {end}."
        )
    return start, end


def _repeat_blocks(settings: Settings, wave: str, *, raw: Path) -> list[dict]:
    """Return a block for each export of this wave that no block names, made like that of the latest wave before."""
    exports = _find_exports(settings, wave, raw=raw)
    if exports:
        read_blocks(settings, raw=raw, read=read_heading)  # refuses what is misspelt, before it is repeated
    said = [block for block in settings.imports if block.get("file") in exports]
    return [_drop_unasked(_rename(block, *exports[block["file"]]), raw=raw) for block in said]


def _find_exports(settings: Settings, wave: str, *, raw: Path) -> dict[str, tuple[str, dict[str, str]]]:
    """Return by file of an earlier wave what its namesake of this wave is called, and what else is called anew."""
    named = [str(block.get("file", "")) for block in settings.imports]
    known, taken, found = settings.wave_ids, set(named), {}
    for before in reversed(known[: known.index(wave)] if wave in known else known):
        for old, new in zip(spell_wave(before), spell_wave(wave), strict=False):
            for file in dict.fromkeys(named):
                other = file.replace(old, new)
                if other not in taken and (raw / other).is_file():
                    found[file] = other, {before: wave, old: new}
                    taken.add(other)
    return found


def _rename(block: dict, file: str, names: dict[str, str]) -> dict:
    """Return a block that reads another file; what it gives to all rows, and its templates, name the new wave."""
    fixed = {name: names.get(value, value) for name, value in block.get("fixed", {}).items()}
    columns = {name: _replace(source, names) for name, source in block.get("columns", {}).items()}
    renamed = {"fixed": fixed, "columns": columns}
    return block | {"file": file} | {key: value for key, value in renamed.items() if key in block}


def _replace(source: str, names: dict[str, str]) -> str:
    old = next((one for one in names if one in source and "{" in source), "")
    return source.replace(old, names[old]) if old else source


def _drop_unasked(block: dict, *, raw: Path) -> dict:
    if not block.get("scores"):
        return block
    how = {key: block[key] for key in ("separator", "encoding") if key in block}
    headings = read_heading(raw / block["file"], **how)
    return block | {"scores": [score for score in block["scores"] if score.get("column") in headings]}
