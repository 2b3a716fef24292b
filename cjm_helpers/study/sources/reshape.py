"""The four shapes an import knows: rows as they are, one column per touchpoint, columns of codes, and persona rules."""

import re
from dataclasses import dataclass, field, replace

import pandas as pd
from pandas import DataFrame, Series

from cjm_helpers.errors import Fault, spell_allowed
from cjm_helpers.study.sources.rules import (
    ALL_OTHERS,
    fill_template,
    find_unseen_values,
    find_wordy_comparisons,
    is_template,
    meets_rule,
    name_bad_values,
    point_numbers,
    read_kind,
    recode_values,
    to_numbers,
)
from cjm_helpers.worksheets import SPECS, Column, Table

EMPTY, BLANK, NOT_APPLICABLE = "empty", "blank", "not applicable"
NO_ANSWER, NO_CODE, NO_RULE = "without any answer", "without any code", "fitting no rule"
RECODED_AWAY, SAME_CODE = "left out by recode", "the same code again"
ASKED, NO_WORDS = "asked by the interviewer", "without words"
ROW_REASONS = (EMPTY, ASKED, BLANK, NOT_APPLICABLE, NO_WORDS, NO_ANSWER, NO_CODE, NO_RULE)
CELL_REASONS = (BLANK, NOT_APPLICABLE, RECODED_AWAY, SAME_CODE)
EMPTY_CELL = "is empty"
EMPTY_REMEDY = 'If an empty cell means that nothing was said, write "" under blank.'


@dataclass(frozen=True)
class Block:
    """One [[import]] block, checked, with the rows of its file as text; their index is the spreadsheet's row."""

    place: str
    file: str
    table: Table
    rows: DataFrame
    columns: dict
    fixed: dict = field(default_factory=dict)
    recode: dict = field(default_factory=dict)
    blank: tuple = ()
    not_applicable: tuple = ()
    interviewer: tuple = ()
    scores: tuple = ()
    codes: tuple = ()
    touchpoints: dict = field(default_factory=dict)
    rules: tuple = ()
    date_format: str = ""
    decimal: str = "."
    timezone: str = "UTC"
    metrics: dict = field(default_factory=dict)


@dataclass
class Made:
    """What one block made: tables of text, what was left out and why, personas found, notes, and what is wrong."""

    file: str
    cells: int = 0
    tables: dict[str, DataFrame] = field(default_factory=dict)
    rows_left: dict[str, int] = field(default_factory=dict)
    cells_left: dict[str, int] = field(default_factory=dict)
    found: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def leave_rows(self, reason: str, is_left: Series) -> None:
        self.rows_left[reason] = self.rows_left.get(reason, 0) + int(is_left.sum())

    def leave_cells(self, reason: str, is_left: Series) -> None:
        self.cells_left[reason] = self.cells_left.get(reason, 0) + int(is_left.sum())

    def blame(self, values: Series, column: str, *, why: str, allowed: str = "", remedy: str = "") -> None:
        self.faults += name_bad_values(values, file=self.file, column=column, why=why, allowed=allowed, remedy=remedy)


def reshape_block(block: Block) -> Made:
    """Return the tables that a block makes of its rows; nothing is written."""
    is_empty = block.rows.eq("").all(axis="columns")
    is_asked = _find_asked(block) & ~is_empty
    filled = replace(block, rows=block.rows[~is_empty & ~is_asked])
    shapes = ((block.scores, _reshape_scores), (block.codes, _reshape_codes), (block.rules, _reshape_rules))
    made = next((reshape(filled) for is_said, reshape in shapes if is_said), None) or _take_rows(filled)
    made.leave_rows(EMPTY, is_empty)
    made.leave_rows(ASKED, is_asked)
    return made


def _find_asked(block: Block) -> Series:
    """Say which rows are words of the interviewer: context, and nobody's feedback."""
    column = next((name for name in ("label", block.columns.get("speaker", "")) if name in block.rows), "")
    return block.rows[column].isin(block.interviewer) if column else Series(False, index=block.rows.index)


