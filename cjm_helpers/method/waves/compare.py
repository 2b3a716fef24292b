"""Step 10: two waves laid side by side, every cell tested once and all tests of the report counted together."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from cjm_helpers.errors import ParameterError
from cjm_helpers.method.waves.cells import EVERYONE, Cell
from cjm_helpers.method.waves.feelings import list_feelings
from cjm_helpers.method.waves.figures import list_figures
from cjm_helpers.method.waves.past import rename_past
from cjm_helpers.method.waves.samples import Sample, compare_samples, count_shared
from cjm_helpers.method.waves.themes import find_open_codes, hear_people, list_themes
from cjm_helpers.method.waves.verdicts import NOT_COMPARED, TOO_FEW, judge_change, tell_change
from cjm_helpers.stats.multiplicity import adjust_p_values
from cjm_helpers.stats.suppression import suppress_margins, suppress_small

OBJECTS = ("feeling", "kpi", "theme")
KEYS = ["persona_id", "object", "id", "touchpoint_id", "metric"]
NAMED = [*KEYS, "name", "unit", "better"]
DIFF = [
    *NAMED, "earlier", "wave", "before", "after", "delta", "lo", "hi", "p", "q", "n1", "n2", "flag", "method", "mde",
    "pairs", "shared", "tests", "verdict", "sentence",
]  # fmt: skip
NO_TEST = dict.fromkeys(("delta", "lo", "hi", "p", "mde"), np.nan) | {"method": "", "pairs": 0}


def compare_waves(parts: Sequence, *, margin: Mapping[str, float] | None = None, q: float = 0.05) -> pd.DataFrame:
    """Compare each part of a study with its earlier wave: feelings, KPIs and themes, all tests counted together.

    Parameters
    ----------
    parts
        Studies as select_rows returns them, one a persona (and "everyone"); all that the report shows, for q speaks of
        all of it.
    margin
        How small a difference nobody cares about, by id (of a KPI, touchpoint or code) or by object (feeling, kpi,
        theme), in the unit of the values; only with it can a verdict be "unchanged".
    q
        The share of false alarms among alarms that is accepted.

    Returns
    -------
    DataFrame
        One row a persona and thing: persona_id, object (feeling, kpi, theme), id, touchpoint_id, metric, name, unit,
        better (higher, lower or "": neither), earlier and wave (the two that are compared), before, after, delta (after
        minus before, for people heard twice that of the same people), lo, hi, p, q, n1 (before), n2 (after), flag (of
        the smaller), method, mde (half the interval: the difference that could just have been seen), pairs (people
        compared with themselves), shared (people in both waves), tests (how many were made in all), verdict (improved,
        worse, changed, unchanged, no evidence, too few, not compared), sentence. Shares are 0-1, feelings -2 to 2, NPS
        in points. All parts list the same themes, and one that a part names in neither wave is 0 twice and not tested.
        A part without an earlier wave has one row that says so. Waves of different months differ by the season too,
        which no row can tell apart.

    Raises
    ------
    ParameterError
        When margin names what was not compared.

    Source: the tests stand in stats; Benjamini & Hochberg (1995) over all cells tested; verdict words are ours.

    Examples
    --------
    >>> import cjm_helpers as cjm
    >>> part = cjm.select_rows(cjm.open_study("retail_checkout"))
    >>> compare_waves([part]).set_index("id").loc["checkout_abandonment", "verdict"]
    'improved'
    """
    min_n = max((part.settings.min_n for part in parts), default=0)
    told = _list_cells(parts, min_n=min_n)
    cells = [cell for _, cell in told]
    margins = _find_margins(cells, margin or {})
    table = _add_tests(_show_sides(cells, min_n=min_n), cells, min_n=min_n)
    verdicts = [
        _choose_verdict(row, cell, q=q, margin=one)
        for row, cell, one in zip(table.to_dict("records"), cells, margins, strict=True)
    ]
    table = table.assign(verdict=pd.Series(verdicts, index=table.index, dtype="str"), **_list_waves(told))
    sentences = [
        tell_change(row, cell, waves=_name_waves(part), min_n=min_n, margin=one)
        for row, (part, cell), one in zip(table.to_dict("records"), told, margins, strict=True)
    ]
    return table.assign(sentence=pd.Series(sentences, index=table.index, dtype="str"))[DIFF]


def _list_cells(parts: Sequence, *, min_n: int) -> list[tuple]:
    """Return every cell with its part; all parts list the same themes, so that no list tells what a hidden few said."""
    pasts = [None if part.earlier is None else rename_past(part) for part in parts]
    heard = [{} if past is None else hear_people(part, past) for part, past in zip(parts, pasts, strict=True)]
    codes = find_open_codes(heard, min_n=min_n)
    told = []
    for part, past, people in zip(parts, pasts, heard, strict=True):
        if past is None:
            cells = [_say_first(part)]
        else:
            themes = list_themes(part, past, heard=people, codes=codes)
            cells = [*list_feelings(part, past), *list_figures(part, past), *themes]
        told += [(part, cell) for cell in cells]
    return told


def _say_first(part) -> Cell:
    is_heard = any(len(rows) for rows in (part.responses, part.feedback, part.kpi_readings))
    why = f"No wave lies before {part.wave}, so there is nothing to compare it with."
    why = why if is_heard else f"Nobody was heard in {part.wave} yet, so there is nothing to compare."
    return Cell(part.persona_id, "wave", part.wave, "", part.wave, "", "", "", Sample(""), Sample(""), why)


def _list_waves(told: list[tuple]) -> dict[str, pd.Series]:
    """Return both waves of every cell as columns."""
    waves = [_name_waves(part) for part, _ in told]
    return {name: pd.Series([pair[k] for pair in waves], dtype="str") for k, name in enumerate(("earlier", "wave"))}


def _name_waves(part) -> tuple[str, str]:
    return ("" if part.earlier is None else part.earlier.wave), part.wave


def _find_margins(cells: list[Cell], margin: Mapping[str, float]) -> list[float | None]:
    """Return the declared margin of each cell: that of its id, else that of its object."""
    known = {*OBJECTS, *(cell.id for cell in cells)}
    for name in margin:
        if name not in known:
            raise ParameterError("margin", name, sorted(known))
    return [margin.get(cell.id, margin.get(cell.object)) for cell in cells]


def _show_sides(cells: list[Cell], *, min_n: int) -> pd.DataFrame:
    """Return one row a cell with both values and how many stand behind each, after hiding what is from too few."""
    rows = [{name: getattr(cell, name) for name in NAMED} for cell in cells]
    table = pd.DataFrame(rows, columns=NAMED, dtype="str")
    for side, value, n in (("before", "before", "n1"), ("now", "after", "n2")):
        samples = [getattr(cell, side) for cell in cells]
        shown = table[KEYS].assign(value=[one.value for one in samples], n=[one.n for one in samples])
        shown = _hide_small(shown, min_n=min_n)
        table = table.assign(**{value: shown["value"].astype(float), n: shown["n"], f"flag_{n}": shown["flag"]})
    shared = [count_shared(cell.now, cell.before) for cell in cells]
    return table.assign(shared=pd.Series(shared, index=table.index, dtype=int), flag=_join_flags(table))


def _hide_small(side: pd.DataFrame, *, min_n: int) -> pd.DataFrame:
    """Hide cells of too few, and where everyone is told as well, one more persona's wherever one alone is hidden."""
    side = suppress_small(side, min_n=min_n)
    is_whole = side["persona_id"].eq(EVERYONE)
    if not is_whole.any():
        return side
    parts = pd.concat([side[~is_whole], _find_rest(side, is_whole, min_n=min_n)])
    return pd.concat([side[is_whole], suppress_margins(parts, within=KEYS[1:])]).loc[side.index]


