"""Changes several files of a study as one: tried against every check first, then written all or none."""

from collections.abc import Collection, Mapping
from pathlib import Path

import pandas as pd

from cjm_helpers.errors import CjmError, Fault, FaultsFound, NarrowedStudy, WorksheetChanged
from cjm_helpers.study.checks import check_tables
from cjm_helpers.study.folder import Study, find_missing_imports, name_worksheet
from cjm_helpers.study.history import keep_version
from cjm_helpers.study.joining import join_sheets
from cjm_helpers.study.kit import SHIPPED, is_shipped
from cjm_helpers.study.reading import read_sheets
from cjm_helpers.study.settings import FILE, Settings
from cjm_helpers.study.tables import WORKSHEETS, Sheet, digest_file, make_sheet, spell_sheet, write_whole
from cjm_helpers.worksheets import SPECS


def find_new_faults(
    folder: Path, *, before: Settings, after: Settings, sheets: Collection[Sheet] = (), gone: Collection[str] = ()
) -> list[Fault]:
    """Return the faults that a study would have after a change and has not now.

    Parameters
    ----------
    before, after
        What study.toml says now, and what it would say.
    sheets
        Tables as they would stand in the place of their files.
    gone
        Files that would no longer be there.

    Examples
    --------
    >>> from cjm_helpers.study.kit import find_example
    >>> settings = Settings("Shop")
    >>> find_new_faults(Path("nowhere"), before=settings, after=settings)
    []
    """
    now = read_sheets(folder).sheets
    changed = {sheet.file for sheet in sheets} | set(gone)
    then = [sheet for sheet in now if sheet.file not in changed] + list(sheets)
    made = {sheet.table for sheet in sheets}
    known = set(_find_faults(folder, before, now))
    return [fault for fault in _find_faults(folder, after, then, made=made) if fault not in known]


def refuse_new_faults(faults: list[Fault], *, subject: str) -> None:
    """Raise the faults that a change would bring, saying that nothing was written.

    Examples
    --------
    >>> refuse_new_faults([], subject="study.toml")
    """
    if faults:
        raise FaultsFound(faults, f"{subject}, so that nothing was written")


def refuse_changed(folder: Path, digests: Mapping[str, str]) -> None:
    """Refuse to go on where a file is no longer as it was read; an empty digest means that it was not there.

    Raises
    ------
    WorksheetChanged
        Naming the first such file.

    Examples
    --------
    >>> refuse_changed(Path("nowhere"), {"study.toml": ""})
    """
    for file, digest in digests.items():
        if digest_file(folder / file) != digest:
            raise WorksheetChanged(file)


def write_together(folder: Path, files: Mapping[str, bytes | None]) -> None:
    """Write files of a study, or take those away that are None; where one of them fails, all stand as before.

    Of study.toml and the worksheets, the state before is kept in the study's history.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> write_together(folder, {"study.toml": b"seed = 7", "raw/survey.csv": b"id"})
    >>> sorted(path.name for path in folder.iterdir())
    ['raw', 'study.toml']
    """
    before = {file: (folder / file).read_bytes() if (folder / file).exists() else None for file in files}
    for file in files:
        if file == FILE or file.startswith(WORKSHEETS):
            keep_version(folder, file)
    done = []
    try:
        for file, content in files.items():
            done.append(file)
            _put(folder / file, content)
    except BaseException:
        for file in done:
            _put(folder / file, before[file])
        raise


def refuse_to_change(study: Study, what: str) -> None:
    """Refuse to write into an example, or into a study of which only a part is at hand.

    Raises
    ------
    NarrowedStudy, CjmError
        With what is to be done first.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> refuse_to_change(open_study("retail_checkout"), "personas")
    Traceback (most recent call last):
    ...
    cjm_helpers.errors.CjmError: This study is an example that comes with the workbook, so it stays as it is. ...
    """
    if study.is_narrowed:
        raise NarrowedStudy(what, study.spell_part())
    if is_shipped(study.folder):
        raise CjmError(SHIPPED)


def save_together(study: Study, frames: Mapping[str, pd.DataFrame]) -> None:
    """Save several worksheets of a study, all of them or none.

    Raises
    ------
    FaultsFound
        The study would have faults that it has not now.
    WorksheetChanged
        Somebody changed one of them after the study was opened.
    NarrowedStudy, CjmError
        The study may not be changed.

    Examples
    --------
    >>> import tempfile
    >>> from cjm_helpers.study.folder import open_study
    >>> from cjm_helpers.study.kit import new_study
    >>> study = open_study(new_study(tempfile.mkdtemp()))
    >>> lena = pd.DataFrame({"persona_id": ["lena"], "name": ["Lena"]})
    >>> given = pd.DataFrame({"customer_id": ["c1"], "persona_id": ["lena"]})
    >>> save_together(study, {"personas": lena, "persona_assignments": given})
    >>> open_study(study.folder).persona_assignments["persona_id"].tolist()
    ['lena']
    """
    refuse_to_change(study, ", ".join(frames))
    sheets = [make_sheet(frame, table=name, file=name_worksheet(study, name)) for name, frame in frames.items()]
    faults = find_new_faults(study.folder, before=study.settings, after=study.settings, sheets=sheets)
    refuse_new_faults(faults, subject="the study")
    refuse_changed(study.folder, {sheet.file: study.digests.get(sheet.file, "") for sheet in sheets})
    write_together(study.folder, {sheet.file: spell_sheet(sheet.cells, spec=SPECS[sheet.table]) for sheet in sheets})


def _put(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    elif not path.exists() or path.read_bytes() != content:
        write_whole(path, content)


def _find_faults(folder: Path, settings: Settings, sheets: list[Sheet], *, made: Collection[str] = ()) -> list[Fault]:
    tables, faults = join_sheets(sheets, settings=settings)
    missing = find_missing_imports(folder, settings, made=made)
    return missing + faults + check_tables(tables, settings=settings)
