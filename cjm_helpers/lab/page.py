"""The elements of a desk's page: plain dicts, made by one small function each; form.py shows them.

from cjm_helpers.lab import page

heading(text)                  a title above what follows
text(text)                     a paragraph
message(text, tone="good")     one thing to notice: "good", "bad" or "plain"
sentences(text)                several lines as they stand, such as a list of faults
field(id, label, kind="text")  something to type: "text", "long", "number" or "date"; its value is a text
select(id, label, options=)    one of several; its value is the option's text or id
tick(id, label)                yes or no; its value is True or False
tick_list(id, label, options=) any of several; its value is a list
file_chooser(id, label)        a file; its value is a File(name, content), or None
button(action, label)          calls act(action, values)
link(label, path=)             opens a file or notebook in JupyterLab
picture(content, description=) an SVG or PNG, given as bytes
tree(id, label, columns=, items=) things below things, of which one is chosen; its value is the chosen one's id
table(columns, rows)           each cell a text or one of the elements here (its label is for screen readers)
row(elements)                  elements side by side
group(label, elements)         elements that belong together, in a box

An option is a text, or a pair (value, label). `help` and `error` stand next to what they are about. What has an
`action` calls act() as soon as it is changed.
"""

from base64 import b64encode
from pathlib import Path

SVG_START = b"<"


def heading(text: str, *, level: int = 3) -> dict:
    """Return a title; level 3 for the page, 4 for a part of it.

    Examples
    --------
    >>> heading("New study")["text"]
    'New study'
    """
    return {"kind": "heading", "text": text, "level": level}


def text(text: str) -> dict:
    """Return a paragraph.

    Examples
    --------
    >>> text("Nothing is written yet.")["kind"]
    'text'
    """
    return {"kind": "text", "text": text}


def message(text: str, *, tone: str = "plain") -> dict:
    """Return one thing to notice, which screen readers say at once; tone is plain, good or bad.

    Examples
    --------
    >>> message("Saved.", tone="good")["tone"]
    'good'
    """
    return {"kind": "message", "text": text, "tone": tone}


def sentences(text: str) -> dict:
    """Return lines that are shown as they stand, such as str(check_study(place)).

    Examples
    --------
    >>> sentences("No faults.")["kind"]
    'sentences'
    """
    return {"kind": "sentences", "text": text}


def field(
    id: str, label: str, *, kind: str = "text", value="", help: str = "", error: str = "", action: str = ""
) -> dict:
    """Return something to type; its value is a text, also for kind "number" and "date" (2026-03-14).

    Examples
    --------
    >>> field("name", "Name of the study", help="As your team calls it.")["value"]
    ''
    """
    about = {"label": label, "value": str(value), "help": help, "error": error, "action": action}
    return {"kind": "field", "id": id, "type": kind, **about}


def select(id: str, label: str, *, options, value: str = "", help: str = "", error: str = "", action: str = "") -> dict:
    """Return a drop-down; where the value is none of the options, the first one is chosen.

    Examples
    --------
    >>> select("wave", "Wave", options=[("all", "All waves"), "2026-09"])["options"]
    [['all', 'All waves'], ['2026-09', '2026-09']]
    """
    options = pair_options(options)
    known = [option for option, _ in options]
    value = value if value in known else next(iter(known), "")
    about = {"label": label, "value": value, "help": help, "error": error, "action": action}
    return {"kind": "select", "id": id, "options": options, **about}


def tick(id: str, label: str, *, value: bool = False, help: str = "", error: str = "", action: str = "") -> dict:
    """Return a box to tick.

    Examples
    --------
    >>> tick("overwrite", "Replace what is there")["value"]
    False
    """
    return {"kind": "tick", "id": id, "label": label, "value": value, "help": help, "error": error, "action": action}


def tick_list(id: str, label: str, *, options, value=(), help: str = "", error: str = "", action: str = "") -> dict:
    """Return boxes of which any may be ticked; the value lists the ticked options.

    Examples
    --------
    >>> tick_list("personas", "Personas", options=[("lena", "Lena")], value=["lena"])["value"]
    ['lena']
    """
    about = {"label": label, "value": list(value), "help": help, "error": error, "action": action}
    return {"kind": "tick_list", "id": id, "options": pair_options(options), **about}


