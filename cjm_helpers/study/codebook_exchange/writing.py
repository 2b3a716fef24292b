"""Writes a codebook as a REFI-QDA codebook, which other programs for coding read (.qdc)."""

import uuid
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd

from cjm_helpers.errors import CjmError
from cjm_helpers.study.codebook_exchange.lines import PLACE, VALENCES, mark_unfit, spell_description
from cjm_helpers.study.kinds import spell_cells
from cjm_helpers.study.tables import write_whole
from cjm_helpers.worksheets import RETIRED, SPECS

ENDING = ".qdc"
NAMESPACE = "urn:QDA-XML:codebook:1.0"  # REFI-QDA 1.5 (2019)
ORIGIN = "CJM Workbook"
GUIDS = uuid.UUID("5d0d7f0e-6a57-5f0b-9d55-2f3a0c1b7e11")  # never to be changed: by it a code is known again
SETS = {"-1": "Pain points", "0": "Neutral", "1": "Delights"}
COLUMNS = list(SPECS["codebook"].column_names)


def spell_codebook(codebook: pd.DataFrame) -> bytes:
    """Return a codebook as a REFI-QDA codebook, from which `read_codebook` makes the same table again.

    The tree is that of the codes; what has no place of its own in the standard stands in the description in lines such
    as "Include: Any refused payment". Retired codes cannot be given, and each valence is a set.

    Raises
    ------
    CjmError
        The codebook is empty, or codes lie below each other in a circle.

    Examples
    --------
    >>> from cjm_helpers.study.codebook_exchange.reading import read_codebook
    >>> book = pd.DataFrame({"code_id": ["slow"], "label": ["Slow pages"], "valence": [-1.0]})
    >>> read_codebook(spell_codebook(book)).frame[["code_id", "label", "valence"]].values.tolist()
    [['slow', 'Slow pages', '-1']]
    """
    cells = pd.DataFrame(
        {name: spell_cells(codebook[name]) if name in codebook else "" for name in COLUMNS}, dtype="str"
    )
    rows = {row["code_id"]: row for row in cells.to_dict("records")}
    if not rows:
        raise CjmError("The codebook holds no code yet, so there is nothing to hand on.")
    root = ElementTree.Element("CodeBook", {"xmlns": NAMESPACE, "origin": ORIGIN})
    placed = _place_codes(ElementTree.SubElement(root, "Codes"), rows)
    if len(placed) < len(rows):
        lost = ", ".join(f"'{rows[name]['label']}'" for name in rows if name not in placed)
        raise CjmError(
            f"These codes lie below each other in a circle, or below none: {lost}. Move one to the top first."
        )
    is_sorted = list(placed) == list(rows)
    for place, (code_id, row) in enumerate(rows.items(), start=1):
        description = ElementTree.Element("Description")
        description.text = spell_description(row if is_sorted else row | {PLACE: str(place)})
        placed[code_id].insert(0, description)  # the standard has it before the codes below
    _add_sets(root, cells)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def save_codebook(codebook: pd.DataFrame, file: str | Path) -> Path:
    """Write a codebook into a file for other programs, whole or not at all, and return the file.

    Raises
    ------
    CjmError
        The name does not end in .qdc, the codebook is empty, or the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> book = pd.DataFrame({"code_id": ["slow"], "label": ["Slow pages"]})
    >>> save_codebook(book, Path(tempfile.mkdtemp()) / "book.qdc").name
    'book.qdc'
    """
    file = Path(file)
    if file.suffix.lower() != ENDING:
        raise CjmError(f"'{file.name}' is no name of a REFI-QDA codebook. Give it one that ends in {ENDING}.")
    write_whole(file, spell_codebook(codebook))
    return file


def make_guid(code_id: str) -> str:
    """Return the guid under which a code stands in every file of ours.

    Examples
    --------
    >>> make_guid("slow") == make_guid("slow") != make_guid("late")
    True
    """
    return str(uuid.uuid5(GUIDS, code_id)).upper()


def make_set_guid(valence: str) -> str:
    """Return the guid of the set of all codes of a valence.

    Examples
    --------
    >>> make_set_guid("-1") == make_set_guid("1")
    False
    """
    return str(uuid.uuid5(uuid.uuid5(GUIDS, "sets"), VALENCES[valence])).upper()


def _place_codes(top: ElementTree.Element, rows: dict[str, dict]) -> dict[str, ElementTree.Element]:
    """Add an element for each code below that of its parent; return them in the order of the file."""
    below: dict[str, list[str]] = {}
    for code_id, row in rows.items():
        below.setdefault(row["parent"], []).append(code_id)
    placed, waiting = {}, [(top, code_id) for code_id in reversed(below.get("", []))]
    while waiting:
        parent, code_id = waiting.pop()
        row = rows[code_id]
        is_codable = "false" if row["status"] == RETIRED else "true"
        about = {"guid": make_guid(code_id), "name": mark_unfit(row["label"]), "isCodable": is_codable}
        placed[code_id] = ElementTree.SubElement(parent, "Code", about)
        waiting += [(placed[code_id], child) for child in reversed(below.get(code_id, []))]
    return placed


def _add_sets(root: ElementTree.Element, cells: pd.DataFrame) -> None:
    members = {value: cells.loc[cells["valence"] == value, "code_id"] for value in SETS}
    sets = ElementTree.SubElement(root, "Sets") if any(map(len, members.values())) else None
    for value, code_ids in members.items():
        if len(code_ids):
            about = {"guid": make_set_guid(value), "name": SETS[value]}
            one = ElementTree.SubElement(sets, "Set", about)
            for code_id in code_ids:
                ElementTree.SubElement(one, "MemberCode", {"guid": make_guid(code_id)})