def _take_rows(block: Block) -> Made:
    made = Made(block.file)
    taken = _take_columns(block, made, table=block.table)
    taken = taken[_keep_complete(block, taken, made=made)]
    if block.table.name == "feedback" and "text" in block.columns and "" in block.blank:
        is_silent = taken["text"].eq("") & taken.get("score", Series("", index=taken.index)).eq("")
        made.leave_rows(NO_WORDS, is_silent)
        taken = taken[~is_silent]
    if block.table.name == "responses":
        column = block.columns.get("metric", "metric")
        is_known = taken["metric"].isin(list(block.metrics))
        allowed = spell_allowed("", block.metrics)
        made.blame(taken["metric"][~is_known], column, why="is no metric of study.toml", allowed=allowed)
        for metric, same in taken[is_known].groupby("metric", sort=False):
            _check_scale(block, same["score"], metric=metric, column=block.columns.get("score", "score"), made=made)
    made.tables[block.table.name] = taken
    return made


def _reshape_scores(block: Block) -> Made:
    made = Made(block.file, cells=len(block.rows) * len(block.scores))
    shared = _take_columns(block, made, table=block.table)
    ids = _name_rows(block, shared)
    answers = []
    for score in block.scores:
        column, metric = score["column"], score["metric"]
        values, is_answer = _read_cells(block, column, score=score, made=made)
        numbers = point_numbers(values[is_answer], decimal=block.decimal)
        _check_scale(block, numbers, metric=metric, column=column, made=made)
        touchpoint = score.get("touchpoint_id", "")
        answer = shared[is_answer].assign(
            response_id=ids[is_answer] + f"-{column.replace(';', ',')}", touchpoint_id=touchpoint
        )
        answers.append(answer.assign(metric=metric, score=numbers))
    table = pd.concat(answers).sort_index(kind="stable")
    made.leave_rows(NO_ANSWER, ~block.rows.index.to_series().isin(table.index))
    made.tables[block.table.name] = table
    return made


def _reshape_codes(block: Block) -> Made:
    made = Made(block.file, cells=len(block.rows) * len(block.codes))
    verbatims = _take_columns(block, made, table=SPECS["feedback"])
    if "feedback_id" not in verbatims:
        question = re.sub(r"\d+$", "", block.codes[0])
        verbatims["feedback_id"] = _name_rows(block, verbatims) + f"-{question}"
    shared = _take_columns(block, made, table=SPECS["codings"]).assign(feedback_id=verbatims["feedback_id"])
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
        values, is_given = _read_cells(block, column, score={}, made=made)
        given.append(shared[is_given].assign(code_id=values[is_given]))
    codings = pd.concat(given).sort_index(kind="stable")
    is_again = codings.assign(row=codings.index).duplicated(["row", "code_id"])
    made.leave_cells(SAME_CODE, is_again)
    codings = codings[~is_again]
    general = codings.get("touchpoint_id", Series("", index=codings.index))
    return codings.assign(touchpoint_id=codings["code_id"].map(block.touchpoints).fillna(general))


def _reshape_rules(block: Block) -> Made:
    made = Made(block.file)
    how = {"blank": block.blank, "decimal": block.decimal}
    persona = Series("", index=block.rows.index, dtype="str")
    for rule in block.rules:
        when, persona_id = rule.get("when", {}), rule["persona_id"]
        for column, values in find_wordy_comparisons(block.rows, when, **how).items():
            remedy = "Name it under blank, or list the values that count."
            made.blame(values, column, why=f"cannot be compared in the rule for {persona_id}", remedy=remedy)
        for column, value in find_unseen_values(block.rows, when):
            close = spell_allowed(value, block.rows[column].unique())
            made.notes.append(f"The rule for {persona_id} asks for {column} = '{value}', which no row has. {close}")
        is_first = persona.eq("") & meets_rule(block.rows, when, **how)
        persona = persona.mask(is_first, persona_id)
    taken = _take_columns(block, made, table=block.table)
    is_complete = _keep_complete(block, taken, made=made)
    made.leave_rows(NO_RULE, is_complete & persona.eq(""))
    assigned = taken.assign(persona_id=persona, basis=taken.get("basis", "rule"))[is_complete & persona.ne("")]
    counts = assigned["persona_id"].value_counts()
    made.found = {rule["persona_id"]: int(counts.get(rule["persona_id"], 0)) for rule in block.rules}
    made.tables[block.table.name] = assigned
    return made


def _take_columns(block: Block, made: Made, *, table: Table) -> DataFrame:
    """Take what the block's columns and fixed values give for this table; more columns go to tables that take them."""
    known = {column.name: column for column in table.columns}
    taken = {}
    for name in block.columns:
        if name in known or table.takes_more_columns:
            taken[name] = _take_column(block, known.get(name, Column(name, "text", "")), made=made)
    fixed = {name: str(value) for name, value in block.fixed.items() if name in known or table.takes_more_columns}
    return DataFrame({**taken, **fixed}, index=block.rows.index, dtype="str")


