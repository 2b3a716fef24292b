"""Writes the blank study's worksheets and its data dictionary from the specs, so that neither is ever typed."""

from pathlib import Path

import pandas as pd

from cjm_helpers.study.tables import WORKSHEETS, spell_sheet, write_whole
from cjm_helpers.worksheets import SHELVES, SPECS, Column, Table

KIND_WORDS = {
    "text": "text", "id": "id", "list": "list", "ids": "list of ids", "yes_no": "yes or no", "integer": "whole number",
    "number": "number", "date": "day, as 2026-03-14", "time": "time, as 2026-03-14T20:15:00Z",
}  # fmt: skip

OPENING = """# Your study

A study is this folder. People write worksheets, imports fill tables, everything else is computed from them.

| place | what stands there |
|---|---|
| `study.toml` | what the study is about: stages, waves, metrics |
| `worksheets/` | what people write and decide, one CSV a table; edit them in JupyterLab, a spreadsheet or any editor |
| `raw/` | exports as received; never changed |
| `imported/` | what `cjm import` makes from `raw/`; safe to delete |

Only `touchpoints` is required. A table you do not need yet may be absent: what is missing shows as missing, never as
zero. Lists in one cell are separated by `;`. Run `cjm check FOLDER` to see whether everything fits together.

## Data dictionary

A column in **bold** must be filled in every row.
"""


COLUMN_HEADING = "| column | holds | meaning | example |\n|---|---|---|---|"


def write_blank(folder: str | Path) -> None:
    """Write the empty worksheets of the first shelf and README.md into the folder of the blank study.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> write_blank(folder)
    >>> sorted(path.name for path in (folder / "worksheets").iterdir())
    ['personas.csv', 'statements.csv', 'touchpoints.csv']
    """
    folder = Path(folder)
    for name, content in spell_headers().items():
        write_whole(folder / WORKSHEETS / f"{name}.csv", content)
    write_whole(folder / "README.md", describe_tables().encode("utf-8"))


def spell_headers() -> dict[str, bytes]:
    """Return the bytes of an empty worksheet for each table of the first shelf.

    Examples
    --------
    >>> spell_headers()["personas"].decode("utf-8-sig")
    'persona_id,name,basis,tagline\\n'
    """
    first = [spec for spec in SPECS.values() if spec.shelf == SHELVES[0]]
    return {spec.name: spell_sheet(pd.DataFrame(columns=spec.column_names), spec=spec) for spec in first}


def describe_tables() -> str:
    """Return the README of a study: what stands where, and every column of every table.

    Examples
    --------
    >>> describe_tables().splitlines()[0]
    '# Your study'
    """
    parts = [OPENING]
    for number, shelf in enumerate(SHELVES, start=1):
        parts.append(f"### Shelf {number}: {shelf}\n")
        parts += [_describe_table(spec) for spec in SPECS.values() if spec.shelf == shelf]
    return "\n".join(parts)


def _describe_table(spec: Table) -> str:
    place = f"`{spec.name}/`, a CSV for each person" if spec.is_folder else f"`{spec.name}.csv`"
    more = " It may hold further columns." if spec.takes_more_columns else ""
    rows = "\n".join(_describe_column(column) for column in spec.columns)
    return f"#### {spec.name}\n\n{place}; one row is one {spec.row}.{more}\n\n{COLUMN_HEADING}\n{rows}\n"


def _describe_column(column: Column) -> str:
    name = f"**{column.name}**" if column.is_required else column.name
    holds = ", ".join(column.choices) if column.choices else KIND_WORDS[column.kind]
    if column.low is not None or column.high is not None:
        holds += _describe_range(column)
    return f"| {name} | {holds} | {column.help} | {column.example} |"


def _describe_range(column: Column) -> str:
    if column.high is None:
        return f", {column.low} or more"
    return f", {column.low} to {column.high}"
