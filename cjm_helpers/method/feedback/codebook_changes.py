"""Changes of a codebook that keep what was coded: merge, split, rename, retire, move; each with its reason."""

from collections.abc import Mapping

import pandas as pd

from cjm_helpers.errors import CjmError, spell_allowed
from cjm_helpers.method.feedback.codebook import order_tree
from cjm_helpers.method.words import end_sentence, join_words
from cjm_helpers.worksheets import RETIRED

MOST_LEVELS = 4  # a tree that is deeper is no longer seen at a glance
ACTIVE = "active"


def add_code(codebook: pd.DataFrame, *, code_id: str, label: str, parent: str = "") -> pd.DataFrame:
    """Return the codebook with a new code, the last of those below its parent.

    Raises
    ------
    CjmError
        The label is missing or in use, or the parent is no code in use or too deep already.

    Examples
    --------
    >>> book = pd.DataFrame({"code_id": ["pay"], "label": ["Paying"], "parent": "", "status": "active"})
    >>> add_code(book, code_id="slow", label="Slow", parent="pay").values.tolist()[1]
    ['slow', 'Slow', 'pay', 'active']
    """
    label = _need_label(codebook, label)
    if parent:
        _need_used(codebook, parent)
        _refuse_depth(dict(order_tree(codebook))[parent] + 1)
    row = {"code_id": code_id, "label": label, "parent": parent, "status": ACTIVE}
    return _insert(codebook, [row], after=_find_last(codebook, parent))


def merge_codes(codebook: pd.DataFrame, *, code_id: str, into: str, reason: str) -> pd.DataFrame:
    """Return the codebook with one code retired in favour of another, under which its codings count from now on.

    What was coded is not written anew: `settle_codings` follows replaced_by. Codes below it move below the other.

    Raises
    ------
    CjmError
        Either is not in use, they are the same, the other lies below it, or the reason is missing.

    Examples
    --------
    >>> book = {"code_id": ["slow", "late"], "label": ["Slow", "Late"], "parent": "", "status": "active"}
    >>> book = pd.DataFrame(book | {"replaced_by": "", "reason": ""})
    >>> merged = merge_codes(book, code_id="late", into="slow", reason="Nobody told them apart")
    >>> merged.iloc[1].tolist()[3:]
    ['retired', 'slow', "Merged into 'Slow': Nobody told them apart."]
    """
    code, target, reason = _need_used(codebook, code_id), _need_used(codebook, into), _need_reason(reason)
    if code_id == into:
        raise CjmError(f"'{code['label']}' cannot be merged into itself. Choose another code.")
    if into in list_below(codebook, code_id):
        said = f"'{target['label']}' lies below '{code['label']}'. Move it up first, or merge it the other way round."
        raise CjmError(said)
    moved = _lift(codebook, code_id, to=into)
    return _retire(moved, code_id, reason=f"Merged into '{target['label']}': {reason}", replaced_by=into)


def split_code(codebook: pd.DataFrame, *, code_id: str, into: Mapping[str, str], reason: str) -> pd.DataFrame:
    """Return the codebook with one code retired and several new ones in its place.

    The retired code has no successor: verbatims that carry it wait to be coded anew. Codes below it move up.

    Parameters
    ----------
    into
        The labels of the new codes by their ids, two or more.

    Raises
    ------
    CjmError
        The code is not in use, fewer than two new ones are named, a label is in use, or the reason is missing.

    Examples
    --------
    >>> book = {"code_id": ["slow"], "label": ["Slow"], "parent": "", "valence": -1, "status": "active"}
    >>> book = pd.DataFrame(book | {"replaced_by": "", "reason": ""})
    >>> parts = {"pages": "Slow pages", "people": "Slow people"}
    >>> split = split_code(book, code_id="slow", into=parts, reason="Two teams")
    >>> split[["code_id", "status"]].values.tolist()
    [['slow', 'retired'], ['pages', 'active'], ['people', 'active']]
    >>> split["reason"][0]
    "Split into 'Slow pages' and 'Slow people': Two teams."
    """
    code, reason = _need_used(codebook, code_id), _need_reason(reason)
    labels = [_need_label(codebook, label) for label in into.values()]
    if len(labels) < 2:
        raise CjmError(f"Name at least two codes that '{code['label']}' shall become. To change its name, rename it.")
    if len({label.casefold() for label in labels}) < len(labels):
        raise CjmError("Two of the new codes have the same label. Give each a label of its own.")
    shared = {"parent": code["parent"], "valence": code["valence"], "status": ACTIVE}
    rows = [
        {"code_id": name, "label": label, **shared, "reason": f"Split from '{code['label']}'."}
        for name, label in zip(into, labels, strict=True)
    ]
    named = join_words([f"'{label}'" for label in labels])
    moved = _retire(_lift(codebook, code_id, to=code["parent"]), code_id, reason=f"Split into {named}: {reason}")
    return _insert(moved, rows, after=code_id)