def _take_column(block: Block, column: Column, *, made: Made) -> Series:
    raw = _read_source(block, column.name)
    values, is_empty = _recode(block, raw, name=column.name, made=made)
    values = values.mask(is_empty, "")
    stored = read_kind(values, column, date_format=block.date_format, timezone=block.timezone, decimal=block.decimal)
    source = block.columns[column.name]
    made.blame(raw[stored.is_bad], source, why=stored.why, allowed=stored.allowed, remedy=stored.remedy)
    return stored.texts


def _read_source(block: Block, name: str) -> Series:
    source = block.columns[name]
    return fill_template(source, block.rows) if is_template(source, block.rows.columns) else block.rows[source]


def _keep_complete(block: Block, taken: DataFrame, *, made: Made) -> Series:
    """Say which rows have every value the table needs; the others are counted by reason, or said where not declared."""
    is_kept = Series(True, index=taken.index)
    needed = [column.name for column in block.table.columns if column.is_required and column.name in block.columns]
    for name in needed:
        raw = _read_source(block, name)
        is_empty = is_kept & taken[name].eq("")
        is_undeclared = raw.eq("") & ("" not in block.blank) & ("" not in block.recode.get(name, {}))
        made.blame(raw[is_empty & is_undeclared], block.columns[name], why=EMPTY_CELL, remedy=EMPTY_REMEDY)
        is_not_applicable = is_empty & raw.isin(block.not_applicable)
        made.leave_rows(NOT_APPLICABLE, is_not_applicable)
        made.leave_rows(BLANK, is_empty & ~is_not_applicable)
        is_kept &= ~is_empty
    return is_kept


def _read_cells(block: Block, column: str, *, score: dict, made: Made) -> tuple[Series, Series]:
    """Return a column's cells recoded, and which hold an answer; the others are counted by reason."""
    raw = block.rows[column]
    blank, not_applicable = score.get("blank", block.blank), score.get("not_applicable", block.not_applicable)
    name = "score" if score else "code_id"
    values, is_empty = _recode(block, raw, name=name, made=made, empty=[*blank, *not_applicable])
    is_not_applicable = is_empty & raw.isin(list(not_applicable))
    is_left = ~is_empty & values.eq("")
    is_undeclared = is_left & raw.eq("") & ("" not in block.recode.get(name, {}))
    made.blame(raw[is_undeclared], column, why=EMPTY_CELL, remedy=EMPTY_REMEDY)
    made.leave_cells(NOT_APPLICABLE, is_not_applicable)
    made.leave_cells(BLANK, is_empty & ~is_not_applicable)
    made.leave_cells(RECODED_AWAY, is_left)
    return values, ~is_empty & ~is_left


def _recode(block: Block, raw: Series, *, name: str, made: Made, empty=None) -> tuple[Series, Series]:
    """Return the raw values recoded, and which are declared empty; a value the recode names is never blank."""
    recode = block.recode.get(name, {})
    is_empty = raw.isin([*block.blank, *block.not_applicable] if empty is None else empty) & ~raw.isin(list(recode))
    if not recode:
        return raw, is_empty
    values, is_unknown = recode_values(raw, recode)
    remedy = f'Name it there, or "{ALL_OTHERS}" for all others.'
    column = block.columns.get(name, raw.name)
    made.blame(raw[is_unknown & ~is_empty & raw.ne("")], column, why=f"is not named in recode.{name}", remedy=remedy)
    return values, is_empty


def _check_scale(block: Block, scores: Series, *, metric: str, column: str, made: Made) -> None:
    scale = block.metrics[metric]
    is_off = ~to_numbers(scores).between(scale.min, scale.max)
    why = f"is not on the scale of {metric}, {scale.min:g} to {scale.max:g}"
    made.blame(scores[is_off], column, why=why, remedy="Name it under blank or not_applicable, or recode it.")


def _name_rows(block: Block, shared: DataFrame) -> Series:
    """Return what the ids of answers begin with: the response's or customer's own id, else the row's number."""
    numbers = "row" + block.rows.index.to_series().astype("str")
    own = next((shared[name] for name in ("response_id", "customer_id") if name in shared), numbers)
    return own.where(own.ne(""), numbers)
