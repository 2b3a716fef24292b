"""Numbers that people state, held against their range before anything is computed from them."""

import pandas as pd

from cjm_helpers.errors import Fault, FaultsFound
from cjm_helpers.method.words import join_words

SHOWN = 3
RANGES = {
    "above 0": lambda values: values > 0,
    "0 or more": lambda values: values >= 0,
    "0 to 1": lambda values: values.between(0, 1),
    "0 to 3": lambda values: values.between(0, 3),
    "1 to 10": lambda values: values.between(1, 10),
}


def refuse_outside(table: pd.DataFrame, *, rules: dict[str, tuple[str, str]], file: str, id_column: str) -> None:
    """Refuse numbers outside their range, all of them at once; empty cells are no numbers.

    rules: column -> range (a name of RANGES) and what to do.

    Raises
    ------
    FaultsFound
        With the column, the first three rows by their id, the range and the remedy.

    Examples
    --------
    >>> ideas = pd.DataFrame({"opportunity_id": ["o7"], "effort": [0.0]})
    >>> refuse_outside(ideas, rules={"effort": ("above 0", "")}, file="opportunities.csv", id_column="opportunity_id")
    Traceback (most recent call last):
    cjm_helpers.errors.FaultsFound: 1 fault in opportunities.csv:
    - column effort: It must be above 0 (o7 = 0).
    """
    faults = []
    for column, (allowed, remedy) in rules.items():
        numbers = pd.to_numeric(table[column], errors="coerce")  # a text is no number in any range
        wrong = table[table[column].notna() & ~RANGES[allowed](numbers)].sort_values(id_column)
        cells = [
            f"{one} = {value if isinstance(value, str) else f'{value:g}'}"
            for one, value in zip(wrong[id_column], wrong[column], strict=True)
        ]
        more = [f"{len(cells) - SHOWN} more"] if len(cells) > SHOWN else []
        if cells:
            what = f"It must be {allowed} ({join_words(cells[:SHOWN] + more)})."
            faults.append(Fault(what, column=column, remedy=remedy))
    if faults:
        raise FaultsFound(faults, file)
