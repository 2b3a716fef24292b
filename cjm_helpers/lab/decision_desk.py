"""What desks share at which people decide about one verbatim after the other: who decides, the file, undo."""

import re
from collections.abc import Callable
from pathlib import Path

from cjm_helpers.errors import CjmError
from cjm_helpers.lab.coding_answers import CHANGED
from cjm_helpers.lab.coding_queue import stamp_files
from cjm_helpers.lab.editor_draft import find_study
from cjm_helpers.lab.editor_queue import name_person
from cjm_helpers.lab.own_study import answer_own, describe_offer
from cjm_helpers.lab.widget import Desk
from cjm_helpers.study.coding_file import CodingFile, Replaced, open_coding_file
from cjm_helpers.study.folder import Study
from cjm_helpers.study.ids import make_id
from cjm_helpers.study.tables import digest_file
from cjm_helpers.worksheets import MACHINE, split_list

NOBODY = "Choose who decides, or write a name, so that everybody can see later whom to ask."
NO_STEP = "There is nothing to take back."
DECIDERS: dict[Path, str] = {}  # who decides on a study in this kernel, by its folder; ";" between them


class DecisionDesk(Desk):
    """Decisions about verbatims; each is on disk before it is answered, together with what others wrote meanwhile."""

    table = title = purpose = ""

    def __init__(self, study: Study):
        super().__init__()
        self.study = find_study(study)
        self.file: CodingFile | None = None
        self._steps: list[tuple[str, Callable[[dict], str]]] = []
        self._stamp: list[tuple] | None = None

    def handle(self, message: dict, buffers: list) -> dict:
        """Answer one message of the page."""
        return self.list_answers()[message["kind"]](message)

    def list_answers(self) -> dict[str, Callable[[dict], dict]]:
        """Return what is done about each kind of message."""
        return {
            "hello": self.greet, "who": self._take_people, "not me": self._ask_people, "at": self._stand,
            "undo": self._step_back, "own": lambda message: answer_own(self.study, message), "fresh": self._freshen,
        }  # fmt: skip

    def begin(self) -> None:
        """Find what there is to decide in the study as it stands now."""
        raise NotImplementedError

    def show(self, name: str) -> dict:
        """Return what the page shows of one thing to decide, "" = the first that is open."""
        raise NotImplementedError

    def note(self, feedback_id: str) -> None:
        """Take note that the rows of a verbatim were changed."""
        raise NotImplementedError

    @property
    def deciders(self) -> str:
        """Who decides: ids with ";" between them, "" = not said yet."""
        return DECIDERS.get(self.study.folder.resolve(), "")

    def greet(self, message: dict) -> dict:
        """Open everything as it stands on disk now."""
        self._open()
        if not self.deciders and not self.file.is_read_only:
            return self._ask_people(message)
        return {
            "kind": "desk", "deciders": self.deciders, "read_only": self.file.why_read_only,
            "offer": describe_offer(self.study), **self.show(message.get("id", "")),
        }  # fmt: skip

    def write(self, feedback_id: str, rows: list[dict[str, str]], message: dict) -> str:
        """Put rows in the place of those of a verbatim, as a step to take back; return what there is to say."""
        before, said = self._replace(feedback_id, rows, message)
        after = self.file.rows_of(feedback_id)
        if after != before:
            self.add_step(message["id"], lambda later: self._put_back(feedback_id, before, later, over=after))
        return said

    def add_step(self, name: str, take_back: Callable[[dict], str]) -> None:
        """Remember how to take back what was done about one thing; take_back returns what there is to say."""
        self._steps.append((name, take_back))

    def renew(self) -> None:
        """Take the rows that git or another program wrote into the file meanwhile."""
        if digest_file(self.file.path) not in (self.file.digest, ""):
            open_coding_file(self.study, self.table)

    def _replace(self, feedback_id: str, rows: list, message: dict, *, keeps_retired: bool = False) -> Replaced:
        replaced = self.file.replace(feedback_id, rows, keeps_retired=keeps_retired)
        self.note(feedback_id)
        self._stamp = self._stamp_files()
        self.tell("moved", about={"by": message.get("view", "")})  # other pages of this desk ask anew
        return replaced

    def _put_back(self, feedback_id: str, rows: list, message: dict, *, over: list) -> str:
        """Take a step back, unless somebody else changed the rows of the verbatim since."""
        self.renew()
        if self.file.rows_of(feedback_id) != over:
            self._steps.pop()
            raise CjmError(CHANGED.format(feedback_id=feedback_id))
        return self._replace(feedback_id, rows, message, keeps_retired=True).said

    def _open(self) -> None:
        self.study = find_study(self.study)
        self.file = open_coding_file(self.study, self.table)
        self.study = self.file.study
        self.begin()
        self._stamp = self._stamp_files()

    def _stamp_files(self) -> list[tuple]:
        return stamp_files(self.study.folder, besides="")

    def _ask_people(self, message: dict) -> dict:
        team = self.study.settings.team
        rows = [self.file.rows_of(name) for name in self.file.list_verbatims()[-1:]]
        last = split_list(rows[0][-1].get("decided_by", "")) if rows else []  # offered; it may be another machine
        chosen = split_list(self.deciders or name_person(self.study))
        coders = [one for one in self.study.codings["coder_id"].unique() if one != MACHINE]
        return {
            "kind": "who", "team": dict.fromkeys([*team, *coders, *last, *chosen], "") | team, "chosen": chosen,
            "title": self.title, "purpose": self.purpose,
        }  # fmt: skip

    def _take_people(self, message: dict) -> dict:
        known = {*self.study.settings.team, *self.study.codings["coder_id"]}
        names = [name.strip() for one in message["people"] for name in re.split("[;,]", one)]
        ids = [name if name in known else make_id(name, taken=[]) for name in names if name]
        if not ids:
            raise CjmError(NOBODY)
        DECIDERS[self.study.folder.resolve()] = ";".join(dict.fromkeys(ids))
        return self.greet(message)

    def _stand(self, message: dict) -> dict:
        return {"kind": "at", **self.show(message["id"])}

    def _step_back(self, message: dict) -> dict:
        if not self._steps:
            raise CjmError(NO_STEP)
        name, take_back = self._steps[-1]
        said = take_back(message)
        self._steps.pop()
        return {"kind": "at", "said": f"Taken back. {said}".strip(), **self.show(name)}

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._steps)

    def _freshen(self, message: dict) -> dict:
        """Look whether files were changed by someone else, as somebody comes back to this desk."""
        if self.file is None or self._stamp == self._stamp_files():
            return {"kind": "as before"}
        return self.greet(message)