def rename_code(codebook: pd.DataFrame, *, code_id: str, label: str, reason: str) -> pd.DataFrame:
    """Return the codebook with another label for a code; its id stays, so that nothing that was coded changes.

    Raises
    ------
    CjmError
        The code is not in use, another has the label, or the reason is missing.

    Examples
    --------
    >>> book = pd.DataFrame({"code_id": ["slow"], "label": ["Slow"], "status": "active", "reason": ""})
    >>> rename_code(book, code_id="slow", label="Slow pages", reason="Said more clearly").iloc[0].tolist()
    ['slow', 'Slow pages', 'active', "Renamed from 'Slow': Said more clearly."]
    """
    code, reason = _need_used(codebook, code_id), _need_reason(reason)
    label = _need_label(codebook[codebook["code_id"] != code_id], label)
    if label == code["label"]:
        raise CjmError(f"It is called '{label}' already. Write the new label.")
    said = _add_reason(code, f"Renamed from '{code['label']}': {reason}")
    return _change(codebook, code_id, {"label": label, "reason": said})


def retire_code(codebook: pd.DataFrame, *, code_id: str, reason: str) -> pd.DataFrame:
    """Return the codebook with a code that is no theme any more; codes below it move up.

    Verbatims that carry it wait to be coded anew.

    Raises
    ------
    CjmError
        The code is not in use, or the reason is missing.

    Examples
    --------
    >>> book = {"code_id": ["bad"], "label": ["Bad"], "parent": "", "status": "active", "replaced_by": "", "reason": ""}
    >>> retire_code(pd.DataFrame(book), code_id="bad", reason="Says nothing").iloc[0].tolist()[3:]
    ['retired', '', 'Retired: Says nothing.']
    """
    code, reason = _need_used(codebook, code_id), _need_reason(reason)
    return _retire(_lift(codebook, code_id, to=code["parent"]), code_id, reason=f"Retired: {reason}")


def move_code(codebook: pd.DataFrame, *, code_id: str, below: str, reason: str) -> pd.DataFrame:
    """Return the codebook with a code, and those below it, below another one; "" = at the top.

    Raises
    ------
    CjmError
        Either is not in use, the other is the code itself or lies below it, the tree would become too deep, or the
        reason is missing.

    Examples
    --------
    >>> book = {"code_id": ["pay", "slow"], "label": ["Paying", "Slow"], "parent": "", "status": "active", "reason": ""}
    >>> move_code(pd.DataFrame(book), code_id="slow", below="pay", reason="Only there").iloc[1].tolist()[2:]
    ['pay', 'active', "Moved below 'Paying': Only there."]
    """
    code, reason = _need_used(codebook, code_id), _need_reason(reason)
    under = list_below(codebook, code_id)
    if below == code["parent"]:
        raise CjmError(f"'{code['label']}' stands there already. Choose another place.")
    if below in {code_id, *under}:
        raise CjmError(f"'{code['label']}' cannot lie below itself. Choose a code that does not lie below it.")
    place = "to the top"
    if below:
        place, depths = f"below '{_need_used(codebook, below)['label']}'", dict(order_tree(codebook))
        height = max((depths[one] for one in under), default=depths[code_id]) - depths[code_id]
        _refuse_depth(depths[below] + 1 + height)
    said = _add_reason(code, f"Moved {place}: {reason}")
    return _change(codebook, code_id, {"parent": below, "reason": said})


