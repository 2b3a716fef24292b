"""Turns what was typed into a form of the codebook desk into the changed codebook, and says what was done."""

from collections.abc import Collection, Mapping

import pandas as pd

from cjm_helpers.errors import CjmError
from cjm_helpers.lab.codebook_touch import CHOOSE
from cjm_helpers.method.feedback import codebook_changes as changes
from cjm_helpers.method.words import count_things
from cjm_helpers.study.ids import make_id

NEW = "new"


def make_change(
    act: str, frame: pd.DataFrame, *, code_id: str, typed: Mapping[str, str], taken: Collection[str]
) -> tuple[pd.DataFrame, str]:
    """Return the codebook after a change of one code, and in words what was done.

    Parameters
    ----------
    act
        new, rename, move, merge, split or retire.
    code_id
        The code that is changed, or the id that a new one gets.
    typed
        new_label, below, into, parts (one a line) and reason, as far as the form asks for them.
    taken
        Ids that no new code may have.

    Raises
    ------
    CjmError
        The change makes no sense, or its reason is missing.

    Examples
    --------
    >>> book = pd.DataFrame({"code_id": ["slow"], "label": ["Slow"], "status": "active", "reason": ""})
    >>> make_change("rename", book, code_id="slow", typed={"new_label": "Late", "reason": "So said"}, taken=[])[1]
    "'Slow' renamed to 'Late'"
    """
    label, parts = typed.get("new_label", "").strip(), typed.get("parts", "")
    if act == NEW:
        return changes.add_code(frame, code_id=code_id, label=label, parent=typed.get("below", "")), f"'{label}' added"
    names = dict(zip(frame["code_id"], frame["label"], strict=True))
    why = {"code_id": code_id, "reason": typed.get("reason", "")}
    if act == "rename":
        changed, said = changes.rename_code(frame, **why, label=label), f"renamed to '{label}'"
    elif act == "move":
        changed, said = changes.move_code(frame, **why, below=typed.get("below", "")), "moved"
    elif act == "merge":
        into = typed.get("into", "")
        if not into:
            raise CjmError(CHOOSE)
        changed, said = changes.merge_codes(frame, **why, into=into), f"merged into '{names.get(into)}'"
    elif act == "split":
        new = _name_parts(parts, taken)
        changed, said = changes.split_code(frame, **why, into=new), f"split into {count_things(len(new), 'code')}"
    else:
        changed, said = changes.retire_code(frame, **why), "retired"
    return changed, f"'{names[code_id]}' {said}"


def _name_parts(text: str, taken: Collection[str]) -> dict[str, str]:
    """Return the labels of the codes that another is split into, by their new ids."""
    named: dict[str, str] = {}
    for label in filter(None, map(str.strip, text.splitlines())):
        named[make_id(label, taken=[*taken, *named])] = label
    return named
