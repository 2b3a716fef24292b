"""The shape of codings made elsewhere: columns of codes become verbatims, codings, and a codebook where none is."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product

import pandas as pd
from pandas import DataFrame, Series

from cjm_helpers.study.ids import make_id
from cjm_helpers.study.sources.cells import NO_CODE, SAME_CODE, Block, Made, name_rows, read_cells, take_columns
from cjm_helpers.worksheets import NOTHING_FITS, RETIRED, SPECS

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
    made = Made(block.file)
    verbatims = take_columns(block, made, table=SPECS["feedback"])
    if "feedback_id" not in verbatims:
        question = re.sub(r"\d+$", "", block.codes[0])
        verbatims["feedback_id"] = name_rows(block, verbatims) + f"-{question}"
    shared = take_columns(_drop_day(block), made, table=SPECS["codings"]).assign(feedback_id=verbatims["feedback_id"])
    codings = _gather_codes(block, shared, made=made)
    rows = block.rows.index.to_series()
    is_kept = rows.isin(codings.index) | verbatims.get("text", Series("", index=rows)).ne("")
    made.leave_rows(NO_CODE, ~is_kept)
    made.tables = {"feedback": verbatims[is_kept], "codings": codings}
    return made


def _drop_day(block: Block) -> Block:
    """Return the block without its day, which is the verbatim's and not that of the coding."""
    columns, fixed = ({name: one[name] for name in one if name != "date"} for one in (block.columns, block.fixed))
    return replace(block, columns=columns, fixed=fixed)


def _gather_codes(block: Block, shared: DataFrame, *, made: Made) -> DataFrame:
    """Return one row for each code of each verbatim, a code that comes twice but once, with its touchpoint."""
    given = []
    for column in block.codes:
        for part in _part_cells(block, column):
            made.cells += len(part.rows)
            values, is_given = read_cells(part, column, score={}, made=made)
            if block.ticked:
                is_odd = is_given & ~values.isin(block.ticked)
                made.blame(values[is_odd], column, why=NEITHER, remedy="Name it under ticked or under blank.")
                values = values.mask(is_given, column)
            given.append(shared.loc[values.index[is_given]].assign(code_id=values[is_given]))
    if block.ticked:
        given.append(_find_read(block, shared, ticked=pd.concat(given).index))
    codings = pd.concat(given).sort_index(kind="stable")
    is_again = codings.assign(row=codings.index).duplicated(["row", "code_id"])
    made.leave_cells(SAME_CODE, is_again)
    codings = codings[~is_again]
    general = codings.get("touchpoint_id", Series("", index=codings.index))
    return codings.assign(touchpoint_id=codings["code_id"].map(block.touchpoints).fillna(general))


def _part_cells(block: Block, column: str) -> Iterator[Block]:
    """Yield the block with the first code of each cell, then with the second of those that have one, and so on."""
    if not block.several:
        yield block
        return
    parts = block.rows[column].str.split(block.several, regex=False)
    parts = parts.map(lambda codes: [code.strip() for code in codes if code.strip()] or [""])
    for place in range(parts.str.len().max() if len(parts) else 0):
        rows = block.rows[parts.str.len() > place]
        yield replace(block, rows=rows.assign(**{column: parts[rows.index].str[place]}))


def _find_read(block: Block, shared: DataFrame, *, ticked: pd.Index) -> DataFrame:
    """Return the rows that somebody filled in without ticking anything: read, and nothing fits."""
    is_read = block.rows[list(block.codes)].ne("").any(axis="columns") & ~block.rows.index.isin(ticked)
    return shared[is_read].assign(code_id=NOTHING_FITS)


def name_codes(codings: DataFrame, known: DataFrame) -> tuple[DataFrame, DataFrame]:
    """Return codings with an id for every code that came as a name, and the codebook of these names.

    A subcode is written behind its code; a code of which only subcodes were given is in the codebook too.

    A name that is the id or the label of a known code, at the same place of the tree, is that code.

    Columns read: code_id, #tree (the sign between code and subcode; "" = the code is an id already).
    known: code_id, with label, parent and status where it has them, of codes that stand in the team's codebook; this
    one leaves them out.

    Examples
    --------
    >>> given = DataFrame({"code_id": ["Cost->Too high", "no call "], "#tree": ["->", "->"]})
    >>> codings, book = name_codes(given, DataFrame({"code_id": ["c7"], "label": ["No call"]}))
    >>> codings["code_id"].tolist(), book.values.tolist()
    (['cost_too_high', 'c7'], [['cost', 'Cost', ''], ['cost_too_high', 'Too high', 'cost']])
    """
    is_named = codings["#tree"].ne("") & codings["code_id"].ne(NOTHING_FITS)
    given = list(dict.fromkeys(codings.loc[is_named, ["code_id", "#tree"]].itertuples(index=False, name=None)))
    paths = {code: _part(*code) for code in given}
    ids = _find_ids(paths.values(), known=known)
    made = {code: ids[path] for code, path in paths.items()}
    pairs = zip(codings["code_id"], codings["#tree"], strict=True)
    named = codings.assign(code_id=[made.get(pair, pair[0]) for pair in pairs])
    rows = [(code_id, path[-1], ids.get(path[:-1], "")) for path, code_id in ids.items()]
    book = DataFrame(rows, columns=["code_id", "label", "parent"], dtype="str")
    return named, book[~book["code_id"].isin(known["code_id"])]


def _find_ids(paths: Iterable[tuple[str, ...]], *, known: DataFrame) -> dict[tuple[str, ...], str]:
    """Return the id of each code and of those above it: a known one, or a new one unlike all of them."""
    places = _list_places(known)
    taken, ids = set(known["code_id"]), {}
    for path in paths:
        for depth in range(1, len(path) + 1):
            if path[:depth] not in ids:
                above, name = ids.get(path[: depth - 1], ""), path[depth - 1].casefold()
                plain = make_id(" ".join(path[:depth]), [])
                is_known = plain in taken and plain not in ids.values()
                new = plain if is_known else make_id(plain, [*taken, *ids.values()])
                ids[path[:depth]] = places.get((above, name), new)
    return ids


def _list_places(known: DataFrame) -> dict[tuple[str, str], str]:
    """Return the known codes by what they stand under and what they are called; one in use goes before one retired."""
    book = known.reindex(columns=["code_id", "label", "parent", "status"]).fillna("").astype("str")
    is_retired = book["status"].eq(RETIRED)
    places: dict[tuple[str, str], str] = {}
    for codes, column in product((book[~is_retired], book[is_retired]), ("code_id", "label")):
        for code in codes.to_dict("records"):
            places.setdefault((code["parent"], code[column].strip().casefold()), code["code_id"])
    return places


def _part(name: str, sign: str) -> tuple[str, ...]:
    parts = [part.strip() for part in name.split(sign)]
    return tuple(part for part in parts if part) or (name,)
