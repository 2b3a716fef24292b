"""Shows a worksheet as a plain table where no kernel answers: in reports, in exports and in unrun notebooks."""

from html import escape

import pandas as pd

from cjm_helpers.lab.editor_columns import describe_columns
from cjm_helpers.lab.static_page import spell_table
from cjm_helpers.method.verbatims import may_quote
from cjm_helpers.study.folder import Study
from cjm_helpers.study.kinds import spell_cells
from cjm_helpers.worksheets import SPECS, split_list

SHOWN = 20
SPOKEN, NOT_SHOWN = {"text", "asked"}, "(may not be quoted)"
LONGEST = 160


def describe_rows(study: Study, name: str, *, frame: pd.DataFrame) -> tuple[str, str]:
    """Return the first rows of a worksheet as plain HTML, and a line of text.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> study = open_study("retail_checkout")
    >>> describe_rows(study, "goals", frame=study.goals)[1]
    'Goals: 4 rows. In JupyterLab, run this cell to edit them.'
    """
    title, count = name.replace("_", " ").capitalize(), len(frame)
    rows = "1 row" if count == 1 else f"{count:,} rows"
    line = f"{title}: {rows}. In JupyterLab, run this cell to edit them."
    if not count:
        return f"<p>{escape(line)}</p>", line
    more = f"<p>{count - SHOWN:,} more rows are not shown here.</p>" if count > SHOWN else ""
    return f"<p>{escape(line)}</p>\n{_write_table(study, name, frame.head(SHOWN))}{more}", line


def _write_table(study: Study, name: str, frame: pd.DataFrame) -> str:
    columns = describe_columns(study, SPECS[name], names=list(frame.columns))
    spoken = {column.name for column in SPECS[name].columns if column.refers == "feedback"}
    for one in columns:
        if one["name"] in spoken:
            one["options"] = []  # a page that is handed on shows no words that may not be quoted
    cells = {one["name"]: _name_cells(one, spell_cells(frame[one["name"]])) for one in columns}
    if name == "feedback":
        is_open = may_quote(frame.reindex(columns=["text", "consent"], fill_value=""))
        for spoken in SPOKEN.intersection(cells):
            cells[spoken] = [cell if one else NOT_SHOWN * bool(cell) for cell, one in zip(cells[spoken], is_open)]
    filled = [one for one in columns if any(cells[one["name"]])]
    return spell_table([one["label"] for one in filled], list(zip(*(cells[one["name"]] for one in filled))))


def _name_cells(column: dict, cells: list[str]) -> list[str]:
    """Return the cells with names in place of ids, shortened."""
    names = {value: label for value, label, _ in column.get("options", [])}
    if column["fill"] == "ticks":
        cells = ["; ".join(names.get(item, item) for item in split_list(cell)) for cell in cells]
    cells = [names.get(cell, cell) for cell in cells]
    return [cell if len(cell) <= LONGEST else f"{cell[:LONGEST]}…" for cell in cells]
