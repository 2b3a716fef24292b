"""The machine desk: learns from what people coded, says how good it is, and queues what nobody has read for review."""

from pathlib import Path
from typing import NamedTuple

import pandas as pd

from cjm_helpers.errors import CjmError
from cjm_helpers.lab import page
from cjm_helpers.lab.form import Form
from cjm_helpers.lab.own_part import MAKE, make_own, show_offer
from cjm_helpers.method.codings import keep_people
from cjm_helpers.method.evidence import ALL_CODES
from cjm_helpers.method.suggest import check_suggestions, suggest_codes
from cjm_helpers.method.suggest.checking import SUGGEST
from cjm_helpers.method.suggest.examples import LEAST_POSITIVES, gather_examples
from cjm_helpers.method.words import count_things, is_known, write_number
from cjm_helpers.study.drafts import open_sheet
from cjm_helpers.study.folder import Study, open_study, save_worksheet
from cjm_helpers.study.kit import is_shipped
from cjm_helpers.worksheets import MACHINE, NOTHING_FITS

PROPOSE = "propose"
WHAT = (
    "The machine learns from the verbatims that people coded, and queues the others with the codes that may fit. "
    "Nothing of it counts before a person has decided on it."
)
NO_WORDS = "There is no feedback with words yet."
NOBODY = (
    "Nobody has coded yet. Code some two hundred verbatims first: the machine learns a code from "
    f"{LEAST_POSITIVES} that carry it."
)
ALL_READ = "People have read every verbatim, so there is nothing to propose."
TOO_FEW = (
    f"The machine cannot learn yet: it needs a code that {LEAST_POSITIVES} verbatims of five people carry, and as many "
    "that do not carry it. Code more, then come back."
)
NONE_GOOD = "No code may be suggested yet, so nothing was written; the table says why. Code more, then try again."
DONE = (
    "{verbatims} queued; to {coded} of them a code may fit. One in ten is read without what the machine says, so you "
    'find out how often it is right. Review them in the coding desk: choose "The machine\'s suggestions" there.'
)
COLUMNS = ["Code", "Suggested", "Right of 100", "Found of 100", "F1", "F1 by search words", "F1 between people"]
AUDIT = "Right in the audit"
LEGEND = (
    "Tried on people whom the machine had not read. Right of 100: so many of 100 suggestions are right, with the "
    "interval. Found of 100: so many of 100 that fit are found. F1: both in one figure, 0 to 1, beside that of search "
    "words and that of one person against another."
)


class Outcome(NamedTuple):
    """What came of it: how good each code is, how many verbatims are queued, and how many of them with a code."""

    checked: pd.DataFrame
    queued: int
    coded: int


def suggest_codings(study: Study) -> "MachineDesk":
    """Show what the machine could propose codes for; it learns and writes only when somebody clicks.

    Its answers stand in worksheets/codings/machine.csv in the order in which to read them, and never count as a
    person's. Its first answer to a verbatim that people have read since is kept as it was.

    Parameters
    ----------
    study
        As `open_study` returns it.

    Examples
    --------
    >>> suggest_codings(open_study("retail_checkout")).describe()[1].splitlines()[0]
    'Suggested codes'
    """
    return MachineDesk(study)


