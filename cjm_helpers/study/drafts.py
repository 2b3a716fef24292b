"""What an editor needs of a worksheet: its cells as text, the faults of a change, a save that loses nobody's work."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import pandas as pd

from cjm_helpers.errors import CjmError, Fault, FaultsFound, NotAWorksheet, WorksheetChanged
from cjm_helpers.study.folder import Study, name_worksheet, open_study, save_worksheet, try_sheet
from cjm_helpers.study.history import HISTORY, Version, list_versions
from cjm_helpers.study.ids import NUMBERED, name_new_id
from cjm_helpers.study.kit import SHIPPED, is_shipped
from cjm_helpers.study.merging import Conflict, merge_rows
from cjm_helpers.study.reading import point_cells
from cjm_helpers.study.tables import EVENTS, FIRST_ROW, IMPORTED, Sheet, make_sheet, read_sheet
from cjm_helpers.worksheets import SPECS, Table, split_list


@dataclass(frozen=True, eq=False)
class Draft:
    """A worksheet opened for editing: its text cells in the order of the file, and why it may not be changed, if so."""

    study: Study
    name: str
    part: str
    file: str
    frame: pd.DataFrame
    why_read_only: str = ""
    digest: str = ""

    @property
    def is_read_only(self) -> bool:
        return bool(self.why_read_only)

    @property
    def spec(self) -> Table:
        return SPECS[self.name]


class Saved(NamedTuple):
    """A worksheet as it stands after saving, and what of my changes could not stand beside someone else's."""

    draft: Draft
    conflicts: tuple[Conflict, ...] = ()


def open_sheet(study: Study, name: str, *, part: str = "") -> Draft:
    """Open a worksheet for editing as it stands on disk now, with the rows of every persona and wave.

    A table that only imports fill is opened with their rows, to be read.

    Raises
    ------
    FaultsFound
        The study was changed since it was opened and no longer passes its checks.
    ParameterError
        There is no such table, or the part is missing.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> draft = open_sheet(open_study("retail_checkout"), "goals")
    >>> draft.file, draft.is_read_only, draft.frame["goal_id"][0]
    ('worksheets/goals.csv', True, 'g1')
    """
    why = SHIPPED if is_shipped(study.folder) else ""
    try:
        file = name_worksheet(study, name, part=part)
    except NotAWorksheet as refused:
        file, why = f"{IMPORTED}/{name}.csv", str(refused)
    path, digest = study.folder / file, ""
    frame = pd.DataFrame(columns=SPECS[name].column_names, dtype="str")
    if path.exists() and name != EVENTS:  # those may be larger than memory
        sheet = read_sheet(path, folder=study.folder)
        frame, digest = _arrange_cells(sheet, study), sheet.digest
    if study.is_narrowed or digest != study.digests.get(file, ""):
        return open_sheet(open_study(study.folder), name, part=part)
    return Draft(study, name, part, file, frame, why, digest)


def read_versions(draft: Draft) -> dict[Version, pd.DataFrame]:
    """Return what a worksheet held before each time it was replaced, as text cells, the newest first.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> read_versions(open_sheet(open_study("retail_checkout"), "goals"))
    {}
    """
    kept = draft.study.folder / HISTORY
    versions = list_versions(draft.study.folder, draft.file)
    return {one: _arrange_cells(read_sheet(one.path, folder=kept), draft.study) for one in versions}


def check_draft(study: Study, name: str, *, frame: pd.DataFrame, part: str = "") -> list[Fault]:
    """Return every fault that saving these rows of a worksheet would find; nothing is written.

    Row 2 is the first row of frame, also where rows above are empty and would not be written.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> study = open_study("retail_checkout")
    >>> [fault.column for fault in check_draft(study, "goals", frame=study.goals.assign(primary_kpi_id="sales"))]
    ['primary_kpi_id']
    """
    file = name_worksheet(study, name, part=part)
    return try_sheet(study, make_sheet(frame, table=name, file=file, part=part))[1]