def _find_rest(side: pd.DataFrame, is_whole: pd.Series, *, min_n: int) -> pd.DataFrame:
    """Return the few people of no persona as hidden rows: everyone less all personas would show them."""
    whole, parts = (side[one].groupby(KEYS[1:])["n"].sum() for one in (is_whole, ~is_whole))
    rest = (whole - parts).rename("n")
    rest = rest[rest.gt(0) & rest.lt(min_n)].reset_index().assign(flag="suppressed")
    return rest.set_index(-1 - rest.index)


def _join_flags(table: pd.DataFrame) -> pd.Series:
    """Return the flag of the weaker side."""
    flags = table[["flag_n1", "flag_n2"]]
    weaker = pd.Series("reportable", index=table.index, dtype="str")
    for flag in ("indicative", "suppressed"):
        weaker = weaker.mask(flags.eq(flag).any(axis=1), flag)
    return weaker


def _add_tests(table: pd.DataFrame, cells: list[Cell], *, min_n: int) -> pd.DataFrame:
    """Add the test of every cell that may be tested; q counts them all. What nobody names in either wave is no test."""
    is_unnamed = table["object"].eq("theme") & table["before"].eq(0) & table["after"].eq(0)
    is_open = table["flag"].ne("suppressed") & ~is_unnamed
    may = [one and not cell.barrier for one, cell in zip(is_open, cells, strict=True)]
    rows = [_test(cell, min_n=min_n) if one else NO_TEST for cell, one in zip(cells, may, strict=True)]
    table = table.join(pd.DataFrame(rows, columns=list(NO_TEST), index=table.index))
    return table.assign(q=adjust_p_values(table["p"]), tests=int(table["p"].notna().sum()))


def _test(cell: Cell, *, min_n: int) -> dict:
    change = compare_samples(cell.now, cell.before, min_n=min_n, widest=cell.widest)
    return {
        "delta": change.value, "lo": change.lo, "hi": change.hi, "p": change.p, "method": change.method,
        "mde": (change.hi - change.lo) / 2, "pairs": change.pairs,
    }  # fmt: skip


def _choose_verdict(row: dict, cell: Cell, *, q: float, margin: float | None) -> str:
    if cell.barrier:
        return NOT_COMPARED
    return TOO_FEW if row["flag"] == "suppressed" else judge_change(row, cell, q=q, margin=margin)