class MachineDesk(Form):
    """A count of what is read, a button, and how good the machine is for each code."""

    def __init__(self, study: Study):
        super().__init__()
        self._made: dict[str, str] = {}
        self._result: Outcome | None = None
        self._look(study)

    def page(self) -> list[dict]:
        """Return how much is read, the button where there is something to propose, and what came of it."""
        counts = [page.text(self._spell_counts())] if self._read + self._unread else []
        shown = [page.heading("Suggested codes"), page.text(WHAT), *counts]
        if is_shipped(self._study.folder):
            return [*shown, *show_offer(self._made)]
        if self._obstacle:
            return [*shown, page.message(self._obstacle)]
        help = "Takes some seconds, and about a minute where ten thousand verbatims are coded."
        button = page.button(PROPOSE, "Let the machine propose codes", is_primary=not self._result, help=help)
        return [*shown, button, *self._show_result()]

    def act(self, action: str, values: dict) -> None:
        """Learn and propose, in a thread; or make a shipped example one's own study."""
        if action == MAKE:
            self._made = make_own(self, self._study)
            return
        self._result = None
        self._look(open_study(self._study.folder))
        if self._obstacle:
            raise CjmError(self._obstacle)
        self.start_work(PROPOSE, lambda say: _propose(self._study, say), then=self._take)

    def _look(self, study: Study) -> None:
        """Read what stands in the study now, and what stands in the way, if anything."""
        self._study = study = open_study(study.folder) if study.is_narrowed else study
        tables = {"codebook": study.codebook, "decisions": study.coding_decisions}
        examples = gather_examples(study.feedback, study.codings, **tables)
        self._silent = int(study.feedback["text"].str.strip().eq("").sum())
        self._unread = len(examples.unread)
        self._read = len(study.feedback) - self._silent - self._unread
        in_the_way = [
            (NO_WORDS, not self._read + self._unread), (NOBODY, not self._read), (ALL_READ, not self._unread),
            (TOO_FEW, not len(examples.learnable)),
        ]  # fmt: skip
        self._obstacle = next((why for why, is_so in in_the_way if is_so), "")

    def _spell_counts(self) -> str:
        said = f"People have read {count_things(self._read, 'verbatim')} with words"
        said += f"; nobody has read {self._unread:,}." if self._unread else ", that is all of them."
        return said + (f" {count_things(self._silent, 'verbatim')} without words left out." if self._silent else "")

    def _show_result(self) -> list[dict]:
        if not self._result:
            return []
        checked, queued, coded = self._result
        done = DONE.format(verbatims=count_things(queued, "verbatim"), coded=write_number(coded))
        said = page.message(done, tone="good") if queued else page.message(NONE_GOOD)
        return [said, page.text(checked["sentence"].iloc[-1]), _make_table(checked), page.text(LEGEND)]

    def _take(self, result: Outcome) -> None:
        self._result = result
        self._look(open_study(self._study.folder))


def _propose(study: Study, say) -> Outcome:
    """Learn from what is coded, and queue what nobody has read."""
    tables = {"codebook": study.codebook, "decisions": study.coding_decisions, "seed": study.settings.seed}
    checked = check_suggestions(study.feedback, study.codings, **tables, say=say)
    say("Reading what nobody has read", 1.0)
    suggested = suggest_codes(study.feedback, study.codings, **tables, checked=checked)
    queued = _save(study.folder, suggested) if len(suggested) else suggested
    coded = queued.loc[queued["code_id"] != NOTHING_FITS, "feedback_id"].nunique()
    return Outcome(checked, queued["feedback_id"].nunique(), coded)


def _save(folder: Path, suggested: pd.DataFrame) -> pd.DataFrame:
    """Write the answers in reading order, and return them; those to what people read, even just now, stay below."""
    sheet = open_sheet(open_study(folder), "codings", part=MACHINE)
    read = {*keep_people(sheet.study.codings)["feedback_id"], *sheet.study.coding_decisions["feedback_id"]}
    earlier = sheet.frame["feedback_id"]
    kept = sheet.frame[earlier.isin(read) | ~earlier.isin(suggested["feedback_id"])]
    queued = suggested[~suggested["feedback_id"].isin(kept["feedback_id"])]
    rows = queued[["feedback_id", "code_id", "note"]].assign(coder_id=MACHINE)
    rows = rows.reindex(columns=sheet.frame.columns, fill_value="")
    save_worksheet(sheet.study, "codings", frame=pd.concat([rows, kept], ignore_index=True), part=MACHINE)
    return queued


def _make_table(checked: pd.DataFrame) -> dict:
    codes = checked[checked["code_id"] != ALL_CODES]
    is_audited = bool(codes["audit_n"].any())
    rows = [_spell_row(row) + [_spell_audit(row)] * is_audited for row in codes.itertuples()]
    return page.table(COLUMNS + [AUDIT] * is_audited, rows)


def _spell_row(row) -> list[str]:
    is_suggested = "Yes" if row.verdict == SUGGEST else f"No: {row.verdict}"
    scores = (row.f1, row.keyword_f1, row.human_f1)
    written = [write_number(score, decimals=2) if is_known(score) else "" for score in scores]
    return [row.label, is_suggested, _spell_hundred(row, "precision"), _spell_hundred(row, "recall"), *written]


def _spell_audit(row) -> str:
    return f"{row.audit_precision * row.audit_n:.0f} of {row.audit_n}" if row.audit_n else ""


def _spell_hundred(row, name: str) -> str:
    figures = [getattr(row, name + end) for end in ("", "_lo", "_hi")]
    return "{} ({} to {})".format(*(write_number(100 * figure) for figure in figures)) if is_known(figures[0]) else ""
