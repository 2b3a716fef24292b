"""Reads a table of reports: one row a report, one column a parameter of the notebook."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd

from cjm_helpers.batch.names import PERSONA, fit_name, fold_name, is_kept, name_pages, name_personas
from cjm_helpers.batch.parameters import Parameter, list_parameters, read_value, say_unreadable
from cjm_helpers.errors import CjmError, Fault, FaultsFound, ParameterError, spell_allowed
from cjm_helpers.study.dimensions import BETWEEN, join_dimensions, list_dimensions, split_dimensions
from cjm_helpers.study.folder import Study
from cjm_helpers.study.selection import find_wave
from cjm_helpers.study.settings import EVERYONE, NEWEST
from cjm_helpers.study.sources.exports import read_export

PAGE, NAME, ENDING = "page", "name", ".html"
STUDY, PERSONA_ID, PERSONA_IDS, WAVE, DIMENSION = "study", "persona_id", "persona_ids", "wave", "dimension"


@dataclass(frozen=True)
class Row:
    """One report that a table asks for: its values by parameter, its page, name, and what it is of each lens."""

    values: Mapping[str, object]
    page: str
    name: str
    lens: Mapping[str, str]


@dataclass
class _Table:
    """A table as read, what may stand in it, the wave of rows that name none, and the faults found so far."""

    cells: pd.DataFrame
    file: str
    study: Study
    known: Mapping[str, Parameter]
    wave: str
    faults: list[Fault] = field(default_factory=list)
    kinds: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def names(self) -> dict[str, str]:
        return name_personas(self.study)

    def split(self, dimension: str) -> tuple[str, ...]:
        """Return the values that a cell names; hundreds of rows name the same few."""
        if dimension not in self.kinds:
            self.kinds[dimension] = split_dimensions(self.study, dimension)
        return self.kinds[dimension]

    @cached_property
    def dimensions(self) -> dict[str, list[str]]:
        """The values of each dimension that is a column of its own; a parameter of that name is the notebook's."""
        if DIMENSION not in self.known:
            return {}
        pairs = [one.split("=", 1) for one in list_dimensions(self.study)]
        names = [name for name in self.study.settings.dimensions if name not in (*self.known, PAGE, NAME)]
        return {name: [value for said, value in pairs if said == name] for name in names}

    def say(self, what: str, *, row: int, column: str, allowed: str = "", remedy: str = "") -> None:
        self.faults.append(Fault(what, self.file, row, column, allowed=allowed, remedy=remedy))


def read_rows(file: Path, *, study: Study, notebook: Path, wave: str = NEWEST) -> list[Row]:
    """Read a table of reports, and refuse it with every fault that it has.

    Parameters
    ----------
    file
        A CSV, or an Excel file; page (the file to write), name and each dimension of study.toml are columns that may
        stand in it too. Where the cell is empty, a report is on everyone, in the wave of the run, and takes the
        notebook's own default of all else.
    notebook
        The notebook whose parameters the other columns are.
    wave
        The wave of rows that name none.

    Raises
    ------
    FaultsFound
        For columns that are no parameter, cells of the wrong type, unknown personas, waves and dimensions, and two rows
        for one page.
    CjmError
        Where there is no such file.

    Examples
    --------
    >>> import tempfile
    >>> from cjm_helpers.study.folder import open_study
    >>> from cjm_helpers.study.kit import kit_folder
    >>> file = Path(tempfile.mkdtemp()) / "runs.csv"
    >>> _ = file.write_text("persona_id,seed\\nregular,7\\n")
    >>> notebook = kit_folder() / "templates" / "reports" / "persona_report.ipynb"
    >>> read_rows(file, study=open_study("clinic_visit"), notebook=notebook)[0].page
    'regular_7.html'
    """
    file = Path(file)
    if not file.is_file():
        raise CjmError(f"There is no file '{file}'. --parameters takes a table with one row for each report.")
    faults: list[Fault] = []
    cells = read_export(file, faults=faults)
    cells = cells[cells.ne("").any(axis=1)]
    table = _Table(cells, file.name, study, list_parameters(notebook), find_wave(study, wave), faults)
    _check_heading(table, notebook)
    rows = [_read_row(table, row) for row in cells.index]
    _refuse_doubles(table, rows)
    if cells.empty and not faults:
        table.say("There is no row.", row=2, column="", remedy="Write one row for each report.")
    if table.faults:
        raise FaultsFound(table.faults, file.name)
    return rows


def _check_heading(table: _Table, notebook: Path) -> None:
    allowed = [one for one in (*table.known, *table.dimensions, PAGE, NAME) if one != STUDY]
    for column in table.cells:
        if column == STUDY:
            table.say("A run is on one study, which the command names.", row=1, column=column, remedy="Remove it.")
        elif column not in allowed:
            unreadable, what = say_unreadable(notebook, column), f"{Path(notebook).name} takes no parameter '{column}'."
            spelt = "" if unreadable else spell_allowed(column, allowed)
            table.say(unreadable or what, row=1, column=column, allowed=spelt)


