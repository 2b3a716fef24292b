"""Holds what one file says about each verbatim; an action replaces the rows of one verbatim, and the file is whole."""

import csv
import io
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from cjm_helpers.errors import CjmError, ParameterError, WorksheetChanged, spell_allowed
from cjm_helpers.study.drafts import Draft, open_sheet
from cjm_helpers.study.folder import Study
from cjm_helpers.study.history import keep_version
from cjm_helpers.study.kinds import YES_NO
from cjm_helpers.study.tables import BYTE_ORDER_MARK, digest_file, make_digest, write_whole
from cjm_helpers.study.twins import ANSWERS, split_rows
from cjm_helpers.worksheets import NOTHING_FITS, RETIRED, Column

TABLES = ("codings", "coding_decisions", "alignments")  # each row is about one verbatim, which its first column names
KEPT_EVERY = 300  # seconds between earlier versions: one for each key pressed would leave no room for yesterday's
TRIES = 3  # somebody else may write between looking and writing, but not three times in a row
BOTH = (
    "Someone else changed {feedback_id} in {file} meanwhile. What you chose now stands; what stood there is kept under "
    "Earlier versions of that table."
)
FILES: dict[tuple[Path, str, str], "CodingFile"] = {}  # by folder, table and person, so that two desks never disagree


class Replaced(NamedTuple):
    """The rows that a verbatim had before, and what there is to say, such as that somebody else changed them too."""

    before: list[dict[str, str]]
    said: str = ""


def open_coding_file(study: Study, name: str = "codings", *, part: str = "") -> "CodingFile":
    """Open a file of decisions about verbatims as it stands on disk now; everybody in this kernel gets the same one.

    Parameters
    ----------
    name
        "codings", "coding_decisions" or "alignments".
    part
        The coder, for codings.

    Raises
    ------
    FaultsFound
        The study does not pass its checks.
    ParameterError
        There is no such table, or the part does not fit it.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> file = open_coding_file(open_study("retail_checkout"), part="anna")
    >>> file.file, file.is_read_only
    ('worksheets/codings/anna.csv', True)
    """
    if name not in TABLES:
        raise ParameterError("name", name, TABLES)
    draft = open_sheet(study, name, part=part)
    place = (study.folder.resolve(), name, part)
    if place not in FILES:
        FILES[place] = CodingFile(draft)
    elif FILES[place].digest != draft.digest:
        FILES[place].take(draft)
    else:
        FILES[place].study = draft.study
    return FILES[place]


