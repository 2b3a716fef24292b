"""Codes verbatims by keyboard, one after the other: each action is saved at once into the coder's own file."""

from collections.abc import Callable
from html import escape

from cjm_helpers.errors import CjmError, ParameterError
from cjm_helpers.lab.coding_answers import Answers, open_answers
from cjm_helpers.lab.coding_codes import list_groups, list_retired
from cjm_helpers.lab.coding_queue import (
    ALL,
    LABELS,
    REVIEW,
    choose_pile,
    describe_piles,
    draw_shared,
    find_open,
    is_audited,
    read_suggestions,
    sort_piles,
    spell_progress,
    stamp_files,
)
from cjm_helpers.lab.editor_draft import find_study
from cjm_helpers.lab.editor_queue import PEOPLE
from cjm_helpers.lab.own_study import answer_own, describe_offer
from cjm_helpers.lab.verbatim_card import describe_verbatim
from cjm_helpers.lab.widget import Desk, read_front
from cjm_helpers.study.folder import Study
from cjm_helpers.study.ids import make_id
from cjm_helpers.worksheets import MACHINE

PURPOSE = "read what people said and give the codes that fit, without seeing what others gave"
NO_MACHINE = "'machine' is the name of what the computer suggests, so no person codes under it. Choose another name."
NO_NAME = "Choose your name or write it, so that your codes get a file of their own."
NO_CODES = "The codebook has no code in use yet. Make codes first, in the codebook of notebook 04."
NO_WORDS = "No verbatim of this study has words to read yet. Bring in feedback first, in notebook 00."
FRONT = ("table_editor_panels", "reading", "coding_desk_codes", "coding_desk_page", "coding_desk")


def code_feedback(study: Study, *, coder: str = "") -> "CodingDesk":
    """Code verbatims by keyboard, blind to what others gave; each action is saved at once.

    Parameters
    ----------
    coder
        Who codes, as in the team of study.toml; empty = asked in the page.

    Raises
    ------
    CjmError
        The coder is the machine.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> code_feedback(open_study("retail_checkout"), coder="anna").describe()[1].split(". ")[1]
    'In JupyterLab, run this cell to code them.'
    """
    return CodingDesk(study, coder)


