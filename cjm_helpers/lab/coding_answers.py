"""One coder's answers: what was given to each verbatim, changed action by action, each of which can be taken back."""

from collections import deque
from datetime import date
from pathlib import Path
from typing import NamedTuple
from weakref import WeakSet

import numpy as np

from cjm_helpers.errors import CjmError
from cjm_helpers.method.codings import name_successors
from cjm_helpers.study.coding_file import CodingFile, open_coding_file
from cjm_helpers.study.coding_notes import FIELDS, CodingNotes
from cjm_helpers.study.folder import Study
from cjm_helpers.study.kinds import spell_cells
from cjm_helpers.study.tables import IMPORTED
from cjm_helpers.worksheets import MACHINE, NOTHING_FITS, RETIRED

STEPS = 500  # that can be taken back
ONE_STEP = ("touchpoint_id", "note")  # chosen letter by letter, taken back as one
SEEN = (
    "You have looked at what others gave, so your own codes stay as they are: "
    "agreement is measured before people talk. To change what counts, use Settle differences in notebook 04."
)
SETTLED = (
    "What counts here was settled together, so your own codes stay as they are. "
    "To change it, use Settle differences in notebook 04."
)
CHANGED = "{feedback_id} was changed elsewhere since, so this step is not taken back."
NO_STEP = "There is nothing to take back: this is how it was when the desk was opened."
NO_STEP_ON = "There is nothing to do again."
BROUGHT_IN = "These codes come from an import, so they are not changed here: the next import would undo it."


class Step(NamedTuple):
    """One action: the verbatim, what of it was changed, and how it stood before and after."""

    feedback_id: str
    what: str
    before: "State"
    after: "State"


class State(NamedTuple):
    """What a coder said of one verbatim: rows with codes, or what was noted before a code was chosen."""

    rows: list[dict[str, str]]
    noted: dict[str, str]


