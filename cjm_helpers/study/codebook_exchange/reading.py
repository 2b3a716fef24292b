"""Reads a REFI-QDA codebook of any program into codes: nothing is dropped in silence, and nothing in it is run."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pandas as pd

from cjm_helpers.errors import CjmError
from cjm_helpers.study.codebook_exchange.lines import CODE_ID, PLACE, read_description, read_unfit
from cjm_helpers.study.codebook_exchange.writing import COLUMNS, SETS, make_set_guid
from cjm_helpers.study.ids import make_id
from cjm_helpers.worksheets import NOTHING_FITS, RETIRED

ROOT, CODES, CODE, SETS_TAG, DESCRIPTION = "CodeBook", "Codes", "Code", "Sets", "Description"
KNOWN = {"guid", "name", "isCodable", "color"}
MEMBER = "MemberCode"
NOT_CODABLE = ("false", "0")
MOST_LEVELS, MOST_CODES, MOST_MEGABYTES, MOST_NAMED = 50, 2_000, 20, 5
PACKED = b"PK"  # how every zip begins
ACTIVE, UNNAMED = "active", "Unnamed code"
EXPORT = "In the other program, export the codebook alone, as REFI-QDA codebook (.qdc), and choose that file."


class ReadCodebook(NamedTuple):
    """The codes of a file as text cells, the guid of each, and what of the file has no place in a codebook here.

    made holds the ids that the file did not say, so that they were made from names.
    """

    frame: pd.DataFrame
    guids: dict[str, str]
    made: frozenset[str]
    remarks: tuple[str, ...]


def read_codebook(content: bytes, *, name: str = "The file") -> ReadCodebook:
    """Read a REFI-QDA codebook; where a code has no id of ours, one is made from its name.

    Parameters
    ----------
    name
        What the file is called, for sentences.

    Raises
    ------
    CjmError
        It is a whole project, no XML, no codebook, or has a document type, in which endless text could hide.

    Examples
    --------
    >>> file = b'<CodeBook><Codes><Code guid="A" name="Slow pages" color="#ff0000"/></Codes></CodeBook>'
    >>> read = read_codebook(file)
    >>> read.frame["code_id"].tolist(), read.remarks
    (['slow_pages'], ('Colours are not kept here (1).',))
    """
    root = _parse(content, name)
    if _name_tag(root) != ROOT:
        raise CjmError(f"'{name}' is XML, but no codebook: it begins with '{_name_tag(root)}'. {EXPORT}")
    found = _Found()
    for part in root:
        if _name_tag(part) == CODES:
            found.add_codes(part)
        elif _name_tag(part) == SETS_TAG:
            found.sets += list(part)
        else:
            found.unknown[_name_tag(part)] += 1
    if not found.codes:
        raise CjmError(f"'{name}' holds no code, so there is nothing to take over. {EXPORT}")
    return found.finish()


def load_codebook(file: str | Path) -> ReadCodebook:
    """Read the REFI-QDA codebook that stands in a file.

    Raises
    ------
    CjmError
        There is no such file, or it holds no codebook.

    Examples
    --------
    >>> load_codebook("nowhere.qdc")
    Traceback (most recent call last):
    ...
    cjm_helpers.errors.CjmError: 'nowhere.qdc' cannot be read: No such file or directory.
    """
    file = Path(file)
    try:
        content = file.read_bytes()
    except OSError as error:
        raise CjmError(f"'{file.name}' cannot be read: {error.strerror or error}.") from None
    return read_codebook(content, name=file.name)


class _Builder(ElementTree.TreeBuilder):
    """Builds the tree, and stops at a document type: no codebook needs one, and endless text can hide in it."""

    def doctype(self, name, pubid, system) -> None:
        raise CjmError("it has a document type (DTD)")


def _parse(content: bytes, name: str) -> ElementTree.Element:
    if content.startswith(PACKED):
        raise CjmError(f"'{name}' is packed: a whole project (.qdpx), or another kind of file. {EXPORT}")
    if not content.strip():
        raise CjmError(f"'{name}' is empty. {EXPORT}")
    if len(content) > MOST_MEGABYTES * 10**6:
        raise CjmError(f"'{name}' is larger than {MOST_MEGABYTES} MB, which no codebook is. {EXPORT}")
    parser = ElementTree.XMLParser(target=_Builder())
    try:
        parser.feed(content.lstrip(b" \t\r\n"))
        return parser.close()
    except CjmError as refused:
        raise CjmError(f"'{name}' is not read: {refused}, which a codebook never needs. {EXPORT}") from None
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise CjmError(f"'{name}' is no XML, or a part of it is missing ({error}). {EXPORT}") from None


def _read_guid(element: ElementTree.Element) -> str:
    return element.get("guid", "").strip("{} ").upper()


def _name_tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


@dataclass
class _Found:
    """What was found in a file so far: codes as cells, sets of codes, and what has no place here."""

    codes: list[dict] = field(default_factory=list)
    sets: list[ElementTree.Element] = field(default_factory=list)
    unknown: Counter = field(default_factory=Counter)
    colours: int = 0
    idle: list[str] = field(default_factory=list)

    def add_codes(self, top: ElementTree.Element) -> None:
        """Take the codes below an element, each before those below it."""
        waiting = [(child, None, 1) for child in reversed(top)]
        while waiting:
            element, parent, level = waiting.pop()
            if _name_tag(element) != CODE:
                self.unknown[_name_tag(element)] += 1
                continue
            if level > MOST_LEVELS:
                raise CjmError(f"Its codes lie more than {MOST_LEVELS} levels below each other. {EXPORT}")
            if len(self.codes) == MOST_CODES:
                raise CjmError(f"It holds more than {MOST_CODES:,} codes, which nobody can tell apart. {EXPORT}")
            self.codes.append(self._read_code(element) | {"above": parent})
            own = self.codes[-1]
            waiting += [(child, own, level + 1) for child in reversed(element) if _name_tag(child) != DESCRIPTION]

    def _read_code(self, element: ElementTree.Element) -> dict:
        """Return the cells of one code, and its guid."""
        about = [child for child in element if _name_tag(child) == DESCRIPTION]
        cells = read_description("\n".join("".join(one.itertext()) for one in about))
        name = element.get("name", "")
        label = read_unfit(name) if CODE_ID in cells else name.strip()
        self.colours += "color" in element.attrib
        self.unknown.update(f"{CODE} {one}" for one in element.attrib if one not in KNOWN)
        self.unknown.update(_name_tag(inner) for one in about for inner in one)
        self.unknown["text between the codes"] += bool((element.text or "").strip())
        is_idle = element.get("isCodable", "").strip() in NOT_CODABLE and cells.get("status") != RETIRED
        if is_idle and CODE not in map(_name_tag, element):
            self.idle.append(label)
        return {"label": label or UNNAMED, "guid": _read_guid(element)} | cells

    def finish(self) -> ReadCodebook:
        """Return the codes with their ids, in the order that they had here if we wrote the file."""
        made = self._name_codes()
        remarks = (*self._read_sets(), *self._list_remarks(made))
        for cells in self.codes:
            cells["parent"] = cells["above"][CODE_ID] if cells["above"] else ""
            cells.setdefault("status", ACTIVE if cells[CODE_ID] in made else "")
        if all(cells.get(PLACE, "").isdecimal() for cells in self.codes):
            self.codes.sort(key=lambda cells: int(cells[PLACE]))
        frame = pd.DataFrame(self.codes).reindex(columns=COLUMNS).fillna("").astype("str")
        return ReadCodebook(frame, {cells[CODE_ID]: cells["guid"] for cells in self.codes}, made, remarks)

    def _name_codes(self) -> frozenset[str]:
        """Give each code its id: the one it says, unless another has it, else one made from its name; return those."""
        said: dict[str, dict] = {}
        for cells in self.codes:
            own = cells.pop(CODE_ID, "")
            if own and own not in said and own != NOTHING_FITS and ";" not in own:
                said[own] = cells
                cells[CODE_ID] = own
        made: list[str] = []
        for cells in self.codes:
            if CODE_ID not in cells:
                cells[CODE_ID] = make_id(cells["label"], taken=[*said, *made])
                made.append(cells[CODE_ID])
        return frozenset(made)

    def _read_sets(self) -> list[str]:
        """Fill valences from sets of ours where descriptions lost them; return what is said of other sets."""
        ours, remarks, by_guid = {make_set_guid(value): value for value in SETS}, [], {}
        for cells in self.codes:
            by_guid.setdefault(cells["guid"], []).append(cells)
        for one in self.sets:
            name, members = one.get("name", ""), [_read_guid(member) for member in one if _name_tag(member) == MEMBER]
            value = ours.get(_read_guid(one))
            if value is None:
                remarks.append(f"The group '{name}' ({len(members):,}) is not kept: groups have no place here.")
                continue
            for cells in [cells for guid in members for cells in by_guid.get(guid, [])]:
                if cells.setdefault("valence", value) != value:
                    remarks.append(
                        f"'{cells['label']}' is in the group '{name}', but the valence it says itself counts."
                    )
        return remarks

    def _list_remarks(self, made: frozenset[str]) -> list[str]:
        """Say what of the file is not kept, or is other than its author may think."""
        unnamed = sum(cells["label"] == UNNAMED for cells in self.codes)
        labels = Counter(cells["label"] for cells in self.codes if cells[CODE_ID] in made)
        twins = [label for label, count in labels.items() if count > 1 and label != UNNAMED]
        unknown = [f"{name} ({count:,})" for name, count in self.unknown.items() if count]
        remarks = {
            f"Colours are not kept here ({self.colours:,}).": self.colours,
            f"Not kept, as a codebook here has no place for it: {', '.join(unknown)}.": unknown,
            f"{unnamed:,} of the codes had no name. Name them here.": unnamed,
            f"Could not be given there, and can be given here: {_name_some(self.idle)}.": self.idle,
            f"The same name stands at several codes, whose ids are numbered: {_name_some(twins)}.": twins,
        }
        return [remark for remark, is_so in remarks.items() if is_so]


def _name_some(labels: list[str]) -> str:
    more = f" and {len(labels) - MOST_NAMED:,} more" if len(labels) > MOST_NAMED else ""
    return ", ".join(f"'{label}'" for label in labels[:MOST_NAMED]) + more
