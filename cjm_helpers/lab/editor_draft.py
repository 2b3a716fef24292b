"""The rows of a worksheet as somebody has changed them: they wait in the kernel until they are saved."""

from dataclasses import replace
from pathlib import Path
from weakref import WeakSet

import pandas as pd

from cjm_helpers.errors import CjmError
from cjm_helpers.lab.editor_queue import QUEUES, WORDS
from cjm_helpers.study.drafts import Draft
from cjm_helpers.study.folder import FILE, Study, open_study
from cjm_helpers.study.ids import NAMED_BY, NUMBERED, make_id, name_new_id
from cjm_helpers.study.tables import IMPORTED, WORKSHEETS, digest_file
from cjm_helpers.study.twins import join_tables

REPLACED = "The table was brought up to date while you typed, so your last change was not taken. Make it once more."

EARLIER = "earlier."  # how the keys of rows of an earlier version begin, whose ids stay as they were


class Rows:
    """The rows of a worksheet, each under a key that lasts while it is edited, and how they stood when last saved."""

    def __init__(self, draft: Draft):
        self.desks: WeakSet = WeakSet()  # every place in the notebook that shows these rows
        self.conflicts: tuple = ()
        self.pasted: set[str] = set()  # keys of new rows whose ids came from somewhere else
        self.takes = 0
        self.take(draft)

    def take(self, draft: Draft) -> None:
        """Start from a worksheet as it stands in the file."""
        self.columns = list(draft.frame.columns)
        values = draft.frame.fillna("").astype(str).values.tolist()
        self.takes += 1  # an old key must not name another row now
        self.cells = {f"{self.takes}.{place}": row for place, row in enumerate(values)}
        self.order = list(self.cells)
        self.draft, self.saved_cells, self.saved_order = draft, dict(self.cells), list(self.order)

    def renew(self, draft: Draft) -> None:
        """Start from the file again, but keep the rows that wait."""
        waiting = {key: self.cells[key] for key in self.list_waiting()}
        self.take(draft)
        self.cells |= waiting
        self.order += waiting

    def mark_saved(self, draft: Draft) -> None:
        """Take the rows as they are, but those that wait, for what stands in the file."""
        waiting = set(self.list_waiting())
        self.draft, self.saved_order = draft, [key for key in self.order if key not in waiting]
        self.saved_cells = {key: self.cells[key] for key in self.saved_order}

    def list_waiting(self) -> list[str]:
        """Return the keys of new rows that hold a verbatim for which nothing is chosen yet."""
        if self.draft.name not in QUEUES:
            return []
        given = (WORDS, QUEUES[self.draft.name].by)
        words = self.columns.index(WORDS)
        others = [place for place, name in enumerate(self.columns) if name not in given]
        new = [key for key in self.order if key not in self.saved_cells and self.cells[key][words]]
        return [key for key in new if not any(self.cells[key][place] for place in others)]

    def tell_others(self, view: str) -> None:
        """Let every other place that shows these rows ask for them anew; view is the page that knows."""
        for desk in self.desks:
            desk.tell("moved", about={"by": view})

    def adopt(self, study: Study) -> bool:
        """Take the study as other tables left it, unless the file of these rows was changed too; say whether so."""
        is_other = self.draft.study.digests != study.digests
        if not is_other or self.draft.digest != study.digests.get(self.draft.file, ""):
            return False
        self.draft = replace(self.draft, study=study)
        return True

    @property
    def frame(self) -> pd.DataFrame:
        """The rows as text cells, in the order in which they shall stand; one that waits is empty, so left out."""
        waiting, blank = set(self.list_waiting()), [""] * len(self.columns)
        rows = [blank if key in waiting else self.cells[key] for key in self.order]
        return pd.DataFrame(rows, columns=self.columns, dtype="str")

    def count_changes(self) -> int:
        """Count the rows that were added, changed or deleted, but not those that wait; a changed order is one more."""
        waiting = set(self.list_waiting())
        added = [key for key in self.order if key not in self.saved_cells and key not in waiting]
        kept = [key for key in self.order if key in self.saved_cells]
        gone = len(self.saved_cells) - len(kept)
        # A row that was not touched is the same object, which spares comparing its cells.
        changed = [
            key for key in kept if self.cells[key] is not (old := self.saved_cells[key]) and self.cells[key] != old
        ]
        here = self.cells.keys()
        is_moved = kept != [key for key in self.saved_order if key in here]
        return sum(1 for key in added if any(self.cells[key])) + gone + len(changed) + is_moved

    def change(self, steps: list[dict]) -> list[list[str]]:
        """Carry out steps of the page, and return which new rows got which id: [key, id].

        Raises
        ------
        CjmError
            The page still showed rows that were replaced meanwhile.
        """
        added = {key for step in steps if step["do"] == "add" for key in name_rows(step)}
        if not {key for step in steps for key in name_rows(step)} - added <= self.cells.keys():
            raise CjmError(REPLACED)
        for step in steps:
            STEPS[step["do"]](self, step)
        touched = dict.fromkeys(key for step in steps for key in name_rows(step))
        new = [key for key in touched if key in self.cells and key not in self.saved_cells]
        kept = [[key, self.cells[key][0]] for key in touched if key in self.pasted and key in self.saved_cells]
        self.pasted.difference_update(self.saved_cells)
        return kept + self._name_rows([key for key in new if not key.startswith(EARLIER)])

    def _set(self, step: dict) -> None:
        for key, column, value in step["cells"]:
            row = list(self.cells[key])
            if column == self.columns[0] and makes_ids(self.draft.name):
                self.pasted.add(key)
                if key in self.saved_cells:  # other tables may refer to it
                    continue
            row[self.columns.index(column)] = value
            self.cells[key] = row

    def _add(self, step: dict) -> None:
        for place, key, *row in step["rows"]:
            self.cells[key] = row
            self.order.insert(place, key)

    def _drop(self, step: dict) -> None:
        gone = set(step["keys"])
        self.order = [key for key in self.order if key not in gone]
        self.cells = {key: row for key, row in self.cells.items() if key not in gone}

    def _move(self, step: dict) -> None:
        self.order.remove(step["key"])
        self.order.insert(step["to"], step["key"])

    def _name_rows(self, keys: list[str]) -> list[list[str]]:
        """Give rows that are not saved yet their ids; saved ones keep theirs, as other tables refer to them."""
        table, named = self.draft.name, []
        if not keys or not makes_ids(table):
            return []
        taken, free = self._list_taken(), self._find_free(keys)
        for key in keys:
            own, *others = self.cells[key]
            if key in free:
                continue
            row = dict(zip(self.columns, self.cells[key], strict=True))
            is_named = bool(row[NAMED_BY[table]]) if table in NAMED_BY else any(others)
            if table in NUMBERED and own and is_named:
                continue
            taken.discard(own)
            made = name_new_id(table, row, taken=taken) if is_named else ""
            taken = {made} if table in NUMBERED and made else taken  # the last number is all that counts
            taken.add(made)
            if made != own:
                self.cells[key] = [made, *others]
                named.append([key, made])
        return named

    def _find_free(self, keys: list[str]) -> set[str]:
        """Return the keys of rows whose pasted ids are ids, and no other row's."""
        table, own = self.draft.study.tables[self.draft.name], self.columns[0]
        imported = set(table[own]) - {row[0] for row in self.saved_cells.values()}
        holders: dict[str, str] = {}
        for key in self.order:
            holders.setdefault(self.cells[key][0], key)
        pasted = {key: self.cells[key][0] for key in keys if key in self.pasted}
        return {key for key, name in pasted.items() if name and holders[name] == key and _is_id(name, imported)}

    def _list_taken(self) -> set[str]:
        """Return every id of the table: of these rows, of deleted ones, and of imported ones."""
        rows = [*self.cells.values(), *self.saved_cells.values()]
        return {row[0] for row in rows} | set(self.draft.study.tables[self.draft.name][self.columns[0]])


