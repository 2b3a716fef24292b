"""Settles on which codes of a verbatim people differ: one disagreement after the other, each with its reason."""

from html import escape

import pandas as pd

from cjm_helpers.errors import CjmError, ParameterError
from cjm_helpers.lab.decision_desk import DecisionDesk
from cjm_helpers.lab.editor_draft import find_study
from cjm_helpers.lab.verbatim_card import describe_verbatim
from cjm_helpers.lab.widget import read_front
from cjm_helpers.method.codings import follow_successors, keep_people, name_successors
from cjm_helpers.method.feedback import list_disagreements
from cjm_helpers.study.folder import Study
from cjm_helpers.study.kinds import YES_NO
from cjm_helpers.study.twins import split_rows
from cjm_helpers.worksheets import NOTHING_FITS

NO_REASON = "Say why in a few words, so that everybody codes the next one alike."
MEANWHILE = (
    "Somebody else settled this meanwhile, so nothing was changed. Look at it, then decide once more if you must."
)
GONE = "This disagreement is gone: somebody changed the codings. Go on with the next one."
BROUGHT_IN = "This decision comes from an import, so it is not changed here: the next import would undo it."
REASONS = (
    "The definition says so.", "Only mentioned, not felt as such.", "Meant ironically.", "Said in other words.",
    "Belongs to another code.",
)  # fmt: skip
RULES = ("definition", "include", "exclude", "example")


def settle_codings(study: Study) -> "SettleDesk":
    """Settle on which codes people differ; each decision is saved at once, with its reason and who made it.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> settle_codings(open_study("retail_checkout")).describe()[1][-44:]
    'In JupyterLab, run this cell to settle them.'
    """
    return SettleDesk(study)


