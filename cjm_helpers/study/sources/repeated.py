"""Says ids that exports bring twice: one by one where they are single, else how many and which file repeats which."""

from pandas import DataFrame

from cjm_helpers.errors import Fault
from cjm_helpers.worksheets import Table

MADE_UNIQUE = 'Make it unique, with a template such as "spring-{ID}" where two files count alike.'
AGAIN = (
    "If {file} holds the rows of {first} once more, export the new ones alone. If the same people were asked again, "
    "tell the two apart: in the [[import]] block of {first} in study.toml write {how} "
    "(and likewise for {file}, if it has a block already)."
)
BY_WAVE = 'fixed = { wave = "2026-09" }, with its own wave'
BY_NAME = '{own} = "2026-09-{{NUMBER}}" under columns, with its own wave and the column that numbers its rows'


def name_repeated(frame: DataFrame, table: Table) -> list[Fault]:
    """Return a fault for each id that comes twice, or one for all ids that a file repeats.

    Parameters
    ----------
    frame
        What the blocks made for the table; its columns #file and #row say where each row stands.

    Examples
    --------
    >>> from cjm_helpers.worksheets import SPECS
    >>> rows = {"customer_id": ["c1", "c2"] * 2, "#file": ["may.csv"] * 2 + ["june.csv"] * 2, "#row": [2, 3, 2, 3]}
    >>> print(name_repeated(DataFrame(rows), SPECS["customers"])[0].what)
    2 of the 2 rows for customers have a customer_id that may.csv has too, such as 'c1' (row 2 there).
    """
    key = [name for name in table.key if name in frame]
    again = frame[frame.duplicated(key)] if key else frame[:0]
    if again.empty:
        return []
    first = frame.drop_duplicates(key)[[*key, "#file", "#row"]]
    pairs = again.merge(first, on=key, suffixes=("", " first"))
    sizes = frame["#file"].value_counts()
    faults = []
    for (file, earlier), rows in pairs.groupby(["#file", "#file first"], sort=False):
        if len(rows) == 1:
            faults.append(_say_one(rows.iloc[0], key, table))
        else:
            faults.append(_say_many(rows, key, table, total=sizes[file], is_own=file == earlier))
    return faults


def _say_one(row, key: list[str], table: Table) -> Fault:
    places = f"{row['#file first']} row {row['#row first']}, {row['#file']} row {row['#row']}"
    what = f"The {' + '.join(key)} '{' + '.join(row[key])}' comes twice in {table.name} ({places})."
    return Fault(what, row["#file"], int(row["#row"]), remedy=MADE_UNIQUE)


def _say_many(rows: DataFrame, key: list[str], table: Table, *, total: int, is_own: bool) -> Fault:
    """Say that a file repeats many ids, its own or those of another."""
    one = rows.iloc[0]
    where = "an earlier row" if is_own else one["#file first"]
    what = (
        f"{len(rows):,} of the {total:,} rows for {table.name} have a {' + '.join(key)} that {where} has too, such as "
        f"'{' + '.join(one[key])}' (row {one['#row first']}{'' if is_own else ' there'})."
    )
    if is_own:
        return Fault(what, one["#file"], int(one["#row"]), remedy=MADE_UNIQUE)
    how = BY_WAVE if "wave" in {*table.key} - {*key} else BY_NAME.format(own=table.key[0])
    return Fault(what, one["#file"], remedy=AGAIN.format(file=one["#file"], first=one["#file first"], how=how))