def _is_id(name: str, taken: set[str]) -> bool:
    return make_id(name, taken=taken) == name


def name_rows(step: dict) -> list[str]:
    """Return the keys of the rows that a step is about.

    Examples
    --------
    >>> name_rows({"do": "move", "key": "1.4", "to": 0})
    ['1.4']
    """
    if step["do"] == "add":
        return [key for _, key, *_ in step["rows"]]
    if step["do"] == "set":
        return [key for key, *_ in step["cells"]]
    return step["keys"] if step["do"] == "drop" else [step["key"]]


STEPS = {"set": Rows._set, "add": Rows._add, "drop": Rows._drop, "move": Rows._move}


def makes_ids(table: str) -> bool:
    """Tell whether the ids of a table are made, from a name or as the next number.

    Examples
    --------
    >>> makes_ids("touchpoints"), makes_ids("codings")
    (True, False)
    """
    return table in NAMED_BY or table in NUMBERED


WAITING: dict[tuple[str, str, str], Rows] = {}
LATEST: dict[Path, tuple[list, Study]] = {}  # each study as last read, and how its files stood then


def find_study(study: Study) -> Study:
    """Return the study as its files stand now, whole; they are read again only if one of them was changed.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> study = open_study("retail_checkout")
    >>> find_study(study) is find_study(study)
    True
    """
    folder = study.folder.resolve()
    stamp = _stamp_files(folder)
    if folder not in LATEST and _is_as_read(study, stamp):
        LATEST[folder] = (stamp, replace(study, tables=join_tables(study.placed)))  # as nobody wrote into them
    if folder not in LATEST or LATEST[folder][0] != stamp:
        try:
            LATEST[folder] = (stamp, open_study(study.folder))
        except CjmError:  # somebody works on its files; what is wrong is said where it is saved
            return study
    return LATEST[folder][1]