def file_chooser(
    id: str,
    label: str,
    *,
    accepts: str = "",
    takes_several: bool = False,
    help: str = "",
    error: str = "",
    action: str = "",
) -> dict:
    """Return a button to choose a file from the reader's computer, or several; accepts is such as ".csv,.xlsx".

    Examples
    --------
    >>> file_chooser("export", "Your export", accepts=".csv,.xlsx")["accepts"]
    '.csv,.xlsx'
    """
    about = {"label": label, "value": None, "help": help, "error": error, "action": action}
    return {"kind": "file_chooser", "id": id, "accepts": accepts, "takes_several": takes_several, **about}


def button(action: str, label: str, *, is_primary: bool = False, is_disabled: bool = False, help: str = "") -> dict:
    """Return a button; exactly one on a page should be primary: the next step.

    Examples
    --------
    >>> button("check", "Check the study", is_primary=True)["action"]
    'check'
    """
    about = {"label": label, "is_primary": is_primary, "is_disabled": is_disabled, "help": help}
    return {"kind": "button", "action": action, **about}


def link(label: str, *, path: str | Path) -> dict:
    """Return a link that opens a file, folder or notebook in JupyterLab; the path is said where it cannot.

    Examples
    --------
    >>> link("Open the notebook", path="my_study/notebooks/00_start_here.ipynb")["label"]
    'Open the notebook'
    """
    return {"kind": "link", "label": label, "path": str(path)}


def picture(content: bytes, *, description: str) -> dict:
    """Return a picture from the bytes of an SVG or PNG; description is for those who cannot see it.

    Examples
    --------
    >>> picture(b"<svg/>", description="The journey map")["source"][:18]
    'data:image/svg+xml'
    """
    kind = "svg+xml" if content.lstrip().startswith(SVG_START) else "png"
    source = f"data:image/{kind};base64,{b64encode(content).decode()}"
    return {"kind": "picture", "source": source, "description": description}


def table(columns: list[str], rows: list[list]) -> dict:
    """Return a table; a cell is a text, or an element with an id of its own.

    Examples
    --------
    >>> wanted = select("match:Q1", "Q1 is", options=["", "score"], value="score")
    >>> table(["column", "is"], [["Q1", wanted]])["rows"][0][0]
    'Q1'
    """
    return {"kind": "table", "columns": list(columns), "rows": [list(row) for row in rows]}


def tree(id: str, label: str, *, columns: list[str], items: list[dict], value: str = "", action: str = "") -> dict:
    """Return things below things, of which one is chosen.

    Parameters
    ----------
    columns
        What stands over the labels, and over each cell beside them.
    items
        In reading order, each with value, label, level (0 = top), cells (texts), is_faint (no longer in use).

    Examples
    --------
    >>> item = {"value": "slow", "label": "Slow pages", "level": 0, "cells": ["12"], "is_faint": False}
    >>> tree("code", "Codes", columns=["Code", "Verbatims"], items=[item], value="slow")["value"]
    'slow'
    """
    about = {"label": label, "value": value, "help": "", "error": "", "action": action}
    return {"kind": "tree", "id": id, "columns": list(columns), "items": list(items), **about}


def row(elements: list[dict]) -> dict:
    """Return elements that stand side by side where there is room.

    Examples
    --------
    >>> len(row([field("start", "From", kind="date"), field("end", "To", kind="date")])["elements"])
    2
    """
    return {"kind": "row", "elements": list(elements)}


def group(label: str, elements: list[dict]) -> dict:
    """Return elements in a box with a title; Enter in one of its fields clicks its first button.

    Examples
    --------
    >>> group("New study", [field("name", "Name")])["label"]
    'New study'
    """
    return {"kind": "group", "label": label, "elements": list(elements)}


def list_elements(elements: list) -> list[dict]:
    """Return all elements in reading order, those within rows, groups and tables too.

    Examples
    --------
    >>> [element["kind"] for element in list_elements([row([tick("yes", "Yes")])])]
    ['row', 'tick']
    """
    found = []
    for element in elements:
        if isinstance(element, dict):
            cells = [cell for line in element.get("rows", []) for cell in line]
            found += [element, *list_elements(element.get("elements", []) + cells)]
    return found


def pair_options(options) -> list[list[str]]:
    """Return options as pairs of value and label, where some may be given as one text.

    Examples
    --------
    >>> pair_options(["2026-09", ("all", "All waves")])
    [['2026-09', '2026-09'], ['all', 'All waves']]
    """
    return [[option, option] if isinstance(option, str) else list(option) for option in options]
