"""Fills the tables in imported/ from the exports in raw/, as the [[import]] blocks of study.toml say."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
from pandas import DataFrame

from cjm_helpers.errors import Fault, FaultsFound
from cjm_helpers.study.checks import ADD_ID, check_tables
from cjm_helpers.study.joining import join_sheets
from cjm_helpers.study.kit import find_study
from cjm_helpers.study.reading import read_sheets
from cjm_helpers.study.settings import FILE, Settings, read_settings
from cjm_helpers.study.sources.blocks import read_blocks
from cjm_helpers.study.sources.cells import CELL_REASONS, ROW_REASONS, Block, Made
from cjm_helpers.study.sources.coded import name_codes
from cjm_helpers.study.sources.repeated import name_repeated
from cjm_helpers.study.sources.reshape import reshape_block
from cjm_helpers.study.tables import (
    FIRST_ROW,
    IMPORTED,
    WORKSHEETS,
    Sheet,
    make_sheet,
    read_sheet,
    spell_sheet,
    write_whole,
)
from cjm_helpers.worksheets import SPECS

RAW = "raw"
PLACE = ("#file", "#row")  # of each row in the export that it comes from
IN_EXPORT = (
    "Add what it names; or correct it in the export; or say what it stands for under recode in the [[import]] block "
    "that reads the export, or the one of the wave before."
)
FROM = "/"  # before an export's name, so that none is taken for a file of the study


@dataclass(frozen=True)
class ImportReport:
    """What an import took and left out: print it, or look at its table, which has one row a block.

    In each row of the table, rows_in_file is rows_kept plus the columns named "rows ..." after their reason, and
    cells_in_file is cells_kept plus those named "cells ...": the answers of scores, or the codes of codes.
    """

    table: DataFrame
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class ImportPlan:
    """What an import would write, sheet by sheet, and its report."""

    sheets: tuple[Sheet, ...]
    report: ImportReport

    @property
    def files(self) -> dict[str, bytes]:
        """The bytes of each file by its place in the study."""
        return {sheet.file: spell_sheet(sheet.cells, spec=SPECS[sheet.table]) for sheet in self.sheets}


def import_sources(folder: str | Path, *, raw: str | Path | None = None) -> ImportReport:
    """Fill imported/ from the exports, whole or not at all, and say what was left out.

    What people wrote under worksheets/ and the exports themselves are never touched.

    Parameters
    ----------
    folder
        The study's folder, or an example's name.
    raw
        Where the exports lie; the study's own raw/ unless said.

    Returns
    -------
    ImportReport
        Counts that add up to the rows of each file.

    Raises
    ------
    StudyNotFound
        No study.toml stands there.
    FaultsFound
        With every value that is neither allowed nor declared, and everything misspelt in a block.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "study.toml").write_text(
    ...     'name = "Shop"\\n[[import]]\\nfile = "people.csv"\\ntable = "customers"\\ncolumns = { customer_id = "id" }'
    ... )
    >>> (folder / "raw").mkdir()
    >>> _ = (folder / "raw" / "people.csv").write_text("id,age\\nc1,30\\nc2,41\\n")
    >>> print(import_sources(folder))
    [[import]] 1: people.csv -> customers. 2 rows in the file = 2 kept.
    <BLANKLINE>
    Written:
      imported/customers.csv  2 rows
    """
    folder = find_study(folder)
    settings = read_settings(folder / FILE)
    plan = plan_import(folder, settings=settings, raw=Path(raw) if raw is not None else folder / RAW)
    for file, content in plan.files.items():
        write_whole(folder / file, content)
    return plan.report


def plan_import(
    folder: Path, *, settings: Settings, raw: Path, newer: Path | None = None, instead: Sequence[Sheet] = ()
) -> ImportPlan:
    """Return what an import would write, after every check; nothing is written.

    Parameters
    ----------
    settings
        What study.toml says, or would say.
    raw, newer
        Where the exports lie; one that lies in newer stands in the place of its namesake.
    instead
        Worksheets as they would stand in the place of their files.

    Raises
    ------
    FaultsFound
        As `import_sources`.

    Examples
    --------
    >>> print(plan_import(Path("nowhere"), settings=Settings("Shop"), raw=Path("raw")).report)
    study.toml holds no [[import]] block, so nothing was imported.
    """
    blocks = read_blocks(settings, raw=raw, newer=newer)
    made = [reshape_block(block) for block in blocks]
    tables, faults = _join_tables(blocks, made, known=_read_codebook(folder, instead))
    _refuse([fault for each in made for fault in each.faults] + faults, "the exports")
    sheets = [sheet for name, frame in sorted(tables.items()) for sheet in _make_sheets(frame, name)]
    placed = [part for sheet in sheets for part in _place_rows(sheet, tables[sheet.table])]
    faults = _check_sheets(placed, made=sheets, folder=folder, settings=settings, instead=instead)
    _refuse([_point_to_export(fault, blocks) for fault in faults], "what the exports would become")
    table = DataFrame([_count_block(block, each) for block, each in zip(blocks, made, strict=True)])
    text = _describe(table, made, sheets=sheets, strangers=_name_strangers(sheets, folder))
    return ImportPlan(tuple(sheets), ImportReport(table, text))


def _refuse(faults: list[Fault], subject: str) -> None:
    if faults:
        raise FaultsFound(faults, f"{subject}, so that nothing was written")


def _read_codebook(folder: Path, instead: Sequence[Sheet]) -> DataFrame:
    """Return the codes that the team keeps itself; an import makes no others of the same id."""
    path = folder / WORKSHEETS / "codebook.csv"
    written = [sheet for sheet in instead if sheet.file == f"{WORKSHEETS}/codebook.csv"]
    own = written or ([read_sheet(path, folder=folder)] if path.exists() else [])
    return own[0].cells if own and "code_id" in own[0].cells else DataFrame({"code_id": []}, dtype="str")


def _join_tables(
    blocks: list[Block], made: list[Made], *, known: DataFrame
) -> tuple[dict[str, DataFrame], list[Fault]]:
    """Join what the blocks made for each table, each row with its #file and #row, and name the ids that came twice."""
    parts: dict[str, list[DataFrame]] = {}
    for block, each in zip(blocks, made, strict=True):
        for name, frame in each.tables.items():
            source = {"#file": block.file, "#row": frame.index, "#block": block.place, "#by_codes": bool(block.codes)}
            source |= {"#tree": block.codebook, "#by_several": bool(block.codes) and "coder_id" in block.columns}
            parts.setdefault(name, []).append(frame.assign(**source))
    joined = {name: pd.concat(frames, ignore_index=True).fillna("") for name, frames in parts.items()}
    if any(block.codebook for block in blocks):
        _add_codebook(joined, known)
    tables, faults = {}, []
    for name, frame in joined.items():
        whole = _merge_verbatims(frame) if name == "feedback" else frame
        faults += name_repeated(whole, SPECS[name])
        tables[name] = whole.drop(columns=["#block", "#by_codes", "#tree", "#by_several"], errors="ignore")
    return tables, faults


