"""Codebook: how many verbatims carry each code of the tree, and what had better be mended in it."""

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from cjm_helpers.method.codings import keep_people, list_to_code_anew, settle_codings
from cjm_helpers.method.privacy import has_personal_data
from cjm_helpers.method.verbatims import TELLING_QUOTE, may_quote
from cjm_helpers.method.words import count_things, join_words
from cjm_helpers.worksheets import NOTHING_FITS, RETIRED

CHECKED = ["code_id", "label", "parent", "depth", "status", "n", "share", "finding", "sentence"]
LEAST_CARRIED, MOST_CARRIED = 3, 0.40


def check_codebook(codebook: pd.DataFrame, codings: pd.DataFrame, *, feedback, decisions) -> pd.DataFrame:
    """Say of every code how many verbatims carry it, and what had better be mended.

    Looked for are codes without definition or example, such as nobody gave yet, or fewer than 3 or more than 40% of the
    verbatims read carry, such as are retired and still carried, and trees and successors that lead nowhere. A mere
    heading, with codes below it, needs no example and no verbatims.

    Returns
    -------
    DataFrame
        One row a code, each followed by those below it: code_id, label, parent, depth (0 = top), status (active or
        retired), n (verbatims settled under it; of a retired code without successor, those that wait to be coded anew),
        share (of the verbatims read, 0-1), finding ("" = fine, else words such as "no example; merge?"), sentence.

    Columns read: code_id, label, definition, example, parent, status, replaced_by; those of `settle_codings`;
    feedback_id, text, consent.

    Source: MacQueen et al. (1998); the thresholds are ours.

    Examples
    --------
    >>> book = {"code_id": ["pay", "slow"], "label": ["Paying", "Slow"], "definition": "Said so.",
    ...     "example": ["", "It froze."], "parent": ["", "pay"], "status": "active", "replaced_by": ""}
    >>> said = pd.DataFrame({"feedback_id": ["f1", "f2"], "text": ["It froze.", "Fine."], "consent": ""})
    >>> read = pd.DataFrame({"feedback_id": ["f1", "f2"], "coder_id": "anna", "code_id": ["slow", "none"],
    ...     "touchpoint_id": "", "emotion": float("nan")})
    >>> none = pd.DataFrame(columns=["feedback_id", "code_id", "applies"], dtype="str")
    >>> checked = check_codebook(pd.DataFrame(book), read, feedback=said, decisions=none)
    >>> checked[["code_id", "depth", "n", "share", "finding"]].values.tolist()
    [['pay', 0, 0, 0.0, ''], ['slow', 1, 1, 0.5, 'merge?; split?']]
    """
    codings = codings[codings["feedback_id"].isin(feedback["feedback_id"])]
    settled = settle_codings(codings, decisions, codebook=codebook)
    settled = settled[settled["feedback_id"].isin(feedback["feedback_id"])]
    book = _Book(
        codebook.drop_duplicates("code_id").set_index("code_id", drop=False).to_dict("index"),
        n=_count(settled),
        anew=_count(list_to_code_anew(codings, codebook)),
        carried=_count(keep_people(codings)),
        read=settled["feedback_id"].nunique(),
        unquotable=_find_unquotable(codebook["example"].str.strip(), feedback),
        labels=Counter(codebook["label"].str.casefold()),
        headings=frozenset(codebook["parent"]),
    )
    rows = [book.describe(code_id, depth) for code_id, depth in order_tree(codebook)]
    unknown = sorted((set(book.n) | set(book.carried)) - set(book.codes) - {NOTHING_FITS})
    return pd.DataFrame(rows + [book.describe_unknown(code_id) for code_id in unknown], columns=CHECKED)


def order_tree(codebook: pd.DataFrame) -> list[tuple[str, int]]:
    """Return every code with its depth, each followed by those below it, in the order of the book.

    Codes that stand in a circle come last, at the top.

    Columns read: code_id, parent.

    Examples
    --------
    >>> order_tree(pd.DataFrame({"code_id": ["slow", "pay"], "parent": ["pay", ""]}))
    [('pay', 0), ('slow', 1)]
    """
    parents = dict(zip(codebook["code_id"], codebook["parent"], strict=True))
    below: dict[str, list[str]] = {}
    for code_id, parent in parents.items():
        below.setdefault(parent if parent in parents else "", []).append(code_id)
    ordered: dict[str, int] = {}
    waiting = [(code_id, 0) for code_id in reversed(below.get("", []))]
    while waiting:
        code_id, depth = waiting.pop()
        ordered[code_id] = depth
        waiting += [(child, depth + 1) for child in reversed(below.get(code_id, []))]
    return list(ordered.items()) + [(code_id, 0) for code_id in parents if code_id not in ordered]


def _count(rows: pd.DataFrame) -> dict[str, int]:
    return rows.groupby("code_id")["feedback_id"].nunique().to_dict()


def _find_unquotable(examples: pd.Series, feedback: pd.DataFrame) -> set[str]:
    """Return the examples that hold personal data, or are words, or a part of them, that may not be quoted."""
    refused = set(feedback.loc[~may_quote(feedback), "text"].str.strip())
    parts = {one for one in examples if len(one) >= TELLING_QUOTE and any(one in text for text in refused)}
    return ({*examples[has_personal_data(examples)], *parts} | (refused & set(examples))) - {""}


