"""The shapes an import knows: rows as they are, interviews, one column per touchpoint, codes, and persona rules."""

from dataclasses import replace

import pandas as pd
from pandas import Series

from cjm_helpers.errors import spell_allowed
from cjm_helpers.study.sources.cells import (
    ASKED,
    EMPTY,
    NO_ANSWER,
    NO_RULE,
    NO_WORDS,
    NOBODY,
    Block,
    Made,
    check_scale,
    keep_complete,
    name_rows,
    read_cells,
    take_columns,
)
from cjm_helpers.study.sources.coded import reshape_codes
from cjm_helpers.study.sources.rules import find_unseen_values, find_wordy_comparisons, meets_rule, point_numbers
from cjm_helpers.study.sources.transcripts import COLUMNS as TALK
from cjm_helpers.study.sources.transcripts import find_questions


def reshape_block(block: Block) -> Made:
    """Return the tables that a block makes of its rows; nothing is written.

    Examples
    --------
    >>> from cjm_helpers.worksheets import SPECS
    >>> rows = pd.DataFrame({"ID": ["7", ""]})
    >>> made = reshape_block(Block("", "a.csv", SPECS["customers"], rows, {"customer_id": "ID"}))
    >>> made.tables["customers"]["customer_id"].tolist(), made.rows_left["empty"]
    (['7'], 1)
    """
    is_empty = block.rows.eq("").all(axis="columns")
    is_asked, is_nobodys = _find_asked(block) & ~is_empty, Series(False, index=block.rows.index)
    if set(TALK) <= set(block.rows):
        is_nobodys = block.rows["speaker"].eq("")
        block = _add_questions(block)
    filled = replace(block, rows=block.rows[~is_empty & ~is_asked & ~is_nobodys])
    shapes = ((block.scores, _reshape_scores), (block.codes, reshape_codes), (block.rules, _reshape_rules))
    made = next((reshape(filled) for is_said, reshape in shapes if is_said), None) or _take_rows(filled)
    for reason, is_left in ((EMPTY, is_empty), (ASKED, is_asked), (NOBODY, is_nobodys)):
        made.leave_rows(reason, is_left)
    return made


def _find_asked(block: Block) -> Series:
    """Say which rows are words of the interviewer: context, and nobody's feedback."""
    column = next((name for name in ("label", block.columns.get("speaker", "")) if name in block.rows), "")
    return block.rows[column].isin(block.interviewer) if column else Series(False, index=block.rows.index)


def _add_questions(block: Block) -> Block:
    """Return the block of an interview with what was asked before each paragraph, where it says nothing else itself."""
    if block.table.name != "feedback" or "asked" in {*block.columns, *block.fixed}:
        return block
    rows = block.rows.assign(asked=find_questions(block.rows, block.interviewer))
    return replace(block, rows=rows, columns={**block.columns, "asked": "asked"})


def _take_rows(block: Block) -> Made:
    made = Made(block.file)
    taken = take_columns(block, made, table=block.table)
    taken = taken[keep_complete(block, taken, made=made)]
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
            check_scale(block, same["score"], metric=metric, column=block.columns.get("score", "score"), made=made)
    made.tables[block.table.name] = taken
    return made


def _reshape_scores(block: Block) -> Made:
    made = Made(block.file, cells=len(block.rows) * len(block.scores))
    shared = take_columns(block, made, table=block.table)
    ids = name_rows(block, shared)
    answers = []
    for score in block.scores:
        column, metric = score["column"], score["metric"]
        values, is_answer = read_cells(block, column, score=score, made=made)
        numbers = point_numbers(values[is_answer], decimal=block.decimal)
        check_scale(block, numbers, metric=metric, column=column, made=made)
        touchpoint = score.get("touchpoint_id", "")
        answer = shared[is_answer].assign(
            response_id=ids[is_answer] + f"-{column.replace(';', ',')}", touchpoint_id=touchpoint
        )
        answers.append(answer.assign(metric=metric, score=numbers))
    table = pd.concat(answers).sort_index(kind="stable")
    made.leave_rows(NO_ANSWER, ~block.rows.index.to_series().isin(table.index))
    made.tables[block.table.name] = table
    return made


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
    taken = take_columns(block, made, table=block.table)
    is_complete = keep_complete(block, taken, made=made)
    made.leave_rows(NO_RULE, is_complete & persona.eq(""))
    assigned = taken.assign(persona_id=persona, basis=taken.get("basis", "rule"))[is_complete & persona.ne("")]
    counts = assigned["persona_id"].value_counts()
    made.found = {rule["persona_id"]: int(counts.get(rule["persona_id"], 0)) for rule in block.rules}
    made.tables[block.table.name] = assigned
    return made