def _add_codebook(joined: dict[str, DataFrame], known: DataFrame) -> None:
    """Give every code that came as a name its id, and the codebook a row for each that it lacks."""
    books = [joined["codebook"]] if "codebook" in joined else []
    joined["codings"], named = name_codes(joined["codings"], pd.concat([known, *books]))
    joined["codebook"] = pd.concat([*books, named.assign(**{"#file": "", "#row": 0})], ignore_index=True).fillna("")


def _merge_verbatims(feedback: DataFrame) -> DataFrame:
    """Keep a verbatim once where two coders share it, or where another block brings its words."""
    has_words = feedback.loc[~feedback["#by_codes"], "feedback_id"]
    is_bare = feedback["#by_codes"] & feedback["feedback_id"].isin(has_words)
    content = [name for name in feedback.columns if not name.startswith("#")]
    is_again = feedback.duplicated(content)
    is_shared = is_again & (feedback["#by_several"] | ~feedback.duplicated([*content, "#block"]))
    return feedback[~is_bare & ~is_shared]


def _make_sheets(frame: DataFrame, name: str) -> list[Sheet]:
    """Return the files of a table; one that is a folder has a file for each person."""
    frame = frame.drop(columns=list(PLACE))
    if not SPECS[name].is_folder:
        return [make_sheet(frame, table=name, file=f"{IMPORTED}/{name}.csv")]
    people = frame.groupby(SPECS[name].key[1])
    files = {str(person): f"{IMPORTED}/{name}/{person}.csv" for person in people.groups}
    return [make_sheet(rows, table=name, file=files[str(person)], part=str(person)) for person, rows in people]


