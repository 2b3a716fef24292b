"""Changes study.toml as people ask for it in a form; its comments and its order stay."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import tomlkit
from tomlkit.items import AoT, Array, Comment, Table, Whitespace

from cjm_helpers.errors import CjmError
from cjm_helpers.study.keys import parse_toml
from cjm_helpers.study.reading import point_cells, read_sheets
from cjm_helpers.study.settings import FILE, Settings, check_settings, read_settings
from cjm_helpers.study.tables import IMPORTED, Sheet, digest_file, spell_sheet
from cjm_helpers.study.together import find_new_faults, refuse_changed, refuse_new_faults, write_together
from cjm_helpers.worksheets import SPECS

NAMED = {"stages": "stage", "metrics": "metric", "waves": "wave"}  # what may be renamed, and how people say it


def save_settings(
    folder: str | Path, *, changes: Mapping, renames: Mapping[str, Mapping[str, str]] | None = None, digest: str = ""
) -> Settings:
    """Change study.toml, and the worksheets where something gets a new name; whole or not at all.

    Parameters
    ----------
    changes
        Keys of study.toml with their new values. A group of keys is changed key by key, None takes a key away; a list
        such as waves or import is given whole.
    renames
        New names by old ones, under "stages", "metrics" or "waves"; the worksheets' rows follow.
    digest
        The fingerprint of study.toml as it was read; "" does not ask whether somebody changed it meanwhile.

    Raises
    ------
    FaultsFound
        The new study.toml has faults, or the study would have some that it has not now.
    WorksheetChanged
        Somebody changed study.toml, or a worksheet that something is renamed in, after it was read.

    Examples
    --------
    >>> import tempfile
    >>> from cjm_helpers.study.kit import new_study
    >>> folder = new_study(tempfile.mkdtemp())
    >>> save_settings(folder, changes={"name": "Checkout", "metrics": {"csat": {"min": 1, "max": 5}}}).name
    'Checkout'
    >>> "# Each round of listening." in (folder / "study.toml").read_text(encoding="utf-8")
    True
    """
    folder = Path(folder)
    digests = {FILE: digest or digest_file(folder / FILE)}
    refuse_changed(folder, digests)
    before = read_settings(folder / FILE)
    text = read_text(folder)
    content = change_text(text, changes=changes)
    after = check_text(content)
    sheets = _rename_cells(folder, renames or {}, settings=before)
    refuse_new_faults(find_new_faults(folder, before=before, after=after, sheets=sheets), subject="the study")
    files = {sheet.file: spell_sheet(sheet.cells, spec=SPECS[sheet.table]) for sheet in sheets}
    refuse_changed(folder, digests | {sheet.file: sheet.digest for sheet in sheets})  # the checks took a moment
    write_together(folder, files | {FILE: content.encode("utf-8")})
    return after


def read_text(folder: Path) -> str:
    """Return study.toml as text, whatever mark or line ends an editor left in it; refuses what cannot be read.

    Examples
    --------
    >>> from cjm_helpers.study.kit import find_example
    >>> read_text(find_example("retail_checkout")).splitlines()[1]
    'format = 1'
    """
    parse_toml(folder / FILE)
    return (folder / FILE).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")


def check_text(text: str) -> Settings:
    """Return what the text of a study.toml says, checked as `read_settings` does.

    Examples
    --------
    >>> check_text('name = "Shop"').name
    'Shop'
    """
    return check_settings(tomlkit.parse(text).unwrap())


def change_text(text: str, *, changes: Mapping) -> str:
    """Return the text of a study.toml with some keys changed; what is not named stays as it is, letter by letter.

    Examples
    --------
    >>> change_text('name = "A"  # ours\\nseed = 1\\n', changes={"name": "B", "seed": None})
    'name = "B"  # ours\\n'
    """
    document = tomlkit.parse(text)
    _merge(document, changes)
    return document.as_string().rstrip("\n") + "\n"


def count_uses(folder: str | Path, kind: str, *, name: str) -> dict[str, int]:
    """Return how many rows of each file of the study name a stage, metric or wave.

    Examples
    --------
    >>> from cjm_helpers.study.kit import find_example
    >>> count_uses(find_example("retail_checkout"), "stages", name="Purchase")["worksheets/touchpoints.csv"] > 0
    True
    """
    counts = {}
    for sheet in read_sheets(Path(folder)).sheets:
        columns = _list_columns(sheet, kind)
        rows = int((sheet.cells[columns] == name).any(axis=1).sum()) if columns else 0
        counts |= {sheet.file: rows} if rows else {}
    return counts


def _rename_cells(folder: Path, renames: Mapping, *, settings: Settings) -> list[Sheet]:
    """Return the worksheets with new names in their cells; imported rows have theirs from an export."""
    renames = {kind: {old: new for old, new in names.items() if old != new} for kind, names in renames.items()}
    changed = []
    for sheet in read_sheets(folder).sheets if any(renames.values()) else []:
        before = point_cells(sheet, settings)
        cells = before.copy()
        for kind, names in renames.items():
            for column in _list_columns(sheet, kind):
                cells[column] = cells[column].replace(dict(names))
        if not cells.equals(before):
            _refuse_imported(sheet, renames)
            changed.append(replace(sheet, cells=cells, has_decimal_comma=False))
    return changed


def _list_columns(sheet: Sheet, kind: str) -> list[str]:
    return [one.name for one in SPECS[sheet.table].columns if one.refers == kind and one.name in sheet.cells]


def _refuse_imported(sheet: Sheet, renames: Mapping) -> None:
    if sheet.file.startswith(IMPORTED):
        kind, old = next((kind, old) for kind, names in renames.items() for old in names if _has(sheet, kind, old))
        raise CjmError(
            f"The {NAMED[kind]} '{old}' stands in {sheet.file}, which is made from an export, so it keeps its name. "
            f"Nothing was written. Leave the name as it is, or take the export back first."
        )


def _has(sheet: Sheet, kind: str, name: str) -> bool:
    return any(sheet.cells[column].eq(name).any() for column in _list_columns(sheet, kind))


def _merge(place, changes: Mapping) -> None:
    """Change the keys of a document or of one of its groups, each only where its value differs."""
    for key, value in changes.items():
        old = place.get(key)
        if value is None or (isinstance(old, AoT) and not value):
            if old is not None:
                _remove(place, key)
        elif isinstance(value, Mapping) and isinstance(old, Mapping):
            _merge(old, value)
        elif isinstance(old, AoT) and value and isinstance(value[0], Mapping):
            _merge_groups(place, key, value)
        elif old is None or tomlkit.item(old).unwrap() != value:
            place[key] = _spell(value, place=place)


def _merge_groups(place, key: str, wanted: list[Mapping]) -> None:
    """Give a list of [[ ]] groups its new members; those that were there keep their comments."""
    old = list(place[key])
    values = [group.unwrap() for group in old]
    groups, tail = [], []
    for group in wanted:
        at = next((at for at, value in enumerate(values) if value == group), None)
        if at is None and "id" in group:
            at = next((at for at, value in enumerate(values) if value and value.get("id") == group["id"]), None)
        if at is None:
            groups.append(_spell_group(group))
            continue
        _merge(old[at], dict(group) | {name: None for name in values[at] if name not in group})
        groups.append(old[at])
        values[at] = None
    for at, value in enumerate(values):
        tail += [] if value is None else _cut_tail(old[at])
    _add_tail(groups[-1], tail)
    place[key] = _list_groups(groups)


def _remove(place, key: str) -> None:
    """Remove a key; notes that stood below a group, most often about the next one, move to the end of its neighbour."""
    old = place[key]
    last = old[-1] if isinstance(old, AoT) and len(old) else old
    tail = _cut_tail(last) if isinstance(last, Table) else []
    del place[key]
    others = [value for value in place.values() if isinstance(value, Table) and not value.is_super_table()]
    if tail and others:
        _add_tail(others[-1], tail)
    elif tail:
        for item in tail:
            place.add(item)


def _cut_tail(group: Table) -> list:
    """Take the notes after the last key of a group away and return them."""
    body = group.value.body
    tail = []
    while body and isinstance(body[-1][1], Comment | Whitespace):
        tail.insert(0, body.pop()[1])
    return tail if any(isinstance(item, Comment) for item in tail) else []


def _add_tail(group: Table, tail: list) -> None:
    for item in tail:
        group.value.body.append((None, item))


def _spell(value, *, place):
    """Return a value as TOML writes it: groups of groups as [a.b], lists of groups as [[a]], others on one line."""
    is_top = isinstance(place, tomlkit.TOMLDocument)
    if isinstance(value, Mapping) and is_top and any(isinstance(one, Mapping) for one in value.values()):
        parent = tomlkit.table(is_super_table=True)
        for key, one in value.items():
            parent[key] = _spell_group(one)
        return parent
    if isinstance(value, Mapping) and (is_top or isinstance(place, Table) and place.is_super_table()):
        return _spell_group(value)
    if isinstance(value, list) and value and isinstance(value[0], Mapping) and is_top:
        return _list_groups([_spell_group(one) for one in value])
    return _spell_inside(value)


def _list_groups(groups: list[Table]) -> AoT:
    for group in groups:
        body = group.value.body
        if not group.as_string().endswith("\n\n") and not (body and isinstance(body[-1][1], Comment)):
            group.value.body.append((None, tomlkit.nl()))
    return AoT(groups, parsed=True)  # else a blank line is put before each, again and again


def _spell_group(group: Mapping) -> Table:
    table = tomlkit.table()
    for key, value in group.items():
        table[key] = _spell_inside(value)
    table.add(tomlkit.nl())
    return table


def _spell_inside(value):
    if isinstance(value, Mapping):
        inline = tomlkit.inline_table()
        for key, one in value.items():
            inline[key] = _spell_inside(one)
        return inline
    if isinstance(value, list | tuple):
        array: Array = tomlkit.array()
        for one in value:
            array.append(_spell_inside(one))
        return array.multiline(bool(value) and isinstance(value[0], Mapping))
    return value
