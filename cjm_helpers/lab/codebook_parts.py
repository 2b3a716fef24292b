"""What stands on the codebook desk: the tree of codes, the words of the chosen one, and the form of each change."""

import pandas as pd

from cjm_helpers.lab import page
from cjm_helpers.method.codings import follow_successors, keep_people
from cjm_helpers.method.feedback.codebook import order_tree
from cjm_helpers.method.feedback.codebook_changes import list_below
from cjm_helpers.method.verbatims import rank_quotes
from cjm_helpers.method.words import count_things
from cjm_helpers.study.codebook_exchange.lines import VALENCES as VALENCE_NAMES
from cjm_helpers.study.folder import Study
from cjm_helpers.worksheets import RETIRED

CHOSEN = "code"
WORDS = {"definition": "What it means", "include": "Use it for", "exclude": "Do not use it for", "example": "Example"}
VALENCES = [("", "not said"), *VALENCE_NAMES.items()]
KIND = "Kind: pain point, neutral or delight"
MOST_QUOTES, LONGEST_QUOTE = 40, 110
INDENT = "\u2003"  # a plain space at the start of an option is not shown
ACTS = {"rename": "Rename", "move": "Move", "merge": "Merge", "split": "Split", "retire": "Retire"}
FIRST_FIELDS = {"rename": "new_label", "move": "below", "merge": "into", "split": "parts", "retire": "reason"}
TOP = ("", "at the top")
REASON_HELP = "Kept in the codebook for whoever reads it later."


def show_tree(checked: pd.DataFrame, *, chosen: str, unsaved=()) -> dict:
    """Return the codes as a tree: how many verbatims carry each, and what was found.

    Examples
    --------
    >>> row = {"code_id": "slow", "label": "Slow", "depth": 0, "status": "active", "n": 3, "share": 0.5, "finding": ""}
    >>> show_tree(pd.DataFrame([row]), chosen="slow", unsaved=["slow"])["items"][0]["cells"]
    ['3 (50%)', 'not saved yet']
    """
    items = []
    for row in checked.itertuples():
        is_retired, share = row.status == RETIRED, f" ({row.share:.0%})" if row.n and row.share > 0 else ""
        said = [RETIRED if is_retired else "", row.finding, "not saved yet" if row.code_id in unsaved else ""]
        cells = [f"{row.n:,}{share}" if row.n else "", "; ".join(filter(None, said))]
        about = {"value": row.code_id, "label": row.label, "level": row.depth, "cells": cells}
        items.append(about | {"is_faint": is_retired})
    columns = ["Code", "Verbatims", "Look at"]
    return page.tree(CHOSEN, "Codes", columns=columns, items=items, value=chosen, action="choose")


def show_words(code: pd.Series, *, sentence: str, quotes: list[tuple[str, str]]) -> list[dict]:
    """Return the words of a code as fields, and verbatims to take its example from.

    Examples
    --------
    >>> code = {"code_id": "slow", "definition": "It froze.", "include": "", "exclude": "", "example": ""}
    >>> words = show_words(pd.Series(code | {"valence": "-1", "reason": ""}), sentence="", quotes=[])
    >>> [element["label"] for element in words]
    ['What it means', 'Use it for', 'Do not use it for', 'Example', 'Kind: pain point, neutral or delight']
    """
    name, said = code["code_id"], [page.text(text) for text in (sentence, code["reason"]) if text]
    fields = [page.field(f"{word}:{name}", label, kind="long", value=code[word]) for word, label in WORDS.items()]
    if quotes:
        label, many = "Take the example from what people said", count_things(len(quotes), "verbatim")
        options, help = [("", "choose ..."), *quotes], f"{many} with this code may be quoted."
        fields.append(page.select(f"quote:{name}", label, options=options, help=help, action="quote"))
    return [*said, *fields, page.select(f"valence:{name}", KIND, options=VALENCES, value=code["valence"])]


def read_words(code: pd.Series, *, sentence: str) -> list[dict]:
    """Return the words of a code that is only to be read.

    Examples
    --------
    >>> code = {"status": "retired", "definition": "It froze.", "include": "", "exclude": "", "example": ""}
    >>> [element["kind"] for element in read_words(pd.Series(code | {"reason": ""}), sentence="")]
    ['message', 'table']
    """
    retired = [page.message("Retired: nobody can give it any more.")] if code["status"] == RETIRED else []
    said = [page.text(text) for text in (sentence, code["reason"]) if text]
    return [
        *retired,
        *said,
        page.table(["What", "Words"], [[label, code[word]] for word, label in WORDS.items() if code[word]]),
    ]