def _read_row(table: _Table, row: int) -> Row:
    said = {column: text for column, text in table.cells.loc[row].items() if text}
    said |= _join_kinds(table, row, said=said)
    values = dict(_read_values(table, row, said=said))
    lens = _find_lens(table, values, said=said)
    name = said.get(NAME) or _say_lens(table, lens)
    page = _read_page(table, row, said=said) or name_pages([tuple(filter(None, lens.values()))]).popitem()[1]
    return Row(values, page, name, lens)


def _join_kinds(table: _Table, row: int, *, said: Mapping[str, str]) -> dict[str, str]:
    """Return the dimension of a row as the notebook takes it, where columns of their own say parts of it."""
    kinds = {name: said[name] for name in table.dimensions if name in said}
    for name, value in kinds.items():
        if value not in table.dimensions[name]:
            allowed = spell_allowed(value, table.dimensions[name])
            table.say(f"The study knows no {name} '{value}'.", row=row, column=name, allowed=allowed)
    known = {name: value for name, value in kinds.items() if value in table.dimensions[name]}
    parts = filter(None, (said.get(DIMENSION), join_dimensions(known)))
    return {DIMENSION: BETWEEN.join(parts)} if known else {}


def _read_values(table: _Table, row: int, *, said: Mapping[str, str]) -> Iterator[tuple[str, object]]:
    """Yield a row's values; persona and wave are said to every notebook that takes them."""
    usual = {PERSONA_ID: EVERYONE, WAVE: table.wave}
    for name, parameter in table.known.items():
        if name in said:
            try:
                yield name, _check_value(table, name, value=read_value(said[name], parameter))
            except CjmError as error:
                table.say(str(error), row=row, column=name)
            except ValueError as error:
                table.say(f"'{said[name]}' is of the wrong kind.", row=row, column=name, allowed=str(error))
        elif name in usual:
            yield name, usual[name]


def _check_value(table: _Table, name: str, *, value):
    """Return a value as the study resolves it, after refusing what the study does not know."""
    if name == WAVE:
        return find_wave(table.study, value)
    if name == DIMENSION:
        return BETWEEN.join(table.split(str(value)))
    if name in (PERSONA_ID, PERSONA_IDS):
        known = [one for one in table.names if one != EVERYONE or name == PERSONA_ID]
        for one in value if isinstance(value, list) else [value]:
            if one not in known:
                raise ParameterError(name, one, known)
    return value


def _find_lens(table: _Table, values: Mapping[str, object], *, said: Mapping[str, str]) -> dict[str, str]:
    """Return what a row is of each lens that the table has a column for; "" where it is of none."""
    lens = {PERSONA: values.get(PERSONA_ID, EVERYONE)}
    if WAVE in table.cells:
        lens[WAVE] = values.get(WAVE, "")
    kinds = dict(one.split("=", 1) for one in table.split(values.get(DIMENSION, "")))
    told = table.study.settings.dimensions if DIMENSION in table.cells else table.dimensions.keys() & {*table.cells}
    lens |= {name: kinds.get(name, "") for name in table.study.settings.dimensions if name in told}
    others = [column for column in table.cells if column in table.known and column not in (PERSONA_ID, WAVE, DIMENSION)]
    return lens | {column: said.get(column, "") for column in others}


def _say_lens(table: _Table, lens: Mapping[str, str]) -> str:
    plain = (WAVE, *table.study.settings.dimensions)
    others = [(name, text) for name, text in lens.items() if name != PERSONA and text]
    return ", ".join(
        [table.names[lens[PERSONA]], *(text if name in plain else f"{name} {text}" for name, text in others)]
    )


def _read_page(table: _Table, row: int, *, said: Mapping[str, str]) -> str:
    stem = said.get(PAGE, "").removesuffix(ENDING)
    if stem and (is_kept(stem) or stem.startswith(".") or fit_name(stem) != stem):
        remedy = "Give it a short name without a folder, such as anna_Berlin."
        table.say(f"No page can be called '{said[PAGE]}'.", row=row, column=PAGE, remedy=remedy)
    return f"{stem}{ENDING}" if stem else ""


def _refuse_doubles(table: _Table, rows: list[Row]) -> None:
    first: dict[str, int] = {}
    for number, row in zip(table.cells.index, rows, strict=True):
        before = first.setdefault(fold_name(row.page), number)
        if before != number:
            what, remedy = f"{row.page} is the page of row {before} too.", f"Give each its own in the column {PAGE}."
            table.say(what, row=number, column=PAGE, remedy=remedy)