def list_below(codebook: pd.DataFrame, code_id: str) -> list[str]:
    """Return the codes below a code, at any depth.

    Examples
    --------
    >>> list_below(pd.DataFrame({"code_id": ["pay", "slow"], "parent": ["", "pay"]}), "pay")
    ['slow']
    """
    found = [code_id]
    for name in found:  # grows while it is read
        found += [one for one in codebook.loc[codebook["parent"] == name, "code_id"] if one not in found]
    return found[1:]


def _need_used(codebook: pd.DataFrame, code_id: str) -> pd.Series:
    codes = codebook.set_index("code_id", drop=False)
    if code_id not in codes.index:
        raise CjmError(f"There is no code '{code_id}' in the codebook. {spell_allowed(code_id, codes.index)}")
    code = codes.loc[code_id]
    if code["status"] == RETIRED:
        successor = code.get("replaced_by", "")
        instead = f" '{codes['label'].get(successor, successor)}' took its place." if successor else ""
        raise CjmError(f"'{code['label']}' is retired.{instead} Choose a code that is in use.")
    return code


def _need_reason(reason: str) -> str:
    if not reason.strip():
        raise CjmError("Say why. Whoever reads the codebook later will ask.")
    return end_sentence(reason)


def _need_label(codebook: pd.DataFrame, label: str) -> str:
    label = label.strip()
    if not label:
        raise CjmError("A code needs a label: its name as it shall stand on the map.")
    twins = codebook[codebook["label"].str.casefold() == label.casefold()]
    if len(twins):
        which = "retired " if twins["status"].iloc[0] == RETIRED else ""
        raise CjmError(f"A {which}code is called '{twins['label'].iloc[0]}' already. Choose another label.")
    return label


def _refuse_depth(depth: int) -> None:
    if depth >= MOST_LEVELS:
        raise CjmError(f"The tree would be deeper than {MOST_LEVELS} levels. Choose a code that stands higher.")


def _add_reason(code: pd.Series, sentence: str) -> str:
    return " ".join(filter(None, [end_sentence(code["reason"]), sentence]))


def _change(codebook: pd.DataFrame, code_id: str, cells: dict[str, str]) -> pd.DataFrame:
    """Return the codebook with these cells of one code."""
    changed = codebook.copy()
    changed.loc[codebook["code_id"] == code_id, list(cells)] = list(cells.values())
    return changed


def _retire(codebook: pd.DataFrame, code_id: str, *, reason: str, replaced_by: str = "") -> pd.DataFrame:
    code = codebook.set_index("code_id").loc[code_id]
    cells = {"status": RETIRED, "replaced_by": replaced_by, "reason": _add_reason(code, reason)}
    return _change(codebook, code_id, cells)


def _lift(codebook: pd.DataFrame, code_id: str, *, to: str) -> pd.DataFrame:
    """Return the codebook with the codes right below one moved below another."""
    return codebook.assign(parent=codebook["parent"].mask(codebook["parent"] == code_id, to))


def _find_last(codebook: pd.DataFrame, code_id: str) -> str:
    """Return the code after which a new one below code_id is to stand; "" = at the end."""
    return ([code_id, *list_below(codebook, code_id)] if code_id else [""])[-1]


def _insert(codebook: pd.DataFrame, rows: list[dict], *, after: str) -> pd.DataFrame:
    new = pd.DataFrame(rows).reindex(columns=codebook.columns)
    new = new.fillna({name: "" for name in codebook.columns if codebook[name].dtype.kind not in "fi"})
    place = codebook["code_id"].eq(after).to_numpy().argmax() + 1 if after else len(codebook)
    return pd.concat([codebook.iloc[:place], new, codebook.iloc[place:]], ignore_index=True)
