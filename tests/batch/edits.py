"""Edits a study at random, as a team, an export or a slip of the hand would: always into one that passes its checks."""

import csv
import io
import re
from pathlib import Path
from random import Random

from cjm_helpers.study.folder import check_study
from cjm_helpers.worksheets import SPECS

TRIES = 200
SETTINGS = [("min_n = ", ["3", "5", "8"]), ("seed = ", ["0", "1", "2"]), ("name = ", ['"Small shop"', '"Big shop"'])]


def edit_study(folder: Path, *, notebook: Path, random: Random) -> str:
    """Make one edit of a study or of its notebook, and say which; what would not pass the checks is taken back."""
    for _ in range(TRIES):
        file = random.choice([notebook, folder / "study.toml", *_list_tables(folder) * 3])
        before = file.read_bytes()
        said = _edit_file(file, random)
        if file.read_bytes() != before:
            if file == notebook or not check_study(folder).faults:
                return f"{file.name}: {said}"
            file.write_bytes(before)
    raise AssertionError("no edit of this study passes its checks")


def _list_tables(folder: Path) -> list[Path]:
    return sorted(folder.glob("worksheets/**/*.csv")) + sorted(folder.glob("imported/*.csv"))


def _edit_file(file: Path, random: Random) -> str:
    text = file.read_text(encoding="utf-8-sig")
    if file.suffix == ".ipynb":
        file.write_text(re.sub(r"## (\d+ )?", f"## {random.randrange(100)} ", text, count=1), encoding="utf-8")
        return "a heading"
    if file.suffix == ".toml":
        name, values = random.choice(SETTINGS)
        lines = [line for line in text.splitlines() if not line.startswith(name)]
        file.write_text("\n".join([f"{name}{random.choice(values)}", *lines]) + "\n", encoding="utf-8")
        return name
    heading, *rows = csv.reader(io.StringIO(text))
    said = random.choice([_add_row, _drop_row, _change_cell])(heading, rows, file, random)
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([heading, *rows])
    file.write_text(written.getvalue(), encoding="utf-8")
    return said


def _add_row(heading: list, rows: list, file: Path, random: Random) -> str:
    """Add a row like another one, under an id of its own."""
    spec = SPECS[file.parent.name if file.parent.name in SPECS else file.stem]
    row, own = list(random.choice(rows)) if rows else [""] * len(heading), heading.index(spec.columns[0].name)
    if spec.columns[0].name.removesuffix("_id") == spec.name.rstrip("s") or spec.name in ("responses", "customers"):
        row[own] = f"new{random.randrange(1000)}"
    rows.insert(random.randint(0, len(rows)), row)
    return f"row {row} added"


def _drop_row(heading: list, rows: list, file: Path, random: Random) -> str:
    return f"row {rows.pop(random.randrange(len(rows)))} dropped" if len(rows) > 1 else "nothing"


def _change_cell(heading: list, rows: list, file: Path, random: Random) -> str:
    """Put the value of one row into the same column of another; text and numbers are changed a little too."""
    if not rows:
        return "nothing"
    row, column = random.choice(rows), random.randrange(len(heading))
    before, row[column] = row[column], random.choice(rows)[column]
    if row[column] == before:
        row[column] = f"{before} {random.randrange(100)}" if not before.isdigit() else str(int(before) % 5 + 1)
    return f"{heading[column]} of {row[0]}: {before!r} is now {row[column]!r}"
