"""The codebook desk: the codes as a tree, each with its words and what was found; changed one click at a time."""

import pandas as pd

from cjm_helpers.lab import codebook_parts as parts
from cjm_helpers.lab import page
from cjm_helpers.lab.codebook_acts import NEW, make_change
from cjm_helpers.lab.codebook_files import CodebookFiles
from cjm_helpers.lab.codebook_touch import describe_touch
from cjm_helpers.lab.form import Form
from cjm_helpers.lab.own_part import MAKE, make_own, show_offer
from cjm_helpers.lab.static_page import spell_page
from cjm_helpers.method.feedback import check_codebook
from cjm_helpers.method.words import join_words
from cjm_helpers.study.drafts import Saved, open_sheet, save_draft
from cjm_helpers.study.folder import Study, open_study
from cjm_helpers.study.ids import make_id
from cjm_helpers.study.kit import is_shipped
from cjm_helpers.study.merging import merge_rows
from cjm_helpers.study.tables import WORKSHEETS, digest_file, find_sheets
from cjm_helpers.worksheets import RETIRED

NAME = "codebook"
EDITED = (*parts.WORDS, "valence")
FILES = "qdc"
MOST_STEPS = 50
TITLE = page.heading("The codebook")
KEPT = "Your words still stand in the field. Save again to put them in place."
EMPTY = "There is no code yet. Add the first one, or bring in a codebook from another program."


def edit_codebook(study: Study) -> "CodebookDesk":
    """Show the codebook to edit: write what a code means, merge, split, rename, move and retire codes.

    Nothing is written before somebody clicks; codings are never rewritten.

    Parameters
    ----------
    study
        As `open_study` returns it, with all personas and waves.

    Examples
    --------
    >>> edit_codebook(open_study("retail_checkout")).describe()[1].splitlines()[3].strip(" |")
    'Pages slow or frozen | 218 (15%)'
    """
    return CodebookDesk(study)


