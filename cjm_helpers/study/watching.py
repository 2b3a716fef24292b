"""Watches a study, so that whoever takes a table of it has that written into the ledger."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import wraps
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlencode

from cjm_helpers.errors import CjmError
from cjm_helpers.study.digests import RowDigests
from cjm_helpers.study.ledger import EVERYTHING, SELECTION, note_opened, note_read, read_quietly


class ReadTables(Mapping):
    """The tables of a study, or of a part whose rows stand at some places; whoever takes one has it noted.

    What is handed out may be written into: parts are always taken from the tables as they were opened.
    """

    def __init__(self, frames: Mapping, *, folder: Path, digests: RowDigests, part: str = "", places: Mapping = ()):
        self.opened, self.folder, self.digests, self._part = frames, folder, digests, part
        self._places, self._taken = dict(places), {}

    def __getitem__(self, name: str):
        if name not in self._taken:
            self._taken[name] = _take(self.opened[name], self._places.get(name))
        note_read(self.folder, name + self._part, make_digest=lambda: self.digest(name))
        return self._taken[name]

    def digest(self, name: str) -> str:
        """Return the digest of a table as the study was opened."""
        return self.digests.digest(name, places=self._places.get(name))

    def take_part(self, places: Mapping, *, part: str) -> "ReadTables":
        """Return the tables of a part, each taken when it is first asked for."""
        return ReadTables(self.opened, folder=self.folder, digests=self.digests, part=part, places=places)

    def __iter__(self) -> Iterator[str]:
        return iter(self.opened)

    def __len__(self) -> int:
        return len(self._frames)

    def __or__(self, other: Mapping) -> dict:
        return {**self, **other}


class _Told:
    """What hangs on every row of a study: whoever looks into it has read everything."""

    def __init__(self, held, *, folder: Path, digest: str):
        self._held, self._folder, self._digest = held, folder, digest

    def _look(self):
        note_read(self._folder, EVERYTHING, make_digest=lambda: self._digest)
        return self._held

    def __getitem__(self, key):
        return self._look()[key]

    def __iter__(self) -> Iterator:
        return iter(self._look())

    def __len__(self) -> int:
        return len(self._look())


class ToldMapping(_Told, Mapping):
    """A mapping that hangs on every row."""


class ToldSequence(_Told, Sequence):
    """A sequence that hangs on every row."""

    def __eq__(self, other) -> bool:
        return tuple(self) == tuple(other)


def watch_study(folder: Path, *, tables: Mapping, digests: Mapping, assumed: Sequence, placed: Mapping) -> dict:
    """Return what a study is made of, so that whatever is read of it is written into the ledger.

    Examples
    --------
    >>> from cjm_helpers.study.ledger import list_reads, start_ledger
    >>> watched = watch_study(Path("here"), tables={}, digests={"a.csv": "abc"}, assumed=(), placed={})
    >>> start_ledger("here")
    >>> watched["digests"]["a.csv"], list(list_reads())
    ('abc', ['everything'])
    """
    folder = folder.resolve()  # a kernel that takes the study from its run works in another folder
    told = {"folder": folder, "digest": digest_all(digests)}
    return {
        "tables": ReadTables(tables, folder=folder, digests=RowDigests(tables)),
        "digests": ToldMapping(digests, **told),
        "assumed": ToldSequence(assumed, **told),
        "placed": ToldMapping(placed, **told),
    }


def digest_all(digests: Mapping[str, str]) -> str:
    """Return twelve letters that change with any file of a study, from the digest of each.

    Examples
    --------
    >>> digest_all({"a.csv": "abc"}) == digest_all({"a.csv": "abd"})
    False
    """
    return sha256(repr(sorted(digests.items())).encode()).hexdigest()[:12]


def list_opened(tables: Mapping) -> Mapping:
    """Return the tables of a study as they were opened, whatever has been written into those handed out since.

    Examples
    --------
    >>> list_opened({"goals": []})
    {'goals': []}
    """
    return tables.opened if isinstance(tables, ReadTables) else tables


def take_part(tables: Mapping, places: Mapping, *, part: Mapping[str, str]) -> Mapping:
    """Return the rows of a part of a study's tables, watched if those are; a table without places is taken whole.

    Examples
    --------
    >>> import pandas as pd
    >>> tables = {"goals": pd.DataFrame({"goal_id": ["g1", "g2"]})}
    >>> take_part(tables, {"goals": [1]}, part={})["goals"]["goal_id"].tolist()
    ['g2']
    """
    if isinstance(tables, ReadTables):
        return tables.take_part(places, part=spell_part(part))
    return {name: _take(frame, places.get(name)) for name, frame in tables.items()}


def notes_opening(open_it: Callable) -> Callable:
    """Let a function that opens a study read its files: of the ledger's own study each table is noted when it is taken.

    Examples
    --------
    >>> from cjm_helpers.study.ledger import list_reads, start_ledger
    >>> from cjm_helpers.study.folder import open_study
    >>> from cjm_helpers.study.kit import find_study
    >>> start_ledger(find_study("clinic_visit"))
    >>> study = open_study("clinic_visit")
    >>> list_reads()
    {}
    """

    @wraps(open_it)
    def open_quietly(place):
        with read_quietly():
            study = open_it(place)
        note_opened(study)
        return study

    return open_quietly


def notes_selection(select: Callable) -> Callable:
    """Let a function that selects a part look into any table: the ledger says only to which part it came.

    Examples
    --------
    >>> from cjm_helpers.study.ledger import list_reads, start_ledger
    >>> from cjm_helpers.study.folder import open_study
    >>> from cjm_helpers.study.selection import select_rows
    >>> study = open_study("clinic_visit")
    >>> start_ledger(study.folder)
    >>> part = select_rows(study, persona_id="regular")
    >>> list_reads()
    {'selection?persona_id=regular': 'regular, 2026-05'}
    """

    @wraps(select)
    def select_quietly(study, **asked):
        try:
            with read_quietly():
                part = select(study, **asked)
        except CjmError:
            _ = study.data_hash  # any row may be the reason
            raise
        place = getattr(study.tables, "folder", study.folder)  # as it was when the study was opened
        note_read(place, SELECTION + spell_part(asked), make_digest=lambda: spell_selection(part))
        return part

    return select_quietly


def spell_selection(part) -> str:
    """Spell to which part a selection came, and to which one of the wave before.

    Examples
    --------
    >>> from types import SimpleNamespace as Part
    >>> spell_selection(Part(persona_id="anna", wave="w2", earlier=Part(persona_id="ann", wave="w1")))
    'anna, w2; before: ann, w1'
    """
    before = f"; before: {part.earlier.persona_id}, {part.earlier.wave}" if part.earlier else ""
    return f"{part.persona_id}, {part.wave}{before}"


def spell_part(part: Mapping[str, str]) -> str:
    """Spell which part is meant, as a web address does.

    Examples
    --------
    >>> spell_part({"persona_id": "anna", "wave": "2026-09", "dimension": ""})
    '?persona_id=anna&wave=2026-09'
    """
    return "?" + urlencode({name: value for name, value in part.items() if value})


def _take(frame, places):
    return frame.copy(deep=False) if places is None else frame.take(places).reset_index(drop=True)
