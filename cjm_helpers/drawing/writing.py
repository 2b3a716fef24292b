"""Writes the numbers of a table as a reader expects them: percent, signs, intervals, thousands, and too few said so."""

import math
from collections.abc import Mapping
from datetime import date

MINUS = "−"
MISSING = "–"
COUNTS = {
    "n", "n_low", "n_high", "named_by", "raters", "lowest", "highest", "min_n", "k", "rank", "rank_lo", "rank_hi",
    "tier", "customers", "events", "answers", "touchpoints", "verbatims", "reach", "voices", "visits", "times",
    "linked", "read", "quotable", "positives", "spoken", "n1", "n2", "n_other", "tests", "improved", "worse",
    "no_evidence", "too_few", "not_compared", "groups", "readings", "by_two", "by_one", "by_nobody",
}  # fmt: skip
FIXED_UNITS = {
    "share_followed": "share", "effect": "feeling",
    "importance": "share", "share_positive": "share", "share_negative": "share", "confidence": "share",
    "performance": "feeling", "rating": "", "effort": "", "impact": "",
}  # fmt: skip
PLAIN = ("effort", "impact")
FLAG_WORDS = {"reportable": "", "suppressed": "too few to show"}
ASKED_KINDS = ("nps", "csat", "ces", "mean")
ROUGH_KINDS = ("nps", "duration", "amount")
CLOSE_LOOK_FROM = 1_000  # from so many answers on a third decimal of a mean means something
SMALL_SHARE = 0.01


def write_value(value: float, unit: str = "", *, n: float = 0, kind: str = "") -> str:
    """Write one number in its unit, with a true minus and never "-0".

    Parameters
    ----------
    value, unit
        `feeling` is signed; `share` and `%` are 0-1 and written in percent; any other unit stands behind the number.
    n, kind
        The answers behind it and the kind of KPI: they say how many decimals mean something.

    Returns
    -------
    str

    Examples
    --------
    >>> write_value(-0.04, "feeling"), write_value(0.308, "%"), write_value(40.42, kind="nps")
    ('0.0', '30.8 %', '40.4')
    >>> write_value(4.0641, n=268), write_value(4.0641, n=2688)
    ('4.06', '4.064')
    """
    if unit == "feeling":
        text = f"{value:+.1f}"
        return "0.0" if float(text) == 0 else text.replace("-", MINUS)
    if unit == "share":
        return _plain(value * 100, 1 if 0 < abs(value) < SMALL_SHARE else 0) + " %"
    if unit == "%":
        return _plain(value * 100, 1).removesuffix(".0") + " %"
    if abs(value) >= CLOSE_LOOK_FROM:
        return f"{_plain(value, 0)} {unit}".strip()
    is_rough = kind in ROUGH_KINDS or abs(value) >= 10
    text = _plain(value, 1 if is_rough else 3 if n >= CLOSE_LOOK_FROM else 2)
    return f"{text.removesuffix('.0')} {unit}".strip()


def write_cell(row: Mapping, column: str, *, unit: str = "") -> str:
    """Write one cell of a row that may carry an estimate; `interval` and `figure` are made from several columns.

    Examples
    --------
    >>> row = {"value": 40.42, "unweighted": 39.83, "n": 2746, "lo": 37.6, "hi": 43.2, "kind": "nps"}
    >>> write_cell(row, "figure"), write_cell(row, "interval")
    ('40.4 weighted, 39.8 unweighted, 2,746 answers', '37.6 to 43.2')
    """
    unit = unit or str(row.get("unit", ""))
    if column in _MADE:
        return _MADE[column](row, unit)
    found = row.get(column, "")
    if isinstance(found, str):
        return FLAG_WORDS.get(found, found) if column == "flag" else found
    if isinstance(found, date):
        return MISSING if found != found else f"{found:%Y-%m-%d}"  # a missing day is unlike itself
    if found is None or math.isnan(found):
        return "too few" if column == "value" and row.get("flag") == "suppressed" else MISSING
    if column in COUNTS:
        return _plain(found, 0)
    if column in PLAIN:
        return f"{found:g}"
    return write_value(found, FIXED_UNITS.get(column, unit), n=row.get("n", 0), kind=row.get("kind", ""))


def _write_interval(row: Mapping, unit: str) -> str:
    lo, hi = row.get("lo", math.nan), row.get("hi", math.nan)
    if math.isnan(lo) or math.isnan(hi):
        return MISSING
    how = {"n": row.get("n", 0), "kind": row.get("kind", "")}
    ends = [write_value(end, unit, **how).partition(" ") for end in (lo, hi)]
    numbers, behind = [end[0] for end in ends], ends[0][2]
    if unit != "share" and any("." in number for number in numbers):  # both ends are as fine as each other
        numbers = [number if "." in number else f"{number}.0" for number in numbers]
    return f"{' to '.join(numbers)} {behind}".strip()


def _write_figure(row: Mapping, unit: str) -> str:
    value, plain, n = row.get("value", math.nan), row.get("unweighted", math.nan), row.get("n", 0)
    counted = "answers" if row.get("kind") in ASKED_KINDS else "cases"
    count = f"{n:,.0f} {counted}" if n > 0 else ""
    if math.isnan(value):
        return f"too few to show ({count})" if count else "no data yet"
    how = {"n": n, "kind": row.get("kind", "")}
    text = write_value(value, unit, **how)
    plain_text = text if math.isnan(plain) else write_value(plain, unit, **how)
    text = text if text == plain_text else f"{text} weighted, {plain_text} unweighted"
    return f"{text}, {count}" if count else text


def _write_people(row: Mapping, unit: str) -> str:
    k, n = row.get("k", math.nan), row.get("n", math.nan)
    if math.isnan(k):
        return "too few"
    return MISSING if math.isnan(n) else f"{k:,.0f} of {n:,.0f}"  # what somebody stated was not counted among people


def _plain(value: float, decimals: int) -> str:
    text = f"{value:,.{decimals}f}"
    return text.lstrip("-") if float(text.replace(",", "")) == 0 else text.replace("-", MINUS)


_MADE = {"interval": _write_interval, "figure": _write_figure, "people": _write_people}
