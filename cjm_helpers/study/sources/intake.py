"""Brings files into a study: raw file, study.toml, new touchpoints and what is imported, all of it or nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import pandas as pd

from cjm_helpers.errors import CjmError
from cjm_helpers.study.folder import Study
from cjm_helpers.study.reading import point_cells
from cjm_helpers.study.settings import FILE, read_settings
from cjm_helpers.study.settings_writer import change_text, check_text, read_text
from cjm_helpers.study.sources import RAW, ImportPlan, ImportReport, plan_import
from cjm_helpers.study.tables import IMPORTED, WORKSHEETS, Sheet, make_sheet, read_sheet, spell_sheet
from cjm_helpers.study.together import (
    find_new_faults,
    refuse_changed,
    refuse_new_faults,
    refuse_to_change,
    write_together,
)
from cjm_helpers.worksheets import SPECS

UNSAFE = re.compile(r'[<>:"|?*\x00-\x1f]')  # what Windows takes in no file's name


@dataclass(frozen=True)
class Intake:
    """What somebody wants to bring in: files by their place in raw/, changes of study.toml, rows for worksheets."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    changes: Mapping = field(default_factory=dict)
    rows: Mapping[str, pd.DataFrame] = field(default_factory=dict)


@dataclass(frozen=True)
class Tried:
    """What an intake would write, file by file, and what the import would say."""

    files: Mapping[str, bytes | None]
    report: ImportReport
    counts: Mapping[str, int]


def try_intake(study: Study, intake: Intake) -> Tried:
    """Return what bringing files in would write, after every check; nothing is written.

    Raises
    ------
    FaultsFound
        With everything that is wrong in the files or would be wrong in the study.

    Examples
    --------
    >>> import tempfile
    >>> from cjm_helpers.study.folder import open_study
    >>> from cjm_helpers.study.kit import new_study
    >>> study = open_study(new_study(tempfile.mkdtemp()))
    >>> block = {"file": "people.csv", "table": "customers", "columns": {"customer_id": "ID"}}
    >>> try_intake(study, Intake({"people.csv": b"ID\\nc1\\n"}, {"import": [block]})).counts
    {'imported/customers.csv': 1}
    """
    refuse_to_change(study, "an export")
    folder = study.folder
    text = change_text(read_text(folder), changes=intake.changes)
    settings = check_text(text)
    sheets = [_add_rows(folder, name, rows=rows) for name, rows in intake.rows.items() if len(rows)]
    with TemporaryDirectory() as place:
        for name, content in intake.files.items():
            file = Path(place) / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        plan = plan_import(folder, settings=settings, raw=folder / RAW, newer=Path(place), instead=sheets)
    gone = _find_gone(study, plan)
    written = [*sheets, *plan.sheets]
    before = read_settings(folder / FILE)
    faults = find_new_faults(folder, before=before, after=settings, sheets=written, gone=gone)
    refuse_new_faults(faults, subject="the study")
    files: dict[str, bytes | None] = {f"{RAW}/{name}": content for name, content in intake.files.items()}
    files |= {sheet.file: spell_sheet(sheet.cells, spec=SPECS[sheet.table]) for sheet in written}
    files |= dict.fromkeys(gone) | ({FILE: text.encode("utf-8")} if intake.changes else {})
    return Tried(files, plan.report, {sheet.file: len(sheet.cells) for sheet in written})


def take_in(study: Study, intake: Intake) -> Tried:
    """Bring files in, whole or not at all, and return what was written.

    Raises
    ------
    FaultsFound
        With everything that is wrong; then nothing was written.
    WorksheetChanged
        Somebody changed study.toml or a worksheet meanwhile.
    CjmError
        Somebody put another file of that name into raw/ meanwhile.

    Examples
    --------
    >>> import tempfile
    >>> from cjm_helpers.study.folder import open_study
    >>> from cjm_helpers.study.kit import new_study
    >>> study = open_study(new_study(tempfile.mkdtemp()))
    >>> block = {"file": "people.csv", "table": "customers", "columns": {"customer_id": "ID"}}
    >>> done = take_in(study, Intake({"people.csv": b"ID\\nc1\\nc2\\n"}, {"import": [block]}))
    >>> done.counts, len(open_study(study.folder).customers)
    ({'imported/customers.csv': 2}, 2)
    """
    tried = try_intake(study, intake)
    changed = {file: study.digests.get(file, "") for file in tried.files if file == FILE or file.startswith(WORKSHEETS)}
    refuse_changed(study.folder, changed)
    for name, content in intake.files.items():
        if (study.folder / RAW / name).exists() and not _holds(study.folder / RAW / name, content):
            said = f"Another '{name}' came into raw/ meanwhile, so nothing was written. Choose your file once more."
            raise CjmError(said)
    write_together(study.folder, tried.files)
    return tried