class CodingDesk(Desk):
    """One verbatim at a time, with the codes as buttons."""

    _esm = read_front("common.js", *(f"{name}.js" for name in FRONT))
    _css = read_front("table_editor.css", "reading.css", "coding_desk.css")

    def __init__(self, study: Study, coder: str):
        super().__init__()
        self.study = study.whole or study
        self.coder = _name_coder(coder, self.study) if coder else PEOPLE.get(study.folder.resolve(), "")
        self.answers: Answers | None = None
        self.pile, self.piles, self._stamp = "", {}, None
        self._placed: tuple[list[str], dict[str, int]] = ([], {})

    def handle(self, message: dict, buffers: list) -> dict:
        """Answer one message of the page."""
        answers: dict[str, Callable[[dict], dict]] = {
            "hello": self._greet, "who": self._take_person, "not me": self._ask_person, "pile": self._choose_pile,
            "at": self._stand, "do": self._change, "undo": self._step_back, "redo": self._step_on,
            "others": self._show_others, "own": lambda message: answer_own(self.study, message), "fresh": self._freshen,
        }  # fmt: skip
        return answers[message["kind"]](message)

    def describe(self) -> tuple[str, str]:
        """Return how much there is to read; no words, as not everyone may be quoted."""
        count = (self.study.feedback["text"].str.strip() != "").sum()
        line = (
            f"Coding desk: {count:,} verbatims, {len(draw_shared(self.study)):,} in the shared sample. "
            "In JupyterLab, run this cell to code them."
        )
        return f"<p>{escape(line)}</p>", line

    def _greet(self, message: dict) -> dict:
        if not self.coder:
            return self._ask_person(message)
        said = self._open()
        pile = message.get("pile", "")
        self.pile = pile if pile in self.piles else choose_pile(self.piles, self.answers.read)
        return {"kind": "desk", **self._describe_desk(), "said": said, **self._go_to(message.get("id", ""))}

    def _open(self) -> str:
        """Read the study as its files stand now; return what there is to say of it."""
        self._stamp = None
        self.study = find_study(self.study)
        self.answers, said = open_answers(self.study, self.coder)
        self.study = self.answers.file.study
        self.answers.desks.add(self)
        self.piles = sort_piles(self.study, self.answers)
        self._stamp = self._stamp_files()
        return said

    def _stamp_files(self) -> list[tuple]:
        return stamp_files(self.study.folder, besides=self.answers.file.file)

    def _ask_person(self, message: dict) -> dict:
        return {"kind": "who", "team": self.study.settings.team, "title": "Coding desk", "purpose": PURPOSE}

    def _take_person(self, message: dict) -> dict:
        self.coder = _name_coder(message["person"], self.study)
        PEOPLE[self.study.folder.resolve()] = self.coder
        return self._greet({})

    def _describe_desk(self) -> dict:
        study, groups = self.study, list_groups(self.study)
        return {
            "coder": self.coder, "groups": groups, "retired": list_retired(study),
            "empty": NO_WORDS if not self.piles else "" if groups else NO_CODES,
            "stages": list(study.settings.stages),
            "touchpoints": study.touchpoints[["touchpoint_id", "name", "stage"]].values.tolist(),
            "read_only": self.answers.file.why_read_only, "offer": describe_offer(study),
        }  # fmt: skip

    def _choose_pile(self, message: dict) -> dict:
        if message["pile"] not in self.piles:
            raise ParameterError("pile", message["pile"], [LABELS[name] for name in self.piles])
        self.pile = message["pile"]
        return {"kind": "at", **self._go_to("")}

    def _go_to(self, feedback_id: str) -> dict:
        """Return a verbatim and those beside it; "" = the first of the pile that is not read."""
        ids = self.piles.get(self.pile, [])
        if not ids:
            return {"card": None, **self._count()}
        if feedback_id not in self._places():
            feedback_id = find_open(ids, self.answers.read, after=-1) or ids[0]
        return {"card": self._describe_card(feedback_id), **self._count(), "near": self._look_around(feedback_id)}

    def _places(self) -> dict[str, int]:
        """Return where each verbatim stands in the pile."""
        ids = self.piles[self.pile]
        if self._placed[0] is not ids:
            self._placed = (ids, {own: place for place, own in enumerate(ids)})
        return self._placed[1]

    def _look_around(self, feedback_id: str) -> dict:
        """Return the cards that a key leads to, so that the page need not wait for them."""
        ids, place = self.piles[self.pile], self._places()[feedback_id]
        beside = {
            "previous": ids[place - 1] if place else "",
            "next": ids[place + 1] if place + 1 < len(ids) else "",
            "open": find_open(ids, self.answers.read, after=place),
        }
        cards = {own: self._describe_card(own) for own in set(beside.values()) if own}
        return {way: cards.get(own) for way, own in beside.items()}

    def _describe_card(self, feedback_id: str) -> dict:
        is_review = self.pile == REVIEW  # elsewhere people read as if there were no machine
        return {
            **describe_verbatim(self.study, feedback_id), **self._describe_own(feedback_id),
            "suggested": read_suggestions(self.answers, feedback_id) if is_review else [],
            "is_review": is_review,
            "is_audit": is_review and is_audited(self.answers, feedback_id),
        }  # fmt: skip

    def _describe_own(self, feedback_id: str) -> dict:
        return {"own": self.answers.describe(feedback_id)}

    def _count(self) -> dict:
        read = self.answers.read
        return {
            "pile": self.pile, "piles": describe_piles(self.piles, read),
            "progress": spell_progress(self.piles, self.pile, read=read),
            "can_undo": self.answers.can_undo, "can_redo": self.answers.can_redo,
        }  # fmt: skip

    def _stand(self, message: dict) -> dict:
        return {"kind": "at", **self._go_to(message["id"])}

    def _change(self, message: dict) -> dict:
        said = self.answers.change(message["id"], message["wanted"])
        self._tell_others(message)
        own = self._describe_own(message["id"])
        return {"kind": "saved", "id": message["id"], **own, "said": said, **self._count()}

    def _step_back(self, message: dict) -> dict:
        return self._show_step(self.answers.undo(), message, "Taken back.")

    def _step_on(self, message: dict) -> dict:
        return self._show_step(self.answers.redo(), message, "Done again.")

    def _show_step(self, step: tuple[str, str], message: dict, said: str) -> dict:
        feedback_id, more = step
        self._tell_others(message)
        if feedback_id not in self._places():
            self.pile = ALL
        return {"kind": "at", **self._go_to(feedback_id), "said": f"{said} {more}".strip()}

    def _show_others(self, message: dict) -> dict:
        others = self.answers.show_others(message["id"])
        return {"kind": "others", "id": message["id"], "others": others, **self._describe_own(message["id"])}

    def _tell_others(self, message: dict) -> None:
        """Let every other page that shows these answers ask for its verbatim anew."""
        for desk in self.answers.desks:
            desk.tell("moved", about={"by": message.get("view", "")})

    def _freshen(self, message: dict) -> dict:
        """Look whether files were changed by someone else, as somebody comes back to this desk."""
        if self.answers is None or self._stamp == self._stamp_files():
            return {"kind": "as before"}
        return self._greet(message)


def _name_coder(name: str, study: Study) -> str:
    """Return the id of a person's file.

    Raises
    ------
    CjmError
        Nobody is named, or the machine.
    """
    name = name.strip()
    if not name:
        raise CjmError(NO_NAME)
    if name.casefold() == MACHINE:
        raise CjmError(NO_MACHINE)
    known = [*study.settings.team, *study.codings["coder_id"].unique()]
    return name if name in known else make_id(name, taken=[])
