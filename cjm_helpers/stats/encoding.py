"""Mixed answers of customers as one matrix in which every variable weighs the same."""

from dataclasses import dataclass

import pandas as pd

from cjm_helpers.errors import CustomersRepeated, ParameterError, TooFewAnswers
from cjm_helpers.stats.recipes import KINDS, Note, Recipe, apply_recipe, learn_recipe, note_new_levels


@dataclass(frozen=True)
class Encoding:
    """Customers as numbers: the matrix, the variable behind each of its columns, what was done, and how to do it again.

    matrix has the customers as its index; variables maps its columns to variables; notes has the columns variable,
    what (missing, not a number, log1p, merged levels, left out), n (customers) and sentence; recipe is for encode_like.
    """

    matrix: pd.DataFrame
    variables: pd.Series
    notes: pd.DataFrame
    recipe: tuple[Recipe, ...]


def encode_mixed(table: pd.DataFrame, *, kinds: dict[str, str]) -> Encoding:
    """Turn mixed answers into a matrix in which each variable has mean 0 and total variance 1.

    Parameters
    ----------
    table
        One row a customer, whose id is the index; numbers may be texts, as a CSV gives them.
    kinds
        The variables to use, each "numeric", "ordinal" (levels begin with a number), "nominal" or "multiple" (options
        separated by ";"; one block for the question).

    Raises
    ------
    ParameterError
        When a variable is no column of the table, or a kind is not known.
    CustomersRepeated
        When a customer stands in two rows.
    LevelsWithoutOrder
        When the levels of an ordinal variable do not begin with numbers.
    TooFewAnswers
        Without customers, or when no variable is left that tells them apart.

    Source: as learn_recipe, variable by variable.

    Examples
    --------
    >>> table = pd.DataFrame({"age": ["20", "30", "40", "50"], "channel": list("aabc")}, index=["c1", "c2", "c3", "c4"])
    >>> encode_mixed(table, kinds={"age": "numeric", "channel": "nominal"}).matrix.round(2).loc["c1"].tolist()
    [-1.34, 0.63, -0.32, -0.32]
    """
    _check(table, kinds)
    if table.empty:
        raise TooFewAnswers("Comparing customers", len(table), 2)
    in_order = table.sort_index()
    learnt = [learn_recipe(in_order[name], kind=kinds[name]) for name in sorted(kinds)]
    recipe = tuple(one for one, _ in learnt if one)
    if not recipe:
        raise TooFewAnswers("Comparing customers (variables that tell them apart)", 0, 1)
    notes = pd.DataFrame([note for _, made in learnt for note in made], columns=list(Note._fields))
    variables = pd.Series({column: one.variable for one in recipe for column in one.columns}, dtype="str")
    return Encoding(_apply(table, recipe), variables, notes, recipe)


def encode_like(table: pd.DataFrame, encoding: Encoding) -> pd.DataFrame:
    """Turn the answers of further customers into the columns of an earlier encoding.

    Parameters
    ----------
    table
        One row a customer, whose id is the index, with every variable that the encoding uses.
    encoding
        Of the customers from whom levels, medians, centres and scales were learnt.

    Returns
    -------
    DataFrame
        Columns as encoding.matrix. A level nobody gave before counts as "other", or else as the average; an ordinal one
        lies between its neighbours. attrs["notes"] lists such answers and missing ones as encoding.notes does.

    Raises
    ------
    ParameterError, CustomersRepeated, LevelsWithoutOrder
        As encode_mixed.

    Examples
    --------
    >>> first = encode_mixed(pd.DataFrame({"channel": list("aabc")}), kinds={"channel": "nominal"})
    >>> encode_like(pd.DataFrame({"channel": ["a", "fax"]}), first).round(2).values.tolist()
    [[0.63, -0.32, -0.32], [0.0, 0.0, 0.0]]
    """
    _check(table, {one.variable: one.kind for one in encoding.recipe})
    matrix = _apply(table, encoding.recipe)
    notes = [note for one in encoding.recipe for note in note_new_levels(table[one.variable], one)]
    matrix.attrs["notes"] = [note._asdict() for note in notes]
    return matrix


def _check(table: pd.DataFrame, kinds: dict[str, str]) -> None:
    for name, kind in kinds.items():
        if name not in table:
            raise ParameterError("variable", name, list(table.columns))
        if kind not in KINDS:
            raise ParameterError(f"kind of {name}", kind, KINDS)
    repeated = table.index[table.index.duplicated()].unique()
    if len(repeated):
        raise CustomersRepeated(sorted(map(str, repeated)))


def _apply(table: pd.DataFrame, recipe: tuple[Recipe, ...]) -> pd.DataFrame:
    return pd.concat([apply_recipe(table[one.variable], one) for one in recipe], axis=1)
