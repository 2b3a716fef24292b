"""Which codes apply to a verbatim: what people gave it, what was decided, and where it belongs."""

from collections import Counter

import pandas as pd

from cjm_helpers.worksheets import MACHINE, NOTHING_FITS, RETIRED


def settle_codings(codings: pd.DataFrame, decisions: pd.DataFrame, *, codebook: pd.DataFrame) -> pd.DataFrame:
    """Say which codes apply to every verbatim that a person read.

    A code applies if a decision says so, else if at least half of the people who read the verbatim gave it; machine
    answers never count. A replaced code becomes its successor; one that was retired without is left out, and a verbatim
    with no other counts as not read until somebody codes it anew. One that nothing fits keeps one row, code "none".

    Columns read: feedback_id, coder_id, code_id, touchpoint_id, emotion; feedback_id, code_id, applies; code_id,
    status, replaced_by. Columns made: feedback_id, code_id, touchpoint_id (most coders', else ""), emotion (mean).

    Examples
    --------
    >>> read = pd.DataFrame({"feedback_id": ["f1", "f1", "f1"], "coder_id": ["anna", "ben", "machine"],
    ...     "code_id": ["slow", "none", "rude"], "touchpoint_id": "", "emotion": [-1.0, -2.0, float("nan")]})
    >>> nobody = pd.DataFrame(columns=["feedback_id", "code_id", "applies"], dtype="str")
    >>> book = pd.DataFrame({"code_id": ["slow", "rude"], "replaced_by": ["", ""]})
    >>> settle_codings(read, nobody, codebook=book).values.tolist()
    [['f1', 'slow', '', -1.5]]
    """
    people, decisions = (follow_successors(table, codebook) for table in (keep_people(codings), decisions))
    by_people, decided = (table[~is_retired(table, codebook)] for table in (people, decisions))
    decided = list(zip(*(decided[name].tolist() for name in ("feedback_id", "code_id", "applies")), strict=True))
    refused, agreed = ({row[:2] for row in decided if row[2] == applies} for applies in ("no", "yes"))
    applied = (_list_majority(by_people) - refused) | agreed
    anew = {*people["feedback_id"]} - {*by_people["feedback_id"]} - {feedback_id for feedback_id, _ in agreed}
    read = {*by_people["feedback_id"], *(row[0] for row in decided)} - anew
    silent = read - {feedback_id for feedback_id, _ in applied}
    rows = sorted([*applied, *((feedback_id, NOTHING_FITS) for feedback_id in silent)])
    settled = pd.DataFrame(rows, columns=["feedback_id", "code_id"], dtype="str")
    places = _find_places(by_people)
    heard = by_people.groupby("feedback_id")["emotion"].mean()
    return settled.assign(
        touchpoint_id=pd.Series([places.get(row, "") for row in rows], dtype="str"),
        emotion=settled["feedback_id"].map(heard).astype(float),
    )


def keep_people(codings: pd.DataFrame) -> pd.DataFrame:
    """Return the codings that people gave; machine answers are no person's.

    Examples
    --------
    >>> keep_people(pd.DataFrame({"coder_id": ["anna", "machine"]}))["coder_id"].tolist()
    ['anna']
    """
    return codings[codings["coder_id"] != MACHINE]