class SettleDesk(DecisionDesk):
    """One disagreement at a time: what was said, the code, and who gave it."""

    table, title, purpose = "coding_decisions", "Settle differences", "whether a code applies where coders differ"
    _esm = read_front("common.js", "table_editor_panels.js", "reading.js", "deciding.js", "settle_desk.js")
    _css = read_front("table_editor.css", "reading.css", "deciding.css")

    def __init__(self, study: Study):
        super().__init__(study)
        self.code_id = ""  # only disagreements on this code; "" = on every one
        self.rows: dict[str, dict] = {}

    def list_answers(self):
        """Return what is done about each kind of message."""
        return super().list_answers() | {"decide": self._decide, "reopen": self._reopen, "filter": self._filter}

    def begin(self) -> None:
        """Find the disagreements; several on one verbatim stand one after the other."""
        study = self.study
        listed = _list(study).sort_values(["feedback_id", "code_id"])
        self.rows = {f"{row['feedback_id']} {row['code_id']}": row for row in listed.to_dict("records")}
        self._successor = name_successors(study.codebook)
        self._codes = study.codebook.drop_duplicates("code_id").set_index("code_id")
        read = follow_successors(keep_people(study.codings), study.codebook)
        self._read = dict(list(read[read["feedback_id"].isin(listed["feedback_id"])].groupby("feedback_id")))
        self._imported = {key for key, row in self.rows.items() if row["decided"] and not self._find_decision(row)}
        self._takes = self.file.takes
        if self.code_id not in {row["code_id"] for row in self.rows.values()}:
            self.code_id = ""

    def describe(self) -> tuple[str, str]:
        """Return how many disagreements there are and how many are settled; no words, as not everyone may be quoted."""
        listed = _list(find_study(self.study))
        done, codes = (listed["decided"] != "").sum(), listed["code_id"].nunique()
        count = f"{done:,} of {len(listed):,} settled, over {codes:,} {'code' if codes == 1 else 'codes'}"
        line = f"Disagreements: {count if len(listed) else 'none'}. In JupyterLab, run this cell to settle them."
        return f"<p>{escape(line)}</p>", line

    def greet(self, message: dict) -> dict:
        """Open everything as it stands on disk now."""
        return super().greet(message) | {"reasons": REASONS}

    def show(self, name: str) -> dict:
        """Return a disagreement as the page shows it, and how far people are."""
        if self._takes != self.file.takes:  # someone else wrote into the file meanwhile
            self._takes = self.file.takes
            for row in self.rows.values():
                self._renew(row)
        keys = self._list_keys()
        done = sum(self.rows[key]["decided"] != "" for key in keys)
        progress = {"done": done, "total": len(keys), "text": f"{done:,} of {len(keys):,} settled"}
        about = {"progress": progress, "codes": self._list_codes(), "code": self.code_id, "can_undo": self.can_undo}
        if not keys:
            return {"item": None, **about}
        name = name if name in keys else self._find_open(keys, after=-1) or keys[0]
        place = keys.index(name)
        ways = {"previous": keys[place - 1] if place else "", "next": (keys[place + 1 :] or [""])[0]}
        near = ways | {"open": self._find_open(keys, after=place)}
        return {"item": self._describe(name) | {"at": place + 1, "near": near}, **about}

    def note(self, feedback_id: str) -> None:
        """Take note of what was decided on a verbatim."""
        for row in self.rows.values():
            if row["feedback_id"] == feedback_id:
                self._renew(row)

    def _find_open(self, keys: list[str], *, after: int) -> str:
        around = keys[after + 1 :] + keys[: max(after, 0)]
        return next((key for key in around if not self.rows[key]["decided"]), "")

    def _find_decision(self, row: dict) -> dict[str, str]:
        """Return the decision on a disagreement that counts, under whatever name the code had then."""
        own = self._split_decisions(row)[0]
        return sorted(own, key=lambda one: one["applies"])[-1] if own else {}  # of merged codes, yes counts

    def _split_decisions(self, row: dict) -> tuple[list[dict], list[dict]]:
        """Return the decisions on a disagreement that may count, and those that two people made differently."""
        own = [one for one in self.file.rows_of(row["feedback_id"]) if self._follow(one["code_id"]) == row["code_id"]]
        return split_rows(own, self.table)

    def _renew(self, row: dict) -> None:
        found = self._find_decision(row)
        if found or f"{row['feedback_id']} {row['code_id']}" not in self._imported:
            row |= {"decided": found.get("applies", ""), "reason": found.get("reason", "")}

    def _follow(self, code_id: str) -> str:
        return self._successor.get(code_id, code_id)

    def _list_codes(self) -> list[dict]:
        """Return the codes that are in dispute, with how many disagreements on each are open."""
        table = pd.DataFrame(self.rows.values(), columns=["code_id", "label", "decided"])
        counted = (table["decided"] == "").groupby([table["code_id"], table["label"]]).agg(["sum", "size"])
        found = counted.reset_index().itertuples(index=False, name=None)
        return [{"code_id": own, "label": f"{label}: {left:,} of {size:,} open"} for own, label, left, size in found]

    def _describe(self, key: str) -> dict:
        row = self.rows[key]
        code = {"label": row["label"]} | self._codes.loc[row["code_id"], list(RULES)].to_dict()
        others = sum(one["feedback_id"] == row["feedback_id"] for one in self.rows.values()) - 1
        return {
            "id": key, "card": describe_verbatim(self.study, row["feedback_id"]), "code": code, "others": others,
            "readers": self._list_readers(row), "decided": row["decided"], "reason": row["reason"],
            "by": self._find_decision(row).get("decided_by", ""), "disputed": self._split_decisions(row)[1],
        }  # fmt: skip

    def _list_readers(self, row: dict) -> list[dict]:
        """Return who read a verbatim: whether they gave the code, what else they gave, and their notes."""
        readers = []
        for coder_id, given in self._read[row["feedback_id"]].groupby("coder_id"):
            others = [self._label(own) for own in dict.fromkeys(given["code_id"]) if own != row["code_id"]]
            notes = list(dict.fromkeys(note for note in given["note"] if note))
            gave = row["code_id"] in set(given["code_id"])
            readers.append({"coder_id": coder_id, "gave": gave, "others": others, "notes": notes})
        return sorted(readers, key=lambda one: not one["gave"])

    def _label(self, code_id: str) -> str:
        if code_id == NOTHING_FITS:
            return "“nothing fits”"
        return self._codes["label"].get(code_id) or code_id

    def _decide(self, message: dict) -> dict:
        reason, applies = message["reason"].strip(), message["applies"]
        if applies not in YES_NO:
            raise ParameterError("applies", applies, YES_NO)
        if not reason:
            raise CjmError(NO_REASON)
        decided = {"applies": applies, "decided_by": self.deciders, "reason": reason}
        return self._put(decided, message, said="Saved.")

    def _reopen(self, message: dict) -> dict:
        return self._put(None, message, said="Open again.")

    def _put(self, decided: dict | None, message: dict, *, said: str) -> dict:
        """Write a decision in the place of an earlier one on the same code, unless somebody wrote one meanwhile."""
        key = message["id"]
        row = self.rows.get(key)
        if row is None:
            raise CjmError(GONE)
        if key in self._imported:
            raise CjmError(BROUGHT_IN)
        self.renew()
        if (found := self._find_decision(row)).get("applies", "") != row["decided"] or found.get("reason", "") != row[
            "reason"
        ]:
            return {"kind": "at", "said": MEANWHILE, **self.show(key)}
        own = {"feedback_id": row["feedback_id"], "code_id": row["code_id"]}
        others = [
            one for one in self.file.rows_of(row["feedback_id"]) if self._follow(one["code_id"]) != row["code_id"]
        ]
        more = self.write(row["feedback_id"], others + ([own | decided] if decided else []), message)
        return {"kind": "at", "said": f"{said} {more}".strip(), **self.show(self._go_on(key) if decided else key)}

    def _go_on(self, key: str) -> str:
        """Return the next disagreement that is open, else the one that was just decided."""
        keys = self._list_keys()
        return (self._find_open(keys, after=keys.index(key)) or key) if key in keys else ""

    def _list_keys(self) -> list[str]:
        return [key for key, row in self.rows.items() if self.code_id in ("", row["code_id"])]

    def _filter(self, message: dict) -> dict:
        self.code_id = message["code"]
        return {"kind": "at", **self.show("")}


def _list(study: Study) -> pd.DataFrame:
    return list_disagreements(study.feedback, study.codings, codebook=study.codebook, decisions=study.coding_decisions)
