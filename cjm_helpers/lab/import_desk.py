"""The import desk: an export or interviews become tables of the study, in five steps and without typing code."""

from cjm_helpers.errors import CjmError
from cjm_helpers.lab import page
from cjm_helpers.lab.form import Form
from cjm_helpers.lab.import_file import Incoming, name_incoming, refuse_known
from cjm_helpers.lab.import_pages import list_brought, list_raw, show_choice, show_match, show_trial, tell_shown
from cjm_helpers.lab.own_part import MAKE, make_own, show_offer
from cjm_helpers.lab.static_page import spell_page
from cjm_helpers.study.folder import Study, open_study
from cjm_helpers.study.kit import is_shipped
from cjm_helpers.study.sources import RAW
from cjm_helpers.study.sources.intake import Intake, Tried, list_blocks, take_back, take_in, try_intake

LONG, LARGE = ("read", "raw", "try", "repeat", "bring", "take_back"), 200_000  # bytes of exports


def bring_in_file(study: Study) -> "ImportDesk":
    """Show the desk that brings in an export or interviews, with what was brought in so far.

    Parameters
    ----------
    study
        As `open_study` returns it. Nothing is written before somebody clicks "Bring it in".

    Examples
    --------
    >>> bring_in_file(open_study("retail_checkout")).describe()[1].splitlines()[0]
    'Bring in a file'
    """
    return ImportDesk(study)


class ImportDesk(Form):
    """Choose a file, say what it is, match its columns, see what would come of it, bring it in."""

    def __init__(self, study: Study):
        super().__init__()
        self.study, self.said = study, ""
        self.made: dict[str, str] = {}
        self._forget()

    def page(self) -> list[dict]:
        """Return the step that is due, below what was brought in so far."""
        done = [page.message(self.said, tone="good")] if self.said else []
        again = [page.button("again", "Run the notebook again", is_primary=True)] if self.said else []
        brought = [*list_brought(self.study), *self._show_undo()]
        return [page.heading("Bring in a file"), *done, *again, *self._show_step(), *brought]

    def handle(self, message: dict, buffers: list) -> dict:
        """Answer as every form does; each file that has arrived is kept, as interviews are several."""
        answer = super().handle(message, buffers)
        if message["kind"] == "bytes" and answer["have"] >= message["size"]:
            file = self.values.pop(message["id"])
            self.files[file.name] = file.content
        return answer

    def act(self, action: str, values: dict) -> None:
        """Carry out one click; "chosen" shows the files that have arrived."""
        if self.work:
            raise CjmError("The file is still being worked on. Wait until that is done.")
        self.said = ""
        steps = {
            "chosen": lambda values: None, "read": self._read, "raw": self._read_raw, "match": self._match,
            "try": self._try, "repeat": self._repeat, "bring": self._bring, "back": self._go_back,
            "over": self._start_over, "take_back": self._take_back, "again": self._run_again, MAKE: self._make_own,
        }  # fmt: skip
        if action in LONG and self._is_large(values):
            self.start_work(action, lambda say: steps[action](values), then=lambda done: None)
        else:
            steps[action](values)

    def _forget(self) -> None:
        self.tried: Tried | None = None
        self.intake: Intake | None = None
        self.incoming: Incoming | None = None
        self.files: dict[str, bytes] = {}
        self.values.clear()

    def _is_large(self, values: dict) -> bool:
        """Tell whether the work may take longer than a page waits for an answer."""
        raw = self.study.folder / RAW
        there = [raw / block.get("file", "") for block in self.study.settings.imports]
        there += [raw / values.get("lying", "")]
        sizes = [path.stat().st_size for path in there if path.is_file()]
        return sum(sizes) + sum(map(len, self.files.values())) > LARGE

    def describe(self) -> tuple[str, str]:
        """Return what was brought in so far, as a plain table."""
        line = page.text("In JupyterLab, run this cell to bring in an export or interviews.")
        return spell_page([page.heading("Bring in a file"), *list_brought(self.study), line])

    def _show_step(self) -> list[dict]:
        if is_shipped(self.study.folder):
            return show_offer(self.made)
        if self.tried:
            return [show_trial(self.tried, intake=self.intake, file=self.incoming.suggestion.file)]
        if self.incoming:
            return show_match(self.incoming, values=self.values)
        return [show_choice(self.files, study=self.study)]

    def _show_undo(self) -> list[dict]:
        files = list_blocks(self.study)["file"].tolist()
        if not files or is_shipped(self.study.folder):
            return []
        choose = page.select("old", "Take a file back", options=files)
        help = "Its rows go out of the study; the file itself stays in raw/."
        return [page.row([choose, page.button("take_back", "Take it back", help=help)])]

    def _read(self, values: dict) -> None:
        name = name_incoming(self.study, self.files, name=values.get("set", ""))
        self._open(self.files, name)

    def _read_raw(self, values: dict) -> None:
        there = list_raw(self.study.folder / RAW)
        self._open({}, values.get("lying") or there[0])

    def _open(self, files: dict[str, bytes], name: str) -> None:
        self.study = open_study(self.study.folder)
        refuse_known(self.study, name)
        self.incoming = Incoming(self.study, files, name=name)
        self.values.clear()

    def _match(self, values: dict) -> None:
        """Show the guess anew; what belongs to a choice that was changed is forgotten."""
        before = self.incoming.suggestion
        self.incoming.read(values)
        after = self.incoming.suggestion
        if before.kind != after.kind or before.table != after.table:
            self.values = {"kind": after.kind}
            return
        if before.interviewers != after.interviewers:  # the list of speakers is another one
            self.values = {name: value for name, value in values.items() if not name.startswith("persona:")}
        for at, (old, new) in enumerate(zip(before.columns, after.columns)):
            if old.role != new.role or old.touchpoint_id != new.touchpoint_id:
                for part in ("name", "stage", "metric"):
                    self.values.pop(f"{part}:{at}", None)

    def _try(self, values: dict) -> None:
        self.study = self.incoming.study = open_study(self.study.folder)  # it may have changed in another cell
        self._match(values)
        self._plan(self.incoming.make_intake(values))

    def _repeat(self, values: dict) -> None:
        self._plan(self.incoming.repeat(values))

    def _plan(self, intake: Intake) -> None:
        tried = try_intake(self.study, intake)
        self.intake, self.tried = intake, tried

    def _bring(self, values: dict) -> None:
        done = take_in(self.study, self.intake)
        name = self.incoming.suggestion.file
        self._settle(f"{name} is in. Now you can look at {tell_shown(done)}.")

    def _take_back(self, values: dict) -> None:
        file = values.get("old") or list_blocks(self.study)["file"].iloc[0]
        take_back(open_study(self.study.folder), file)
        self._settle(f"{file} is taken back: its rows are gone from the study, the file still lies in raw/.")

    def _settle(self, said: str) -> None:
        self.study = open_study(self.study.folder)
        self._forget()
        self.said = f"{said} Run the notebook again to see it."

    def _go_back(self, values: dict) -> None:
        self.tried = self.intake = None

    def _start_over(self, values: dict) -> None:
        self._forget()

    def _make_own(self, values: dict) -> None:
        self.made = make_own(self, self.study)

    def _run_again(self, values: dict) -> None:
        self.run_again = "all"
