"""Compares a table before and after Excel had it: which rows came, went or changed, however numbers are spelt."""

from collections import Counter

import pandas as pd

from cjm_helpers.study.excel.book import NUMBERS
from cjm_helpers.worksheets import Table

WORDS_SHOWN = 3


def is_same(pair: tuple[str, str], *, spec: Table, name: str) -> bool:
    """Tell whether two texts say the same in a column: 0.30 and 0.3 do where numbers stand.

    Examples
    --------
    >>> from cjm_helpers.worksheets import SPECS
    >>> is_same(("0.30", "0.3"), spec=SPECS["kpis"], name="target")
    True
    >>> is_same(("01", "1"), spec=SPECS["kpis"], name="name")
    False
    """
    before, after = (_unspell(text, spec=spec, name=name) for text in pair)
    return before == after


def match_row(row: dict, *, spec: Table) -> tuple:
    """Return what a row is known by: its key, or all its cells where the table has none, however numbers are spelt.

    Examples
    --------
    >>> from cjm_helpers.worksheets import SPECS
    >>> match_row({"kpi_id": "k", "value": "0.30"}, spec=SPECS["kpi_readings"])
    ('k', 0.3)
    """
    return tuple(_unspell(row.get(name, ""), spec=spec, name=name) for name in spec.key or row)


def _unspell(text: str, *, spec: Table, name: str) -> str | float:
    if text and name in spec.column_names and spec.column(name).kind in NUMBERS:
        try:
            return float(text)
        except ValueError:
            pass
    return text


def keep_spelling(before: pd.DataFrame, after: pd.DataFrame, *, spec: Table) -> pd.DataFrame:
    """Return the new rows with the numbers that did not change spelt as they were: Excel turns 0.30 into 0.3.

    Examples
    --------
    >>> from cjm_helpers.worksheets import SPECS
    >>> before, after = (pd.DataFrame({"kpi_id": ["k"], "target": [text]}) for text in ("0.30", "0.3"))
    >>> keep_spelling(before, after, spec=SPECS["kpis"])["target"].tolist()
    ['0.30']
    """
    old = {match_row(row, spec=spec): row for row in before.to_dict("records")}
    records = []
    for row in after.to_dict("records"):
        known = old.get(match_row(row, spec=spec), {})
        records.append(
            {
                name: known[name] if name in known and is_same((known[name], text), spec=spec, name=name) else text
                for name, text in row.items()
            }
        )
    return pd.DataFrame(records, columns=after.columns, dtype="str")


def list_changes(before: pd.DataFrame, after: pd.DataFrame, *, spec: Table) -> list[tuple]:
    """Return table, row, change, column, before and after for each row that came or went and each cell that changed.

    Examples
    --------
    >>> from cjm_helpers.worksheets import SPECS
    >>> before, after = (pd.DataFrame({"persona_id": ["lena"], "name": [name]}) for name in ("Lena", "Leni"))
    >>> list_changes(before, after, spec=SPECS["personas"])
    [('personas', 'lena', 'changed', 'name', 'Lena', 'Leni')]
    """
    if not spec.key:
        return _list_whole_rows(spec, before, after)
    old, new = (
        {tuple(row[name] for name in spec.key): row for row in frame.to_dict("records")} for frame in (before, after)
    )
    found = []
    for key, row in new.items():
        if key not in old:
            found.append((spec.name, " ".join(key), "added", "", "", _sum_up(row, spec)))
            continue
        pairs = [(name, old[key].get(name, ""), text) for name, text in row.items()]
        found += [(spec.name, " ".join(key), "changed", name, was, text) for name, was, text in pairs if was != text]
    gone = [
        (spec.name, " ".join(key), "removed", "", _sum_up(row, spec), "") for key, row in old.items() if key not in new
    ]
    return found + gone


def _list_whole_rows(spec: Table, before: pd.DataFrame, after: pd.DataFrame) -> list[tuple]:
    old, new = (Counter(map(tuple, frame.to_dict("split")["data"])) for frame in (before, after))
    added = [
        (spec.name, " ".join(row[:2]), "added", "", "", "; ".join(filter(None, row))) for row in (new - old).elements()
    ]
    gone = [
        (spec.name, " ".join(row[:2]), "removed", "", "; ".join(filter(None, row)), "")
        for row in (old - new).elements()
    ]
    return added + gone


def _sum_up(row: dict, spec: Table) -> str:
    return "; ".join([text for name, text in row.items() if text and name not in spec.key][:WORDS_SHOWN])