class CodingFile:
    """The rows of one file, by verbatim, in the order of the file; each change is on disk before it is answered."""

    def __init__(self, draft: Draft):
        self.file, self.spec, self.part = draft.file, draft.spec, draft.part
        self.path = draft.study.folder / draft.file
        self._kept_at = -float(KEPT_EVERY)
        self.takes = 0  # how often the rows were read, so that others know when theirs are old
        self.take(draft)

    def take(self, draft: Draft) -> None:
        """Start from the file as somebody read it."""
        self.study, self.digest, self.why_read_only = draft.study, draft.digest, draft.why_read_only
        self.takes += 1
        self._blocks: list[list[tuple[str, ...]]] = []  # rows of one verbatim that stand together
        self._places: dict[str, list[int]] = {}
        last = None
        for row in draft.frame[list(self.spec.column_names)].itertuples(index=False, name=None):
            if row[0] != last:
                self._places.setdefault(row[0], []).append(len(self._blocks))
                self._blocks.append([])
            self._blocks[-1].append(row)
            last = row[0]
        self._lines = [_spell_lines(block) for block in self._blocks]

    @property
    def study(self) -> Study:
        """The study by which rows are checked."""
        return self._study

    @study.setter
    def study(self, study: Study) -> None:
        codebook = study.codebook
        self._study = study
        self._known = {
            "feedback": set(study.feedback["feedback_id"]), "touchpoints": set(study.touchpoints["touchpoint_id"]),
            "codebook": {*codebook["code_id"], NOTHING_FITS},
        }  # fmt: skip
        self._retired = set(codebook.loc[codebook["status"] == RETIRED, "code_id"])

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be written here."""
        return bool(self.why_read_only)

    def __contains__(self, feedback_id: str) -> bool:
        return any(self._blocks[place] for place in self._places.get(feedback_id, ()))

    def list_verbatims(self) -> list[str]:
        """Return the verbatims that have a row, in the order of the file."""
        return [feedback_id for feedback_id in self._places if feedback_id in self]

    def rows_of(self, feedback_id: str) -> list[dict[str, str]]:
        """Return the rows of a verbatim as text cells."""
        return [dict(zip(self.spec.column_names, row)) for row in self._cells_of(feedback_id)]

    def is_disputed(self, feedback_id: str) -> bool:
        """Whether two rows of a verbatim give two answers to one question, so that neither counts."""
        return len(self._cells_of(feedback_id)) > 1 and bool(split_rows(self.rows_of(feedback_id), self.spec.name)[1])

    def replace(self, feedback_id: str, rows: Iterable[dict[str, str]], *, keeps_retired: bool = False) -> Replaced:
        """Put these rows in the place of those of a verbatim, and write the file whole or not at all.

        Parameters
        ----------
        rows
            Text cells by column; columns that are missing are empty. No rows = the verbatim has none any more.
        keeps_retired
            Whether a retired code, or two answers, may come back, as when a step is taken back.

        Raises
        ------
        CjmError
            The file is only to be read, a row does not fit, or the file cannot be written. Nothing was changed then.
        """
        if self.is_read_only:
            raise CjmError(self.why_read_only)
        cells = self.check_rows(feedback_id, rows, keeps_retired=keeps_retired)
        for _ in range(TRIES):
            is_clash = self._take_over(feedback_id)
            before = self._cells_of(feedback_id)
            if cells == before:
                return Replaced(self.rows_of(feedback_id))
            self._swap(feedback_id, cells)
            try:
                self._write(keeps=is_clash)
            except WorksheetChanged:
                self._swap(feedback_id, before)
                continue
            except BaseException:
                self._swap(feedback_id, before)
                raise
            said = BOTH.format(feedback_id=feedback_id, file=self.file) if is_clash else ""
            return Replaced([dict(zip(self.spec.column_names, row)) for row in before], said)
        raise WorksheetChanged(self.file)

    def check_rows(
        self, feedback_id: str, rows: Iterable[dict[str, str]], *, keeps_retired: bool = False
    ) -> list[tuple[str, ...]]:
        """Return rows of a verbatim as they would be written.

        Raises
        ------
        CjmError
            A row does not fit, with the reason.
        """
        cells = [tuple(_clean(row.get(name, "")) for name in self.spec.column_names) for row in rows]
        stood = {row["code_id"] for row in self.rows_of(feedback_id) if "code_id" in row}
        keys = [tuple(row[self.spec.column_names.index(name)] for name in self.spec.key) for row in cells]
        twins = {row for key, row in zip(keys, cells) if keys.count(key) > 1}
        may_stay = self.spec.name in ANSWERS and (keeps_retired or twins <= set(self._cells_of(feedback_id)))
        if twins and not may_stay:
            raise CjmError(f"A row of {feedback_id} stands there twice. Give each code once.")
        for row in cells:
            for column, cell in zip(self.spec.columns, row):
                self._refuse_cell(column, cell, feedback_id, self._retired if keeps_retired else stood)
        return cells

    def _cells_of(self, feedback_id: str) -> list[tuple[str, ...]]:
        return [row for place in self._places.get(feedback_id, ()) for row in self._blocks[place]]

    def _swap(self, feedback_id: str, cells: Sequence[tuple[str, ...]]) -> None:
        """Put rows where the first of the old ones stood, or at the end."""
        places = self._places.setdefault(feedback_id, [len(self._blocks)])
        if places[0] == len(self._blocks):
            self._blocks.append([])
            self._lines.append("")
        for place in places:
            self._blocks[place], self._lines[place] = [], ""
        self._blocks[places[0]], self._lines[places[0]] = list(cells), _spell_lines(cells)

    def _take_over(self, feedback_id: str) -> bool:
        """Take the rows that git or another program wrote meanwhile; tell whether some are about this verbatim."""
        if digest_file(self.path) in (self.digest, ""):  # a file that is gone is written anew
            return False
        before = self._cells_of(feedback_id)
        self.take(open_sheet(self.study, self.spec.name, part=self.part))
        return before != self._cells_of(feedback_id)

    def _write(self, *, keeps: bool) -> None:
        if keeps or time.monotonic() - self._kept_at >= KEPT_EVERY:
            keep_version(self.study.folder, self.file)
            self._kept_at = time.monotonic()
        content = (BYTE_ORDER_MARK + _spell_lines([self.spec.column_names]) + "".join(self._lines)).encode("utf-8")
        write_whole(self.path, content, check=self._refuse_changed)
        self.digest = make_digest(content)

    def _refuse_changed(self) -> None:
        if digest_file(self.path) not in (self.digest, ""):
            raise WorksheetChanged(self.file)

    def _refuse_cell(self, column: Column, cell: str, feedback_id: str, allowed: set[str]) -> None:
        owner = {"feedback_id": feedback_id, "coder_id": self.part}.get(column.name)
        if owner is not None and cell != owner:
            raise ParameterError(column.name, cell, [owner])
        if not cell:
            if column.is_required:
                raise CjmError(f"{feedback_id} has no {column.name} yet, though every row needs one.")
            return
        if column.refers and cell not in self._known[column.refers]:
            known = self._known[column.refers] if column.refers != "feedback" else ()  # too many to be listed
            near = spell_allowed(cell, sorted(known))
            raise CjmError(f"'{cell}' is not known in the table {column.refers}. {near}".strip())
        if column.name == "code_id" and cell in self._retired - allowed:
            raise CjmError(f"The code '{cell}' is retired, so it is not given any more. Choose another one.")
        if column.kind == "yes_no" and cell not in YES_NO:
            raise ParameterError(column.name, cell, YES_NO)
        if column.kind == "number" and not _is_between(cell, column.low, column.high):
            raise ParameterError(column.name, cell, [f"{column.low:g} to {column.high:g}", "empty"])


def _clean(cell: str) -> str:
    """Return a cell as it is written; nothing could read a file that holds the character 0."""
    return str(cell).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()


def _is_between(cell: str, low: float, high: float) -> bool:
    try:
        return low <= float(cell) <= high
    except ValueError:
        return False


def _spell_lines(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