class Answers:
    """What one coder said of every verbatim, shared by all desks of this kernel."""

    def __init__(self, file: CodingFile):
        self.file = file
        self.notes = CodingNotes(file.study.folder, file.part)
        self.desks: WeakSet = WeakSet()
        self._steps: deque[Step] = deque(maxlen=STEPS)
        self._undone: list[Step] = []

    def renew(self) -> str:
        """Take the study and the notes as they stand now; return what there is to say of it."""
        study, coder_id = self.file.study, self.file.part
        codings = study.codings
        self.successor = name_successors(study.codebook)
        retired = set(study.codebook.loc[study.codebook["status"] == RETIRED, "code_id"])
        self.gone = {code_id for code_id in study.codebook["code_id"] if self.follow(code_id) in retired}
        mine = (codings["coder_id"] == coder_id).to_numpy()
        placed = study.placed["codings"]
        is_imported = np.array([str(file).startswith(f"{IMPORTED}/") for file in placed.files], dtype=bool)
        self.imported = _gather_rows(placed.frame[mine & is_imported])
        self.others = _gather_rows(codings[~mine & (codings["coder_id"] != MACHINE).to_numpy()])
        self.suggested = _gather_rows(codings[(codings["coder_id"] == MACHINE).to_numpy()])
        self._takes = -1
        self.settled = self.read.intersection(study.coding_decisions["feedback_id"])  # before it was read, it is coded
        return self.notes.read()

    @property
    def read(self) -> set[str]:
        """The verbatims that the coder has read and that need not be coded anew."""
        if self._takes != self.file.takes:
            self._takes = self.file.takes
            self._read = {name for name in [*self.file.list_verbatims(), *self.imported] if self._is_read(name)}
        return self._read

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._steps)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return bool(self._undone)

    def is_read_by_others(self, feedback_id: str) -> bool:
        """Tell whether another person gave the verbatim something that still counts."""
        return any(row["code_id"] not in self.gone for row in self.others.get(feedback_id, ()))

    def waits_anew(self, feedback_id: str) -> bool:
        """Tell whether the coder's own answer holds a code that is in use no longer and has no successor."""
        return any(row["code_id"] in self.gone for row in self.list_rows(feedback_id))

    def list_rows(self, feedback_id: str) -> list[dict[str, str]]:
        """Return the coder's rows of a verbatim."""
        return self.imported.get(feedback_id, []) + self.file.rows_of(feedback_id)

    def describe(self, feedback_id: str) -> dict:
        """Return what the coder said of a verbatim as a page shows it; None = not the same for each code."""
        rows, noted = self.list_rows(feedback_id), self.notes.waiting.get(feedback_id, {})
        codes = [self.follow(row["code_id"]) for row in rows if row["code_id"] not in self.gone]
        given = {field: _find_common(rows, field) if rows else noted.get(field, "") for field in FIELDS}
        given["emotion"] = given["emotion"] and f"{float(given['emotion']):g}"
        is_read = feedback_id in self.read
        return {
            "codes": list(dict.fromkeys(codes)), **given, "is_read": is_read, "lock": self.find_lock(feedback_id),
            "gone": [row["code_id"] for row in rows if row["code_id"] in self.gone],
            "others": len(self._list_readers(feedback_id)) if is_read else 0,
        }  # fmt: skip

    def find_lock(self, feedback_id: str) -> str:
        """Return why the coder's answer may not be changed, or ""."""
        if feedback_id in self.imported:
            return BROUGHT_IN
        if feedback_id not in self.read:
            return ""
        return SEEN if feedback_id in self.notes.seen else SETTLED if feedback_id in self.settled else ""

    def change(self, feedback_id: str, wanted: dict) -> str:
        """Put what is wanted (codes, touchpoint_id, emotion or note) into the file; return what there is to say."""
        before = self._find_state(feedback_id)
        after = self._compose(feedback_id, before, wanted)
        if after == before:
            return ""
        said = self._put(feedback_id, after)
        what = next(iter(wanted))
        last = self._steps[-1] if self._steps else None
        if what in ONE_STEP and last and (last.feedback_id, last.what) == (feedback_id, what):
            before = self._steps.pop().before
        self._steps.append(Step(feedback_id, what, before, after))
        self._undone.clear()
        return said

    def undo(self) -> tuple[str, str]:
        """Take the last action back; return its verbatim and what there is to say.

        Raises
        ------
        CjmError
            There is none; or its verbatim is locked or was changed elsewhere by now, so that the step is forgotten.
        """
        if not self._steps:
            raise CjmError(NO_STEP)
        step = self._steps[-1]
        said = self._go(self._steps, start=step.after, end=step.before)
        self._undone.append(step)
        return step.feedback_id, said

    def redo(self) -> tuple[str, str]:
        """Do again what was taken back last; return its verbatim and what there is to say."""
        if not self._undone:
            raise CjmError(NO_STEP_ON)
        step = self._undone[-1]
        said = self._go(self._undone, start=step.before, end=step.after)
        self._steps.append(step)
        return step.feedback_id, said

    def _go(self, steps, *, start: "State", end: "State") -> str:
        """Go from one state to the other with the last of these steps, which is one of them no longer."""
        feedback_id = steps[-1].feedback_id
        is_other = self._find_state(feedback_id) != start
        refusal = CHANGED.format(feedback_id=feedback_id) if is_other else self.find_lock(feedback_id)
        said = refusal or self._put(feedback_id, end, keeps_retired=True)
        steps.pop()
        if refusal:
            raise CjmError(refusal)
        return said

    def _find_state(self, feedback_id: str) -> "State":
        return State(self.file.rows_of(feedback_id), dict(self.notes.waiting.get(feedback_id, {})))

    def show_others(self, feedback_id: str) -> list[dict]:
        """Return what other people gave a verbatim, and lock the coder's own answer from now on.

        Raises
        ------
        CjmError
            The coder has not read it yet, or nobody else has.
        """
        if feedback_id not in self.read:
            raise CjmError("First say yourself what fits, or press 0. Then you see what others gave.")
        if feedback_id not in self.others:
            raise CjmError("Nobody else has read this one yet.")
        if not self.file.is_read_only:
            self.notes.mark_seen(feedback_id)
        return [
            {"coder": coder, "codes": [self.follow(row["code_id"]) for row in rows], "emotion": rows[0]["emotion"]}
            for coder, rows in self._list_readers(feedback_id).items()
        ]

    def _list_readers(self, feedback_id: str) -> dict[str, list[dict[str, str]]]:
        readers: dict[str, list] = {}
        for row in self.others.get(feedback_id, ()):
            readers.setdefault(row["coder_id"], []).append(row)
        return readers

    def follow(self, code_id: str) -> str:
        """Return the code that took the place of a code, else the code itself."""
        return self.successor.get(code_id, code_id)

    def _is_read(self, feedback_id: str) -> bool:
        return bool(self.list_rows(feedback_id)) and not self.waits_anew(feedback_id)

    def _compose(self, feedback_id: str, before: State, wanted: dict) -> State:
        """Return how a verbatim stands with one thing changed; what is not named stays as it is in each row."""
        rows, noted = [dict(row) for row in before.rows], dict(before.noted)
        if "codes" in wanted:
            shared = {field: (_find_common(rows, field) or "") if rows else noted.get(field, "") for field in FIELDS}
            old = {self.follow(row["code_id"]): row for row in reversed(rows)}
            fitting = [code for code in dict.fromkeys(wanted["codes"]) if code != NOTHING_FITS] or wanted["codes"][:1]
            codes = [code for code in reversed(old) if code in fitting]
            codes += [code for code in fitting if code not in old]
            own = self._name_row(feedback_id)
            rows = [{**own, **shared, **old.get(code, {}), "code_id": code} for code in codes]
            noted = {} if rows else shared
        for target in rows or [noted]:
            target.update({field: str(wanted[field]) for field in FIELDS if field in wanted})
        today = date.today().isoformat()
        return State([row if row in before.rows else {**row, "date": today} for row in rows], noted if not rows else {})

    def _name_row(self, feedback_id: str) -> dict[str, str]:
        return {"feedback_id": feedback_id, "coder_id": self.file.part}

    def _put(self, feedback_id: str, state: State, *, keeps_retired: bool = False) -> str:
        """Write a state; what has no code yet is noted first, so that nothing is lost in between."""
        refusal = self.file.why_read_only or self.find_lock(feedback_id)
        if refusal:
            raise CjmError(refusal)
        told = ""
        if state.noted:
            self.file.check_rows(feedback_id, [{**self._name_row(feedback_id), "code_id": NOTHING_FITS, **state.noted}])
            told = self.notes.put(feedback_id, state.noted)
        said = self.file.replace(feedback_id, state.rows, keeps_retired=keeps_retired).said
        told = told or self.notes.put(feedback_id, state.noted)
        (self.read.add if self._is_read(feedback_id) else self.read.discard)(feedback_id)
        return f"{said} {told}".strip()


def _find_common(rows: list[dict[str, str]], field: str) -> str | None:
    values = {row[field] for row in rows}
    return values.pop() if len(values) == 1 else None


def _gather_rows(frame) -> dict[str, list[dict[str, str]]]:
    """Return rows as text cells by verbatim."""
    names, found = list(frame.columns), {}
    for row in zip(*(spell_cells(frame[name]) for name in names)):
        found.setdefault(row[names.index("feedback_id")], []).append(dict(zip(names, row)))
    return found


ANSWERS: dict[tuple[Path, str], Answers] = {}


def open_answers(study: Study, coder_id: str) -> tuple[Answers, str]:
    """Return a coder's answers as they stand on disk now, and what there is to say of them.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> answers, _ = open_answers(open_study("retail_checkout"), "anna")
    >>> len(answers.read) > 0, answers.can_undo
    (True, False)
    """
    file = open_coding_file(study, part=coder_id)
    place = (study.folder.resolve(), coder_id)
    if place not in ANSWERS or ANSWERS[place].file is not file:
        ANSWERS[place] = Answers(file)
    return ANSWERS[place], ANSWERS[place].renew()
