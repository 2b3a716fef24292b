"""Remembers the columns of each export, wave by wave, so that one that is no longer there is noticed."""

import json
from pathlib import Path
from typing import NamedTuple

from cjm_helpers.study.settings import Settings
from cjm_helpers.study.sources.exports import read_heading
from cjm_helpers.study.sources.next_wave import name_pattern
from cjm_helpers.study.tables import IMPORTED, write_whole

KEPT = f"{IMPORTED}/columns.json"


class Vanished(NamedTuple):
    """Columns that an export had in an earlier wave and has no longer, and those that it has for the first time."""

    export: str
    columns: tuple[str, ...]
    before: str
    new: tuple[str, ...] = ()


def keep_columns(folder: Path, settings: Settings, *, wave: str, raw: Path) -> None:
    """Keep which columns the exports of a study have now; one whose name tells no wave belongs to the wave given.

    Where a later wave is on record, what such an export has now is of that wave: the record stays.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "reviews.csv").write_text("id,stars\\n1,5\\n")
    >>> keep_columns(folder, Settings("Shop", imports=({"file": "reviews.csv"},)), wave="2026-12", raw=folder)
    >>> _read(folder)
    {'reviews.csv': {'2026-12': ['id', 'stars']}}
    """
    kept, order = _read(folder), settings.wave_ids
    later = set(order[order.index(wave) + 1 :]) if wave in order else set()
    for block in {block["file"]: block for block in settings.imports}.values():
        how = {key: block[key] for key in ("separator", "encoding") if key in block}
        pattern, own = name_pattern(block["file"], order)
        waves = kept.setdefault(pattern, {})
        if own or not later & waves.keys():
            waves[own or wave] = list(read_heading(raw / block["file"], **how))
    content = (json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
    if kept and (not (folder / KEPT).exists() or (folder / KEPT).read_bytes() != content):
        write_whole(folder / KEPT, content)


def find_vanished(folder: Path, settings: Settings, *, wave: str) -> list[Vanished]:
    """Return the exports that had more columns in the wave before that is on record.

    Examples
    --------
    >>> find_vanished(Path("nowhere"), Settings("Shop"), wave="2026-12")
    []
    """
    found, order = [], settings.wave_ids
    named = {str(block.get("file", "")) for block in settings.imports}
    files = {name_pattern(file, order): file for file in named}
    for pattern, columns in sorted(_read(folder).items()):
        export = files.get((pattern, wave)) or files.get((pattern, ""))
        earlier = [one for one in order[: order.index(wave)] if one in columns]
        if export and earlier:
            before = columns[earlier[-1]]
            now = columns.get(wave, before)
            gone, new = (
                tuple(name for name in one if name not in other) for one, other in ((before, now), (now, before))
            )
            found += [Vanished(export, gone, earlier[-1], new)] if gone else []
    return found


def _read(folder: Path) -> dict[str, dict[str, list[str]]]:
    """Return what is on record, none of what has another shape: it is only for comparing, so it stops nothing."""
    try:
        said = json.loads((folder / KEPT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    is_record = isinstance(said, dict) and all(isinstance(waves, dict) for waves in said.values())
    return said if is_record and all(_are_names(names) for waves in said.values() for names in waves.values()) else {}


def _are_names(names: object) -> bool:
    return isinstance(names, list) and all(isinstance(name, str) for name in names)
