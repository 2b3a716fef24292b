"""Links verbatims that name no touchpoint to one: the machine proposes, a person confirms each."""

from html import escape
from pathlib import Path

from cjm_helpers.errors import CjmError
from cjm_helpers.lab.decision_desk import DecisionDesk
from cjm_helpers.lab.editor_draft import find_study
from cjm_helpers.lab.verbatim_card import describe_verbatim
from cjm_helpers.lab.widget import read_front
from cjm_helpers.method.codings import settle_codings
from cjm_helpers.method.suggest.linking import check_links, spell_confirmed, spell_trial
from cjm_helpers.method.suggest.touchpoints import measure_likeness, order_surest
from cjm_helpers.method.verbatims import place_verbatims
from cjm_helpers.study.folder import Study
from cjm_helpers.study.twins import split_rows

SHOWN = 3  # touchpoints proposed for each verbatim
LEFT: dict[Path, set[str]] = {}  # verbatims that belong to no single step, as somebody said in this kernel
TRIED: dict[Path, dict[str, bool]] = {}  # whether the first touchpoint proposed was the one that a person chose
LINKED = "This verbatim is linked. Take the link away first."
NOT_HERE = "This verbatim has a touchpoint from elsewhere by now. Go on with the next one."


def link_feedback(study: Study) -> "LinkDesk":
    """Link verbatims that name no touchpoint to one, the surest proposal first; only what a person confirms is saved.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> link_feedback(open_study("retail_checkout")).describe()[1][-42:]
    'In JupyterLab, run this cell to link them.'
    """
    return LinkDesk(study)


