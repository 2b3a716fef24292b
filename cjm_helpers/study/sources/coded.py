"""The shape of codings made elsewhere: columns of codes become verbatims, codings, and a codebook where none is."""

import re

import pandas as pd
from pandas import DataFrame, Series

from cjm_helpers.study.ids import make_id
from cjm_helpers.study.sources.cells import NO_CODE, SAME_CODE, Block, Made, name_rows, read_cells, take_columns
from cjm_helpers.worksheets import NOTHING_FITS, SPECS

NEITHER = "is neither ticked nor blank"


def reshape_codes(block: Block) -> Made:
    """Return the verbatims and codings of a block; its codes stay as the file writes them.

    Examples
    --------
    >>> rows = DataFrame({"ID": ["7", "8"], "Code": ["Cost", ""]})
    >>> block = Block("", "a.csv", SPECS["codings"], rows, {"feedback_id": "ID"}, blank=("",), codes=("Code",))
    >>> made = reshape_codes(block)
    >>> made.tables["codings"][["feedback_id", "code_id"]].values.tolist(), made.rows_left
    ([['7', 'Cost']], {'without any code': 1})
    """
    made = Made(block.file, cells=len(block.rows) * len(block.codes))
    verbatims = take_columns(block, made, table=SPECS["feedback"])
    if "feedback_id" not in verbatims:
        question = re.sub(r"\d+$", "", block.codes[0])
        verbatims["feedback_id"] = name_rows(block, verbatims) + f"-{question}"
    shared = take_columns(block, made, table=SPECS["codings"]).assign(feedback_id=verbatims["feedback_id"])
    codings = _gather_codes(block, shared, made=made)
    rows = block.rows.index.to_series()
    is_kept = rows.isin(codings.index) | verbatims.get("text", Series("", index=rows)).ne("")
    made.leave_rows(NO_CODE, ~is_kept)
    made.tables = {"feedback": verbatims[is_kept], "codings": codings}
    return made


def _gather_codes(block: Block, shared: DataFrame, *, made: Made) -> DataFrame:
    """Return one row for each code of each verbatim, a code that comes twice but once, with its touchpoint."""
    given = []
    for column in block.codes:
        values, is_given = read_cells(block, column, score={}, made=made)
        if block.ticked:
            is_odd = is_given & ~values.isin(block.ticked)
            made.blame(values[is_odd], column, why=NEITHER, remedy="Name it under ticked or under blank.")
            values = values.mask(is_given, column)
        given.append(shared[is_given].assign(code_id=values[is_given]))
    if block.ticked:
        given.append(_find_read(block, shared, ticked=pd.concat(given).index))
    codings = pd.concat(given).sort_index(kind="stable")
    is_again = codings.assign(row=codings.index).duplicated(["row", "code_id"])
    made.leave_cells(SAME_CODE, is_again)
    codings = codings[~is_again]
    general = codings.get("touchpoint_id", Series("", index=codings.index))
    return codings.assign(touchpoint_id=codings["code_id"].map(block.touchpoints).fillna(general))


def _find_read(block: Block, shared: DataFrame, *, ticked: pd.Index) -> DataFrame:
    """Return the rows that somebody filled in without ticking anything: read, and nothing fits."""
    is_read = block.rows[list(block.codes)].ne("").any(axis="columns") & ~block.rows.index.isin(ticked)
    return shared[is_read].assign(code_id=NOTHING_FITS)


def name_codes(codings: DataFrame, known: DataFrame) -> tuple[DataFrame, DataFrame]:
    """Return codings with an id for every code that came as a name, and the codebook of these names.

    A subcode is written behind its code; a code of which only subcodes were given is in the codebook too.

    Columns read: code_id, #tree (the sign between code and subcode; "" = the code is an id already). known: code_id of
    codes that stand in the team's codebook, which are left out of this one.

    Examples
    --------
    >>> given = DataFrame({"code_id": ["Cost->Too high"], "#tree": ["->"]})
    >>> codings, book = name_codes(given, DataFrame({"code_id": []}))
    >>> codings["code_id"].tolist(), book.values.tolist()
    (['cost_too_high'], [['cost', 'Cost', ''], ['cost_too_high', 'Too high', 'cost']])
    """
    is_named = codings["#tree"].ne("") & codings["code_id"].ne(NOTHING_FITS)
    ids: dict[tuple[str, ...], str] = {}
    given = list(dict.fromkeys(codings.loc[is_named, ["code_id", "#tree"]].itertuples(index=False, name=None)))
    paths = {code: _part(*code) for code in given}
    for path in paths.values():
        for depth in range(1, len(path) + 1):
            ids.setdefault(path[:depth], make_id(" ".join(path[:depth]), list(ids.values())))
    made = {code: ids[path] for code, path in paths.items()}
    pairs = zip(codings["code_id"], codings["#tree"], strict=True)
    named = codings.assign(code_id=[made.get(pair, pair[0]) for pair in pairs])
    rows = [(code_id, path[-1], ids.get(path[:-1], "")) for path, code_id in ids.items()]
    book = DataFrame(rows, columns=["code_id", "label", "parent"], dtype="str")
    return named, book[~book["code_id"].isin(known["code_id"])]


def _part(name: str, sign: str) -> tuple[str, ...]:
    parts = [part.strip() for part in name.split(sign)]
    return tuple(part for part in parts if part) or (name,)
