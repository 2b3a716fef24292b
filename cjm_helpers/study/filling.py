"""Fills the blanks that have one meaning: the wave of a date, one answer a row, a weight of one."""

from dataclasses import replace

import pandas as pd

from cjm_helpers.errors import Fault
from cjm_helpers.study.joining import Placed
from cjm_helpers.study.settings import Wave


def fill_blanks(placed: dict[str, Placed], *, waves: tuple[Wave, ...]) -> dict[str, Placed]:
    """Return the tables with their blanks filled.

    wave comes from the date or period, count is 1, and weight is 1 where other answers have one.

    Examples
    --------
    >>> from cjm_helpers.study.joining import join_sheets
    >>> from cjm_helpers.study.settings import Settings
    >>> from cjm_helpers.study.tables import make_sheet
    >>> sheet = make_sheet(pd.DataFrame({"score": [4]}), table="responses", file="imported/responses.csv")
    >>> tables, _ = join_sheets([sheet], settings=Settings("Checkout"))
    >>> fill_blanks(tables, waves=())["responses"].frame["count"].tolist()
    [1.0]
    """
    filled = {}
    for name, rule in (("responses", _date_wave), ("feedback", _date_wave), ("kpi_readings", _period_wave)):
        filled[name] = rule(placed[name].frame, waves)
    filled["responses"] = _count_answers(filled["responses"])
    return placed | {name: replace(placed[name], frame=frame) for name, frame in filled.items()}


def name_assumptions(placed: dict[str, Placed]) -> tuple[Fault, ...]:
    """Return what filling will assume that a team may not have meant: weights of one beside other weights.

    Examples
    --------
    >>> name_assumptions({"responses": Placed(pd.DataFrame({"weight": [2.0, None]}), None, None)})[0].what
    '1 of 2 answers have no weight beside others that have one.'
    """
    weight = placed["responses"].frame["weight"]
    missing = int(weight.isna().sum())
    if not 0 < missing < len(weight):
        return ()
    what = f"{missing:,} of {len(weight):,} answers have no weight beside others that have one."
    return (Fault(what, file="responses", column="weight", remedy="Each counts as 1."),)


def _date_wave(frame: pd.DataFrame, waves: tuple[Wave, ...]) -> pd.DataFrame:
    return frame.assign(wave=_find_wave(frame["wave"], frame["date"], waves))


def _period_wave(frame: pd.DataFrame, waves: tuple[Wave, ...]) -> pd.DataFrame:
    return frame.assign(wave=_find_wave(frame["wave"], _first_day(frame["period"]), waves))


def _count_answers(frame: pd.DataFrame) -> pd.DataFrame:
    weight = frame["weight"].fillna(1.0) if frame["weight"].notna().any() else frame["weight"]
    return frame.assign(count=frame["count"].fillna(1.0), weight=weight)


def _find_wave(wave: pd.Series, day: pd.Series, waves: tuple[Wave, ...]) -> pd.Series:
    for one in waves:
        is_within = (wave == "") & day.between(pd.Timestamp(one.start), pd.Timestamp(one.end))
        wave = wave.mask(is_within, one.id)
    return wave


def _first_day(period: pd.Series) -> pd.Series:
    """Return the day, or the first day of the month; a week or a quarter names no day."""
    day = pd.to_datetime(period, format="%Y-%m-%d", errors="coerce")
    return day.fillna(pd.to_datetime(period, format="%Y-%m", errors="coerce"))
