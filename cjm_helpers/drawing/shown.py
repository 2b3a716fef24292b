"""Shows one table, its numbers written for readers: plain semantic HTML under plain headings, and the same as text."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

import pandas as pd

from cjm_helpers.drawing.writing import MISSING, write_cell

SUMMARY_TYPE = "application/vnd.cjm.summary+json"
GOOD_WORDS = (
    "met",
    "better than baseline",
    "better than last wave",
    "closer to target",
    "delight",
    "keep up the good work",
)
BAD_WORDS = (
    "missed",
    "worse than baseline",
    "worse than last wave",
    "away from target",
    "pain point",
    "concentrate here",
)
WORDS = ' style="text-align:left"'  # JupyterLab sets every cell of a table flush right
NUMERIC = {"value", "interval", "rating", "people"}


@dataclass(frozen=True)
class Shown:
    """Something shown: as HTML in a notebook or report, as text elsewhere; summary goes to the page of all personas."""

    html: str
    text: str
    summary: Mapping[str, object] | None = None

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, object]:
        handed_over = {SUMMARY_TYPE: dict(self.summary)} if self.summary else {}
        return {"text/plain": self.text, "text/html": self.html, **handed_over}


def show_table(
    table: pd.DataFrame,
    *,
    columns: Mapping[str, str],
    unit: str = "",
    caption: str = "",
    empty: str = "Nothing to show.",
    group: str = "",
    summary: Mapping[str, object] | None = None,
) -> Shown:
    """Show chosen columns under plain headings, the numbers written for readers.

    Parameters
    ----------
    table
        Any table of the method; an estimate's value, n, lo, hi and flag are read together.
    columns
        Column and its heading, in order. Made from several columns: `interval` (lo, hi), `figure` (a value, weighted
        and unweighted, with its n in words), `people` (k of n).
    unit
        What value, lo and hi are: `feeling` (-2 to 2), `share` (0-1) or empty: the row's own `unit` ("%" = 0-1).
    caption, empty
        A line above the table; the sentence where there are no rows.
    group
        A column whose changes begin a new group of rows, with its text as their heading.
    summary
        Figures that the report hands on to the page of all personas.

    Returns
    -------
    Shown

    Examples
    --------
    >>> table = pd.DataFrame({"name": ["Pay"], "value": [-1.5], "lo": [-1.9], "hi": [-1.1], "n": [1031]})
    >>> show_table(table, columns={"name": "Step", "value": "Feeling", "interval": "95 %", "n": "n"}, unit="feeling")
    Step Feeling         95 %     n
     Pay    −1.5 −1.9 to −1.1 1,031
    """
    if table.empty:
        return Shown(f"<p>{escape(empty)}</p>", empty, summary)
    rows = table.to_dict("records")
    columns = _drop_empty(rows, columns)
    texts = [[write_cell(row, column, unit=unit) for column in columns] for row in rows]
    numbers = NUMERIC | set(table.select_dtypes("number"))
    is_numeric = [name in numbers for name in columns]
    groups = [str(row[group]) for row in rows] if group else [""] * len(rows)
    html = _write_html(texts, headings=list(columns.values()), is_numeric=is_numeric, groups=groups, caption=caption)
    text = pd.DataFrame(texts, columns=list(columns.values()), dtype="str").to_string(index=False)
    return Shown(html, text, summary)


def _drop_empty(rows: list[dict], columns: Mapping[str, str]) -> dict[str, str]:
    """Leave out a column that would say nothing in any row."""
    said = {name for name in columns if any(write_cell(row, name) not in ("", MISSING) for row in rows)}
    return {name: heading for name, heading in columns.items() if name in said}


def _write_html(texts: list, *, headings: list, is_numeric: list, groups: list, caption: str) -> str:
    marks = [' class="num"' if numeric else WORDS for numeric in is_numeric]
    columns = zip(headings, marks, strict=True)
    head = "".join(f'<th scope="col"{mark}>{escape(heading)}</th>' for heading, mark in columns)
    lines, before = [], ""
    for group, row in zip(groups, texts, strict=True):
        if group != before:
            above = f'<th class="group" scope="rowgroup"{WORDS} colspan="{len(headings)}">{escape(group)}</th>'
            lines.append(f"</tbody><tbody><tr>{above}</tr>")
            before = group
        first, *others = zip(row, marks, strict=True)
        cells = "".join(f"<td{mark}>{_tone(text)}</td>" for text, mark in others)
        lines.append(f'<tr><th scope="row"{first[1]}>{_tone(first[0])}</th>{cells}</tr>')
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    table = f"<table>{title}<thead><tr>{head}</tr></thead><tbody>" + "\n".join(["", *lines, "</tbody></table>"])
    return f'<div class="scroll" tabindex="0">{table}</div>'


def _tone(text: str) -> str:
    """Colour a status word, which stays a word."""
    tone = "good" if text in GOOD_WORDS else "bad" if text in BAD_WORDS else ""
    return f'<span class="{tone}">{escape(text)}</span>' if tone else escape(text)