def save_draft(draft: Draft, *, frame: pd.DataFrame) -> Saved:
    """Save the rows of a draft; where someone else changed the file meanwhile, with their changes.

    Both sides' rows are merged, and a new row whose number they gave away too gets the next one. What clashes stands
    as they wrote it, and comes back with my version.

    Raises
    ------
    FaultsFound
        The rows would not pass the checks of the study; nothing was written. Rows are counted as in frame.
    CjmError
        The worksheet is only to be read.

    Examples
    --------
    >>> import tempfile
    >>> from cjm_helpers.study.folder import open_study
    >>> from cjm_helpers.study.kit import new_study
    >>> draft = open_sheet(open_study(new_study(tempfile.mkdtemp())), "personas")
    >>> saved = save_draft(draft, frame=pd.DataFrame({"persona_id": ["lena"], "name": ["Lena"]}))
    >>> saved.draft.frame["name"].tolist(), saved.conflicts
    (['Lena'], ())
    """
    if draft.is_read_only:
        raise CjmError(draft.why_read_only)
    try:
        study, conflicts = save_worksheet(draft.study, draft.name, frame=frame, part=draft.part), ()
    except WorksheetChanged:
        study, conflicts = _save_merged(draft, frame)
    return Saved(open_sheet(study, draft.name, part=draft.part), conflicts)


def _arrange_cells(sheet: Sheet, study: Study) -> pd.DataFrame:
    """Return the cells under every column of the table, numbers with a decimal point as they will be saved."""
    spec = SPECS[sheet.table]
    further = [name for name in sheet.cells.columns if name not in spec.column_names]
    return point_cells(sheet, study.settings).reindex(columns=[*spec.column_names, *further], fill_value="")


def _save_merged(draft: Draft, frame: pd.DataFrame) -> tuple[Study, tuple[Conflict, ...]]:
    """Save the rows together with those that stand in the file now; a file that is gone is written anew."""
    places = {}
    try:
        theirs = open_sheet(open_study(draft.study.folder), draft.name, part=draft.part)
        base = draft.frame if theirs.digest else theirs.frame
        mine = _renumber_rows(frame, base, theirs)
        merged = merge_rows(base, mine=mine, theirs=theirs.frame, key=draft.spec.key)
        places = _find_places(merged.frame, mine, key=draft.spec.key)
        return save_worksheet(theirs.study, draft.name, frame=merged.frame, part=draft.part), merged.conflicts
    except FaultsFound as found:
        faults = [_move_fault(fault, places) if fault.file == draft.file else fault for fault in found.faults]
        raise FaultsFound(faults, draft.file) from None


def _renumber_rows(frame: pd.DataFrame, base: pd.DataFrame, theirs: Draft) -> pd.DataFrame:
    """Return my rows, each new one under the next number where someone else gave its number to another row."""
    if theirs.name not in NUMBERED:
        return frame
    own = theirs.spec.key[0]
    given = set(theirs.frame[own]) - set(base[own])
    same = set(theirs.frame.itertuples(index=False, name=None))
    rows = frame.reindex(columns=theirs.frame.columns, fill_value="").itertuples(index=False, name=None)
    numbers = {}
    for number, row in zip(frame[own], rows, strict=True):
        if number in given and row not in same:
            taken = [*frame[own], *theirs.study.tables[theirs.name][own], *numbers.values()]
            numbers[number] = name_new_id(theirs.name, {}, taken=taken)
    columns = [own, *(column.name for column in theirs.spec.columns if column.kind == "ids" and not column.refers)]
    renamed = {name: [_rename_items(cell, numbers) for cell in frame[name]] for name in columns if name in frame}
    return frame.assign(**renamed) if numbers else frame


def _rename_items(cell: str, names: Mapping[str, str]) -> str:
    """Return a list of ids with new names; a cell without an old one stays as it is, letter by letter."""
    items = split_list(cell)
    return ";".join(names.get(item, item) for item in items) if names.keys() & set(items) else cell


def _find_places(merged: pd.DataFrame, mine: pd.DataFrame, *, key: tuple[str, ...]) -> dict[int, int]:
    """Return for each row of mine among the merged ones which row it is in mine."""
    columns = list(key) or list(mine.columns)
    places = {name: row for row, name in enumerate(mine[columns].itertuples(index=False, name=None), FIRST_ROW)}
    names = merged[columns].itertuples(index=False, name=None)
    return {row: places[name] for row, name in enumerate(names, FIRST_ROW) if name in places}


def _move_fault(fault: Fault, places: Mapping[int, int]) -> Fault:
    """Return a fault with the row as I see it; none where it is a row of someone else."""
    rows = tuple(places[row] for row in fault.rows if row in places)
    return replace(fault, row=places.get(fault.row), rows=rows)
