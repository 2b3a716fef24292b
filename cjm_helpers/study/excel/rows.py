"""The rows of a study's tables as text, told apart by where they stand: in worksheets or in imports."""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from cjm_helpers.study.reading import point_cells, read_sheets
from cjm_helpers.study.settings import FILE, read_settings
from cjm_helpers.study.tables import EVENTS, IMPORTED, WORKSHEETS
from cjm_helpers.worksheets import SPECS, Table

SHOWN_TABLES = tuple(name for name in SPECS if name != EVENTS)


class Rows(NamedTuple):
    """The rows of one table: what people wrote, by file, and what imports made."""

    spec: Table
    written: dict[str, pd.DataFrame]
    imported: pd.DataFrame


def read_rows(folder: Path) -> dict[str, Rows]:
    """Return the rows of every table but events, as text cells with decimal points, in the order of their files.

    Examples
    --------
    >>> from cjm_helpers.study.kit import find_example
    >>> rows = read_rows(find_example("retail_checkout"))
    >>> list(rows["personas"].written), len(rows["personas"].imported)
    (['worksheets/personas.csv'], 0)
    """
    settings = read_settings(folder / FILE)
    sheets = [replace(sheet, cells=point_cells(sheet, settings)) for sheet in read_sheets(folder).sheets]
    found = {}
    for name in SHOWN_TABLES:
        own = [sheet for sheet in sheets if sheet.table == name]
        written = {sheet.file: sheet.cells for sheet in own if sheet.file.startswith(WORKSHEETS)}
        imported = [sheet.cells for sheet in own if sheet.file.startswith(IMPORTED)]
        found[name] = Rows(SPECS[name], written, join_cells(imported, SPECS[name]))
    return found


def join_cells(frames: list[pd.DataFrame], spec: Table) -> pd.DataFrame:
    """Return frames of text cells as one, the columns of the spec first, then any others.

    Examples
    --------
    >>> join_cells([], SPECS["personas"]).columns.tolist()
    ['persona_id', 'name', 'basis', 'tagline']
    """
    others = dict.fromkeys(name for frame in frames for name in frame.columns if name not in spec.column_names)
    empty = pd.DataFrame(columns=[*spec.column_names, *others], dtype="str")
    return pd.concat([empty, *frames], ignore_index=True).fillna("").astype("str")
