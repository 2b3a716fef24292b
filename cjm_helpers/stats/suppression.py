"""What may be shown: numbers from few people are flagged or emptied, here once, so that nothing later can leak them."""

import pandas as pd

from cjm_helpers.stats.intervals import LEAST_MIN_N

REPORTABLE_N = 30
NUMBERS = ("value", "lo", "hi", "unweighted", "rating")
SUBTRACTION = "hidden, or another hidden cell could be found by subtraction"


def flag_sample(n: float, *, min_n: int = 5) -> str:
    """Say how a number from n people may be shown: reportable (30 and more), indicative, or suppressed (under min_n).

    Examples
    --------
    >>> [flag_sample(n) for n in (4, 5, 30)]
    ['suppressed', 'indicative', 'reportable']
    """
    if not n >= max(min_n, LEAST_MIN_N):
        return "suppressed"
    return "indicative" if n < REPORTABLE_N else "reportable"


def suppress_small(table: pd.DataFrame, *, min_n: int = 5, also: tuple[str, ...] = ()) -> pd.DataFrame:
    """Return a copy in which a row from fewer than min_n people keeps n and flag and loses its numbers.

    Reads n; adds flag; empties value, lo, hi, unweighted, rating, every column whose name begins with share, and those
    in also; method then says only that there were too few.

    Examples
    --------
    >>> suppress_small(pd.DataFrame({"value": [0.5, 0.4], "n": [4, 40]}))[["value", "flag"]].values.tolist()
    [[nan, 'suppressed'], [0.4, 'reportable']]
    """
    flags = [flag_sample(n, min_n=min_n) for n in table["n"]]
    table = table.assign(flag=pd.Series(flags, index=table.index, dtype="str"))
    return _empty(table, table["flag"].eq("suppressed"), also=also, why=f"fewer than {max(min_n, LEAST_MIN_N)}")


def suppress_margins(
    table: pd.DataFrame, *, within: list[str], also: tuple[str, ...] = (), min_n: int = 5
) -> pd.DataFrame:
    """Return a copy in which no hidden row, or few people, can be found by subtracting the others from their total.

    Where exactly one row of a group is suppressed although people stand behind it, or where fewer than min_n people
    stand behind all that are, the row with the fewest people among the others is suppressed too. Call it where the
    total of the group is shown as well.

    Parameters
    ----------
    table
        What suppress_small returned; reads n and flag.
    within
        The columns that name a group, such as the touchpoint whose total over all personas is shown.
    also, min_n
        Further columns to empty, and the fewest people a shown number may come from, as in suppress_small.

    Examples
    --------
    >>> cells = pd.DataFrame({"touchpoint_id": "pay", "value": [None, 0.4, 0.5], "n": [3, 40, 20]})
    >>> cells["flag"] = ["suppressed", "reportable", "indicative"]
    >>> suppress_margins(cells, within=["touchpoint_id"])["flag"].tolist()
    ['suppressed', 'reportable', 'suppressed']
    """
    is_hidden = table["flag"].eq("suppressed") & table["n"].gt(0)
    groups = [table[name] for name in within]
    rows, people = (
        part.groupby(groups, dropna=False).transform("sum") for part in (is_hidden, table["n"].where(is_hidden, 0))
    )
    is_open = rows.eq(1) | (rows.gt(1) & people.lt(min_n))
    shown = table[is_open & ~table["flag"].eq("suppressed")]
    smallest = shown.sort_values("n", kind="stable").drop_duplicates(within).index
    return _empty(table, table.index.to_series().isin(smallest), also=also, why=SUBTRACTION)


def _empty(table: pd.DataFrame, is_small: pd.Series, *, also: tuple[str, ...], why: str) -> pd.DataFrame:
    table = table.copy()
    numbers = [name for name in table.columns if name in NUMBERS or name in also or str(name).startswith("share")]
    table[numbers] = table[numbers].mask(is_small)
    table["flag"] = table["flag"].mask(is_small, "suppressed")
    if "method" in table:  # the name of a formula can tell that all answered alike, or what their weights were
        table["method"] = table["method"].mask(is_small & (table["n"] > 0), why)
    return table