@dataclass(frozen=True)
class _Book:
    """The codes by id, and verbatims by code: settled under it, waiting to be coded anew, carrying it as given."""

    codes: dict[str, dict]
    n: dict[str, int]
    anew: dict[str, int]
    carried: dict[str, int]
    read: int
    unquotable: set[str]
    labels: Counter
    headings: frozenset[str]

    def describe(self, code_id: str, depth: int) -> dict:
        """Return the row of one code."""
        code = self.codes[code_id]
        is_retired = code["status"] == RETIRED
        n = (self.anew if is_retired and not code["replaced_by"] else self.n).get(code_id, 0)
        found = [*self._check_place(code), *(self._check_retired(code, n) if is_retired else self._check_used(code, n))]
        return {
            "code_id": code_id, "label": code["label"] or code_id, "parent": code["parent"], "depth": depth,
            "status": code["status"] or "active", "n": n,
            "share": n / self.read if self.read and not is_retired else float("nan"),
            "finding": "; ".join(word for word, _ in found),
            "sentence": " ".join([*self._say_count(code, n), *(sentence for _, sentence in found)]),
        }  # fmt: skip

    def describe_unknown(self, code_id: str) -> dict:
        """Return the row of a code that was given and stands in no row of the book."""
        n = self.n.get(code_id, 0)
        said = f"Given to {count_things(self.carried.get(code_id, n), 'verbatim')}, and not in the codebook: add it."
        counts = {"n": n, "share": n / self.read if self.read else 0.0, "finding": "not in the book", "sentence": said}
        return {"code_id": code_id, "label": code_id, "parent": "", "depth": 0, "status": ""} | counts

    def _say_count(self, code: dict, n: int) -> list[str]:
        """Say how many verbatims carry a code; of one that nobody gave, nothing."""
        if code["status"] == RETIRED:
            carried = self.carried.get(code["code_id"], 0)
            counts = (
                f"{count_things(carried, 'verbatim')} that carried it {'counts' if carried == 1 else 'count'} under"
            )
            return [f"{counts} '{self._name(code['replaced_by'])}'."] if carried and code["replaced_by"] else []
        if not self.read or (not n and (code["code_id"] in self.headings or code["code_id"] not in self.carried)):
            return []
        return [f"{n:,} of {count_things(self.read, 'verbatim')} read {'carries' if n == 1 else 'carry'} it."]

    def _check_used(self, code: dict, n: int) -> list[tuple[str, str]]:
        """Return what had better be mended in a code that is in use: a word for it, and a sentence."""
        is_heading = code["code_id"] in self.headings
        is_unused = not n and code["code_id"] not in self.carried
        findings = {
            "no definition": (not code["definition"], "It has no definition: say what it means."),
            "no example": (
                not code["example"] and not is_heading, "It has no example: choose a verbatim that it fits."
            ),
            "example not quotable": (self._is_unquotable(code), "Its example may not be quoted: choose another."),
            "not used yet": (self.read and is_unused and not is_heading, "Nobody has given it yet."),
            "merge?": (
                self.read and n < LEAST_CARRIED and not is_unused and not is_heading,
                f"Fewer than {LEAST_CARRIED} carry it: merge it, or keep it if it matters.",
            ),
            "split?": (
                n > MOST_CARRIED * self.read and not is_heading,
                f"More than {MOST_CARRIED:.0%} carry it: would two codes tell more?",
            ),
            "replaced, yet in use": (
                code["replaced_by"],
                f"It is in use, and yet its verbatims count under '{self._name(code['replaced_by'])}': retire it.",
            ),
        }  # fmt: skip
        return [(word, sentence) for word, (is_so, sentence) in findings.items() if is_so]

    def _check_retired(self, code: dict, n: int) -> list[tuple[str, str]]:
        """Return what had better be mended in a code that was retired."""
        found = []
        if n and not code["replaced_by"]:
            carry = "verbatim carries it and waits" if n == 1 else "verbatims carry it and wait"
            found.append(("code anew", f"{n:,} {carry} to be coded anew at the coding desk."))
        if self._is_unquotable(code):
            found.append(("example not quotable", "Its example may not be quoted: remove it."))
        return found

    def _check_place(self, code: dict) -> list[tuple[str, str]]:
        """Return what is wrong with what a code is called, lies below and was replaced by."""
        found, parent = [], self.codes.get(code["parent"], {"status": ""})
        for word, column in (("tree in a circle", "parent"), ("successors in a circle", "replaced_by")):
            circle = self._follow(code["code_id"], column)
            if circle:
                path = join_words([f"'{self._name(one)}'" for one in circle], last="then")
                found.append((word, f"{path} lead back to it: change {column} of one of them."))
        if code["status"] != RETIRED and parent["status"] == RETIRED:
            found.append(("below a retired code", f"It lies below '{parent['label']}', which is retired: move it."))
        if self.labels[code["label"].casefold()] > 1:
            found.append(("label twice", "Another code has the same label: rename one of them."))
        return found

    def _follow(self, code_id: str, column: str) -> list[str]:
        """Return the codes on the way from a code back to itself; none where the way ends."""
        way = [code_id]
        while following := self.codes.get(way[-1], {column: ""})[column]:
            if following in way:
                return way if following == code_id else []
            way.append(following)
        return []

    def _is_unquotable(self, code: dict) -> bool:
        return code["example"].strip() in self.unquotable

    def _name(self, code_id: str) -> str:
        return self.codes.get(code_id, {"label": ""})["label"] or code_id
