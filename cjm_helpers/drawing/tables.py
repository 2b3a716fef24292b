"""Shows the tables of a report: plain semantic HTML under plain headings.

show_table(table, columns=...)    any table, its numbers written for readers
show_shelves(tables)              what a study holds, and what is still empty
show_people, show_statements      who stands behind a persona, and what is stated about it
show_themes, show_gaps            what people say, and what is not known
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

import pandas as pd

from cjm_helpers.drawing.writing import MISSING, write_cell
from cjm_helpers.worksheets import PERSONA_FIELDS, SPECS

SUMMARY_TYPE = "application/vnd.cjm.summary+json"
EVERYONE = "everyone"
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
VALENCES = {-1: "pain point", 0: "neutral", 1: "delight"}
MOST_THEMES, LEAST_PEOPLE = 4, 2
FIELD_NAMES = {
    "goal_short": "goal for now", "goal_long": "goal for later", "pain_point": "pain point", "quote": "in their words",
}  # fmt: skip
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
    marks = [' class="num"' if numeric else "" for numeric in is_numeric]
    columns = zip(headings, marks, strict=True)
    head = "".join(f'<th scope="col"{mark}>{escape(heading)}</th>' for heading, mark in columns)
    lines, before = [], ""
    for group, row in zip(groups, texts, strict=True):
        if group != before:
            above = f'<th class="group" scope="rowgroup" colspan="{len(headings)}">{escape(group)}</th>'
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


def show_shelves(tables: Mapping[str, pd.DataFrame]) -> Shown:
    """Show the tables of a study on their shelves, each with how many rows it holds.

    Examples
    --------
    >>> show_shelves({"personas": pd.DataFrame({"persona_id": ["a", "b"]})})
       Table One row per Rows
    personas     persona    2
    """
    rows = [(f"Shelf: {SPECS[name].shelf}", name, SPECS[name].row, f"{len(table):,}") for name, table in tables.items()]
    frame = pd.DataFrame(rows, columns=["shelf", "table", "row", "rows"])
    frame["rows"] = frame["rows"].replace("0", "empty")
    return show_table(frame, columns={"table": "Table", "row": "One row per", "rows": "Rows"}, group="shelf")


def show_people(people: pd.DataFrame, *, persona_id: str = EVERYONE) -> Shown:
    """Show how many customers, answers and verbatims stand behind each persona; for everyone also those without one.

    Columns read: persona_id, name, tagline, customers, answers, verbatims, as `personas.count_customers` makes them.

    Examples
    --------
    >>> people = pd.DataFrame({"persona_id": ["a", ""], "name": ["Anna", "Without a persona"], "tagline": ["", ""],
    ...                        "customers": [41, 3], "answers": [212, 9], "verbatims": [96, 0]})
    >>> show_people(people).summary
    {'without_persona': 3}
    """
    is_everyone = persona_id == EVERYONE
    shown = people if is_everyone else people[people["persona_id"] == persona_id]
    without = int(people.loc[people["persona_id"] == "", "customers"].sum())
    counts = {"customers": "Customers", "answers": "Answers", "verbatims": "Verbatims"}
    columns = {"name": "Persona", "tagline": "In one line", **counts}
    return show_table(shown, columns=columns, summary={"without_persona": without} if is_everyone else None)


def show_statements(statements: pd.DataFrame, *, persona_id: str = EVERYONE) -> Shown:
    """Show what is stated about a persona, field by field, each with how it is known.

    Columns read: persona_id, stage, touchpoint_id, field, text, basis, evidence_ids. Statements about a step
    stand on the map.

    Examples
    --------
    >>> said = pd.DataFrame({"persona_id": ["a"], "stage": [""], "touchpoint_id": [""], "field": ["need"],
    ...                      "text": ["No second trip"], "basis": ["assumed"], "evidence_ids": [""]})
    >>> show_statements(said, persona_id="a")
    need: No second trip (assumed)
    """
    is_placed = (statements["stage"] != "") | (statements["touchpoint_id"] != "")
    is_card = statements["field"].isin(PERSONA_FIELDS) & (statements["persona_id"] == persona_id)
    card = statements[is_card & ~is_placed]
    if card.empty:
        empty = "Nothing is stated about this persona yet." if persona_id != EVERYONE else ""
        return Shown(f"<p>{empty}</p>" if empty else "", empty)
    parts, lines = [], []
    for field in PERSONA_FIELDS:
        rows = card[card["field"] == field].to_dict("records")
        name = FIELD_NAMES.get(field, field)
        entries = "".join(_write_statement(row) for row in rows)
        parts += [f"<div><dt>{name.capitalize()}</dt>{entries}</div>"] if rows else []
        lines += [f"{name}: {row['text']} ({_basis(row)})" for row in rows]
    return Shown(f'<dl class="statements">{"".join(parts)}</dl>', "\n".join(lines))


def _write_statement(row: Mapping) -> str:
    return f'<dd class="{row["basis"]}">{escape(row["text"])} <small>{escape(_basis(row))}</small></dd>'


def _basis(row: Mapping) -> str:
    return ", ".join(part for part in (row["basis"], row["evidence_ids"].replace(";", ", ")) if part)


def show_themes(themes: pd.DataFrame, *, steps: pd.DataFrame) -> Shown:
    """Show the themes of each step, strongest first, with one quote each and its id.

    Columns read: touchpoint_id, label, valence, k, n, value, lo, hi, flag, quote_id, text (of the quote); step_id,
    touchpoint_id, name. Up to four themes a step; what one person alone names is left out.

    Examples
    --------
    >>> steps = pd.DataFrame({"step_id": ["3.2"], "touchpoint_id": ["pay"], "name": ["Pay"]})
    >>> themes = pd.DataFrame({"touchpoint_id": ["pay"], "label": ["Card refused"], "valence": [-1], "k": [18.0],
    ...     "n": [31.0], "value": [0.58], "lo": [0.41], "hi": [0.74], "flag": ["reportable"], "quote_id": ["f1"],
    ...     "text": ["Refused again."]})
    >>> show_themes(themes, steps=steps)
           Theme       Kind   People Share 95 % interval      In their words
    Card refused pain point 18 of 31  58 %    41 to 74 % “Refused again.” f1
    """
    known = themes[(themes["flag"] != "suppressed") & (themes["k"] >= LEAST_PEOPLE)]
    placed = steps[["step_id", "touchpoint_id", "name"]].merge(known, on="touchpoint_id")
    unplaced = known[known["touchpoint_id"] == ""].assign(step_id="", name="The journey as a whole")
    rows = pd.concat([placed, unplaced]) if len(unplaced) else placed
    rows = rows.groupby("touchpoint_id", sort=False).head(MOST_THEMES)
    words, source = rows["text"].fillna(""), rows["quote_id"].fillna("")
    rows = rows.assign(
        step=(rows["step_id"] + " " + rows["name"]).str.strip(),
        quote=("“" + words + "” " + source).where(words != "", source),
        valence=rows["valence"].map(VALENCES).fillna(""),
    )
    columns = {"label": "Theme", "valence": "Kind", "people": "People", "value": "Share", "interval": "95 % interval"}
    empty = "No theme is named by enough people yet. Verbatims count once they are coded: fill codebook and codings."
    return show_table(rows, columns={**columns, "quote": "In their words"}, unit="share", group="step", empty=empty)


def show_gaps(gaps: pd.DataFrame) -> Shown:
    """Show what is not known, one sentence each.

    Columns read: kind, step_id, sentence.

    Examples
    --------
    >>> show_gaps(pd.DataFrame({"kind": ["empty"], "step_id": [""], "sentence": ["Buy has no touchpoint yet."]}))
    Buy has no touchpoint yet.
    """
    sentences = list(dict.fromkeys(gaps["sentence"]))
    if not sentences:
        return Shown("<p>No gap was found.</p>", "No gap was found.")
    items = "\n".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return Shown(f'<ul class="gaps">\n{items}\n</ul>', "\n".join(sentences))
