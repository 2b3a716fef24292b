"""Edits any worksheet as a table in the page; only Save writes, and together with what others wrote meanwhile."""

from cjm_helpers.errors import CjmError, Fault, FaultsFound, ParameterError
from cjm_helpers.lab.editor_columns import PURPOSES, describe_columns, find_options, name_ids
from cjm_helpers.lab.editor_draft import Rows, find_rows, find_study, refuse_read_only, share_study
from cjm_helpers.lab.editor_queue import AT_ONCE, PEOPLE, QUEUES, WORDS, find_words, list_left, name_person
from cjm_helpers.lab.editor_static import describe_rows
from cjm_helpers.lab.editor_versions import list_earlier, step_back
from cjm_helpers.lab.evidence import gather_evidence, search_evidence
from cjm_helpers.lab.own_study import answer_own, describe_offer
from cjm_helpers.lab.widget import Desk, read_front
from cjm_helpers.study.drafts import check_draft, open_sheet, save_draft
from cjm_helpers.study.folder import Study
from cjm_helpers.study.ids import make_id
from cjm_helpers.study.merging import settle_conflicts
from cjm_helpers.study.tables import EVENTS, FIRST_ROW, digest_file
from cjm_helpers.worksheets import SPECS, split_list

IMPORTED_ONLY = (
    "These rows come from an import, so they are not changed here: the next import would undo it. "
    "Correct the export and bring it in again."
)
TOGETHER = "Saved, together with what someone else wrote meanwhile."
FRONT = ("rows", "cells", "faults", "grid", "bars", "keys", "choose", "evidence", "panels", "versions", "queue", "acts")


def edit_worksheet(study: Study, name: str, *, part: str = "") -> "TableEditor":
    """Edit any worksheet of a study as a table; nothing is written before somebody clicks Save.

    Parameters
    ----------
    name
        The worksheet, such as "touchpoints".
    part
        The coder or rater, for a table with a file for each; empty = asked in the page.

    Raises
    ------
    ParameterError
        There is no such worksheet.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> print(edit_worksheet(open_study("retail_checkout"), "personas").describe()[1])
    Personas: 4 rows. In JupyterLab, run this cell to edit them.
    """
    names = [table for table in SPECS if table != EVENTS]
    if name not in names:
        raise ParameterError("name", name, names)
    return TableEditor(study, name, part)