def _place_rows(sheet: Sheet, frame: DataFrame) -> list[Sheet]:
    """Return a sheet in parts, one for each export that its rows come from, under the rows they have there."""
    if sheet.part:
        frame = frame[frame[SPECS[sheet.table].key[1]].eq(sheet.part)]
    places = frame.iloc[sheet.rows - FIRST_ROW]
    parts = []
    for file, rows in places.reset_index(drop=True).groupby("#file", sort=False):
        cells = sheet.cells.loc[rows.index].reset_index(drop=True)
        place = f"{FROM}{sheet.table}{FROM}{file}" if file else sheet.file
        parts.append(replace(sheet, file=place, cells=cells, rows=rows["#row"].to_numpy(dtype=int)))
    return parts


def _check_sheets(
    sheets: list[Sheet], *, made: list[Sheet], folder: Path, settings: Settings, instead: Sequence[Sheet]
) -> list[Fault]:
    """Check what would be made, in parts, against the worksheets, whose own faults are not said here."""
    changed = {sheet.file for sheet in (*made, *instead)}
    others = [sheet for sheet in read_sheets(folder).sheets if sheet.file not in changed]
    tables, faults = join_sheets([*others, *instead, *sheets], settings=settings)
    files = {sheet.file for sheet in sheets}
    return [fault for fault in faults if fault.file in files] + check_tables(tables, settings=settings, files=files)


def _point_to_export(fault: Fault, blocks: list[Block]) -> Fault:
    """Return a fault with the name that an export and its column have outside."""
    if not fault.file.startswith(FROM):
        return fault
    _, table, file = fault.file.split(FROM, 2)
    fills = [block for block in blocks if block.file == file and fault.column in block.columns]
    sources = [block.columns[fault.column] for block in sorted(fills, key=lambda block: block.table.name != table)]
    remedy = IN_EXPORT if fault.remedy == ADD_ID else fault.remedy
    return replace(fault, file=file, column=next(iter(sources), fault.column), remedy=remedy)


def _name_strangers(sheets: list[Sheet], folder: Path) -> list[str]:
    """Name tables that stand in imported/ and that this import did not make; they are never deleted."""
    there = sorted(path.relative_to(folder).as_posix() for path in (folder / IMPORTED).rglob("*.csv"))
    return [name for name in there if name not in {sheet.file for sheet in sheets}]


def _count_block(block: Block, made: Made) -> dict:
    rows_left, cells_left = sum(made.rows_left.values()), sum(made.cells_left.values())
    return {
        "block": block.place, "file": block.file, "table": block.table.name,
        "rows_in_file": len(block.rows), "rows_kept": len(block.rows) - rows_left,
        **{f"rows {reason}": made.rows_left.get(reason, 0) for reason in ROW_REASONS},
        "cells_in_file": made.cells, "cells_kept": made.cells - cells_left,
        **{f"cells {reason}": made.cells_left.get(reason, 0) for reason in CELL_REASONS},
        "rows_made": sum(len(frame) for frame in made.tables.values()),
    }  # fmt: skip


def _describe(table: DataFrame, made: list[Made], *, sheets: list[Sheet], strangers: list[str]) -> str:
    lines = [] if made else ["study.toml holds no [[import]] block, so nothing was imported."]
    for row, each in zip(table.to_dict("records"), made, strict=True):
        counts = [_describe_unit(row, "rows")] + [_describe_unit(row, "cells")] * bool(row["cells_in_file"])
        found = "; ".join(f"{persona} {count:,}" for persona, count in each.found.items())
        shares = f" Of these: {found}." if found else ""
        lines.append(f"{row['block']}: {row['file']} -> {row['table']}. {' '.join(counts)}{shares}")
        lines += [f"  {note}" for note in each.notes]
    lines += ["", "Written:"] if sheets else []
    for sheet in sheets:
        count = len(sheet.cells)
        lines.append(f"  {sheet.file}  {count:,} {'row' if count == 1 else 'rows'}")
    lines += [f"{name} is not made by any [[import]] block; delete it if it is of no more use." for name in strangers]
    return "\n".join(lines)


def _describe_unit(row: dict, unit: str) -> str:
    start = f"{unit} "
    left = [f"{count:,} {name.removeprefix(start)}" for name, count in row.items() if name.startswith(start) and count]
    parts = " + ".join([f"{row[unit + '_kept']:,} kept", *left])
    return f"{row[unit + '_in_file']:,} {unit} in the file = {parts}."