def take_back(study: Study, file: str) -> Tried:
    """Take the blocks of a file out of study.toml again, and what they imported; the file stays in raw/.

    Raises
    ------
    FaultsFound
        Something people wrote since then leans on what would go.

    Examples
    --------
    >>> import tempfile
    >>> from cjm_helpers.study.folder import open_study
    >>> from cjm_helpers.study.kit import new_study
    >>> folder = new_study(tempfile.mkdtemp())
    >>> block = {"file": "people.csv", "table": "customers", "columns": {"customer_id": "ID"}}
    >>> _ = take_in(open_study(folder), Intake({"people.csv": b"ID\\nc1\\n"}, {"import": [block]}))
    >>> _ = take_back(open_study(folder), "people.csv")
    >>> (folder / "imported" / "customers.csv").exists(), (folder / "raw" / "people.csv").exists()
    (False, True)
    """
    kept = [block for block in study.settings.imports if block.get("file") != file]
    return take_in(study, Intake(changes={"import": kept}))


def name_raw(folder: Path, name: str, *, content: bytes | None = None) -> str:
    """Return under which name a file can lie in raw/ without taking the place of another one.

    Examples
    --------
    >>> name_raw(Path("nowhere"), "survey.csv")
    'survey.csv'
    """
    name = UNSAFE.sub("_", PurePosixPath(name.replace("\\", "/")).name).strip(" .") or "export.csv"
    stem, dot, ending = name.rpartition(".")
    number, free = 1, name
    while (folder / RAW / free).exists() and not _holds(folder / RAW / free, content):
        number += 1
        free = f"{stem}-{number}.{ending}" if dot else f"{name}-{number}"
    return free


def list_blocks(study: Study) -> pd.DataFrame:
    """Return one row for each file that the study imports: file, and the tables it fills with their rows in all.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> list_blocks(open_study("retail_checkout"))["file"].tolist()[2]
    'reviews.csv'
    """
    rows: dict[str, list[str]] = {}
    for block in study.settings.imports:
        table = block.get("table", "")
        count = f" ({len(study.tables[table]):,} rows in all)" if table in study.tables else ""
        rows.setdefault(block.get("file", ""), []).append(f"{table}{count}")
    files = [[file, ", ".join(dict.fromkeys(tables))] for file, tables in rows.items()]
    return pd.DataFrame(files, columns=["file", "tables"])


def _holds(path: Path, content: bytes | None) -> bool:
    return content is not None and path.is_file() and path.read_bytes() == content


def _add_rows(folder: Path, name: str, *, rows: pd.DataFrame) -> Sheet:
    """Return a worksheet with further rows below those it has; a row with the id of an old one takes its place."""
    file = f"{WORKSHEETS}/{name}.csv"
    path, key = folder / file, list(SPECS[name].key)
    settings = read_settings(folder / FILE)
    old = point_cells(read_sheet(path, folder=folder), settings) if path.exists() else pd.DataFrame(dtype="str")
    joined = pd.concat([old, rows.astype("str")], ignore_index=True).fillna("")
    joined = joined.reindex(columns=[*dict.fromkeys([*SPECS[name].column_names, *joined.columns])], fill_value="")
    return make_sheet(joined.drop_duplicates(key, keep="last"), table=name, file=file)


def _find_gone(study: Study, plan: ImportPlan) -> list[str]:
    """Return imported files that blocks made so far and that no block makes any more."""
    tables = {block.get("table") for block in study.settings.imports}
    tables |= {"feedback", "codebook"} if "codings" in tables else set()
    made = {sheet.file for sheet in plan.sheets}
    there = [file for file in study.digests if file.startswith(IMPORTED) and file not in made]
    return [file for file in there if PurePosixPath(file).parts[1].removesuffix(".csv") in tables]