class TableEditor(Desk):
    """A worksheet to edit in the page."""

    _esm = read_front("common.js", *(f"table_editor_{name}.js" for name in FRONT), "table_editor.js")
    _css = read_front("table_editor.css")

    def __init__(self, study: Study, name: str, part: str):
        super().__init__()
        self.study, self.name = find_study(study), name
        self.part = part or (PEOPLE.get(study.folder.resolve(), "") if SPECS[name].is_folder else "")
        self.rows: Rows | None = None
        self.evidence = None
        if self.part or not SPECS[name].is_folder:
            self._open()

    def handle(self, message: dict, buffers: list) -> dict:
        """Answer one message of the page."""
        answers = {
            "hello": self._greet, "who": self._take_person, "do": self._change, "check": self._check,
            "save": self._save, "settle": self._settle, "forget": self._forget, "options": self._find_options,
            "evidence": self._search_evidence, "own": lambda message: answer_own(self.study, message),
            "next": self._list_next, "versions": self._list_versions, "look": self._look_back,
            "not me": self._ask_person, "fresh": self._freshen,
        }  # fmt: skip
        return answers[message["kind"]](message)

    def describe(self) -> tuple[str, str]:
        """Return the first rows as a plain table, and how many there are."""
        frame = self.rows.draft.frame if self.rows else self.study.tables[self.name]
        return describe_rows(self.study, self.name, frame=frame)

    def _open(self) -> None:
        self.study = find_study(self.study)
        self.rows = find_rows(open_sheet(self.study, self.name, part=self.part))
        self.rows.desks.add(self)

    def _greet(self, message: dict) -> dict:
        if self.rows is None:
            return self._ask_person(message)
        self._open()  # the file may have changed since
        return {"kind": "table", **self._describe_table()}

    def _ask_person(self, message: dict) -> dict:
        team = self.study.settings.team
        return {"kind": "who", "team": team, "title": self._title, "purpose": PURPOSES[self.name]}

    def _take_person(self, message: dict) -> dict:
        person = message["person"].strip()
        if not person:
            raise CjmError("Choose your name or write it, so that your rows get a file of their own.")
        self.part = person if person in self.study.settings.team else make_id(person, taken=[])
        PEOPLE[self.study.folder.resolve()] = self.part
        self._open()
        return {"kind": "table", **self._describe_table()}

    def list_choices(self) -> dict:
        """Return what the page needs anew once another table was saved: what may be chosen, and the counts."""
        columns = describe_columns(self.rows.draft.study, SPECS[self.name], names=self.rows.columns)
        return {"columns": columns, "labels": self._name_asked(columns), **self._count()}

    def _freshen(self, message: dict) -> dict:
        """Look whether files were changed by someone else, as somebody comes back to this table."""
        is_other = self.rows is not None and self.rows.adopt(find_study(self.study))
        return {"kind": "choices", **self.list_choices()} if is_other else {"kind": "as before"}

    @property
    def _title(self) -> str:
        return self.name.replace("_", " ").capitalize()

    def _describe_table(self) -> dict:
        rows, spec = self.rows, SPECS[self.name]
        study = rows.draft.study
        columns = describe_columns(study, spec, names=rows.columns)
        return {
            "name": self.name, "title": self._title, "row": _name_row(spec.row), "purpose": PURPOSES[self.name],
            "part": self.part, "columns": columns, "labels": self._name_asked(columns), **self._count(),
            "queue": QUEUES[self.name]._asdict() | {"words": WORDS} if self.name in QUEUES else None,
            "rows": [[key, *rows.cells[key]] for key in rows.order], "conflicts": self._list_conflicts(),
            **self._say_read_only(),
        }  # fmt: skip

    def _say_read_only(self) -> dict:
        draft = self.rows.draft
        if not draft.is_read_only:
            return {"read_only": "", "offer": None}
        offer = describe_offer(self.study)
        return {"read_only": draft.why_read_only if offer else IMPORTED_ONLY, "offer": offer}

    def _name_asked(self, columns: list[dict]) -> dict:
        """Return the names behind the ids that stand in columns whose options are too many to send."""
        labels = {}
        for place, column in enumerate(columns):
            if column["fill"] == "asked":
                ids = {row[place] for row in self.rows.cells.values()}
                labels[column["name"]] = name_ids(self.rows.draft.study, self._refers(column["name"]), ids=ids)
        if self.name in QUEUES:
            labels[WORDS] = find_words(self.rows.draft.study, self._list_spoken())
        return labels

    def _list_spoken(self) -> set[str]:
        """Return the verbatims that stand in the table."""
        words = self.rows.columns.index(WORDS)
        return {row[words] for row in self.rows.cells.values()}

    def _list_left(self) -> list[str]:
        return list_left(self.rows.draft.study, self.name, part=self.part, taken=self._list_spoken())

    def _count(self) -> dict[str, int]:
        """Count what is not saved yet: changes, and where verbatims are gone through, those that wait or are left."""
        counts = {"changed": self.rows.count_changes(), "waiting": len(self.rows.list_waiting()), "left": 0}
        return counts | {"left": len(self._list_left())} if self.name in QUEUES else counts

    def _list_next(self, message: dict) -> dict:
        """Return rows for the next verbatims, filled but for what people choose."""
        given = {QUEUES[self.name].by: self.part or name_person(self.study)}
        ids = self._list_left()[:AT_ONCE]
        rows = [[({WORDS: own} | given).get(name, "") for name in self.rows.columns] for own in ids]
        return {"kind": "next", "rows": rows, "labels": find_words(self.rows.draft.study, ids)}

    def _refers(self, column: str) -> str:
        return SPECS[self.name].column(column).refers

    def _change(self, message: dict) -> dict:
        refuse_read_only(self.rows)
        named = self.rows.change(message["steps"])
        self.rows.tell_others(message["view"])
        return {"kind": "noted", **self._count(), "ids": named}

    def _check(self, message: dict) -> dict:
        rows = self.rows
        faults = [] if rows.draft.is_read_only else check_draft(
            rows.draft.study, self.name, frame=rows.frame, part=self.part
        )  # fmt: skip
        return {"kind": "checked", "faults": self._place_faults(faults), "is_changed": self._is_changed_on_disk()}

    def _place_faults(self, faults: list[Fault]) -> list[dict]:
        """Say for each fault the keys of its rows and its column, or where else in the study it stands."""
        placed = []
        for fault in faults:
            is_here = fault.file == self.rows.draft.file
            where = "" if is_here else str(Fault("", file=fault.file, row=fault.row, column=fault.column))
            text = " ".join(part for part in (where, fault.what, fault.allowed, fault.remedy) if part)
            rows = fault.rows or ((fault.row,) if fault.row else ())
            keys = [self.rows.order[row - FIRST_ROW] for row in rows if is_here and row >= FIRST_ROW]
            placed.append({"keys": keys, "column": fault.column if is_here else "", "text": text})
        return placed

    def _is_changed_on_disk(self) -> bool:
        return digest_file(self.rows.draft.study.folder / self.rows.draft.file) != self.rows.draft.digest

    def _save(self, message: dict) -> dict:
        refuse_read_only(self.rows)
        if not self.rows.count_changes():
            said = "" if self.rows.list_waiting() else "Everything is saved already."
            return {"kind": "saved", "said": said, "table": None, **self._count()}
        return self._write(self.rows.frame, message)

    def _settle(self, message: dict) -> dict:
        """Write my version of the conflicts where it is wanted; theirs stands in the file already."""
        rows = self.rows
        mine = [rows.conflicts[place] for place in message["mine"]]
        return self._write(settle_conflicts(rows.frame, mine, key=rows.draft.spec.key), message)

    def _write(self, frame, message: dict) -> dict:
        rows, said = self.rows, TOGETHER if self._is_changed_on_disk() else "Saved."
        try:
            saved = save_draft(rows.draft, frame=frame)
        except FaultsFound as found:
            return {"kind": "faulty", "faults": self._place_faults(list(found.faults))}
        self.study, rows.conflicts = saved.draft.study, saved.conflicts
        share_study(self.study, besides=rows)
        waiting = set(rows.list_waiting())
        if saved.draft.frame.values.tolist() == [rows.cells[key] for key in rows.order if key not in waiting]:
            rows.mark_saved(saved.draft)
            answer = {"kind": "saved", "said": said, "table": None, **self._count()}
        else:  # others wrote into it, or empty rows were left out
            rows.renew(saved.draft)
            answer = {"kind": "saved", "said": said, "table": self._describe_table()}
        self.rows.tell_others(message["view"])
        return answer

    def _forget(self, message: dict) -> dict:
        """Start again from the file."""
        draft = self.rows.draft
        self.rows.conflicts = ()
        self.rows.take(open_sheet(draft.study, self.name, part=self.part))
        self.rows.tell_others(message["view"])
        return {"kind": "table", **self._describe_table()}

    def _list_conflicts(self) -> list[dict]:
        spec = SPECS[self.name]
        labels = {one["name"]: one["label"] for one in describe_columns(self.study, spec, names=self.rows.columns)}
        return [{**one._asdict(), "label": labels.get(one.column, "")} for one in self.rows.conflicts]

    def _find_options(self, message: dict) -> dict:
        found = find_options(self.rows.draft.study, self._refers(message["column"]), query=message["query"])
        return {"kind": "options", "options": found, "column": message["column"]}

    def _search_evidence(self, message: dict) -> dict:
        if self.evidence is None or self.evidence.study is not self.rows.draft.study:
            self.evidence = gather_evidence(self.rows.draft.study)
        ticked = split_list(message["ticked"])
        hits = search_evidence(
            self.evidence, message["query"], kind=message["sort"], near=message["near"], ticked=ticked
        )
        return {"kind": "evidence", "hits": [hit._asdict() for hit in hits.shown], "total": hits.total}

    def _list_versions(self, message: dict) -> dict:
        return {"kind": "versions", "versions": list_earlier(self.rows)}

    def _look_back(self, message: dict) -> dict:
        return {"kind": "look", "steps": step_back(self.rows, message["number"])}


def _name_row(row: str) -> str:
    """Return what one row is: "verbatim, coder and code" for "verbatim x coder x code"."""
    *others, last = row.split(" x ")
    return f"{', '.join(others)} and {last}" if others else last
