"""Opens a study, checks it, and saves what people change in its worksheets."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from cjm_helpers.errors import (
    CjmError,
    Fault,
    FaultsFound,
    NarrowedStudy,
    NotAWorksheet,
    ParameterError,
    WorksheetChanged,
    spell_command,
)
from cjm_helpers.study.cautions import find_cautions
from cjm_helpers.study.checks import check_tables
from cjm_helpers.study.filling import fill_blanks, name_assumptions
from cjm_helpers.study.history import keep_version
from cjm_helpers.study.joining import Placed, join_sheets
from cjm_helpers.study.kit import SHIPPED, find_study, is_shipped
from cjm_helpers.study.opened import take_opened
from cjm_helpers.study.reading import read_sheets
from cjm_helpers.study.settings import ALL_WAVES, EVERYONE, FILE, Settings, read_settings
from cjm_helpers.study.tables import (
    EVENTS,
    IMPORTED,
    WORKSHEETS,
    Sheet,
    digest_file,
    make_digest,
    make_sheet,
    spell_sheet,
    write_whole,
)
from cjm_helpers.study.twins import join_tables
from cjm_helpers.study.watching import digest_all, notes_opening, watch_study
from cjm_helpers.worksheets import SPECS


@dataclass(frozen=True, eq=False)
class Study:
    """A study as opened: each table is an attribute, empty with all its columns where nobody has filled it.

    persona_id, wave and dimension say what it was narrowed to, digests hold a fingerprint of each file as read, assumed
    says what was filled in that the team may not have meant, earlier holds the same persona one wave before, whole the
    study before it was narrowed, so that a step of the map has the same number for all of its parts.
    """

    folder: Path
    settings: Settings
    tables: Mapping[str, pd.DataFrame]
    persona_id: str = EVERYONE
    wave: str = ALL_WAVES
    dimension: str = ""
    digests: Mapping[str, str] = field(default_factory=dict)
    assumed: tuple[Fault, ...] = ()
    earlier: "Study | None" = field(default=None, repr=False)
    whole: "Study | None" = field(default=None, repr=False)
    placed: Mapping[str, Placed] = field(default_factory=dict, repr=False)  # rows as read; saving need not read again

    @property
    def name(self) -> str:
        return self.settings.name

    @property
    def is_narrowed(self) -> bool:
        """Whether rows of others are left out."""
        return (self.persona_id, self.wave, self.dimension) != (EVERYONE, ALL_WAVES, "")

    def spell_part(self) -> str:
        """Return in words which part of the study this is."""
        words = f"persona '{self.persona_id}' and wave '{self.wave}'"
        return f"{words}, {self.dimension}" if self.dimension else words

    @property
    def data_hash(self) -> str:
        """Twelve letters that change with any file of the study."""
        return digest_all(self.digests)

    @cached_property
    def events(self):
        """The events of the persona and wave as an Ibis table, or None where the study has none."""
        from cjm_helpers.study.events import open_events  # duckdb and ibis cost a second

        return open_events(self)

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name in SPECS and name != EVENTS:
            return self.tables[name]
        raise AttributeError(f"A study has no '{name}'. Its tables: {', '.join(SPECS)}.")

    def __repr__(self) -> str:
        rows = ", ".join(f"{name} {len(table):,}" for name, table in self.tables.items() if len(table))
        return f"Study '{self.name}', persona {self.persona_id}, wave {self.wave}: {rows or 'no rows yet'}"


class Findings(NamedTuple):
    """What checking a study found: faults stop it from opening, cautions do not."""

    faults: list[Fault]
    cautions: list[Fault]

    def __str__(self) -> str:
        lines = [f"- {fault}" for fault in self.faults]
        lines = [f"{len(lines)} to mend:" if lines else "No faults.", *lines]
        if self.cautions:
            lines += [f"{len(self.cautions)} to know:", *(f"- {caution}" for caution in self.cautions)]
        return "\n".join(lines)


@notes_opening
def open_study(place: str | Path) -> Study:
    """Open the study in a folder, or the example of that name, once every check passes.

    Raises
    ------
    StudyNotFound
        No study.toml stands there and no example has the name.
    FaultsFound
        With file, row, column and remedy of everything that is wrong.

    Examples
    --------
    >>> import tempfile
    >>> from cjm_helpers.study.kit import new_study
    >>> study = open_study(new_study(tempfile.mkdtemp()))
    >>> len(study.touchpoints)
    0
    """
    folder = find_study(place)
    if opened := take_opened(folder):
        return opened
    settings = read_settings(folder / FILE)
    study, faults = _load(folder, settings)
    if faults:
        raise FaultsFound(faults, str(place))
    return study


def check_study(place: str | Path) -> Findings:
    """Check a study and return everything found, without opening it.

    Raises
    ------
    StudyNotFound
        No study.toml stands there and no example has the name.

    Examples
    --------
    >>> import tempfile
    >>> from cjm_helpers.study.kit import new_study
    >>> check_study(new_study(tempfile.mkdtemp())).faults
    []
    """
    folder = find_study(place)
    try:
        settings = read_settings(folder / FILE)
    except FaultsFound as found:  # every table depends on it, so its faults are said alone
        return Findings(list(found.faults), [])
    study, faults = _load(folder, settings)
    if not faults:
        from cjm_helpers.study.events import check_events  # duckdb and ibis cost a second

        faults = check_events(study)
    return Findings(faults, [] if faults else find_cautions(study))


def save_worksheet(study: Study, name: str, *, frame: pd.DataFrame, part: str = "") -> Study:
    """Write one worksheet whole or not at all, and return the study as it stands with it.

    Parameters
    ----------
    frame
        All rows of the worksheet, in the order they shall stand; columns it lacks are written empty.
    part
        The coder or rater, for a table with a file for each.

    Raises
    ------
    FaultsFound
        The rows would not pass the checks of the study.
    WorksheetChanged
        The file is no longer as it was when the study was opened.
    NotAWorksheet
        The table is filled by imports only.
    NarrowedStudy
        The study was narrowed to a persona or a wave, so that the rows of others would be lost.
    CjmError
        The study is an example that comes with the workbook.

    Examples
    --------
    >>> import tempfile
    >>> from cjm_helpers.study.kit import new_study
    >>> study = open_study(new_study(tempfile.mkdtemp()))
    >>> personas = pd.DataFrame({"persona_id": ["lena"], "name": ["Lena"]})
    >>> save_worksheet(study, "personas", frame=personas).personas["name"].tolist()
    ['Lena']
    """
    if study.is_narrowed:
        raise NarrowedStudy(name, study.spell_part())
    if is_shipped(study.folder):
        raise CjmError(SHIPPED)
    file = name_worksheet(study, name, part=part)
    _refuse_changed(study, file)
    sheet = make_sheet(frame, table=name, file=file, part=part)
    content = spell_sheet(sheet.cells, spec=SPECS[name])
    saved, faults = try_sheet(study, replace(sheet, digest=make_digest(content)))
    if faults:
        raise FaultsFound(faults, file)
    keep_version(study.folder, file)
    write_whole(study.folder / file, content, check=lambda: _refuse_changed(study, file))  # the checks took a moment
    return saved


def _refuse_changed(study: Study, file: str) -> None:
    if digest_file(study.folder / file) != study.digests.get(file, ""):
        raise WorksheetChanged(file)


def name_worksheet(study: Study, name: str, *, part: str = "") -> str:
    """Return the file of a worksheet, after refusing a table that has none.

    Raises
    ------
    ParameterError
        There is no such table, or the part does not fit it.
    NotAWorksheet
        The table is filled by imports only.

    Examples
    --------
    >>> name_worksheet(open_study("retail_checkout"), "codings", part="anna")
    'worksheets/codings/anna.csv'
    """
    if name not in SPECS:
        raise ParameterError("name", name, SPECS)
    spec = SPECS[name]
    if spec.is_folder != bool(part) or not re.fullmatch(r"[\w. -]*", part) or part.startswith("."):
        allowed = f"one {spec.key[1]}, which names the file" if spec.is_folder else "nothing, as the table has one file"
        raise ParameterError("part", part, [allowed])
    file = f"{WORKSHEETS}/{name}/{part}.csv" if spec.is_folder else f"{WORKSHEETS}/{name}.csv"
    is_imported_only = f"{IMPORTED}/{name}.csv" in study.digests and file not in study.digests and not spec.is_folder
    if name == EVENTS or is_imported_only:
        raise NotAWorksheet(name, file)
    return file


def try_sheet(study: Study, sheet: Sheet) -> tuple[Study, list[Fault]]:
    """Return the study and its faults as if the sheet were saved; tables unchanged on disk are not read again.

    Examples
    --------
    >>> import tempfile
    >>> from cjm_helpers.study.kit import new_study
    >>> study = open_study(new_study(tempfile.mkdtemp()))
    >>> sheet = make_sheet(pd.DataFrame({"name": ["Lena"]}), table="personas", file="worksheets/personas.csv")
    >>> print(try_sheet(study, sheet)[1][0].what)
    The column 'persona_id' is missing.
    """
    if digest_file(study.folder / FILE) != study.digests.get(FILE):
        return _load(study.folder, read_settings(study.folder / FILE), instead=sheet)
    return _load(study.folder, study.settings, instead=sheet, before=study)


def _load(
    folder: Path, settings: Settings, *, instead: Sheet | None = None, before: Study | None = None
) -> tuple[Study, list[Fault]]:
    """Return the study and its faults; the sheet given instead stands for the file of its name."""
    known = {file: digest for file, digest in before.digests.items() if file != FILE} if before else {}
    sheets, kept, digests, faults = read_sheets(folder, instead=instead, known=known)
    unread = [fault for sheet in sheets if sheet.cells.empty for fault in sheet.faults]
    first = find_missing_imports(folder, settings) + unread  # rows that lean on them would each be said too
    placed, cell_faults = join_sheets(sheets, settings=settings)
    assumed = tuple(before.assumed) if "responses" in kept else name_assumptions(placed)
    placed = fill_blanks(placed, waves=settings.waves) | {name: before.placed[name] for name in kept}
    faults += cell_faults + check_tables(placed, settings=settings)
    tables = join_tables(placed)
    digests |= {FILE: digest_file(folder / FILE)}
    held = watch_study(folder, tables=tables, digests=digests, assumed=assumed, placed=placed)
    return Study(folder, settings, **held), first or faults


def find_missing_imports(folder: Path, settings: Settings, *, made: Collection[str] = ()) -> list[Fault]:
    """Return a fault for each table that study.toml imports and nobody has imported yet, but those about to be made."""
    tables = dict.fromkeys(block["table"] for block in settings.imports if block.get("table") in SPECS)
    missing = [name for name in tables if name not in made and not any((folder / IMPORTED).glob(f"{name}*"))]
    remedy = f"Run: {spell_command(f'import {folder}')}"
    return [Fault(f"The table {name} is not imported yet.", file=FILE, remedy=remedy) for name in missing]
