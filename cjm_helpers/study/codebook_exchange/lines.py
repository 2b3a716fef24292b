"""What a code says beyond its name, as lines of a description that people read anywhere and we read back."""

import re
from collections.abc import Mapping

VALENCES = {"-1": "pain point", "0": "neutral", "1": "delight"}
CODE_ID, PLACE = "code_id", "place"
KEYS = {
    "definition": "Definition", "include": "Include", "exclude": "Exclude", "example": "Example", "valence": "Valence",
    "status": "Status", "replaced_by": "Replaced by", "reason": "Reason", PLACE: "Place", CODE_ID: "Code id",
}  # fmt: skip
COLUMNS = {key: column for column, key in KEYS.items()}
LINE = re.compile(rf"({'|'.join(COLUMNS)}): ?(.*)", flags=re.DOTALL)
GOES_ON = "  "  # begins a further line of a cell
# What no XML may hold, and what would be taken for such a mark.
UNFIT = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\\u(?=[0-9a-f]{4})")
MARK = re.compile(r"\\u([0-9a-f]{4})")


def spell_description(cells: Mapping[str, str]) -> str:
    r"""Return the cells of a code as lines, the filled ones only; a line break in a cell is an indented line.

    Examples
    --------
    >>> spell_description({"definition": "It froze.\nOr waited.", "valence": "-1", "code_id": "slow"}).splitlines()
    ['Definition: It froze.', '  Or waited.', 'Valence: pain point', 'Code id: slow']
    """
    filled = {column: cells.get(column, "") for column in KEYS if cells.get(column, "")}
    if "valence" in filled:
        filled["valence"] = VALENCES.get(filled["valence"], filled["valence"])
    return "\n".join(
        f"{KEYS[column]}: {mark_unfit(cell)}".replace("\n", f"\n{GOES_ON}") for column, cell in filled.items()
    )


def read_description(text: str) -> dict[str, str]:
    r"""Return the cells that stand in a description; one that we did not write is a definition as a whole.

    What somebody wrote before or behind our lines is kept at the end of the definition.

    Examples
    --------
    >>> read_description("Definition: It froze.\n  Or waited.\nCode id: slow")
    {'definition': 'It froze.\nOr waited.', 'code_id': 'slow'}
    >>> read_description("Pages that freeze.")
    {'definition': 'Pages that freeze.'}
    """
    lines = text.strip("\n").split("\n")
    found = [LINE.fullmatch(line) for line in lines]
    ends = [at for at, match in enumerate(found) if match and match[1] == KEYS[CODE_ID] and match[2].strip()]
    if not ends:
        return {"definition": text.strip()} if text.strip() else {}
    cells: dict[str, list[str]] = {}
    column, added = "", lines[ends[-1] + 1 :]
    for line, match in zip(lines[: ends[-1] + 1], found, strict=False):
        if match and COLUMNS[match[1]] not in cells:
            column = COLUMNS[match[1]]
            cells[column] = [match[2]]
        elif column:
            cells[column].append(line.removeprefix(GOES_ON))
        else:
            added.insert(0, line)
    read = {name: read_unfit("\n".join(parts)).strip() for name, parts in cells.items()}
    if any(map(str.strip, added)):
        read["definition"] = "\n".join([*filter(None, [read.get("definition", "")]), *added]).strip()
    if "valence" in read:
        read["valence"] = {word: value for value, word in VALENCES.items()}.get(read["valence"], read["valence"])
    return read


def mark_unfit(text: str) -> str:
    r"""Return a text in which each letter that no XML may hold is written as \u and its number.

    Examples
    --------
    >>> mark_unfit("a\x0bb")
    'a\\u000bb'
    """
    return UNFIT.sub(lambda found: f"\\u{ord(found[0][0]):04x}{found[0][1:]}", text)


def read_unfit(text: str) -> str:
    r"""Return a text with such letters put back.

    Examples
    --------
    >>> read_unfit(mark_unfit("a\x0b\\u0041")) == "a\x0b\\u0041"
    True
    """
    return MARK.sub(lambda found: chr(int(found[1], 16)), text)