def share_study(study: Study, *, besides: Rows) -> None:
    """Tell every other table of the study that is edited in this kernel what was saved, so that it can be chosen."""
    for (folder, *_), rows in WAITING.items():
        if folder == str(study.folder.resolve()) and rows is not besides and rows.adopt(study):
            for desk in rows.desks:
                desk.tell("choices", about=desk.list_choices())


def _is_as_read(study: Study, stamp: list[tuple]) -> bool:
    """Tell whether a whole study is what its files hold, so that they need not be read again."""
    files = {Path(file).relative_to(study.folder.resolve()).as_posix() for file, *_ in stamp}
    is_whole = not study.is_narrowed and files == study.digests.keys()
    return is_whole and all(digest_file(study.folder / file) == digest for file, digest in study.digests.items())


def _stamp_files(folder: Path) -> list[tuple]:
    files = [
        folder / FILE,
        *(file for room in (WORKSHEETS, IMPORTED) for file in sorted((folder / room).rglob("*.csv"))),
    ]
    return [(str(file), (state := file.stat()).st_mtime_ns, state.st_size) for file in files if file.exists()]


def find_rows(draft: Draft) -> Rows:
    """Return the rows that wait for this worksheet in the kernel where some are not saved, else those of the file.

    Examples
    --------
    >>> from cjm_helpers.study.drafts import open_sheet
    >>> from cjm_helpers.study.folder import open_study
    >>> rows = find_rows(open_sheet(open_study("retail_checkout"), "personas"))
    >>> rows.count_changes(), rows is find_rows(rows.draft)
    (0, True)
    """
    place = (str(draft.study.folder.resolve()), draft.name, draft.part)
    rows = WAITING.get(place)
    if rows is None:
        rows = WAITING[place] = Rows(draft)
    elif draft.digest == rows.draft.digest:
        rows.draft = draft
    elif not rows.count_changes() and not rows.conflicts:
        rows.renew(draft)
        rows.tell_others("")
    return rows


def refuse_read_only(rows: Rows) -> None:
    """Refuse a change of a worksheet that stays as it is.

    Raises
    ------
    CjmError
        With the reason.
    """
    if rows.draft.is_read_only:
        raise CjmError(rows.draft.why_read_only)
