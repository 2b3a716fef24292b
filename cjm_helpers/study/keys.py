"""Reads the keys of a TOML file: keeps those it knows, of the right kind, and says the others with their place."""

import re
import tomllib
from datetime import date, datetime
from pathlib import Path

from cjm_helpers.errors import Fault, FaultsFound, spell_allowed
from cjm_helpers.study.conflict_marks import refuse_conflict

KIND_NAMES = {
    int: "a whole number",
    float: "a number",
    str: "text in quotes",
    date: "a date such as 2026-03-01",
    list: "a list in [ ]",
    dict: "a group of keys",
}


class Keys:
    """The reading of one file: what it finds wrong gathers in faults."""

    def __init__(self, file: str):
        self.file = file
        self.faults: list[Fault] = []

    def say(self, what: str, *, allowed: str = "", remedy: str = "") -> None:
        self.faults.append(Fault(what, file=self.file, allowed=allowed, remedy=remedy))

    def keep(self, data: dict, kinds: dict, *, place: str, required: tuple[str, ...] = ()) -> dict:
        """Return the known keys whose values are of the right kind; say the others and the required ones that lack."""
        for key in [key for key in data if key not in kinds]:
            what = f"{place} has the unknown key '{key}'."
            self.say(what, allowed=spell_allowed(key, kinds), remedy="Correct or remove the key.")
        for key in required:
            if data.get(key, "") == "":
                self.say(
                    f"{place} lacks the key '{key}'.", allowed=f"It holds {_name_kind(kinds[key])}.", remedy="Add it."
                )
        known = {key: data[key] for key in kinds if key in data}
        return {key: value for key, value in known.items() if self._has_kind(value, kinds[key], f"{place}: {key}")}

    def keep_words(self, data: dict, *, place: str, allowed: tuple[str, ...] = ()) -> dict:
        """Return the keys that hold text, and one of the allowed texts where some are given."""
        kept = {key: value for key, value in data.items() if self._has_kind(value, str, f"{place} {key}")}
        for key, value in kept.items():
            if allowed and value not in allowed:
                self.say(f"{place} {key} = '{value}' is not known.", allowed=spell_allowed(value, allowed))
        return kept

    def keep_texts(self, items: list, *, place: str) -> tuple[str, ...]:
        """Return the items that are texts, each once."""
        texts = [item for item in items if isinstance(item, str) and item.strip()]
        if not texts or len(texts) < len(items):
            self.say(f"{place} holds something that is not text.", allowed="It holds texts in quotes, at least one.")
        for text in sorted({text for text in texts if texts.count(text) > 1}):
            self.say(f"{place} holds '{text}' twice.", remedy="Each stands once.")
        return tuple(dict.fromkeys(texts))

    def keep_groups(self, items, *, place: str) -> list[dict]:
        """Return the items that are groups of keys."""
        for item in items:
            self._has_kind(item, dict, place)
        return [item for item in items if isinstance(item, dict)]

    def _has_kind(self, value, kind, place: str) -> bool:
        is_lookalike = isinstance(value, (bool, datetime))  # both pass as int and date in Python, not in a study
        if isinstance(value, kind) and not is_lookalike:
            return True
        shown = f"'{value}'" if isinstance(value, str) else value
        self.say(f"{place} = {shown} is of the wrong kind.", allowed=f"It holds {_name_kind(kind)}.")
        return False


def parse_toml(file: Path) -> dict:
    """Return what a TOML file says, or say in which line it cannot be read.

    Raises
    ------
    FaultsFound
        With the row, or when the file is not saved as UTF-8 or git could not merge it.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "study.toml"
    >>> _ = file.write_text("seed = 7")
    >>> parse_toml(file)
    {'seed': 7}
    """
    try:
        text = file.read_bytes().decode("utf-8-sig")
        refuse_conflict(text, file=file.name)
        return tomllib.loads(text)
    except UnicodeDecodeError:
        remedy = "Save it again with the encoding UTF-8."
        fault = Fault("The file is not saved as UTF-8.", file=file.name, remedy=remedy)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        remedy = "Texts stand in quotes and lists in [ ]; compare it with the lines around it."
        fault = Fault(
            f"The line cannot be read ({error}).", file=file.name, row=int(line[1]) if line else None, remedy=remedy
        )
    raise FaultsFound([fault], str(file))


def _name_kind(kind) -> str:
    kinds = kind if isinstance(kind, tuple) else (kind,)
    return " or ".join(KIND_NAMES[one] for one in kinds if not (one is int and len(kinds) > 1))
