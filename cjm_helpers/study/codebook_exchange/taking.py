"""Lays a codebook of a file beside that of the study, and takes over what somebody wants of it."""

from typing import NamedTuple

import pandas as pd

from cjm_helpers.study.codebook_exchange.reading import ReadCodebook
from cjm_helpers.study.codebook_exchange.writing import COLUMNS, make_guid
from cjm_helpers.study.ids import make_id

CHANGES = ["code_id", "label", "what", "column", "here", "there"]
NEW, DIFFERS, MISSING = "new", "differs", "missing"


class Arrival(NamedTuple):
    """A file's codes under the ids they have in the study, and how they differ from the study's; a row each cell.

    changes has code_id, label, what ("new", "differs", or "missing" in the file), column, here, there.
    """

    frame: pd.DataFrame
    changes: pd.DataFrame
    remarks: tuple[str, ...]

    def count(self, what: str) -> int:
        """Return how many codes are new, differ or are missing."""
        return self.changes.loc[self.changes["what"] == what, "code_id"].nunique()

    def __str__(self) -> str:
        counts = f"new {self.count(NEW):,}, different {self.count(DIFFERS):,}, only here {self.count(MISSING):,}"
        return "\n".join([f"Codes: {counts} (those stay).", *self.remarks])


def compare_codebooks(here: pd.DataFrame, read: ReadCodebook) -> Arrival:
    """Say what of a file is new, what differs and what it lacks.

    A code is known by the id that a file of ours says, else by its guid, if it once came from here, else by its label.

    Parameters
    ----------
    here
        The study's codebook as text cells.

    Examples
    --------
    >>> from cjm_helpers.study.codebook_exchange.reading import read_codebook
    >>> here = pd.DataFrame({"code_id": ["slow"], "label": ["Slow pages"]}).reindex(columns=COLUMNS, fill_value="")
    >>> file = b'<CodeBook><Codes><Code name="slow pages"/><Code name="Rude"/></Codes></CodeBook>'
    >>> compare_codebooks(here, read_codebook(file)).changes[["code_id", "what", "column", "there"]].values.tolist()
    [['slow', 'differs', 'label', 'slow pages'], ['rude', 'new', '', '']]
    """
    names = _match(here, read)
    renamed = {name: read.frame[name].replace(names) for name in ("code_id", "parent", "replaced_by")}
    there = read.frame.assign(**renamed)
    known = {*here["code_id"], *there["code_id"], ""}
    lost = there.loc[~there["replaced_by"].isin(known), "label"]
    there["replaced_by"] = there["replaced_by"].where(there["replaced_by"].isin(known), "")
    remarks = [f"'{label}' was replaced by a code that is neither in the file nor here." for label in lost]
    ours, rows = here.set_index("code_id", drop=False).to_dict("index"), []
    for told, (_, row) in zip(read.frame["code_id"], there.iterrows(), strict=True):
        rows += _compare(row, ours.get(row["code_id"]), is_made=told in read.made)
    absent = here[~here["code_id"].isin(there["code_id"])]
    rows += [
        (code_id, label, MISSING, "", "", "") for code_id, label in zip(absent["code_id"], absent["label"], strict=True)
    ]
    return Arrival(there, pd.DataFrame(rows, columns=CHANGES, dtype="str"), (*read.remarks, *remarks))


def take_over(here: pd.DataFrame, arrival: Arrival, *, replaces: bool = False) -> pd.DataFrame:
    """Return the study's codebook with the new codes of a file; codes that the file lacks stay.

    Parameters
    ----------
    replaces
        Where a code differs, take what the file says; otherwise the study's own words stand.

    Examples
    --------
    >>> from cjm_helpers.study.codebook_exchange.reading import read_codebook
    >>> here = pd.DataFrame({"code_id": ["slow"], "label": ["Slow pages"]}).reindex(columns=COLUMNS, fill_value="")
    >>> read = read_codebook(b'<CodeBook><Codes><Code name="Rude"/></Codes></CodeBook>')
    >>> take_over(here, compare_codebooks(here, read))["code_id"].tolist()
    ['slow', 'rude']
    """
    frame = here.copy()
    if replaces:
        for change in arrival.changes[arrival.changes["what"] == DIFFERS].itertuples():
            frame.loc[frame["code_id"] == change.code_id, change.column] = change.there
    new = arrival.frame[~arrival.frame["code_id"].isin(frame["code_id"])]
    return pd.concat([frame, new.reindex(columns=frame.columns, fill_value="")], ignore_index=True)


def _match(here: pd.DataFrame, read: ReadCodebook) -> dict[str, str]:
    """Return for each id that was made for the file which one it has in the study."""
    taken = set(read.frame["code_id"]) - read.made
    by_guid = {make_guid(code_id): code_id for code_id in here["code_id"]}
    by_label = dict(zip(here["label"].str.casefold(), here["code_id"], strict=True))
    names = {}
    for code_id, label in zip(read.frame["code_id"], read.frame["label"], strict=True):
        if code_id in read.made:
            known = [by_guid.get(read.guids[code_id]), by_label.get(label.casefold())]
            free = [one for one in known if one and one not in taken]
            names[code_id] = free[0] if free else make_id(label, taken=[*here["code_id"], *taken])
            taken.add(names[code_id])
    return names


def _compare(there: pd.Series, here: dict | None, *, is_made: bool) -> list[tuple]:
    """Return a row for each cell that differs; a cell that another program cannot know, or left empty, is none."""
    if here is None:
        return [(there["code_id"], there["label"], NEW, "", "", "")]
    columns = [name for name in COLUMNS if not is_made or (there[name] and name != "status")]
    return [
        (there["code_id"], here["label"], DIFFERS, name, here[name], there[name])
        for name in columns
        if here[name] != there[name]
    ]