class LinkDesk(DecisionDesk):
    """One verbatim at a time, with the touchpoints that may be meant."""

    table, title, purpose = "alignments", "Link feedback to touchpoints", "where what somebody said belongs"
    _esm = read_front("common.js", "table_editor_panels.js", "reading.js", "deciding.js", "link_desk.js")
    _css = read_front("table_editor.css", "reading.css", "deciding.css")

    def __init__(self, study: Study):
        super().__init__(study)
        self.queue: list[str] = []

    def list_answers(self):
        """Return what is done about each kind of message."""
        return super().list_answers() | {
            "link": self._link, "unlink": self._unlink, "leave": self._leave, "again": self._propose_again,
            "trial": self._try_out,
        }  # fmt: skip

    def begin(self) -> None:
        """Propose touchpoints for every verbatim that has none, learnt from all that have one now."""
        study, folder = self.study, self.study.folder.resolve()
        self._left, self._tried = LEFT.setdefault(folder, set()), TRIED.setdefault(folder, {})
        settled = _settle(study)
        self._likeness = measure_likeness(
            study.feedback, study.touchpoints, alignments=study.alignments, settled=settled
        )
        judged = self._likeness.judged
        order = order_surest(judged)
        self.queue = judged["feedback_id"].iloc[order].tolist()
        self._rows = dict(zip(self.queue, order.tolist()))
        self._places = {own: place for place, own in enumerate(self.queue)}
        self._learnt = len(self.file.list_verbatims())
        self._total, self._without, self._unnamed = _count(study, settled)

    def describe(self) -> tuple[str, str]:
        """Return how many verbatims have no touchpoint; no words, as not everyone may be quoted."""
        study = find_study(self.study)
        total, without, _ = _count(study, _settle(study))
        line = f"Linking: {_spell_without(without, total)}. In JupyterLab, run this cell to link them."
        return f"<p>{escape(line)}</p>", line

    def greet(self, message: dict) -> dict:
        """Open everything as it stands on disk now."""
        touchpoints = self.study.touchpoints[["touchpoint_id", "name", "stage"]].itertuples(index=False, name=None)
        about = {"stages": list(self.study.settings.stages), "touchpoints": [list(one) for one in touchpoints]}
        return super().greet(message) | about

    def show(self, name: str) -> dict:
        """Return a verbatim as the page shows it, and how far people are."""
        if name and name not in self._places:  # taken back after the proposals were made anew
            self._open()
        new = [own for own in self.queue if self._is_linked(own)]
        left = sum(own in self._left for own in self.queue)
        done = self._unnamed - self._without + len(new)
        text = f"{done:,} of {self._unnamed:,} linked" + (f", {left:,} left open" if left else "")
        about = {
            "progress": {"done": done, "total": self._unnamed, "text": text},
            "without": _spell_without(self._without - len(new), self._total), "can_undo": self.can_undo,
            "confirmed": spell_confirmed(sum(self._tried.values()), len(self._tried)) if self._tried else "",
            "new": len(self.file.list_verbatims()) - self._learnt,
        }  # fmt: skip
        if not self.queue:
            return {"item": None, **about}
        name = name if name in self._places else self._find_open(-1) or self.queue[0]
        place = self._places[name]
        near = {
            "previous": self.queue[place - 1] if place else "", "next": (self.queue[place + 1 :] or [""])[0],
            "open": self._find_open(place),
        }  # fmt: skip
        return {"item": self._describe(name) | {"at": place + 1, "of": len(self.queue), "near": near}, **about}

    def note(self, feedback_id: str) -> None:
        """Take note that a verbatim was linked or not; a proposal that was taken back is no trial."""
        self._left.discard(feedback_id)
        self._tried.pop(feedback_id, None)

    def _describe(self, feedback_id: str) -> dict:
        proposals = self._likeness.propose(self._rows[feedback_id], most=SHOWN)
        counted, disputed = split_rows(self.file.rows_of(feedback_id), self.table)
        linked = next(iter(counted), {})
        return {
            "id": feedback_id, "card": describe_verbatim(self.study, feedback_id) | {"place": "Names no touchpoint"},
            "proposals": [one._asdict() for one in proposals],
            "is_sure": self._find_why(feedback_id) != "", "linked": linked.get("touchpoint_id", ""),
            "by": linked.get("decided_by", ""), "disputed": disputed, "is_left": feedback_id in self._left,
        }  # fmt: skip

    def _find_why(self, feedback_id: str) -> str:
        return self._likeness.judged["why"].iat[self._rows[feedback_id]]

    def _find_open(self, place: int) -> str:
        around = self.queue[place + 1 :] + self.queue[: max(place, 0)]
        return next((own for own in around if not self._is_linked(own) and own not in self._left), "")

    def _is_linked(self, feedback_id: str) -> bool:
        return feedback_id in self.file and not self.file.is_disputed(feedback_id)

    def _link(self, message: dict) -> dict:
        own, chosen = self._check(message["id"]), message["touchpoint_id"]
        row = {"feedback_id": own, "touchpoint_id": chosen, "decided_by": self.deciders}
        said = self.write(own, [row], message)
        self._try(own, chosen)
        return self._go_on(own, f"Saved. {said}")

    def _unlink(self, message: dict) -> dict:
        said = self.write(self._check(message["id"]), [], message)
        return {"kind": "at", "said": f"Not linked any more. {said}".strip(), **self.show(message["id"])}

    def _leave(self, message: dict) -> dict:
        """Remember that a verbatim belongs to no single step; nothing is written."""
        own = self._check(message["id"])
        if own in self.file:
            raise CjmError(LINKED)
        self._left.add(own)
        self._try(own, "")
        self.add_step(own, lambda _: self.note(own) or "")
        return self._go_on(own, "Left open.")

    def _try(self, feedback_id: str, chosen: str) -> None:
        """Count whether the first touchpoint proposed was chosen, where one was proposed."""
        if self._find_why(feedback_id):
            first = self._likeness.judged["first"].iat[self._rows[feedback_id]]
            self._tried[feedback_id] = self._likeness.touchpoint_ids[first] == chosen

    def _check(self, feedback_id: str) -> str:
        if feedback_id not in self._places:
            raise CjmError(NOT_HERE)
        return feedback_id

    def _go_on(self, feedback_id: str, said: str) -> dict:
        following = self._find_open(self._places[feedback_id]) or feedback_id
        return {"kind": "at", "said": said.strip(), **self.show(following)}

    def _propose_again(self, message: dict) -> dict:
        self._open()
        return {"kind": "at", "said": "Proposed anew, with what was linked since.", **self.show("")}

    def _try_out(self, message: dict) -> dict:
        study = self.study
        checked = check_links(study.feedback, study.touchpoints, alignments=study.alignments, settled=_settle(study))
        return {"kind": "trial", "text": spell_trial(checked)}


def _settle(study: Study):
    return settle_codings(study.codings, study.coding_decisions, codebook=study.codebook)


def _count(study: Study, settled) -> tuple[int, int, int]:
    """Count the verbatims with words, those without a touchpoint, and those that came without one."""
    said = study.feedback[study.feedback["text"].str.strip() != ""]
    placed = place_verbatims(said, study.alignments)["touchpoint_id"] != ""
    by_code = said["feedback_id"].isin(settled.loc[settled["touchpoint_id"] != "", "feedback_id"])
    return len(said), int((~placed & ~by_code).sum()), int((said["touchpoint_id"] == "").sum())


def _spell_without(without: int, total: int) -> str:
    share = f" ({100 * without / total:.0f}%)" if total else ""
    return f"{without:,} of {total:,} verbatims{share} have no touchpoint yet"
