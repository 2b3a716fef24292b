"""What an import makes of a block's cells: columns under our names, recoded, with what was left out and why."""

from dataclasses import dataclass, field

from pandas import DataFrame, Series

from cjm_helpers.errors import Fault
from cjm_helpers.study.settings import Metric
from cjm_helpers.study.sources.rules import (
    ALL_OTHERS,
    fill_template,
    is_template,
    name_bad_values,
    read_kind,
    recode_values,
    to_numbers,
)
from cjm_helpers.worksheets import Column, Table

EMPTY, BLANK, NOT_APPLICABLE = "empty", "blank", "not applicable"
NO_ANSWER, NO_CODE, NO_RULE = "without any answer", "without any code", "fitting no rule"
RECODED_AWAY, SAME_CODE = "left out by recode", "the same code again"
ASKED, NOBODY, NO_WORDS = "asked by the interviewer", "said by nobody", "without words"
ROW_REASONS = (EMPTY, ASKED, NOBODY, BLANK, NOT_APPLICABLE, NO_WORDS, NO_ANSWER, NO_CODE, NO_RULE)
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
    ticked: tuple = ()
    several: str = ""
    codebook: str = ""
    touchpoints: dict = field(default_factory=dict)
    rules: tuple = ()
    date_format: str = ""
    decimal: str = "."
    timezone: str = "UTC"
    metrics: dict[str, Metric] = field(default_factory=dict)


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


def take_columns(block: Block, made: Made, *, table: Table) -> DataFrame:
    """Take what the block's columns and fixed values give for this table; more columns go to tables that take them.

    Examples
    --------
    >>> from cjm_helpers.worksheets import SPECS
    >>> block = Block("", "a.csv", SPECS["feedback"], DataFrame({"ID": ["7"]}), {"feedback_id": "v-{ID}"})
    >>> take_columns(block, Made("a.csv"), table=block.table)["feedback_id"].tolist()
    ['v-7']
    """
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


def keep_complete(block: Block, taken: DataFrame, *, made: Made) -> Series:
    """Say which rows have every value the table needs; the others are counted by reason, or said where not declared.

    Examples
    --------
    >>> from cjm_helpers.worksheets import SPECS
    >>> block = Block("", "a.csv", SPECS["customers"], DataFrame({"ID": ["7", ""]}), {"customer_id": "ID"}, blank=("",))
    >>> made = Made("a.csv")
    >>> keep_complete(block, take_columns(block, made, table=block.table), made=made).tolist(), made.rows_left["blank"]
    ([True, False], 1)
    """
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


def read_cells(block: Block, column: str, *, score: dict, made: Made) -> tuple[Series, Series]:
    """Return a column's cells recoded, and which hold an answer; the others are counted by reason.

    Examples
    --------
    >>> from cjm_helpers.worksheets import SPECS
    >>> block = Block("", "a.csv", SPECS["codings"], DataFrame({"C1": ["cost", "-"]}), {}, blank=("-",))
    >>> values, is_answer = read_cells(block, "C1", score={}, made=Made("a.csv"))
    >>> is_answer.tolist()
    [True, False]
    """
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


def check_scale(block: Block, scores: Series, *, metric: str, column: str, made: Made) -> None:
    """Blame the scores that do not lie on the scale of their question.

    Examples
    --------
    >>> made, metrics = Made("a.csv"), {"csat": Metric("csat", "", 1, 5)}
    >>> from cjm_helpers.worksheets import SPECS
    >>> block = Block("", "a.csv", SPECS["responses"], DataFrame(), {}, metrics=metrics)
    >>> check_scale(block, Series(["4", "9"]), metric="csat", column="Q1", made=made)
    >>> len(made.faults)
    1
    """
    scale = block.metrics[metric]
    is_off = ~to_numbers(scores).between(scale.min, scale.max)
    why = f"is not on the scale of {metric}, {scale.min:g} to {scale.max:g}"
    remedy = (
        "Correct it in the file; or, in study.toml, name it under blank or not_applicable or recode it in the "
        f"[[import]] block, or mend the scale in [metrics.{metric}]."
    )
    made.blame(scores[is_off], column, why=why, remedy=remedy)


def name_rows(block: Block, shared: DataFrame) -> Series:
    """Return what the ids of answers begin with: the response's or customer's own id, else the row's number.

    Examples
    --------
    >>> from cjm_helpers.worksheets import SPECS
    >>> block = Block("", "a.csv", SPECS["responses"], DataFrame({"ID": ["c7", ""]}, index=[2, 3]), {})
    >>> name_rows(block, block.rows.rename(columns={"ID": "customer_id"})).tolist()
    ['c7', 'row3']
    """
    numbers = "row" + block.rows.index.to_series().astype("str")
    own = next((shared[name] for name in ("response_id", "customer_id") if name in shared), numbers)
    return own.where(own.ne(""), numbers)
