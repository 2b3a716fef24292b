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
| `notebooks/` | the method, one step a notebook; your team's own copies, already set to this study |
| `study.toml` | what the study is about: stages, waves, questions and their scales |
| `worksheets/` | what people write and decide, one CSV a table; edit them in the notebooks or a spreadsheet |
| `workshop/` | papers to print: interview guide, survey questions, session plan, consent form, rubric, codebook guide |
| `raw/` | exports as received; never changed |
| `imported/` | what `cjm import` makes from `raw/`; safe to delete |
| `.history/` | what each worksheet held before it was saved: the last twenty times, and once for each day before |

## How to begin

Somebody opens JupyterLab with `cjm lab FOLDER`, where FOLDER is this folder (or, where the workbook was downloaded,
with `python3 -m cjm_helpers lab FOLDER`). From then on nobody needs a terminal: open `notebooks/00_start_here.ipynb`,
read, click, decide. Then take the notebooks in their order.

| notebook | you leave with | in the room |
|---|---|---|
| `00_start_here` | what you want to know, and a first map of what you believe | everybody |
| `01_personas` | who the customers are | research, marketing, sales |
| `02_touchpoints` | where they meet you, and on which channels | everybody |
| `03_categories` | type, stage and impact of each touchpoint | each rates alone, then together |
| `04_feedback` | what customers say, in themes | two people who code, customer service |
| `05_kpis` | what you measure, and from where to where | analytics, whoever owns the goals |
| `06_paths` | what customers did | analytics |
| `07_journey_map` | the map | everybody |
| `08_opportunities` | what to do next, in which order | product, and the teams that would do it |
| `09_waves` | what changed since the last time | whoever keeps the study alive |

Only `touchpoints` is required. A table you do not need yet may be absent: what is missing shows as missing, never as
zero. Whether everything fits together, the button Check in `00_start_here` says, and so does `cjm check FOLDER`.

## Who does what

- One person keeps the study: decides on stages, waves and names of touchpoints, and brings in the exports.
- Everybody writes touchpoints and statements. Say how you know: observed, reported or assumed.
- Two people code the feedback and several rate the touchpoints, each alone, in a file of their own.

## Two people at once

- In a shared folder, both may have the same worksheet open. Whoever saves second gets the rows of both. Where both
  changed the same cell, the editor shows both versions and asks; neither is lost.
- With git, pull before you begin, and commit and push when you stop. Git merges changes of rows that stand apart. Where
  two changed rows next to each other, or both added rows at the end of one worksheet, it may stop and leave both
  versions in the file, between marks (`<<<<<<<`). Check names the file and the line: keep the right rows of both, take
  out the lines with marks, and commit.
- Close a worksheet in Excel before you edit it here, and save it there as CSV.
- A notebook holds no work. If JupyterLab says that somebody else changed it, take either version.

## Two people who code, in two places

- Each codes in a file of their own, `worksheets/codings/YOUR_ID.csv`, so that two people never write into the same one.
- On a shared drive both open the study from there, and what one has saved the other sees when they run the cell again.
- With git, pull before you begin, and commit and push `worksheets/` when you stop; files of two people never clash.
- What both read is drawn by chance and the same in both places; code it without asking the other, for the desk shows
  the other's codes only after you have saved yours.
- When both have sent their files, settle the differences together and in one place, because decisions stand in one
  file, `worksheets/coding_decisions.csv`.
- Links (`alignments.csv`) and decisions (`coding_decisions.csv`) are one file each, and git keeps the rows of both. The
  same answer twice counts once. Of two different ones neither counts; Check names them, and one answer at the link or
  settle desk replaces both.

## What stays here

- Never commit or send `raw/` or `.history/`: exports hold names, and old versions hold what was deleted since. The file
  `.gitignore` keeps both out of git.
- Never write names, addresses or telephone numbers into a worksheet. A customer is a number here.
- Quote only who agreed: `consent` is yes in `feedback`. An empty cell means that nobody knows.
- Who wants to be forgotten is deleted from `raw/`, from the worksheets and from `.history/`.

## Data dictionary

A column in **bold** must be filled in every row. Lists in one cell are separated by `;`.
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