def follow_successors(table: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """Return a table in which every replaced code stands under the code that took its place.

    Columns read: code_id; code_id, replaced_by.

    Examples
    --------
    >>> book = pd.DataFrame({"code_id": ["late", "slow", "long_wait"], "replaced_by": ["slow", "long_wait", ""]})
    >>> follow_successors(pd.DataFrame({"code_id": ["late", "rude"]}), book)["code_id"].tolist()
    ['long_wait', 'rude']
    """
    return table.assign(code_id=table["code_id"].replace(name_successors(codebook)))


def name_successors(codebook: pd.DataFrame) -> dict[str, str]:
    """Return for every replaced code the one that took its place in the end.

    Columns read: code_id, replaced_by.

    Examples
    --------
    >>> name_successors(pd.DataFrame({"code_id": ["late", "slow"], "replaced_by": ["slow", ""]}))
    {'late': 'slow'}
    """
    pairs = zip(codebook["code_id"], codebook["replaced_by"], strict=True)
    successor = {code_id: replaced_by for code_id, replaced_by in pairs if replaced_by}
    for code_id in list(successor):
        seen = {code_id}
        while successor[code_id] in successor and successor[code_id] not in seen:
            seen.add(successor[code_id])
            successor[code_id] = successor[successor[code_id]]
    return successor


def is_retired(table: pd.DataFrame, codebook: pd.DataFrame) -> pd.Series:
    """Say of every row whether its code was retired and no other took its place, so that it is no finding any more.

    Columns read: code_id; code_id, status, replaced_by. Replaced codes stand under their successor already
    (`follow_successors`).

    Examples
    --------
    >>> book = pd.DataFrame({"code_id": ["slow", "bad"], "status": ["active", "retired"], "replaced_by": ["", ""]})
    >>> is_retired(pd.DataFrame({"code_id": ["slow", "bad"]}), book).tolist()
    [False, True]
    """
    book = codebook.reindex(columns=["code_id", "status", "replaced_by"], fill_value="")
    return table["code_id"].isin(book.loc[(book["status"] == RETIRED) & (book["replaced_by"] == ""), "code_id"])


def list_to_code_anew(codings: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """Return the codings by people under a code that was retired and has no successor: what waits to be coded anew.

    Columns read: feedback_id, coder_id, code_id; code_id, status, replaced_by.

    Examples
    --------
    >>> book = pd.DataFrame({"code_id": ["slow", "bad"], "status": ["active", "retired"], "replaced_by": ["", ""]})
    >>> rows = {"feedback_id": ["f1", "f2"], "coder_id": ["anna", "ben"], "code_id": ["slow", "bad"]}
    >>> list_to_code_anew(pd.DataFrame(rows), book)["feedback_id"].tolist()
    ['f2']
    """
    people = follow_successors(keep_people(codings), codebook)
    return people[is_retired(people, codebook)]


def keep_finished(codings: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """Return what people coded, replaced codes under their successors, without readings that wait to be coded anew.

    A reading is all that one coder gave one verbatim; where one of its codes was retired, it says nothing yet about
    the codes that are in use now, so that no agreement is measured on it.

    Columns read: feedback_id, coder_id, code_id; code_id, status, replaced_by.

    Examples
    --------
    >>> book = pd.DataFrame({"code_id": ["slow", "bad"], "status": ["active", "retired"], "replaced_by": ["", ""]})
    >>> rows = {"feedback_id": ["f1", "f2", "f2"], "coder_id": "anna", "code_id": ["slow", "slow", "bad"]}
    >>> keep_finished(pd.DataFrame(rows), book)["feedback_id"].tolist()
    ['f1']
    """
    people = follow_successors(keep_people(codings), codebook)
    is_waiting = is_retired(people, codebook)
    if not is_waiting.any():
        return people
    readings = pd.MultiIndex.from_frame(people[["feedback_id", "coder_id"]])
    return people[~readings.isin(readings[is_waiting])]


def list_codes(codebook: pd.DataFrame, given) -> list[str]:
    """Return the codes that may be found, in the order of the book, then given ones that are not in it.

    Retired codes and mere headings, with codes below them, are among them only where they were given.

    Columns read: code_id, status, parent.

    Examples
    --------
    >>> book = pd.DataFrame({"code_id": ["pay", "slow"], "status": "", "parent": ["", "pay"]})
    >>> list_codes(book, ["none", "rude"])
    ['slow', 'rude']
    """
    given = set(given) - {NOTHING_FITS}
    is_idle = codebook["status"].eq(RETIRED) | codebook["code_id"].isin(codebook["parent"])
    in_use = codebook.loc[~is_idle | codebook["code_id"].isin(given), "code_id"]
    return list(dict.fromkeys([*in_use, *sorted(given)]))


def collect_sets(codings: pd.DataFrame) -> pd.DataFrame:
    """Return the codes each coder gave each verbatim: one row a verbatim, one column a coder, missing where not read.

    Columns read: feedback_id, coder_id, code_id; "none" gives the empty set.

    Examples
    --------
    >>> rows = {"feedback_id": ["f1", "f1"], "coder_id": ["anna", "ben"], "code_id": ["slow", "none"]}
    >>> collect_sets(pd.DataFrame(rows)).values.tolist()
    [[frozenset({'slow'}), frozenset()]]
    """
    sets: dict[str, dict] = {coder_id: {} for coder_id in sorted(codings["coder_id"].unique())}
    columns = (codings[name].tolist() for name in ("feedback_id", "coder_id", "code_id"))  # quicker than row by row
    for feedback_id, coder_id, code_id in zip(*columns, strict=True):
        sets[coder_id].setdefault(feedback_id, set()).update({code_id} - {NOTHING_FITS})
    frozen = {coder_id: {name: frozenset(codes) for name, codes in read.items()} for coder_id, read in sets.items()}
    return pd.DataFrame(frozen, dtype=object).sort_index()


def _list_majority(by_people) -> set[tuple[str, str]]:
    """List the codes that at least half of those who read a verbatim gave it, as feedback_id and code_id."""
    readers = _count_coders(by_people, "feedback_id")
    given = _count_coders(by_people[by_people["code_id"] != NOTHING_FITS], "feedback_id", "code_id")
    return {row for row, coders in given.items() if coders * 2 >= readers[row[:1]]}


def _find_places(by_people) -> dict[tuple[str, str], str]:
    """Return where most coders placed a code of a verbatim, by feedback_id and code_id."""
    placed = by_people[by_people["touchpoint_id"] != ""]
    votes = _count_coders(placed, "feedback_id", "code_id", "touchpoint_id")
    places: dict[tuple[str, str], str] = {}
    for (*row, touchpoint_id), _ in sorted(votes.items(), key=lambda one: (-one[1], one[0][2])):
        places.setdefault(tuple(row), touchpoint_id)
    return places


def _count_coders(by_people, *columns: str) -> Counter:
    """Count how many people said each combination of these columns."""
    said = zip(*(by_people[name].tolist() for name in (*columns, "coder_id")), strict=True)
    return Counter(row[:-1] for row in set(said))
