"""Verdicts on a change, and the sentence that says each; "no evidence" is never "no change"."""

from cjm_helpers.method.waves.cells import Cell
from cjm_helpers.method.words import count_things, is_known, write_number, write_signed

IMPROVED, WORSE, CHANGED = "improved", "worse", "changed"
NO_EVIDENCE, UNCHANGED, TOO_FEW, NOT_COMPARED = "no evidence", "unchanged", "too few", "not compared"
TOLD = {IMPROVED: "better by", WORSE: "worse by", CHANGED: "a change of"}
LARGE, MIDDLE = 10, 1  # from which a number is written with no decimal, and with one


def judge_change(row: dict, cell: Cell, *, q: float, margin: float | None) -> str:
    """Return the verdict on one tested cell: improved, worse, changed, unchanged or no evidence.

    Reads delta, lo, hi, q. "changed" is for what is neither good nor bad; "unchanged" needs the whole interval within
    the margin.

    Examples
    --------
    >>> from cjm_helpers.method.waves.samples import Sample
    >>> side = Sample("nps", 30.0, 100)
    >>> cell = Cell("everyone", "kpi", "k1", "", "NPS", "nps", "", "higher", side, side)
    >>> row = {"delta": 2.0, "lo": -18.0, "hi": 22.0, "q": 0.8}
    >>> judge_change(row, cell, q=0.05, margin=None), judge_change(row, cell, q=0.05, margin=25)
    ('no evidence', 'unchanged')
    """
    if row["q"] < q:
        if not cell.better:
            return CHANGED
        return IMPROVED if (row["delta"] > 0) == (cell.better == "higher") else WORSE
    is_within = margin is not None and -margin <= row["lo"] and row["hi"] <= margin
    return UNCHANGED if is_within else NO_EVIDENCE


def tell_change(row: dict, cell: Cell, *, waves: tuple[str, str], min_n: int, margin: float | None = None) -> str:
    """Say what became of a cell, with both values and the interval, or why there is no verdict.

    Parameters
    ----------
    row
        verdict, before, after, delta, lo, hi, mde, n1, n2, pairs, shared; as far as the verdict needs them.
    cell, waves, min_n, margin
        What was compared; the two waves, earlier first; under how many people a cell is hidden; the declared margin.

    Examples
    --------
    >>> from cjm_helpers.method.waves.samples import Sample
    >>> side = Sample("nps", 30.0, 100)
    >>> cell = Cell("everyone", "kpi", "k1", "", "NPS", "nps", "", "higher", side, side)
    >>> row = dict(verdict="no evidence", before=30.0, after=35.0, lo=-15.6, hi=25.6, mde=20.6, pairs=0, shared=0)
    >>> tell_change(row, cell, waves=("w1", "w2"), min_n=5)
    'NPS: 30 in w1, 35 in w2: no evidence of a change; only one of 21 points or more would have shown.'
    """
    if row["verdict"] == NOT_COMPARED:
        return cell.barrier
    first, last = waves
    if row["verdict"] == TOO_FEW:
        if min(row["n1"], row["n2"]) >= min_n:
            return f"{cell.name}: hidden, or another hidden cell could be found by subtraction."
        return f"{cell.name}: too few to compare ({row['n1']:g} in {first}, {row['n2']:g} in {last}; {min_n} needed)."
    values = (
        f"{cell.name}: {_write_value(row['before'], cell)} in {first}, {_write_value(row['after'], cell)} in {last}"
    )
    return f"{values}: {_tell_verdict(row, cell, margin)}.{_tell_pairs(row)}"


def _tell_verdict(row: dict, cell: Cell, margin: float | None) -> str:
    if row["verdict"] == NO_EVIDENCE:
        if not is_known(row["mde"]):
            return "no evidence of a change"
        if row["lo"] * row["hi"] > 0:
            gap = _write_gap(abs(row["delta"]), cell)
            return f"no evidence of a change; among so many comparisons, {gap} may be chance"
        return f"no evidence of a change; only one of {_write_gap(row['mde'], cell)} or more would have shown"
    if row["verdict"] == UNCHANGED:
        told, gap = "unchanged within the declared margin of", margin
    else:
        told, gap = TOLD[row["verdict"]], abs(row["delta"])
    return f"{told} {_write_gap(gap, cell)}{_write_interval(row, cell, like=gap)}"


def _tell_pairs(row: dict) -> str:
    if row["pairs"]:
        return f" The difference is that of {count_things(row['pairs'], 'customer')} heard in both waves."
    if row["shared"]:
        heard = "was" if row["shared"] == 1 else "were"
        shared = count_things(row["shared"], "customer")
        return f" {shared} {heard} heard in both waves; the test takes the waves as independent."
    return ""


def _write_interval(row: dict, cell: Cell, *, like: float) -> str:
    """Write both ends, without signs where they lie on the same side of zero, for the words say which.

    They have as many decimals as the number they stand beside.
    """
    lo, hi = row["lo"], row["hi"]
    if not is_known(lo):
        return ""
    lo, hi = sorted((abs(lo), abs(hi))) if lo * hi > 0 else (lo, hi)
    return f" ({_write_size(lo, cell, like=like)} to {_write_size(hi, cell, like=like)})"


def _write_value(value: float, cell: Cell) -> str:
    if cell.now.kind == "share":
        return f"{write_number(100 * value, decimals=int(abs(100 * value) < LARGE))}%"
    if cell.object == "feeling":
        return write_signed(value, decimals=2)
    return _add_unit(write_number(value, decimals=0 if cell.now.kind == "nps" else _count_decimals(value)), cell)


def _write_gap(gap: float, cell: Cell) -> str:
    """Write a difference with its unit: points for shares and NPS."""
    text = _write_size(gap, cell, like=gap)
    return f"{text} points" if cell.now.kind in ("share", "nps") else _add_unit(text, cell)


def _write_size(gap: float, cell: Cell, *, like: float) -> str:
    scale = 100 if cell.now.kind == "share" else 1
    return write_number(scale * gap, decimals=_count_decimals(scale * like))


def _add_unit(text: str, cell: Cell) -> str:
    return f"{text} {cell.unit}".strip()


def _count_decimals(value: float) -> int:
    return 0 if abs(value) >= LARGE else 1 if abs(value) >= MIDDLE else 2
