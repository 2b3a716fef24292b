"""Spells the elements of a page as plain HTML and as text, for where nothing can be clicked."""

import re
from html import escape

from cjm_helpers.lab.page import list_elements

NOTHING_YET = "-"
NUMBER = re.compile(r"-?\d[\d,]*(\.\d+)?%?")
INDENT = "\u2003"  # a plain space at the start of a cell is not shown
TICKED = {True: "yes", False: "no"}


def spell_page(elements: list[dict]) -> tuple[str, str]:
    """Return a page as HTML and as text; its buttons are named in one sentence at the end.

    Examples
    --------
    >>> from cjm_helpers.lab import page
    >>> spell_page([page.field("name", "Name", value="Shop"), page.button("save", "Save")])[1]
    'Name: Shop\\nIn JupyterLab, run this cell to use: Save.'
    """
    buttons = [element["label"] for element in list_elements(elements) if element["kind"] in ("button", "file_chooser")]
    clicks = [f"In JupyterLab, run this cell to use: {', '.join(buttons)}."] if buttons else []
    html = "".join(_spell_html(element) for element in elements)
    text = "\n".join(filter(None, [_spell_text(element) for element in elements] + clicks))
    return "<div>" + html + "".join(f"<p><em>{escape(line)}</em></p>" for line in clicks) + "</div>", text


def spell_table(columns: list[str], rows: list[list[str]]) -> str:
    """Return a table as HTML, numbers on the right; each cell says so itself, as notebooks that are cloned drop styles.

    Examples
    --------
    >>> spell_table(["Rows"], [["12"]])[:62]
    '<table><thead><tr><th scope="col" style="text-align:right">Row'
    """
    cells = zip(*rows) if rows else [()] * len(columns)
    sides = ["right" if any(own) and all(map(NUMBER.fullmatch, filter(None, own))) else "left" for own in cells]
    marks = [f'style="text-align:{side}"' for side in sides]
    head = "".join(f'<th scope="col" {mark}>{escape(name)}</th>' for name, mark in zip(columns, marks))
    lines = ["".join(f"<td {mark}>{escape(cell)}</td>" for cell, mark in zip(row, marks)) for row in rows]
    body = "\n".join(f"<tr>{line}</tr>" for line in lines)
    return f"<table><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table>"


def _spell_html(element) -> str:
    if not isinstance(element, dict):
        return escape(str(element))
    kind = element["kind"]
    inside = "".join(_spell_html(one) for one in element.get("elements", []))
    if kind == "heading":  # not as a heading of HTML, which JupyterLab would list among those of the notebook
        return f"<p><strong>{escape(element['text'])}</strong></p>"
    if kind == "group":
        return f"<p><strong>{escape(element['label'])}</strong></p>{inside}"
    if kind == "row":
        return inside
    if kind == "table":
        return spell_table(element["columns"], [[_spell_cell(cell) for cell in row] for row in element["rows"]])
    if kind == "tree":
        return spell_table(element["columns"], _list_items(element, INDENT))
    if kind == "picture":
        return f'<img src="{element["source"]}" alt="{escape(element["description"])}">'
    return "".join(f"<p>{escape(line)}</p>" for line in _spell_text(element).splitlines())


def _spell_text(element: dict) -> str:
    kind = element["kind"]
    if kind in ("row", "group"):
        lines = [_spell_text(one) for one in element["elements"]]
        return "\n".join(filter(None, [element.get("label", ""), *lines]))
    if kind == "table":
        return "\n".join(" | ".join(map(_spell_cell, row)) for row in [element["columns"], *element["rows"]])
    if kind == "tree":
        return "\n".join(" | ".join(row) for row in [element["columns"], *_list_items(element, "  ")])
    if kind == "picture":
        return element["description"]
    if kind in ("button", "file_chooser"):
        return element.get("refusal", "")
    if "id" in element:
        said = [f"{element['label']}: {_spell_value(element)}", element["error"], element.get("refusal", "")]
        return " ".join(filter(None, said))
    return element["label"] if kind == "link" else element["text"]


def _list_items(element: dict, indent: str) -> list[list[str]]:
    return [[indent * item["level"] + item["label"], *item["cells"]] for item in element["items"]]


def _spell_cell(cell) -> str:
    if not isinstance(cell, dict):
        return str(cell)
    return _spell_value(cell) if "id" in cell else cell.get("text", cell.get("label", ""))


def _spell_value(element: dict) -> str:
    labels = dict(element.get("options", []))
    value = element["value"]
    if isinstance(value, bool):
        return TICKED[value]
    values = value if isinstance(value, list) else [value]
    return ", ".join(labels.get(one, one) for one in values if one) or NOTHING_YET