def show_act(act: str, frame: pd.DataFrame, *, code_id: str, touch: str) -> list[dict]:
    """Return the form of a change of a code: what it asks for, what it touches, why, and the click.

    Examples
    --------
    >>> book = pd.DataFrame({"code_id": ["slow"], "label": ["Slow"], "parent": "", "status": "active"})
    >>> [element.get("label") for element in show_act("retire", book, code_id="slow", touch="Nothing.")]
    [None, 'Why?', None]
    """
    label = frame.set_index("code_id")["label"][code_id]
    below = {code_id, *list_below(frame, code_id)}
    asked = {
        "rename": lambda: [page.field("new_label", "New name", value=label)],
        "move": lambda: [page.select("below", "To", options=list_places(frame, without=below), action="look")],
        "merge": lambda: [page.select("into", "With", options=_list_targets(frame, below), action="look")],
        "split": lambda: [page.field("parts", "Into these codes, one a line", kind="long", help="Two or more.")],
        "retire": list,
    }[act]()
    buttons = [page.button("do", f"{ACTS[act]} '{label}'", is_primary=True), page.button("leave", "Leave it as it is")]
    return [*asked, page.message(touch), page.field("reason", "Why?", help=REASON_HELP), page.row(buttons)]


def show_new(frame: pd.DataFrame, *, beside: str) -> list[dict]:
    """Return the form of a new code, which starts below a heading or beside another code.

    Examples
    --------
    >>> show_new(pd.DataFrame({"code_id": [], "label": [], "parent": [], "status": []}), beside="")[1]["options"]
    [['', 'at the top']]
    """
    parents = dict(zip(frame["code_id"], frame["parent"], strict=True))
    below = beside if beside in parents.values() else parents.get(beside, "")
    none = [page.button("leave", "Add none")] if len(frame) else []
    return [
        page.field("new_label", "Name of the new code", help="As it shall stand on the map."),
        page.select("below", "Where", options=list_places(frame), value=below),
        page.row([page.button("do", "Add the code", is_primary=True), *none]),
    ]


def list_places(frame: pd.DataFrame, *, without=()) -> list[tuple[str, str]]:
    """Return where a code may lie: at the top, or below each code in use but those without.

    Examples
    --------
    >>> book = pd.DataFrame({"code_id": ["pay"], "label": ["Paying"], "parent": "", "status": "active"})
    >>> list_places(book)
    [('', 'at the top'), ('pay', 'below Paying')]
    """
    return [TOP, *((name, f"{indent}below {label}") for name, label, indent in _list_used(frame, without))]


def list_quotes(study: Study, code_id: str) -> list[tuple[str, str]]:
    """Return which verbatims that carry a code may be quoted, the best first, each shortened where it is long.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> list_quotes(open_study("clinic_visit"), "quick_date")[0][1][:40]
    'I must say, the date itself was no troub'
    """
    given = follow_successors(keep_people(study.codings), study.codebook)
    said = study.feedback[study.feedback["feedback_id"].isin(given.loc[given["code_id"] == code_id, "feedback_id"])]
    ranked = sorted(rank_quotes(said).items(), key=lambda pair: pair[1])[:MOST_QUOTES]
    texts = dict(zip(said["feedback_id"], said["text"].str.split().str.join(" "), strict=True))
    return [(name, _shorten(texts[name])) for name, _ in ranked]


def _list_targets(frame: pd.DataFrame, without) -> list[tuple[str, str]]:
    return [("", "choose ..."), *((name, f"{indent}{label}") for name, label, indent in _list_used(frame, without))]


def _list_used(frame: pd.DataFrame, without) -> list[tuple[str, str, str]]:
    """Return id, label and indent of every code in use, in the order of the tree."""
    codes = frame.set_index("code_id")
    return [
        (name, codes.at[name, "label"], INDENT * depth)
        for name, depth in order_tree(frame)
        if codes.at[name, "status"] != RETIRED and name not in without
    ]


def _shorten(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE].rpartition(" ")[0] + " ..."