class CodebookDesk(Form):
    """The tree of codes, and beside it the chosen one or the change that is being made."""

    def __init__(self, study: Study):
        super().__init__()
        self.draft = open_sheet(study, NAME)
        self.chosen, self.doing = "", ""
        self.said, self.warned, self.clicked = "", "", ""
        self.made: dict[str, str] = {}
        self.steps: list[tuple[str, pd.DataFrame, pd.DataFrame]] = []  # what was done, the codes before and after
        self.files = CodebookFiles(self, FILES)
        self._look()

    @property
    def study(self) -> Study:
        return self.draft.study

    @property
    def frame(self) -> pd.DataFrame:
        """The codes as text cells, as they stand in the file."""
        return self.draft.frame

    def page(self) -> list[dict]:
        """Return the tree and the chosen code, or for a shipped example the tree and the offer of a copy."""
        if self.draft.is_read_only:
            why = show_offer(self.made) if is_shipped(self.study.folder) else [page.message(self.draft.why_read_only)]
            return [TITLE, *why, page.row([page.group("Codes", [self._show_tree()]), self._show_chosen()])]
        return [TITLE, page.row([self._show_codes(), self._show_chosen()]), self.files.page()]

    def act(self, action: str, values: dict) -> None:
        """Carry out one click."""
        self.said = self.warned = self.files.said = ""
        self.clicked = action
        what, _, does = action.partition(":")
        if action == MAKE:
            self.made = make_own(self, self.study)
        elif action == "choose":
            self._choose(values[parts.CHOSEN])
            self.doing = ""
        elif action == "quote":
            self._take_quote()
        elif what == "open":
            self._open(does)
        elif action == "leave":
            self.cursor, self.doing = f"button:open:{self.doing}", ""
        elif what == FILES:
            self.files.act(does, values)
        elif action == "do" and self.doing:
            self._do(values)
        elif action == "save":
            self._save_words()
        elif action == "undo" and self.steps:
            self._undo()

    def describe(self) -> tuple[str, str]:
        """Return the codes as a plain table."""
        line = page.text("In JupyterLab, run this cell to change it.")
        return spell_page([TITLE, self._show_tree() if len(self.frame) else page.text(EMPTY), line])

    def save(self, frame: pd.DataFrame, *, said: str) -> None:
        """Save the codes as they shall be, together with what others changed; it can be taken back."""
        step = (said, self.frame, frame)
        self._keep(save_draft(self.draft, frame=frame))
        self.steps = [*self.steps, step][-MOST_STEPS:]
        self.said = "" if self.warned else f"Saved: {said}."

    def _open(self, act: str) -> None:
        """Show the form of a change, with counts as they are now."""
        self.doing, self.cursor = act, parts.FIRST_FIELDS.get(act, "new_label")
        for name in ("new_label", "below", "into", "parts", "reason"):
            self.values.pop(name, None)
        if self._is_outdated():
            self._keep(Saved(open_sheet(open_study(self.study.folder), NAME)))

    def _is_outdated(self) -> bool:
        """Tell whether somebody changed a worksheet since it was read, or added the file of another coder."""
        folder, known = self.study.folder, self.study.digests
        files = {path.relative_to(folder).as_posix() for path in find_sheets(folder)[0]} | set(known)
        typed = [file for file in files if file.startswith(WORKSHEETS)]  # imports may be large
        return any(digest_file(folder / file) != known.get(file) for file in typed)

    def _keep(self, saved: Saved) -> None:
        """Work on with the codebook as saved; say where somebody else's words clash with mine."""
        unsaved, before = self._list_unsaved(), self.frame
        for key in [key for key in self.values if _split_key(key) not in unsaved and _split_key(key)[1] in EDITED]:
            del self.values[key]  # the page shows what stands in the file, also where somebody else wrote it
        self.draft = saved.draft
        self._look()
        told = {(conflict.key[0], conflict.column): conflict.sentence for conflict in saved.conflicts}
        old, new = (frame.set_index("code_id") for frame in (before, self.frame))
        for name, column in unsaved:
            now = new.at[name, column] if name in new.index else ""
            if old.at[name, column] != now != self._read(column, name):
                told.setdefault((name, column), f"{name}, {column}: someone else wrote '{now}' meanwhile.")
        kept = [KEPT] if set(told) & set(self._list_unsaved()) else []
        self.warned = "\n".join([*told.values(), *kept])

    def _look(self) -> None:
        """Count and check anew."""
        study = self.study
        self.checked = check_codebook(
            study.codebook, study.codings, feedback=study.feedback, decisions=study.coding_decisions
        )
        self._choose(self.chosen)

    def _do(self, values: dict) -> None:
        """Make the change whose form is open."""
        taken, code_id = list(self.study.codebook["code_id"]), self.chosen
        if self.doing == NEW:
            code_id = make_id(values.get("new_label", ""), taken=taken)
        frame, said = make_change(self.doing, self.frame, code_id=code_id, typed=values, taken=taken)
        self.save(frame, said=said)
        self.doing = ""
        self._choose(code_id)
        is_used = code_id in set(self.frame.loc[self.frame["status"] != RETIRED, "code_id"])
        self.cursor = f"definition:{code_id}" if is_used else f"{parts.CHOSEN}:{code_id}"

    def _save_words(self) -> None:
        """Save what was typed into the fields of any code."""
        frame, unsaved = self.frame.copy(), self._list_unsaved()
        if not unsaved:
            self.said = "Nothing was changed, so nothing is saved."
            return
        for code_id, column in unsaved:
            frame.loc[frame["code_id"] == code_id, column] = self._read(column, code_id)
        labels = dict.fromkeys(f"'{self._name(code_id)}'" for code_id, _ in unsaved)
        self.save(frame, said=f"the words of {join_words(labels)}")

    def _undo(self) -> None:
        """Take back the last change of this desk, and nothing that others did."""
        said, before, after = self.steps[-1]
        merged = merge_rows(after, mine=before, theirs=self.frame, key=self.draft.spec.key)
        saved = save_draft(self.draft, frame=merged.frame)
        self._keep(saved._replace(conflicts=(*merged.conflicts, *saved.conflicts)))
        self.steps.pop()
        self.cursor = "button:undo" if self.steps else f"button:open:{NEW}"
        self.said, self.doing = "" if self.warned else f"Taken back: {said}.", ""

    def _take_quote(self) -> None:
        """Make a verbatim the example of the chosen code; it is saved with the other words."""
        name = self.values.pop(f"quote:{self.chosen}", "")
        texts = self.study.feedback.set_index("feedback_id")["text"]
        if name in texts.index:
            self.values[f"example:{self.chosen}"] = texts[name].strip()

    def _choose(self, code_id: str) -> None:
        known = list(self.frame["code_id"])
        self.chosen = code_id if code_id in known else next(iter(known), "")
        if not known:
            self.doing = NEW

    def _list_unsaved(self) -> list[tuple[str, str]]:
        """Return code and column of all that was typed and is not saved."""
        cells = self.frame.set_index("code_id")
        return [
            (code_id, column)
            for code_id, column in map(_split_key, self.values)
            if column in EDITED and code_id in cells.index and self._read(column, code_id) != cells.at[code_id, column]
        ]

    def _read(self, column: str, code_id: str) -> str:
        return self.values[f"{column}:{code_id}"].replace("\r\n", "\n").strip()

    def _name(self, code_id: str) -> str:
        return dict(zip(self.frame["code_id"], self.frame["label"], strict=True)).get(code_id, code_id)

    def _show_tree(self) -> dict:
        unsaved = {code_id for code_id, _ in self._list_unsaved()}
        return parts.show_tree(self.checked, chosen=self.chosen, unsaved=unsaved)

    def _show_codes(self) -> dict:
        """Return the tree with what can be done to it as a whole."""
        undo = [page.button("undo", f"Undo: {self.steps[-1][0]}")] if self.steps else []
        if self.frame.empty:
            return page.group("Codes", [page.text(EMPTY), page.row(undo)])
        retired = int((self.frame["status"] == RETIRED).sum())
        counts = f"{len(self.frame) - retired:,} in use" + (f", {retired:,} retired" if retired else "")
        add = page.button(f"open:{NEW}", "Add a code")
        said = self._say() if self.clicked == "undo" else []
        return page.group(f"Codes ({counts})", [self._show_tree(), page.row([add, *undo]), *said])

    def _show_chosen(self) -> dict:
        """Return the form that is open, else the words of the chosen code, and what the last click did."""
        said = self._say() if self.clicked != "undo" else []
        if self.doing == NEW:
            return page.group("A new code", [*said, *parts.show_new(self.frame, beside=self.chosen)])
        code = self.frame.set_index("code_id", drop=False).loc[self.chosen]
        if self.doing:
            into = self.values.get("into", "")
            into = into if into in set(self.frame["code_id"]) else ""
            touch = describe_touch(self.study, self.doing, code_id=self.chosen, into=into)
            form = parts.show_act(self.doing, self.frame, code_id=self.chosen, touch=touch)
            return page.group(f"{parts.ACTS[self.doing]} '{code['label']}'", [*said, *form])
        sentence = self.checked.set_index("code_id")["sentence"][self.chosen]
        if code["status"] == RETIRED or self.draft.is_read_only:
            return page.group(code["label"], [*said, *parts.read_words(code, sentence=sentence)])
        words = parts.show_words(code, sentence=sentence, quotes=parts.list_quotes(self.study, self.chosen))
        save = [page.button("save", "Save", is_primary=not self.files.read)]
        shown = [*words, *save, *said] if self.clicked == "save" else [*said, *words, *save]
        acts = page.row([page.button(f"open:{act}", label) for act, label in parts.ACTS.items()])
        return page.group(code["label"], [*shown, acts])

    def _say(self) -> list[dict]:
        """Return what the last click did, or what stands against it."""
        said = [page.message(self.said, tone="good")] if self.said else []
        return said + ([page.message(self.warned, tone="bad")] if self.warned else [])


def _split_key(key: str) -> tuple[str, str]:
    """Return the code and the column that the id of a field names."""
    column, _, code_id = key.partition(":")
    return code_id, column
